// What is shown as RDF in Turtle, in the terms of the graph: the nodes, the statements that pass, and their passages.
"use strict";

const PREFIXES = {
  ag: "https://w3id.org/alliancegraph/ontology#", dcterms: "http://purl.org/dc/terms/", oa: "http://www.w3.org/ns/oa#",
  owl: "http://www.w3.org/2002/07/owl#", rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#", schema: "https://schema.org/",
  sem: "http://semanticweb.cs.vu.nl/2009/11/sem/", skos: "http://www.w3.org/2004/02/skos/core#",
};
const STANCES = `${BASE}stance/`;
const VOICES = `${BASE}voice/`;

const absolute = (id) => (/^[a-z][a-z0-9+.-]*:/i.test(id) ? id : `urn:alliancegraph:${encodeURIComponent(id)}`);
const iri = (id) => `<${absolute(id).replace(/[\u0000-\u0020<>"{}|^`\\]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, "0")}`)}>`;
const ESCAPES = { "\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\" };
const literal = (text) => `"${text.toWellFormed().replace(/[\n\r\t"\\]/g, (sign) => ESCAPES[sign])}"`;
const english = (text) => `${literal(text)}@en`;

/** One subject with its properties, as pairs of a property and a term; what has no value is left out. */
function described(subject, pairs) {
  const kept = pairs.filter(([, term]) => term !== null && term !== undefined);
  return kept.length ? `${subject} ${kept.map(([property, term]) => `${property} ${term}`).join(" ;\n    ")} .\n` : "";
}

const nodeIri = (id) => iri(nodeById.get(id).iri || id);
const KIND_CLASSES = { Issue: "skos:Concept", Event: "sem:Event", Document: "schema:Article" };

function nodeTurtle(node) {
  const known = node.kind in style.types && node.kind !== "Other";
  const name = node.kind === "Document" ? ["dcterms:title", literal(node.name)] : ["skos:prefLabel", english(node.name)];
  const date = node.kind === "Document" ? [] : [["ag:date", node.date && literal(node.date)]];
  return described(nodeIri(node.id), [
    ["a", KIND_CLASSES[node.kind] || (known ? `ag:${node.kind}` : "ag:Actor")], name,
    ...node.aliases.map((alias) => ["skos:altLabel", english(alias)]),
    ["owl:sameAs", /^https?:/.test(node.wikidata || "") ? iri(node.wikidata) : null],
    ["skos:definition", node.definition && english(node.definition)],
    ["skos:broader", node.broader && iri(node.broader)],
    ["ag:placeName", node.place && literal(node.place)], ...date,
  ]);
}

function documentTurtle(item) {
  const type = /^\d{4}-\d\d-\d\d$/.test(item.date || "") ? "date" : /^\d{4}-\d\d$/.test(item.date || "") ? "gYearMonth" : /^\d{4}$/.test(item.date || "") ? "gYear" : null;
  return described(iri(documentIri(item)), [
    ["a", "schema:Article"], ["dcterms:title", item.title ? literal(item.title) : null],
    ["dcterms:issued", type && `${literal(item.date)}^^<http://www.w3.org/2001/XMLSchema#${type}>`],
    ["dcterms:source", item.source && literal(item.source)], ["schema:url", item.url && literal(item.url)],
  ]);
}

/** What a statement says, by its kind; a relation also stands as a triple of its own. */
function saying(each, edge) {
  const [from, to] = [nodeIri(edge.from), nodeIri(edge.to)];
  if (isStance(edge)) {
    return [["a", "ag:Position"], ["ag:holder", from], ["ag:issue", to], ["ag:stance", iri(STANCES + edge.relation)],
      ["ag:voice", each.voice && iri(VOICES + each.voice)], ["ag:addressee", each.addressee && nodeById.has(each.addressee) ? nodeIri(each.addressee) : null], ["ag:date", each.date && literal(each.date)]];
  }
  if (each.kind === "discussion") return [["a", "ag:Discussion"], ["ag:issue", to]];
  return [["a", "ag:Relation"], ["rdf:subject", from], ["rdf:predicate", iri(PREFIXES.ag + edge.relation)], ["rdf:object", to], ["ag:role", each.role && literal(each.role)]];
}

const documentIri = (item) => absolute(item.iri || item.title);
const evidenceIri = (item, passage) => iri(`${documentIri(item)}#evidence-${passage.start}-${passage.end}`);
const placed = (each) => each.passages.filter((passage) => passage.start !== undefined);

/** A statement; of an event only where it is told of. */
function statementTurtle(each) {
  const edge = edgeOf(each);
  const item = documentOf(each);
  const where = [["ag:inDocument", iri(documentIri(item))], ...placed(each).map((passage) => ["ag:evidence", evidenceIri(item, passage)])];
  if (each.kind === "event") return described(nodeIri(edge.to), where);
  const subject = iri(each.iri || `${documentIri(item)}#statement-${each.number}`);
  const direct = edge.group === "relation" ? described(nodeIri(edge.from), [[iri(PREFIXES.ag + edge.relation), nodeIri(edge.to)]]) : "";
  return direct + described(subject, [...saying(each, edge), ["ag:confidence", each.confidence.toFixed(2)], ...where]);
}

/** The passages of statements, each once, by their characters and by their words. */
function evidenceTurtle(said) {
  const found = new Map();
  for (const each of said) {
    const item = documentOf(each);
    for (const passage of placed(each)) {
      const place = `[ a oa:TextPositionSelector ; oa:start ${passage.start} ; oa:end ${passage.end} ]`;
      const quote = `[ a oa:TextQuoteSelector ; oa:exact ${literal(passage.quote)} ; oa:prefix ${literal(passage.prefix)} ; oa:suffix ${literal(passage.suffix)} ]`;
      const target = `[ a oa:SpecificResource ; oa:hasSource ${iri(documentIri(item))} ; oa:hasSelector ${place} , ${quote} ]`;
      const subject = evidenceIri(item, passage);
      found.set(subject, described(subject, [["a", "oa:Annotation"], ["oa:hasTarget", target]]));
    }
  }
  return [...found.values()];
}

/** The shown network as the text of a Turtle file. */
function asTurtle() {
  const list = visibleNodes();
  const said = visibleEdges().flatMap(statementsOf);
  const cited = new Set(said.map(documentOf));
  const bare = visibleEdges().filter((edge) => edge.group === "relation" && !edge.statements.length);
  return [
    ...Object.entries(PREFIXES).map(([prefix, address]) => `@prefix ${prefix}: <${address}> .\n`), "\n",
    ...list.filter((node) => node.kind !== "Document" || ![...cited].some((item) => item.iri === node.id)).map(nodeTurtle),
    ...[...cited].map(documentTurtle),
    ...bare.map((edge) => described(nodeIri(edge.from), [[iri(PREFIXES.ag + edge.relation), nodeIri(edge.to)]])),
    ...said.map(statementTurtle),
    ...evidenceTurtle(said),
  ].join("");
}
