"""Loading, running, explaining; errors with place, reason and hint."""

import json
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import redan


def test_a_battle_names_who_takes_part(battle: redan.Battle) -> None:
    assert battle.networks == ["national"]
    assert battle.units == ["Murted"]
    assert {asset.name for asset in battle.assets} == {"Ankara", "Murted air base"}
    assert len(battle.aircraft) == 18
    assert battle.duration_s == 2_400


def test_equal_arguments_give_equal_events(battle: redan.Battle, recording: redan.Recording) -> None:
    assert battle.run(seed=3).digest == recording.digest
    assert battle.run(seed=4).digest != recording.digest
    assert battle.run(seed=3, replication=1).digest != recording.digest


def test_the_program_plays_the_same_battle(
    scenario: Path, recording: redan.Recording, tmp_path: Path
) -> None:
    words = ["run", str(scenario), "--seed", "3", "--terrain", "smooth", "--json"]
    command = [sys.executable, "-m", "redan", *words, "--out", str(tmp_path / "run")]
    told = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert told["digest"] == recording.digest
    assert redan.read(tmp_path / "run").digest == recording.digest


def test_a_recording_is_written_read_and_exported(
    recording: redan.Recording, tmp_path: Path
) -> None:
    recording.write(tmp_path / "run")
    again = redan.read(tmp_path / "run")
    assert again.summary() == recording.summary()
    recording.export(tmp_path / "raid.csv", format="csv")
    assert (tmp_path / "raid.csv").read_text(encoding="utf-8").count("\n") > 100
    with pytest.raises(redan.InputError, match="hint"):
        recording.export(tmp_path / "raid.xyz", format="xyz")


def test_an_aircraft_is_explained(recording: redan.Recording) -> None:
    assert "high" in recording.explain("high")
    with pytest.raises(redan.InputError):
        recording.explain("nobody of this name")


def test_measures_are_those_of_the_summary(recording: redan.Recording) -> None:
    measures = dict(recording.measures())
    assert measures["leaks"] == recording.summary()["leaks"]
    assert measures["rounds_fired"] == recording.summary()["rounds_fired"]


def test_a_file_at_fault_gives_place_reason_and_hint(scenario: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    text = scenario.read_text(encoding="utf-8")
    broken.write_text(text.replace('weapons = "free"', 'weapons = "fre"', 1), encoding="utf-8")
    with pytest.raises(redan.InputError) as caught:
        redan.load(broken)
    problem = caught.value.problems[0]
    line = text.splitlines().index('weapons = "free"') + 1
    assert (problem.line, problem.column) == (line, 11)
    assert problem.field == "network[0].weapons"
    assert "fre" in problem.reason
    assert problem.hint is not None and "free" in problem.hint
    assert caught.value.hint == problem.hint
    assert problem in redan.check(broken)
    assert redan.check(scenario) == []


def test_a_file_that_is_missing_is_bad_input() -> None:
    with pytest.raises(redan.InputError) as caught:
        redan.load("no such file.toml")
    assert caught.value.problems[0].line is None
    assert isinstance(caught.value, ValueError)


def test_arguments_are_keyword_only(battle: redan.Battle, scenario: Path) -> None:
    with pytest.raises(TypeError):
        battle.run(3)  # type: ignore[misc]
    with pytest.raises(TypeError):
        redan.study(scenario, 10)  # type: ignore[misc]


def test_other_threads_run_while_a_battle_is_fought(battle: redan.Battle) -> None:
    ticks: list[float] = []
    over = threading.Event()

    def tick() -> None:
        while not over.is_set():
            ticks.append(time.perf_counter())
            time.sleep(0.001)

    clock = threading.Thread(target=tick)
    clock.start()
    began = time.perf_counter()
    battle.run(seed=5)
    ended = time.perf_counter()
    over.set()
    clock.join()
    during = [tick for tick in ticks if began < tick < ended]
    longest = max(b - a for a, b in zip([began, *during], [*during, ended], strict=True))
    assert longest < 0.5 * (ended - began), "a battle held Python's lock"
