//! DIS from the command line: as a capture, as live messages, and read back as a scenario.

use std::fs;
use std::net::UdpSocket;
use std::time::Duration;

use redan_exchange::dis::{Body, Pdu, flown};
use redan_exchange::{Problems, read_dis};

use crate::common::{Desk, SHORT, shared};

/// A desk with a recording of the short battle, `rec`.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.put("short.toml", SHORT);
    let said = desk.say(&["run", "short.toml", "--out", "rec"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    desk
}

#[test]
fn a_capture_has_the_numbers_of_its_exercise() {
    let desk = desk();
    let words = ["export", "rec", "--to", "dis", "--out", "rec.pcap", "--dis-version", "6"];
    let said = desk.say(&[&words[..], &["--exercise", "9", "--site", "12"]].concat());
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(said.out.starts_with("rec.pcap is written: dis, view truth, "), "{}", said.out);
    let file = fs::read(desk.path("rec.pcap")).expect("it was written");
    let mut problems = Problems::default();
    let messages = read_dis(&file, &mut problems);
    assert_eq!(problems.count, 0);
    assert!(messages.len() > 100);
    for message in messages {
        assert_eq!((message.pdu.header.version.number(), message.pdu.header.exercise), (6, 9));
        if let Body::EntityState(state) = message.pdu.body {
            assert_eq!(state.id.site, 12);
        }
    }
}

#[test]
fn numbers_of_dis_are_refused_for_other_formats() {
    let desk = desk();
    let words = ["export", "rec", "--to", "csv", "--out", "rec.csv", "--site", "2"];
    desk.say(&words).assert_refused(&["--site is for DIS alone"]);
    let words = ["stream", "rec", "--to", "cot", "--exercise", "2"];
    desk.say(&words).assert_refused(&["--exercise is for DIS alone"]);
}

#[test]
fn live_messages_arrive_on_loopback() {
    let desk = desk();
    for format in ["dis", "cot"] {
        let receiver = UdpSocket::bind("127.0.0.1:0").expect("loopback is there");
        receiver.set_read_timeout(Some(Duration::from_secs(20))).expect("it can be set");
        let address = receiver.local_addr().expect("it is bound").to_string();
        let words = ["stream", "rec", "--to", format, "--udp", &address, "--speed", "600"];
        let (said, first) = std::thread::scope(|scope| {
            let said = scope.spawn(|| desk.say(&words));
            let mut octets = [0; 65_536];
            let length = receiver.recv(&mut octets).expect("something is sent");
            (said.join().expect("no panic"), octets[..length].to_vec())
        });
        assert_eq!(said.code, Some(0), "{}", said.err);
        assert!(
            said.out.contains(&format!("messages are sent to {address}: view truth")),
            "{}",
            said.out
        );
        match format {
            "dis" => assert_eq!(Pdu::read_all(&first, 0, &mut Problems::default()).len(), 1),
            _ => assert!(first.starts_with(b"<event version=\"2.0\""), "{first:?}"),
        }
    }
}

#[test]
fn addresses_and_speeds_that_are_none_are_refused() {
    let desk = desk();
    let words = ["stream", "rec", "--to", "dis", "--udp", "nowhere"];
    desk.say(&words).assert_refused(&["`nowhere` is no address for UDP"]);
    let said = desk.say(&["stream", "rec", "--to", "dis", "--speed", "0"]);
    assert_eq!(said.code, Some(2), "{said:?}");
    let words = ["stream", "rec", "--to", "dis", "--view", "network:south"];
    desk.say(&words).assert_refused(&["no network `south`"]);
}

#[test]
fn the_first_look_comes_back_as_flights_in_order() {
    let look = shared();
    let (capture, back) = (look.folder.join("back.pcap"), look.folder.join("back.toml"));
    let [capture, back] = [capture, back].map(|path| path.display().to_string());
    let said = look.say(&["export", "rec", "--to", "dis", "--out", &capture]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    // Members of a formation jump aside at a corner, faster than their card permits: hence the tolerance.
    let said = look.say(&["import", &capture, "--out", &back, "--tolerance-m", "800"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    let aircraft = look.recording.roster.aircraft.len();
    assert!(said.out.contains(&format!("{aircraft} flights with ")), "{}", said.out);
    let said = look.say(&["check", &back]);
    assert_eq!(said.code, Some(0), "{}", said.err);
}

#[test]
fn what_was_told_is_played_again_where_it_was() {
    let desk = desk();
    for (recording, capture) in [("rec", "one.pcap"), ("again", "two.pcap")] {
        let said = desk.say(&["export", recording, "--to", "dis", "--out", capture]);
        assert_eq!(said.code, Some(0), "{}", said.err);
        if recording == "rec" {
            let said = desk.say(&["import", capture, "--out", "back.toml"]);
            assert_eq!(said.code, Some(0), "{}", said.err);
            let said = desk.say(&["run", "back.toml", "--terrain", "smooth", "--out", "again"]);
            assert_eq!(said.code, Some(0), "{}", said.err);
        }
    }
    let missile = |capture: &str| {
        let file = fs::read(desk.path(capture)).expect("it was written");
        let things = flown(&read_dis(&file, &mut Problems::default()));
        things.into_iter().find(|thing| thing.name == "missile").expect("it flies").places
    };
    let (before, after) = (missile("one.pcap"), missile("two.pcap"));
    let mut count = 0;
    for (at, place) in before {
        let same = after.iter().find(|(instant, _)| (instant - at).abs() < 1_000_000);
        if let Some((_, there)) = same {
            let off_m = place.distance_m(*there);
            assert!(off_m < 26.0, "{off_m} m off");
            count += 1;
        }
    }
    assert!(count >= 5, "{count} places");
}

#[test]
fn what_is_no_capture_is_refused_and_what_is_broken_is_told() {
    let desk = desk();
    desk.put("no.pcap", "no capture at all");
    let said = desk.say(&["import", "no.pcap", "--out", "no.toml"]);
    said.assert_refused(&["no.pcap has no flight", "begins no capture file"]);
    desk.say(&["import", "away.pcap", "--out", "no.toml"])
        .assert_refused(&["cannot read away.pcap"]);
    desk.say(&["export", "rec", "--to", "dis", "--out", "rec.pcap"]);
    let mut file = fs::read(desk.path("rec.pcap")).expect("it was written");
    file.truncate(file.len() - 20);
    desk.put("cut.pcap", file);
    let said = desk.say(&["import", "cut.pcap", "--out", "cut.toml"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(said.err.starts_with("warning: cut.pcap: "), "{}", said.err);
    assert!(said.err.contains("byte ") && said.err.contains("passed over"), "{}", said.err);
    let words = ["import", "rec.pcap", "--out", "x.toml", "--card", "no-such-card"];
    desk.say(&words).assert_refused(&["no-such-card"]);
}
