"""RDF as text, in six formats: sorted, with prefixes, the same bytes for the same quads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Final

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple

from alliancegraph.graph.quads import ordered, ordered_triples
from alliancegraph.ontology.terms import DOCUMENT, FOAF, MARL, OA, PROV, WD, XSD
from alliancegraph.ontology.triples import BASE
from alliancegraph.ontology.triples import PREFIXES as SHARED

FORMATS: Final = {
    "ttl": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "nt": RdfFormat.N_TRIPLES,
    "nq": RdfFormat.N_QUADS,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
}
"""By suffix; `ttl`, `nt` and `rdf` hold no graph names."""
PREFIXES: Final = {
    **SHARED,
    "actor": BASE + "actor/",
    "doc": str(DOCUMENT),
    "event": BASE + "event/",
    "eventtype": BASE + "event-type/",
    "foaf": str(FOAF),
    "issue": BASE + "issue/",
    "marl": str(MARL._NS),
    "oa": str(OA._NS),
    "prov": str(PROV),
    "run": BASE + "run/",
    "stance": BASE + "stance/",
    "voice": BASE + "voice/",
    "wd": str(WD),
    "xsd": str(XSD),
}
_MOST_DOCUMENTS: Final = 99
"""So many documents have a prefix of their own."""
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def serialize(quads: Iterable[Quad], format_: str) -> bytes:
    """The quads in one of `FORMATS`, in UTF-8.

    RDF/XML cannot hold control characters (other than tab and line ends); there each becomes U+FFFD, so that offsets
    into texts stay right.
    """
    rdf_format = FORMATS[format_]
    items: list[Quad] | list[Triple]
    if rdf_format.supports_datasets:
        items = ordered(set(quads))
    else:
        items = ordered_triples({quad.triple for quad in quads})
    if rdf_format == RdfFormat.RDF_XML:
        items = [_xml_safe(item) for item in items]
    data = pyoxigraph.serialize(items, format=rdf_format, prefixes=_prefixes(items)) or b""
    return _LAYOUT.get(format_, bytes)(data)


def _prefixes(items: Sequence[Quad | Triple]) -> dict[str, str]:
    """The prefixes in use, and one for the parts of each document: `d1`, `d2`, …"""
    used = _namespaces(items)
    documents = sorted(n for n in used if n.startswith(str(DOCUMENT)) and n.endswith("#"))[:_MOST_DOCUMENTS]
    known = {prefix: iri for prefix, iri in PREFIXES.items() if iri in used}
    return known | {f"d{number}": iri for number, iri in enumerate(documents, 1)}


def _namespaces(items: Sequence[Quad | Triple]) -> set[str]:
    """What stands before the last `#` or `/` of every IRI."""
    iris = {item.predicate for item in items} | {item.subject for item in items}
    for item in items:
        value = item.object
        if isinstance(value, Literal):
            iris.add(value.datatype)
        elif isinstance(value, NamedNode):
            iris.add(value)
    names = (iri.value for iri in iris if isinstance(iri, NamedNode))
    return {name[: max(name.rfind("#"), name.rfind("/")) + 1] for name in names}


def _xml_safe(item: Quad | Triple) -> Triple:
    value = item.object
    if isinstance(value, Literal) and _NOT_XML.search(value.value):
        clean = _NOT_XML.sub("\ufffd", value.value)
        language = value.language
        value = Literal(clean, language=language) if language else Literal(clean, datatype=value.datatype)
    return Triple(item.subject, item.predicate, value)


def _spaced(turtle: bytes) -> bytes:
    """Turtle with an empty line before each subject; line ends inside literals are escaped, so lines are structure."""
    lines: list[bytes] = []
    for line in turtle.split(b"\n"):
        begins = bool(line) and not line.startswith((b"@prefix", b"\t", b"}"))
        lines += [b"", line] if begins else [line]
    return b"\n".join(lines)


def _indented(json_ld: bytes) -> bytes:
    return (json.dumps(json.loads(json_ld or b"[]"), ensure_ascii=False, indent=1) + "\n").encode()


def _with_carriage_returns(xml: bytes) -> bytes:
    """XML in which a carriage return of a text is kept; readers take a bare one for a line end."""
    return xml.replace(b"\r", b"&#xD;")


_LAYOUT: Final = {"ttl": _spaced, "trig": _spaced, "jsonld": _indented, "rdf": _with_carriage_returns}
