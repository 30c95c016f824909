//! CAT048, reports of one radar: plots, and tracks of its own.

use super::common::{Callsign, Code, Interrogation, Others, Source, bits};
use super::items::Items;
use super::layout::{Layout, RE, Subfields};
use super::scale::{self, number};
use super::uap::I048_120;

/// A target report. What is `None` was not in the record.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TargetReport {
    /// I048/010.
    pub source: Option<Source>,
    /// I048/140: seconds since midnight UTC, in steps of 1/128 s.
    pub time_of_day_s: Option<f64>,
    /// I048/020.
    pub descriptor: Option<Descriptor>,
    /// I048/040, and the extended range of the reserved expansion field where that is used.
    pub polar: Option<Polar>,
    /// I048/070.
    pub mode_3a: Option<Code>,
    /// I048/090.
    pub mode_c: Option<ModeC>,
    /// I048/220: the address of the airframe.
    pub address: Option<u32>,
    /// I048/240.
    pub callsign: Option<Callsign>,
    /// I048/161: number of the radar's own track, 0 to 4095.
    pub track_number: Option<u16>,
    /// I048/042: east and north of the radar, in steps of 1/128 NM.
    pub cartesian: Option<Cartesian>,
    /// I048/200.
    pub velocity: Option<PolarVelocity>,
    /// I048/170.
    pub track_status: Option<RadarTrackStatus>,
    /// I048/210.
    pub track_quality: Option<TrackQuality>,
    /// I048/110: height above mean sea level that the radar measured, in steps of 25 ft.
    pub height_3d_m: Option<f64>,
    /// I048/120, the calculated Doppler speed.
    pub doppler: Option<Doppler>,
    /// I048/055.
    pub mode_1: Option<Code>,
    /// I048/050.
    pub mode_2: Option<Code>,
    /// Summary of mode 5 in the reserved expansion field.
    pub mode_5: Option<Mode5>,
    /// Items that are passed over.
    pub others: Others,
}

/// How a target was detected, I048/020 TYP.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Detection {
    /// It was not.
    #[default]
    None,
    /// By primary radar.
    Primary,
    /// By secondary radar.
    Secondary,
    /// By both.
    Both,
    /// Mode S, all-call.
    AllCall,
    /// Mode S, roll-call.
    RollCall,
    /// Mode S all-call and primary radar.
    AllCallPrimary,
    /// Mode S roll-call and primary radar.
    RollCallPrimary,
}

/// I048/020.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Descriptor {
    /// How it was detected.
    pub detection: Detection,
    /// A simulated target.
    pub simulated: bool,
    /// From the second chain of processing.
    pub second_chain: bool,
    /// Special position identification.
    pub special_position: bool,
    /// A fixed transponder.
    pub field_monitor: bool,
    /// A test target.
    pub test: bool,
    /// The range is in the reserved expansion field. Set by the writer.
    pub extended_range: bool,
    /// X-pulse.
    pub x_pulse: bool,
    /// Military emergency.
    pub military_emergency: bool,
    /// Military identification.
    pub military_identification: bool,
    /// What came of an interrogation in mode 4.
    pub mode_4: Interrogation,
}

/// I048/040.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Polar {
    /// Slant range, in steps of 1/256 NM (7.2 m).
    pub range_m: f64,
    /// Clockwise from true north, in steps of 360°/65536.
    pub azimuth_rad: f64,
}

/// I048/090: the height that mode C told.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ModeC {
    /// The code is not validated.
    pub doubtful: bool,
    /// Replies overlapped.
    pub garbled: bool,
    /// Pressure height, in steps of 25 ft.
    pub level_m: f64,
}

/// A place or a vector on the plane of a sensor or a system.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cartesian {
    /// Towards east.
    pub x_m: f64,
    /// Towards north.
    pub y_m: f64,
}

/// I048/200.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PolarVelocity {
    /// Over ground, in steps of 2^-14 NM/s (0.11 m/s).
    pub speed_m_s: f64,
    /// Clockwise from north, in steps of 360°/65536.
    pub heading_rad: f64,
}

/// I048/170.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RadarTrackStatus {
    /// Not yet confirmed.
    pub tentative: bool,
    /// Sensors that maintain it: 0 combined, 1 primary, 2 secondary.
    pub sensors: u8,
    /// Low confidence in the association of plot and track.
    pub doubtful: bool,
    /// A manoeuvre was sensed.
    pub manoeuvres: bool,
    /// 0 level, 1 climbing, 2 descending, 3 unknown.
    pub climb: u8,
    /// The last report of the track.
    pub ends: bool,
    /// A ghost.
    pub ghost: bool,
    /// Maintained with the help of a neighbouring node.
    pub supported: bool,
    /// Corrected for slant range, and projected.
    pub corrected: bool,
}

