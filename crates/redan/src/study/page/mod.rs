//! The report of a study: one HTML file with distributions, intervals and convergence.

pub(crate) mod pictures;

use redan_record::measures::NAMES;
use redan_study::stats::{mean, nested};

use self::pictures::{Point, Row};
use super::findings::{Column, Finding, Results};
use super::number::{percent, short, span};
use super::until::CONFIDENCE;
use crate::report::escape::esc;

const STYLE: &str = include_str!("style.css");

/// The page. `by_measure` holds for each of `measures` the findings of every case.
pub(crate) fn html(
    results: &Results,
    measures: &[usize],
    by_measure: &[Vec<Finding>],
) -> anyhow::Result<String> {
    let mut out = head(&results.about.title, &results.about.question);
    out += &facts(results);
    for (measure, findings) in measures.iter().zip(by_measure) {
        out += &section(results, *measure, findings)?;
    }
    Ok(out + READING + "</main>\n</body>\n</html>\n")
}

/// Beginning of a page of this kind.
pub(crate) fn head(title: &str, question: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
         style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title} – study</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n\
         <header class=\"banner\"><strong>Simulation</strong> of many battles, from open literature</header>\n\
         <main>\n<h1>{title}</h1>\n<p class=\"question\">{}</p>\n",
        esc(question),
        title = esc(title),
    )
}

/// What the study was.
pub(crate) fn facts(results: &Results) -> String {
    let about = &results.about;
    let plan = &about.plan;
    let mut items = vec![
        ("Battles", results.battles(0).to_string()),
        ("Battles a draw", plan.battles.to_string()),
        ("Design", plan.design.clone()),
        ("Figures drawn", about.figures.len().to_string()),
        ("Seed", plan.seed.to_string()),
        ("Terrain", about.terrain_note.clone()),
        ("redan", about.redan_version.clone()),
    ];
    if let Some(until) = &plan.until {
        items.push(("Stopped by", until.clone()));
    }
    let items: String = items
        .iter()
        .map(|(term, value)| format!("<div><dt>{term}</dt><dd>{}</dd></div>", esc(value)))
        .collect();
    format!("<dl class=\"about\">{items}</dl>\n")
}

const READING: &str = "<h2>How to read this</h2>\n<p><strong>Monte Carlo</strong> is what more battles would \
narrow: the true mean of this model lies there with 95 %. <strong>By the ledger</strong> is what only better \
sources would narrow: the mean result for nine of ten draws of the disputed figures, with the luck of battles \
taken out. <strong>Single battles</strong> is where nine of ten battles ended. A measure that was not observed \
in a battle, such as the time of a leak that never came, counts in none of them.</p>\n";

fn section(results: &Results, measure: usize, findings: &[Finding]) -> anyhow::Result<String> {
    let name = NAMES[measure];
    let mut out =
        format!("<h2 id=\"{name}\">{}</h2>\n{}", name.replace('_', " "), table(results, findings));
    if findings.len() > 1 {
        if let Some((along, points)) = swept(results, findings) {
            let caption = format!(
                "Response over {}: line and bars are mean and Monte Carlo interval, the band is the spread by the \
                 ledger.",
                esc(&along)
            );
            out += &figure(&pictures::curve(&points, &along, name), &caption);
        }
        let caption = "Every case: dot and line are mean and Monte Carlo interval, the band is the spread by the \
                       ledger.";
        return Ok(out + &figure(&across(results, findings), caption));
    }
    let column = results.column(0, name)?;
    let observed: Vec<f64> = column.values.iter().flatten().copied().collect();
    if observed.is_empty() {
        return Ok(out + "<p>It was observed in no battle.</p>\n");
    }
    out += "<div class=\"pair\">\n";
    out += &figure(&pictures::histogram(&observed, name), "Single battles.");
    out += &figure(
        &pictures::convergence(&running(&column), name),
        "Mean as draws come in, with its 95 % interval.",
    );
    Ok(out + "</div>\n")
}

