//! How an antenna turns, told by its plots.
//!
//! A recording does not say how radars turn. But a radar that turns sends its plots at the ends of equal parts
//! of a turn, and the azimuth of a plot belongs to the instant at which the beam was on it: from enough plots
//! period and north follow as a fit, and where they do not fit, nothing is told.

use std::collections::BTreeSet;
use std::f64::consts::TAU;

use redan_geo::{Span, Time, wrap_two_pi_rad};
use redan_track::Plot;

/// Parts of a turn after which plots are sent: the engine's.
const PARTS: u32 = 8;
/// Parts that may have passed without a plot between the two sendings that were closest to each other.
const MOST_PARTS_APART: u32 = 32;
/// Fewer plots tell nothing.
const FEWEST_PLOTS: usize = 8;
/// Octants from which plots must be: a single direction fits many periods.
const FEWEST_OCTANTS: usize = 3;
/// Mean resultant length of the plots' azimuths against the turn; 0.99 is a standard deviation of 8° (K. V.
/// Mardia and P. E. Jupp, "Directional Statistics", 2000, section 2.3).
const LEAST_RESULTANT: f64 = 0.99;

/// A turning antenna, clockwise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Turn {
    /// Time of one turn.
    pub(crate) period: Span,
    /// First passage of north after the start of the scenario.
    pub(crate) north: Time,
}

impl Turn {
    /// From plots, each with the time at which it was sent.
    pub(super) fn of(plots: &[(Time, Plot)]) -> Option<Turn> {
        let plots: Vec<(Time, Plot)> = plots
            .iter()
            .filter(|(_, plot)| plot.measured.azimuth_rad.is_finite())
            .copied()
            .collect();
        if plots.len() < FEWEST_PLOTS || octants(&plots) < FEWEST_OCTANTS {
            return None;
        }
        let sent: BTreeSet<i64> = plots.iter().map(|(at, _)| at.0).collect();
        let (first, last) = (*sent.first()?, *sent.last()?);
        let times: Vec<i64> = sent.into_iter().collect();
        let gap = times.windows(2).filter_map(|pair| pair[1].checked_sub(pair[0])).min()?;
        // The closest two, less rounding, and the whole for a finer figure.
        let gaps = (last.checked_sub(first)? as f64 / gap as f64).round();
        let gap_ns = last.checked_sub(first)? as f64 / gaps;
        (1..=MOST_PARTS_APART).find_map(|parts_apart| {
            let period_ns = gap_ns * f64::from(PARTS) / f64::from(parts_apart);
            fit(&plots, period_ns)
        })
    }
}

fn octants(plots: &[(Time, Plot)]) -> usize {
    let octant =
        |(_, plot): &(Time, Plot)| (wrap_two_pi_rad(plot.measured.azimuth_rad) / TAU * 8.0) as i64;
    plots.iter().map(octant).collect::<BTreeSet<i64>>().len()
}

/// North for a period, if the azimuths are those of an antenna that turns so.
fn fit(plots: &[(Time, Plot)], period_ns: f64) -> Option<Turn> {
    let (mut sine, mut cosine) = (0.0, 0.0);
    for (_, plot) in plots {
        let turned_rad = (plot.time.0 as f64 / period_ns).fract() * TAU;
        let (s, c) = libm::sincos(plot.measured.azimuth_rad - turned_rad);
        (sine, cosine) = (sine + s, cosine + c);
    }
    let resultant = libm::hypot(sine, cosine) / plots.len() as f64;
    let at_start_rad = wrap_two_pi_rad(libm::atan2(sine, cosine));
    let north_ns = (TAU - at_start_rad) / TAU * period_ns;
    let turn =
        Turn { period: Span(period_ns.round() as i64), north: Time(north_ns.round() as i64) };
    (resultant > LEAST_RESULTANT && turn.period.0 > 0).then_some(turn)
}

#[cfg(test)]
mod tests {
    use redan_geo::Aer;
    use redan_track::{PlotId, Reply};

    use super::*;

    const PERIOD_S: f64 = 12.0;
    const NORTH_S: f64 = 3.25;

    /// Plots at azimuths in turns, sent at the ends of eighths of a turn that begins at 1 s.
    fn plots(azimuths_deg: &[f64], turns: &[u32], error_deg: f64) -> Vec<(Time, Plot)> {
        let mut plots = Vec::new();
        for (turn, azimuth) in turns.iter().flat_map(|t| azimuths_deg.iter().map(move |a| (t, a))) {
            let time_s = NORTH_S + (f64::from(*turn) + azimuth / 360.0) * PERIOD_S;
            let part_s = PERIOD_S / 8.0;
            let sent_s = ((time_s - 1.0) / part_s).ceil() * part_s + 1.0;
            let error_deg = error_deg * f64::from(plots.len() as u32 % 3) - error_deg;
            let measured = Aer {
                azimuth_rad: (azimuth + error_deg).to_radians(),
                elevation_rad: 0.0,
                range_m: 1e5,
            };
            let time = Time::from_secs(time_s);
            let plot = Plot { id: PlotId(0), time, measured, snr_db: 15.0, reply: Reply::NotAsked };
            plots.push((Time::from_secs(sent_s), plot));
        }
        plots.sort_by_key(|(at, _)| *at);
        plots
    }

    #[test]
    fn a_turning_antenna_is_told_by_its_plots() {
        let all: Vec<u32> = (0..20).collect();
        for azimuths in [&[10.0, 100.0, 200.0, 310.0][..], &[5.0, 50.0, 95.0, 140.0]] {
            let turn = Turn::of(&plots(azimuths, &all, 0.3)).expect("it turns");
            assert!((turn.period.as_secs() - PERIOD_S).abs() < 1e-6, "{turn:?}");
            assert!((turn.north.as_secs() - NORTH_S).abs() < 0.02, "{turn:?}");
        }
    }

    #[test]
    fn turns_without_plots_change_nothing() {
        let turn = Turn::of(&plots(&[10.0, 100.0, 200.0], &[0, 3, 7, 8], 0.0)).expect("it turns");
        assert!((turn.period.as_secs() - PERIOD_S).abs() < 1e-6, "{turn:?}");
    }

    #[test]
    fn what_does_not_turn_is_not_said_to() {
        let all: Vec<u32> = (0..20).collect();
        let mut staring = plots(&[10.0, 100.0, 200.0, 310.0], &all, 0.0);
        for (index, (_, plot)) in staring.iter_mut().enumerate() {
            plot.measured.azimuth_rad = f64::from(index as u32 * 37 % 90).to_radians() * 4.0;
        }
        assert_eq!(Turn::of(&staring), None);
        assert_eq!(Turn::of(&plots(&[10.0], &all, 0.0)), None, "one direction fits any period");
        assert_eq!(Turn::of(&[]), None);
    }
}