/// I048/210, standard deviations.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TrackQuality {
    /// East, in steps of 1/128 NM.
    pub x_m: f64,
    /// North.
    pub y_m: f64,
    /// In steps of 2^-14 NM/s.
    pub speed_m_s: f64,
    /// In steps of 360°/4096.
    pub heading_rad: f64,
}

/// I048/120 CAL.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Doppler {
    /// It is doubtful.
    pub doubtful: bool,
    /// As the radar gives it, in steps of 1 m/s.
    pub speed_m_s: f64,
}

/// Summary of mode 5: reserved expansion field of CAT048 (ed. 1.11), MD5 SUM.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mode5 {
    /// It was asked.
    pub asked: bool,
    /// An identification that is authenticated.
    pub identified: bool,
    /// Any other reply that is authenticated.
    pub data: bool,
}

/// Subfields of the reserved expansion field, as far as its length must be known to come to ERR (ed. 1.11).
const EXPANSION: &[Layout] = &[
    Layout::Compound(MODE_5_PARTS),
    Layout::Compound(NEW_MODE_5_PARTS),
    Layout::Extended(1),
    Layout::Compound(&[Layout::Fixed(1), Layout::Fixed(2), Layout::Fixed(2), Layout::Fixed(2)]),
    Layout::Fixed(3),
];
/// MD5 of the reserved expansion field: SUM, PMN, POS, GA, EM1, TOS, XP.
const MODE_5_PARTS: &[Layout] = &[
    Layout::Fixed(1),
    Layout::Fixed(4),
    Layout::Fixed(6),
    Layout::Fixed(2),
    Layout::Fixed(2),
    Layout::Fixed(1),
    Layout::Fixed(1),
];
/// M5N, the same with FOM.
const NEW_MODE_5_PARTS: &[Layout] = &[
    Layout::Fixed(1),
    Layout::Fixed(4),
    Layout::Fixed(6),
    Layout::Fixed(2),
    Layout::Fixed(2),
    Layout::Fixed(1),
    Layout::Fixed(1),
    Layout::Fixed(1),
];

impl Detection {
    const ALL: [Detection; 8] = [
        Detection::None,
        Detection::Primary,
        Detection::Secondary,
        Detection::Both,
        Detection::AllCall,
        Detection::RollCall,
        Detection::AllCallPrimary,
        Detection::RollCallPrimary,
    ];
}

impl TargetReport {
    /// Takes an item; whether it is understood to the last bit.
    pub(super) fn take(&mut self, id: u16, item: &[u8]) -> bool {
        let raw = || number(item);
        match id {
            10 => self.source = Some(Source::of(item)),
            140 => self.time_of_day_s = Some(scale::TIME_OF_DAY.value(raw())),
            20 => return self.take_descriptor(item),
            40 => self.polar = Some(polar(item)),
            70 => self.mode_3a = Some(Code::of(item, Code::FOUR_DIGITS)),
            90 => self.mode_c = Some(mode_c(item)),
            220 => self.address = Some(raw() as u32),
            240 => self.callsign = Some(Callsign::of(item)),
            161 => self.track_number = Some((raw() & 0xfff) as u16),
            42 => self.cartesian = Some(cartesian(item)),
            200 => self.velocity = Some(velocity(item)),
            170 => return self.take_track_status(item),
            210 => self.track_quality = Some(track_quality(item)),
            110 => self.height_3d_m = Some(scale::HEIGHT_3D.value(raw())),
            120 => return self.take_doppler(item),
            55 => self.mode_1 = Some(Code::of(item, Code::MODE_1_BITS)),
            50 => self.mode_2 = Some(Code::of(item, Code::FOUR_DIGITS)),
            RE => return self.take_expansion(item),
            _ => return false,
        }
        true
    }

    fn take_descriptor(&mut self, item: &[u8]) -> bool {
        let flag = |part: usize, bit: u8| item.get(part).is_some_and(|octet| octet & bit != 0);
        self.descriptor = Some(Descriptor {
            detection: Detection::ALL[usize::from(item[0] >> 5)],
            simulated: flag(0, 0x10),
            second_chain: flag(0, 0x08),
            special_position: flag(0, 0x04),
            field_monitor: flag(0, 0x02),
            test: flag(1, 0x80),
            extended_range: flag(1, 0x40),
            x_pulse: flag(1, 0x20),
            military_emergency: flag(1, 0x10),
            military_identification: flag(1, 0x08),
            mode_4: Interrogation::of(item.get(1).map_or(0, |octet| octet >> 1)),
        });
        item.len() <= 2
    }

