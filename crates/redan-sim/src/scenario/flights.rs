//! From the tables of flights to aircraft.

use redan_geo::Time;
use redan_record::Side;

use crate::card::{AirVehicle, CardKind, RcsByAspect};

use super::file;
use super::limits::{count, in_range, name, number, unique};
use super::problem::{Collector, shortened};
use super::read::{At, List};
use super::resolved::{Aircraft, Asset};
use super::route::{self, Route};
use super::shelf::Shelf;
use super::transponders;
use super::units::{numbered, reference};

/// Aircraft in one scenario, all flights together.
const MOST_AIRCRAFT: u64 = 10_000;
/// Members of one flight.
const MOST_MEMBERS: u32 = 500;

/// Checks all flights and gives every member its own entry.
pub(super) fn resolve(
    flights: Option<&List<file::Flight>>,
    names: &[&str],
    assets: &[Asset],
    duration_s: f64,
    shelf: &Shelf<'_>,
    problems: &mut Collector,
) -> Vec<Aircraft> {
    let Some(list) = flights else { return Vec::new() };
    let members =
        |flight: &file::Flight| flight.count.as_ref().map_or(1, |at| at.value.min(MOST_MEMBERS));
    let total: u64 = list.items.iter().map(|flight| u64::from(members(flight))).sum();
    // A flight counts at least once, whatever it says of its members.
    let total = total.max(list.items.len() as u64);
    if total > MOST_AIRCRAFT {
        let reason = format!("{total} aircraft are more than {MOST_AIRCRAFT}");
        problems.note_hint(&list.spot, reason, "split the scenario");
        return Vec::new();
    }
    unique("flight", list.items.iter().map(|flight| (&flight.name, members(flight))), problems);
    let context = Context { names, assets, duration_s, shelf };
    list.items.iter().flat_map(|flight| context.flight(flight, problems)).collect()
}

/// What a flight may refer to.
struct Context<'a, 'l> {
    /// Names of the assets, in their order, those included whose tables have mistakes.
    names: &'a [&'a str],
    /// The assets; none where some have mistakes.
    assets: &'a [Asset],
    duration_s: f64,
    shelf: &'a Shelf<'l>,
}

impl Context<'_, '_> {
    /// Members of one flight; none where it has mistakes.
    fn flight(&self, flight: &file::Flight, problems: &mut Collector) -> Vec<Aircraft> {
        name(&flight.name, problems);
        let name = flight.card.get();
        let card = name.and_then(|at| self.shelf.find_kind(at, &[CardKind::Air], problems));
        let figures = name.zip(card).and_then(|(at, card)| {
            self.shelf.view(card, AirVehicle::from_figures, &at.spot, problems)
        });
        let members = count(flight.count.as_ref(), 1, 1..=MOST_MEMBERS, problems);
        let spacing_m = number(flight.spacing_m.as_ref(), 500.0, 0.0..=50_000.0, "m", problems);
        let target = self.target(flight, problems);
        let release_m = release_m(flight, problems);
        let transponder = transponders::resolve(&transponder_fields(flight), problems);
        let rcs_m2 = rcs_m2(flight, problems);
        let usual = card.map(|card| card.id.as_str()).zip(figures.as_ref());
        let route = route::resolve(&flight.route, usual, problems);
        if let (Some(asset), Some(route)) = (target.and_then(|t| self.assets.get(t)), &route) {
            reaches(flight, asset, release_m, route, problems);
        }
        let start = self.start(flight, route.as_ref(), problems);
        let (Some(card), Some(mut figures), Some(route), Some(side_given)) =
            (card, figures, route, flight.side.get())
        else {
            return Vec::new();
        };
        if let Some(rcs_m2) = rcs_m2 {
            figures.rcs =
                RcsByAspect { nose_rcs_m2: rcs_m2, side_rcs_m2: rcs_m2, tail_rcs_m2: rcs_m2 };
            figures.rcs_vhf = None;
        }
        let model = Aircraft {
            name: flight.name.value.clone(),
            flight: flight.name.value.clone(),
            card: card.id.clone(),
            side: side(side_given.value),
            figures,
            start,
            route: route.points,
            offset_right_m: 0.0,
            target,
            release_m,
            transponder,
            jams: flight.jams.as_ref().is_none_or(|at| at.value),
            emits: flight.emits.as_ref().is_none_or(|at| at.value),
        };
        abreast(&model, members, spacing_m)
    }

    fn target(&self, flight: &file::Flight, problems: &mut Collector) -> Option<usize> {
        let Some(target) = &flight.target else {
            if let Some(release) = &flight.release_km {
                let reason = "a release distance without a target";
                problems.note_hint(&release.spot, reason, "write target = \"…\" as well");
            }
            return None;
        };
        reference("the asset", target, self.names, problems)
    }

