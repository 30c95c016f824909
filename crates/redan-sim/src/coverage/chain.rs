//! The life of a track as a Markov chain: what the tracker's counting makes of a series of looks.
//!
//! **Models** the confirmation and loss of a track by [`redan_track::NearestNeighbour`], without its
//! geometry: a first plot starts a tentative track, the second must come within a number of revisits of
//! the first, the last that confirms it within another; a confirmed track that has no plot for a
//! number of revisits is lost, and everything begins anew.
//! **Equation**: m of n by counting (Blackman and Popoli, *Design and Analysis of Modern Tracking
//! Systems*, 1999, section 6.2) as a chain over ticks of equal length; each tick brings a plot with the
//! probability that any look in it detects. States are no track, tentative by number of plots and age,
//! confirmed by silence.
//! **Inputs**: probability of a plot at each tick; limits in ticks, [`Limits::new`] from the tracker's
//! own settings. **Left out**: plots that miss the gate, false plots, several plots in one tick (they
//! count as one, which confirms later than the tracker would).
//! **Validated against** enumeration of all sequences of hits and misses (tests below), and the
//! running engine (`tests/val_coverage.rs`).

use redan_track::NearestSettings;

/// Plots that the chain can tell apart before confirmation: more would only cost states.
const MOST_HITS: usize = 6;

/// What a tracker demands, in ticks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Limits {
    /// Plots that confirm a track, the first included.
    pub(super) hits: usize,
    /// Ticks after the first plot by which the second must have come.
    pub(super) second: usize,
    /// Ticks after the first plot by which the track must be confirmed.
    pub(super) confirm: usize,
    /// Ticks without a plot that a confirmed track outlives.
    pub(super) coast: usize,
}

impl Limits {
    /// The demands of a tracker whose slowest radar revisits every `revisit_s`, in ticks of `tick_s`.
    pub(super) fn new(settings: &NearestSettings, revisit_s: f64, tick_s: f64) -> Limits {
        let ticks = |time_s: f64| (time_s / tick_s).floor().clamp(1.0, 10_000.0) as usize;
        let coast_s = (settings.coast_revisits_count * revisit_s).max(settings.coast_at_least_s);
        Limits {
            hits: (settings.hits_to_confirm as usize).clamp(1, MOST_HITS),
            second: ticks(settings.second_plot_revisits_count * revisit_s),
            confirm: ticks(settings.tentative_revisits_count * revisit_s),
            coast: ticks(coast_s),
        }
    }
}

/// The chain with the probability of each of its states.
#[derive(Clone, Debug)]
pub(super) struct Chain {
    limits: Limits,
    none: f64,
    /// By number of plots, 1 to `hits − 1`, and by ticks since the first: `confirm + 1` each.
    tentative: Vec<f64>,
    /// By ticks of silence, 0 to `coast`.
    confirmed: Vec<f64>,
    /// Probability of having been confirmed at any time so far, and the states of those that never were.
    ever: f64,
    before: Vec<f64>,
    before_none: f64,
    /// What the last ticks brought for certain, and how many of them in a row did.
    alike: (bool, usize),
}

/// Probabilities this near to none or to certainty are taken for it: the chain then comes to rest, where most
/// of a course is spent.
const NEARLY_PROB: f64 = 1e-6;

impl Chain {
    /// A chain without a track.
    pub(super) fn new(limits: Limits) -> Chain {
        let ages = limits.confirm + 1;
        let tentative = vec![0.0; (limits.hits - 1) * ages];
        Chain {
            none: 1.0,
            before: tentative.clone(),
            before_none: 1.0,
            ever: 0.0,
            tentative,
            confirmed: vec![0.0; limits.coast + 1],
            alike: (false, usize::MAX / 2),
            limits,
        }
    }

