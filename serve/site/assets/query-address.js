// The state of the page in its address: a named query with its values, or a text, and how the answer is shown.
"use strict";

const BASE = "https://w3id.org/alliancegraph/";
const FOLDERS = /^(actor|coder|document|event|event-type|issue|membership|ontology|run|stance|voice)\/?/;

function readAddress() {
  const given = new URLSearchParams(location.hash.slice(1));
  const taken = new Set(["name", "query", "view"]);
  const values = Object.fromEntries([...given].filter(([key]) => !taken.has(key)));
  return { name: given.get("name") || "", query: given.get("query") || "", view: given.get("view") || "", values };
}

function writeAddress({ name, query, view, values }) {
  const given = new URLSearchParams();
  if (name) given.set("name", name);
  for (const [key, value] of Object.entries(values || {})) if (value !== "") given.set(key, value);
  if (!name && query) given.set("query", query);
  if (view) given.set("view", view);
  history.replaceState(null, "", `#${given}`);
}

// The path at which the server shows a resource, as `path_of` in serve/site/addresses.py has it.
function pathOf(iri) {
  const elsewhere = `/resource?iri=${encodeURIComponent(iri)}`;
  if (!iri.startsWith(BASE)) return elsewhere;
  const [place, ...parts] = iri.slice(BASE.length).split("#");
  const hashes = place.startsWith("document/") || place === "ontology";
  if (!FOLDERS.test(place) || parts.length > 1 || (parts.length && !hashes)) return elsewhere;
  const path = `/${[place, ...parts].join("/")}`;
  return /^[\w/-]+$/.test(path) ? path : elsewhere;
}

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key.startsWith("aria-")) element.setAttribute(key, value);
    else if (value !== false && value != null) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

async function fetched(path, options = {}) {
  const response = await fetch(path, options);
  if (response.ok) return response;
  const failure = new Error((await response.text()).trim() || response.statusText);
  failure.status = response.status;
  throw failure;
}