    fn take_track_status(&mut self, item: &[u8]) -> bool {
        let flag = |part: usize, bit: u8| item.get(part).is_some_and(|octet| octet & bit != 0);
        self.track_status = Some(RadarTrackStatus {
            tentative: flag(0, 0x80),
            sensors: item[0] >> 5 & 3,
            doubtful: flag(0, 0x10),
            manoeuvres: flag(0, 0x08),
            climb: item[0] >> 1 & 3,
            ends: flag(1, 0x80),
            ghost: flag(1, 0x40),
            supported: flag(1, 0x20),
            corrected: flag(1, 0x10),
        });
        item.len() <= 2
    }

    fn take_doppler(&mut self, item: &[u8]) -> bool {
        let mut is_all = true;
        for (index, part) in Subfields::of(I048_120, item).into_iter().flatten().flatten() {
            match index {
                0 => {
                    let speed_m_s = scale::DOPPLER.value(number(part));
                    self.doppler = Some(Doppler { doubtful: part[0] & 0x80 != 0, speed_m_s });
                }
                _ => is_all = false,
            }
        }
        is_all
    }

    /// The expansion field has a length of its own; what in it is not known here is passed over.
    fn take_expansion(&mut self, item: &[u8]) -> bool {
        let mut is_all = true;
        for part in Subfields::of(EXPANSION, &item[1..]).into_iter().flatten() {
            match part {
                Ok((0, part)) => is_all &= self.take_mode_5(part),
                Ok((4, part)) => {
                    let range_m = scale::EXTENDED_RANGE.value(number(part));
                    let azimuth_rad = self.polar.map_or(0.0, |polar| polar.azimuth_rad);
                    self.polar = Some(Polar { range_m, azimuth_rad });
                }
                _ => return false,
            }
        }
        is_all
    }

    fn take_mode_5(&mut self, item: &[u8]) -> bool {
        let mut is_all = true;
        for (index, part) in Subfields::of(MODE_5_PARTS, item).into_iter().flatten().flatten() {
            let [asked, identified, data] = [0x80, 0x40, 0x20].map(|bit| part[0] & bit != 0);
            match index {
                0 => {
                    self.mode_5 = Some(Mode5 { asked, identified, data });
                    is_all &= part[0] & 0x1e == 0;
                }
                _ => is_all = false,
            }
        }
        is_all
    }

    /// Whether its record has a reserved expansion field, which not every decoder of the edition knows: a range
    /// that I048/040 cannot say, or mode 5.
    pub fn is_expanded(&self) -> bool {
        self.mode_5.is_some() || self.extended_range_m().is_some()
    }

    /// The range, where it is beyond that of I048/040.
    fn extended_range_m(&self) -> Option<f64> {
        let range_m = self.polar.map(|polar| polar.range_m)?;
        (range_m.is_finite() && !scale::RANGE.holds(range_m.max(0.0))).then_some(range_m)
    }

    pub(super) fn put(&self, items: &mut Items) {
        let far = self.extended_range_m();
        if let Some(source) = self.source {
            source.put(items);
        }
        items.maybe(140, &scale::TIME_OF_DAY, self.time_of_day_s);
        if let Some(descriptor) = self.descriptor {
            put_descriptor(Descriptor { extended_range: far.is_some(), ..descriptor }, items);
        }
        if let Some(polar) = self.polar {
            items.item(40).quantity(&scale::RANGE, polar.range_m);
            items.quantity(&scale::ANGLE, polar.azimuth_rad);
        }
        if let Some(code) = self.mode_3a {
            code.put(items, 70, Code::FOUR_DIGITS);
        }
        if let Some(ModeC { doubtful, garbled, level_m }) = self.mode_c {
            items.item(90).put(bits([doubtful, garbled]) << 14 | scale::LEVEL_14.raw(level_m), 2);
        }
        if let Some(address) = self.address {
            items.item(220).put(u64::from(address), 3);
        }
        if let Some(callsign) = self.callsign {
            items.item(240).put(callsign.raw(), 6);
        }
        self.put_track(items);
        if let Some(height_m) = self.height_3d_m {
            items.item(110).put(scale::HEIGHT_3D.raw(height_m), 2);
        }
        if let Some(Doppler { doubtful, speed_m_s }) = self.doppler {
            let raw = u64::from(doubtful) << 15 | scale::DOPPLER.raw(speed_m_s);
            items.item(120).put(0x80, 1).put(raw, 2);
        }
        if let Some(code) = self.mode_1 {
            code.put(items, 55, Code::MODE_1_BITS);
        }
        if let Some(code) = self.mode_2 {
            code.put(items, 50, Code::FOUR_DIGITS);
        }
        if self.is_expanded() {
            put_expansion(self.mode_5, far, items);
        }
    }

