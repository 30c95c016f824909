//! CAT021, what aircraft report of themselves (ADS-B).

use super::common::{Callsign, Code, Others, Source, bits};
use super::items::Items;
use super::scale::{self, number};
use super::system_track::Place;

/// A report of an aircraft about itself. What is `None` was not in the record.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct AdsbReport {
    /// I021/010: the station that received it.
    pub source: Option<Source>,
    /// I021/040, its first two parts.
    pub descriptor: Option<AdsbDescriptor>,
    /// I021/161: track number, 0 to 4095.
    pub track_number: Option<u16>,
    /// I021/071: seconds since midnight UTC at which the place holds, in steps of 1/128 s.
    pub place_time_of_day_s: Option<f64>,
    /// I021/130, in steps of 180°/2^23 (2.4 m).
    pub place: Option<Place>,
    /// I021/131, in steps of 180°/2^30 (19 mm).
    pub fine_place: Option<Place>,
    /// I021/080.
    pub address: Option<u32>,
    /// I021/073: seconds since midnight UTC at which the place was received.
    pub received_time_of_day_s: Option<f64>,
    /// I021/140: height above the ellipsoid, in steps of 6.25 ft.
    pub geometric_height_m: Option<f64>,
    /// I021/090, its first part: navigation uncertainty of velocity and of place, 0 where not known.
    pub quality: Option<Quality>,
    /// I021/210.
    pub version: Option<Version>,
    /// I021/070.
    pub mode_3a: Option<Code>,
    /// I021/145: pressure height, in steps of 25 ft.
    pub level_m: Option<f64>,
    /// I021/157, in steps of 6.25 ft/min.
    pub climb_m_s: Option<Bounded>,
    /// I021/160.
    pub ground_vector: Option<GroundVector>,
    /// I021/077: seconds since midnight UTC at which the report was sent on.
    pub sent_time_of_day_s: Option<f64>,
    /// I021/170.
    pub callsign: Option<Callsign>,
    /// I021/020: category of the emitter, 0 not known, 1 to 6 aircraft by weight, 13 unmanned.
    pub emitter: Option<u8>,
    /// Items that are passed over.
    pub others: Others,
}

/// I021/040, its first two parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AdsbDescriptor {
    /// 0 an address of ICAO, 1 a doubled one, 2 of a vehicle, 3 an anonymous one.
    pub address_type: u8,
    /// Steps of the height: 0 25 ft, 1 100 ft, 2 not known.
    pub height_steps: u8,
    /// The range was checked, other checks are due.
    pub range_checked: bool,
    /// A fixed transponder.
    pub field_monitor: bool,
    /// Corrected differentially.
    pub differential: bool,
    /// On the ground.
    pub on_ground: bool,
    /// A simulated target.
    pub simulated: bool,
    /// A test target.
    pub test: bool,
    /// It cannot tell its selected altitude.
    pub no_selected_altitude: bool,
    /// 0 valid, 1 suspect, 2 nothing is known.
    pub confidence: u8,
}

/// I021/090, its first part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Quality {
    /// NUCr or NACv, 0 to 7.
    pub velocity: u8,
    /// NUCp or NIC, 0 to 15.
    pub place: u8,
}

/// I021/210.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Version {
    /// The station does not know this version.
    pub unsupported: bool,
    /// 0 DO-260, 1 DO-260A, 2 DO-260B.
    pub number: u8,
    /// 0 other, 1 UAT, 2 1090 ES, 3 VDL 4.
    pub link: u8,
}

/// A quantity that may be beyond its range.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bounded {
    /// It is beyond what can be said.
    pub exceeded: bool,
    /// The value, in the unit of its item.
    pub value_m_s: f64,
}

/// I021/160.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct GroundVector {
    /// The speed is beyond what can be said.
    pub exceeded: bool,
    /// In steps of 2^-14 NM/s (0.11 m/s).
    pub speed_m_s: f64,
    /// Clockwise from north, in steps of 360°/65536.
    pub course_rad: f64,
}

impl AdsbReport {
    /// Takes an item; whether it is understood to the last bit.
    pub(super) fn take(&mut self, id: u16, item: &[u8]) -> bool {
        let raw = || number(item);
        let time = || Some(scale::TIME_OF_DAY.value(raw()));
        match id {
            10 => self.source = Some(Source::of(item)),
            40 => return self.take_descriptor(item),
            161 => self.track_number = Some((raw() & 0xfff) as u16),
            71 => self.place_time_of_day_s = time(),
            130 => self.place = Some(place(&scale::PLACE_24, item)),
            131 => self.fine_place = Some(place(&scale::PLACE_30, item)),
            80 => self.address = Some(raw() as u32),
            73 => self.received_time_of_day_s = time(),
            140 => self.geometric_height_m = Some(scale::GEOMETRIC_HEIGHT.value(raw())),
            90 => return self.take_quality(item),
            210 => self.version = Some(version(item[0])),
            70 => self.mode_3a = Some(Code::of(item, Code::FOUR_DIGITS)),
            145 => self.level_m = Some(scale::LEVEL.value(raw())),
            157 => self.climb_m_s = Some(climb(item)),
            160 => self.ground_vector = Some(ground_vector(item)),
            77 => self.sent_time_of_day_s = time(),
            170 => self.callsign = Some(Callsign::of(item)),
            20 => self.emitter = Some(item[0]),
            _ => return false,
        }
        true
    }

