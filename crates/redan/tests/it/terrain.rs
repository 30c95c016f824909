//! `redan terrain` on the real program. Nothing outside this machine is asked.

use crate::common::Desk;

#[test]
fn bad_boxes_and_addresses_are_refused_with_a_hint() {
    let desk = Desk::new();
    for (corners, expected) in [
        ("40,32,39,33", "south is not below its north"),
        ("39,33,40,32", "west is not before its east"),
        ("39,32,95,33", "latitudes leave the globe"),
        ("-60,-180,60,180", "43200 tiles"),
    ] {
        desk.say(&["terrain", "fetch", "--box", corners]).assert_refused(&[expected]);
    }
    let no_box = desk.say(&["terrain", "fetch", "--box", "39,32"]);
    assert_eq!(no_box.code, Some(2));
    assert!(no_box.err.contains("hint:") && no_box.err.contains("four numbers"), "{}", no_box.err);
    assert_eq!(desk.say(&["terrain", "fetch"]).code, Some(2));
    desk.say(&["terrain", "fetch", "first-look.toml", "--url", "no address"])
        .assert_refused(&["cannot fetch no address/Copernicus_DSM_COG_30_"]);
}

#[test]
fn what_is_at_hand_is_shown() {
    let desk = Desk::new();
    let hill = "ncols 3\nnrows 3\nxllcenter 32\nyllcenter 39\ncellsize 0.5\n1 1 1 1 9 1 1 1 1\n";
    desk.put("tiles/hill.asc", hill);
    desk.put("tiles/Copernicus_DSM_COG_30_N39_00_E033_00_DEM.sea", "");
    desk.put("tiles/broken.tif", "no raster");
    let said = desk.say(&["terrain", "show", "tiles"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    for expected in [
        "hill.asc: 39.000 to 40.000° N, 32.000 to 33.000° E, 1800.00 x 1800.00 arc-seconds",
        "not usable: tiles/broken.tif",
        "2 files of relief, and 1 of sea",
    ] {
        assert!(said.out.contains(expected), "{expected} is not in {}", said.out);
    }
    let nothing = desk.say(&["terrain", "show"]);
    assert!(nothing.out.contains("REDAN_TERRAIN: not set\ncache: "), "{}", nothing.out);
    desk.say(&["terrain", "show", "nowhere"]).assert_refused(&["cannot read nowhere"]);
}
