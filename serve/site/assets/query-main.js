// The page at work: what is chosen, what runs, and what the address says.
"use strict";

const state = { query: null, isForm: false, view: "", running: null, isFilling: false };
const button = document.getElementById("run");
const stop = document.getElementById("stop");
const FIRST = `# Write SPARQL here, or choose a question.
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?thing ?name
WHERE { ?thing skos:prefLabel ?name }
LIMIT 20
`;

const start = readAddress();
state.view = start.view;
state.query = named.find((query) => query.name === start.name) || null;
state.isForm = state.query !== null;
const editor = sparqlEditor(document.getElementById("editor"), {
  text: state.query?.text || start.query || FIRST,
  label: "SPARQL query",
  complete: [completeTerms, completeNames],
  changed: edited,
  run,
});

listQueries(start.name, choose);
showForm(state.query, start.values, remember, run);
button.addEventListener("click", run);
stop.addEventListener("click", () => state.running?.abort());
addEventListener("hashchange", () => location.reload());
if (start.name && !state.query) showError({ status: 404, title: "No such question", message: `There is no named query ${start.name}.` });
if (start.query || (state.query && isComplete())) run();

function choose(query) {
  state.query = query;
  state.isForm = true;
  state.view = "";
  fill(query.text);
  markChosen(query.name);
  showForm(query, {}, remember, run);
  clear();
  remember();
  const first = document.querySelector("#form input, #form select");
  if (isComplete()) run();
  else first?.focus();
}

function fill(text) {
  state.isFilling = true;
  editor.replace(text);
  state.isFilling = false;
}

// A text that was changed by hand is no longer the question of the form.
function edited() {
  editor.calm();
  if (state.isFilling) return;
  if (state.isForm) {
    state.isForm = false;
    state.query = null;
    showForm(null);
    markChosen("");
  }
  remember();
}

function isComplete() {
  return [...document.querySelectorAll("#form [required]")].every((input) => input.value.trim());
}

function remember() {
  const asked = state.isForm ? { name: state.query.name, values: formValues() } : { query: editor.text() };
  writeAddress({ ...asked, view: state.view });
}

async function run() {
  if (state.isForm && !document.getElementById("form").reportValidity()) return;
  state.running?.abort();
  const running = (state.running = new AbortController());
  clear();
  remember();
  busy(true);
  const from = performance.now();
  try {
    const columns = state.isForm ? state.query.columns : null;
    const text = state.isForm ? await boundText(running.signal) : editor.text();
    if (state.isForm) fill(text);
    const answer = await answerTo(text, running.signal);
    document.getElementById("state").textContent = `Answered in ${((performance.now() - from) / 1000).toFixed(2)} s`;
    showAnswer(answer, text, state.view, columns, (view) => {
      state.view = view;
      remember();
    });
  } catch (error) {
    if (running === state.running) fail(error);
  } finally {
    if (running === state.running) busy(false);
  }
}

async function boundText(signal) {
  const asked = new URLSearchParams({ name: state.query.name, ...formValues() });
  const answer = await fetched(`/query/text?${asked}`, { signal }).catch((error) => {
    if (error.status === 400) error.title = "The form is not right yet";
    throw error;
  });
  return answer.text();
}

function fail(error) {
  if (error.name === "AbortError") {
    document.getElementById("state").textContent = "Stopped";
    return;
  }
  showError(error);
  const place = /error at (\d+):(\d+):/.exec(error.message);
  if (place) editor.complain(Number(place[1]), Number(place[2]), readable(error.message));
}

function busy(is) {
  stop.hidden = !is;
  if (is) document.getElementById("state").textContent = "Running…";
  else if (document.getElementById("state").textContent === "Running…") document.getElementById("state").textContent = "";
}

function clear() {
  editor.calm();
  document.getElementById("error").hidden = true;
  document.getElementById("results").hidden = true;
  document.getElementById("state").textContent = "";
}
