//! The cards as this scenario reads them: looked up by name, with the figures that it sets itself.

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::card::{Card, CardError, CardKind, Figures, Library, MissingFigure, Taken};

use super::file::Choice;
use super::problem::{Collector, Spot, shortened};
use super::read::{At, Named};

/// The library with the scenario's own readings of figures, all of which are known to hold.
pub(super) struct Shelf<'l> {
    library: &'l Library,
    /// Card, parameter and choice, in the order of the file.
    choices: Vec<(&'l Card, String, Choice)>,
    /// What a study has drawn.
    taken: &'l [Taken],
    /// Cards of which a view was asked for.
    viewed: RefCell<BTreeSet<String>>,
}

impl<'l> Shelf<'l> {
    /// Looks every choice up; those that do not hold are noted and left out.
    pub(super) fn new(
        library: &'l Library,
        figures: Option<&Named<Named<Choice>>>,
        taken: &'l [Taken],
        problems: &mut Collector,
    ) -> Self {
        let viewed = RefCell::default();
        let mut shelf = Self { library, choices: Vec::new(), taken, viewed };
        for (name, parameters) in figures.iter().flat_map(|figures| &figures.entries) {
            let Some(card) = shelf.find(name, problems) else { continue };
            for (parameter, choice) in &parameters.entries {
                match chosen(Figures::nominal(card), &parameter.value, choice) {
                    Ok(_) => shelf.choices.push((card, parameter.value.clone(), choice.clone())),
                    Err(missing) => note_choice(parameter, choice, missing, problems),
                }
            }
        }
        shelf
    }

    /// The card of this name, whatever it describes.
    pub(super) fn find(&self, name: &At<String>, problems: &mut Collector) -> Option<&'l Card> {
        let reason = match self.library.find(&name.value) {
            Ok(card) => return Some(card),
            Err(error) => error,
        };
        let shown = shortened(&name.value);
        match reason {
            CardError::Ambiguous { candidates, .. } => {
                let reason = format!("`{shown}` is the name of several cards");
                problems.note_hint(
                    &name.spot,
                    reason,
                    format!("write {}", candidates.join(" or ")),
                );
            }
            CardError::Unknown { suggestions, .. } if !suggestions.is_empty() => {
                let hint = format!("did you mean `{}`?", suggestions.join("` or `"));
                problems.note_hint(&name.spot, format!("no card answers to `{shown}`"), hint);
            }
            _ => {
                let hint = "`redan ledger` lists the cards";
                problems.note_hint(&name.spot, format!("no card answers to `{shown}`"), hint);
            }
        }
        None
    }

    /// The card of this name, which must be of one of the kinds.
    pub(super) fn find_kind(
        &self,
        name: &At<String>,
        kinds: &[CardKind],
        problems: &mut Collector,
    ) -> Option<&'l Card> {
        let card = self.find(name, problems)?;
        if kinds.contains(&card.kind()) {
            return Some(card);
        }
        let words: Vec<&str> = kinds.iter().map(|kind| kind.label()).collect();
        let reason = format!(
            "`{}` is a card of kind {}, not {}",
            card.id,
            card.kind().label(),
            words.join(" or ")
        );
        let fitting = self.library.cards().iter().filter(|card| kinds.contains(&card.kind()));
        let ids: Vec<&str> = fitting.map(|card| card.id.as_str()).take(8).collect();
        problems.note_hint(&name.spot, reason, format!("such cards are {}", ids.join(", ")));
        None
    }

    /// The card with exactly this identifier: one that another card refers to.
    pub(super) fn card(&self, id: &str) -> Option<&'l Card> {
        self.library.cards().iter().find(|card| card.id == id)
    }

    /// The first card of a kind, by identifier.
    pub(super) fn first(&self, kind: CardKind) -> Option<&'l Card> {
        self.library.cards().iter().find(|card| card.kind() == kind)
    }

    /// Whether a name stands for a card, without a problem if it stands for none.
    pub(super) fn is(&self, name: &str, id: &str) -> bool {
        self.library.find(name).is_ok_and(|card| card.id == id)
    }

    /// A card as the study has drawn it and the scenario reads it, which has the last word.
    pub(super) fn figures(&self, card: &'l Card) -> Figures<'l> {
        let drawn = self.taken.iter().filter(|taken| taken.card == card.id);
        let figures = drawn.fold(Figures::nominal(card), |figures, taken| {
            let before = figures.clone();
            taken.applied(figures).unwrap_or(before)
        });
        let own = self.choices.iter().filter(|(chosen, ..)| chosen.id == card.id);
        own.fold(figures, |figures, (_, parameter, choice)| {
            let before = figures.clone();
            chosen(figures, parameter, choice).unwrap_or(before)
        })
    }

    /// Cards whose figures the scenario has read, by identifier, with the parameters that it sets itself.
    pub(super) fn in_use(&self) -> Vec<(String, Vec<String>)> {
        let settled = |id: &str| {
            let own = self.choices.iter().filter(|(card, ..)| card.id == id);
            own.map(|(_, parameter, _)| parameter.clone()).collect()
        };
        self.viewed.borrow().iter().map(|id| (id.clone(), settled(id))).collect()
    }

    /// Typed figures of a card with the scenario's readings; figures that are missing become a
    /// problem at the place that asked for the card.
    pub(super) fn view<T>(
        &self,
        card: &'l Card,
        make: impl Fn(&Figures<'_>) -> Result<T, CardError>,
        spot: &Spot,
        problems: &mut Collector,
    ) -> Option<T> {
        self.viewed.borrow_mut().insert(card.id.clone());
        match make(&self.figures(card)) {
            Ok(view) => Some(view),
            Err(CardError::Missing(missing)) => {
                for figure in missing {
                    let reason =
                        format!("card {}: `{}`: {}", figure.card, figure.parameter, figure.reason);
                    problems.note_hint(spot, reason, figure.hint);
                }
                None
            }
            Err(error) => {
                problems.note(spot, error.to_string());
                None
            }
        }
    }
}

/// Figures with one choice made.
fn chosen<'c>(
    figures: Figures<'c>,
    parameter: &str,
    choice: &Choice,
) -> Result<Figures<'c>, MissingFigure> {
    match choice {
        Choice::Claim(label) => figures.with_claim(parameter, &label.value),
        Choice::Number(number) => plausible(figures, parameter, number.value),
    }
}

