//! CAT062, system tracks: what a centre makes of the reports of many sensors.

use super::common::{Callsign, Code, Interrogation, Others, Source, bits};
use super::items::Items;
use super::layout::Subfields;
use super::report::Cartesian;
use super::scale::{self, number};
use super::uap::{I062_380, I062_500};

/// A system track. What is `None` was not in the record.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SystemTrack {
    /// I062/010.
    pub source: Option<Source>,
    /// I062/015: the service that is provided.
    pub service: Option<u8>,
    /// I062/070: seconds since midnight UTC, in steps of 1/128 s.
    pub time_of_day_s: Option<f64>,
    /// I062/105, in steps of 180°/2^25 (0.6 m).
    pub place: Option<Place>,
    /// I062/100: on the plane of the system, in steps of 0.5 m.
    pub cartesian: Option<Cartesian>,
    /// I062/185, in steps of 0.25 m/s.
    pub velocity: Option<Velocity>,
    /// I062/210, in steps of 0.25 m/s².
    pub acceleration: Option<Acceleration>,
    /// I062/060.
    pub mode_3a: Option<Code>,
    /// I062/245.
    pub identification: Option<Identification>,
    /// I062/380 ADR: the address of the airframe.
    pub address: Option<u32>,
    /// I062/380 ID.
    pub callsign: Option<Callsign>,
    /// I062/040.
    pub track_number: Option<u16>,
    /// I062/080, its first four parts.
    pub status: Option<TrackStatus>,
    /// I062/136: measured pressure height, in steps of 25 ft.
    pub level_m: Option<f64>,
    /// I062/130: calculated height above mean sea level that rests on geometry, in steps of 6.25 ft.
    pub geometric_height_m: Option<f64>,
    /// I062/135: calculated pressure height.
    pub pressure_height: Option<PressureHeight>,
    /// I062/220, in steps of 6.25 ft/min.
    pub climb_m_s: Option<f64>,
    /// I062/120.
    pub mode_2: Option<Code>,
    /// I062/500 APC: standard deviations of the place on the plane, in steps of 0.5 m.
    pub place_sigma: Option<Cartesian>,
    /// I062/500 AGA: standard deviation of the geometric height, in steps of 6.25 ft.
    pub geometric_height_sigma_m: Option<f64>,
    /// Items that are passed over.
    pub others: Others,
}

/// A place on the ellipsoid of WGS-84.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Place {
    /// Geodetic latitude.
    pub lat_rad: f64,
    /// East positive.
    pub lon_rad: f64,
}

/// A velocity on the plane of a system.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Velocity {
    /// Towards east.
    pub x_m_s: f64,
    /// Towards north.
    pub y_m_s: f64,
}

/// An acceleration on the plane of a system.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Acceleration {
    /// Towards east.
    pub x_m_s2: f64,
    /// Towards north.
    pub y_m_s2: f64,
}

/// I062/245.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identification {
    /// Where it is from: 0 downlinked, 1 a callsign that was not, 2 a registration that was not.
    pub origin: u8,
    /// The text.
    pub text: Callsign,
}

/// I062/135.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PressureHeight {
    /// Corrected with the pressure at sea level.
    pub is_corrected: bool,
    /// In steps of 25 ft.
    pub height_m: f64,
}

/// I062/080, its first four parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TrackStatus {
    /// One sensor alone feeds it.
    pub monosensor: bool,
    /// Special position identification.
    pub special_position: bool,
    /// The geometric height is more reliable than the pressure height.
    pub geometric_height_first: bool,
    /// Source of the height: 0 none, 1 satellites, 2 3-D radar, 3 triangulation, 4 coverage, 5 a table of speeds,
    /// 6 a default, 7 multilateration.
    pub height_source: u8,
    /// Not yet confirmed.
    pub tentative: bool,
    /// A simulated track.
    pub simulated: bool,
    /// The last message about it.
    pub ends: bool,
    /// The first message about it.
    pub begins: bool,
    /// A flight plan belongs to it.
    pub planned: bool,
    /// What it tells of itself contradicts other sensors.
    pub contradicted: bool,
    /// Promoted from a slave track.
    pub promoted: bool,
    /// Of the background service.
    pub background: bool,
    /// Made of several tracks.
    pub amalgamated: bool,
    /// What came of interrogations in mode 4.
    pub mode_4: Interrogation,
    /// Military emergency.
    pub military_emergency: bool,
    /// Military identification.
    pub military_identification: bool,
    /// What came of interrogations in mode 5.
    pub mode_5: Interrogation,
    /// It was not updated for a long time.
    pub coasting: bool,
    /// No primary radar has updated it for a long time.
    pub primary_old: bool,
    /// No secondary radar.
    pub secondary_old: bool,
    /// No mode S.
    pub mode_s_old: bool,
    /// No report of its own.
    pub adsb_old: bool,
    /// A code of special interest.
    pub special_code: bool,
    /// Its code is that of another track too.
    pub code_conflict: bool,
}

