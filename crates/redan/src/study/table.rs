//! The findings as text.

use std::fmt::Write as _;

use super::findings::Finding;
use super::number::{percent, short, span};

/// A table of the findings of one case.
pub(crate) fn of(findings: &[Finding], nominal: bool) -> String {
    let mut text = format!(
        "{:<24} {:>9}  {:<20} {:<20} {}\n",
        "measure", "mean", "Monte Carlo, 95 %", "by the ledger, 90 %", "single battles, 90 %"
    );
    for finding in findings {
        let _ = writeln!(text, "{}", line(finding, nominal).trim_end());
    }
    text
}

fn line(finding: &Finding, nominal: bool) -> String {
    let name = finding.measure;
    let (Some(nested), Some(monte_carlo)) = (&finding.nested, &finding.monte_carlo) else {
        return format!("{name:<24} {:>9}  observed in {} battles", "–", finding.observed);
    };
    let ledger = match &nested.ledger_spread {
        _ if nominal => "figures as proposed".to_string(),
        Some(spread) => span(spread),
        None => "wants 2 battles".to_string(),
    };
    let battles = finding.battle_spread.as_ref().map_or(String::new(), span);
    let rare = match finding.observed < finding.battles {
        true => format!("  in {}", percent(finding.observed as f64 / finding.battles as f64)),
        false => String::new(),
    };
    format!(
        "{name:<24} {:>9}  {:<20} {ledger:<20} {battles}{rare}",
        short(nested.mean.mean),
        span(monte_carlo),
    )
}

/// Shares of battles in which something happened at all.
pub(crate) fn any(findings: &[Finding]) -> String {
    let mut text = String::new();
    for finding in findings {
        let words = match finding.measure {
            "leaks" => "something got through",
            "friendly_engaged" => "a friendly aircraft was fired at",
            "neutral_engaged" => "an airliner or other neutral was fired at",
            _ => continue,
        };
        let Some((share, interval)) = &finding.any else { continue };
        let _ = writeln!(
            text,
            "{words} in {} of the battles ({} to {})",
            percent(*share),
            percent(interval.low),
            percent(interval.high)
        );
    }
    text
}
