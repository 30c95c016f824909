//! No round is fired by a unit that lacks the rounds, the channel, the envelope or the authority; and
//! no scenario that passes its checks makes a run panic. Random raids against random defences.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{battle, beginning, quick};
use proptest::prelude::*;
use redan_command::{InterceptorId, UnitId};
use redan_geo::{LocalFrame, Span, Time, wrap_pi_rad};
use redan_record::{AircraftId, EngagementId, Event, Full, LauncherId, MissileId, NetworkId, What};
use redan_sim::Battle;
use redan_sim::engine::Engine;
use redan_sim::world::World;
use redan_track::{Identity, TrackId};

/// A defence by what limits it, and who comes.
#[derive(Clone, Debug)]
struct Plan {
    weapons: &'static str,
    silence_means: &'static str,
    salvo: u32,
    target_channels: u32,
    missile_channels: u32,
    sector_deg: u32,
    /// Launchers with the long missile and with the short one, and rounds on each.
    long: (u32, u32),
    short: (u32, u32),
    second_unit: bool,
    engage_approaching: bool,
    raid: Vec<Raid>,
}

#[derive(Clone, Debug)]
struct Raid {
    card: &'static str,
    side: &'static str,
    count: u32,
    bearing_deg: f64,
    range_km: f64,
    height_m: f64,
    speed_m_s: f64,
    start_s: f64,
}

fn raid() -> impl Strategy<Value = Raid> {
    let who = prop_oneof![
        4 => Just(("Su-24", "hostile")),
        3 => Just(("cruise missile", "hostile")),
        1 => Just(("one-way drone", "hostile")),
        1 => Just(("F-16", "friendly")),
    ];
    let place = (0.0..360.0, 25.0..140.0, prop_oneof![30.0..300.0, 1_000.0..14_000.0]);
    (who, 1..5_u32, place, 60.0..700.0, 0.0..60.0).prop_map(
        |(who, count, place, speed_m_s, start_s)| {
            let (bearing_deg, range_km, height_m) = place;
            let (card, side) = who;
            Raid { card, side, count, bearing_deg, range_km, height_m, speed_m_s, start_s }
        },
    )
}

fn plan() -> impl Strategy<Value = Plan> {
    let rules = (
        prop_oneof![8 => Just("free"), 4 => Just("tight"), 1 => Just("hold")],
        prop_oneof![4 => Just("hostile"), 1 => Just("suspect"), 1 => Just("unknown")],
        any::<bool>(),
    );
    let means = (1..4_u32, 1..4_u32, 1..6_u32, 20..120_u32, any::<bool>());
    let loads = ((1..4_u32, 1..5_u32), (0..3_u32, 1..4_u32));
    (rules, means, loads, prop::collection::vec(raid(), 2..5)).prop_map(
        |(rules, means, (long, short), raid)| {
            let (weapons, silence_means, engage_approaching) = rules;
            let (salvo, target_channels, missile_channels, sector_deg, second_unit) = means;
            Plan {
                weapons,
                silence_means,
                salvo,
                target_channels,
                missile_channels,
                sector_deg,
                long,
                short,
                second_unit,
                engage_approaching,
                raid,
            }
        },
    )
}

impl Plan {
    fn text(&self) -> String {
        let unit = |name: &str, lat_deg: f64| {
            let ((long, rounds), (short, packs)) = (self.long, self.short);
            format!(
                r#"
[[unit]]
name = "{name}"
card = "s-400/battalion"
at = [{lat_deg}, 32.57]
network = "national"
loads = [
    {{ missile = "s-400/48n6e3", launchers = {long}, rounds = {rounds} }},
    {{ missile = "s-400/9m96e2", launchers = {short}, rounds = {packs} }},
]
"#
            )
        };
        let second = if self.second_unit { unit("Second", 40.25) } else { String::new() };
        let raid: String = (0..).zip(&self.raid).map(|(index, raid)| raid.text(index)).collect();
        format!(
            r#"
title = "Random"
question = "Does anybody fire what he does not have?"
start = 2026-05-12T04:00:00Z
duration_min = 4
[[network]]
name = "national"
weapons = "{}"
salvo = {}
silence_means = "{}"
engage_approaching = {}
reads = ["civil", "mode5"]
{}{second}
[[asset]]
name = "Ankara"
at = [40.0, 32.8]
radius_km = 20
[figures."s-400/92n6e"]
target_channels = {}
missile_channels = {}
azimuth_coverage = {}
[figures."s-400/55k6e"]
identification_time = 5
{}{raid}"#,
            self.weapons,
            self.salvo,
            self.silence_means,
            self.engage_approaching,
            unit("First", 40.08),
            self.target_channels,
            self.missile_channels,
            self.sector_deg,
            boundless(),
        )
    }
}

