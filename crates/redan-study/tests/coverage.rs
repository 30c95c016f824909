//! Do intervals cover as often as they say? A thousand synthetic studies with a known answer each, also
//! where the study stops when its interval is narrow enough.
//!
//! Of a thousand independent studies with a true coverage of 95 % the share covered has a standard error of
//! 0.7 %; the tests ask for 93 to 97 %.

use redan_sim::draw::{Draw, Luck, NameHash, Purpose};
use redan_study::stats::sequential::Rule;
use redan_study::stats::{Interval, bootstrap, mean, nested, proportion, quantile};

const STUDIES: u64 = 1_000;

/// Values of one synthetic study.
fn values(study: u64, count: usize, mut of: impl FnMut(&mut Draw) -> f64) -> Vec<f64> {
    let mut draw = Luck::new(11, study).draw(Purpose::Ledger, NameHash::of("synthetic"), 0);
    (0..count).map(|_| of(&mut draw)).collect()
}

/// Share of the studies whose interval holds the truth.
fn covered(truth: f64, interval: impl Fn(u64) -> Interval) -> f64 {
    let hits = (0..STUDIES).filter(|study| interval(*study).contains(truth)).count();
    hits as f64 / STUDIES as f64
}

fn assert_covers(name: &str, share: f64) {
    assert!((0.93..=0.97).contains(&share), "{name}: {share}");
}

#[test]
fn wilson_covers() {
    for share in [0.5, 0.2, 0.05] {
        let found = covered(share, |study| {
            let hits = values(study, 300, |draw| f64::from(draw.bernoulli(share)));
            proportion::wilson(hits.iter().sum::<f64>() as u64, 300, 0.95)
        });
        assert_covers(&format!("share {share}"), found);
    }
}

#[test]
fn student_covers() {
    let found = covered(1.0, |study| {
        mean::estimate(&values(study, 10, |d| 1.0 + d.normal()), 0.95).expect("ten").interval
    });
    assert_covers("ten normal values", found);
    let found = covered(1.0, |study| {
        mean::estimate(&values(study, 200, Draw::exponential), 0.95).expect("many").interval
    });
    assert_covers("two hundred exponential values", found);
}

#[test]
fn order_statistics_cover_the_median() {
    let found = covered(std::f64::consts::LN_2, |study| {
        let sorted = quantile::sorted(&values(study, 200, Draw::exponential));
        quantile::interval(&sorted, 0.5, 0.95).expect("many")
    });
    assert_covers("median", found);
}

#[test]
fn the_bootstrap_covers_a_mean() {
    let found = covered(1.0, |study| {
        let sample = values(study, 100, Draw::exponential);
        let of =
            |rows: &[usize]| Some(rows.iter().map(|r| sample[*r]).sum::<f64>() / rows.len() as f64);
        let name = NameHash::of("coverage").member(study);
        let how = bootstrap::Resampling { resamples: 500, seed: 2, name };
        bootstrap::interval(100, &of, 0.95, &how).expect("many")
    });
    assert_covers("bootstrap", found);
}

/// Battles within draws share the draw: an interval over all battles would cover far too seldom.
#[test]
fn nested_means_cover() {
    let groups = |study| -> Vec<Vec<f64>> {
        let mut draw = Luck::new(12, study).draw(Purpose::Ledger, NameHash::of("nested"), 0);
        (0..40)
            .map(|_| {
                let middle = draw.normal();
                (0..5).map(|_| middle + draw.normal()).collect()
            })
            .collect()
    };
    let found = covered(0.0, |study| {
        nested::estimate(&groups(study), 0.95).expect("forty draws").mean.interval
    });
    assert_covers("nested", found);
    let wrong =
        covered(0.0, |study| mean::estimate(&groups(study).concat(), 0.95).expect("many").interval);
    assert!(wrong < 0.85, "battles of one draw are not independent: {wrong}");
}

/// One study that stops by the rule: its interval, and the number of draws that it took.
fn stopped(study: u64, rule: &Rule, mut of: impl FnMut(&mut Draw) -> f64) -> (Interval, usize) {
    let mut draw = Luck::new(13, study).draw(Purpose::Ledger, NameHash::of("stopped"), 0);
    let mut values = Vec::new();
    for look in Rule::looks() {
        values.extend((values.len()..look as usize).map(|_| of(&mut draw)));
        if rule.stops_after(&values).is_some() {
            break;
        }
    }
    let middle = mean::mean(&values).expect("a hundred at least");
    (Interval::around(middle, rule.half_width), values.len())
}

/// A synthetic measure: name, true mean, the half-width that is asked for, how a value is drawn.
type Case = (&'static str, f64, f64, fn(&mut Draw) -> f64);

#[test]
fn intervals_cover_also_under_sequential_stopping() {
    let cases: [Case; 5] = [
        ("normal", 0.0, 0.1, Draw::normal),
        ("exponential", 1.0, 0.08, Draw::exponential),
        ("half", 0.5, 0.03, |draw| f64::from(draw.bernoulli(0.5))),
        ("one in ten", 0.1, 0.02, |draw| f64::from(draw.bernoulli(0.1))),
        // As the share of twelve that leak, each with a probability that the ledger moves.
        ("leakage", 0.25, 0.02, |draw| {
            let share = 0.5 * draw.uniform();
            (0..12).filter(|_| draw.bernoulli(share)).count() as f64 / 12.0
        }),
    ];
    for (name, truth, half_width, of) in cases {
        let rule = Rule { half_width, confidence_probability: 0.95 };
        let found = covered(truth, |study| stopped(study, &rule, of).0);
        assert_covers(name, found);
    }
}

#[test]
fn a_study_in_which_nothing_ever_happens_does_not_stop_at_once() {
    let rule = Rule { half_width: 0.01, confidence_probability: 0.95 };
    let (_, count) = stopped(0, &rule, |_| 0.0);
    assert!((300..=500).contains(&count), "{count}");
}
