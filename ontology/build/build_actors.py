"""Writes the actors vocabulary (`ontology/actors-*.ttl`) from the tables in this folder.

A political scientist edits the `.tsv` tables; then, from the root of the repository, with no package needed:

    python ontology/build/build_actors.py            # writes the Turtle
    python ontology/build/build_actors.py --check    # exit code 1 if a written file differs from its tables

`state-facts.tsv` is not edited: `collect_facts.py` writes it. The Turtle is sorted, so that a change of one row
is a change of one block, and the same tables give the same bytes everywhere.
"""

from __future__ import annotations

import hashlib
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

FOLDER = Path(__file__).parent
OUT = FOLDER.parent
TYPES = {"IGO": "IntergovernmentalOrganization", "Grouping": "StateGrouping", "Armed": "ArmedGroup"}
# Letters that Unicode does not decompose into a Latin letter and an accent.
LETTERS = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ß": "ss", "ı": "i", "æ": "ae", "&": " and "}
)
PREFIXES = """@prefix ag: <https://w3id.org/alliancegraph/ontology#> .
@prefix actor: <https://w3id.org/alliancegraph/actor/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix membership: <https://w3id.org/alliancegraph/membership/> .
@prefix name: <https://w3id.org/alliancegraph/name/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix pattern: <https://w3id.org/alliancegraph/name-pattern/> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
Row = Mapping[str, str]
Block = tuple[str, list[tuple[str, list[str]]]]


def rows(table: str) -> Iterator[Row]:
    """Rows of one table as dictionaries; lines that begin with # are comments, missing last cells are empty."""
    lines = (FOLDER / f"{table}.tsv").read_text(encoding="utf-8").splitlines()
    lines = [line for line in lines if line.strip() and not line.startswith("#")]
    head = lines[0].split("\t")
    for line in lines[1:]:
        cells = line.split("\t")
        if len(cells) > len(head):
            raise SystemExit(f"{table}.tsv: too many cells in the row of {cells[0]!r} {cells[1]!r}")
        yield dict(zip(head, cells + [""] * (len(head) - len(cells)), strict=True))


def items(cell: str) -> list[str]:
    """The entries of a list cell, each once, in their order."""
    return list(dict.fromkeys(entry.strip() for entry in cell.split("; ") if entry.strip()))


def slug(name: str) -> str:
    """ASCII, lower case, hyphens: `Côte d'Ivoire` → `cote-d-ivoire`, `People's Daily` → `peoples-daily`."""
    ascii_name = unicodedata.normalize("NFKD", name.translate(LETTERS)).encode("ascii", "ignore").decode()
    if "–" in name:
        ascii_name = unicodedata.normalize("NFKD", name.replace("–", "-").translate(LETTERS))
        ascii_name = ascii_name.encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"'s\b", "s", ascii_name.lower())).strip("-")


