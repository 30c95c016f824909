//! The words of an event.

use redan_command::{InterceptorId, UnitId};
use redan_geo::Geodetic;
use redan_track::BearingKind;

use super::{abort, angle, distance, drop_reason, height, outcome, probability, sight, withheld};
use crate::{Answered, AssetId, Event, Outcome, Roster, What};

/// An event in one line, without its time: `CM-1 looked at by Murted/91N6E at 34 km: detection
/// probability 0.03 this look, 0.11 so far; not detected`.
pub fn event(roster: &Roster, event: &Event) -> String {
    match event.what {
        What::Appeared { .. }
        | What::Moved { .. }
        | What::Leaked { .. }
        | What::Left { .. }
        | What::Destroyed { .. } => flight(roster, &event.what),
        What::Sighted { .. } | What::Look { .. } | What::Plotted { .. } => {
            sensing(roster, &event.what)
        }
        What::Merged { .. } | What::Heard { .. } | What::Radiates { .. } | What::Loaded { .. } => {
            receiving(roster, &event.what)
        }
        What::TrackStarted { .. }
        | What::TrackUpdated { .. }
        | What::TrackConfirmed { .. }
        | What::TrackDropped { .. }
        | What::Identified { .. }
        | What::Evidence { .. } => picture(roster, &event.what),
        What::Threatened { .. }
        | What::Withheld { .. }
        | What::Refused { .. }
        | What::Consulted { .. }
        | What::Ordered { .. } => command(roster, &event.what),
        What::Ended => "the run ended".to_owned(),
        _ => fire(roster, &event.what),
    }
}

fn flight(roster: &Roster, what: &What) -> String {
    match *what {
        What::Appeared { aircraft } => format!("{} appeared", roster.aircraft_name(aircraft)),
        What::Moved { aircraft, place, velocity } => format!(
            "{} at {}, {:.0} m/s",
            roster.aircraft_name(aircraft),
            at_place(&place),
            velocity.speed_m_s()
        ),
        What::Leaked { aircraft, asset } => {
            format!("{} reached {}", roster.aircraft_name(aircraft), roster.asset_name(asset))
        }
        What::Left { aircraft } => {
            format!("{} left at the end of its route", roster.aircraft_name(aircraft))
        }
        What::Destroyed { aircraft, missile } => {
            format!("{} destroyed by missile {}", roster.aircraft_name(aircraft), missile.0)
        }
        _ => String::new(),
    }
}

fn sensing(roster: &Roster, what: &What) -> String {
    match *what {
        What::Sighted { radar, aircraft, sight: saw } => {
            format!("{}: {}", roster.aircraft_name(aircraft), sight(roster, radar, &saw))
        }
        What::Look { radar, aircraft, range_m, detection_prob, so_far_prob, detected, .. } => {
            format!(
                "{} looked at by {} at {}: detection probability {} this look, {} so far; {}",
                roster.aircraft_name(aircraft),
                roster.radar_name(radar),
                distance(range_m),
                probability(detection_prob),
                probability(so_far_prob),
                if detected { "detected" } else { "not detected" }
            )
        }
        What::Plotted { radar, plot, origin } => format!(
            "{} plot {} by {} at {}, signal-to-noise {:.1} dB",
            if origin.is_some() { "true" } else { "false" },
            plot.id.0,
            roster.radar_name(radar),
            distance(plot.measured.range_m),
            plot.snr_db
        ),
        _ => String::new(),
    }
}

fn receiving(roster: &Roster, what: &What) -> String {
    match *what {
        What::Merged { radar, aircraft, into } => format!(
            "{} not told apart by {} from the origin of plot {}",
            roster.aircraft_name(aircraft),
            roster.radar_name(radar),
            into.0
        ),
        What::Heard { radar, bearing, origin } => format!(
            "{} heard {} at {} from north, {:.0} dB over its noise",
            roster.radar_name(radar),
            match bearing.kind {
                BearingKind::Strobe => format!("the jamming of {}", roster.aircraft_name(origin)),
                BearingKind::Emission => roster.aircraft_name(origin).to_owned(),
            },
            angle(bearing.azimuth_rad),
            bearing.level_db
        ),
        What::Radiates { radar, on } => {
            let does = if on { "began to radiate" } else { "ceased to radiate" };
            format!("{} {does}", roster.radar_name(radar))
        }
        What::Loaded { radar, load_ratio, stretch_ratio, dropped } => format!(
            "{} is asked for {:.0} % of its time: updates take {stretch_ratio:.1} times as long, no time for {dropped}",
            roster.radar_name(radar),
            100.0 * load_ratio
        ),
        _ => String::new(),
    }
}

fn picture(roster: &Roster, what: &What) -> String {
    match *what {
        What::TrackStarted { network, track, plot } => {
            let network = roster.network_name(network);
            format!("{network} started track {} on plot {}", track.0, plot.0)
        }
        What::TrackUpdated { network, track, plot, place, sigma_m, .. } => format!(
            "{} updated track {} with plot {}: {}, within {}",
            roster.network_name(network),
            track.0,
            plot.0,
            at_place(&place),
            distance(sigma_m)
        ),
        What::TrackConfirmed { network, track, .. } => {
            format!("{} confirmed track {}", roster.network_name(network), track.0)
        }
        What::TrackDropped { network, track, reason } => format!(
            "{} dropped track {}: {}",
            roster.network_name(network),
            track.0,
            drop_reason(reason)
        ),
        What::Identified { network, track, identity, basis } => format!(
            "{} identified track {} as {}: {}",
            roster.network_name(network),
            track.0,
            identity.word(),
            basis.words()
        ),
        What::Evidence { network, track, evidence, hostile_prob } => format!(
            "{} found of track {}: {} ({:+.0} dB for an enemy), which makes it hostile with a \
             probability of {}",
            roster.network_name(network),
            track.0,
            evidence.finding.words(),
            evidence.likelihood.hostile_db(),
            probability(hostile_prob)
        ),
        _ => String::new(),
    }
}

