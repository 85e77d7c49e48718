// Time: a histogram of the statements' dates, and two handles between which these must lie.
"use strict";

const MONTHS_AT_MOST = 180; // longer periods are counted by years
const times = timeBins();

/** The months, or for long periods the years, from the first date to the last, with the statements in each. */
function timeBins() {
  const months = statements.map((each) => dateOf(each)).filter((date) => span(date)).map((date) => (Number(date.slice(0, 4)) * 12 + (Number(date.slice(5, 7)) || 1) - 1));
  if (!months.length) return null;
  const [first, last] = [months.reduce((a, b) => Math.min(a, b)), months.reduce((a, b) => Math.max(a, b))];
  const width = last - first < MONTHS_AT_MOST ? 1 : 12;
  const start = Math.floor(first / width);
  const numbers = new Uint32Array(Math.floor(last / width) - start + 1);
  for (const month of months) numbers[Math.floor(month / width) - start]++;
  return { start, width, numbers, undated: statements.length - months.length };
}

/** The date, as precise as the bins are, of a bin. */
function binDate(place) {
  const number = times.start + place;
  if (times.width === 12) return String(number).padStart(4, "0");
  return `${String(Math.floor(number / 12)).padStart(4, "0")}-${String((number % 12) + 1).padStart(2, "0")}`;
}

function binOf(date, otherwise) {
  if (!date) return otherwise;
  const month = Number(date.slice(0, 4)) * 12 + (Number(date.slice(5, 7)) || 1) - 1;
  return Math.min(Math.max(Math.floor(month / times.width) - times.start, 0), times.numbers.length - 1);
}

function buildTime() {
  byId("time").hidden = !times || times.numbers.length < 2;
  if (byId("time").hidden) return;
  const most = times.numbers.reduce((a, b) => Math.max(a, b));
  const bars = [...times.numbers].map((number, place) => draw("rect", { x: place + 0.08, width: 0.84, y: 40 - (38 * number) / most, height: (38 * number) / most }));
  const chart = byId("histogram");
  chart.setAttribute("viewBox", `0 0 ${times.numbers.length} 40`);
  chart.replaceChildren(...bars);
  for (const id of ["start", "end"]) byId(id).max = times.numbers.length - 1;
}

function showTime() {
  if (byId("time").hidden) return;
  const last = times.numbers.length - 1;
  const [start, end] = [binOf(state.from, 0), binOf(state.to, last)];
  for (const [id, value] of [["start", start], ["end", end]]) {
    byId(id).value = value;
    byId(id).setAttribute("aria-valuetext", binDate(value));
  }
  [...byId("histogram").children].forEach((bar, place) => bar.classList.toggle("off", place < start || place > end));
  const timed = state.from || state.to;
  const undated = timed && times.undated ? ` · ${count(times.undated, "undated statement", "undated statements")} left out` : "";
  byId("period").textContent = `${binDate(start)} to ${binDate(end)}${undated}`;
}

function wireTime() {
  const [start, end] = [byId("start"), byId("end")];
  const moved = (handle) => {
    const last = times.numbers.length - 1;
    if (Number(start.value) > Number(end.value)) handle.value = handle === start ? end.value : start.value;
    go({ from: Number(start.value) ? binDate(Number(start.value)) : "", to: Number(end.value) < last ? binDate(Number(end.value)) : "" }, { quietly: true });
  };
  for (const handle of [start, end]) handle.addEventListener("input", () => moved(handle));
}
