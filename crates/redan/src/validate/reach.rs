//! Case 06: at what distance the first missile meets a low flier: by horizon and reaction alone, and
//! in the engine, with every kilometre between the two accounted for.

use anyhow::{Context, Result};
use redan_geo::{EffectiveEarth, Time};
use redan_sim::Battle;
use redan_sim::card::{Figures, Library};
use redan_sim::model::motion::Route;
use redan_track::NearestSettings;

use super::check::{COUNT, Check, KM};
use super::stages::{self, HORIZON, LAUNCHED, MET, MILESTONES, Passage};
use super::table::{Row, Table};
use super::{Effort, Findings, Grid, field};

const CLAIMS: &str =
    include_str!("../../../../validation/06-reach-against-low-fliers/closed-form.csv");

/// Scenarios of the engine, as the table names them.
const SCENARIOS: [(&str, &str); 2] = [
    ("6m.toml", include_str!("../../../../validation/06-reach-against-low-fliers/6m.toml")),
    ("24m.toml", include_str!("../../../../validation/06-reach-against-low-fliers/24m.toml")),
];

/// Runs the case.
pub(super) fn run(library: &Library, effort: Effort) -> Result<Findings> {
    let mut findings = Findings::default();
    let bracket_km = bracket_km(library)?;
    for row in Table::parse("closed-form.csv", CLAIMS)?.rows() {
        let closed = Closed::of(&row)?;
        let published_km = row.number("first_intercept_km")?;
        let claim = format!("closed form: {}", closed.title());
        let tolerance_km = row.number("tolerance_km")?;
        let intercept_km = closed.intercept_m() / 1e3;
        findings.checks.push(Check::near(KM, &claim, published_km, intercept_km, tolerance_km));
        let wanted = row.text("scenario")?;
        let Some((name, text)) = SCENARIOS.iter().find(|(name, _)| *name == wanted) else {
            continue;
        };
        let claim = format!("{claim}, FOI");
        findings.checks.push(Check::inside(KM, claim, bracket_km, intercept_km));
        let battle = field::battle(name, text, None, library)?;
        findings.extend(engine(&closed, &battle, bracket_km, effort)?);
    }
    findings.note(
        "FOI: 20 to 35 km against agile fighters and cruise missiles at low altitude. Where the \
         engine stands beside it and beside the closed form is information, not a test: the closed \
         form has 12 s from the horizon to the launch, in which the engine still collects the plots \
         of a track.",
    );
    Ok(findings)
}

/// The published bracket, from the card of the battalion.
fn bracket_km(library: &Library) -> Result<[f64; 2]> {
    let figures = Figures::nominal(library.find("s-400/battalion")?)
        .with_claim("reach_low_flier", "foi-low-flier")?;
    let (low_m, _, high_m) = figures.claim_spread_si("reach_low_flier")?;
    Ok([low_m / 1e3, high_m / 1e3])
}

/// Horizon, reaction, and a missile of one speed: (R − v t) V / (V + v).
struct Closed {
    antenna_m: f64,
    target_m: f64,
    target_m_s: f64,
    reaction_s: f64,
    missile_m_s: f64,
}

impl Closed {
    fn of(row: &Row<'_>) -> Result<Closed> {
        Ok(Closed {
            antenna_m: row.number("antenna_m")?,
            target_m: row.number("target_m")?,
            target_m_s: row.number("target_m_s")?,
            reaction_s: row.number("reaction_s")?,
            missile_m_s: row.number("missile_m_s")?,
        })
    }

    fn title(&self) -> String {
        format!("{} m target, {} m antenna", self.target_m, self.antenna_m)
    }

    fn horizon_m(&self) -> f64 {
        let earth = EffectiveEarth::default();
        earth.horizon_arc_m(self.antenna_m) + earth.horizon_arc_m(self.target_m)
    }

    fn launch_m(&self) -> f64 {
        self.horizon_m() - self.target_m_s * self.reaction_s
    }

    fn intercept_m(&self) -> f64 {
        self.launch_m() * self.missile_m_s / (self.missile_m_s + self.target_m_s)
    }

    /// Where it has the target at a milestone of which it knows.
    fn distance_m(&self, milestone: usize) -> Option<f64> {
        match milestone {
            HORIZON => Some(self.horizon_m()),
            LAUNCHED => Some(self.launch_m()),
            MET => Some(self.intercept_m()),
            _ => None,
        }
    }
}

/// The engine beside the closed form.
fn engine(
    closed: &Closed,
    battle: &Battle,
    bracket_km: [f64; 2],
    effort: Effort,
) -> Result<Findings> {
    let replications = effort.replications(50);
    let title = closed.title();
    let scan_s = search_scan_s(battle)?;
    let passages = passages(battle, scan_s, replications)?;
    anyhow::ensure!(!passages.is_empty(), "no missile met its target: {title}");
    let mean = stages::mean(&passages);
    let costs = costs(closed, &mean);
    let lost_km: f64 = costs.iter().map(|cost| cost.lost_km).sum();
    let unaccounted_km = lost_km - (closed.intercept_m() - mean.distance_m[MET]) / 1e3;
    let launch_km = mean.distance_m[LAUNCHED] / 1e3;
    let median_km = median(passages.iter().map(|passage| passage.distance_m[MET])) / 1e3;
    let claim = |what: &str| format!("engine: {title}, {what}");
    let by_hand_km = launch_by_hand_m(closed, battle)? / 1e3;
    // Half a scan either way is what a sum over the delays on the cards leaves open.
    let scan_km = closed.target_m_s * scan_s / 1e3;
    let met = passages.len() as f64;
    Ok(Findings {
        checks: vec![
            Check::near(COUNT, claim("meetings"), replications as f64, met, 0.0),
            Check::near(KM, claim("launch"), by_hand_km, launch_km, scan_km),
            Check::error(KM, claim("unexplained"), unaccounted_km, 1e-9),
            Check::beside(KM, claim("median"), closed.intercept_m() / 1e3, median_km),
            Check::beside_span(KM, claim("FOI"), bracket_km, median_km),
        ],
        notes: Vec::new(),
        grids: vec![attribution(closed, &costs, passages.len())],
    })
}

