//! Elements of KML as text.

use std::fmt;
use std::io::{self, Write};

use redan_geo::Time;

use crate::position::Position;
use crate::scene::Scene;
use crate::xml::text;

/// A finished element.
pub(super) struct Element(pub(super) String);

impl fmt::Display for Element {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An element with text alone.
pub(super) fn element(name: &str, content: &str) -> Element {
    Element(format!("<{name}>{}</{name}>", text(content)))
}

/// What a placemark says beside its shape; empty texts are left out.
#[derive(Default)]
pub(super) struct Placemark<'a> {
    pub(super) name: &'a str,
    pub(super) description: &'a str,
    /// First and last instant.
    pub(super) span: Option<(Time, Time)>,
    /// Style without its `#`.
    pub(super) style: &'a str,
    /// Names and values for programs.
    pub(super) data: Vec<(&'static str, String)>,
}

impl Placemark<'_> {
    /// The element with this shape.
    pub(super) fn around(self, scene: &Scene, shape: &Element) -> Element {
        let mut inner = element("name", self.name).0;
        if !self.description.is_empty() {
            inner += &element("description", self.description).0;
        }
        if let Some((first, last)) = self.span {
            let [begin, end] = [first, last].map(|at| scene.start.at(at).text());
            inner += &format!("<TimeSpan><begin>{begin}</begin><end>{end}</end></TimeSpan>");
        }
        inner += &format!("<styleUrl>#{}</styleUrl>", self.style);
        if !self.data.is_empty() {
            inner.push_str("<ExtendedData>");
            for (name, value) in &self.data {
                let value = text(value);
                inner += &format!("<Data name=\"{name}\"><value>{value}</value></Data>");
            }
            inner.push_str("</ExtendedData>");
        }
        Element(format!("<Placemark>{inner}{shape}</Placemark>"))
    }
}

/// A point at its height.
pub(super) fn point(place: Position) -> Element {
    let place = coordinates(&[place]);
    Element(format!("<Point><altitudeMode>absolute</altitudeMode>{place}</Point>"))
}

/// A straight line.
pub(super) fn line(from: Position, to: Position) -> Element {
    let ends = coordinates(&[from, to]);
    Element(format!("<LineString><altitudeMode>absolute</altitudeMode>{ends}</LineString>"))
}

fn coordinates(places: &[Position]) -> Element {
    let tuples = places.iter().map(|place| {
        let Position { lat_deg, lon_deg, alt_m } = place;
        format!("{lon_deg},{lat_deg},{alt_m}")
    });
    element("coordinates", &tuples.collect::<Vec<_>>().join(" "))
}

/// A folder with its placemarks, one a line; nothing without any.
pub(super) fn folder(out: &mut dyn Write, name: &str, placemarks: &[Element]) -> io::Result<()> {
    if placemarks.is_empty() {
        return Ok(());
    }
    writeln!(out, "<Folder>{}", element("name", name))?;
    placemarks.iter().try_for_each(|placemark| writeln!(out, "{placemark}"))?;
    writeln!(out, "</Folder>")
}
