//! From the tables of units to radars, launchers, fire units and interceptor types.
//!
//! The members of a battalion stand on circles round its place, each line of its card evenly on the
//! circle of its distance; the first line begins at the heading and the next ones a part of a step
//! further, so that no two stand on one spot and no line moves when another changes. Heights here
//! are above the ground; [`super::Draft`] adds the relief.

use std::f64::consts::TAU;

use redan_geo::{Aer, Geodetic, LocalFrame, Time};

use crate::card::{self, Card, CardKind, MemberRole, RadarRole};

use super::file::{self, place_of};
use super::limits::{in_range, name, unique};
use super::loads::{Loads, Magazine};
use super::problem::{Collector, Spot, shortened};
use super::read::{At, List};
use super::resolved::{Launcher, Radar, Unit};
use super::shelf::Shelf;

/// Everything on the ground.
#[derive(Default)]
pub(super) struct Force {
    pub(super) units: Vec<Unit>,
    pub(super) radars: Vec<Radar>,
    pub(super) launchers: Vec<Launcher>,
    pub(super) magazine: Magazine,
    /// Figures of the first command post in each network.
    pub(super) posts: Vec<Option<card::CommandPost>>,
}

/// Members on one line of a battalion's card; more would be a slip of the pen.
const MOST_MEMBERS: u32 = 200;
/// Units in one scenario.
const MOST_UNITS: usize = 500;

/// Checks all units and puts them on the ground. `networks` are the names that may be referred to.
pub(super) fn resolve(
    units: Option<&List<file::Unit>>,
    networks: &[&str],
    shelf: &Shelf<'_>,
    problems: &mut Collector,
) -> Force {
    // Units without a known network stand in the first one, so that the rest of them is checked.
    let mut force = Force { posts: vec![None; networks.len().max(1)], ..Force::default() };
    let Some(list) = units else { return force };
    if list.items.len() > MOST_UNITS {
        problems.note(&list.spot, format!("more than {MOST_UNITS} units"));
        return force;
    }
    unique("unit", list.items.iter().map(|unit| (&unit.name, 1)), problems);
    let Some(interrogator) = interrogator(shelf, list, problems) else { return force };
    for unit in &list.items {
        name(&unit.name, problems);
        let network = unit.network.get();
        let network = network.and_then(|at| reference("the network", at, networks, problems));
        let kinds = [CardKind::Battalion, CardKind::Radar];
        let name = unit.card.get();
        let card = name.and_then(|at| shelf.find_kind(at, &kinds, problems));
        let site = Site::new(unit, network.unwrap_or(0), &interrogator, problems);
        let (Some(name), Some(card)) = (name, card) else { continue };
        let mut yard = Yard { unit, spot: &name.spot, site, shelf, force: &mut force, problems };
        match card.kind() {
            CardKind::Radar => yard.lone_radar(card),
            _ => yard.battalion(card),
        }
    }
    force
}

/// Index of a name in a list; a problem where it is not there.
pub(super) fn reference(
    what: &str,
    name: &At<String>,
    known: &[&str],
    problems: &mut Collector,
) -> Option<usize> {
    let index = known.iter().position(|known| *known == name.value);
    if index.is_none() {
        problems.unknown(&name.spot, what, &name.value, known.iter().copied());
    }
    index
}

/// Figures of interrogation, the same for every radar: no source tells them apart.
fn interrogator(
    shelf: &Shelf<'_>,
    list: &List<file::Unit>,
    problems: &mut Collector,
) -> Option<card::Interrogator> {
    let Some(card) = shelf.first(CardKind::Interrogator) else {
        problems.note(&list.spot, "no card describes an interrogator");
        return None;
    };
    shelf.view(card, card::Interrogator::from_figures, &list.spot, problems)
}

/// Place, direction and network of a unit.
struct Site<'i> {
    frame: LocalFrame,
    heading_rad: f64,
    north_error_rad: f64,
    fires_rad: Option<(f64, f64)>,
    network: usize,
    interrogator: &'i card::Interrogator,
}

