// Fills the panel for a node, a line or a group of statements: who it is, what is said, and where one came from.
"use strict";

const panel = byId("panel");

/** The way back: the overview, and what was chosen before. */
function trail() {
  const steps = state.trail.map(([kind, id], place) => {
    const name = kind === "node" ? nodeById.get(id).name : sentence(edgeById.get(id));
    const href = link({ [kind]: id, trail: state.trail.slice(0, place) });
    return make("li", {}, make("a", { href, title: name }, words(name)));
  });
  const home = make("li", {}, make("a", { href: addressOf({ ...state, ...nothing }) }, "← Overview"));
  return make("nav", { className: "trail", "aria-label": "Way back" }, make("ol", {}, home, ...steps));
}

function title(mark, ...content) {
  return make("h2", { tabIndex: -1 }, mark, make("span", {}, ...content));
}

/** The sections of a node's panel: stances by side, then relations, events and documents. */
function sections(id) {
  const found = new Map();
  const own = nodeById.get(id).kind;
  const all = edgesOf.get(id).filter(passes);
  all.sort((a, b) => statementsOf(b).length - statementsOf(a).length || byName(otherEnd(a, id), otherEnd(b, id)));
  for (const edge of all) {
    const other = otherEnd(edge, id);
    const group = style.groups[edge.group];
    const plain = own === "Event" ? "Who was part of it" : own === "Document" ? "Who wrote it" : { Event: "Events", Document: "Documents" }[other.kind] || "Relations";
    const told = own === "Document" ? (other.kind === "Event" ? "Events that it tells of" : "Issues that it discusses") : "Documents";
    const name = isStance(edge) ? (edge.from === id ? group.of : group.by) : edge.group === "document" ? told : plain;
    if (!found.has(name)) found.set(name, { list: [], group: edge.group, rank: Object.keys(style.groups).indexOf(edge.group) });
    found.get(name).list.push(edge);
  }
  return [...found].sort((a, b) => a[1].rank - b[1].rank || alphabetical(a[0], b[0]));
}

function external(address, text) {
  return make("a", { href: address, rel: "noreferrer noopener", target: "_blank" }, text);
}

function nodeFacts(node) {
  const list = make("dl", { className: "facts" });
  const fact = (name, ...value) => list.append(make("dt", {}, name), make("dd", { dir: "auto" }, ...value));
  if (node.aliases.length) fact("Also called", node.aliases.join(", "));
  if (node.type) fact("Type", node.type);
  if (node.date) fact("Date", node.date);
  if (node.place) fact("Place", node.place);
  if (node.source) fact("Source", node.source);
  if (/^https?:/.test(node.url || "")) fact("Address", external(node.url, node.url));
  if (node.definition) fact("Meaning", node.definition);
  const wider = issueById.get(node.broader);
  const linked = (issue) => (nodeById.has(issue.id) ? nodeLink(nodeById.get(issue.id)) : words(issue.name));
  if (wider) fact("Part of", linked(wider));
  const parts = narrowerIssues.get(node.id) || [];
  if (parts.length) fact("Has", ...parts.flatMap((issue, place) => (place ? [", ", linked(issue)] : [linked(issue)])));
  const wikidata = /Q[0-9]+$/.exec(node.wikidata || "");
  if (wikidata) fact("Wikidata", external(`https://www.wikidata.org/wiki/${wikidata[0]}`, wikidata[0]));
  if (node.iri) fact("Identifier", node.iri);
  return list;
}

function pressable(text, pressed, action, properties = {}) {
  return make("button", { type: "button", className: "quiet", "aria-pressed": String(pressed), onclick: action, ...properties }, text);
}

/** The address of a thing's own page under a server; null where it has none. */
const pageOf = (id) => (facts.live && id.startsWith(BASE) ? facts.live.base + briefly(id) : null);

