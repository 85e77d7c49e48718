// What the reader looks at, kept in the page's address: the same link shows the same view again.
"use strict";

const BASE = "https://w3id.org/alliancegraph/";
const VIEWS = ["network", "timeline", "table", "compare"];
const STATE = {
  view: "network", node: null, edge: null, bundle: null, statement: null, read: null, marks: false,
  steps: 0, pins: [], a: null, b: null, hide: ["Document"], lines: [], issue: null, voices: [], sources: [],
  least: 0, from: "", to: "", dots: false, all: false, brought: [], rows: "lines", sort: "", trail: [],
};
const SELECTIONS = ["node", "edge", "bundle"];
let state = { ...STATE };

const briefly = (iri) => (iri.startsWith(BASE) ? iri.slice(BASE.length) : iri);
const nodeKey = (id) => briefly(nodeById.get(id)?.iri || id);
const nodeByKey = new Map(nodes.flatMap((node) => [node.id, node.iri, nodeKey(node.id)].map((key) => [key, node.id])));
const nodeOf = (key) => nodeByKey.get(key) || null;

const edgeKeys = new Map(edges.map((edge) => [[nodeKey(edge.from), edge.relation, nodeKey(edge.to)].join(" "), edge.id]));
const edgeKey = (id) => {
  const edge = edgeById.get(id);
  return [nodeKey(edge.from), edge.relation, nodeKey(edge.to)].join(" ");
};

// How a field is written in the address, and read from it; what cannot be read is left out.
const CODES = {
  node: [nodeKey, nodeOf],
  issue: [briefly, (key) => [key, BASE + key].find((each) => issueById.has(each)) || null],
  a: [nodeKey, nodeOf],
  b: [nodeKey, nodeOf],
  pins: [nodeKey, nodeOf],
  brought: [nodeKey, nodeOf],
  edge: [edgeKey, (key) => edgeKeys.get(key) || null],
  statement: [briefly, (key) => [key, BASE + key].find((each) => statementByIri.has(each)) || null],
  read: [briefly, (key) => [key, BASE + key].find((each) => documents.some((item) => item.iri === each)) || null],
  trail: [(step) => `${step[0]} ${CODES[step[0]][0](step[1])}`, (text) => {
    const kind = text.split(" ")[0];
    const id = ["node", "edge"].includes(kind) ? CODES[kind][1](text.slice(kind.length + 1)) : null;
    return id && [kind, id];
  }],
  from: [String, (date) => span(date) && date],
  to: [String, (date) => span(date) && date],
  view: [String, (name) => (VIEWS.includes(name) ? name : null)],
  steps: [String, (text) => (["1", "2"].includes(text) ? Number(text) : null)],
  least: [String, (text) => (Number(text) > 0 && Number(text) <= 1 ? Number(text) : null)],
};
const PLAIN = [String, (text) => text];
const escaped = (text) => encodeURIComponent(text).replace(/%(2F|3A|20)/g, (code) => ({ "%2F": "/", "%3A": ":", "%20": "+" })[code]);

/** The part of the address that leads to this view. */
function addressOf(view) {
  const parts = [];
  for (const [name, usual] of Object.entries(STATE)) {
    const value = view[name];
    if (JSON.stringify(value) === JSON.stringify(usual)) continue;
    const [write] = CODES[name] || PLAIN;
    if (typeof usual === "boolean") parts.push(name);
    else if (!Array.isArray(usual)) parts.push(`${name}=${escaped(write(value))}`);
    else if (value.length) parts.push(...value.map((each) => `${name}=${escaped(write(each))}`));
    else parts.push(`${name}=`);
  }
  return `#${parts.join("&")}`;
}

function fromAddress(address) {
  const view = { ...STATE };
  const seen = new Set();
  for (const part of address.replace(/^#/, "").split("&")) {
    const [name, ...rest] = part.split("=");
    if (!Object.hasOwn(STATE, name)) continue;
    const usual = STATE[name];
    let value = null;
    try {
      value = decodeURIComponent(rest.join("=").replaceAll("+", " "));
    } catch {
      continue;
    }
    const read = value && (CODES[name] || PLAIN)[1](value);
    if (typeof usual === "boolean") view[name] = true;
    else if (Array.isArray(usual)) {
      if (!seen.has(name)) view[name] = [];
      if (read) view[name] = [...view[name], read];
    } else if (read) view[name] = read;
    seen.add(name);
  }
  return view;
}

/** The view with some changes; what was chosen before joins the trail when something else is. */
function changed(changes) {
  const next = { ...state, ...changes };
  const picked = SELECTIONS.find((name) => changes[name]);
  if (!picked) return next;
  for (const name of SELECTIONS) if (name !== picked) next[name] = null;
  if (!("statement" in changes)) Object.assign(next, { statement: null, read: null });
  const before = ["node", "edge"].map((name) => [name, state[name]]).find(([, id]) => id);
  if (before && !("trail" in changes) && before[1] !== next[before[0]]) next.trail = [...state.trail, before].slice(-6);
  return next;
}

const link = (changes) => addressOf(changed(changes));

/** Go to another view. With `quietly` the browser's way back skips this step, as for each notch of a slider. */
function go(changes, { quietly = false } = {}) {
  const next = changed(changes);
  const address = addressOf(next);
  if (quietly) history.replaceState(null, "", address);
  else if (address !== (location.hash || "#")) history.pushState(null, "", address);
  turnTo(next);
}

const toggled = (list, item) => (list.includes(item) ? list.filter((each) => each !== item) : [...list, item]);
const nothing = { node: null, edge: null, bundle: null, statement: null, read: null, trail: [], steps: 0 };
