//! A missile's engagement envelope: where it can meet a target, and where an approaching target of a
//! given speed must be when it is launched.

pub(crate) mod chart;

use anyhow::Result;
use redan_command::FlyOut;
use redan_sim::card::{Card, Figures, Missile};
use redan_sim::model::fly_out::{EnergyModel, FlyOutFigures};

use crate::exit::bad_input;

/// Altitudes of the curves, from floor to ceiling.
const STEPS: usize = 120;

/// Envelope of one missile by one reading of its claims.
pub(crate) struct Envelope {
    pub(crate) fly_out: FlyOut,
    pub(crate) max_target_speed_m_s: f64,
}

/// One altitude of an envelope against a target of one speed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Level {
    pub(crate) altitude_m: f64,
    /// Nearest and farthest ground range of a meeting.
    pub(crate) nearest_m: f64,
    pub(crate) farthest_m: f64,
    /// Ground range of an approaching target at the launch for the farthest meeting.
    pub(crate) launch_m: f64,
    /// Time of flight to the farthest meeting.
    pub(crate) flight_s: f64,
    /// Speed that is left there.
    pub(crate) speed_m_s: f64,
}

/// The three readings of a card: as chosen, and the ends of the spread of reach and altitude.
pub(crate) struct Readings {
    pub(crate) nominal: Envelope,
    pub(crate) low: Option<Envelope>,
    pub(crate) high: Option<Envelope>,
}

impl Envelope {
    fn of(figures: &Figures<'_>) -> Result<Envelope> {
        let missile = Missile::from_figures(figures).map_err(bad_input)?;
        let flown = EnergyModel::calibrate(&FlyOutFigures::of(&missile))
            .and_then(|model| model.fly_out())
            .map_err(|reason| bad_input(format!("card {}: {reason}", figures.card().id)))?;
        Ok(Envelope { fly_out: flown, max_target_speed_m_s: missile.max_target_speed_m_s })
    }

    /// Levels from floor to ceiling against an approaching target of a speed; empty for one that is too
    /// fast.
    pub(crate) fn levels(&self, target_m_s: f64) -> Vec<Level> {
        if target_m_s > self.max_target_speed_m_s {
            return Vec::new();
        }
        let limits = *self.fly_out.envelope();
        let span_m = limits.max_altitude_m - limits.min_altitude_m;
        (0..=STEPS)
            .filter_map(|step| {
                // Closer together near the ground, where the question is.
                let part = step as f64 / STEPS as f64;
                self.level(limits.min_altitude_m + part * part * span_m, target_m_s)
            })
            .collect()
    }

    fn level(&self, altitude_m: f64, target_m_s: f64) -> Option<Level> {
        let limits = self.fly_out.envelope();
        let farthest_m = self.fly_out.max_range_m(altitude_m);
        let square_m2 = limits.min_range_m * limits.min_range_m - altitude_m * altitude_m;
        let nearest_m = square_m2.max(0.0).sqrt();
        // A hair inside the edge, where rounding does not decide.
        let point = self.fly_out.point(0.999_9 * farthest_m, altitude_m)?;
        (farthest_m > nearest_m).then_some(Level {
            altitude_m,
            nearest_m,
            farthest_m,
            launch_m: farthest_m + target_m_s * point.time_s,
            flight_s: point.time_s,
            speed_m_s: point.speed_m_s,
        })
    }
}

/// The readings of a card; an end of the spread that no missile flies is left out.
pub(crate) fn readings(card: &Card) -> Result<Readings> {
    let nominal = Envelope::of(&Figures::nominal(card))?;
    Ok(Readings { nominal, low: end(card, false), high: end(card, true) })
}

/// Figures of reach and altitude, and whether more of them widens the envelope.
const WIDTHS: [(&str, bool); 4] =
    [("max_range", true), ("min_range", false), ("min_altitude", false), ("max_altitude", true)];

fn end(card: &Card, wide: bool) -> Option<Envelope> {
    let mut figures = Figures::nominal(card);
    let mut changed = false;
    for (name, widens) in WIDTHS {
        let (low, nominal, high) = figures.spread_si(name).ok()?;
        let value_si = if widens == wide { high } else { low };
        changed |= value_si.to_bits() != nominal.to_bits();
        figures = figures.with_si(name, value_si).ok()?;
    }
    if !changed {
        return None;
    }
    Envelope::of(&figures).ok()
}

/// All levels as a table for other programs.
pub(crate) fn csv(readings: &Readings, speeds_m_s: &[f64]) -> String {
    let mut text = String::from(
        "reading,target_speed_m_s,altitude_m,nearest_m,farthest_m,target_at_launch_m,time_of_flight_s,\
         speed_left_m_s\n",
    );
    let named = [
        ("nominal", Some(&readings.nominal)),
        ("low", readings.low.as_ref()),
        ("high", readings.high.as_ref()),
    ];
    for (name, envelope) in named {
        let Some(envelope) = envelope else { continue };
        for speed_m_s in speeds_m_s {
            for level in envelope.levels(*speed_m_s) {
                text += &format!(
                    "{name},{speed_m_s},{:.1},{:.1},{:.1},{:.1},{:.2},{:.1}\n",
                    level.altitude_m,
                    level.nearest_m,
                    level.farthest_m,
                    level.launch_m,
                    level.flight_s,
                    level.speed_m_s
                );
            }
        }
    }
    text
}
