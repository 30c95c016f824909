//! Branch and price: columns until none helps, then nodes over the number of rounds of one pair.

use std::cmp::Ordering;
use std::collections::{BTreeSet, BinaryHeap};

use super::dual::{Priced, climb, price_all};
use super::local::Plan;
use super::master::Master;
use super::pricing::{Limits, Pairs, Pricing, Uses};
use super::{Answer, Instance, Shots};

/// Subgradient steps before the first linear programme.
const FIRST_STEPS: u32 = 120;

/// Objective and bound closer than this, relative to the objective, are one.
const CLOSED_RATIO: f64 = 1e-9;

/// A number of rounds closer than this to a whole one is whole.
const WHOLE: f64 = 1e-5;

/// Share of the best prices so far in those that are priced next (Wentges 1997): the duals of a young
/// master programme swing.
const SMOOTHING: f64 = 0.6;

/// Most rounds of one weapon that pricing counts.
const MOST_ROUNDS: u32 = u16::MAX as u32;

/// Solves a problem until its optimum is proved or `stop` says so, which is asked before each round of
/// pricing. The answer to the same problem is the same, bit for bit, unless it is stopped elsewhere. Whenever
/// it is stopped there are an assignment and a bound.
pub fn solve(instance: &Instance, stop: &mut dyn FnMut() -> bool) -> Answer {
    let mut search = Search::new(instance, stop);
    search.start();
    let mut next = Some(Node::root(search.prices.clone()));
    let mut open: BinaryHeap<Node> = BinaryHeap::new();
    let mut closed = f64::INFINITY;
    let mut nodes = 0;
    while let Some(node) = next.take().or_else(|| open.pop()) {
        if search.is_closed(node.bound) || search.stopped {
            // Nodes come in order of their bounds except for the one that follows its parent.
            closed = closed.min(node.bound.max(search.root));
            continue;
        }
        nodes += 1;
        match search.visit(&node, nodes) {
            Visit::Closed(bound) => closed = closed.min(bound),
            Visit::Branch(down, up) => {
                open.push(down);
                next = Some(up);
            }
        }
    }
    let bound = closed.max(search.root).min(search.objective);
    Answer {
        objective_weight: search.objective,
        bound_weight: bound,
        shots: search.shots,
        nodes,
        pricings: search.pricings,
    }
}

/// A limit on the rounds of one pair.
#[derive(Clone, Copy, Debug)]
enum Limit {
    AtMost(usize, u16),
    AtLeast(usize, u16),
}

/// A part of the problem that is still open.
#[derive(Clone, Debug)]
struct Node {
    bound: f64,
    number: u64,
    limits: Vec<Limit>,
    prices: Vec<f64>,
}

impl Node {
    fn root(prices: Vec<f64>) -> Node {
        Node { bound: f64::NEG_INFINITY, number: 0, limits: Vec::new(), prices }
    }

    fn child(&self, limit: Limit, bound: f64, number: u64, prices: &[f64]) -> Node {
        let mut limits = self.limits.clone();
        limits.push(limit);
        Node { bound, number, limits, prices: prices.to_vec() }
    }
}

/// The heap gives the least bound first, the oldest of equals.
impl Ord for Node {
    fn cmp(&self, other: &Self) -> Ordering {
        other.bound.total_cmp(&self.bound).then(other.number.cmp(&self.number))
    }
}

impl PartialOrd for Node {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Node {}

enum Visit {
    /// Nothing better than the best can be in it, or it is solved; its bound.
    Closed(f64),
    /// Two halves.
    Branch(Node, Node),
}

struct Search<'a> {
    instance: &'a Instance,
    stop: &'a mut dyn FnMut() -> bool,
    stopped: bool,
    pairs: Pairs,
    rounds: Vec<u32>,
    /// Limits that every better assignment keeps.
    fixed: Limits,
    /// Limits of the node.
    limits: Limits,
    master: Master,
    known: BTreeSet<(usize, Uses)>,
    pricing: Pricing,
    pricings: u64,
    /// Best bound of the whole problem, and its prices.
    root: f64,
    prices: Vec<f64>,
    objective: f64,
    shots: Vec<Shots>,
}

