// A clock, a zoom and the highlighting of one aircraft or flight. The page is whole without it.
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const SVG = "http://www.w3.org/2000/svg";

  // Whatever carries the number of an aircraft, by that number.
  const about = new Map();
  for (const element of document.querySelectorAll("[data-a]")) {
    for (const number of element.dataset.a.split(" ")) {
      if (!about.has(number)) about.set(number, []);
      about.get(number).push(element);
    }
  }
  let kept = null;
  const show = (numbers) => {
    for (const hot of document.querySelectorAll(".hot")) hot.classList.remove("hot");
    document.body.classList.toggle("picked", numbers !== null);
    for (const number of (numbers ?? "").split(" ")) {
      for (const element of about.get(number) ?? []) element.classList.add("hot");
    }
  };
  const aircraftAt = (event) => event.target.closest?.("[data-a]")?.dataset.a ?? null;
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "mouse") show(aircraftAt(event) ?? kept);
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("summary, button, a, input, label, pre")) return;
    const numbers = aircraftAt(event);
    kept = numbers === kept ? null : numbers;
    show(kept);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") show((kept = null));
  });
  addEventListener("beforeprint", () => {
    set(data.end);
    for (const details of document.querySelectorAll("details.others")) details.open = true;
  });

  const map = $("map");
  if (!map) return;
  const data = JSON.parse($("paths").textContent);
  const slider = $("time");
  const signs = ["hostile", "friendly", "neutral"];

  // One moving sign for each route; a faint copy of the whole route stays behind the flown part.
  const routes = new Map();
  for (const route of map.querySelectorAll(".route")) {
    const index = Number(route.dataset.a);
    const [side, ...numbers] = data.paths[index];
    const points = [];
    for (let i = 0; i < numbers.length; i += 3) points.push(numbers.slice(i, i + 3));
    const ghost = route.cloneNode(true);
    ghost.classList.add("ghost", "future");
    ghost.removeAttribute("data-a");
    ghost.querySelector(".hit").remove();
    route.before(ghost);
    const sign = document.createElementNS(SVG, "g");
    const use = document.createElementNS(SVG, "use");
    use.setAttribute("href", `#g-${signs[side]}`);
    use.setAttribute("class", "k");
    sign.setAttribute("class", `${signs[side]} future`);
    sign.append(use);
    $("moving").append(sign);
    routes.set(index, { points, ghost, sign, line: route.querySelector(".line"), whole: route.querySelector(".line").getAttribute("d") });
  }
  const along = ([t0, x0, y0], [t1, x1, y1], t) => {
    const part = t1 > t0 ? Math.min(1, Math.max(0, (t - t0) / (t1 - t0))) : 1;
    return [x0 + (x1 - x0) * part, y0 + (y1 - y0) * part];
  };
  const shots = [...map.querySelectorAll(".shot")].map((shot) => {
    const path = shot.querySelector("path");
    const [x0, y0, x1, y1] = path.getAttribute("d").match(/-?[\d.]+/g).map(Number);
    return { shot, path, from: [Number(shot.dataset.t), x0, y0], to: [Number(shot.dataset.u), x1, y1] };
  });
  const marks = [...map.querySelectorAll(".mark, .names > g[data-t], .sites > g[data-t]")];
  // A track is shown as far as the network knew it at the time.
  const tracks = [...map.querySelectorAll(".track")].map((path) => {
    const numbers = path.getAttribute("d").match(/-?[\d.]+/g).map(Number);
    const points = path.dataset.s.split(" ").map((t, i) => [Number(t), numbers[2 * i], numbers[2 * i + 1]]);
    return { path, points, until: Number(path.dataset.u), whole: path.getAttribute("d") };
  });
  const lanes = [...document.querySelectorAll(".lanes")].map((lane) => {
    const cursor = document.createElement("div");
    cursor.className = "cursor";
    cursor.hidden = true;
    lane.append(cursor);
    return { lane, cursor };
  });

  const clock = (t) => `${String(Math.floor(t / 60)).padStart(2, "0")}:${String(Math.floor(t % 60)).padStart(2, "0")}`;
  function set(t) {
    const whole = t >= data.end;
    slider.value = t;
    slider.setAttribute("aria-valuetext", clock(t));
    $("now").textContent = clock(t);
    for (const { points, ghost, sign, line, whole: all } of routes.values()) {
      const next = points.findIndex((point) => point[0] > t);
      const begun = points.length > 0 && points[0][0] <= t;
      ghost.classList.toggle("future", whole);
      sign.classList.toggle("future", whole || !begun || next < 0);
      if (whole || (begun && next < 0)) {
        line.setAttribute("d", all);
      } else if (!begun) {
        line.setAttribute("d", "");
      } else {
        const here = along(points[next - 1], points[next], t);
        const flown = points.slice(0, next).map(([, x, y]) => `${x} ${y}`);
        line.setAttribute("d", `M${[...flown, here.join(" ")].join("L")}`);
        sign.setAttribute("transform", `translate(${here.join(" ")})`);
      }
    }
    for (const { shot, path, from, to } of shots) {
      const [x, y] = along(from, to, t);
      shot.classList.toggle("future", from[0] > t);
      path.setAttribute("d", `M${from[1]} ${from[2]}L${x.toFixed(1)} ${y.toFixed(1)}`);
    }
    for (const { path, points, until, whole: all } of tracks) {
      const next = points.findIndex((point) => point[0] > t);
      path.classList.toggle("future", !whole && points[0][0] >= t);
      path.classList.toggle("past", !whole && until < t);
      if (whole || next < 0) {
        path.setAttribute("d", all);
      } else if (next > 0) {
        const known = [...points.slice(0, next), [t, ...along(points[next - 1], points[next], t)]];
        path.setAttribute("d", `M${known.map(([, x, y]) => `${x} ${y}`).join("L")}`);
      }
    }
    for (const mark of marks) mark.classList.toggle("future", Number(mark.dataset.t) > t);
    for (const { lane, cursor } of lanes) {
      const plot = lane.querySelector(".ticks");
      cursor.hidden = whole || !plot;
      if (plot) cursor.style.left = `${plot.offsetLeft + (plot.offsetWidth * t) / data.end}px`;
    }
  }
  let timer = 0;
  const stop = () => {
    clearInterval(timer);
    timer = 0;
    $("play").textContent = "Play";
  };
  $("play").addEventListener("click", () => {
    if (timer) return stop();
    let t = Number(slider.value) >= data.end ? 0 : Number(slider.value);
    $("play").textContent = "Pause";
    timer = setInterval(() => {
      t += data.end / 600;
      set(Math.min(t, data.end));
      if (t >= data.end) stop();
    }, 50);
  });
  slider.max = Math.ceil(data.end);
  slider.addEventListener("input", () => {
    stop();
    set(Number(slider.value));
  });

  const full = map.viewBox.baseVal;
  const [width, height] = [full.width, full.height];
  const view = { x: 0, y: 0, zoom: 1 };
  function look() {
    const clamp = (value, most) => Math.min(Math.max(value, 0), most);
    view.x = clamp(view.x, width - width / view.zoom);
    view.y = clamp(view.y, height - height / view.zoom);
    map.setAttribute("viewBox", `${view.x} ${view.y} ${width / view.zoom} ${height / view.zoom}`);
    map.style.setProperty("--k", 1 / view.zoom);
    map.classList.toggle("zoomed", view.zoom > 1);
    map.querySelector(".furniture").style.display = view.zoom > 1 ? "none" : "";
  }
  function zoom(factor, px = 0.5, py = 0.5) {
    const before = view.zoom;
    view.zoom = Math.min(24, Math.max(1, before * factor));
    view.x += px * width * (1 / before - 1 / view.zoom);
    view.y += py * height * (1 / before - 1 / view.zoom);
    look();
  }
  const all = () => {
    view.zoom = 1;
    look();
  };
  $("zoom-in").addEventListener("click", () => zoom(1.6));
  $("zoom-out").addEventListener("click", () => zoom(1 / 1.6));
  $("zoom-all").addEventListener("click", all);
  map.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const box = map.getBoundingClientRect();
    zoom(event.deltaY < 0 ? 1.25 : 0.8, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  }, { passive: false });
  let held = null;
  map.addEventListener("pointerdown", (event) => {
    if (view.zoom > 1 && event.button === 0) held = [event.clientX, event.clientY];
  });
  addEventListener("pointermove", (event) => {
    if (!held) return;
    const units = width / view.zoom / map.getBoundingClientRect().width;
    view.x -= (event.clientX - held[0]) * units;
    view.y -= (event.clientY - held[1]) * units;
    held = [event.clientX, event.clientY];
    look();
  });
  addEventListener("pointerup", () => (held = null));
  map.parentElement.addEventListener("keydown", (event) => {
    const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const step = steps[event.key];
    if (event.key === "+" || event.key === "=") zoom(1.6);
    else if (event.key === "-") zoom(1 / 1.6);
    else if (event.key === "0") all();
    else if (step && view.zoom > 1) {
      view.x += (step[0] * width) / view.zoom / 8;
      view.y += (step[1] * height) / view.zoom / 8;
      look();
    } else return;
    event.preventDefault();
  });
  $("controls").hidden = false;
  set(data.end);
})();