fn command(roster: &Roster, what: &What) -> String {
    match *what {
        What::Threatened { network, threat } => format!(
            "{} expects track {} to pass {} at {} in {:.0} s",
            roster.network_name(network),
            threat.track.0,
            threat.asset.map_or("a fire unit", |asset| roster.asset_name(AssetId(asset))),
            distance(threat.miss_m),
            threat.time_to_go_s
        ),
        What::Withheld { network, track, unit, reason } => format!(
            "{} does not engage track {}: {}",
            roster.network_name(network),
            track.0,
            withheld(roster, unit, &reason)
        ),
        What::Refused { network, track, unit, reason } => format!(
            "{} may not carry out its order against track {}: {}",
            roster.network_name(network),
            track.0,
            withheld(roster, Some(unit), &reason)
        ),
        What::Consulted { network, from, track, answered } => format!(
            "{} asked {} about track {}: {}",
            roster.network_name(network),
            roster.network_name(from),
            track.0,
            consent(answered)
        ),
        What::Ordered {
            engagement,
            track,
            unit,
            interceptor,
            rounds,
            intercept_in_s,
            intercept_range_m,
            ..
        } => format!(
            "engagement {} ordered: {} at track {}, intercept expected in {intercept_in_s:.0} s at {}",
            engagement.0,
            salvo(roster, unit, rounds, interceptor),
            track.0,
            distance(intercept_range_m)
        ),
        _ => String::new(),
    }
}

fn consent(answered: Answered) -> String {
    match answered {
        Answered::Consents => "it consents".to_owned(),
        Answered::Refuses { identity } => {
            format!("it refuses, since its own picture says {}", identity.word())
        }
        Answered::SeesNothing => "it refuses, since it sees nothing there".to_owned(),
        Answered::Cut { fires: true } => "the link is cut, the unit decides by itself".to_owned(),
        Answered::Cut { fires: false } => "the link is cut, the unit holds fire".to_owned(),
    }
}

fn fire(roster: &Roster, what: &What) -> String {
    match *what {
        What::Acquired { engagement, radar, looks } => format!(
            "{} acquired the target of engagement {} after {looks} {}",
            roster.radar_name(radar),
            engagement.0,
            if looks == 1 { "look" } else { "looks" }
        ),
        What::Launched {
            engagement,
            missile,
            launcher,
            interceptor,
            intercept_in_s,
            intercept_range_m,
        } => format!(
            "{} launched missile {} ({}) for engagement {}, intercept in {intercept_in_s:.0} s at {}",
            roster.launcher_name(launcher),
            missile.0,
            roster.interceptor_name(interceptor),
            engagement.0,
            distance(intercept_range_m)
        ),
        What::MissileMoved { missile, place, speed_m_s } => {
            format!("missile {} at {}, {speed_m_s:.0} m/s", missile.0, at_place(&place))
        }
        What::Transferred { missile, from, aircraft } => format!(
            "the guidance of missile {} went over from {} to {}",
            missile.0,
            from.map_or("nothing", |from| roster.aircraft_name(from)),
            roster.aircraft_name(aircraft)
        ),
        What::Aborted { missile, reason } => {
            format!("missile {} given up: {}", missile.0, abort(&reason))
        }
        What::Resolved { .. } => resolved(roster, what),
        What::Assessed { engagement, killed } => format!(
            "target of engagement {} judged {}",
            engagement.0,
            if killed { "destroyed" } else { "still flying" }
        ),
        What::EngagementEnded { engagement, end } => format!(
            "engagement {} ended: {}",
            engagement.0,
            super::engagement_end(roster, None, &end)
        ),
        _ => String::new(),
    }
}

fn resolved(roster: &Roster, what: &What) -> String {
    let What::Resolved { missile, outcome: how, aircraft, place, kill_prob, track_error_m } = *what
    else {
        return String::new();
    };
    let end = format!("missile {}: {}", missile.0, outcome(how));
    let altitude = height(place.height_m);
    let Some(aircraft) = aircraft else {
        return format!("{end}, altitude {altitude}");
    };
    let chance = match how {
        Outcome::Kill | Outcome::Miss => format!(" (kill probability {})", probability(kill_prob)),
        Outcome::Failed | Outcome::NothingThere => String::new(),
    };
    format!(
        "{end}{chance} at {}, altitude {altitude}, track off by {}",
        roster.aircraft_name(aircraft),
        track_error_m.map_or("nothing".to_string(), height)
    )
}

/// `Murted/1 with 2 × 48N6E`.
pub(super) fn salvo(
    roster: &Roster,
    unit: UnitId,
    rounds: u32,
    interceptor: InterceptorId,
) -> String {
    format!("{} with {rounds} × {}", roster.unit_name(unit), roster.interceptor_name(interceptor))
}

/// Place with hemispheres, whatever its signs.
fn at_place(place: &Geodetic) -> String {
    let half = |angle_rad: f64, positive, negative| {
        let letter = if angle_rad < 0.0 { negative } else { positive };
        format!("{:.3}° {letter}", angle_rad.abs().to_degrees())
    };
    format!(
        "{} {}, {}",
        half(place.lat_rad, 'N', 'S'),
        half(place.lon_rad, 'E', 'W'),
        height(place.height_m)
    )
}
