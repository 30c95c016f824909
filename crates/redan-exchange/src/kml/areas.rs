//! Areas: the circles of the news map, and what sites cover by height.

use std::fmt::Write as _;

use super::element::{Element, Placemark};
use crate::circle::circle;
use crate::footprint::Footprint;
use crate::scene::{Reach, Scene};
use crate::shape::Coordinate;

/// The published reaches, on the ground.
pub(super) fn reaches(scene: &Scene) -> Vec<Element> {
    scene.reaches.iter().filter_map(|each| reach(scene, each)).collect()
}

fn reach(scene: &Scene, reach: &Reach) -> Option<Element> {
    let circle = circle(reach.centre, reach.claimed_range_m)?;
    let ring = |part: &[Coordinate]| -> Vec<[f64; 2]> {
        part.iter().map(|corner| [corner.lon_deg, corner.lat_deg]).collect()
    };
    let patches: Vec<Vec<Vec<[f64; 2]>>> =
        circle.parts().into_iter().map(|part| vec![ring(part)]).collect();
    let name = format!("{}: {}", reach.unit, reach.interceptor);
    let placemark = Placemark {
        name: &name,
        description: "published reach on the ground, whatever the target and its height",
        style: "reach",
        data: vec![("kind", "claimed-range".to_owned())],
        ..Placemark::default()
    };
    Some(placemark.around(scene, &patchwork("clampToGround", &patches, 0.0)))
}

/// Footprints in folders by height, in the order in which the file has them.
pub(super) fn footprints(scene: &Scene) -> Vec<(String, Vec<Element>)> {
    let mut folders: Vec<(String, Vec<Element>)> = Vec::new();
    for footprint in &scene.footprints {
        let over = if footprint.above_ground { "above ground" } else { "above sea level" };
        let name = format!("Covered at {} m {over}", footprint.height_m);
        let index = folders.iter().position(|folder| folder.0 == name).unwrap_or(folders.len());
        if index == folders.len() {
            folders.push((name, Vec::new()));
        }
        folders[index].1.push(footprint_placemark(scene, footprint));
    }
    folders
}

fn footprint_placemark(scene: &Scene, footprint: &Footprint) -> Element {
    let mode = if footprint.above_ground { "relativeToGround" } else { "absolute" };
    let placemark = Placemark {
        name: &footprint.name(),
        style: &format!("stage-{}", plain(&footprint.stage)),
        data: vec![
            ("kind", "footprint".to_owned()),
            ("stage", footprint.stage.clone()),
            ("height_m", footprint.height_m.to_string()),
        ],
        ..Placemark::default()
    };
    placemark.around(scene, &patchwork(mode, &footprint.patches, footprint.height_m))
}

/// Letters and digits of a word: what an id may hold.
pub(super) fn plain(word: &str) -> String {
    word.chars().filter(char::is_ascii_alphanumeric).collect()
}

fn patchwork(mode: &str, patches: &[Vec<Vec<[f64; 2]>>], height_m: f64) -> Element {
    let mut text = String::from("<MultiGeometry>");
    for rings in patches {
        text += &format!("<Polygon><altitudeMode>{mode}</altitudeMode>");
        for (index, ring) in rings.iter().enumerate() {
            let boundary = if index == 0 { "outerBoundaryIs" } else { "innerBoundaryIs" };
            text += &format!("<{boundary}><LinearRing><coordinates>");
            for (corner, [lon_deg, lat_deg]) in ring.iter().enumerate() {
                let gap = if corner > 0 { " " } else { "" };
                let _ = write!(text, "{gap}{lon_deg},{lat_deg},{height_m}");
            }
            text += &format!("</coordinates></LinearRing></{boundary}>");
        }
        text.push_str("</Polygon>");
    }
    Element(text + "</MultiGeometry>")
}
