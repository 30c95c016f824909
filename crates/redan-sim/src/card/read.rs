//! Reads one card file, or the list of sources, and notes everything that is wrong with it.

use std::collections::BTreeMap;

use super::claim::{
    Card, Claim, ClaimKind, Compatible, Detail, Distribution, Grade, LoadEntry, MemberEntry,
    MemberRole, Parameter, RadarRole, Source, SpreadMeaning, TargetClass,
};
use super::problem::CardProblem;
use super::toml_walk::{Fields, Notes};
use super::unit::{Quantity, Unit};

/// What one file gave.
#[derive(Debug)]
pub(super) struct ReadFile<T> {
    pub(super) content: T,
    /// Line of every field, by its path.
    pub(super) lines: BTreeMap<String, usize>,
    pub(super) problems: Vec<CardProblem>,
}

const CARD_FIELDS: &[&str] = &[
    "id",
    "name",
    "aliases",
    "kind",
    "about",
    "role",
    "class",
    "civil",
    "compatible",
    "members",
    "loads",
    "parameters",
];

/// Reads a card; `None` where its identifier or its kind cannot be told.
pub(super) fn read_card(file: &str, text: &str) -> ReadFile<Option<Card>> {
    let mut notes = Notes::new(file, text);
    let document = notes.parse();
    let card = document.and_then(|document| {
        let fields = Fields::new(document.get_ref(), String::new(), 0..0);
        fields.refuse_others(&mut notes, CARD_FIELDS);
        card(&fields, &mut notes, file)
    });
    let (lines, problems) = notes.into_lines();
    ReadFile { content: card, lines, problems }
}

/// Reads the list of sources.
pub(super) fn read_sources(file: &str, text: &str) -> ReadFile<Vec<Source>> {
    let mut notes = Notes::new(file, text);
    let mut sources = Vec::new();
    if let Some(document) = notes.parse() {
        let fields = Fields::new(document.get_ref(), String::new(), 0..0);
        fields.refuse_others(&mut notes, &["source"]);
        for entry in fields.tables(&mut notes, "source") {
            sources.push(source(&entry, &mut notes));
        }
    }
    let (lines, problems) = notes.into_lines();
    ReadFile { content: sources, lines, problems }
}

fn card(fields: &Fields<'_, '_>, notes: &mut Notes<'_>, file: &str) -> Option<Card> {
    let id = fields.text(notes, "id", "write for example id = \"s-400/91n6e\"");
    let name = fields.text(notes, "name", "write the name that people use");
    let about = fields.text(notes, "about", "say in a few sentences what the card describes");
    let aliases = fields.texts(notes, "aliases");
    let detail = detail(fields, notes);
    let parameters = match fields.table(notes, "parameters") {
        Some(table) => table
            .named_tables(notes)
            .into_iter()
            .filter_map(|(name, fields)| parameter(name, &fields, notes))
            .collect(),
        None => {
            fields.note(notes, "parameters", "there are none", "add [parameters.NAME] tables");
            Vec::new()
        }
    };
    let detail = detail.filter(|_| !id.is_empty())?;
    Some(Card { id, name, aliases, about, detail, parameters, file: file.to_string() })
}

fn detail(fields: &Fields<'_, '_>, notes: &mut Notes<'_>) -> Option<Detail> {
    match choice(fields, notes, "kind", &KINDS)? {
        "radar" => choice(fields, notes, "role", &RADAR_ROLES).map(|role| Detail::Radar { role }),
        "command-post" => Some(Detail::CommandPost),
        "launcher" => Some(Detail::Launcher { compatible: compatible(fields, notes) }),
        "missile" => Some(Detail::Missile),
        "battalion" => {
            Some(Detail::Battalion { members: members(fields, notes), loads: loads(fields, notes) })
        }
        "air" => {
            let class = choice(fields, notes, "class", &CLASSES);
            let civil = fields.optional_bool(notes, "civil");
            if civil.is_none() && !fields.has("civil") {
                fields.note(notes, "civil", "it is missing", "write civil = true or false");
            }
            Some(Detail::Air { class: class?, civil: civil? })
        }
        "identification" => Some(Detail::Identification),
        _ => Some(Detail::Interrogator),
    }
}

