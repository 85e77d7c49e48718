// Statements as nodes of their own: each position is a dot between who holds it and what it is about.
"use strict";

const DOTS = 1500;
let dotStatements = []; // what is drawn as dots now
let dotEdges = new Set(); // the lines that these dots stand for
let dotsLeft = 0;
let dotsDrawn = new Set();

const dotted = (edge) => dotEdges.has(edge.id);
const dotId = (statement) => `statement ${statement.number}`;
const statementOfDot = (id) => (String(id).startsWith("statement ") ? statements[Number(String(id).slice(10))] : null);

/** Choose the statements to draw as dots: those of the visible stances, the surest where there are too many. */
function chooseDots() {
  const found = state.dots ? visibleEdges().filter(isStance).flatMap(statementsOf) : [];
  found.sort((a, b) => b.confidence - a.confidence || a.number - b.number);
  dotsLeft = Math.max(0, found.length - DOTS);
  dotStatements = found.slice(0, DOTS);
  dotEdges = new Set(dotStatements.map((each) => each.edge));
}

/** Where a dot lies: beside the middle of its line, one beside the other. */
function dotPlaces() {
  const places = new Map();
  const between = new Map();
  for (const each of dotStatements) {
    const { from, to } = edgeOf(each);
    const pair = [from, to].sort().join(" ");
    if (!between.has(pair)) between.set(pair, []);
    between.get(pair).push(each);
  }
  for (const list of between.values()) {
    const { from, to } = edgeOf(list[0]);
    const [a, b] = [network.getPosition(from), network.getPosition(to)];
    const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
    list.forEach((each, number) => {
      const aside = 16 * (number - (list.length - 1) / 2);
      places.set(each, { x: (a.x + b.x) / 2 - ((b.y - a.y) / length) * aside, y: (a.y + b.y) / 2 + ((b.x - a.x) / length) * aside });
    });
  }
  return places;
}

function dotParts(statement, place) {
  const edge = edgeOf(statement);
  const group = style.groups[edge.group];
  const colour = tone(group);
  const opacity = stands(edge) ? 0.9 : 0.12;
  const strong = statement.key === state.statement;
  const line = { arrows: "", dashes: group.dashes, width: 1.6, smooth: false, color: { color: colour, highlight: colour, hover: colour, opacity } };
  const id = dotId(statement);
  const parts = [{ ...line, id: `${id} from`, from: edge.from, to: id }, { ...line, id: `${id} to`, from: id, to: edge.to, arrows: "to" }];
  if (statement.addressee && isVisible(statement.addressee)) parts.push({ ...line, id: `${id} addressee`, from: id, to: statement.addressee, arrows: "to", dashes: [1, 5], width: 1 });
  const paint = { background: colour, border: strong ? palette.ink : palette.paper };
  return { dot: { id, ...place, shape: "dot", size: strong ? 8 : 5, borderWidth: strong ? 3 : 1, opacity, color: { ...paint, highlight: paint, hover: paint } }, lines: parts };
}

function drawDots() {
  const places = dotPlaces();
  const parts = dotStatements.map((each) => dotParts(each, places.get(each)));
  const lines = parts.flatMap((each) => each.lines);
  const wanted = new Set([...parts.map((each) => each.dot.id), ...lines.map((each) => each.id)]);
  const gone = [...dotsDrawn].filter((id) => !wanted.has(id));
  if (gone.length) {
    edgeSet.remove(gone);
    nodeSet.remove(gone);
  }
  if (parts.length) {
    nodeSet.update(parts.map((each) => each.dot));
    edgeSet.update(lines);
  }
  dotsDrawn = wanted;
}
