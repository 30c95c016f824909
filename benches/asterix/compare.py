"""RATE FILE REPEATS: what RATE says of FILE, and how fast asterix_decoder reads the same plots."""

import subprocess
import sys
import time

import asterix

rate, name, repeats = sys.argv[1:4]
said = subprocess.run([rate, name, repeats], check=True, capture_output=True, text=True).stdout
count, read, written = (float(word) for word in said.split())

with open(name, "rb") as file:
    blocks = file.read()
plots, at = bytearray(), 0
while at < len(blocks):
    length = int.from_bytes(blocks[at + 1:at + 3], "big")
    if blocks[at] == 48:
        plots += blocks[at:at + length]
    at += length
plots = bytes(plots)

best = float("inf")
for _ in range(max(3, int(repeats) // 5)):
    begun = time.perf_counter()
    records = asterix.parse(plots, verbose=False)
    best = min(best, time.perf_counter() - begun)
if len(records) != count:
    sys.exit(f"asterix_decoder reads {len(records)} plots, redan {count:.0f}")
theirs = count / best
print(f"{count:.0f} plots of CAT048, {len(plots)} octets")
print(f"redan            reads {read / 1e6:8.3f} M/s, writes {written / 1e6:8.3f} M/s")
print(f"asterix_decoder  reads {theirs / 1e6:8.3f} M/s")
print(f"ratio            {read / theirs:.0f}")
