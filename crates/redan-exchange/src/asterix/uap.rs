//! The categories as data: which item has which place, and how long it is.
//!
//! After EUROCONTROL-SPEC-0149: Part 2b (CAT034, ed. 1.27), Part 4 (CAT048, ed. 1.21), Part 9 (CAT062, ed. 1.18)
//! and Part 12 (CAT021, ed. 2.6), each in the section "Standard User Application Profile". Later editions give
//! further meanings to bits of these items, but move none.

use super::layout::Layout::{Compound, Explicit, Extended, Fixed, Repetitive, Spare};
use super::layout::{Field, Layout, RE, SP};

/// The items of a category by place; `None` where the category is not read here.
pub(super) fn profile(category: u8) -> Option<&'static [Field]> {
    match category {
        21 => Some(&CAT021),
        34 => Some(&CAT034),
        48 => Some(&CAT048),
        62 => Some(&CAT062),
        _ => None,
    }
}

const fn field(id: u16, layout: Layout) -> Field {
    Field { id, layout }
}

const SPARE: Field = field(u16::MAX, Spare);

/// CAT034, radar service messages, edition 1.27.
pub(super) static CAT034: [Field; 14] = [
    field(10, Fixed(2)),
    field(0, Fixed(1)),
    field(30, Fixed(3)),
    field(20, Fixed(1)),
    field(41, Fixed(2)),
    field(50, Compound(I034_050)),
    field(60, Compound(I034_060)),
    field(70, Repetitive(2)),
    field(100, Fixed(8)),
    field(110, Fixed(1)),
    field(120, Fixed(8)),
    field(90, Fixed(2)),
    field(RE, Explicit),
    field(SP, Explicit),
];

/// CAT048, reports of one radar, edition 1.21.
pub(super) static CAT048: [Field; 28] = [
    field(10, Fixed(2)),
    field(140, Fixed(3)),
    field(20, Extended(1)),
    field(40, Fixed(4)),
    field(70, Fixed(2)),
    field(90, Fixed(2)),
    field(130, Compound(I048_130)),
    field(220, Fixed(3)),
    field(240, Fixed(6)),
    field(250, Repetitive(8)),
    field(161, Fixed(2)),
    field(42, Fixed(4)),
    field(200, Fixed(4)),
    field(170, Extended(1)),
    field(210, Fixed(4)),
    field(30, Extended(1)),
    field(80, Fixed(2)),
    field(100, Fixed(4)),
    field(110, Fixed(2)),
    field(120, Compound(I048_120)),
    field(230, Fixed(2)),
    field(260, Fixed(7)),
    field(55, Fixed(1)),
    field(50, Fixed(2)),
    field(65, Fixed(1)),
    field(60, Fixed(2)),
    field(SP, Explicit),
    field(RE, Explicit),
];

/// CAT062, system tracks, edition 1.18.
pub(super) static CAT062: [Field; 35] = [
    field(10, Fixed(2)),
    SPARE,
    field(15, Fixed(1)),
    field(70, Fixed(3)),
    field(105, Fixed(8)),
    field(100, Fixed(6)),
    field(185, Fixed(4)),
    field(210, Fixed(2)),
    field(60, Fixed(2)),
    field(245, Fixed(7)),
    field(380, Compound(I062_380)),
    field(40, Fixed(2)),
    field(80, Extended(1)),
    field(290, Compound(I062_290)),
    field(200, Fixed(1)),
    field(295, Compound(I062_295)),
    field(136, Fixed(2)),
    field(130, Fixed(2)),
    field(135, Fixed(2)),
    field(220, Fixed(2)),
    field(390, Compound(I062_390)),
    field(270, Extended(1)),
    field(300, Fixed(1)),
    field(110, Compound(I062_110)),
    field(120, Fixed(2)),
    field(510, Extended(3)),
    field(500, Compound(I062_500)),
    field(340, Compound(I062_340)),
    SPARE,
    SPARE,
    SPARE,
    SPARE,
    SPARE,
    field(RE, Explicit),
    field(SP, Explicit),
];

