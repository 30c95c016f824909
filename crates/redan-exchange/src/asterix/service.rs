//! CAT034, monoradar service messages: where the antenna is, where the radar stands, what jams it.

use redan_geo::Geodetic;

use super::common::{Others, Source};
use super::items::Items;
use super::layout::Subfields;
use super::scale::{self, number};
use super::uap::I034_050;

/// A message of a radar about itself. What is `None` was not in the record.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ServiceMessage {
    /// I034/010.
    pub source: Option<Source>,
    /// I034/000: what it is about.
    pub about: Option<About>,
    /// I034/030: seconds since midnight UTC, in steps of 1/128 s.
    pub time_of_day_s: Option<f64>,
    /// I034/020: azimuth of the antenna, clockwise from north, in steps of 1.4°.
    pub sector_rad: Option<f64>,
    /// I034/041: time of one turn, in steps of 1/128 s.
    pub turn_s: Option<f64>,
    /// I034/050, as far as it tells of the primary radar.
    pub status: Option<Status>,
    /// I034/100.
    pub window: Option<PolarWindow>,
    /// I034/120: where the radar stands, in steps of 1 m and 180°/2^23 (2.4 m). Its height is above the
    /// ellipsoid.
    pub place: Option<Geodetic>,
    /// Items that are passed over.
    pub others: Others,
}

/// I034/000, the type of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// The antenna passes north.
    North,
    /// The antenna passes the edge of a sector.
    Sector,
    /// A geographical filter.
    Filter,
    /// A jamming strobe.
    Strobe,
    /// A type of a later edition, or none.
    Other(u8),
}

/// The state of a radar, I034/050.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// Its data are not to be used (NOGO).
    pub inhibited: bool,
    /// What of the primary radar works, if it is told.
    pub primary: Option<Primary>,
}

/// The state of a primary radar, I034/050 PSR.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Primary {
    /// Channel A is in use.
    pub channel_a: bool,
    /// Channel B is in use.
    pub channel_b: bool,
    /// It has more to do than it can.
    pub overloaded: bool,
}

/// A window in polar coordinates about the radar, I034/100.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PolarWindow {
    /// Where it begins, in steps of 1/256 NM.
    pub near_m: f64,
    /// Where it ends.
    pub far_m: f64,
    /// Where it begins, clockwise from north, in steps of 360°/65536.
    pub from_rad: f64,
    /// Where it ends, clockwise from there.
    pub to_rad: f64,
}

impl About {
    fn of(raw: u8) -> About {
        match raw {
            1 => About::North,
            2 => About::Sector,
            3 => About::Filter,
            4 => About::Strobe,
            other => About::Other(other),
        }
    }

    fn raw(self) -> u8 {
        match self {
            About::North => 1,
            About::Sector => 2,
            About::Filter => 3,
            About::Strobe => 4,
            About::Other(other) => other,
        }
    }
}

impl ServiceMessage {
    /// Takes an item; whether it is understood to the last bit.
    pub(super) fn take(&mut self, id: u16, item: &[u8]) -> bool {
        match id {
            10 => self.source = Some(Source::of(item)),
            0 => self.about = Some(About::of(item[0])),
            30 => self.time_of_day_s = Some(scale::TIME_OF_DAY.value(number(item))),
            20 => self.sector_rad = Some(scale::SECTOR.value(number(item))),
            41 => self.turn_s = Some(scale::PERIOD.value(number(item))),
            50 => return self.take_status(item),
            100 => self.window = Some(window(item)),
            120 => self.place = Some(place(item)),
            _ => return false,
        }
        true
    }

    fn take_status(&mut self, item: &[u8]) -> bool {
        let mut status = Status::default();
        let mut is_all = true;
        for (index, part) in Subfields::of(I034_050, item).into_iter().flatten().flatten() {
            match index {
                0 => {
                    status.inhibited = part[0] & 0x80 != 0;
                    is_all &= part[0] & 0x7f == 0;
                }
                3 => {
                    let [channel_a, channel_b, overloaded] =
                        [0x20, 0x40, 0x10].map(|bit| part[0] & bit != 0);
                    status.primary = Some(Primary { channel_a, channel_b, overloaded });
                    is_all &= part[0] & 0x8f == 0;
                }
                _ => is_all = false,
            }
        }
        self.status = Some(status);
        is_all
    }

    pub(super) fn put(&self, items: &mut Items) {
        if let Some(source) = self.source {
            source.put(items);
        }
        if let Some(about) = self.about {
            items.item(0).put(u64::from(about.raw()), 1);
        }
        items.maybe(30, &scale::TIME_OF_DAY, self.time_of_day_s);
        items.maybe(20, &scale::SECTOR, self.sector_rad);
        items.maybe(41, &scale::PERIOD, self.turn_s);
        if let Some(status) = self.status {
            put_status(status, items);
        }
        if let Some(window) = self.window {
            let items = items.item(100);
            items.quantity(&scale::RANGE, window.near_m).quantity(&scale::RANGE, window.far_m);
            items.quantity(&scale::ANGLE, window.from_rad).quantity(&scale::ANGLE, window.to_rad);
        }
        if let Some(place) = self.place {
            let items = items.item(120).quantity(&scale::SITE_HEIGHT, place.height_m);
            items.quantity(&scale::PLACE_24, place.lat_rad);
            items.quantity(&scale::PLACE_24, place.lon_rad);
        }
    }
}

fn put_status(status: Status, items: &mut Items) {
    let common = u64::from(status.inhibited) << 7;
    items.item(50);
    match status.primary {
        None => items.put(0x80, 1).put(common, 1),
        Some(Primary { channel_a, channel_b, overloaded }) => {
            let flags = super::common::bits([channel_b, channel_a, overloaded]);
            items.put(0x90, 1).put(common, 1).put(flags << 4, 1)
        }
    };
}

fn window(item: &[u8]) -> PolarWindow {
    PolarWindow {
        near_m: scale::RANGE.value(number(&item[..2])),
        far_m: scale::RANGE.value(number(&item[2..4])),
        from_rad: scale::ANGLE.value(number(&item[4..6])),
        to_rad: scale::ANGLE.value(number(&item[6..])),
    }
}

fn place(item: &[u8]) -> Geodetic {
    Geodetic {
        height_m: scale::SITE_HEIGHT.value(number(&item[..2])),
        lat_rad: scale::PLACE_24.value(number(&item[2..5])),
        lon_rad: scale::PLACE_24.value(number(&item[5..])),
    }
}
