//! Case 11: shoot-look-shoot, binomial leakage and the stochastic salvo, fought in the engine.

use anyhow::Result;
use redan_sim::card::Library;

use super::check::{CHANCE, Check, Worst};
use super::outcome::{
    MEAN, Outcome, SIGMAS, binomial_prob, fight, mean, mean_and_error, share, with,
};
use super::table::{Row, Table};
use super::{Effort, Findings};

const DUEL: &str = include_str!("../../../../validation/11-engagements/duel.toml");

macro_rules! table {
    ($name:literal) => {
        Table::parse($name, include_str!(concat!("../../../../validation/tables/combat/", $name)))
    };
}

/// Rounds that the duel can be given: more would outlast the approach of its target.
const MOST_ROUNDS: f64 = 8.0;

/// Runs the case.
pub(super) fn run(library: &Library, effort: Effort) -> Result<Findings> {
    let mut findings = Findings::default();
    looks(&mut findings, library, effort)?;
    calls(&mut findings, library, effort)?;
    leakage(&mut findings, library, effort)?;
    salvo(&mut findings, library, effort)?;
    findings.checks.push(hughes()?);
    findings.note(
        "Every line but the last is counted over battles of the whole engine: search, tracks, orders, launches, guidance \
         and assessment, with radars that miss nothing and a post that takes no time. Tolerances are 3.3 \
         standard errors. The last line is Hughes' formula against its table; redan itself has no salvo model.",
    );
    Ok(findings)
}

/// The duel with so many rounds and other lines replaced.
fn duel(rounds: f64, changes: &[(&str, String)]) -> Result<String> {
    let mut all = vec![("launchers = 1", format!("launchers = {rounds}"))];
    all.extend(changes.iter().cloned());
    with(DUEL, &all)
}

fn sspk(prob: f64) -> (&'static str, String) {
    ("kill_probability_aircraft = 0.5", format!("kill_probability_aircraft = {prob}"))
}

/// Shoot-look-shoot with perfect assessment, and all rounds at once without a look.
fn looks(findings: &mut Findings, library: &Library, effort: Effort) -> Result<()> {
    let table = table!("shoot_look_shoot.csv")?;
    let fits = |row: &Row<'_>| -> Result<bool> {
        let rounds = row.number("salvo_size")? * row.number("engagement_opportunities")?;
        Ok((2.0..=MOST_ROUNDS).contains(&rounds))
    };
    let mut rows = Vec::new();
    for row in table.rows() {
        if fits(&row)? {
            rows.push(row);
        }
    }
    // Every ninth row of those that fit: all probabilities, salvos and numbers of looks come up.
    for row in rows.iter().step_by(9) {
        let (prob, salvo) = (row.number("sspk")?, row.number("salvo_size")?);
        let looks = row.number("engagement_opportunities")?;
        let rounds = salvo * looks;
        let title = format!("p {prob}, {looks} times {salvo}");
        let text = duel(rounds, &[sspk(prob), ("salvo = 1", format!("salvo = {salvo}"))])?;
        let outcomes = fight(&text, effort.replications(320), library)?;
        let killed = row.number("p_kill")?;
        findings.checks.push(share(format!("{title}, kill"), killed, &outcomes, |o| o.kills == 1));
        let shots = row.number("expected_shots_sls")?;
        findings
            .checks
            .push(mean(format!("{title}, rounds"), shots, &outcomes, |o| o.rounds as f64));
        let blind = ("salvo = 1", format!("salvo = {rounds}"));
        let text = duel(rounds, &[sspk(prob), blind])?;
        let outcomes = fight(&text, effort.replications(320), library)?;
        let killed = row.number("p_kill_no_look")?;
        findings.checks.push(share(
            format!("p {prob}, {rounds} at once, kill"),
            killed,
            &outcomes,
            |o| o.kills == 1,
        ));
    }
    Ok(())
}

/// Assessment that errs. A target that was called dead is never doubted, as in the closed form.
fn calls(findings: &mut Findings, library: &Library, effort: Effort) -> Result<()> {
    for row in table!("sls_imperfect_assessment.csv")?.rows() {
        let (prob, salvo) = (row.number("sspk")?, row.number("salvo_size")?);
        let looks = row.number("opportunities")?;
        let called_dead = row.number("p_declare_kill_given_kill")?;
        let called_alive = row.number("p_declare_kill_given_alive")?;
        let title = format!("p {prob}, calls {called_dead} and {called_alive}");
        let text = duel(
            salvo * looks,
            &[
                sspk(prob),
                ("salvo = 1", format!("salvo = {salvo}")),
                (
                    "false_kill_call_probability = 1e-9",
                    format!("false_kill_call_probability = {called_alive}"),
                ),
                (
                    "missed_kill_call_probability = 1e-9",
                    format!("missed_kill_call_probability = {}", (1.0 - called_dead).max(1e-9)),
                ),
                ("plots_to_doubt = 3", "plots_to_doubt = 10000".into()),
            ],
        )?;
        let outcomes = fight(&text, effort.replications(320), library)?;
        let killed = row.number("p_kill")?;
        findings.checks.push(share(format!("{title}, kill"), killed, &outcomes, |o| o.kills == 1));
        let missed = row.number("p_leak_by_false_kill_call")?;
        let rounds = (salvo * looks) as u64;
        let spared = |o: &Outcome| o.kills == 0 && o.rounds < rounds;
        findings.checks.push(share(format!("{title}, false call"), missed, &outcomes, spared));
        // A dead target is no target: a round is not fired again at what no radar sees any more.
        let shots = row.number("expected_shots")?;
        let fired = mean_and_error(&outcomes, |o| o.rounds as f64).0;
        let claim = format!("{title}, rounds");
        findings.checks.push(if called_dead < 1.0 {
            Check::beside(MEAN, claim, shots, fired)
        } else {
            mean(claim, shots, &outcomes, |o| o.rounds as f64)
        });
    }
    Ok(())
}

