"""KML, KMZ and GeoJSON, read by GDAL: TABLE FOOTPRINTS FILE... Places in order, identities, times, and
what is covered at which height."""

import json
import subprocess
import sys

from table import Table, fail, instant, same

SITES = {"asset", "radar", "unit", "launcher"}


def features(path):
    """All features of all layers, as GDAL sees them."""
    layers = subprocess.run(["ogrinfo", "-q", path], check=True, capture_output=True, text=True)
    for line in layers.stdout.splitlines():
        # `1: hostile: aircraft (3D Line String)`
        layer = line.split(": ", 1)[1]
        name = layer.rsplit(" (", 1)[0] if layer.endswith(")") else layer
        command = ["ogr2ogr", "-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=9", "/vsistdout/", path, name]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        yield from json.loads(done.stdout)["features"]


def corners(geometry):
    """Longitude, latitude, height of a point or a line."""
    if geometry is None:
        return []
    points = geometry["coordinates"]
    return [points] if geometry["type"] == "Point" else points


def compare(table, path):
    """Counts the things and the places of a file, which must be those of the table."""
    seen, count = set(), 0
    for feature in features(path):
        properties = feature["properties"]
        name, kind = properties.get("name") or properties.get("Name"), properties.get("kind")
        if name not in table.kinds or kind != table.kinds[name]:
            continue
        if properties["side"] != table.sides[name]:
            fail(path, f"{name} is {properties['side']}, the table has {table.sides[name]}")
        places = [(lat, lon, alt) for lon, lat, alt in corners(feature["geometry"])]
        times = sorted(table.places.get(name, {}))
        if kind in SITES:
            times = times[:1]
        expected = [table.places[name][at] for at in times]
        # A note stands at the last place again: the file has no corner for it.
        position = 0
        for place in places:
            while position < len(expected) and not any(same(place, e) for e in expected[position]):
                position += 1
            if position == len(expected):
                fail(path, f"{name}: {place} is not in the table, or not in its order")
        if len(places) < len(table.moves.get(name, {})):
            fail(path, f"{name}: {len(places)} places of {len(table.moves[name])}")
        begin, end = (properties.get(key) for key in (("begin", "end") if "begin" in properties else ("utc", "end_utc")))
        if kind not in SITES:
            first, last = table.spans[name]
            if instant(begin) - table.epoch != first:
                fail(path, f"{name} begins at {begin}, the table at {first} ms")
            # Who never left is there until the end in KML, until the last word in GeoJSON.
            if instant(end) - table.epoch < last:
                fail(path, f"{name} ends at {end}, the table at {last} ms")
        seen.add(name)
        count += len(places)
    if seen != set(table.kinds):
        fail(path, f"other things: {sorted(seen ^ set(table.kinds))[:5]}")
    return len(seen), count


def patches(geometry):
    """Polygons as lists of rings of longitude and latitude."""
    shapes = geometry.get("geometries") or [geometry]
    for shape in shapes:
        polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        for rings in polygons:
            yield [[tuple(corner[:2]) for corner in ring] for ring in rings]


def covered(path, product):
    """Footprints by stage and height."""
    found = {}
    for feature in features(path):
        properties = feature["properties"]
        is_nominal = not product or properties.get("reading") == "nominal"
        if properties.get("kind") == "footprint" and is_nominal:
            key = (properties["stage"], float(properties["height_m"]))
            found[key] = list(patches(feature["geometry"]))
    return found


reference, product = Table(sys.argv[1]), covered(sys.argv[2], True)
for file in sys.argv[3:]:
    things, places = compare(reference, file)
    footprints = covered(file, False)
    if footprints != product or not product:
        fail(file, "its footprints are not those of the coverage product")
    print(f"GDAL: {file.rsplit('.', 1)[1]} has {things} things, {places} places, {len(footprints)} footprints")
