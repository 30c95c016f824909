"""ASTERIX, read by asterix_decoder: TABLE PLOTS FILE."""

import sys

import asterix

from asterix_table import MISSES, Expected, compare
from table import fail


def value(items, *path):
    """The value of a part of an item; `None` where it is not there."""
    for name in path:
        items = items.get(name, {})
    return items.get("val")


def record_034(items):
    place = tuple(value(items, "I120", name) for name in ("LAT", "Lon", "Height"))
    return {
        "kind": value(items, "I000", "MsgTyp"),
        "tod": value(items, "I030", "ToD"),
        "turn": value(items, "I041", "RotS"),
        "sector": value(items, "I020", "Azi"),
        "place": place,
        "on": value(items, "I050", "PSR", "PSRCHAB") == 1,
    }


def record_048(items):
    return {
        "tod": value(items, "I140", "ToD"),
        "typ": value(items, "I020", "TYP"),
        "simulated": value(items, "I020", "SIM") == 1,
        "rho": value(items, "I040", "RHO"),
        "theta": value(items, "I040", "THETA"),
        "height": value(items, "I110", "3D_Height"),
        "far": None,
        "mode5": False,
    }


def record_062(items):
    return {
        "tod": value(items, "I070", "ToT"),
        "number": value(items, "I040", "TrkN"),
        "lat": value(items, "I105", "Lat"),
        "lon": value(items, "I105", "Lon"),
        "height": value(items, "I130", "Alt"),
        "identity": value(items, "I245", "TId").strip(),
    }


def record_021(items):
    return {
        "tod": value(items, "I071", "time_applicability_position"),
        "callsign": value(items, "I170", "TId").strip(),
        "lat": value(items, "I131", "Lat"),
        "lon": value(items, "I131", "Lon"),
        "height": value(items, "I140", "geometric_height"),
    }


READERS = {21: record_021, 34: record_034, 48: record_048, 62: record_062}


def records(file):
    for items in asterix.parse(file, verbose=False):
        category = items["category"]
        if category not in READERS:
            fail("asterix_decoder", f"category {category}")
        if category == 48 and "I010" not in items:
            # It names the expansion field of CAT048 in its profile, does not define it, and gives up on the block.
            continue
        yield {"cat": category, "sic": value(items, "I010", "SIC"), **READERS[category](items)}


with open(sys.argv[3], "rb") as file:
    compare("asterix_decoder", Expected(sys.argv[1], sys.argv[2]), list(records(file.read())), MISSES)
