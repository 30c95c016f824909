//! Case 12: target channels and rounds that run out, fought in the engine.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use anyhow::Result;
use redan_record::{Measures, What};
use redan_sim::Battle;
use redan_sim::card::Library;
use redan_sim::draw::{Luck, NameHash, Purpose};

use super::check::{CHANCE, COUNT, Check, Worst};
use super::field::{self, SEED};
use super::outcome::{MEAN, SIGMAS, fight, share, with};
use super::table::Table;
use super::{Effort, Findings};

const RAID: &str = include_str!("../../../../validation/12-channels/raid.toml");
const STREAM: &str = include_str!("../../../../validation/12-channels/stream.toml");
const ERLANG: &str = include_str!("../../../../validation/tables/combat/erlang.csv");
const SATURATION: &str =
    include_str!("../../../../validation/tables/combat/deterministic_saturation.csv");

/// Drones of one battle of the loss system, and how many of them come before it has settled.
const ARRIVALS: u64 = 160;
const FIRST: usize = 10;

/// Speed of the drones of the stream, m/s.
const SPEED_M_S: f64 = 50.0;

/// From the appearance of a drone to its first possible order: three plots, replies awaited, a decision.
const FIRST_ORDER_S: f64 = 2.5;

/// The sector of fire is asked for the moment of the launch, so much after the order.
const REACTION_S: f64 = 2.0;

/// Runs the case.
pub(super) fn run(library: &Library, effort: Effort) -> Result<Findings> {
    let mut findings = Findings::default();
    saturation(&mut findings, library, effort)?;
    let service_s = service_s(library)?;
    findings.checks.push(Check::info(MEAN, "a channel is taken for, seconds", service_s));
    streams(&mut findings, library, service_s)?;
    loss(&mut findings, library, effort, service_s)?;
    findings.note(
        "Every line but the formula's own is counted in the engine. In the stream a missile takes the same time to every \
         drone, and the end of the battalion's sector of fire is the end of a drone's window. Rows are taken \
         whose answer stays the same when the service is 15 % and the window 8 % longer or shorter: the \
         engine's are not constant to a second, and its command takes neighbours in the order of estimated urgency.",
    );
    Ok(findings)
}

/// 10 channels, 32 rounds, 2 for each target: 16 engagements, in every battle.
fn saturation(findings: &mut Findings, library: &Library, effort: Effort) -> Result<()> {
    let replications = effort.replications(40);
    let outcomes = fight(RAID, replications, library)?;
    let all = |claim: &str, holds: fn(&super::outcome::Outcome) -> bool| {
        share(claim, 1.0, &outcomes, holds)
    };
    findings.checks.push(all("32 rounds by twos: 16 kills, always", |o| o.kills == 16));
    findings.checks.push(all("32 rounds by twos: 32 fired, always", |o| o.rounds == 32));
    findings.checks.push(all("20 targets: 4 leaks, always", |o| o.leaks == 4));
    let battle = field::battle("raid.toml", RAID, None, library)?;
    let most = (0..replications.min(5)).map(|n| at_one_time(&field::events(&battle, n))).max();
    let most = f64::from(most.unwrap_or(0));
    findings.checks.push(Check::near(COUNT, "engagements at one time", 10.0, most, 0.0));
    let ones = with(RAID, &[("salvo = 2", "salvo = 1".into())])?;
    let outcomes = fight(&ones, replications, library)?;
    findings.checks.push(share("by ones: no leak, always", 1.0, &outcomes, |o| o.leaks == 0));
    Ok(())
}

/// Most engagements that were open together.
fn at_one_time(events: &[redan_record::Event]) -> u32 {
    let (mut open, mut most) = (0_u32, 0);
    for event in events {
        match event.what {
            What::Ordered { .. } => open += 1,
            What::EngagementEnded { .. } => open = open.saturating_sub(1),
            _ => {}
        }
        most = most.max(open);
    }
    most
}

