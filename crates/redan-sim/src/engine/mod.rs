//! The engine: one time-ordered queue of a closed `enum` [`Due`], and one `match`.
//!
//! [`run`] is a pure function of battle, seed and replication. The path of one datum:
//! `Turn` → `Look` (the radar looks at truth through the environment) → plot → `Sector` → `Deliver`
//! (after the network's delay) → the tracker → identification → `Decide` → order, checked again
//! against channels, rounds, envelope and rules → `Dwell` (the engagement radar finds the target)
//! → `Launch` → `Guide` while the track lives → `Resolve` → `Assess`.
//!
//! One file per stage: `life` (aircraft come and go), `search`, `receive` (jamming and emissions),
//! `interrogate`, `plots`, `picture`, `evidence`, `decide`, `consent`, `engage`, `missile`, `transfer`.

mod battle;
mod consent;
mod decide;
mod engage;
mod evidence;
mod interrogate;
mod life;
mod missile;
mod picture;
mod plots;
mod receive;
mod search;
mod settings;
mod start;
mod transfer;

pub use settings::Zones;

pub use battle::{Battle, BattleError, Names};

use std::cell::Cell;

use redan_geo::Time;
use redan_record::{EventId, Recorder, What};

use crate::draw::Luck;
use crate::model::motion::State;
use crate::world::{Due, World};

/// Runs one replication of a battle from its start to its end. Equal arguments give equal events, bit
/// for bit; nothing can fail, since a [`Battle`] is made from a checked scenario.
pub fn run<R: Recorder>(battle: &Battle, seed: u64, replication: u64, recorder: &mut R) {
    let mut engine = Engine::new(battle, seed, replication, recorder);
    engine.run_until(battle.end());
    engine.finish();
}

impl Battle {
    /// When a run of it ends.
    pub fn end(&self) -> Time {
        Time::ZERO + self.scenario.duration
    }
}

/// A battle under way.
pub struct Engine<'a, R: Recorder> {
    battle: &'a Battle,
    luck: Luck,
    world: World,
    recorder: &'a mut R,
    /// Where each aircraft was when that was last asked, and when: a dwell asks four times for one moment.
    states: Vec<Cell<Option<(Time, State)>>>,
}

impl<'a, R: Recorder> Engine<'a, R> {
    /// A battle at its beginning.
    pub fn new(battle: &'a Battle, seed: u64, replication: u64, recorder: &'a mut R) -> Self {
        let world = World::new(battle, &Luck::new(seed, replication));
        Engine::resume(battle, world, seed, replication, recorder)
    }

    /// A battle that goes on from a world that was forked from another run.
    pub fn resume(
        battle: &'a Battle,
        world: World,
        seed: u64,
        replication: u64,
        recorder: &'a mut R,
    ) -> Self {
        let states = vec![Cell::new(None); battle.routes.len()];
        Engine { battle, luck: Luck::new(seed, replication), world, recorder, states }
    }

    /// The world as it stands; clone it to fork the battle.
    pub fn world(&self) -> &World {
        &self.world
    }

    /// The world as it stands, to be kept; [`Engine::resume`] goes on from it.
    pub fn into_world(self) -> World {
        self.world
    }

    /// Carries out everything that is due before or at `until`. Time never runs back: a moment that has
    /// passed changes nothing.
    pub fn run_until(&mut self, until: Time) {
        self.run_while(until, |_| true);
    }

    /// The same, but `goes_on` is asked about each thing that is due before it is carried out; on the first
    /// `false` the battle stops there. Whether it came to `until`.
    pub fn run_while(&mut self, until: Time, mut goes_on: impl FnMut(&Due) -> bool) -> bool {
        while let Some((time, due)) = self.world.queue.next() {
            if time > until {
                break;
            }
            if !goes_on(due) {
                return false;
            }
            if let Some((time, due)) = self.world.queue.pop() {
                self.world.now = time;
                self.carry_out(due);
            }
        }
        self.world.now = self.world.now.max(until);
        true
    }

    /// Closes the engagements that are open and records the end.
    pub fn finish(&mut self) {
        self.end_open_engagements();
        self.emit(None, What::Ended);
    }

    fn carry_out(&mut self, due: Due) {
        match due {
            Due::Appear(aircraft) => self.appear(aircraft),
            Due::Arrive(aircraft) => self.arrive(aircraft),
            Due::Leave(aircraft) => self.leave(aircraft),
            Due::Sample => self.sample(),
            Due::Radiate(radar, on) => self.radiate(radar, on),
            Due::Turn(radar) => self.turn(radar),
            Due::Look(radar, aircraft) => self.look(radar, aircraft),
            Due::FalsePlot(radar, measured) => self.false_plot(radar, measured),
            Due::Sector(radar) => self.sector(radar),
            Due::Dwell(engagement) => self.dwell(engagement),
            Due::Deliver(network, scan) => self.deliver(network, &scan),
            Due::Decide(network) => self.decide(network),
            Due::Launch(engagement) => self.launch(engagement),
            Due::Guide(missile) => self.guide(missile),
            Due::Resolve(missile, generation) => self.resolve(missile, generation),
            Due::Assess(engagement) => self.assess(engagement),
        }
    }

    /// Records an event of this moment and returns its number.
    fn emit(&mut self, cause: Option<EventId>, what: What) -> EventId {
        let id = EventId(self.world.next_event);
        self.world.next_event += 1;
        self.recorder.record(&redan_record::Event { id, cause, at: self.world.now, what });
        id
    }

    /// Enters what is to happen. Whatever should have happened before now happens now, so that time
    /// never runs back.
    fn push(&mut self, at: Time, due: Due) {
        self.world.queue.push(at.max(self.world.now), due);
    }
}
