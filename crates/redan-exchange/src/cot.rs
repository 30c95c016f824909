//! Cursor on Target, event schema 2.0: what ATAK and its relatives show.
//!
//! After M. J. Kristan and others, "Cursor-on-Target Message Router User's Guide" (MITRE, 2009),
//! sections 2 and A, for the elements, and the table of types that MITRE published with it. One event
//! says where one thing is and until when that is worth something. Nothing is ever taken back: a thing
//! that leaves gets a last event that is stale at once.

use std::io::{self, Write};

use redan_geo::{Span, Time};
use redan_record::{AirClass, Recording, Side};
use redan_track::Identity;

use crate::position::{Position, State};
use crate::scene::{Act, Deed, Kind, Scene, Standing, Thing, ThingId};
use crate::utc::Utc;
use crate::xml::text;
use crate::{ExchangeError, View};

/// How long a place of something that moves is worth showing: three turns of a slow radar. Our choice.
const STALE: Span = Span::from_nanos(30_000_000_000);
/// What the schema says for an error that is not known, metres.
const UNKNOWN_ERROR: &str = "9999999.0";

/// An event that is due at an instant of the recording.
#[derive(Clone, Debug, PartialEq)]
pub struct CotEvent {
    /// When it is due, since the start of the scenario.
    pub at: Time,
    /// How long it is worth something.
    pub stale_after: Span,
    /// Everything before the times, and everything after them.
    parts: [String; 2],
    start: Utc,
}

/// The events of a recording, in order of time.
///
/// ```
/// use redan_exchange::{View, cot_events};
/// # use redan_geo::{Geodetic, Span};
/// # use redan_record::{AssetEntry, Recording, Roster};
/// # let place = Geodetic::from_degrees(40.0, 33.0, 900.0);
/// # let roster = Roster {
/// #     title: "Quiet".into(), question: String::new(), variant: String::new(),
/// #     start_utc: "2026-01-01T00:00:00Z".into(), duration: Span::ZERO, aircraft: vec![],
/// #     radars: vec![], networks: vec![], units: vec![], launchers: vec![], interceptors: vec![],
/// #     assets: vec![AssetEntry { name: "Ankara".into(), place }],
/// # };
/// # let recording = Recording { roster, seed: 1, replication: 0, events: vec![] };
/// let events = cot_events(&recording, &View::Truth)?;
/// assert!(events[0].xml().contains(r#"lat="40" lon="33" hae="900""#));
/// // As a live feed sends it: the same event, true from now on.
/// let now = events[0].xml_at(1_906_545_600_000_000_000);
/// assert!(now.contains(r#"time="2030-06-01T12:00:00Z""#));
/// # Ok::<(), redan_exchange::ExchangeError>(())
/// ```
///
/// # Errors
///
/// As [`write()`](crate::write()), less those of the output.
pub fn cot_events(recording: &Recording, view: &View) -> Result<Vec<CotEvent>, ExchangeError> {
    Ok(events(&Scene::of(recording, view)?))
}

impl CotEvent {
    /// The event as XML on one line, without a declaration, at its time of the scenario.
    pub fn xml(&self) -> String {
        self.at_instant(self.start.at(self.at))
    }

    /// The same as if it happened at another instant, in nanoseconds since 1970: receivers pass over what
    /// is stale by their own clocks.
    pub fn xml_at(&self, unix_ns: i64) -> String {
        self.at_instant(Utc::from_unix_ns(unix_ns))
    }

    fn at_instant(&self, instant: Utc) -> String {
        let [before, after] = &self.parts;
        let stale = instant.at(Time::ZERO + self.stale_after).text();
        let now = instant.text();
        format!(r#"{before} time="{now}" start="{now}" stale="{stale}"{after}"#)
    }
}

/// Writes a document: the element `events` around all of them, one a line.
pub(crate) fn write(scene: &Scene, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(out, "<events>")?;
    for event in events(scene) {
        writeln!(out, "{}", event.xml())?;
    }
    writeln!(out, "</events>")
}

fn events(scene: &Scene) -> Vec<CotEvent> {
    let mut teller = Teller {
        scene,
        last: scene.things.iter().map(|thing| thing.place.map(State::at)).collect(),
        standings: scene.things.iter().map(|thing| thing.standing).collect(),
        events: Vec::new(),
    };
    for index in 0..scene.things.len() {
        let id = ThingId::new(index);
        if scene.is_site(id) {
            teller.tell(id, Time::ZERO, teller.stale_after(id, Time::ZERO), "");
        }
    }
    scene.acts.iter().for_each(|act| teller.act(act));
    teller.events
}

struct Teller<'a> {
    scene: &'a Scene,
    last: Vec<Option<State>>,
    standings: Vec<Standing>,
    events: Vec<CotEvent>,
}

