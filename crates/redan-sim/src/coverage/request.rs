//! What coverage is asked for, and the little battle that stands for it: the site as a unit, the target
//! as a flight. Everything that a scenario does with cards (members of a battalion in their places,
//! masts, loads, readings of claims) is thereby the same here.

use redan_record::coverage::FlightHeight;

use crate::card::{Card, CardKind, Detail, Figures, Library};
use crate::scenario::{Draft, Environment, Problems};

/// A site of the defence.
#[derive(Clone, Debug, PartialEq)]
pub struct SiteWish {
    /// Card of a battalion or radar, by any of its names.
    pub card: String,
    /// Latitude, degrees.
    pub lat_deg: f64,
    /// Longitude, degrees.
    pub lon_deg: f64,
    /// Height of the antennas above ground, metres, of all radars of the site that can stand on a mast;
    /// as the cards say unless given.
    pub mast_m: Option<f64>,
}

/// What flies at the sites.
#[derive(Clone, Debug, PartialEq)]
pub enum TargetWish {
    /// A card of an air vehicle, by any of its names.
    Card(String),
    /// A cross-section from all sides, square metres, with the other figures of a fighter.
    CrossSection(f64),
}

/// Coverage that is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// Title of pictures; made from the sites unless given.
    pub title: Option<String>,
    /// The command that asks, for whoever wants to do it again.
    pub command: String,
    /// The sites, each for itself: they share no picture.
    pub sites: Vec<SiteWish>,
    /// What flies at them.
    pub target: TargetWish,
    /// Its ground speed, metres per second; the usual one of its card unless given.
    pub speed_m_s: Option<f64>,
    /// Heights at which it flies.
    pub heights: Vec<FlightHeight>,
    /// Radius of the computation around each site, metres.
    pub radius_m: f64,
    /// Size of a cell in latitude, arc-seconds; in longitude it is as long on the ground.
    pub cell_arcsec: f64,
    /// Probability that counts as covered.
    pub wanted_prob: f64,
    /// Air, rain and ground.
    pub environment: Environment,
    /// Also with the least and the most favourable claims.
    pub bands: bool,
}

/// How the claims of the cards are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// As the cards choose.
    Nominal,
    /// The end of every spread that is worse for the defence.
    Pessimistic,
    /// The end that is better for it.
    Optimistic,
}

/// Figures of radars, missiles and posts on which coverage hangs, and whether more of it is better for
/// the defence. A figure whose better end is not plain (false-alarm rate, pulses) keeps its choice.
const DISPUTED: &[(CardKind, &str, bool)] = &[
    (CardKind::Radar, "detection_range", true),
    (CardKind::Radar, "reference_probability", true),
    (CardKind::Radar, "instrumented_range", true),
    (CardKind::Radar, "min_range", false),
    (CardKind::Radar, "scan_period", false),
    (CardKind::Radar, "update_interval", false),
    (CardKind::Radar, "elevation_min", false),
    (CardKind::Radar, "elevation_max", true),
    (CardKind::Radar, "min_radial_speed", false),
    (CardKind::Radar, "clutter_improvement", true),
    (CardKind::Missile, "max_range", true),
    (CardKind::Missile, "min_range", false),
    (CardKind::Missile, "min_altitude", false),
    (CardKind::Missile, "max_altitude", true),
    (CardKind::Missile, "guidance_memory", true),
    (CardKind::CommandPost, "decision_cycle", false),
    (CardKind::CommandPost, "plot_delay", false),
    (CardKind::CommandPost, "reaction_time", false),
    (CardKind::CommandPost, "identification_time", false),
    (CardKind::Air, "rcs", true),
    (CardKind::Air, "rcs_nose", true),
    (CardKind::Air, "rcs_vhf", true),
    (CardKind::Air, "rcs_nose_vhf", true),
];

/// Card whose figures stand for a target of which only the cross-section is known: a fighter's. Its own
/// cross-section is overridden, its Swerling case and heights are used.
const STAND_IN: &str = "air/f-16";

/// Draft of the battle of one site with its target, the claims read in one way.
pub(crate) fn draft(
    request: &Request,
    site: &SiteWish,
    reading: Reading,
    library: &Library,
) -> Result<Draft, Problems> {
    let text = battle_text(request, site, reading, library);
    Draft::parse("coverage", &text, None, library)
}

/// The card of a target.
pub(crate) fn target_name(target: &TargetWish) -> &str {
    match target {
        TargetWish::Card(name) => name,
        TargetWish::CrossSection(_) => STAND_IN,
    }
}

