//! Shapes on a map that ends at the antimeridian.

use serde::ser::{Serialize, SerializeSeq, Serializer};

use crate::position::{Position, degrees, length};

/// A full turn.
const TURN_DEG: f64 = 360.0;
/// Where the map ends.
const EDGE_DEG: f64 = 180.0;

/// A position as JSON has it: longitude, latitude, and height where it has one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Coordinate {
    pub(crate) lon_deg: f64,
    pub(crate) lat_deg: f64,
    pub(crate) alt_m: Option<f64>,
}

/// A part of a line, or a ring whose last position is its first.
pub(crate) type Part = Vec<Coordinate>;

/// A geometry object; the names are those of the RFC.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[serde(tag = "type", content = "coordinates")]
pub(crate) enum Geometry {
    Point(Coordinate),
    LineString(Part),
    MultiLineString(Vec<Part>),
    Polygon([Part; 1]),
    /// Outer ring and holes of each polygon.
    MultiPolygon(Vec<Vec<Part>>),
}

impl Serialize for Coordinate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        list.serialize_element(&self.lon_deg)?;
        list.serialize_element(&self.lat_deg)?;
        if let Some(alt_m) = &self.alt_m {
            list.serialize_element(alt_m)?;
        }
        list.end()
    }
}

impl From<Position> for Coordinate {
    fn from(position: Position) -> Coordinate {
        let Position { lat_deg, lon_deg, alt_m } = position;
        Coordinate { lon_deg, lat_deg, alt_m: Some(alt_m) }
    }
}

impl Geometry {
    /// The path through these places: nothing, a point, or a line that is cut at the antimeridian.
    /// From one place to the next it takes the shorter way round.
    pub(crate) fn path(places: &[Position]) -> Option<Geometry> {
        let [first, rest @ ..] = places else { return None };
        if rest.is_empty() {
            return Some(Geometry::Point((*first).into()));
        }
        let mut parts: Vec<Part> = vec![vec![(*first).into()]];
        let mut last = Coordinate::from(*first);
        for place in rest {
            let next = Coordinate::from(*place);
            if let Some((out, back)) = crossing(last, next) {
                parts.last_mut().into_iter().for_each(|part| part.push(out));
                parts.push(vec![back]);
            }
            parts.last_mut().into_iter().for_each(|part| part.push(next));
            last = next;
        }
        match <[Part; 1]>::try_from(parts) {
            Ok([part]) => Some(Geometry::LineString(part)),
            Err(parts) => Some(Geometry::MultiLineString(parts)),
        }
    }

    /// A polygon of rings, one for each part; `None` without any.
    pub(crate) fn area(mut rings: Vec<Part>) -> Option<Geometry> {
        match rings.len() {
            0 => None,
            1 => rings.pop().map(|ring| Geometry::Polygon([ring])),
            _ => Some(Geometry::MultiPolygon(rings.into_iter().map(|ring| vec![ring]).collect())),
        }
    }

    /// Patches of longitude and latitude in degrees, each an outer ring and its holes.
    pub(crate) fn patches(patches: &[Vec<Vec<[f64; 2]>>]) -> Geometry {
        let corner = |[lon_deg, lat_deg]: &[f64; 2]| Coordinate {
            lon_deg: *lon_deg,
            lat_deg: *lat_deg,
            alt_m: None,
        };
        let ring = |ring: &Vec<[f64; 2]>| ring.iter().map(corner).collect();
        let patch = |rings: &Vec<Vec<[f64; 2]>>| rings.iter().map(ring).collect();
        Geometry::MultiPolygon(patches.iter().map(patch).collect())
    }

    /// All its parts.
    pub(crate) fn parts(&self) -> Vec<&[Coordinate]> {
        match self {
            Geometry::Point(place) => vec![std::slice::from_ref(place)],
            Geometry::LineString(part) | Geometry::Polygon([part]) => vec![part],
            Geometry::MultiLineString(parts) => parts.iter().map(Vec::as_slice).collect(),
            Geometry::MultiPolygon(rings) => rings.iter().flatten().map(Vec::as_slice).collect(),
        }
    }
}

/// Where the way from one place to the next leaves the map and where it comes back; `None` for a
/// way that stays on it.
fn crossing(from: Coordinate, to: Coordinate) -> Option<(Coordinate, Coordinate)> {
    let step_deg = to.lon_deg - from.lon_deg;
    if step_deg.abs() <= EDGE_DEG {
        return None;
    }
    let edge_deg = EDGE_DEG.copysign(from.lon_deg);
    let way_deg = step_deg - TURN_DEG.copysign(step_deg);
    // A way from edge to edge has no length: it is all at the first place.
    let share = if way_deg == 0.0 { 0.0 } else { (edge_deg - from.lon_deg) / way_deg };
    let between = |a: f64, b: f64| a + (b - a) * share;
    let lat_deg = degrees(between(from.lat_deg, to.lat_deg));
    let alt_m = from.alt_m.zip(to.alt_m).and_then(|(a, b)| length(between(a, b)));
    let out = Coordinate { lon_deg: edge_deg, lat_deg, alt_m };
    Some((out, Coordinate { lon_deg: -edge_deg, ..out }))
}