/// Every type flies at any height and speed of a raid: the defence is on trial here, not the cards.
fn boundless() -> String {
    let cards = ["su-24", "cruise-missile-subsonic", "drone-one-way", "f-16"];
    let figures = "max_altitude = 14000\nmax_speed = 700\nmin_speed = 60\n";
    cards.map(|card| format!("[figures.\"air/{card}\"]\n{figures}")).concat()
}

impl Raid {
    fn text(&self, index: usize) -> String {
        let home = LocalFrame::new(redan_geo::Geodetic::from_degrees(40.0, 32.8, 0.0));
        let away = redan_geo::Aer {
            azimuth_rad: self.bearing_deg.to_radians(),
            elevation_rad: 0.0,
            range_m: self.range_km * 1_000.0,
        };
        let from = home.ecef_of_aer(away).to_geodetic();
        format!(
            r#"
[[flight]]
name = "raid {index}"
card = "{}"
side = "{}"
count = {}
spacing_m = 800
target = "Ankara"
transponder = [{}]
start_s = {}
route = [
    {{ at = [{}, {}], agl_m = {}, speed_m_s = {} }},
    {{ at = [40.0, 32.8] }},
]
"#,
            self.card,
            self.side,
            self.count,
            if self.side == "friendly" { "\"mode5\"" } else { "" },
            self.start_s,
            from.lat_deg(),
            from.lon_deg(),
            self.height_m,
            self.speed_m_s,
        )
    }
}

proptest! {
    #![proptest_config(quick(24))]

    #[test]
    fn no_unit_fires_what_it_does_not_have(plan in plan(), seed in any::<u64>()) {
        play_and_audit(&battle(&plan.text()), seed);
    }
}

/// A defence that is short of everything against eight at once from two sides.
#[test]
fn a_saturated_unit_keeps_within_its_means() {
    let raid = |bearing_deg| Raid {
        card: "Su-24",
        side: "hostile",
        count: 4,
        bearing_deg,
        range_km: 70.0,
        height_m: 5_000.0,
        speed_m_s: 250.0,
        start_s: 0.0,
    };
    let plan = Plan {
        weapons: "free",
        silence_means: "suspect",
        salvo: 2,
        target_channels: 2,
        missile_channels: 3,
        sector_deg: 40,
        long: (2, 2),
        short: (1, 1),
        second_unit: false,
        engage_approaching: false,
        raid: vec![raid(20.0), raid(140.0)],
    };
    let totals = play_and_audit(&battle(&plan.text()), 3);
    // The means were used to their limits, so that the limits were put to the test.
    assert_eq!(totals, Totals { launched: 5, most_targets: 2, most_missiles: 3 });
}

/// How far a defence went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Totals {
    launched: u32,
    most_targets: u32,
    most_missiles: u32,
}

/// Plays a battle one decision at a time, and holds its events and its world against the rules.
fn play_and_audit(battle: &Battle, seed: u64) -> Totals {
    let cycle = Span::from_secs(battle.scenario.networks[0].post.decision_cycle_s);
    let mut audit = Audit::new(battle);
    let mut fork = beginning(battle, seed, 0);
    let mut until = Time::ZERO;
    while until < battle.end() {
        until = (until + cycle).min(battle.end());
        let mut step = Full::default();
        let mut engine = Engine::resume(battle, fork.clone(), seed, 0, &mut step);
        engine.run_until(until);
        fork = engine.world().clone();
        step.events.iter().for_each(|event| audit.take(event));
        audit.hold_against(&fork, &step.events);
    }
    audit.totals
}

/// An engagement as its events tell it.
struct Open {
    unit: usize,
    track: TrackId,
    interceptor: InterceptorId,
    rounds: u32,
    launched: u32,
    ordered: Time,
}

/// What the events so far say, and the rules that they must keep.
struct Audit<'a> {
    battle: &'a Battle,
    open: BTreeMap<EngagementId, Open>,
    flying: BTreeMap<MissileId, usize>,
    fired: BTreeMap<(LauncherId, InterceptorId), u32>,
    last_launch: BTreeMap<usize, (Time, LauncherId)>,
    identities: BTreeMap<(NetworkId, TrackId), Identity>,
    gone: BTreeSet<AircraftId>,
    ended: BTreeSet<EngagementId>,
    totals: Totals,
}

