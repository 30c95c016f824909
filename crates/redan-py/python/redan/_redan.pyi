"""The compiled half of the package, by its types. Import from ``redan``."""

from collections.abc import Callable, Sequence
from os import PathLike
from typing import Any, Self, final

from redan.ideas import Doctrine, Tracker

__all__ = [
    "Battle",
    "load",
    "answer",
    "main",
    "study_table",
    "Asset",
    "Bearing",
    "Plot",
    "Scan",
    "Sensor",
    "Setup",
    "Stock",
    "Threat",
    "Track",
    "Unit",
    "Recording",
    "read",
    "Running",
    "Order",
    "Situation",
    "Verdict",
    "Table",
]

_Path = str | PathLike[str]
_Place = tuple[float, float, float]
_Vector = tuple[float, float, float]

def load(
    scenario: _Path,
    *,
    variant: str | None = None,
    terrain: str | None = None,
    cards: _Path | None = None,
) -> Battle:
    """Reads, checks and resolves a scenario file.

    ``terrain`` is ``auto``, ``smooth`` or a path, and what the file says where it is ``None``; ``cards`` a folder of
    cards laid over the built-in ones. Raises `InputError` with every problem of the file.
    """

def read(folder: _Path) -> Recording:
    """Reads a recording that ``redan run`` or `Recording.write` wrote."""

def answer(words: Sequence[str]) -> str: ...
def study_table(path: _Path) -> Table: ...
def main(words: Sequence[str]) -> int: ...
@final
class Battle:
    """A scenario that was checked and resolved. It does not change; any number of battles can be fought with it."""

    @property
    def title(self) -> str: ...
    @property
    def question(self) -> str: ...
    @property
    def duration_s(self) -> float: ...
    @property
    def networks(self) -> list[str]: ...
    @property
    def units(self) -> list[str]: ...
    @property
    def missiles(self) -> list[str]: ...
    @property
    def aircraft(self) -> list[str]: ...
    @property
    def assets(self) -> list[Asset]: ...
    @property
    def warnings(self) -> list[str]: ...
    def run(
        self,
        *,
        seed: int = 1,
        replication: int = 0,
        doctrine: Callable[[Setup], Doctrine] | None = None,
        tracker: Callable[[Setup], Tracker] | None = None,
        network: str | None = None,
    ) -> Recording:
        """Fights it to its end. Equal arguments give equal events, bit for bit.

        ``doctrine`` and ``tracker`` take the place of those of ``network``, which may be left out where there is
        one. Without them Python's lock is let go, so that battles run in parallel threads.
        """

    def start(
        self,
        *,
        seed: int = 1,
        replication: int = 0,
        doctrine: Callable[[Setup], Doctrine] | None = None,
        tracker: Callable[[Setup], Tracker] | None = None,
        network: str | None = None,
    ) -> Running:
        """Begins it, to be stepped decision by decision of ``network``."""

@final
class Running:
    """A battle under way."""

    @property
    def now_s(self) -> float:
        """The present, seconds since the start."""

    @property
    def over(self) -> bool:
        """Whether it was finished."""

    def __len__(self) -> int:
        """Events so far."""

    def advance(self, *, until_s: float) -> None:
        """Lets it go on until a moment, with the doctrine of the network."""

    def observe(self) -> Situation | None:
        """Lets it go on to just before the next decision; what the command will know then.

        ``None`` at the end of the battle. A decision that was observed and not acted upon is left to the doctrine
        of the network.
        """

    def act(self, orders: Sequence[Order]) -> None:
        """Decides in place of the doctrine, at the decision that was observed last; ``[]`` orders nothing.

        Every order is checked as those of any doctrine are; what is refused stands in the recording.
        """

    def fork(self, *, replication: int | None = None) -> Running:
        """A copy that goes on by itself.

        With the same luck: what is not changed happens in both, and what differs is due to what was changed. With
        the number of another ``replication`` its luck is another one from here on.
        """

    def measures(self) -> list[tuple[str, float | None]]:
        """Measures so far by name, ``None`` where unobserved."""

    def finish(self) -> Recording:
        """Fights it to its end with the doctrine of the network."""

@final
class Recording:
    """Everything that happened in one battle."""

    @property
    def title(self) -> str: ...
    @property
    def seed(self) -> int: ...
    @property
    def replication(self) -> int: ...
    @property
    def digest(self) -> str:
        """Digest of the events: equal for equal battles, on any machine."""

    @property
    def aircraft(self) -> list[str]: ...
    def summary(self) -> dict[str, Any]:
        """The figures of ``summary.json``."""

    def measures(self) -> list[tuple[str, float | None]]:
        """Measures by name, ``None`` where unobserved: the columns of a study."""

    def table(self, name: str) -> Table:
        """One of ``events``, ``truth``, ``looks``, ``plots``, ``tracks``, ``missiles``, ``engagements``."""

    def explain(self, aircraft: str) -> str:
        """What became of an aircraft or flight, and why: the text of ``redan trace``."""

    def write(self, folder: _Path) -> None:
        """Writes it as a folder, which ``redan trace``, ``redan view`` and ``redan export`` read."""

    def export(self, file: _Path, *, format: str, view: str = "truth") -> None:
        """Writes it for other programs: ``acmi``, ``czml``, ``kml``, ``kmz``, ``geojson``, ``cot``, ``csv``.

        ``view`` is ``truth``, or ``network:NAME`` for what one network believed.
        """

