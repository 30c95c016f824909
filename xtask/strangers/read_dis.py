"""DIS, read by tshark, opendis and open-dis: TABLE CAPTURE MODULES. Every message by all three: identities,
places, times, velocities, beams with their targets. Every place of the table is told, or within a metre of
where a receiver believes the thing to be."""

import json
import math
import struct
import subprocess
import sys
from pathlib import Path

from opendis.PduFactory import createPdu

from table import Table, fail

# Types of messages, and what they are called below.
STATE, FIRE, DETONATION, EMISSION, TRANSMITTER, SIGNAL, IFF = 1, 2, 3, 23, 25, 26, 28
MARKING = 11
# A receiver may be wrong by so much before it is told; metres.
THRESHOLD_M = 1.0
EXACT_M = 1e-5
# Octets before a message: Ethernet, IPv4, UDP.
HEADERS = 42
FORCES = {
    "friendly": 1, "friend": 1, "assumed-friend": 1, "hostile": 2, "suspect": 2, "neutral": 3,
    "pending": 0, "unknown": 0,
}


def datagrams(path):
    """Milliseconds since 1970 and octets of every message of a capture that redan wrote."""
    octets = Path(path).read_bytes()
    at = 24
    while at < len(octets):
        seconds, micros, length, _ = struct.unpack_from("<IIII", octets, at)
        yield seconds * 1000 + micros // 1000, octets[at + 16 + HEADERS : at + 16 + length]
        at += 16 + length


def ids(of):
    """Site, application and number of an identifier of opendis."""
    return [of.siteID, of.applicationID, of.entityID]


def by_opendis(octets):
    """A message in the words that the readers share."""
    kind = octets[2]
    if kind == IFF:
        # The reader does not know this type.
        return {"kind": kind}
    pdu = createPdu(octets)
    said = {"kind": pdu.pduType, "version": pdu.protocolVersion, "exercise": pdu.exerciseID}
    if kind == STATE:
        place, going = pdu.entityLocation, pdu.entityLinearVelocity
        said |= {
            "id": ids(pdu.entityID),
            "place": [place.x, place.y, place.z],
            "velocity": [going.x, going.y, going.z],
            "force": pdu.forceId,
            "appearance": pdu.entityAppearance,
            "name": bytes(pdu.marking.characters).rstrip(b"\0").decode("ascii"),
        }
    elif kind == EMISSION:
        said["beams"] = [
            [beam.beamIDNumber, beam.beamFunction, [ids(each.entityID) for each in beam.trackJamRecords]]
            for system in pdu.systems
            for beam in system.beamRecords
        ]
    elif kind == FIRE:
        said["ids"] = [ids(each) for each in (pdu.firingEntityID, pdu.targetEntityID, pdu.munitionExpendableID)]
    elif kind == DETONATION:
        said["ids"] = [ids(each) for each in (pdu.firingEntityID, pdu.targetEntityID, pdu.explodingEntityID)]
        said["result"] = pdu.detonationResult
    return said


def by_open_dis(path, modules):
    """The messages of a capture by open-dis, in the same words."""
    script = Path(__file__).with_name("read_dis.mjs")
    lines = subprocess.run(["node", script, path, modules], check=True, capture_output=True, text=True)
    return [json.loads(line) for line in lines.stdout.splitlines()]


FIELDS = (
    "frame.time_epoch dis.pdu_type dis.proto_ver dis.exer_id dis.timestamp dis.entity_id_site "
    "dis.entity_id_application dis.entity_id_entity dis.entity_location.x dis.entity_location.y "
    "dis.entity_location.z dis.entity_linear_velocity.x dis.entity_linear_velocity.y "
    "dis.entity_linear_velocity.z dis.force_id dis.entity_marking dis.em.beam.id_number "
    "dis.electromagnetic.emission.beam.function dis.track_jam.num_targ dis.detonation.result "
    "ip.checksum.status udp.checksum.status _ws.malformed dis.pdu_length"
).split()


def by_tshark(path):
    """The messages of a capture by tshark: a list of values for each field."""
    words = ["tshark", "-r", path, "-d", "udp.port==3000,dis", "-T", "fields", "-E", "aggregator=;"]
    words += ["-o", "ip.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE"]
    for field in FIELDS:
        words += ["-e", field]
    text = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    rows = (line.split("\t") for line in text.splitlines())
    return [dict(zip(FIELDS, (cell.split(";") if cell else [] for cell in row), strict=True)) for row in rows]


def compare_tshark(said, row, index, at):
    """Fails where tshark reads something else than opendis."""
    def same(field, *values):
        read = row[field]
        if len(read) != len(values) or any(float(a) != float(b) for a, b in zip(read, values)):
            fail("tshark", f"message {index}: {field} is {read}, opendis reads {values}")

    if row["_ws.malformed"] or row["ip.checksum.status"] != ["1"] or row["udp.checksum.status"] != ["1"]:
        fail("tshark", f"message {index} is malformed, or a checksum is wrong: {row}")
    if abs(float(row["frame.time_epoch"][0]) * 1000 - at) > 0.001:
        fail("tshark", f"message {index} is at {row['frame.time_epoch']}, not {at} ms")
    same("dis.pdu_type", said["kind"])
    if said["kind"] == STATE:
        for axis, place, speed in zip("xyz", said["place"], said["velocity"]):
            close(row[f"dis.entity_location.{axis}"][0], place, index)
            close(row[f"dis.entity_linear_velocity.{axis}"][0], speed, index, 1e-5)
        same("dis.force_id", said["force"])
        identity = ("site", "application", "entity")
        if [int(row[f"dis.entity_id_{part}"][0]) for part in identity] != said["id"]:
            fail("tshark", f"message {index} is about another entity")
        if row["dis.entity_marking"] and row["dis.entity_marking"][0].rstrip("\0") != said["name"]:
            fail("tshark", f"message {index} is about {row['dis.entity_marking']}")
    elif said["kind"] == EMISSION:
        same("dis.em.beam.id_number", *(beam[0] for beam in said["beams"]))
        same("dis.electromagnetic.emission.beam.function", *(beam[1] for beam in said["beams"]))
        same("dis.track_jam.num_targ", *(len(beam[2]) for beam in said["beams"]))
    elif said["kind"] == DETONATION:
        same("dis.detonation.result", said["result"])


