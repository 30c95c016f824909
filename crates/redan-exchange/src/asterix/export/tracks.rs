//! CAT062 of the tracks of a network.

use redan_geo::Time;
use redan_track::Identity;

use super::{CENTRE, time_of_day_s};
use crate::asterix::common::Callsign;
use crate::asterix::scale;
use crate::asterix::system_track::{Identification, Place, SystemTrack, TrackStatus, Velocity};
use crate::scene::feed::TrackReport;
use crate::utc::Utc;

/// Height from a radar that measures elevation, I062/080 SRC.
const RADAR_HEIGHT: u8 = 2;
/// An identification that was not downlinked, I062/245 STI.
const NOT_DOWNLINKED: u8 = 1;

/// A track as its network sends it. `is_single` says that one radar feeds the network.
pub(super) fn record(start: Utc, at: Time, track: &TrackReport, is_single: bool) -> SystemTrack {
    let (place, velocity) = (track.place, track.velocity);
    let (lat_rad, lon_rad) = (place.lat_rad, redan_geo::wrap_pi_rad(place.lon_rad));
    let (x_m_s, y_m_s) = (velocity.east_m_s, velocity.north_m_s);
    let is_sayable = [x_m_s, y_m_s].iter().all(|speed| scale::SYSTEM_SPEED.holds(*speed));
    let text = Callsign::new(word(track.identity));
    SystemTrack {
        source: Some(CENTRE),
        time_of_day_s: Some(time_of_day_s(start, at)),
        place: Some(Place { lat_rad, lon_rad }),
        velocity: is_sayable.then_some(Velocity { x_m_s, y_m_s }),
        identification: Some(Identification { origin: NOT_DOWNLINKED, text }),
        track_number: Some((track.track.0 & u64::from(u16::MAX)) as u16),
        status: Some(TrackStatus {
            monosensor: is_single,
            geometric_height_first: true,
            height_source: RADAR_HEIGHT,
            simulated: true,
            begins: track.begins,
            ends: track.ends,
            ..TrackStatus::default()
        }),
        geometric_height_m: Some(place.height_m)
            .filter(|height_m| scale::GEOMETRIC_HEIGHT.holds(*height_m)),
        climb_m_s: Some(velocity.up_m_s).filter(|climb_m_s| scale::CLIMB.holds(*climb_m_s)),
        ..SystemTrack::default()
    }
}

/// An identity in at most eight letters.
fn word(identity: Identity) -> &'static str {
    match identity {
        Identity::AssumedFriend => "ASSUMED",
        other => other.word(),
    }
}
