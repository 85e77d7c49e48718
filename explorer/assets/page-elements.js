// Builds elements: text only ever enters as text. Signs of node types and strokes of lines, lists that grow, files to save.
"use strict";

const dark = matchMedia("(prefers-color-scheme: dark)");
const narrow = matchMedia("(max-width: 800px)");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const tone = (look) => (dark.matches ? look.dark : look.light);
const count = (number, one, many) => `${digits(number)} ${number === 1 ? one : many}`;
const cssColour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const byId = (id) => document.getElementById(id);

/** An element; `properties` are set as properties (`onclick`, `className`) or, with a hyphen or as role, attributes. */
function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "role") element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

function draw(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** A text of the data, in the direction of its own script. */
const words = (text, className = "") => make("bdi", { className, dir: "auto" }, text);

const OUTLINES = {
  square: [[-1, -1], [1, -1], [1, 1], [-1, 1]],
  diamond: [[0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0]],
  triangle: [[0, -1.1], [1.1, 0.9], [-1.1, 0.9]],
  triangleDown: [[-1.1, -0.9], [1.1, -0.9], [0, 1.1]],
  hexagon: [[-0.55, -1], [0.55, -1], [1.1, 0], [0.55, 1], [-0.55, 1], [-1.1, 0]],
  star: [...Array(10).keys()].map((turn) => {
    const reach = turn % 2 ? 0.55 : 1.3;
    const angle = (Math.PI * turn) / 5;
    return [reach * Math.sin(angle), -reach * Math.cos(angle)];
  }),
};

/** The symbol of a node type around a point, as a vector. */
function symbol(look, x, y, size, colour, paper) {
  const paint = { fill: look.hollow ? paper : colour, stroke: colour, "stroke-width": look.hollow ? Math.max(2, size / 4) : 1 };
  const outline = OUTLINES[look.shape];
  if (!outline) return draw("circle", { cx: x, cy: y, r: size, ...paint });
  const place = ([right, down]) => `${(x + right * size * 0.9).toFixed(1)},${(y + down * size * 0.9).toFixed(1)}`;
  return draw("polygon", { points: outline.map(place).join(" "), ...paint });
}

/** The symbol of a node type, as in the drawing. */
function sign(look) {
  return draw("svg", { class: "sign", viewBox: "0 0 18 18", "aria-hidden": "true" }, symbol(look, 9, 9, look.hollow ? 6.3 : 7, tone(look), "none"));
}

/** A piece of line in the colour and dashes of a group of edges. */
function stroke(group, name) {
  const thin = name === "relation" || name === "document";
  const line = draw("line", { x1: 1, y1: 6, x2: 29, y2: 6, stroke: tone(group), "stroke-width": thin ? 1.4 : 3.4 });
  if (group.dashes) line.setAttribute("stroke-dasharray", group.dashes.join(" "));
  return draw("svg", { class: "stroke", viewBox: "0 0 30 12", "aria-hidden": "true" }, line);
}

/** Fill `list` with the first items, and offer the others piece by piece; `grown` is told of each piece. */
function growing(list, items, each, first = 40, grown = () => {}) {
  list.append(...items.slice(0, first).map(each));
  if (items.length <= first) return [list];
  let done = first;
  const left = () => `${count(items.length - done, "more", "more")}`;
  const button = make("button", { type: "button", className: "quiet" }, left());
  button.onclick = () => {
    const next = items.slice(done, done + 100).map(each);
    if (button.parentElement === list) button.before(...next);
    else list.append(...next);
    done += next.length;
    button.textContent = left();
    if (done >= items.length) button.remove();
    grown();
  };
  return [list, button];
}

/** One tab stop for a row of elements; arrow keys go along. */
function rove(box, selector) {
  const all = () => [...box.querySelectorAll(selector)];
  all().forEach((each, number) => (each.tabIndex = number ? -1 : 0));
  box.onkeydown = (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const list = all();
    const here = list.indexOf(document.activeElement);
    if (!step || here < 0) return;
    const next = list[(here + step + list.length) % list.length];
    list.forEach((each) => (each.tabIndex = each === next ? 0 : -1));
    next.focus();
    event.preventDefault();
  };
}

/** Hand the reader a file. */
function save(name, type, content) {
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  make("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

/** Say something to those who listen to the page, and show it for a moment. */
function announce(text) {
  byId("said").textContent = text;
}
