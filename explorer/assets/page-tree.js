// The tree of issues as a filter: an issue stands for all narrower ones (ARIA tree, moved through by arrow keys).
"use strict";

const tree = byId("tree");
const unfolded = new Set();

/** Statements on an issue or a narrower one, as the number beside it. */
function issueNumbers() {
  const own = tallied(statements.filter((each) => isStance(edgeOf(each))).map((each) => edgeOf(each).to));
  const found = new Map();
  const add = (issue) => {
    if (!found.has(issue.id)) {
      found.set(issue.id, 0);
      const below = (narrowerIssues.get(issue.id) || []).reduce((sum, each) => sum + add(each), 0);
      found.set(issue.id, (own.get(issue.id) || 0) + below);
    }
    return found.get(issue.id);
  };
  facts.issues.forEach(add);
  return found;
}

function branch(issue, totals, above) {
  const parts = (narrowerIssues.get(issue.id) || []).filter((each) => !above.has(each.id));
  const open = unfolded.has(issue.id);
  const item = make("li", { role: "treeitem", tabIndex: -1, "aria-selected": String(state.issue === issue.id) });
  item.dataset.issue = issue.id;
  if (parts.length) item.setAttribute("aria-expanded", String(open));
  const fold = make("span", { className: "fold", "aria-hidden": "true" }, parts.length ? (open ? "▾" : "▸") : "");
  item.append(make("span", { className: "row" }, fold, words(issue.name), make("span", { className: "number" }, digits(totals.get(issue.id)))));
  if (parts.length && open) item.append(make("ul", { role: "group" }, ...parts.map((each) => branch(each, totals, new Set([...above, issue.id])))));
  return item;
}

let issueTotals = null;
let treeShown = null; // the issue that is marked in the tree as it stands

function showTree() {
  byId("issues").hidden = facts.issues.length === 0;
  if (!facts.issues.length || (issueTotals && treeShown === state.issue)) return;
  for (let up = issueById.get(state.issue)?.broader; up && !unfolded.has(up); up = issueById.get(up)?.broader) unfolded.add(up);
  growTree();
}

function growTree() {
  treeShown = state.issue;
  issueTotals ||= issueNumbers();
  const held = tree.contains(document.activeElement) ? document.activeElement.dataset.issue : null;
  const top = facts.issues.filter((issue) => !issue.broader);
  tree.replaceChildren(...top.map((issue) => branch(issue, issueTotals, new Set())));
  const items = [...tree.querySelectorAll("[role=treeitem]")];
  const stop = items.find((item) => item.dataset.issue === held) || items.find((item) => item.dataset.issue === state.issue) || items[0];
  stop.tabIndex = 0;
  if (held) stop.focus();
  byId("issue-chosen").textContent = state.issue ? issueById.get(state.issue)?.name || "" : "all";
}

function fold(id, open) {
  if (open) unfolded.add(id);
  else unfolded.delete(id);
  growTree();
}

function treeKey(event) {
  const items = [...tree.querySelectorAll("[role=treeitem]")];
  const item = event.target.closest("[role=treeitem]");
  const id = item.dataset.issue;
  const reach = (next) => {
    if (!next) return;
    items.forEach((each) => (each.tabIndex = each === next ? 0 : -1));
    next.focus();
  };
  const open = item.getAttribute("aria-expanded");
  const place = items.indexOf(item);
  const actions = {
    ArrowDown: () => reach(items[place + 1]),
    ArrowUp: () => reach(items[place - 1]),
    Home: () => reach(items[0]),
    End: () => reach(items.at(-1)),
    ArrowRight: () => (open === "false" ? fold(id, true) : open === "true" && reach(items[place + 1])),
    ArrowLeft: () => (open === "true" ? fold(id, false) : reach(item.parentElement.closest("[role=treeitem]"))),
    Enter: () => pickIssue(id),
    " ": () => pickIssue(id),
  };
  if (!actions[event.key]) return;
  actions[event.key]();
  event.preventDefault();
}

const pickIssue = (id) => go({ issue: state.issue === id ? null : id });

function wireTree() {
  tree.addEventListener("keydown", treeKey);
  tree.addEventListener("click", (event) => {
    const item = event.target.closest("[role=treeitem]");
    if (!item) return;
    if (event.target.classList.contains("fold") && item.hasAttribute("aria-expanded")) fold(item.dataset.issue, item.getAttribute("aria-expanded") === "false");
    else pickIssue(item.dataset.issue);
  });
}
