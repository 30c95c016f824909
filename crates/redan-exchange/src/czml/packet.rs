//! The packets of CZML as far as they are written, after the "CZML Structure" and "CZML Content" pages
//! of the format's authors (Analytical Graphics, version 1.0). Absent members are left out.

use serde::Serialize;
use serde_json::Value;

use crate::colour::Rgb;

/// One packet: an entity of Cesium.
#[derive(Default, Serialize)]
pub(super) struct Packet {
    pub(super) id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<String>,
    /// Packet that it hangs from in a list of entities.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) parent: Option<String>,
    /// `1.0` in the document packet, nothing elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) version: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) clock: Option<Clock>,
    /// HTML for the information box.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<String>,
    /// Interval in which the entity exists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) availability: Option<String>,
    /// What a program may ask for, by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) properties: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) position: Option<Position>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) point: Option<Point>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) label: Option<Label>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) path: Option<Path>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) ellipse: Option<Ellipse>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) polygon: Option<Polygon>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) polyline: Option<Polyline>,
}

/// Span and pace of the animation.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Clock {
    pub(super) interval: String,
    pub(super) current_time: String,
    /// Seconds of the scene in one of the viewer.
    pub(super) multiplier: u32,
    pub(super) range: &'static str,
    pub(super) step: &'static str,
}

/// A place, or places over time: then time in seconds since the epoch goes before each.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Position {
    #[serde(flatten)]
    pub(super) sampling: Option<Sampling>,
    /// Longitude and latitude in degrees, height in metres.
    pub(super) cartographic_degrees: Vec<f64>,
}

/// How to read places over time.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Sampling {
    pub(super) epoch: String,
    pub(super) interpolation_algorithm: &'static str,
    pub(super) interpolation_degree: u32,
    pub(super) forward_extrapolation_type: &'static str,
}

/// Red, green, blue, opacity, 0 to 255.
#[derive(Clone, Serialize)]
pub(super) struct Rgba {
    /// Interval in which it holds; always, if it is not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) interval: Option<String>,
    pub(super) rgba: [u8; 4],
}

/// One colour, or one for each interval.
pub(super) type Colours = Vec<Rgba>;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Point {
    pub(super) color: Colours,
    pub(super) outline_color: Rgba,
    pub(super) outline_width: u32,
    pub(super) pixel_size: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Label {
    pub(super) text: String,
    pub(super) font: &'static str,
    pub(super) fill_color: Colours,
    pub(super) show_background: bool,
    pub(super) horizontal_origin: &'static str,
    pub(super) pixel_offset: PixelOffset,
}

/// Right and down, pixels.
#[derive(Serialize)]
pub(super) struct PixelOffset {
    pub(super) cartesian2: [f64; 2],
}

/// A trail of so many seconds.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Path {
    pub(super) lead_time: u32,
    pub(super) trail_time: u32,
    pub(super) width: f64,
    pub(super) material: Material,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Material {
    SolidColor { color: Colours },
    PolylineDash { color: Colours },
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Ellipse {
    /// Metres.
    pub(super) semi_major_axis: f64,
    pub(super) semi_minor_axis: f64,
    /// Metres.
    pub(super) height: f64,
    pub(super) fill: bool,
    pub(super) outline: bool,
    pub(super) outline_color: Rgba,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Polygon {
    pub(super) positions: Corners,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) holes: Option<Holes>,
    /// Metres, over what `height_reference` says.
    pub(super) height: f64,
    pub(super) height_reference: &'static str,
    pub(super) material: Material,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Corners {
    pub(super) cartographic_degrees: Vec<f64>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Holes {
    pub(super) cartographic_degrees: Vec<Vec<f64>>,
}

/// A straight line from one entity to another, wherever they are.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Polyline {
    pub(super) positions: References,
    pub(super) arc_type: &'static str,
    pub(super) width: f64,
    pub(super) material: Material,
}

#[derive(Serialize)]
pub(super) struct References {
    pub(super) references: [String; 2],
}

/// A colour that always holds.
pub(super) fn rgba([red, green, blue]: Rgb, opacity: u8) -> Rgba {
    Rgba { interval: None, rgba: [red, green, blue, opacity] }
}