/** What can be done with a node: pin it, see only its surroundings, compare it, read it. */
function nodeTools(node) {
  const pinned = state.pins.includes(node.id);
  const tools = [pressable(pinned ? "Pinned" : "Pin", pinned, () => go({ pins: toggled(state.pins, node.id) }), { id: "pin" })];
  for (const steps of [1, 2]) {
    const on = state.steps === steps;
    tools.push(pressable(count(steps, "step", "steps"), on, () => go({ steps: on ? 0 : steps }), { id: `steps-${steps}`, title: `Show only what is within ${count(steps, "step", "steps")} of what is chosen or pinned` }));
  }
  if (isActor(node)) tools.push(make("a", { className: "button", href: link({ view: "compare", a: node.id, b: state.pins.find((id) => id !== node.id && isActor(nodeById.get(id))) || state.b }) }, "Compare"));
  if (node.kind === "Issue") tools.push(pressable("Only this issue", state.issue === node.id, () => go({ issue: state.issue === node.id ? null : node.id })));
  const item = documents.find((each) => each.iri === node.id);
  if (item && canRead(item)) tools.push(make("a", { className: "button", href: link({ read: item.iri }) }, "Read the text"));
  const own = pageOf(node.iri);
  if (own) tools.push(make("a", { className: "button", href: own }, "Its page"));
  return make("div", { className: "actions" }, ...tools);
}

function showNode(node) {
  const parts = sections(node.id).flatMap(([name, { list, group }]) => [
    heading(name, list.length, stroke(style.groups[group], group)),
    ...growing(make("ul", { className: "plain" }), list, (edge) => entry(edge, node.id), narrow.matches ? 8 : 25),
  ]);
  if (node.kind === "Document") parts.push(...documentSections(node.id));
  panel.replaceChildren(trail(), title(sign(kindOf(node)), words(node.name)), make("p", { className: "soft" }, kindOf(node).label), nodeTools(node), nodeFacts(node),
    ...(parts.length ? parts : [make("p", { className: "soft" }, "No statement passes the filters.")]));
}

/** The positions and relations that a document states. */
function documentSections(iri) {
  const said = statements.filter((each) => documentOf(each).iri === iri && passing[each.number] && each.kind !== "discussion" && edgeOf(each).group !== "document");
  return said.length ? [heading("What it says", said.length), ...growing(make("ul", { className: "plain" }), said, statementEntry, 20)] : [];
}

function statementEntry(statement) {
  const edge = edgeOf(statement);
  return make("li", { className: "entry" }, edgeLink(edge, words(sentence(edge))), quotation(statement));
}

function showEdge(edge) {
  const group = style.groups[edge.group];
  const items = statementsOf(edge);
  const left = edge.statements.length - items.length;
  const role = edge.role ? words(` (${edge.role})`) : null;
  panel.replaceChildren(
    trail(),
    title(null, nodeLink(nodeById.get(edge.from)), ` ${edge.verb} `, nodeLink(nodeById.get(edge.to)), role),
    make("p", { className: "soft" }, `${group.label} · confidence ${edge.confidence.toFixed(2)}`),
    heading(items.length === 1 ? "Statement" : "Statements", items.length, stroke(group, edge.group)),
    ...(items.length ? growing(make("div", { className: "quotes" }), items, quotation, 50) : [make("p", { className: "soft" }, "No statement is recorded for this line, or none passes the filters.")]),
    ...(left ? [make("p", { className: "soft" }, `${count(left, "more statement does", "more statements do")} not pass the filters.`)] : []),
  );
}

/** The statements behind one mark of the timeline: `where`, when, and the side taken. */
function showBundle(bundle) {
  const found = bundleStatements(bundle);
  panel.replaceChildren(trail(), title(null, words(found.name), ` · ${found.when}`), make("p", { className: "soft" }, found.side),
    heading(found.items.length === 1 ? "Statement" : "Statements", found.items.length),
    ...growing(make("ul", { className: "plain" }), found.items, statementEntry, 50));
}

function showPanel() {
  panel.hidden = false;
  if (state.node) showNode(nodeById.get(state.node));
  else if (state.edge) showEdge(edgeById.get(state.edge));
  else if (state.bundle) showBundle(state.bundle);
  else showSummary();
}
