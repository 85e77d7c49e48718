// An answer as a table: sorted by a click on a column, resources as links under their names.
"use strict";

const STEP = 500; // rows that are drawn at a time
const MOST_NAMES = 400; // resources that are looked up by name
const NAMES = `PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT ?iri (SAMPLE(?found) AS ?name) WHERE { VALUES ?iri { %s } ?iri skos:prefLabel|dcterms:title ?found
  FILTER(LANG(?found) IN ("", "en")) } GROUP BY ?iri`;
const names = new Map();

const textOf = (cell) => (cell ? cell.value : "");
const isNumber = (cell) => !cell || (cell.type === "literal" && cell.value.trim() !== "" && Number.isFinite(Number(cell.value)));

function showTable(place, columns, rows) {
  let sorted = { column: null, down: false };
  let order = rows;
  let drawn = STEP;
  const body = make("tbody");
  const more = make("button", { type: "button", onclick: () => draw((drawn += STEP)) });
  const heads = columns.map((column) => {
    const button = make("button", { type: "button", onclick: () => sort(column) }, column.replaceAll("_", " "));
    return make("th", { scope: "col" }, button);
  });
  const table = make("table", { class: "answer" }, make("thead", {}, make("tr", {}, ...heads)), body);
  place.replaceChildren(make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Answer as a table" }, table), more);

  function sort(column) {
    sorted = { column, down: sorted.column === column && !sorted.down };
    const numbers = rows.every((row) => isNumber(row[column]));
    const compare = numbers
      ? (one, other) => Number(textOf(one[column])) - Number(textOf(other[column]))
      : (one, other) => shownOf(one[column]).localeCompare(shownOf(other[column]));
    order = [...rows].sort(compare);
    if (sorted.down) order.reverse();
    heads.forEach((head, place) => {
      const direction = columns[place] === column ? (sorted.down ? "descending" : "ascending") : null;
      if (direction) head.setAttribute("aria-sort", direction);
      else head.removeAttribute("aria-sort");
    });
    draw();
  }

  function draw() {
    const part = order.slice(0, drawn);
    body.replaceChildren(...part.map((row) => make("tr", {}, ...columns.map((column) => cellOf(row[column])))));
    more.hidden = drawn >= order.length;
    more.textContent = `Show ${Math.min(STEP, order.length - drawn).toLocaleString("en")} more of ${order.length.toLocaleString("en")} rows`;
    nameLinks(body);
  }
  draw();
}

const shownOf = (cell) => (cell && cell.type === "uri" ? names.get(cell.value) || shortOf(cell.value) : textOf(cell));
const shortOf = (iri) => iri.replace(/[/#]+$/, "").split(/[/#]/).pop() || iri;

function cellOf(cell) {
  if (!cell) return make("td", {});
  if (cell.type === "uri") return make("td", { dir: "auto" }, linkTo(cell.value));
  const look = isNumber(cell) ? "count" : cell.value.length <= 32 ? "short" : "long";
  return make("td", { dir: "auto", class: look, lang: cell["xml:lang"] || false, title: cell.datatype || false }, cell.value);
}

function linkTo(iri) {
  return make("a", { href: pathOf(iri), title: iri, "data-iri": iri }, names.get(iri) || shortOf(iri));
}

// Asks the server for the names of resources that are not known yet.
async function lookUp(iris) {
  const unknown = [...new Set(iris)].filter((iri) => !names.has(iri) && !/[<>"{}|^`\\\s]/.test(iri)).slice(0, MOST_NAMES);
  if (!unknown.length) return;
  const text = NAMES.replace("%s", () => unknown.map((iri) => `<${iri}>`).join(" "));
  const found = await ask(text, ROWS).then((response) => response.json(), () => null);
  for (const row of found?.results.bindings || []) names.set(row.iri.value, row.name.value);
}

async function nameLinks(place) {
  const links = [...place.querySelectorAll("a[data-iri]")];
  await lookUp(links.map((link) => link.dataset.iri));
  for (const link of links) if (names.has(link.dataset.iri)) link.textContent = names.get(link.dataset.iri);
}
