//! Outlines of what a site covers, as `redan coverage` leaves them in `footprints.geojson`.
//!
//! ```
//! use redan_exchange::Footprint;
//! let text = r#"{"type":"FeatureCollection","features":[{"type":"Feature",
//!     "properties":{"kind":"footprint","height_m":3000,"above_ground":true,"stage":"detection","reading":"nominal"},
//!     "geometry":{"type":"MultiPolygon","coordinates":[[[[32,40],[33,40],[33,41],[32,40]]]]}}]}"#;
//! let footprints = Footprint::read(text)?;
//! assert_eq!(footprints[0].name(), "detection at 3000 m above ground");
//! # Ok::<(), redan_exchange::ExchangeError>(())
//! ```

use serde::Deserialize;

use crate::ExchangeError;

/// A closed ring of longitude and latitude in degrees.
type Ring = Vec<[f64; 2]>;

/// What is covered at one height in one stage, by the nominal figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Footprint {
    /// Height, metres.
    pub height_m: f64,
    /// Whether the height is over the ground, else over the sea.
    pub above_ground: bool,
    /// `detection`, `tracking` or `engagement`.
    pub stage: String,
    /// Patches, each an outer ring and its holes.
    pub(crate) patches: Vec<Vec<Ring>>,
}

/// A file as far as it is read; members that are not named here are passed over.
#[derive(Deserialize)]
struct Collection {
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Feature {
    properties: Properties,
    geometry: Geometry,
}

#[derive(Deserialize)]
struct Properties {
    kind: String,
    height_m: Option<f64>,
    above_ground: Option<bool>,
    stage: Option<String>,
    reading: Option<String>,
}

#[derive(Deserialize)]
#[serde(tag = "type", content = "coordinates")]
enum Geometry {
    Point(serde::de::IgnoredAny),
    Polygon(serde::de::IgnoredAny),
    MultiPolygon(Vec<Vec<Ring>>),
}

impl Footprint {
    /// The nominal footprints of a file, in its order.
    ///
    /// # Errors
    ///
    /// [`ExchangeError::Footprints`] for a text that is no such file, or holds no footprint, or a
    /// corner that is not on Earth; with line and column where they are known.
    pub fn read(text: &str) -> Result<Vec<Footprint>, ExchangeError> {
        let refused = |reason: String| ExchangeError::Footprints { reason };
        let file: Collection =
            serde_json::from_str(text).map_err(|error| refused(error.to_string()))?;
        let mut footprints = Vec::new();
        for (index, feature) in file.features.into_iter().enumerate() {
            let place = |reason: &str| refused(format!("feature {}: {reason}", index + 1));
            footprints.extend(feature.footprint().map_err(place)?);
        }
        if footprints.is_empty() {
            return Err(refused("no feature of it is a nominal footprint".to_owned()));
        }
        Ok(footprints)
    }

    /// Stage and height in words.
    pub fn name(&self) -> String {
        let over = if self.above_ground { "above ground" } else { "above sea level" };
        format!("{} at {} m {over}", self.stage, self.height_m)
    }
}

impl Feature {
    /// The footprint of a feature; `None` for other features and readings.
    fn footprint(self) -> Result<Option<Footprint>, &'static str> {
        let Properties { kind, height_m, above_ground, stage, reading } = self.properties;
        if kind != "footprint" || reading.as_deref() != Some("nominal") {
            return Ok(None);
        }
        let Geometry::MultiPolygon(patches) = self.geometry else {
            return Err("its geometry is no MultiPolygon");
        };
        let is_on_earth =
            |[lon_deg, lat_deg]: &[f64; 2]| lon_deg.abs() <= 180.0 && lat_deg.abs() <= 90.0;
        let rings = || patches.iter().flatten();
        if rings().any(|ring| ring.len() < 4 || ring.first() != ring.last()) {
            return Err("a ring is not closed, or has fewer than four corners");
        }
        if !rings().flatten().all(is_on_earth) {
            return Err("a corner is not on the map, which ends at 180° and at the poles");
        }
        let height_m = height_m.filter(|height_m| height_m.is_finite()).ok_or("no `height_m`")?;
        let above_ground = above_ground.ok_or("no `above_ground`")?;
        let stage = stage.ok_or("no `stage`")?;
        Ok(Some(Footprint { height_m, above_ground, stage, patches }))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PROPERTIES: &str = r#"{"kind":"footprint","height_m":300,"above_ground":false,"stage":"engagement","reading":"nominal"}"#;

    fn file(properties: &str, ring: &str) -> String {
        format!(
            r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{properties},"geometry":{{"type":"MultiPolygon","coordinates":[[{ring}]]}}}}]}}"#
        )
    }

    #[test]
    fn what_is_no_footprint_is_refused_with_its_place() {
        let good = "[[32,40],[33,40],[33,41],[32,40]]";
        assert_eq!(Footprint::read(&file(PROPERTIES, good)).expect("one")[0].patches[0].len(), 1);
        for (properties, ring, reason) in [
            (PROPERTIES, "[[32,40],[33,40],[33,41]]", "feature 1: a ring is not closed"),
            (
                PROPERTIES,
                "[[32,99],[33,40],[33,41],[32,99]]",
                "feature 1: a corner is not on the map",
            ),
            (PROPERTIES, "[[32]]", "line 1 column"),
            (r#"{"kind":"site"}"#, good, "no feature of it is a nominal footprint"),
            (r#"{"kind":"footprint","reading":"nominal"}"#, good, "feature 1: no `height_m`"),
        ] {
            let error = Footprint::read(&file(properties, ring)).expect_err(reason).to_string();
            assert!(error.contains(reason) && error.contains("hint:"), "{error}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 512, ..Default::default() })]

        /// Cut, doubled or overwritten text is read or refused, never a panic.
        #[test]
        fn damaged_files_do_no_harm(at in 0_usize..400, byte in 32_u8..127, cut in any::<bool>()) {
            let mut text = file(PROPERTIES, "[[32,40],[33,40],[33,41],[32,40]]").into_bytes();
            let at = at % text.len();
            if cut { text.truncate(at) } else { text[at] = byte }
            let _ = Footprint::read(std::str::from_utf8(&text).expect("ASCII"));
        }
    }
}
