// Triples as a network: resources as nodes, what is said between them as arrows, names and types as their look.
"use strict";

const MOST_EDGES = 600;
const LABELS = /(#prefLabel|#label|\/terms\/title|\/name)$/;
const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

// N-Triples as rows of terms; the server writes one triple a line.
function parseTriples(text) {
  const term = /^(?:<([^>]*)>|_:(\S+)|"((?:[^"\\]|\\.)*)"(?:@([\w-]+)|\^\^<([^>]*)>)?)\s*/;
  const rows = [];
  for (const line of text.split("\n")) {
    const row = {};
    let rest = line.trim();
    for (const column of ["subject", "predicate", "object"]) {
      const found = term.exec(rest);
      if (!found) break;
      rest = rest.slice(found[0].length);
      if (found[1] !== undefined) row[column] = { type: "uri", value: plain(found[1]) };
      else if (found[2] !== undefined) row[column] = { type: "bnode", value: `_:${found[2]}` };
      else row[column] = { type: "literal", value: plain(found[3]), "xml:lang": found[4], datatype: found[5] };
    }
    if (row.object) rows.push(row);
  }
  return rows;
}

const ESCAPES = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };
const plain = (text) =>
  text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, four, eight, one) =>
    one ? (ESCAPES[one] ?? one) : String.fromCodePoint(parseInt(four || eight, 16)),
  );

async function showNetwork(place, rows) {
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const nodes = new Map();
  const add = (cell) => {
    if (!nodes.has(cell.value)) nodes.set(cell.value, { id: cell.value, label: shortOf(cell.value).slice(0, 40), group: "" });
    return nodes.get(cell.value);
  };
  const between = rows.filter((row) => row.object.type !== "literal" && row.predicate.value !== TYPE);
  const edges = between.slice(0, MOST_EDGES).map((row, id) => {
    add(row.subject);
    add(row.object);
    return { id, from: row.subject.value, to: row.object.value, label: shortOf(row.predicate.value) };
  });
  if (!edges.length) for (const row of rows.slice(0, 100)) add(row.subject);
  await lookUp([...nodes.keys()].filter((id) => !id.startsWith("_:")));
  for (const row of rows) {
    const node = nodes.get(row.subject.value);
    if (node && row.object.type === "literal" && LABELS.test(row.predicate.value)) node.label = row.object.value.slice(0, 40);
    if (node && row.predicate.value === TYPE) node.type = shortOf(row.object.value);
  }
  for (const [iri, node] of nodes) if (names.has(iri)) node.label = names.get(iri).slice(0, 40);
  const said = `${nodes.size.toLocaleString("en")} resources and ${edges.length.toLocaleString("en")} lines between them`;
  const left = between.length > edges.length ? `, of ${between.length.toLocaleString("en")}; the table has all` : "; the table has the same";
  const canvas = make("div", { class: "network", role: "img", "aria-label": `Network of ${said}` });
  const chosen = make("p", { class: "soft", "aria-live": "polite" }, "Choose a node to open its page.");
  place.replaceChildren(make("p", { class: "soft" }, said + left), canvas, chosen);
  const small = nodes.size <= 60;
  const network = new vis.Network(
    canvas,
    { nodes: [...nodes.values()], edges: edges.map((edge) => (small ? edge : { ...edge, label: undefined, title: undefined })) },
    {
      nodes: { shape: "dot", size: 11, color: { background: colour("--accent"), border: colour("--accent"), highlight: { background: colour("--ink"), border: colour("--ink") } }, font: { color: colour("--ink"), size: 13 } },
      edges: { arrows: { to: { scaleFactor: 0.5 } }, color: { color: colour("--soft"), highlight: colour("--ink") }, font: { color: colour("--soft"), size: 10, strokeWidth: 4, strokeColor: colour("--paper") }, smooth: { type: "dynamic" } },
      layout: { randomSeed: 1, improvedLayout: nodes.size <= 150 },
      physics: { solver: "forceAtlas2Based", forceAtlas2Based: { gravitationalConstant: -60, springLength: 120 }, stabilization: { iterations: 200 } },
      interaction: { keyboard: { enabled: true, bindToWindow: false }, tooltipDelay: 100000 },
    },
  );
  network.once("stabilizationIterationsDone", () => network.setOptions({ physics: false }));
  network.on("selectNode", ({ nodes: [id] }) => {
    const node = nodes.get(id);
    chosen.replaceChildren(id.startsWith("_:") ? node.label : make("a", { href: pathOf(id) }, node.label), node.type ? `, ${node.type}` : "");
  });
}