/// The scenario file of that battle. Names of cards that do not exist go in as they are, so that the
/// reader of scenarios says so.
fn battle_text(request: &Request, site: &SiteWish, reading: Reading, library: &Library) -> String {
    let (lat_deg, lon_deg) = (site.lat_deg, site.lon_deg);
    let card = quoted(&site.card);
    let target = quoted(target_name(&request.target));
    let post = library.cards().iter().find(|card| card.kind() == CardKind::CommandPost);
    let post = post.map_or(String::new(), |post| format!("post = {}\n", quoted(&post.id)));
    let is_radar =
        library.find(&site.card).is_ok_and(|card| matches!(card.detail, Detail::Radar { .. }));
    let cross_section = match request.target {
        TargetWish::CrossSection(rcs_m2) => format!("rcs_m2 = {rcs_m2:?}\n"),
        TargetWish::Card(_) => String::new(),
    };
    // The flight goes nowhere: only what its card says of it is used.
    let far_deg = if lat_deg > 0.0 { lat_deg - 1.0 } else { lat_deg + 1.0 };
    format!(
        "title = \"Coverage\"\nquestion = \"What is covered?\"\nstart = 2026-01-01T00:00:00Z\n\
         duration_min = 1.0\n{figures}\n\
         [[network]]\nname = \"site\"\nweapons = \"free\"\n{post}\n\
         [[unit]]\nname = \"site\"\ncard = {card}\nat = [{lat_deg:?}, {lon_deg:?}]\n\
         network = \"site\"\n{masts}\n\
         [[flight]]\nname = \"target\"\ncard = {target}\nside = \"hostile\"\n{cross_section}\
         route = [{{ at = [{far_deg:?}, {lon_deg:?}] }}, {{ at = [{lat_deg:?}, {lon_deg:?}] }}]\n",
        post = if is_radar { post } else { String::new() },
        masts = masts(site, library),
        figures = figures_text(request, site, reading, library),
    )
}

/// Masts for all radars of a site that can stand on one; a site that is a radar gets it in any case.
fn masts(site: &SiteWish, library: &Library) -> String {
    let Some(mast_m) = site.mast_m else { return String::new() };
    let cards: Vec<&Card> = members(&site.card, library)
        .into_iter()
        .filter(|card| card.kind() == CardKind::Radar && card.parameter("mast_height").is_some())
        .collect();
    let lone = library.find(&site.card).ok().filter(|card| card.kind() == CardKind::Radar);
    let entries: Vec<String> = lone
        .into_iter()
        .filter(|_| cards.is_empty())
        .chain(cards.iter().copied())
        .map(|card| format!("{} = {mast_m:?}", quoted(&card.id)))
        .collect();
    format!("masts = {{ {} }}\n", entries.join(", "))
}

/// Readings of the disputed figures of all cards in play, as a table of a scenario.
fn figures_text(request: &Request, site: &SiteWish, reading: Reading, library: &Library) -> String {
    if reading == Reading::Nominal {
        return String::new();
    }
    let mut cards = members(&site.card, library);
    if let (TargetWish::Card(name), Ok(card)) =
        (&request.target, library.find(target_name(&request.target)))
    {
        debug_assert!(!name.is_empty());
        cards.push(card);
    }
    let mut text = String::new();
    for card in cards {
        let entries = readings(card, reading);
        if !entries.is_empty() {
            text += &format!("[figures.{}]\n", quoted(&card.id));
            entries.iter().for_each(|(name, value)| text += &format!("{name} = {value:?}\n"));
        }
    }
    text
}

/// Disputed figures of a card with the value of a reading, in the unit of the card.
fn readings(card: &Card, reading: Reading) -> Vec<(&'static str, f64)> {
    let figures = Figures::nominal(card);
    DISPUTED
        .iter()
        .filter(|(kind, name, _)| *kind == card.kind() && figures.has(name))
        .filter_map(|(_, name, more_is_better)| {
            let (low, nominal, high) = figures.spread_si(name).ok()?;
            let value_si =
                if *more_is_better == (reading == Reading::Optimistic) { high } else { low };
            let unit = card.parameter(name)?.unit;
            (value_si.to_bits() != nominal.to_bits()).then(|| (*name, unit.from_si(value_si)))
        })
        .collect()
}

/// The card of a site and those of its members and of what they carry.
pub(crate) fn members<'l>(name: &str, library: &'l Library) -> Vec<&'l Card> {
    let Ok(card) = library.find(name) else { return Vec::new() };
    let mut found = vec![card];
    if let Detail::Battalion { members, loads } = &card.detail {
        let ids = members.iter().map(|m| &m.card).chain(loads.iter().map(|load| &load.missile));
        found.extend(ids.filter_map(|id| library.find(id).ok()));
    }
    found
}

/// A text of TOML.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            letter if letter.is_control() => out.push('?'),
            letter => out.push(letter),
        }
    }
    out + "\""
}
