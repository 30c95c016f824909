//! Figures that a study draws: they change a battle, and a battle made like another is the same battle.

use std::path::Path;

use redan_geo::{Earth, GridGeometry, HeightGrid, Span};
use redan_record::{Digesting, Measures};
use redan_sim::card::{Library, Taken};
use redan_sim::scenario::{Changes, Draft, Setting};
use redan_sim::{Battle, run};

fn draft(settings: &[Setting], taken: &[Taken], library: &Library) -> Draft {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/first-look.toml");
    let text = std::fs::read_to_string(path).expect("the scenario ships");
    let changes = Changes { variant: None, settings, taken };
    Draft::parse_as("first-look.toml", &text, &changes, library).expect("it is in order")
}

/// Hills of 400 m every few kilometres round Ankara.
fn hilly(draft: &Draft) -> Earth {
    let geometry = GridGeometry {
        south_rad: 38_f64.to_radians(),
        west_rad: 31_f64.to_radians(),
        lat_step_rad: 0.02_f64.to_radians(),
        lon_step_rad: 0.02_f64.to_radians(),
        rows: 200,
        columns: 150,
    };
    let height = |post: usize| if post % 7 == 3 { 1_200.0 } else { 800.0 };
    let grid = HeightGrid::new(geometry, (0..200 * 150).map(height).collect());
    Earth::with_relief(draft.effective_earth(), std::sync::Arc::new(grid.expect("a grid")))
}

fn digest(mut battle: Battle) -> String {
    battle.scenario.duration = Span::from_secs(700.0);
    let mut recorder = Digesting::new(Measures::new(&battle.roster()));
    run(&battle, 3, 4, &mut recorder);
    recorder.finish().1.to_string()
}

/// Every uncertain figure at a share of its own.
fn taken(library: &Library, nominal: &Draft, turn: f64) -> Vec<Taken> {
    let figures = nominal.uncertain(library);
    let share = |index: usize| (0.618 * index as f64 + turn).fract().clamp(0.05, 0.95);
    let calm = |one: &redan_sim::card::Uncertain| !one.parameter.contains("speed");
    // Speeds alone can contradict each other; what a study does then is its own matter.
    let kept = figures.iter().filter(|one| calm(one)).enumerate();
    kept.map(|(index, one)| one.at(share(index))).collect()
}

#[test]
fn a_battle_made_like_another_is_the_same_battle() {
    let library = Library::embedded();
    let nominal = draft(&[], &[], &library);
    let earth = hilly(&nominal);
    let first = Battle::new(nominal.clone().scenario(earth.clone())).expect("cards go together");
    let usual = digest(first.clone());
    for turn in [0.1, 0.6] {
        let drawn = draft(&[], &taken(&library, &nominal, turn), &library);
        let scenario = drawn.scenario(earth.clone());
        let alone = Battle::new(scenario.clone()).expect("figures go together");
        let like = Battle::like(scenario, &first).expect("figures go together");
        let found = digest(like);
        assert_eq!(found, digest(alone));
        assert_ne!(found, usual, "other figures make another battle");
    }
}

#[test]
fn what_the_scenario_sets_is_not_drawn_and_has_the_last_word() {
    let library = Library::embedded();
    let nominal = draft(&[], &[], &library);
    let name = "s-400/92n6e.target_channels";
    let all = nominal.uncertain(&library);
    let channels = all.iter().find(|one| one.name() == name).expect("it is disputed");
    assert!(all.is_sorted_by_key(|one| (one.card.clone(), one.parameter.clone())));
    let path = "figures.\"s-400/92n6e\".target_channels".to_string();
    let settings = [Setting { path, value: "3".to_string() }];
    let set = draft(&settings, &[channels.at(0.99)], &library);
    assert!(set.uncertain(&library).iter().all(|one| one.name() != name));
    let scenario = set.scenario(Earth::smooth(nominal.effective_earth()));
    let radar = &scenario.radars[scenario.units[0].radar];
    assert_eq!(radar.figures.target_channels, 3);
}

#[test]
fn a_probability_against_what_does_not_fly_is_not_drawn() {
    let library = Library::embedded();
    let names: Vec<String> =
        draft(&[], &[], &library).uncertain(&library).iter().map(|one| one.name()).collect();
    assert!(names.iter().any(|name| name.ends_with("kill_probability_drone")));
    assert!(names.iter().all(|name| !name.ends_with("kill_probability_ballistic")));
}
