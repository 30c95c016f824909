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


@pytest.fixture(scope="module")
def short() -> Path:
    """A minute of one cruise missile over a smooth Earth, the short battle of the program's own tests."""
    return ROOT / "crates" / "redan" / "tests" / "it" / "short.toml"


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
