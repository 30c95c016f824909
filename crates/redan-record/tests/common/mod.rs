//! Recordings built by hand: one network with a search radar, an engagement radar and one launcher.

#![allow(dead_code, reason = "each test file uses its own part of the builder")]

use redan_command::{InterceptorId, Reason, UnitId, WeaponsControl};
use redan_geo::{Aer, EnuVelocity, Geodetic, Span, Time};
use redan_record::*;
use redan_track::{Basis, Identity, Plot, PlotId, Reply, TrackId};

pub(crate) const SEARCH: RadarId = RadarId(0);
pub(crate) const ENGAGE: RadarId = RadarId(1);
pub(crate) const NETWORK: NetworkId = NetworkId(0);
pub(crate) const UNIT: UnitId = UnitId(0);

/// Builds a recording event by event, at a clock that is set by hand.
pub(crate) struct Story {
    pub(crate) recording: Recording,
    now: Time,
}

/// A roster with these aircraft, by name and side; the flight is the name up to its dash.
pub(crate) fn roster(aircraft: &[(&str, Side)]) -> Roster {
    let place = Geodetic::from_degrees(54.7, 20.5, 24.0);
    let radar = |name: &str, unit| RadarEntry {
        name: name.to_owned(),
        card: "card".to_owned(),
        network: 0,
        unit,
        antenna: place,
        instrumented_range_m: 400e3,
    };
    Roster {
        title: "Three aircraft".to_owned(),
        question: "What becomes of them?".to_owned(),
        variant: String::new(),
        start_utc: "2026-01-01T00:00:00Z".to_owned(),
        duration: Span::from_secs(600.0),
        aircraft: aircraft
            .iter()
            .map(|(name, side)| AircraftEntry {
                class: redan_record::AirClass::Aircraft,
                name: (*name).to_owned(),
                flight: name.split('-').next().unwrap_or(name).to_owned(),
                card: "card".to_owned(),
                type_name: "cruise missile".to_owned(),
                side: *side,
                target: Some(0),
                rcs_m2: 0.1,
            })
            .collect(),
        radars: vec![radar("Murted/91N6E", None), radar("Murted/92N6E", Some(0))],
        networks: vec![NetworkEntry {
            name: "Murted".to_owned(),
            origin: place,
            tracker: "nearest".to_owned(),
            doctrine: "shoot-look-shoot".to_owned(),
            weapons: WeaponsControl::Free,
        }],
        units: vec![UnitEntry {
            name: "Murted/1".to_owned(),
            network: 0,
            place,
            target_channels: 6,
            missile_channels: 12,
            rounds: 8,
        }],
        launchers: vec![LauncherEntry {
            name: "Murted/1/TEL-1".to_owned(),
            unit: 0,
            place,
            load: vec![(0, 8)],
        }],
        interceptors: vec![InterceptorEntry {
            name: "48N6E".to_owned(),
            card: "card".to_owned(),
            claimed_range_m: 150e3,
        }],
        assets: vec![AssetEntry { name: "Ankara".to_owned(), place }],
    }
}

impl Story {
    pub(crate) fn new(aircraft: &[(&str, Side)]) -> Self {
        let roster = roster(aircraft);
        let recording = Recording { roster, seed: 7, replication: 0, events: Vec::new() };
        Self { recording, now: Time::ZERO }
    }

    /// Sets the clock.
    pub(crate) fn at(&mut self, seconds: f64) -> &mut Self {
        self.now = Time::from_secs(seconds);
        self
    }

    /// Records an event without a cause.
    pub(crate) fn first(&mut self, what: What) -> EventId {
        self.push(None, what)
    }

    /// Records an event with its cause.
    pub(crate) fn after(&mut self, cause: EventId, what: What) -> EventId {
        self.push(Some(cause), what)
    }

    pub(crate) fn push(&mut self, cause: Option<EventId>, what: What) -> EventId {
        let id = EventId(self.recording.events.len() as u64);
        self.recording.events.push(Event { id, cause, at: self.now, what });
        id
    }

    /// A look at `range_km`.
    pub(crate) fn look(
        &mut self,
        cause: EventId,
        aircraft: u32,
        (radar, range_km): (RadarId, f64),
        (detection_prob, so_far_prob, detected): (f64, f64, bool),
    ) -> EventId {
        let what = What::Look {
            radar,
            aircraft: AircraftId(aircraft),
            range_m: range_km * 1e3,
            snr_db: 11.5,
            detection_prob,
            so_far_prob,
            detected,
        };
        self.after(cause, what)
    }