impl<'a> Audit<'a> {
    fn new(battle: &'a Battle) -> Self {
        Audit {
            battle,
            open: BTreeMap::new(),
            flying: BTreeMap::new(),
            fired: BTreeMap::new(),
            last_launch: BTreeMap::new(),
            identities: BTreeMap::new(),
            gone: BTreeSet::new(),
            ended: BTreeSet::new(),
            totals: Totals::default(),
        }
    }

    fn take(&mut self, event: &Event) {
        match event.what {
            What::Identified { network, track, identity, .. } => {
                self.identities.insert((network, track), identity);
            }
            What::Ordered { .. } => self.ordered(event),
            What::Launched { .. } => self.launched(event),
            What::Resolved { missile, .. } | What::Aborted { missile, .. } => {
                assert!(self.flying.remove(&missile).is_some(), "{event:?}: it ended before");
            }
            What::EngagementEnded { engagement, .. } => {
                assert!(self.open.remove(&engagement).is_some(), "{event:?}: it ended before");
                assert!(self.ended.insert(engagement));
            }
            What::Destroyed { aircraft, .. } | What::Left { aircraft } => {
                assert!(self.gone.insert(aircraft), "{event:?}: it was gone before");
            }
            What::Look { aircraft, .. } | What::Moved { aircraft, .. } => {
                assert!(!self.gone.contains(&aircraft), "{event:?}: it was gone before");
            }
            _ => {}
        }
    }

    fn ordered(&mut self, event: &Event) {
        let What::Ordered {
            network,
            engagement,
            track,
            unit,
            interceptor,
            rounds,
            intercept_range_m,
            ..
        } = event.what
        else {
            unreachable!("called for orders");
        };
        let rules = &self.battle.scenario.networks[network.index()];
        let identity = self.identities.get(&(network, track)).copied();
        let permitted = identity.is_some_and(|identity| rules.weapons.permits(identity));
        assert!(permitted, "{event:?} at {identity:?} with weapons {:?}", rules.weapons);
        let doubly = self.open.values().any(|open| open.track == track);
        assert!(!doubly, "{event:?}: the track is engaged already");
        assert!((1..=rules.firing.salvo).contains(&rounds), "{event:?}");
        self.assert_in_reach(event, interceptor, intercept_range_m);
        let unit = unit.0 as usize;
        let open = Open { unit, track, interceptor, rounds, launched: 0, ordered: event.at };
        self.open.insert(engagement, open);
        let targets = self.open.values().filter(|open| open.unit == unit).count() as u32;
        let radar = &self.battle.scenario.radars[self.battle.scenario.units[unit].radar];
        assert!(targets <= radar.figures.target_channels, "{event:?}: {targets} at once");
        self.totals.most_targets = self.totals.most_targets.max(targets);
    }

    fn launched(&mut self, event: &Event) {
        let What::Launched {
            engagement, missile, launcher, interceptor, intercept_range_m, ..
        } = event.what
        else {
            unreachable!("called for launches");
        };
        let scenario = &self.battle.scenario;
        let open = self.open.get_mut(&engagement).expect("only an open engagement fires");
        open.launched += 1;
        assert!(open.launched <= open.rounds, "{event:?}: more than ordered");
        assert_eq!(open.interceptor, interceptor, "{event:?}");
        assert_eq!(scenario.launchers[launcher.index()].unit, open.unit, "{event:?}");
        let post = &scenario.networks[scenario.units[open.unit].network].post;
        let ready = open.ordered + Span::from_secs(post.reaction_time_s);
        assert!(event.at >= ready, "{event:?}: before the reaction time is over");
        let unit = open.unit;
        if let Some((last, by)) = self.last_launch.insert(unit, (event.at, launcher)) {
            let interval_s = scenario.launchers[by.index()].figures.launch_interval_s;
            assert!(event.at >= last + Span::from_secs(interval_s), "{event:?}: too soon");
        }
        self.assert_in_reach(event, interceptor, intercept_range_m);
        self.assert_loaded(event, launcher, interceptor);
        assert!(self.flying.insert(missile, unit).is_none());
        let missiles = self.flying.values().filter(|of| **of == unit).count() as u32;
        let radar = &scenario.radars[scenario.units[unit].radar];
        assert!(missiles <= radar.figures.missile_channels, "{event:?}: {missiles} in flight");
        self.totals.most_missiles = self.totals.most_missiles.max(missiles);
        self.totals.launched += 1;
    }