impl<'a> Search<'a> {
    fn new(instance: &'a Instance, stop: &'a mut dyn FnMut() -> bool) -> Self {
        let pairs = Pairs::of(instance);
        let rounds: Vec<u32> =
            (0..instance.weapons()).map(|w| instance.rounds(w).min(MOST_ROUNDS)).collect();
        let cells = (0..instance.targets()).flat_map(|t| (0..rounds.len()).map(move |w| (w, t)));
        let most = |(w, t)| if instance.kill_prob(w, t) > 0.0 { rounds[w] as u16 } else { 0 };
        let fixed = Limits { hi: cells.map(most).collect(), lo: vec![0; pairs.survival.len()] };
        Search {
            instance,
            stop,
            stopped: false,
            master: Master::new(&pairs.values, &rounds),
            known: (0..instance.targets()).map(|target| (target, Uses::new())).collect(),
            limits: fixed.clone(),
            fixed,
            pricing: Pricing::default(),
            pricings: 0,
            root: 0.0,
            prices: vec![0.0; rounds.len()],
            objective: f64::INFINITY,
            shots: Vec::new(),
            rounds,
            pairs,
        }
    }

    /// A greedy assignment, improved; prices by subgradient steps, and their patterns.
    fn start(&mut self) {
        self.try_assignment(&vec![0; self.pairs.survival.len()]);
        let mut prices = self.prices.clone();
        let upper = self.objective;
        let mut found: Vec<Priced> = Vec::new();
        let rounds = self.rounds.clone();
        let bound = climb(
            &mut prices,
            FIRST_STEPS,
            upper,
            &rounds,
            |at| self.price(at),
            |priced| found.push(priced),
        );
        self.root = bound.max(0.0);
        self.prices = prices;
        for priced in found.iter().rev().take(FIRST_STEPS as usize / 2) {
            self.add(&priced.patterns, None);
        }
    }

    fn price(&mut self, prices: &[f64]) -> Priced {
        self.pricings += 1;
        self.stopped |= (self.stop)();
        price_all(&mut self.pricing, &self.pairs, &self.limits, &self.rounds, prices)
    }

    fn is_closed(&self, bound: f64) -> bool {
        self.objective - bound <= CLOSED_RATIO * self.objective
    }

    /// Completes whole numbers of rounds to an assignment, improves it and keeps the best.
    fn try_assignment(&mut self, given: &[u16]) {
        let mut plan = Plan::new(self.instance, &self.pairs, given);
        plan.fill(&self.pairs);
        plan.improve(&self.pairs);
        if plan.objective() < self.objective {
            let shots = plan.shots(self.instance);
            let objective = self.instance.surviving_weight(&shots);
            if objective < self.objective {
                (self.objective, self.shots) = (objective, shots);
            }
        }
    }

    /// Adds patterns that are new; with `prices`, only those that the master programme would take. Returns
    /// how many.
    fn add(&mut self, patterns: &[Uses], prices: Option<&[f64]>) -> usize {
        let mut added = 0;
        for (target, uses) in patterns.iter().enumerate() {
            let cost = self.pairs.surviving(target, uses);
            let wanted = prices.is_none_or(|prices| {
                let paid: f64 =
                    uses.iter().map(|&(w, n)| prices[usize::from(w)] * f64::from(n)).sum();
                cost + paid < self.master.worth(target) - 1e-9
            });
            if wanted && self.known.insert((target, uses.clone())) {
                self.master.add(target, uses.clone(), cost);
                added += 1;
            }
        }
        added
    }

    /// Solves the relaxation of one node, and halves what is left.
    fn visit(&mut self, node: &Node, number: u64) -> Visit {
        if !self.enter(&node.limits) {
            return Visit::Closed(f64::INFINITY);
        }
        let (bound, prices) = self.relax(node);
        if node.limits.is_empty() {
            (self.root, self.prices) = (bound, prices.clone());
        }
        let bound = bound.max(node.bound);
        if self.is_closed(bound) {
            return Visit::Closed(bound);
        }
        let counts = self.counts();
        self.try_assignment(
            &counts.iter().map(|x| libm::floor(x + WHOLE) as u16).collect::<Vec<_>>(),
        );
        self.try_assignment(&counts.iter().map(|x| libm::round(*x) as u16).collect::<Vec<_>>());
        if self.stopped || self.is_closed(bound) {
            return Visit::Closed(bound);
        }
        if node.limits.is_empty() {
            self.fix();
        }
        let Some(at) = most_divided(&counts) else {
            return Visit::Closed(bound);
        };
        let whole = libm::floor(counts[at]) as u16;
        Visit::Branch(
            node.child(Limit::AtMost(at, whole), bound, 2 * number, &prices),
            node.child(Limit::AtLeast(at, whole + 1), bound, 2 * number + 1, &prices),
        )
    }

