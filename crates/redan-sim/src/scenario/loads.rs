//! What the launchers of a battalion carry: by its card, or as the scenario says.

use crate::card::{self, CardKind};

use super::file;
use super::problem::{Collector, Spot};
use super::read::List;
use super::resolved::Interceptor;
use super::shelf::Shelf;

/// Interceptor types that are loaded anywhere, in the order in which they were met.
#[derive(Default)]
pub(super) struct Magazine {
    pub(super) interceptors: Vec<Interceptor>,
}

impl Magazine {
    /// Index of the type, which is taken up if it is new.
    fn index(
        &mut self,
        id: &str,
        shelf: &Shelf<'_>,
        spot: &Spot,
        problems: &mut Collector,
    ) -> Option<usize> {
        if let Some(index) = self.interceptors.iter().position(|known| known.card == id) {
            return Some(index);
        }
        let figures = shelf.view(shelf.card(id)?, card::Missile::from_figures, spot, problems)?;
        self.interceptors.push(Interceptor { card: id.to_string(), figures });
        Some(self.interceptors.len() - 1)
    }
}

/// Loads of one battalion, dealt out to its launchers in the order in which they are written.
pub(super) struct Loads<'a> {
    shares: Vec<Share<'a>>,
}

/// Launchers that still wait for the same load.
struct Share<'a> {
    missile: String,
    /// `None` for all that are left.
    launchers: Option<u32>,
    /// The line of the file that asks for it; `None` for the card.
    line: Option<&'a file::Load>,
}

impl<'a> Loads<'a> {
    /// The loads of the scenario where it gives any, else those of the card.
    pub(super) fn new(
        own: Option<&'a List<file::Load>>,
        usual: &[card::Load],
        shelf: &Shelf<'_>,
        problems: &mut Collector,
    ) -> Self {
        let shares = match own {
            Some(list) => list.items.iter().filter_map(|l| share(l, shelf, problems)).collect(),
            None => usual
                .iter()
                .map(|load| Share {
                    missile: load.missile.clone(),
                    launchers: Some(load.launchers),
                    line: None,
                })
                .collect(),
        };
        Self { shares }
    }

    /// Load of the next launcher: interceptor and rounds. Empty once all loads are dealt out.
    pub(super) fn next(
        &mut self,
        launcher: &card::Launcher,
        shelf: &Shelf<'_>,
        magazine: &mut Magazine,
        problems: &mut Collector,
    ) -> Vec<(usize, u32)> {
        let Some(share) = self.shares.iter_mut().find(|share| share.launchers != Some(0)) else {
            return Vec::new();
        };
        share.launchers = share.launchers.map(|left| left - 1);
        let fits = launcher.rounds_of(&share.missile);
        let rounds = match share.line {
            Some(line) => asked(line, launcher, fits, problems),
            None => fits,
        };
        let nowhere = Spot::default();
        let spot = share.line.map_or(&nowhere, |line| &line.missile.spot);
        match magazine.index(&share.missile, shelf, spot, problems) {
            Some(interceptor) if rounds > 0 => vec![(interceptor, rounds)],
            _ => Vec::new(),
        }
    }

    /// Notes the lines that ask for more launchers than there are.
    pub(super) fn finish(&self, problems: &mut Collector) {
        for share in &self.shares {
            let asked = share.line.and_then(|line| line.launchers.as_ref());
            if let (Some(left), Some(asked)) = (share.launchers.filter(|left| *left > 0), asked) {
                let reason = format!("the battalion has {left} launchers too few for this load");
                problems.note(&asked.spot, reason);
            }
        }
    }
}

fn share<'a>(
    line: &'a file::Load,
    shelf: &Shelf<'_>,
    problems: &mut Collector,
) -> Option<Share<'a>> {
    let card = shelf.find_kind(&line.missile, &[CardKind::Missile], problems)?;
    Some(Share {
        missile: card.id.clone(),
        launchers: line.launchers.as_ref().map(|at| at.value),
        line: Some(line),
    })
}

/// Rounds that a line asks for on each launcher; a problem where they do not fit.
fn asked(line: &file::Load, launcher: &card::Launcher, fits: u32, problems: &mut Collector) -> u32 {
    if fits == 0 {
        let reason = format!("the launcher {} does not take this missile", launcher.name);
        let known: Vec<&str> = launcher.missiles.iter().map(|m| m.missile.as_str()).collect();
        problems.note_hint(&line.missile.spot, reason, format!("it takes {}", known.join(", ")));
        return 0;
    }
    match &line.rounds {
        Some(rounds) if rounds.value > fits => {
            let reason = format!("{} rounds do not fit; a launcher takes {fits}", rounds.value);
            problems.note(&rounds.spot, reason);
            fits
        }
        Some(rounds) => rounds.value,
        None => fits,
    }
}
