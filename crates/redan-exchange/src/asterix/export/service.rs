//! CAT034 of radars.

use redan_geo::{Span, Time};

use super::{radar_source, time_of_day_s};
use crate::asterix::record::Record;
use crate::asterix::service::{About, PolarWindow, Primary, ServiceMessage, Status};
use crate::scene::feed::{Feed, Station, Told, Turn};

/// Sectors of a turn: their edges are told.
const SECTORS: i64 = 8;

/// What the radars tell of themselves, in the order of the radars.
pub(super) fn messages(feed: &Feed) -> Vec<(Time, Record)> {
    let mut messages = Vec::new();
    for (index, radar) in feed.radars.iter().enumerate() {
        let teller = Teller { feed, index, radar, switches: switches(feed, index) };
        match radar.turn {
            Some(turn) => teller.turns(turn, &mut messages),
            None => teller.stands(&mut messages),
        }
        teller.strobes(&mut messages);
    }
    messages.into_iter().map(|(at, message)| (at, Record::Service(message))).collect()
}

/// When a radar began or ceased to radiate.
fn switches(feed: &Feed, index: usize) -> Vec<(Time, bool)> {
    let of_radar = |told: &Told| match told {
        Told::Switches { radar, on } if *radar == index => Some(*on),
        _ => None,
    };
    feed.reports.iter().filter_map(|each| Some((each.at, of_radar(&each.told)?))).collect()
}

struct Teller<'a> {
    feed: &'a Feed,
    index: usize,
    radar: &'a Station,
    switches: Vec<(Time, bool)>,
}

impl Teller<'_> {
    /// North markers and edges of sectors to the end of the scenario.
    fn turns(&self, turn: Turn, messages: &mut Vec<(Time, ServiceMessage)>) {
        for nth in 0.. {
            let at = turn.north + Span(turn.period.0.saturating_mul(nth) / SECTORS);
            if at > self.feed.end {
                return;
            }
            let message = match nth % SECTORS {
                0 => self.north(at, Some(turn.period)),
                sector => ServiceMessage {
                    sector_rad: Some(sector as f64 / SECTORS as f64 * std::f64::consts::TAU),
                    ..self.message(at, About::Sector)
                },
            };
            messages.push((at, message));
        }
    }

    /// Where it stands, at the start and when it begins or ceases to radiate: no other message has room for it.
    fn stands(&self, messages: &mut Vec<(Time, ServiceMessage)>) {
        let times = [Time::ZERO].into_iter().chain(self.switches.iter().map(|(at, _)| *at));
        messages.extend(times.map(|at| (at, self.north(at, None))));
    }

    /// The directions from which it is jammed.
    fn strobes(&self, messages: &mut Vec<(Time, ServiceMessage)>) {
        for report in &self.feed.reports {
            let Told::Strobe { radar, bearing } = report.told else { continue };
            if radar != self.index || !bearing.azimuth_rad.is_finite() {
                continue;
            }
            let sigma_rad = Some(bearing.azimuth_sigma_rad).filter(|sigma| sigma.is_finite());
            let half_rad = sigma_rad.unwrap_or(0.0);
            let window = PolarWindow {
                near_m: 0.0,
                far_m: self.radar.range_m,
                from_rad: bearing.azimuth_rad - half_rad,
                to_rad: bearing.azimuth_rad + half_rad,
            };
            let message = self.message(bearing.time, About::Strobe);
            messages.push((report.at, ServiceMessage { window: Some(window), ..message }));
        }
    }

    fn north(&self, at: Time, period: Option<Span>) -> ServiceMessage {
        let is_on = self.switches.iter().rev().find(|(then, _)| *then <= at);
        let primary = Primary {
            channel_a: is_on.map_or(self.radar.is_on, |(_, on)| *on),
            ..Primary::default()
        };
        ServiceMessage {
            turn_s: period.map(|period| period.as_secs()),
            status: Some(Status { inhibited: false, primary: Some(primary) }),
            place: Some(self.radar.antenna),
            ..self.message(at, About::North)
        }
    }

    fn message(&self, at: Time, about: About) -> ServiceMessage {
        ServiceMessage {
            source: Some(radar_source(self.index)),
            about: Some(about),
            time_of_day_s: Some(time_of_day_s(self.feed.start, at)),
            ..ServiceMessage::default()
        }
    }
}
