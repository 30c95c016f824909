//! Reads figures into a typed view and keeps every complaint, so that all are reported at once.

use super::claim::CardKind;
use super::figures::Figures;
use super::problem::{CardError, MissingFigure};

/// Hands out figures; a missing one is noted and stands as zero until [`Reader::finish`] refuses.
pub(super) struct Reader<'a, 'card> {
    figures: &'a Figures<'card>,
    missing: Vec<MissingFigure>,
}

impl<'a, 'card> Reader<'a, 'card> {
    pub(super) fn new(figures: &'a Figures<'card>) -> Self {
        Reader { figures, missing: Vec::new() }
    }

    /// The value in SI units or radians.
    pub(super) fn si(&mut self, parameter: &str) -> f64 {
        let value = self.figures.get_si(parameter);
        self.note(value)
    }

    /// The value, or `None` where the card does not have the parameter.
    pub(super) fn optional_si(&mut self, parameter: &str) -> Option<f64> {
        self.figures.has(parameter).then(|| self.si(parameter))
    }

    /// A whole number.
    pub(super) fn count(&mut self, parameter: &str) -> u32 {
        let value = self.figures.get_count(parameter);
        self.note(value)
    }

    /// A whole number, zero where the card does not have the parameter.
    pub(super) fn count_or_zero(&mut self, parameter: &str) -> u32 {
        if self.figures.has(parameter) { self.count(parameter) } else { 0 }
    }

    /// Text as the card writes it.
    pub(super) fn text(&mut self, parameter: &str) -> String {
        let value = self.figures.get_text(parameter).map(str::to_string);
        self.note(value)
    }

    /// Text, empty where the card does not have the parameter.
    pub(super) fn optional_text(&mut self, parameter: &str) -> String {
        if self.figures.has(parameter) { self.text(parameter) } else { String::new() }
    }

    /// Yes or no.
    pub(super) fn yes(&mut self, parameter: &str) -> bool {
        let value = self.figures.get_yes(parameter);
        self.note(value)
    }

    /// A condition of the claim in use.
    pub(super) fn condition_si(&mut self, parameter: &str, condition: &str) -> f64 {
        let value = self.figures.condition_si(parameter, condition);
        self.note(value)
    }

    /// Low, nominal and high of the claim in use.
    pub(super) fn claim_spread_si(&mut self, parameter: &str) -> (f64, f64, f64) {
        let value = self.figures.claim_spread_si(parameter);
        self.note(value)
    }

    /// Notes that the card is of another kind than the view.
    pub(super) fn wrong_kind(&mut self, wanted: CardKind) {
        let reason = format!(
            "the card is of kind `{}`, not `{}`",
            self.figures.card().kind().label(),
            wanted.label()
        );
        let hint = "name a card of the right kind".to_string();
        self.missing.push(self.figures.missing("kind", reason, hint));
    }

    /// The view, or everything that is missing.
    pub(super) fn finish<T>(self, view: T) -> Result<T, CardError> {
        if self.missing.is_empty() { Ok(view) } else { Err(CardError::Missing(self.missing)) }
    }

    fn note<T: Default>(&mut self, value: Result<T, MissingFigure>) -> T {
        value.unwrap_or_else(|missing| {
            self.missing.push(missing);
            T::default()
        })
    }
}
