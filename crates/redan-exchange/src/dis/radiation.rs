//! What radars radiate and what transponders answer, as far as a recording tells.
//!
//! A recording has no frequencies, powers, pulses or sectors: they are 0, and a search beam is drawn all
//! round. Beams on targets point where the target is.

use std::f32::consts::{FRAC_PI_4, PI};

use redan_geo::Time;
use redan_track::{Answer, Mode, Reply};

use super::EntityId;
use super::emission::{Beam, BeamTarget, Emission, Emitter};
use super::iff::{Iff, PARAMETER_ON};
use super::types::emitter_name;
use crate::scene::{Kind, Thing, ThingId};

/// A beam that has turned by more is told anew: `EE_AZ_THRSH` and `EE_EL_THRSH` of IEEE 1278.1-2012.
const TURN_THRESHOLD_RAD: f32 = PI / 180.0;
/// Beams on targets in one message; all others are left out.
const MOST_BEAMS: usize = 16;

/// A target: who it is, and in which direction, if that is known.
pub(super) type Aim = (EntityId, Option<[f32; 2]>);

/// The beams of a radar.
#[derive(Clone, Debug, Default)]
pub(super) struct Emitting {
    pub(super) is_on: bool,
    is_for_fire: bool,
    /// Engagements, and whom the radar follows for them.
    pub(super) locks: Vec<(u32, Option<ThingId>)>,
    /// Directions that were told last.
    pub(super) told: Vec<Option<[f32; 2]>>,
}

impl Emitting {
    /// Of a radar; `None` for anything else.
    pub(super) fn of(thing: &Thing) -> Option<Emitting> {
        let is_for_fire = thing.reach_m.is_some();
        (thing.kind == Kind::Radar).then(|| Emitting {
            is_on: true,
            is_for_fire,
            ..Emitting::default()
        })
    }

    /// Ends the beams of an engagement; those that nothing follows any more.
    pub(super) fn release(&mut self, engagement: u32) -> Vec<ThingId> {
        let was = std::mem::take(&mut self.locks);
        let (gone, left): (Vec<_>, Vec<_>) =
            was.into_iter().partition(|(number, _)| *number == engagement);
        self.locks = left;
        let is_free =
            |target: &ThingId| self.locks.iter().all(|(_, other)| *other != Some(*target));
        gone.into_iter().filter_map(|(_, target)| target).filter(is_free).collect()
    }

    /// Whether a beam points elsewhere than was told.
    pub(super) fn has_turned(&self, aims: &[Aim]) -> bool {
        let turned = |told: &Option<[f32; 2]>, now: &Option<[f32; 2]>| match (told, now) {
            (Some(told), Some(now)) => {
                let azimuth = (now[0] - told[0] + PI).rem_euclid(2.0 * PI) - PI;
                azimuth.abs() > TURN_THRESHOLD_RAD || (now[1] - told[1]).abs() > TURN_THRESHOLD_RAD
            }
            (told, now) => told.is_some() != now.is_some(),
        };
        self.told.len() != aims.len()
            || self.told.iter().zip(aims).any(|(told, (_, now))| turned(told, now))
    }

    /// One system with a search beam, and a beam for each target that is followed.
    pub(super) fn emission(&self, thing: &Thing, aims: &[Aim], changed: bool) -> Emission {
        let status = u8::from(!self.is_on);
        let search = Beam {
            number: 1,
            azimuth_rad: [0.0, PI],
            elevation_rad: [FRAC_PI_4, FRAC_PI_4],
            function: 1,
            status,
            ..Beam::default()
        };
        let tracking = aims.iter().take(MOST_BEAMS).zip(2..).map(|((entity, aim), number)| {
            let [azimuth, elevation] = aim.unwrap_or_default();
            let targets = vec![BeamTarget { entity: *entity, emitter: 0, beam: 0 }];
            let (azimuth_rad, elevation_rad) = ([azimuth, 0.0], [elevation, 0.0]);
            Beam {
                number,
                azimuth_rad,
                elevation_rad,
                function: 4,
                status,
                targets,
                ..Beam::default()
            }
        });
        let system = Emitter {
            name: emitter_name(thing),
            // Fire control, or acquisition and detection.
            function: if self.is_for_fire { 4 } else { 5 },
            number: 1,
            place_m: [0.0; 3],
            padding: 0,
            beams: std::iter::once(search).chain(tracking).collect(),
        };
        Emission { update: u8::from(changed), systems: vec![system], ..Emission::default() }
    }
}

