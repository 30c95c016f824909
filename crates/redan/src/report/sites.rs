//! What stands on the ground: batteries, radars, launchers, assets, and the circle of claimed reach.

use std::fmt::Write;

use redan_geo::{Geodetic, Time};
use redan_record::Fate;

use super::escape::{count, esc};
use super::facts::{Facts, sound};
use super::frame::{Frame, Point, beyond, circle};
use super::labels::{Labels, Wish};

/// Sites nearer to each other than this many units are drawn as one.
const TOGETHER: f64 = 16.0;

/// Radius of the sign of an asset that is drawn around that of a site at the same place.
const ABOUT: f64 = 15.0;

/// What is drawn as one sign.
struct Site<'a> {
    at: Point,
    radars: Vec<&'a str>,
    launchers: Vec<&'a str>,
}

/// An asset, drawn as an outline where the sign of a site stands in it: both are at their true place.
struct Asset<'a> {
    at: Point,
    shared: bool,
    name: &'a str,
    number: usize,
}

/// Points at which the signs of sites and assets stand.
pub(super) fn signs(facts: &Facts<'_>, frame: &Frame) -> Vec<Point> {
    let sites = clusters(facts, frame);
    let assets = assets(facts, frame, &sites);
    sites.iter().map(|site| site.at).chain(assets.iter().map(|asset| asset.at)).collect()
}

/// Signs of sites and assets on this map, with their words for the legend.
pub(super) fn kinds(facts: &Facts<'_>, frame: &Frame) -> Vec<(&'static str, &'static str)> {
    let sites = clusters(facts, frame);
    let any = |sign: &str| sites.iter().any(|site| site.sign() == sign);
    let kinds = [
        (any("s-battery"), ("s-battery", "battery")),
        (any("s-radar"), ("s-radar", "radar")),
        (any("s-launcher"), ("s-launcher", "launchers")),
        (!facts.recording.roster.assets.is_empty(), ("s-asset", "asset")),
    ];
    kinds.into_iter().filter(|(shown, _)| *shown).map(|(_, kind)| kind).collect()
}

/// Signs and names of batteries, radars, launchers and assets.
pub(super) fn sites(facts: &Facts<'_>, frame: &Frame, labels: &mut Labels) -> String {
    let sites = clusters(facts, frame);
    let assets = assets(facts, frame, &sites);
    for site in &sites {
        labels.keep_free(site.at, 8.5);
    }
    for asset in &assets {
        labels.keep_free(asset.at, if asset.shared { ABOUT } else { 8.5 });
    }
    let mut drawn = String::new();
    for site in &sites {
        let what = site.what();
        let title = format!("{}: {what}", site.all_names());
        let shared = assets.iter().any(|asset| near(asset.at, site.at));
        let clear = if shared { ABOUT + 3.0 } else { 11.0 };
        drawn += &sign(site.sign(), "own", site.at, &title);
        drawn += &label(labels, (site.at, clear), site.name(), "label own");
    }
    for asset in &assets {
        let title = format!("{}: asset to defend", asset.name);
        drawn += &sign(asset.sign(), "asset", asset.at, &title);
        drawn += &label(labels, (asset.at, asset.clear()), asset.name, "label asset");
        drawn += &leaks(facts, asset, labels);
    }
    format!("<g class=\"sites\">\n{drawn}</g>\n")
}

/// How many attackers reached an asset; written once the last of them is there.
fn leaks(facts: &Facts<'_>, asset: &Asset<'_>, labels: &mut Labels) -> String {
    let fates = facts.measures.aircraft.iter().map(|noted| noted.fate());
    let times: Vec<Time> = fates
        .filter_map(|fate| match fate {
            Fate::Leaked { at, asset: reached } if reached.index() == asset.number => Some(at),
            _ => None,
        })
        .collect();
    let Some(last) = times.iter().max() else { return String::new() };
    let (at, ground, clear) = (asset.at, asset.at, asset.clear() + 1.0);
    let text = format!("{} got through", times.len());
    let data = format!("data-t=\"{:.1}\"", last.as_secs());
    let class = "label note";
    labels.place(&Wish { at, ground, clear, text: &text, size: 11.0, class, data: &data })
}

/// Circles of the greatest claimed reach around fire units, each drawn only once; words for one circle
/// of each reach, since a battery's neighbour says the same.
pub(super) fn reach(facts: &Facts<'_>, frame: &Frame, labels: &mut Labels) -> String {
    let mut drawn: Vec<(Point, f64)> = Vec::new();
    let mut text = String::new();
    for (index, unit) in facts.recording.roster.units.iter().enumerate() {
        let Some((range_m, missile)) = facts.claimed_reach(index) else { continue };
        if !sound(&unit.place) {
            continue;
        }
        let at = frame.point(&unit.place);
        let same =
            |(other, range): &(Point, f64)| near(*other, at) && (range - range_m).abs() < 1.0;
        if drawn.iter().any(same) {
            continue;
        }
        let new = drawn.iter().all(|(_, range)| (range - range_m).abs() >= 500.0);
        drawn.push((at, range_m));
        text += &ring(frame, labels, &unit.place, (range_m, new), missile);
    }
    format!("<g class=\"l-reach\">\n{text}</g>\n")
}

