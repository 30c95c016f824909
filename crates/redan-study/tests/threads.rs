//! The number of threads changes nothing: invariant 3 of ARCHITECTURE.md.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use redan_geo::{Earth, Span};
use redan_record::{Digest, Kind};
use redan_sim::Battle;
use redan_sim::card::Library;
use redan_sim::scenario::Draft;
use redan_study::{Replication, replicate, replication};

const SEED: u64 = 7;
const COUNT: u64 = 50;

/// The scenario that ships, cut short so that a hundred battles take seconds, yet long enough for the
/// first missiles to leave.
fn battle() -> Battle {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/first-look.toml");
    let draft = match Draft::read(&path, None, &Library::embedded()) {
        Ok(draft) => draft,
        Err(problems) => panic!("{problems}"),
    };
    let smooth = Earth::smooth(draft.effective_earth());
    let mut scenario = draft.scenario(smooth);
    scenario.duration = Span::from_secs(420.0);
    Battle::new(scenario).expect("the cards go together")
}

/// Digests of the replications on so many threads, in the order in which they come back.
fn digests(battle: &Battle, threads: usize) -> Vec<(u64, Digest)> {
    let done = AtomicU64::new(0);
    let count = || {
        done.fetch_add(1, Ordering::Relaxed);
    };
    let all = replicate(battle, SEED, COUNT, threads, &count).expect("the threads start");
    assert_eq!(done.load(Ordering::Relaxed), COUNT);
    assert!(all.iter().any(|one| one.measures.count(Kind::Launched) > 0));
    all.iter().map(|Replication { number, digest, .. }| (*number, *digest)).collect()
}

#[test]
fn threads_change_neither_results_nor_their_order() {
    let battle = battle();
    let one = digests(&battle, 1);
    assert_eq!(one, digests(&battle, 2));
    assert!(one.iter().map(|(number, _)| *number).eq(0..COUNT));
    let mut different: Vec<Digest> = one.iter().map(|(_, digest)| *digest).collect();
    different.sort();
    different.dedup();
    assert_eq!(different.len() as u64, COUNT, "each replication has luck of its own");
    // Any one of them can be run again alone.
    assert_eq!(replication(&battle, SEED, 31).digest, one[31].1);
}
