//! Summary of one run: the figures that stand in `summary.json`.
//!
//! Everything in it follows from the recording: two runs with the same events have the same summary,
//! byte for byte. There is no wall time, machine or path in it.

mod picture;

pub use picture::{PictureSummary, PictureWindow, Quality};

use std::collections::BTreeMap;

use redan_geo::Time;
use serde::{Deserialize, Serialize};

use self::picture::pictures;
use crate::digest::digest_of;
use crate::measures::{Aborts, BySide, Outcomes};
use crate::{
    AircraftId, AircraftMeasures, Digest, Fate, Kind, Measures, Recording, Roster, SCHEMA_VERSION,
    Side,
};

/// The figures of one run. Times are seconds since the start of the run, distances kilometres, since
/// this is read by people; `null` is what did not happen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Version of the recording's schema.
    pub schema_version: u32,
    /// Title of the scenario.
    pub scenario: String,
    /// Variant that was run; empty for the scenario as it stands.
    pub variant: String,
    /// Start in UTC, ISO 8601.
    pub start_utc: String,
    /// Seed of the run.
    pub seed: u64,
    /// Replication within the seed.
    pub replication: u64,
    /// Time of the last event.
    pub simulated_s: f64,
    /// Hostile aircraft that appeared.
    pub hostile: u32,
    /// Aircraft that reached the asset that they were sent against.
    pub leaks: u32,
    /// Aircraft destroyed, by side.
    pub kills: BySide,
    /// Hostile aircraft that appeared and were not destroyed.
    pub survivors: u32,
    /// Aircraft fired at, by side in truth.
    pub engaged: BySide,
    /// Missiles launched.
    pub rounds_fired: u64,
    /// Missiles launched, by plain name of their type.
    pub rounds_by_type: BTreeMap<String, u32>,
    /// How missiles ended.
    pub outcomes: Outcomes,
    /// Why missiles were given up.
    pub aborts: Aborts,
    /// Looks at aircraft in view.
    pub looks: u64,
    /// Plots, false ones included.
    pub plots: u64,
    /// Plots that nothing real caused.
    pub false_plots: u64,
    /// Tracks that became part of a picture.
    pub tracks_confirmed: u64,
    /// First detection of a hostile aircraft.
    pub first_detection: Option<FirstDetection>,
    /// First confirmed track of a hostile aircraft.
    pub first_confirmed: Option<First>,
    /// First launch, at whatever aircraft.
    pub first_launch: Option<First>,
    /// First aircraft destroyed, of whatever side.
    pub first_kill: Option<First>,
    /// First leak.
    pub first_leak: Option<First>,
    /// What became of each flight, in the order of the scenario.
    pub flights: Vec<FlightSummary>,
    /// How good the picture of each network was, in the order of the scenario.
    pub pictures: Vec<PictureSummary>,
    /// Events of each kind that occurred, by the word of [`Kind`].
    pub events: BTreeMap<String, u64>,
    /// Canonical digest of the events; see [`crate::digest`].
    pub digest: Option<Digest>,
}

/// A first time, and the aircraft that it is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct First {
    /// When.
    pub time_s: f64,
    /// Name of the aircraft.
    pub aircraft: String,
}

/// The first detection.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FirstDetection {
    /// When.
    pub time_s: f64,
    /// Name of the radar.
    pub radar: String,
    /// Name of the aircraft.
    pub aircraft: String,
    /// Slant range, kilometres.
    pub range_km: f64,
}

/// What became of the aircraft of one flight. Times are those of the first of its aircraft.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FlightSummary {
    /// Name of the flight.
    pub flight: String,
    /// Whose it is.
    pub side: Side,
    /// Aircraft in it.
    pub aircraft: u32,
    /// Of these: destroyed.
    pub destroyed: u32,
    /// Reached their asset.
    pub leaked: u32,
    /// Left at the end of their route.
    pub left: u32,
    /// Still flew when the run ended.
    pub flying: u32,
    /// Missiles launched at them.
    pub rounds_at: u32,
    /// First detection.
    pub first_detection_s: Option<f64>,
    /// Range at that detection, kilometres.
    pub first_detection_km: Option<f64>,
    /// First confirmed track.
    pub first_confirmed_s: Option<f64>,
    /// First launch.
    pub first_launch_s: Option<f64>,
}

impl Summary {
    /// Summary from measures that were folded on the way, as studies and `redan run` have them.
    pub fn new(
        roster: &Roster,
        seed: u64,
        replication: u64,
        measures: &Measures,
        digest: Option<Digest>,
    ) -> Self {
        let firsts = Firsts { roster, measures };
        Self {
            schema_version: SCHEMA_VERSION,
            scenario: roster.title.clone(),
            variant: roster.variant.clone(),
            start_utc: roster.start_utc.clone(),
            seed,
            replication,
            simulated_s: measures.until.as_secs(),
            hostile: measures.sent(Side::Hostile),
            leaks: measures.leaks().len() as u32,
            kills: measures.kills,
            survivors: measures.survivors(),
            engaged: measures.fired_at(),
            rounds_fired: measures.rounds_fired(),
            rounds_by_type: rounds_by_type(roster, measures),
            outcomes: measures.outcomes,
            aborts: measures.aborts,
            looks: measures.count(Kind::Look),
            plots: measures.count(Kind::Plotted),
            false_plots: measures.false_plots,
            tracks_confirmed: measures.count(Kind::TrackConfirmed),
            first_detection: firsts.detection(),
            first_confirmed: firsts.of(|a| a.first_confirmed.filter(|_| a.side == Side::Hostile)),
            first_launch: firsts.of(|a| a.first_launched),
            first_kill: firsts.of(|a| a.destroyed),
            first_leak: firsts.of(|a| a.leaked),
            flights: flights(roster, measures),
            pictures: pictures(roster, measures),
            events: events(measures),
            digest,
        }
    }