impl<'i> Site<'i> {
    fn new(
        unit: &file::Unit,
        network: usize,
        interrogator: &'i card::Interrogator,
        problems: &mut Collector,
    ) -> Self {
        let heading = unit.heading_deg.as_ref();
        let heading_deg = super::limits::number(heading, 0.0, -360.0..=360.0, "degrees", problems);
        let north = unit.north_error_deg.as_ref();
        let north_deg = super::limits::number(north, 0.0, -180.0..=180.0, "degrees", problems);
        Self {
            north_error_rad: north_deg.to_radians(),
            fires_rad: unit.fires_deg.as_ref().and_then(|list| sector(list, problems)),
            frame: LocalFrame::new(place_of(&unit.at)),
            heading_rad: redan_geo::wrap_two_pi_rad(heading_deg.to_radians()),
            network,
            interrogator,
        }
    }

    /// Place at a distance and direction, at a height above the ground there.
    fn around(&self, distance_m: f64, azimuth_rad: f64, height_m: f64) -> Geodetic {
        if distance_m == 0.0 {
            return self.frame.origin().at_height(height_m);
        }
        let seen = Aer { azimuth_rad, elevation_rad: 0.0, range_m: distance_m };
        self.frame.ecef_of_aer(seen).to_geodetic().at_height(height_m)
    }
}

/// One unit while it is put on the ground.
struct Yard<'a, 'l> {
    unit: &'a file::Unit,
    /// Where the unit names its card.
    spot: &'a Spot,
    site: Site<'a>,
    shelf: &'a Shelf<'l>,
    force: &'a mut Force,
    problems: &'a mut Collector,
}

