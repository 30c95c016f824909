//! Fly-out: a missile's table of time, speed and reach, made of its published figures.
//!
//! **What it models.** A point mass that is driven along a given path and has as much energy as its
//! figures say. Nothing of guidance, seeker or warhead is in it.
//!
//! **Equation and reference.** Up to the end of the boost the speed rises evenly to the peak.
//! After it, with e = v²/2 along the path, de/dl = −g sin γ − ρ(h) e / β, the point-mass equation of
//! P. Zarchan, *Tactical and Strategic Missile Guidance*, 6th ed. (2012), chapter 18, with lift and
//! thrust left out, β = m / (C_d A) constant and ρ of the U.S. Standard Atmosphere 1976. The path to a
//! target at ground range R and altitude h is y = h s + 4 B s (1 − s), s = x / R. Its bulge B rises
//! evenly with R, at the slope of the airless arc of the published mean speed whose top is the highest
//! allowed, and stays when the path has that top: the ceiling plus v_t²/2g, the height that the
//! terminal speed is worth, but at most a quarter of v_p²/2g, the height that the peak speed is worth.
//! Where it would arrive slower than the terminal speed, it flies as much higher as it must.
//! β is found by bisection, such that a flight to the stated range at half the ceiling has the
//! published mean speed.
//!
//! **Inputs.** [`FlyOutFigures`], SI. Ground ranges on a level Earth; altitudes above mean sea level,
//! the launcher being taken to stand there.
//!
//! **Valid range.** Figures in order ([`FigureError`] otherwise), altitudes to 86 km.
//!
//! **Left out.** Lift and the drag that it costs, manoeuvre near the target, second pulses of the
//! motor, change of drag with the speed of sound, wind, the launcher's own height.
//!
//! **Validated against** the published mean speed, which it reproduces by construction, and the
//! time of flight that open literature computes for the farthest range of one missile
//! (`val_40n6e_time_to_farthest_range` in `tests/val_fly_out.rs`); its integration against level
//! flight with drag and climb without, which have closed forms (tests below).

use redan_command::fly_out::{Envelope, FlyOut, FlyOutError, FlyOutPoint};

use super::atmosphere::density_kg_m3;

/// What publications say of a missile's flight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FlyOutFigures {
    /// Farthest range of a target.
    pub max_range_m: f64,
    /// Nearest range of a target.
    pub min_range_m: f64,
    /// Lowest altitude of a target.
    pub min_altitude_m: f64,
    /// Highest altitude of a target.
    pub max_altitude_m: f64,
    /// Mean speed: ground range over time of flight.
    pub mean_speed_m_s: f64,
    /// Ground range to which the mean speed refers.
    pub mean_speed_range_m: f64,
    /// Highest speed.
    pub peak_speed_m_s: f64,
    /// Time under thrust.
    pub boost_time_s: f64,
    /// Speed below which it cannot hit any more.
    pub terminal_speed_m_s: f64,
}

/// Why figures describe no missile that this model can fly.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum FigureError {
    /// A figure is not positive and finite, or two are out of order.
    #[error(
        "the flight figures are not positive numbers in order\n\
         hint: minimum below maximum for range and altitude, terminal and mean speed below peak \
         speed, range of the mean speed within the maximum range"
    )]
    Order,
    /// No drag at all would still be too slow.
    #[error(
        "the mean speed is not reached even without drag: at most {possible_m_s:.0} m/s\n\
         hint: lower the mean speed, shorten the boost or raise the peak speed"
    )]
    MeanTooHigh {
        /// Mean speed without drag.
        possible_m_s: f64,
    },
    /// The missile falls from the sky before it is as slow as that.
    #[error(
        "a missile with this mean speed would not get to the range that it refers to: with drag \
         that just lets it arrive it has {possible_m_s:.0} m/s\n\
         hint: raise the mean speed, or lower the peak speed"
    )]
    MeanTooLow {
        /// Lowest mean speed with which it arrives.
        possible_m_s: f64,
    },
    /// The table cannot be made.
    #[error(transparent)]
    Table(#[from] FlyOutError),
}

/// A missile whose drag has been calibrated by its published mean speed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EnergyModel {
    figures: FlyOutFigures,
    ballistic_kg_m2: f64,
}

