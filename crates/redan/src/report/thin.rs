//! Lists of points made short enough for a page, without a visible difference.

/// A place on the map at a time: seconds, and units of the drawing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spot {
    pub(super) t: f64,
    pub(super) x: f64,
    pub(super) y: f64,
}

/// Drops what straight and steady flight between the remaining spots shows within `tolerance` units:
/// the line of Ramer (1972) and of Douglas and Peucker (1973), with the distance taken between places at
/// the same time (Meratnia and de By 2004), so that a symbol that moves along it is right as well.
pub(super) fn thin(spots: &[Spot], tolerance: f64) -> Vec<Spot> {
    if spots.len() < 3 {
        return spots.to_vec();
    }
    let mut keep = vec![false; spots.len()];
    keep[0] = true;
    keep[spots.len() - 1] = true;
    let mut open = vec![(0, spots.len() - 1)];
    while let Some((first, last)) = open.pop() {
        let mut worst = (tolerance, None);
        for index in first + 1..last {
            let off = distance(spots[index], between(spots[first], spots[last], spots[index].t));
            if off > worst.0 {
                worst = (off, Some(index));
            }
        }
        if let Some(index) = worst.1 {
            keep[index] = true;
            open.push((first, index));
            open.push((index, last));
        }
    }
    spots.iter().zip(keep).filter(|(_, keep)| *keep).map(|(spot, _)| *spot).collect()
}

/// Where steady flight from `a` to `b` is at time `t`.
pub(super) fn between(a: Spot, b: Spot, t: f64) -> Spot {
    let whole = b.t - a.t;
    let part = if whole > 0.0 { ((t - a.t) / whole).clamp(0.0, 1.0) } else { 0.0 };
    Spot { t, x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part }
}

fn distance(a: Spot, b: Spot) -> f64 {
    let (dx, dy) = (a.x - b.x, a.y - b.y);
    (dx * dx + dy * dy).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(t: f64, x: f64, y: f64) -> Spot {
        Spot { t, x, y }
    }

    #[test]
    fn steady_flight_is_two_points_and_a_corner_a_third() {
        let straight: Vec<Spot> = (0..100).map(|i| spot(f64::from(i), f64::from(i), 0.0)).collect();
        assert_eq!(thin(&straight, 0.5).len(), 2);
        let mut corner = straight.clone();
        corner.extend((0..100).map(|i| spot(100.0 + f64::from(i), 99.0, f64::from(i))));
        assert_eq!(thin(&corner, 1.5).len(), 3);
    }

    #[test]
    fn a_stop_on_a_straight_line_is_kept() {
        let stop = [spot(0.0, 0.0, 0.0), spot(10.0, 50.0, 0.0), spot(90.0, 50.0, 0.0)];
        assert_eq!(thin(&stop, 0.5).len(), 3);
    }

    #[test]
    fn no_dropped_spot_is_farther_off_than_the_tolerance() {
        let spots: Vec<Spot> = (0..200)
            .map(|i| spot(f64::from(i), f64::from(i * i) / 90.0, f64::from(i % 7)))
            .collect();
        let kept = thin(&spots, 2.0);
        assert!(kept.len() < spots.len());
        for dropped in &spots {
            let after = kept.partition_point(|k| k.t < dropped.t).max(1);
            let shown = between(kept[after - 1], kept[after], dropped.t);
            assert!(distance(*dropped, shown) <= 2.0, "{dropped:?} is shown at {shown:?}");
        }
    }
}
