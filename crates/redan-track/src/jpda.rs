//! Joint probabilistic data association: how probable it is that a plot belongs to a track.
//!
//! A joint event gives each track one plot or none, each plot to at most one track; its weight is the
//! product of the weights of its pairs (Bar-Shalom, Daum and Huang 2009, "The probabilistic data
//! association filter", IEEE Control Systems 29(6), eq. 40 to 47). The marginal of a pair is the
//! share of the events that contain it.
//!
//! **Exact**, by efficient hypothesis management (Maskell, Briers and Wright 2004, "Fast mutual
//! exclusion", Proc. SPIE 5428): tracks are taken one after the other, and partial events that leave the
//! same plots to the later tracks are one node. Sums forwards and backwards through this net give
//! all marginals at once. The number of nodes grows with the plots that are contested at one time and
//! not with the number of events.
//!
//! **Beyond [`NODE_LIMIT`] nodes at one level** (or [`PLOT_LIMIT`] plots in the cluster): belief
//! propagation (Williams and Lau 2014, "Approximate evaluation of marginal association probabilities with
//! belief propagation", IEEE Trans. AES 50(4), algorithm 1), which converges always and is exact where the
//! graph has no loop. [`Marginals::exact`] says which it was.
//!
//! Validated against `validation/tables/tracking/jpda_marginals.json` (1e-9).

use std::collections::BTreeMap;

/// Most nodes of one level of the exact method.
pub const NODE_LIMIT: usize = 4_096;
/// Most plots of a cluster that is solved exactly.
pub const PLOT_LIMIT: usize = 128;
/// Least weight of no plot over the largest of the row: some joint event must be possible.
const LEAST_WEIGHT: f64 = 1e-30;
/// Rounds of belief propagation.
const ROUND_LIMIT: usize = 200;
/// Change of a message at which belief propagation stops.
const STILL_RATIO: f64 = 1e-10;

/// Weights of one track: that it has no plot, and of each plot in its gate.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Weight of no plot, above 0.
    pub missed_ratio: f64,
    /// Plots (numbers below the number of plots, each at most once) with their weights, 0 or more.
    pub plots: Vec<(usize, f64)>,
}

/// Marginal probabilities of one cluster.
#[derive(Clone, Debug, PartialEq)]
pub struct Marginals {
    /// For each track: the probability of no plot, then those of its plots in the order of [`Row::plots`].
    pub rows: Vec<Vec<f64>>,
    /// Whether they are exact.
    pub exact: bool,
}

/// Marginals of the tracks of one cluster over `plot_count` plots. Rows are scaled one by one, so that
/// only ratios within a row matter.
pub fn marginals(rows: &[Row], plot_count: usize) -> Marginals {
    let scaled: Vec<Row> = rows.iter().map(scaled).collect();
    let exact = if plot_count <= PLOT_LIMIT { Net::build(&scaled) } else { None };
    match exact {
        Some(net) => Marginals { rows: net.marginals(&scaled), exact: true },
        None => Marginals { rows: propagate(&scaled, plot_count), exact: false },
    }
}

/// A row whose largest weight is 1; without a usable weight, "no plot" is certain.
fn scaled(row: &Row) -> Row {
    let largest = row.plots.iter().map(|plot| plot.1).fold(row.missed_ratio, f64::max);
    if !(largest > 0.0 && largest.is_finite()) {
        return Row {
            missed_ratio: 1.0,
            plots: row.plots.iter().map(|plot| (plot.0, 0.0)).collect(),
        };
    }
    let share = |weight: f64| (weight / largest).max(0.0);
    Row {
        missed_ratio: share(row.missed_ratio).max(LEAST_WEIGHT),
        plots: row.plots.iter().map(|&(plot, weight)| (plot, share(weight))).collect(),
    }
}

/// The net of partial events: for each level the sets of used plots that later tracks could still want,
/// with the summed weight of all ways there.
struct Net {
    levels: Vec<BTreeMap<u128, f64>>,
    /// For each track, plots that it or a later track can take.
    wanted: Vec<u128>,
}

impl Net {
    /// Forward sums; `None` if a level has too many nodes.
    fn build(rows: &[Row]) -> Option<Net> {
        let mut wanted = vec![0_u128; rows.len() + 1];
        for (place, row) in rows.iter().enumerate().rev() {
            wanted[place] = row.plots.iter().fold(wanted[place + 1], |set, plot| set | 1 << plot.0);
        }
        let mut levels = vec![BTreeMap::from([(0_u128, 1.0)])];
        for (place, row) in rows.iter().enumerate() {
            let mut next: BTreeMap<u128, f64> = BTreeMap::new();
            for (&used, &weight) in &levels[place] {
                for (to, own) in ways(row, used, wanted[place + 1]) {
                    *next.entry(to).or_insert(0.0) += weight * own;
                }
            }
            if next.len() > NODE_LIMIT {
                return None;
            }
            normalise(&mut next);
            levels.push(next);
        }
        Some(Net { levels, wanted })
    }

