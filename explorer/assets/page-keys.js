// Moves through the drawing by keyboard: from node to node, along its lines, and says where one is.
"use strict";

let cursor = { node: null, edge: null };

/** A ring around the node where the keyboard is, while the drawing has the focus. */
function ringCursor(context, scale) {
  if (!cursor.node || !isVisible(cursor.node) || !canvas.contains(document.activeElement)) return;
  const { x, y } = network.getPosition(cursor.node);
  context.beginPath();
  context.arc(x, y, nodeById.get(cursor.node).size + 7 / scale, 0, 2 * Math.PI);
  context.lineWidth = 3 / scale;
  context.strokeStyle = palette.accent;
  context.stroke();
}

function moveCursor(id) {
  cursor = { node: id, edge: null };
  bringToSight(id);
  network.redraw();
  const node = nodeById.get(id);
  const lines = edgesOf.get(id).filter((edge) => edgeOn[edgePlace.get(edge.id)]);
  announce(`${node.name}, ${kindOf(node).label}, ${count(lines.length, "line", "lines")}${state.pins.includes(id) ? ", pinned" : ""}`);
}

/** The nearest visible node in a direction: near, and not far off the straight way. */
function nextNode(from, right, down) {
  const list = visibleNodes();
  const places = network.getPositions(list.map((node) => node.id));
  const here = places[from];
  let best = null;
  let least = Infinity;
  for (const { id } of list) {
    const [x, y] = [places[id].x - here.x, places[id].y - here.y];
    const ahead = x * right + y * down;
    const aside = Math.abs(x * down) + Math.abs(y * right);
    if (ahead > 1 && ahead >= aside * 0.5 && ahead + 2 * aside < least) [best, least] = [id, ahead + 2 * aside];
  }
  return best;
}

function nextLine(step) {
  const lines = edgesOf.get(cursor.node).filter((edge) => edgeOn[edgePlace.get(edge.id)]);
  if (!lines.length) return;
  const here = lines.findIndex((edge) => edge.id === cursor.edge);
  const edge = lines[(here + step + lines.length) % lines.length];
  cursor.edge = edge.id;
  network.setSelection({ nodes: [], edges: [edge.id] }, { highlightEdges: false });
  announce(`${sentence(edge)}, ${count(numbers[edgePlace.get(edge.id)], "statement", "statements")}`);
}

const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

function pan(right, down) {
  const { x, y } = network.getViewPosition();
  const step = 80 / network.getScale();
  network.moveTo({ position: { x: x + right * step, y: y + down * step } });
}

const zoom = (factor) => network.moveTo({ scale: network.getScale() * factor });

function pressed(event) {
  const first = visibleNodes()[0];
  if (event.ctrlKey || event.metaKey || event.altKey || !first) return false;
  if (ARROWS[event.key] && event.shiftKey) return pan(...ARROWS[event.key]), true;
  if (event.key === "+" || event.key === "=") return zoom(1.2), true;
  if (event.key === "-") return zoom(1 / 1.2), true;
  if (!ARROWS[event.key] && !["Home", "Enter", " ", "n", "N"].includes(event.key)) return false;
  if (event.key === "Home") return moveCursor(first.id), true;
  if (!cursor.node || !isVisible(cursor.node)) return moveCursor(state.node && isVisible(state.node) ? state.node : first.id), true;
  if (ARROWS[event.key]) {
    const next = nextNode(cursor.node, ...ARROWS[event.key]);
    if (next) moveCursor(next);
  } else if (event.key === "Enter") go(cursor.edge ? { edge: cursor.edge } : { node: cursor.node });
  else if (event.key === " ") {
    go({ pins: toggled(state.pins, cursor.node) });
    moveCursor(cursor.node);
  } else nextLine(event.key === "N" ? -1 : 1);
  return true;
}

function wireKeys() {
  canvas.querySelector(".vis-network").tabIndex = -1;
  canvas.addEventListener("keydown", (event) => pressed(event) && event.preventDefault());
  canvas.addEventListener("focus", () => network.redraw());
  canvas.addEventListener("blur", () => network.redraw());
}
