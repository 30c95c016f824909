//! How long functions and files may be, and the figures that are printed.
//!
//! A function of 70 lines fits one screen; a file of 500 is one reading. A file over 500 lines
//! must stand in `xtask/tidy-allow.toml` with its exact length, so that it can only shrink, and
//! none may exceed 800.

use std::collections::BTreeMap;
use std::fmt;

use anyhow::{Context, Result};
use syn::visit::{self, Visit};
use syn::{Item, Signature};

use super::Finding;
use super::source::{SourceFile, Tree, attributes_of, marks_test};

const FUNCTION_LINES: usize = 70;
const FILE_LINES: usize = 500;
const FILE_LINES_HARD: usize = 800;
const ALLOW_LIST: &str = "xtask/tidy-allow.toml";
const COUNTED_ENDINGS: &[&str] = &[".rs", ".ts", ".svelte", ".py"];

/// Finds functions and files that are too long, and entries of the allow list that have aged.
pub(super) fn check(tree: &Tree) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for file in &tree.sources {
        for function in functions(file).iter().filter(|found| found.lines > FUNCTION_LINES) {
            let text = format!(
                "`{}` has {} lines, at most {FUNCTION_LINES}: keep the branches, move the work out",
                function.name, function.lines
            );
            findings.push(file.finding(function.line, "function-length", text));
        }
    }
    findings.extend(check_files(tree, &allowed(tree)?));
    Ok(findings)
}

/// The lengths stated in the allow list, by path.
fn allowed(tree: &Tree) -> Result<BTreeMap<String, usize>> {
    let text = tree.text(ALLOW_LIST).with_context(|| format!("{ALLOW_LIST} is missing"))?;
    let table: toml::Table = text.parse().with_context(|| format!("reading {ALLOW_LIST}"))?;
    let Some(files) = table.get("long-files").and_then(toml::Value::as_table) else {
        return Ok(BTreeMap::new());
    };
    let mut lengths = BTreeMap::new();
    for (path, lines) in files {
        let lines = lines.as_integer().and_then(|lines| usize::try_from(lines).ok());
        let lines = lines.with_context(|| format!("{ALLOW_LIST}: the length of {path}"))?;
        lengths.insert(path.clone(), lines);
    }
    Ok(lengths)
}

fn check_files(tree: &Tree, allowed: &BTreeMap<String, usize>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut say = |path: &str, text: String| {
        findings.push(Finding { path: path.to_owned(), line: 0, rule: "file-length", text });
    };
    for file in tree.texts.iter().filter(|file| is_counted(&file.path)) {
        let lines = file.text.lines().count();
        match allowed.get(&file.path) {
            _ if lines > FILE_LINES_HARD => {
                say(&file.path, format!("{lines} lines, never over {FILE_LINES_HARD}: split it"));
            }
            None if lines > FILE_LINES => {
                say(&file.path, format!("{lines} lines, at most {FILE_LINES}: split it"));
            }
            Some(_) if lines <= FILE_LINES => {
                say(&file.path, format!("{lines} lines now: take it out of {ALLOW_LIST}"));
            }
            Some(stated) if lines != *stated => {
                say(
                    &file.path,
                    format!(
                        "{lines} lines, {ALLOW_LIST} says {stated}: it may only shrink, with its entry"
                    ),
                );
            }
            _ => {}
        }
    }
    for path in allowed.keys().filter(|path| tree.text(path).is_none()) {
        say(path, format!("is gone: take it out of {ALLOW_LIST}"));
    }
    findings
}

fn is_counted(path: &str) -> bool {
    COUNTED_ENDINGS.iter().any(|ending| path.ends_with(ending))
}

/// A function and its length from the signature to the closing brace.
struct Function {
    name: String,
    line: usize,
    lines: usize,
    in_test: bool,
}

fn functions(file: &SourceFile) -> Vec<Function> {
    let mut ruler = Ruler { in_test: file.is_test(), found: Vec::new() };
    ruler.visit_file(&file.syntax);
    ruler.found
}

struct Ruler {
    in_test: bool,
    found: Vec<Function>,
}

impl Ruler {
    fn measure(&mut self, signature: &Signature, block: &syn::Block) {
        let line = signature.fn_token.span.start().line;
        let end = block.brace_token.span.close().end().line;
        let name = signature.ident.to_string();
        self.found.push(Function { name, line, lines: end + 1 - line, in_test: self.in_test });
    }
}

impl<'ast> Visit<'ast> for Ruler {
    fn visit_item(&mut self, item: &'ast Item) {
        let outer = self.in_test;
        self.in_test |= marks_test(attributes_of(item));
        visit::visit_item(self, item);
        self.in_test = outer;
    }

    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.measure(&function.sig, &function.block);
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.measure(&function.sig, &function.block);
        visit::visit_impl_item_fn(self, function);
    }

    fn visit_trait_item_fn(&mut self, function: &'ast syn::TraitItemFn) {
        if let Some(block) = &function.default {
            self.measure(&function.sig, block);
        }
        visit::visit_trait_item_fn(self, function);
    }
}