const KINDS: [(&str, &str); 8] = [
    ("radar", "radar"),
    ("command-post", "command-post"),
    ("launcher", "launcher"),
    ("missile", "missile"),
    ("battalion", "battalion"),
    ("air", "air"),
    ("interrogator", "interrogator"),
    ("identification", "identification"),
];
const RADAR_ROLES: [(&str, RadarRole); 3] = [
    ("search", RadarRole::Search),
    ("engagement", RadarRole::Engagement),
    ("passive", RadarRole::Passive),
];
const CLASSES: [(&str, TargetClass); 4] = [
    ("aircraft", TargetClass::Aircraft),
    ("cruise-missile", TargetClass::CruiseMissile),
    ("drone", TargetClass::Drone),
    ("ballistic", TargetClass::Ballistic),
];
const MEMBER_ROLES: [(&str, MemberRole); 4] = [
    ("command-post", MemberRole::CommandPost),
    ("search-radar", MemberRole::SearchRadar),
    ("engagement-radar", MemberRole::EngagementRadar),
    ("launcher", MemberRole::Launcher),
];
const CLAIM_KINDS: [(&str, ClaimKind); 4] = [
    ("published", ClaimKind::Published),
    ("reported", ClaimKind::Reported),
    ("computed", ClaimKind::Computed),
    ("estimate", ClaimKind::Estimate),
];
const GRADES: [(&str, Grade); 5] =
    [("A", Grade::A), ("B", Grade::B), ("C", Grade::C), ("D", Grade::D), ("E", Grade::E)];
const SPREADS: [(&str, SpreadMeaning); 2] =
    [("claims", SpreadMeaning::Claims), ("span", SpreadMeaning::Span)];
const DISTRIBUTIONS: [(&str, Distribution); 3] = [
    ("triangular", Distribution::Triangular),
    ("uniform", Distribution::Uniform),
    ("fixed", Distribution::Fixed),
];

/// One of a closed set of words, which must be there.
fn choice<T: Copy>(
    fields: &Fields<'_, '_>,
    notes: &mut Notes<'_>,
    key: &str,
    options: &[(&str, T)],
) -> Option<T> {
    let names: Vec<&str> = options.iter().map(|option| option.0).collect();
    let hint = format!("write one of {}", names.join(", "));
    let word = fields.text(notes, key, &hint);
    let found = options.iter().find(|option| option.0 == word).map(|option| option.1);
    if found.is_none() && !word.is_empty() {
        fields.note(notes, key, &format!("`{word}` is not known"), &hint);
    }
    found
}

fn optional_choice<T: Copy>(
    fields: &Fields<'_, '_>,
    notes: &mut Notes<'_>,
    key: &str,
    options: &[(&str, T)],
) -> Option<T> {
    if fields.has(key) { choice(fields, notes, key, options) } else { None }
}

fn compatible(fields: &Fields<'_, '_>, notes: &mut Notes<'_>) -> Vec<Compatible> {
    let entries = fields.tables(notes, "compatible");
    if entries.is_empty() {
        fields.note(notes, "compatible", "no missile fits", "add a [[compatible]] table");
    }
    let mut list = Vec::new();
    for entry in entries {
        entry.refuse_others(notes, &["missile", "rounds"]);
        list.push(Compatible {
            missile: entry.text(notes, "missile", "name the card of a missile"),
            rounds_parameter: entry.text(notes, "rounds", "name the parameter that holds it"),
        });
    }
    list
}