def text(value: str) -> str:
    """A Turtle string without language."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def english(values: Iterable[str]) -> list[str]:
    """Turtle strings in English, sorted."""
    return sorted(text(value) + "@en" for value in values)


def date(value: str) -> list[str]:
    """`YYYY`, `YYYY-MM` or `YYYY-MM-DD` as a literal of the type that fits its precision."""
    types = {4: "gYear", 7: "gYearMonth", 10: "date"}
    return [f"{text(value)}^^xsd:{types[len(value)]}"] if value else []


def demonyms(cell: str) -> list[str]:
    """Demonyms with `Briton+` spelt out as `Briton` and `Britons`."""
    return [
        form
        for entry in items(cell)
        for form in ((entry[:-1], entry[:-1] + "s") if entry[-1] == "+" else (entry,))
    ]


def actors(names: Iterable[str]) -> list[str]:
    """IRIs of actors that a cell names."""
    return sorted(f"actor:{slug(name)}" for name in names)


def named(row: Row, kind: str, extra: Iterable[str] = ()) -> Block:
    """The block of one actor: its type, names and identity, as all tables have them."""
    name = row["name"]
    known = {name}
    labels = [label for label in [*items(row.get("other names", "")), *extra] if label not in known]
    return f"actor:{slug(name)}", [
        ("a", [f"ag:{kind}"]),
        ("skos:prefLabel", english([name])),
        ("skos:altLabel", english(dict.fromkeys(labels))),
        ("ag:abbreviation", sorted(text(value) for value in items(row.get("abbreviations", "")))),
        ("ag:demonym", english(dict.fromkeys(demonyms(row.get("demonyms", ""))))),
        ("ag:capital", english(items(row.get("capitals", "")))),
        ("ag:contextualLabel", english(items(row.get("contextual", "")))),
        ("skos:hiddenLabel", english(items(row.get("misspellings", "")))),
        ("ag:partOf", actors(items(row.get("part of", "")))),
        ("schema:location", actors(items(row.get("based in", "")))),
        ("dcterms:type", [text(row["kind"])] if row.get("kind") else []),
        ("owl:sameAs", [f"wd:{row['wikidata']}"] if row.get("wikidata") else []),
    ]


def governments() -> dict[str, list[str]]:
    """By state, its governments called after their head: `Obama administration`."""
    return {
        row["state"]: [
            form
            for head in items(row["heads"])
            for word in items(row["words"])
            for form in (f"{head} {word}", f"{head}'s {word}")
        ]
        for row in rows("governments")
    }


def states() -> Iterator[Block]:
    """Present states, with their codes and Wikidata ids, and past ones."""
    facts = {row["iso2"]: row for row in rows("state-facts")}
    governed = governments()
    for row in rows("states"):
        fact = facts[row["iso2"]]
        official = [fact["official name"]] if fact["official name"] else []
        extra = [*official, *governed.get(row["name"], [])]
        subject, pairs = named({**row, "wikidata": fact["wikidata"]}, "State", extra)
        yield subject, [*pairs, ("ag:iso2", [text(row["iso2"])]), ("ag:iso3", [text(fact["iso3"])])]
    for row in rows("historical-states"):
        subject, pairs = named(row, "State", governed.get(row["name"], []))
        yield subject, [*pairs, ("ag:dissolved", date(row["dissolved"]))]


def organisations() -> Iterator[Block]:
    """Intergovernmental organisations, groupings, armed groups and organisations outside government."""
    for row in rows("organisations"):
        yield named(row, TYPES[row["type"]])
    for row in rows("institutions"):
        yield named(row, "Organization")


def bodies() -> Iterator[Block]:
    """Government bodies."""
    for row in rows("bodies"):
        yield named(row, "GovernmentBody")


def members() -> Iterator[Block]:
    """Dated memberships of states in alliances and organisations."""
    for row in rows("memberships"):
        for member in items(row["members"]):
            yield membership(member, row["organisation"], "", row["start"], row["end"])


def membership(member: str, organisation: str, role: str, start: str, end: str) -> Block:
    """One membership or office; its IRI is made of what tells it from others."""
    parts = [slug(part) for part in (organisation, member, role, start) if part]
    return f"membership:{'--'.join(parts)}", [
        ("a", ["org:Membership"]),
        ("org:member", actors([member])),
        ("org:organization", actors([organisation])),
        ("org:role", english([role] if role else [])),
        ("schema:startDate", date(start)),
        ("schema:endDate", date(end)),
    ]


def orders(name: str, offices: str) -> list[str]:
    """Other orders and spellings of an East Asian name: `Abe Shinzo`, `Lee Jae Myung`, `Jae-myung Lee`."""
    first, _, rest = name.partition(" ")
    if re.fullmatch(r"[^\W\d_]+-[^\W\d_]+", rest) and "-" not in first:
        given = [rest, rest.replace("-", " ").title(), rest.title()]
        return [f"{first} {given[1]}", f"{first} {given[2]}", *(f"{form} {first}" for form in given)]
    japanese = any("Japan" in office.partition(" /")[0] for office in items(offices))
    return [f"{rest} {first}"] if japanese and rest.isalpha() else []


def people() -> Iterator[Block]:
    """Leaders and ministers, and their offices: `state or body / role / start / end`, several divided by `; `."""
    for row in rows("people"):
        yield named(row, "Person", orders(row["name"], row["offices"]))
        for office in items(row["offices"]):
            organisation, role, start, end = [part.strip() for part in (office + " / / /").split(" /")[:4]]
            yield membership(row["name"], organisation, role, start, end)


def other_names() -> Iterator[Block]:
    """Names that contain an actor's name and are no actors: seas, straits, treaties, regions.

    Spellings that differ in capitals and signs only are one name.
    """
    spellings: dict[str, list[str]] = {}
    for row in rows("not-actors"):
        for name in items(row["names"]):
            spellings.setdefault(slug(name), []).append(name)
    for key, names in spellings.items():
        yield (
            f"name:{key}",
            [
                ("a", ["ag:NotAnActor"]),
                ("skos:prefLabel", english(names[:1])),
                ("skos:altLabel", english(names[1:])),
            ],
        )


def variants(pattern: str) -> list[str]:
    """A pattern with and without the article before a state, with hyphens and with dashes between states."""
    forms = [pattern, *([pattern.replace("of {State}", "of the {State}")] if "of {State}" in pattern else [])]
    return [*forms, *(form.replace("}-{", "}–{") for form in forms if "}-{" in form)]


def patterns() -> Iterator[Block]:
    """Patterns of regular names, one node each."""
    for row in rows("name-patterns"):
        for pattern in (form for entry in items(row["patterns"]) for form in variants(entry)):
            digest = hashlib.sha256(pattern.encode()).hexdigest()[:6]
            yield (
                f"pattern:{slug(pattern)}-{digest}",
                [
                    ("a", ["ag:NamePattern"]),
                    ("ag:pattern", [text(pattern)]),
                    ("ag:actorType", [f"ag:{row['type']}"]),
                    ("ag:canonicalName", [text(row["canonical name"])] if row["canonical name"] else []),
                    ("ag:relation", [text(relation) for relation in items(row["relations"])]),
                    ("ag:standsForSlot", [text(row["stands for"])] if row["stands for"] else []),
                ],
            )


def turtle(title: str, blocks: Iterable[Block]) -> str:
    """The text of one file: prefixes that it uses, then its blocks by subject; a subject may occur once only."""
    seen: dict[str, str] = {}
    for subject, pairs in blocks:
        if subject in seen:
            raise SystemExit(f"two rows have the same IRI: {subject}")
        lines = [f"{predicate} {' , '.join(values)}" for predicate, values in pairs if values]
        seen[subject] = f"{subject} " + " ;\n    ".join(lines) + " .\n"
    body = "\n".join(seen[subject] for subject in sorted(seen))
    used = [line for line in PREFIXES.splitlines() if re.search(rf"(?<![\w\"]){line.split()[1]}", body)]
    return (
        f"# {title}\n# Written by build/build_actors.py from the tables in build/; edit those.\n"
        + "\n".join([*used, "", body])
    )


def files() -> dict[str, str]:
    """Name and text of every file that the tables give."""
    return {
        "actors-states.ttl": turtle("States, present and past.", states()),
        "actors-organisations.ttl": turtle(
            "Organisations, alliances, groupings, armed groups.", organisations()
        ),
        "actors-bodies.ttl": turtle("Government bodies.", bodies()),
        "actors-people.ttl": turtle("Leaders and ministers with their offices.", people()),
        "actors-members.ttl": turtle("Members of alliances and organisations.", members()),
        "actors-not.ttl": turtle("Names that hold an actor's name but are no actors.", other_names()),
        "name-patterns.ttl": turtle("Patterns of regular names.", patterns()),
    }


def main(arguments: list[str]) -> int:
    """Writes the files, or with `--check` tells whether they are as their tables say."""
    stale = 0
    for name, content in files().items():
        path = OUT / name
        if arguments == ["--check"]:
            stale += not path.exists() or path.read_text(encoding="utf-8") != content
        else:
            path.write_text(content, encoding="utf-8")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
