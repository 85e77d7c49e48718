// The named queries: a list to choose from, and a form for the values that one asks for.
"use strict";

const named = JSON.parse(document.getElementById("queries").textContent);
const SIDES = ["own", "favour", "oppose", "drop"];
const HINTS = {
  date: "a year, a month or a day, such as 2008-03",
  confidence: "0 to 1",
  integer: "a whole number",
  string: "a text",
};

function listQueries(chosen, choose) {
  const list = document.getElementById("named");
  const buttons = named.map((query) => {
    const name = make("span", { class: "name" }, query.title);
    const button = make("button", { type: "button", class: "question", "data-name": query.name, "aria-pressed": query.name === chosen, onclick: () => choose(query) }, name, make("span", { class: "purpose" }, query.purpose));
    return make("li", {}, button);
  });
  list.replaceChildren(...buttons);
  document.getElementById("named-filter").addEventListener("input", (event) => {
    const words = event.target.value.toLocaleLowerCase().split(/\s+/);
    let left = 0;
    named.forEach((query, place) => {
      const text = `${query.name} ${query.title} ${query.purpose}`.toLocaleLowerCase();
      buttons[place].hidden = !words.every((word) => text.includes(word));
      left += !buttons[place].hidden;
    });
    document.getElementById("named-none").hidden = left > 0;
  });
}

function markChosen(name) {
  for (const button of document.querySelectorAll("#named button")) {
    button.setAttribute("aria-pressed", String(button.dataset.name === name));
  }
}

function showForm(query, values, changed, submit) {
  const part = document.getElementById("form-part");
  part.hidden = !query;
  if (!query) return;
  document.getElementById("form-title").textContent = query.title;
  document.getElementById("form-purpose").textContent = query.purpose;
  const form = document.getElementById("form");
  form.replaceChildren(...query.parameters.map((parameter) => field(parameter, values[parameter.name] ?? "")));
  form.hidden = !query.parameters.length;
  form.oninput = changed;
  form.onsubmit = (event) => {
    event.preventDefault();
    submit();
  };
  // a form of several fields sends itself by Enter only with a button
  form.append(make("button", { type: "submit", class: "unseen", tabindex: "-1", "aria-hidden": "true" }, "Run"));
}

function formValues() {
  const fields = document.querySelectorAll("#form [name]");
  return Object.fromEntries([...fields].map((input) => [input.name, input.value.trim()]).filter(([, value]) => value));
}

function field(parameter, value) {
  const id = `field-${parameter.name}`;
  const words = parameter.name.replaceAll("_", " ");
  const label = make("label", { for: id }, words, parameter.default == null ? "" : make("span", { class: "soft" }, " (may be empty)"));
  return make("div", { class: "field" }, label, ...control(parameter, id, value));
}

function control(parameter, id, value) {
  const common = { id, name: parameter.name, required: parameter.default == null };
  if (parameter.type === "side") {
    const options = SIDES.map((side) => make("option", { value: side, selected: side === (value || parameter.default) }, side));
    return [make("select", common, ...options)];
  }
  const hint = parameter.kind ? `name or IRI` : HINTS[parameter.type] || "";
  const usual = parameter.default ? `${parameter.default}` : hint;
  const input = make("input", { ...common, type: "text", value, placeholder: usual, spellcheck: "false", autocomplete: "off", inputmode: /confidence|integer/.test(parameter.type) ? "decimal" : false });
  if (!parameter.kind) return [input];
  const list = make("datalist", { id: `${id}-names` });
  input.setAttribute("list", list.id);
  input.addEventListener("input", offering(parameter.kind, input, list));
  input.addEventListener("focus", offering(parameter.kind, input, list));
  return [input, list];
}

// Fills a field's list with what the server finds, a moment after the last key.
function offering(kind, input, list) {
  let waiting = 0;
  return () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const asked = new URLSearchParams({ kind, text: input.value.slice(0, 500) });
      const found = await fetched(`/names?${asked}`).then((response) => response.json(), () => []);
      list.replaceChildren(...found.map((thing) => make("option", { value: thing.name, label: thing.name === thing.label ? kind : thing.label })));
    }, 120);
  };
}
