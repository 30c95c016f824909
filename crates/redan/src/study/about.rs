//! What a study is: everything that must be the same for two runs to belong to one study.

use redan_record::measures::NAMES;
use redan_sim::card::{Quantity, Uncertain};
use serde::{Deserialize, Serialize};

/// Description of a study, as it stands in its plan and in the metadata of its table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct About {
    /// Version of redan.
    pub(crate) redan_version: String,
    /// Hash of the program that plays the battles.
    pub(crate) binary: String,
    /// Title of the scenario.
    pub(crate) title: String,
    /// Its question.
    pub(crate) question: String,
    /// Name of its file, without folders.
    pub(crate) scenario_file: String,
    /// Hash of its text.
    pub(crate) scenario_hash: String,
    /// Hash of all cards.
    pub(crate) cards_hash: String,
    /// Relief in words.
    pub(crate) terrain_note: String,
    /// Hash of its heights.
    pub(crate) terrain_hash: String,
    /// How many battles of what.
    pub(crate) plan: PlanAbout,
    /// Cases, in the order of the table.
    pub(crate) cases: Vec<CaseAbout>,
    /// Figures that are drawn, of all cases.
    pub(crate) figures: Vec<FigureAbout>,
}

/// How many battles of what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct PlanAbout {
    /// Seed of all chance.
    pub(crate) seed: u64,
    /// Replications of each case, at most.
    pub(crate) replications: u64,
    /// Battles with each draw of the ledger.
    pub(crate) battles: u64,
    /// Name of the design; `nominal` where figures are not drawn.
    pub(crate) design: String,
    /// Groups of figures of the design `pairs`, else none.
    pub(crate) groups: Vec<String>,
    /// When it stops, such as `leakage_ratio±0.02`.
    pub(crate) until: Option<String>,
}

/// A variant or setting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct CaseAbout {
    /// Its name in the table.
    pub(crate) name: String,
    /// What it is about.
    pub(crate) about: String,
    /// Variant of the scenario.
    pub(crate) variant: Option<String>,
    /// Path and value of each field that is set.
    pub(crate) settings: Vec<(String, String)>,
}

/// A figure that is drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct FigureAbout {
    /// Card and parameter.
    pub(crate) name: String,
    /// Unit of the card; empty for words.
    pub(crate) unit: String,
    /// Lowest and highest value over all readings, in that unit.
    pub(crate) low: f64,
    pub(crate) high: f64,
    /// Labels of rival claims, where conditions differ.
    pub(crate) rivals: Vec<String>,
}

impl FigureAbout {
    pub(crate) fn of(figure: &Uncertain) -> Self {
        let value = |value_si: f64| figure.unit.from_si(value_si);
        let low = figure.rivals.iter().map(|rival| rival.low).fold(f64::INFINITY, f64::min);
        let high = figure.rivals.iter().map(|rival| rival.high).fold(f64::NEG_INFINITY, f64::max);
        let labels = figure.rivals.iter().map(|rival| rival.label.clone());
        let is_number = figure.unit.quantity == Quantity::Number;
        Self {
            name: figure.name(),
            unit: if is_number { figure.unit.symbol.to_string() } else { String::new() },
            low: value(low),
            high: value(high),
            rivals: if figure.rivals.len() > 1 { labels.collect() } else { Vec::new() },
        }
    }
}

impl About {
    /// What differs between two studies, in words; empty where they are one.
    pub(crate) fn differences(&self, other: &About) -> Vec<String> {
        let mut found = Vec::new();
        let mut note = |what: &str, same: bool| {
            if !same {
                found.push(what.to_string());
            }
        };
        note("the scenario", self.scenario_hash == other.scenario_hash);
        note("the cards", self.cards_hash == other.cards_hash);
        note("the terrain", self.terrain_hash == other.terrain_hash);
        note("the binary", self.binary == other.binary);
        let (here, there) = (&self.plan, &other.plan);
        let number = |what: &str, a: u64, b: u64| format!("the plan ({what} {b}, now {a})");
        if here.seed != there.seed {
            note(&number("seed", here.seed, there.seed), false);
        }
        if here.replications != there.replications {
            note(&number("replications", here.replications, there.replications), false);
        }
        if here.battles != there.battles {
            note(&number("battles", here.battles, there.battles), false);
        }
        if (&here.design, &here.groups) != (&there.design, &there.groups) {
            note(&format!("the plan (design {}, now {})", there.design, here.design), false);
        }
        if here.until != there.until {
            note("the plan (--until)", false);
        }
        note("the plan (variants and settings)", self.cases == other.cases);
        note("the plan (figures)", self.figures == other.figures);
        found
    }

    /// The text that is kept.
    pub(crate) fn to_text(&self) -> anyhow::Result<String> {
        Ok(serde_json::to_string_pretty(self)?)
    }

    /// Columns of the table.
    pub(crate) fn columns(&self) -> redan_store::StudyColumns {
        let names = |figures: &mut dyn Iterator<Item = &FigureAbout>| {
            figures.map(|figure| figure.name.clone()).collect()
        };
        redan_store::StudyColumns {
            measures: NAMES.iter().map(|name| (*name).to_string()).collect(),
            figures: names(&mut self.figures.iter()),
            claims: names(&mut self.figures.iter().filter(|figure| !figure.rivals.is_empty())),
        }
    }
}
