// Draws the network: hands vis-network only what is shown, and afterwards only what has changed.
"use strict";

const brought = new Set(); // nodes of a large network that are in the drawing so far
const canvas = byId("canvas");
const nodeSet = new vis.DataSet();
const edgeSet = new vis.DataSet();
const network = new vis.Network(canvas, { nodes: nodeSet, edges: edgeSet }, embedded("options"));
const handedNodes = new Map(); // id → its look as it was handed over
const handedEdges = new Map();
let palette = {};
let fitted = false;
let clearness = 1; // how opaque lines are: less where they are many

function mixPalette() {
  palette = { ink: cssColour("--ink"), paper: cssColour("--paper"), ground: cssColour("--ground"), accent: cssColour("--accent") };
}

function nodeLook(node) {
  const look = kindOf(node);
  const strong = node.id === state.node || state.pins.includes(node.id);
  const border = strong ? palette.ink : tone(look);
  const background = look.hollow ? palette.paper : tone(look);
  const outlined = { background, border: palette.ink };
  return {
    id: node.id,
    hidden: false,
    opacity: near && !near.has(node.id) ? 0.18 : 1,
    borderWidth: strong || look.hollow ? 3 : 1,
    color: { background, border, highlight: outlined, hover: outlined },
  };
}

/** How much of a line's usual width is left when some of its statements are filtered away. */
function widthOf(edge) {
  const part = edge.statements.length ? numbers[edgePlace.get(edge.id)] / edge.statements.length : 1;
  const width = isStance(edge) && part < 1 ? Math.max(1.2, edge.width * Math.sqrt(part)) : edge.width;
  return edge.id === state.edge ? width + 2 : width;
}

function stands(edge) {
  if (state.edge) return edge.id === state.edge || state.pins.includes(edge.from) || state.pins.includes(edge.to);
  return !near || [edge.from, edge.to].some((id) => id === state.node || state.pins.includes(id));
}

function edgeLook(edge) {
  const colour = tone(style.groups[edge.group]);
  const opacity = stands(edge) ? (isStance(edge) ? 0.9 : 0.8) * (near ? 1 : clearness) : 0.09;
  return { id: edge.id, hidden: dotted(edge), color: { color: colour, highlight: colour, hover: colour, opacity }, width: widthOf(edge) };
}

const nodeKept = (node) => ({ x: node.x, y: node.y, shape: node.shape, size: node.size });
const edgeKept = (edge) => ({ from: edge.from, to: edge.to, arrows: edge.arrows, dashes: style.groups[edge.group].dashes, smooth: edge.smooth });

/** What must be told of `items` so that vis-network shows just these. */
function news(items, look, kept, handed) {
  const told = [];
  const there = new Set();
  for (const item of items) {
    there.add(item.id);
    const next = look(item);
    const mark = JSON.stringify(next);
    if (handed.get(item.id) === mark) continue;
    told.push(handed.has(item.id) ? next : { ...kept(item), ...next });
    handed.set(item.id, mark);
  }
  for (const [id, mark] of handed) {
    if (there.has(id) || mark === "hidden") continue;
    told.push({ id, hidden: true });
    handed.set(id, "hidden");
  }
  return told;
}

/** Let vis-network draw once after all of this, where it would draw after each step. */
function drawnOnce(action) {
  network.body.emitter.emit("_blockRedraw");
  action();
  network.body.emitter.emit("_allowRedraw");
  network.redraw();
}

function redraw() {
  workOut(brought);
  mixPalette();
  chooseDots();
  const lines = visibleEdges();
  clearness = Math.min(1, Math.max(0.3, Math.sqrt(400 / Math.max(lines.length, 1))));
  const freshNodes = news(visibleNodes(), nodeLook, nodeKept, handedNodes);
  const freshEdges = news(lines, edgeLook, edgeKept, handedEdges);
  orderLabels();
  drawnOnce(() => {
    if (freshNodes.length) nodeSet.update(freshNodes);
    if (freshEdges.length) edgeSet.update(freshEdges);
    drawDots();
    if (network.getSelectedNodes().length + network.getSelectedEdges().length) network.unselectAll();
    if (!fitted && canvas.clientWidth) fit();
  });
  tellCounts();
}

