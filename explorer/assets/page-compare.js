// Two actors side by side: on which issues they agree, on which they are opposed, and what only one of them speaks of.
"use strict";

/** The sides that an actor takes on each issue, as lines. */
function sidesOf(id) {
  const found = new Map();
  for (const edge of edgesOf.get(id)) {
    if (edge.from !== id || !isStance(edge) || !passes(edge) || (state.issue && !withNarrower(state.issue).has(edge.to))) continue;
    if (!found.has(edge.to)) found.set(edge.to, []);
    found.get(edge.to).push(edge);
  }
  return found;
}

const against = (mine, theirs) => mine.some((a) => theirs.some((b) => (a.group === "favour" && b.group === "opposition") || (a.group === "opposition" && b.group === "favour")));
const alike = (mine, theirs) => mine.some((a) => theirs.some((b) => a.group === b.group));

/** The issues of two actors in five parts: shared, opposed, otherwise different, only of the first, only of the second. */
function comparison(a, b) {
  const [mine, theirs] = [sidesOf(a), sidesOf(b)];
  const parts = { shared: [], opposed: [], different: [], first: [], second: [] };
  for (const issue of new Set([...mine.keys(), ...theirs.keys()])) {
    const [one, other] = [mine.get(issue) || [], theirs.get(issue) || []];
    const part = !other.length ? "first" : !one.length ? "second" : against(one, other) ? "opposed" : alike(one, other) ? "shared" : "different";
    parts[part].push({ issue: nodeById.get(issue), one, other });
  }
  const weight = ({ one, other }) => [...one, ...other].reduce((sum, edge) => sum + statementsOf(edge).length, 0);
  for (const list of Object.values(parts)) list.sort((x, y) => weight(y) - weight(x) || byName(x.issue, y.issue));
  return parts;
}

function side(list) {
  if (!list.length) return make("span", { className: "soft" }, "–");
  return make("span", { className: "sides" }, ...list.map((edge) => {
    const group = style.groups[edge.group];
    const link = edgeLink(edge, stroke(group, edge.group), `${edge.verb} `, make("span", { className: "number" }, String(statementsOf(edge).length || 1)));
    link.title = group.label;
    return link;
  }));
}

function comparedPart(name, list, a, b) {
  if (!list.length) return [];
  const head = make("tr", {}, make("th", { scope: "col" }, "Issue"), make("th", { scope: "col" }, words(a.name)), make("th", { scope: "col" }, words(b.name)));
  const row = ({ issue, one, other }) => make("tr", {}, make("th", { scope: "row" }, nodeLink(issue)), make("td", {}, side(one)), make("td", {}, side(other)));
  const body = make("tbody");
  const [, more] = growing(body, list, row);
  return [make("h3", {}, name, make("span", { className: "number" }, list.length)), make("table", {}, make("thead", {}, head), body), ...(more ? [more] : [])];
}

/** What joins the two: their own relations, and what both belong to or took part in. */
function ties(a, b) {
  const own = edgesOf.get(a.id).filter((edge) => !isStance(edge) && otherEnd(edge, a.id) === b && passes(edge));
  const around = (id) => new Set(edgesOf.get(id).filter((edge) => !isStance(edge) && passes(edge)).map((edge) => otherEnd(edge, id)));
  const theirs = around(b.id);
  const common = [...around(a.id)].filter((node) => theirs.has(node) && node.kind !== "Document").sort(byName);
  const parts = [];
  if (own.length) parts.push(make("h3", {}, "Between them"), make("ul", { className: "plain" }, ...own.map((edge) => make("li", {}, edgeLink(edge, words(sentence(edge)))))));
  if (common.length) parts.push(make("h3", {}, "In common", make("span", { className: "number" }, common.length)), make("ul", { className: "plain" }, ...common.map((node) => make("li", { className: "who" }, sign(kindOf(node)), nodeLink(node)))));
  return parts;
}

function showCompare() {
  const box = byId("compared");
  const [a, b] = ["a", "b"].map((name) => nodeById.get(state[name]));
  for (const name of ["a", "b"]) if (document.activeElement !== byId(`actor-${name}`)) byId(`actor-${name}`).value = nodeById.get(state[name])?.name || "";
  if (!a || !b || a === b) return box.replaceChildren(make("p", { className: "soft" }, a && a === b ? "Choose two different actors." : "Choose two actors to see on which issues they agree, and on which they do not."));
  const parts = comparison(a.id, b.id);
  const found = [
    ...comparedPart("Shared positions", parts.shared, a, b), ...comparedPart("Opposed positions", parts.opposed, a, b),
    ...comparedPart("Different positions", parts.different, a, b), ...comparedPart(`Only ${a.name}`, parts.first, a, b),
    ...comparedPart(`Only ${b.name}`, parts.second, a, b), ...ties(a, b),
  ];
  return box.replaceChildren(...(found.length ? found : [make("p", { className: "soft" }, "No position of either passes the filters.")]));
}

function wireCompare() {
  for (const name of ["a", "b"]) {
    const box = byId(`actor-${name}`);
    complete(box, byId(`matches-${name}`), { keep: isActor, take: (node) => go({ [name]: node.id }), emptied: false });
    box.addEventListener("blur", () => (box.value = nodeById.get(state[name])?.name || ""));
  }
}
