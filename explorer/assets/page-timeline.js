// The timeline: events above, and below a lane for each issue or actor with the positions of each month, by side.
"use strict";

const LANES = 14;
const LANE = 46;
const EVENT_ROWS = 8;
const SIDE_SHAPES = { favour: "dot", concern: "triangle", opposition: "square", neutral: "diamond", relation: "dot" };
const bundleKey = (lane, of, from, to, group) => [nodeKey(lane), of ? nodeKey(of) : "-", from, to, group].join(" ");

function readBundle(bundle) {
  const [lane, of, from, to, group] = bundle.split(" ");
  return { lane: nodeOf(lane || ""), of: of === "-" ? null : nodeOf(of || ""), from, to, group };
}

const isBundle = (bundle) => {
  const { lane, from, to, group } = readBundle(bundle);
  return Boolean(lane && span(from) && span(to) && Object.hasOwn(style.groups, group));
};
CODES.bundle = [String, (text) => (isBundle(text) ? text : null)];

function bundleStatements(bundle) {
  const { lane, of, from, to, group } = readBundle(bundle);
  const [start, end] = [span(from)[0], span(to)[1]];
  const own = edgesOf.get(lane).filter((edge) => edge.group === group && (!of || otherEnd(edge, lane).id === of));
  const items = own.flatMap(statementsOf).filter((each) => span(dateOf(each)) && span(dateOf(each))[0] >= start && span(dateOf(each))[0] <= end);
  return { items, name: nodeById.get(lane).name, when: from === to ? from : `${from} to ${to}`, side: style.groups[group].label };
}

/** The lanes: what the chosen node has to do with, or else the issues with most statements. */
function lanes(of) {
  const kept = of ? new Set(edgesOf.get(of).filter(isStance).map((edge) => otherEnd(edge, of).id)) : null;
  const found = new Map();
  for (const edge of visibleEdges().filter(isStance)) {
    const lane = of ? (edge.from === of || edge.to === of ? otherEnd(edge, of).id : null) : edge.to;
    if (!lane || (kept && !kept.has(lane))) continue;
    if (!found.has(lane)) found.set(lane, []);
    found.get(lane).push(...statementsOf(edge).filter((each) => span(dateOf(each))));
  }
  const list = [...found].filter(([, items]) => items.length).map(([id, items]) => ({ node: nodeById.get(id), items }));
  return list.sort((a, b) => b.items.length - a.items.length || byName(a.node, b.node));
}

/** The bins of the chosen time, several months to a column where they are many. */
function columns(width) {
  const last = times.numbers.length - 1;
  const [first, end] = [binOf(state.from, 0), binOf(state.to, last)];
  const step = Math.max(1, Math.ceil((end - first + 1) / Math.max(12, Math.floor(width / 18))));
  const list = [];
  for (let place = first; place <= end; place += step) list.push({ from: binDate(place), to: binDate(Math.min(place + step - 1, end)) });
  return { list, of: (date) => Math.floor((binOf(date, first) - first) / step), inside: (date) => binOf(date, 0) >= first && binOf(date, 0) <= end };
}

function bubble(lane, of, column, group, items, x, y) {
  const size = Math.min(4 + 2.2 * Math.sqrt(items.length), 13);
  const look = style.groups[group];
  const when = column.from === column.to ? column.from : `${column.from} to ${column.to}`;
  const text = `${lane.name}, ${when}: ${look.label}, ${count(items.length, "statement", "statements")}`;
  const only = items.length === 1 ? { edge: items[0].edge } : { bundle: bundleKey(lane.id, of, column.from, column.to, group) };
  const mark = draw("a", { href: link(only), class: "mark", "aria-label": text }, draw("title", {}, text), symbol({ shape: SIDE_SHAPES[group] }, x, y, size, tone(look), tone(look)));
  return mark;
}

function laneMarks({ node, items }, of, spread, left, step, y) {
  const cells = new Map();
  for (const each of items) {
    const key = `${spread.of(dateOf(each))} ${edgeOf(each).group}`;
    if (!cells.has(key)) cells.set(key, []);
    cells.get(key).push(each);
  }
  const order = Object.keys(style.groups);
  const sorted = [...cells].map(([key, list]) => [...key.split(" "), list]).sort((a, b) => a[0] - b[0] || order.indexOf(a[1]) - order.indexOf(b[1]));
  return sorted.map(([column, group, list]) => {
    const beside = sorted.filter(([other]) => other === column);
    const shift = (beside.findIndex(([, other]) => other === group) - (beside.length - 1) / 2) * Math.min(13, 36 / beside.length);
    return bubble(node, of, spread.list[column], group, list, left + (Number(column) + 0.5) * step, y + shift);
  });
}

