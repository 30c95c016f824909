//! The figures of one card as they are read in one run.
//!
//! A card holds rival claims; a simulation needs one number each. [`Figures`] is that reading: by
//! default the chosen claims, with single parameters turned to another claim or to a sampled value.
//! The typed views ([`super::Radar`] and its like) are built from it, so that a study or a variant
//! swaps readings without touching cards.

use super::claim::{Card, Claim, Condition, Distribution, Parameter, SpreadMeaning};
use super::problem::{MissingFigure, nearest_names};
use super::unit::{Quantity, Unit};

/// One reading of a card: a claim, and perhaps a value of its own, for every parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures<'card> {
    card: &'card Card,
    readings: Vec<Reading>,
}

#[derive(Clone, Debug, PartialEq)]
struct Reading {
    claim: usize,
    value_si: Option<f64>,
}

impl<'card> Figures<'card> {
    /// The card as redan reads it by default: the chosen claim of every parameter.
    pub fn nominal(card: &'card Card) -> Self {
        let readings = card
            .parameters
            .iter()
            .map(|parameter| Reading { claim: parameter.chosen, value_si: None })
            .collect();
        Figures { card, readings }
    }

    /// The same reading, with one parameter taken from the claim of this label.
    ///
    /// The conditions of that claim come with it: a detection range brings its cross-section.
    /// Fails where the card lacks the parameter or the label.
    pub fn with_claim(mut self, parameter: &str, label: &str) -> Result<Self, MissingFigure> {
        let index = self.index(parameter)?;
        let claims = &self.card.parameters[index].claims;
        let Some(claim) = claims.iter().position(|claim| claim.label == label) else {
            let labels: Vec<&str> = claims.iter().map(|claim| claim.label.as_str()).collect();
            let hint = format!("its claims are {}", labels.join(", "));
            return Err(self.missing(parameter, format!("no claim `{label}`"), hint));
        };
        self.readings[index] = Reading { claim, value_si: None };
        Ok(self)
    }

    /// The same reading, with one parameter set to a number in the unit that the card uses.
    ///
    /// Fails where the card lacks the parameter, where it is not a number, or `value` is not finite.
    pub fn with_value(self, parameter: &str, value: f64) -> Result<Self, MissingFigure> {
        let unit = self.parameter(parameter)?.unit;
        self.with_si(parameter, unit.to_si(value))
    }

    /// The same reading, with one parameter set to a number in SI units or radians.
    ///
    /// Fails as [`Figures::with_value`] does.
    pub fn with_si(mut self, parameter: &str, value_si: f64) -> Result<Self, MissingFigure> {
        let index = self.index(parameter)?;
        if !self.card.parameters[index].unit.is_number() {
            let hint = "choose one of its claims instead".to_string();
            return Err(self.missing(parameter, "it is not a number".to_string(), hint));
        }
        if !value_si.is_finite() {
            let hint = "give a finite number".to_string();
            return Err(self.missing(parameter, format!("{value_si} is not a value"), hint));
        }
        self.readings[index].value_si = Some(value_si);
        Ok(self)
    }