/// CAT021, reports of aircraft about themselves, edition 2.6.
pub(super) static CAT021: [Field; 49] = [
    field(10, Fixed(2)),
    field(40, Extended(1)),
    field(161, Fixed(2)),
    field(15, Fixed(1)),
    field(71, Fixed(3)),
    field(130, Fixed(6)),
    field(131, Fixed(8)),
    field(72, Fixed(3)),
    field(150, Fixed(2)),
    field(151, Fixed(2)),
    field(80, Fixed(3)),
    field(73, Fixed(3)),
    field(74, Fixed(4)),
    field(75, Fixed(3)),
    field(76, Fixed(4)),
    field(140, Fixed(2)),
    field(90, Extended(1)),
    field(210, Fixed(1)),
    field(70, Fixed(2)),
    field(230, Fixed(2)),
    field(145, Fixed(2)),
    field(152, Fixed(2)),
    field(200, Fixed(1)),
    field(155, Fixed(2)),
    field(157, Fixed(2)),
    field(160, Fixed(4)),
    field(165, Fixed(2)),
    field(77, Fixed(3)),
    field(170, Fixed(6)),
    field(20, Fixed(1)),
    field(220, Compound(I021_220)),
    field(146, Fixed(2)),
    field(148, Fixed(2)),
    field(110, Compound(I021_110)),
    field(16, Fixed(1)),
    field(8, Fixed(1)),
    field(271, Extended(1)),
    field(132, Fixed(1)),
    field(250, Repetitive(8)),
    field(260, Fixed(7)),
    field(400, Fixed(1)),
    field(295, Compound(I021_295)),
    SPARE,
    SPARE,
    SPARE,
    SPARE,
    SPARE,
    field(RE, Explicit),
    field(SP, Explicit),
];

/// I034/050, System Configuration and Status.
pub(super) static I034_050: &[Layout] = &[Fixed(1), Spare, Spare, Fixed(1), Fixed(1), Fixed(2)];

/// I034/060, System Processing Mode.
pub(super) static I034_060: &[Layout] = &[Fixed(1), Spare, Spare, Fixed(1), Fixed(1), Fixed(1)];

/// I048/130, Radar Plot Characteristics.
pub(super) static I048_130: &[Layout] =
    &[Fixed(1), Fixed(1), Fixed(1), Fixed(1), Fixed(1), Fixed(1), Fixed(1)];

/// I048/120, Radial Doppler Speed.
pub(super) static I048_120: &[Layout] = &[Fixed(2), Repetitive(6)];

/// I062/380, Aircraft Derived Data.
pub(super) static I062_380: &[Layout] = &[
    Fixed(3),
    Fixed(6),
    Fixed(2),
    Fixed(2),
    Fixed(2),
    Fixed(2),
    Fixed(2),
    Extended(1),
    Repetitive(15),
    Fixed(2),
    Fixed(2),
    Fixed(7),
    Fixed(2),
    Fixed(2),
    Fixed(2),
    Fixed(2),
    Fixed(2),
    Fixed(2),
    Fixed(1),
    Fixed(8),
    Fixed(1),
    Fixed(6),
    Fixed(2),
    Fixed(1),
    Repetitive(8),
    Fixed(2),
    Fixed(2),
    Fixed(2),
];

/// I062/290, System Track Update Ages.
pub(super) static I062_290: &[Layout] = &[
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(2),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
];

/// I062/295, Track Data Ages.
pub(super) static I062_295: &[Layout] = &[
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
];

/// I062/390, Flight Plan Related Data.
pub(super) static I062_390: &[Layout] = &[
    Fixed(2),
    Fixed(7),
    Fixed(4),
    Fixed(1),
    Fixed(4),
    Fixed(1),
    Fixed(4),
    Fixed(4),
    Fixed(3),
    Fixed(2),
    Fixed(2),
    Repetitive(4),
    Fixed(6),
    Fixed(1),
    Fixed(7),
    Fixed(7),
    Fixed(2),
    Fixed(7),
];

/// I062/110, Mode 5 Data Reports and Extended Mode 1 Code.
pub(super) static I062_110: &[Layout] =
    &[Fixed(1), Fixed(4), Fixed(6), Fixed(2), Fixed(2), Fixed(1), Fixed(1)];

/// I062/500, Estimated Accuracies.
pub(super) static I062_500: &[Layout] =
    &[Fixed(4), Fixed(2), Fixed(4), Fixed(1), Fixed(1), Fixed(2), Fixed(2), Fixed(1)];

/// I062/340, Measured Information.
pub(super) static I062_340: &[Layout] =
    &[Fixed(2), Fixed(4), Fixed(2), Fixed(2), Fixed(2), Fixed(1)];

/// I021/220, Met Information.
pub(super) static I021_220: &[Layout] = &[Fixed(2), Fixed(2), Fixed(2), Fixed(1)];

/// I021/110, Trajectory Intent.
pub(super) static I021_110: &[Layout] = &[Extended(1), Repetitive(15)];

/// I021/295, Data Ages.
pub(super) static I021_295: &[Layout] = &[
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
    Fixed(1),
];