function tellCounts() {
  const seen = visibleNodes().length;
  const lines = visibleEdges().length;
  const parts = [`${digits(seen)} of ${count(nodes.length, "node", "nodes")}, ${digits(lines)} of ${count(edges.length, "line", "lines")} shown`];
  if (cutOff) parts.unshift(`The neighbourhood is large: its ${FOCUS_LIMIT} most important nodes are shown, ${count(cutOff, "other is", "others are")} left out.`);
  else if (isLarge && !state.all && !state.steps) parts.unshift(`The ${facts.selection} most important are shown first; search for any other.`);
  if (dotsLeft) parts.push(`${count(dotsLeft, "statement is", "statements are")} not drawn`);
  byId("counts").textContent = parts.join(" ");
}

/** Show everything; on a small screen only as far out as labels can be read, at the most important node. */
function fit(moving = false) {
  const animation = moving && !calm.matches ? { duration: 300, easingFunction: "easeInOutQuad" } : false;
  const list = visibleNodes();
  if (!list.length || !canvas.clientWidth) return;
  fitted = true;
  const extent = reach(list, false);
  const scale = Math.min((canvas.clientWidth - 130) / (extent.width + 1), (canvas.clientHeight - 70) / (extent.height + 1), 1.15);
  const least = narrow.matches ? 0.62 : 0.2;
  const centre = scale >= least ? { x: extent.x, y: extent.y + 14 / scale } : network.getPosition(list[0].id);
  network.moveTo({ position: centre, scale: Math.max(scale, least), animation });
}

/** The room that nodes take, with their labels or without: on the screen, labels are as large at every zoom. */
function reach(list, labelled) {
  const places = network.getPositions(list.map((node) => node.id));
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const node of list) {
    const { x, y } = places[node.id];
    const lines = labelled ? node.label.split("\n") : [];
    const half = Math.max(node.size, ...lines.map((text) => text.length * 3.5));
    left = Math.min(left, x - half);
    right = Math.max(right, x + half);
    top = Math.min(top, y - node.size);
    bottom = Math.max(bottom, y + node.size + lines.length * 16);
  }
  return { left, top, x: (left + right) / 2, y: (top + bottom) / 2, width: right - left, height: bottom - top };
}

/** Bring a node of a large network, and its most important neighbours, into the drawing. */
function bringIn(id) {
  const around = edgesOf.get(id).map((edge) => otherEnd(edge, id)).filter((node) => !state.hide.includes(node.kind));
  around.sort((a, b) => b.importance - a.importance);
  for (const node of [nodeById.get(id), ...around.slice(0, 30)]) brought.add(node.id);
}

/** The nodes that the drawing of this view has: the first ones, and what was asked for since. */
function bringAll() {
  brought.clear();
  for (const node of nodes) if (node.first || !isLarge) brought.add(node.id);
  if (!state.hide.includes("Document")) for (const node of nodes.filter((each) => each.kind === "Document").slice(0, 60)) brought.add(node.id);
  for (const id of [...state.brought, ...state.pins, state.node]) if (id) bringIn(id);
  for (const [kind, id] of state.trail) if (kind === "node") bringIn(id);
  if (state.edge) for (const end of ["from", "to"]) brought.add(edgeById.get(state.edge)[end]);
}

/** Move the drawing, not the zoom, so that the node is in sight. */
function bringToSight(id) {
  if (!isVisible(id) || !canvas.clientWidth) return;
  const position = network.getPosition(id);
  const { x, y } = network.canvasToDOM(position);
  const margin = 60;
  const inside = x > margin && y > margin && x < canvas.clientWidth - margin && y < canvas.clientHeight - margin;
  if (inside) return;
  const animation = !calm.matches && { duration: 300, easingFunction: "easeInOutQuad" };
  network.moveTo({ position, scale: Math.max(network.getScale(), 0.7), animation });
}
