// Reads the network from the page, keeps a record of errors, and builds elements: text only ever enters as text.
"use strict";

const errors = [];
const noteError = (text) => {
  errors.push(String(text));
  document.documentElement.dataset.errors = errors.join(" | ");
};
addEventListener("error", (event) => noteError(event.message));
addEventListener("unhandledrejection", (event) => noteError(event.reason));
document.addEventListener("securitypolicyviolation", (event) => noteError(`${event.violatedDirective} ${event.blockedURI}`));

const embedded = (id) => JSON.parse(document.getElementById(id).textContent);
const nodes = embedded("nodes");
const edges = embedded("edges");
const facts = embedded("facts");
const style = facts.style;
for (const edge of edges) edge.evidence = edge.statements.flatMap((place) => facts.statements[place].passages.map((passage) => ({ ...facts.statements[place], ...passage })));

const nodeById = new Map(nodes.map((node) => [node.id, node]));
const edgeById = new Map(edges.map((edge) => [edge.id, edge]));
const edgesOf = new Map(nodes.map((node) => [node.id, []]));
for (const edge of edges) {
  edgesOf.get(edge.from).push(edge);
  if (edge.to !== edge.from) edgesOf.get(edge.to).push(edge);
}
const otherEnd = (edge, id) => nodeById.get(edge.from === id ? edge.to : edge.from);
const kindOf = (node) => style.types[node.kind] || style.types.Other;
const isStance = (edge) => edge.group !== "relation" && edge.group !== "document";
const isActor = (node) => !["Issue", "Event", "Document"].includes(node.kind);

const dark = matchMedia("(prefers-color-scheme: dark)");
const narrow = matchMedia("(max-width: 800px)");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const tone = (look) => (dark.matches ? look.dark : look.light);
const count = (number, one, many) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

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

const OUTLINES = {
  square: "3,3 15,3 15,15 3,15",
  diamond: "9,1 17,9 9,17 1,9",
  triangle: "9,2 16.5,15 1.5,15",
  triangleDown: "1.5,3 16.5,3 9,16",
  hexagon: "5,2 13,2 17,9 13,16 5,16 1,9",
  star: "9,0.5 11.4,6.2 17.6,6.7 12.9,10.7 14.3,16.8 9,13.5 3.7,16.8 5.1,10.7 0.4,6.7 6.6,6.2",
};

/** The symbol of a node type, as in the drawing. */
function sign(look) {
  const paint = { fill: look.hollow ? "none" : tone(look), stroke: tone(look), "stroke-width": look.hollow ? 2.4 : 1 };
  const shape = OUTLINES[look.shape]
    ? draw("polygon", { points: OUTLINES[look.shape], ...paint })
    : draw("circle", { cx: 9, cy: 9, r: look.hollow ? 6.3 : 7, ...paint });
  return draw("svg", { class: "sign", viewBox: "0 0 18 18", "aria-hidden": "true" }, shape);
}

/** A piece of line in the colour and dashes of a group of edges. */
function stroke(group, name) {
  const line = draw("line", { x1: 1, y1: 6, x2: 29, y2: 6, stroke: tone(group), "stroke-width": name === "relation" ? 1.4 : 3.4 });
  if (group.dashes) line.setAttribute("stroke-dasharray", group.dashes.join(" "));
  return draw("svg", { class: "stroke", viewBox: "0 0 30 12", "aria-hidden": "true" }, line);
}
