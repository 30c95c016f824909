//! Variants: named changes laid over the tree of a file before it is read.
//!
//! A change names its field by a path, `unit.Murted.masts.96L6E`: keys of tables, names of items, or
//! the number of an item that has no name, counted from 0; quotation marks keep a dot inside a part.
//! The last parts may be new, since most fields may be left out; the item must exist. What a change
//! writes is read and checked like the rest, at its place in the variant.

use std::ops::Range;

use super::draft::Setting;
use super::problem::{Collector, Spot, hint_of_names, shortened};
use super::read::joined;
use super::tree::{Entry, Node, Value};

/// A new value, and the place of the path that says where it goes.
struct Change<'a> {
    spot: Spot,
    node: &'a Node,
}

/// No field lies deeper; a longer path would only build a deep tree.
const LONGEST_PATH: usize = 16;

/// Variants of one file: more than a person names.
const MOST_VARIANTS: usize = 500;

/// Lays the variant of this name over the tree, or several, `a+b`, one after the other. An unknown name is
/// a problem without a place; a change that hits nothing is left to [`check`].
pub(super) fn apply(root: &mut Node, name: &str, problems: &mut Collector) {
    let is_known = names(root).contains(&name);
    match name.split_once('+').filter(|_| !is_known) {
        None => apply_one(root, name, problems),
        Some(_) => name.split('+').for_each(|one| apply_one(root, one, problems)),
    }
}

fn apply_one(root: &mut Node, name: &str, problems: &mut Collector) {
    let Some(variant) = root.get("variants").and_then(|variants| variants.get(name)) else {
        // The file has no place for the list of variants: its first item would be blamed instead.
        let reason = format!("the variant `{}` is not known", shortened(name));
        let hint = hint_of_names(name, names(root).into_iter());
        problems.note_everywhere("variants", reason, hint);
        return;
    };
    let Some(set) = variant.get("set").cloned() else { return };
    // Broken paths are noted once, by the check of all variants.
    let mut noted_elsewhere = Collector::default();
    for_each_change(&set, "", &mut noted_elsewhere, &mut |parts, change, _| {
        if let Some(target) = walk(root, parts, &change.spot.span) {
            *target = change.node.clone();
        }
    });
}

/// Lays a single setting over the tree. What is wrong with it has no place in the file.
pub(super) fn set(root: &mut Node, setting: &Setting, problems: &mut Collector) {
    let path = shortened(&setting.path);
    let hint = "a setting is a path and a value, such as flight.raid.count=8";
    let everywhere = |problems: &mut Collector, reason: String| {
        problems.note_everywhere(&setting.path, reason, Some(hint.to_string()));
    };
    let value = value_of(&setting.value);
    let (Some(parts), Some(value)) = (split(&setting.path), value) else {
        everywhere(problems, format!("`{path} = {}` cannot be read", shortened(&setting.value)));
        return;
    };
    if parts.len() > LONGEST_PATH || parts.iter().any(String::is_empty) {
        everywhere(problems, format!("`{path}` is no path of a field"));
        return;
    }
    let at_top = MAY_BE_NEW.iter().chain(&LISTS).any(|known| *known == parts[0]);
    match walk(root, &parts, &(0..0)).filter(|_| at_top) {
        Some(target) => *target = value,
        None => everywhere(problems, format!("`{path}` hits nothing in the scenario")),
    }
}

/// A value of TOML; what is no value of TOML is taken for a text, so that words need no quotation marks.
fn value_of(text: &str) -> Option<Node> {
    let read = |text: &str| {
        let root = Node::parse(&format!("value = {text}"), &mut Collector::default())?;
        root.get("value").cloned()
    };
    read(text).or_else(|| read(&format!("{text:?}"))).map(|node| Node { span: 0..0, ..node })
}

/// Notes every change of every variant whose path hits nothing, whichever variant is run.
pub(super) fn check(root: &Node, problems: &mut Collector) {
    let names = names(root);
    if names.len() > MOST_VARIANTS {
        let reason = format!("{} variants are more than {MOST_VARIANTS}", names.len());
        problems.note_everywhere("variants", reason, None);
        return;
    }
    for name in names {
        let set = root.get("variants").and_then(|variants| variants.get(name)?.get("set"));
        let Some(set) = set else { continue };
        let path = joined(&joined("variants", name), "set");
        for_each_change(set, &path, problems, &mut |parts, change, problems| {
            dry_walk(root, parts, &change.spot, problems);
        });
    }
}

/// Names of the variants of a file, in its order.
pub(super) fn names(root: &Node) -> Vec<&str> {
    match root.get("variants").map(|node| &node.value) {
        Some(Value::Table(entries)) => entries.iter().map(|entry| entry.key.as_str()).collect(),
        _ => Vec::new(),
    }
}