    /// Backward sums, joined with the forward ones at every way of every track.
    fn marginals(&self, rows: &[Row]) -> Vec<Vec<f64>> {
        let mut behind = BTreeMap::from([(0_u128, 1.0)]);
        let mut answer = vec![Vec::new(); rows.len()];
        for (place, row) in rows.iter().enumerate().rev() {
            let mut sums = vec![0.0; row.plots.len() + 1];
            let mut before: BTreeMap<u128, f64> = BTreeMap::new();
            for (&used, &weight) in &self.levels[place] {
                let mut onwards = 0.0;
                for (choice, (to, own)) in choices(row, used, self.wanted[place + 1]) {
                    let way = own * behind.get(&to).copied().unwrap_or(0.0);
                    sums[choice] += weight * way;
                    onwards += way;
                }
                before.insert(used, onwards);
            }
            normalise(&mut before);
            let total: f64 = sums.iter().sum();
            // Only a long chain of forced choices can underflow; nothing is then known of the track.
            let share = |(choice, sum): (usize, &f64)| match total > 0.0 {
                true => sum / total,
                false => f64::from(u8::from(choice == 0)),
            };
            answer[place] = sums.iter().enumerate().map(share).collect();
            behind = before;
        }
        answer
    }
}

/// Ways on from a node: no plot (choice 0) and each free plot (choice 1 and up), with the node reached
/// and the weight of the way.
fn choices(row: &Row, used: u128, wanted: u128) -> impl Iterator<Item = (usize, (u128, f64))> + '_ {
    let none = std::iter::once((0, (used & wanted, row.missed_ratio)));
    let each = row.plots.iter().enumerate().filter(move |(_, plot)| used >> plot.0 & 1 == 0);
    none.chain(each.map(move |(place, plot)| (place + 1, ((used | 1 << plot.0) & wanted, plot.1))))
}

fn ways(row: &Row, used: u128, wanted: u128) -> impl Iterator<Item = (u128, f64)> + '_ {
    choices(row, used, wanted).map(|(_, way)| way)
}

/// Scales the weights of a level to a largest of 1: only ratios matter, and long chains would underflow.
fn normalise(level: &mut BTreeMap<u128, f64>) {
    let largest = level.values().copied().fold(0.0, f64::max);
    if largest > 0.0 {
        level.values_mut().for_each(|weight| *weight /= largest);
    }
}

/// Belief propagation. With ψ the weight of a pair over that of no plot, messages to plots are
/// μ = ψ / (1 + Σ ν ψ over the track's other plots), and back ν = 1 / (1 + Σ μ over the plot's other tracks).
fn propagate(rows: &[Row], plot_count: usize) -> Vec<Vec<f64>> {
    let ratio = |row: &Row, weight: f64| weight / row.missed_ratio;
    let mut back: Vec<Vec<f64>> = rows.iter().map(|row| vec![1.0; row.plots.len()]).collect();
    for _ in 0..ROUND_LIMIT {
        let mut towards = Vec::with_capacity(rows.len());
        let mut heard = vec![0.0; plot_count];
        for (row, back) in rows.iter().zip(&back) {
            let product = |place: usize| ratio(row, row.plots[place].1) * back[place];
            let sum: f64 = (0..row.plots.len()).map(product).sum();
            let message = |place: usize| {
                ratio(row, row.plots[place].1) / (1.0 + (sum - product(place)).max(0.0))
            };
            let messages: Vec<f64> = (0..row.plots.len()).map(message).collect();
            for (plot, message) in row.plots.iter().zip(&messages) {
                heard[plot.0] += message;
            }
            towards.push(messages);
        }
        let mut change: f64 = 0.0;
        for ((row, back), towards) in rows.iter().zip(&mut back).zip(&towards) {
            for (place, plot) in row.plots.iter().enumerate() {
                let next = 1.0 / (1.0 + (heard[plot.0] - towards[place]).max(0.0));
                change = change.max((next - back[place]).abs());
                back[place] = next;
            }
        }
        if change < STILL_RATIO {
            break;
        }
    }
    let marginal = |(row, back): (&Row, &Vec<f64>)| {
        let beliefs = row.plots.iter().zip(back).map(|(plot, back)| ratio(row, plot.1) * back);
        let all: Vec<f64> = std::iter::once(1.0).chain(beliefs).collect();
        let total: f64 = all.iter().sum();
        all.into_iter().map(|belief| belief / total).collect()
    };
    rows.iter().zip(&back).map(marginal).collect()
}
