"""Studies, comparisons, coverage and assignment: the commands of the program, called."""

from pathlib import Path

import pyarrow as pa
import pytest
import redan


def test_a_study_has_a_row_for_each_battle(scenario: Path) -> None:
    study = redan.study(scenario, replications=4, battles=2, terrain="smooth", measures=["leaks"])
    assert len(study.table) == 4
    columns = pa.table(study.table)
    found = study.findings["cases"][0]["measures"][0]
    leaks = columns["leaks"].to_pylist()
    assert found["measure"] == "leaks"
    assert found["mean"] == pytest.approx(sum(leaks) / len(leaks))
    assert [name for name in columns.column_names if name.startswith("figure.")]


def test_a_study_that_is_kept_goes_on(scenario: Path, tmp_path: Path) -> None:
    out = tmp_path / "study.parquet"
    options = {"replications": 4, "terrain": "smooth", "out": out}
    first = redan.study(scenario, **options)
    stamp = out.stat().st_mtime_ns
    again = redan.study(scenario, **options)
    assert out.stat().st_mtime_ns == stamp, "it was played again"
    assert pa.table(first.table).equals(pa.table(again.table))
    with pytest.raises(redan.InputError, match="seed") as caught:
        redan.study(scenario, seed=2, **options)
    assert caught.value.hint is not None


def test_a_row_of_a_study_is_a_battle_that_can_be_run(scenario: Path) -> None:
    study = redan.study(scenario, replications=2, design="nominal", terrain="smooth", seed=3)
    rows = pa.table(study.table).to_pylist()
    battle = redan.load(scenario, terrain="smooth")
    for row in rows:
        run = battle.run(seed=3, replication=row["replication"])
        assert run.digest == row["digest"]
        assert dict(run.measures())["rounds_fired"] == row["rounds_fired"]


def test_wrong_arguments_are_told_as_the_program_tells_them(scenario: Path) -> None:
    with pytest.raises(redan.InputError, match="--replications"):
        redan.study(scenario, replications=1)
    with pytest.raises(redan.InputError, match="leakage"):
        redan.study(scenario, measures=["leekage"])


def test_variants_are_compared(scenario: Path) -> None:
    compared = redan.compare(
        scenario,
        variants=["hold"],
        replications=8,
        battles=2,
        terrain="smooth",
        measures=["leaks"],
    )
    one = compared.findings["comparisons"][0]
    assert one["case"] == "hold"
    assert one["mean"] >= one["base"]
    assert "hold" in compared.text
    assert len(compared.table) == 16


def test_coverage_is_summed_up_and_drawn(tmp_path: Path) -> None:
    found = redan.coverage(
        "s-400/battalion",
        at=(40.08, 32.57),
        out=tmp_path / "coverage",
        altitudes_m=[1_000],
        cell_arcsec=300,
        radius_km=200,
        bands=False,
        terrain="smooth",
    )
    assert found.summary
    assert all(file.exists() for file in found.files)
    assert "km" in found.text


def test_weapons_are_assigned_with_a_bound() -> None:
    found = redan.assign(values=[5, 3], kill_probabilities=[[0.5, 0.9], [0.8, 0.1]])
    # Weapon 0 at target 1 and weapon 1 at target 0: 5 × 0.2 + 3 × 0.1.
    assert found.objective == pytest.approx(1.3)
    assert found.bound == pytest.approx(1.3)
    assert sorted(found.shots) == [(0, 1, 1), (1, 0, 1)]
    with pytest.raises(redan.InputError, match="weapon 0"):
        redan.assign(values=[1, 2], kill_probabilities=[[0.5]])
