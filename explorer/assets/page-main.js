// Puts the page together: what is chosen (kept in the page's address), legend and filters, buttons, start.
"use strict";

/** Choose a node or an edge, or with {} nothing; the address follows, so that a link leads back here. */
function choose({ node = null, edge = null }) {
  const wanted = node ? `#node=${encodeURIComponent(node)}` : edge ? `#edge=${encodeURIComponent(edge)}` : "#";
  if (wanted === (location.hash || "#")) apply();
  else location.hash = wanted;
}

function fromAddress() {
  const found = /^#(node|edge)=(.*)$/.exec(location.hash);
  if (!found) return { node: null, edge: null };
  let id = found[2];
  try {
    id = decodeURIComponent(id);
  } catch {
    id = "";
  }
  if (found[1] === "node" && nodeById.has(id)) return { node: id, edge: null };
  if (found[1] === "edge" && edgeById.has(id)) return { node: null, edge: id };
  return { node: null, edge: null };
}

function apply() {
  chosen = fromAddress();
  if (chosen.node) bringIn(chosen.node);
  if (chosen.edge) for (const end of ["from", "to"]) shown.add(edgeById.get(chosen.edge)[end]);
  redraw();
  network.unselectAll();
  const reading = panel.contains(document.activeElement) || document.activeElement === searchBox;
  const inPanel = panel.contains(document.activeElement);
  showPanel();
  panel.scrollTop = 0;
  if (reading) panel.querySelector("h2").focus({ preventScroll: true });
  if (inPanel && narrow.matches) panel.scrollIntoView();
  if (chosen.node) bringToSight(chosen.node);
}

function showPanel() {
  if (chosen.node) showNode(nodeById.get(chosen.node));
  else if (chosen.edge) showEdge(edgeById.get(chosen.edge));
  else showSummary();
}

function toggle(set, key, button) {
  if (set.has(key)) set.delete(key);
  else set.add(key);
  button.setAttribute("aria-pressed", String(!set.has(key)));
  redraw();
  showPanel();
}

function chip(mark, text, number, set, key) {
  const button = make("button", { type: "button", className: "chip", "aria-pressed": String(!set.has(key)), title: `Show or hide: ${text}` }, mark, make("span", {}, text), make("span", { className: "number" }, String(number)));
  button.onclick = () => toggle(set, key, button);
  return button;
}

function buildLegend() {
  const typeBox = document.getElementById("types");
  const groupBox = document.getElementById("groups");
  typeBox.querySelectorAll(".chip").forEach((each) => each.remove());
  groupBox.querySelectorAll(".chip").forEach((each) => each.remove());
  const kinds = [...new Set([...Object.keys(style.types), ...nodes.map((node) => node.kind)])];
  for (const kind of kinds) {
    const number = nodes.filter((node) => node.kind === kind).length;
    const look = style.types[kind] || { ...style.types.Other, plural: kind };
    if (number) typeBox.append(chip(sign(look), number === 1 ? look.label : look.plural, number, filters.types, kind));
  }
  for (const [name, group] of Object.entries(style.groups)) {
    const number = edges.filter((edge) => edge.group === name).length;
    if (number) groupBox.append(chip(stroke(group, name), group.label, number, filters.groups, name));
  }
}

function wire() {
  const button = (id, action) => document.getElementById(id).addEventListener("click", action);
  const zoom = (factor) => network.moveTo({ scale: network.getScale() * factor });
  button("zoom-in", () => zoom(1.3));
  button("zoom-out", () => zoom(1 / 1.3));
  button("fit", () => fit(true));
  button("move", ({ currentTarget }) => {
    const on = currentTarget.getAttribute("aria-pressed") !== "true";
    currentTarget.setAttribute("aria-pressed", String(on));
    network.setOptions({ physics: { enabled: on } });
  });
  button("picture", savePicture);
  const slider = document.getElementById("confidence");
  slider.addEventListener("input", () => {
    filters.confidence = Number(slider.value);
    document.getElementById("confidence-value").textContent = filters.confidence.toFixed(2);
    redraw();
    showPanel();
  });
  network.on("click", ({ nodes: [node], edges: [edge], pointer }) => {
    const label = node ? null : labelAt(pointer.DOM);
    choose(node ? { node } : label ? { node: label } : edge ? { edge } : {});
  });
  network.on("hoverNode", () => (canvas.style.cursor = "pointer"));
  network.on("hoverEdge", () => (canvas.style.cursor = "pointer"));
  network.on("blurNode", () => (canvas.style.cursor = ""));
  network.on("blurEdge", () => (canvas.style.cursor = ""));
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") choose({});
    if (event.key === "/" && document.activeElement !== searchBox) {
      event.preventDefault();
      searchBox.focus();
    }
  });
  addEventListener("hashchange", apply);
  dark.addEventListener("change", () => {
    buildLegend();
    redraw();
    showPanel();
  });
}

function savePicture() {
  const drawn = canvas.querySelector("canvas");
  const copy = make("canvas", { width: drawn.width, height: drawn.height });
  const context = copy.getContext("2d");
  context.fillStyle = cssColour("--ground");
  context.fillRect(0, 0, copy.width, copy.height);
  context.drawImage(drawn, 0, 0);
  copy.toBlob((blob) => {
    const url = URL.createObjectURL(blob);
    make("a", { href: url, download: "network.png" }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  });
}

function start() {
  if (narrow.matches) document.getElementById("legend").open = false;
  buildLegend();
  wire();
  fit();
  apply();
  document.documentElement.dataset.ready = `${nodes.length} nodes, ${edges.length} edges`;
}

start();
