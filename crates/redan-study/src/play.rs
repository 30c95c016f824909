//! Playing the parts of a study: battles in, rows out. No recording is kept.

use rayon::prelude::*;
use redan_record::Digest;
use redan_sim::card::Taken;

use crate::design::Plan;
use crate::ledger::Ledger;
use crate::plan::{Extent, Part};
use crate::{Replication, replication};

/// One replication, as a row of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its number: with the seed the key of its luck.
    pub replication: u64,
    /// Its draw of the ledger.
    pub draw: u64,
    /// How often the figures of the draw had to be drawn again.
    pub attempts: u32,
    /// Measures in the order of [`redan_record::measures::NAMES`]; `None` where unobserved.
    pub measures: Vec<Option<f64>>,
    /// Values of the figures in the order of the ledger, in the units of the cards; `None` for words.
    pub figures: Vec<Option<f64>>,
    /// Claims whose conditions count, of the figures with rivals, in the order of the ledger.
    pub claims: Vec<String>,
    /// Canonical digest of the events.
    pub digest: Digest,
}

/// Plays a part on the threads of the current pool. Rows are in order, whatever the threads. `done` is called
/// as each battle ends, from any thread.
pub fn part(
    ledger: &Ledger<'_>,
    plan: &Plan,
    extent: &Extent,
    part: &Part,
    done: &(dyn Fn() + Sync),
) -> Vec<Row> {
    let draws = (part.from..part.until).into_par_iter();
    let rows: Vec<Vec<Row>> = draws.map(|draw| rows(ledger, plan, extent, draw, done)).collect();
    rows.into_iter().flatten().collect()
}

/// Battles of one draw.
fn rows(
    ledger: &Ledger<'_>,
    plan: &Plan,
    extent: &Extent,
    draw: u64,
    done: &(dyn Fn() + Sync),
) -> Vec<Row> {
    let drawn = ledger.battle(plan, draw);
    let (figures, claims) = columns(ledger, &drawn.taken);
    let one = |number| {
        let Replication { measures, digest, .. } = replication(&drawn.battle, plan.seed, number);
        done();
        Row {
            replication: number,
            draw,
            attempts: drawn.attempts,
            measures: measures.named().into_iter().map(|(_, value)| value).collect(),
            figures: figures.clone(),
            claims: claims.clone(),
            digest,
        }
    };
    extent.replications_of(draw).into_par_iter().map(one).collect()
}

/// What was taken, as columns of the table.
fn columns(ledger: &Ledger<'_>, taken: &[Taken]) -> (Vec<Option<f64>>, Vec<String>) {
    let pairs = || ledger.figures.iter().zip(taken);
    let value = |(figure, taken): (&redan_sim::card::Uncertain, &Taken)| {
        taken.value_si.map(|value_si| figure.unit.from_si(value_si))
    };
    let with_rivals = pairs().filter(|(figure, _)| figure.rivals.len() > 1);
    (pairs().map(value).collect(), with_rivals.map(|(_, taken)| taken.label.clone()).collect())
}
