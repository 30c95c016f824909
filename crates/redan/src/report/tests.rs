//! The page as a whole: what it says, that nothing in it is somebody else's markup, and that it stays
//! small.

mod results;

use std::collections::BTreeSet;

use redan_command::{InterceptorId, UnitId, WeaponsControl};
use redan_geo::{Aer, EnuVelocity, Geodetic, Span, Time};
use redan_record::{
    AircraftEntry, AircraftId, AssetEntry, AssetId, EngagementEnd, EngagementId, Event, EventId,
    InterceptorEntry, LauncherEntry, LauncherId, MissileId, NetworkEntry, NetworkId, Outcome,
    RadarEntry, RadarId, Recording, Roster, Side, Sight, Summary, UnitEntry, What,
};
use redan_track::{Basis, Identity, Plot, PlotId, Reply, TrackId};

use super::{Notes, html};

/// Names that would be markup, leave an attribute or end a script if they were not escaped.
const EVIL: &str = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>&lt;]]>-->";

const MINUTE: i64 = 60_000_000_000;

/// A battle of one battery against three attackers, an airliner and a friend. Every name begins with
/// `prefix`.
fn battle(prefix: &str) -> Recording {
    let named = |name: &str| format!("{prefix}{name}");
    let place = |lat_deg: f64, lon_deg: f64| Geodetic::from_degrees(lat_deg, lon_deg, 100.0);
    let aircraft = |name: &str, side: Side, target: Option<u32>| AircraftEntry {
        class: redan_record::AirClass::Aircraft,
        name: named(name),
        flight: named(name),
        card: named("card"),
        type_name: named("type"),
        side,
        target,
        rcs_m2: 1.0,
    };
    let roster = Roster {
        title: named("Battle"),
        question: named("Who gets through?"),
        variant: prefix.to_owned(),
        start_utc: named("2026-05-12T04:00:00Z"),
        duration: Span(20 * MINUTE),
        aircraft: vec![
            aircraft("raid-1", Side::Hostile, Some(0)),
            aircraft("raid-2", Side::Hostile, Some(0)),
            aircraft("ghost", Side::Hostile, None),
            aircraft("patrol", Side::Friendly, None),
            aircraft("airliner", Side::Neutral, None),
        ],
        radars: vec![RadarEntry {
            name: named("Murted/R"),
            card: named("radar"),
            network: 0,
            unit: Some(0),
            antenna: place(40.08, 32.57),
            instrumented_range_m: 300_000.0,
        }],
        networks: vec![NetworkEntry {
            name: named("national"),
            origin: place(40.08, 32.57),
            tracker: named("tracker"),
            doctrine: named("doctrine"),
            weapons: WeaponsControl::Free,
        }],
        units: vec![UnitEntry {
            name: named("Murted"),
            network: 0,
            place: place(40.08, 32.57),
            target_channels: 6,
            missile_channels: 12,
            rounds: 32,
        }],
        launchers: vec![LauncherEntry {
            name: named("Murted/L1"),
            unit: 0,
            place: place(40.09, 32.58),
            load: vec![(0, 4)],
        }],
        interceptors: vec![InterceptorEntry {
            name: named("missile"),
            card: named("missile-card"),
            claimed_range_m: 250_000.0,
        }],
        assets: vec![AssetEntry { name: named("Ankara"), place: place(39.93, 32.86) }],
    };
    Recording { roster, seed: 7, replication: 0, events: story() }
}

/// Raid-1 is destroyed, raid-2 reaches Ankara, the ghost is never seen, the others fly by.
fn story() -> Vec<Event> {
    let mut told = Story::default();
    for number in 0..5 {
        told.tell(0, What::Appeared { aircraft: AircraftId(number) });
    }
    for second in (0..=1_200).step_by(5) {
        told.fly(second);
    }
    let (radar, network) = (RadarId(0), NetworkId(0));
    told.tell(200, What::Sighted { radar, aircraft: AircraftId(0), sight: Sight::Clear });
    for aircraft in [AircraftId(0), AircraftId(1)] {
        told.tell(210, look(aircraft));
    }
    for second in (210..600).step_by(10) {
        told.follow(second);
    }
    let (track, plot) = (TrackId(0), PlotId(210));
    told.tell(240, What::TrackConfirmed { network, track, plot });
    let (identity, basis) = (Identity::Suspect, Basis::Silence);
    told.tell(250, What::Identified { network, track, identity, basis });
    told.engage();
    told.tell(898, What::Leaked { aircraft: AircraftId(1), asset: AssetId(0) });
    told.tell(1_200, What::Ended);
    told.ordered()
}

