//! Checks that go beyond one field: references between cards and sources, plausible values, and
//! whether the simulator finds every figure that it needs.

use std::collections::BTreeMap;

use super::air::AirVehicle;
use super::battalion::Battalion;
use super::claim::{Card, CardKind, Claim, ClaimKind, Detail, Grade, MemberRole, Parameter};
use super::figures::Figures;
use super::identification::Identification;
use super::library::Library;
use super::missile::{Launcher, Missile};
use super::post::{CommandPost, Interrogator};
use super::problem::{CardError, CardProblem, nearest_names};
use super::radar::Radar;

/// Checks one card against the library that it will be part of.
///
/// `lines` gives the line of each field; it is empty for cards that were read before.
pub(super) fn check_card(
    card: &Card,
    lines: &BTreeMap<String, usize>,
    library: &Library,
) -> Vec<CardProblem> {
    let mut check = Check { card, lines, problems: Vec::new() };
    for parameter in &card.parameters {
        check.parameter(parameter, library);
    }
    check.references(library);
    check.problems
}

/// Notes every figure that the simulator needs and the card does not give.
pub(super) fn check_view(card: &Card, lines: &BTreeMap<String, usize>) -> Vec<CardProblem> {
    let figures = Figures::nominal(card);
    let outcome = match card.kind() {
        CardKind::Radar => Radar::from_figures(&figures).err(),
        CardKind::CommandPost => CommandPost::from_figures(&figures).err(),
        CardKind::Launcher => Launcher::from_figures(&figures).err(),
        CardKind::Missile => Missile::from_figures(&figures).err(),
        CardKind::Battalion => Battalion::from_figures(&figures).err(),
        CardKind::Air => AirVehicle::from_figures(&figures).err(),
        CardKind::Interrogator => Interrogator::from_figures(&figures).err(),
        CardKind::Identification => Identification::from_figures(&figures).err(),
    };
    let Some(CardError::Missing(missing)) = outcome else { return Vec::new() };
    let mut check = Check { card, lines, problems: Vec::new() };
    for figure in missing {
        check.add(format!("parameters.{}", figure.parameter), figure.reason, figure.hint);
    }
    check.problems
}

/// Powers, frequencies and the like, of which a model takes logarithms or ratios.
const IS_POSITIVE: [&str; 7] = [
    "frequency",
    "noise_bandwidth",
    "jammer_erp_density",
    "jammer_frequency_low",
    "jammer_frequency_high",
    "emitter_erp",
    "emitter_frequency",
];

struct Check<'a> {
    card: &'a Card,
    lines: &'a BTreeMap<String, usize>,
    problems: Vec<CardProblem>,
}

