//! The view of truth: every aircraft, and what the defence did.

use std::collections::BTreeMap;

use redan_geo::Time;
use redan_record::explain::{TrackOwners, words};
use redan_record::{
    AircraftEntry, AircraftId, AssetId, EngagementEnd, Event, EventId, MissileId, NetworkId,
    Outcome, Recording, Side, What,
};
use redan_track::{BearingKind, TrackId};

use super::cast::Cast;
use super::fire::{self, Fire, LaunchNote, OrderNote};
use super::replies;
use super::sites::{self, Sites};
use super::{
    Deed, Exit, Heard, Jam, Kind, Meeting, Scene, Standing, Thing, ThingId, about, end, in_order,
};
use crate::position::{Position, State};
use crate::utc::{self, Utc};

/// Everything that happened.
pub(super) fn scene(recording: &Recording, start: Utc) -> Scene {
    let roster = &recording.roster;
    let mut cast = Cast::default();
    let sites = sites::enter(&mut cast, roster, Standing::True(Side::Friendly), |_| true);
    let aircraft = roster.aircraft.iter().map(|entry| cast.add(aircraft_thing(entry))).collect();
    let fire = Fire::new(roster, &sites);
    let events = in_order(recording);
    let last_moves = last_moves(&events);
    let owners = TrackOwners::of(recording);
    let mut teller = Teller { recording, sites: &sites, aircraft, last_moves, owners, cast, fire };
    for event in events {
        teller.tell(&event);
    }
    let (replies, jams) = (replies(recording, &teller), jams(recording, &teller));
    let variant = match roster.variant.as_str() {
        "" => String::new(),
        name => format!(", variant {name}"),
    };
    Scene {
        view: "truth".to_owned(),
        title: roster.title.clone(),
        question: roster.question.clone(),
        about: about(recording) + &variant,
        start,
        planned: Time::ZERO + roster.duration,
        end: end(recording, &teller.cast.acts),
        things: teller.cast.things,
        acts: teller.cast.acts,
        engagements: teller.fire.engagements,
        reaches: sites::reaches(roster, |_| true),
        replies,
        jams,
        footprints: Vec::new(),
    }
}

/// What transponders answered, by the aircraft that did.
fn replies(recording: &Recording, teller: &Teller) -> Vec<Heard> {
    let heard = recording.events.iter().filter_map(|event| {
        let What::Plotted { plot, origin: Some(aircraft), .. } = event.what else { return None };
        let thing = teller.thing(aircraft)?;
        Some(Heard { at: utc::to_millisecond(event.at), thing, reply: plot.reply })
    });
    replies::answered(heard)
}

/// Whose noise radars reported as strobes.
fn jams(recording: &Recording, teller: &Teller) -> Vec<Jam> {
    let jam = |event: &Event| {
        let What::Heard { radar, bearing, origin } = event.what else { return None };
        let radar = teller.sites.radars.get(radar.index()).copied().flatten()?;
        let (at, by) = (utc::to_millisecond(event.at), teller.thing(origin)?);
        (bearing.kind == BearingKind::Strobe).then_some(Jam { at, by, radar })
    };
    let mut jams: Vec<Jam> = recording.events.iter().filter_map(jam).collect();
    jams.sort_by_key(|jam| jam.at);
    jams
}

fn aircraft_thing(entry: &AircraftEntry) -> Thing {
    Thing {
        kind: Kind::Aircraft(entry.class),
        name: entry.name.clone(),
        standing: Standing::True(entry.side),
        type_name: Some(entry.type_name.clone()),
        card: Some(entry.card.clone()),
        group: Some(entry.flight.clone()),
        parent: None,
        target: None,
        place: None,
        range_m: None,
        reach_m: None,
    }
}

/// The last time that anything was said of an aircraft in the air: what reaches its target and is not
/// heard of again hit it, what is heard of again released a weapon and flew on.
fn last_moves(events: &[Event]) -> BTreeMap<AircraftId, Time> {
    let mut last = BTreeMap::new();
    for event in events {
        if let What::Moved { aircraft, .. }
        | What::Left { aircraft }
        | What::Destroyed { aircraft, .. } = event.what
        {
            last.insert(aircraft, event.at);
        }
    }
    last
}

struct Teller<'a> {
    recording: &'a Recording,
    sites: &'a Sites,
    aircraft: Vec<ThingId>,
    last_moves: BTreeMap<AircraftId, Time>,
    owners: TrackOwners,
    cast: Cast,
    fire: Fire<'a>,
}