/// Figures of the production code of all crates.
#[derive(Debug, PartialEq)]
pub(crate) struct Statistics {
    functions: usize,
    median: usize,
    p90: usize,
    code_lines: usize,
    doc_lines: usize,
}

impl Statistics {
    pub(super) fn of(tree: &Tree) -> Self {
        let mut lengths = Vec::new();
        let (mut code_lines, mut doc_lines) = (0, 0);
        for file in tree.sources.iter().filter(|file| file.is_production()) {
            let own = functions(file);
            lengths.extend(own.iter().filter(|found| !found.in_test).map(|found| found.lines));
            let (code, doc) = count_lines(file);
            code_lines += code;
            doc_lines += doc;
        }
        lengths.sort_unstable();
        let at = |percent: usize| {
            let last = lengths.len().saturating_sub(1);
            lengths.get(last * percent / 100).copied().unwrap_or(0)
        };
        Self { functions: lengths.len(), median: at(50), p90: at(90), code_lines, doc_lines }
    }
}

impl fmt::Display for Statistics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = 100 * self.doc_lines / self.code_lines.max(1);
        write!(
            f,
            "{} functions, median {} lines, p90 {}; {} lines of code, documentation {percent} %",
            self.functions, self.median, self.p90, self.code_lines
        )
    }
}

/// Lines of code and of documentation before the file's test module.
fn count_lines(file: &SourceFile) -> (usize, usize) {
    let (mut code, mut doc) = (0, 0);
    let before_tests = file.text.lines().take_while(|line| !line.starts_with("#[cfg(test)]"));
    for line in before_tests.map(str::trim) {
        if line.starts_with("///") || line.starts_with("//!") {
            doc += 1;
        } else if !line.is_empty() && !line.starts_with("//") {
            code += 1;
        }
    }
    (code, doc)
}

#[cfg(test)]
mod tests {
    use super::super::source::TextFile;
    use super::*;

    fn tree(path: &str, text: &str) -> Tree {
        let sources = vec![SourceFile::parse(path, text).expect("the sample parses")];
        Tree { texts: vec![TextFile { path: path.into(), text: text.into() }], sources }
    }

    fn function_of(lines: usize) -> String {
        format!("/// Documented.\n#[inline]\nfn long() {{\n{}}}\n", "    f();\n".repeat(lines - 2))
    }

    fn file_findings(lines: usize, stated: Option<usize>) -> usize {
        let tree = tree("crates/a/src/x.rs", &"// line\n".repeat(lines));
        let allowed = stated.map(|stated| ("crates/a/src/x.rs".to_owned(), stated));
        check_files(&tree, &allowed.into_iter().collect()).len()
    }

    #[test]
    fn a_function_is_measured_without_its_documentation() {
        let tree = tree("crates/a/src/x.rs", &function_of(70));
        let found = functions(&tree.sources[0]);
        assert_eq!((found[0].line, found[0].lines), (3, 70));
    }

    #[test]
    fn methods_and_default_methods_are_measured() {
        let text = "impl A { fn a() {} }\ntrait T { fn b() {} fn c(); }";
        let tree = tree("crates/a/src/x.rs", text);
        let names: Vec<_> = functions(&tree.sources[0]).into_iter().map(|one| one.name).collect();
        assert_eq!(names, ["a", "b"]);
    }

    #[test]
    fn seventy_one_lines_are_too_many() {
        let mut tree = tree("crates/a/src/x.rs", &function_of(71));
        tree.texts.push(TextFile { path: ALLOW_LIST.into(), text: String::new() });
        let findings = check(&tree).expect("the allow list reads");
        assert_eq!(findings.len(), 1);
    }

    #[test]
    fn a_long_file_needs_its_exact_length_in_the_allow_list() {
        assert_eq!(file_findings(500, None), 0);
        assert_eq!(file_findings(501, None), 1);
        assert_eq!(file_findings(501, Some(501)), 0);
        assert_eq!(file_findings(502, Some(501)), 1);
        assert_eq!(file_findings(501, Some(502)), 1);
    }

    #[test]
    fn an_entry_leaves_the_allow_list_with_its_reason() {
        assert_eq!(file_findings(500, Some(501)), 1);
        assert_eq!(file_findings(801, Some(801)), 1);
        let gone = [("crates/a/src/gone.rs".to_owned(), 600)].into_iter().collect();
        assert_eq!(check_files(&tree("crates/a/src/x.rs", ""), &gone).len(), 1);
    }

    #[test]
    fn statistics_leave_tests_out() {
        let text =
            "/// Doc.\nfn a() {}\n// why\nfn b() {\n}\n#[cfg(test)]\nmod tests { fn c() {} }";
        let found = Statistics::of(&tree("crates/a/src/x.rs", text));
        let wanted = Statistics { functions: 2, median: 1, p90: 1, code_lines: 3, doc_lines: 1 };
        assert_eq!(found, wanted);
    }
}