    /// The farthest of the published limits; the nearest is one of slant range, and events tell the
    /// range over ground.
    fn assert_in_reach(&self, event: &Event, interceptor: InterceptorId, range_m: f64) {
        let reach_m = self.figures(interceptor).max_range_m;
        assert!((0.0..=reach_m).contains(&range_m), "{event:?}: beyond {reach_m} m");
    }

    fn figures(&self, interceptor: InterceptorId) -> &redan_sim::card::Missile {
        &self.battle.scenario.interceptors[interceptor.0 as usize].figures
    }

    fn assert_loaded(&mut self, event: &Event, launcher: LauncherId, interceptor: InterceptorId) {
        let load = &self.battle.scenario.launchers[launcher.index()].load;
        let loaded: u32 = load
            .iter()
            .filter(|(kind, _)| *kind == interceptor.0 as usize)
            .map(|(_, rounds)| rounds)
            .sum();
        let fired = self.fired.entry((launcher, interceptor)).or_default();
        *fired += 1;
        assert!(*fired <= loaded, "{event:?}: round {fired} of {loaded}");
    }

    /// The world at a decision must agree with what its events said, and keep the rules of which the
    /// events alone do not tell.
    fn hold_against(&self, world: &World, step: &[Event]) {
        for unit in 0..world.units.len() {
            let figures = &self.radar(unit).figures;
            let open = world.units[unit].engagements.iter();
            let open = open.map(|engagement| &world.engagements[engagement.index()]);
            let guided: u32 =
                open.clone().map(|engagement| engagement.flying + engagement.to_launch).sum();
            assert!(guided <= figures.missile_channels, "{guided} missiles of unit {unit}");
            let told = self.open.values().filter(|open| open.unit == unit).count();
            assert_eq!(open.count(), told, "engagements of unit {unit}");
        }
        for (index, launcher) in world.launchers.iter().enumerate() {
            for (left, (kind, loaded)) in
                launcher.load.iter().zip(&self.battle.scenario.launchers[index].load)
            {
                let key = (LauncherId(index as u32), InterceptorId(*kind as u32));
                let fired = self.fired.get(&key).copied().unwrap_or(0);
                assert_eq!(left.1 + fired, *loaded, "rounds of launcher {index}");
            }
        }
        let now = step.iter().filter(|event| event.at == world.now);
        now.for_each(|event| self.assert_in_sector(world, event));
        step.iter().for_each(|event| self.assert_in_envelope(world, event));
    }

    /// A missile leaves for a place within the nearest range and the altitudes. Only those that were not
    /// yet guided on are looked at: their aim is still that of the launch.
    fn assert_in_envelope(&self, world: &World, event: &Event) {
        let What::Launched { missile, interceptor, intercept_range_m, .. } = event.what else {
            return;
        };
        let missile = &world.missiles[missile.index()];
        if missile.generation > 0 {
            return;
        }
        let figures = self.figures(interceptor);
        let height_m = missile.aim.height_m;
        let slant_m = (intercept_range_m * intercept_range_m + height_m * height_m).sqrt();
        assert!(slant_m >= figures.min_range_m, "{event:?}: {slant_m} m");
        let heights_m = figures.min_altitude_m - 1e-3..=figures.max_altitude_m + 1e-3;
        assert!(heights_m.contains(&height_m), "{event:?}: {height_m} m high");
    }

    /// An order for a radar that is bound by another engagement lies in its sector, as the command
    /// believes the target to be at the launch.
    fn assert_in_sector(&self, world: &World, event: &Event) {
        let What::Ordered { network, engagement, track, unit: UnitId(unit), .. } = event.what
        else {
            return;
        };
        let unit = unit as usize;
        if !world.units[unit].engagements.iter().any(|other| *other < engagement) {
            return;
        }
        let network = network.index();
        let tracks = world.networks[network].tracker.as_dyn().tracks();
        let track = tracks.iter().find(|held| held.id == track).expect("the track is held");
        let post = &self.battle.scenario.networks[network].post;
        let launch = event.at + Span::from_secs(post.reaction_time_s);
        let there = self.battle.frames[network].ecef(track.kinematics.position_at(launch));
        let radar = self.radar(unit);
        let azimuth_rad = LocalFrame::new(radar.antenna).aer(there).azimuth_rad;
        let off_rad = wrap_pi_rad(azimuth_rad - world.units[unit].facing_rad).abs();
        assert!(off_rad <= radar.figures.azimuth_coverage_rad / 2.0 + 1e-9, "{event:?}: {off_rad}");
    }

    fn radar(&self, unit: usize) -> &redan_sim::scenario::Radar {
        &self.battle.scenario.radars[self.battle.scenario.units[unit].radar]
    }
}
