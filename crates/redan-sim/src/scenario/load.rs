//! From a file to a [`Draft`]: the only place in this crate that touches the file system.

use std::io::Read;
use std::path::Path;

use redan_geo::{Earth, Geodetic, Span};

use crate::card::{CardKind, Library};

use super::draft::{Changes, Draft, Wish};
use super::file::File;
use super::identity::{self, Known};
use super::limits::{in_range, number};
use super::networks::{self, Rules};
use super::problem::{Collector, Problems, Spot};
use super::read::FromNode;
use super::resolved::{Network, Scenario};
use super::shelf::Shelf;
use super::tree::{Node, Value};
use super::units::Force;
use super::{assets, environment, flights, overlay, places, units};

/// Longest file that is read, bytes. A scenario is written by a person.
pub const LONGEST_FILE: u64 = 4 * 1024 * 1024;

const MINUTES_PER_DAY: f64 = 1_440.0;

impl Draft {
    /// Reads and checks a file, with a variant laid over it.
    ///
    /// # Errors
    /// Everything that is wrong with it, at once. A file that is missing, too long, empty or no
    /// text at all gives a single problem; a file above [`LONGEST_FILE`] is not read.
    pub fn read(path: &Path, variant: Option<&str>, library: &Library) -> Result<Draft, Problems> {
        let name = path.display().to_string();
        let text = text_of(path, &name)?;
        Draft::parse(&name, &text, variant, library)
    }

    /// Checks the text of a file, with a variant laid over it. `name` is for messages; a relative
    /// path of the relief is seen from its folder.
    ///
    /// # Errors
    /// Everything that is wrong with it, at once.
    pub fn parse(
        name: &str,
        text: &str,
        variant: Option<&str>,
        library: &Library,
    ) -> Result<Draft, Problems> {
        Draft::parse_as(name, text, &Changes { variant, ..Changes::default() }, library)
    }

    /// Checks the text of a file with all that is to be read otherwise: a variant, settings laid over it, and
    /// figures that a study has drawn. Costs a millisecond for a scenario of a page.
    ///
    /// # Errors
    /// Everything that is wrong with it, at once.
    pub fn parse_as(
        name: &str,
        text: &str,
        changes: &Changes<'_>,
        library: &Library,
    ) -> Result<Draft, Problems> {
        let mut problems = Collector::default();
        let draft = parsed(name, text, changes, library, &mut problems);
        match draft {
            Some(draft) if problems.is_empty() => Ok(draft),
            _ => Err(problems.finish(name, text)),
        }
    }

    /// The draft as it is, where the relief that its file names is on the disk. It is no part of the
    /// reading, because a caller may bring other relief and a recording outlives the disk.
    ///
    /// # Errors
    /// A problem at `terrain` where it is neither "auto" nor "smooth" nor a path that exists.
    pub fn with_terrain_on_disk(self) -> Result<Draft, Problems> {
        let Wish::Path(path) = &self.terrain else { return Ok(self) };
        // Where there is no file system to ask, as in a browser, nothing is known to be missing.
        if !matches!(path.try_exists(), Ok(false)) {
            return Ok(self);
        }
        let mut problems = Collector::default();
        let reason = format!("no relief is at {}", path.display());
        let hint = "write \"auto\", \"smooth\", or a raster file or a folder of tiles, seen from the \
                    folder of this file";
        problems.note_hint(&self.terrain_spot, reason, hint);
        Err(problems.finish(&self.file, &self.text))
    }
}

