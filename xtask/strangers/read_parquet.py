"""Parquet of a recording, read by DuckDB: RECORDING TRUTH_TABLE PICTURE_TABLE. Whether the tables of the
exports tell what the recording holds: this ties all other readers to it."""

import sys

import duckdb

from table import Table, fail, same

folder = sys.argv[1]
truth, picture = Table(sys.argv[2]), Table(sys.argv[3])


def rows(file, name):
    """Name, millisecond and place of every row of a table."""
    query = f"""select {name}, time_ns, lat_deg, lon_deg, alt_m from '{folder}/{file}.parquet' order by id"""
    for thing, nanos, *place in duckdb.sql(query).fetchall():
        yield thing, (nanos + 500_000) // 1_000_000, tuple(place)


count = 0
for thing, at, place in list(rows("truth", "aircraft")) + list(rows("missiles", "'missile ' || missile")):
    count += 1
    if not any(same(place, each) for each in truth.places.get(thing, {}).get(at, [])):
        fail("DuckDB", f"{thing} at {at} ms: {place} is not in the table of truth")
moving = sum(
    len(moves) for thing, moves in truth.moves.items()
    if truth.kinds[thing] not in ("asset", "radar", "unit", "launcher", "missile")
)
flown = duckdb.sql(f"select count(*) from '{folder}/truth.parquet'").fetchall()[0][0]
if moving != flown:
    fail("DuckDB", f"the table of truth has {moving} movements, the recording {flown}")

tracks, shown = {}, 0
for thing, at, place in rows("tracks", "'track ' || track"):
    tracks.setdefault(thing, {}).setdefault(at, []).append(place)
for thing, moves in picture.moves.items():
    if picture.kinds[thing] != "track":
        continue
    for at, place in moves.items():
        shown += 1
        if not any(same(place, each) for each in tracks[thing].get(at, [])):
            fail("DuckDB", f"{thing} at {at} ms: {place} is not in the recording")
print(f"DuckDB: {count} places of truth and missiles, {shown} of tracks")
