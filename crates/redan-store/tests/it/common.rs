//! Recordings for the tests: a small battle by hand, and events of every kind by chance.

use proptest::prelude::*;
use redan_command::{InterceptorId, Reason, Threat, UnitId, WeaponsControl};
use redan_geo::{Aer, EnuVelocity, Geodetic, Span, Time};
use redan_record::{
    AbortReason, AircraftEntry, AircraftId, Answered, AssetEntry, AssetId, EngagementEnd,
    EngagementId, Event, EventId, InterceptorEntry, LauncherEntry, LauncherId, MissileId,
    NetworkEntry, NetworkId, Outcome, RadarEntry, RadarId, Recording, Roster, Side, Sight,
    UnitEntry, What,
};
use redan_store::Manifest;
use redan_track::{
    Answer, Basis, Bearing, BearingKind, DropReason, Evidence, FINDINGS, Identity, Likelihood,
    Mode, Plot, PlotId, Reply, TrackId,
};

/// Variants of `What` that [`what_of`] makes.
pub(crate) const KINDS: usize = 33;

/// What the battle was made from.
pub(crate) fn manifest() -> Manifest {
    Manifest {
        redan_version: "0.1.0".to_owned(),
        scenario_file: "one-battery.toml".to_owned(),
        scenario_text: "title = \"One battery\"\n# Würfe: \u{1f3b2}\r\n".to_owned(),
        scenario_hash: "blake3:00".to_owned(),
        cards_hash: "blake3:01".to_owned(),
        terrain_note: "smooth Earth".to_owned(),
        terrain_hash: "smooth".to_owned(),
    }
}

/// A recording of these events, numbered in their order, each caused by the one before it.
pub(crate) fn recording(whats: impl IntoIterator<Item = What>) -> Recording {
    let event = |(index, what): (usize, What)| {
        let id = index as u64;
        let cause = id.checked_sub(1).map(EventId);
        Event { id: EventId(id), cause, at: Time::from_secs(0.1 * id as f64), what }
    };
    let events = whats.into_iter().enumerate().map(event).collect();
    Recording { roster: roster(), seed: u64::MAX, replication: 3, events }
}

/// One aircraft is seen, tracked, engaged and destroyed.
pub(crate) fn battle() -> Recording {
    let (aircraft, radar, network) = (AircraftId(0), RadarId(0), NetworkId(0));
    let (track, plot_id, engagement, missile) =
        (TrackId(7), PlotId(40), EngagementId(2), MissileId(5));
    let place = Geodetic { lat_rad: 0.7, lon_rad: 0.57, height_m: 9_000.0 };
    let velocity = EnuVelocity { east_m_s: -200.0, north_m_s: 10.0, up_m_s: -0.0 };
    let measured = Aer { azimuth_rad: 1.5, elevation_rad: 0.02, range_m: 150_000.125 };
    let time = Time::from_secs(1.25);
    let plot = Plot { id: plot_id, time, measured, snr_db: 14.5, reply: Reply::Silent };
    recording([
        What::Appeared { aircraft },
        What::Moved { aircraft, place, velocity },
        What::Sighted { radar, aircraft, sight: Sight::BelowHorizon { short_by_rad: 0.001 } },
        What::Look {
            radar,
            aircraft,
            range_m: 150_000.0,
            snr_db: 14.0,
            detection_prob: 0.9,
            so_far_prob: 0.99,
            detected: true,
        },
        What::Plotted { radar, plot, origin: Some(aircraft) },
        What::TrackStarted { network, track, plot: plot_id },
        What::TrackUpdated {
            network,
            track,
            plot: plot_id,
            place,
            velocity,
            sigma_m: 120.0,
            nis_ratio: 2.5,
        },
        What::Withheld { network, track, unit: None, reason: Reason::NoUnit },
        What::Ordered {
            network,
            engagement,
            track,
            unit: UnitId(0),
            interceptor: InterceptorId(0),
            rounds: 2,
            intercept_in_s: 60.0,
            intercept_range_m: 110_000.0,
        },
        What::Acquired { engagement, radar, looks: 2 },
        What::Launched {
            engagement,
            missile,
            launcher: LauncherId(0),
            interceptor: InterceptorId(0),
            intercept_in_s: 55.0,
            intercept_range_m: 109_000.0,
        },
        What::MissileMoved { missile, place, speed_m_s: 1_200.0 },
        What::Resolved {
            missile,
            outcome: Outcome::Kill,
            aircraft: Some(aircraft),
            place,
            kill_prob: 0.7,
            track_error_m: Some(45.0),
        },
        What::Destroyed { aircraft, missile },
        What::EngagementEnded { engagement, end: EngagementEnd::KillCalled },
        What::Ended,
    ])
}

