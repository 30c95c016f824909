//! The files of an invented product.

use std::collections::BTreeSet;
use std::fs;

use redan_record::coverage::Stage;
use serde_json::Value;

use super::{FILES, synthetic, write};

const VERSION: &str = "0.0.0";

/// A coarse product is quick and has everything that a fine one has.
fn written() -> (tempfile::TempDir, std::path::PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("battalion");
    let written = write(&synthetic::product(450_000.0, 240.0), &out, VERSION).unwrap();
    assert_eq!(written.files.len(), FILES.len());
    (dir, out)
}

#[test]
fn a_product_becomes_all_files_and_leaves_nothing_else() {
    let (dir, out) = written();
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    let names: BTreeSet<String> = fs::read_dir(&out)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(names, FILES.iter().map(|name| (*name).to_owned()).collect());
}

#[test]
fn a_folder_of_such_files_is_replaced_and_any_other_left_alone() {
    let (_dir, out) = written();
    let first = fs::read(out.join("coverage.html")).unwrap();
    let product = synthetic::product(450_000.0, 240.0);
    write(&product, &out, VERSION).unwrap();
    assert_eq!(fs::read(out.join("coverage.html")).unwrap(), first);
    fs::write(out.join("diary.txt"), "mine").unwrap();
    let error = write(&product, &out, VERSION).unwrap_err().to_string();
    assert!(error.contains("diary.txt") && error.contains("hint:"), "{error}");
    assert!(out.join("diary.txt").exists());
}

#[test]
fn a_product_that_contradicts_itself_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let mut product = synthetic::product(100_000.0, 240.0);
    product.layers[2].nominal.pop();
    let error = write(&product, &dir.path().join("x"), VERSION).unwrap_err();
    assert!(format!("{error:#}").contains("engagement"));
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[test]
fn rings_of_footprints_close_and_turn_as_rfc_7946_asks() {
    let (_dir, out) = written();
    let text = fs::read_to_string(out.join("footprints.geojson")).unwrap();
    let file: Value = serde_json::from_str(&text).unwrap();
    let features = file["features"].as_array().unwrap();
    assert_eq!(features.len(), 15 * 3 + 2);
    let mut polygons = 0;
    for feature in features {
        let geometry = &feature["geometry"];
        let all = match geometry["type"].as_str().unwrap() {
            "MultiPolygon" => geometry["coordinates"].as_array().unwrap().clone(),
            "Polygon" => vec![geometry["coordinates"].clone()],
            _ => Vec::new(),
        };
        for polygon in all {
            polygons += 1;
            for (index, ring) in polygon.as_array().unwrap().iter().enumerate() {
                let points: Vec<[f64; 2]> = serde_json::from_value(ring.clone()).unwrap();
                assert!(points.len() >= 4 && points.first() == points.last());
                let twice: f64 =
                    points.windows(2).map(|p| p[0][0] * p[1][1] - p[1][0] * p[0][1]).sum();
                assert!(if index == 0 { twice > 0.0 } else { twice < 0.0 });
            }
        }
    }
    assert!(polygons > 45);
}

#[test]
fn the_summary_keeps_its_form_and_its_figures_agree() {
    let (_dir, out) = written();
    let text = fs::read_to_string(out.join("summary.json")).unwrap();
    let file: Value = serde_json::from_str(&text).unwrap();
    let keys =
        |value: &Value| -> Vec<String> { value.as_object().unwrap().keys().cloned().collect() };
    insta::assert_snapshot!(
        [
            keys(&file),
            keys(&file["layers"][0]),
            keys(&file["sites"][0]),
            keys(&file["layers"][0]["ranges"]["directions"][0])
        ]
        .map(|keys| keys.join(" "))
        .join("\n")
    );
    for layer in file["layers"].as_array().unwrap() {
        let shares: f64 = layer["limits"]
            .as_array()
            .unwrap()
            .iter()
            .map(|share| share["share_pct"].as_f64().unwrap())
            .sum();
        // Each share is rounded to a thousandth.
        assert!((shares - 100.0).abs() < 0.01, "{shares}");
        let area = |reading: &str| layer[reading]["area_km2"].as_f64().unwrap();
        assert!(area("pessimistic") <= area("nominal") && area("nominal") <= area("optimistic"));
        assert_eq!(layer["ranges"]["directions"].as_array().unwrap().len(), 16);
    }
}

#[test]
fn the_picture_decodes_and_is_not_blank() {
    let (_dir, out) = written();
    let file = fs::File::open(out.join("coverage.png")).unwrap();
    let mut reader = png::Decoder::new(std::io::BufReader::new(file)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut pixels).unwrap();
    assert_eq!((frame.width, frame.height), (2_400, 1_800));
    let colours: BTreeSet<&[u8]> = pixels.chunks_exact(3).collect();
    assert!(colours.len() > 500, "{}", colours.len());
}

#[test]
fn the_page_names_no_address_and_every_element_closes() {
    let (_dir, out) = written();
    let page = fs::read_to_string(out.join("coverage.html")).unwrap();
    for address in ["http:", "https:", "//www", "@import", "url(", " src="] {
        // The name of the namespace of SVG is no address that anything loads.
        let page = page.replace("http://www.w3.org/2000/svg", "");
        assert!(!page.contains(address), "{address}");
    }
    for element in
        ["html", "head", "body", "main", "section", "table", "div", "svg", "fieldset", "label"]
    {
        let opens = page.matches(&format!("<{element} ")).count()
            + page.matches(&format!("<{element}>")).count();
        assert_eq!(opens, page.matches(&format!("</{element}>")).count(), "{element}");
    }
}

#[test]
fn names_of_users_are_escaped_on_the_page() {
    let dir = tempfile::tempdir().unwrap();
    let mut product = synthetic::product(100_000.0, 240.0);
    product.title = "</script><b>".to_owned();
    product.sites[0].name = "<i>&\"".to_owned();
    let out = dir.path().join("x");
    write(&product, &out, VERSION).unwrap();
    let page = fs::read_to_string(out.join("coverage.html")).unwrap();
    assert!(!page.contains("</script><b>") && !page.contains("<i>&"));
}

#[test]
fn the_same_product_gives_the_same_bytes() {
    let (_one, first) = written();
    let (_two, second) = written();
    for name in FILES {
        assert_eq!(
            fs::read(first.join(name)).unwrap(),
            fs::read(second.join(name)).unwrap(),
            "{name}"
        );
    }
}

#[test]
fn radars_alone_at_two_places_without_relief_and_readings_have_files_too() {
    let dir = tempfile::tempdir().unwrap();
    let mut product = synthetic::product(200_000.0, 240.0);
    product.layers.retain(|layer| layer.stage != Stage::Engagement);
    for layer in &mut product.layers {
        layer.pessimistic.clear();
        layer.optimistic.clear();
    }
    product.ground_m.fill(0.0);
    let mut second = product.sites[0].clone();
    second.place = redan_geo::Geodetic::from_degrees(39.5, 33.5, 0.0);
    product.sites.push(second);
    let out = dir.path().join("radars");
    assert_eq!(write(&product, &out, VERSION).unwrap().files.len(), FILES.len());
    let page = fs::read_to_string(out.join("coverage.html")).unwrap();
    assert!(page.contains("tracked over") && !page.contains("engaged to"));
    // The circles are larger than what was computed.
    assert!(page.contains("the computed part of the claimed circles"));
}
