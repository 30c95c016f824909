// CZML, shown by Cesium in headless Chromium: TABLE CZML PICTURE MODULES. Entities, availability, and
// the place of every thing at every recorded instant; then a picture in the middle of the battle.
import { createServer } from "node:http";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";

const [table, czml, picture, modules] = process.argv.slice(2);
const { chromium } = createRequire(join(modules, "x.js"))("playwright-core");
const CESIUM = join(modules, "node_modules/cesium/Build/Cesium");
const TYPES = { ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".html": "text/html", ".svg": "image/svg+xml" };
const PAGE = `<!doctype html><link rel="stylesheet" href="/cesium/Widgets/widgets.css">
<style>html,body,#view{margin:0;width:100%;height:100%}</style><div id="view"></div>
<script>window.CESIUM_BASE_URL="/cesium/"</script><script src="/cesium/Cesium.js"></script>`;

// Lines of the table as objects; quoted fields hold no line break in a recording of this scenario.
function rows() {
  const [head, ...lines] = readFileSync(table, "utf8").trim().split("\r\n");
  const names = head.split(",");
  return lines.map((line) => {
    const fields = line.match(/("([^"]|"")*"|[^,]*)(,|$)/g).map((field) => field.replace(/,$/, ""));
    return Object.fromEntries(names.map((name, index) => [name, fields[index].replace(/^"|"$/g, "").replaceAll('""', '"')]));
  });
}

const server = createServer((request, response) => {
  const path = decodeURIComponent(new URL(request.url, "http://x").pathname);
  try {
    const body = path === "/" ? PAGE : readFileSync(path === "/battle.czml" ? czml : join(CESIUM, path.replace(/^\/cesium\//, "")));
    response.writeHead(200, { "content-type": TYPES[extname(path) || ".html"] ?? "application/octet-stream" });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const profile = mkdtempSync(join(tmpdir(), "redan-cesium-"));
const args = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"];
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const browser = await chromium.launchPersistentContext(profile, { executablePath, headless: true, args, viewport: { width: 1200, height: 800 } });
let problem;
try {
  const page = await browser.newPage();
  const outside = [];
  const origin = `http://127.0.0.1:${server.address().port}`;
  page.on("request", (request) => { if (!/^(blob|data):/.test(request.url()) && !request.url().startsWith(origin)) outside.push(request.url()); });
  await page.goto(origin);
  const result = await page.evaluate(look, rows());
  await page.screenshot({ path: picture });
  if (outside.length > 0) throw new Error(`it asked for ${outside[0]}`);
  if (result.problem) throw new Error(result.problem);
  console.log(`Cesium: ${result.entities} entities, ${result.places} places, farthest off ${result.farthest_mm.toFixed(2)} mm`);
} catch (error) {
  problem = error;
} finally {
  await browser.close();
  server.close();
  rmSync(profile, { recursive: true, force: true });
}
if (problem) {
  console.error(`Cesium: ${problem.message}`);
  process.exit(1);
}

// In the page: loads the document, asks for every place, and stops the clock for the picture.
async function look(rows) {
  const packets = await (await fetch("/battle.czml")).json();
  const viewer = new Cesium.Viewer("view", { baseLayer: false, baseLayerPicker: false, geocoder: false, animation: false, timeline: false, navigationHelpButton: false });
  const source = await viewer.dataSources.add(Cesium.CzmlDataSource.load(packets));
  const entities = source.entities.values;
  const refuse = (problem) => ({ problem });
  if (entities.length !== packets.length - 1) return refuse(`${entities.length} entities of ${packets.length - 1} packets`);
  const byName = new Map(entities.filter((e) => e.properties?.kind).map((e) => [`${e.properties.kind.getValue()} ${e.name}`, e]));
  const epoch = Cesium.JulianDate.fromIso8601(packets[0].clock.currentTime);
  let farthest = 0, places = 0;
  const told = new Map();
  for (const row of rows) {
    const key = `${row.kind} ${row.name}`, entity = byName.get(key);
    if (row.note || !row.lat_deg) continue;
    if (!entity) return refuse(`no entity ${key}`);
    told.set(key, row.side);
    const at = Cesium.JulianDate.addSeconds(epoch, Number(row.time_s), new Cesium.JulianDate());
    if (!entity.isAvailable(at)) return refuse(`${key} is not available at ${row.time_s} s`);
    const there = entity.position.getValue(at);
    const known = Cesium.Cartesian3.fromDegrees(Number(row.lon_deg), Number(row.lat_deg), Number(row.alt_m));
    if (!there) return refuse(`${key} has no place at ${row.time_s} s`);
    const off = 1000 * Cesium.Cartesian3.distance(there, known);
    if (off > 15) return refuse(`${key} at ${row.time_s} s is ${off} mm off`);
    farthest = Math.max(farthest, off);
    places += 1;
  }
  if (told.size !== byName.size) return refuse(`${byName.size} things, the table has ${told.size}`);
  for (const [key, entity] of byName) {
    const last = rows.findLast((row) => `${row.kind} ${row.name}` === key);
    if (entity.properties.side.getValue() !== last.side) return refuse(`${key} is ${entity.properties.side.getValue()}`);
    if (entity.parent?.id !== `side-${last.side}`) return refuse(`${key} hangs from ${entity.parent?.id}`);
  }
  viewer.clock.shouldAnimate = false;
  viewer.clock.currentTime = Cesium.JulianDate.addSeconds(epoch, 600, new Cesium.JulianDate());
  viewer.scene.globe.baseColor = Cesium.Color.fromCssColorString("#20303a");
  const site = entities.find((e) => e.properties?.kind?.getValue() === "radar").position.getValue(epoch);
  viewer.camera.lookAt(site, new Cesium.HeadingPitchRange(0, -0.7, 700000));
  for (let frame = 0; frame < 20; frame += 1) {
    await new Promise((next) => { const off = viewer.scene.postRender.addEventListener(() => { off(); next(); }); viewer.scene.requestRender(); });
  }
  return { entities: entities.length, places, farthest_mm: farthest };
}