impl EnergyModel {
    /// Finds the ballistic coefficient by which the mean speed is the published one.
    ///
    /// # Errors
    /// [`FigureError`].
    pub fn calibrate(figures: &FlyOutFigures) -> Result<Self, FigureError> {
        if !figures.are_in_order() {
            return Err(FigureError::Order);
        }
        let model = |log_ballistic: f64| Self {
            figures: *figures,
            ballistic_kg_m2: libm::exp(log_ballistic),
        };
        let (mut low, mut high) = LOG_BALLISTIC;
        let possible_m_s = model(high).mean_speed_m_s();
        if possible_m_s < figures.mean_speed_m_s {
            return Err(FigureError::MeanTooHigh { possible_m_s });
        }
        while high - low > 1e-9 {
            let middle = 0.5 * (low + high);
            if model(middle).mean_speed_m_s() < figures.mean_speed_m_s {
                low = middle;
            } else {
                high = middle;
            }
        }
        let found = model(high);
        let possible_m_s = found.mean_speed_m_s();
        if possible_m_s > 1.001 * figures.mean_speed_m_s {
            return Err(FigureError::MeanTooLow { possible_m_s });
        }
        Ok(found)
    }

    /// Ballistic coefficient m / (C_d A).
    #[must_use]
    pub fn ballistic_kg_m2(&self) -> f64 {
        self.ballistic_kg_m2
    }

    /// The table for commands and the engine: envelope of the figures, reach where the speed falls
    /// below the terminal one or the maximum range ends.
    ///
    /// # Errors
    /// [`FigureError::Table`].
    pub fn fly_out(&self) -> Result<FlyOut, FigureError> {
        let envelope = self.figures.envelope();
        Ok(FlyOut::tabulate(envelope, |range_m, altitude_m| self.fly(range_m, altitude_m))?)
    }

    /// Arrival at a ground range and altitude; `None` where on no path it arrives at the terminal
    /// speed, or still under thrust.
    #[must_use]
    pub fn fly(&self, range_m: f64, altitude_m: f64) -> Option<FlyOutPoint> {
        self.path_to(range_m, altitude_m).map(|(_, point)| point)
    }

    /// Height of a flight to a ground range and altitude after a share of the ground range, for
    /// drawing; `None` where the missile does not arrive.
    #[must_use]
    pub fn path_height_m(&self, range_m: f64, altitude_m: f64, share_ratio: f64) -> Option<f64> {
        let (path, _) = self.path_to(range_m, altitude_m)?;
        Some(path.height_m(share_ratio))
    }

    /// The usual path, or the lowest higher one on which the missile arrives fast enough.
    fn path_to(&self, range_m: f64, altitude_m: f64) -> Option<(Path, FlyOutPoint)> {
        let try_bulge = |bulge_m: f64| {
            let path = Path { range_m, altitude_m, bulge_m };
            self.arrive_in_time(&path).map(|point| (path, point))
        };
        let (usual_m, highest_m) = self.figures.bulges_m(range_m, altitude_m);
        if let Some(found) = try_bulge(usual_m) {
            return Some(found);
        }
        let (mut low_m, mut found) = (usual_m, try_bulge(highest_m)?);
        for _ in 0..12 {
            let middle_m = 0.5 * (low_m + found.0.bulge_m);
            match try_bulge(middle_m) {
                Some(better) => found = better,
                None => low_m = middle_m,
            }
        }
        Some(found)
    }

    /// Arrival by a path at the terminal speed at least, or still under thrust.
    fn arrive_in_time(&self, path: &Path) -> Option<FlyOutPoint> {
        let point = self.arrive(path)?;
        let boosting = point.time_s < self.figures.boost_time_s;
        (boosting || point.speed_m_s >= self.figures.terminal_speed_m_s).then_some(point)
    }

    fn mean_speed_m_s(&self) -> f64 {
        let range_m = self.figures.mean_speed_range_m;
        let altitude_m = 0.5 * self.figures.max_altitude_m;
        let (bulge_m, _) = self.figures.bulges_m(range_m, altitude_m);
        let arrival = self.arrive(&Path { range_m, altitude_m, bulge_m });
        arrival.map_or(0.0, |point| range_m / point.time_s)
    }

    /// Arrival, whatever the speed; `None` for a standstill on the way.
    fn arrive(&self, path: &Path) -> Option<FlyOutPoint> {
        self.arrive_in(path, STEPS)
    }

    fn arrive_in(&self, path: &Path, steps: u32) -> Option<FlyOutPoint> {
        let acceleration_m_s2 = self.figures.peak_speed_m_s / self.figures.boost_time_s;
        let boost_m = 0.5 * self.figures.peak_speed_m_s * self.figures.boost_time_s;
        let mut flown_m = 0.0;
        let mut coast = Coast {
            time_s: self.figures.boost_time_s,
            energy_j_kg: 0.5 * self.figures.peak_speed_m_s * self.figures.peak_speed_m_s,
        };
        for step in 0..steps {
            let [from, to] = [step, step + 1].map(|node| f64::from(node) / f64::from(steps));
            let length_m = path.length_m(from, to);
            let boosted = ((boost_m - flown_m) / length_m).clamp(0.0, 1.0);
            flown_m += length_m;
            if boosted < 1.0 {
                let burnout = from + (to - from) * boosted;
                coast = coast.advanced(self, path, [burnout, to])?;
            }
        }
        if flown_m <= boost_m {
            let time_s = (2.0 * flown_m / acceleration_m_s2).sqrt();
            return Some(FlyOutPoint { time_s, speed_m_s: acceleration_m_s2 * time_s });
        }
        Some(FlyOutPoint { time_s: coast.time_s, speed_m_s: (2.0 * coast.energy_j_kg).sqrt() })
    }
}