/** Events with their names in rows so that these do not meet: the most important first, as long as there is room. */
function eventMarks(of, spread, left, step, width) {
  const rows = [];
  const linked = of ? new Set([of, ...edgesOf.get(of).map((edge) => otherEnd(edge, of).id)]) : null;
  const found = visibleNodes().filter((node) => node.kind === "Event" && span(node.date) && spread.inside(node.date) && (!linked || linked.has(node.id)));
  found.sort((a, b) => b.importance - a.importance || byName(a, b));
  const marks = [];
  for (const node of found) {
    const x = left + (spread.of(node.date) + 0.5) * step;
    const name = node.name.length > 30 ? `${node.name.slice(0, 29)}…` : node.name;
    const room = name.length * 6.4 + 20;
    const turned = x + room > width;
    const [start, end] = turned ? [x - room, x + 10] : [x - 10, x + room];
    let row = rows.findIndex((taken) => taken.every(([from, to]) => end < from || start > to));
    if (row < 0 && rows.length < EVENT_ROWS) row = rows.push([]) - 1;
    if (row < 0) continue;
    rows[row].push([start, end]);
    marks.push({ node, name, x, y: 18 + row * 19, turned });
  }
  marks.sort((a, b) => a.x - b.x || a.y - b.y);
  return { marks: marks.map(eventMark), rows: Math.max(rows.length, 1), left: found.length - marks.length };
}

function eventMark({ node, name, x, y, turned }) {
  const label = draw("text", { x: turned ? x - 11 : x + 11, y: y + 4, "text-anchor": turned ? "end" : "start", direction: "ltr" }, name);
  const text = `${node.name}, ${node.date}`;
  return draw("a", { href: link({ node: node.id }), class: "mark", "aria-label": text }, draw("title", {}, text), symbol(style.types.Event, x, y, 7, tone(style.types.Event), "none"), label);
}

function axis(spread, left, step, height) {
  const each = Math.ceil(70 / step);
  return spread.list.filter((_, place) => place % each === 0).flatMap(({ from }, place) => {
    const x = left + (place * each + 0.5) * step;
    return [draw("line", { x1: x, x2: x, y1: 0, y2: height - 22, class: "grid" }), draw("text", { x, y: height - 6, "text-anchor": "middle", class: "soft" }, from)];
  });
}

function showTimeline() {
  const box = byId("timeline");
  const of = state.node || (state.bundle && readBundle(state.bundle).of);
  const centre = of && edgesOf.get(of).some(isStance) ? of : null;
  const found = times ? lanes(centre) : [];
  if (!times) return box.replaceChildren(make("p", { className: "note" }, "No statement has a date."));
  const width = Math.max(box.clientWidth - 24, 340);
  const left = Math.min(190, width * 0.32);
  const spread = columns(width - left);
  const step = (width - left - 8) / spread.list.length;
  const list = found.slice(0, LANES);
  const events = eventMarks(centre, spread, left, step, width);
  const top = 14 + events.rows * 19;
  const height = top + list.length * LANE + 30;
  const rows = list.map((lane, place) => {
    const y = top + (place + 0.5) * LANE;
    const name = lane.node.name.length > left / 7 ? `${lane.node.name.slice(0, Math.floor(left / 7) - 1)}…` : lane.node.name;
    const label = draw("a", { href: link({ node: lane.node.id }), class: "mark lane" }, draw("title", {}, lane.node.name), draw("text", { x: left - 10, y: y + 4, "text-anchor": "end" }, name));
    return draw("g", {}, draw("line", { x1: 0, x2: width, y1: y + LANE / 2, y2: y + LANE / 2, class: "grid" }), label, ...laneMarks(lane, centre, spread, left, step, y));
  });
  const chart = draw("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": "Timeline: events, and positions by issue, month and side" },
    ...axis(spread, left, step, height), draw("text", { x: left - 10, y: 22, "text-anchor": "end", class: "soft" }, "Events"), ...events.marks, ...rows);
  const more = (found.length > LANES ? ` The ${LANES} with most statements of ${digits(found.length)} are shown.` : "")
    + (events.left ? ` There is no room for ${count(events.left, "more event", "more events")}; narrow the time to see them.` : "");
  const about = centre ? `What ${nodeById.get(centre).name} has to do with, by date.` : "Positions on issues, by date of the statement or its document.";
  box.replaceChildren(make("p", { className: "soft", dir: "auto" }, about + more), chart, sideKey());
  rove(box, ".mark");
  return undefined;
}

function sideKey() {
  const sides = Object.entries(style.groups).filter(([name]) => SIDE_SHAPES[name] && name !== "relation");
  return make("p", { className: "key" }, ...sides.map(([name, group]) => make("span", {}, sign({ ...group, shape: SIDE_SHAPES[name] }), group.label)));
}
