//! Recordings by chance: every kind of event that an export tells, in any order, of things that the
//! roster has and of things that it has not, with any figure, whether finite or not.

use proptest::prelude::*;
use redan_command::{InterceptorId, Reason, UnitId};
use redan_geo::{Aer, EnuVelocity, Geodetic, Time};
use redan_record::{
    AbortReason, AircraftId, AssetId, EngagementEnd, EngagementId, Event, EventId, LauncherId,
    MissileId, NetworkId, Outcome, RadarId, Recording, Sight, What,
};
use redan_track::{
    Basis, Bearing, BearingKind, DropReason, Identity, Plot, PlotId, Reply, TrackId,
};

use crate::battle::roster;

/// Kinds that [`what_of`] makes.
const KINDS: usize = 21;

/// Any recording.
pub(crate) fn any_recording() -> impl Strategy<Value = Recording> {
    let event = (any_what(), any_time());
    (proptest::collection::vec(event, 0..120), any_text(), any_text(), any_place()).prop_map(
        |(whats, title, name, place)| {
            let mut roster = roster();
            roster.title = title;
            roster.aircraft[1].name = name.clone();
            roster.assets[0].name = name;
            roster.units[0].place = place;
            let events = whats.into_iter().enumerate().map(|(index, (what, at))| Event {
                id: EventId(index as u64),
                cause: None,
                at,
                what,
            });
            Recording { roster, seed: 1, replication: 0, events: events.collect() }
        },
    )
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        r#"[a-z,"\\|=#\n\r\t-]{0,12}"#.prop_map(|text| text.replace("\\n", "\n")),
    ]
}

fn any_time() -> impl Strategy<Value = Time> {
    prop_oneof![
        8 => (0..600_000_i64).prop_map(|millis| Time(millis * 1_000_000)),
        1 => any::<i64>().prop_map(Time),
    ]
}

fn any_place() -> impl Strategy<Value = Geodetic> {
    let on_earth = (-90.0..=90.0, -400.0..=400.0, -500.0..30e3);
    prop_oneof![
        6 => on_earth.prop_map(|(lat, lon, height)| Geodetic::from_degrees(lat, lon, height)),
        1 => (figure(), figure(), figure())
            .prop_map(|(lat_rad, lon_rad, height_m)| Geodetic { lat_rad, lon_rad, height_m }),
    ]
}

/// Any number at all, and none.
fn figure() -> proptest::num::f64::Any {
    proptest::num::f64::ANY
}

fn any_what() -> impl Strategy<Value = What> {
    let figures = [figure(), figure(), figure()];
    (0..KINDS, [0..5_u32, 0..5, 0..5, 0..5], any_place(), figures, any::<bool>()).prop_map(
        |(kind, numbers, place, figures, flag)| what_of(kind, numbers, place, figures, flag),
    )
}

fn what_of(kind: usize, n: [u32; 4], place: Geodetic, x: [f64; 3], flag: bool) -> What {
    let (aircraft, missile) = (AircraftId(n[0]), MissileId(n[1]));
    let (network, track, plot) = (NetworkId(n[2] % 3), TrackId(n[0].into()), PlotId(n[1].into()));
    let velocity = EnuVelocity { east_m_s: x[0], north_m_s: x[1], up_m_s: x[2] };
    let maybe = flag.then_some(aircraft);
    match kind {
        0 => What::Appeared { aircraft },
        1 => What::Moved { aircraft, place, velocity },
        2 => What::Leaked { aircraft, asset: AssetId(n[1]) },
        3 => What::Left { aircraft },
        4 => What::Destroyed { aircraft, missile },
        5 => What::TrackStarted { network, track, plot },
        6 => {
            let (sigma_m, nis_ratio) = (x[0], x[1]);
            What::TrackUpdated { network, track, plot, place, velocity, sigma_m, nis_ratio }
        }
        7 => What::TrackConfirmed { network, track, plot },
        8 => What::TrackDropped { network, track, reason: DropReason::NotSeen },
        9 => {
            let identity =
                [Identity::Suspect, Identity::Friend, Identity::Unknown][n[1] as usize % 3];
            What::Identified { network, track, identity, basis: Basis::Silence }
        }
        10 => What::MissileMoved { missile, place, speed_m_s: x[0] },
        11 => What::Aborted { missile, reason: AbortReason::SightLost { for_s: x[0] } },
        12 => What::Resolved {
            missile,
            outcome: Outcome::Miss,
            aircraft: maybe,
            place,
            kill_prob: x[0],
            track_error_m: flag.then_some(x[1]),
        },
        19 | 20 => seen_of(kind, n, x, flag),
        _ => fire_of(kind, n, x, flag),
    }
}

fn seen_of(kind: usize, n: [u32; 4], x: [f64; 3], flag: bool) -> What {
    let (radar, origin, id) = (RadarId(n[0] % 3), AircraftId(n[1]), PlotId(n[2].into()));
    let time = Time(i64::from(n[3]) * 1_700_000_000);
    if kind == 20 {
        let kind = if flag { BearingKind::Strobe } else { BearingKind::Emission };
        let [azimuth_rad, azimuth_sigma_rad, level_db] = x;
        let bearing = Bearing { id, time, kind, azimuth_rad, azimuth_sigma_rad, level_db };
        return What::Heard { radar, bearing, origin };
    }
    let reply = [Reply::Silent, Reply::Civil, Reply::Mode5, Reply::Mode4][n[1] as usize % 4];
    // Places as well as figures that are none.
    let measured = match flag {
        true => Aer { azimuth_rad: f64::from(n[2]), elevation_rad: 0.02, range_m: 1e5 },
        false => Aer { azimuth_rad: x[0], elevation_rad: x[1], range_m: x[2] },
    };
    let plot = Plot { id, time, measured, snr_db: 13.0, reply };
    What::Plotted { radar, plot, origin: flag.then_some(origin) }
}

fn fire_of(kind: usize, n: [u32; 4], x: [f64; 3], flag: bool) -> What {
    let engagement = EngagementId(n[3]);
    let (intercept_in_s, intercept_range_m) = (x[0], x[1]);
    match kind {
        13 => What::Ordered {
            network: NetworkId(n[2] % 3),
            engagement,
            track: TrackId(n[0].into()),
            unit: UnitId(n[1]),
            interceptor: InterceptorId(n[1]),
            rounds: n[2],
            intercept_in_s,
            intercept_range_m,
        },
        14 => What::Acquired { engagement, radar: RadarId(n[0] % 3), looks: n[1] },
        15 => What::Launched {
            engagement,
            missile: MissileId(n[1]),
            launcher: LauncherId(n[0] % 2),
            interceptor: InterceptorId(n[2]),
            intercept_in_s,
            intercept_range_m,
        },
        16 => What::Assessed { engagement, killed: flag },
        17 => What::Radiates { radar: RadarId(n[0] % 3), on: flag },
        _ => {
            let ends = [
                EngagementEnd::KillCalled,
                EngagementEnd::NotAcquired { sight: Some(Sight::BeyondRange { excess_m: x[0] }) },
                EngagementEnd::NotFeasible { reason: Reason::OutOfReach { short_by_m: x[0] } },
            ];
            What::EngagementEnded { engagement, end: ends[n[0] as usize % ends.len()] }
        }
    }
}
