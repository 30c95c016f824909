"""ASTERIX, read by asterix_decoder: TABLE PLOTS FILE."""

import sys

import asterix

from asterix_table import Expected, compare
from table import fail


def record_034(items):
    place, on = None, None
    if "I120" in items:
        at = items["I120"]
        place = (at["LAT"], at["LON"], at["HGT"])
        on = items["I050"]["PSR"]["CHAB"] == 1
    return {
        "kind": items["I000"]["MsgTyp"],
        "tod": items["I030"]["ToD"],
        "turn": items["I041"]["ARS"] if "I041" in items else None,
        "sector": items["I020"]["SN"] if "I020" in items else None,
        "place": place,
        "on": on,
    }


def record_048(items):
    return {
        "tod": items["I140"]["ToD"],
        "typ": items["I020"]["TYP"],
        "simulated": items["I020"]["SIM"] == 1,
        "rho": items["I040"]["RHO"],
        "theta": items["I040"]["THETA"],
        "height": items["I110"]["3DHeight"] if "I110" in items else None,
        "far": None,
        "mode5": False,
    }


def record_062(items):
    return {
        "tod": items["I070"]["ToT"],
        "number": items["I040"]["TrkN"],
        "lat": items["I105"]["Lat"],
        "lon": items["I105"]["Lon"],
        "height": items["I130"]["Alt"],
        "identity": items["I245"]["TI"].strip(),
    }


def record_021(items):
    return {
        "tod": items["I071"]["time_applicability_position"],
        "callsign": items["I170"]["TId"].strip(),
        "lat": items["I131"]["Lat"],
        "lon": items["I131"]["Lon"],
        "height": items["I140"]["geometric_height"],
    }


READERS = {21: record_021, 34: record_034, 48: record_048, 62: record_062}


def records(file):
    for items in asterix.parse(file, verbose=False):
        if items["category"] not in READERS:
            fail("asterix_decoder", f"category {items['category']}")
        yield {
            "cat": items["category"],
            "sic": items["I010"]["SIC"],
            **READERS[items["category"]](items),
        }


with open(sys.argv[3], "rb") as file:
    compare("asterix_decoder", Expected(sys.argv[1], sys.argv[2]), list(records(file.read())), False)
