//! Every figure of the collected open literature about the components covered is a claim.
//!
//! The table stands beside the repository, not in it; without it the test says so and passes.

use std::fs;
use std::path::PathBuf;

use super::super::{Card, Claim, ClaimKind, Library, Parameter, Unit};

/// Which cards hold the figures of which system and component; an empty component means all.
const COVERED: &[(&str, &str, &[&str])] = &[
    ("S-400", "Structure", &["s-400/battalion", "s-400/55k6e", "s-400/5p85te2"]),
    ("S-400", "System", &["s-400/battalion", "s-400/55k6e", "s-400/5p85te2"]),
    ("S-400", "C2", &["s-400/55k6e"]),
    ("S-400", "91N6E Big Bird", &["s-400/91n6e"]),
    ("S-400", "92N6E Grave Stone", &["s-400/92n6e"]),
    ("S-400", "96L6E Cheese Board", &["s-400/96l6e"]),
    ("S-400", "40V6M/40V6MD mast", &["s-400/92n6e", "s-400/96l6e"]),
    ("S-400", "67N6E Gamma-DE", &["s-400/67n6e"]),
    ("S-400", "59N6E Protivnik-GE", &["radar/59n6e"]),
    ("S-400", "55Zh6ME Nebo-M", &["radar/55zh6me"]),
    ("S-400", "1L119 Nebo-SVU", &["radar/1l119"]),
    ("S-400", "48Ya6-K1 Podlet-K1", &["radar/48ya6-k1"]),
    ("S-400", "1L267 Moskva-1", &["radar/1l267"]),
    ("S-350 50N6A (calibration aid)", "", &["radar/50n6a"]),
    ("RCS scaling", "", &["s-400/91n6e"]),
    ("S-400 missile", "48N6E3/48N6DM", &["s-400/48n6e3"]),
    ("S-400 missile", "40N6E", &["s-400/40n6e"]),
    ("S-400 missile", "9M96E2", &["s-400/9m96e2"]),
    ("S-400 missile", "all", &["s-400/5p85te2", "s-400/48n6e3"]),
    ("Prior-art PK table", "", &["s-400/48n6e3"]),
    ("Sceptical claim", "", &["s-400/battalion", "s-400/92n6e"]),
    ("Air vehicle", "Airliner A320", &["air/a320"]),
    ("Air vehicle", "Fighter F-16", &["air/f-16"]),
    ("Air vehicle", "Fighter-bomber Su-24", &["air/su-24"]),
    ("Air vehicle", "Subsonic cruise missile (Tomahawk class)", &["air/cruise-missile-subsonic"]),
    ("Air vehicle", "One-way-attack drone (Shahed-136 class)", &["air/drone-one-way"]),
    ("Air vehicle", "LO fighter F-35", &["air/f-35"]),
    ("Air vehicle", "AWACS E-3", &["air/e-3"]),
    (
        "Air vehicle",
        "Supersonic cruise missile (Yakhont/BrahMos class)",
        &["air/cruise-missile-ramjet"],
    ),
    ("NATO air picture", "E-3A", &["nato/e-3a"]),
    ("NATO air picture", "IFF", &["iff/interrogator"]),
];

/// One row of the table.
#[derive(Clone, Debug)]
struct Row {
    system: String,
    component: String,
    unit: String,
    low: String,
    nominal: String,
    high: String,
    basis: String,
    title: String,
    url: String,
}

impl Row {
    fn numbers_si(&self) -> Vec<f64> {
        let unit = Unit::parse(if self.unit == "targets" { "count" } else { &self.unit });
        [&self.low, &self.nominal, &self.high]
            .into_iter()
            .filter_map(|cell| cell.parse::<f64>().ok())
            .map(|value| unit.map_or(value, |unit| unit.to_si(value)))
            .collect()
    }

    fn is_number(&self) -> bool {
        self.nominal.is_empty() || self.nominal.parse::<f64>().is_ok()
    }

    fn kind(&self) -> ClaimKind {
        match self.basis.as_str() {
            "recalled" => ClaimKind::Reported,
            "computed" => ClaimKind::Computed,
            "estimate" => ClaimKind::Estimate,
            _ => ClaimKind::Published,
        }
    }
}

