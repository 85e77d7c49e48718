// The drawing as vectors: the shown nodes and lines where they are, with labels that do not meet and the legend.
"use strict";

/** The bend of a line as vis-network makes it: the point that a quadratic curve is drawn towards. */
function bend(edge, a, b) {
  const turn = edge.smooth.roundness * (edge.smooth.type === "curvedCCW" ? -1 : 1);
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  const angle = Math.atan2(a.y - b.y, b.x - a.x) + (turn * 0.5 + 0.5) * Math.PI;
  const factor = (edge.smooth.roundness * 0.5 + 0.5) * length;
  return { x: a.x + factor * Math.sin(angle), y: a.y + factor * Math.cos(angle) };
}

/** The point at a distance from `to` on the way from `from`. */
function short(from, to, distance) {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  return { x: to.x + ((from.x - to.x) * distance) / length, y: to.y + ((from.y - to.y) * distance) / length };
}

const at = ({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`;

function vectorLine(edge, places) {
  const [a, b] = [places[edge.from], places[edge.to]];
  const via = edge.from === edge.to ? { x: a.x + 60, y: a.y - 60 } : bend(edge, a, b);
  const colour = tone(style.groups[edge.group]);
  const width = widthOf(edge);
  const end = short(via, b, nodeById.get(edge.to).size + (edge.arrows ? 6 : 0));
  const dashes = style.groups[edge.group].dashes;
  const path = draw("path", { d: `M${at(a)} Q${at(via)} ${at(end)}`, fill: "none", stroke: colour, "stroke-width": width, "stroke-opacity": 0.85, ...(dashes ? { "stroke-dasharray": dashes.join(" ") } : {}) }, draw("title", {}, sentence(edge)));
  if (!edge.arrows) return [path];
  const tip = short(via, b, nodeById.get(edge.to).size);
  const [back, half] = [short(via, b, nodeById.get(edge.to).size + 8), 3 + width / 2];
  const [right, down] = [(tip.x - back.x) / 8, (tip.y - back.y) / 8];
  const corners = [tip, { x: back.x - down * half, y: back.y + right * half }, { x: back.x + down * half, y: back.y - right * half }];
  return [path, draw("polygon", { points: corners.map(at).join(" "), fill: colour })];
}

function vectorLabels(list, places) {
  const crowd = new Crowd(90);
  for (const node of list) {
    const { x, y } = places[node.id];
    crowd.add({ id: node.id, left: x - node.size, right: x + node.size, top: y - node.size, bottom: y + node.size });
  }
  return labelOrder.flatMap((node) => {
    const { x, y } = places[node.id];
    const lines = node.label.split("\n");
    const half = Math.max(...lines.map((text) => text.length)) * 3.5;
    const top = y + node.size + 3;
    const box = { id: node.id, left: x - half, right: x + half, top, bottom: top + lines.length * 15 };
    if (crowd.meets(box)) return [];
    crowd.add(box);
    return [draw("text", { "text-anchor": "middle", fill: palette.ink, stroke: palette.ground, "stroke-width": 3, "stroke-linejoin": "round", "paint-order": "stroke" },
      ...lines.map((text, place) => draw("tspan", { x: x.toFixed(1), y: (top + 12 + place * 15).toFixed(1) }, text)))];
  });
}

/** Kinds and sides that are in the drawing, as a row at its foot. */
function vectorLegend(list, lines, left, top) {
  const kinds = Object.entries(style.types).filter(([kind]) => list.some((node) => node.kind === kind));
  const groups = Object.entries(style.groups).filter(([name]) => lines.some((edge) => edge.group === name));
  const parts = [];
  let x = left;
  for (const [, look] of kinds) {
    parts.push(symbol(look, x + 7, top, 6, tone(look), palette.paper), draw("text", { x: x + 19, y: top + 4, fill: palette.ink }, look.label));
    x += 34 + look.label.length * 7;
  }
  x = left;
  for (const [, look] of groups) {
    parts.push(draw("line", { x1: x, x2: x + 28, y1: top + 22, y2: top + 22, stroke: tone(look), "stroke-width": 3, ...(look.dashes ? { "stroke-dasharray": look.dashes.join(" ") } : {}) }), draw("text", { x: x + 34, y: top + 26, fill: palette.ink }, look.label));
    x += 50 + look.label.length * 7;
  }
  return parts;
}

/** The shown network as the text of an SVG file. */
function asSvg() {
  const list = visibleNodes();
  const lines = visibleEdges();
  const places = network.getPositions(list.map((node) => node.id));
  const extent = list.length ? reach(list) : { left: 0, top: 0, width: 300, height: 40 };
  const [left, top] = [extent.left - 20, extent.top - 50];
  const [width, height] = [Math.max(extent.width + 40, 640), extent.height + 130];
  const name = document.querySelector("h1").textContent;
  const root = draw("svg", { xmlns: "http://www.w3.org/2000/svg", width: Math.ceil(width), height: Math.ceil(height), viewBox: [left, top, width, height].map((each) => Math.round(each)).join(" "), "font-family": "Arial, sans-serif", "font-size": 13, role: "img" },
    draw("title", {}, name),
    draw("rect", { x: left, y: top, width, height, fill: palette.ground }),
    draw("text", { x: left + 20, y: top + 28, "font-size": 18, "font-weight": "bold", fill: palette.ink }, name),
    ...lines.flatMap((edge) => vectorLine(edge, places)),
    ...[...list].reverse().map((node) => symbol(kindOf(node), places[node.id].x, places[node.id].y, node.size, tone(kindOf(node)), palette.paper)),
    ...vectorLabels(list, places),
    ...vectorLegend(list, lines, left + 20, extent.top + extent.height + 30));
  return new XMLSerializer().serializeToString(root);
}