fn text_of(path: &Path, name: &str) -> Result<String, Problems> {
    let unreadable = |error: std::io::Error| {
        let hint = "check the path and that you may read the file";
        Problems::whole_file(name, format!("the file cannot be read: {error}"), hint)
    };
    let too_long = || {
        let reason = format!("the file is longer than {} MB", LONGEST_FILE / 1024 / 1024);
        Problems::whole_file(
            name,
            reason,
            "a scenario is text that a person wrote; is it this file?",
        )
    };
    let meta = std::fs::metadata(path).map_err(unreadable)?;
    if meta.is_dir() {
        let hint = "name a scenario file in it";
        return Err(Problems::whole_file(name, "this is a folder".to_string(), hint));
    }
    if meta.len() > LONGEST_FILE {
        return Err(too_long());
    }
    // The length is asked for again while reading, since a pipe does not know its own.
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(unreadable)?;
    file.take(LONGEST_FILE + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > LONGEST_FILE {
        return Err(too_long());
    }
    if bytes.contains(&0) {
        let hint = "a scenario is a text file in TOML";
        return Err(Problems::whole_file(name, "this is a binary file".to_string(), hint));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
        let reason = format!("byte {at}, in line {line}, is not UTF-8");
        Problems::whole_file(name, reason, "save the file with the encoding UTF-8")
    })
}

fn parsed(
    name: &str,
    text: &str,
    changes: &Changes<'_>,
    library: &Library,
    problems: &mut Collector,
) -> Option<Draft> {
    if text.trim().is_empty() {
        let hint = "`redan new FILE.toml` writes one to start from";
        problems.note_hint(&Spot::default(), "the file is empty", hint);
        return None;
    }
    let mut tree = Node::parse(text, problems)?;
    overlay::check(&tree, problems);
    if let Some(variant) = changes.variant {
        overlay::apply(&mut tree, variant, problems);
    }
    for setting in changes.settings {
        overlay::set(&mut tree, setting, problems);
    }
    let file = File::from_node(&tree, "", problems)?;
    let shelf = Shelf::new(library, file.figures.as_ref(), changes.taken, problems);
    let flat = scenario(&file, &tree, changes.variant, &shelf, problems);
    let variants = file.variants.iter().flat_map(|variants| &variants.entries);
    let variants = variants.map(|(name, v)| (name.value.clone(), v.about.value.clone()));
    Some(Draft {
        file: name.to_string(),
        text: text.to_string(),
        terrain: wish(&file, name),
        terrain_spot: file.terrain.as_ref().map(|at| at.spot.clone()).unwrap_or_default(),
        variants: variants.collect(),
        in_use: shelf.in_use(),
        flat: flat?,
    })
}

/// The scenario on an Earth without relief; `None` once problems have been noted that leave none.
fn scenario(
    file: &File,
    tree: &Node,
    variant: Option<&str>,
    shelf: &Shelf<'_>,
    problems: &mut Collector,
) -> Option<Scenario> {
    let duration_s = duration_s(file, problems);
    let sample_s = number(file.sample_s.as_ref(), 5.0, 0.1..=3_600.0, "s", problems);
    let effective = environment::effective(file.environment.as_ref(), problems);
    let environment = environment::resolve(file.environment.as_ref(), problems);
    let all_near = places::check(file, problems);
    let order = identity::order(file, problems);
    let network_names = tree.names_under("network");
    let known = Known::new(&network_names, &order);
    let rules = networks::resolve(file.network.as_ref(), &known, shelf, problems);
    let force = units::resolve(file.unit.as_ref(), &network_names, shelf, problems);
    let assets = assets::resolve(file.asset.as_ref(), problems);
    let names = tree.names_under("asset");
    let placed = file.asset.iter().flat_map(|list| &list.items);
    let placed = placed.filter(|asset| asset.at.get().is_some()).count();
    // Where an asset lacks its place, or one is a slip of the pen, no route can be blamed for missing it.
    let known = if placed == names.len() && all_near { assets.as_slice() } else { &[] };
    let aircraft =
        flights::resolve(file.flight.as_ref(), &names, known, duration_s, shelf, problems);
    not_empty(tree, problems);
    manned(file, &rules, &force, shelf, problems);
    // With problems the indices of networks and assets may not fit what could be read.
    if !problems.is_empty() {
        return None;
    }
    Some(Scenario {
        title: file.title.get()?.value.clone(),
        question: file.question.get()?.value.clone(),
        variant: variant.unwrap_or_default().to_string(),
        start_utc: file.start.get()?.value.0.clone(),
        duration: Span::from_secs(duration_s),
        sample: Span::from_secs(sample_s),
        earth: Earth::smooth(effective),
        environment,
        networks: rules.into_iter().zip(force.posts).filter_map(network).collect(),
        units: force.units,
        radars: force.radars,
        launchers: force.launchers,
        interceptors: force.magazine.interceptors,
        aircraft,
        assets,
        order,
    })
}

