//! From the table of the environment to what waves meet on their way.

use redan_geo::EffectiveEarth;

use super::file::{self, Propagation};
use super::limits::{count, in_range, number};
use super::problem::Collector;
use super::resolved::{Environment, Surface};

/// Sphere on which rays are straight.
pub(super) fn effective(
    environment: Option<&file::Environment>,
    problems: &mut Collector,
) -> EffectiveEarth {
    let usual = EffectiveEarth::default();
    let Some(environment) = environment else { return usual };
    match (&environment.earth_factor, &environment.surface_refractivity) {
        (Some(_), Some(refractivity)) => {
            let reason = "earth_factor and surface_refractivity are both given";
            problems.note_hint(&refractivity.spot, reason, "leave one of them out");
            usual
        }
        (Some(factor), None) if in_range(factor, 0.5..=20.0, "", problems) => {
            EffectiveEarth::from_factor(factor.value)
        }
        (None, Some(refractivity))
            if in_range(refractivity, 200.0..=450.0, "N-units", problems) =>
        {
            EffectiveEarth::from_surface_refractivity(refractivity.value).unwrap_or(usual)
        }
        _ => usual,
    }
}

/// Air, rain and ground; what is left out is [`Environment::default`]'s.
pub(super) fn resolve(given: Option<&file::Environment>, problems: &mut Collector) -> Environment {
    let usual = Environment::default();
    let Some(given) = given else { return usual };
    let surface = match given.surface.as_ref().map(|at| at.value) {
        Some(file::Surface::Sea) => Surface::Sea,
        Some(file::Surface::Land) | None => usual.surface,
    };
    let gamma = given.clutter_gamma_db.as_ref();
    let line_of_sight = |at: &super::read::At<Propagation>| at.value == Propagation::LineOfSight;
    let sea_state = count(given.sea_state.as_ref(), 3, 0..=8, problems) as u8;
    let roughness_m = match surface {
        Surface::Land => usual.roughness_m,
        Surface::Sea => sea_roughness_m(sea_state),
    };
    Environment {
        full: !given.propagation.as_ref().is_some_and(line_of_sight),
        surface,
        roughness_m: number(given.roughness_m.as_ref(), roughness_m, 0.0..=100.0, "m", problems),
        sea_state,
        clutter_gamma_db: number(gamma, usual.clutter_gamma_db, -60.0..=10.0, "dB", problems),
        rain_mm_h: number(given.rain_mm_h.as_ref(), 0.0, 0.0..=200.0, "mm/h", problems),
    }
}

/// Standard deviation of the height of the sea: a quarter of the significant wave height, which the
/// Douglas scale (WMO code table 3700) gives as a span for each state; here its middle.
fn sea_roughness_m(sea_state: u8) -> f64 {
    const WAVES_M: [f64; 9] = [0.0, 0.05, 0.3, 0.9, 1.9, 3.25, 5.0, 7.5, 11.5];
    0.25 * WAVES_M[usize::from(sea_state).min(8)]
}
