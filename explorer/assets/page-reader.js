// The whole text of an article beside its evidence: the passage highlighted and in sight, the others markable.
"use strict";

const reader = byId("reader");
const fetched = new Map(); // texts that a server gave, by document

/** Where each of the given characters (Unicode code points) of a text is in the string that JavaScript has. */
function unitsOf(text, points) {
  if (!/[\ud800-\udbff]/.test(text)) return new Map(points.map((point) => [point, Math.min(point, text.length)]));
  const found = new Map();
  const sought = [...new Set(points)].sort((a, b) => a - b);
  let [unit, point, next] = [0, 0, 0];
  while (next < sought.length && unit <= text.length) {
    while (next < sought.length && sought[next] === point) found.set(sought[next++], unit);
    unit += text.codePointAt(unit) > 0xffff ? 2 : 1;
    point++;
  }
  return new Map(points.map((each) => [each, found.get(each) ?? text.length]));
}

/** The passages of a document to be marked: those of the chosen statement, and with `all` those of every other. */
function passagesOf(item, chosen, all) {
  const found = [];
  for (const each of statements) {
    const own = each.key === chosen;
    if (documentOf(each) !== item || (!own && !(all && passing[each.number]))) continue;
    for (const { start, end } of each.passages) if (start !== undefined) found.push({ start, end, statement: each, own });
  }
  return found;
}

/** The text in pieces, each with the passages that cover it. */
function marked(text, passages) {
  const units = unitsOf(text, passages.flatMap(({ start, end }) => [start, end]));
  const placed = passages.map((each) => ({ ...each, from: units.get(each.start), to: units.get(each.end) }));
  const cuts = [...new Set([0, text.length, ...placed.flatMap(({ from, to }) => [from, to])])].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((from, place) => piece(text.slice(from, cuts[place + 1]), placed.filter((each) => each.from <= from && each.to >= cuts[place + 1])));
}

function piece(text, covering) {
  if (!covering.length) return text;
  if (covering.some((each) => each.own)) return make("mark", { className: "own" }, text);
  const edge = edgeOf(covering[0].statement);
  const other = make("a", { className: "other", href: link({ statement: covering[0].statement.key, edge: edge.id }), title: sentence(edge) }, text);
  other.style.setProperty("--tone", tone(style.groups[edge.group]));
  return other;
}

async function textOf(item) {
  if ("text" in item) return item.text;
  if (!fetched.has(item.iri)) {
    const answer = await fetch(facts.live.text + encodeURIComponent(item.iri));
    if (!answer.ok) throw new Error(`the server answers ${answer.status}`);
    fetched.set(item.iri, await answer.text());
  }
  return fetched.get(item.iri);
}

function readerHead(item) {
  const about = [item.date, item.source].filter(Boolean).join(" · ");
  const close = make("a", { className: "close", href: link({ ...selection(), statement: null, read: null }), "aria-label": "Close the text", title: "Close (Esc)" }, "✕");
  const box = make("input", { type: "checkbox", id: "marks", checked: state.marks });
  box.onchange = () => go({ marks: box.checked }, { quietly: true });
  const address = /^https?:/.test(item.url || "") ? make("p", {}, external(item.url, "The article at its source")) : null;
  return make("header", {}, close, make("h2", { tabIndex: -1 }, words(titleOf(item))), make("p", { className: "soft" }, words(about)), address,
    make("label", { className: "check" }, box, "Mark all passages that statements rest on"));
}

const selection = () => Object.fromEntries(SELECTIONS.map((name) => [name, state[name]]));
const reading = () => (state.statement ? documentOf(statementByIri.get(state.statement)) : documents.find((item) => state.read && item.iri === state.read));

/** Open, renew or close the text beside; resolves when it is there. */
async function showReader() {
  const item = reading();
  document.body.classList.toggle("reading", Boolean(item));
  reader.hidden = !item;
  if (!item) return reader.replaceChildren();
  const body = make("div", { className: "text", dir: "auto", tabIndex: 0, role: "region", "aria-label": "Text" });
  reader.replaceChildren(readerHead(item), body);
  try {
    const text = await textOf(item);
    if (reading() !== item || !body.isConnected) return undefined;
    body.append(...marked(text, passagesOf(item, state.statement, state.marks)));
  } catch (error) {
    body.append(make("p", { className: "soft", role: "alert" }, `The text cannot be read: ${error.message}.`));
  }
  body.querySelector("mark.own")?.scrollIntoView({ block: "center" });
  return undefined;
}
