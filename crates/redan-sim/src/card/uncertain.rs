//! Figures that nobody knows for sure: what a study draws, and how a share becomes a value.
//!
//! A figure is uncertain where its claims leave a span ([`Figures::spread_si`]), where rival claims hold under
//! other conditions of the same kind (390 km against 4 m², 240 km against 0.4 m²), or where they are words
//! that differ. Each set of conditions is one coherent [`Rival`]: its value is never taken without its
//! conditions. A share u in (0, 1) picks the rival ⌊u n⌋ of n, and what is left of u is the quantile within
//! its span, so that one share is one coordinate of a design. Rivals count alike, since no grade says by how
//! much one is likelier than another: a choice of ours, to be seen in `redan ledger`.
//!
//! Left out: dependence between figures. A source that praises one figure may praise another too.

use super::AirVehicle;
use super::battalion::Battalion;
use super::claim::{Card, CardKind, Claim, Condition, Distribution, Parameter};
use super::figures::Figures;
use super::identification::Identification;
use super::missile::{Launcher, Missile};
use super::post::{CommandPost, Interrogator};
use super::problem::{CardError, MissingFigure};
use super::radar::Radar;
use super::unit::{Quantity, Unit};

/// A figure of a card that a study draws.
#[derive(Clone, Debug, PartialEq)]
pub struct Uncertain {
    /// The card.
    pub card: String,
    /// Its parameter.
    pub parameter: String,
    /// Unit of the card.
    pub unit: &'static Unit,
    /// Coherent readings, by rising nominal value; at least one.
    pub rivals: Vec<Rival>,
}

/// Claims that hold under the same conditions.
#[derive(Clone, Debug, PartialEq)]
pub struct Rival {
    /// Label of the claim whose conditions count.
    pub label: String,
    /// Lowest value, in SI units; 0 where the figure is no number.
    pub low: f64,
    /// Likeliest value.
    pub nominal: f64,
    /// Highest value.
    pub high: f64,
    /// How values lie in between.
    pub shape: Distribution,
}

/// What a draw took for one figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Taken {
    /// The card.
    pub card: String,
    /// Its parameter.
    pub parameter: String,
    /// The claim whose conditions count, or whose words.
    pub label: String,
    /// The value in SI units; `None` where the figure is no number.
    pub value_si: Option<f64>,
}

impl Uncertain {
    /// The uncertain figures of a card, in the order of its file, of those that its typed view reads: what
    /// changes nothing in the view cannot change a battle. Parameters that `settled` names are left out.
    pub fn of_card(figures: &Figures<'_>, settled: &dyn Fn(&str) -> bool) -> Vec<Uncertain> {
        let card = figures.card();
        let open = card.parameters.iter().filter(|parameter| !settled(&parameter.name));
        open.filter_map(|parameter| Self::of(figures, parameter)).collect()
    }

    /// One figure, where it is uncertain and counts.
    fn of(figures: &Figures<'_>, parameter: &Parameter) -> Option<Uncertain> {
        let mut rivals = rivals(figures, parameter);
        let taken = |rival: &Rival, value: f64| Taken {
            card: figures.card().id.clone(),
            parameter: parameter.name.clone(),
            label: rival.label.clone(),
            value_si: parameter.unit.is_number().then_some(value),
        };
        let seen = |taken: &Taken| View::of(&taken.applied(figures.clone()).ok()?).ok();
        // A claim under conditions that the view cannot use is a remark, not a rival.
        rivals.retain(|rival| seen(&taken(rival, rival.nominal)).is_some());
        let usual = View::of(figures).ok();
        let ends =
            rivals.iter().flat_map(|rival| [taken(rival, rival.low), taken(rival, rival.high)]);
        let moves = ends.into_iter().any(|end| seen(&end) != usual);
        (moves && !rivals.is_empty()).then(|| Uncertain {
            card: figures.card().id.clone(),
            parameter: parameter.name.clone(),
            unit: parameter.unit,
            rivals,
        })
    }

    /// The figure at a share in (0, 1).
    pub fn at(&self, share_ratio: f64) -> Taken {
        let count = self.rivals.len();
        let place = share_ratio * count as f64;
        let index = (place as usize).min(count - 1);
        let rival = &self.rivals[index];
        let value = rival.quantile(place - index as f64);
        Taken {
            card: self.card.clone(),
            parameter: self.parameter.clone(),
            label: rival.label.clone(),
            value_si: self.unit.is_number().then_some(value),
        }
    }

