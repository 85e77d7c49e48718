// Saves what is shown: as a picture, as vectors, as tables, as RDF; or copies the link to this view.
"use strict";

function savePicture() {
  const drawn = canvas.querySelector("canvas");
  const copy = make("canvas", { width: drawn.width, height: drawn.height });
  const context = copy.getContext("2d");
  context.fillStyle = cssColour("--ground");
  context.fillRect(0, 0, copy.width, copy.height);
  context.drawImage(drawn, 0, 0);
  copy.toBlob((blob) => save("network.png", "image/png", blob));
}

const SAVES = {
  "save-png": savePicture,
  "save-svg": () => save("network.svg", "image/svg+xml", asSvg()),
  "save-lines": () => save("lines.csv", "text/csv", `\ufeff${asCsv("lines")}`),
  "save-nodes": () => save("nodes.csv", "text/csv", `\ufeff${asCsv("nodes")}`),
  "save-statements": () => save("statements.csv", "text/csv", `\ufeff${asCsv("statements")}`),
  "save-turtle": () => save("network.ttl", "text/turtle", asTurtle()),
  "copy-link": async () => announce((await copied(location.href)) ? "The link to this view is copied" : "Copy the link from the browser's address line"),
  print: () => window.print(),
};

/** The menu of all ways to save, closed again by a choice, Escape, or a click elsewhere. */
function wireSaving() {
  const menu = byId("save");
  const summary = menu.querySelector("summary");
  for (const [id, action] of Object.entries(SAVES)) {
    byId(id).onclick = () => {
      menu.open = false;
      summary.focus();
      action();
    };
  }
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    summary.focus();
    event.stopPropagation();
  });
  addEventListener("pointerdown", (event) => {
    if (menu.open && !menu.contains(event.target)) menu.open = false;
  });
}
