//! The built-in cards, and those of a user laid over them.

use std::fs;
use std::path::{Path, PathBuf};

use redan_sim::card::Library;

use crate::LoadError;

/// The built-in cards with those of `folder` and its subfolders laid over them.
///
/// # Errors
/// When the folder cannot be read, holds no card, or a card in it does not hold.
pub fn library(folder: Option<&Path>) -> Result<Library, LoadError> {
    let mut library = Library::embedded();
    if let Some(folder) = folder {
        let files = toml_files(folder)?;
        if files.is_empty() {
            return Err(LoadError::NoCards { folder: folder.to_owned() });
        }
        library.overlay(files)?;
    }
    Ok(library)
}

/// Hash of everything that stands in the cards and sources, overlays and the files of cards included.
pub fn cards_hash(library: &Library) -> String {
    let mut hasher = blake3::Hasher::new();
    for card in library.cards() {
        hasher.update(format!("{card:?}\n").as_bytes());
    }
    hasher.finalize().to_hex().to_string()
}

fn toml_files(folder: &Path) -> Result<Vec<(String, String)>, LoadError> {
    let unreadable = |reason| LoadError::CardsFolder { folder: folder.to_owned(), reason };
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        paths.push(entry.map_err(unreadable)?.path());
    }
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        // The built-in cards lie in folders by family; those of a user may too.
        if path.is_dir() {
            files.extend(toml_files(&path)?);
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            files.push(card_file(path)?);
        }
    }
    Ok(files)
}

fn card_file(file: PathBuf) -> Result<(String, String), LoadError> {
    match fs::read_to_string(&file) {
        Ok(text) => Ok((file.file_name().unwrap_or_default().to_string_lossy().into_owned(), text)),
        Err(reason) => Err(LoadError::Card { file, reason }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_without_cards_is_refused_with_a_hint() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let error = library(Some(folder.path())).expect_err("there is no card");
        assert!(error.to_string().contains("hint:"), "{error}");
        let missing = library(Some(&folder.path().join("none"))).expect_err("there is no folder");
        assert!(matches!(missing, LoadError::CardsFolder { .. }));
    }

    #[test]
    fn cards_in_subfolders_lie_over_the_built_in_ones_and_change_the_hash() {
        let card = include_str!("../../../data/cards/air/f-16.toml");
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(folder.path().join("air")).expect("a folder in it");
        let file = folder.path().join("air/f-16.toml");
        fs::write(&file, card).expect("the card is written");
        let laid_over = || library(Some(folder.path())).expect("the card holds");
        let same = laid_over();
        assert_eq!(cards_hash(&laid_over()), cards_hash(&same), "the same folder, the same hash");
        // The hash tells that a card is the user's own, even where it says what the built-in one says.
        let built_in = library(None).expect("the built-in cards hold");
        assert_eq!(same.cards().len(), built_in.cards().len(), "it took the place of one");
        assert_ne!(cards_hash(&built_in), cards_hash(&same));
        let other = card.replacen("says = \"", "says = \"(copied) ", 1);
        assert_ne!(card, other, "the card quotes somebody");
        fs::write(&file, other).expect("the card is written again");
        assert_ne!(cards_hash(&same), cards_hash(&laid_over()));
    }
}
