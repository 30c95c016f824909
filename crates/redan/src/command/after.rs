//! `redan ledger --after RESULTS.parquet`: which figure moved the answer?

use std::fmt::Write as _;
use std::path::Path;

use redan_record::measures::NAMES;

use crate::exit::{self, bad_input};
use crate::output::print;
use crate::study::compare::LEVEL;
use crate::study::findings::Results;
use crate::study::number::{short, signed, span};
use crate::study::page::pictures::{self, Row};
use crate::study::page::{facts, figure, head};
use crate::study::sensitivity::{self, Card, Moved};
use crate::study::until;

/// What of a study is asked about.
#[derive(clap::Args)]
pub(crate) struct Wish {
    /// Measure that counts as the answer.
    #[arg(long, value_name = "NAME", value_parser = until::measure, requires = "after", default_value = "leakage")]
    measure: usize,
    /// Case of a study with several, by its name in the table.
    #[arg(long, value_name = "NAME", requires = "after")]
    case: Option<String>,
    /// Figures to list.
    #[arg(long, value_name = "N", requires = "after", default_value_t = 20)]
    most: usize,
}

/// Lists the figures, and draws them.
pub(crate) fn run(path: &Path, wish: &Wish) -> anyhow::Result<u8> {
    let results = Results::open(path)?;
    if results.about.figures.is_empty() {
        let hint = "run it without --design nominal";
        return Err(bad_input(format!("the study drew no figures\n  hint: {hint}")));
    }
    let case = case_of(&results, wish)?;
    let (text, page) = match results.about.plan.groups.is_empty() {
        true => of_figures(&results, case, wish)?,
        false => of_cards(&results, wish)?,
    };
    let report = path.with_extension("sensitivity.html");
    std::fs::write(&report, page)?;
    print(&format!("{text}\nreport  {}\n", report.display()))?;
    Ok(exit::OK)
}

fn case_of(results: &Results, wish: &Wish) -> anyhow::Result<usize> {
    let cases = &results.about.cases;
    let Some(name) = &wish.case else { return Ok(0) };
    cases.iter().position(|case| case.name == *name).ok_or_else(|| {
        let known: Vec<&str> = cases.iter().map(|case| case.name.as_str()).collect();
        bad_input(format!(
            "the study has no case `{name}`\n  hint: its cases are {}",
            known.join(", ")
        ))
    })
}

fn of_figures(results: &Results, case: usize, wish: &Wish) -> anyhow::Result<(String, String)> {
    let name = NAMES[wish.measure];
    let moved = sensitivity::of(results, case, wish.measure)?;
    let shown = moved.iter().filter(|one| one.adjusted <= LEVEL).count();
    let mut text = format!(
        "{}\nWhat moved {name}: {shown} of {} figures drawn are shown to move it (*)\n\n",
        results.about.title,
        moved.len()
    );
    let _ = writeln!(
        text,
        "  {:<66} {:>9} {:>7} {:<16} {:>6}",
        "figure, with what was drawn", "swing", "rank ρ", "95 %", "S"
    );
    for one in moved.iter().take(wish.most) {
        let _ = writeln!(text, "{}", line(one));
    }
    text += READING;
    if shown == 0 {
        let _ = writeln!(text, "No figure is shown to move {name}: with more draws some may be.");
    }
    let bar = |one: &Moved| Row {
        name: one.name.clone(),
        middle: one.swing,
        narrow: one.swing_interval,
        wide: None,
    };
    let bars: Vec<Row> = moved.iter().take(wish.most).map(bar).collect();
    let svg = pictures::tornado(&bars, &format!("What moved {name}"));
    Ok((text.clone(), page(results, &svg, &text)))
}

const READING: &str = "\nswing: mean result in the third of draws where the figure was highest, less that where it \
was lowest;\nS: share of the spread by the ledger that goes with the figure alone. Sorted by swing; * holds after \
Holm's correction.\n";

fn line(one: &Moved) -> String {
    let mark = if one.adjusted <= LEVEL { "*" } else { " " };
    let unit = match one.unit.as_str() {
        "" | "-" | "count" => String::new(),
        unit => format!(" {unit}"),
    };
    let what = match one.unit.is_empty() {
        true => one.name.clone(),
        false => format!("{} {}..{}{unit}", one.name, short(one.drawn.0), short(one.drawn.1)),
    };
    let first = one.first.map_or("–".to_string(), |first| format!("{:.2}", first.max(0.0)));
    format!(
        "{mark} {what:<66} {:>9} {:>7} {:<16} {first:>6}",
        signed(one.swing),
        format!("{:.2}", one.correlation),
        format!("{:.2} .. {:.2}", one.interval.low, one.interval.high),
    )
}

fn of_cards(results: &Results, wish: &Wish) -> anyhow::Result<(String, String)> {
    let name = NAMES[wish.measure];
    let cards = sensitivity::by_card(results, wish.measure)?;
    let mut text = format!(
        "{}\nWhat moved {name}: Sobol indices of the mean result, the luck of battles taken out\n\n",
        results.about.title
    );
    let _ = writeln!(
        text,
        "  {:<28} {:>7} {:<18} {:>7} {:<18}",
        "figures of the card", "alone", "95 %", "total", "95 %"
    );
    let ends = |interval: &Option<redan_study::stats::Interval>| {
        interval.as_ref().map_or("–".to_string(), span)
    };
    for card in cards.iter().take(wish.most) {
        let row = format!(
            "  {:<28} {:>7.2} {:<18} {:>7.2} {:<18}",
            card.name,
            card.indices.first_ratio,
            ends(&card.first),
            card.indices.total_ratio,
            ends(&card.total)
        );
        let _ = writeln!(text, "{}", row.trim_end());
    }
    text += "\nalone: share of the spread that would go if the figures of this card were known;\n\
             total: share that would stay if all others were.\n";
    let bar = |card: &Card| Row {
        name: card.name.clone(),
        middle: card.indices.total_ratio,
        narrow: card
            .total
            .unwrap_or(redan_study::stats::Interval::around(card.indices.total_ratio, 0.0)),
        wide: None,
    };
    let bars: Vec<Row> = cards.iter().take(wish.most).map(bar).collect();
    let svg = pictures::tornado(&bars, &format!("Total index on {name}"));
    Ok((text.clone(), page(results, &svg, &text)))
}

fn page(results: &Results, svg: &str, text: &str) -> String {
    let about = &results.about;
    let caption = "The longest bar moved the answer most; the thin line is the 95 % interval.";
    format!(
        "{}{}{}<pre class=\"scroll\">{}</pre>\n</main>\n</body>\n</html>\n",
        head(&about.title, &about.question),
        facts(results),
        figure(svg, caption),
        crate::report::escape::esc(text)
    )
}
