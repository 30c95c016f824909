"""ASTERIX, read by asterix_decoder: TABLE PLOTS FILE."""

import sys

import asterix

from asterix_table import MISSES, Expected, compare


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
        "address": int(value(items, "I080", "TAddr"), 16),
        "lat": value(items, "I131", "Lat"),
        "lon": value(items, "I131", "Lon"),
        "height": value(items, "I140", "geometric_height"),
    }


READERS = {21: record_021, 34: record_034, 48: record_048, 62: record_062}


def blocks(file):
    at = 0
    while at < len(file):
        end = at + int.from_bytes(file[at + 1:at + 3], "big")
        yield asterix.parse(file[at:end], verbose=False)
        at = end


def records(file):
    for block in blocks(file):
        category = block[0]["category"]
        if category == 48 and block[0]["hexdata"] is None:
            # It names the expansion field of CAT048 in its profile and does not define it: the block is lost to it.
            continue
        for items in block:
            yield {"cat": category, "sic": value(items, "I010", "SIC"), **READERS[category](items)}


with open(sys.argv[3], "rb") as file:
    compare("asterix_decoder", Expected(sys.argv[1], sys.argv[2]), list(records(file.read())), MISSES)
