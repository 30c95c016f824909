//! A small battle by hand: ZORRO-1 is engaged and destroyed, ZORRO-2 gets through, HERON-7 passes by.

use redan_command::{InterceptorId, UnitId, WeaponsControl};
use redan_geo::{EnuVelocity, Geodetic, Span, Time};
use redan_record::{
    AircraftEntry, AircraftId, AssetEntry, AssetId, EngagementEnd, EngagementId, Event, EventId,
    InterceptorEntry, LauncherEntry, LauncherId, MissileId, NetworkEntry, NetworkId, Outcome,
    RadarEntry, RadarId, Recording, Roster, Side, UnitEntry, What,
};
use redan_track::{Basis, DropReason, Identity, Plot, PlotId, Reply, TrackId};

/// The network that fights.
pub(crate) const NETWORK: &str = "national";

/// Words that truth alone knows; some of them need every kind of escape.
pub(crate) const TRUE_WORDS: [&str; 7] =
    ["ZORRO", "HERON", "Quokka", "hostile", "neutral", "Twelve raiders", "lonely"];

/// The battle.
pub(crate) fn battle() -> Recording {
    let mut story = Story::default();
    let national = NetworkId(0);
    for index in 0..3 {
        story.at(0.0).push(What::Appeared { aircraft: AircraftId(index) });
        story.at(5.0).moved(index, 40.0 + f64::from(index), 33.0);
    }
    story.at(6.0).track(national, 7, 40.001);
    story.at(10.0).track(national, 7, 40.002);
    let confirmed = What::TrackConfirmed { network: national, track: TrackId(7), plot: PlotId(1) };
    story.push(confirmed);
    // Another network has a track of the same number.
    story.track(NetworkId(1), 7, 50.0);
    story.push(What::TrackConfirmed { network: NetworkId(1), track: TrackId(7), plot: PlotId(2) });
    let (identity, basis) = (Identity::Suspect, Basis::Silence);
    story.at(20.0).push(What::Identified { network: national, track: TrackId(7), identity, basis });
    fight(&mut story);
    story.at(60.0).moved(1, 41.5, 33.0);
    story.at(62.0).push(What::Leaked { aircraft: AircraftId(1), asset: AssetId(0) });
    story.at(65.0).moved(2, 42.5, 33.1);
    story.at(66.0).push(What::Left { aircraft: AircraftId(2) });
    let reason = DropReason::NotSeen;
    story.at(90.0).push(What::TrackDropped { network: national, track: TrackId(7), reason });
    story.at(120.0).push(What::Ended);
    Recording { roster: roster(), seed: 7, replication: 3, events: story.events }
}

fn fight(story: &mut Story) {
    let (engagement, missile) = (EngagementId(4), MissileId(9));
    let interceptor = InterceptorId(0);
    story.at(25.0).push(What::Ordered {
        network: NetworkId(0),
        engagement,
        track: TrackId(7),
        unit: UnitId(0),
        interceptor,
        rounds: 2,
        intercept_in_s: 30.0,
        intercept_range_m: 40_000.0,
    });
    story.at(27.5).push(What::Acquired { engagement, radar: RadarId(0), looks: 2 });
    story.at(30.0).push(What::Launched {
        engagement,
        missile,
        launcher: LauncherId(0),
        interceptor,
        intercept_in_s: 20.0,
        intercept_range_m: 39_000.0,
    });
    let place = Geodetic::from_degrees(40.05, 32.8, 5_000.0);
    story.at(40.0).push(What::MissileMoved { missile, place, speed_m_s: 1_200.0 });
    story.at(45.0).moved(0, 40.02, 33.0);
    story.at(50.0).push(What::Resolved {
        missile,
        outcome: Outcome::Kill,
        aircraft: Some(AircraftId(0)),
        place: Geodetic::from_degrees(40.021, 33.0, 9_050.0),
        kill_prob: 0.7,
        track_error_m: Some(45.25),
    });
    story.push(What::Destroyed { aircraft: AircraftId(0), missile });
    story.at(55.0).push(What::Assessed { engagement, killed: true });
    story.push(What::EngagementEnded { engagement, end: EngagementEnd::KillCalled });
    // A second engagement finds nothing, for a reason that truth knows.
    let second = EngagementId(5);
    story.push(What::Ordered {
        network: NetworkId(0),
        engagement: second,
        track: TrackId(7),
        unit: UnitId(0),
        interceptor,
        rounds: 1,
        intercept_in_s: 30.0,
        intercept_range_m: 40_000.0,
    });
    let end = EngagementEnd::NotAcquired { sight: None };
    story.at(58.0).push(What::EngagementEnded { engagement: second, end });
}

#[derive(Default)]
struct Story {
    events: Vec<Event>,
    now: Time,
}