/// The stream with drones that appear at these times and can be ordered for so long after the first
/// possible order.
fn stream(appear_s: &[f64], open_s: f64, channels: f64, library: &Library) -> Result<Battle> {
    // Radars and crew have their first turns behind them when the first one comes.
    let appear_s: Vec<f64> = appear_s.iter().map(|at| at + 10.0).collect();
    let last_s = appear_s.iter().copied().fold(0.0, f64::max);
    let minutes = ((last_s + open_s + 400.0) / 60.0).ceil();
    let mut text = with(
        STREAM,
        &[
            ("duration_min = 60", format!("duration_min = {minutes}")),
            ("target_channels = 1", format!("target_channels = {channels}")),
        ],
    )?;
    // A degree of longitude at 50.54 degrees north is 70.9 km.
    let west_deg = SPEED_M_S * (FIRST_ORDER_S + REACTION_S + open_s) / 70_900.0;
    for (number, start_s) in appear_s.iter().enumerate() {
        // Each a quarter of a kilometre farther than the last, so that no two make one echo.
        let north_deg = 50.539 + (number % 16) as f64 * 0.002_2;
        let west = 20.0 - west_deg;
        let _ = write!(
            text,
            "\n[[flight]]\nname = \"drone-{number}\"\ncard = \"one-way drone\"\nside = \"hostile\"\n\
             start_s = {start_s}\nroute = [\n    {{ at = [{north_deg}, {west}], altitude_m = 3000, \
             speed_m_s = {SPEED_M_S} }},\n    {{ at = [{north_deg}, 20.25] }},\n]\n"
        );
    }
    field::battle("stream.toml", &text, None, library)
}

/// Which drones were destroyed.
fn destroyed(battle: &Battle, replication: u64) -> Vec<bool> {
    let mut measures = Measures::new(&battle.roster());
    redan_sim::run(battle, SEED, replication, &mut measures);
    measures.aircraft.iter().map(|aircraft| aircraft.destroyed.is_some()).collect()
}

/// Mean time that an engagement with a launch takes a channel, half a cycle of decision after it included.
fn service_s(library: &Library) -> Result<f64> {
    let appear_s: Vec<f64> = (0..8).map(|n| f64::from(n) * 100.0).collect();
    let battle = stream(&appear_s, 20.0, 1.0, library)?;
    let (mut ordered, mut fired, mut held) = (BTreeMap::new(), BTreeSet::new(), Vec::new());
    for event in field::events(&battle, 0) {
        match event.what {
            What::Ordered { engagement, .. } => {
                ordered.insert(engagement, event.at);
            }
            What::Launched { engagement, .. } => {
                fired.insert(engagement);
            }
            What::EngagementEnded { engagement, .. } if fired.contains(&engagement) => {
                held.push((event.at - ordered[&engagement]).as_secs());
            }
            _ => {}
        }
    }
    Ok(held.iter().sum::<f64>() / held.len() as f64 + 0.25)
}

/// First come, first served on `channels`; who cannot be finished in its window is passed over (the table's
/// own recursion). Returns how many are served.
fn served(threats: usize, channels: usize, service: f64, window: f64, spacing: f64) -> usize {
    let mut free = vec![0.0_f64; channels];
    let mut count = 0;
    for number in 0..threats {
        let appears = number as f64 * spacing;
        let Some(first) = free.iter_mut().min_by(|a, b| a.total_cmp(b)) else {
            return count;
        };
        let start = appears.max(*first);
        if start + service <= appears + window {
            *first = start + service;
            count += 1;
        }
    }
    count
}

/// Rows of the table of deterministic saturation, with their times stretched to the engine's service.
fn streams(findings: &mut Findings, library: &Library, service_s: f64) -> Result<()> {
    let mut formula = Worst::default();
    let mut engine = Worst::default();
    for row in Table::parse("deterministic_saturation.csv", SATURATION)?.rows() {
        let (threats, channels) =
            (row.number("n_threats")? as usize, row.number("channels")? as usize);
        let service = row.number("service_time_s")?;
        let (window, spacing) = (row.number("window_per_threat_s")?, row.number("spacing_s")?);
        let expected = row.number("serviced")?;
        let title = || format!("{threats} on {channels}");
        let of = |service, window| served(threats, channels, service, window, spacing) as f64;
        formula.add(title, expected, of(service, window), 0.5);
        let is_firm = [0.85, 1.15].iter().all(|s| {
            [0.92, 1.08].iter().all(|w| (of(service * s, window * w) - expected).abs() < 0.5)
        });
        let stretch = service_s / service;
        let open_s = (window - service) * stretch;
        // Far from the middle of their path missiles take longer to the drones.
        if !is_firm || !(0.0..=400.0).contains(&open_s) {
            continue;
        }
        let appear_s: Vec<f64> = (0..threats).map(|n| n as f64 * spacing * stretch).collect();
        let battle = stream(&appear_s, open_s, channels as f64, library)?;
        let got = destroyed(&battle, 0).iter().filter(|hit| **hit).count() as f64;
        engine.add(title, expected, got, 0.5);
    }
    findings.checks.push(formula.check(COUNT, "saturation, recursion"));
    findings.checks.push(engine.check(COUNT, "saturation, engine"));
    Ok(())
}

