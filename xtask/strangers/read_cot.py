"""CoT, read by takproto and by PyCoT: TABLE COT. Places, identities, times, types."""

import sys
from datetime import timezone
from xml.etree import ElementTree

import CoT
import takproto
from CoT.xml import parse

from table import Table, fail

LETTERS = {
    "hostile": "h", "friendly": "f", "friend": "f", "neutral": "n", "suspect": "s",
    "pending": "p", "unknown": "u", "assumed-friend": "a",
}

table = Table(sys.argv[1])
read, last_type, types = {}, {}, set()
count = 0
with open(sys.argv[2], encoding="utf-8") as file:
    for line in file:
        if not line.startswith("<event "):
            continue
        count += 1
        tak = takproto.functions.xml2message(line).cotEvent
        event = CoT.Event(**{k: v for k, v in parse(line).items()})
        at = tak.sendTime - table.epoch
        there = (tak.lat, tak.lon, tak.hae)
        by_pycot = (event.point.lat, event.point.lon, event.point.hae)
        if there != by_pycot or tak.type != event.type or tak.uid != event.uid:
            fail("CoT", f"takproto and PyCoT disagree on {line}")
        if round(event.time.astimezone(timezone.utc).timestamp() * 1000 - table.epoch) != at:
            fail("CoT", f"takproto and PyCoT disagree on the time of {line}")
        if tak.staleTime < tak.startTime or tak.startTime != tak.sendTime:
            fail("CoT", f"times of {line}")
        types.add(event.type)
        name = tak.detail.contact.callsign
        read.setdefault(name, {})[at] = there
        last_type[name] = tak.type
for kind in types:
    if kind.split("-", 2)[2] not in ("G-U-C-D-M",) and CoT.models.core.Types(kind).description == "Unknown":
        fail("PyCoT", f"it does not know the type {kind}")
for name, kind in last_type.items():
    if kind.split("-")[1] != LETTERS[table.sides[name]]:
        fail("CoT", f"{name} is {kind}, the table has {table.sides[name]}")
places = table.compare("CoT", read)
if ElementTree.parse(sys.argv[2]).getroot().tag != "events":
    fail("CoT", "the document is no list of events")
print(f"takproto, PyCoT: {count} events, {len(read)} things, {places} places, {len(types)} types")
