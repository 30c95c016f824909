"""What a tracker or a doctrine of your own looks like.

Both are classes that are called with a `Setup` when a battle begins, so that each battle has a fresh one, and are given
what a tracker or a command may know: never truth. They must be pure functions of their own state and of what they are
given (no clock, no random numbers of their own), else battles cannot be repeated. For a fork they are copied with
``copy.deepcopy``. An exception in one ends the battle and is raised from the call that drives it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

from redan._redan import Order, Scan, Situation


@dataclass(frozen=True, slots=True)
class State:
    """What a tracker believes of where an object is, in the frame of its network.

    ``mean`` is east, north, up in metres and their rates in metres per second; ``covariance`` is 6 by 6 in the same
    order; ``time_s`` is when it holds, seconds since the start.
    """

    time_s: float
    mean: Sequence[float]
    covariance: Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class Started:
    """A plot that fitted no track started ``track``, a number that was never used before."""

    kind: ClassVar[str] = "started"
    nis_ratio: ClassVar[float] = 0.0
    track: int
    plot: int
    state: State


@dataclass(frozen=True, slots=True)
class Updated:
    """A plot updated a track; ``nis_ratio`` is the normalised innovation squared, 3 degrees of freedom."""

    kind: ClassVar[str] = "updated"
    track: int
    plot: int
    state: State
    nis_ratio: float = 0.0


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A track became part of the picture: nobody fires at one that has not."""

    kind: ClassVar[str] = "confirmed"
    plot: ClassVar[None] = None
    state: ClassVar[None] = None
    nis_ratio: ClassVar[float] = 0.0
    track: int


@dataclass(frozen=True, slots=True)
class Dropped:
    """A track was given up."""

    kind: ClassVar[str] = "dropped"
    plot: ClassVar[None] = None
    state: ClassVar[None] = None
    nis_ratio: ClassVar[float] = 0.0
    track: int


Change = Started | Updated | Confirmed | Dropped


class Tracker(Protocol):
    """Plots in, changes of tracks out. Identification, and what transponders answered, are the network's business."""

    def ingest(self, scan: Scan, /) -> Iterable[Change]:
        """Takes the plots of one scan, and says what changed, in order."""
        ...

    def advance(self, now_s: float, /) -> Iterable[Change]:
        """Lets time pass without plots: the place to drop what was not seen for too long."""
        ...


class Doctrine(Protocol):
    """A situation in, orders out. What it orders is checked again before it is carried out."""

    def decide(self, situation: Situation, /) -> Iterable[Order]:
        """Decides, once in every decision cycle of the network."""
        ...
