//! Every public bare `f64` ends in its unit: fields, parameters, returns and constants.
//!
//! A number without a unit in its name has cost spacecraft. The frame is in the type and the unit
//! is in the name; a dimensionless number says what kind of number it is (`_ratio`, `_count`).

use syn::visit::{self, Visit};
use syn::{Fields, FnArg, Item, Pat, ReturnType, Signature, Type, Visibility};

use super::Finding;
use super::source::{SourceFile, Tree, attributes_of, marks_test};

/// Unit symbols by quantity; a name ends with `_` and one of them.
const SYMBOLS: &[(&str, &str)] = &[
    ("length", "m m2 m3 km mm per_m per_m2 per_m3 per_km per_km2"),
    ("time", "s s2 ms us ns min h per_s per_h hz khz mhz ghz"),
    ("motion", "m_s m_s2 m_s3 m2_s m2_s2 m2_s3 m2_s4 m2_s5 km_h"),
    ("angle", "rad rad_s rad_s2 rad2 rad2_s rad2_s2 rad2_s3 deg deg_s arcsec sr"),
    ("decibels", "db dbi dbm dbw dbsm db_m db_km db_s"),
    ("power and energy", "w kw w_m2 w_hz j j_k"),
    ("matter", "k k_m c pa hpa kg kg_m2 kg_m3 kg_s n g g_m3 mm_h n_units n_units_km"),
];

/// Whole words; a name is one of them or ends with `_` and one of them. Units as words belong to
/// conversions, where the unit is the name: `from_degrees(degrees)`.
const WORDS: &[(&str, &str)] = &[
    (
        "unit",
        "metres kilometres feet knots seconds secs minutes hours degrees radians hertz decibels",
    ),
    ("chance", "probability prob likelihood correlation quantile"),
    ("proportion", "ratio factor fraction share percent coefficient exponent mach"),
    ("count", "count number index cells pixels"),
    ("measure of choice", "weight score cost"),
    ("statistic", "chi2 nees nis sigmas log_det"),
    ("angle's function", "sine cosine tangent"),
];

/// Where a number has no unit of its own, and the names that are then clear.
///
/// In a card the unit is data and stands in the field beside the number; `_si` says that the
/// conversion has been made. A random draw has the unit of what it is drawn around, and a statistic that
/// of what it is taken over.
const FREE: &[(&str, &str)] = &[
    (
        "crates/redan-sim/src/card/",
        "low nominal high value to_si get_si value_si from_si condition_si",
    ),
    (
        "crates/redan-sim/src/draw/",
        "low mode high uniform triangular normal exponential gamma beta",
    ),
    (
        "crates/redan-study/src/",
        "low high mean middle deviation variance half_width luck_deviation ledger_deviation value margin \
         luck_variance reached_half_width quantile",
    ),
];

/// Finds public numbers whose unit the reader would have to guess.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let production = tree.sources.iter().filter(|file| file.is_production());
    production.flat_map(check_file).collect()
}

fn check_file(file: &SourceFile) -> Vec<Finding> {
    let mut reader = Reader { file, findings: Vec::new() };
    reader.visit_file(&file.syntax);
    reader.findings
}

fn names_a_unit(name: &str) -> bool {
    let name = name.to_lowercase();
    let name = name.trim_start_matches('_');
    let ends = |ending: &str| {
        name.strip_suffix(ending).is_some_and(|rest| rest.ends_with('_') && rest.len() > 1)
    };
    words_of(SYMBOLS).any(ends) || words_of(WORDS).any(|word| name == word || ends(word))
}