    /// A plot; its number is that of its event, as the engine numbers them.
    pub(crate) fn plot(
        &mut self,
        cause: Option<EventId>,
        radar: RadarId,
        origin: Option<u32>,
    ) -> PlotId {
        let id = PlotId(self.recording.events.len() as u64);
        let measured = Aer { azimuth_rad: 1.0, elevation_rad: 0.01, range_m: 34_000.0 };
        let plot = Plot { id, time: self.now, measured, snr_db: 11.5, reply: Reply::Silent };
        self.push(cause, What::Plotted { radar, plot, origin: origin.map(AircraftId) });
        id
    }

    /// A detection, its plot and the update of a track with it.
    pub(crate) fn seen_on(&mut self, cause: EventId, aircraft: u32, track: u64) -> EventId {
        let look = self.look(cause, aircraft, (SEARCH, 30.0), (0.9, 0.99, true));
        let plot = self.plot(Some(look), SEARCH, Some(aircraft));
        self.update(track, plot)
    }

    pub(crate) fn update(&mut self, track: u64, plot: PlotId) -> EventId {
        let what = What::TrackUpdated {
            network: NETWORK,
            track: TrackId(track),
            plot,
            place: Geodetic::from_degrees(54.7, 21.0, 50.0),
            velocity: EnuVelocity { east_m_s: -240.0, north_m_s: 0.0, up_m_s: 0.0 },
            sigma_m: 210.0,
            nis_ratio: 2.9,
        };
        self.after(EventId(plot.0), what)
    }

    /// A detected look, its plot, a track that is confirmed `confirm_s` later and judged hostile
    /// another ten seconds later. Returns the event of the judgement.
    pub(crate) fn hostile_track(
        &mut self,
        (aircraft, track): (u32, u64),
        cause: EventId,
        start_s: f64,
        confirm_s: f64,
    ) -> EventId {
        let (network, track_id) = (NETWORK, TrackId(track));
        self.at(start_s);
        let look = self.look(cause, aircraft, (SEARCH, 34.0), (0.61, 0.93, true));
        let plot = self.plot(Some(look), SEARCH, Some(aircraft));
        self.at(start_s + 1.0);
        let started =
            self.after(EventId(plot.0), What::TrackStarted { network, track: track_id, plot });
        self.at(start_s + confirm_s);
        self.seen_on(cause, aircraft, track);
        let confirmed =
            self.after(started, What::TrackConfirmed { network, track: track_id, plot });
        self.at(start_s + confirm_s + 10.0);
        let (identity, basis) = (Identity::Hostile, Basis::Silence);
        self.after(confirmed, What::Identified { network, track: track_id, identity, basis })
    }

    pub(crate) fn withheld(&mut self, cause: EventId, track: u64, reason: Reason) -> EventId {
        let (network, track, unit) = (NETWORK, TrackId(track), Some(UNIT));
        self.after(cause, What::Withheld { network, track, unit, reason })
    }

    pub(crate) fn ordered(&mut self, cause: EventId, track: u64, engagement: u32) -> EventId {
        let what = What::Ordered {
            network: NETWORK,
            engagement: EngagementId(engagement),
            track: TrackId(track),
            unit: UNIT,
            interceptor: InterceptorId(0),
            rounds: 1,
            intercept_in_s: 41.0,
            intercept_range_m: 22_000.0,
        };
        self.after(cause, what)
    }

    pub(crate) fn launched(&mut self, cause: EventId, engagement: u32, missile: u32) -> EventId {
        let what = What::Launched {
            engagement: EngagementId(engagement),
            missile: MissileId(missile),
            launcher: LauncherId(0),
            interceptor: InterceptorId(0),
            intercept_in_s: 31.0,
            intercept_range_m: 21_000.0,
        };
        self.after(cause, what)
    }

    pub(crate) fn resolved(
        &mut self,
        cause: EventId,
        missile: u32,
        aircraft: u32,
        outcome: Outcome,
    ) -> EventId {
        let what = What::Resolved {
            missile: MissileId(missile),
            outcome,
            aircraft: Some(AircraftId(aircraft)),
            place: Geodetic::from_degrees(54.7, 20.8, 60.0),
            kill_prob: 0.8,
            track_error_m: Some(42.0),
        };
        self.after(cause, what)
    }

