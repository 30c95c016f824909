"""ASTERIX, read by libasterix: TABLE PLOTS FILE. Every record of the file, the expansion field too."""

import sys

from asterix.base import Bits, RawDatablock
from asterix.generated import Cat_021_2_6, Cat_034_1_27, Cat_048_1_27, Cat_062_1_18, Ref_048_1_11

from asterix_table import KNOWS, Expected, compare
from table import fail

# Its oldest edition of CAT048 is 1.27, which moves nothing against 1.21.
EDITIONS = {21: Cat_021_2_6, 34: Cat_034_1_27, 48: Cat_048_1_27, 62: Cat_062_1_18}


def value(item, unit=None):
    """Quantity in a unit, text or number of an element."""
    content = item.variation.content
    if unit is not None:
        return content.as_quantity(unit)
    return content.as_string() if hasattr(content, "as_string") else content.as_uint()


def part(item, name):
    """A part of a group, of an extended or of a compound item; `None` where it is not there."""
    return item.variation.get_item(name)


def record_034(record):
    north = record.get_item("120")
    status = record.get_item("050")
    turn, sector = record.get_item("041"), record.get_item("020")
    place, on = None, None
    if north is not None:
        place = (value(part(north, "LAT"), "°"), value(part(north, "LON"), "°"), value(part(north, "HGT"), "m"))
        on = value(part(part(status, "PSR"), "CHAB")) == 1
    return {
        "kind": value(record.get_item("000")),
        "tod": value(record.get_item("030"), "s"),
        "turn": None if turn is None else value(turn, "s"),
        "sector": None if sector is None else value(sector, "°"),
        "place": place,
        "on": on,
    }


def record_048(record):
    descriptor, polar = record.get_item("020"), record.get_item("040")
    height, expansion = record.get_item("110"), record.get_item("RE")
    far, mode5 = None, False
    if expansion is not None:
        field = Ref_048_1_11.cv_expansion.parse(Bits.from_bytes(expansion.variation.get_bytes()))
        if isinstance(field, ValueError):
            fail("libasterix", f"the expansion field: {field}")
        field = field[0] if isinstance(field, tuple) else field
        error, summary = field.get_item("ERR"), field.get_item("MD5")
        far = None if error is None else value(error, "NM")
        mode5 = summary is not None and value(part(part(summary, "SUM"), "ID")) == 1
    return {
        "tod": value(record.get_item("140"), "s"),
        "typ": value(part(descriptor, "TYP")),
        "simulated": value(part(descriptor, "SIM")) == 1,
        "rho": value(part(polar, "RHO"), "NM"),
        "theta": value(part(polar, "THETA"), "°"),
        "height": None if height is None else value(part(height, "3DH"), "ft"),
        "far": far,
        "mode5": mode5,
    }


def record_062(record):
    place, height = record.get_item("105"), record.get_item("130")
    return {
        "tod": value(record.get_item("070"), "s"),
        "number": value(record.get_item("040")),
        "lat": value(part(place, "LAT"), "°"),
        "lon": value(part(place, "LON"), "°"),
        "height": None if height is None else value(height, "ft"),
        "identity": value(part(record.get_item("245"), "CHR")).strip(),
    }


def record_021(record):
    place = record.get_item("131")
    return {
        "tod": value(record.get_item("071"), "s"),
        "callsign": value(record.get_item("170")).strip(),
        "address": value(record.get_item("080")),
        "lat": value(part(place, "LAT"), "°"),
        "lon": value(part(place, "LON"), "°"),
        "height": value(record.get_item("140"), "ft"),
    }


READERS = {21: record_021, 34: record_034, 48: record_048, 62: record_062}


def blocks(file):
    """One after the other: its own way goes down a stack frame for each."""
    at = 0
    while at < len(file):
        end = at + int.from_bytes(file[at + 1:at + 3], "big")
        parsed = RawDatablock.parse(Bits.from_bytes(file[at:end]))
        if isinstance(parsed, ValueError):
            fail("libasterix", f"block at {at}: {parsed}")
        yield from parsed
        at = end


def records(file):
    for block in blocks(file):
        category = block.get_category()
        parsed = EDITIONS[category].cv_uap.parse(block.get_raw_records())
        if isinstance(parsed, ValueError):
            fail("libasterix", f"category {category}: {parsed}")
        for record in parsed:
            sic = value(part(record.get_item("010"), "SIC"))
            yield {"cat": category, "sic": sic, **READERS[category](record)}


with open(sys.argv[3], "rb") as file:
    compare("libasterix", Expected(sys.argv[1], sys.argv[2]), list(records(file.read())), KNOWS)