@final
class Table:
    """A table in the form of Arrow: ``pyarrow.table(t)``, ``polars.DataFrame(t)`` and DuckDB take it without copying."""

    @property
    def column_names(self) -> list[str]: ...
    def __len__(self) -> int: ...
    def __arrow_c_schema__(self) -> object: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...
    def to_pyarrow(self) -> Any:
        """As a table of pyarrow, which must be installed."""

    def to_polars(self) -> Any:
        """As a data frame of Polars, which must be installed."""

    def to_pandas(self) -> Any:
        """As a data frame of pandas, which must be installed with pyarrow; pandas may copy."""

@final
class Setup:
    """What a tracker or doctrine is told when a battle begins: ``origin`` is that of the network's frame."""

    network: str
    origin: _Place
    sensors: list[Sensor]
    duration_s: float

@final
class Sensor:
    """What a tracker knows of a sensor: its place and its published errors (standard deviations).

    ``elevation_sigma_rad`` is infinite for a radar that measures no elevation.
    """

    number: int
    name: str
    place: _Place
    range_sigma_m: float
    azimuth_sigma_rad: float
    elevation_sigma_rad: float
    revisit_s: float

@final
class Scan:
    """Reports of one sensor that are delivered together; no plot is younger than ``until_s``."""

    sensor: Sensor
    until_s: float
    plots: list[Plot]
    bearings: list[Bearing]

@final
class Plot:
    """One report: as measured about the sensor, and as ``position_m`` (east, north, up) in the network's frame."""

    id: int
    time_s: float
    range_m: float
    azimuth_rad: float
    elevation_rad: float
    position_m: _Vector
    snr_db: float

@final
class Bearing:
    """A direction without a range: a jam strobe or what a passive receiver heard."""

    id: int
    time_s: float
    azimuth_rad: float
    azimuth_sigma_rad: float
    level_db: float

@final
class Track:
    """What the network believes of one object; its state held at ``time_s``, in the network's frame."""

    id: int
    confirmed: bool
    identity: str
    basis: str
    time_s: float
    position_m: _Vector
    velocity_m_s: _Vector
    place: _Place
    position_sigma_m: float
    plots: int
    started_s: float

@final
class Unit:
    """A fire unit as its command knows it."""

    name: str
    place: _Place
    ready: bool
    free_target_channels: int
    free_missile_channels: int
    reaction_s: float
    instrumented_range_m: float
    stocks: list[Stock]

@final
class Stock:
    """Rounds of one type that are not yet promised to an engagement."""

    missile: str
    rounds: int

@final
class Asset:
    """A place to defend."""

    name: str
    place: _Place
    radius_m: float
    weight: float

@final
class Threat:
    """What a track threatens; ``asset`` is ``None`` for one that merely approaches a unit."""

    track: int
    asset: str | None
    time_to_go_s: float
    miss_m: float
    weight: float

@final
class Order:
    """A decision to engage a track with a unit."""

    def __new__(cls, *, track: int, unit: str, missile: str, rounds: int = 1) -> Self: ...
    def __eq__(self, other: object, /) -> bool: ...
    @property
    def track(self) -> int: ...
    @property
    def unit(self) -> str: ...
    @property
    def missile(self) -> str: ...
    @property
    def rounds(self) -> int: ...

@final
class Verdict:
    """What the check says of an order: an intercept counted from now, or the reason against it."""

    ok: bool
    reason: str | None
    shortfall: float | None
    time_s: float | None
    range_m: float | None
    altitude_m: float | None

@final
class Situation:
    """Everything that a command knows at one decision, and nothing else."""

    @property
    def now_s(self) -> float: ...
    @property
    def network(self) -> str: ...
    @property
    def tracks(self) -> list[Track]: ...
    @property
    def units(self) -> list[Unit]: ...
    @property
    def assets(self) -> list[Asset]: ...
    @property
    def committed(self) -> list[tuple[int, str]]:
        """Engagements under way: track and unit."""

    @property
    def called_killed(self) -> list[int]:
        """Tracks whose target was called destroyed."""

    def threats(self) -> list[Threat]:
        """Who threatens what, most urgent first."""

    def check(self, order: Order) -> Verdict:
        """What the engine would say of an order now, by itself: two of one moment may want the same channel."""

    def orders(self, *, doctrine: str = "shoot-look-shoot", salvo: int = 2) -> list[Order]:
        """What a doctrine that redan ships would order now, without a memory of earlier decisions."""