fn ring(
    frame: &Frame,
    labels: &mut Labels,
    centre: &Geodetic,
    (range_m, named): (f64, bool),
    missile: &str,
) -> String {
    let mut path = String::new();
    for place in circle(centre, range_m) {
        let point = frame.point(&place);
        let verb = if path.is_empty() { 'M' } else { 'L' };
        let _ = write!(path, "{verb}{:.1} {:.1}", point.x, point.y);
        labels.avoid(point);
    }
    let words = format!("claimed reach {:.0} km", range_m / 1e3);
    let title = format!("{words} of {missile}, as published: the circle of the news map");
    let mut label = String::new();
    // South-west first, where news maps write it; then wherever the circle crosses the map.
    for degrees in [200, 160, 220, 140, 180, 240, 120, 260, 100, 280, 80, 300, 60, 320, 40, 0] {
        let at = frame.point(&beyond(centre, f64::from(degrees).to_radians(), range_m));
        let class = "label reach";
        let wish = Wish { at, ground: at, clear: 5.0, text: &words, size: 12.0, class, data: "" };
        if named && frame.holds(at) {
            label = labels.place(&wish);
        }
        if !named || !label.is_empty() {
            break;
        }
    }
    format!("<path class=\"ring\" d=\"{path}\"><title>{}</title></path>\n{label}", esc(&title))
}

fn clusters<'a>(facts: &Facts<'a>, frame: &Frame) -> Vec<Site<'a>> {
    let roster = &facts.recording.roster;
    let mut sites: Vec<Site<'a>> = Vec::new();
    for radar in roster.radars.iter().filter(|radar| sound(&radar.antenna)) {
        site_at(&mut sites, frame.point(&radar.antenna)).radars.push(&radar.name);
    }
    for launcher in roster.launchers.iter().filter(|launcher| sound(&launcher.place)) {
        site_at(&mut sites, frame.point(&launcher.place)).launchers.push(&launcher.name);
    }
    sites
}

fn site_at<'s, 'a>(sites: &'s mut Vec<Site<'a>>, at: Point) -> &'s mut Site<'a> {
    let index = sites.iter().position(|site| near(site.at, at)).unwrap_or_else(|| {
        sites.push(Site { at, radars: Vec::new(), launchers: Vec::new() });
        sites.len() - 1
    });
    &mut sites[index]
}

fn assets<'a>(facts: &Facts<'a>, frame: &Frame, sites: &[Site<'_>]) -> Vec<Asset<'a>> {
    let assets = facts.recording.roster.assets.iter().enumerate();
    assets
        .filter(|(_, asset)| sound(&asset.place))
        .map(|(number, asset)| {
            let at = frame.point(&asset.place);
            let shared = sites.iter().any(|site| near(site.at, at));
            Asset { at, shared, name: &asset.name, number }
        })
        .collect()
}

pub(super) fn near(a: Point, b: Point) -> bool {
    (a.x - b.x).abs() < TOGETHER && (a.y - b.y).abs() < TOGETHER
}

fn label(labels: &mut Labels, (at, clear): (Point, f64), name: &str, class: &str) -> String {
    labels.place(&Wish { at, ground: at, clear, text: name, size: 13.0, class, data: "" })
}

fn sign(sign: &str, class: &str, at: Point, title: &str) -> String {
    format!(
        "<g class=\"{class}\" transform=\"translate({:.1} {:.1})\"><title>{}</title>\
         <g class=\"k\"><use href=\"#{sign}\"/></g></g>\n",
        at.x,
        at.y,
        esc(title)
    )
}

impl Asset<'_> {
    fn sign(&self) -> &'static str {
        if self.shared { "s-asset-about" } else { "s-asset" }
    }

    /// Distance that words keep from it.
    fn clear(&self) -> f64 {
        if self.shared { ABOUT + 3.0 } else { 11.0 }
    }
}

impl<'a> Site<'a> {
    fn sign(&self) -> &'static str {
        match (self.radars.is_empty(), self.launchers.is_empty()) {
            (false, false) => "s-battery",
            (false, true) => "s-radar",
            _ => "s-launcher",
        }
    }

    fn names(&self) -> impl Iterator<Item = &'a str> {
        self.radars.iter().chain(&self.launchers).copied()
    }

    /// What all names have in common before the slash, else the first of them.
    fn name(&self) -> &'a str {
        let first = self.names().next().unwrap_or("");
        let stem = first.split('/').next().unwrap_or(first);
        let common = self.names().all(|name| name.split('/').next() == Some(stem));
        if common && self.names().count() > 1 { stem } else { first }
    }

    fn all_names(&self) -> String {
        let radars: Vec<&str> = self.radars.clone();
        if radars.is_empty() { self.name().to_owned() } else { radars.join(", ") }
    }

    fn what(&self) -> String {
        let radars = count(self.radars.len() as u64, "radar", "radars");
        let launchers = count(self.launchers.len() as u64, "launcher", "launchers");
        match (self.radars.is_empty(), self.launchers.is_empty()) {
            (false, false) => format!("{radars}, {launchers}"),
            (false, true) => radars,
            _ => launchers,
        }
    }
}
