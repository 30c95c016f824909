"""The script for Slurm and the manifest for Kubernetes, share by share, without a cluster."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pytest
import redan
import yaml
from conftest import ROOT

SHARES = 3
BATTLES = "120"  # three parts, one for each share


SCENARIO = """
title = "A short one"
question = "Does the battalion stop one missile that appears close by?"
start = 2026-05-12T04:00:00Z
duration_min = 2
terrain = "smooth"

[[network]]
name = "defence"
weapons = "free"

[[unit]]
name = "Battalion"
card = "S-400"
at = [52.10, 20.80]
heading_deg = 90
network = "defence"

[[asset]]
name = "City"
at = [52.10, 20.80]
radius_km = 15

[[flight]]
name = "missile"
card = "cruise missile"
side = "hostile"
target = "City"
route = [{ at = [52.10, 21.20], agl_m = 300 }, { at = [52.10, 20.80] }]
"""


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A minute of one cruise missile over a smooth Earth."""
    file = tmp_path_factory.mktemp("short") / "short.toml"
    file.write_text(SCENARIO, encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def whole(short: Path) -> pa.Table:
    return pa.table(redan.study(short, replications=int(BATTLES)).table)


def run(words: list[str], variables: Mapping[str, str]) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, **variables}
    ended = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr


def test_the_tasks_of_a_slurm_array_make_the_table(
    short: Path, whole: pa.Table, tmp_path: Path
) -> None:
    out = tmp_path / "table.parquet"
    script = [str(ROOT / "deploy" / "slurm.sh"), "--replications", BATTLES]
    for task in (2, 1, 1, 3):
        assert not out.exists()
        slurm = {"SLURM_ARRAY_TASK_ID": str(task), "SLURM_ARRAY_TASK_COUNT": str(SHARES)}
        run(script, {**slurm, "SCENARIO": str(short), "OUT": str(out)})
    assert pa.table(redan._redan.study_table(out)).equals(whole)


def test_the_pods_of_an_indexed_job_make_the_table(
    short: Path, whole: pa.Table, tmp_path: Path
) -> None:
    manifest = yaml.safe_load((ROOT / "deploy" / "kubernetes.yaml").read_text(encoding="utf-8"))
    job = manifest["spec"]
    container = job["template"]["spec"]["containers"][0]
    variables = {one["name"]: one["value"] for one in container["env"]}
    assert job["completionMode"] == "Indexed"
    assert variables["SHARES"] == str(job["completions"])
    out = tmp_path / "table.parquet"
    own = {"SHARES": str(SHARES), "SCENARIO": str(short), "OUT": str(out), "REPLICATIONS": BATTLES}
    for index in range(SHARES):
        pod = {**variables, **own, "JOB_COMPLETION_INDEX": str(index)}
        run([*container["command"], *container["args"]], pod)
    assert pa.table(redan._redan.study_table(out)).equals(whole)