    /// Appearance below the horizon of the search radar, which it rises above at `rise_s`. Returns
    /// the event of the sight.
    pub(crate) fn rises(&mut self, aircraft: u32, appear_s: f64, rise_s: f64) -> EventId {
        let (radar, id) = (SEARCH, AircraftId(aircraft));
        self.at(appear_s);
        let appeared = self.first(What::Appeared { aircraft: id });
        let sight = Sight::BelowHorizon { short_by_rad: 0.003_665 };
        self.after(appeared, What::Sighted { radar, aircraft: id, sight });
        self.at(rise_s);
        self.after(appeared, What::Sighted { radar, aircraft: id, sight: Sight::Weak })
    }
}

/// CM-1 rises above the horizon at 01:00, is tracked, engaged and destroyed at 02:41.
pub(crate) fn kill() -> Story {
    let mut story = Story::new(&[("CM-1", Side::Hostile)]);
    let (aircraft, engagement) = (AircraftId(0), EngagementId(0));
    let weak = story.rises(0, 0.0, 60.0);
    story.at(64.0).look(weak, 0, (SEARCH, 36.0), (0.03, 0.03, false));
    story.at(68.0);
    let sight = Sight::Clear;
    let clear = story.after(EventId(0), What::Sighted { radar: SEARCH, aircraft, sight });
    let hostile = story.hostile_track((0, 3), clear, 76.0, 24.0);
    story.at(112.0);
    let ordered = story.ordered(hostile, 3, 0);
    story.at(118.0);
    story.after(EventId(0), What::Sighted { radar: ENGAGE, aircraft, sight });
    story.look(EventId(0), 0, (ENGAGE, 27.0), (0.99, 0.99, true));
    let acquired = story.after(ordered, What::Acquired { engagement, radar: ENGAGE, looks: 3 });
    story.at(122.0);
    let launched = story.launched(acquired, 0, 4);
    story.at(161.0);
    let resolved = story.resolved(launched, 4, 0, Outcome::Kill);
    story.after(resolved, What::Destroyed { aircraft, missile: MissileId(4) });
    story.after(EventId(0), What::Sighted { radar: SEARCH, aircraft, sight: Sight::Absent });
    story.at(166.0);
    story.after(acquired, What::Assessed { engagement, killed: true });
    let end = EngagementEnd::KillCalled;
    story.after(ordered, What::EngagementEnded { engagement, end });
    story.at(600.0).first(What::Ended);
    story
}

/// CM-1 is tracked from 01:00 on, is out of reach, then finds no channel, and reaches Ankara at 05:00.
pub(crate) fn leak() -> Story {
    let mut story = Story::new(&[("CM-1", Side::Hostile)]);
    let aircraft = AircraftId(0);
    let weak = story.rises(0, 0.0, 60.0);
    let hostile = story.hostile_track((0, 3), weak, 64.0, 12.0);
    story.at(90.0);
    story.withheld(hostile, 3, Reason::OutOfReach { short_by_m: 38_200.0 });
    story.at(250.0);
    story.withheld(hostile, 3, Reason::NoTargetChannel);
    story.at(254.0);
    story.withheld(hostile, 3, Reason::OutOfReach { short_by_m: 1_900.0 });
    story.at(258.0);
    story.withheld(hostile, 3, Reason::NoTargetChannel);
    story.at(300.0);
    story.after(EventId(0), What::Leaked { aircraft, asset: AssetId(0) });
    story.at(600.0).first(What::Ended);
    story
}

/// CM-1 stays below the horizon, but for a minute in weak view; it reaches Ankara unseen at 05:00.
pub(crate) fn unseen() -> Story {
    let mut story = Story::new(&[("CM-1", Side::Hostile)]);
    let aircraft = AircraftId(0);
    let weak = story.rises(0, 0.0, 180.0);
    story.at(184.0).look(weak, 0, (SEARCH, 36.0), (0.03, 0.03, false));
    story.at(194.0).look(weak, 0, (SEARCH, 34.0), (0.08, 0.11, false));
    story.at(240.0);
    let sight = Sight::BehindRelief { short_by_rad: 0.001, ridge_m: 12_400.0 };
    story.after(EventId(0), What::Sighted { radar: SEARCH, aircraft, sight });
    story.at(300.0);
    story.after(EventId(0), What::Leaked { aircraft, asset: AssetId(0) });
    story.at(600.0).first(What::Ended);
    story
}
