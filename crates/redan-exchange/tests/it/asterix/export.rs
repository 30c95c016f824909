//! What a recording gives.

use redan_command::WeaponsControl;
use redan_exchange::asterix::{
    About, Detection, Interrogation, Record, Source, SystemTrack, TargetReport, datagrams, read,
    sources,
};
use redan_exchange::{Format, View};
use redan_geo::{Aer, Geodetic, LocalFrame, Time};
use redan_record::{AircraftId, Event, EventId, RadarId, Recording, What};
use redan_track::{Answer, Bearing, BearingKind, Mode, Plot, PlotId, Reply};

use super::all;
use crate::battle::{NETWORK, battle};
use crate::{bytes, views};

fn network() -> View {
    View::Network(NETWORK.to_owned())
}

fn exported(recording: &Recording, view: &View) -> Vec<Record> {
    let (records, faults) = all(&bytes(recording, Format::Asterix, view));
    assert_eq!(faults, vec![], "we read what we write");
    records
}

fn plots(recording: &Recording, view: &View) -> Vec<TargetReport> {
    let report = |record: &Record| match record {
        Record::Report(report) => Some(*report),
        _ => None,
    };
    exported(recording, view).iter().filter_map(report).collect()
}

fn tracks(recording: &Recording, view: &View) -> Vec<SystemTrack> {
    let track = |record: &Record| match record {
        Record::Track(track) => Some(*track),
        _ => None,
    };
    exported(recording, view).iter().filter_map(track).collect()
}

fn with(more: &[(f64, What)]) -> Recording {
    let mut recording = battle();
    for (at_s, what) in more {
        let id = EventId(recording.events.len() as u64);
        recording.events.push(Event { id, cause: None, at: Time::from_secs(*at_s), what: *what });
    }
    recording
}

fn plotted(at_s: f64, radar: u32, measured: Aer, reply: Reply) -> (f64, What) {
    let time = Time::from_secs(at_s - 0.5);
    let plot = Plot { id: PlotId(900), time, measured, snr_db: 15.0, reply };
    (at_s, What::Plotted { radar: RadarId(radar), plot, origin: Some(AircraftId(2)) })
}

const SEEN: Aer = Aer { azimuth_rad: 1.0, elevation_rad: 0.02, range_m: 150_000.0 };

#[test]
fn a_plot_has_place_time_and_height() {
    let recording = with(&[plotted(100.0, 0, SEEN, Reply::Silent)]);
    let plot = *plots(&recording, &network()).last().expect("there are plots");
    assert_eq!(plot.source, Some(Source { sac: 0, sic: 1 }));
    // The battle begins at four o'clock.
    let time_s = plot.time_of_day_s.expect("a time");
    assert!((time_s - (4.0 * 3600.0 + 99.5)).abs() <= 0.5 / 128.0);
    let polar = plot.polar.expect("a place");
    assert!((polar.range_m - SEEN.range_m).abs() <= 0.5 * 1852.0 / 256.0);
    assert!((polar.azimuth_rad - SEEN.azimuth_rad).abs() <= std::f64::consts::PI / 65_536.0);
    let frame = LocalFrame::new(recording.roster.radars[0].antenna);
    let height_m = frame.ecef_of_aer(SEEN).to_geodetic().height_m;
    assert!((plot.height_3d_m.expect("a height") - height_m).abs() <= 12.5 * 0.3048);
    let descriptor = plot.descriptor.expect("a descriptor");
    assert!(descriptor.simulated && descriptor.detection == Detection::Primary);
    assert!(plot.others.is_empty());
}

#[test]
fn a_plot_far_away_has_its_whole_range() {
    let far = Aer { range_m: 580_000.0, elevation_rad: 0.1, ..SEEN };
    let plot =
        *plots(&with(&[plotted(100.0, 0, far, Reply::Silent)]), &network()).last().expect("plots");
    assert!((plot.polar.expect("a place").range_m - 580_000.0).abs() <= 0.5 * 1852.0 / 256.0);
    assert!(plot.descriptor.expect("a descriptor").extended_range);
    assert_eq!(plot.height_3d_m, None, "above what the item can say");
}

