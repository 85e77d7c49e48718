// Puts the page together: turns to a view, shows it, and wires tabs, buttons, pointer and keys.
"use strict";

const SHOWN = { timeline: showTimeline, table: showTable, compare: showCompare, network: () => {} };

/** Show a view, as the reader or the address asks for it. */
function turnTo(next) {
  const before = state;
  state = next;
  bringAll();
  showTabs();
  redraw();
  showLegend();
  showTree();
  showTime();
  showPins();
  const picked = (view) => JSON.stringify([...SELECTIONS, "statement"].map((name) => view[name]));
  const moved = picked(before) !== picked(state);
  const focused = document.activeElement;
  const inPanel = panel.contains(focused) || focused === searchBox || (moved && reader.contains(focused));
  const kept = panel.scrollTop;
  const held = focused?.id;
  showPanel();
  showReader();
  panel.scrollTop = moved ? 0 : kept;
  if (inPanel && !moved && held) byId(held)?.focus({ preventScroll: true });
  else if (inPanel && moved) settle();
  if (state.node && moved) bringToSight(state.node);
  if (state.steps !== before.steps && state.steps) fit(true);
  SHOWN[state.view]();
}

/** Put the focus where the reader goes on: at the head of the text, or of the panel. */
function settle() {
  const place = reader.hidden ? panel : reader;
  place.querySelector("h2").focus({ preventScroll: true });
  if (narrow.matches) place.scrollIntoView();
}

function showTabs() {
  for (const tab of document.querySelectorAll("[role=tab]")) {
    const on = tab.id === `tab-${state.view}`;
    tab.setAttribute("aria-selected", String(on));
    tab.tabIndex = on ? 0 : -1;
    byId(tab.getAttribute("aria-controls")).hidden = !on;
  }
}

function showPins() {
  const pins = state.pins.map((id) => {
    const node = nodeById.get(id);
    const release = make("button", { type: "button", "aria-label": `Unpin ${node.name}`, title: "Unpin" }, "✕");
    release.onclick = () => go({ pins: toggled(state.pins, id) });
    return make("li", {}, sign(kindOf(node)), nodeLink(node), release);
  });
  byId("pins").replaceChildren(...pins);
  byId("pinned").hidden = pins.length === 0;
}

function wireTabs() {
  const tabs = [...document.querySelectorAll("[role=tab]")];
  const open = (tab) => go({ view: tab.id.replace("tab-", "") });
  for (const tab of tabs) tab.onclick = () => open(tab);
  tabs[0].parentElement.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = tabs[(tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length];
    open(next);
    next.focus();
    event.preventDefault();
  });
}

function wireDrawing() {
  network.on("afterDrawing", drawLabels);
  const button = (id, action) => byId(id).addEventListener("click", action);
  button("zoom-in", () => zoom(1.3));
  button("zoom-out", () => zoom(1 / 1.3));
  button("fit", () => fit(true));
  button("move", ({ currentTarget }) => {
    const on = currentTarget.getAttribute("aria-pressed") !== "true";
    currentTarget.setAttribute("aria-pressed", String(on));
    network.setOptions({ physics: { enabled: on } });
  });
  network.on("click", ({ nodes: [node], edges: [edge], pointer, event }) => {
    const statement = statementOfDot(node) || statementOfDot(String(edge).replace(/ \w+$/, ""));
    const id = statement ? null : node || labelAt(pointer.DOM);
    const adding = event.srcEvent?.ctrlKey || event.srcEvent?.metaKey || event.srcEvent?.shiftKey;
    if (id && adding) go({ pins: toggled(state.pins, id) });
    else if (id) go({ node: id });
    else if (statement) go({ edge: statement.edge, statement: canRead(documentOf(statement)) ? statement.key : null });
    else if (edge) go({ edge });
    else go(nothing);
  });
  for (const [name, pointer] of [["hoverNode", "pointer"], ["hoverEdge", "pointer"], ["blurNode", ""], ["blurEdge", ""]]) {
    network.on(name, () => (canvas.style.cursor = pointer));
  }
}

/** Escape goes one step back: out of the text, then out of what is chosen. */
function escape() {
  if (state.statement || state.read) go({ ...selection(), statement: null, read: null });
  else go(nothing);
}

function wirePage() {
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") escape();
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName);
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      searchBox.focus();
    }
  });
  addEventListener("popstate", () => turnTo(fromAddress(location.hash)));
  dark.addEventListener("change", () => {
    buildLegend();
    turnTo(state);
  });
  let resized = 0;
  addEventListener("resize", () => {
    clearTimeout(resized);
    resized = setTimeout(() => state.view === "timeline" && showTimeline(), 150);
  });
  complete(searchBox, byId("matches"), {
    take: (node) => go({ node: node.id, brought: isLarge && !node.first ? [...state.brought.filter((id) => id !== node.id), node.id].slice(-12) : state.brought }),
  });
}

const searchBox = byId("search");

function start() {
  if (narrow.matches) byId("legend").open = false;
  buildLegend();
  buildTime();
  wireLegend();
  wireTree();
  wireTime();
  wireTabs();
  wireDrawing();
  wireKeys();
  wireSaving();
  wireCompare();
  wirePage();
  turnTo(fromAddress(location.hash));
  document.documentElement.dataset.ready = `${nodes.length} nodes, ${edges.length} edges`;
  performance.mark("ready");
}

start();