fn look(aircraft: AircraftId) -> What {
    What::Look {
        radar: RadarId(0),
        aircraft,
        range_m: 120_000.0,
        snr_db: 15.0,
        detection_prob: 0.9,
        so_far_prob: 0.9,
        detected: true,
    }
}

#[derive(Default)]
struct Story {
    events: Vec<Event>,
}

impl Story {
    fn tell(&mut self, second: i64, what: What) {
        let at = Time::from_nanos(second * 1_000_000_000);
        self.events.push(Event { id: EventId(0), cause: None, at, what });
    }

    /// Everybody moves; raid-1 until it is destroyed, raid-2 until it arrives.
    fn fly(&mut self, second: i64) {
        let gone = second as f64 / 900.0;
        let velocity = EnuVelocity { east_m_s: 0.0, north_m_s: -240.0, up_m_s: 0.0 };
        let routes =
            [(42.0, 33.0, 600), (42.1, 32.9, 900), (41.0, 36.0, 9_999), (39.5, 31.5, 9_999)];
        for (number, (lat, lon, until)) in routes.into_iter().enumerate() {
            let south = if number < 2 { 2.1 * gone } else { 0.0 };
            let east = if number < 2 { 0.0 } else { 0.5 * gone };
            let place = Geodetic::from_degrees(lat - south, lon + east, 6_000.0);
            if second <= until {
                let aircraft = AircraftId(number as u32);
                self.tell(second, What::Moved { aircraft, place, velocity });
            }
        }
    }

    /// The network follows raid-1 with errors of some kilometres.
    fn follow(&mut self, second: i64) {
        let gone = second as f64 / 900.0;
        let off = ((second * 7919) % 100) as f64 / 4_000.0;
        let id = PlotId(second as u64);
        let at = Time::from_nanos(second * 1_000_000_000);
        let measured = Aer { azimuth_rad: 0.1, elevation_rad: 0.01, range_m: 200_000.0 };
        let plot = Plot { id, time: at, measured, snr_db: 15.0, reply: Reply::Silent };
        self.tell(second, What::Plotted { radar: RadarId(0), plot, origin: Some(AircraftId(0)) });
        self.tell(
            second,
            What::TrackUpdated {
                network: NetworkId(0),
                track: TrackId(0),
                plot: id,
                place: Geodetic::from_degrees(42.0 - 2.1 * gone + off, 33.0 - off, 6_000.0),
                velocity: EnuVelocity::default(),
                sigma_m: 500.0,
                nis_ratio: 1.0,
            },
        );
    }

    /// Two rounds at raid-1, of which the second hits.
    fn engage(&mut self) {
        let (engagement, interceptor) = (EngagementId(0), InterceptorId(0));
        let order = What::Ordered {
            network: NetworkId(0),
            engagement,
            track: TrackId(0),
            unit: UnitId(0),
            interceptor,
            rounds: 2,
            intercept_in_s: 300.0,
            intercept_range_m: 60_000.0,
        };
        self.tell(260, order);
        self.tell(270, What::Acquired { engagement, radar: RadarId(0), looks: 3 });
        for number in 0..2 {
            let (missile, launcher) = (MissileId(number), LauncherId(0));
            let (intercept_in_s, intercept_range_m) = (300.0, 60_000.0);
            self.tell(
                280 + i64::from(number) * 5,
                What::Launched {
                    engagement,
                    missile,
                    launcher,
                    interceptor,
                    intercept_in_s,
                    intercept_range_m,
                },
            );
        }
        for (number, outcome) in [(0, Outcome::Miss), (1, Outcome::Kill)] {
            let resolved = What::Resolved {
                missile: MissileId(number),
                outcome,
                aircraft: Some(AircraftId(0)),
                place: Geodetic::from_degrees(40.61, 33.0, 6_000.0),
                kill_prob: 0.6,
                track_error_m: Some(40.0),
            };
            self.tell(595 + i64::from(number) * 5, resolved);
        }
        self.tell(600, What::Destroyed { aircraft: AircraftId(0), missile: MissileId(1) });
        self.tell(620, What::EngagementEnded { engagement, end: EngagementEnd::KillCalled });
    }

