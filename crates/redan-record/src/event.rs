//! Events: what happened, when, and which event caused it.
//!
//! A chain of causes leads from every kill back to its first look: `Destroyed` ← `Resolved` ←
//! `Launched` ← `Acquired` ← `Ordered` ← `Identified` ← `TrackConfirmed` ← `TrackStarted` ← `Plot` ←
//! `Look` ← `Appeared`. What did *not* happen is recorded where its reason changes: `Sighted` for a
//! radar and an aircraft, `Withheld` for a network and a track. From one such event to the next of
//! the same pair the reason holds.

use redan_command::{InterceptorId, Reason, Shortfall, Threat, UnitId};
use redan_geo::{EnuVelocity, Geodetic, Time};
use redan_track::{Basis, Bearing, DropReason, Evidence, Identity, Plot, PlotId, TrackId};
use serde::{Deserialize, Serialize};

use crate::{
    AircraftId, AssetId, EngagementId, EventId, LauncherId, MissileId, NetworkId, RadarId,
};

/// One event.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Its number; numbers rise by one through the run.
    pub id: EventId,
    /// The event that caused it, always an earlier one; `None` for what the scenario itself causes.
    pub cause: Option<EventId>,
    /// When it happened.
    pub at: Time,
    /// What happened.
    pub what: What,
}

/// What a radar's geometry and signal make of an aircraft; recorded when the kind
/// changes, and when its figure has doubled or halved since it was last recorded.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "sight", rename_all = "kebab-case")]
pub enum Sight {
    /// It can be detected: the signal gives a detection probability of at least one half per look.
    Clear,
    /// In view, but the detection probability per look is below one half: too far for its
    /// cross-section.
    Weak,
    /// In view and near enough, but the detection probability per look is below one half because the
    /// echo comes back weakened: diffraction near the horizon, a null of multipath, rain.
    Faded {
        /// Two-way loss against free space, decibels.
        lost_db: f64,
    },
    /// In view and near enough, but the detection probability per look is below one half because of the
    /// echoes of the ground in the same cell.
    Cluttered {
        /// Loss of signal against noise and clutter, decibels.
        lost_db: f64,
    },
    /// In view and near enough, but the detection probability per look is below one half because of
    /// jamming.
    Jammed {
        /// Loss of signal against noise and jamming, decibels.
        lost_db: f64,
    },
    /// Hidden behind the Earth's curvature.
    BelowHorizon {
        /// Missing elevation, radians.
        short_by_rad: f64,
    },
    /// Hidden behind relief.
    BehindRelief {
        /// Missing elevation, radians.
        short_by_rad: f64,
        /// Ground distance of what hides it, metres.
        ridge_m: f64,
    },
    /// Beyond the instrumented range.
    BeyondRange {
        /// Excess range, metres.
        excess_m: f64,
    },
    /// Closer than the radar's minimum range.
    TooClose {
        /// Missing range, metres.
        short_by_m: f64,
    },
    /// Above the highest or below the lowest elevation of the beam.
    OutsideElevation {
        /// Angle outside the limits, radians.
        off_by_rad: f64,
    },
    /// Outside the sector in azimuth.
    OutsideSector {
        /// Angle outside the sector, radians.
        off_by_rad: f64,
    },
    /// Its radial speed is below what the moving-target filter passes.
    TooSlow {
        /// Missing radial speed, m/s.
        short_by_m_s: f64,
    },
    /// The radar does not radiate.
    RadarOff,
    /// It sends nothing that a passive receiver could hear.
    Silent,
    /// The aircraft is not in the air.
    Absent,
}

impl Sight {
    /// The figure by which it fails, in the unit of its field; `None` where there is none.
    pub fn shortfall(&self) -> Option<Shortfall> {
        let figure = match *self {
            Sight::BelowHorizon { short_by_rad } | Sight::BehindRelief { short_by_rad, .. } => {
                Some(short_by_rad)
            }
            Sight::BeyondRange { excess_m } => Some(excess_m),
            Sight::TooClose { short_by_m } => Some(short_by_m),
            Sight::OutsideElevation { off_by_rad } | Sight::OutsideSector { off_by_rad } => {
                Some(off_by_rad)
            }
            Sight::TooSlow { short_by_m_s } => Some(short_by_m_s),
            Sight::Faded { lost_db } | Sight::Cluttered { lost_db } | Sight::Jammed { lost_db } => {
                Some(lost_db)
            }
            Sight::Clear | Sight::Weak | Sight::RadarOff | Sight::Silent | Sight::Absent => None,
        };
        figure.map(Shortfall)
    }

