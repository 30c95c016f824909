//! # redan-study — many runs of one battle
//!
//! The primary function is [`replicate`]: replications in parallel, results in their order, whatever
//! the number of threads. Each result holds the measures of one replication and the digest of its
//! events; no recording is kept, since any replication can be run again in full from its number.
//!
//! A study adds what is not known to what is random. The path of one row:
//!
//! ```text
//! Extent ─► parts ─► draws ─► Ledger::battle (figures at the shares of a design) ─► run ─► Row
//! ```
//!
//! [`plan`] says which replications there are and who plays them, [`design`] where in the ledger the draws
//! lie, [`ledger`] makes the battle of a draw, [`play`] plays it, and [`stats`] tells what may be concluded.
//! Files, progress and pictures are the shell's.

pub mod design;
pub mod ledger;
pub mod plan;
pub mod play;
pub mod stats;

use rayon::prelude::*;
use redan_record::{Digest, Digesting, Measures};
use redan_sim::{Battle, run};

/// One replication, folded.
#[derive(Clone, Debug)]
pub struct Replication {
    /// Its number.
    pub number: u64,
    /// Measures of its events.
    pub measures: Measures,
    /// Canonical digest of its events.
    pub digest: Digest,
}

/// Why a study could not run.
#[derive(Debug, thiserror::Error)]
pub enum StudyError {
    /// The threads could not be started.
    #[error("cannot start {threads} threads: {reason}\nhint: ask for fewer threads")]
    Threads {
        /// How many were asked for.
        threads: usize,
        /// What the system said.
        reason: String,
    },
}

/// Runs replications `0..count` of a battle on `threads` threads (0 = one for each core). `done` is
/// called from any thread as each one ends, for progress.
pub fn replicate(
    battle: &Battle,
    seed: u64,
    count: u64,
    threads: usize,
    done: &(dyn Fn() + Sync),
) -> Result<Vec<Replication>, StudyError> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .map_err(|error| StudyError::Threads { threads, reason: error.to_string() })?;
    let one = |number| {
        let replication = replication(battle, seed, number);
        done();
        replication
    };
    Ok(pool.install(|| (0..count).into_par_iter().map(one).collect()))
}

/// Runs one replication and folds it.
pub fn replication(battle: &Battle, seed: u64, number: u64) -> Replication {
    let mut recorder = Digesting::new(Measures::new(&battle.roster()));
    run(battle, seed, number, &mut recorder);
    let (measures, digest) = recorder.finish();
    Replication { number, measures, digest }
}
