//! Draws of the ledger: one value for each figure that nobody knows, apart from the luck of battles.
//!
//! A [`Ledger`] is a scenario with all that can be drawn about it. [`Ledger::battle`] makes the battle of one
//! draw: the text is read anew with the drawn figures (a millisecond), and whatever does not depend on them —
//! relief, horizons, routes, tables of detection — is taken from the nominal battle. What a draw takes for a
//! figure depends on seed, name of the figure and number of the draw alone, so that variants share it.
//!
//! Figures of a card that were drawn apart may contradict each other: a mean speed above the peak speed is no
//! missile. Such a draw is made again, for the card that is at fault, up to [`MOST_ATTEMPTS`] times, and then
//! the card keeps its nominal figures; [`Drawn::attempts`] tells. So what is sampled is the product of the
//! spreads, cut down to what can be.

use redan_geo::Earth;
use redan_sim::card::{Library, Taken, Uncertain};
use redan_sim::draw::NameHash;
use redan_sim::scenario::{Changes, Draft, Problems, Setting};
use redan_sim::{Battle, BattleError};

use crate::design::{Axis, Design, Plan};

/// Attempts at figures of a card that go together.
pub const MOST_ATTEMPTS: u32 = 50;

/// A scenario, ready for any draw of its ledger.
#[derive(Clone, Debug)]
pub struct Ledger<'l> {
    /// Figures that are drawn, sorted by card and parameter; none where all stay nominal.
    pub figures: Vec<Uncertain>,
    /// The battle with nominal figures.
    pub nominal: Battle,
    library: &'l Library,
    file: String,
    text: String,
    variant: Option<String>,
    settings: Vec<Setting>,
    axes: Vec<Axis>,
}

/// The battle of one draw.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// The battle.
    pub battle: Battle,
    /// What was taken, one entry for each figure in their order.
    pub taken: Vec<Taken>,
    /// How often figures were drawn again because they did not go together.
    pub attempts: u32,
}

/// Why a scenario cannot be studied.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The file has mistakes.
    #[error(transparent)]
    Scenario(#[from] Problems),
    /// Its nominal figures do not go together.
    #[error(transparent)]
    Battle(#[from] BattleError),
}

/// What of a scenario is studied.
#[derive(Clone, Debug, Default)]
pub struct Subject {
    /// Name of the file, for messages.
    pub file: String,
    /// Its text.
    pub text: String,
    /// Variant of it.
    pub variant: Option<String>,
    /// Fields that are set from outside.
    pub settings: Vec<Setting>,
}

impl Subject {
    /// The scenario with its nominal figures.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn draft(&self, library: &Library) -> Result<Draft, Problems> {
        let (variant, settings) = (self.variant.as_deref(), self.settings.as_slice());
        Draft::parse_as(&self.file, &self.text, &Changes { variant, settings, taken: &[] }, library)
    }
}

impl<'l> Ledger<'l> {
    /// A scenario on an Earth. `draws` is false where all figures stay nominal.
    ///
    /// # Errors
    /// Mistakes of the file, and nominal figures that do not go together.
    pub fn new(
        subject: Subject,
        earth: &Earth,
        library: &'l Library,
        draws: bool,
    ) -> Result<Self, LedgerError> {
        let draft = subject.draft(library)?;
        let figures = if draws { draft.uncertain(library) } else { Vec::new() };
        let nominal = Battle::new(draft.scenario(earth.clone()))?;
        let Subject { file, text, variant, settings } = subject;
        let axes = axes(&figures);
        Ok(Self { figures, nominal, library, file, text, variant, settings, axes })
    }

    /// Keeps only the figures that `wanted` names, for a study of some of them.
    pub fn keep(&mut self, wanted: impl Fn(&Uncertain) -> bool) {
        self.figures.retain(|figure| wanted(figure));
        self.axes = axes(&self.figures);
    }

