// The search box: completes labels and other names, by keyboard or pointer (ARIA combobox with a list).
"use strict";

const searchBox = document.getElementById("search");
const matchList = document.getElementById("matches");
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const searchable = nodes.map((node) => ({ node, names: [node.name, ...node.aliases].map((name) => [name, folded(name)]) }));
let current = -1;
let found = [];

function quality(name, sought) {
  if (name === sought) return 0;
  if (name.startsWith(sought)) return 1;
  if (name.includes(` ${sought}`) || name.includes(`-${sought}`)) return 2;
  return name.includes(sought) ? 3 : 9;
}

function matchesFor(text) {
  const sought = folded(text.trim());
  if (!sought) return [];
  const scored = searchable.map(({ node, names }) => {
    const each = names.map(([name, plain]) => ({ name, score: quality(plain, sought) }));
    return { node, ...each.reduce((best, next) => (next.score < best.score ? next : best)) };
  });
  return scored.filter((each) => each.score < 9).sort((a, b) => a.score - b.score || b.node.importance - a.node.importance).slice(0, 12);
}

function listMatches() {
  found = matchesFor(searchBox.value);
  current = found.length ? 0 : -1;
  const open = searchBox.value.trim() !== "";
  matchList.replaceChildren(...found.map(({ node, name }, number) =>
    make("li", { role: "option", id: `match-${number}`, onpointerdown: (event) => { event.preventDefault(); take(number); } },
      sign(kindOf(node)), make("span", {}, node.name, name === node.name ? "" : ` (${name})`), make("span", { className: "kind" }, kindOf(node).label))));
  if (open && !found.length) matchList.append(make("li", { className: "none", role: "option", "aria-disabled": "true" }, "Nothing here has this name"));
  matchList.hidden = !open;
  searchBox.setAttribute("aria-expanded", String(open));
  mark();
}

function mark() {
  [...matchList.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === current)));
  if (current >= 0) {
    searchBox.setAttribute("aria-activedescendant", `match-${current}`);
    matchList.children[current].scrollIntoView({ block: "nearest" });
  } else searchBox.removeAttribute("aria-activedescendant");
}

function closeMatches() {
  matchList.hidden = true;
  searchBox.setAttribute("aria-expanded", "false");
  searchBox.removeAttribute("aria-activedescendant");
}

function take(number) {
  if (!found[number]) return;
  const { node } = found[number];
  searchBox.value = "";
  closeMatches();
  choose({ node: node.id });
}

searchBox.addEventListener("input", listMatches);
searchBox.addEventListener("focus", () => searchBox.value && listMatches());
searchBox.addEventListener("blur", closeMatches);
searchBox.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && found.length) {
    current = (current + step + found.length) % found.length;
    mark();
    event.preventDefault();
  } else if (event.key === "Enter") take(current);
  else if (event.key === "Escape") {
    searchBox.value = "";
    closeMatches();
    event.stopPropagation();
  }
});
