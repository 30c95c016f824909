"""Exceptions, with place, reason and hint apart."""

from collections.abc import Iterable
from dataclasses import dataclass

_Place = tuple[str, int | None, int | None, str, str, str | None]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a scenario file.

    ``line`` and ``column`` are counted from 1 and ``None`` where no place is at fault; ``field`` is the path of the
    value, such as ``flight[3].route[0].at``, and empty for the file as a whole.
    """

    file: str
    line: int | None
    column: int | None
    field: str
    reason: str
    hint: str | None

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}:{self.column}"
        field = f"{self.field}: " if self.field else ""
        hint = f"\n  hint: {self.hint}" if self.hint else ""
        return f"{place}: {field}{self.reason}{hint}"


class RedanError(Exception):
    """Something failed. ``reason`` says what, ``hint`` what can be done, if anything is known."""

    def __init__(self, message: str, places: Iterable[_Place] = ()) -> None:
        lines = [line for line in message.splitlines() if line.strip()]
        hints = [line.strip() for line in lines if line.strip().startswith("hint: ")]
        self.reason = "\n".join(line for line in lines if line.strip() not in hints)
        self.problems = tuple(Problem(*place) for place in places)
        first = self.problems[0].hint if self.problems else None
        self.hint: str | None = hints[0].removeprefix("hint: ") if hints else first
        super().__init__("\n".join([message, *map(str, self.problems)]))


class InputError(RedanError, ValueError):
    """The input or the usage is wrong, and the caller can mend it.

    ``problems`` lists every mistake of a scenario file with its place; it is empty where no file is at fault.
    """