    /// Summary of a recording, measured and digested anew.
    pub fn of(recording: &Recording) -> Self {
        let measures = Measures::of(recording);
        let digest = digest_of(&recording.events);
        let Recording { roster, seed, replication, .. } = recording;
        Self::new(roster, *seed, *replication, &measures, Some(digest))
    }

    /// The text of `summary.json`: indented, fields in the order of this type, ended by a newline.
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self)
            .expect("a summary is plain data with strings for keys");
        text.push('\n');
        text
    }
}

/// The earliest of something over all aircraft.
struct Firsts<'a> {
    roster: &'a Roster,
    measures: &'a Measures,
}

impl Firsts<'_> {
    fn of(&self, time: impl Fn(&AircraftMeasures) -> Option<Time>) -> Option<First> {
        let (at, aircraft) = self
            .measures
            .aircraft
            .iter()
            .enumerate()
            .filter_map(|(index, a)| Some((time(a)?, index)))
            .min()?;
        Some(First { time_s: at.as_secs(), aircraft: self.name(aircraft) })
    }

    fn detection(&self) -> Option<FirstDetection> {
        let (index, detection) = self
            .measures
            .aircraft
            .iter()
            .enumerate()
            .filter(|(_, a)| a.side == Side::Hostile)
            .filter_map(|(index, a)| Some((index, a.first_detection?)))
            .min_by_key(|(index, detection)| (detection.at, *index))?;
        Some(FirstDetection {
            time_s: detection.at.as_secs(),
            radar: self.roster.radar_name(detection.radar).to_owned(),
            aircraft: self.name(index),
            range_km: detection.range_m / 1e3,
        })
    }

    fn name(&self, index: usize) -> String {
        self.roster.aircraft_name(AircraftId(index as u32)).to_owned()
    }
}

/// Types of one name, as two cards of one missile may have, are added together.
fn rounds_by_type(roster: &Roster, measures: &Measures) -> BTreeMap<String, u32> {
    let mut rounds = BTreeMap::new();
    for (entry, count) in roster.interceptors.iter().zip(&measures.launches) {
        *rounds.entry(entry.name.clone()).or_insert(0) += count;
    }
    rounds
}

fn events(measures: &Measures) -> BTreeMap<String, u64> {
    Kind::ALL
        .iter()
        .map(|kind| (kind.word().to_owned(), measures.count(*kind)))
        .filter(|(_, count)| *count > 0)
        .collect()
}

fn flights(roster: &Roster, measures: &Measures) -> Vec<FlightSummary> {
    let mut flights: Vec<FlightSummary> = Vec::new();
    for (entry, noted) in roster.aircraft.iter().zip(&measures.aircraft) {
        let place = flights.iter().position(|flight| flight.flight == entry.flight);
        let index = place.unwrap_or_else(|| {
            flights.push(FlightSummary::new(&entry.flight, entry.side));
            flights.len() - 1
        });
        flights[index].add(noted);
    }
    flights
}

impl FlightSummary {
    fn new(flight: &str, side: Side) -> Self {
        Self {
            flight: flight.to_owned(),
            side,
            aircraft: 0,
            destroyed: 0,
            leaked: 0,
            left: 0,
            flying: 0,
            rounds_at: 0,
            first_detection_s: None,
            first_detection_km: None,
            first_confirmed_s: None,
            first_launch_s: None,
        }
    }

    fn add(&mut self, noted: &AircraftMeasures) {
        self.aircraft += 1;
        self.rounds_at += noted.rounds_at;
        match noted.fate() {
            Fate::Destroyed { .. } => self.destroyed += 1,
            Fate::Leaked { .. } => self.leaked += 1,
            Fate::Left { .. } => self.left += 1,
            Fate::Flying => self.flying += 1,
            Fate::NeverAppeared => {}
        }
        if let Some(detection) = noted.first_detection
            && self.first_detection_s.is_none_or(|first_s| detection.at.as_secs() < first_s)
        {
            self.first_detection_s = Some(detection.at.as_secs());
            self.first_detection_km = Some(detection.range_m / 1e3);
        }
        earlier(&mut self.first_confirmed_s, noted.first_confirmed);
        earlier(&mut self.first_launch_s, noted.first_launched);
    }
}

fn earlier(slot_s: &mut Option<f64>, at: Option<Time>) {
    if let Some(at_s) = at.map(Time::as_secs) {
        *slot_s = Some(slot_s.map_or(at_s, |first_s| first_s.min(at_s)));
    }
}
