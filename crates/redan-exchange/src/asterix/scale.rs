//! Numbers as whole steps in big-endian octets: every quantity of these categories.

use std::f64::consts::TAU;

/// One international nautical mile, metres.
const NAUTICAL_MILE_M: f64 = 1852.0;
/// One international foot, metres.
const FOOT_M: f64 = 0.3048;
const SECONDS_A_DAY: i64 = 86_400;

/// A quantity: its step, its size, and what happens at the end of its range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    /// The least significant bit in the unit of the value.
    pub(super) step: f64,
    pub(super) bits: u32,
    signed: bool,
    /// Steps after which it begins anew; 0 where it ends with its largest value instead.
    circle: i64,
}

/// I034/030, I048/140, I062/070, I021/073: seconds since midnight, 1/128 s.
pub(super) const TIME_OF_DAY: Scale = circle(24, 1.0 / 128.0, SECONDS_A_DAY * 128);
/// I034/041: seconds, 1/128 s.
pub(super) const PERIOD: Scale = unsigned(16, 1.0 / 128.0);
/// I034/020: 360°/256.
pub(super) const SECTOR: Scale = circle(8, TAU / 256.0, 256);
/// I048/040 and I034/100: 360°/65536.
pub(super) const ANGLE: Scale = circle(16, TAU / 65_536.0, 65_536);
/// I048/040 and I034/100: 1/256 NM.
pub(super) const RANGE: Scale = unsigned(16, NAUTICAL_MILE_M / 256.0);
/// Reserved expansion field of CAT048, ERR: 1/256 NM.
pub(super) const EXTENDED_RANGE: Scale = unsigned(24, NAUTICAL_MILE_M / 256.0);
/// I048/042: 1/128 NM.
pub(super) const CARTESIAN: Scale = signed(16, NAUTICAL_MILE_M / 128.0);
/// I048/210: 1/128 NM.
pub(super) const CARTESIAN_SIGMA: Scale = unsigned(8, NAUTICAL_MILE_M / 128.0);
/// I048/200: 2^-14 NM/s.
pub(super) const SPEED: Scale = unsigned(16, NAUTICAL_MILE_M / 16_384.0);
/// I048/210: 2^-14 NM/s.
pub(super) const SPEED_SIGMA: Scale = unsigned(8, NAUTICAL_MILE_M / 16_384.0);
/// I048/210: 360°/4096.
pub(super) const ANGLE_SIGMA: Scale = unsigned(8, TAU / 4096.0);
/// I021/160: 2^-14 NM/s.
pub(super) const GROUND_SPEED: Scale = unsigned(15, NAUTICAL_MILE_M / 16_384.0);
/// I048/090: 1/4 flight level of 100 ft.
pub(super) const LEVEL_14: Scale = signed(14, 25.0 * FOOT_M);
/// I062/136, I021/145: 1/4 flight level of 100 ft.
pub(super) const LEVEL: Scale = signed(16, 25.0 * FOOT_M);
/// I062/135: 1/4 flight level of 100 ft.
pub(super) const LEVEL_15: Scale = signed(15, 25.0 * FOOT_M);
/// I048/110: 25 ft.
pub(super) const HEIGHT_3D: Scale = signed(14, 25.0 * FOOT_M);
/// I062/130, I021/140: 6.25 ft.
pub(super) const GEOMETRIC_HEIGHT: Scale = signed(16, 6.25 * FOOT_M);
/// I062/500 AGA: 6.25 ft.
pub(super) const HEIGHT_SIGMA: Scale = unsigned(8, 6.25 * FOOT_M);
/// I062/220: 6.25 ft/min.
pub(super) const CLIMB: Scale = signed(16, 6.25 * FOOT_M / 60.0);
/// I021/157: 6.25 ft/min.
pub(super) const CLIMB_15: Scale = signed(15, 6.25 * FOOT_M / 60.0);
/// I034/120: 1 m.
pub(super) const SITE_HEIGHT: Scale = signed(16, 1.0);
/// I034/120, I021/130: 180°/2^23.
pub(super) const PLACE_24: Scale = signed(24, TAU / 16_777_216.0);
/// I062/105: 180°/2^25.
pub(super) const PLACE_25: Scale = signed(32, TAU / 67_108_864.0);
/// I021/131: 180°/2^30.
pub(super) const PLACE_30: Scale = signed(32, TAU / 2_147_483_648.0);
/// I062/100: 0.5 m.
pub(super) const SYSTEM_CARTESIAN: Scale = signed(24, 0.5);
/// I062/500 APC: 0.5 m.
pub(super) const SYSTEM_SIGMA: Scale = unsigned(16, 0.5);
/// I062/185: 0.25 m/s.
pub(super) const SYSTEM_SPEED: Scale = signed(16, 0.25);
/// I062/210: 0.25 m/s².
pub(super) const SYSTEM_ACCELERATION: Scale = signed(8, 0.25);
/// I048/120 CAL: 1 m/s.
pub(super) const DOPPLER: Scale = signed(10, 1.0);