    /// Begins anew, without a track.
    pub(super) fn reset(&mut self) {
        self.none = 1.0;
        self.ever = 0.0;
        self.before_none = 1.0;
        self.alike = (false, usize::MAX / 2);
        self.before.fill(0.0);
        self.tentative.fill(0.0);
        self.confirmed.fill(0.0);
    }

    /// Lets one tick pass that brings a plot with this probability.
    pub(super) fn tick(&mut self, hit_prob: f64) {
        let hit_prob = match hit_prob {
            prob if prob < NEARLY_PROB => 0.0,
            prob if prob > 1.0 - NEARLY_PROB => 1.0,
            prob => prob,
        };
        if self.rests(hit_prob) {
            return;
        }
        let risen = advance(&mut self.tentative, &mut self.none, self.limits, hit_prob);
        let lost = silence(&mut self.confirmed, hit_prob);
        self.none += lost;
        self.confirmed[0] += risen;
        self.ever += advance(&mut self.before, &mut self.before_none, self.limits, hit_prob);
    }

    /// Whether nothing changes any more: so many ticks alike that nothing tentative is left, and all that is
    /// confirmed has just been seen, or is lost.
    fn rests(&mut self, hit_prob: f64) -> bool {
        let (seen, ticks) = self.alike;
        let (seen, ticks) = match hit_prob {
            1.0 => (true, if seen { ticks + 1 } else { 1 }),
            0.0 => (false, if seen { 1 } else { ticks + 1 }),
            _ => (seen, 0),
        };
        self.alike = (seen, ticks);
        let enough = match seen {
            true => self.limits.hits + 1,
            false => self.limits.confirm + self.limits.coast + 2,
        };
        ticks > enough
    }

    /// Probability that there has been a confirmed track at any time so far.
    pub(super) fn ever_confirmed_prob(&self) -> f64 {
        self.ever
    }

    /// Probability that there is a confirmed track now.
    pub(super) fn confirmed_prob(&self) -> f64 {
        self.confirmed.iter().sum()
    }
}

/// One tick of the tentative states; returns the probability of a confirmation in it.
fn advance(tentative: &mut [f64], none: &mut f64, limits: Limits, hit_prob: f64) -> f64 {
    let miss_prob = 1.0 - hit_prob;
    let began = *none * hit_prob;
    *none *= miss_prob;
    let ages = limits.confirm + 1;
    let mut risen = 0.0;
    let rows = limits.hits - 1;
    if rows == 0 {
        return began;
    }
    // From the most plots down, so that what rises is not counted twice.
    for row in (0..rows).rev() {
        let last_age = if row == 0 { limits.second.min(limits.confirm) } else { limits.confirm };
        let (lower, upper) = tentative.split_at_mut((row + 1) * ages);
        let own = &mut lower[row * ages..];
        // What is as old as it may be and is not seen now is given up.
        *none += own[last_age];
        own[last_age] = 0.0;
        for age in (0..last_age).rev() {
            let rising = own[age] * hit_prob;
            own[age + 1] = own[age] * miss_prob;
            match upper.get_mut(age + 1) {
                Some(next) if row + 1 < rows => *next += rising,
                _ => risen += rising,
            }
        }
        own[0] = 0.0;
    }
    tentative[0] = began;
    risen
}