impl<'l> Yard<'_, 'l> {
    /// A search radar by itself.
    fn lone_radar(&mut self, card: &'l Card) {
        let only_battalions = [
            self.unit.without.as_ref().map(|list| &list.spot),
            self.unit.loads.as_ref().map(|list| &list.spot),
        ];
        for spot in only_battalions.into_iter().flatten() {
            self.problems.note(spot, "only a battalion has members; this unit is a radar");
        }
        self.check_masts(std::slice::from_ref(&card.id));
        let view = self.shelf.view(card, card::Radar::from_figures, self.spot, self.problems);
        let Some(figures) = view else { return };
        if figures.role == RadarRole::Engagement {
            let reason = format!("`{}` is an engagement radar, which needs a battalion", card.id);
            let hint = "name the card of a battalion or of a search radar";
            self.problems.note_hint(self.spot, reason, hint);
            return;
        }
        self.put_radar(card, figures, 0.0, self.site.heading_rad, "", None);
    }

    /// A battalion: all its members.
    fn battalion(&mut self, card: &'l Card) {
        let view = self.shelf.view(card, card::Battalion::from_figures, self.spot, self.problems);
        let Some(battalion) = view else { return };
        let ids: Vec<String> = battalion.members.iter().map(|m| m.card.clone()).collect();
        self.check_masts(&ids);
        self.check_without(&ids);
        let without = self.unit.without.iter().flat_map(|list| &list.items);
        let without: Vec<String> = without.map(|at| at.value.clone()).collect();
        let gone = |id: &str| without.iter().any(|name| self.shelf.is(name, id));
        let present: Vec<bool> = battalion.members.iter().map(|m| !gone(&m.card)).collect();
        let lines = battalion.members.len();
        let members: Vec<(usize, &card::Member)> =
            battalion.members.iter().enumerate().filter(|(line, _)| present[*line]).collect();
        if !self.can_fight(&members) {
            return;
        }
        let first_unit = self.force.units.len();
        // Engagement radars first: launchers refer to the fire units that they make.
        for role in [MemberRole::EngagementRadar, MemberRole::SearchRadar, MemberRole::CommandPost]
        {
            for (line, member) in members.iter().filter(|(_, member)| member.role == role) {
                self.put_members(member, *line as f64 / lines as f64);
            }
        }
        let fire_units = first_unit..self.force.units.len();
        let launchers = members.iter().filter(|(_, m)| m.role == MemberRole::Launcher);
        let mut loads =
            Loads::new(self.unit.loads.as_ref(), &battalion.loads, self.shelf, self.problems);
        for (line, member) in launchers {
            self.put_launchers(member, *line as f64 / lines as f64, &fire_units, &mut loads);
        }
        loads.finish(self.problems);
    }

    /// Whether what is left of a battalion makes a unit; a problem where it does not.
    fn can_fight(&mut self, members: &[(usize, &card::Member)]) -> bool {
        let has = |role| members.iter().any(|(_, m)| m.role == role && m.count > 0);
        let spot = self.unit.without.as_ref().map_or(&self.unit.spot, |list| &list.spot);
        if !has(MemberRole::EngagementRadar) && !has(MemberRole::SearchRadar) {
            self.problems.note_hint(spot, "this unit has no radar", "leave it one");
            return false;
        }
        if !has(MemberRole::EngagementRadar) && has(MemberRole::Launcher) {
            let reason = "this unit has launchers but no engagement radar to guide their missiles";
            let hint = "leave the launchers out as well, or the engagement radar in";
            self.problems.note_hint(spot, reason, hint);
            return false;
        }
        if let Some((_, member)) = members.iter().find(|(_, m)| m.count > MOST_MEMBERS) {
            let reason = format!("{} × {} is more than {MOST_MEMBERS}", member.count, member.card);
            self.problems.note(self.spot, reason);
            return false;
        }
        true
    }

    /// Radars and posts of one line of the card.
    fn put_members(&mut self, member: &card::Member, turn: f64) {
        let Some(card) = self.shelf.card(&member.card) else { return };
        if member.role == MemberRole::CommandPost {
            let view =
                self.shelf.view(card, card::CommandPost::from_figures, self.spot, self.problems);
            let post = &mut self.force.posts[self.site.network];
            *post = post.take().or(view);
            return;
        }
        let view = self.shelf.view(card, card::Radar::from_figures, self.spot, self.problems);
        let Some(figures) = view else { return };
        for index in 0..member.count {
            let bearing_rad = self.bearing_rad(index, member.count, turn);
            let number = numbered(index, member.count);
            let unit = (member.role == MemberRole::EngagementRadar).then(|| self.put_unit(&number));
            self.put_radar(card, figures.clone(), member.distance_m, bearing_rad, &number, unit);
        }
    }

    /// A fire unit whose radar is the next one to be put down.
    fn put_unit(&mut self, number: &str) -> usize {
        self.force.units.push(Unit {
            name: format!("{}{number}", self.unit.name.value),
            network: self.site.network,
            radar: self.force.radars.len(),
            fires_rad: self.site.fires_rad,
        });
        self.force.units.len() - 1
    }

    fn put_radar(
        &mut self,
        card: &Card,
        figures: card::Radar,
        distance_m: f64,
        bearing_rad: f64,
        number: &str,
        unit: Option<usize>,
    ) {
        let height_m = self.mast_m(&card.id).unwrap_or(figures.antenna_height_m);
        self.force.radars.push(Radar {
            name: format!("{}/{}{number}", self.unit.name.value, card.short_id().to_uppercase()),
            card: card.id.clone(),
            network: self.site.network,
            unit,
            antenna: self.site.around(distance_m, bearing_rad, height_m),
            heading_rad: self.site.heading_rad,
            radiates: radiates(self.unit),
            north_error_rad: self.site.north_error_rad,
            figures,
            interrogator: self.site.interrogator.clone(),
        });
    }

    /// Launchers of one line of the card, dealt out to the fire units in turn.
    fn put_launchers(
        &mut self,
        member: &card::Member,
        turn: f64,
        fire_units: &std::ops::Range<usize>,
        loads: &mut Loads<'_>,
    ) {
        let Some(card) = self.shelf.card(&member.card) else { return };
        let view = self.shelf.view(card, card::Launcher::from_figures, self.spot, self.problems);
        let Some(figures) = view else { return };
        for index in 0..member.count {
            let bearing_rad = self.bearing_rad(index, member.count, turn);
            let load = loads.next(&figures, self.shelf, &mut self.force.magazine, self.problems);
            let short = card.short_id().to_uppercase();
            let number = numbered(index, member.count);
            self.force.launchers.push(Launcher {
                name: format!("{}/{short}{number}", self.unit.name.value),
                unit: fire_units.start + index as usize % fire_units.len().max(1),
                place: self.site.around(member.distance_m, bearing_rad, 0.0),
                load,
                figures: figures.clone(),
            });
        }
    }

    fn bearing_rad(&self, index: u32, count: u32, turn: f64) -> f64 {
        self.site.heading_rad + TAU * (f64::from(index) + turn) / f64::from(count)
    }

    /// Height of the mast that the scenario gives a radar.
    fn mast_m(&self, id: &str) -> Option<f64> {
        let masts = self.unit.masts.iter().flat_map(|masts| &masts.entries);
        masts.filter(|(name, _)| self.shelf.is(&name.value, id)).map(|(_, at)| at.value).next()
    }

    fn check_masts(&mut self, members: &[String]) {
        for (member, height) in self.unit.masts.iter().flat_map(|masts| &masts.entries) {
            in_range(height, 0.5..=300.0, "m", self.problems);
            let Some(card) = self.member(member, members) else { continue };
            if card.kind() != CardKind::Radar {
                let reason = format!("`{}` is no radar and has no mast", card.id);
                self.problems.note(&member.spot, reason);
            }
        }
    }

    fn check_without(&mut self, members: &[String]) {
        for member in self.unit.without.iter().flat_map(|list| &list.items) {
            self.member(member, members);
        }
    }

    /// Card of a member by any of its names; a problem where the unit has no such member.
    fn member(&mut self, name: &At<String>, members: &[String]) -> Option<&'l Card> {
        let card = self.shelf.find(name, self.problems)?;
        if members.contains(&card.id) {
            return Some(card);
        }
        let reason = format!("`{}` is no member of this unit", shortened(&name.value));
        let hint = format!("its members are {}", members.join(", "));
        self.problems.note_hint(&name.spot, reason, hint);
        None
    }
}

