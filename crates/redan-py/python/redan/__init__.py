"""redan: an open, mission-level simulator of the S-400 and the air picture around it.

Analysis on open literature. The path: :func:`load` a scenario, :meth:`Battle.run` it, look at the tables of the
:class:`Recording`; :func:`study` many battles, :func:`compare` variants. Ideas are tried with a
:class:`Tracker` or :class:`Doctrine` of your own, or by stepping a battle (:meth:`Battle.start`).

Units stand at the end of every name (``_m``, ``_s``, ``_rad``); places are latitude and longitude in degrees and
height in metres.
"""

from redan._redan import (
    Asset,
    Battle,
    Bearing,
    Order,
    Plot,
    Recording,
    Running,
    Scan,
    Sensor,
    Setup,
    Situation,
    Stock,
    Table,
    Threat,
    Track,
    Unit,
    Verdict,
    load,
    read,
)
from redan.commands import (
    Assignment,
    Comparison,
    Coverage,
    Study,
    assign,
    check,
    compare,
    coverage,
    study,
)
from redan.errors import InputError, Problem, RedanError
from redan.ideas import Change, Confirmed, Doctrine, Dropped, Started, State, Tracker, Updated

__all__ = [
    "Asset",
    "Assignment",
    "Battle",
    "Bearing",
    "Change",
    "Comparison",
    "Confirmed",
    "Coverage",
    "Doctrine",
    "Dropped",
    "InputError",
    "Order",
    "Plot",
    "Problem",
    "Recording",
    "RedanError",
    "Running",
    "Scan",
    "Sensor",
    "Setup",
    "Situation",
    "Started",
    "State",
    "Stock",
    "Study",
    "Table",
    "Threat",
    "Track",
    "Tracker",
    "Unit",
    "Updated",
    "Verdict",
    "assign",
    "check",
    "compare",
    "coverage",
    "load",
    "read",
    "study",
]
