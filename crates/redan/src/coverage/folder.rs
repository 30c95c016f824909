//! A folder that appears whole or not at all.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use super::FILES;

/// A folder beside the one that is wanted; removed again when it is dropped before it is finished.
pub(super) struct Unfinished {
    /// Where files are written meanwhile.
    pub(super) path: PathBuf,
}

impl Unfinished {
    /// A new folder beside `out`.
    pub(super) fn beside(out: &Path) -> anyhow::Result<Self> {
        check(out)?;
        let path = named(out, "unfinished")?;
        fs::create_dir_all(&path).with_context(|| format!("cannot make {}", path.display()))?;
        Ok(Self { path })
    }

    /// Writes one file.
    pub(super) fn put(&self, name: &str, content: &[u8]) -> anyhow::Result<()> {
        let path = self.path.join(name);
        fs::write(&path, content).with_context(|| format!("cannot write {}", path.display()))
    }

    /// Gives the folder its name and returns the paths of its files.
    pub(super) fn finish(self, out: &Path) -> anyhow::Result<Vec<PathBuf>> {
        let old = named(out, "old")?;
        let replaces = out.exists();
        if replaces {
            fs::rename(out, &old).with_context(|| format!("cannot replace {}", out.display()))?;
        }
        if let Err(error) = fs::rename(&self.path, out) {
            if replaces {
                fs::rename(&old, out)
                    .with_context(|| format!("cannot restore {}", out.display()))?;
            }
            return Err(error).with_context(|| format!("cannot write {}", out.display()));
        }
        if replaces {
            fs::remove_dir_all(&old).with_context(|| format!("cannot remove {}", old.display()))?;
        }
        Ok(FILES.iter().map(|name| out.join(name)).filter(|path| path.exists()).collect())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // After success there is nothing there; after a failure, nothing more can be done.
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// Refuses to replace what is not a folder of such files.
fn check(out: &Path) -> anyhow::Result<()> {
    if !out.exists() {
        return Ok(());
    }
    let entries = fs::read_dir(out).with_context(|| format!("cannot read {}", out.display()))?;
    for entry in entries {
        let name = entry?.file_name();
        if !FILES.iter().any(|file| name == *file) {
            bail!(
                "{} holds {}, which is no file of a coverage\nhint: name another folder",
                out.display(),
                name.display()
            );
        }
    }
    Ok(())
}

/// A hidden name beside `out` that no other process uses.
fn named(out: &Path, what: &str) -> anyhow::Result<PathBuf> {
    let Some(name) = out.file_name() else { bail!("{} is no name of a folder", out.display()) };
    let name = format!(".{}.{what}-{}", name.display(), std::process::id());
    Ok(out.with_file_name(name))
}