const fn unsigned(bits: u32, step: f64) -> Scale {
    Scale { step, bits, signed: false, circle: 0 }
}

const fn signed(bits: u32, step: f64) -> Scale {
    Scale { step, bits, signed: true, circle: 0 }
}

const fn circle(bits: u32, step: f64, circle: i64) -> Scale {
    Scale { step, bits, signed: false, circle }
}

impl Scale {
    /// The value of the lowest bits of `raw`.
    pub(super) fn value(&self, raw: u64) -> f64 {
        let spare = 64 - self.bits;
        let raised = raw << spare;
        if self.signed {
            (raised.cast_signed() >> spare) as f64 * self.step
        } else {
            (raised >> spare) as f64 * self.step
        }
    }

    /// The nearest step in the lowest bits; a value beyond the range becomes its end, what is no number 0.
    pub(super) fn raw(&self, value: f64) -> u64 {
        let steps = (value / self.step).round() as i64;
        let steps = match self.circle {
            0 => steps.clamp(self.least(), self.most()),
            circle => steps.rem_euclid(circle),
        };
        steps.cast_unsigned() & (u64::MAX >> (64 - self.bits))
    }

    /// Whether a value can be said, but for rounding.
    pub(super) fn holds(&self, value: f64) -> bool {
        let steps = (value / self.step).round();
        steps >= self.least() as f64 && steps <= self.most() as f64
    }

    /// Octets that hold it.
    pub(super) fn octets(&self) -> usize {
        self.bits.div_ceil(8) as usize
    }

    fn least(&self) -> i64 {
        if self.signed { -(1 << (self.bits - 1)) } else { 0 }
    }

    fn most(&self) -> i64 {
        if self.signed { (1 << (self.bits - 1)) - 1 } else { (1 << self.bits) - 1 }
    }
}

/// Up to eight octets as a number, the first one the most significant.
pub(super) fn number(octets: &[u8]) -> u64 {
    octets.iter().fold(0, |sum, octet| (sum << 8) | u64::from(*octet))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NM: f64 = 1852.0;

    #[test]
    fn values_are_those_of_the_standard() {
        for (scale, raw, value) in [
            (TIME_OF_DAY, 128, 1.0),
            (RANGE, 256, NM),
            (EXTENDED_RANGE, 0x10_0000, 4096.0 * NM),
            (ANGLE, 0x4000, TAU / 4.0),
            (LEVEL, 400, 100.0 * 100.0 * FOOT_M),
            (LEVEL, 0xffff, -25.0 * FOOT_M),
            (HEIGHT_3D, 0x3fff, -25.0 * FOOT_M),
            (PLACE_24, 0x40_0000, TAU / 4.0),
            (PLACE_25, 0xff00_0000, -TAU / 4.0),
            (SPEED, 0x4000, NM),
            (SYSTEM_SPEED, 0xfffc, -1.0),
        ] {
            assert!((scale.value(raw) - value).abs() < 1e-9, "{scale:?} {raw}");
            assert_eq!(scale.raw(value), raw, "{scale:?} {value}");
        }
    }

    #[test]
    fn what_is_beyond_the_range_becomes_its_end() {
        assert_eq!(RANGE.raw(1e9), 0xffff);
        assert_eq!(RANGE.raw(-1.0e9), 0);
        assert_eq!(SYSTEM_SPEED.raw(-1e9), 0x8000);
        assert_eq!(SYSTEM_SPEED.raw(f64::INFINITY), 0x7fff);
        assert_eq!(RANGE.raw(f64::NAN), 0);
        assert!(!RANGE.holds(300.0 * NM) && RANGE.holds(200.0 * NM) && !RANGE.holds(f64::NAN));
    }

    #[test]
    fn a_circle_begins_anew() {
        assert_eq!(TIME_OF_DAY.raw(86_400.0), 0);
        assert_eq!(TIME_OF_DAY.raw(-1.0), (86_399 * 128));
        assert_eq!(ANGLE.raw(TAU), 0);
        assert_eq!(ANGLE.raw(-TAU / 4.0), 0xc000);
        assert_eq!(SECTOR.raw(TAU * 255.9 / 256.0), 0);
    }
}