/// Shortest time that a number in a scenario may set: a radar that turns faster would keep the run from
/// ever ending.
const SHORTEST_TIME_S: f64 = 0.001;

/// A number in place of a claim keeps the sign that all claims have, and probabilities stay below
/// one: otherwise the models would be asked for what they cannot answer.
fn plausible<'c>(
    figures: Figures<'c>,
    name: &str,
    value: f64,
) -> Result<Figures<'c>, MissingFigure> {
    let card = figures.card();
    let set = figures.with_value(name, value)?;
    let Some(parameter) = card.parameter(name) else { return Ok(set) };
    let values = parameter.claims.iter().flat_map(|claim| [claim.low, claim.nominal, claim.high]);
    let lowest = values.flatten().fold(f64::INFINITY, f64::min);
    let is_count = parameter.unit.symbol == "count";
    let is_time = matches!(parameter.unit.symbol, "s" | "min" | "h" | "ms");
    let probability = name.contains("probability") || name == "reliability";
    let hint = match () {
        () if probability && !(0.0..=1.0).contains(&set.get_si(name)?) => {
            "a probability lies between 0 and 1"
        }
        () if lowest > 0.0 && !is_count && value <= 0.0 => "all its claims are above 0",
        () if is_time && lowest > 0.0 && set.get_si(name)? < SHORTEST_TIME_S => {
            "a time of less than a millisecond would only make the run endless"
        }
        () if lowest >= 0.0 && value < 0.0 => "none of its claims is below 0",
        () if is_count && value > 10_000.0 => "more than 10000 of anything is a slip of the pen",
        () => return Ok(set),
    };
    Err(MissingFigure {
        card: card.id.clone(),
        parameter: name.to_string(),
        reason: format!("{value} {} is no value for it", parameter.unit.symbol),
        hint: hint.to_string(),
    })
}

fn note_choice(
    parameter: &At<String>,
    choice: &Choice,
    missing: MissingFigure,
    problems: &mut Collector,
) {
    let spot = match choice {
        Choice::Claim(label) => &label.spot,
        Choice::Number(number) => &number.spot,
    };
    // A wrong parameter is shown at its name, a wrong claim or number at the value.
    let unknown = missing.reason == "the card does not have it";
    let spot = if unknown { &parameter.spot } else { spot };
    let reason = format!(
        "card {}, parameter `{}`: {}",
        missing.card,
        shortened(&missing.parameter),
        missing.reason
    );
    problems.note_hint(spot, reason, missing.hint);
}