def close(read, figure, index, share=1e-14):
    """Fails unless a printed figure is that one."""
    if abs(float(read) - figure) > share * max(1.0, abs(figure)):
        fail("tshark", f"message {index}: {read}, opendis reads {figure}")


def compare_open_dis(said, other, index):
    """Fails where open-dis reads something else than opendis; floats of 32 bits are the same in both."""
    keys = set(said) & set(other)
    for key in keys - {"name"}:
        if said[key] != other[key]:
            fail("open-dis", f"message {index}: {key} is {other[key]}, opendis reads {said[key]}")


def ecef(place):
    """Earth-centred metres of degrees and metres on WGS-84."""
    a, f = 6378137.0, 1 / 298.257223563
    lat, lon, height = math.radians(place[0]), math.radians(place[1]), place[2]
    e2 = f * (2 - f)
    n = a / math.sqrt(1 - e2 * math.sin(lat) ** 2)
    across = (n + height) * math.cos(lat)
    return [across * math.cos(lon), across * math.sin(lon), (n * (1 - e2) + height) * math.sin(lat)]


class Told:
    """What was told of each entity, and who of the table it is."""

    def __init__(self, table):
        self.table, self.states, self.names = table, {}, {}

    def add(self, at, said):
        """Takes up a state; its name is that of the table's thing which is there."""
        key = tuple(said["id"])
        self.states.setdefault(key, []).append((at, said))
        if key in self.names:
            return
        mark = said["name"]
        taken = set(self.names.values())
        matches = [name for name in self.table.kinds if name[:MARKING] == mark and name not in taken]
        for name in matches:
            known = self.table.places.get(name, {}).get(at, [])
            if any(math.dist(ecef(each), said["place"]) < EXACT_M for each in known):
                self.names[key] = name
                return
        fail("DIS", f"entity {key}, {mark}, is told at {at} ms where the table has none of {matches}")

    def compare(self):
        """Fails unless every place of the table is told or believed. Gives how many are told, how many
        believed, and the largest error of the told ones."""
        told, believed, worst = 0, 0, 0.0
        for key, states in self.states.items():
            name, last, index = self.names[key], None, 0
            for at, place in sorted(self.table.moves[name].items()):
                while index < len(states) and states[index][0] <= at:
                    last, index = states[index], index + 1
                if last is None:
                    fail("DIS", f"{name} is at a place at {at} ms, and nothing was told")
                seconds = (at - last[0]) / 1000
                there = [p + v * seconds for p, v in zip(last[1]["place"], last[1]["velocity"])]
                off = math.dist(there, ecef(place))
                if off > (THRESHOLD_M if seconds else EXACT_M):
                    fail("DIS", f"{name} at {at} ms is {off:.3f} m off")
                told, believed = told + (seconds == 0), believed + (seconds != 0)
                worst = max(worst, off if seconds == 0 else 0.0)
        missing = self.table.names() - set(self.names.values())
        if missing:
            fail("DIS", f"nothing is told of {sorted(missing)[:5]}")
        return told, believed, worst

    def forces(self):
        """Fails unless the last force of everything is that of the table."""
        for key, states in self.states.items():
            name = self.names[key]
            if states[-1][1]["force"] != FORCES[self.table.sides[name]]:
                fail("DIS", f"{name} is of force {states[-1][1]['force']}, the table has {self.table.sides[name]}")


def main(csv, capture, modules):
    """Reads, compares, prints a line."""
    table, counts = Table(csv), {}
    told, beams = Told(table), 0
    tshark, node = by_tshark(capture), by_open_dis(capture, modules)
    messages = list(datagrams(capture))
    if not len(messages) == len(tshark) == len(node):
        fail("DIS", f"{len(messages)} messages, tshark has {len(tshark)}, open-dis {len(node)}")
    for index, (epoch, octets) in enumerate(messages):
        said = by_opendis(octets)
        compare_tshark(said, tshark[index], index + 1, epoch)
        compare_open_dis(said, node[index], index + 1)
        counts[said["kind"]] = counts.get(said["kind"], 0) + 1
        beams += sum(len(beam[2]) for beam in said.get("beams", []))
        if said["kind"] == STATE:
            told.add(epoch - table.epoch, said)
    exact, believed, worst = told.compare()
    told.forces()
    kinds = {STATE: "states", FIRE: "fires", DETONATION: "detonations", EMISSION: "emissions", IFF: "IFF",
             TRANSMITTER: "transmitters", SIGNAL: "signals"}
    words = ", ".join(f"{counts[kind]} {name}" for kind, name in kinds.items() if kind in counts)
    print(f"tshark, opendis, open-dis: {words}; {beams} beams on targets; {len(told.names)} things, "
          f"{exact} places told ({worst * 1000:.4f} mm off), {believed} within a metre")


main(*sys.argv[1:])
