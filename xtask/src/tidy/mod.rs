//! The tidy test: the house rules that a compiler does not know, each in a module of its own.
//!
//! It reads every file that git tracks or would track, parses the Rust ones with `syn`, and lists
//! findings as `path:line: rule: what and how to mend it`. Comments and strings cannot confuse it,
//! because it looks at syntax, not at text; only [`text`] searches plain text, on purpose.

mod attributes;
mod cards;
mod crates;
mod length;
mod paths;
mod reading_order;
mod source;
mod text;
mod units;
mod wasm_safe;

use std::fmt;
use std::path::Path;

use anyhow::Result;

use source::Tree;

/// One violation of one rule.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Finding {
    /// Path from the root of the repository.
    path: String,
    /// Line from 1, or 0 when the whole file is meant.
    line: usize,
    /// Short name of the rule.
    rule: &'static str,
    /// What is wrong and what to do.
    text: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}: {}", self.path, self.rule, self.text),
            line => write!(f, "{}:{line}: {}: {}", self.path, self.rule, self.text),
        }
    }
}

/// What the tidy test saw.
pub(crate) struct Report {
    /// Violations in order of path and line.
    pub(crate) findings: Vec<Finding>,
    /// Figures for the reader; they pass or fail nothing.
    pub(crate) statistics: length::Statistics,
}

/// Reads the repository at `root` and applies every rule.
pub(crate) fn check(root: &Path) -> Result<Report> {
    let tree = Tree::read(root)?;
    let mut findings = Vec::new();
    findings.extend(length::check(&tree)?);
    findings.extend(units::check(&tree));
    findings.extend(paths::check_hash_order(&tree));
    findings.extend(wasm_safe::check(&tree));
    findings.extend(reading_order::check(&tree));
    findings.extend(attributes::check(&tree));
    findings.extend(crates::check(&tree)?);
    findings.extend(cards::check(&tree)?);
    findings.extend(text::check(&tree));
    findings.sort();
    Ok(Report { findings, statistics: length::Statistics::of(&tree) })
}
