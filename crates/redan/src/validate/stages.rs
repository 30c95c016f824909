//! Where the kilometres go between the radar horizon and the first intercept of one target.

use anyhow::{Context, Result};
use redan_geo::{Geodetic, Time};
use redan_record::{AircraftId, Event, EventId, What};
use redan_sim::Battle;

use super::field;

/// The one target of the scenarios.
const TARGET: AircraftId = AircraftId(0);

/// Milestones on the way, each with what ends there.
pub(super) const MILESTONES: [&str; COUNT] = [
    "over the radar horizon",
    "first look (scan)",
    "first detection (signal)",
    "track confirmed (plots)",
    "identified (crew)",
    "ordered (decision, channel)",
    "acquired (engagement radar)",
    "launched (reaction)",
    "met (missile's flight)",
];

/// Number of milestones.
pub(super) const COUNT: usize = 9;
/// Index of the horizon.
pub(super) const HORIZON: usize = 0;
/// Index of the launch.
pub(super) const LAUNCHED: usize = 7;
/// Index of the first intercept.
pub(super) const MET: usize = 8;

/// When each milestone was reached, and how far the target then was from the defended site.
#[derive(Clone, Copy, Debug)]
pub(super) struct Passage {
    /// Times, seconds.
    pub(super) at_s: [f64; COUNT],
    /// Distances at sea level, metres.
    pub(super) distance_m: [f64; COUNT],
}

/// The passage of the target in one replication; `None` where no missile met it.
///
/// The first intercept is the first event in which a missile meets the target, whatever came of it;
/// launch, acquisition, order, judgement and track are the causes of that event.
///
/// # Errors
/// When the events do not hang together as a recording promises.
pub(super) fn passage(battle: &Battle, events: &[Event]) -> Result<Option<Passage>> {
    let met = events.iter().find(|event| {
        matches!(event.what, What::Resolved { aircraft: Some(aircraft), .. } if aircraft == TARGET)
    });
    let Some(met) = met else { return Ok(None) };
    let launched = cause(events, met)?;
    let acquired = cause(events, launched)?;
    let ordered = cause(events, acquired)?;
    let identified = cause(events, ordered)?;
    let confirmed = cause(events, identified)?;
    let whole = matches!(ordered.what, What::Ordered { .. })
        && matches!(identified.what, What::Identified { .. })
        && matches!(confirmed.what, What::TrackConfirmed { .. });
    anyhow::ensure!(whole, "an intercept is not caused by a track, a judgement and an order");
    let looked =
        first(events, |what| matches!(what, What::Look { aircraft, .. } if *aircraft == TARGET))?;
    let detected = first(
        events,
        |what| matches!(what, What::Plotted { origin: Some(aircraft), .. } if *aircraft == TARGET),
    )?;
    let crossed = crossing(battle, looked)?;
    let rest = [looked, detected, confirmed, identified, ordered, acquired, launched, met];
    let mut times = [crossed; COUNT];
    for (time, event) in times[1..].iter_mut().zip(rest) {
        *time = event.at;
    }
    let site = battle.scenario.assets.first().context("the scenario defends a site")?.place;
    Ok(Some(Passage {
        at_s: times.map(Time::as_secs),
        distance_m: times.map(|time| field::arc_m(field::place(battle, TARGET, time), site)),
    }))
}

/// Mean passage.
pub(super) fn mean(passages: &[Passage]) -> Passage {
    let count = passages.len() as f64;
    let over = |of: &dyn Fn(&Passage) -> f64| passages.iter().map(of).sum::<f64>() / count;
    Passage {
        at_s: std::array::from_fn(|index| over(&|passage| passage.at_s[index])),
        distance_m: std::array::from_fn(|index| over(&|passage| passage.distance_m[index])),
    }
}

/// The event that caused another; an event's number is its place in the recording.
fn cause<'e>(events: &'e [Event], event: &Event) -> Result<&'e Event> {
    let EventId(number) = event.cause.context("an event of an engagement has no cause")?;
    let found = events.get(usize::try_from(number)?).filter(|found| found.id.0 == number);
    found.context("a cause is not where its number says")
}

fn first(events: &[Event], is: impl Fn(&What) -> bool) -> Result<&Event> {
    events.iter().find(|event| is(&event.what)).context("a target was met that was never seen")
}

/// When the target came over the horizon of the radar that saw it first, to a microsecond.
fn crossing(battle: &Battle, looked: &Event) -> Result<Time> {
    let What::Look { radar, .. } = looked.what else { anyhow::bail!("not a look") };
    let antenna = battle.scenario.radars[radar.index()].antenna;
    let in_view = |place: Geodetic| battle.scenario.earth.sight(&antenna, &place).visible;
    let seconds = |at_s: f64| in_view(field::place(battle, TARGET, Time::from_secs(at_s)));
    let (mut hidden_s, mut seen_s) =
        (battle.routes[TARGET.index()].start().as_secs(), looked.at.as_secs());
    anyhow::ensure!(!seconds(hidden_s) && seconds(seen_s), "the target did not start hidden");
    while seen_s - hidden_s > 1e-6 {
        let middle_s = 0.5 * (hidden_s + seen_s);
        if seconds(middle_s) {
            seen_s = middle_s;
        } else {
            hidden_s = middle_s;
        }
    }
    Ok(Time::from_secs(seen_s))
}