/// Erlang's loss formula by its recursion B(c) = a B(c − 1) / (c + a B(c − 1)).
fn blocking_prob(channels: u32, offered: f64) -> f64 {
    (1..=channels).fold(1.0, |blocked, c| offered * blocked / (f64::from(c) + offered * blocked))
}

/// A Poisson stream of drones that can be ordered for a moment only.
fn loss(findings: &mut Findings, library: &Library, effort: Effort, service_s: f64) -> Result<()> {
    /// How long a drone may be ordered: two decisions at least, whatever the moment of its confirmation.
    const OPEN_S: f64 = 3.0;
    let mut formula = Worst::default();
    for row in Table::parse("erlang.csv", ERLANG)?.rows() {
        let (channels, offered) = (row.number("channels")?, row.number("offered_erlangs")?);
        let blocked = row.number("erlang_B_blocking")?;
        let title = format!("channels {channels}, load {offered}");
        formula.add(|| title.clone(), blocked, blocking_prob(channels as u32, offered), 1e-10);
        let load = row.number("load_per_channel_rho")?;
        if channels > 6.0 || !((load - 0.5).abs() < 1e-9 || (load - 1.0).abs() < 1e-9) {
            continue;
        }
        let mut hit = Vec::new();
        for battle in 0..effort.replications(8) {
            let appear_s = arrivals(battle, channels, service_s / offered);
            let battle = stream(&appear_s, OPEN_S, channels, library)?;
            // The first ones find all channels free.
            hit.extend(destroyed(&battle, 0).into_iter().skip(FIRST));
        }
        let (got, error) = share_lost(&hit);
        // Who is lost at once in the formula may here wait for a moment, which saves a part of them.
        let patience = blocked * (OPEN_S + 1.0) / service_s;
        let tolerance = patience + SIGMAS * error;
        findings.checks.push(Check::near(
            CHANCE,
            format!("{title}, lost"),
            blocked,
            got,
            tolerance,
        ));
    }
    findings.checks.push(formula.check(CHANCE, "Erlang B"));
    Ok(())
}

/// Poisson arrivals of one battle.
fn arrivals(battle: u64, channels: f64, mean_gap_s: f64) -> Vec<f64> {
    let luck = Luck::new(SEED, battle);
    let name = NameHash::of("arrival").combine(NameHash::of(&channels.to_string()));
    let mut at_s = 0.0;
    (0..ARRIVALS)
        .map(|nth| {
            at_s += luck.draw(Purpose::Detection, name, nth).exponential() * mean_gap_s;
            at_s
        })
        .collect()
}

/// Share of those that were not served, and its standard error from means of batches, since neighbours
/// share their luck.
fn share_lost(hit: &[bool]) -> (f64, f64) {
    let lost = |part: &[bool]| part.iter().filter(|hit| !**hit).count() as f64 / part.len() as f64;
    let size = (hit.len() / 20).max(1);
    let batches: Vec<f64> = hit.chunks_exact(size).map(lost).collect();
    let mean = batches.iter().sum::<f64>() / batches.len() as f64;
    let squares: f64 = batches.iter().map(|b| (b - mean) * (b - mean)).sum();
    let count = batches.len() as f64;
    (lost(hit), (squares / (count - 1.0).max(1.0) / count).sqrt())
}

#[cfg(test)]
mod tests {
    use super::super::assert_passes;

    #[test]
    fn val_channels_and_rounds_run_out_as_they_must() {
        assert_passes("12-channels", 16);
    }
}