    fn ordered(mut self) -> Vec<Event> {
        self.events.sort_by_key(|event| event.at);
        for (id, event) in self.events.iter_mut().enumerate() {
            event.id = EventId(id as u64);
        }
        self.events
    }
}

fn notes(prefix: &str) -> Notes {
    Notes {
        terrain: format!("{prefix}smooth Earth"),
        version: format!("{prefix}0.0.0"),
        warnings: vec![format!("{prefix}no relief")],
        command: format!("{prefix}redan run battle.toml --seed 7"),
    }
}

fn page(recording: &Recording, prefix: &str) -> String {
    html(recording, &Summary::of(recording), &notes(prefix))
}

/// Tags of a page with the names of their attributes, in order; what stands in scripts and styles is no
/// markup.
fn tags(page: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        let tag = &rest[start..];
        let end = tag_end(tag);
        let words = attributes(&tag[1..end]);
        rest = &tag[end..];
        if let Some(name) = ["script", "style"].into_iter().find(|name| words[0] == **name) {
            let close = rest.find(&format!("</{name}>")).expect("scripts and styles end");
            rest = &rest[close..];
        }
        found.push(words.join(" "));
    }
    found
}

/// Position of the `>` that ends a tag; one within quotes does not.
fn tag_end(tag: &str) -> usize {
    let mut quoted = false;
    for (at, letter) in tag.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            '>' if !quoted => return at,
            _ => {}
        }
    }
    panic!("a tag does not end: {tag:.80}");
}

/// The name of a tag and those of its attributes.
fn attributes(tag: &str) -> Vec<String> {
    let outside: String = tag.split('"').step_by(2).collect();
    outside.split_whitespace().map(|word| word.trim_end_matches('=').to_owned()).collect()
}

#[test]
fn the_verdict_is_a_sentence_of_plain_words() {
    let page = page(&battle(""), "");
    let verdict = "3 hostile sent: 1 destroyed, 1 got through, 1 still flying at the end; 1 of the 3 \
                   sent never detected; 2 rounds fired; no friendly or civil aircraft fired at.";
    assert!(
        page.contains(verdict),
        "{:?}",
        page.find("class=\"verdict\"").map(|at| &page[at..at + 250])
    );
}

#[test]
fn every_tag_is_closed() {
    let page = page(&battle(""), "");
    let mut open: Vec<String> = Vec::new();
    for tag in tags(&page) {
        let name = tag.split(' ').next().unwrap_or_default().to_owned();
        let single = tag.ends_with('/') || ["!DOCTYPE", "meta", "input"].contains(&name.as_str());
        match name.strip_prefix('/') {
            Some(closed) => assert_eq!(open.pop().as_deref(), Some(closed)),
            None if !single => open.push(name),
            None => {}
        }
    }
    assert_eq!(open, [""; 0]);
}

#[test]
fn names_from_files_never_become_markup() {
    let evil = page(&battle(EVIL), EVIL);
    assert!(!evil.contains("<script>alert") && !evil.contains("<img"));
    let kinds = |page: &str| tags(page).into_iter().collect::<BTreeSet<_>>();
    let foreign: Vec<_> =
        kinds(&evil).difference(&kinds(&page(&battle(""), ""))).cloned().collect();
    assert_eq!(foreign, [""; 0], "tags that only the evil page has");
    // What the script reads holds numbers and nothing that a file says.
    let data = evil.split("id=\"paths\">").nth(1).and_then(|rest| rest.split("</script>").next());
    let data: serde_json::Value = serde_json::from_str(data.unwrap()).unwrap();
    assert_eq!(data["paths"].as_array().unwrap().len(), 5);
    assert_eq!(data["end"], 1_200.0);
}