/// Any event: every kind, any finite figure, any number.
pub(crate) fn any_what() -> impl Strategy<Value = What> {
    (0..KINDS, 0..24usize, [finite(); 7], any::<[u32; 5]>(), any::<[u64; 2]>(), any::<bool>())
        .prop_map(|(kind, sub, x, n, long, flag)| what_of(kind, sub, x, n, long, flag))
}

/// Normal, subnormal and zero, of either sign.
fn finite() -> proptest::num::f64::Any {
    use proptest::num::f64::{NEGATIVE, NORMAL, POSITIVE, SUBNORMAL, ZERO};
    NORMAL | SUBNORMAL | ZERO | POSITIVE | NEGATIVE
}

/// The event of a kind with the figures `x` and the numbers `n` and `long`; `sub` chooses among
/// the reasons.
pub(crate) fn what_of(
    kind: usize,
    sub: usize,
    x: [f64; 7],
    n: [u32; 5],
    long: [u64; 2],
    flag: bool,
) -> What {
    let (aircraft, radar, network) = (AircraftId(n[0]), RadarId(n[1]), NetworkId(n[2]));
    let (track, plot, missile) = (TrackId(long[0]), PlotId(long[1]), MissileId(n[3]));
    let engagement = EngagementId(n[4]);
    let place = Geodetic { lat_rad: x[0], lon_rad: x[1], height_m: x[2] };
    let velocity = EnuVelocity { east_m_s: x[3], north_m_s: x[4], up_m_s: x[5] };
    let maybe = flag.then_some(aircraft);
    match kind {
        0 => What::Appeared { aircraft },
        1 => What::Moved { aircraft, place, velocity },
        2 => What::Leaked { aircraft, asset: AssetId(n[1]) },
        3 => What::Left { aircraft },
        4 => What::Destroyed { aircraft, missile },
        5 => What::Sighted { radar, aircraft, sight: sight_of(sub, x) },
        6 => What::Look {
            radar,
            aircraft,
            range_m: x[0],
            snr_db: x[1],
            detection_prob: x[2],
            so_far_prob: x[3],
            detected: flag,
        },
        7 => {
            let measured = Aer { azimuth_rad: x[0], elevation_rad: x[1], range_m: x[2] };
            let (time, reply) = (Time(long[0].cast_signed()), replies()[sub % 9]);
            What::Plotted {
                radar,
                plot: Plot { id: plot, time, measured, snr_db: x[3], reply },
                origin: maybe,
            }
        }
        8 => What::TrackStarted { network, track, plot },
        9 => What::TrackUpdated {
            network,
            track,
            plot,
            place,
            velocity,
            sigma_m: x[6],
            nis_ratio: x[0],
        },
        10 => What::TrackConfirmed { network, track, plot },
        11 => What::TrackDropped { network, track, reason: DropReason::NotSeen },
        12 => What::TrackDropped { network, track, reason: DropReason::NotConfirmed },
        13 => What::Identified {
            network,
            track,
            identity: Identity::AssumedFriend,
            basis: Basis::SecureReply,
        },
        25..=28 => hearing_of(kind, x, n, flag),
        30..=32 => identification_of(kind, sub, x, n, track, maybe),
        _ => command_of(kind, sub, x, n, long, flag, engagement),
    }
}

fn identification_of(
    kind: usize,
    sub: usize,
    x: [f64; 7],
    n: [u32; 5],
    track: TrackId,
    maybe: Option<AircraftId>,
) -> What {
    let network = NetworkId(n[2]);
    match kind {
        30 => What::Evidence {
            network,
            track,
            evidence: Evidence {
                finding: FINDINGS[sub % FINDINGS.len()],
                likelihood: Likelihood::new(x[0], x[1], x[2]),
            },
            hostile_prob: x[3],
        },
        31 => What::Consulted {
            network,
            from: NetworkId(n[1]),
            track,
            answered: [
                Answered::Consents,
                Answered::Refuses { identity: Identity::Neutral },
                Answered::SeesNothing,
                Answered::Cut { fires: maybe.is_some() },
            ][sub % 4],
        },
        _ => {
            What::Transferred { missile: MissileId(n[3]), from: maybe, aircraft: AircraftId(n[0]) }
        }
    }
}

