//! What stands on the ground: batteries, radars, launchers, assets, and the circle of claimed reach.

use std::fmt::Write;

use redan_geo::{Geodetic, Time};
use redan_record::Fate;

use super::escape::{count, esc};
use super::facts::{Facts, sound};
use super::frame::{Frame, Point, WIDTH, beyond, circle};
use super::labels::{Labels, Wish};

/// Sites nearer to each other than this many units are drawn as one.
const TOGETHER: f64 = 16.0;

/// Distance between the signs of a site and of an asset at the same place.
const BESIDE: f64 = 19.0;

/// What is drawn as one sign.
struct Site<'a> {
    at: Point,
    radars: Vec<&'a str>,
    launchers: Vec<&'a str>,
}

/// An asset, drawn a little to the side where a site stands at the same place.
struct Asset<'a> {
    at: Point,
    shift: f64,
    name: &'a str,
    number: usize,
}

/// Points at which the signs of sites and assets stand.
pub(super) fn signs(facts: &Facts<'_>, frame: &Frame) -> Vec<Point> {
    let sites = clusters(facts, frame);
    let assets = assets(facts, frame, &sites);
    sites.iter().map(|site| site.at).chain(assets.iter().map(Asset::drawn_at)).collect()
}

/// Signs and names of batteries, radars, launchers and assets.
pub(super) fn sites(facts: &Facts<'_>, frame: &Frame, labels: &mut Labels) -> String {
    let sites = clusters(facts, frame);
    let assets = assets(facts, frame, &sites);
    for at in sites.iter().map(|site| site.at).chain(assets.iter().map(Asset::drawn_at)) {
        labels.keep_free(at, 8.5);
    }
    let mut drawn = String::new();
    for site in &sites {
        let what = site.what();
        let title = format!("{}: {what}", site.all_names());
        drawn += &sign(site.sign(), "own", (site.at, 0.0), &title);
        drawn += &label(labels, (site.at, site.at), site.name(), "label own");
    }
    for asset in &assets {
        let title = format!("{}: asset to defend", asset.name);
        drawn += &sign("s-asset", "asset", (asset.at, asset.shift), &title);
        let spot = (asset.drawn_at(), asset.at);
        drawn += &label(labels, spot, asset.name, "label asset");
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
    let (at, ground) = (asset.drawn_at(), asset.at);
    let text = format!("{} got through", times.len());
    let data = format!("data-t=\"{:.1}\"", last.as_secs());
    let class = "label note";
    labels.place(&Wish { at, ground, clear: 12.0, text: &text, size: 11.0, class, data: &data })
}

/// Circles of the greatest claimed reach around fire units, each written only once.
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
        drawn.push((at, range_m));
        text += &ring(frame, labels, &unit.place, range_m, missile);
    }
    format!("<g class=\"l-reach\">\n{text}</g>\n")
}

fn ring(
    frame: &Frame,
    labels: &mut Labels,
    centre: &Geodetic,
    range_m: f64,
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
        if frame.holds(at) {
            label = labels.place(&wish);
        }
        if !label.is_empty() {
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
            let shift = match sites.iter().find(|site| near(site.at, at)) {
                Some(site) if site.at.x < WIDTH - 40.0 => site.at.x + BESIDE - at.x,
                Some(site) => site.at.x - BESIDE - at.x,
                None => 0.0,
            };
            Asset { at, shift, name: &asset.name, number }
        })
        .collect()
}

pub(super) fn near(a: Point, b: Point) -> bool {
    (a.x - b.x).abs() < TOGETHER && (a.y - b.y).abs() < TOGETHER
}

fn label(labels: &mut Labels, (at, ground): (Point, Point), name: &str, class: &str) -> String {
    labels.place(&Wish { at, ground, clear: 11.0, text: name, size: 13.0, class, data: "" })
}

fn sign(sign: &str, class: &str, (at, shift): (Point, f64), title: &str) -> String {
    format!(
        "<g class=\"{class}\" transform=\"translate({:.1} {:.1})\"><title>{}</title>\
         <g class=\"k\"><use href=\"#{sign}\" x=\"{shift:.1}\"/></g></g>\n",
        at.x,
        at.y,
        esc(title)
    )
}

impl Asset<'_> {
    fn drawn_at(&self) -> Point {
        Point { x: self.at.x + self.shift, ..self.at }
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
