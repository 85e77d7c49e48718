// What the editor offers while one types: variables, keywords, prefixes, classes and properties, and names of the graph.
"use strict";

const KEYWORDS = (
  "SELECT CONSTRUCT ASK DESCRIBE WHERE FROM NAMED PREFIX BASE GRAPH OPTIONAL UNION FILTER BIND VALUES MINUS SERVICE EXISTS NOT IN AS " +
  "DISTINCT REDUCED ORDER BY GROUP HAVING LIMIT OFFSET ASC DESC COUNT SUM AVG MIN MAX SAMPLE GROUP_CONCAT STR LANG LANGMATCHES " +
  "DATATYPE BOUND IRI URI STRDT STRLANG REGEX REPLACE SUBSTR STRLEN UCASE LCASE STRSTARTS STRENDS CONTAINS STRBEFORE STRAFTER " +
  "CONCAT ABS ROUND CEIL FLOOR YEAR MONTH DAY NOW COALESCE IF ISIRI ISLITERAL ISBLANK ISNUMERIC UNDEF"
).split(" ");
const NAMED = { actor: "actor", issue: "issue", event: "event", eventtype: "event-type", doc: "document" };
let knownTerms = null;

const loadTerms = () => (knownTerms ??= fetched("/query/terms").then((response) => response.json()));

// An IRI as a prefixed name, or in angle brackets where its end would have to be escaped.
function nameOf(iri, prefixes) {
  const fitting = Object.entries(prefixes).filter(([, base]) => iri.startsWith(base));
  fitting.sort((one, other) => other[1].length - one[1].length);
  for (const [prefix, base] of fitting) {
    const local = iri.slice(base.length);
    if (/^[A-Za-z0-9_][\w-]*$/.test(local)) return { text: `${prefix}:${local}`, prefix };
  }
  return { text: `<${iri}>`, prefix: null };
}

// Puts a term in, and the line that declares its prefix, below the comments at the top, if there is none yet.
function inserting(term, prefix, prefixes) {
  return (view, _, from, to) => {
    const text = view.state.doc.toString();
    const changes = [{ from, to, insert: term }];
    let moved = 0;
    if (prefix && !new RegExp(`^\\s*PREFIX\\s+${prefix}:`, "im").test(text)) {
      const line = `PREFIX ${prefix}: <${prefixes[prefix]}>\n`;
      changes.push({ from: text.match(/^(?:#.*\n|\s*\n)*/)[0].length, insert: line });
      moved = line.length;
    }
    view.dispatch({ changes, selection: { anchor: from + moved + term.length }, userEvent: "input.complete" });
  };
}

const isQuoted = (context) => {
  const line = context.state.doc.lineAt(context.pos);
  const before = line.text.slice(0, context.pos - line.from).replace(/<[^<>\s]*>/g, "");
  return (before.match(/"/g) || []).length % 2 === 1 || /(^|\s)#/.test(before);
};

function variables(context) {
  const word = context.matchBefore(/[?$]\w*/);
  if (!word) return null;
  const others = context.state.doc.toString().match(/[?$]\w+/g) || [];
  const names = [...new Set(others)].filter((name) => name !== word.text).sort();
  return { from: word.from, options: names.map((label) => ({ label, type: "variable" })), validFor: /^[?$]\w*$/ };
}

async function completeTerms(context) {
  if (isQuoted(context)) return null;
  if (context.matchBefore(/[?$]\w*/)) return variables(context);
  const word = context.matchBefore(/(?:[\w-]+:)?[\w-]*/);
  if (!word || (!word.text && !context.explicit)) return null;
  const { prefixes, terms } = await loadTerms();
  const behindA = /\sa\s+$/.test(context.state.sliceDoc(Math.max(0, word.from - 20), word.from));
  const options = terms.map((term) => ({
    label: term.name,
    detail: term.label === term.name ? term.kind : `${term.label}, ${term.kind}`,
    info: term.definition,
    boost: behindA && term.kind === "class" ? 50 : 0,
    apply: inserting(term.name, term.name.startsWith("<") ? null : term.name.split(":")[0], prefixes),
  }));
  for (const [prefix, base] of Object.entries(prefixes)) {
    options.push({ label: `${prefix}:`, detail: base, boost: 20, apply: inserting(`${prefix}:`, prefix, prefixes) });
  }
  if (!word.text.includes(":")) options.push(...KEYWORDS.map((label) => ({ label, detail: "keyword", boost: 10 })));
  return { from: word.from, options, validFor: /^(?:[\w-]+:)?[\w-]*$/ };
}

async function completeNames(context) {
  const word = context.matchBefore(/(?:[A-Za-z][\w-]*:)?[\p{L}\p{N}_-]+|(?:actor|issue|event|eventtype|doc):/u);
  if (!word || isQuoted(context) || /^[?$]/.test(context.state.sliceDoc(word.from - 1, word.from))) return null;
  const [prefix, local] = word.text.includes(":") ? word.text.split(":") : ["", word.text];
  if ((prefix && !NAMED[prefix]) || (!prefix && local.length < 2)) return null;
  await new Promise((resolve) => setTimeout(resolve, 120));
  if (context.aborted) return null;
  const asked = new URLSearchParams({ kind: NAMED[prefix] || "", text: local.replaceAll("-", " ") });
  const [found, { prefixes }] = await Promise.all([fetched(`/names?${asked}`).then((response) => response.json()), loadTerms()]);
  const options = found.map((thing, place) => {
    const name = nameOf(thing.iri, prefixes);
    const known = thing.name === thing.label ? thing.kind : `${thing.label}, ${thing.kind}`;
    return { label: thing.name, displayLabel: thing.name.slice(0, 80), detail: known.slice(0, 60), boost: -place, apply: inserting(name.text, name.prefix, prefixes) };
  });
  return options.length ? { from: word.from, options, filter: false } : null;
}
