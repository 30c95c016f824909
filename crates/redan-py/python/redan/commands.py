"""The commands of the program as functions. They read their arguments with the program's own reader, so that ranges,
defaults and messages are the same in both; what they do not name here is left as the program has it."""

import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike, fspath
from pathlib import Path
from typing import Any, cast

from redan import _redan
from redan._redan import Table
from redan.errors import InputError, Problem

_Path = str | PathLike[str]
_Site = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Study:
    """Many battles of one scenario.

    ``table`` has a row for each battle: case, replication, draw, measures (null where unobserved) and the figures
    that were drawn. ``findings`` is what ``redan study --json`` prints: for each case and measure the mean with two
    intervals, Monte Carlo error and the spread that the ledger's disagreement causes.
    """

    table: Table
    findings: dict[str, Any]
    warnings: list[str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Variants of a scenario, draw by draw against the first case.

    ``table`` has a row for each battle, ``findings`` is what ``redan compare --json`` prints, ``text`` says it in
    plain words, with "no difference shown" where there is none.
    """

    table: Table
    findings: dict[str, Any]
    text: str
    warnings: list[str]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What sites cover: the summary, the story in words, and the files (pictures, rasters, outlines, a page)."""

    summary: dict[str, Any]
    text: str
    files: list[Path]
    warnings: list[str]


@dataclass(frozen=True, slots=True)
class Assignment:
    """Weapons to targets.

    ``objective`` is the value that is expected to survive, ``bound`` what no assignment can be below, ``gap`` their
    relative difference, ``shots`` weapon, target and rounds.
    """

    objective: float
    bound: float
    gap: float
    shots: list[tuple[int, int, int]]


def check(
    scenario: _Path, *, variant: str | None = None, cards: _Path | None = None
) -> list[Problem]:
    """Checks a scenario file with all its variants, or with one; the problems, none where it is in order."""
    words = ["check", _positional(scenario), *_options(variant=variant, cards=cards)]
    try:
        _redan.answer(words)
    except InputError as error:
        if error.problems:
            return list(error.problems)
        raise
    return []


def study(
    scenario: _Path,
    *,
    replications: int = 1_000,
    battles: int = 2,
    seed: int = 1,
    variant: str | None = None,
    until: str | None = None,
    design: str = "random",
    only: Iterable[str] = (),
    settings: Mapping[str, object] | None = None,
    sweep: Mapping[str, str | Sequence[object]] | None = None,
    measures: Iterable[str] = (),
    terrain: str | None = None,
    cards: _Path | None = None,
    threads: int = 0,
    out: _Path | None = None,
) -> Study:
    """Plays many battles, with the disputed figures of the cards drawn anew, and says how sure one may be.

    Each draw of the ledger plays ``battles`` battles; ``until`` stops at a wanted interval, such as
    ``"leakage±0.02"``. ``settings`` sets fields of the scenario, ``sweep`` varies them: a list, or a range such as
    ``"4..64:4"``. With ``out``, a ``.parquet`` file, the study is kept, and one that was cut off goes on; the same call
    with the same file gives what is there. Without it nothing is left behind.
    """
    options = _options(
        replications=replications,
        battles=battles,
        seed=seed,
        variant=variant,
        until=until,
        design=design,
        only=list(only),
        set=_settings(settings),
        sweep=_sweep(sweep),
        measure=list(measures),
        terrain=terrain,
        cards=cards,
        threads=threads,
    )
    findings, table = _played(["study", _positional(scenario), *options], out)
    warnings = findings.pop("warnings")
    return Study(table=table, findings=findings, warnings=warnings)


def compare(
    scenario: _Path,
    *,
    variants: Sequence[str] = (),
    factorial: bool = False,
    replications: int = 400,
    battles: int = 4,
    seed: int = 1,
    matters: Mapping[str, float] | None = None,
    design: str = "random",
    only: Iterable[str] = (),
    settings: Mapping[str, object] | None = None,
    sweep: Mapping[str, str | Sequence[object]] | None = None,
    measures: Iterable[str] = (),
    terrain: str | None = None,
    cards: _Path | None = None,
    threads: int = 0,
    out: _Path | None = None,
) -> Comparison:
    """Compares variants, all of the file unless some are named, with the same draws and the same luck.

    ``matters`` gives the smallest difference that matters, by measure. For ``out`` see :func:`study`.
    """
    options = _options(
        variants=",".join(variants) or None,
        factorial=factorial,
        replications=replications,
        battles=battles,
        seed=seed,
        matters=[f"{name}={value!r}" for name, value in (matters or {}).items()],
        design=design,
        only=list(only),
        set=_settings(settings),
        sweep=_sweep(sweep),
        measure=list(measures),
        terrain=terrain,
        cards=cards,
        threads=threads,
    )
    findings, table = _played(["compare", _positional(scenario), *options], out)
    text, warnings = findings.pop("text"), findings.pop("warnings")
    return Comparison(table=table, findings=findings, text=text, warnings=warnings)


def coverage(
    card: str | Sequence[str],
    *,
    at: _Site | Sequence[_Site],
    out: _Path,
    altitudes_m: Sequence[float] = (50, 300, 1_000, 3_000, 10_000),
    above_ground: bool = False,
    mast_m: float | None = None,
    target: str | None = None,
    rcs_m2: float | None = None,
    speed_m_s: float | None = None,
    terrain: str = "auto",
    radius_km: float = 450.0,
    cell_arcsec: float = 30.0,
    probability: float = 0.9,
    bands: bool = True,
    rain_mm_h: float = 0.0,
    sea: bool = False,
    title: str | None = None,
    cards: _Path | None = None,
    threads: int = 0,
) -> Coverage:
    """Computes what one or several sites cover and writes it to the folder ``out``.

    ``at`` is latitude and longitude in degrees, once for each site; ``target`` a card, or ``rcs_m2`` a radar
    cross-section from all sides.
    """
    names = [card] if isinstance(card, str) else list(card)
    options = _options(
        card=names,
        at=[f"{float(lat)!r},{float(lon)!r}" for lat, lon in _sites(at)],
        out=out,
        altitudes=",".join(repr(float(height)) for height in altitudes_m),
        agl=above_ground,
        mast=mast_m,
        target=target,
        rcs=rcs_m2,
        speed=speed_m_s,
        terrain=terrain,
        radius=radius_km,
        cell=cell_arcsec,
        probability=probability,
        no_bands=not bands,
        rain=rain_mm_h,
        sea=sea,
        title=title,
        cards=cards,
        threads=threads,
    )
    answer = json.loads(_redan.answer(["coverage", *options]))
    return Coverage(
        summary=answer["summary"],
        text=answer["text"],
        files=[Path(file) for file in answer["files"]],
        warnings=answer["warnings"],
    )


def assign(
    *,
    values: Sequence[float],
    kill_probabilities: Sequence[Sequence[float]],
    rounds: int = 1,
    seconds: float = 60.0,
) -> Assignment:
    """Assigns weapons to targets so that the least value survives, and proves how good that is.

    ``values`` has one value for each target, ``kill_probabilities`` a row for each weapon with the probability that
    one of its rounds destroys each target, ``rounds`` is what each weapon has. See ``redan assign --help``.
    """
    lines = [f"{len(kill_probabilities)} {len(values)} {rounds}", *(repr(float(v)) for v in values)]
    for weapon, row in enumerate(kill_probabilities):
        if len(row) != len(values):
            count = f"weapon {weapon} has {len(row)} probabilities for {len(values)} targets"
            raise InputError(f"{count}\nhint: give each weapon one for every target")
        lines += [f"{weapon} {target} {float(p)!r}" for target, p in enumerate(row) if p]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "problem.txt"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        answer = json.loads(_redan.answer(["assign", str(file), f"--seconds={seconds!r}"]))
    shots = [(weapon, target, count) for weapon, target, count in answer["assignment"]]
    return Assignment(
        objective=answer["objective"], bound=answer["bound"], gap=answer["gap"], shots=shots
    )


def _played(words: list[str], out: _Path | None) -> tuple[dict[str, Any], Table]:
    """The findings and the table of a study or comparison, kept at ``out`` or nowhere."""
    if out is None:
        with tempfile.TemporaryDirectory() as folder:
            findings, table = _played(words, Path(folder) / "table.parquet")
        del findings["table"]
        return findings, table
    findings = json.loads(_redan.answer([*words, f"--out={fspath(out)}"]))
    return findings, _redan.study_table(fspath(out))


def _sites(at: _Site | Sequence[_Site]) -> Sequence[_Site]:
    first = at[0]
    return [cast(_Site, at)] if isinstance(first, (int, float)) else cast(Sequence[_Site], at)


def _positional(path: _Path) -> str:
    """A path as a word that no reader takes for an option."""
    text = fspath(path)
    return f"./{text}" if text.startswith("-") else text


def _options(**options: object) -> list[str]:
    """Options as words: nothing for ``None``, ``False`` and empty lists, one for each item of a list."""
    words = []
    for name, value in options.items():
        option = "--" + name.replace("_", "-")
        if value is None or value is False:
            continue
        if value is True:
            words.append(option)
        elif isinstance(value, list):
            words += [f"{option}={item}" for item in value]
        else:
            words.append(f"{option}={fspath(value) if isinstance(value, PathLike) else value}")
    return words


def _settings(settings: Mapping[str, object] | None) -> list[str]:
    return [f"{path}={value}" for path, value in (settings or {}).items()]


def _sweep(sweep: Mapping[str, str | Sequence[object]] | None) -> list[str]:
    def values(wanted: str | Sequence[object]) -> str:
        return wanted if isinstance(wanted, str) else ",".join(str(value) for value in wanted)

    return [f"{path}={values(wanted)}" for path, wanted in (sweep or {}).items()]