/// Calls `take` for every value of a table of changes. A table within is more path, so that
/// `network.north = { salvo = 1 }` and dotted keys without quotation marks work as well.
fn for_each_change(
    set: &Node,
    path: &str,
    problems: &mut Collector,
    take: &mut dyn FnMut(&[String], Change<'_>, &mut Collector),
) {
    let mut pending: Vec<(Vec<String>, String, &Node)> = vec![(Vec::new(), path.to_string(), set)];
    while let Some((parts, path, node)) = pending.pop() {
        let Value::Table(entries) = &node.value else { continue };
        for entry in entries {
            let path = joined(&path, &entry.key);
            let spot = Spot::new(entry.key_span.clone(), path.clone());
            let Some(more) = split(&entry.key) else {
                problems.note(&spot, "a quotation mark is not closed in this path");
                continue;
            };
            let parts = [parts.as_slice(), &more].concat();
            if parts.len() > LONGEST_PATH {
                problems.note(&spot, "the path has more parts than any field");
                continue;
            }
            if matches!(entry.node.value, Value::Table(_)) {
                pending.push((parts, path, &entry.node));
            } else {
                take(&parts, Change { spot, node: &entry.node }, problems);
            }
        }
    }
}

/// Parts of a path; `None` for an open quotation mark.
fn split(path: &str) -> Option<Vec<String>> {
    let mut parts = vec![String::new()];
    let mut quote = None;
    for letter in path.chars() {
        match quote {
            Some(mark) if letter == mark => quote = None,
            None if letter == '"' || letter == '\'' => quote = Some(letter),
            None if letter == '.' => parts.push(String::new()),
            _ => parts.last_mut()?.push(letter),
        }
    }
    quote.is_none().then_some(parts)
}

/// The node that a path names, made where only its last parts are new; `None` where it hits nothing.
fn walk<'n>(root: &'n mut Node, parts: &[String], span: &Range<usize>) -> Option<&'n mut Node> {
    let mut node = root;
    for (depth, part) in parts.iter().enumerate() {
        if matches!(node.value, Value::List(_)) {
            let index = item_of(node, part)?;
            let Value::List(items) = &mut node.value else { return None };
            node = items.get_mut(index)?;
            continue;
        }
        // A value that is no table gives way to what the variant writes.
        if !matches!(node.value, Value::Table(_)) {
            node.value = Value::Table(Vec::new());
        }
        let Value::Table(entries) = &mut node.value else { return None };
        let index = match entries.iter().position(|entry| entry.key == *part) {
            Some(index) => index,
            None if depth == 0 && LISTS.contains(&part.as_str()) => return None,
            None => {
                entries.push(new_entry(part, span));
                entries.len() - 1
            }
        };
        node = &mut entries[index].node;
    }
    Some(node)
}

/// Follows a path as far as it exists and notes a problem where it cannot go on. A field that is
/// not there yet is no problem: most may be left out, and the reader knows those that do not exist.
fn dry_walk(root: &Node, parts: &[String], spot: &Spot, problems: &mut Collector) {
    let mut node = root;
    for (depth, part) in parts.iter().enumerate() {
        let next = match &node.value {
            Value::List(items) => item_of(node, part).and_then(|index| items.get(index)),
            _ => node.get(part),
        };
        match next {
            Some(next) => node = next,
            None if matches!(node.value, Value::List(_)) => {
                let known = match &node.value {
                    Value::List(items) => items.iter().filter_map(|i| i.text_of("name")).collect(),
                    _ => Vec::new(),
                };
                let list = shortened(&parts[..depth].join("."));
                let what = format!("the path hits nothing: in {list},");
                problems.unknown(spot, &what, part, known.into_iter());
                return;
            }
            None if depth == 0 && !MAY_BE_NEW.contains(&part.as_str()) => {
                let known = MAY_BE_NEW.iter().chain(&LISTS).copied();
                problems.unknown(spot, "the path hits nothing: at the top,", part, known);
                return;
            }
            None => return,
        }
    }
}

/// Lists of named items at the top of a file, and everything else there.
pub(super) const LISTS: [&str; 7] =
    ["network", "unit", "flight", "asset", "airspace", "plan", "parked"];
pub(super) const MAY_BE_NEW: [&str; 8] =
    ["title", "question", "start", "duration_min", "sample_s", "terrain", "environment", "figures"];

