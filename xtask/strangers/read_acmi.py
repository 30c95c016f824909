"""ACMI, read by pyacmi: TABLE ACMI. Places, identities, ends, radars and locks."""

import contextlib
import io
import sys

from pyacmi import Acmi

from table import Table, fail, millis

table, acmi = Table(sys.argv[1]), Acmi()
# It prints the names of properties that it does not know: `Event` of the world, and no other.
with contextlib.redirect_stdout(io.StringIO()) as said:
    acmi.load_acmi(sys.argv[2])
unknown = {line for line in said.getvalue().splitlines() if "Event" not in line}
if unknown:
    fail("pyacmi", f"properties that it does not know: {sorted(unknown)[:5]}")

read, names = {}, {}
for number, thing in acmi.objects.items():
    name = names[number] = thing.call_sign() or thing.name
    columns = [thing.data[column] for column in ("Latitude", "Longitude", "Altitude")]
    read[name] = {millis(at): tuple(column[at] for column in columns) for at in columns[0]}
    if thing.coalition() != table.sides[name]:
        fail("pyacmi", f"{name} is {thing.coalition()}, the table has {table.sides[name]}")
places = table.compare("pyacmi", read, without=("unit",))

radars = [thing for thing in acmi.objects.values() if "Sensor" in thing.tags]
locks = 0
for radar in radars:
    if radar.get_value("RadarMode") is None or not radar.get_value("RadarRange") > 0:
        fail("pyacmi", f"{radar.name} has no mode or no range")
    for target in (radar.data.get("LockedTarget") or {}).values():
        locks += target in names
if not radars or not locks:
    fail("pyacmi", f"{len(radars)} radars, {locks} locks")
gone = sum(thing.removed_at is not None for thing in acmi.objects.values())
print(f"pyacmi: {len(read)} objects, {places} places, {gone} removals, {locks} locks")