/// Steps along a path. With 96 times and speeds are within 0.1 % of those with 5 000 (a test).
const STEPS: u32 = 96;

/// Natural logarithms of the ballistic coefficients searched: 1 to 10¹² kg/m², brick wall to no
/// drag at all.
const LOG_BALLISTIC: (f64, f64) = (0.0, 27.6);

/// Share of the energy at burnout that a path may turn into height: a choice. A quarter costs an
/// eighth of the speed at the top, more would slow the missile more than thin air saves.
const LOFT_SHARE: f64 = 0.25;

const GRAVITY_M_S2: f64 = 9.806_65;

impl FlyOutFigures {
    /// The flight figures of a card. A mean speed over a range beyond the reach, as a low reading of the
    /// reach makes it, is taken over the reach.
    #[must_use]
    pub fn of(card: &crate::card::Missile) -> Self {
        Self {
            max_range_m: card.max_range_m,
            min_range_m: card.min_range_m,
            min_altitude_m: card.min_altitude_m,
            max_altitude_m: card.max_altitude_m,
            mean_speed_m_s: card.mean_speed_m_s,
            mean_speed_range_m: card.mean_speed_range_m.min(card.max_range_m),
            peak_speed_m_s: card.peak_speed_m_s,
            boost_time_s: card.boost_time_s,
            terminal_speed_m_s: card.terminal_speed_m_s,
        }
    }

    fn are_in_order(&self) -> bool {
        let positive = [
            self.max_range_m,
            self.max_altitude_m,
            self.mean_speed_m_s,
            self.mean_speed_range_m,
            self.peak_speed_m_s,
            self.boost_time_s,
            self.terminal_speed_m_s,
        ];
        positive.iter().all(|figure| figure.is_finite() && *figure > 0.0)
            && (0.0..self.max_range_m).contains(&self.min_range_m)
            && (0.0..self.max_altitude_m).contains(&self.min_altitude_m)
            && self.mean_speed_range_m <= self.max_range_m
            && self.mean_speed_m_s < self.peak_speed_m_s
            && self.terminal_speed_m_s < self.peak_speed_m_s
    }

    fn envelope(&self) -> Envelope {
        Envelope {
            min_range_m: self.min_range_m,
            max_range_m: self.max_range_m,
            min_altitude_m: self.min_altitude_m,
            max_altitude_m: self.max_altitude_m,
        }
    }

    /// Height above which no path rises, unless its target is higher.
    fn top_m(&self) -> f64 {
        let height_of = |speed_m_s: f64| speed_m_s * speed_m_s / (2.0 * GRAVITY_M_S2);
        let sail_m = height_of(self.terminal_speed_m_s);
        (self.max_altitude_m + sail_m).min(LOFT_SHARE * height_of(self.peak_speed_m_s))
    }

    /// Bulge of the path over the straight line to the target: the usual and the highest.
    fn bulges_m(&self, range_m: f64, altitude_m: f64) -> (f64, f64) {
        let top_m = self.top_m().max(altitude_m);
        // An airless arc of the mean speed v̄ and of this height has the range v̄ √(8 h / g).
        let arc_m = self.mean_speed_m_s * (8.0 * top_m / GRAVITY_M_S2).sqrt();
        // The top of h s + 4 B s (1 − s) is (h + 4 B)² / (16 B), solved for B.
        let room_m = (top_m * (top_m - altitude_m)).sqrt();
        let highest_m = 0.5 * top_m - 0.25 * altitude_m + 0.5 * room_m;
        (highest_m.min(top_m * range_m / arc_m), highest_m)
    }
}

/// A path in the vertical plane, with the share of the ground range as its parameter.
struct Path {
    range_m: f64,
    altitude_m: f64,
    bulge_m: f64,
}

impl Path {
    fn height_m(&self, share: f64) -> f64 {
        share * (self.altitude_m + 4.0 * self.bulge_m * (1.0 - share))
    }

