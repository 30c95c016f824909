//! The format `adsb-csv`: state vectors of aircraft, of which a radar that redan makes up makes plots.
//!
//! ADS-B says where aircraft are far better than a radar does, so that it can stand for the truth. The radar has the
//! place, the errors and the chances of `--sensor`. It sees an aircraft once in each set of state vectors, at the moment
//! at which the position was heard, if that is within its range and above the horizon of the 4/3 Earth. Its luck is
//! keyed by aircraft and row, so that one aircraft more changes nothing for the others.
//!
//! The truth at the time of a scan lies on the straight line between the two positions around it.

use std::collections::BTreeMap;
use std::f64::consts::TAU;

use redan_geo::{Aer, Ecef, EffectiveEarth, Enu, Geodetic, LocalFrame, MEAN_RADIUS_M, Time};
use redan_sim::draw::{Luck, NameHash, Purpose};
use redan_sim::recorded::{StateVector, TableError, read_states};
use redan_track::{Plot, PlotId, Reply};

use super::bench::{sensor, spacing_s};
use super::sensor::SensorOptions;
use super::{Recorded, RecordedScan, TrueState, Truth, checked};

/// Longest time between two positions of an aircraft that is bridged, seconds.
const LONGEST_GAP_S: f64 = 60.0;
/// Highest elevation and least range of false plots, as in the scenes of the benchmark.
const HIGHEST_FALSE_RAD: f64 = 30.0 * TAU / 360.0;
const NEAREST_FALSE_M: f64 = 1_000.0;

/// A radar that sees what a recording says was there.
struct Radar<'o> {
    frame: LocalFrame,
    options: &'o SensorOptions,
    luck: Luck,
}

/// Reads state vectors as plots. `name` is the file's, for messages.
pub(crate) fn read(
    name: &str,
    text: &str,
    options: &SensorOptions,
    seed: u64,
) -> Result<Recorded, TableError> {
    let (states, faults) = read_states(name, text)?;
    let place = place_of(options, &states);
    let radar = Radar { frame: LocalFrame::new(place), options, luck: Luck::new(seed, 0) };
    let mut scans: Vec<RecordedScan> = Vec::new();
    let mut looks: BTreeMap<u32, u64> = BTreeMap::new();
    let mut plots = 0;
    for set in states.chunk_by(|a, b| Time::from_secs(a.time_s) == Time::from_secs(b.time_s)) {
        let time_s = set[0].time_s;
        let number = scans.len() as u64;
        let mut seen: Vec<(Time, Aer)> = Vec::new();
        for state in set {
            let look = looks.entry(state.address).or_insert(0);
            *look += 1;
            seen.extend(radar.look(state, *look));
        }
        seen.extend(radar.false_plots(number).map(|measured| (Time::from_secs(time_s), measured)));
        seen.sort_by_key(|(time, _)| *time);
        let plot = |(time, measured)| {
            plots += 1;
            Plot { id: PlotId(plots - 1), time, measured, snr_db: 15.0, reply: Reply::NotAsked }
        };
        let plots = seen.into_iter().map(plot).collect();
        scans.push(RecordedScan {
            number,
            time_s,
            until: Time::from_secs(time_s),
            plots,
            flat_plots: Vec::new(),
        });
    }
    let sensor = sensor(options, place, spacing_s(&scans));
    checked(name, Recorded { sensor, flat: None, scans, faults })
}

/// Reads state vectors as the truth, in the coordinates of the sensor at `place`: what is within the range of
/// the radar and above its horizon, at each time of the file.
pub(crate) fn read_truth(
    name: &str,
    text: &str,
    options: &SensorOptions,
    place: Geodetic,
) -> Result<Truth, TableError> {
    let (states, faults) = read_states(name, text)?;
    let radar = Radar { frame: LocalFrame::new(place), options, luck: Luck::new(0, 0) };
    let mut times: Vec<Time> = states.iter().map(|state| Time::from_secs(state.time_s)).collect();
    times.dedup();
    let mut flights: BTreeMap<u32, Vec<&StateVector>> = BTreeMap::new();
    for state in &states {
        flights.entry(state.address).or_default().push(state);
    }
    let mut truth = Truth { faults, ..Truth::default() };
    for (address, flight) in flights {
        for pair in flight.windows(2) {
            let [from, until] = [pair[0], pair[1]].map(|state| Time::from_secs(state.heard_s));
            if (until - from).as_secs() > LONGEST_GAP_S {
                continue;
            }
            let first = times.partition_point(|time| *time < from);
            for time in times[first..].iter().take_while(|time| **time < until) {
                let share = (*time - from).as_secs() / (until - from).as_secs();
                if let Some(state) = radar.between(pair[0], pair[1], share) {
                    truth.add(
                        *time,
                        TrueState { object: u64::from(address), ..state },
                        pair[0].line,
                    );
                }
            }
        }
    }
    Ok(truth)
}