/// The box around shapes.
#[derive(Default)]
pub(crate) struct Bounds {
    /// West and east end of every part; no part leaves the map.
    spans: Vec<(f64, f64)>,
    lat_deg: Option<(f64, f64)>,
    alt_m: Option<(f64, f64)>,
}

impl Bounds {
    /// Widens the box by a shape.
    pub(crate) fn add(&mut self, shape: &Geometry) {
        for part in shape.parts() {
            self.spans.extend(part.iter().fold(None, |span, each| wider(span, each.lon_deg)));
            for each in part {
                self.lat_deg = wider(self.lat_deg, each.lat_deg);
                self.alt_m = each.alt_m.map_or(self.alt_m, |alt_m| wider(self.alt_m, alt_m));
            }
        }
    }

    /// West, south, lowest, east, north, highest; `None` around nothing. West is the larger one where
    /// the box spans the antimeridian (RFC 7946, 5.2). Without any height the box is flat.
    pub(crate) fn bbox(mut self) -> Option<Vec<f64>> {
        let (south_deg, north_deg) = self.lat_deg?;
        self.spans.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (west_deg, east_deg) = around(&self.spans)?;
        Some(match self.alt_m {
            Some((low_m, high_m)) => vec![west_deg, south_deg, low_m, east_deg, north_deg, high_m],
            None => vec![west_deg, south_deg, east_deg, north_deg],
        })
    }
}

fn wider(span: Option<(f64, f64)>, value: f64) -> Option<(f64, f64)> {
    Some(span.map_or((value, value), |(low, high)| (low.min(value), high.max(value))))
}

/// The shortest way around all spans, which come sorted: everything but the widest gap between them.
/// The gap at the antimeridian wins over another one of its width.
fn around(spans: &[(f64, f64)]) -> Option<(f64, f64)> {
    let west_deg = spans.first()?.0;
    let mut east_deg = west_deg;
    let mut gaps = Vec::new();
    for (low_deg, high_deg) in spans {
        if *low_deg > east_deg {
            gaps.push((low_deg - east_deg, (*low_deg, east_deg)));
        }
        east_deg = east_deg.max(*high_deg);
    }
    let mut widest = (west_deg + TURN_DEG - east_deg, (west_deg, east_deg));
    for gap in gaps {
        if gap.0 > widest.0 {
            widest = gap;
        }
    }
    Some(widest.1)
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "degrees of a map are rounded, and met exactly")]
mod tests {
    use redan_geo::Geodetic;

    use super::*;

    fn place(lat_deg: f64, lon_deg: f64, alt_m: f64) -> Position {
        Position::of(Geodetic::from_degrees(lat_deg, lon_deg, alt_m)).expect("a place")
    }

    fn bbox(shapes: &[Geometry]) -> Vec<f64> {
        let mut bounds = Bounds::default();
        shapes.iter().for_each(|shape| bounds.add(shape));
        bounds.bbox().expect("there are shapes")
    }

    #[test]
    fn a_path_is_cut_at_the_antimeridian_where_it_crosses() {
        let path = [place(10.0, 170.0, 0.0), place(20.0, -170.0, 100.0), place(20.0, -160.0, 0.0)];
        let Some(Geometry::MultiLineString(parts)) = Geometry::path(&path) else {
            panic!("two parts")
        };
        assert_eq!(parts.len(), 2);
        let (out, back) = (parts[0][1], parts[1][0]);
        assert_eq!((out.lon_deg, out.lat_deg, out.alt_m), (180.0, 15.0, Some(50.0)));
        assert_eq!((back.lon_deg, back.lat_deg), (-180.0, 15.0));
        assert_eq!(parts[1].len(), 3);
        let westward = [place(0.0, -179.0, 0.0), place(0.0, 179.0, 0.0)];
        let Some(Geometry::MultiLineString(parts)) = Geometry::path(&westward) else {
            panic!("two parts")
        };
        assert_eq!(parts[0][1].lon_deg, -180.0);
    }

    #[test]
    fn one_place_is_a_point_and_none_is_nothing() {
        assert_eq!(Geometry::path(&[]), None);
        let point = Geometry::path(&[place(1.0, 2.0, 3.0)]).expect("a point");
        let text = serde_json::to_string(&point).expect("plain data");
        assert_eq!(text, r#"{"type":"Point","coordinates":[2.0,1.0,3.0]}"#);
    }

    #[test]
    fn the_box_goes_the_short_way_round() {
        let fiji = Geometry::path(&[place(-17.0, 177.0, 0.0)]).expect("a point");
        let samoa = Geometry::path(&[place(-13.0, -172.0, 50.0)]).expect("a point");
        let across = bbox(&[fiji.clone(), samoa]);
        assert_eq!(across, [177.0, -17.0, 0.0, -172.0, -13.0, 50.0]);
        let ankara = Geometry::path(&[place(40.0, 33.0, 0.0)]).expect("a point");
        assert_eq!(bbox(&[fiji, ankara]), [33.0, -17.0, 0.0, 177.0, 40.0, 0.0]);
    }

    #[test]
    fn a_long_line_is_inside_its_box() {
        let line =
            Geometry::path(&[place(0.0, -80.0, 0.0), place(0.0, 90.0, 0.0)]).expect("a line");
        assert_eq!(bbox(&[line]), [-80.0, 0.0, 0.0, 90.0, 0.0, 0.0]);
    }
}
