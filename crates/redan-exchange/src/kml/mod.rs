//! KML 2.2 (OGC 07-147r2) with the tracks of Google's extension, and KMZ, the same in an archive.
//!
//! One folder for each side, in it one for each kind of thing; reaches, footprints by height,
//! engagements and meetings have folders of their own. What moves is a `gx:Track`: places with their
//! instants. Elements stand in the order that the schema wants. No icon is fetched from anywhere.
//!
//! Written by hand: the crate `kml` has no tracks, and what it saves is less than the text below.

mod areas;
mod element;
mod things;

use std::io::{self, Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::colour::{self, Rgb};
use crate::scene::{Scene, Standing, lives};
use element::{Element, element, folder};

/// Name of the document within an archive, as the format's authors want it.
const DOCUMENT: &str = "doc.kml";

/// Writes the document.
pub(crate) fn write(scene: &Scene, out: &mut dyn Write) -> io::Result<()> {
    let lives = lives(scene);
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(
        out,
        r#"<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2">"#
    )?;
    writeln!(out, "<Document>")?;
    writeln!(out, "{}<open>1</open>", element("name", &scene.title))?;
    let about = [&*scene.question, &*scene.view, &*scene.about].join("\n");
    writeln!(out, "{}", element("description", about.trim()))?;
    for style in styles(scene, &lives) {
        writeln!(out, "{style}")?;
    }
    folder(out, "Published reaches", &areas::reaches(scene))?;
    for (name, footprints) in areas::footprints(scene) {
        folder(out, &name, &footprints)?;
    }
    for side in side_words(&lives) {
        writeln!(out, "<Folder>{}", element("name", side))?;
        for (kind, placemarks) in things::of_side(scene, &lives, side) {
            folder(out, &format!("{side}: {kind}"), &placemarks)?;
        }
        writeln!(out, "</Folder>")?;
    }
    folder(out, "Engagements", &things::engagements(scene))?;
    folder(out, "Meetings", &things::meetings(scene))?;
    writeln!(out, "</Document>\n</kml>")
}

/// Writes an archive with the document. Its date is that of no day, so that equal scenes give equal
/// archives.
pub(crate) fn write_packed(scene: &Scene, out: &mut dyn Write) -> io::Result<()> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file(DOCUMENT, SimpleFileOptions::default())?;
    write(scene, &mut archive)?;
    out.write_all(archive.finish()?.get_ref())
}

/// The sides or identities that things end as, in alphabetical order.
fn side_words(lives: &[lives::Life]) -> Vec<&'static str> {
    let mut words: Vec<&str> = lives.iter().map(|life| life.last_standing().word()).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// One style for each side, and those of areas and lines that belong to none.
fn styles(scene: &Scene, lives: &[lives::Life]) -> Vec<Element> {
    let mut standings: Vec<Standing> = lives.iter().map(lives::Life::last_standing).collect();
    standings.sort_by_key(|standing| standing.word());
    standings.dedup();
    let mut styles: Vec<Element> =
        standings.into_iter().map(|each| style(each.word(), colour::of(each), 0)).collect();
    styles.push(style("reach", [220, 220, 220], 0));
    let mut stages: Vec<&str> = scene.footprints.iter().map(|each| &*each.stage).collect();
    stages.sort_unstable();
    stages.dedup();
    styles.extend(stages.into_iter().map(|stage| {
        let id = format!("stage-{}", areas::plain(stage));
        style(&id, colour::of_stage(stage), 0x50)
    }));
    styles
}

/// A style with one colour for icon, label, line and, less opaque, area.
fn style(id: &str, rgb: Rgb, fill_opacity: u8) -> Element {
    let [red, green, blue] = rgb;
    let hex = |opacity: u8| format!("{opacity:02x}{blue:02x}{green:02x}{red:02x}");
    let (line, fill) = (hex(0xff), hex(fill_opacity));
    Element(format!(
        "<Style id=\"{id}\"><IconStyle><color>{line}</color><scale>0.6</scale></IconStyle>\
         <LabelStyle><color>{line}</color><scale>0.8</scale></LabelStyle>\
         <LineStyle><color>{line}</color><width>1.5</width></LineStyle>\
         <PolyStyle><color>{fill}</color></PolyStyle></Style>"
    ))
}
