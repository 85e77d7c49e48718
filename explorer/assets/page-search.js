// Finds nodes by their names and other names, and completes them in a box (ARIA combobox with a list).
"use strict";

const LETTERS = { ß: "ss", ø: "o", ł: "l", đ: "d", æ: "ae", œ: "oe", ı: "i", þ: "th", ð: "d" };
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[ßøłđæœıþð]/g, (letter) => LETTERS[letter]).replace(/[.'’]/g, "");
let searchable = null; // of each node: its names, and these as they are compared

function makeSearchable() {
  searchable = nodes.map((node) => ({ node, names: [node.name, ...node.aliases].map((name) => [name, folded(name)]) }));
}

function quality(name, sought) {
  const place = name.indexOf(sought);
  if (place < 0) return 9;
  if (place === 0) return name.length === sought.length ? 0 : 1;
  return name.includes(` ${sought}`) || name.includes(`-${sought}`) ? 2 : 3;
}

/** The best matches: whole names first, then beginnings, then words, then any part; the important before the others. */
function matchesFor(text, keep) {
  const sought = folded(text.trim());
  if (!sought) return [];
  if (!searchable) makeSearchable();
  const found = [];
  for (const { node, names } of searchable) {
    if (!keep(node)) continue;
    let best = null;
    for (const [name, plain] of names) {
      const score = quality(plain, sought);
      if (score < 9 && (!best || score < best.score)) best = { node, name, score };
    }
    if (best) found.push(best);
  }
  return found.sort((a, b) => a.score - b.score || b.node.importance - a.node.importance || byName(a.node, b.node)).slice(0, 12);
}

/** Make a text box and a list below it complete names; `take` gets the chosen node, `cleared` says that the box was emptied. */
function complete(box, list, { keep = () => true, take, cleared = () => {}, emptied = true }) {
  let found = [];
  let current = -1;

  const pick = (number) => {
    if (!found[number]) return;
    const { node } = found[number];
    box.value = emptied ? "" : node.name;
    close();
    take(node);
  };
  const option = ({ node, name }, number) => make("li", { role: "option", id: `${list.id}-${number}`, onpointerdown: (event) => { event.preventDefault(); pick(number); } },
    sign(kindOf(node)), make("span", {}, words(node.name), name === node.name ? "" : words(` (${name})`)), make("span", { className: "kind" }, kindOf(node).label));
  const mark = () => {
    [...list.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === current)));
    if (current < 0) return box.removeAttribute("aria-activedescendant");
    box.setAttribute("aria-activedescendant", `${list.id}-${current}`);
    return list.children[current].scrollIntoView({ block: "nearest" });
  };
  const open = () => {
    found = matchesFor(box.value, keep);
    current = found.length ? 0 : -1;
    const asked = box.value.trim() !== "";
    list.replaceChildren(...found.map(option));
    if (asked && !found.length) list.append(make("li", { className: "none", role: "option", "aria-disabled": "true" }, "Nothing here has this name"));
    list.hidden = !asked;
    box.setAttribute("aria-expanded", String(asked));
    mark();
    if (!asked) cleared();
  };
  const close = () => {
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };
  box.addEventListener("input", open);
  box.addEventListener("focus", () => emptied && box.value && open());
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length && !list.hidden) {
      current = (current + step + found.length) % found.length;
      mark();
      event.preventDefault();
    } else if (event.key === "Enter" && !list.hidden) pick(current);
    else if (event.key === "Escape" && !list.hidden) {
      if (emptied) box.value = "";
      close();
      event.stopPropagation();
    }
  });
}