fn hearing_of(kind: usize, x: [f64; 7], n: [u32; 5], flag: bool) -> What {
    let (aircraft, radar) = (AircraftId(n[0]), RadarId(n[1]));
    match kind {
        25 => What::Merged { radar, aircraft, into: PlotId(n[1].into()) },
        26 => What::Heard { radar, bearing: bearing_of(flag, x), origin: aircraft },
        27 => What::Radiates { radar, on: flag },
        _ => What::Loaded { radar, load_ratio: x[0], stretch_ratio: x[1], dropped: n[1] },
    }
}

fn command_of(
    kind: usize,
    sub: usize,
    x: [f64; 7],
    n: [u32; 5],
    long: [u64; 2],
    flag: bool,
    engagement: EngagementId,
) -> What {
    let (network, track, unit) = (NetworkId(n[2]), TrackId(long[0]), UnitId(n[1]));
    let (missile, launcher, interceptor) = (MissileId(n[3]), LauncherId(n[0]), InterceptorId(n[1]));
    let (intercept_in_s, intercept_range_m) = (x[0], x[1]);
    match kind {
        14 => {
            let (time_to_go_s, miss_m, weight) = (x[0], x[1], x[2]);
            let asset = flag.then_some(n[0]);
            What::Threatened {
                network,
                threat: Threat { track, asset, time_to_go_s, miss_m, weight },
            }
        }
        15 => {
            What::Withheld { network, track, unit: flag.then_some(unit), reason: reason_of(sub, x) }
        }
        16 => What::Refused { network, track, unit, reason: reason_of(sub, x) },
        17 => What::Ordered {
            network,
            engagement,
            track,
            unit,
            interceptor,
            rounds: n[0],
            intercept_in_s,
            intercept_range_m,
        },
        18 => What::Acquired { engagement, radar: RadarId(n[0]), looks: n[1] },
        19 => What::Launched {
            engagement,
            missile,
            launcher,
            interceptor,
            intercept_in_s,
            intercept_range_m,
        },
        20 => What::MissileMoved {
            missile,
            place: Geodetic { lat_rad: x[0], lon_rad: x[1], height_m: x[2] },
            speed_m_s: x[3],
        },
        21 => What::Aborted { missile, reason: abort_of(sub, x) },
        22 => What::Resolved {
            missile,
            outcome: [Outcome::Kill, Outcome::Miss, Outcome::Failed, Outcome::NothingThere]
                [sub % 4],
            aircraft: flag.then_some(AircraftId(n[0])),
            place: Geodetic { lat_rad: x[0], lon_rad: x[1], height_m: x[2] },
            kill_prob: x[3],
            track_error_m: flag.then_some(x[4]),
        },
        23 => What::Assessed { engagement, killed: flag },
        24 => What::EngagementEnded { engagement, end: end_of(sub, x) },
        _ => What::Ended,
    }
}

fn bearing_of(strobe: bool, x: [f64; 7]) -> Bearing {
    Bearing {
        id: PlotId(7),
        time: Time(3),
        kind: if strobe { BearingKind::Strobe } else { BearingKind::Emission },
        azimuth_rad: x[0],
        azimuth_sigma_rad: x[1],
        level_db: x[2],
    }
}

fn sight_of(sub: usize, x: [f64; 7]) -> Sight {
    match sub % 11 {
        0 => Sight::Clear,
        1 => Sight::Weak,
        2 => Sight::BelowHorizon { short_by_rad: x[0] },
        3 => Sight::BehindRelief { short_by_rad: x[0], ridge_m: x[1] },
        4 => Sight::BeyondRange { excess_m: x[0] },
        5 => Sight::TooClose { short_by_m: x[0] },
        6 => Sight::OutsideElevation { off_by_rad: x[0] },
        7 => Sight::OutsideSector { off_by_rad: x[0] },
        8 => Sight::TooSlow { short_by_m_s: x[0] },
        9 => Sight::RadarOff,
        10 => Sight::Faded { lost_db: x[0] },
        11 => Sight::Cluttered { lost_db: x[0] },
        12 => Sight::Jammed { lost_db: x[0] },
        13 => Sight::Silent,
        _ => Sight::Absent,
    }
}

