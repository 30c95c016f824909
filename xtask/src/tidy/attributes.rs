//! A lint that is switched off says why: `#[allow(…, reason = "…")]`, and the same for `expect`.

use syn::visit::Visit;

use super::Finding;
use super::source::{SourceFile, Tree};

/// Finds lints that were silenced without a word.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    tree.sources.iter().flat_map(check_file).collect()
}

fn check_file(file: &SourceFile) -> Vec<Finding> {
    let mut reader = Reader { file, findings: Vec::new() };
    reader.visit_file(&file.syntax);
    reader.findings
}

struct Reader<'a> {
    file: &'a SourceFile,
    findings: Vec<Finding>,
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        let silences = attribute.path().is_ident("allow") || attribute.path().is_ident("expect");
        let syn::Meta::List(list) = &attribute.meta else { return };
        if silences && !list.tokens.to_string().contains("reason =") {
            let line = attribute.pound_token.span.start().line;
            let text = "a silenced lint needs `reason = \"…\"`".to_owned();
            self.findings.push(self.file.finding(line, "silent-allow", text));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str) -> usize {
        check_file(&SourceFile::parse("crates/a/src/x.rs", text).expect("the sample parses")).len()
    }

    #[test]
    fn a_reason_is_asked_for_everywhere() {
        assert_eq!(count("#[allow(dead_code)] fn a() {}"), 1);
        assert_eq!(count("#![allow(dead_code)]"), 1);
        assert_eq!(count("fn a() { #[expect(unused)] let b = 1; }"), 1);
        assert_eq!(count("#[cfg(test)] mod tests { #[allow(unused)] fn a() {} }"), 1);
        assert_eq!(count("#[allow(dead_code, reason = \"read by serde\")] fn a() {}"), 0);
    }
}
