// Fills the panel: a summary to start with, then who a node is and what is said, or every statement behind a line.
"use strict";

const panel = document.getElementById("panel");

function nodeLink(node) {
  return make("a", { className: "link", href: `#node=${encodeURIComponent(node.id)}` }, node.name);
}

function heading(text, number, mark) {
  return make("h3", {}, mark, make("span", {}, text), number === undefined ? null : make("span", { className: "number" }, String(number)));
}

function back() {
  return make("a", { className: "back", href: "#" }, "← Overview");
}

function quotation(edge, item) {
  const block = make("blockquote");
  block.style.setProperty("--tone", tone(style.groups[edge.group]));
  if (item.prefix) block.append(make("span", { className: "around" }, `…${item.prefix}`));
  block.append(make("mark", {}, item.quote));
  if (item.suffix) block.append(make("span", { className: "around" }, `${item.suffix}…`));
  const source = facts.documents[item.document];
  const parts = [item.date, style.voices[item.voice] || item.voice, item.confidence === undefined ? null : `confidence ${item.confidence.toFixed(2)}`];
  block.append(make("cite", { title: source.iri }, [source.title || source.iri || "untitled document", ...parts].filter(Boolean).join(" · ")));
  return block;
}

function quotations(edge, first) {
  const items = statementsOf(edge);
  const early = items.slice(0, first).map((item) => quotation(edge, item));
  if (items.length <= first) return early;
  const rest = items.slice(first);
  return [...early, make("details", { className: "more" }, make("summary", {}, count(rest.length, "more quote", "more quotes")), ...rest.map((item) => quotation(edge, item)))];
}

/** One line of a node's panel: what it does to whom, or who does it, with a quote. */
function entry(edge, id) {
  const other = otherEnd(edge, id);
  const outgoing = edge.from === id || edge.arrows === "";
  const role = edge.role ? ` (${edge.role})` : "";
  const says = outgoing
    ? make("span", {}, `${edge.verb} `, nodeLink(other), role)
    : make("span", {}, nodeLink(other), ` ${edge.verb} it${role}`);
  const number = statementsOf(edge).length;
  const times = make("a", { className: "times", href: `#edge=${edge.id}`, "aria-label": `Show the statements: ${sentence(edge)}` }, number ? count(number, "statement", "statements") : "details");
  return make("li", { className: "entry" }, make("div", { className: "says" }, says, times), ...quotations(edge, 1));
}

const sentence = (edge) => `${nodeById.get(edge.from).name} ${edge.verb} ${nodeById.get(edge.to).name}`;

/** The sections of a node's panel: stances by side, then relations, events and documents. */
function sections(id) {
  const found = new Map();
  const all = edgesOf.get(id).filter(passes);
  all.sort((a, b) => b.evidence.length - a.evidence.length || otherEnd(a, id).name.localeCompare(otherEnd(b, id).name, "en"));
  for (const edge of all) {
    const other = otherEnd(edge, id);
    const group = style.groups[edge.group];
    const own = nodeById.get(id).kind;
    const plain = own === "Event" || own === "Document" ? "Who was part of it" : { Event: "Events", Document: "Documents" }[other.kind] || "Relations";
    const name = isStance(edge) ? (edge.from === id ? group.of : group.by) : plain;
    if (!found.has(name)) found.set(name, { edges: [], group: edge.group, rank: Object.keys(style.groups).indexOf(edge.group) });
    found.get(name).edges.push(edge);
  }
  return [...found].sort((a, b) => a[1].rank - b[1].rank || a[0].localeCompare(b[0], "en"));
}

function showNode(node) {
  const look = kindOf(node);
  const details = make("dl", { className: "facts" });
  const fact = (name, value) => details.append(make("dt", {}, name), make("dd", {}, value));
  if (node.aliases.length) fact("Also called", node.aliases.join(", "));
  if (node.date) fact("Date", node.date);
  if (node.definition) fact("Meaning", node.definition);
  const wikidata = /Q[0-9]+$/.exec(node.wikidata || "");
  if (wikidata) fact("Wikidata", make("a", { href: `https://www.wikidata.org/wiki/${wikidata[0]}`, rel: "noreferrer noopener", target: "_blank" }, wikidata[0]));
  if (node.iri) fact("Identifier", node.iri);
  const parts = sections(node.id).flatMap(([name, { edges: list, group }]) => [
    heading(name, list.length, stroke(style.groups[group], group)),
    make("ul", { className: "plain" }, ...list.map((edge) => entry(edge, node.id))),
  ]);
  panel.replaceChildren(back(), make("h2", { tabIndex: -1 }, sign(look), make("span", {}, node.name)), make("p", { className: "soft" }, look.label), details,
    ...(parts.length ? parts : [make("p", { className: "soft" }, "No statement passes the filters.")]));
}