/// One round at each of several targets.
fn leakage(findings: &mut Findings, library: &Library, effort: Effort) -> Result<()> {
    for row in table!("binomial_leakage.csv")?.rows() {
        let (threats, prob) = (row.number("n_threats")?, row.number("p_kill_each")?);
        if threats > 12.0 {
            continue;
        }
        let outcomes = fight(&volley(threats, threats, prob)?, effort.replications(240), library)?;
        let title = format!("{threats} targets, p {prob}");
        let expected = row.number("expected_leakers")?;
        findings
            .checks
            .push(mean(format!("{title}, leaks"), expected, &outcomes, |o| o.leaks as f64));
        let none = row.number("p_no_leak")?;
        findings.checks.push(share(format!("{title}, none"), none, &outcomes, |o| o.leaks == 0));
        let few = row.number("p_leak_le1")?;
        findings
            .checks
            .push(share(format!("{title}, one at most"), few, &outcomes, |o| o.leaks <= 1));
    }
    Ok(())
}

/// So many targets abreast, so many rounds, one at each target at most.
fn volley(targets: f64, rounds: f64, prob: f64) -> Result<String> {
    let changes = [
        sspk(prob),
        ("count = 1", format!("count = {targets}")),
        ("doctrine = \"shoot-look-shoot\"", "doctrine = \"salvo\"".into()),
    ];
    duel(rounds, &changes)
}

/// The stochastic salvo: the number of well-aimed rounds is drawn by the closed form, and for each number the
/// battle is fought.
fn salvo(findings: &mut Findings, library: &Library, effort: Effort) -> Result<()> {
    for row in table!("stochastic_salvo.csv")?.rows() {
        let (inbound, aimed) = (row.number("inbound")? as u32, row.number("p_aimed")?);
        let (rounds, prob) = (row.number("interceptors")?, row.number("p_intercept")?);
        if inbound > 8 {
            continue;
        }
        let (mut leaks, mut leaks_var, mut none, mut none_var) = (0.0, 0.0, 0.0, 0.0);
        none += binomial_prob(inbound, 0, aimed);
        for count in 1..=inbound {
            let chance = binomial_prob(inbound, count, aimed);
            let text = volley(f64::from(count), rounds, prob)?;
            let outcomes = fight(&text, effort.replications(240), library)?;
            let (mean, error) = mean_and_error(&outcomes, |o| o.leaks as f64);
            (leaks, leaks_var) =
                (leaks + chance * mean, leaks_var + chance * chance * error * error);
            let (mean, error) = mean_and_error(&outcomes, |o| f64::from(u8::from(o.leaks == 0)));
            (none, none_var) = (none + chance * mean, none_var + chance * chance * error * error);
        }
        let title = format!("salvo of {inbound}, {rounds} rounds");
        for (scale, what, column, got, variance) in [
            (MEAN, "leaks", "mean_leakers", leaks, leaks_var),
            (CHANCE, "none", "p_zero_leak", none, none_var),
        ] {
            let (claim, expected) = (format!("{title}, {what}"), row.number(column)?);
            let tolerance = SIGMAS * f64::sqrt(variance);
            findings.checks.push(Check::near(scale, claim, expected, got, tolerance));
        }
    }
    Ok(())
}

/// Hughes (Naval Research Logistics 42, 1995), one simultaneous salvo: losses of B are (α A − b₃ B) / b₁, held
/// between nothing and everything.
fn hughes() -> Result<Check> {
    let mut worst = Worst::default();
    for row in table!("hughes_salvo.csv")?.rows() {
        let n = |column: &str| row.number(column);
        let (a, b) = (n("A")?, n("B")?);
        let lost_b =
            (n("alpha_offense_per_A")? * a - n("b3_defense_per_B")? * b) / n("b1_staying_power")?;
        let lost_a =
            (n("beta_offense_per_B")? * b - n("a3_defense_per_A")? * a) / n("a1_staying_power")?;
        for (got, of, column) in [(lost_a, a, "dA"), (lost_b, b, "dB")] {
            worst.add(|| format!("{a} against {b}"), n(column)?, got.clamp(0.0, of), 1e-12);
        }
    }
    Ok(worst.check(MEAN, "Hughes' salvo"))
}

#[cfg(test)]
mod tests {
    use super::super::assert_passes;

    #[test]
    fn val_engagements_agree_with_their_closed_forms() {
        assert_passes("11-engagements", 58);
    }
}