/// Length of the battle; infinite where it has a mistake, so that nothing else is blamed for it.
fn duration_s(file: &File, problems: &mut Collector) -> f64 {
    let Some(duration_min) = file.duration_min.get() else { return f64::INFINITY };
    let fits = match duration_min.value <= 0.0 {
        true => {
            problems.note(&duration_min.spot, "a battle must take longer than 0 minutes");
            false
        }
        false => in_range(duration_min, 0.0..=MINUTES_PER_DAY, "min", problems),
    };
    if fits { duration_min.value * 60.0 } else { f64::INFINITY }
}

/// The post that a network names itself comes before that of a battalion.
fn network((rules, post): (Rules, Option<crate::card::CommandPost>)) -> Option<Network> {
    Some(Network {
        name: rules.name,
        origin: Geodetic::default(),
        tracker: rules.tracker,
        doctrine: rules.doctrine,
        firing: rules.firing,
        reads: rules.reads,
        weapons: rules.weapons,
        engage_approaching: rules.engage_approaching,
        silent_interrogations: rules.silent_interrogations,
        silence_means: rules.silence_means,
        post: rules.post.or(post)?,
        identification: rules.identification,
        consent: rules.consent,
        transfers: rules.transfers,
    })
}

/// Notes what a battle cannot do without: networks, units, and somebody to come.
fn not_empty(tree: &Node, problems: &mut Collector) {
    let lists = [("network", "networks"), ("unit", "units"), ("flight", "flights")];
    for (key, plural) in lists {
        let written = match tree.get(key).map(|node| &node.value) {
            Some(Value::List(items)) => items.len(),
            Some(_) => continue,
            None => 0,
        };
        if written == 0 {
            let spot = Spot::new(0..0, key);
            let hint = format!("write a table [[{key}]]; `redan new FILE.toml` shows how");
            problems.note_hint(&spot, format!("the scenario has no {plural}"), hint);
        }
    }
}

/// Notes networks without a radar or a command post.
fn manned(
    file: &File,
    rules: &[Rules],
    force: &Force,
    shelf: &Shelf<'_>,
    problems: &mut Collector,
) {
    // Units with mistakes may be the ones that a network lacks; their problems come first.
    if !problems.is_empty() {
        return;
    }
    let networks = file.network.iter().flat_map(|list| &list.items);
    for (index, (network, rules)) in networks.zip(rules).enumerate() {
        let spot = &network.name.spot;
        let name = &network.name.value;
        if !force.radars.iter().any(|radar| radar.network == index) {
            let hint = format!("write a [[unit]] with network = \"{name}\"");
            problems.note_hint(spot, format!("no unit with a radar belongs to `{name}`"), hint);
        } else if rules.post.is_none() && force.posts.get(index).is_none_or(Option::is_none) {
            let reason = format!("no command post belongs to `{name}`");
            let card = shelf.first(CardKind::CommandPost).map_or("…", |card| card.id.as_str());
            let hint = format!(
                "write post = \"{card}\" in its [[network]], or give it a battalion with its post"
            );
            problems.note_hint(spot, reason, hint);
        }
    }
}

fn wish(file: &File, name: &str) -> Wish {
    match file.terrain.as_ref().map_or("auto", |at| at.value.as_str()) {
        "auto" => Wish::Auto,
        "smooth" => Wish::Smooth,
        path => Wish::Path(Path::new(name).parent().unwrap_or(Path::new("")).join(path)),
    }
}
