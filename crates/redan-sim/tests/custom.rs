//! Trackers and doctrines of a researcher's own: they work as those that redan ships, and nothing that they
//! say makes a unit do what it cannot, or a run fail.

mod common;

use std::collections::BTreeSet;

use common::{beginning, of_kind, play, usual};
use redan_command::{
    AnyDoctrine, Decision, Doctrine, Fire, Firing, Intercept, InterceptorId, Order, Reason,
    Settings, Situation, Threat, UnitId, Withheld,
};
use redan_geo::{Enu, Time};
use redan_record::digest::digest_of;
use redan_record::{AircraftId, Full, Kind, Measures, Recording, What, explain};
use redan_sim::engine::Engine;
use redan_sim::world::World;
use redan_track::{
    AnyTracker, DropReason, Identity, NearestNeighbour, PlotId, Scan, Track, TrackChange, TrackId,
    Tracker,
};

const SEED: u64 = 21;

/// The usual battle with another doctrine or tracker in its network.
fn play_with(change: impl FnOnce(&mut World)) -> Recording {
    let battle = usual();
    let mut world = beginning(battle, SEED, 0);
    change(&mut world);
    let mut full = Full::default();
    let mut engine = Engine::resume(battle, world, SEED, 0, &mut full);
    engine.run_until(battle.end());
    engine.finish();
    Recording { roster: battle.roster(), seed: SEED, replication: 0, events: full.events }
}

fn play_doctrine(doctrine: impl Doctrine + 'static) -> Recording {
    play_with(|world| world.networks[0].doctrine = AnyDoctrine::Custom(Box::new(doctrine)))
}

fn nearest() -> NearestNeighbour {
    let battle = usual();
    NearestNeighbour::new(battle.frames[0], battle.sensors[0].clone(), Default::default())
}

/// The doctrine that ships, from outside.
#[derive(Clone)]
struct Borrowed(Firing);

impl Doctrine for Borrowed {
    fn decide(&mut self, situation: &Situation<'_>) -> Decision {
        self.0.decide(situation)
    }

    fn boxed_clone(&self) -> Box<dyn Doctrine> {
        Box::new(self.clone())
    }
}

#[test]
fn a_doctrine_from_outside_does_what_the_same_one_inside_does() {
    let shipped = play(usual(), SEED, 0);
    assert!(!of_kind(&shipped, Kind::Ordered).is_empty());
    let salvo = usual().scenario.networks[0].firing.salvo;
    let custom =
        play_doctrine(Borrowed(Firing::new(Fire::ShootLookShoot, Settings::of_salvo(salvo))));
    assert_eq!(digest_of(&custom.events), digest_of(&shipped.events));
}

/// The tracker that ships, from outside.
#[derive(Clone)]
struct Wrapped(NearestNeighbour);

impl Tracker for Wrapped {
    fn ingest(&mut self, scan: &Scan, changes: &mut Vec<TrackChange>) {
        self.0.ingest(scan, changes);
    }

    fn advance(&mut self, now: Time, changes: &mut Vec<TrackChange>) {
        self.0.advance(now, changes);
    }

    fn tracks(&self) -> &[Track] {
        self.0.tracks()
    }

    fn tracks_mut(&mut self) -> &mut [Track] {
        self.0.tracks_mut()
    }

    fn boxed_clone(&self) -> Box<dyn Tracker> {
        Box::new(self.clone())
    }
}

#[test]
fn a_tracker_from_outside_does_what_the_same_one_inside_does() {
    let shipped = play(usual(), SEED, 0);
    let custom = play_with(|world| {
        world.networks[0].tracker = AnyTracker::Custom(Box::new(Wrapped(nearest())));
    });
    assert_eq!(digest_of(&custom.events), digest_of(&shipped.events));
}

/// Orders that no unit can or may carry out.
#[derive(Clone)]
struct Nonsense;

const NOBODY: UnitId = UnitId(999);
const NOTHING: TrackId = TrackId(u64::MAX);

fn order(track: TrackId, unit: UnitId, interceptor: u32, rounds: u32) -> Order {
    let never = Intercept {
        time_s: f64::NAN,
        range_m: -1.0,
        altitude_m: f64::INFINITY,
        speed_m_s: 0.0,
        position: Enu::default(),
    };
    Order { track, unit, interceptor: InterceptorId(interceptor), rounds, intercept: never }
}

impl Doctrine for Nonsense {
    fn decide(&mut self, situation: &Situation<'_>) -> Decision {
        let own = situation.units[0].id;
        let mut orders = vec![order(NOTHING, own, 0, 1), order(NOTHING, NOBODY, 9, 0)];
        let mut withheld = vec![Withheld { track: NOTHING, unit: None, reason: Reason::NoUnit }];
        let mut threats = Vec::new();
        for track in situation.tracks {
            orders.push(order(track.id, NOBODY, 0, 1));
            orders.push(order(track.id, own, 0, 1_000));
            orders.push(order(track.id, own, 99, 1));
            orders.push(order(track.id, own, 1, 0));
            if track.confirmed.is_none() || track.identity == Identity::Neutral {
                orders.push(order(track.id, own, 1, 1));
            }
            withheld.push(Withheld {
                track: track.id,
                unit: Some(NOBODY),
                reason: Reason::OutOfReach { short_by_m: f64::NAN },
            });
            threats.push(Threat {
                track: track.id,
                asset: Some(999),
                time_to_go_s: f64::NAN,
                miss_m: -1.0,
                weight: f64::INFINITY,
            });
        }
        Decision { threats, orders, withheld }
    }