    /// The same kind with a figure of the same order: nothing worth recording again.
    pub fn is_like(&self, other: &Sight) -> bool {
        let near = self.shortfall().zip(other.shortfall()).is_none_or(|(a, b)| a.is_near(b));
        self.same_kind(other) && near
    }

    /// Whether a look can detect what is in this sight, however improbable it is.
    pub fn is_in_view(&self) -> bool {
        matches!(
            self,
            Sight::Clear
                | Sight::Weak
                | Sight::Faded { .. }
                | Sight::Cluttered { .. }
                | Sight::Jammed { .. }
        )
    }

    /// Same kind, whatever the figure.
    pub fn same_kind(&self, other: &Sight) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

/// How a missile ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It destroyed what it met.
    Kill,
    /// It met its target and did not destroy it.
    Miss,
    /// The missile failed on its own.
    Failed,
    /// Nothing was where the track had it.
    NothingThere,
}

/// Why a missile was given up in flight.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "abort", rename_all = "kebab-case")]
pub enum AbortReason {
    /// The track it was guided on was dropped.
    TrackLost,
    /// The engagement radar lost sight of the target for longer than the missile can do without.
    SightLost {
        /// Time without a fresh plot, seconds.
        for_s: f64,
    },
    /// The target moved beyond what the missile can still reach.
    OutOfReach {
        /// Missing reach, metres.
        short_by_m: f64,
    },
    /// The target was judged to be somebody at whom the rules do not permit fire.
    NotPermitted {
        /// Who it is now thought to be.
        identity: Identity,
    },
    /// The target was destroyed by another missile, or had come to the end of its flight.
    TargetGone,
}

/// How an engagement ended.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "end", rename_all = "kebab-case")]
pub enum EngagementEnd {
    /// The target was called destroyed.
    KillCalled,
    /// The rounds were spent and the target was judged to fly on; the doctrine may order again.
    TargetSurvived,
    /// The engagement radar did not find the target.
    NotAcquired {
        /// What its last look made of what was in its beam; `None` where nothing was.
        sight: Option<Sight>,
    },
    /// The target could no longer be reached when the launch was due.
    NotFeasible {
        /// The reason.
        reason: Reason,
    },
    /// The track was dropped before a launch.
    TrackLost,
    /// The run ended.
    RunEnded,
}

/// What came of the question for consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "kebab-case")]
pub enum Answered {
    /// The other network consents.
    Consents,
    /// It has somebody there whom it does not hold to be suspect or hostile.
    Refuses {
        /// Who that is thought to be.
        identity: Identity,
    },
    /// It sees nothing there, and consents to nothing that it does not see.
    SeesNothing,
    /// The link is cut. `fires` says whether the unit decides by itself.
    Cut {
        /// Whether it does.
        fires: bool,
    },
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the fields are the numbers and figures that their types document")]
pub enum What {
    /// An aircraft began its flight.
    Appeared { aircraft: AircraftId },
    /// True place and velocity of an aircraft, at regular times.
    Moved { aircraft: AircraftId, place: Geodetic, velocity: EnuVelocity },
    /// An aircraft reached the asset that it was sent against: a leak.
    Leaked { aircraft: AircraftId, asset: AssetId },
    /// An aircraft left at the end of its route.
    Left { aircraft: AircraftId },
    /// An aircraft was destroyed by a missile.
    Destroyed { aircraft: AircraftId, missile: MissileId },