/// One tick of the confirmed states; returns the probability of a loss in it.
fn silence(confirmed: &mut [f64], hit_prob: f64) -> f64 {
    let seen: f64 = confirmed.iter().sum::<f64>() * hit_prob;
    let last = confirmed.len() - 1;
    let lost = confirmed[last] * (1.0 - hit_prob);
    for age in (0..last).rev() {
        confirmed[age + 1] = confirmed[age] * (1.0 - hit_prob);
    }
    confirmed[0] = seen;
    lost
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits { hits: 3, second: 2, confirm: 4, coast: 4 };

    /// What the counting makes of one sequence: whether there is a confirmed track at its end, and
    /// whether there ever was one.
    fn count(sequence: &[bool]) -> (bool, bool) {
        let mut ever = false;
        let (mut first, mut hits, mut silent, mut confirmed) = (None, 0, 0, false);
        for (now, hit) in sequence.iter().enumerate() {
            if confirmed {
                silent = if *hit { 0 } else { silent + 1 };
                confirmed = silent <= LIMITS.coast;
                if !confirmed {
                    (first, hits) = (None, 0);
                }
                continue;
            }
            if let Some(then) = first {
                let limit = if hits == 1 { LIMITS.second } else { LIMITS.confirm };
                if now - then > limit {
                    (first, hits) = (None, 0);
                    // The tick in which it is given up can begin nothing: it is given up at its end.
                    continue;
                }
            }
            if *hit {
                first = first.or(Some(now));
                hits += 1;
                if hits == LIMITS.hits {
                    (confirmed, silent, ever) = (true, 0, true);
                }
            }
        }
        (confirmed, ever)
    }

    #[test]
    fn the_chain_gives_what_all_sequences_of_hits_and_misses_give() {
        let probs = [0.3, 0.7, 0.1, 0.9, 0.5, 0.6, 0.2, 0.4, 0.8, 0.35, 0.05, 0.65];
        for length in 1..=probs.len() {
            let mut chain = Chain::new(LIMITS);
            probs[..length].iter().for_each(|prob| chain.tick(*prob));
            let (mut now, mut ever) = (0.0, 0.0);
            for bits in 0..1_u32 << length {
                let sequence: Vec<bool> = (0..length).map(|tick| bits >> tick & 1 == 1).collect();
                let weight: f64 = sequence
                    .iter()
                    .zip(probs)
                    .map(|(hit, prob)| if *hit { prob } else { 1.0 - prob })
                    .product();
                let (confirmed, was) = count(&sequence);
                now += if confirmed { weight } else { 0.0 };
                ever += if was { weight } else { 0.0 };
            }
            assert!((chain.confirmed_prob() - now).abs() < 1e-12, "{length}: {now}");
            assert!((chain.ever_confirmed_prob() - ever).abs() < 1e-12, "{length}: {ever}");
        }
    }

    #[test]
    fn probabilities_stay_probabilities_and_grow_with_that_of_a_plot() {
        let after = |prob: f64| {
            let mut chain = Chain::new(Limits { hits: 3, second: 5, confirm: 9, coast: 9 });
            (0..50).for_each(|_| chain.tick(prob));
            chain.confirmed_prob()
        };
        let mut last = -1.0;
        for step in 0..=20 {
            let prob = after(f64::from(step) / 20.0);
            assert!((0.0..=1.0 + 1e-12).contains(&prob) && prob >= last, "{step}: {prob}");
            last = prob;
        }
        assert!((last - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_chain_at_rest_is_where_it_would_have_come_to() {
        // The same counting by probabilities that are just not taken for certainties.
        let almost = |prob: f64| prob.clamp(2.0 * NEARLY_PROB, 1.0 - 2.0 * NEARLY_PROB);
        let (mut rests, mut moves) = (Chain::new(LIMITS), Chain::new(LIMITS));
        for tick in 0..400 {
            let prob = match tick / 40 % 4 {
                0 => 0.0,
                1 | 3 => 1.0,
                _ if tick % 40 < 3 => 0.4,
                _ => 0.0,
            };
            rests.tick(prob);
            moves.tick(almost(prob));
            assert!((rests.confirmed_prob() - moves.confirmed_prob()).abs() < 1e-4, "{tick}");
            assert!((rests.ever_confirmed_prob() - moves.ever_confirmed_prob()).abs() < 1e-3);
        }
    }

    #[test]
    fn a_chain_that_begins_anew_is_a_new_one() {
        let mut chain = Chain::new(LIMITS);
        (0..9).for_each(|_| chain.tick(0.8));
        chain.reset();
        (0..3).for_each(|_| chain.tick(1.0));
        assert!((chain.confirmed_prob() - 1.0).abs() < 1e-15);
    }
}