fn members(fields: &Fields<'_, '_>, notes: &mut Notes<'_>) -> Vec<MemberEntry> {
    let mut list = Vec::new();
    for entry in fields.tables(notes, "members") {
        entry.refuse_others(notes, &["card", "role", "count", "distance"]);
        let card = entry.text(notes, "card", "name the card of the member");
        let count_parameter = entry.text(notes, "count", "name the parameter that holds it");
        let distance_parameter = entry.text(notes, "distance", "name the parameter that holds it");
        if let Some(role) = choice(&entry, notes, "role", &MEMBER_ROLES) {
            list.push(MemberEntry { card, role, count_parameter, distance_parameter });
        }
    }
    list
}

fn loads(fields: &Fields<'_, '_>, notes: &mut Notes<'_>) -> Vec<LoadEntry> {
    let mut list = Vec::new();
    for entry in fields.tables(notes, "loads") {
        entry.refuse_others(notes, &["missile", "launchers"]);
        let missile = entry.text(notes, "missile", "name the card of a missile");
        let launchers_parameter = entry.optional_text(notes, "launchers");
        list.push(LoadEntry { missile, launchers_parameter });
    }
    list
}

fn parameter(name: String, fields: &Fields<'_, '_>, notes: &mut Notes<'_>) -> Option<Parameter> {
    for bare in ["value", "low", "nominal", "high", "text"] {
        if fields.has(bare) {
            let hint = format!("write it into [[{}.claims]], with its source", fields.path);
            fields.note(notes, bare, "a value without a claim", &hint);
        }
    }
    const FIELDS: &[&str] = &[
        "unit",
        "about",
        "chosen",
        "spread",
        "distribution",
        "claims",
        "value",
        "low",
        "nominal",
        "high",
        "text",
    ];
    fields.refuse_others(notes, FIELDS);
    let unit = unit(fields, notes);
    let about = fields.optional_text(notes, "about").unwrap_or_default();
    let spread = optional_choice(fields, notes, "spread", &SPREADS);
    let distribution = optional_choice(fields, notes, "distribution", &DISTRIBUTIONS);
    let entries = fields.tables(notes, "claims");
    if entries.is_empty() {
        fields.note(notes, "claims", "there are none", "add a [[...claims]] table with a source");
    }
    let claims: Vec<Claim> =
        entries.iter().filter_map(|entry| claim(entry, notes, unit?)).collect();
    let chosen = chosen(fields, notes, &entries, &claims)?;
    let spread = spread.unwrap_or(SpreadMeaning::Claims);
    Some(Parameter { name, unit: unit?, about, spread, distribution, claims, chosen })
}