/// A noise jammer with a beam on each radar; off without any.
pub(super) fn jamming(aims: &[Aim], changed: bool) -> Emission {
    let beam = |number, aim: Option<&Aim>| {
        let [azimuth, elevation] = aim.and_then(|(_, aim)| *aim).unwrap_or_default();
        Beam {
            number,
            azimuth_rad: [azimuth, 0.0],
            elevation_rad: [elevation, 0.0],
            function: 12,
            status: u8::from(aim.is_none()),
            targets: aim
                .map(|(entity, _)| BeamTarget { entity: *entity, emitter: 1, beam: 1 })
                .into_iter()
                .collect(),
            ..Beam::default()
        }
    };
    let mut beams: Vec<Beam> = aims
        .iter()
        .take(MOST_BEAMS)
        .zip(1..)
        .map(|(aim, number)| beam(number, Some(aim)))
        .collect();
    if beams.is_empty() {
        beams.push(beam(1, None));
    }
    let system = Emitter { function: 42, number: 1, beams, ..Emitter::default() };
    Emission { update: u8::from(changed), systems: vec![system], ..Emission::default() }
}

/// What a transponder has answered so far.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Replying {
    pub(super) heard_at: Time,
    parameters: [u16; 6],
    has_mode_4: bool,
    has_mode_5: bool,
    has_answered: bool,
}

impl Replying {
    /// Takes up an answer, and says whether it is a new one.
    pub(super) fn hear(&mut self, at: Time, reply: Reply) -> bool {
        let before = *self;
        (self.heard_at, self.has_answered) = (at, true);
        match reply {
            Reply::Civil => self.parameters[2] |= PARAMETER_ON,
            Reply::Mode4 => self.mode_4(),
            Reply::Mode5 => self.has_mode_5 = true,
            Reply::Asked { mode, answer } => self.asked(mode, answer),
            Reply::National | Reply::Silent | Reply::NotAsked => {}
        }
        (before.parameters, before.has_mode_4, before.has_mode_5, before.has_answered)
            != (self.parameters, self.has_mode_4, self.has_mode_5, true)
    }

    fn asked(&mut self, mode: Mode, answer: Answer) {
        let code = if let Answer::Code(code) = answer { code & 0x0fff } else { 0 };
        match mode {
            Mode::Mode1 => self.parameters[0] = PARAMETER_ON | code,
            Mode::Mode2 => self.parameters[1] = PARAMETER_ON | code,
            Mode::Civil => self.parameters[2] = PARAMETER_ON | code,
            Mode::Mode4 => self.mode_4(),
            Mode::ModeS => self.parameters[5] = PARAMETER_ON,
            Mode::Mode5 => self.has_mode_5 = true,
            Mode::National => {}
        }
    }

    /// Without a code: its answer is valid, which the alternate field says.
    fn mode_4(&mut self) {
        self.has_mode_4 = true;
        self.parameters[3] = PARAMETER_ON | 0x0fff;
    }

    /// A transponder of Mark X or XII, of Mark XIIA where it has mode 5.
    pub(super) fn iff(&self, changed: bool) -> Iff {
        let (system, name) = if self.has_mode_5 { (9, 11) } else { (1, 6) };
        Iff {
            system,
            name,
            mode: 3,
            options: u8::from(changed),
            status: 1,
            field_1: u8::from(self.has_mode_4),
            // Layer 1.
            layers: 2,
            parameters: self.parameters,
            ..Iff::default()
        }
    }
}
