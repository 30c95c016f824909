//! The view of a network: what it believed, and what it did about it.
//!
//! Told from what the network was told or did itself: its tracks from their confirmation on, its
//! judgements, orders, acquisitions, launches and assessments. Not told is everything in which truth
//! has a hand: aircraft, the origin of a plot, sights, outcomes, and why a missile was given up,
//! since a run words that by what became of the target. A missile therefore ends without a place of
//! its own and without a reason. Scenario title, question and variant stay away as well: they are the
//! author's words, and the author knows the truth.

use std::collections::BTreeMap;

use redan_geo::{EnuVelocity, Geodetic, Time};
use redan_record::explain::words;
use redan_record::{EngagementEnd, Event, NetworkId, RadarId, Recording, What};
use redan_track::{Basis, DropReason, Identity, PlotId, Reply, TrackId};

use super::cast::Cast;
use super::fire::{Fire, LaunchNote, OrderNote, SURVIVED};
use super::replies;
use super::sites::{self, Sites};
use super::{Deed, Exit, Heard, Kind, Scene, Standing, Thing, ThingId, about, end, in_order};
use crate::ExchangeError;
use crate::position::State;
use crate::utc::Utc;

/// The picture of the network of this name.
pub(super) fn scene(recording: &Recording, start: Utc, name: &str) -> Result<Scene, ExchangeError> {
    let network = find(recording, name)?;
    let roster = &recording.roster;
    let is_own = |index: u32| index == network.0;
    let mut cast = Cast::default();
    let sites = sites::enter(&mut cast, roster, Standing::Judged(Identity::Friend), is_own);
    let fire = Fire::new(roster, &sites);
    let (tracks, heard, replies) = (BTreeMap::new(), Vec::new(), own_replies(recording, network));
    let mut teller = Teller { network, sites: &sites, cast, fire, tracks, replies, heard };
    for event in in_order(recording) {
        teller.tell(&event);
    }
    Ok(Scene {
        view: format!("network:{name}"),
        title: format!("Picture of the network {name}"),
        question: String::new(),
        about: about(recording),
        start,
        planned: Time::ZERO + roster.duration,
        end: end(recording, &teller.cast.acts),
        things: teller.cast.things,
        acts: teller.cast.acts,
        engagements: teller.fire.engagements,
        reaches: sites::reaches(roster, is_own),
        replies: replies::answered(teller.heard.into_iter()),
        jams: Vec::new(),
        footprints: Vec::new(),
    })
}

/// Answers that the radars of a network heard, whoever gave them.
fn own_replies(recording: &Recording, network: NetworkId) -> BTreeMap<PlotId, Reply> {
    let radars = &recording.roster.radars;
    let is_own =
        |radar: RadarId| radars.get(radar.index()).is_some_and(|radar| radar.network == network.0);
    let replies = recording.events.iter().filter_map(|event| match event.what {
        What::Plotted { radar, plot, .. } if is_own(radar) && replies::says(plot.reply) => {
            Some((plot.id, plot.reply))
        }
        _ => None,
    });
    replies.collect()
}

/// The network of a name, or those that there are.
pub(super) fn find(recording: &Recording, name: &str) -> Result<NetworkId, ExchangeError> {
    let networks = &recording.roster.networks;
    let index = networks.iter().position(|network| network.name == name);
    index.map(|index| NetworkId(index as u32)).ok_or_else(|| {
        let names: Vec<String> = networks.iter().map(|each| format!("`{}`", each.name)).collect();
        let known = match names.as_slice() {
            [] => "it has none: take the view `truth`".to_owned(),
            names => format!("its networks are {}", names.join(", ")),
        };
        ExchangeError::UnknownNetwork { name: name.to_owned(), known }
    })
}

struct Teller<'a> {
    network: NetworkId,
    sites: &'a Sites,
    cast: Cast,
    fire: Fire<'a>,
    tracks: BTreeMap<TrackId, Held>,
    /// Answers that came with plots.
    replies: BTreeMap<PlotId, Reply>,
    /// Those that came with plots of a track.
    heard: Vec<Heard>,
}

/// A track as the network has it.
struct Held {
    last: Option<(Geodetic, EnuVelocity)>,
    standing: Standing,
    /// From its confirmation on.
    thing: Option<ThingId>,
}

