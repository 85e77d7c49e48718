// Draws the network on the canvas: colours by theme, filters, highlighting, and labels that give way to each other.
"use strict";

const filters = { types: new Set(["Document"]), groups: new Set(["document"]), confidence: 0 };
const shown = new Set(nodes.filter((node) => node.first).map((node) => node.id));
let chosen = { node: null, edge: null };

const cssColour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const confident = (edge) =>
  edge.evidence.length
    ? edge.evidence.some((item) => (item.confidence ?? edge.confidence) >= filters.confidence)
    : edge.confidence >= filters.confidence;
const statementsOf = (edge) => edge.evidence.filter((item) => (item.confidence ?? edge.confidence) >= filters.confidence);
const passes = (edge) => !filters.groups.has(edge.group) && confident(edge);
const typeShown = (node) => !filters.types.has(node.kind) || node.id === chosen.node;

let visibleNodes = new Set();
let visibleEdges = new Set();
let near = null; // ids of the nodes that stand out, or null

function workOut() {
  const candidates = new Set([...shown].filter((id) => typeShown(nodeById.get(id))));
  visibleEdges = new Set(
    edges.filter((edge) => candidates.has(edge.from) && candidates.has(edge.to) && passes(edge)).map((edge) => edge.id),
  );
  const linked = new Set([...visibleEdges].flatMap((id) => [edgeById.get(id).from, edgeById.get(id).to]));
  const lonely = (id) => edgesOf.get(id).length === 0;
  visibleNodes = new Set([...candidates].filter((id) => linked.has(id) || lonely(id) || id === chosen.node));
  if (chosen.node && nodeById.has(chosen.node)) {
    near = new Set([chosen.node]);
    for (const edge of edgesOf.get(chosen.node)) if (visibleEdges.has(edge.id)) near.add(otherEnd(edge, chosen.node).id);
  } else if (chosen.edge && edgeById.has(chosen.edge)) {
    const edge = edgeById.get(chosen.edge);
    near = new Set([edge.from, edge.to]);
  } else near = null;
}

function nodeLook(node) {
  const look = kindOf(node);
  const colour = tone(look);
  const background = look.hollow ? cssColour("--paper") : colour;
  const strong = node.id === chosen.node;
  const border = strong ? cssColour("--ink") : colour;
  return {
    id: node.id,
    hidden: !visibleNodes.has(node.id),
    opacity: near && !near.has(node.id) ? 0.18 : 1,
    borderWidth: strong ? 3 : look.hollow ? 3 : 1,
    color: { background, border, highlight: { background, border: cssColour("--ink") }, hover: { background, border: cssColour("--ink") } },
  };
}

function edgeLook(edge) {
  const colour = tone(style.groups[edge.group]);
  const stands = chosen.edge ? edge.id === chosen.edge : !near || edge.from === chosen.node || edge.to === chosen.node;
  const opacity = stands ? (edge.group === "relation" ? 0.8 : 0.9) : 0.09;
  return {
    id: edge.id,
    hidden: !visibleEdges.has(edge.id),
    color: { color: colour, highlight: colour, hover: colour, opacity },
    width: edge.id === chosen.edge ? edge.width + 2 : edge.width,
  };
}

workOut();
const nodeSet = new vis.DataSet(
  nodes.map((node) => ({ id: node.id, x: node.x, y: node.y, shape: node.shape, size: node.size, ...nodeLook(node) })),
);
const edgeSet = new vis.DataSet(
  edges.map((edge) => ({
    id: edge.id, from: edge.from, to: edge.to, arrows: edge.arrows, dashes: edge.dashes, smooth: edge.smooth, ...edgeLook(edge),
  })),
);
const canvas = document.getElementById("canvas");
const network = new vis.Network(canvas, { nodes: nodeSet, edges: edgeSet }, embedded("options"));

function redraw() {
  workOut();
  nodeSet.update(nodes.map(nodeLook));
  edgeSet.update(edges.map(edgeLook));
  tellCounts();
}

function tellCounts() {
  const first = nodes.length > facts.selection ? `The ${facts.selection} most important are shown first; search for any other. ` : "";
  document.getElementById("counts").textContent =
    `${first}${visibleNodes.size.toLocaleString("en")} of ${count(nodes.length, "node", "nodes")}, ` +
    `${visibleEdges.size.toLocaleString("en")} of ${count(edges.length, "line", "lines")} shown`;
}

// Labels: constant size on the screen, most important first, and none on top of another.
let labelBoxes = [];
function labelFont(size, strong) {
  return `${strong ? "600 " : ""}${size}px -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, "Noto Sans", sans-serif`;
}

