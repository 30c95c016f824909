"""What readers of ASTERIX are compared with: the plots of the recording and the CSV table of the same view.

A reader gives its records as dictionaries in the units of the standard (NM, degrees, feet, seconds of the day)."""

import csv
import math

from table import Table, fail

WORDS = {"assumed friend": "ASSUMED", "assumed-friend": "ASSUMED"}
MOVING = ("aircraft", "cruise-missile", "drone", "ballistic")
# Where a range does not fit the item and the reader does not know the expansion field.
LARGEST_RHO = 0xFFFF
# What a reader makes of the expansion field of CAT048: reads it, passes it over, or loses its record.
KNOWS, PASSES_OVER, MISSES = "knows", "passes over", "misses"
# Stands for a height that is not told, above all others.
TOO_HIGH_FT = 1e9
# Half a step of the CSV table, degrees and feet.
HALF_STEP_DEG, HALF_STEP_FT = 0.5e-7, 0.005 / 0.3048


class Expected:
    """Plots by sender, in steps; rows of tracks and of aircraft by name and step of time."""

    def __init__(self, table, plots):
        epoch = Table(table).epoch
        self.radars, self.places, self.rows, self.kinds = [], {}, {}, {}
        with open(table, newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                self.row(row, epoch)
        with open(plots, newline="", encoding="utf-8") as file:
            rows = [row for row in csv.DictReader(file) if row["radar"] in self.radars]
        self.plots = [self.plot(row, epoch) for row in rows]
        self.speakers = {row["origin"] for row in rows if row["reply"] == "civil" and row["origin"]}

    def row(self, row, epoch):
        """Takes a row of the CSV table."""
        name, kind = row["name"], row["kind"]
        self.kinds[name] = kind
        if not row["lat_deg"]:
            return
        place = tuple(float(row[column]) for column in ("lat_deg", "lon_deg", "alt_m"))
        if kind == "radar" and name not in self.radars:
            self.radars.append(name)
            self.places[name] = place
        if kind == "track" or kind in MOVING:
            tod = round((epoch / 1000 + float(row["time_s"])) % 86400 * 128)
            side = WORDS.get(row["side"], row["side"].upper())
            self.rows.setdefault(name, {}).setdefault(tod, []).append((place, side, not row["note"]))

    def plot(self, row, epoch):
        """A plot in the steps of the standard: sender, time, range, azimuth, reply; and its height in feet."""
        azimuth, elevation = float(row["azimuth_rad"]), float(row["elevation_rad"])
        range_m = float(row["range_m"])
        time = round((epoch / 1000 + int(row["measured_ns"]) / 1e9) % 86400 * 128)
        height = height_m(self.places[row["radar"]], azimuth, elevation, range_m)
        return (
            self.radars.index(row["radar"]) + 1,
            time,
            round(range_m / 1852 * 256),
            round(azimuth / math.tau * 65536) % 65536,
            row["reply"],
            height / 0.3048,
        )


def height_m(place, azimuth, elevation, range_m):
    """Height above the ellipsoid of WGS-84 of what is seen from a place, by Bowring's formula."""
    a, f = 6378137.0, 1 / 298.257223563
    e2 = f * (2 - f)
    lat, lon = math.radians(place[0]), math.radians(place[1])
    east = range_m * math.cos(elevation) * math.sin(azimuth)
    north = range_m * math.cos(elevation) * math.cos(azimuth)
    up = range_m * math.sin(elevation)
    n = a / math.sqrt(1 - e2 * math.sin(lat) ** 2)
    outward = up * math.cos(lat) - north * math.sin(lat) + (n + place[2]) * math.cos(lat)
    x = outward * math.cos(lon) - east * math.sin(lon)
    y = outward * math.sin(lon) + east * math.cos(lon)
    z = (n * (1 - e2) + place[2]) * math.sin(lat) + north * math.cos(lat) + up * math.sin(lat)
    p, b = math.hypot(x, y), a * (1 - f)
    t = math.atan2(z * a, p * b)
    at = math.atan2(z + e2 / (1 - e2) * b * math.sin(t) ** 3, p - e2 * a * math.cos(t) ** 3)
    return p / math.cos(at) - a / math.sqrt(1 - e2 * math.sin(at) ** 2)


def compare(reader, expected, records, expansion):
    """Fails unless the records of a reader are those of the recording. Says how many there were."""
    by_category = {}
    for record in records:
        by_category.setdefault(record["cat"], []).append(record)
    counts = [
        f"{messages(reader, expected, by_category.pop(34, []))} service messages",
        f"{plots(reader, expected, by_category.pop(48, []), expansion)} plots",
    ]
    is_truth = any(kind in MOVING for kind in expected.kinds.values())
    if is_truth:
        counts.append(f"{aircraft(reader, expected, by_category.pop(21, []))} reports of aircraft")
    else:
        counts.append(f"{tracks(reader, expected, by_category.pop(62, []))} reports of tracks")
    if by_category:
        fail(reader, f"records of categories {sorted(by_category)}")
    print(f"{reader}: {', '.join(counts)}")


def messages(reader, expected, records):
    """North comes round once a turn, sectors in between in their order; the places are those of the radars."""
    turns = {}
    for record in records:
        name = expected.radars[record["sic"] - 1]
        if record["kind"] == 1:
            lat, lon, height = record["place"]
            there = expected.places[name]
            step = 180 / 2**23
            if abs(lat - there[0]) > step or abs(lon - there[1]) > step:
                fail(reader, f"{name} stands at {lat}, {lon}")
            if abs(height - there[2]) > 0.5 or not record["on"]:
                fail(reader, f"{name}: height {height}, radiates {record['on']}")
        if record["kind"] in (1, 2):
            turns.setdefault(name, []).append(record)
    for name, passages in turns.items():
        norths = [each for each in passages if each["kind"] == 1]
        if len(passages) == 1 and norths[0]["turn"] is None:
            continue
        for one, other in zip(norths, norths[1:]):
            if abs(other["tod"] - one["tod"] - one["turn"]) > 1.5 / 128:
                fail(reader, f"{name}: north at {one['tod']} and {other['tod']} s of the day")
        for one, other in zip(passages, passages[1:]):
            edges = [each["sector"] or 0 for each in (one, other)]
            if round((edges[1] - edges[0]) % 360) != 45:
                fail(reader, f"{name}: sectors {edges}")
    if set(turns) != set(expected.radars):
        fail(reader, f"messages of {sorted(turns)}")
    # Antennas that are known to turn: an engagement radar stares.
    if sum(len(passages) > 100 for passages in turns.values()) < 2:
        fail(reader, "no radar turns")
    return len(records)


def plots(reader, expected, records, expansion):
    """Every plot of every radar, and no other: time, range, azimuth, height and reply."""

    read, told = {}, {}
    for record in records:
        rho = round(record["rho"] * 256)
        if expansion == KNOWS and record["far"] is not None:
            rho = round(record["far"] * 256)
        reply = {1: "silent", 3: "civil"}.get(record["typ"], record["typ"])
        if expansion == KNOWS and record["mode5"]:
            reply = "mode5"
        theta = round(record["theta"] * 65536 / 360) % 65536
        key = (record["sic"], round(record["tod"] * 128), rho, theta, reply)
        read.setdefault(key, []).append(record["height"])
    for sic, time, rho, theta, reply, height in expected.plots:
        if expansion == MISSES and (rho > LARGEST_RHO or reply == "mode5"):
            continue
        if expansion == PASSES_OVER:
            rho, reply = min(rho, LARGEST_RHO), {"mode5": "civil"}.get(reply, reply)
        told.setdefault((sic, time, rho, theta, reply), []).append(height)
    for key in set(read) | set(told):
        pair = [sorted(h if h is not None else TOO_HIGH_FT for h in side.get(key, [])) for side in (read, told)]
        if len(pair[0]) != len(pair[1]) or not all(map(same_height, *pair)):
            fail(reader, f"plot {key}: heights {pair[0]} ft, the recording has {pair[1]}")
    if not all(record["simulated"] for record in records):
        fail(reader, "a plot that is not simulated")
    return len(records)


def same_height(read, told):
    """Whether a height is the nearest step of 25 ft, or above what the item can say."""
    return abs(read - told) < 12.6 or (read == TOO_HIGH_FT and told > 8191 * 25)


def tracks(reader, expected, records):
    """Every place of every track, with its number and identity."""
    names = {name for name, kind in expected.kinds.items() if kind == "track"}
    read = {}
    for record in records:
        name, tod = f"track {record['number']:.0f}", round(record["tod"] * 128)
        place = (record["lat"], record["lon"], record["height"])
        rows = expected.rows.get(name, {}).get(tod, [])
        steps = (180 / 2**25, 180 / 2**25, 6.25)
        if not any(near(place, row[0], steps) and row[1] == record["identity"] for row in rows):
            fail(reader, f"{name} at {tod / 128} s of the day: {place} {record['identity']}, the table has {rows}")
        read.setdefault(name, set()).add(tod)
    return whole(reader, expected, names, read, len(records))


def aircraft(reader, expected, records):
    """Every place of every aircraft that answered. Eight letters of a name may be those of several aircraft: their
    places tell which, and an address is always that of the same one."""
    calls, addresses, read = {}, {}, {}
    for name in expected.rows:
        letters = "".join(c if c.isalnum() else " " for c in name.upper())
        calls.setdefault(letters[:8].rstrip(), []).append(name)
    for record in records:
        tod, place = round(record["tod"] * 128), (record["lat"], record["lon"], record["height"])
        there = [
            name for name in calls.get(record["callsign"], [])
            if any(near(place, row[0], (180 / 2**30, 180 / 2**30, 6.25)) for row in expected.rows[name].get(tod, []))
        ]
        if len(there) != 1:
            fail(reader, f"{record['callsign']} at {tod / 128} s of the day: {place} is where {there} are")
        if addresses.setdefault(record["address"], there[0]) != there[0]:
            fail(reader, f"{there[0]} has the address of {addresses[record['address']]}")
        read.setdefault(there[0], set()).add(tod)
    if len(addresses) != len(read):
        fail(reader, f"{len(read)} aircraft have {len(addresses)} addresses")
    return whole(reader, expected, expected.speakers, read, len(records))


def near(place, row, steps):
    """Whether a place that was read (degrees, feet) is that of a row (degrees, metres). A height that is not told is
    one that its item of 16 bits cannot say."""
    half = (HALF_STEP_DEG, HALF_STEP_DEG, HALF_STEP_FT)
    row = (row[0], row[1], row[2] / 0.3048)
    if place[2] is None:
        place = (place[0], place[1], row[2] if abs(row[2]) > 32767 * 6.25 else math.inf)
    return all(abs(a - b) <= 0.501 * s + h for a, b, s, h in zip(place, row, steps, half, strict=True))


def whole(reader, expected, names, read, count):
    """Fails unless everything was read at every instant at which it moved."""
    if set(read) != set(names):
        fail(reader, f"other things: {sorted(set(read) ^ set(names))[:5]}")
    for name, times in read.items():
        moved = {tod for tod, rows in expected.rows[name].items() if any(row[2] for row in rows)}
        if moved - times:
            fail(reader, f"{name}: nothing at {sorted(moved - times)[:3]}/128 s of the day")
    return count
