// Works out what passes the filters: statements first, then the lines that still have some, then the nodes that these join.
"use strict";

const FOCUS_LIMIT = 300;
const placeOf = new Map(nodes.map((node, place) => [node.id, place]));
const edgePlace = new Map(edges.map((edge, place) => [edge.id, place]));
const ends = { from: Int32Array.from(edges, (edge) => placeOf.get(edge.from)), to: Int32Array.from(edges, (edge) => placeOf.get(edge.to)) };
const isIssue = Uint8Array.from(nodes, (node) => node.kind === "Issue");
const spans = statements.map((each) => span(dateOf(each)));
const ofEdge = Int32Array.from(statements, (each) => edgePlace.get(each.edge));

const passing = new Uint8Array(statements.length);
const numbers = new Uint32Array(edges.length); // statements of each line that pass
const edgeOn = new Uint8Array(edges.length);
const nodeOn = new Uint8Array(nodes.length);
let drawable = new Uint8Array(nodes.length);
let near = null; // ids of the nodes that stand out, or null
let cutOff = 0; // nodes of a neighbourhood that are too many to draw

const statementsOf = (edge) => edge.statements.filter((place) => passing[place]).map((place) => statements[place]);
const isVisible = (id) => nodeOn[placeOf.get(id)] === 1;
const visibleNodes = () => nodes.filter((_, place) => nodeOn[place]);
const visibleEdges = () => edges.filter((_, place) => edgeOn[place]);
const hostOf = (address) => (/^https?:\/\/(?:www\.)?([^/?#]+)/.exec(address || "") || [])[1];
const sourceNames = documents.map((item) => item.publisher || hostOf(item.url) || hostOf(item.source) || (item.source || "").split("#")[0] || titleOf(item));
const sourceOf = (statement) => sourceNames[statement.document];
const narrowed = () => state.voices.length > 0 || state.sources.length > 0 || Boolean(state.from || state.to);

function markStatements() {
  const voices = new Set(state.voices);
  const sources = new Set(state.sources);
  const start = state.from ? span(state.from)[0] : -Infinity;
  const end = state.to ? span(state.to)[1] : Infinity;
  const timed = Boolean(state.from || state.to);
  numbers.fill(0);
  for (let place = 0; place < statements.length; place++) {
    const each = statements[place];
    const when = spans[place];
    const inTime = !timed || (when !== null && when[1] >= start && when[0] <= end);
    const on = inTime && each.confidence >= state.least && !(voices.size && voices.has(each.voice || "")) && !(sources.size && sources.has(sourceOf(each)));
    passing[place] = on ? 1 : 0;
    if (on) numbers[ofEdge[place]]++;
  }
}

/** Lines that pass, between any nodes; lines without statements of their own only join nodes that are there. */
function markEdges() {
  const hidden = new Set(state.lines);
  const issues = state.issue ? withNarrower(state.issue) : null;
  const linked = new Uint8Array(nodes.length);
  const later = [];
  edgeOn.fill(0);
  for (let place = 0; place < edges.length; place++) {
    const edge = edges[place];
    const [from, to] = [ends.from[place], ends.to[place]];
    if (!drawable[from] || !drawable[to] || hidden.has(edge.group)) continue;
    if (edge.statements.length ? !numbers[place] : edge.confidence < state.least) continue;
    const onIssue = isIssue[from] || isIssue[to];
    if (issues && onIssue && !issues.has(edge.to) && !issues.has(edge.from)) continue;
    if ((issues && !onIssue) || (!edge.statements.length && narrowed())) later.push(place);
    else edgeOn[place] = linked[from] = linked[to] = 1;
  }
  for (const place of later) if (linked[ends.from[place]] && linked[ends.to[place]]) edgeOn[place] = 1;
}

/** What is chosen, a line by its two ends, and what is pinned. */
function roots() {
  const line = edgeById.get(state.edge);
  return [...new Set([...(state.node ? [state.node] : line ? [line.from, line.to] : []), ...state.pins])];
}

/** Only what is at most so many steps from what is chosen or pinned; the most important where that is too much. */
function focus(from) {
  let reached = new Set(from);
  for (let step = 0; step < state.steps; step++) {
    const next = new Set(reached);
    for (const id of reached) for (const edge of edgesOf.get(id)) if (edgeOn[edgePlace.get(edge.id)]) next.add(otherEnd(edge, id).id);
    reached = next;
  }
  const kept = [...reached].sort((a, b) => placeOf.get(a) - placeOf.get(b));
  cutOff = Math.max(0, kept.length - FOCUS_LIMIT);
  const inside = new Set([...from, ...kept.slice(0, FOCUS_LIMIT)].map((id) => placeOf.get(id)));
  for (let place = 0; place < edges.length; place++) {
    if (!inside.has(ends.from[place]) || !inside.has(ends.to[place])) edgeOn[place] = 0;
  }
}

/** Work out again what is shown; `brought` are the nodes that a large network has in its drawing so far. */
function workOut(brought) {
  const from = roots();
  const always = new Set(from.map((id) => placeOf.get(id)));
  const kinds = new Set(state.hide);
  const focused = state.steps > 0 && from.length > 0;
  cutOff = 0;
  drawable = Uint8Array.from(nodes, (node, place) =>
    always.has(place) || (!kinds.has(node.kind) && (focused || state.all || brought.has(node.id))) ? 1 : 0);
  markStatements();
  markEdges();
  if (focused) focus(from);
  nodeOn.fill(0);
  for (let place = 0; place < edges.length; place++) if (edgeOn[place]) nodeOn[ends.from[place]] = nodeOn[ends.to[place]] = 1;
  const free = !focused && !narrowed() && !state.issue;
  nodes.forEach((node, place) => {
    if (always.has(place) || (free && drawable[place] && edgesOf.get(node.id).length === 0)) nodeOn[place] = 1;
  });
  near = standingOut(from);
}

/** What is chosen or pinned, with its neighbours; of a chosen line only its ends. */
function standingOut(from) {
  if (!from.length) return null;
  const found = new Set(from);
  const around = state.edge ? state.pins : from;
  for (const id of around) for (const edge of edgesOf.get(id) || []) if (edgeOn[edgePlace.get(edge.id)]) found.add(otherEnd(edge, id).id);
  return found;
}

const passes = (edge) => {
  if (state.lines.includes(edge.group)) return false;
  return edge.statements.length ? numbers[edgePlace.get(edge.id)] > 0 : edge.confidence >= state.least;
};