/// Index of the item that a part of a path names, or numbers from 0.
fn item_of(list: &Node, part: &str) -> Option<usize> {
    let Value::List(items) = &list.value else { return None };
    let by_name = items.iter().position(|item| item.text_of("name") == Some(part));
    by_name.or_else(|| part.parse().ok().filter(|index| *index < items.len()))
}

fn new_entry(key: &str, span: &Range<usize>) -> Entry {
    let node = Node { span: span.clone(), value: Value::Table(Vec::new()) };
    Entry { key: key.to_string(), key_span: span.clone(), node }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "
title = 'x'
[[unit]]
name = 'Murted'
[[flight]]
name = 'raid'
route = [{ at = [1, 2] }, { at = [3, 4] }]
[variants.high]
about = 'a'
set = { \"unit.Murted.masts.'96L6E'\" = 24.0, flight.raid.count = 8, \"flight.raid.route.1.agl_m\" = 50 }
[variants.lost]
about = 'b'
set = { \"unit.Mürted.masts.96L6E\" = 24.0, \"network.a.salvo\" = 1, 'titel' = 'y', '\"open' = 1 }
";

    fn tree() -> Node {
        Node::parse(TEXT, &mut Collector::default()).expect("the text is TOML")
    }

    fn at<'n>(root: &'n Node, list: &str, index: usize) -> &'n Node {
        let Some(Value::List(items)) = root.get(list).map(|node| &node.value) else {
            panic!("{list} is a list");
        };
        &items[index]
    }

    #[test]
    fn a_variant_changes_items_by_name_and_makes_what_was_left_out() {
        let (mut root, mut problems) = (tree(), Collector::default());
        apply(&mut root, "high", &mut problems);
        assert!(problems.is_empty());
        let mast = at(&root, "unit", 0).get("masts").unwrap().get("96L6E").unwrap();
        assert_eq!(mast.value, Value::Number(24.0));
        assert_eq!(&TEXT[mast.span.clone()], "24.0");
        let raid = at(&root, "flight", 0);
        assert_eq!(raid.get("count").unwrap().value, Value::Whole(8));
        assert_eq!(at(raid, "route", 1).get("agl_m").unwrap().value, Value::Whole(50));
    }

    #[test]
    fn paths_that_hit_nothing_are_noted_in_every_variant() {
        let (root, mut problems) = (tree(), Collector::default());
        check(&root, &mut problems);
        let found = problems.finish("x.toml", TEXT);
        assert_eq!(found.list.len(), 4, "{found}");
        assert!(found.list[0].reason.contains("in unit, `Mürted`"), "{found}");
        assert_eq!(found.list[0].hint.as_deref(), Some("did you mean `Murted`?"));
        assert_eq!(found.list[2].hint.as_deref(), Some("did you mean `title`?"));
    }

    #[test]
    fn variants_are_laid_one_over_the_other() {
        let text = "a = 1\nb = 1\n[variants.x]\nset = { a = 2 }\n[variants.y]\nset = { b = 3 }\n";
        let mut problems = Collector::default();
        let mut root = Node::parse(text, &mut problems).expect("the text is TOML");
        apply(&mut root, "x+y", &mut problems);
        assert!(problems.is_empty());
        assert_eq!(root.get("a").unwrap().value, Value::Whole(2));
        assert_eq!(root.get("b").unwrap().value, Value::Whole(3));
        apply(&mut root, "x+z", &mut problems);
        assert_eq!(problems.finish("x.toml", text).list.len(), 1);
    }

    #[test]
    fn a_setting_lies_over_the_variant() {
        let (mut root, mut problems) = (tree(), Collector::default());
        let setting = |path: &str, value: &str| Setting { path: path.into(), value: value.into() };
        apply(&mut root, "high", &mut problems);
        set(&mut root, &setting("flight.raid.count", "12"), &mut problems);
        set(&mut root, &setting("flight.raid.side", "hostile"), &mut problems);
        assert!(problems.is_empty());
        let raid = at(&root, "flight", 0);
        assert_eq!(raid.get("count").unwrap().value, Value::Whole(12));
        assert_eq!(raid.text_of("side"), Some("hostile"));
        set(&mut root, &setting("flight.rade.count", "1"), &mut problems);
        set(&mut root, &setting("fligth.raid.count", "1"), &mut problems);
        set(&mut root, &setting("flight..count", "1"), &mut problems);
        assert_eq!(problems.finish("x.toml", TEXT).list.len(), 3);
    }

    #[test]
    fn an_unknown_variant_lists_those_that_exist() {
        let (mut root, mut problems) = (tree(), Collector::default());
        apply(&mut root, "none", &mut problems);
        let found = problems.finish("x.toml", TEXT);
        assert_eq!(found.list[0].hint.as_deref(), Some("known here: high, lost"));
    }
}
