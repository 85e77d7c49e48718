// The panel to start with: what the network holds, its most discussed issues and most outspoken actors.
"use strict";

/** A list of nodes with a bar: how many statements of each side concern the node. */
function ranking(list) {
  const most = Math.max(1, ...list.map((each) => each.total));
  return make("ul", { className: "plain rank" }, ...list.map(({ node, sides, total }) => {
    const text = Object.entries(sides).map(([side, number]) => `${style.groups[side].label} ${number}`).join(", ");
    const bar = make("div", { className: "bar", role: "img", "aria-label": text, title: text });
    for (const [side, number] of Object.entries(sides)) {
      const part = make("span");
      part.style.setProperty("--tone", tone(style.groups[side]));
      part.style.width = `${(100 * number) / most}%`;
      bar.append(part);
    }
    return make("li", {}, make("div", { className: "who" }, sign(kindOf(node)), nodeLink(node)), total ? bar : make("span"));
  }));
}

/** How many statements that pass the filters take each side, of a node. */
function tally(node) {
  const sides = {};
  let total = 0;
  for (const edge of edgesOf.get(node.id)) {
    if (!isStance(edge) || !passes(edge)) continue;
    const number = edge.statements.length ? numbers[edgePlace.get(edge.id)] : 1;
    sides[edge.group] = (sides[edge.group] || 0) + number;
    total += number;
  }
  return { node, sides: Object.fromEntries(Object.keys(style.groups).filter((name) => sides[name]).map((name) => [name, sides[name]])), total };
}

const leading = (keep) => nodes.filter(keep).map(tally).filter((each) => each.total).sort((a, b) => b.total - a.total || byName(a.node, b.node)).slice(0, 7);

function figure(number, one, many) {
  return make("div", {}, make("b", {}, digits(number)), make("span", {}, number === 1 ? one : many));
}

function period() {
  if (!times) return "";
  const [first, last] = [binDate(0), binDate(times.numbers.length - 1)].map((date) => date.slice(0, 4));
  return first === last ? first : `${first}–${last}`;
}

function largeNote() {
  if (!isLarge) return [];
  const button = pressable(`Show all ${digits(nodes.length)} nodes`, state.all, () => go({ all: !state.all }), { id: "all" });
  return [make("p", {}, `This network is large. The drawing opens on its ${facts.selection} most important nodes; the search box finds all others, with their neighbours.`), make("div", { className: "actions" }, button)];
}

/** What to do where the address asks for something that a server has but this page does not. */
function elsewhereNote() {
  const key = decoded((/[#&]node=([^&]*)/.exec(location.hash) || [])[1] || "");
  const other = (facts.others || []).find(({ id }) => id === key || id === BASE + key);
  return other ? [make("p", { id: "elsewhere" }, words(other.name), " is not among what is drawn here: ", make("a", { className: "link", href: pageOf(other.id) }, "its page"))] : [];
}

function showSummary() {
  const list = make("dl", { className: "facts" });
  const add = (name, value) => list.append(make("dt", {}, name), make("dd", { dir: "auto" }, value));
  if (period()) add("Period", period());
  for (const [name, value] of Object.entries(facts.details)) add(name, value);
  const issues = leading((node) => node.kind === "Issue");
  const actors = leading(isActor);
  const of = (keep) => nodes.filter(keep).length;
  const own = statements.filter((each) => edgeOf(each).group !== "document").length;
  panel.replaceChildren(
    make("h2", { tabIndex: -1 }, "Who says what, and where"),
    make("div", { className: "figures" }, figure(of(isActor), "actor", "actors"), figure(of((node) => node.kind === "Issue"), "issue", "issues"), figure(of((node) => node.kind === "Event"), "event", "events"), figure(own, "statement", "statements")),
    ...elsewhereNote(),
    list,
    ...largeNote(),
    make("p", {}, "A thick line is a position that an actor takes on an issue; a thin line is a relation or a part in an event. The wider the line, the more statements. Choose a node or a line to read them, each with its quote."),
    ...(issues.length ? [heading("Most discussed issues"), ranking(issues)] : []),
    ...(actors.length ? [heading("Most outspoken actors"), ranking(actors)] : []),
    make("details", { className: "more" }, make("summary", {}, "By keyboard"), make("p", {}, byId("keys").textContent)),
  );
}