fn words_of(table: &[(&str, &'static str)]) -> impl Iterator<Item = &'static str> {
    table.iter().flat_map(|(_, words)| words.split(' '))
}

/// `f64`, a reference to one, or one that may be absent or fail.
fn is_bare_number(kind: &Type) -> bool {
    match kind {
        Type::Reference(reference) => is_bare_number(&reference.elem),
        Type::Path(path) => {
            let Some(last) = path.path.segments.last() else { return false };
            match last.ident.to_string().as_str() {
                "f64" | "f32" => true,
                "Option" | "Result" => first_argument(last).is_some_and(is_bare_number),
                _ => false,
            }
        }
        _ => false,
    }
}

fn first_argument(segment: &syn::PathSegment) -> Option<&Type> {
    let syn::PathArguments::AngleBracketed(list) = &segment.arguments else { return None };
    list.args.iter().find_map(|argument| match argument {
        syn::GenericArgument::Type(kind) => Some(kind),
        _ => None,
    })
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

struct Reader<'a> {
    file: &'a SourceFile,
    findings: Vec<Finding>,
}

impl Reader<'_> {
    fn look(&mut self, what: &str, name: &syn::Ident, kind: &Type) {
        if !is_bare_number(kind) || self.is_clear(&name.to_string()) {
            return;
        }
        let line = name.span().start().line;
        let text =
            format!("public {what} `{name}` is a bare number without its unit, as in `range_m`");
        self.findings.push(self.file.finding(line, "unit", text));
    }

    fn is_clear(&self, name: &str) -> bool {
        let here = FREE.iter().filter(|(place, _)| self.file.path.starts_with(place));
        names_a_unit(name) || here.flat_map(|(_, names)| names.split(' ')).any(|free| free == name)
    }

    fn look_at_fields(&mut self, fields: &Fields, need_pub: bool) {
        for field in fields {
            if let Some(name) = field.ident.as_ref().filter(|_| !need_pub || is_public(&field.vis))
            {
                self.look("field", name, &field.ty);
            }
        }
    }

    fn look_at_signature(&mut self, signature: &Signature) {
        for input in &signature.inputs {
            let FnArg::Typed(input) = input else { continue };
            if let Pat::Ident(name) = &*input.pat {
                self.look("parameter", &name.ident, &input.ty);
            }
        }
        if let ReturnType::Type(_, kind) = &signature.output {
            self.look("function", &signature.ident, kind);
        }
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        if !marks_test(attributes_of(item)) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        if is_public(&item.vis) {
            self.look_at_fields(&item.fields, true);
        }
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        if is_public(&item.vis) {
            item.variants.iter().for_each(|one| self.look_at_fields(&one.fields, false));
        }
    }

    fn visit_item_const(&mut self, item: &'ast syn::ItemConst) {
        if is_public(&item.vis) {
            self.look("constant", &item.ident, &item.ty);
        }
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        if is_public(&item.vis) {
            self.look_at_signature(&item.sig);
        }
    }

    /// Methods of a trait's implementation have the names that the trait gave them.
    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        if item.trait_.is_none() {
            visit::visit_item_impl(self, item);
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        if is_public(&item.vis) && !marks_test(&item.attrs) {
            self.look_at_signature(&item.sig);
        }
    }

    fn visit_impl_item_const(&mut self, item: &'ast syn::ImplItemConst) {
        if is_public(&item.vis) {
            self.look("constant", &item.ident, &item.ty);
        }
    }

    fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
        if is_public(&item.vis) {
            visit::visit_item_trait(self, item);
        }
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        self.look_at_signature(&item.sig);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str) -> usize {
        check_file(&SourceFile::parse("crates/a/src/x.rs", text).expect("the sample parses")).len()
    }

    #[test]
    fn units_and_kinds_of_number_are_accepted() {
        for name in ["range_m", "speed_m_s", "noise_factor", "probability", "G_M_S2", "degrees"] {
            assert!(names_a_unit(name), "{name}");
        }
    }

    #[test]
    fn a_lone_symbol_or_a_mere_ending_is_no_unit() {
        for name in ["range", "m", "_m", "sum", "items", "subfactor", "speed_mps"] {
            assert!(!names_a_unit(name), "{name}");
        }
    }

    #[test]
    fn public_fields_parameters_returns_and_constants_are_read() {
        assert_eq!(count("pub struct A { pub range: f64 }"), 1);
        assert_eq!(count("pub enum A { B { range: f64 } }"), 1);
        assert_eq!(count("pub fn height_m(range: f64) -> f64 { range }"), 1);
        assert_eq!(count("impl A { pub fn height(&self) -> Option<f64> { None } }"), 1);
        assert_eq!(count("pub trait T { fn height(&self, at: &f64) -> f64; }"), 2);
        assert_eq!(count("pub const LIMIT: f64 = 1.0;"), 1);
    }

    #[test]
    fn only_cards_may_keep_the_unit_beside_the_number() {
        let text = "pub struct Claim { pub low: Option<f64>, pub height: f64 }";
        let count = |path| check_file(&SourceFile::parse(path, text).expect("it parses")).len();
        assert_eq!(count("crates/redan-sim/src/card/claim.rs"), 1);
        assert_eq!(count("crates/redan-sim/src/world.rs"), 2);
    }

    #[test]
    fn private_names_and_other_types_are_free() {
        assert_eq!(count("pub struct A { range: f64, pub n: u32, pub v: [f64; 3] }"), 0);
        assert_eq!(count("fn height(range: f64) -> f64 { range }"), 0);
        assert_eq!(count("impl Add for A { fn add(self, x: f64) -> f64 { x } }"), 0);
        assert_eq!(count("#[cfg(test)] mod tests { pub fn height(range: f64) {} }"), 0);
    }
}