    fn boxed_clone(&self) -> Box<dyn Doctrine> {
        Box::new(self.clone())
    }
}

#[test]
fn nonsense_is_refused_and_nothing_else_comes_of_it() {
    let recording = play_doctrine(Nonsense);
    for kind in [Kind::Ordered, Kind::Acquired, Kind::Launched] {
        assert_eq!(of_kind(&recording, kind).len(), 0, "{}", kind.word());
    }
    let mut told = BTreeSet::new();
    for event in of_kind(&recording, Kind::Refused) {
        let What::Refused { reason, track, .. } = event.what else { continue };
        assert_eq!(event.cause.is_none(), track == NOTHING, "{event:?}");
        told.insert(format!("{reason:?}").split(' ').next().unwrap_or_default().to_owned());
    }
    let wanted = ["Coasting", "Identity", "NoRounds", "NoThreat", "NoUnit"].map(str::to_owned);
    assert_eq!(told, BTreeSet::from(wanted));
}

#[test]
fn a_recording_of_nonsense_can_be_told() {
    let recording = play_doctrine(Nonsense);
    for aircraft in 0..recording.roster.aircraft.len() as u32 {
        assert!(!explain::answer(&recording, AircraftId(aircraft)).is_empty());
        let timeline = explain::timeline(&recording, AircraftId(aircraft));
        assert!(timeline.flew().as_secs() > 0.0);
    }
    assert_eq!(Measures::of(&recording).rounds_fired(), 0);
}

/// Says everything twice, and lies about where the missile will meet its target.
#[derive(Clone)]
struct Stutterer(Firing);

impl Doctrine for Stutterer {
    fn decide(&mut self, situation: &Situation<'_>) -> Decision {
        let mut decision = self.0.decide(situation);
        let lie = |order: Order| Order { intercept: order_of_nothing(), ..order };
        let lies = decision.orders.iter().map(|good| lie(*good));
        decision.orders = lies.flat_map(|order| [order, order]).collect();
        decision
    }

    fn boxed_clone(&self) -> Box<dyn Doctrine> {
        Box::new(self.clone())
    }
}

fn order_of_nothing() -> Intercept {
    order(NOTHING, NOBODY, 0, 0).intercept
}

#[test]
fn an_order_is_obeyed_once_and_recorded_with_figures_of_the_check() {
    let shipped = play(usual(), SEED, 0);
    let salvo = usual().scenario.networks[0].firing.salvo;
    let recording =
        play_doctrine(Stutterer(Firing::new(Fire::ShootLookShoot, Settings::of_salvo(salvo))));
    let bare = |recording: &Recording, kind| -> Vec<What> {
        of_kind(recording, kind).iter().map(|event| event.what).collect()
    };
    assert_eq!(bare(&recording, Kind::Ordered), bare(&shipped, Kind::Ordered));
    assert_eq!(bare(&recording, Kind::Destroyed), bare(&shipped, Kind::Destroyed));
    let refused = of_kind(&recording, Kind::Refused);
    assert_eq!(refused.len(), of_kind(&shipped, Kind::Ordered).len());
    let twice = |what: &What| matches!(what, What::Refused { reason: Reason::AlreadyEngaged, .. });
    assert!(refused.iter().all(|event| twice(&event.what)));
}

/// Reports plots that never were and tracks that it does not hold, and spoils those that it holds.
#[derive(Clone)]
struct Liar {
    honest: NearestNeighbour,
    spoiled: Vec<Track>,
}

impl Tracker for Liar {
    fn ingest(&mut self, scan: &Scan, changes: &mut Vec<TrackChange>) {
        let (nowhere, never) = (TrackId(1_000_000), PlotId(u64::MAX));
        self.honest.ingest(scan, changes);
        changes.push(TrackChange::Updated { track: nowhere, plot: never, nis_ratio: f64::NAN });
        changes.push(TrackChange::Confirmed { track: nowhere, plot: never });
        changes.push(TrackChange::Started { track: nowhere, plot: never });
        changes.push(TrackChange::Dropped { track: nowhere, reason: DropReason::NotSeen });
        self.spoiled = self.honest.tracks().to_vec();
        for (track, number) in self.spoiled.iter_mut().zip(0_u32..) {
            match number % 4 {
                0 => track.kinematics.mean[0] = f64::NAN,
                1 => track.kinematics.mean[5] = 1e30,
                2 => track.kinematics.covariance[(2, 2)] = f64::INFINITY,
                _ => {}
            }
            track.identity = Identity::Hostile;
        }
    }

    fn advance(&mut self, now: Time, changes: &mut Vec<TrackChange>) {
        self.honest.advance(now, changes);
    }

    fn tracks(&self) -> &[Track] {
        &self.spoiled
    }

    fn tracks_mut(&mut self) -> &mut [Track] {
        &mut self.spoiled
    }

    fn boxed_clone(&self) -> Box<dyn Tracker> {
        Box::new(self.clone())
    }
}

#[test]
fn a_tracker_that_reports_nonsense_does_not_break_the_run() {
    let liar = Liar { honest: nearest(), spoiled: Vec::new() };
    let recording =
        play_with(|world| world.networks[0].tracker = AnyTracker::Custom(Box::new(liar)));
    for (place, event) in recording.events.iter().enumerate() {
        assert_eq!(event.id.index(), place);
        assert!(event.cause.is_none_or(|cause| cause < event.id), "{event:?}");
    }
    assert!(recording.events.windows(2).all(|pair| pair[0].at <= pair[1].at));
    assert_eq!(recording.events.last().map(|event| event.what), Some(What::Ended));
}
