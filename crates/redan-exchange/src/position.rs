//! Places as files have them: degrees and metres, rounded.

use redan_geo::{EnuVelocity, Geodetic, wrap_pi_rad, wrap_two_pi_rad};

/// Steps per degree: one step of latitude is 11 mm, finer than anything that is recorded.
const STEPS_PER_DEG: f64 = 1e7;
/// Steps per metre, metre per second, or degree of course.
const STEPS_PER_UNIT: f64 = 100.0;
/// Below this ground speed a course is the noise of a filter.
const SLOWEST_WITH_COURSE_M_S: f64 = 0.05;

/// A place on the Earth in whole steps of its units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Position {
    /// Latitude, -90 to 90.
    pub(crate) lat_deg: f64,
    /// Longitude, -180 to 180.
    pub(crate) lon_deg: f64,
    /// Height as the scenario has it.
    pub(crate) alt_m: f64,
}

/// Where something is and how it moves, as far as that is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct State {
    pub(crate) position: Position,
    /// Through space, the climb included.
    pub(crate) speed_m_s: Option<f64>,
    /// Course over ground, clockwise from true north, 0 to 360.
    pub(crate) course_deg: Option<f64>,
    /// As it was recorded, for formats that have components.
    pub(crate) velocity: Option<EnuVelocity>,
}

impl Position {
    /// The place as files have it; `None` for what is no place, as a damaged recording may hold.
    pub(crate) fn of(place: Geodetic) -> Option<Position> {
        let is_place = place.lon_rad.is_finite() && place.height_m.is_finite();
        let lat_deg = rounded(place.lat_deg(), STEPS_PER_DEG);
        let lon_deg = rounded(wrap_pi_rad(place.lon_rad).to_degrees(), STEPS_PER_DEG);
        let is_on_earth = lat_deg.abs() <= 90.0 && lon_deg.abs() <= 180.0;
        let alt_m = rounded(place.height_m, STEPS_PER_UNIT);
        (is_place && is_on_earth).then_some(Position { lat_deg, lon_deg, alt_m })
    }
}

impl State {
    /// Something that does not move, or of whose movement nothing is known.
    pub(crate) fn at(position: Position) -> State {
        State { position, speed_m_s: None, course_deg: None, velocity: None }
    }

    /// With the course and the speed of a velocity.
    pub(crate) fn moving(position: Position, velocity: EnuVelocity) -> State {
        let has_course = velocity.ground_speed_m_s() >= SLOWEST_WITH_COURSE_M_S;
        let course_rad = has_course.then(|| wrap_two_pi_rad(velocity.course_rad()));
        State {
            position,
            speed_m_s: speed(velocity.speed_m_s()),
            // Rounding may lead up to 360, which is 0.
            course_deg: course_rad
                .filter(|course| course.is_finite())
                .map(|course| rounded(course.to_degrees(), STEPS_PER_UNIT) % 360.0),
            velocity: Some(velocity).filter(|velocity| velocity.speed_m_s().is_finite()),
        }
    }
}

/// A speed in whole steps; `None` for what is no number.
pub(crate) fn speed(speed_m_s: f64) -> Option<f64> {
    speed_m_s.is_finite().then(|| rounded(speed_m_s, STEPS_PER_UNIT))
}

/// A length in whole steps; `None` for what is no number.
pub(crate) fn length(length_m: f64) -> Option<f64> {
    speed(length_m)
}

/// Degrees of a map in whole steps.
pub(crate) fn degrees(angle_deg: f64) -> f64 {
    rounded(angle_deg, STEPS_PER_DEG)
}

/// The nearest step; what is too large for steps stays as it is. Never a negative nought.
fn rounded(value: f64, steps_count: f64) -> f64 {
    let steps = (value * steps_count).round();
    if steps.is_finite() { steps / steps_count + 0.0 } else { value }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "rounded figures are met exactly")]
mod tests {
    use super::*;

    #[test]
    fn figures_are_as_short_as_the_scenario_wrote_them() {
        let there = Geodetic::from_degrees(40.08, -32.57, 850.3);
        let position = Position::of(there).expect("a place");
        assert_eq!(format!("{}", position.lat_deg), "40.08");
        assert_eq!(format!("{}", position.lon_deg), "-32.57");
        assert_eq!(format!("{}", position.alt_m), "850.3");
        assert_eq!(format!("{}", rounded(-0.001, STEPS_PER_UNIT)), "0");
        assert_eq!(rounded(1e308, STEPS_PER_UNIT), 1e308);
    }

    #[test]
    fn longitudes_wrap_and_what_is_no_place_is_none() {
        let wrapped = Position::of(Geodetic::from_degrees(10.0, 190.0, 0.0)).expect("a place");
        assert_eq!(wrapped.lon_deg, -170.0);
        assert!(Position::of(Geodetic::from_degrees(90.0, 180.0, 0.0)).is_some());
        for (lat_deg, lon_deg, height_m) in [
            (91.0, 0.0, 0.0),
            (f64::NAN, 0.0, 0.0),
            (0.0, f64::INFINITY, 0.0),
            (0.0, 0.0, f64::NEG_INFINITY),
        ] {
            assert_eq!(Position::of(Geodetic::from_degrees(lat_deg, lon_deg, height_m)), None);
        }
    }

    #[test]
    fn a_course_is_within_the_circle_and_a_hover_has_none() {
        let position = Position::of(Geodetic::from_degrees(0.0, 0.0, 0.0)).expect("a place");
        let going = |east_m_s: f64, north_m_s: f64| {
            State::moving(position, EnuVelocity { east_m_s, north_m_s, up_m_s: 3.0 })
        };
        assert_eq!(going(-4.0, 0.0).course_deg, Some(270.0));
        assert_eq!(going(-4.0, 0.0).speed_m_s, Some(5.0));
        assert_eq!(going(-1e-7, 100.0).course_deg, Some(0.0), "not 360");
        assert_eq!(going(0.0, 0.0).course_deg, None);
        assert_eq!(going(f64::NAN, 1.0).course_deg, None);
    }
}