impl Teller<'_> {
    fn act(&mut self, act: &Act) {
        let index = act.thing.index();
        match act.deed {
            Deed::Moves(state) => self.last[index] = Some(state),
            Deed::Judged(standing) => self.standings[index] = standing,
            Deed::Meets(meeting) => {
                self.last[index] = meeting.position.map(State::at).or(self.last[index]);
            }
            _ => {}
        }
        let stale_after = match act.deed {
            Deed::Leaves(_) => Span::ZERO,
            _ => self.stale_after(act.thing, act.at),
        };
        self.tell(act.thing, act.at, stale_after, &act.note);
    }

    /// What stands is there until the scenario is over.
    fn stale_after(&self, id: ThingId, at: Time) -> Span {
        if self.scene.is_site(id) { self.scene.end - at } else { STALE }
    }

    /// An event about a thing; none for what has not been anywhere yet.
    fn tell(&mut self, id: ThingId, at: Time, stale_after: Span, note: &str) {
        let Some(state) = self.last[id.index()] else { return };
        let thing = self.scene.thing(id);
        let kind = kind(thing.kind, self.standings[id.index()]);
        let uid = format!("{}.{}-{}", self.scene.view, thing.kind.word(), id.index() + 1);
        let before =
            format!(r#"<event version="2.0" uid="redan.{}" type="{kind}" how="m-s""#, text(&uid));
        let after =
            format!(">{}{}</event>", point(state.position), self.detail(thing, &state, note));
        let parts = [before, after];
        self.events.push(CotEvent { at, stale_after, parts, start: self.scene.start });
    }

    fn detail(&self, thing: &Thing, state: &State, note: &str) -> String {
        let mut detail = format!(r#"<detail><contact callsign="{}"/>"#, text(&thing.name));
        let (course, speed) = (state.course_deg, state.speed_m_s);
        if course.is_some() || speed.is_some() {
            let attribute = |name: &str, value: Option<f64>| {
                value.map_or(String::new(), |value| format!(r#" {name}="{value}""#))
            };
            let (course, speed) = (attribute("course", course), attribute("speed", speed));
            detail.push_str(&format!("<track{course}{speed}/>"));
        }
        for (relation, other) in [("p-p", thing.parent), ("t-p", thing.target)] {
            if let Some(other) = other {
                let kind_word = self.scene.thing(other).kind.word();
                let uid = format!("{}.{kind_word}-{}", self.scene.view, other.index() + 1);
                let kind = kind(self.scene.thing(other).kind, self.standings[other.index()]);
                let uid = text(&uid);
                detail.push_str(&format!(
                    r#"<link uid="redan.{uid}" type="{kind}" relation="{relation}"/>"#
                ));
            }
        }
        detail + &remarks(thing, note) + "</detail>"
    }
}

/// Type of a thing, its group, and what was said.
fn remarks(thing: &Thing, note: &str) -> String {
    let parts = [thing.type_name.as_deref(), thing.group.as_deref(), Some(note)];
    let parts: Vec<&str> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [] => String::new(),
        parts => format!("<remarks>{}</remarks>", text(&parts.join("; "))),
    }
}

/// The height goes as it is: see what the formats page says of references.
fn point(Position { lat_deg, lon_deg, alt_m }: Position) -> String {
    format!(
        r#"<point lat="{lat_deg}" lon="{lon_deg}" hae="{alt_m}" ce="{UNKNOWN_ERROR}" le="{UNKNOWN_ERROR}"/>"#
    )
}

/// The type: an atom, whose it is, and what it is.
fn kind(kind: Kind, standing: Standing) -> String {
    let what = match (kind, standing) {
        // Nothing in a recording says whether a neutral aircraft is civil.
        (Kind::Aircraft(AirClass::Aircraft), Standing::True(Side::Neutral)) | (Kind::Track, _) => {
            "A"
        }
        (Kind::Aircraft(AirClass::Aircraft), _) => "A-M-F",
        (Kind::Aircraft(AirClass::Drone), _) => "A-M-F-Q",
        (Kind::Aircraft(AirClass::CruiseMissile), _) => "A-W-M-L",
        (Kind::Aircraft(AirClass::Ballistic), _) => "A-W-M-S-S",
        (Kind::Missile, _) => "A-W-M-S-A",
        (Kind::Radar, _) => "G-E-S-R",
        (Kind::Launcher, _) => "G-E-W-M-A",
        (Kind::Unit, _) => "G-U-C-D-M",
        (Kind::Asset, _) => "G-I",
    };
    format!("a-{}-{what}", affiliation(standing))
}

/// Letters of the affiliation, as MIL-STD-2525 has them.
fn affiliation(standing: Standing) -> char {
    match standing {
        Standing::True(Side::Hostile) | Standing::Judged(Identity::Hostile) => 'h',
        Standing::True(Side::Friendly) | Standing::Judged(Identity::Friend) => 'f',
        Standing::True(Side::Neutral) | Standing::Judged(Identity::Neutral) => 'n',
        Standing::Judged(Identity::AssumedFriend) => 'a',
        Standing::Judged(Identity::Suspect) => 's',
        Standing::Judged(Identity::Pending) => 'p',
        Standing::Judged(Identity::Unknown) => 'u',
    }
}
