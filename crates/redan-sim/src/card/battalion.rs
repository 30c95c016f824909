//! A unit put together from other cards.

use super::claim::{CardKind, Detail, LoadEntry, MemberRole};
use super::figures::Figures;
use super::problem::CardError;
use super::view::Reader;

/// A battalion as a card describes it: what stands where, and what is loaded.
#[derive(Clone, Debug, PartialEq)]
pub struct Battalion {
    /// What people call it.
    pub name: String,
    /// Posts, radars and launchers.
    pub members: Vec<Member>,
    /// Which launchers carry what; the launchers add up to those of the members.
    pub loads: Vec<Load>,
}

/// Some equal members of a battalion.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Card of the member.
    pub card: String,
    /// What it does in the battalion.
    pub role: MemberRole,
    /// How many there are.
    pub count: u32,
    /// How far from the engagement radar they stand.
    pub distance_m: f64,
}

/// Launchers that carry the same missile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Load {
    /// Card of the missile.
    pub missile: String,
    /// Launchers that carry it, and nothing else; [`super::Launcher::rounds_of`] gives the rounds of each.
    pub launchers: u32,
}

impl Battalion {
    /// The battalion of these figures, or everything that its card lacks.
    pub fn from_figures(figures: &Figures<'_>) -> Result<Battalion, CardError> {
        let mut read = Reader::new(figures);
        let Detail::Battalion { members, loads } = &figures.card().detail else {
            read.wrong_kind(CardKind::Battalion);
            let name = figures.card().name.clone();
            return read.finish(Battalion { name, members: Vec::new(), loads: Vec::new() });
        };
        let members: Vec<Member> = members
            .iter()
            .map(|entry| Member {
                card: entry.card.clone(),
                role: entry.role,
                count: read.count(&entry.count_parameter),
                distance_m: read.si(&entry.distance_parameter),
            })
            .collect();
        let launchers = members
            .iter()
            .filter(|member| member.role == MemberRole::Launcher)
            .map(|member| member.count)
            .sum();
        let loads = share_out(&mut read, loads, launchers);
        read.finish(Battalion { name: figures.card().name.clone(), members, loads })
    }
}

/// Gives each load its launchers; the one without a number takes what is left.
///
/// Where fewer launchers exist than the loads ask for, the first loads are served first, so that a
/// variant with four launchers needs no other change.
fn share_out(read: &mut Reader<'_, '_>, loads: &[LoadEntry], launchers: u32) -> Vec<Load> {
    let mut left = launchers;
    let mut shares = Vec::new();
    for load in loads {
        let asked = load.launchers_parameter.as_ref().map(|parameter| read.count(parameter));
        let share = asked.map(|count| count.min(left));
        left -= share.unwrap_or(0);
        shares.push(share);
    }
    let mut rest = Some(left);
    loads
        .iter()
        .zip(shares)
        .map(|(load, share)| Load {
            missile: load.missile.clone(),
            launchers: share.or_else(|| rest.take()).unwrap_or(0),
        })
        .filter(|load| load.launchers > 0)
        .collect()
}