    /// Card and parameter, for example `s-400/92n6e.target_channels`.
    pub fn name(&self) -> String {
        format!("{}.{}", self.card, self.parameter)
    }
}

impl Rival {
    /// Value at a share within the span, by inversion.
    fn quantile(&self, share: f64) -> f64 {
        let span = self.high - self.low;
        if span <= 0.0 {
            return self.nominal;
        }
        let below = self.nominal - self.low;
        match self.shape {
            Distribution::Fixed => self.nominal,
            Distribution::Uniform => self.low + share * span,
            Distribution::Triangular if share * span < below => {
                self.low + (share * span * below).sqrt()
            }
            Distribution::Triangular => self.high - ((1.0 - share) * span * (span - below)).sqrt(),
        }
    }
}

impl Taken {
    /// The reading with this figure in it.
    ///
    /// # Errors
    /// Where the card lacks the parameter or the claim.
    pub fn applied<'c>(&self, figures: Figures<'c>) -> Result<Figures<'c>, MissingFigure> {
        let figures = figures.with_claim(&self.parameter, &self.label)?;
        match self.value_si {
            Some(value_si) => figures.with_si(&self.parameter, value_si),
            None => Ok(figures),
        }
    }
}

/// Coherent readings of a parameter, by rising nominal value and label.
fn rivals(figures: &Figures<'_>, parameter: &Parameter) -> Vec<Rival> {
    let (Ok(shape), Ok(in_use)) =
        (figures.distribution(&parameter.name), figures.provenance(&parameter.name))
    else {
        // A figure without a number may still have rival words.
        return words(figures, parameter);
    };
    if parameter.unit.quantity != Quantity::Number {
        return words(figures, parameter);
    }
    if parameter.distribution == Some(Distribution::Fixed) || figures.is_set(&parameter.name) {
        return Vec::new();
    }
    let mut rivals: Vec<Rival> = Vec::new();
    if let Ok((low, nominal, high)) = figures.spread_si(&parameter.name) {
        rivals.push(Rival { label: in_use.label.clone(), low, nominal, high, shape });
    }
    let mut seen = vec![&in_use.conditions];
    for claim in parameter.claims.iter().filter(|claim| is_rival(in_use, claim)) {
        if seen.contains(&&claim.conditions) {
            continue;
        }
        seen.push(&claim.conditions);
        rivals.extend(under_conditions(figures, parameter, claim));
    }
    rivals.sort_by(|a, b| a.nominal.total_cmp(&b.nominal).then_with(|| a.label.cmp(&b.label)));
    rivals
}

/// The reading of a rival with everything that is claimed under the same conditions.
fn under_conditions(figures: &Figures<'_>, parameter: &Parameter, claim: &Claim) -> Option<Rival> {
    let other = figures.clone().with_claim(&parameter.name, &claim.label).ok()?;
    let (low, nominal, high) = other.spread_si(&parameter.name).ok()?;
    let shape = other.distribution(&parameter.name).ok()?;
    Some(Rival { label: claim.label.clone(), low, nominal, high, shape })
}

/// Whether a claim speaks of the same thing under conditions that differ by number only.
fn is_rival(in_use: &Claim, claim: &Claim) -> bool {
    let numbers = |claim: &Claim| {
        claim.conditions.values().all(|value| matches!(value, Condition::Number(_)))
    };
    claim.nominal.is_some()
        && !claim.conditions.is_empty()
        && claim.conditions.keys().eq(in_use.conditions.keys())
        && claim.conditions != in_use.conditions
        && numbers(claim)
        && numbers(in_use)
}

/// Rival words under the conditions of the claim in use; none where all agree.
fn words(figures: &Figures<'_>, parameter: &Parameter) -> Vec<Rival> {
    let Ok(in_use) = figures.provenance(&parameter.name) else { return Vec::new() };
    let mut found: Vec<&Claim> = Vec::new();
    for claim in parameter.claims.iter().filter(|claim| claim.conditions == in_use.conditions) {
        if claim.text.is_some() && found.iter().all(|other| other.text != claim.text) {
            found.push(claim);
        }
    }
    if found.len() < 2 || parameter.distribution == Some(Distribution::Fixed) {
        return Vec::new();
    }
    let rival = |claim: &&Claim| Rival {
        label: claim.label.clone(),
        low: 0.0,
        nominal: 0.0,
        high: 0.0,
        shape: Distribution::Fixed,
    };
    found.iter().map(rival).collect()
}