function drawLabels(context) {
  const scale = network.getScale();
  const size = Math.min(facts.labelSize * Math.max(Math.sqrt(scale), 0.86), 18) / scale;
  const line = size * 1.2;
  const places = network.getPositions([...visibleNodes]);
  const rank = (node) => (node.id === chosen.node || node.id === chosen.edge ? 2 : near && near.has(node.id) ? 1 : 0);
  const order = nodes.filter((node) => visibleNodes.has(node.id)).sort((a, b) => rank(b) - rank(a) || b.importance - a.importance);
  const bodies = order.map((node) => ({ id: node.id, ...square(places[node.id], node.size) }));
  labelBoxes = [];
  context.textAlign = "center";
  context.textBaseline = "top";
  context.lineJoin = "round";
  context.lineWidth = 4 / scale;
  context.strokeStyle = cssColour("--ground");
  for (const [number, node] of order.entries()) {
    const strong = node.id === chosen.node;
    context.font = labelFont(size, strong);
    const lines = node.label.split("\n");
    const half = Math.max(...lines.map((text) => context.measureText(text).width)) / 2;
    const { x, y } = places[node.id];
    const top = y + node.size + 3 / scale;
    const box = { id: node.id, left: x - half - 3 / scale, right: x + half + 3 / scale, top, bottom: top + lines.length * line };
    const blocked = labelBoxes.some((other) => meets(box, other)) || bodies.slice(0, number).some((body) => meets(box, body));
    if (blocked && !strong) continue;
    labelBoxes.push(box);
    context.globalAlpha = near && !near.has(node.id) ? 0.28 : 1;
    context.fillStyle = cssColour("--ink");
    lines.forEach((text, index) => {
      context.strokeText(text, x, top + index * line);
      context.fillText(text, x, top + index * line);
    });
  }
  context.globalAlpha = 1;
}
const square = ({ x, y }, size) => ({ left: x - size, right: x + size, top: y - size, bottom: y + size });
const meets = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
network.on("afterDrawing", drawLabels);

/** The node whose label is at this point of the drawing, if any. */
function labelAt(point) {
  const { x, y } = network.DOMtoCanvas(point);
  const box = labelBoxes.find((each) => x >= each.left && x <= each.right && y >= each.top && y <= each.bottom);
  return box ? box.id : null;
}

/** Show everything; on a small screen only as far out as labels can be read, at the most important node. */
function fit(moving = false) {
  const animation = moving && !calm.matches ? { duration: 300, easingFunction: "easeInOutQuad" } : false;
  const ids = [...visibleNodes];
  if (!ids.length) return;
  const extent = reach(ids);
  const scale = Math.min(canvas.clientWidth / (extent.width + 30), canvas.clientHeight / (extent.height + 30), 1.15);
  const least = narrow.matches ? 0.62 : 0.3;
  const centre = scale >= least ? { x: extent.x, y: extent.y } : network.getPosition(nodes.find((node) => visibleNodes.has(node.id)).id);
  network.moveTo({ position: centre, scale: Math.max(scale, least), animation });
}

function reach(ids) {
  const boxes = ids.map((id) => {
    const { x, y } = network.getPosition(id);
    const node = nodeById.get(id);
    const lines = node.label.split("\n");
    const half = Math.max(node.size, (Math.max(...lines.map((text) => text.length)) * 7) / 2);
    return [x - half, x + half, y - node.size, y + node.size + lines.length * 16];
  });
  const [left, right, top, bottom] = [0, 1, 2, 3].map((side) => Math[side % 2 ? "max" : "min"](...boxes.map((box) => box[side])));
  return { x: (left + right) / 2, y: (top + bottom) / 2, width: right - left, height: bottom - top };
}

/** Bring a node of a large network that is not yet drawn, and its most important neighbours, into the drawing. */
function bringIn(id) {
  const around = edgesOf.get(id).map((edge) => otherEnd(edge, id)).sort((a, b) => b.importance - a.importance);
  for (const node of [nodeById.get(id), ...around.slice(0, 30)]) shown.add(node.id);
}

/** Move the drawing, not the zoom, so that the node is in sight. */
function bringToSight(id) {
  const { x, y } = network.canvasToDOM(network.getPosition(id));
  const margin = 60;
  const inside = x > margin && y > margin && x < canvas.clientWidth - margin && y < canvas.clientHeight - margin;
  if (!inside) network.moveTo({ position: network.getPosition(id), scale: Math.max(network.getScale(), 0.7), animation: !calm.matches && { duration: 300, easingFunction: "easeInOutQuad" } });
}