impl SystemTrack {
    /// Takes an item; whether it is understood to the last bit.
    pub(super) fn take(&mut self, id: u16, item: &[u8]) -> bool {
        let raw = || number(item);
        match id {
            10 => self.source = Some(Source::of(item)),
            15 => self.service = Some(item[0]),
            70 => self.time_of_day_s = Some(scale::TIME_OF_DAY.value(raw())),
            105 => self.place = Some(place(item)),
            100 => self.cartesian = Some(cartesian(item)),
            185 => self.velocity = Some(velocity(item)),
            210 => self.acceleration = Some(acceleration(item)),
            60 => self.mode_3a = Some(Code::of(item, Code::FOUR_DIGITS)),
            245 => self.identification = Some(identification(item)),
            380 => return self.take_aircraft_data(item),
            40 => self.track_number = Some(raw() as u16),
            80 => return self.take_status(item),
            136 => self.level_m = Some(scale::LEVEL.value(raw())),
            130 => self.geometric_height_m = Some(scale::GEOMETRIC_HEIGHT.value(raw())),
            135 => self.pressure_height = Some(pressure_height(item)),
            220 => self.climb_m_s = Some(scale::CLIMB.value(raw())),
            120 => self.mode_2 = Some(Code::of(item, Code::FOUR_DIGITS)),
            500 => return self.take_accuracies(item),
            _ => return false,
        }
        true
    }

    fn take_aircraft_data(&mut self, item: &[u8]) -> bool {
        let mut is_all = true;
        for (index, part) in Subfields::of(I062_380, item).into_iter().flatten().flatten() {
            match index {
                0 => self.address = Some(number(part) as u32),
                1 => self.callsign = Some(Callsign::of(part)),
                _ => is_all = false,
            }
        }
        is_all
    }

    fn take_accuracies(&mut self, item: &[u8]) -> bool {
        let mut is_all = true;
        for (index, part) in Subfields::of(I062_500, item).into_iter().flatten().flatten() {
            match index {
                0 => {
                    let [x_m, y_m] = [&part[..2], &part[2..]]
                        .map(|half| scale::SYSTEM_SIGMA.value(number(half)));
                    self.place_sigma = Some(Cartesian { x_m, y_m });
                }
                3 => {
                    let sigma_m = scale::HEIGHT_SIGMA.value(number(part));
                    self.geometric_height_sigma_m = Some(sigma_m);
                }
                _ => is_all = false,
            }
        }
        is_all
    }

    fn take_status(&mut self, item: &[u8]) -> bool {
        let part = |index: usize| item.get(index).copied().unwrap_or(0);
        let flag = |index: usize, bit: u8| part(index) & bit != 0;
        self.status = Some(TrackStatus {
            monosensor: flag(0, 0x80),
            special_position: flag(0, 0x40),
            geometric_height_first: flag(0, 0x20),
            height_source: part(0) >> 2 & 7,
            tentative: flag(0, 0x02),
            simulated: flag(1, 0x80),
            ends: flag(1, 0x40),
            begins: flag(1, 0x20),
            planned: flag(1, 0x10),
            contradicted: flag(1, 0x08),
            promoted: flag(1, 0x04),
            background: flag(1, 0x02),
            amalgamated: flag(2, 0x80),
            mode_4: Interrogation::of(part(2) >> 5),
            military_emergency: flag(2, 0x10),
            military_identification: flag(2, 0x08),
            mode_5: Interrogation::of(part(2) >> 1),
            coasting: flag(3, 0x80),
            primary_old: flag(3, 0x40),
            secondary_old: flag(3, 0x20),
            mode_s_old: flag(3, 0x10),
            adsb_old: flag(3, 0x08),
            special_code: flag(3, 0x04),
            code_conflict: flag(3, 0x02),
        });
        item.len() <= 4
    }

    pub(super) fn put(&self, items: &mut Items) {
        if let Some(source) = self.source {
            source.put(items);
        }
        if let Some(service) = self.service {
            items.item(15).put(u64::from(service), 1);
        }
        items.maybe(70, &scale::TIME_OF_DAY, self.time_of_day_s);
        self.put_motion(items);
        if let Some(code) = self.mode_3a {
            code.put(items, 60, Code::FOUR_DIGITS);
        }
        if let Some(Identification { origin, text }) = self.identification {
            items.item(245).put(u64::from(origin & 3) << 6, 1).put(text.raw(), 6);
        }
        self.put_aircraft_data(items);
        if let Some(number) = self.track_number {
            items.item(40).put(u64::from(number), 2);
        }
        if let Some(status) = self.status {
            put_status(status, items);
        }
        items.maybe(136, &scale::LEVEL, self.level_m);
        items.maybe(130, &scale::GEOMETRIC_HEIGHT, self.geometric_height_m);
        if let Some(PressureHeight { is_corrected, height_m }) = self.pressure_height {
            items.item(135).put(u64::from(is_corrected) << 15 | scale::LEVEL_15.raw(height_m), 2);
        }
        items.maybe(220, &scale::CLIMB, self.climb_m_s);
        if let Some(code) = self.mode_2 {
            code.put(items, 120, Code::FOUR_DIGITS);
        }
        self.put_accuracies(items);
    }

