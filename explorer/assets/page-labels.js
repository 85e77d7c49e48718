// Labels of the drawing: constant size on the screen, most important first, and none on top of another.
"use strict";

const LABELS = 400;
const FONTS = '-apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, "Noto Sans", sans-serif';
const lineWidths = new Map(); // of each line of a label, in a font of one pixel
let labelOrder = [];
let labelBoxes = [];

function orderLabels() {
  const rank = (node) => (node.id === state.node || state.pins.includes(node.id) ? 2 : near && near.has(node.id) ? 1 : 0);
  labelOrder = visibleNodes().map((node) => [rank(node), node]).sort((a, b) => b[0] - a[0] || b[1].importance - a[1].importance).map(([, node]) => node);
}

function lineWidth(context, text, size) {
  if (!lineWidths.has(text)) lineWidths.set(text, context.measureText(text).width / size);
  return lineWidths.get(text) * size;
}

/** Boxes by the squares of a grid that they touch, so that each is compared with its neighbours only. */
class Crowd {
  constructor(step) {
    this.step = step;
    this.cells = new Map();
  }

  *around(box) {
    const at = (value) => Math.floor(value / this.step);
    for (let x = at(box.left); x <= at(box.right); x++) for (let y = at(box.top); y <= at(box.bottom); y++) yield `${x} ${y}`;
  }

  add(box) {
    for (const cell of this.around(box)) {
      if (!this.cells.has(cell)) this.cells.set(cell, []);
      this.cells.get(cell).push(box);
    }
  }

  meets(box) {
    for (const cell of this.around(box)) {
      for (const other of this.cells.get(cell) || []) {
        if (other.id !== box.id && box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom) return true;
      }
    }
    return false;
  }
}

const labelSize = () => Math.min(facts.labelSize * Math.max(Math.sqrt(network.getScale()), 0.86), 18) / network.getScale();

function drawLabels(context) {
  const scale = network.getScale();
  const size = labelSize();
  const corner = network.DOMtoCanvas({ x: 0, y: 0 });
  const end = network.DOMtoCanvas({ x: canvas.clientWidth, y: canvas.clientHeight });
  const places = network.getPositions(labelOrder.map((node) => node.id));
  const crowd = new Crowd(90 / scale);
  labelBoxes = [];
  context.textAlign = "center";
  context.textBaseline = "top";
  context.lineJoin = "round";
  context.lineWidth = 4 / scale;
  context.strokeStyle = palette.ground;
  for (const node of labelOrder) {
    const { x, y } = places[node.id];
    if (x < corner.x || x > end.x || y < corner.y - 40 || y > end.y) continue;
    crowd.add({ id: node.id, left: x - node.size, right: x + node.size, top: y - node.size, bottom: y + node.size });
    if (labelBoxes.length < LABELS) drawLabel(context, node, x, y, size, crowd);
  }
  context.globalAlpha = 1;
  ringCursor(context, scale);
}

function drawLabel(context, node, x, y, size, crowd) {
  const strong = node.id === state.node || state.pins.includes(node.id);
  context.font = `${strong ? "600 " : ""}${size}px ${FONTS}`;
  const lines = node.label.split("\n");
  const half = Math.max(...lines.map((text) => lineWidth(context, text, size))) / 2 + size / 4;
  const top = y + node.size + size / 4;
  const box = { id: node.id, left: x - half, right: x + half, top, bottom: top + lines.length * size * 1.2 };
  if (!strong && crowd.meets(box)) return;
  crowd.add(box);
  labelBoxes.push(box);
  context.globalAlpha = near && !near.has(node.id) ? 0.28 : 1;
  context.fillStyle = palette.ink;
  lines.forEach((text, index) => {
    context.strokeText(text, x, top + index * size * 1.2);
    context.fillText(text, x, top + index * size * 1.2);
  });
}

/** The node whose label is at this point of the drawing, if any. */
function labelAt(point) {
  const { x, y } = network.DOMtoCanvas(point);
  return labelBoxes.find((each) => x >= each.left && x <= each.right && y >= each.top && y <= each.bottom)?.id || null;
}
