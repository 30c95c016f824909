//! A record by hand, octet by octet, after the tables of the standard: what the codec and its own mirror could
//! both have wrong.

use std::f64::consts::TAU;

use redan_exchange::asterix::{
    About, Descriptor, Detection, Polar, Record, ServiceMessage, Source, SystemTrack, TargetReport,
};

use super::{all, encoded};

#[test]
fn a_plot_is_made_of_the_octets_of_the_standard() {
    // EUROCONTROL-SPEC-0149-4, section 5.2: I048/010, /140, /020, /040, /070.
    let file = [
        0x30, 0x00, 0x10, 0xf8, 0x19, 0xc9, 0x35, 0x6d, 0x4d, 0xa0, 0xc5, 0xaf, 0xf1, 0xe0, 0x02,
        0x00,
    ];
    let (records, faults) = all(&file);
    assert_eq!(faults, vec![]);
    let [Record::Report(report)] = records[..] else { panic!("one report: {records:?}") };
    let expected = TargetReport {
        source: Some(Source { sac: 25, sic: 201 }),
        time_of_day_s: Some(27_354.601_562_5),
        descriptor: Some(Descriptor { detection: Detection::RollCall, ..Descriptor::default() }),
        polar: Some(Polar {
            range_m: 197.683_593_75 * 1852.0,
            azimuth_rad: f64::from(0xf1e0) * TAU / 65_536.0,
        }),
        mode_3a: Some(redan_exchange::asterix::Code { code: 0o1000, ..Default::default() }),
        ..TargetReport::default()
    };
    assert_eq!(report.mode_3a.map(|code| code.code), Some(0o1000));
    assert_eq!(report, expected);
    assert_eq!(encoded(&records), file);
}

#[test]
fn a_sector_message_is_made_of_the_octets_of_the_standard() {
    // EUROCONTROL-SPEC-0149-2b: I034/010, /000, /030, /020.
    let file = [0x22, 0x00, 0x0b, 0xf0, 0x19, 0x0d, 0x02, 0x35, 0x6d, 0x4d, 0x60];
    let (records, faults) = all(&file);
    assert_eq!(faults, vec![]);
    let expected = ServiceMessage {
        source: Some(Source { sac: 25, sic: 13 }),
        about: Some(About::Sector),
        time_of_day_s: Some(27_354.601_562_5),
        sector_rad: Some(135.0_f64.to_radians()),
        ..ServiceMessage::default()
    };
    assert_eq!(records, [Record::Service(expected)]);
    assert_eq!(encoded(&records), file);
}

#[test]
fn a_system_track_is_made_of_the_octets_of_the_standard() {
    // EUROCONTROL-SPEC-0149-9: I062/010, /070, /105 of 45° north and 90° west, /040, /080 of one octet.
    let file = [
        0x3e, 0x00, 0x15, 0x99, 0x0c, 0x19, 0xc9, 0x00, 0x00, 0x80, 0x00, 0x80, 0x00, 0x00, 0xff,
        0x00, 0x00, 0x00, 0x12, 0x34, 0x02,
    ];
    let (records, faults) = all(&file);
    assert_eq!(faults, vec![]);
    let [Record::Track(track)] = records[..] else { panic!("one track: {records:?}") };
    let SystemTrack { place: Some(place), status: Some(status), .. } = track else {
        panic!("{track:?}")
    };
    assert_eq!(track.time_of_day_s, Some(1.0));
    assert_eq!(track.track_number, Some(0x1234));
    assert!(status.tentative && !status.simulated);
    assert!((place.lat_rad.to_degrees() - 45.0).abs() < 1e-9, "{place:?}");
    assert!((place.lon_rad.to_degrees() + 90.0).abs() < 1e-9, "{place:?}");
    assert_eq!(encoded(&records), file);
}