    /// Length between two shares, as a straight line.
    fn length_m(&self, from: f64, to: f64) -> f64 {
        let along_m = (to - from) * self.range_m;
        let up_m = self.height_m(to) - self.height_m(from);
        (along_m * along_m + up_m * up_m).sqrt()
    }
}

/// A missile after its boost.
struct Coast {
    time_s: f64,
    energy_j_kg: f64,
}

impl Coast {
    /// One step along the path: exact in energy for air as dense as in the middle of the step,
    /// exact in time for an even deceleration.
    fn advanced(self, model: &EnergyModel, path: &Path, [from, to]: [f64; 2]) -> Option<Self> {
        let length_m = path.length_m(from, to);
        let climb_m = path.height_m(to) - path.height_m(from);
        let middle_m = path.height_m(0.5 * (from + to));
        let drag = density_kg_m3(middle_m) * length_m / model.ballistic_kg_m2;
        let kept = libm::exp(-drag);
        // (1 − e^−k)/k, whose limit for thin air is 1 − k/2.
        let averaged = if drag > 1e-6 { (1.0 - kept) / drag } else { 1.0 - 0.5 * drag };
        let energy_j_kg = self.energy_j_kg * kept - GRAVITY_M_S2 * climb_m * averaged;
        if energy_j_kg <= 0.0 {
            return None;
        }
        // A dive right after the boost could exceed the published peak speed; it does not.
        let peak_m_s = model.figures.peak_speed_m_s;
        let energy_j_kg = energy_j_kg.min(0.5 * peak_m_s * peak_m_s);
        let mean_m_s = 0.5 * ((2.0 * self.energy_j_kg).sqrt() + (2.0 * energy_j_kg).sqrt());
        Some(Self { time_s: self.time_s + length_m / mean_m_s, energy_j_kg })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// No real missile.
    const FIGURES: FlyOutFigures = FlyOutFigures {
        max_range_m: 200e3,
        min_range_m: 1e3,
        min_altitude_m: 0.0,
        max_altitude_m: 25e3,
        mean_speed_m_s: 1000.0,
        mean_speed_range_m: 200e3,
        peak_speed_m_s: 1800.0,
        boost_time_s: 10.0,
        terminal_speed_m_s: 400.0,
    };

    #[test]
    fn level_flight_slows_exponentially_with_distance() {
        let model = EnergyModel { figures: FIGURES, ballistic_kg_m2: 15e3 };
        let path = Path { range_m: 39e3, altitude_m: 0.0, bulge_m: 0.0 };
        let found = model.arrive(&path).expect("no standstill");
        // 30 km without thrust at sea level: v = v_p e^(−l/2L), L = β/ρ, and t its integral.
        let scale_m = 2.0 * 15e3 / density_kg_m3(0.0);
        let speed_m_s = 1800.0 * libm::exp(-30e3 / scale_m);
        let time_s = 10.0 + scale_m * (1.0 / speed_m_s - 1.0 / 1800.0);
        assert!((found.speed_m_s / speed_m_s - 1.0).abs() < 1e-9, "{found:?} {speed_m_s}");
        // An even deceleration in each step is the one approximation here.
        assert!((found.time_s / time_s - 1.0).abs() < 1e-4, "{found:?} {time_s}");
    }

    #[test]
    fn vertical_flight_without_drag_is_a_throw() {
        let model = EnergyModel { figures: FIGURES, ballistic_kg_m2: 1e12 };
        let path = Path { range_m: 0.0, altitude_m: 24e3, bulge_m: 0.0 };
        let found = model.arrive(&path).expect("no standstill");
        let speed_m_s = (1800.0_f64 * 1800.0 - 2.0 * GRAVITY_M_S2 * 15e3).sqrt();
        let time_s = 10.0 + (1800.0 - speed_m_s) / GRAVITY_M_S2;
        assert!((found.speed_m_s / speed_m_s - 1.0).abs() < 1e-7, "{found:?} {speed_m_s}");
        assert!((found.time_s / time_s - 1.0).abs() < 1e-7, "{found:?} {time_s}");
    }

    #[test]
    fn finer_steps_change_times_and_speeds_by_less_than_a_thousandth() {
        let model = EnergyModel::calibrate(&FIGURES).expect("figures in order");
        for (range_m, altitude_m) in [(12e3, 10.0), (50e3, 20e3), (90e3, 50.0), (200e3, 12e3)] {
            let (path, usual) = model.path_to(range_m, altitude_m).expect("in reach");
            let fine = model.arrive_in(&path, 5_000).expect("in reach");
            assert!((usual.time_s / fine.time_s - 1.0).abs() < 1e-3, "{usual:?} {fine:?}");
            assert!((usual.speed_m_s / fine.speed_m_s - 1.0).abs() < 1e-3, "{usual:?} {fine:?}");
        }
    }
}