    fn take_descriptor(&mut self, item: &[u8]) -> bool {
        let second = item.get(1).copied().unwrap_or(0);
        let flag = |octet: u8, bit: u8| octet & bit != 0;
        self.descriptor = Some(AdsbDescriptor {
            address_type: item[0] >> 5,
            height_steps: item[0] >> 3 & 3,
            range_checked: flag(item[0], 0x04),
            field_monitor: flag(item[0], 0x02),
            differential: flag(second, 0x80),
            on_ground: flag(second, 0x40),
            simulated: flag(second, 0x20),
            test: flag(second, 0x10),
            no_selected_altitude: flag(second, 0x08),
            confidence: second >> 1 & 3,
        });
        item.len() <= 2
    }

    fn take_quality(&mut self, item: &[u8]) -> bool {
        self.quality = Some(Quality { velocity: item[0] >> 5, place: item[0] >> 1 & 15 });
        item.len() == 1
    }

    pub(super) fn put(&self, items: &mut Items) {
        if let Some(source) = self.source {
            source.put(items);
        }
        if let Some(descriptor) = self.descriptor {
            put_descriptor(descriptor, items);
        }
        if let Some(number) = self.track_number {
            items.item(161).put(u64::from(number & 0xfff), 2);
        }
        items.maybe(71, &scale::TIME_OF_DAY, self.place_time_of_day_s);
        for (id, scale, place) in
            [(130, &scale::PLACE_24, self.place), (131, &scale::PLACE_30, self.fine_place)]
        {
            if let Some(Place { lat_rad, lon_rad }) = place {
                items.item(id).quantity(scale, lat_rad).quantity(scale, lon_rad);
            }
        }
        if let Some(address) = self.address {
            items.item(80).put(u64::from(address), 3);
        }
        items.maybe(73, &scale::TIME_OF_DAY, self.received_time_of_day_s);
        items.maybe(140, &scale::GEOMETRIC_HEIGHT, self.geometric_height_m);
        if let Some(Quality { velocity, place }) = self.quality {
            items.item(90).extended([(velocity & 7) << 5 | (place & 15) << 1]);
        }
        if let Some(it) = self.version {
            let raw = u8::from(it.unsupported) << 6 | (it.number & 7) << 3 | (it.link & 7);
            items.item(210).put(u64::from(raw), 1);
        }
        if let Some(code) = self.mode_3a {
            code.put(items, 70, Code::FOUR_DIGITS);
        }
        self.put_flight(items);
    }

    fn put_flight(&self, items: &mut Items) {
        items.maybe(145, &scale::LEVEL, self.level_m);
        if let Some(Bounded { exceeded, value_m_s }) = self.climb_m_s {
            items.item(157).put(u64::from(exceeded) << 15 | scale::CLIMB_15.raw(value_m_s), 2);
        }
        if let Some(GroundVector { exceeded, speed_m_s, course_rad }) = self.ground_vector {
            let raw = u64::from(exceeded) << 15 | scale::GROUND_SPEED.raw(speed_m_s);
            items.item(160).put(raw, 2).quantity(&scale::ANGLE, course_rad);
        }
        items.maybe(77, &scale::TIME_OF_DAY, self.sent_time_of_day_s);
        if let Some(callsign) = self.callsign {
            items.item(170).put(callsign.raw(), 6);
        }
        if let Some(emitter) = self.emitter {
            items.item(20).put(u64::from(emitter), 1);
        }
    }
}

fn put_descriptor(it: AdsbDescriptor, items: &mut Items) {
    let checks = bits([it.range_checked, it.field_monitor]) as u8;
    let second =
        bits([it.differential, it.on_ground, it.simulated, it.test, it.no_selected_altitude]) as u8;
    items.item(40).extended([
        it.address_type << 5 | (it.height_steps & 3) << 3 | checks << 1,
        second << 3 | (it.confidence & 3) << 1,
    ]);
}

fn place(scale: &scale::Scale, item: &[u8]) -> Place {
    let (lat, lon) = item.split_at(item.len() / 2);
    Place { lat_rad: scale.value(number(lat)), lon_rad: scale.value(number(lon)) }
}

fn version(raw: u8) -> Version {
    Version { unsupported: raw & 0x40 != 0, number: raw >> 3 & 7, link: raw & 7 }
}

fn climb(item: &[u8]) -> Bounded {
    let value_m_s = scale::CLIMB_15.value(number(item));
    Bounded { exceeded: item[0] & 0x80 != 0, value_m_s }
}

fn ground_vector(item: &[u8]) -> GroundVector {
    GroundVector {
        exceeded: item[0] & 0x80 != 0,
        speed_m_s: scale::GROUND_SPEED.value(number(&item[..2])),
        course_rad: scale::ANGLE.value(number(&item[2..])),
    }
}
