//! Coasts and borders from Natural Earth, cut to the box of a map. The asset and its format are
//! described in `assets/README.md`.

/// Longitude and latitude, degrees.
pub(crate) type LonLat = (f64, f64);

/// A box of a map, degrees. `west` may lie below −180 and `east` beyond 180.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window {
    pub(crate) west: f64,
    pub(crate) east: f64,
    pub(crate) south: f64,
    pub(crate) north: f64,
}

/// What lies in a window.
pub(crate) struct Shapes {
    /// Closed rings to be filled by the even-odd rule; they run along the edge where they were cut.
    pub(crate) land: Vec<Vec<LonLat>>,
    /// Coasts, open where they leave the window.
    pub(crate) coasts: Vec<Vec<LonLat>>,
    /// Borders between countries.
    pub(crate) borders: Vec<Vec<LonLat>>,
}

const ASSET: &[u8] = include_bytes!("../../assets/coast.bin");
const UNITS_PER_DEGREE: f64 = 100.0;

/// Land, coasts and borders in a window.
pub(crate) fn shapes(window: Window) -> Shapes {
    let mut bytes = ASSET;
    let rings = lines(&mut bytes);
    let mut shapes = Shapes { land: Vec::new(), coasts: Vec::new(), borders: Vec::new() };
    for ring in &rings {
        for shifted in copies(ring, window) {
            shapes.coasts.extend(cut_line(&shifted, window));
            let land = cut_ring(over_the_pole(shifted), window);
            if land.len() > 2 {
                shapes.land.push(land);
            }
        }
    }
    for border in &lines(&mut bytes) {
        for shifted in copies(border, window) {
            shapes.borders.extend(cut_line(&shifted, window));
        }
    }
    shapes
}

fn lines(bytes: &mut &[u8]) -> Vec<Vec<LonLat>> {
    (0..varint(bytes)).map(|_| line(bytes)).collect()
}

fn line(bytes: &mut &[u8]) -> Vec<LonLat> {
    let (mut lon, mut lat) = (0, 0);
    (0..varint(bytes))
        .map(|_| {
            lon += varint(bytes);
            lat += varint(bytes);
            (f64::from(lon) / UNITS_PER_DEGREE, f64::from(lat) / UNITS_PER_DEGREE)
        })
        .collect()
}

/// Zigzag varint; 0 at the end of the data.
fn varint(bytes: &mut &[u8]) -> i32 {
    let mut value = 0_u32;
    let mut shift = 0;
    while let Some((&byte, rest)) = bytes.split_first() {
        *bytes = rest;
        value |= u32::from(byte & 127) << shift;
        shift += 7;
        if byte < 128 || shift > 28 {
            break;
        }
    }
    (value >> 1).cast_signed() ^ -(value & 1).cast_signed()
}

/// The line as often as it reaches into the window when it is turned round the Earth.
fn copies(line: &[LonLat], window: Window) -> Vec<Vec<LonLat>> {
    let extent = |pick: fn(&LonLat) -> f64| {
        line.iter().map(pick).fold((f64::MAX, f64::MIN), |(a, b), v| (a.min(v), b.max(v)))
    };
    let ((west, east), (south, north)) = (extent(|p| p.0), extent(|p| p.1));
    // The one ring round the pole has no south.
    let reaches = north >= window.south && (south <= window.north || south < -60.0);
    [-720.0, -360.0, 0.0, 360.0, 720.0]
        .into_iter()
        .filter(|turn| reaches && west + turn <= window.east && east + turn >= window.west)
        .map(|turn| line.iter().map(|(lon, lat)| (lon + turn, *lat)).collect())
        .collect()
}

/// The ring that goes round the world and does not close is closed over the south pole.
fn over_the_pole(mut ring: Vec<LonLat>) -> Vec<LonLat> {
    if let (Some(&first), Some(&last)) = (ring.first(), ring.last())
        && (first.0 - last.0).abs() > 180.0
    {
        ring.push((last.0, -90.0));
        ring.push((first.0, -90.0));
    }
    ring
}

/// A ring cut by the four sides of a window one after the other (Sutherland and Hodgman 1974).
fn cut_ring(ring: Vec<LonLat>, window: Window) -> Vec<LonLat> {
    let Window { west, east, south, north } = window;
    let cut = cut_side(&ring, |p| p.0 - west);
    let cut = cut_side(&cut, |p| east - p.0);
    let cut = cut_side(&cut, |p| p.1 - south);
    cut_side(&cut, |p| north - p.1)
}

