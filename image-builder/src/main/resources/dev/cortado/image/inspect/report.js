"use strict";
(() => {
  // What "cortado inspect --json" writes; inspection.schema.json describes it.
  const PRIMITIVES = new Set("boolean byte char double float int long short".split(" "));
  const sizes = JSON.parse(document.getElementById("data").textContent).sizes;
  const data = { code: tree(sizes.code), heap: tree(sizes.heap) };
  const map = document.getElementById("treemap");
  const path = document.getElementById("path");
  const tip = document.getElementById("tip");
  const ink = document.createElement("canvas").getContext("2d"); // measures text
  const HEADER = 18; // px of a package's title
  const SMALLEST = 110; // px²; what would be smaller is shown together
  const NARROWEST = 44; // px; what is narrower has no name in it
  const switches = { code: document.getElementById("show-code"), heap: document.getElementById("show-heap") };
  const roots = {
    code: { name: "Code", children: data.code, bytes: sum(data.code), unit: "code" },
    heap: { name: "Image heap", children: data.heap, bytes: sum(data.heap), unit: "heap" },
  };
  let trail = [];

  /** Packages {name, origin, bytes, children: [{name, bytes, count}]}, the classes without their package's name. */
  function tree(breakdown) {
    const packages = new Map(breakdown.packages.map((each) => [each.name, { ...each, children: [] }]));
    const others = breakdown.packages.filter((each) => each.name.startsWith("(")); // in no package
    for (const each of breakdown.classes) {
      const element = each.name.split("[")[0];
      const dot = element.lastIndexOf(".");
      const home = packages.get(element.slice(0, Math.max(dot, 0)));
      if (home) {
        home.children.push({ ...each, name: each.name.slice(dot + 1) });
      } else {
        const other = others.find((one) => (one.origin === "data") === PRIMITIVES.has(element));
        packages.get(other.name).children.push(each);
      }
    }
    return [...packages.values()];
  }

  function sum(nodes) {
    return nodes.reduce((bytes, node) => bytes + node.bytes, 0);
  }

  function size(bytes) {
    if (bytes < 1024) return bytes + " B";
    if (bytes < 1 << 20) return (bytes / 1024).toFixed(1) + " KiB";
    return (bytes / (1 << 20)).toFixed(1) + " MiB";
  }

  /** The name if there is room for it, else a package's front parts as initials, or left out. */
  function fit(name, bold, width) {
    ink.font = (bold ? "600 " : "") + "12px " + getComputedStyle(document.body).fontFamily;
    const fits = (text) => ink.measureText(text).width <= width;
    const parts = name.split(".");
    for (let i = 0; i < parts.length - 1 && !fits(parts.join(".")); i++) {
      parts[i] = parts[i].charAt(0);
    }
    return fits(parts.join(".")) ? parts.join(".") : parts[parts.length - 1];
  }

  /** What is too small to be seen becomes one node, which can be opened. */
  function gather(nodes, area) {
    const total = sum(nodes);
    const shown = nodes.filter((node) => node.bytes > 0 && (node.bytes / total) * area >= SMALLEST);
    const rest = nodes.filter((node) => node.bytes > 0 && (node.bytes / total) * area < SMALLEST);
    if (rest.length < 2) return shown.concat(rest);
    return shown.concat({
      name: rest.length + " more",
      origin: rest.every((node) => node.origin === rest[0].origin) ? rest[0].origin : "data",
      bytes: sum(rest),
      children: rest,
      gathered: true,
    });
  }

  /** Squarified treemap (Bruls, Huizing, van Wijk 2000): rectangles as square as can be. */
  function squarify(nodes, x, y, width, height) {
    const placed = [];
    const scale = (width * height) / sum(nodes);
    const areas = nodes.map((node) => node.bytes * scale);
    let at = 0;
    while (at < nodes.length) {
      const side = Math.min(width, height);
      let end = at;
      let row = 0;
      let worst = Infinity;
      while (end < nodes.length) {
        const more = row + areas[end];
        const ratio = Math.max((side * side * areas[at]) / (more * more), (more * more) / (side * side * areas[end]));
        if (ratio > worst) break;
        worst = ratio;
        row = more;
        end++;
      }
      const depth = row / side;
      let along = 0;
      for (; at < end; at++) {
        const length = areas[at] / depth;
        placed.push(
          width < height
            ? { node: nodes[at], x: x + along, y, width: length, height: depth }
            : { node: nodes[at], x, y: y + along, width: depth, height: length },
        );
        along += length;
      }
      if (width < height) {
        y += depth;
        height -= depth;
      } else {
        x += depth;
        width -= depth;
      }
    }
    return placed;
  }

  function tile(box, origin, parent) {
    const node = box.node;
    const element = document.createElement("button");
    element.type = "button";
    element.tabIndex = -1;
    element.className = "tile hue-" + origin + (node.children ? " group" : "");
    // Shares of the map, so that it stays filled while it is resized.
    const share = (part, whole) => (100 * part) / whole + "%";
    Object.assign(element.style, {
      left: share(box.x, map.clientWidth),
      top: share(box.y, map.clientHeight),
      width: share(Math.max(1, box.width - 1), map.clientWidth),
      height: share(Math.max(1, box.height - 1), map.clientHeight),
    });
    if (box.width > NARROWEST && box.height > 14) {
      const name = fit(node.name, Boolean(node.children), box.width - 12);
      element.append(Object.assign(document.createElement("b"), { textContent: name }));
      if (box.width > 62 && box.height > 34 && !box.open) {
        element.append(Object.assign(document.createElement("small"), { textContent: size(node.bytes) }));
      }
    } else {
      element.style.padding = "0";
    }
    const full = parent && !node.children && parent.children ? parent.name + " " + node.name : node.name;
    element.setAttribute("aria-label", full + ", " + size(node.bytes));
    element.node = node;
    element.within = parent;
    element.open = Boolean(box.open);
    map.append(element);
  }

  function draw() {
    const root = trail[trail.length - 1];
    map.replaceChildren();
    const width = map.clientWidth;
    const height = map.clientHeight;
    const top = gather(root.children, width * height).sort((a, b) => b.bytes - a.bytes);
    for (const box of squarify(top, 0, 0, width, height)) {
      const node = box.node;
      const origin = node.origin || root.origin || "data";
      const inner = { width: box.width - 3, height: box.height - HEADER - 2 };
      box.open = Boolean(node.children) && !node.gathered && inner.width > 30 && inner.height > 16;
      tile(box, origin, root);
      if (box.open) {
        const children = gather(node.children, inner.width * inner.height).sort((a, b) => b.bytes - a.bytes);
        for (const child of squarify(children, box.x + 1, box.y + HEADER, inner.width, inner.height)) {
          tile(child, child.node.origin || origin, node);
        }
      }
    }
    if (map.firstChild) map.firstChild.tabIndex = 0;
    drawPath();
    tip.hidden = true;
  }

  function drawPath() {
    path.replaceChildren();
    trail.forEach((node, index) => {
      const last = index === trail.length - 1;
      const part = document.createElement(last ? "span" : "button");
      part.textContent = node.name + (last ? " · " + size(node.bytes) : "");
      if (!last) {
        part.type = "button";
        part.addEventListener("click", () => go(trail.slice(0, index + 1)));
      }
      if (index > 0) path.append(" › ");
      path.append(part);
    });
  }

  function go(to) {
    const focused = map.contains(document.activeElement);
    trail = to;
    draw();
    if (focused && map.firstChild) map.firstChild.focus();
  }

  function open(element) {
    if (element.node.children) {
      go(trail.concat(element.node));
    } else if (element.within !== trail[trail.length - 1]) {
      go(trail.concat(element.within));
    }
  }

  function select(kind) {
    for (const [name, element] of Object.entries(switches)) {
      element.setAttribute("aria-pressed", String(name === kind));
    }
    go([roots[kind]]);
  }

  function tell(element, x, y) {
    const node = element.node;
    const whole = trail[0].bytes;
    const within = element.within && element.within !== trail[0] ? element.within.name : "";
    const figures = [size(node.bytes), ((100 * node.bytes) / whole).toFixed(1) + "% of " + trail[0].unit];
    if (node.count) figures.push(node.count.toLocaleString("en") + " objects");
    if (node.children) figures.push(node.children.length + (node.children[0].children ? " packages" : " classes"));
    tip.replaceChildren(
      Object.assign(document.createElement("b"), { textContent: node.name }),
      within ? within + " · " + figures.join(" · ") : figures.join(" · "),
    );
    tip.hidden = false;
    const left = Math.min(x + 14, innerWidth - tip.offsetWidth - 8);
    const below = y + 18 + tip.offsetHeight < innerHeight;
    tip.style.left = Math.max(8, left) + "px";
    tip.style.top = (below ? y + 18 : y - tip.offsetHeight - 12) + "px";
  }

  /** The tile whose middle is nearest in a direction. */
  function neighbour(from, dx, dy) {
    const middle = (element) => {
      const box = element.getBoundingClientRect();
      return [box.left + box.width / 2, box.top + (element.open ? HEADER : box.height) / 2];
    };
    const [x, y] = middle(from);
    let best = null;
    let least = Infinity;
    for (const element of map.children) {
      const [ex, ey] = middle(element);
      const along = (ex - x) * dx + (ey - y) * dy;
      const across = Math.abs((ex - x) * dy) + Math.abs((ey - y) * dx);
      if (element !== from && along > 1 && along + 2 * across < least) {
        least = along + 2 * across;
        best = element;
      }
    }
    return best;
  }

  map.addEventListener("click", (event) => {
    const element = event.target.closest(".tile");
    if (element) open(element);
  });
  map.addEventListener("mousemove", (event) => {
    const element = event.target.closest(".tile");
    if (element) tell(element, event.clientX, event.clientY);
  });
  map.addEventListener("mouseleave", () => (tip.hidden = true));
  map.addEventListener("focusin", (event) => {
    const box = event.target.getBoundingClientRect();
    if (event.target.matches(":focus-visible")) tell(event.target, box.left, box.bottom);
  });
  map.addEventListener("focusout", () => (tip.hidden = true));
  map.addEventListener("keydown", (event) => {
    const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (event.key === "Escape" && trail.length > 1) {
      go(trail.slice(0, -1));
    } else if (arrows[event.key]) {
      const next = neighbour(event.target, ...arrows[event.key]);
      if (next) {
        event.target.tabIndex = -1;
        next.tabIndex = 0;
        next.focus();
      }
    } else {
      return;
    }
    event.preventDefault();
  });
  for (const kind of Object.keys(switches)) {
    switches[kind].disabled = roots[kind].bytes === 0;
    switches[kind].addEventListener("click", () => select(kind));
  }
  let pending = 0;
  new ResizeObserver(() => {
    cancelAnimationFrame(pending);
    pending = requestAnimationFrame(draw);
  }).observe(map);

  const first = roots.code.bytes > 0 ? "code" : "heap";
  if (roots[first].bytes > 0) {
    document.getElementById("map").hidden = false;
    select(first);
  }
})();