fn reason_of(sub: usize, x: [f64; 7]) -> Reason {
    match sub {
        0 => Reason::Identity { identity: Identity::Suspect },
        1 => Reason::WeaponsHold,
        2 => Reason::NoThreat,
        3 => Reason::AlreadyEngaged,
        4 => Reason::OutOfReach { short_by_m: x[0] },
        5 => Reason::TooClose { short_by_m: x[0] },
        6 => Reason::BelowFloor { short_by_m: x[0] },
        7 => Reason::AboveCeiling { excess_m: x[0] },
        8 => Reason::TooFast { excess_m_s: x[0] },
        9 => Reason::BelowHorizon { short_by_rad: x[0] },
        10 => Reason::OutsideElevation { short_by_rad: x[0] },
        11 => Reason::OutsideRange { short_by_m: x[0] },
        12 => Reason::OutsideSector { off_by_rad: x[0] },
        13 => Reason::NoTargetChannel,
        14 => Reason::NoMissileChannel,
        15 => Reason::NoRounds,
        16 => Reason::UnitNotReady,
        17 => Reason::NoUnit,
        18 => Reason::AwaitingConsent,
        19 => Reason::ConsentRefused,
        20 => Reason::LinkCut,
        21 => Reason::Reserved,
        22 => Reason::OutsideSectorOfFire { off_by_rad: x[0] },
        _ => Reason::DoctrineHolds,
    }
}

fn abort_of(sub: usize, x: [f64; 7]) -> AbortReason {
    match sub % 4 {
        0 => AbortReason::TrackLost,
        1 => AbortReason::SightLost { for_s: x[0] },
        2 => AbortReason::OutOfReach { short_by_m: x[0] },
        _ => AbortReason::TargetGone,
    }
}

fn end_of(sub: usize, x: [f64; 7]) -> EngagementEnd {
    match sub % 6 {
        0 => EngagementEnd::KillCalled,
        1 => EngagementEnd::TargetSurvived,
        2 => EngagementEnd::NotAcquired { sight: Some(sight_of(sub, x)) },
        3 => EngagementEnd::NotFeasible { reason: reason_of(sub, x) },
        4 => EngagementEnd::TrackLost,
        _ => EngagementEnd::RunEnded,
    }
}

fn replies() -> [Reply; 9] {
    let asked = |mode, answer| Reply::Asked { mode, answer };
    [
        Reply::NotAsked,
        Reply::Silent,
        Reply::Civil,
        Reply::National,
        Reply::Mode5,
        Reply::Mode4,
        asked(Mode::Mode2, Answer::Code(0o1100)),
        asked(Mode::Mode4, Answer::Valid),
        asked(Mode::ModeS, Answer::Nothing),
    ]
}

fn roster() -> Roster {
    let place = Geodetic { lat_rad: 0.698, lon_rad: 0.569, height_m: 850.0 };
    let text = str::to_owned;
    Roster {
        title: text("One battery"),
        question: text("What does it see?"),
        variant: text("low"),
        start_utc: text("2026-11-01T00:00:00Z"),
        duration: Span::from_secs(600.0),
        aircraft: vec![AircraftEntry {
            class: redan_record::AirClass::Aircraft,
            name: text("Raid-1"),
            flight: text("Raid"),
            card: text("drone"),
            type_name: text("One-way drone"),
            side: Side::Hostile,
            target: Some(0),
            rcs_m2: 0.1,
        }],
        radars: vec![RadarEntry {
            name: text("Murted/search"),
            card: text("search"),
            network: 0,
            unit: Some(0),
            antenna: place,
            instrumented_range_m: 300_000.0,
        }],
        networks: vec![NetworkEntry {
            name: text("National"),
            origin: place,
            tracker: text("nearest"),
            doctrine: text("shoot-look-shoot"),
            weapons: WeaponsControl::Tight,
        }],
        units: vec![UnitEntry {
            name: text("Murted"),
            network: 0,
            place,
            target_channels: 6,
            missile_channels: 12,
            rounds: 8,
        }],
        launchers: vec![LauncherEntry {
            name: text("Murted/1"),
            unit: 0,
            place,
            load: vec![(0, 4)],
        }],
        interceptors: vec![InterceptorEntry {
            name: text("Long missile"),
            card: text("long"),
            claimed_range_m: 250_000.0,
        }],
        assets: vec![AssetEntry { name: text("Airfield"), place }],
    }
}