#[test]
fn answers_are_told_in_the_items_of_their_modes() {
    let code = |mode| Reply::Asked { mode, answer: Answer::Code(0o63) };
    let asked = |mode, answer| Reply::Asked { mode, answer };
    let replies = [
        Reply::Civil,
        code(Mode::Mode1),
        code(Mode::Mode2),
        code(Mode::Civil),
        asked(Mode::Mode4, Answer::Valid),
        asked(Mode::Mode4, Answer::Nothing),
        Reply::National,
        // Those of mode 5 are in blocks of their own, behind the others.
        Reply::Mode5,
        asked(Mode::Mode5, Answer::Nothing),
    ];
    let more: Vec<(f64, What)> =
        replies.iter().map(|reply| plotted(100.0, 0, SEEN, *reply)).collect();
    let all = plots(&with(&more), &network());
    let told = &all[all.len() - replies.len()..];
    let is_both = |plot: &TargetReport| plot.descriptor.expect("one").detection == Detection::Both;
    let both: Vec<bool> = told.iter().map(is_both).collect();
    assert_eq!(both, [true, true, true, true, true, false, false, true, false]);
    let codes = [told[1].mode_1, told[2].mode_2, told[3].mode_3a];
    assert_eq!(codes.map(|code| code.map(|code| code.code)), [Some(0o63); 3]);
    let mode_4 = [4, 5, 7].map(|index: usize| told[index].descriptor.expect("one").mode_4);
    let expected = [Interrogation::Friendly, Interrogation::NoReply, Interrogation::None];
    assert_eq!(mode_4, expected);
    let mode_5 = [7, 8].map(|index: usize| told[index].mode_5.expect("asked").identified);
    assert_eq!(mode_5, [true, false]);
    assert!(told[6].mode_5.is_none() && told[6].mode_3a.is_none());
}

#[test]
fn a_network_has_its_radars_and_tracks_and_no_others() {
    let recording = with(&[plotted(100.0, 1, SEEN, Reply::Civil)]);
    let sics = |view: &View| -> Vec<u8> {
        let mut sics: Vec<u8> = exported(&recording, view)
            .iter()
            .map(|record| record.source().expect("a source").sic)
            .collect();
        sics.sort_unstable();
        sics.dedup();
        sics
    };
    assert_eq!(sics(&network()), [1, 200]);
    // Truth has both radars, and the airliner that answered.
    assert_eq!(sics(&View::Truth), [1, 2, 200]);
    assert_eq!(tracks(&recording, &View::Truth), vec![]);
    let adsb: Vec<String> = exported(&recording, &View::Truth)
        .iter()
        .filter_map(|record| match record {
            Record::Adsb(report) => Some(report.callsign.expect("a name").to_string()),
            _ => None,
        })
        .collect();
    assert_eq!(adsb, ["HERON 7", "HERON 7"], "whoever answered is told, and nobody else");
}

#[test]
fn a_track_is_told_from_its_confirmation_to_its_end() {
    let tracks = tracks(&battle(), &network());
    let told: Vec<(f64, String, bool, bool)> = tracks
        .iter()
        .map(|track| {
            let status = track.status.expect("a status");
            let word = track.identification.expect("an identity").text.to_string();
            let time_s = track.time_of_day_s.expect("a time") - 4.0 * 3600.0;
            (time_s, word, status.begins, status.ends)
        })
        .collect();
    let expected = [
        (10.0, "PENDING", true, false),
        (20.0, "SUSPECT", false, false),
        (90.0, "SUSPECT", false, true),
    ];
    let expected = expected.map(|(at, word, begins, ends)| (at, word.to_owned(), begins, ends));
    assert_eq!(told, expected);
    let track = tracks[0];
    assert_eq!(track.track_number, Some(7));
    let place = track.place.expect("a place");
    let step_rad = std::f64::consts::TAU / 67_108_864.0;
    assert!((place.lat_rad - 40.002_f64.to_radians()).abs() <= step_rad / 2.0);
    assert!((place.lon_rad - 33.0_f64.to_radians()).abs() <= step_rad / 2.0);
    let velocity = track.velocity.expect("a velocity");
    assert!((velocity.x_m_s + 199.0).abs() <= 0.125 && (velocity.y_m_s - 1.0).abs() <= 0.125);
    assert!((track.geometric_height_m.expect("a height") - 8_990.0).abs() <= 3.125 * 0.3048);
}

#[test]
fn a_jammed_radar_tells_the_direction() {
    let bearing = Bearing {
        id: PlotId(900),
        time: Time::from_secs(99.0),
        kind: BearingKind::Strobe,
        azimuth_rad: 2.0,
        azimuth_sigma_rad: 0.01,
        level_db: 20.0,
    };
    let heard = What::Heard { radar: RadarId(0), bearing, origin: AircraftId(0) };
    let records = exported(&with(&[(100.0, heard)]), &network());
    let strobe = records.iter().find_map(|record| match record {
        Record::Service(message) if message.about == Some(About::Strobe) => message.window,
        _ => None,
    });
    let window = strobe.expect("a strobe");
    assert!((window.from_rad - 1.99).abs() < 1e-4 && (window.to_rad - 2.01).abs() < 1e-4);
    assert!((window.far_m - 400_000.0).abs() < 4.0);
}

