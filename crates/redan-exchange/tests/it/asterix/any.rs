//! Records by chance. Every quantity is a whole number of steps of its item, the steps written down here once
//! more from the standard, and a part of a step by which it is off.

use std::f64::consts::TAU;

use redan_exchange::asterix::{
    About, Acceleration, AdsbDescriptor, AdsbReport, Bounded, Callsign, Cartesian, Code,
    Descriptor, Detection, Doppler, GroundVector, Identification, Interrogation, Mode5, ModeC,
    Place, Polar, PolarVelocity, PolarWindow, PressureHeight, Primary, Quality, RadarTrackStatus,
    Record, ServiceMessage, Source, Status, SystemTrack, TargetReport, TrackQuality, TrackStatus,
    Velocity, Version,
};
use redan_geo::Geodetic;

const NM: f64 = 1852.0;
const FT: f64 = 0.3048;

/// Chance, and by which part of a step quantities are off.
pub(super) struct Draw<'a> {
    words: std::iter::Cycle<std::slice::Iter<'a, u64>>,
    off: f64,
}

impl<'a> Draw<'a> {
    pub(super) fn new(words: &'a [u64], off: f64) -> Draw<'a> {
        Draw { words: words.iter().cycle(), off }
    }

    /// A record of any category.
    pub(super) fn record(&mut self) -> Record {
        match self.number(2) {
            0 => Record::Service(self.service()),
            1 => Record::Report(self.report()),
            2 => Record::Track(self.track()),
            _ => Record::Adsb(self.adsb()),
        }
    }

    fn number(&mut self, bits: u32) -> u64 {
        *self.words.next().expect("words are never out") >> (64 - bits)
    }

    fn flag(&mut self) -> bool {
        self.number(1) == 1
    }

    fn small(&mut self, bits: u32) -> u8 {
        self.number(bits) as u8
    }

    fn maybe<T>(&mut self, some: impl FnOnce(&mut Self) -> T) -> Option<T> {
        let is_some = self.flag();
        is_some.then(|| some(self))
    }

    fn steps(&mut self, bits: u32, step: f64) -> f64 {
        (self.number(bits) as f64 + self.off) * step
    }

    fn signed(&mut self, bits: u32, step: f64) -> f64 {
        let half = (1_i64 << (bits - 1)) as f64;
        (self.number(bits) as f64 - half + self.off) * step
    }

    fn time(&mut self) -> f64 {
        ((self.number(24) % (86_400 * 128)) as f64 + self.off) * (1.0 / 128.0)
    }

    fn angle(&mut self) -> f64 {
        self.steps(16, TAU / 65_536.0)
    }

    fn code(&mut self, digits: u16) -> Code {
        let code = self.number(12) as u16 & digits;
        Code { doubtful: self.flag(), garbled: self.flag(), derived: self.flag(), code }
    }

    fn callsign(&mut self) -> Callsign {
        let letters = *b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789    ";
        let text: Vec<u8> = (0..8).map(|_| letters[self.number(8) as usize % 40]).collect();
        Callsign::new(std::str::from_utf8(&text).expect("letters"))
    }

    fn source(&mut self) -> Source {
        Source { sac: self.small(8), sic: self.small(8) }
    }

    fn interrogation(&mut self) -> Interrogation {
        let all = [
            Interrogation::None,
            Interrogation::Friendly,
            Interrogation::Unknown,
            Interrogation::NoReply,
        ];
        all[self.number(2) as usize]
    }

    fn place(&mut self, bits: u32, step: f64) -> Place {
        Place { lat_rad: self.signed(bits, step), lon_rad: self.signed(bits, step) }
    }

    fn cartesian(&mut self, bits: u32, step: f64) -> Cartesian {
        Cartesian { x_m: self.signed(bits, step), y_m: self.signed(bits, step) }
    }

    fn service(&mut self) -> ServiceMessage {
        let about = [About::North, About::Sector, About::Filter, About::Strobe, About::Other(9)];
        let place = TAU / 16_777_216.0;
        ServiceMessage {
            source: self.maybe(Self::source),
            // A record holds something.
            about: Some(about[self.number(16) as usize % 5]),
            time_of_day_s: self.maybe(Self::time),
            sector_rad: self.maybe(|it| it.steps(8, TAU / 256.0)),
            turn_s: self.maybe(|it| it.steps(16, 1.0 / 128.0)),
            status: self.maybe(|it| Status {
                inhibited: it.flag(),
                primary: it.maybe(|it| Primary {
                    channel_a: it.flag(),
                    channel_b: it.flag(),
                    overloaded: it.flag(),
                }),
            }),
            window: self.maybe(|it| PolarWindow {
                near_m: it.steps(16, NM / 256.0),
                far_m: it.steps(16, NM / 256.0),
                from_rad: it.angle(),
                to_rad: it.angle(),
            }),
            place: self.maybe(|it| Geodetic {
                height_m: it.signed(16, 1.0),
                lat_rad: it.signed(24, place),
                lon_rad: it.signed(24, place),
            }),
            ..ServiceMessage::default()
        }
    }

    fn descriptor(&mut self, extended_range: bool) -> Descriptor {
        let detections = [
            Detection::None,
            Detection::Primary,
            Detection::Secondary,
            Detection::Both,
            Detection::AllCall,
            Detection::RollCall,
            Detection::AllCallPrimary,
            Detection::RollCallPrimary,
        ];
        Descriptor {
            detection: detections[self.number(3) as usize],
            simulated: self.flag(),
            second_chain: self.flag(),
            special_position: self.flag(),
            field_monitor: self.flag(),
            test: self.flag(),
            extended_range,
            x_pulse: self.flag(),
            military_emergency: self.flag(),
            military_identification: self.flag(),
            mode_4: self.interrogation(),
        }
    }

    fn report(&mut self) -> TargetReport {
        let bits = if self.flag() { 24 } else { 16 };
        let polar =
            self.maybe(|it| Polar { range_m: it.steps(bits, NM / 256.0), azimuth_rad: it.angle() });
        let is_far = polar.is_some_and(|polar| polar.range_m >= 65_535.5 * NM / 256.0);
        TargetReport {
            source: Some(self.source()),
            time_of_day_s: self.maybe(Self::time),
            descriptor: self.maybe(|it| it.descriptor(is_far)),
            polar,
            mode_3a: self.maybe(|it| it.code(0o7777)),
            mode_c: self.maybe(|it| ModeC {
                doubtful: it.flag(),
                garbled: it.flag(),
                level_m: it.signed(14, 25.0 * FT),
            }),
            address: self.maybe(|it| it.number(24) as u32),
            callsign: self.maybe(Self::callsign),
            height_3d_m: self.maybe(|it| it.signed(14, 25.0 * FT)),
            doppler: self
                .maybe(|it| Doppler { doubtful: it.flag(), speed_m_s: it.signed(10, 1.0) }),
            mode_1: self.maybe(|it| it.code(0o73)),
            mode_2: self.maybe(|it| it.code(0o7777)),
            mode_5: self.maybe(|it| Mode5 {
                asked: it.flag(),
                identified: it.flag(),
                data: it.flag(),
            }),
            ..self.radar_track()
        }
    }

    fn radar_track(&mut self) -> TargetReport {
        TargetReport {
            track_number: self.maybe(|it| it.number(12) as u16),
            cartesian: self.maybe(|it| it.cartesian(16, NM / 128.0)),
            velocity: self.maybe(|it| PolarVelocity {
                speed_m_s: it.steps(16, NM / 16_384.0),
                heading_rad: it.angle(),
            }),
            track_status: self.maybe(|it| RadarTrackStatus {
                tentative: it.flag(),
                sensors: it.small(2),
                doubtful: it.flag(),
                manoeuvres: it.flag(),
                climb: it.small(2),
                ends: it.flag(),
                ghost: it.flag(),
                supported: it.flag(),
                corrected: it.flag(),
            }),
            track_quality: self.maybe(|it| TrackQuality {
                x_m: it.steps(8, NM / 128.0),
                y_m: it.steps(8, NM / 128.0),
                speed_m_s: it.steps(8, NM / 16_384.0),
                heading_rad: it.steps(8, TAU / 4096.0),
            }),
            ..TargetReport::default()
        }
    }

    fn track_status(&mut self) -> TrackStatus {
        TrackStatus {
            monosensor: self.flag(),
            special_position: self.flag(),
            geometric_height_first: self.flag(),
            height_source: self.small(3),
            tentative: self.flag(),
            simulated: self.flag(),
            ends: self.flag(),
            begins: self.flag(),
            planned: self.flag(),
            contradicted: self.flag(),
            promoted: self.flag(),
            background: self.flag(),
            amalgamated: self.flag(),
            mode_4: self.interrogation(),
            military_emergency: self.flag(),
            military_identification: self.flag(),
            mode_5: self.interrogation(),
            coasting: self.flag(),
            primary_old: self.flag(),
            secondary_old: self.flag(),
            mode_s_old: self.flag(),
            adsb_old: self.flag(),
            special_code: self.flag(),
            code_conflict: self.flag(),
        }
    }

    fn track(&mut self) -> SystemTrack {
        SystemTrack {
            source: Some(self.source()),
            service: self.maybe(|it| it.small(8)),
            time_of_day_s: self.maybe(Self::time),
            place: self.maybe(|it| it.place(32, TAU / 67_108_864.0)),
            cartesian: self.maybe(|it| it.cartesian(24, 0.5)),
            velocity: self
                .maybe(|it| Velocity { x_m_s: it.signed(16, 0.25), y_m_s: it.signed(16, 0.25) }),
            acceleration: self.maybe(|it| Acceleration {
                x_m_s2: it.signed(8, 0.25),
                y_m_s2: it.signed(8, 0.25),
            }),
            mode_3a: self.maybe(|it| it.code(0o7777)),
            identification: self
                .maybe(|it| Identification { origin: it.small(2), text: it.callsign() }),
            address: self.maybe(|it| it.number(24) as u32),
            callsign: self.maybe(Self::callsign),
            track_number: self.maybe(|it| it.number(16) as u16),
            status: self.maybe(Self::track_status),
            level_m: self.maybe(|it| it.signed(16, 25.0 * FT)),
            geometric_height_m: self.maybe(|it| it.signed(16, 6.25 * FT)),
            pressure_height: self.maybe(|it| PressureHeight {
                is_corrected: it.flag(),
                height_m: it.signed(15, 25.0 * FT),
            }),
            climb_m_s: self.maybe(|it| it.signed(16, 6.25 * FT / 60.0)),
            mode_2: self.maybe(|it| it.code(0o7777)),
            place_sigma: self
                .maybe(|it| Cartesian { x_m: it.steps(16, 0.5), y_m: it.steps(16, 0.5) }),
            geometric_height_sigma_m: self.maybe(|it| it.steps(8, 6.25 * FT)),
            ..SystemTrack::default()
        }
    }

    fn adsb(&mut self) -> AdsbReport {
        AdsbReport {
            source: Some(self.source()),
            descriptor: self.maybe(|it| AdsbDescriptor {
                address_type: it.small(3),
                height_steps: it.small(2),
                range_checked: it.flag(),
                field_monitor: it.flag(),
                differential: it.flag(),
                on_ground: it.flag(),
                simulated: it.flag(),
                test: it.flag(),
                no_selected_altitude: it.flag(),
                confidence: it.small(2),
            }),
            track_number: self.maybe(|it| it.number(12) as u16),
            place_time_of_day_s: self.maybe(Self::time),
            place: self.maybe(|it| it.place(24, TAU / 16_777_216.0)),
            fine_place: self.maybe(|it| it.place(32, TAU / 2_147_483_648.0)),
            address: self.maybe(|it| it.number(24) as u32),
            received_time_of_day_s: self.maybe(Self::time),
            geometric_height_m: self.maybe(|it| it.signed(16, 6.25 * FT)),
            quality: self.maybe(|it| Quality { velocity: it.small(3), place: it.small(4) }),
            version: self.maybe(|it| Version {
                unsupported: it.flag(),
                number: it.small(3),
                link: it.small(3),
            }),
            mode_3a: self.maybe(|it| it.code(0o7777)),
            level_m: self.maybe(|it| it.signed(16, 25.0 * FT)),
            climb_m_s: self.maybe(|it| Bounded {
                exceeded: it.flag(),
                value_m_s: it.signed(15, 6.25 * FT / 60.0),
            }),
            ground_vector: self.maybe(|it| GroundVector {
                exceeded: it.flag(),
                speed_m_s: it.steps(15, NM / 16_384.0),
                course_rad: it.angle(),
            }),
            sent_time_of_day_s: self.maybe(Self::time),
            callsign: self.maybe(Self::callsign),
            emitter: self.maybe(|it| it.small(8)),
            ..AdsbReport::default()
        }
    }
}