    fn put_track(&self, items: &mut Items) {
        if let Some(number) = self.track_number {
            items.item(161).put(u64::from(number & 0xfff), 2);
        }
        if let Some(Cartesian { x_m, y_m }) = self.cartesian {
            items.item(42).quantity(&scale::CARTESIAN, x_m).quantity(&scale::CARTESIAN, y_m);
        }
        if let Some(PolarVelocity { speed_m_s, heading_rad }) = self.velocity {
            items.item(200).quantity(&scale::SPEED, speed_m_s);
            items.quantity(&scale::ANGLE, heading_rad);
        }
        if let Some(status) = self.track_status {
            put_track_status(status, items);
        }
        if let Some(quality) = self.track_quality {
            let items = items.item(210).quantity(&scale::CARTESIAN_SIGMA, quality.x_m);
            items.quantity(&scale::CARTESIAN_SIGMA, quality.y_m);
            items.quantity(&scale::SPEED_SIGMA, quality.speed_m_s);
            items.quantity(&scale::ANGLE_SIGMA, quality.heading_rad);
        }
    }
}

fn put_descriptor(it: Descriptor, items: &mut Items) {
    let first = [it.simulated, it.second_chain, it.special_position, it.field_monitor];
    let second =
        [it.test, it.extended_range, it.x_pulse, it.military_emergency, it.military_identification];
    let first = (it.detection as u8) << 5 | (bits(first) as u8) << 1;
    let second = (bits(second) as u8) << 3 | it.mode_4.raw() << 1;
    items.item(20).extended([first, second]);
}

fn put_track_status(it: RadarTrackStatus, items: &mut Items) {
    let [tentative, doubtful, manoeuvres] =
        [it.tentative, it.doubtful, it.manoeuvres].map(u8::from);
    let first = tentative << 7 | (it.sensors & 3) << 5 | doubtful << 4 | manoeuvres << 3;
    let second = bits([it.ends, it.ghost, it.supported, it.corrected]) as u8;
    items.item(170).extended([first | (it.climb & 3) << 1, second << 4]);
}

fn put_expansion(mode_5: Option<Mode5>, far_m: Option<f64>, items: &mut Items) {
    let octets = 2 + 2 * usize::from(mode_5.is_some()) + 3 * usize::from(far_m.is_some());
    let places = u64::from(mode_5.is_some()) << 7 | u64::from(far_m.is_some()) << 3;
    items.item(RE).put(octets as u64, 1).put(places, 1);
    if let Some(Mode5 { asked, identified, data }) = mode_5 {
        items.put(0x80, 1).put(bits([asked, identified, data]) << 5, 1);
    }
    if let Some(range_m) = far_m {
        items.quantity(&scale::EXTENDED_RANGE, range_m);
    }
}

fn polar(item: &[u8]) -> Polar {
    Polar {
        range_m: scale::RANGE.value(number(&item[..2])),
        azimuth_rad: scale::ANGLE.value(number(&item[2..])),
    }
}

fn mode_c(item: &[u8]) -> ModeC {
    let level_m = scale::LEVEL_14.value(number(item));
    ModeC { doubtful: item[0] & 0x80 != 0, garbled: item[0] & 0x40 != 0, level_m }
}

fn cartesian(item: &[u8]) -> Cartesian {
    Cartesian {
        x_m: scale::CARTESIAN.value(number(&item[..2])),
        y_m: scale::CARTESIAN.value(number(&item[2..])),
    }
}

fn velocity(item: &[u8]) -> PolarVelocity {
    PolarVelocity {
        speed_m_s: scale::SPEED.value(number(&item[..2])),
        heading_rad: scale::ANGLE.value(number(&item[2..])),
    }
}

fn track_quality(item: &[u8]) -> TrackQuality {
    TrackQuality {
        x_m: scale::CARTESIAN_SIGMA.value(u64::from(item[0])),
        y_m: scale::CARTESIAN_SIGMA.value(u64::from(item[1])),
        speed_m_s: scale::SPEED_SIGMA.value(u64::from(item[2])),
        heading_rad: scale::ANGLE_SIGMA.value(u64::from(item[3])),
    }
}