/// A card as the simulator sees it.
#[derive(PartialEq)]
enum View {
    Radar(Box<Radar>),
    CommandPost(CommandPost),
    Launcher(Launcher),
    Missile(Box<Missile>),
    Battalion(Battalion),
    Air(Box<AirVehicle>),
    Interrogator(Interrogator),
    Identification(Box<Identification>),
}

impl View {
    fn of(figures: &Figures<'_>) -> Result<View, CardError> {
        let card: &Card = figures.card();
        Ok(match card.kind() {
            CardKind::Radar => View::Radar(Box::new(Radar::from_figures(figures)?)),
            CardKind::CommandPost => View::CommandPost(CommandPost::from_figures(figures)?),
            CardKind::Launcher => View::Launcher(Launcher::from_figures(figures)?),
            CardKind::Missile => View::Missile(Box::new(Missile::from_figures(figures)?)),
            CardKind::Battalion => View::Battalion(Battalion::from_figures(figures)?),
            CardKind::Air => View::Air(Box::new(AirVehicle::from_figures(figures)?)),
            CardKind::Identification => {
                View::Identification(Box::new(Identification::from_figures(figures)?))
            }
            CardKind::Interrogator => View::Interrogator(Interrogator::from_figures(figures)?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::Library;

    fn of(card: &str) -> Vec<Uncertain> {
        let library = Library::embedded();
        let card = library.find(card).expect("a card that ships");
        Uncertain::of_card(&Figures::nominal(card), &|_| false)
    }

    fn figure(card: &str, parameter: &str) -> Uncertain {
        let all = of(card);
        let found = all.iter().find(|one| one.parameter == parameter);
        found.unwrap_or_else(|| panic!("{card} draws {parameter}")).clone()
    }

    #[test]
    fn a_share_runs_through_the_span_from_low_to_high() {
        let channels = figure("s-400/92n6e", "target_channels");
        let at = |share| channels.at(share).value_si.expect("a number");
        assert!(at(1e-12) < 6.001 && at(1.0 - 1e-12) > 9.999, "{} {}", at(1e-12), at(0.999_999));
        let values: Vec<f64> = (1..100).map(|n| at(f64::from(n) / 100.0)).collect();
        assert!(values.is_sorted());
    }

    #[test]
    fn a_triangle_has_its_closed_quantiles() {
        let (low, nominal, high) = (2.0, 4.0, 10.0);
        let shape = Distribution::Triangular;
        let rival = Rival { label: String::new(), low, nominal, high, shape };
        // A quarter of the area lies below the peak.
        assert!((rival.quantile(0.25) - 4.0).abs() < 1e-12);
        assert!((rival.quantile(0.75) - (10.0 - 12.0_f64.sqrt())).abs() < 1e-12);
    }

    #[test]
    fn rivals_under_other_conditions_bring_their_conditions() {
        let range = figure("s-400/91n6e", "detection_range");
        let labels: Vec<&str> = range.rivals.iter().map(|rival| rival.label.as_str()).collect();
        assert_eq!(
            labels,
            ["ballistic", "fighter"],
            "a bomber without a cross-section is no rival"
        );
        let library = Library::embedded();
        let card = library.find("s-400/91n6e").expect("a card that ships");
        let small = range.at(0.2).applied(Figures::nominal(card)).expect("it is on the card");
        let radar = Radar::from_figures(&small).expect("a whole radar");
        assert!((radar.reference_rcs_m2 - 0.4).abs() < 1e-12);
        assert!((200_000.0..=240_000.0).contains(&radar.reference_range_m));
    }

    #[test]
    fn what_the_simulator_does_not_read_is_not_drawn() {
        let missile = of("s-400/48n6e3");
        assert!(missile.iter().all(|one| one.parameter != "mass"));
        assert!(missile.iter().any(|one| one.parameter == "kill_probability_aircraft"));
    }

    /// Every share of every figure of every card gives a view.
    #[test]
    fn every_card_can_be_read_at_every_share() {
        let library = Library::embedded();
        for card in library.cards() {
            let figures = Figures::nominal(card);
            for one in Uncertain::of_card(&figures, &|_| false) {
                for share in [0.001, 0.3, 0.5, 0.7, 0.999] {
                    let read = one.at(share).applied(figures.clone());
                    let view = read.map(|read| View::of(&read).is_ok());
                    assert_eq!(view, Ok(true), "{} {share}", one.name());
                }
            }
        }
    }
}