    fn put_motion(&self, items: &mut Items) {
        if let Some(Place { lat_rad, lon_rad }) = self.place {
            items.item(105).quantity(&scale::PLACE_25, lat_rad).quantity(&scale::PLACE_25, lon_rad);
        }
        if let Some(Cartesian { x_m, y_m }) = self.cartesian {
            let items = items.item(100).quantity(&scale::SYSTEM_CARTESIAN, x_m);
            items.quantity(&scale::SYSTEM_CARTESIAN, y_m);
        }
        if let Some(Velocity { x_m_s, y_m_s }) = self.velocity {
            let items = items.item(185).quantity(&scale::SYSTEM_SPEED, x_m_s);
            items.quantity(&scale::SYSTEM_SPEED, y_m_s);
        }
        if let Some(Acceleration { x_m_s2, y_m_s2 }) = self.acceleration {
            let items = items.item(210).quantity(&scale::SYSTEM_ACCELERATION, x_m_s2);
            items.quantity(&scale::SYSTEM_ACCELERATION, y_m_s2);
        }
    }

    fn put_aircraft_data(&self, items: &mut Items) {
        let has = [self.address.is_some(), self.callsign.is_some()];
        if has == [false; 2] {
            return;
        }
        items.item(380).put(bits(has) << 6, 1);
        if let Some(address) = self.address {
            items.put(u64::from(address), 3);
        }
        if let Some(callsign) = self.callsign {
            items.put(callsign.raw(), 6);
        }
    }

    fn put_accuracies(&self, items: &mut Items) {
        let (place, height_m) = (self.place_sigma, self.geometric_height_sigma_m);
        if place.is_none() && height_m.is_none() {
            return;
        }
        let places = u64::from(place.is_some()) << 7 | u64::from(height_m.is_some()) << 4;
        items.item(500).put(places, 1);
        if let Some(Cartesian { x_m, y_m }) = place {
            items.quantity(&scale::SYSTEM_SIGMA, x_m).quantity(&scale::SYSTEM_SIGMA, y_m);
        }
        if let Some(sigma_m) = height_m {
            items.quantity(&scale::HEIGHT_SIGMA, sigma_m);
        }
    }
}

fn put_status(it: TrackStatus, items: &mut Items) {
    let first = [it.monosensor, it.special_position, it.geometric_height_first];
    let second =
        [it.simulated, it.ends, it.begins, it.planned, it.contradicted, it.promoted, it.background];
    let fourth = [
        it.coasting,
        it.primary_old,
        it.secondary_old,
        it.mode_s_old,
        it.adsb_old,
        it.special_code,
        it.code_conflict,
    ];
    let military = bits([it.military_emergency, it.military_identification]) as u8;
    items.item(80).extended([
        (bits(first) as u8) << 5 | (it.height_source & 7) << 2 | u8::from(it.tentative) << 1,
        (bits(second) as u8) << 1,
        u8::from(it.amalgamated) << 7 | it.mode_4.raw() << 5 | military << 3 | it.mode_5.raw() << 1,
        (bits(fourth) as u8) << 1,
    ]);
}

fn place(item: &[u8]) -> Place {
    let [lat_rad, lon_rad] =
        [&item[..4], &item[4..]].map(|half| scale::PLACE_25.value(number(half)));
    Place { lat_rad, lon_rad }
}

fn cartesian(item: &[u8]) -> Cartesian {
    let [x_m, y_m] =
        [&item[..3], &item[3..]].map(|half| scale::SYSTEM_CARTESIAN.value(number(half)));
    Cartesian { x_m, y_m }
}

fn velocity(item: &[u8]) -> Velocity {
    let [x_m_s, y_m_s] =
        [&item[..2], &item[2..]].map(|half| scale::SYSTEM_SPEED.value(number(half)));
    Velocity { x_m_s, y_m_s }
}

fn acceleration(item: &[u8]) -> Acceleration {
    let [x_m_s2, y_m_s2] =
        [item[0], item[1]].map(|half| scale::SYSTEM_ACCELERATION.value(u64::from(half)));
    Acceleration { x_m_s2, y_m_s2 }
}

fn identification(item: &[u8]) -> Identification {
    Identification { origin: item[0] >> 6, text: Callsign::of(&item[1..]) }
}

fn pressure_height(item: &[u8]) -> PressureHeight {
    let height_m = scale::LEVEL_15.value(number(item));
    PressureHeight { is_corrected: item[0] & 0x80 != 0, height_m }
}
