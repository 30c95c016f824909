//! CAT021 of aircraft with transponders.

use redan_geo::{Time, wrap_pi_rad, wrap_two_pi_rad};
use redan_record::AirClass;

use super::{CENTRE, time_of_day_s};
use crate::asterix::adsb::{AdsbDescriptor, AdsbReport, Bounded, GroundVector, Quality, Version};
use crate::asterix::common::Callsign;
use crate::asterix::scale;
use crate::asterix::system_track::Place;
use crate::scene::feed::{AircraftReport, Feed};

/// I021/040 ATP: an address that no authority gave.
const ANONYMOUS: u8 = 3;
/// I021/210 VN: DO-260B, in whose terms the quality stands.
const DO_260B: u8 = 2;
/// I021/020 ECAT: an unmanned aircraft.
const UNMANNED: u8 = 13;

/// What an aircraft tells of itself.
pub(super) fn record(feed: &Feed, at: Time, report: &AircraftReport) -> AdsbReport {
    let (place, velocity) = (report.place, report.velocity);
    let time_of_day_s = Some(time_of_day_s(feed.start, at));
    let (lat_rad, lon_rad) = (place.lat_rad, wrap_pi_rad(place.lon_rad));
    let speed_m_s = velocity.ground_speed_m_s();
    let emitter = if report.class == AirClass::Drone { UNMANNED } else { 0 };
    AdsbReport {
        source: Some(CENTRE),
        descriptor: Some(AdsbDescriptor {
            address_type: ANONYMOUS,
            simulated: true,
            ..AdsbDescriptor::default()
        }),
        place_time_of_day_s: time_of_day_s,
        place: Some(Place { lat_rad, lon_rad }),
        fine_place: Some(Place { lat_rad, lon_rad }),
        // Numbers of aircraft begin at 0, which is no address.
        address: Some(report.aircraft.0.wrapping_add(1) & 0xff_ffff),
        geometric_height_m: Some(place.height_m)
            .filter(|height_m| scale::GEOMETRIC_HEIGHT.holds(*height_m)),
        quality: Some(Quality::default()),
        version: Some(Version { unsupported: false, number: DO_260B, link: 0 }),
        climb_m_s: Some(Bounded {
            exceeded: !scale::CLIMB_15.holds(velocity.up_m_s),
            value_m_s: velocity.up_m_s,
        }),
        ground_vector: Some(GroundVector {
            exceeded: !scale::GROUND_SPEED.holds(speed_m_s),
            speed_m_s,
            course_rad: wrap_two_pi_rad(velocity.course_rad()),
        }),
        sent_time_of_day_s: time_of_day_s,
        callsign: Some(Callsign::new(feed.aircraft_name(report.aircraft))),
        emitter: Some(emitter),
        ..AdsbReport::default()
    }
}