/// Replications that differ in luck, and in the moment of the scan at which the target comes up: the
/// starts are spread evenly over one scan, because a radar's own phase is the same in all of them.
fn passages(battle: &Battle, scan_s: f64, replications: u64) -> Result<Vec<Passage>> {
    let mut found = Vec::new();
    let mut battle = battle.clone();
    let target = battle.scenario.aircraft.first().context("the scenario has a target")?;
    let first_s = target.start.as_secs();
    for replication in 0..replications {
        let late_s = scan_s * replication as f64 / replications as f64;
        let target = &mut battle.scenario.aircraft[0];
        target.start = Time::from_secs(first_s + late_s);
        // A later start changes the target's times and nothing else that was made ready.
        battle.routes[0] = Route::of(target);
        battle.arrivals[0] = Some(battle.routes[0].end());
        found.extend(stages::passage(&battle, &field::events(&battle, replication))?);
    }
    Ok(found)
}

/// Scan period of the search radar.
fn search_scan_s(battle: &Battle) -> Result<f64> {
    let radar = battle.scenario.radars.iter().find(|radar| radar.unit.is_none());
    Ok(radar.context("the scenario has a search radar")?.figures.scan_period_s)
}

/// Where the target is at the launch by adding up the delays on the cards: half a scan until the
/// first look, the plots that confirm a track, a sixteenth of a scan and a message until they are in
/// the picture, identification, half a cycle of decision, reaction.
fn launch_by_hand_m(closed: &Closed, battle: &Battle) -> Result<f64> {
    let scan_s = search_scan_s(battle)?;
    let post = &battle.scenario.networks.first().context("the scenario has a network")?.post;
    let more_plots = f64::from(NearestSettings::default().hits_to_confirm) - 1.0;
    let picture_s = scan_s * (0.5 + more_plots + 1.0 / 16.0) + post.plot_delay_s;
    let crew_s = post.identification_time_s + 0.5 * post.decision_cycle_s + post.reaction_time_s;
    Ok(closed.horizon_m() - closed.target_m_s * (picture_s + crew_s))
}

/// What one stage costs, in the engine and in the closed form.
struct Cost {
    /// How far the target is from the site at its end.
    at_km: f64,
    takes_s: Option<f64>,
    costs_km: Option<f64>,
    closed_km: Option<f64>,
    /// Cost in the engine less that in the closed form.
    lost_km: f64,
}

/// Costs of all stages. The first holds what antenna and site lie apart, because the closed form
/// counts its horizon from the site. The sum of `lost_km` is the closed form's intercept less the
/// engine's, since each stage begins where the one before it ends.
fn costs(closed: &Closed, mean: &Passage) -> Vec<Cost> {
    let mut closed_at_km = closed.horizon_m() / 1e3;
    let mut costs = vec![Cost {
        at_km: mean.distance_m[HORIZON] / 1e3,
        takes_s: None,
        costs_km: None,
        closed_km: None,
        lost_km: closed_at_km - mean.distance_m[HORIZON] / 1e3,
    }];
    for index in HORIZON + 1..MILESTONES.len() {
        let closed_km = closed.distance_m(index).map(|at_m| {
            let cost_km = closed_at_km - at_m / 1e3;
            closed_at_km = at_m / 1e3;
            cost_km
        });
        let costs_km = (mean.distance_m[index - 1] - mean.distance_m[index]) / 1e3;
        costs.push(Cost {
            at_km: mean.distance_m[index] / 1e3,
            takes_s: Some(mean.at_s[index] - mean.at_s[index - 1]),
            costs_km: Some(costs_km),
            closed_km,
            lost_km: costs_km - closed_km.unwrap_or(0.0),
        });
    }
    costs
}

/// The costs as a table, with their sums in the last row.
fn attribution(closed: &Closed, costs: &[Cost], count: usize) -> Grid {
    let cells = |c: &Cost| vec![Some(c.at_km), c.takes_s, c.costs_km, c.closed_km, Some(c.lost_km)];
    let names = MILESTONES.iter().map(|name| (*name).to_string());
    let mut rows: Vec<_> = names.zip(costs.iter().map(cells)).collect();
    let sum = |of: &dyn Fn(&Cost) -> Option<f64>| Some(costs.iter().filter_map(of).sum::<f64>());
    let sums = [sum(&|c| c.takes_s), sum(&|c| c.costs_km), sum(&|c| c.closed_km)];
    let lost_km = sum(&|c| Some(c.lost_km));
    rows.push(("sum".to_string(), [&[None], &sums[..], &[lost_km]].concat()));
    let horizon_km = closed.horizon_m() / 1e3;
    let from =
        format!("from the horizon, {horizon_km:.2} km by closed form, to the first intercept");
    Grid {
        title: format!("{}: {from}; mean of {count}", closed.title()),
        columns: ["target at km", "takes s", "costs km", "closed form", "lost km"]
            .map(String::from)
            .to_vec(),
        rows,
    }
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len() % 2 == 1 { values[middle] } else { 0.5 * (values[middle - 1] + values[middle]) }
}

#[cfg(test)]
mod tests {
    use super::super::assert_passes;

    #[test]
    fn val_foi_reach_against_low_fliers_by_horizon_reaction_and_engine() {
        assert_passes("06-reach-against-low-fliers", 12);
    }
}