impl Story {
    fn at(&mut self, time_s: f64) -> &mut Story {
        self.now = Time::from_secs(time_s);
        self
    }

    fn push(&mut self, what: What) -> &mut Story {
        let id = EventId(self.events.len() as u64);
        self.events.push(Event { id, cause: None, at: self.now, what });
        self
    }

    fn moved(&mut self, aircraft: u32, lat_deg: f64, lon_deg: f64) -> &mut Story {
        let place = Geodetic::from_degrees(lat_deg, lon_deg, 9_000.0);
        let velocity = EnuVelocity { east_m_s: -200.0, north_m_s: 0.0, up_m_s: 0.0 };
        self.push(What::Moved { aircraft: AircraftId(aircraft), place, velocity })
    }

    /// A plot of the first aircraft, and the update of a track with it.
    fn track(&mut self, network: NetworkId, track: u64, lat_deg: f64) -> &mut Story {
        let id = PlotId(self.events.len() as u64);
        let measured = redan_geo::Aer { azimuth_rad: 1.0, elevation_rad: 0.1, range_m: 4e4 };
        let plot = Plot { id, time: self.now, measured, snr_db: 14.0, reply: Reply::Silent };
        self.push(What::Plotted { radar: RadarId(0), plot, origin: Some(AircraftId(0)) });
        let (place, track) = (Geodetic::from_degrees(lat_deg, 33.0, 8_990.0), TrackId(track));
        let velocity = EnuVelocity { east_m_s: -199.0, north_m_s: 1.0, up_m_s: 0.0 };
        let (sigma_m, nis_ratio) = (80.0, 2.0);
        self.push(What::TrackUpdated {
            network,
            track,
            plot: id,
            place,
            velocity,
            sigma_m,
            nis_ratio,
        })
    }
}

/// Two networks with one radar each; the first has a fire unit.
pub(crate) fn roster() -> Roster {
    let place = Geodetic::from_degrees(40.08, 32.57, 850.3);
    let far = Geodetic::from_degrees(41.0, 31.0, 120.0);
    Roster {
        title: "Twelve raiders, \"low\"\nand high\\".to_owned(),
        question: "What, if anything, gets through?".to_owned(),
        variant: "lonely".to_owned(),
        start_utc: "2026-05-12T04:00:00Z".to_owned(),
        duration: Span::from_secs(120.0),
        aircraft: vec![
            aircraft("ZORRO-1", "Quokka, two-seat", Side::Hostile),
            aircraft("ZORRO-2", "Quokka \"B\"\n", Side::Hostile),
            aircraft("HERON-7", "Quokka liner\\", Side::Neutral),
        ],
        radars: vec![radar("Murted/92N6E", 0, Some(0), place), radar("Annex/96L6E", 1, None, far)],
        networks: vec![network(NETWORK, place), network("annex", far)],
        units: vec![UnitEntry {
            name: "Murted, 1st".to_owned(),
            network: 0,
            place,
            target_channels: 6,
            missile_channels: 12,
            rounds: 8,
        }],
        launchers: vec![LauncherEntry {
            name: "Murted/TEL-1".to_owned(),
            unit: 0,
            place: Geodetic::from_degrees(40.081, 32.571, 848.0),
            load: vec![(0, 4)],
        }],
        interceptors: vec![
            interceptor("48N6E3", 250_000.0),
            interceptor("not loaded anywhere", 400_000.0),
        ],
        assets: vec![AssetEntry {
            name: "Ankara".to_owned(),
            place: Geodetic::from_degrees(39.93, 32.86, 900.0),
        }],
    }
}

fn aircraft(name: &str, type_name: &str, side: Side) -> AircraftEntry {
    AircraftEntry {
        class: redan_record::AirClass::Aircraft,
        name: name.to_owned(),
        flight: name.split('-').next().unwrap_or(name).to_owned(),
        card: "air/quokka".to_owned(),
        type_name: type_name.to_owned(),
        side,
        target: Some(0),
        rcs_m2: 1.0,
    }
}

fn radar(name: &str, network: u32, unit: Option<u32>, antenna: Geodetic) -> RadarEntry {
    let (name, card) = (name.to_owned(), "radar".to_owned());
    RadarEntry { name, card, network, unit, antenna, instrumented_range_m: 400_000.0 }
}

fn network(name: &str, origin: Geodetic) -> NetworkEntry {
    let (name, tracker) = (name.to_owned(), "nearest".to_owned());
    let (doctrine, weapons) = ("shoot-look-shoot".to_owned(), WeaponsControl::Free);
    NetworkEntry { name, origin, tracker, doctrine, weapons }
}

fn interceptor(name: &str, claimed_range_m: f64) -> InterceptorEntry {
    InterceptorEntry { name: name.to_owned(), card: "missile".to_owned(), claimed_range_m }
}