impl Check<'_> {
    fn parameter(&mut self, parameter: &Parameter, library: &Library) {
        let path = format!("parameters.{}", parameter.name);
        for (index, claim) in parameter.claims.iter().enumerate() {
            let path = format!("{path}.claims[{index}]");
            self.source(claim, &path, library);
            self.grade(claim, &path);
            self.range(parameter, claim, &path);
            if parameter.claims[..index].iter().any(|other| other.label == claim.label) {
                let reason = format!("the label `{}` is used twice", claim.label);
                self.add(format!("{path}.label"), reason, "labels must differ".to_string());
            }
        }
        if parameter.unit.is_number() && parameter.chosen_claim().nominal.is_none() {
            let reason = "the chosen claim gives no nominal value".to_string();
            let hint = "give it a nominal, or choose another claim".to_string();
            self.add(format!("{path}.chosen"), reason, hint);
        }
    }

    fn source(&mut self, claim: &Claim, path: &str, library: &Library) {
        if claim.source.is_empty() || library.source(&claim.source).is_some() {
            return;
        }
        let ids = library.sources().iter().map(|source| source.id.as_str());
        let hint = match nearest_names(&claim.source, ids).first() {
            Some(near) => format!("did you mean `{near}`?"),
            None => "add it to sources.toml".to_string(),
        };
        self.add(format!("{path}.source"), format!("no source `{}`", claim.source), hint);
    }

    /// The kind of a claim settles its grade, except that what was read may be first or second hand.
    fn grade(&mut self, claim: &Claim, path: &str) {
        let allowed: &[Grade] = match claim.kind {
            ClaimKind::Published => &[Grade::A, Grade::B],
            ClaimKind::Reported => &[Grade::C],
            ClaimKind::Computed => &[Grade::D],
            ClaimKind::Estimate => &[Grade::E],
        };
        if !allowed.contains(&claim.grade) {
            let letters: Vec<&str> = allowed.iter().map(|grade| grade.label()).collect();
            let reason =
                format!("grade {} does not go with `{}`", claim.grade.label(), claim.kind.label());
            self.add(format!("{path}.grade"), reason, format!("write {}", letters.join(" or ")));
        }
    }

    fn range(&mut self, parameter: &Parameter, claim: &Claim, path: &str) {
        let name = parameter.name.as_str();
        let is_period = ["scan_period", "update_interval", "decision_cycle"].contains(&name);
        let (low, high) = if is_period {
            // A radar or a command that acts without end would keep a run from ever ending.
            (0.001, 86_400.0)
        } else if matches!(parameter.unit.symbol, "s" | "min" | "h") {
            (0.0, f64::MAX)
        } else if name.ends_with("_accuracy") || name.ends_with("beamwidth") {
            (f64::MIN_POSITIVE, 1e6)
        } else if name.starts_with("elevation_m") {
            (-90.0, 90.0)
        } else if name.contains("probability")
            || matches!(name, "reliability" | "search_time_share")
        {
            (0.0, 1.0)
        } else if matches!(name, "swerling_case" | "reference_swerling") {
            (0.0, 4.0)
        } else if name.starts_with("frequency_") || IS_POSITIVE.contains(&name) {
            (f64::MIN_POSITIVE, f64::MAX)
        } else if name.ends_with("_bias") {
            (0.0, 1e12)
        } else if name.starts_with("rcs") || name.ends_with("_range") || name.ends_with("_speed") {
            (f64::MIN_POSITIVE, 1e12)
        } else if parameter.unit.symbol == "count" {
            (0.0, f64::from(u32::MAX))
        } else {
            return;
        };
        let values = [claim.low, claim.nominal, claim.high];
        if values.into_iter().flatten().any(|value| !(low..=high).contains(&value)) {
            let reason = format!("`{name}` lies outside what is possible");
            let hint = match high {
                high if high < 1e6 => format!("it lies between {low} and {high}"),
                _ if low > 0.0 => "it is greater than zero, and a finite figure".to_string(),
                _ => "it is not below zero".to_string(),
            };
            self.add(path.to_string(), reason, hint);
        }
    }

    fn references(&mut self, library: &Library) {
        match &self.card.detail {
            Detail::Launcher { compatible } => {
                for (index, entry) in compatible.iter().enumerate() {
                    let field = format!("compatible[{index}].missile");
                    self.reference(field, &entry.missile, CardKind::Missile, library);
                }
            }
            Detail::Battalion { members, loads } => {
                for (index, entry) in members.iter().enumerate() {
                    let field = format!("members[{index}].card");
                    self.reference(field, &entry.card, kind_of(entry.role), library);
                }
                for (index, entry) in loads.iter().enumerate() {
                    let field = format!("loads[{index}].missile");
                    self.reference(field, &entry.missile, CardKind::Missile, library);
                }
            }
            _ => {}
        }
    }

    fn reference(&mut self, field: String, id: &str, kind: CardKind, library: &Library) {
        let ids = library.cards().iter().map(|card| card.id.as_str());
        match library.cards().iter().find(|card| card.id == id) {
            Some(card) if card.kind() == kind => {}
            Some(card) => {
                let reason = format!("`{id}` is of kind `{}`", card.kind().label());
                self.add(field, reason, format!("name a card of kind `{}`", kind.label()));
            }
            None => {
                let hint = match nearest_names(id, ids).first() {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "write the id of a card, for example s-400/92n6e".to_string(),
                };
                self.add(field, format!("no card `{id}`"), hint);
            }
        }
    }

    fn add(&mut self, field: String, reason: String, hint: String) {
        let line = self.line(&field);
        let file = self.card.file.clone();
        self.problems.push(CardProblem { file, line, field, reason, hint });
    }

    /// Line of the field or, where it is absent, of the nearest table around it.
    fn line(&self, field: &str) -> usize {
        let mut path = field;
        loop {
            if let Some(line) = self.lines.get(path) {
                return *line;
            }
            match path.rfind(['.', '[']) {
                Some(end) => path = &path[..end],
                None => return 1,
            }
        }
    }
}

fn kind_of(role: MemberRole) -> CardKind {
    match role {
        MemberRole::CommandPost => CardKind::CommandPost,
        MemberRole::SearchRadar | MemberRole::EngagementRadar => CardKind::Radar,
        MemberRole::Launcher => CardKind::Launcher,
    }
}