#[test]
fn the_page_asks_nobody_for_anything() {
    let page = page(&battle(""), "").replace("http://www.w3.org/2000/svg", "");
    for address in ["http:", "https:", "src=", "@import", "url(", "<link", "<iframe"] {
        assert!(!page.contains(address), "{address}");
    }
    assert!(page.contains("default-src 'none'"));
}

#[test]
fn equal_recordings_give_equal_bytes() {
    assert_eq!(page(&battle(""), ""), page(&battle(""), ""));
}

#[test]
fn hundreds_of_points_become_a_few() {
    let recording = battle("");
    let page = page(&recording, "");
    let route =
        page.split("<path class=\"line\" d=\"").nth(1).and_then(|rest| rest.split('"').next());
    assert!(recording.events.len() > 800);
    assert!(route.unwrap().matches('L').count() < 12, "{route:?}");
}

#[test]
fn a_raid_of_twenty_over_forty_minutes_stays_small() {
    let mut recording = battle("");
    recording.roster.aircraft = (0..20)
        .map(|number| AircraftEntry {
            class: redan_record::AirClass::Aircraft,
            name: format!("raid-{number}"),
            ..recording.roster.aircraft[0].clone()
        })
        .collect();
    let mut told = Story { events: recording.events };
    for second in (0..2_400).step_by(5) {
        for number in 0..20 {
            let (turn, lane) = (second as f64 / 60.0, f64::from(number) / 10.0);
            let lat = 40.0 + lane + 0.3 * libm::sin(turn);
            let place = Geodetic::from_degrees(lat, 31.0 + turn / 20.0, 500.0);
            let velocity = EnuVelocity::default();
            told.tell(second, What::Moved { aircraft: AircraftId(number), place, velocity });
            let off = ((second * 7919 + i64::from(number) * 104_729) % 100) as f64 / 2_000.0;
            let place = Geodetic::from_degrees(lat + off, 31.0 + turn / 20.0 - off, 500.0);
            let (network, track) = (NetworkId(0), TrackId(100 + u64::from(number)));
            let plot = PlotId(0);
            let (sigma_m, nis_ratio) = (500.0, 1.0);
            told.tell(
                second,
                What::TrackUpdated { network, track, plot, place, velocity, sigma_m, nis_ratio },
            );
            told.tell(second, What::TrackConfirmed { network, track, plot });
        }
    }
    recording.events = told.ordered();
    let page = page(&recording, "");
    assert!(page.len() < 1_500_000, "{} bytes", page.len());
}

#[test]
fn a_damaged_recording_still_gives_a_page() {
    let mut recording = battle("");
    let mut told = Story { events: recording.events };
    let nowhere = Geodetic { lat_rad: f64::NAN, lon_rad: f64::INFINITY, height_m: f64::NAN };
    let aircraft = AircraftId(99);
    let velocity = EnuVelocity::default();
    told.tell(1, What::Moved { aircraft: AircraftId(0), place: nowhere, velocity });
    told.tell(2, What::Leaked { aircraft, asset: AssetId(99) });
    told.tell(3, look(aircraft));
    told.tell(4, What::Destroyed { aircraft, missile: MissileId(99) });
    recording.events = told.ordered();
    recording.roster.units[0].place = nowhere;
    recording.roster.interceptors[0].claimed_range_m = f64::NAN;
    recording.roster.aircraft[1].target = Some(99);
    let page = page(&recording, "");
    assert!(page.contains("</html>") && !page.contains("NaN") && !page.contains("inf "));
}

#[test]
fn an_empty_recording_says_that_it_is_empty() {
    let mut recording = battle("");
    let roster = &mut recording.roster;
    (roster.aircraft, roster.radars, roster.networks) = (vec![], vec![], vec![]);
    (roster.units, roster.launchers, roster.assets) = (vec![], vec![], vec![]);
    roster.interceptors = vec![];
    recording.events = vec![];
    let page = page(&recording, "");
    assert!(page.contains("Nothing in this recording has a place."));
    assert!(page.contains("No hostile aircraft took part; no round fired;"));
}
