// What a statement looks like in a list: its words in their context, its document, date, voice and confidence.
"use strict";

const nodeLink = (node, className = "link") => make("a", { className, href: link({ node: node.id }) }, words(node.name));
const edgeLink = (edge, ...content) => make("a", { className: "link", href: link({ edge: edge.id }) }, ...content);

function heading(text, number, mark) {
  return make("h3", {}, mark, make("span", {}, text), number === undefined ? null : make("span", { className: "number" }, digits(number)));
}

function passageText(passage) {
  const line = make("p", { dir: "auto" });
  if (passage.prefix) line.append(make("span", { className: "around" }, `…${passage.prefix}`));
  line.append(make("mark", {}, passage.quote));
  if (passage.suffix) line.append(make("span", { className: "around" }, `${passage.suffix}…`));
  return line;
}

const canRead = (item) => "text" in item || Boolean(facts.live && item.iri);

function sourceLine(statement) {
  const item = documentOf(statement);
  const node = nodeById.get(item.iri);
  const line = make("cite", {}, node ? nodeLink(node, "") : words(titleOf(item)));
  const facts = [dateOf(statement), style.voices[statement.voice] || statement.voice, `confidence ${statement.confidence.toFixed(2)}`];
  line.append(...facts.filter(Boolean).flatMap((text) => [" · ", text]));
  if (statement.addressee && nodeById.has(statement.addressee)) line.append(" · to ", nodeLink(nodeById.get(statement.addressee), ""));
  if (statement.role) line.append(" · as ", words(statement.role));
  return line;
}

function quotation(statement) {
  const edge = edgeOf(statement);
  const block = make("blockquote", {}, ...statement.passages.map(passageText), sourceLine(statement));
  if (statement.passages.length && canRead(documentOf(statement))) {
    const label = `Read in the text: ${titleOf(documentOf(statement))}`;
    block.append(make("a", { className: "read", href: link({ statement: statement.key }), "aria-label": label }, "Read in the text"));
  }
  if (statement.key === state.statement) block.setAttribute("aria-current", "true");
  block.style.setProperty("--tone", tone(style.groups[edge.group]));
  return block;
}

/** The first statements of a line; the others on demand. */
function quotations(edge, first) {
  const items = statementsOf(edge).filter((each) => each.passages.length);
  const early = items.slice(0, first).map(quotation);
  if (items.length <= first) return early;
  const rest = items.slice(first);
  const box = make("details", { className: "more" }, make("summary", {}, count(rest.length, "more quote", "more quotes")));
  box.ontoggle = () => box.children.length === 1 && box.append(...growing(make("div"), rest, quotation));
  return [...early, box];
}

/** One line of a node's panel: what it does to whom, or who does it, with a quote. */
function entry(edge, id) {
  const other = otherEnd(edge, id);
  const outgoing = edge.from === id || edge.arrows === "";
  const role = edge.role ? words(` (${edge.role})`) : null;
  const says = outgoing
    ? make("span", {}, `${edge.verb} `, nodeLink(other), role)
    : make("span", {}, nodeLink(other), ` ${edge.verb} it`, role);
  const number = statementsOf(edge).length;
  const times = edgeLink(edge, number ? count(number, "statement", "statements") : "details");
  times.className = "times";
  times.setAttribute("aria-label", `${times.textContent}: ${sentence(edge)}`);
  return make("li", { className: "entry" }, make("div", { className: "says" }, says, times), ...quotations(edge, 1));
}
