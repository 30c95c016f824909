// Makes coast.bin, the coasts and borders under the map of a report. Run by hand when the map is to
// change; the build does not need it. See README.md for the recipe and the format.

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const UNITS_PER_DEGREE = 100;
const [modules, output] = process.argv.slice(2);
if (!modules || !output) {
  console.error("usage: node coast.mjs <node_modules> <coast.bin>");
  process.exit(2);
}
const topojson = createRequire(join(modules, "x.js"))("topojson-client");
const load = (name) => JSON.parse(readFileSync(join(modules, "world-atlas", name), "utf8"));

// What remains within `tolerance` (degrees) of the original line: Ramer 1972, Douglas and Peucker 1973.
function simplify(points, tolerance) {
  const keep = new Uint8Array(points.length);
  keep[0] = keep[points.length - 1] = 1;
  const stack = [[0, points.length - 1]];
  while (stack.length > 0) {
    const [first, last] = stack.pop();
    let worst = tolerance;
    let at = -1;
    for (let i = first + 1; i < last; i++) {
      const d = distance(points[i], points[first], points[last]);
      if (d > worst) [worst, at] = [d, i];
    }
    if (at < 0) continue;
    keep[at] = 1;
    stack.push([first, at], [at, last]);
  }
  return points.filter((_, i) => keep[i]);
}

// Distance from a segment, with degrees of longitude as short as they are at that latitude.
function distance(p, a, b) {
  const cos = Math.cos((p[1] * Math.PI) / 180);
  const [px, py] = [(p[0] - a[0]) * cos, p[1] - a[1]];
  const [bx, by] = [(b[0] - a[0]) * cos, b[1] - a[1]];
  const length2 = bx * bx + by * by;
  const t = length2 > 0 ? Math.max(0, Math.min(1, (px * bx + py * by) / length2)) : 0;
  return Math.hypot(px - t * bx, py - t * by);
}

// On the grid of the file, without points that fall together.
function quantise(points) {
  const grid = points.map((p) => p.map((c) => Math.round(c * UNITS_PER_DEGREE)));
  return grid.filter((p, i) => i === 0 || p[0] !== grid[i - 1][0] || p[1] !== grid[i - 1][1]);
}

// The line without its jump at the antimeridian: each point is at most half a turn from the last.
function unroll(points) {
  let turns = 0;
  return points.map(([lon, lat], i) => {
    if (i > 0) turns -= Math.round((lon - points[i - 1][0]) / 360);
    return [lon + 360 * turns, lat];
  });
}

function rings(geometry) {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return polygons.flat();
}

function varint(bytes, value) {
  let rest = value < 0 ? -2 * value - 1 : 2 * value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
}

function write(bytes, lines) {
  varint(bytes, lines.length);
  for (const line of lines) {
    varint(bytes, line.length);
    let [x, y] = [0, 0];
    for (const point of line) {
      varint(bytes, point[0] - x);
      varint(bytes, point[1] - y);
      [x, y] = point;
    }
  }
}

const TOLERANCE = 0.007;
const prepare = (line) => quantise(simplify(unroll(line), TOLERANCE));
const land = load("land-10m.json");
const countries = load("countries-10m.json");
const coasts = topojson
  .feature(land, land.objects.land)
  .features.flatMap((feature) => rings(feature.geometry))
  .map(prepare)
  .filter((ring) => ring.length > 3);
const borders = topojson
  .mesh(countries, countries.objects.countries, (a, b) => a !== b)
  .coordinates.map(prepare)
  .filter((line) => line.length > 1);

const bytes = [];
write(bytes, coasts);
write(bytes, borders);
writeFileSync(output, Uint8Array.from(bytes));
const points = (lines) => lines.reduce((sum, line) => sum + line.length, 0);
console.log(`${coasts.length} coasts of ${points(coasts)} points`);
console.log(`${borders.length} borders of ${points(borders)} points, ${bytes.length} bytes`);
