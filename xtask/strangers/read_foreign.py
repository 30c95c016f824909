"""A feed of strangers, read by redan and by libasterix: LISTING FILE. What redan lists is what libasterix reads."""

import csv
import sys

from asterix.base import Bits, RawDatablock
from asterix.generated import Cat_034_1_27, Cat_048_1_27, Cat_062_1_18

from table import fail

EDITIONS = {34: Cat_034_1_27, 48: Cat_048_1_27, 62: Cat_062_1_18}
TIMES = {34: "030", 48: "140", 62: "070"}
NM = 1852


def element(record, item, *path):
    """The content of an item or of a part of it; `None` where it is not there."""
    found = record.get_item(item)
    for name in path:
        found = found and found.variation.get_item(name)
    return found and found.variation.content


def number(content, unit=None):
    if content is None:
        return None
    return content.as_quantity(unit) if unit else content.as_uint()


def row(category, record):
    """The columns of the listing, as libasterix has them."""
    source = [number(element(record, "010", part)) for part in ("SAC", "SIC")]
    values = [category, *source, number(element(record, TIMES[category]), "s")]
    if category == 48:
        track, code = element(record, "161", "TRN"), element(record, "070", "MODE3A")
        rho = number(element(record, "040", "RHO"), "NM")
        polar = [rho and rho * NM, number(element(record, "040", "THETA"), "°")]
        place = [None, None]
    elif category == 62:
        track, code = element(record, "040"), element(record, "060", "MODE3A")
        polar = [None, None]
        place = [number(element(record, "105", part), "°") for part in ("LAT", "LON")]
    else:
        track, code, polar, place = None, None, [None, None], [None, None]
    return [*values, number(track), code and int(code.as_string(), 8), *polar, *place]


def records(file):
    at = 0
    while at < len(file):
        end = at + int.from_bytes(file[at + 1:at + 3], "big")
        if file[at] in EDITIONS:
            block = RawDatablock.parse(Bits.from_bytes(file[at:end]))[0]
            parsed = EDITIONS[file[at]].cv_uap.parse(block.get_raw_records())
            if isinstance(parsed, ValueError):
                fail("libasterix", f"block at {at}: {parsed}")
            yield from (row(file[at], record) for record in parsed)
        at = end


def payloads(file):
    """What the datagrams of a capture (classic pcap, Ethernet, IPv4) hold; a file of blocks as it is."""
    order = {b"\xd4\xc3\xb2\xa1": "little", b"\xa1\xb2\xc3\xd4": "big"}.get(file[:4])
    if order is None:
        return file
    at, found = 24, b""
    while at < len(file):
        end = at + 16 + int.from_bytes(file[at + 8:at + 12], order)
        frame = file[at + 16:end]
        udp = 14 + (frame[14] & 15) * 4
        found += frame[udp + 8:udp + int.from_bytes(frame[udp + 4:udp + 6], "big")]
        at = end
    return found


def listed(line):
    """A line of redan's listing."""
    return [
        None if text == "" else int(text, 8) if name == "code" else float(text)
        for name, text in line.items()
    ]


with open(sys.argv[1], newline="", encoding="utf-8") as file:
    ours = [listed(line) for line in csv.DictReader(file)]
with open(sys.argv[2], "rb") as file:
    theirs = list(records(payloads(file.read())))
if len(ours) != len(theirs) or not ours:
    fail("redan", f"{len(ours)} records, libasterix reads {len(theirs)}")
for one, other in zip(ours, theirs):
    if not all((a is None and b is None) or (a is not None and b is not None and abs(a - b) < 1e-6) for a, b in zip(one, other, strict=True)):
        fail("redan", f"{one}, libasterix reads {other}")
print(f"redan, libasterix: {len(ours)} records of a foreign feed, {sys.argv[2].rsplit('/', 1)[-1]}")
