// What is shown as a table, also for those who cannot see the drawing: lines, nodes or statements, sorted, to copy or save.
"use strict";

const ROWS_AT_ONCE = 200;
const firstDate = (items) => items.map(dateOf).filter(Boolean).sort()[0] || "";
const lastDate = (items) => items.map(dateOf).filter(Boolean).sort().at(-1) || "";
const nameOf = (id) => nodeById.get(id).name;

// A column: its name, the value by which it is sorted and copied, and perhaps how it is shown.
const COLUMNS = {
  lines: [
    ["From", (edge) => nameOf(edge.from), (edge) => nodeLink(nodeById.get(edge.from))],
    ["Relation", (edge) => edge.verb, (edge) => edgeLink(edge, edge.verb)],
    ["To", (edge) => nameOf(edge.to), (edge) => nodeLink(nodeById.get(edge.to))],
    ["Side", (edge) => style.groups[edge.group].label],
    ["Statements", (edge) => numbers[edgePlace.get(edge.id)]],
    ["First", (edge) => firstDate(statementsOf(edge))],
    ["Last", (edge) => lastDate(statementsOf(edge))],
    ["Confidence", (edge) => edge.confidence],
  ],
  nodes: [
    ["Name", (node) => node.name, (node) => nodeLink(node)],
    ["Kind", (node) => kindOf(node).label],
    ...["favour", "concern", "opposition", "neutral"].map((side) => [style.groups[side].label, (node) => tally(node).sides[side] || 0]),
    ["Lines", (node) => edgesOf.get(node.id).filter((edge) => edgeOn[edgePlace.get(edge.id)]).length],
    ["Date", (node) => node.date || ""],
    ["Also called", (node) => node.aliases.join("; ")],
    ["Identifier", (node) => node.iri],
  ],
  statements: [
    ["From", (each) => nameOf(edgeOf(each).from), (each) => nodeLink(nodeById.get(edgeOf(each).from))],
    ["Relation", (each) => edgeOf(each).verb, (each) => edgeLink(edgeOf(each), edgeOf(each).verb)],
    ["To", (each) => nameOf(edgeOf(each).to), (each) => nodeLink(nodeById.get(edgeOf(each).to))],
    ["Quote", (each) => each.passages.map((passage) => passage.quote).join(" […] ")],
    ["Document", (each) => titleOf(documentOf(each))],
    ["Date", dateOf],
    ["Voice", (each) => each.voice || ""],
    ["Confidence", (each) => each.confidence],
  ],
};
const ITEMS = { lines: visibleEdges, nodes: visibleNodes, statements: () => visibleEdges().flatMap(statementsOf) };
CODES.rows = [String, (name) => (name in COLUMNS ? name : null)];

/** What is shown, in the order that the view asks for: `sort` is a column's name, with a minus for downwards. */
function sortedItems(kind) {
  const items = ITEMS[kind]();
  const column = COLUMNS[kind].find(([name]) => name === state.sort.replace(/^-/, ""));
  if (!column) return items;
  const way = state.sort.startsWith("-") ? -1 : 1;
  const keyed = items.map((item) => [column[1](item), item]);
  keyed.sort(([a], [b]) => way * (typeof a === "number" ? a - b : alphabetical(a, b)));
  return keyed.map(([, item]) => item);
}

// Spreadsheets must not take a name or quote for a formula.
const plainCell = (value) => (typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value));
const csvCell = (text) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

function cells(kind) {
  const columns = COLUMNS[kind];
  return [columns.map(([name]) => name), ...sortedItems(kind).map((item) => columns.map(([, value]) => plainCell(value(item))))];
}

const asCsv = (kind) => cells(kind).map((row) => `${row.map(csvCell).join(",")}\r\n`).join("");
const asTsv = (kind) => cells(kind).map((row) => `${row.map((text) => text.replace(/\s+/g, " ")).join("\t")}\n`).join("");

async function copyTable() {
  const list = cells(state.rows);
  const done = await copied(asTsv(state.rows));
  announce(done ? `${count(list.length - 1, "row", "rows")} copied` : "The browser does not let this page copy; save the table as CSV instead");
}

/** Put a text on the clipboard, also where a page from disk may not use the newer way. */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const box = make("textarea", { value: text, className: "unseen" });
    document.body.append(box);
    const before = document.activeElement;
    box.select();
    const done = document.execCommand("copy");
    box.remove();
    before?.focus();
    return done;
  }
}

function headCell([name]) {
  const order = state.sort === name ? "ascending" : state.sort === `-${name}` ? "descending" : "none";
  const arrow = { ascending: " ↑", descending: " ↓", none: "" }[order];
  const button = make("button", { type: "button" }, name, make("span", { "aria-hidden": "true" }, arrow));
  button.onclick = () => {
    go({ sort: order === "ascending" ? `-${name}` : name }, { quietly: true });
    [...byId("table").querySelectorAll("th button")].find((each) => each.firstChild.data === name)?.focus();
  };
  return make("th", { scope: "col", "aria-sort": order }, button);
}

function bodyRow(kind) {
  return (item) => make("tr", {}, ...COLUMNS[kind].map(([, value, shown]) => {
    const text = value(item);
    return make("td", { className: typeof text === "number" ? "figure" : "", dir: typeof text === "number" ? "" : "auto" }, shown ? shown(item) : typeof text === "number" && !Number.isInteger(text) ? text.toFixed(2) : String(text));
  }));
}

function showTable() {
  const kind = state.rows;
  const items = sortedItems(kind);
  const choice = ["lines", "nodes", "statements"].map((name) =>
    pressable(name[0].toUpperCase() + name.slice(1), name === kind, () => go({ rows: name, sort: "" }), { id: `rows-${name}` }));
  const tools = make("div", { className: "actions" }, ...choice, make("span", { className: "space" }), pressable2("Copy for a spreadsheet", copyTable, "copy"), pressable2("Save as CSV", () => save(`${kind}.csv`, "text/csv", `\ufeff${asCsv(kind)}`), "csv"));
  const body = make("tbody");
  const caption = make("caption", {}, `What the network shows: ${count(items.length, kind.replace(/s$/, ""), kind)}`);
  const table = make("table", {}, caption, make("thead", {}, make("tr", {}, ...COLUMNS[kind].map(headCell))), body);
  const [, more] = growing(body, items, bodyRow(kind), ROWS_AT_ONCE);
  byId("table").replaceChildren(tools, make("div", { className: "scroll", tabIndex: 0, role: "region", "aria-label": "Table" }, table, ...(more ? [more] : [])));
}

const pressable2 = (text, action, id) => make("button", { type: "button", className: "quiet", id, onclick: action }, text);
