//! Mistakes of syntax, type and name: all found at once, each in its place.

use super::{line_of, only, parse, problems, small};

#[test]
fn five_mistakes_give_five_problems_in_their_lines() {
    let text = small(&[
        ("duration_min = 30", "duration_min = \"half an hour\""),
        ("weapons = \"free\"", "weapons = \"fre\""),
        ("at = [40.08, 32.57]", "at = [140.08, 32.57]"),
        ("target = \"Ankara\"", "target = \"Anakra\""),
        ("altitude_m = 6000", "altitude = 6000"),
    ]);
    let found = problems(&text);
    let lines: Vec<usize> = found.list.iter().map(|problem| problem.line).collect();
    let expected = ["half an hour", "fre\"", "140.08", "Anakra", "altitude = "];
    assert_eq!(lines, expected.map(|piece| line_of(&text, piece)), "{found}");
    let fields: Vec<&str> = found.list.iter().map(|problem| problem.field.as_str()).collect();
    let expected = [
        "duration_min",
        "network[0].weapons",
        "unit[0].at",
        "flight[0].target",
        "flight[0].route[0].altitude",
    ];
    assert_eq!(fields, expected);
    let hints: Vec<Option<&str>> = found.list.iter().map(|p| p.hint.as_deref()).collect();
    assert_eq!(hints[1], Some("did you mean `free`?"));
    assert_eq!(hints[3], Some("did you mean `Ankara`?"));
    assert_eq!(hints[4], Some("did you mean `altitude_m`?"));
    let span = found.list[2].span.clone().unwrap();
    assert_eq!(&text[span], "140.08");
}

#[test]
fn a_mistake_of_syntax_says_that_the_rest_is_unchecked() {
    let text = small(&[("weapons = \"free\"", "weapons = \"free"), ("name = \"raid\"", "nme = 1")]);
    let found = problems(&text);
    assert_eq!(found.list.len(), 1);
    assert_eq!(found.list[0].line, line_of(&text, "weapons"));
    assert!(found.list[0].hint.as_ref().unwrap().contains("TOML syntax"));
}

#[test]
fn a_field_that_is_left_out_is_missed_at_its_table() {
    let text = small(&[("card = \"Su-24\"\n", "")]);
    let found = problems(&text);
    assert_eq!(found.list.len(), 1, "{found}");
    assert_eq!(found.list[0].line, line_of(&text, "[[flight]]"));
    assert_eq!(found.list[0].field, "flight[0].card");
    assert_eq!(found.list[0].reason, "this field is missing");
}

#[test]
fn wrong_types_name_what_belongs_there() {
    let cases = [
        ("title = \"Small\"", "title = 5", "a text in quotation marks belongs here, not a whole"),
        ("at = [40.08, 32.57]", "at = \"Mürted\"", "a place [latitude, longitude]"),
        ("at = [40.08, 32.57]", "at = [40.08]", "two numbers, not 1"),
        ("weapons = \"free\"", "weapons = \"free\"\nsalvo = 1.5", "a whole number belongs here"),
        ("weapons = \"free\"", "weapons = \"free\"\nsalvo = -1", "-1 is not between 0 and"),
        ("weapons = \"free\"", "weapons = \"free\"\nengage_approaching = 1", "true or false"),
        ("weapons = \"free\"", "weapons = \"free\"\nreads = \"civil\"", "a list belongs here"),
        ("start = 2026-05-12T04:00:00Z", "start = 2026-05-12", "not a date and time in UTC"),
        ("start = 2026-05-12T04:00:00Z", "start = 2026-05-12T04:00:00+03:00", "in UTC"),
        ("start = 2026-05-12T04:00:00Z", "start = 7", "a date and time belongs here"),
        ("[[network]]", "environment = 3\n[[network]]", "a table belongs here"),
        ("duration_min = 30", "duration_min = nan", "not a finite number"),
        ("duration_min = 30", "duration_min = inf", "not a finite number"),
        ("duration_min = 30", "duration_min = 1e999", "not a finite number"),
    ];
    for (old, new, reason) in cases {
        let problem = only(&[(old, new)]);
        assert!(problem.reason.contains(reason), "{new}: {problem}");
    }
}

#[test]
fn lists_written_as_tables_and_the_other_way_round_are_found() {
    let text = small(&[("[[network]]", "[network]")]);
    let found = problems(&text);
    let problem = found.list.iter().find(|problem| problem.field == "network").unwrap();
    assert_eq!(problem.reason, "a list belongs here, not a table");
    let text = small(&[("[[network]]", "[[environment]]\n[[network]]")]);
    assert!(problems(&text).to_string().contains("a table belongs here, not a list"));
}

#[test]
fn an_empty_scenario_lacks_everything_at_once() {
    let found =
        problems("title = 'x'\nquestion = 'y'\nstart = '2026-05-12T04:00:00Z'\nduration_min = 5\n");
    let fields: Vec<&str> = found.list.iter().map(|problem| problem.field.as_str()).collect();
    assert_eq!(fields, ["network", "unit", "flight"], "{found}");
    for empty in ["", " \n\n", "\u{feff}"] {
        let found = problems(empty);
        let count = if empty.trim().is_empty() { 1 } else { 7 };
        assert_eq!(found.list.len(), count, "{found}");
    }
}