function showEdge(edge) {
  const group = style.groups[edge.group];
  const items = statementsOf(edge);
  panel.replaceChildren(
    back(),
    make("h2", { tabIndex: -1 }, make("span", {}, nodeLink(nodeById.get(edge.from)), ` ${edge.verb} `, nodeLink(nodeById.get(edge.to)), edge.role ? ` (${edge.role})` : "")),
    make("p", { className: "soft" }, `${group.label} · confidence ${edge.confidence.toFixed(2)}`),
    heading(items.length === 1 ? "Statement" : "Statements", items.length, stroke(group, edge.group)),
    ...(items.length ? items.map((item) => quotation(edge, item)) : [make("p", { className: "soft" }, "No quote is recorded for this line, or none passes the filters.")]),
  );
}

/** A list of nodes with a bar: how many statements of each side concern the node. */
function ranking(list) {
  const most = Math.max(1, ...list.map((each) => each.total));
  return make("ul", { className: "plain rank" }, ...list.map(({ node, sides, total }) => {
    const bar = make("div", { className: "bar", role: "img", "aria-label": Object.entries(sides).map(([side, number]) => `${style.groups[side].label} ${number}`).join(", ") });
    for (const [side, number] of Object.entries(sides)) {
      const part = make("span");
      part.style.setProperty("--tone", tone(style.groups[side]));
      part.style.width = `${(100 * number) / most}%`;
      bar.append(part);
    }
    bar.title = bar.getAttribute("aria-label");
    return make("li", {}, make("div", { className: "who" }, sign(kindOf(node)), nodeLink(node)), total ? bar : make("span"));
  }));
}

function tally(node) {
  const sides = {};
  for (const name of Object.keys(style.groups)) {
    const number = edgesOf.get(node.id).filter((edge) => edge.group === name && isStance(edge)).reduce((sum, edge) => sum + (edge.evidence.length || 1), 0);
    if (number) sides[name] = number;
  }
  return { node, sides, total: Object.values(sides).reduce((sum, number) => sum + number, 0) };
}

const most = (keep) => nodes.filter(keep).map(tally).filter((each) => each.total).sort((a, b) => b.total - a.total || a.node.name.localeCompare(b.node.name, "en")).slice(0, 7);

function figure(number, one, many) {
  return make("div", {}, make("b", {}, number.toLocaleString("en")), make("span", {}, number === 1 ? one : many));
}

function period() {
  const years = edges.flatMap((edge) => edge.evidence.map((item) => (/^\d{4}/.exec(item.date || "") || [""])[0])).filter(Boolean).sort();
  return years.length ? (years[0] === years.at(-1) ? years[0] : `${years[0]}–${years.at(-1)}`) : "";
}

function showSummary() {
  const statements = edges.reduce((sum, edge) => sum + edge.evidence.length, 0);
  const list = make("dl", { className: "facts" });
  const add = (name, value) => list.append(make("dt", {}, name), make("dd", {}, value));
  if (period()) add("Period", period());
  for (const [name, value] of Object.entries(facts.details)) add(name, value);
  const issues = most((node) => node.kind === "Issue");
  const actors = most(isActor);
  const larger = nodes.length > facts.selection ? [make("p", {}, `This network is large. The drawing opens on its ${facts.selection} most important nodes; the search box finds all others, with their neighbours.`)] : [];
  panel.replaceChildren(
    make("h2", { tabIndex: -1 }, "Who says what, and where"),
    make("div", { className: "figures" }, figure(nodes.filter(isActor).length, "actor", "actors"), figure(nodes.filter((node) => node.kind === "Issue").length, "issue", "issues"), figure(nodes.filter((node) => node.kind === "Event").length, "event", "events"), figure(statements, "statement", "statements")),
    list,
    ...larger,
    make("p", {}, "A thick line is a position that an actor takes on an issue; a thin line is a relation or a part in an event. The wider the line, the more statements. Choose a node or a line to read them, each with its quote."),
    ...(issues.length ? [heading("Most discussed issues"), ranking(issues)] : []),
    ...(actors.length ? [heading("Most outspoken actors"), ranking(actors)] : []),
    make("details", { className: "more" }, make("summary", {}, "All nodes as a list"), allNodes()),
  );
}

function allNodes() {
  const box = make("div");
  for (const [kind, look] of Object.entries(style.types)) {
    const list = nodes.filter((node) => (style.types[node.kind] ? node.kind : "Other") === kind).sort((a, b) => a.name.localeCompare(b.name, "en"));
    if (list.length) box.append(heading(look.plural, list.length, sign(look)), make("ul", { className: "plain" }, ...list.map((node) => make("li", {}, nodeLink(node)))));
  }
  return box;
}
