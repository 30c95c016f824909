"""ASTERIX, read by Wireshark's dissector: TABLE PLOTS CAPTURE."""

import subprocess
import sys
from xml.etree import ElementTree

from asterix_table import PASSES_OVER, Expected, compare
from table import fail

# Its editions are newer ones, which move nothing that is read here.
COMMAND = ["tshark", "-r", sys.argv[3], "-d", "udp.port==8600,asterix", "-T", "pdml", "-J", "asterix"]


class Items:
    """The items of a record by their names."""

    def __init__(self, element):
        self.shown = {}
        for field in element.iter("field"):
            name = field.get("name", "")
            if name.startswith("asterix.") and field.get("show"):
                self.shown.setdefault(name, field.get("show"))

    def text(self, name):
        return self.shown.get("asterix." + name, self.shown.get(f"asterix.{name}_VALUE"))

    def number(self, name):
        shown = self.text(name)
        if shown is None:
            return None
        return float(int(shown, 16)) if shown.startswith("0x") else float(shown)


def record_034(it):
    place = None
    if it.number("034_120_LAT") is not None:
        place = (it.number("034_120_LAT"), it.number("034_120_LON"), it.number("034_120_HGT"))
    return {
        "kind": it.number("034_000"),
        "tod": it.number("034_030"),
        "turn": it.number("034_041"),
        "sector": it.number("034_020"),
        "place": place,
        "on": it.number("034_050_PSR_CHAB") == 1,
    }


def record_048(it):
    return {
        "tod": it.number("048_140"),
        "typ": it.number("048_020_TYP"),
        "simulated": it.number("048_020_SIM") == 1,
        "rho": it.number("048_040_RHO"),
        "theta": it.number("048_040_THETA"),
        "height": it.number("048_110_3DH"),
        "far": None,
        "mode5": False,
    }


def record_062(it):
    return {
        "tod": it.number("062_070"),
        "number": it.number("062_040"),
        "lat": it.number("062_105_LAT"),
        "lon": it.number("062_105_LON"),
        "height": it.number("062_130"),
        "identity": it.text("062_245_CHR").strip(),
    }


def record_021(it):
    return {
        "tod": it.number("021_071"),
        "callsign": it.text("021_170").strip(),
        "address": it.number("021_080"),
        "lat": it.number("021_131_LAT"),
        "lon": it.number("021_131_LON"),
        "height": it.number("021_140"),
    }


READERS = {21: record_021, 34: record_034, 48: record_048, 62: record_062}


def records():
    tshark = subprocess.Popen(COMMAND, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    for _, proto in ElementTree.iterparse(tshark.stdout):
        if proto.tag == "packet":
            proto.clear()
        if proto.tag != "proto" or proto.get("name") != "asterix":
            continue
        category = next(f.get("show") for f in proto.iter("field") if f.get("name") == "asterix.category")
        category = int(category)
        for message in proto.findall("field[@name='asterix.message']"):
            it = Items(message)
            sic = int(it.number(f"{category:03}_010_SIC"))
            yield {"cat": category, "sic": sic, **READERS[category](it)}
    if tshark.wait() != 0:
        fail("tshark", f"it ended with {tshark.returncode}")


compare("tshark", Expected(sys.argv[1], sys.argv[2]), list(records()), PASSES_OVER)
