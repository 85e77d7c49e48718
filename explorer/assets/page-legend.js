// The legend, which is a filter too: kinds of nodes and of lines, voices, sources, and how sure a statement must be.
"use strict";

function chip(mark, text, number, field, key, hint) {
  const button = make("button", { type: "button", className: "chip", title: hint }, mark, words(text), make("span", { className: "number" }, digits(number)));
  button.dataset.field = field;
  button.dataset.key = key;
  button.onclick = () => go({ [field]: toggled(state[field], key) }, { quietly: true });
  return button;
}

/** Fill a group of chips; where they are many, the most frequent first and the others on demand. */
function refill(id, items, each) {
  const box = byId(id);
  box.querySelectorAll(".chips").forEach((old) => old.remove());
  const chips = make("div", { className: "chips" });
  const [, more] = growing(chips, items, each, 12, showLegend);
  if (more) chips.append(more);
  box.append(chips);
  box.hidden = items.length === 0;
}

function tallied(values) {
  const found = new Map();
  for (const value of values) found.set(value, (found.get(value) || 0) + 1);
  return found;
}

function buildLegend() {
  const kinds = tallied(nodes.map((node) => node.kind));
  const known = [...Object.keys(style.types), ...kinds.keys()];
  refill("types", [...new Set(known)].filter((kind) => kinds.has(kind)), (kind) => {
    const look = style.types[kind] || { ...style.types.Other, label: kind, plural: kind };
    const number = kinds.get(kind);
    return chip(sign(look), number === 1 ? look.label : look.plural, number, "hide", kind, `Show or hide: ${look.plural}`);
  });
  const groups = tallied(edges.map((edge) => edge.group));
  refill("groups", Object.entries(style.groups).filter(([name]) => groups.has(name)), ([name, group]) =>
    chip(stroke(group, name), group.label, groups.get(name), "lines", name, `${group.label}: ${group.hint}`));
  const voices = tallied(statements.map((each) => each.voice).filter(Boolean));
  const order = [...new Set([...Object.keys(style.voices), ...voices.keys()])].filter((voice) => voices.has(voice));
  refill("voices", order, (voice) => chip(null, style.voices[voice] || voice, voices.get(voice), "voices", voice, "Whose voice the statement is in"));
  const sources = [...tallied(statements.map(sourceOf))].sort((a, b) => b[1] - a[1] || alphabetical(a[0], b[0]));
  refill("sources", sources.length > 1 ? sources : [], ([source, number]) => chip(null, source, number, "sources", source, "Statements of this source"));
}

/** Press the chips and set the sliders as the view says. */
function showLegend() {
  for (const button of document.querySelectorAll(".chip")) {
    button.setAttribute("aria-pressed", String(!state[button.dataset.field].includes(button.dataset.key)));
  }
  byId("confidence").value = state.least;
  byId("confidence-value").textContent = state.least.toFixed(2);
  byId("dots").setAttribute("aria-pressed", String(state.dots));
  byId("reset").hidden = FILTERS.every((name) => JSON.stringify(state[name]) === JSON.stringify(STATE[name]));
}

const FILTERS = ["hide", "lines", "issue", "voices", "sources", "least", "from", "to"];

function wireLegend() {
  const slider = byId("confidence");
  slider.addEventListener("input", () => go({ least: Number(slider.value) }, { quietly: true }));
  byId("reset").onclick = () => go(Object.fromEntries(FILTERS.map((name) => [name, STATE[name]])));
  byId("dots").onclick = () => go({ dots: !state.dots });
}