impl Teller<'_> {
    fn tell(&mut self, event: &Event) {
        let at = event.at;
        match event.what {
            What::TrackUpdated { network, .. }
            | What::TrackConfirmed { network, .. }
            | What::TrackDropped { network, .. }
            | What::Identified { network, .. }
                if network == self.network =>
            {
                self.tell_track(event);
            }
            What::Ordered { network, engagement, track, unit, interceptor, rounds, .. }
                if network == self.network =>
            {
                let target = self.thing(track);
                let track = (network, track);
                let note = OrderNote { engagement, track, target, unit, interceptor, rounds };
                self.fire.order(&mut self.cast, at, &note);
            }
            What::Radiates { radar, on } => self.sites.switch(&mut self.cast, at, radar, on),
            What::Acquired { engagement, radar, .. } => {
                self.fire.acquire(&mut self.cast, at, engagement, radar);
            }
            What::Launched { engagement, missile, launcher, interceptor, .. } => {
                let track = self.fire.track(engagement);
                let target = track.and_then(|(_, track)| self.thing(track));
                let note = LaunchNote { engagement, missile, launcher, interceptor };
                self.fire.launch(&mut self.cast, at, &note, target);
            }
            What::MissileMoved { missile, place, speed_m_s } => {
                self.fire.missile_moves(&mut self.cast, at, (missile, place, speed_m_s));
            }
            What::Aborted { missile, .. } | What::Resolved { missile, .. } => {
                self.fire.missile_ends(&mut self.cast, at, missile, "end of flight".to_owned());
            }
            What::Assessed { engagement, killed } => {
                self.fire.assess(&mut self.cast, at, engagement, killed);
            }
            What::EngagementEnded { engagement, end } => {
                self.fire.end(&mut self.cast, at, engagement, end_words(&end).to_owned());
            }
            _ => {}
        }
    }

    fn tell_track(&mut self, event: &Event) {
        match event.what {
            What::TrackUpdated { track, plot, place, velocity, .. } => {
                let held = self.held(track);
                held.last = Some((place, velocity));
                self.show(event, track);
                if let (Some(thing), Some(reply)) = (self.thing(track), self.replies.get(&plot)) {
                    self.heard.push(Heard { at: event.at, thing, reply: *reply });
                }
            }
            What::TrackConfirmed { track, .. } => self.confirm(event, track),
            What::Identified { track, identity, basis, .. } => {
                self.judge(event, track, identity, basis);
            }
            What::TrackDropped { track, reason, .. } => self.drop(event, track, reason),
            _ => {}
        }
    }

    fn confirm(&mut self, event: &Event, track: TrackId) {
        let standing = self.held(track).standing;
        if self.thing(track).is_some() {
            return;
        }
        let thing = self.cast.add(track_thing(track, standing));
        self.held(track).thing = Some(thing);
        self.show(event, track);
        self.cast.says(event.at, thing, "track confirmed");
    }

    fn judge(&mut self, event: &Event, track: TrackId, identity: Identity, basis: Basis) {
        let standing = Standing::Judged(identity);
        let held = self.held(track);
        held.standing = standing;
        if let Some(thing) = held.thing {
            let note = format!("judged {}: {}", identity.word(), basis.words());
            self.cast.act(event.at, thing, Deed::Judged(standing), note);
        }
    }

    fn drop(&mut self, event: &Event, track: TrackId, reason: DropReason) {
        if let Some(thing) = self.tracks.remove(&track).and_then(|held| held.thing) {
            let note = format!("track dropped: {}", words::drop_reason(reason));
            self.cast.leaves(event.at, thing, Exit::Gone, note);
        }
    }

    /// Tells the place of a track that is part of the picture.
    fn show(&mut self, event: &Event, track: TrackId) {
        let held = self.held(track);
        if let (Some(thing), Some((place, velocity))) = (held.thing, held.last) {
            self.cast.moves(event.at, thing, place, |position| State::moving(position, velocity));
        }
    }

    fn held(&mut self, track: TrackId) -> &mut Held {
        let standing = Standing::Judged(Identity::Pending);
        self.tracks.entry(track).or_insert(Held { last: None, standing, thing: None })
    }

    fn thing(&self, track: TrackId) -> Option<ThingId> {
        self.tracks.get(&track).and_then(|held| held.thing)
    }
}

fn track_thing(track: TrackId, standing: Standing) -> Thing {
    Thing {
        kind: Kind::Track,
        name: format!("track {}", track.0),
        standing,
        type_name: None,
        card: None,
        group: None,
        parent: None,
        target: None,
        place: None,
        range_m: None,
        reach_m: None,
    }
}

/// How an engagement ended, without what the engagement radar's sight was in truth.
fn end_words(end: &EngagementEnd) -> &'static str {
    match end {
        EngagementEnd::KillCalled => "target called destroyed",
        EngagementEnd::TargetSurvived => SURVIVED,
        EngagementEnd::NotAcquired { .. } => "target not acquired",
        EngagementEnd::NotFeasible { .. } => "no launch possible",
        EngagementEnd::TrackLost => "track lost before a launch",
        EngagementEnd::RunEnded => "the run ended",
    }
}
