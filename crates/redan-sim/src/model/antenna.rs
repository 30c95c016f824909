//! Antenna: gain and pattern from beamwidths and side-lobe levels.
//!
//! **What it models.** A pencil or fan beam as an analyst knows it from open literature: two
//! half-power beamwidths, a mean level of side lobes and, where known, that of the first ones.
//!
//! **Equation and reference.** Gain K / (θ_az θ_el) with K = 26 000 square degrees for practical
//! antennas (W. L. Stutzman, IEEE Antennas and Propagation Magazine 40(4) (1998) 7). The main lobe
//! is Gaussian, −12 u² decibels, where u is the distance from the axis in beamwidths. First side
//! lobes are a flat region that falls evenly, in decibels, to the mean level: a choice of ours.
//!
//! **Inputs.** Radians off the axis, decibels below the peak as negative numbers.
//!
//! **Valid range.** [`Antenna::new`] refuses others: positive beamwidths up to π; levels below zero,
//! the first side lobes not below the mean. Gain is good to about 1 dB, for beams below 30°.
//!
//! **Left out.** Single nulls and lobes, back lobe, widening of an array's beam off its normal.
//!
//! **Validated against** the definition of the beamwidth and worked numbers in the tests.

use core::f64::consts::{PI, TAU};

use super::radar_equation::decibels;

/// K, in square radians.
const GAIN_SR: f64 = 26_000.0 * (PI / 180.0) * (PI / 180.0);

/// First side lobes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FirstSideLobes {
    /// Level below the peak, negative.
    pub level_db: f64,
    /// How far they reach, in beamwidths from the axis; at twice that the mean level is reached.
    pub reach_ratio: f64,
}

/// An antenna's beam.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Antenna {
    azimuth_width_rad: f64,
    elevation_width_rad: f64,
    floor_db: f64,
    first: Option<FirstSideLobes>,
}

impl Antenna {
    /// An antenna of two half-power beamwidths and a mean side-lobe level; `None` outside the
    /// valid range.
    #[must_use]
    pub fn new(
        azimuth_width_rad: f64,
        elevation_width_rad: f64,
        floor_db: f64,
        first: Option<FirstSideLobes>,
    ) -> Option<Self> {
        let width = |x: f64| x > 0.0 && x <= PI;
        let level = |x: f64| x.is_finite() && x < 0.0;
        let lobes = first.is_none_or(|lobes| {
            let reaches = lobes.reach_ratio.is_finite() && lobes.reach_ratio > 0.0;
            level(lobes.level_db) && lobes.level_db >= floor_db && reaches
        });
        let valid = width(azimuth_width_rad) && width(elevation_width_rad) && level(floor_db);
        (valid && lobes).then_some(Self { azimuth_width_rad, elevation_width_rad, floor_db, first })
    }

    /// Gain on the axis over an isotropic antenna, estimated from the beamwidths.
    #[must_use]
    pub fn gain_db(&self) -> f64 {
        gain_db(self.azimuth_width_rad, self.elevation_width_rad)
    }

    /// Mean side-lobe level below the peak.
    #[must_use]
    pub fn floor_db(&self) -> f64 {
        self.floor_db
    }

    /// Level in a direction off the axis, one way, below the peak: 0 on the axis, never above 0
    /// and never below the mean side-lobe level; continuous. Azimuths may differ by full turns.
    #[must_use]
    pub fn pattern_db(&self, off_azimuth_rad: f64, off_elevation_rad: f64) -> f64 {
        let turned_rad = (off_azimuth_rad + PI).rem_euclid(TAU) - PI;
        let across = turned_rad / self.azimuth_width_rad;
        let up = off_elevation_rad / self.elevation_width_rad;
        let square = across * across + up * up;
        let lobes_db = self.side_lobes_db(square.sqrt());
        (-12.0 * square).max(lobes_db)
    }

    fn side_lobes_db(&self, beamwidths: f64) -> f64 {
        let Some(first) = self.first else { return self.floor_db };
        let fallen = (beamwidths / first.reach_ratio - 1.0).clamp(0.0, 1.0);
        first.level_db + fallen * (self.floor_db - first.level_db)
    }
}

/// Gain over an isotropic antenna from two half-power beamwidths.
#[must_use]
pub fn gain_db(azimuth_width_rad: f64, elevation_width_rad: f64) -> f64 {
    decibels(GAIN_SR / (azimuth_width_rad * elevation_width_rad))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn antenna() -> Antenna {
        let first = FirstSideLobes { level_db: -25.0, reach_ratio: 4.0 };
        Antenna::new(0.03, 0.05, -45.0, Some(first)).expect("valid")
    }

    #[test]
    fn a_beam_of_one_degree_has_44_decibels() {
        let one_rad = 1_f64.to_radians();
        // 10 log 26 000 = 44.15.
        assert!((gain_db(one_rad, one_rad) - 44.15).abs() < 0.01);
    }

    #[test]
    fn half_power_is_at_half_the_beamwidth() {
        assert!((antenna().pattern_db(0.015, 0.0) + 3.0).abs() < 1e-9);
        assert!((antenna().pattern_db(0.0, 0.025) + 3.0).abs() < 1e-9);
        assert!(antenna().pattern_db(0.0, 0.0).abs() < 1e-12);
    }

    #[test]
    fn impossible_antennas_are_refused() {
        assert!(Antenna::new(0.0, 0.1, -30.0, None).is_none());
        assert!(Antenna::new(0.1, 0.1, 3.0, None).is_none());
        let low = FirstSideLobes { level_db: -60.0, reach_ratio: 4.0 };
        assert!(Antenna::new(0.1, 0.1, -30.0, Some(low)).is_none());
    }

    proptest! {
        #[test]
        fn levels_are_bounded_and_do_not_jump(azimuth in -7.0..7.0, elevation in -1.5..1.5) {
            let here_db = antenna().pattern_db(azimuth, elevation);
            prop_assert!((-45.0..=0.0).contains(&here_db));
            let near_db = antenna().pattern_db(azimuth + 1e-7, elevation);
            prop_assert!((here_db - near_db).abs() < 1e-2);
        }

        #[test]
        fn farther_off_is_never_louder(off in 0.0..1.5, more in 0.0..1.5) {
            let antenna = antenna();
            prop_assert!(antenna.pattern_db(off + more, 0.0) <= antenna.pattern_db(off, 0.0) + 1e-9);
        }
    }
}
