//! What became of whom: counts that add up, and marks and tracks that stand where and when it was.

use redan_geo::{EnuVelocity, Geodetic};
use redan_record::{AircraftId, MissileId, Recording, Summary, What};

use super::super::facts::Facts;
use super::super::frame::Frame;
use super::{Story, battle, notes, page};

/// Raid-2 flies on for five minutes after it reached Ankara, and is destroyed on its way home.
fn with_a_late_kill() -> Recording {
    let mut recording = battle("");
    let mut told = Story { events: recording.events };
    for second in (905..=1_190).step_by(5) {
        let north = (second - 900) as f64 / 300.0;
        let place = Geodetic::from_degrees(40.0 + 1.5 * north, 32.9 + 2.0 * north, 6_000.0);
        let (aircraft, velocity) = (AircraftId(1), EnuVelocity::default());
        told.tell(second, What::Moved { aircraft, place, velocity });
    }
    told.tell(1_190, What::Destroyed { aircraft: AircraftId(1), missile: MissileId(0) });
    recording.events = told.ordered();
    recording
}

/// Where the marks of an aircraft stand that show `sign`.
fn marks_of(page: &str, aircraft: u32, sign: &str) -> Vec<(f64, f64)> {
    let marks = page.split("<g class=\"mark ").skip(1).map(|rest| rest.split("</g></g>").next());
    marks
        .flatten()
        .filter(|mark| mark.contains(&format!("data-a=\"{aircraft}\"")))
        .filter(|mark| mark.contains(&format!("#{sign}\"")))
        .map(|mark| {
            let place = mark.split("translate(").nth(1).and_then(|rest| rest.split(')').next());
            let (x, y) = place.and_then(|place| place.split_once(' ')).expect("a mark has a place");
            (x.parse().unwrap(), y.parse().unwrap())
        })
        .collect()
}

#[test]
fn who_got_through_is_marked_where_it_was_then() {
    let recording = with_a_late_kill();
    let (summary, notes) = (Summary::of(&recording), notes(""));
    let facts = Facts::new(&recording, &summary, &notes);
    let frame = Frame::around(&facts).unwrap();
    let page = page(&recording, "");
    for (sign, lat_deg, lon_deg) in
        [("m-leak", 42.1 - 2.1 * 898.0 / 900.0, 32.9), ("m-kill", 41.45, 34.833)]
    {
        let there = frame.point(&Geodetic::from_degrees(lat_deg, lon_deg, 0.0));
        let [(x, y)] = marks_of(&page, 1, sign)[..] else { panic!("one mark {sign}") };
        let off = (x - there.x).abs().max((y - there.y).abs());
        assert!(off < 1.0, "{sign} stands at {x} {y}, it happened at {there:?}");
    }
}

#[test]
fn who_got_through_and_was_destroyed_later_counts_once() {
    let page = page(&with_a_late_kill(), "");
    let verdict = "3 hostile sent: 1 destroyed, 1 got through (1 destroyed afterwards), 1 still flying \
                   at the end; 1 of the 3 sent never detected;";
    assert!(page.contains(verdict));
    for (term, note) in [("Destroyed", ""), ("Got through", " (1 destroyed afterwards)")] {
        let cell = format!("<dt>{term}</dt><dd><b>1</b> <span>of 3 hostile sent{note}</span>");
        assert!(page.contains(&cell), "{term}");
    }
}

#[test]
fn nothing_is_shown_of_fire_units_where_there_are_none() {
    let mut recording = battle("");
    let roster = &mut recording.roster;
    (roster.units, roster.launchers, roster.interceptors) = (vec![], vec![], vec![]);
    recording.events.retain(|event| {
        !matches!(
            event.what,
            What::Ordered { .. }
                | What::Acquired { .. }
                | What::Launched { .. }
                | What::Resolved { .. }
                | What::Destroyed { .. }
                | What::EngagementEnded { .. }
        )
    });
    let page = page(&recording, "");
    for words in
        ["Fire units", "claimed reach", "missile that", "layer-shots", "given up", "Rounds fired"]
    {
        assert!(!page.contains(&format!(">{words}")), "{words}");
    }
    assert!(!page.contains("The dashed circle") && !page.contains("<tbody>\n</tbody>"));
    assert!(page.contains(">radar<") || page.contains("</svg> radar</li>"));
}

#[test]
fn tracks_have_the_colour_of_their_judgement_and_the_time_of_each_point() {
    let page = page(&battle(""), "");
    let tracks: Vec<&str> = page
        .split("<path class=\"track ")
        .skip(1)
        .filter_map(|rest| rest.split("</path>").next())
        .collect();
    let classes: Vec<&str> = tracks.iter().filter_map(|track| track.split('"').next()).collect();
    assert_eq!(classes, ["unknown", "hostile"], "silent until 250 s, suspect from then on");
    for track in tracks {
        let part = |name: &str| track.split(name).nth(1).unwrap().split('"').next().unwrap();
        let times = part("data-s=\"").split(' ').count();
        assert_eq!(times, part(" d=\"").split('L').count());
    }
}