/// A sector from one direction clockwise to another, as centre and width; `None` for a whole turn.
fn sector(list: &List<At<f64>>, problems: &mut Collector) -> Option<(f64, f64)> {
    let [from, to] = list.items.as_slice() else {
        let reason = format!("a sector is two directions, not {}", list.items.len());
        problems.note_hint(&list.spot, reason, "write [from, to] in degrees, clockwise");
        return None;
    };
    let fits = |at, problems: &mut Collector| in_range(at, -360.0..=360.0, "degrees", problems);
    if !(fits(from, problems) && fits(to, problems)) {
        return None;
    }
    if (to.value - from.value).abs() >= 360.0 {
        return None;
    }
    let width_rad = redan_geo::wrap_two_pi_rad((to.value - from.value).to_radians());
    if width_rad == 0.0 {
        let hint = "leave it out for all round, or write two directions that differ";
        problems.note_hint(&list.spot, "a sector of no width", hint);
        return None;
    }
    let centre_rad = from.value.to_radians() + width_rad / 2.0;
    Some((redan_geo::wrap_two_pi_rad(centre_rad), width_rad))
}

/// When the radars of a unit radiate.
fn radiates(unit: &file::Unit) -> Vec<(Time, Time)> {
    times(unit.radiates_min.iter().flat_map(|list| &list.items).map(|at| at.value))
}

/// Intervals of a file as times: in order, those that meet joined.
pub(super) fn times(given: impl Iterator<Item = file::Interval>) -> Vec<(Time, Time)> {
    let mut intervals: Vec<(Time, Time)> = given
        .map(|at| (Time::from_secs(60.0 * at.from_min), Time::from_secs(60.0 * at.until_min)))
        .collect();
    intervals.sort();
    let mut joined: Vec<(Time, Time)> = Vec::new();
    for (from, until) in intervals {
        match joined.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(until),
            _ => joined.push((from, until)),
        }
    }
    joined
}

/// `-1`, `-2` … behind the name of one of several, nothing behind the name of a single one.
pub(super) fn numbered(index: u32, count: u32) -> String {
    if count > 1 { format!("-{}", index + 1) } else { String::new() }
}
