// An answer: which views it has, what can be downloaded, and what to say where there is none.
"use strict";

const ROWS = "application/sparql-results+json";
const TRIPLES = "application/n-triples";
const DOWNLOADS = {
  rows: { CSV: ["text/csv", "csv"], TSV: ["text/tab-separated-values", "tsv"], JSON: [ROWS, "json"], XML: ["application/sparql-results+xml", "xml"] },
  triples: { Turtle: ["text/turtle", "ttl"], "N-Triples": [TRIPLES, "nt"], "JSON-LD": ["application/ld+json", "jsonld"], "RDF/XML": ["application/rdf+xml", "rdf"] },
};
const TROUBLES = {
  0: "The server cannot be reached",
  400: "The query does not parse",
  404: "Nothing there",
  413: "The query is too long",
  500: "The query cannot be answered",
  501: "Not allowed on this server",
  503: "The server is busy",
  504: "Over the time limit",
  507: "Over a limit of the server",
};

const ask = (text, accept, signal) =>
  fetched("/sparql", { method: "POST", headers: { "Content-Type": "application/sparql-query", Accept: accept }, body: text, signal });

async function answerTo(text, signal) {
  const response = await ask(text, `${ROWS}, ${TRIPLES};q=0.9`, signal);
  const raw = await response.text();
  const media = (response.headers.get("content-type") || "").split(";")[0];
  if (media === TRIPLES) return { form: "triples", columns: ["subject", "predicate", "object"], rows: parseTriples(raw), raw };
  const found = JSON.parse(raw);
  if ("boolean" in found) return { form: "truth", truth: found.boolean, rows: [], raw };
  return { form: "rows", columns: found.head.vars, rows: found.results.bindings, raw };
}

const viewsOf = (answer) => ({ rows: ["Table", "Raw"], triples: ["Network", "Table", "Raw"], truth: ["Answer", "Raw"] })[answer.form];

function showAnswer(answer, text, view, columns, viewChanged) {
  const views = viewsOf(answer);
  const wanted = views.find((name) => name.toLowerCase() === view) || views[0];
  document.getElementById("results").hidden = false;
  document.getElementById("results-count").textContent = countOf(answer);
  const buttons = views.map((name) => make("button", { type: "button", "aria-pressed": name === wanted, onclick: () => select(name) }, name));
  document.getElementById("views").replaceChildren(...buttons);
  const formats = Object.entries(DOWNLOADS[answer.form === "triples" ? "triples" : "rows"]).filter(([, [media]]) => answer.form !== "truth" || !/csv|tab/.test(media));
  document.getElementById("downloads").replaceChildren(...formats.map(([name, [media, suffix]]) => make("button", { type: "button", title: `Download as ${name}`, onclick: () => download(text, media, suffix) }, `↓ ${name}`)));
  const place = document.getElementById("view");
  const select = (name) => {
    buttons.forEach((button) => button.setAttribute("aria-pressed", String(button.textContent === name)));
    viewChanged(name.toLowerCase());
    draw(place, name, answer, columns);
  };
  draw(place, wanted, answer, columns);
}

function draw(place, name, answer, columns) {
  if (name === "Answer") place.replaceChildren(make("p", { class: "truth" }, answer.truth ? "Yes" : "No"));
  else if (name === "Raw") place.replaceChildren(make("pre", { class: "raw", tabindex: "0", "aria-label": "Raw answer" }, answer.raw.slice(0, 1_000_000)));
  else if (!answer.rows.length) place.replaceChildren(make("p", { class: "soft" }, "The answer is empty: nothing in the graph fits."));
  else if (name === "Network") showNetwork(place, answer.rows);
  else showTable(place, columns || answer.columns, answer.rows);
}

function countOf(answer) {
  if (answer.form === "truth") return "";
  const number = answer.rows.length;
  const thing = answer.form === "rows" ? "row" : "triple";
  return `${number.toLocaleString("en")} ${thing}${number === 1 ? "" : "s"}`;
}

async function download(text, media, suffix) {
  try {
    const content = await (await ask(text, media)).blob();
    const link = make("a", { href: URL.createObjectURL(content), download: `answer.${suffix}` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  } catch (error) {
    showError(error);
  }
}

function showError(error) {
  const place = document.getElementById("error");
  const title = TROUBLES[error.status || 0] || `Error ${error.status}`;
  const said = error.status ? readable(error.message) : "it may have been stopped; try again";
  place.replaceChildren(make("strong", {}, error.title || title), make("span", {}, said));
  place.hidden = false;
}

// The engine lists every character that could have come next; what a person can use is where, and which words.
function readable(message) {
  const found = /^SPARQL that does not parse: error at (\d+):(\d+): expected (?:one of )?(.*)/s.exec(message);
  if (!found) return message;
  const words = found[3].split(", ").filter((word) => !/[[\]|\\]/.test(word));
  const shown = words.slice(0, 12).join(", ") + (words.length > 12 ? " …" : "");
  return `Line ${found[1]}, column ${found[2]}` + (shown ? `: expected ${shown}` : ": not expected here");
}
