//! The scenario that everybody meets first is in order, with every variant, and is what it says.

use redan_record::Side;

use super::{LIBRARY, Scenario};
use crate::scenario::Draft;

pub(super) const TEXT: &str = include_str!("../../../../../scenarios/first-look.toml");

fn battle(variant: Option<&str>) -> Scenario {
    match Draft::parse("first-look.toml", TEXT, variant, &LIBRARY) {
        Ok(draft) => draft.scenario(Default::default()),
        Err(problems) => panic!("{problems}"),
    }
}

#[test]
fn twelve_attack_while_six_others_fly() {
    let battle = battle(None);
    let count = |side: Side| battle.aircraft.iter().filter(|a| a.side == side).count();
    assert_eq!((count(Side::Hostile), count(Side::Friendly), count(Side::Neutral)), (12, 2, 4));
    assert_eq!(battle.assets.len(), 2);
}

#[test]
fn every_variant_changes_the_battle() {
    let plain = format!("{:?}", battle(None));
    let draft = Draft::parse("first-look.toml", TEXT, None, &LIBRARY).expect("no mistakes");
    assert!(draft.variants().len() >= 4);
    for (name, about) in draft.variants() {
        assert!(!about.is_empty());
        let changed = Scenario { variant: String::new(), ..battle(Some(name)) };
        assert_ne!(format!("{changed:?}"), plain, "{name}");
    }
}

#[test]
fn the_stray_drone_stays_below_every_horizon() {
    let battle = battle(Some("mast"));
    let stray = battle.aircraft.iter().find(|aircraft| aircraft.name == "stray").expect("it flies");
    // Even from the highest ground of the region, 2400 m, over the smooth Earth.
    let earth = battle.earth.effective;
    for point in &stray.route {
        let crate::scenario::Height::Agl(agl_m) = point.height else {
            panic!("it follows the ground")
        };
        let place =
            redan_geo::Geodetic { lat_rad: point.lat_rad, lon_rad: point.lon_rad, height_m: agl_m };
        for radar in &battle.radars {
            let arc_m = redan_geo::Leg::new(radar.antenna, place).length_m();
            assert!(arc_m > earth.horizon_arc_m(2_400.0) + earth.horizon_arc_m(agl_m), "{arc_m}");
        }
    }
}
