"""How many Entity States opendis writes and reads in a second, the quickest of seven rounds."""

import time
import struct
from io import BytesIO

from opendis.DataInputStream import DataInputStream
from opendis.DataOutputStream import DataOutputStream
from opendis.dis7 import EntityStatePdu

COUNT, ROUNDS = 2000, 7


def octets(number):
    """An Entity State as redan writes it: opendis cannot write one that it has not read."""
    return (
        struct.pack(">BBBBIHBB", 7, 1, 1, 1, 1, 144, 0, 0)
        + struct.pack(">HHHBB", 1, 1, number, 2, 0)
        + struct.pack(">BBHBBBB", 1, 2, 222, 2, 7, 0, 0) * 2
        + struct.pack(">3f3d3f", 100.0, -50.0, 1.0, 4.1e6, 2.6e6 + number, 4.0e6, 0.1, 0.2, 0.3)
        + struct.pack(">IB15x3f3f", 0, 2, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
        + struct.pack(">B11sI", 1, f"raid-{number}".encode(), 0)
    )


def decode(octets):
    pdu = EntityStatePdu()
    pdu.parse(DataInputStream(BytesIO(octets)))
    return pdu


def encode(pdu):
    out = BytesIO()
    pdu.serialize(DataOutputStream(out))
    return out.getvalue()


def report(name, work, items):
    quickest = min(round_of(work, items) for _ in range(ROUNDS))
    print(f"{name} {len(items) / quickest / 1e6:.6f}")


def round_of(work, items):
    started = time.perf_counter()
    for item in items:
        work(item)
    return time.perf_counter() - started


messages = [octets(number) for number in range(1, COUNT + 1)]
states = [decode(message) for message in messages]
if encode(states[0]) != messages[0]:
    raise SystemExit("opendis does not give back what it read")
report("opendis_encode", encode, states)
report("opendis_decode", decode, messages)