    /// The card.
    pub fn card(&self) -> &'card Card {
        self.card
    }

    /// Whether the card has this parameter.
    pub fn has(&self, parameter: &str) -> bool {
        self.card.parameter(parameter).is_some()
    }

    /// The value in SI units or radians.
    pub fn get_si(&self, parameter: &str) -> Result<f64, MissingFigure> {
        let index = self.index(parameter)?;
        self.value_si(index).ok_or_else(|| {
            let hint = "choose a claim that gives a number".to_string();
            self.missing(parameter, "the claim in use gives no number".to_string(), hint)
        })
    }

    /// The value as a whole number, rounded; a sampled number of channels need not be whole.
    pub fn get_count(&self, parameter: &str) -> Result<u32, MissingFigure> {
        let value_count = self.get_si(parameter)?.round();
        if (0.0..=f64::from(u32::MAX)).contains(&value_count) {
            return Ok(value_count as u32);
        }
        let hint = "a count lies between 0 and 4294967295".to_string();
        Err(self.missing(parameter, format!("{value_count} is not a count"), hint))
    }

    /// The words of a parameter that is not a number.
    pub fn get_text(&self, parameter: &str) -> Result<&'card str, MissingFigure> {
        self.provenance(parameter)?.text.as_deref().ok_or_else(|| {
            let hint = "give the claim a `text`".to_string();
            self.missing(parameter, "the claim in use has no text".to_string(), hint)
        })
    }

    /// The answer of a parameter with unit `yes/no`.
    pub fn get_yes(&self, parameter: &str) -> Result<bool, MissingFigure> {
        if self.parameter(parameter)?.unit.quantity != Quantity::YesNo {
            let hint = "give the parameter the unit \"yes/no\"".to_string();
            return Err(self.missing(parameter, "it is not yes or no".to_string(), hint));
        }
        Ok(self.get_text(parameter)? == "yes")
    }

    /// A numeric condition of the claim in use, in SI units, by its name in the card.
    ///
    /// The end of the name is its unit: `rcs_m2`, `range_km`.
    pub fn condition_si(&self, parameter: &str, condition: &str) -> Result<f64, MissingFigure> {
        match self.provenance(parameter)?.conditions.get(condition) {
            Some(Condition::Number(value)) => {
                Ok(unit_of(condition).map_or(*value, |unit| unit.to_si(*value)))
            }
            _ => {
                let reason = format!("the claim in use does not state `{condition}`");
                let hint = format!("choose a claim with `conditions = {{ {condition} = ... }}`");
                Err(self.missing(parameter, reason, hint))
            }
        }
    }

    /// The claim that the value comes from.
    ///
    /// For a value set by [`Figures::with_value`] it is the claim that the value replaces.
    pub fn provenance(&self, parameter: &str) -> Result<&'card Claim, MissingFigure> {
        let index = self.index(parameter)?;
        Ok(&self.card.parameters[index].claims[self.readings[index].claim])
    }

    /// Whether the value was set by hand or by a study instead of taken from a claim.
    pub fn is_set(&self, parameter: &str) -> bool {
        self.index(parameter).is_ok_and(|index| self.readings[index].value_si.is_some())
    }

    /// Low, nominal and high over all claims that hold under the same conditions, in SI units.
    ///
    /// This is what a study samples: what we do not know because the sources disagree. A span, and
    /// a value that was set, have no spread.
    pub fn spread_si(&self, parameter: &str) -> Result<(f64, f64, f64), MissingFigure> {
        let nominal = self.get_si(parameter)?;
        let entry = self.parameter(parameter)?;
        let fixed = entry.distribution == Some(Distribution::Fixed);
        if entry.spread == SpreadMeaning::Span || fixed || self.is_set(parameter) {
            return Ok((nominal, nominal, nominal));
        }
        let conditions = &self.provenance(parameter)?.conditions;
        let values = entry
            .claims
            .iter()
            .filter(|claim| &claim.conditions == conditions)
            .flat_map(|claim| [claim.low, claim.nominal, claim.high])
            .flatten()
            .map(|value| entry.unit.to_si(value));
        let (low, high) = values.fold((nominal, nominal), |(low, high), value| {
            (f64::min(low, value), f64::max(high, value))
        });
        Ok((low, nominal, high))
    }

    /// Low, nominal and high of the claim in use alone, in SI units.
    ///
    /// This is what one source allows. A value that was set has no spread.
    pub fn claim_spread_si(&self, parameter: &str) -> Result<(f64, f64, f64), MissingFigure> {
        let nominal = self.get_si(parameter)?;
        if self.is_set(parameter) {
            return Ok((nominal, nominal, nominal));
        }
        let unit = self.parameter(parameter)?.unit;
        let claim = self.provenance(parameter)?;
        let end = |value: Option<f64>| value.map_or(nominal, |value| unit.to_si(value));
        Ok((end(claim.low), nominal, end(claim.high)))
    }

    /// How a study samples the parameter; fixed where there is nothing to sample.
    pub fn distribution(&self, parameter: &str) -> Result<Distribution, MissingFigure> {
        let (low, _, high) = self.spread_si(parameter)?;
        if low >= high {
            return Ok(Distribution::Fixed);
        }
        Ok(self.parameter(parameter)?.distribution.unwrap_or(Distribution::Triangular))
    }

    /// Every parameter with its value in SI units, `None` where it is not a number; file order.
    pub fn iter(&self) -> impl Iterator<Item = (&'card Parameter, Option<f64>)> + '_ {
        let values = (0..self.readings.len()).map(|index| self.value_si(index));
        self.card.parameters.iter().zip(values)
    }

    /// A complaint about a parameter of this card.
    pub(super) fn missing(&self, parameter: &str, reason: String, hint: String) -> MissingFigure {
        let card = self.card.id.clone();
        MissingFigure { card, parameter: parameter.to_string(), reason, hint }
    }

    fn parameter(&self, name: &str) -> Result<&'card Parameter, MissingFigure> {
        self.index(name).map(|index| &self.card.parameters[index])
    }

    fn index(&self, name: &str) -> Result<usize, MissingFigure> {
        let parameters = &self.card.parameters;
        parameters.iter().position(|parameter| parameter.name == name).ok_or_else(|| {
            let near = nearest_names(name, parameters.iter().map(|entry| entry.name.as_str()));
            let hint = match near.first() {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("add [parameters.{name}] with a claim to {}", self.card.file),
            };
            self.missing(name, "the card does not have it".to_string(), hint)
        })
    }

    fn value_si(&self, index: usize) -> Option<f64> {
        let parameter = &self.card.parameters[index];
        let reading = &self.readings[index];
        reading
            .value_si
            .or_else(|| parameter.claims[reading.claim].nominal.map(|v| parameter.unit.to_si(v)))
    }
}

/// The unit that ends the name of a condition: `rcs_m2` is in m², `speed_m_s` in m/s, `erp_kw` in kW.
fn unit_of(condition: &str) -> Option<&'static Unit> {
    condition.match_indices('_').find_map(|(at, _)| {
        let symbol = condition[at + 1..].replace('_', "/");
        Unit::all().iter().find(|unit| unit.symbol.eq_ignore_ascii_case(&symbol))
    })
}