    /// What a radar makes of an aircraft changed.
    Sighted { radar: RadarId, aircraft: AircraftId, sight: Sight },
    /// A radar's beam passed over an aircraft in view. `so_far_prob` is the probability that at
    /// least one of all looks so far, this one included, detected it.
    Look {
        radar: RadarId,
        aircraft: AircraftId,
        range_m: f64,
        snr_db: f64,
        detection_prob: f64,
        so_far_prob: f64,
        detected: bool,
    },
    /// A radar made a plot. `origin` is what caused it, known to the recording alone; `None` for a
    /// false plot. Echoes that lie in one resolution cell make one plot, whose origin is the strongest.
    Plotted { radar: RadarId, plot: Plot, origin: Option<AircraftId> },
    /// A detected echo made no plot of its own: it lies in one resolution cell with that of a plot.
    Merged { radar: RadarId, aircraft: AircraftId, into: PlotId },
    /// A radar reported a direction without a range, or a passive receiver did.
    Heard { radar: RadarId, bearing: Bearing, origin: AircraftId },
    /// A radar began or ceased to radiate.
    Radiates { radar: RadarId, on: bool },
    /// The time of an engagement radar became short or sufficed again: what search and tracks ask for,
    /// as a share of its time, and by how much the updates of tracks are stretched. `dropped` is the
    /// number of engagements for which there is no time at all.
    Loaded { radar: RadarId, load_ratio: f64, stretch_ratio: f64, dropped: u32 },

    /// A plot started a track.
    TrackStarted { network: NetworkId, track: TrackId, plot: PlotId },
    /// A plot updated a track.
    TrackUpdated {
        network: NetworkId,
        track: TrackId,
        plot: PlotId,
        place: Geodetic,
        velocity: EnuVelocity,
        sigma_m: f64,
        nis_ratio: f64,
    },
    /// A track became part of a network's picture.
    TrackConfirmed { network: NetworkId, track: TrackId, plot: PlotId },
    /// A track was given up.
    TrackDropped { network: NetworkId, track: TrackId, reason: DropReason },
    /// A track was judged.
    Identified { network: NetworkId, track: TrackId, identity: Identity, basis: Basis },
    /// An item of evidence about a track is new or has changed. `hostile_prob` is the probability of an
    /// enemy after all items so far, as the crew weighs them.
    Evidence { network: NetworkId, track: TrackId, evidence: Evidence, hostile_prob: f64 },

    /// What a track is thought to threaten changed.
    Threatened { network: NetworkId, threat: Threat },
    /// The reason why a track is not engaged changed.
    Withheld { network: NetworkId, track: TrackId, unit: Option<UnitId>, reason: Reason },
    /// A doctrine's order broke a rule and was not carried out.
    Refused { network: NetworkId, track: TrackId, unit: UnitId, reason: Reason },
    /// A command asked another network for its consent to an engagement.
    Consulted { network: NetworkId, from: NetworkId, track: TrackId, answered: Answered },
    /// A command ordered an engagement.
    Ordered {
        network: NetworkId,
        engagement: EngagementId,
        track: TrackId,
        unit: UnitId,
        interceptor: InterceptorId,
        rounds: u32,
        intercept_in_s: f64,
        intercept_range_m: f64,
    },

    /// The engagement radar found the target of an engagement.
    Acquired { engagement: EngagementId, radar: RadarId, looks: u32 },
    /// A missile left its launcher.
    Launched {
        engagement: EngagementId,
        missile: MissileId,
        launcher: LauncherId,
        interceptor: InterceptorId,
        intercept_in_s: f64,
        intercept_range_m: f64,
    },
    /// Place of a missile in flight, at regular times.
    MissileMoved { missile: MissileId, place: Geodetic, speed_m_s: f64 },
    /// The guidance of a missile went over to another object in the beam. `from` is what it was fired
    /// at, in truth, as far as that is known.
    Transferred { missile: MissileId, from: Option<AircraftId>, aircraft: AircraftId },
    /// A missile was given up in flight.
    Aborted { missile: MissileId, reason: AbortReason },
    /// A missile reached its intercept. `aircraft` is what it met in truth, and `track_error_m` how far
    /// that was from where the track had it; both are `None` where nothing was there.
    Resolved {
        missile: MissileId,
        outcome: Outcome,
        aircraft: Option<AircraftId>,
        place: Geodetic,
        kill_prob: f64,
        track_error_m: Option<f64>,
    },
    /// The command judged what became of the target after a salvo.
    Assessed { engagement: EngagementId, killed: bool },
    /// An engagement ended and freed its channels.
    EngagementEnded { engagement: EngagementId, end: EngagementEnd },
    /// The run ended.
    Ended,
}
