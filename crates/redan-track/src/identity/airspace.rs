//! What a network knows of the order of the sky: airways, safe-passage corridors, zones, flight plans.
//!
//! Names after NATO's airspace control measures (AJP-3.3.5, minimum-risk routes, safe-passage corridors,
//! weapons engagement zones). All geometry is in the plane of the tracker's frame: at 300 km from its
//! origin lengths on it are short by 0.04 %, far below the width of an airway.

use redan_geo::{Enu, Geodetic, LocalFrame, Span, Time};

/// What an airspace is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AirspaceKind {
    /// Civil traffic flies here.
    Airway,
    /// Friends that want to be spared fly here, at its times.
    SafePassage,
    /// Nobody but an enemy has business here.
    Restricted,
    /// Only changes the weapon control status; no evidence.
    EngagementZone,
}

/// A line over the ground with points in east and north, metres.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    points: Vec<(f64, f64)>,
    lengths_m: Vec<f64>,
}

impl Path {
    /// Through these places; a single one makes a circle of what has a half-width.
    pub fn new(frame: &LocalFrame, places: &[Geodetic]) -> Path {
        let points: Vec<(f64, f64)> = places
            .iter()
            .map(|place| {
                let Enu { east_m, north_m, .. } = frame.enu(place.to_ecef());
                (east_m, north_m)
            })
            .collect();
        let mut lengths_m = vec![0.0];
        for pair in points.windows(2) {
            let leg_m = libm::hypot(pair[1].0 - pair[0].0, pair[1].1 - pair[0].1);
            lengths_m.push(lengths_m.last().copied().unwrap_or(0.0) + leg_m);
        }
        Path { points, lengths_m }
    }

    /// Distance from the line and distance along it of its nearest point, metres.
    pub fn nearest_m(&self, place: Enu) -> (f64, f64) {
        let mut best = (f64::INFINITY, 0.0);
        if let [only] = self.points.as_slice() {
            return (libm::hypot(place.east_m - only.0, place.north_m - only.1), 0.0);
        }
        for (pair, begin_m) in self.points.windows(2).zip(&self.lengths_m) {
            let (leg_e, leg_n) = (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1);
            let (to_e, to_n) = (place.east_m - pair[0].0, place.north_m - pair[0].1);
            let square = leg_e * leg_e + leg_n * leg_n;
            let share = if square > 0.0 {
                ((to_e * leg_e + to_n * leg_n) / square).clamp(0.0, 1.0)
            } else {
                0.0
            };
            let off_m = libm::hypot(to_e - share * leg_e, to_n - share * leg_n);
            if off_m < best.0 {
                best = (off_m, begin_m + share * libm::sqrt(square));
            }
        }
        best
    }

    /// Length of the whole line, metres.
    pub fn length_m(&self) -> f64 {
        self.lengths_m.last().copied().unwrap_or(0.0)
    }
}

/// An airway, a corridor or a zone.
#[derive(Clone, Debug, PartialEq)]
pub struct Airspace {
    /// Name, as in the scenario.
    pub name: String,
    /// What it is for.
    pub kind: AirspaceKind,
    /// Its middle line, or its centre.
    pub path: Path,
    /// Half of its width, or its radius, metres.
    pub half_width_m: f64,
    /// Lowest and highest height above sea level, metres.
    pub heights_m: (f64, f64),
    /// When it is active, in order; empty for always.
    pub active: Vec<(Time, Time)>,
}

impl Airspace {
    /// Whether a place at a height above sea level is inside while it is active.
    pub fn holds(&self, place: Enu, height_m: f64, now: Time) -> bool {
        let is_active = self.active.is_empty()
            || self.active.iter().any(|(from, until)| (*from..*until).contains(&now));
        is_active
            && (self.heights_m.0..=self.heights_m.1).contains(&height_m)
            && self.path.nearest_m(place).0 <= self.half_width_m
    }
}

/// A flight plan as a network knows it.
#[derive(Clone, Debug, PartialEq)]
pub struct FlightPlan {
    /// Name, as in the scenario.
    pub name: String,
    /// Its route.
    pub path: Path,
    /// How far from the route it still fits, metres.
    pub half_width_m: f64,
    /// When it is at the first point.
    pub departs: Time,
    /// Ground speed on the route, m/s.
    pub speed_m_s: f64,
    /// How early or late it may be and still fit.
    pub window: Span,
    /// Code in mode 3/A that it was given, if the network knows it: four octal digits as a number.
    pub code: Option<u16>,
}

impl FlightPlan {
    /// Whether the plan has an aircraft at this place about now.
    pub fn fits(&self, place: Enu, now: Time) -> bool {
        let (off_m, along_m) = self.path.nearest_m(place);
        let expected = self.departs + Span::from_secs(along_m / self.speed_m_s);
        let late = now - expected;
        off_m <= self.half_width_m && late <= self.window && Span::ZERO - late <= self.window
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame() -> LocalFrame {
        LocalFrame::new(Geodetic::from_degrees(27.0, 56.0, 0.0))
    }

    /// A line of 100 km to the east.
    fn path() -> Path {
        let frame = frame();
        let east = Enu { east_m: 100_000.0, north_m: 0.0, up_m: 0.0 };
        Path::new(&frame, &[frame.origin(), frame.ecef(east).to_geodetic()])
    }

    fn at(east_m: f64, north_m: f64) -> Enu {
        Enu { east_m, north_m, up_m: 3_000.0 }
    }

    #[test]
    fn distances_are_off_the_line_and_along_it() {
        let (off_m, along_m) = path().nearest_m(at(40_000.0, -6_000.0));
        assert!((off_m - 6_000.0).abs() < 1.0 && (along_m - 40_000.0).abs() < 1.0);
        let (off_m, along_m) = path().nearest_m(at(103_000.0, 4_000.0));
        assert!((off_m - 5_000.0).abs() < 30.0 && (along_m - path().length_m()).abs() < 1e-6);
        let circle = Path::new(&frame(), &[frame().origin()]);
        assert!((circle.nearest_m(at(3_000.0, 4_000.0)).0 - 5_000.0).abs() < 1e-6);
    }

    #[test]
    fn an_airspace_has_a_width_heights_and_times() {
        let space = Airspace {
            name: "A59".to_string(),
            kind: AirspaceKind::Airway,
            path: path(),
            half_width_m: 10_000.0,
            heights_m: (1_000.0, 12_000.0),
            active: vec![(Time::from_secs(10.0), Time::from_secs(20.0))],
        };
        let now = Time::from_secs(15.0);
        assert!(space.holds(at(50_000.0, 9_000.0), 3_000.0, now));
        assert!(!space.holds(at(50_000.0, 11_000.0), 3_000.0, now));
        assert!(!space.holds(at(50_000.0, 9_000.0), 900.0, now));
        assert!(!space.holds(at(50_000.0, 9_000.0), 3_000.0, Time::from_secs(20.0)));
    }

    #[test]
    fn a_plan_fits_where_and_when_it_says_and_not_much_later() {
        let plan = FlightPlan {
            name: "IR655".to_string(),
            path: path(),
            half_width_m: 18_000.0,
            departs: Time::from_secs(100.0),
            speed_m_s: 200.0,
            window: Span::from_secs(300.0),
            code: None,
        };
        // 40 km along at 200 m/s: due at 300 s.
        let fits = |seconds| plan.fits(at(40_000.0, 5_000.0), Time::from_secs(seconds));
        assert!(fits(300.0) && fits(0.0) && fits(599.0));
        assert!(!fits(601.0));
        assert!(!plan.fits(at(40_000.0, 20_000.0), Time::from_secs(300.0)));
    }
}