#[test]
fn names_are_unique_whatever_the_case_and_printable() {
    let twice = "[[asset]]\nname = \"ANKARA\"\nat = [39, 32]\n[[flight]]";
    let problem = only(&[("[[flight]]", twice)]);
    assert!(problem.reason.contains("another asset takes the name `ankara`"), "{problem}");
    assert_eq!(problem.field, "asset[1].name");
    let problem = only(&[("name = \"raid\"", "name = \"raid/1\"")]);
    assert!(problem.reason.contains("a slash"), "{problem}");
    let problem = only(&[("name = \"raid\"", "name = \"\"")]);
    assert!(problem.reason.contains("must not be empty"), "{problem}");
}

#[test]
fn an_unknown_name_of_a_network_tracker_or_doctrine_is_found() {
    let problem = only(&[("network = \"national\"", "network = \"nationl\"")]);
    assert_eq!(problem.hint.as_deref(), Some("did you mean `national`?"));
    let problem = only(&[("weapons = \"free\"", "weapons = \"free\"\ntracker = \"kalman\"")]);
    assert!(problem.reason.contains("the tracker `kalman` is not known"), "{problem}");
    assert!(problem.hint.unwrap().contains("nearest"));
    let problem = only(&[("weapons = \"free\"", "weapons = \"free\"\ndoctrine = \"spray\"")]);
    assert!(problem.hint.unwrap().contains("shoot-look-shoot"));
}

#[test]
fn a_broken_table_is_not_blamed_on_those_that_refer_to_it() {
    let text =
        small(&[("weapons = \"free\"", "weapons = 3"), ("at = [39.93, 32.86]\n[", "at = 7\n[")]);
    let found = problems(&text);
    assert_eq!(found.list.len(), 2, "{found}");
}

#[test]
fn an_unknown_variant_lists_those_that_exist() {
    let text = small(&[]) + "[variants.calm]\nabout = 'x'\nset = { 'flight.raid.count' = 2 }\n";
    let found = parse(&text, Some("clam")).unwrap_err();
    assert_eq!(found.list[0].reason, "the variant `clam` is not known");
    assert_eq!(found.list[0].hint.as_deref(), Some("did you mean `calm`?"));
    assert_eq!(found.list[0].span, None, "no variant of the file is to blame");
    assert_eq!(parse(&text, Some("calm")).unwrap().outline().aircraft, 2);
    assert_eq!(parse(&text, None).unwrap().variants(), [("calm".to_string(), "x".to_string())]);
}

#[test]
fn more_variants_than_a_person_names_are_refused() {
    let many: String =
        (0..501).map(|n| format!("v{n} = {{ about = 'x', set = {{}} }}\n")).collect();
    let found = problems(&(small(&[]) + "[variants]\n" + &many));
    assert_eq!(found.list.len(), 1, "{found}");
    assert!(found.list[0].reason.contains("501 variants are more than 500"), "{found}");
}

#[test]
fn a_mistake_inside_a_variant_is_shown_in_the_variant() {
    let text = small(&[])
        + "[variants.odd]\nabout = 'x'\nset = { 'flight.raid.count' = 0, 'unit.Murted.mast' = 3 }\n";
    assert!(parse(&text, None).is_ok());
    let found = parse(&text, Some("odd")).unwrap_err();
    assert_eq!(found.list.len(), 2, "{found}");
    assert!(found.list.iter().all(|problem| problem.line == line_of(&text, "set = ")), "{found}");
    assert!(found.list.iter().any(|problem| problem.field == "unit[0].mast"), "{found}");
}

#[test]
fn mistakes_in_one_table_are_all_found_at_once() {
    let text = small(&[
        ("title = \"Small\"\n", ""),
        ("duration_min = 30", "duration_min = 0"),
        ("side = \"hostile\"", "side = \"hostil\"\ncount = 0"),
        ("target = \"Ankara\"", "target = \"Anakra\""),
        (
            "{ at = [39.93, 32.86] },\n]",
            "{ at = [39.93], speed_m_s = -3, agl_m = 5, altitude_m = 5 },\n]",
        ),
        ("card = \"S-400\"", "card = 4"),
        ("network = \"national\"", "network = \"x\""),
    ]);
    let found = problems(&text);
    let mut fields: Vec<&str> = found.list.iter().map(|problem| problem.field.as_str()).collect();
    fields.sort();
    let expected = [
        "duration_min",
        "flight[0].count",
        "flight[0].route[1].agl_m",
        "flight[0].route[1].at",
        "flight[0].route[1].speed_m_s",
        "flight[0].side",
        "flight[0].target",
        "title",
        "unit[0].card",
        "unit[0].network",
    ];
    assert_eq!(fields, expected, "{found}");
}
