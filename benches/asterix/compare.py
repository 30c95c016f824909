"""RATE FILE REPEATS: how fast redan (RATE) and asterix_decoder read the plots of FILE.

Left out are blocks with the expansion field of CAT048, which asterix_decoder does not know and loses."""

import subprocess
import sys
import tempfile
import time

import asterix

rate, name, repeats = sys.argv[1:4]
with open(name, "rb") as file:
    blocks = file.read()
plots, at = [], 0
while at < len(blocks):
    block = blocks[at:at + int.from_bytes(blocks[at + 1:at + 3], "big")]
    if block[0] == 48 and asterix.parse(block, verbose=False)[0]["hexdata"] is not None:
        plots.append(block)
    at += len(block)

with tempfile.NamedTemporaryFile(suffix=".ast") as file:
    file.write(b"".join(plots))
    file.flush()
    command = [rate, file.name, repeats]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
count, read, written = (float(word) for word in said.split())

best = float("inf")
for _ in range(max(3, int(repeats) // 5)):
    begun = time.perf_counter()
    # Block by block: it takes three times as long for all of them in one piece.
    known = sum(len(asterix.parse(block, verbose=False)) for block in plots)
    best = min(best, time.perf_counter() - begun)
if known != count:
    sys.exit(f"asterix_decoder reads {known} plots, redan {count:.0f}")
theirs = count / best
print(f"{count:.0f} plots of CAT048, {sum(map(len, plots))} octets")
print(f"redan            reads {read / 1e6:8.3f} M/s, writes {written / 1e6:8.3f} M/s")
print(f"asterix_decoder  reads {theirs / 1e6:8.3f} M/s")
print(f"ratio            {read / theirs:.0f}")
