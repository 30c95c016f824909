"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const meta = JSON.parse($("meta").textContent);
  const { rows, columns, stride, heightStride } = meta;
  const labels = new Map(meta.limits.map(([number, label, colour]) => [number, { label, rgb: rgb(colour), colour }]));
  const COVERED = 0;
  const OUTSIDE = 255;
  const COVER = 0.78; // how strongly a colour hides the ground under it

  async function unpack(element) {
    const text = atob(element.textContent);
    const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  function rgb(hex) {
    return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  }

  // Differences from the western neighbour back to metres; NaN where there is none.
  function metres(bytes) {
    const wide = Math.ceil(columns / heightStride);
    const number = bytes.length / 2;
    const heights = new Float32Array(number);
    let last = 0;
    for (let i = 0; i < number; i++) {
      if (i % wide === 0) last = 0;
      last = (last + bytes[i] + 256 * bytes[i + number]) & 65535;
      heights[i] = last === 65535 ? NaN : (last - 1000) * meta.heightStep;
    }
    return heights;
  }

  const at = (row, column, step) => Math.floor(row / step) * Math.ceil(columns / step) + Math.floor(column / step);

  function shading(ground) {
    const wide = Math.ceil(columns / heightStride);
    const shade = new Float32Array(ground.length).fill(1);
    const metresPerDegree = 111195;
    const cos = Math.cos(((meta.south + (rows * meta.latStep) / 2) * Math.PI) / 180);
    const north = 2 * heightStride * meta.latStep * metresPerDegree;
    const east = 2 * heightStride * meta.lonStep * metresPerDegree * cos;
    for (let i = wide; i < ground.length - wide; i++) {
      const slope = (ground[i + 1] - ground[i - 1]) / east - (ground[i + wide] - ground[i - wide]) / north;
      const light = Math.max(-1, Math.min(1, 7 * slope));
      shade[i] = 1 + (light > 0 ? 0.1 : 0.3) * light;
    }
    return shade;
  }

  async function start() {
    const [ground, lowest] = (await Promise.all([...document.querySelectorAll("script.heights")].map(unpack))).map(metres);
    const layers = await Promise.all([...document.querySelectorAll("script.limits")].map(unpack));
    layers.forEach((cells, index) => {
      const same = index > 0 && meta.layers[index - 1].flight === meta.layers[index].flight;
      if (same) for (let i = 0; i < cells.length; i++) cells[i] ^= layers[index - 1][i];
    });
    run(ground, lowest, layers, shading(ground));
  }

  function run(ground, lowest, layers, shade) {
    const canvas = $("cells");
    const context = canvas.getContext("2d");
    const image = context.createImageData(columns, rows);
    const chosen = (name) => document.querySelector(`input[name="${name}"]:checked`).value;
    const layerOf = (flight, stage) => meta.layers.findIndex((layer) => layer.flight === flight && layer.stage === stage);

    // What stands for a cell: a colour or nothing.
    function painter() {
      const stage = chosen("stage");
      if (chosen("view") !== "all") {
        const cells = layers[layerOf(Number(chosen("view")), stage)];
        return (i) => (cells && cells[i] !== OUTSIDE ? labels.get(cells[i]).rgb : null);
      }
      const stack = meta.flights.map((flight, index) => [layers[layerOf(index, stage)], rgb(flight.colour)]).filter(([cells]) => cells);
      return (i) => {
        for (const [cells, colour] of stack) if (cells[i] === COVERED) return colour;
        return null;
      };
    }

    function draw() {
      const colourOf = painter();
      const relief = $("relief").checked;
      const { land, sea } = groundColours();
      let out = 0;
      for (let y = 0; y < rows; y++) {
        const row = rows - 1 - y;
        for (let x = 0; x < columns; x++, out += 4) {
          const h = at(row, x, heightStride);
          const under = ground[h] === 0 ? sea : land;
          const over = colourOf(at(row, x, stride));
          const light = relief ? shade[h] : 1;
          for (let k = 0; k < 3; k++) {
            image.data[out + k] = (over ? under[k] + (over[k] - under[k]) * COVER : under[k]) * light;
          }
          image.data[out + 3] = 255;
        }
      }
      context.putImageData(image, 0, 0);
      legend();
    }

    function groundColours() {
      const dark = matchMedia("(prefers-color-scheme: dark)").matches;
      return dark ? { land: [70, 74, 78], sea: [36, 46, 56] } : { land: [244, 239, 226], sea: [223, 232, 238] };
    }

    function legend() {
      const view = chosen("view");
      const items = [];
      if (view === "all") {
        meta.flights.forEach((flight) => items.push([flight.colour, flight.name]));
      } else {
        const cells = layers[layerOf(Number(view), chosen("stage"))] ?? [];
        const there = new Set(cells);
        meta.limits.filter(([number]) => there.has(number) && number !== OUTSIDE).forEach(([, label, colour]) => items.push([colour, label]));
      }
      $("legend").replaceChildren(
        ...items.map(([colour, name]) => {
          const item = document.createElement("li");
          const swatch = document.createElement("i");
          const { land } = groundColours();
          swatch.style.background = `rgb(${rgb(colour).map((part, k) => Math.round(land[k] + (part - land[k]) * COVER))})`;
          item.append(swatch, name);
          return item;
        }),
      );
    }

    let place = null;
    function show(row, column, aloud) {
      place = [Math.max(0, Math.min(rows - 1, row)), Math.max(0, Math.min(columns - 1, column))];
      [row, column] = place;
      const box = document.querySelector("#map svg").viewBox.baseVal;
      const cross = $("cross");
      cross.removeAttribute("hidden");
      cross.setAttribute("transform", `translate(${((column + 0.5) / columns) * box.width} ${((rows - row - 0.5) / rows) * box.height})`);
      const lat = meta.south + row * meta.latStep;
      const lon = meta.west + column * meta.lonStep;
      const near = nearest(lat, lon);
      const h = at(row, column, heightStride);
      const seen = Number.isNaN(lowest[h]) ? "not computed" : `${whole(lowest[h])} m above sea level`;
      $("where").textContent =
        `${Math.abs(lat).toFixed(2)}° ${lat < 0 ? "S" : "N"}, ${Math.abs(lon).toFixed(2)}° ${lon < 0 ? "W" : "E"}: ` +
        `${whole(near.km)} km from ${near.name}, azimuth ${String(Math.round(near.azimuth) % 360).padStart(3, "0")}°. ` +
        `Ground ${whole(ground[h])} m; lowest height in view ${seen}.`;
      table(at(row, column, stride));
      if (aloud) $("said").textContent = $("where").textContent + " " + spoken(at(row, column, stride));
    }

    function spoken(cell) {
      const stage = chosen("stage");
      const parts = meta.flights.map((flight, index) => {
        const cells = layers[layerOf(index, stage)];
        return cells ? `${flight.name}: ${labels.get(cells[cell]).label}` : "";
      });
      return `${stage}: ${parts.filter(Boolean).join("; ")}.`;
    }

    function table(cell) {
      const stages = ["detection", "tracking", "engagement"].filter((stage) => meta.layers.some((layer) => layer.stage === stage));
      const element = (name, words, className = "") => Object.assign(document.createElement(name), { textContent: words, className });
      const grid = document.createElement("table");
      const head = grid.createTHead().insertRow();
      head.append(...["height", ...stages].map((words) => Object.assign(element("th", words), { scope: "col" })));
      const body = grid.createTBody();
      meta.flights.forEach((flight, index) => {
        const line = body.insertRow();
        line.append(Object.assign(element("th", flight.name), { scope: "row" }));
        for (const stage of stages) {
          const limit = layers[layerOf(index, stage)]?.[cell];
          line.append(element("td", limit === undefined ? "–" : labels.get(limit).label, limit === COVERED ? "yes" : ""));
        }
      });
      $("what").replaceChildren(grid);
    }

    const map = $("map");
    map.addEventListener("pointermove", (event) => {
      const box = canvas.getBoundingClientRect();
      const column = Math.floor(((event.clientX - box.left) / box.width) * columns);
      const row = rows - 1 - Math.floor(((event.clientY - box.top) / box.height) * rows);
      show(row, column, false);
    });
    map.addEventListener("keydown", (event) => {
      const step = { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
      if (!step) return;
      event.preventDefault();
      const far = event.shiftKey ? 10 : 1;
      const [row, column] = place ?? home();
      show(row + far * step[0], column + far * step[1], true);
    });
    map.addEventListener("focus", () => place ?? show(...home(), true));
    document.querySelectorAll('input[name="view"], input[name="stage"], #relief').forEach((input) => input.addEventListener("change", draw));
    $("circles").addEventListener("change", () => $("rings").toggleAttribute("hidden", !$("circles").checked));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
    draw();
  }

  function home() {
    const [, lat, lon] = meta.sites[0];
    return [Math.round((lat - meta.south) / meta.latStep), Math.round((lon - meta.west) / meta.lonStep)];
  }

  function whole(value) {
    return Math.round(value).toLocaleString("en").replaceAll(",", "\u202f");
  }

  // Distance over a sphere and azimuth from the nearest site.
  function nearest(lat, lon) {
    const rad = Math.PI / 180;
    const all = meta.sites.map(([name, siteLat, siteLon]) => {
      const [a, b, turn] = [siteLat * rad, lat * rad, (lon - siteLon) * rad];
      const half = Math.sin((b - a) / 2) ** 2 + Math.cos(a) * Math.cos(b) * Math.sin(turn / 2) ** 2;
      const km = 2 * 6371 * Math.asin(Math.sqrt(half));
      const azimuth = Math.atan2(Math.sin(turn) * Math.cos(b), Math.cos(a) * Math.sin(b) - Math.sin(a) * Math.cos(b) * Math.cos(turn));
      return { name, km, azimuth: (azimuth / rad + 360) % 360 };
    });
    return all.reduce((best, site) => (site.km < best.km ? site : best));
  }

  start().catch((error) => {
    $("where").textContent = `The map could not be drawn: ${error.message}`;
  });
})();