/// Whether the cards state the row: its text, or all its numbers around a claim of its source.
fn is_stated(row: &Row, cards: &[&Card], library: &Library) -> bool {
    cards.iter().any(|card| {
        let by_source = |claim: &Claim| claim.kind == row.kind() && is_source(row, claim, library);
        if !row.is_number() {
            let mut claims = card.parameters.iter().flat_map(|parameter| &parameter.claims);
            return claims.any(|claim| by_source(claim) && repeats(claim, &row.nominal));
        }
        let elsewhere: Vec<f64> =
            card.parameters.iter().flat_map(|parameter| values_si(parameter, by_source)).collect();
        card.parameters.iter().any(|parameter| {
            let own = values_si(parameter, |_| true);
            let numbers = row.numbers_si();
            parameter.claims.iter().any(by_source)
                && numbers.iter().any(|number| holds(&own, *number))
                && numbers.iter().all(|number| holds(&own, *number) || holds(&elsewhere, *number))
        })
    })
}

fn is_source(row: &Row, claim: &Claim, library: &Library) -> bool {
    match row.kind() {
        ClaimKind::Estimate => claim.source == "redan-estimate",
        ClaimKind::Computed => claim.source == "redan-computed",
        _ => library.source(&claim.source).is_some_and(|source| {
            source.title == row.title && source.url.as_deref().unwrap_or("") == row.url
        }),
    }
}

fn repeats(claim: &Claim, text: &str) -> bool {
    claim.text.as_deref() == Some(text) || claim.says.contains(text)
}

fn values_si(parameter: &Parameter, wanted: impl Fn(&Claim) -> bool) -> Vec<f64> {
    let claims = parameter.claims.iter().filter(|claim| wanted(claim));
    let values = claims.flat_map(|claim| [claim.low, claim.nominal, claim.high]).flatten();
    values.map(|value| parameter.unit.to_si(value)).collect()
}

fn holds(values: &[f64], number: f64) -> bool {
    values.iter().any(|value| (value - number).abs() <= 1e-9 * number.abs())
}

/// Reads a line of comma-separated cells, of which some are quoted.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cells.last_mut().expect("never empty").push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            other => cells.last_mut().expect("never empty").push(other),
        }
    }
    cells
}

fn rows(text: &str) -> Vec<Row> {
    let lines = text.lines().skip(1).map(cells).filter(|cells| cells.len() >= 10);
    lines
        .map(|cells| Row {
            system: cells[0].clone(),
            component: cells[1].clone(),
            unit: cells[3].clone(),
            low: cells[4].clone(),
            nominal: cells[5].clone(),
            high: cells[6].clone(),
            basis: cells[7].clone(),
            title: cells[8].clone(),
            url: cells[9].clone(),
        })
        .collect()
}

#[test]
fn every_row_about_a_covered_component_is_a_claim() {
    let table = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/reference/open-literature.csv");
    let Ok(text) = fs::read_to_string(&table) else {
        println!("skipped: the table of open literature is not beside the repository");
        return;
    };
    let library = Library::embedded();
    let mut compared = 0;
    let mut absent = Vec::new();
    for row in rows(&text) {
        for (system, component, ids) in COVERED {
            if row.system == *system && (component.is_empty() || row.component == *component) {
                let cards: Vec<&Card> =
                    ids.iter().map(|id| library.find(id).expect("the card exists")).collect();
                compared += 1;
                if !is_stated(&row, &cards, &library) {
                    absent.push(row.clone());
                }
            }
        }
    }
    assert!(absent.is_empty(), "no claim states {absent:#?}");
    assert!(compared > 200, "only {compared} rows were compared");
}

#[test]
fn a_row_that_no_card_states_is_noticed() {
    let library = Library::embedded();
    let card = [library.find("91N6E").expect("the card exists")];
    let line = "S-400,91N6E Big Bird,\"detection range, RCS 4 m2\",km,340,390,390,recalled,\
                \"Wikipedia \"\"S-400 missile system\"\" / \"\"S-300 missile system\"\"\",\
                https://en.wikipedia.org/wiki/S-400_missile_system,key calibration point";
    let stated = |line: &str| {
        let row = rows(&format!("head\n{line}")).pop().expect("one row");
        is_stated(&row, &card, &library)
    };
    assert!(stated(line));
    assert!(!stated(&line.replace("340,390,390", "340,391,391")), "another number");
    assert!(!stated(&line.replace("recalled", "published")), "another kind");
    assert!(!stated(&line.replace("S-300", "S-200")), "another source");
}