    /// Takes over the limits of a node; says whether they can be kept at all.
    fn enter(&mut self, limits: &[Limit]) -> bool {
        self.limits.clone_from(&self.fixed);
        for limit in limits {
            match *limit {
                Limit::AtMost(at, most) => self.limits.hi[at] = self.limits.hi[at].min(most),
                Limit::AtLeast(at, least) => self.limits.lo[at] = self.limits.lo[at].max(least),
            }
        }
        let (weapons, Limits { lo, hi }) = (self.rounds.len(), &self.limits);
        let mut asked = vec![0_u32; weapons];
        let mut taken = vec![0_u32; self.instance.targets()];
        let mut needed: Vec<Vec<(u16, u16)>> = vec![Vec::new(); self.instance.targets()];
        for (at, least) in lo.iter().enumerate().filter(|(_, least)| **least > 0) {
            asked[at % weapons] += u32::from(*least);
            taken[at / weapons] += u32::from(*least);
            needed[at / weapons].push(((at % weapons) as u16, *least));
        }
        for column in &mut self.master.columns {
            let count = |weapon| column.uses.iter().find(|(w, _)| *w == weapon).map_or(0, |u| u.1);
            let base = column.target * weapons;
            let over = column.uses.iter().any(|&(w, n)| n > hi[base + usize::from(w)]);
            let under = needed[column.target].iter().any(|&(w, least)| count(w) < least);
            column.banned = over || under;
        }
        lo.iter().zip(hi).all(|(lo, hi)| lo <= hi)
            && taken.iter().all(|taken| *taken <= self.pairs.most)
            && asked.iter().zip(&self.rounds).all(|(asked, rounds)| asked <= rounds)
    }

    /// Generates columns until none helps; returns the best bound and its prices.
    fn relax(&mut self, node: &Node) -> (f64, Vec<f64>) {
        let first = self.price(&node.prices);
        self.add(&first.patterns, None);
        let mut best = (first.bound, node.prices.clone());
        let keep = |best: &mut (f64, Vec<f64>), priced: &Priced, prices: Vec<f64>| {
            if priced.bound > best.0 {
                *best = (priced.bound, prices);
            }
        };
        while !self.stopped && !self.is_closed(best.0) {
            self.master.solve();
            let duals = self.master.prices();
            let smooth: Vec<f64> = best
                .1
                .iter()
                .zip(&duals)
                .map(|(best, dual)| SMOOTHING * best + (1.0 - SMOOTHING) * dual)
                .collect();
            let priced = self.price(&smooth);
            keep(&mut best, &priced, smooth);
            if self.add(&priced.patterns, Some(&duals)) > 0 {
                continue;
            }
            let priced = self.price(&duals);
            let added = self.add(&priced.patterns, Some(&duals));
            keep(&mut best, &priced, duals);
            if added == 0 {
                break;
            }
        }
        best
    }

    /// Rounds of each pair in the solution of the master programme.
    fn counts(&self) -> Vec<f64> {
        let mut counts = vec![0.0; self.pairs.survival.len()];
        for (column, level) in self.master.solution() {
            for &(weapon, count) in &column.uses {
                counts[self.pairs.at(usize::from(weapon), column.target)] +=
                    level * f64::from(count);
            }
        }
        counts
    }

    /// Fixes limits that every assignment better than the best keeps: where one round more, or one less, than
    /// the best pattern brings the bound above the objective.
    fn fix(&mut self) {
        let prices = self.prices.clone();
        let priced = self.price(&prices);
        let room = self.objective * (1.0 - CLOSED_RATIO) - priced.bound;
        for (target, cost) in priced.costs.iter().enumerate() {
            for weapon in 0..self.rounds.len() {
                let at = self.pairs.at(weapon, target);
                let (lo, hi) = (self.limits.lo[at], self.limits.hi[at]);
                if lo == hi {
                    continue;
                }
                let pattern = &priced.patterns[target];
                let taken = pattern.iter().find(|u| usize::from(u.0) == weapon).map_or(0, |u| u.1);
                if taken < hi {
                    self.limits.lo[at] = taken + 1;
                    let more =
                        self.pricing.solve(&self.pairs, &self.limits, target, &prices) - cost;
                    self.limits.lo[at] = lo;
                    if more > room {
                        self.fixed.hi[at] = taken;
                    }
                }
                if taken > lo {
                    self.limits.hi[at] = taken - 1;
                    let fewer =
                        self.pricing.solve(&self.pairs, &self.limits, target, &prices) - cost;
                    self.limits.hi[at] = hi;
                    if fewer > room {
                        self.fixed.lo[at] = taken;
                    }
                }
            }
        }
    }
}

/// The pair whose number of rounds is farthest from a whole one, the first of equals.
fn most_divided(counts: &[f64]) -> Option<usize> {
    let apart = |x: f64| (x - libm::round(x)).abs();
    let mut best = (WHOLE, None);
    for (at, &count) in counts.iter().enumerate() {
        if apart(count) > best.0 {
            best = (apart(count), Some(at));
        }
    }
    best.1
}