fn unit(fields: &Fields<'_, '_>, notes: &mut Notes<'_>) -> Option<&'static Unit> {
    let symbols: Vec<&str> = Unit::all().iter().map(|unit| unit.symbol).collect();
    let hint = format!("write one of {}", symbols.join(", "));
    let symbol = fields.text(notes, "unit", &hint);
    let unit = Unit::parse(&symbol);
    if unit.is_none() && !symbol.is_empty() {
        fields.note(notes, "unit", &format!("the unit `{symbol}` is not known"), &hint);
    }
    unit
}

/// Position of the chosen claim; a label that no claim has is noted.
fn chosen(
    fields: &Fields<'_, '_>,
    notes: &mut Notes<'_>,
    entries: &[Fields<'_, '_>],
    claims: &[Claim],
) -> Option<usize> {
    let label = fields.text(notes, "chosen", "name the label of the claim that redan should use");
    let position = claims.iter().position(|claim| claim.label == label);
    // Where a claim could not be read, its own problem is noted and the label may well be its.
    if position.is_none() && !label.is_empty() && claims.len() == entries.len() {
        let labels: Vec<&str> = claims.iter().map(|claim| claim.label.as_str()).collect();
        let hint = format!("the labels are {}", labels.join(", "));
        fields.note(notes, "chosen", &format!("no claim has the label `{label}`"), &hint);
    }
    position
}

const CLAIM_FIELDS: &[&str] = &[
    "label",
    "value",
    "low",
    "nominal",
    "high",
    "text",
    "source",
    "says",
    "kind",
    "grade",
    "conditions",
];

fn claim(fields: &Fields<'_, '_>, notes: &mut Notes<'_>, unit: &Unit) -> Option<Claim> {
    fields.refuse_others(notes, CLAIM_FIELDS);
    let label = fields.text(notes, "label", "give the claim a short name");
    let source = fields.text(notes, "source", "a claim needs the id of a source");
    let says = fields.text(notes, "says", "say in a few words what the source says");
    let kind = choice(fields, notes, "kind", &CLAIM_KINDS);
    let grade = choice(fields, notes, "grade", &GRADES);
    let conditions = fields.conditions(notes, "conditions");
    let low = fields.optional_number(notes, "low");
    let high = fields.optional_number(notes, "high");
    let nominal = fields.optional_number(notes, "nominal");
    let value = fields.optional_number(notes, "value");
    if nominal.is_some() && value.is_some() {
        fields.note(notes, "value", "the claim has a nominal too", "keep one of the two");
    }
    let text = fields.optional_text(notes, "text");
    let nominal = nominal.or(value);
    let claim = Claim {
        label,
        low,
        nominal,
        high,
        text,
        source,
        says,
        kind: kind?,
        grade: grade?,
        conditions,
    };
    refuse_wrong_values(fields, notes, &claim, unit);
    Some(claim)
}

fn refuse_wrong_values(fields: &Fields<'_, '_>, notes: &mut Notes<'_>, claim: &Claim, unit: &Unit) {
    let has_number = [claim.low, claim.nominal, claim.high].iter().any(Option::is_some);
    let text = claim.text.as_deref();
    match unit.quantity {
        Quantity::Number if !has_number && fields_hold_no_number(fields) => {
            fields.note(notes, "value", "the claim has no number", "add value = ...");
        }
        Quantity::Number => {}
        Quantity::Text | Quantity::YesNo if has_number => {
            let hint = format!("the unit is {}: write text = \"...\"", unit.symbol);
            fields.note(notes, "value", "a number where text belongs", &hint);
        }
        Quantity::Text if text.is_none() => {
            fields.note(notes, "text", "it is missing", "write text = \"...\"");
        }
        Quantity::YesNo if !matches!(text, Some("yes" | "no")) => {
            fields.note(notes, "text", "it is neither yes nor no", "write text = \"yes\"");
        }
        Quantity::Text | Quantity::YesNo => {}
    }
    let ends = [("low", claim.low), ("nominal", claim.nominal), ("high", claim.high)];
    let given: Vec<(&str, f64)> =
        ends.into_iter().filter_map(|(key, value)| Some((key, value?))).collect();
    for pair in given.windows(2) {
        if pair[0].1 > pair[1].1 {
            let reason = format!("{} {} exceeds {} {}", pair[0].0, pair[0].1, pair[1].0, pair[1].1);
            fields.note(notes, pair[0].0, &reason, "order them low, nominal, high");
        }
    }
}

/// Whether no number was even attempted; a wrong type is noted where it is read.
fn fields_hold_no_number(fields: &Fields<'_, '_>) -> bool {
    ["value", "low", "nominal", "high"].iter().all(|key| !fields.has(key))
}

fn source(fields: &Fields<'_, '_>, notes: &mut Notes<'_>) -> Source {
    fields.refuse_others(notes, &["id", "title", "url", "date", "read", "kind"]);
    let read = fields.optional_bool(notes, "read");
    if !fields.has("read") {
        fields.note(notes, "read", "it is missing", "true where the page was read, else false");
    }
    Source {
        id: fields.text(notes, "id", "claims refer to a source by its id"),
        title: fields.text(notes, "title", "write the title as a bibliography would"),
        url: fields.optional_text(notes, "url"),
        date: fields.text(notes, "date", "write a year, an ISO date or \"undated\""),
        read: read.unwrap_or(false),
        kind: fields.text(notes, "kind", "for example press, forum, encyclopaedia"),
    }
}