    /// Gives the figures of several variants the same places in a design: those among all their names.
    pub fn share_places(ledgers: &mut [Ledger<'_>]) {
        let mut names: Vec<String> =
            ledgers.iter().flat_map(|ledger| &ledger.figures).map(Uncertain::name).collect();
        names.sort();
        names.dedup();
        for ledger in ledgers {
            for (axis, figure) in ledger.axes.iter_mut().zip(&ledger.figures) {
                axis.place = names.binary_search(&figure.name()).unwrap_or(0);
            }
        }
    }

    /// Cards of the figures, sorted: the groups of [`Design::Pairs`].
    pub fn groups(&self) -> Vec<String> {
        let mut cards: Vec<String> = self.figures.iter().map(|one| one.card.clone()).collect();
        cards.dedup();
        cards
    }

    /// What a draw takes, at the first attempt.
    pub fn taken(&self, plan: &Plan, draw: u64) -> Vec<Taken> {
        (0..self.figures.len()).map(|index| self.take(plan, draw, index, 0)).collect()
    }

    /// The battle of a draw. A pure function of the ledger and its arguments.
    pub fn battle(&self, plan: &Plan, draw: u64) -> Drawn {
        let mut taken = self.taken(plan, draw);
        let mut attempts = 0;
        loop {
            let card = match self.made(&taken) {
                Ok(battle) => return Drawn { battle, taken, attempts },
                Err(card) => card,
            };
            attempts += 1;
            if attempts > 2 * MOST_ATTEMPTS {
                return Drawn { battle: self.nominal.clone(), taken: self.usual(), attempts };
            }
            for (index, figure) in self.figures.iter().enumerate() {
                if card.as_ref().is_some_and(|card| figure.card != *card) {
                    continue;
                }
                taken[index] = match attempts {
                    ..=MOST_ATTEMPTS => self.take(plan, draw, index, u64::from(attempts)),
                    _ => usual(figure),
                };
            }
        }
    }

    fn take(&self, plan: &Plan, draw: u64, index: usize, attempt: u64) -> Taken {
        self.figures[index].at(plan.share_ratio(draw, &self.axes[index], attempt))
    }

    fn usual(&self) -> Vec<Taken> {
        self.figures.iter().map(usual).collect()
    }

    /// The battle with these figures, or the card whose figures do not go together; no card where the
    /// scenario as a whole cannot be.
    fn made(&self, taken: &[Taken]) -> Result<Battle, Option<String>> {
        if taken.is_empty() {
            return Ok(self.nominal.clone());
        }
        let changes = Changes { variant: self.variant.as_deref(), settings: &self.settings, taken };
        let draft = Draft::parse_as(&self.file, &self.text, &changes, self.library);
        let scenario = draft.map_err(|_| None)?.scenario(self.nominal.scenario.earth.clone());
        Battle::like(scenario, &self.nominal).map_err(|error| match error {
            BattleError::Interceptor { card, .. }
            | BattleError::Radar { card }
            | BattleError::Levels { card, .. } => Some(card),
        })
    }
}

/// The reading that stands in the middle of a figure's rivals, for a card that cannot be drawn.
fn usual(figure: &Uncertain) -> Taken {
    let rival = &figure.rivals[figure.rivals.len() / 2];
    Taken {
        card: figure.card.clone(),
        parameter: figure.parameter.clone(),
        label: rival.label.clone(),
        value_si: figure.unit.is_number().then_some(rival.nominal),
    }
}

fn axes(figures: &[Uncertain]) -> Vec<Axis> {
    let mut cards: Vec<&str> = figures.iter().map(|figure| figure.card.as_str()).collect();
    cards.dedup();
    let of = |(place, figure): (usize, &Uncertain)| Axis {
        name: NameHash::of(&figure.card).combine(NameHash::of(&figure.parameter)),
        place,
        group: cards.iter().position(|card| *card == figure.card).unwrap_or(0) as u32,
    };
    figures.iter().enumerate().map(of).collect()
}

/// The design that a plan needs to have for these groups.
pub fn pairs_of(groups: &[String]) -> Design {
    Design::Pairs { groups: groups.len() as u32 }
}
