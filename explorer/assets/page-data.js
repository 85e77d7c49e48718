// Reads the network from the page, keeps a record of errors, and knows what belongs to what.
"use strict";

const errors = [];
const noteError = (text) => {
  errors.push(String(text));
  document.documentElement.dataset.errors = errors.join(" | ");
};
addEventListener("error", (event) => noteError(event.message));
addEventListener("unhandledrejection", (event) => noteError(event.reason));
document.addEventListener("securitypolicyviolation", (event) => noteError(`${event.violatedDirective} ${event.blockedURI}`));

const embedded = (id) => JSON.parse(document.getElementById(id).textContent);
const nodes = embedded("nodes");
const edges = embedded("edges");
const facts = embedded("facts");
const { style, statements, documents } = facts;

const nodeById = new Map(nodes.map((node) => [node.id, node]));
const edgeById = new Map(edges.map((edge) => [edge.id, edge]));
const statementByIri = new Map(statements.map((each, number) => [each.iri || String(number), each]));
const edgesOf = new Map(nodes.map((node) => [node.id, []]));
for (const edge of edges) {
  edgesOf.get(edge.from).push(edge);
  if (edge.to !== edge.from) edgesOf.get(edge.to).push(edge);
}
statements.forEach((each, number) => {
  each.number = number;
  each.key = each.iri || String(number);
});

const otherEnd = (edge, id) => nodeById.get(edge.from === id ? edge.to : edge.from);
const kindOf = (node) => style.types[node.kind] || style.types.Other;
const isStance = (edge) => edge.group !== "relation" && edge.group !== "document";
const isActor = (node) => !["Issue", "Event", "Document"].includes(node.kind);
const edgeOf = (statement) => edgeById.get(statement.edge);
const documentOf = (statement) => documents[statement.document];
const titleOf = (item) => item.title || item.iri || "untitled document";
const dateOf = (statement) => statement.date || documentOf(statement).date || "";
const sentence = (edge) => `${nodeById.get(edge.from).name} ${edge.verb} ${nodeById.get(edge.to).name}`;
const isLarge = nodes.some((node) => !node.first && node.kind !== "Document");
const alphabetical = new Intl.Collator("en").compare;
const digits = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ",");
const byName = (a, b) => alphabetical(a.name, b.name);

/** The first and last day of a date of any precision, as numbers that grow with time; null for none. */
function span(date) {
  const found = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(date || "");
  if (!found) return null;
  const [year, month, day] = found.slice(1).map((part) => (part ? Number(part) : 0));
  return [year * 372 + (month ? month - 1 : 0) * 31 + (day ? day - 1 : 0), year * 372 + (month ? month - 1 : 11) * 31 + (day ? day - 1 : 30)];
}

const issueById = new Map(facts.issues.map((issue) => [issue.id, issue]));
const narrowerIssues = new Map();
for (const issue of facts.issues) {
  if (issue.broader) narrowerIssues.set(issue.broader, [...(narrowerIssues.get(issue.broader) || []), issue]);
}

/** The ids of an issue and of all narrower ones. */
function withNarrower(id) {
  const found = new Set([id]);
  for (const each of found) for (const issue of narrowerIssues.get(each) || []) found.add(issue.id);
  return found;
}
