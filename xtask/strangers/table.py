"""The CSV table of an export: what every reader of another format is compared with."""

import csv
import sys
from datetime import datetime

# Half a step of a format is the most that a reader may be off: degrees, degrees, metres.
STEP = (1e-7, 1e-7, 0.01)


def millis(seconds):
    """Milliseconds, the step of time of all formats."""
    return round(float(seconds) * 1000)


def instant(utc):
    """Milliseconds since 1970 of a time of ISO 8601."""
    return round(datetime.fromisoformat(utc.replace("Z", "+00:00")).timestamp() * 1000)


class Table:
    """Places by name: those that were recorded as movements, and all that the table tells."""

    def __init__(self, path):
        self.moves, self.places, self.sides, self.kinds = {}, {}, {}, {}
        # First and last word of each, milliseconds; the instant of time 0.
        self.spans, self.epoch = {}, None
        with open(path, newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                name, at = row["name"], millis(row["time_s"])
                # A unit has the name of nothing else, and stands where its radar does.
                self.kinds[name], self.sides[name] = row["kind"], row["side"]
                self.spans[name] = (self.spans.get(name, (at,))[0], at)
                self.epoch = self.epoch or instant(row["utc"]) - at
                if not row["lat_deg"]:
                    continue
                place = tuple(float(row[column]) for column in ("lat_deg", "lon_deg", "alt_m"))
                self.places.setdefault(name, {}).setdefault(at, []).append(place)
                if not row["note"]:
                    self.moves.setdefault(name, {})[at] = place

    def names(self, *without):
        """Names of what has a place, less those of these kinds."""
        return {name for name in self.moves if self.kinds[name] not in without}

    def compare(self, reader, read, without=()):
        """Fails unless the places that a reader found, by name and millisecond, are all there and
        nothing else is. Gives the number of places."""
        if set(read) != self.names(*without):
            fail(reader, f"other things: {sorted(set(read) ^ self.names(*without))[:5]}")
        count = 0
        for name, places in read.items():
            for at, place in places.items():
                known = self.places[name].get(at, [])
                if not any(same(place, each) for each in known):
                    fail(reader, f"{name} at {at} ms: {place}, the table has {known}")
                count += 1
            missing = set(self.moves[name]) - set(places)
            if missing:
                fail(reader, f"{name}: no place at {sorted(missing)[:3]} ms")
        return count


def same(one, other, step=STEP):
    """Whether two places are one within half a step of the format."""
    return all(abs(a - b) <= 0.51 * s for a, b, s in zip(one, other, step, strict=True))


def fail(reader, reason):
    """Ends with a message."""
    sys.exit(f"{reader}: {reason}")