fn table(results: &Results, findings: &[Finding]) -> String {
    let mut out = String::from(
        "<div class=\"scroll\"><table><thead><tr><th>case</th><th>mean</th><th>Monte Carlo, 95 %</th>\
         <th>by the ledger, 90 %</th><th>single battles, 90 %</th><th>observed</th></tr></thead><tbody>\n",
    );
    for (finding, case) in findings.iter().zip(&results.about.cases) {
        let name = if case.name.is_empty() { "as the scenario is" } else { &case.name };
        let or_none = |text: Option<String>| text.unwrap_or_else(|| "–".to_string());
        let nested = finding.nested.as_ref();
        out += &format!(
            "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
            esc(name),
            or_none(nested.map(|nested| short(nested.mean.mean))),
            or_none(finding.monte_carlo.as_ref().map(span)),
            or_none(nested.and_then(|nested| nested.ledger_spread.as_ref()).map(span)),
            or_none(finding.battle_spread.as_ref().map(span)),
            percent(finding.observed as f64 / finding.battles.max(1) as f64),
        );
    }
    out + "</tbody></table></div>\n"
}

fn across(results: &Results, findings: &[Finding]) -> String {
    let row = |(finding, case): (&Finding, &super::about::CaseAbout)| {
        let nested = finding.nested.as_ref()?;
        Some(Row {
            name: if case.name.is_empty() { "as it is".to_string() } else { case.name.clone() },
            middle: nested.mean.mean,
            narrow: finding.monte_carlo?,
            wide: nested.ledger_spread,
        })
    };
    let rows: Vec<Row> = findings.iter().zip(&results.about.cases).filter_map(row).collect();
    pictures::rows(&rows, None, findings.first().map_or("", |finding| finding.measure))
}

/// The field that differs from case to case with its values, where it is one and a number.
fn swept(results: &Results, findings: &[Finding]) -> Option<(String, Vec<Point>)> {
    let cases = &results.about.cases;
    let first = cases.first()?;
    let place = (0..first.settings.len()).find(|place| {
        cases.iter().any(|case| case.settings.get(*place) != first.settings.get(*place))
    })?;
    let path = first.settings[place].0.clone();
    let mut points = Vec::new();
    for (case, finding) in cases.iter().zip(findings) {
        let others = |settings: &[(String, String)]| -> Vec<(String, String)> {
            let rest = settings.iter().enumerate().filter(|(index, _)| *index != place);
            rest.map(|(_, setting)| setting.clone()).collect()
        };
        if others(&case.settings) != others(&first.settings) || case.variant != first.variant {
            return None;
        }
        let at: f64 = case.settings.get(place)?.1.parse().ok()?;
        let nested = finding.nested.as_ref()?;
        let (middle, wide) = (nested.mean.mean, nested.ledger_spread);
        points.push(Point { at, middle, narrow: finding.monte_carlo?, wide });
    }
    points.sort_by(|a, b| a.at.total_cmp(&b.at));
    Some((path, points))
}

/// Running mean over draws at some hundred places.
fn running(column: &Column) -> Vec<(f64, f64, redan_study::stats::Interval)> {
    let means = nested::means(&column.groups());
    let step = means.len().div_ceil(120).max(1);
    let places = (1..=means.len()).filter(|count| *count >= 10.min(means.len()));
    let places = places.filter(|count| count.is_multiple_of(step) || *count == means.len());
    places
        .filter_map(|count| {
            let found = mean::estimate(&means[..count], CONFIDENCE)?;
            Some((count as f64, found.mean, found.interval))
        })
        .collect()
}

/// A picture with what it shows.
pub(crate) fn figure(svg: &str, caption: &str) -> String {
    format!("<figure>\n{svg}<figcaption>{caption}</figcaption>\n</figure>\n")
}
