// Draws each chart when it comes near the screen, in the reader's theme and for the width at hand.
// Without this script, or when it fails, the tables in the page say the same.

const narrow = matchMedia("(max-width: 40rem)");
const dark = matchMedia("(prefers-color-scheme: dark)");
const config = {
  displayModeBar: false,
  displaylogo: false,
  showSendToCloud: false,
  plotlyServerURL: "",
  responsive: true,
  locale: document.documentElement.lang.startsWith("zh") ? "zh-CN" : "en",
};
const figures = new Map();

// The light theme's colours of paper and ink, as the server sends them, and the property that replaces each.
const INKS = { "#1b1f24": "--ink", "#5b6470": "--muted", "#d9d8d5": "--hairline", "#fbfaf7": "--ground" };

/** The theme's colours by the server's. A probe resolves light-dark() and color-mix(). */
function themeColours() {
  const probe = document.createElement("span");
  probe.hidden = true;
  document.body.append(probe);
  const colours = new Map();
  for (const [sent, property] of Object.entries(INKS)) {
    probe.style.color = `var(${property})`;
    colours.set(sent, toRgb(getComputedStyle(probe).color));
  }
  probe.remove();
  return colours;
}

/** Plotly reads rgb() but not color(srgb …), which color-mix() gives. */
function toRgb(colour) {
  const parts = colour.match(/^color\(srgb ([\d.]+) ([\d.]+) ([\d.]+)/);
  return parts ? `rgb(${parts.slice(1).map((part) => Math.round(part * 255)).join(", ")})` : colour;
}

function recoloured(node, colours) {
  if (typeof node === "string") return colours.get(node) ?? node;
  if (Array.isArray(node)) return node.map((item) => recoloured(item, colours));
  if (node === null || typeof node !== "object") return node;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, recoloured(value, colours)]));
}

/** The layout with the phone's margins, ticks and labels put over the desk's. */
function fitted(layout) {
  const { meta, ...rest } = layout;
  if (!narrow.matches) return rest;
  for (const [part, changes] of Object.entries(meta.narrow)) rest[part] = { ...rest[part], ...changes };
  return rest;
}

const SVG = "http://www.w3.org/2000/svg";
const SHAPES = {
  circle: "M6 0a6 6 0 1 1-12 0a6 6 0 1 1 12 0Z",
  square: "M-5-5H5V5H-5Z",
  diamond: "M0-7L7 0L0 7L-7 0Z",
  "triangle-up": "M0-6L6 5H-6Z",
  "triangle-right": "M7 0L-5 6V-6Z",
  "triangle-left": "M-7 0L5 6V-6Z",
};

function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/** The mark of a trace, as the legend shows it. */
function sample(trace) {
  const mark = element("svg", { viewBox: "-12 -8 24 16", width: 24, height: 16, "aria-hidden": "true" });
  const { marker, line } = trace;
  if (trace.mode?.includes("lines")) {
    mark.append(element("path", { d: "M-11 0H11", stroke: line.color, "stroke-width": line.width }));
  }
  const symbol = trace.type === "bar" ? "square" : [marker.symbol].flat()[0];
  const edge = marker.line ?? { color: marker.color, width: 0 };
  const attributes = { d: SHAPES[symbol], fill: marker.color, stroke: edge.color, "stroke-width": edge.width };
  mark.append(element("path", attributes));
  return mark;
}

/** Plotly's own legend stands inside the plot's margins, which a phone does not have. */
function writeLegend(plot, traces) {
  const legend = plot.previousElementSibling;
  legend.replaceChildren(
    ...traces
      .filter((trace) => trace.showlegend !== false)
      .map((trace) => {
        const item = document.createElement("li");
        item.append(sample(trace), trace.name);
        return item;
      }),
  );
}

function draw(plot) {
  const { data, layout } = recoloured(figures.get(plot), themeColours());
  writeLegend(plot, data);
  // The outline of a bar would draw a line for a count of none.
  for (const { x, marker } of data.filter((trace) => trace.type === "bar")) {
    marker.line.width = x.map((count) => count && marker.line.width);
  }
  plot.style.minHeight = `${layout.height}px`;
  return Plotly.react(plot, data, fitted(layout), config);
}

function redrawAll() {
  for (const plot of figures.keys()) draw(plot);
}

/** Shows the words behind a mark, if it stands for one claim; else leads to its rows, from a frame in a page of its own. */
function follow(plot, url, { clientX: x, clientY: y }) {
  if (!url) return;
  const asked = new CustomEvent("evidence", { cancelable: true, detail: { href: new URL(url, location).href, x, y } });
  if (!document.dispatchEvent(asked)) return;
  if (plot.closest("[data-embedded]")) window.open(url, "_blank", "noopener");
  else location.assign(url);
}

async function show(plot) {
  try {
    const response = await fetch(plot.dataset.figure, { headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(`${response.status} for ${plot.dataset.figure}`);
    figures.set(plot, await response.json());
    await draw(plot);
    plot.classList.add("chart__plot--links");
    plot.on("plotly_click", ({ points, event }) => follow(plot, points[0].customdata, event));
    plot.dataset.drawn = "";
  } catch (error) {
    fail(plot);
    throw error;
  }
}

function fail(plot) {
  const frame = plot.parentElement;
  plot.hidden = true;
  frame.querySelector("[data-failed]").hidden = false;
  frame.querySelector("[data-table]").open = true;
}

const plots = document.querySelectorAll("[data-figure]");
if (window.Plotly) {
  for (const table of document.querySelectorAll("[data-table]")) table.open = false;
  const near = new IntersectionObserver(
    (entries) => {
      for (const entry of entries.filter((one) => one.isIntersecting)) {
        near.unobserve(entry.target);
        show(entry.target);
      }
    },
    { rootMargin: "600px" },
  );
  for (const plot of plots) near.observe(plot);
  narrow.addEventListener("change", redrawAll);
  dark.addEventListener("change", redrawAll);
  document.addEventListener("themechange", redrawAll);
} else {
  plots.forEach(fail);
}
