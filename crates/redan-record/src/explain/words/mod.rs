//! The words of every reason, sight, outcome and event, in one place: reports, tables and the command
//! line all take them from here, so that one thing is called by one name.
//!
//! Words are fragments without a capital and without a full stop. Figures: [`time`], [`span`], [`distance`],
//! [`height`], [`angle`], [`probability`].

mod event;
mod figures;
mod state;

pub use event::event;
pub use figures::{angle, distance, height, probability, span, time};
pub use state::{engagement, seen, state};

use redan_command::{Reason, UnitId};
use redan_track::DropReason;

use crate::{AbortReason, EngagementEnd, Fate, Outcome, RadarId, Roster, Sight};

/// What a radar makes of an aircraft: `below the horizon of Murted/92N6E by 0.21°`.
pub fn sight(roster: &Roster, radar: RadarId, sight: &Sight) -> String {
    let radar = roster.radar_name(radar);
    match *sight {
        Sight::Clear => format!("in clear view of {radar}"),
        Sight::Weak => format!("in view of {radar}, but too weak to rely on"),
        Sight::Faded { lost_db } => {
            format!("in view of {radar}, but its echo fades by {lost_db:.0} dB on the way")
        }
        Sight::Cluttered { lost_db } => {
            format!("in view of {radar}, but {lost_db:.0} dB down in the echoes of the ground")
        }
        Sight::Jammed { lost_db } => {
            format!("in view of {radar}, but {lost_db:.0} dB down in jamming")
        }
        Sight::BelowHorizon { short_by_rad } => {
            format!("below the horizon of {radar} by {}", angle(short_by_rad))
        }
        Sight::BehindRelief { short_by_rad, ridge_m } => format!(
            "behind relief {} from {radar}, {} too low",
            distance(ridge_m),
            angle(short_by_rad)
        ),
        Sight::BeyondRange { excess_m } => {
            format!("beyond the instrumented range of {radar} by {}", distance(excess_m))
        }
        Sight::TooClose { short_by_m } => {
            format!("inside the minimum range of {radar} by {}", distance(short_by_m))
        }
        Sight::OutsideElevation { off_by_rad } => {
            format!("outside the elevation limits of {radar} by {}", angle(off_by_rad))
        }
        Sight::OutsideSector { off_by_rad } => {
            format!("outside the sector of {radar} by {}", angle(off_by_rad))
        }
        Sight::TooSlow { short_by_m_s } => format!(
            "radial speed {short_by_m_s:.0} m/s too low for the moving-target filter of {radar}"
        ),
        Sight::RadarOff => format!("{radar} does not radiate"),
        Sight::Silent => format!("it sends nothing that {radar} could hear"),
        Sight::Absent => "not in the air".to_owned(),
    }
}

/// Why a track is not engaged: `out of reach by 38 km`.
pub fn reason(reason: &Reason) -> String {
    match *reason {
        Reason::Identity { identity } => {
            format!("the rules do not permit fire at {}", identity.word())
        }
        Reason::AwaitingConsent => "the consent of another network is awaited".to_owned(),
        Reason::ConsentRefused => "another network does not consent".to_owned(),
        Reason::LinkCut => "the link to who must consent is cut".to_owned(),
        Reason::WeaponsHold => "weapons are on hold".to_owned(),
        Reason::NoThreat => "it threatens nothing that is defended".to_owned(),
        Reason::AlreadyEngaged => "already engaged".to_owned(),
        Reason::Coasting { for_s } => format!("its track has had no plot for {for_s:.0} s"),
        Reason::CalledKilled => "called destroyed after an engagement".to_owned(),
        Reason::OutOfReach { short_by_m } => format!("out of reach by {}", distance(short_by_m)),
        Reason::TooClose { short_by_m } => {
            format!("inside the missile's minimum range by {}", distance(short_by_m))
        }
        Reason::BelowFloor { short_by_m } => {
            format!("below the missile's lowest altitude by {}", height(short_by_m))
        }
        Reason::AboveCeiling { excess_m } => {
            format!("above the missile's ceiling by {}", height(excess_m))
        }
        Reason::TooFast { excess_m_s } => {
            format!("too fast for the missile by {excess_m_s:.0} m/s")
        }
        Reason::BelowHorizon { short_by_rad } => {
            format!("below the engagement radar's horizon by {}", angle(short_by_rad))
        }
        Reason::OutsideElevation { short_by_rad } => {
            format!("outside the engagement radar's elevation limits by {}", angle(short_by_rad))
        }
        Reason::OutsideRange { short_by_m } => {
            format!("beyond the engagement radar's instrumented range by {}", distance(short_by_m))
        }
        Reason::OutsideSector { off_by_rad } => {
            format!(
                "the engagement radar is bound to a sector that ends {} away",
                angle(off_by_rad)
            )
        }
        Reason::OutsideSectorOfFire { off_by_rad } => {
            format!("{} outside the sector of fire", angle(off_by_rad))
        }
        Reason::NoTargetChannel => "no free target channel".to_owned(),
        Reason::NoMissileChannel => "no free missile channel".to_owned(),
        Reason::NoRounds => "no suitable round left".to_owned(),
        Reason::Reserved => "the rounds left are kept in reserve".to_owned(),
        Reason::UnitNotReady => "the engagement radar is not ready".to_owned(),
        Reason::NoUnit => "the network has no fire unit".to_owned(),
        Reason::DoctrineHolds => "the doctrine holds fire".to_owned(),
    }
}