impl Teller<'_> {
    fn tell(&mut self, event: &Event) {
        let at = event.at;
        match event.what {
            What::Appeared { .. }
            | What::Moved { .. }
            | What::Leaked { .. }
            | What::Left { .. }
            | What::Destroyed { .. } => self.tell_flight(event),
            What::Radiates { radar, on } => self.sites.switch(&mut self.cast, at, radar, on),
            What::Ordered { network, engagement, track, unit, interceptor, rounds, .. } => {
                let track = (network, track);
                let target = self.owner(track, event.id);
                let note = OrderNote { engagement, track, target, unit, interceptor, rounds };
                self.fire.order(&mut self.cast, at, &note);
            }
            What::Acquired { engagement, radar, .. } => {
                self.fire.acquire(&mut self.cast, at, engagement, radar);
            }
            What::Launched { engagement, missile, launcher, interceptor, .. } => {
                let track = self.fire.track(engagement);
                let target = track.and_then(|track| self.owner(track, event.id));
                let note = LaunchNote { engagement, missile, launcher, interceptor };
                self.fire.launch(&mut self.cast, at, &note, target);
            }
            What::MissileMoved { missile, place, speed_m_s } => {
                self.fire.missile_moves(&mut self.cast, at, (missile, place, speed_m_s));
            }
            What::Aborted { missile, reason } => {
                let note = format!("given up: {}", words::abort(&reason));
                self.fire.missile_ends(&mut self.cast, at, missile, note);
            }
            What::Resolved { missile, outcome, aircraft, place, kill_prob, track_error_m } => {
                let meeting = Meeting {
                    position: Position::of(place),
                    outcome: words::outcome(outcome),
                    met: aircraft.and_then(|aircraft| self.thing(aircraft)),
                    kill_prob,
                    track_error_m: fire::figure_m(track_error_m),
                };
                self.meet(at, missile, outcome, meeting);
            }
            What::Assessed { engagement, killed } => {
                self.fire.assess(&mut self.cast, at, engagement, killed);
            }
            What::EngagementEnded { engagement, end } => {
                let words = match end {
                    // A judgement of the command, which truth may know better.
                    EngagementEnd::TargetSurvived => fire::SURVIVED.to_owned(),
                    other => words::engagement_end(&self.recording.roster, None, &other),
                };
                self.fire.end(&mut self.cast, at, engagement, words);
            }
            _ => {}
        }
    }

    fn tell_flight(&mut self, event: &Event) {
        let (What::Appeared { aircraft }
        | What::Moved { aircraft, .. }
        | What::Leaked { aircraft, .. }
        | What::Left { aircraft }
        | What::Destroyed { aircraft, .. }) = event.what
        else {
            return;
        };
        let Some(thing) = self.thing(aircraft) else { return };
        let (cast, at) = (&mut self.cast, event.at);
        match event.what {
            What::Moved { place, velocity, .. } => {
                cast.moves(at, thing, place, |position| State::moving(position, velocity));
            }
            What::Leaked { asset, .. } => self.leak(at, (aircraft, thing), asset),
            What::Left { .. } => cast.leaves(at, thing, Exit::Gone, "left at the end of its route"),
            What::Destroyed { missile, .. } => {
                cast.leaves(
                    at,
                    thing,
                    Exit::Destroyed,
                    format!("destroyed by missile {}", missile.0),
                );
            }
            _ => cast.says(at, thing, "appeared"),
        }
    }

    fn leak(&mut self, at: Time, (aircraft, thing): (AircraftId, ThingId), asset: AssetId) {
        let note = format!("reached {}", self.recording.roster.asset_name(asset));
        let deed = Deed::Leaks { asset: self.sites.assets.get(asset.index()).copied() };
        self.cast.act(at, thing, deed, note);
        let flies_on = self.last_moves.get(&aircraft).is_some_and(|last| *last > at);
        if !flies_on {
            self.cast.leaves(at, thing, Exit::Gone, "not seen again after it reached its target");
        }
    }

    fn meet(&mut self, at: Time, id: MissileId, outcome: Outcome, meeting: Meeting) {
        let Some(missile) = self.fire.missile(id) else { return };
        let met = meeting.met.map(|met| self.cast.things[met.index()].name.clone());
        let note = match met {
            Some(name) => format!("met {name}: {}", words::outcome(outcome)),
            None => words::outcome(outcome).to_owned(),
        };
        self.cast.act(at, missile, Deed::Meets(meeting), note);
        self.fire.missile_ends(&mut self.cast, at, id, "end of flight".to_owned());
    }

    fn owner(&self, (network, track): (NetworkId, TrackId), event: EventId) -> Option<ThingId> {
        self.owners.at(network, track, event).and_then(|aircraft| self.thing(aircraft))
    }

    fn thing(&self, aircraft: AircraftId) -> Option<ThingId> {
        self.aircraft.get(aircraft.index()).copied()
    }
}
