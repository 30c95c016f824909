//! All cards and sources: those of redan, and those that a user lays over them.

use std::collections::{BTreeMap, BTreeSet};

use super::check::{check_card, check_view};
use super::claim::{Card, Source};
use super::embedded::{CARD_FILES, SOURCES_FILE};
use super::problem::{CardError, CardProblem, nearest_names};
use super::read::{ReadFile, read_card, read_sources};

/// All cards and the sources that they refer to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Library {
    cards: Vec<Card>,
    sources: Vec<Source>,
}

impl Library {
    /// The cards and sources that are built into the binary.
    ///
    /// # Panics
    /// Only if redan was built with broken cards, which its tests refuse.
    pub fn embedded() -> Library {
        let files = CARD_FILES.iter().chain([&SOURCES_FILE]);
        let files = files.map(|(name, text)| (name.to_string(), text.to_string())).collect();
        match Library::from_files(files) {
            Ok(library) => library,
            Err(problems) => panic!("built with broken cards: {problems}"),
        }
    }

    /// A library of these files alone, each a name and its text; see [`Library::overlay`].
    pub fn from_files(files: Vec<(String, String)>) -> Result<Library, CardError> {
        let mut library = Library::default();
        library.overlay(files)?;
        Ok(library)
    }

    /// Lays files over the library, each a name and its text.
    ///
    /// A file called `sources.toml` adds sources, every other one is a card. A card or source whose
    /// identifier is taken replaces the old one. On failure the library stays as it was and all
    /// problems of all files are reported.
    pub fn overlay(&mut self, files: Vec<(String, String)>) -> Result<(), CardError> {
        let mut merged = self.clone();
        let mut problems = Vec::new();
        let mut cards = Vec::new();
        for (name, text) in &files {
            if is_source_list(name) {
                merged.add_sources(name, read_sources(name, text), &mut problems);
            } else {
                cards.push(read_card(name, text));
            }
        }
        let mut lines = BTreeMap::new();
        let mut broken = BTreeSet::new();
        for read in cards {
            let whole = read.problems.is_empty();
            problems.extend(read.problems);
            let Some(card) = read.content else { continue };
            if lines.contains_key(&card.id) {
                problems.push(duplicate(&card.file, 1, "id", &card.id));
            }
            if !whole {
                broken.insert(card.id.clone());
            }
            lines.insert(card.id.clone(), read.lines);
            merged.put_card(card);
        }
        let no_lines = BTreeMap::new();
        for card in &merged.cards {
            let lines = lines.get(&card.id).unwrap_or(&no_lines);
            problems.extend(check_card(card, lines, &merged));
            // What could not be read is reported already; that it is then lacking is no news.
            if !broken.contains(&card.id) {
                problems.extend(check_view(card, lines));
            }
        }
        if !problems.is_empty() {
            problems.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
            return Err(CardError::Problems(problems));
        }
        *self = merged;
        Ok(())
    }

    /// All cards, sorted by identifier.
    pub fn cards(&self) -> &[Card] {
        &self.cards
    }

    /// All sources, sorted by identifier.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// The source with this identifier.
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.id == id)
    }

    /// The card that answers to an identifier, its last part, a name or an alias, whatever the case.
    ///
    /// Fails with the nearest names where none answers, and with all candidates where several do;
    /// a full identifier always wins.
    pub fn find(&self, query: &str) -> Result<&Card, CardError> {
        let query = query.trim();
        if let Some(card) = self.cards.iter().find(|card| card.id.eq_ignore_ascii_case(query)) {
            return Ok(card);
        }
        let lower = query.to_lowercase();
        let candidates: Vec<&Card> = self
            .cards
            .iter()
            .filter(|card| names(card).any(|n| n.to_lowercase() == lower))
            .collect();
        match candidates.as_slice() {
            [card] => Ok(card),
            [] => Err(CardError::Unknown {
                query: query.to_string(),
                suggestions: self.suggestions(query),
            }),
            several => Err(CardError::Ambiguous {
                query: query.to_string(),
                candidates: several.iter().map(|card| card.id.clone()).collect(),
            }),
        }
    }

    /// Identifiers of the cards whose names are nearest to the query.
    fn suggestions(&self, query: &str) -> Vec<String> {
        let all = self.cards.iter().flat_map(|card| names(card).chain([card.id.as_str()]));
        let mut ids: Vec<String> = Vec::new();
        for name in nearest_names(query, all) {
            let card =
                self.cards.iter().find(|card| card.id == name || names(card).any(|n| n == name));
            if let Some(card) = card.filter(|card| !ids.contains(&card.id)) {
                ids.push(card.id.clone());
            }
        }
        ids
    }

    fn put_card(&mut self, card: Card) {
        match self.cards.binary_search_by(|other| other.id.cmp(&card.id)) {
            Ok(index) => self.cards[index] = card,
            Err(index) => self.cards.insert(index, card),
        }
    }

    fn add_sources(
        &mut self,
        file: &str,
        read: ReadFile<Vec<Source>>,
        problems: &mut Vec<CardProblem>,
    ) {
        problems.extend(read.problems);
        let mut seen = BTreeSet::new();
        for (index, source) in read.content.into_iter().enumerate() {
            if !source.id.is_empty() && !seen.insert(source.id.clone()) {
                let line = read.lines.get(&format!("source[{index}].id")).copied().unwrap_or(1);
                problems.push(duplicate(file, line, &format!("source[{index}].id"), &source.id));
            }
            match self.sources.binary_search_by(|other| other.id.cmp(&source.id)) {
                Ok(index) => self.sources[index] = source,
                Err(index) => self.sources.insert(index, source),
            }
        }
    }
}

fn names(card: &Card) -> impl Iterator<Item = &str> {
    let own = [card.short_id(), card.name.as_str()];
    own.into_iter().chain(card.aliases.iter().map(String::as_str))
}

fn is_source_list(file: &str) -> bool {
    file.rsplit(['/', '\\']).next() == Some("sources.toml")
}

fn duplicate(file: &str, line: usize, field: &str, id: &str) -> CardProblem {
    CardProblem {
        file: file.to_string(),
        line,
        field: field.to_string(),
        reason: format!("`{id}` is defined twice"),
        hint: "identifiers must differ".to_string(),
    }
}