/// Why a track is not engaged and by which unit: `out of reach by 38 km (Murted/1)`.
pub fn withheld(roster: &Roster, unit: Option<UnitId>, why: &Reason) -> String {
    match unit {
        Some(unit) => format!("{} ({})", reason(why), roster.unit_name(unit)),
        None => reason(why),
    }
}

/// Why a missile was given up.
pub fn abort(reason: &AbortReason) -> String {
    match *reason {
        AbortReason::TrackLost => "its track was lost".to_owned(),
        AbortReason::SightLost { for_s } => {
            format!("the engagement radar had no plot of the target for {for_s:.0} s")
        }
        AbortReason::OutOfReach { short_by_m } => {
            format!("the target moved out of reach by {}", distance(short_by_m))
        }
        AbortReason::NotPermitted { identity } => {
            format!("its target was judged {}", identity.word())
        }
        AbortReason::TargetGone => "its target was no longer in the air".to_owned(),
    }
}

/// How a missile ended.
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Kill => "kill",
        Outcome::Miss => "miss",
        Outcome::Failed => "missile failure",
        Outcome::NothingThere => "nothing where the track was",
    }
}

/// How an engagement ended. `acquirer` is the engagement radar, for what it saw.
pub fn engagement_end(roster: &Roster, acquirer: Option<RadarId>, end: &EngagementEnd) -> String {
    match end {
        EngagementEnd::KillCalled => "target called destroyed".to_owned(),
        EngagementEnd::TargetSurvived => "rounds spent, target judged to fly on".to_owned(),
        EngagementEnd::NotAcquired { sight: None } => {
            "target not acquired: nothing where the track was".to_owned()
        }
        EngagementEnd::NotAcquired { sight: Some(sight) } if sight.is_in_view() => {
            "target not acquired: what the radar saw there was not what the track is made of"
                .to_owned()
        }
        EngagementEnd::NotAcquired { sight: Some(saw) } => {
            // A number beyond any roster reads "?"; the sight of an unnamed radar still says why.
            let radar = acquirer.unwrap_or(RadarId(u32::MAX));
            format!("target not acquired: {}", sight(roster, radar, saw))
        }
        EngagementEnd::NotFeasible { reason: why } => {
            format!("no launch possible: {}", reason(why))
        }
        EngagementEnd::TrackLost => "track lost before a launch".to_owned(),
        EngagementEnd::RunEnded => "the run ended".to_owned(),
    }
}

/// Why a track was given up.
pub fn drop_reason(reason: DropReason) -> &'static str {
    match reason {
        DropReason::NotSeen => "not seen for too long",
        DropReason::NotConfirmed => "too few plots to confirm it",
    }
}

/// What became of an aircraft, to follow its name: `leaked: it reached Ankara at 12:03`.
pub fn fate(roster: &Roster, fate: &Fate) -> String {
    match *fate {
        Fate::NeverAppeared => "never appeared in this run".to_owned(),
        Fate::Flying => "still flew when the run ended".to_owned(),
        Fate::Destroyed { at, missile } => {
            format!("was destroyed at {} by missile {}", time(at), missile.0)
        }
        Fate::Leaked { at, asset } => {
            format!("leaked: it reached {} at {}", roster.asset_name(asset), time(at))
        }
        Fate::Left { at } => format!("left at the end of its route at {}", time(at)),
    }
}