    /// When the flight is at its first point, from its start or from its time on target.
    fn start(
        &self,
        flight: &file::Flight,
        route: Option<&Route>,
        problems: &mut Collector,
    ) -> Time {
        if let (Some(_), Some(arrive)) = (&flight.start_s, &flight.arrive_s) {
            let hint = "leave one of them out: the other follows from the route";
            problems.note_hint(&arrive.spot, "start_s and arrive_s are both given", hint);
            return Time::ZERO;
        }
        if let Some(start) = &flight.start_s {
            self.within(start, start.value, problems);
            return Time::from_secs(start.value);
        }
        let (Some(arrive), Some(route)) = (&flight.arrive_s, route) else { return Time::ZERO };
        let start_s = arrive.value - route.takes_s;
        if start_s < 0.0 {
            let reason = format!(
                "the route takes {:.0} s, so the flight would have to start {:.0} s before the battle",
                route.takes_s, -start_s
            );
            let hint = format!(
                "arrive at {:.0} or later, shorten the route, or fly faster",
                route.takes_s.ceil()
            );
            problems.note_hint(&arrive.spot, reason, hint);
        } else {
            self.within(arrive, start_s, problems);
        }
        Time::from_secs(start_s)
    }

    /// Notes a start outside the battle: such a flight would never appear.
    fn within(&self, at: &At<f64>, start_s: f64, problems: &mut Collector) {
        if start_s < 0.0 {
            problems.note(&at.spot, format!("{start_s} s is before the battle"));
        } else if start_s >= self.duration_s {
            let reason = format!(
                "the flight starts at {start_s:.0} s, but the battle ends at {:.0} s",
                self.duration_s
            );
            problems.note_hint(&at.spot, reason, "start earlier, or raise duration_min");
        }
    }
}

fn transponder_fields(flight: &file::Flight) -> transponders::Fields<'_> {
    transponders::Fields {
        modes: flight.transponder.as_ref(),
        codes: flight.codes.as_ref(),
        keys: flight.keys.as_ref(),
        off_min: flight.transponder_off_min.as_ref(),
        secure_fails: flight.secure_fails.as_ref().map(|at| at.value),
    }
}

/// Release distance; 0 stands for what flies into its target.
fn release_m(flight: &file::Flight, problems: &mut Collector) -> f64 {
    number(flight.release_km.as_ref(), 0.0, 0.0..=2_000.0, "km", problems) * 1_000.0
}

/// Notes a route that never reaches its target, where everything that ends its route would count as a
/// leak, and one that begins where it has reached it already.
fn reaches(
    flight: &file::Flight,
    asset: &Asset,
    release_m: f64,
    route: &Route,
    problems: &mut Collector,
) {
    let Some(target) = &flight.target else { return };
    let hint = "lead the route to the target, raise release_km, or leave target out";
    let short = shortened(&target.value);
    let begins_at_m = route.begins_at_m(asset.place);
    if let Some(release) = flight.release_km.as_ref().filter(|_| begins_at_m <= release_m) {
        let reason = format!(
            "the flight begins {:.0} km from `{short}`, so it would have got through before it began",
            begins_at_m / 1_000.0
        );
        problems.note_hint(
            &release.spot,
            reason,
            "lower release_km, or begin the route farther out",
        );
    } else if release_m > 0.0 && !route.comes_within(asset.place, release_m) {
        let reason =
            format!("the route never comes within {} km of `{short}`", release_m / 1_000.0);
        problems.note_hint(&target.spot, reason, hint);
    } else if release_m == 0.0 {
        let gap_m = route.ends_at_m(asset.place);
        if gap_m > asset.radius_m {
            let reason = format!(
                "without release_km the flight hits at the end of its route, {:.0} km from `{short}`",
                gap_m / 1_000.0
            );
            problems.note_hint(&target.spot, reason, hint);
        }
    }
}

/// From an insect to an aircraft carrier; beyond it a slip of the pen is more likely.
fn rcs_m2(flight: &file::Flight, problems: &mut Collector) -> Option<f64> {
    let at = flight.rcs_m2.as_ref()?;
    in_range(at, 1e-6..=1e6, "m²", problems).then_some(at.value)
}

fn side(side: file::Side) -> Side {
    match side {
        file::Side::Hostile => Side::Hostile,
        file::Side::Friendly => Side::Friendly,
        file::Side::Neutral => Side::Neutral,
    }
}

/// Members of a flight side by side, centred on the route.
fn abreast(model: &Aircraft, members: u32, spacing_m: f64) -> Vec<Aircraft> {
    let middle = (f64::from(members) - 1.0) / 2.0;
    (0..members)
        .map(|index| Aircraft {
            name: format!("{}{}", model.name, numbered(index, members)),
            offset_right_m: (f64::from(index) - middle) * spacing_m,
            ..model.clone()
        })
        .collect()
}