/// Where the radar stands: as given, or in the middle of the positions.
fn place_of(options: &SensorOptions, states: &[StateVector]) -> Geodetic {
    if let (Some(lat_deg), Some(lon_deg)) = (options.lat_deg, options.lon_deg) {
        return Geodetic::from_degrees(lat_deg, lon_deg, options.height_m);
    }
    // The mean is taken through the Earth, so that the date line needs no care.
    let mut sum = [0.0; 3];
    for state in states {
        let place = state.place.at_height(0.0).to_ecef().to_array();
        (0..3).for_each(|axis| sum[axis] += place[axis]);
    }
    let count = states.len().max(1) as f64;
    Ecef::from_array(sum.map(|part| part / count)).to_geodetic().at_height(options.height_m)
}

impl Radar<'_> {
    /// Whether the radar can see a place, `up_m` above the sea.
    fn sees(&self, seen: Aer, up_m: f64) -> bool {
        let own_m = self.options.height_m.max(0.0);
        // The arc along the ground from the three sides of a triangle with the centre of the Earth.
        let (near_m, far_m) = (MEAN_RADIUS_M + own_m, MEAN_RADIUS_M + up_m.max(0.0));
        let cosine = (near_m * near_m + far_m * far_m - seen.range_m * seen.range_m)
            / (2.0 * near_m * far_m);
        let arc_m = MEAN_RADIUS_M * libm::acos(cosine.clamp(-1.0, 1.0));
        seen.range_m > 1.0
            && seen.range_m <= self.options.max_range_m
            && EffectiveEarth::default().is_visible(own_m, up_m.max(0.0), arc_m)
    }

    /// The plot of an aircraft at its nth look; `None` if it is not seen.
    fn look(&self, state: &StateVector, nth: u64) -> Option<(Time, Aer)> {
        let seen = self.frame.aer(state.place.to_ecef());
        if !self.sees(seen, state.place.height_m) {
            return None;
        }
        let who = NameHash::of(&format!("{:06x}", state.address));
        if !self.luck.draw(Purpose::Detection, who, nth).bernoulli(self.options.detection_prob) {
            return None;
        }
        let mut dice = self.luck.draw(Purpose::MeasurementError, who, nth);
        let azimuth_rad =
            seen.azimuth_rad + dice.normal() * self.options.azimuth_sigma_deg.to_radians();
        let elevation_rad =
            seen.elevation_rad + dice.normal() * self.options.elevation_sigma_deg.to_radians();
        let range_m = (seen.range_m + dice.normal() * self.options.range_sigma_m).max(1.0);
        let measured = Aer { azimuth_rad: azimuth_rad.rem_euclid(TAU), elevation_rad, range_m };
        Some((Time::from_secs(state.heard_s), measured))
    }

    /// False plots of a scan: Poisson in number, uniform in azimuth, elevation and range.
    fn false_plots(&self, scan: u64) -> impl Iterator<Item = Aer> {
        let mut dice = self.luck.draw(Purpose::FalsePlot, NameHash::of("recorded"), scan);
        let count = dice.poisson(self.options.false_plots_count);
        let span_m = self.options.max_range_m - NEAREST_FALSE_M;
        (0..count).map(move |_| Aer {
            azimuth_rad: dice.uniform() * TAU,
            elevation_rad: dice.uniform() * HIGHEST_FALSE_RAD,
            range_m: NEAREST_FALSE_M + dice.uniform() * span_m.max(0.0),
        })
    }

    /// Where an aircraft is at a share of the way between two positions; `None` if the radar cannot see that.
    fn between(&self, from: &StateVector, until: &StateVector, share: f64) -> Option<TrueState> {
        let local = |state: &StateVector| self.frame.enu(state.place.to_ecef()).to_array();
        let (a, b) = (local(from), local(until));
        let took_s = until.heard_s - from.heard_s;
        let place_m = [0, 1, 2].map(|axis| a[axis] + (b[axis] - a[axis]) * share);
        let straight_m_s = [0, 1, 2].map(|axis| (b[axis] - a[axis]) / took_s);
        let said = |state: &StateVector| {
            let own = LocalFrame::new(state.place);
            let velocity = state.velocity.map(|velocity| own.ecef_velocity(velocity));
            velocity.map(|velocity| self.frame.enu_velocity(velocity).to_array())
        };
        let velocity_m_s = match (said(from), said(until)) {
            (Some(a), Some(b)) => [0, 1, 2].map(|axis| a[axis] + (b[axis] - a[axis]) * share),
            _ => straight_m_s,
        };
        let height_m = from.place.height_m + (until.place.height_m - from.place.height_m) * share;
        let seen = Enu::from_array(place_m).to_aer();
        self.sees(seen, height_m).then_some(TrueState { object: 0, place_m, velocity_m_s })
    }
}