/// The part of a ring for which `inside` is not negative; `inside` is linear.
fn cut_side(ring: &[LonLat], inside: impl Fn(LonLat) -> f64) -> Vec<LonLat> {
    let mut kept = Vec::with_capacity(ring.len());
    let Some(mut last) = ring.last().copied() else { return kept };
    for &point in ring {
        let (was, is) = (inside(last), inside(point));
        if (was < 0.0) != (is < 0.0) {
            kept.push(along(last, point, was / (was - is)));
        }
        if is >= 0.0 {
            kept.push(point);
        }
        last = point;
    }
    kept
}

/// The pieces of a line inside a window.
fn cut_line(line: &[LonLat], window: Window) -> Vec<Vec<LonLat>> {
    let mut pieces: Vec<Vec<LonLat>> = Vec::new();
    for pair in line.windows(2) {
        let Some((a, b)) = cut_segment(pair[0], pair[1], window) else { continue };
        match pieces.last_mut() {
            Some(piece) if piece.last() == Some(&a) => piece.push(b),
            _ => pieces.push(vec![a, b]),
        }
    }
    pieces
}

/// The part of a segment inside a window (Liang and Barsky 1984).
fn cut_segment(a: LonLat, b: LonLat, window: Window) -> Option<(LonLat, LonLat)> {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let sides = [
        (-dx, a.0 - window.west),
        (dx, window.east - a.0),
        (-dy, a.1 - window.south),
        (dy, window.north - a.1),
    ];
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for (outwards, room) in sides {
        if outwards < 0.0 {
            enter = enter.max(room / outwards);
        } else if outwards > 0.0 {
            leave = leave.min(room / outwards);
        } else if room < 0.0 {
            return None;
        }
    }
    let start = if enter > 0.0 { along(a, b, enter) } else { a };
    let end = if leave < 1.0 { along(a, b, leave) } else { b };
    (enter <= leave).then_some((start, end))
}

fn along(a: LonLat, b: LonLat, part: f64) -> LonLat {
    (a.0 + (b.0 - a.0) * part, a.1 + (b.1 - a.1) * part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(west: f64, east: f64, south: f64, north: f64) -> Window {
        Window { west, east, south, north }
    }

    /// Whether a place is land by the even-odd rule that the drawing uses.
    fn is_land(shapes: &Shapes, (lon, lat): LonLat) -> bool {
        let crossings = |ring: &Vec<LonLat>| {
            let mut last = ring[ring.len() - 1];
            let mut number = 0;
            for &point in ring {
                let above = (last.1 > lat) != (point.1 > lat);
                if above {
                    let part = (lat - last.1) / (point.1 - last.1);
                    number += usize::from(last.0 + (point.0 - last.0) * part > lon);
                }
                last = point;
            }
            number
        };
        shapes.land.iter().map(crossings).sum::<usize>() % 2 == 1
    }

    #[test]
    fn the_whole_asset_is_read_and_nothing_is_left_over() {
        let mut bytes = ASSET;
        let (coasts, borders) = (lines(&mut bytes), lines(&mut bytes));
        assert!(bytes.is_empty());
        assert!(coasts.len() > 3_000 && borders.len() > 180);
        let sound = |p: &LonLat| p.0.abs() < 400.0 && p.1.abs() <= 90.0;
        assert!(coasts.iter().chain(&borders).flatten().all(sound));
    }

    #[test]
    fn towns_are_on_land_and_seas_are_not() {
        let shapes = shapes(window(24.0, 56.0, 34.0, 48.0));
        for town in [(32.86, 39.93), (28.98, 41.08), (44.8, 41.7)] {
            assert!(is_land(&shapes, town), "{town:?}");
        }
        // Black Sea, Mediterranean, Caspian Sea: the last is a hole in the land.
        for sea in [(34.0, 43.0), (30.0, 35.5), (50.5, 42.0)] {
            assert!(!is_land(&shapes, sea), "{sea:?}");
        }
    }

    #[test]
    fn the_antimeridian_and_the_south_pole_are_no_edges() {
        let pacific = shapes(window(170.0, 190.0, 60.0, 72.0));
        assert!(is_land(&pacific, (179.5, 68.0)) && is_land(&pacific, (181.0, 67.8)));
        assert!(is_land(&shapes(window(-190.0, -170.0, 60.0, 72.0)), (-180.5, 68.0)));
        let south = shapes(window(-20.0, 20.0, -89.0, -60.0));
        assert!(is_land(&south, (0.0, -85.0)) && !is_land(&south, (0.0, -62.0)));
    }

    #[test]
    fn lines_end_at_the_window() {
        let cut =
            cut_line(&[(-5.0, 1.0), (5.0, 1.0), (5.0, 9.0), (1.0, 1.0)], window(0., 4., 0., 4.));
        assert_eq!(cut, [vec![(0.0, 1.0), (4.0, 1.0)], vec![(2.5, 4.0), (1.0, 1.0)]]);
    }
}