#[test]
fn a_radar_tells_where_it_stands_and_whether_it_radiates() {
    let off = What::Radiates { radar: RadarId(0), on: false };
    let records = exported(&with(&[(50.0, off)]), &network());
    let told: Vec<(f64, bool)> = records
        .iter()
        .filter_map(|record| match record {
            Record::Service(message) if message.about == Some(About::North) => {
                let place = message.place.expect("its place");
                assert!((place.lat_rad - 40.08_f64.to_radians()).abs() < 4e-7);
                let primary = message.status.expect("a status").primary.expect("of the radar");
                Some((message.time_of_day_s.expect("a time") - 14_400.0, primary.channel_a))
            }
            _ => None,
        })
        .collect();
    assert_eq!(told, [(0.0, true), (50.0, false)]);
}

#[test]
fn a_radar_that_turns_tells_of_north_and_of_sectors() {
    let mut more = Vec::new();
    for turn in 0..5_u32 {
        for octant in 0..8_u32 {
            let at_s = 10.0 + f64::from(turn) * 12.0 + f64::from(octant) * 1.5;
            let measured = Aer { azimuth_rad: (f64::from(octant) * 45.0).to_radians(), ..SEEN };
            let (sent_s, what) = plotted(at_s + 0.5, 1, measured, Reply::NotAsked);
            more.push((sent_s, what));
        }
    }
    let records = exported(&with(&more), &View::Truth);
    let mut norths = Vec::new();
    let mut sectors = 0;
    for record in records {
        let Record::Service(message) = record else { continue };
        if message.source.is_some_and(|source| source.sic == 2) {
            match message.about {
                Some(About::North) => {
                    assert_eq!(message.turn_s, Some(12.0));
                    norths.push(message.time_of_day_s.expect("a time") - 14_400.0);
                }
                _ => sectors += 1,
            }
        }
    }
    let expected = [10.0, 22.0, 34.0, 46.0, 58.0, 70.0, 82.0, 94.0, 106.0, 118.0];
    assert_eq!(norths, expected);
    assert_eq!(sectors, 9 * 7 + 1);
}

#[test]
fn a_capture_holds_the_same_records_with_their_instants() {
    for view in views() {
        let (records, faults) = all(&bytes(&battle(), Format::AsterixPcap, &view));
        assert_eq!(faults, vec![]);
        assert_eq!(records, exported(&battle(), &view));
    }
    let file = bytes(&battle(), Format::AsterixPcap, &network());
    let mut reader = read(&file);
    let last = datagrams(&battle(), &network()).expect("a view").pop().expect("something");
    while reader.next().is_some() {}
    // 2026-05-12T04:00:00Z, as `date -u +%s` of GNU coreutils gives it.
    let sent_ns = 1_778_558_400_000_000_000 + last.at.as_nanos();
    assert_eq!(reader.captured_unix_ns(), Some(sent_ns));
}

#[test]
fn a_capture_that_is_cut_off_has_the_records_before_the_cut() {
    let file = bytes(&battle(), Format::AsterixPcap, &network());
    let (whole, _) = all(&file);
    for cut in 24..file.len() {
        let (records, faults) = all(&file[..cut]);
        assert!(whole.starts_with(&records) && records.len() < whole.len(), "cut at {cut}");
        assert!(faults.len() <= 1, "cut at {cut}: {faults:?}");
    }
}

#[test]
fn sources_are_named_in_the_order_of_the_radars() {
    let names = |view: &View| sources(&battle(), view).expect("a view");
    let source = |sic| Source { sac: 0, sic };
    let own = ("Murted/92N6E".to_owned(), source(1));
    assert_eq!(names(&network()), [own.clone(), (NETWORK.to_owned(), source(200))]);
    let other = ("Annex/96L6E".to_owned(), source(2));
    assert_eq!(names(&View::Truth), [own, other, ("ADS-B".to_owned(), source(200))]);
}

#[test]
fn two_hundred_radars_have_two_hundred_sources() {
    let mut recording = battle();
    recording.roster.networks[0].weapons = WeaponsControl::Free;
    let radar = recording.roster.radars[0].clone();
    recording.roster.radars = vec![radar; 500];
    recording.roster.radars[0].antenna = Geodetic::from_degrees(40.0, 33.0, 0.0);
    let sources = sources(&recording, &View::Truth).expect("a view");
    let mut numbers: Vec<Source> = sources.iter().map(|(_, source)| *source).collect();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers.len(), 501);
}
