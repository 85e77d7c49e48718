"""Whatever names, titles and texts hold, the explorer shows it as text: markup, quotes, emoji, other scripts, great length."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import rdflib
from browsing import serious
from explorer_pages import HARBOUR, NORLAND, SUPPORT, TEXT, TREATY, debate, texts, visit, written
from playwright.sync_api import Page

HOSTILE = {
    "markup": "<img src=x onerror=\"document.title='run'\"><script>document.title='run'</script>",
    "quotes": "\"'`' onclick='document.title=1' &quot; &lt;b&gt; \\ \\u003c",
    "template": "{{ 7*7 }} ${document.title='run'} </script><!-- ]]>",
    "emoji": "👩‍👩‍👧‍👦 🏴󠁧󠁢󠁳󠁣󠁴󠁿 e\u0301 \U0001f6a2",
    "arabic": "اتفاقية الميناء <b>الكبرى</b>",
    "override": "user\u202egnp.exe \u2066x\u2069 \u2028 \ufeff",
    "long": "Norland’s name " * 667,
    "unbroken": "N" * 10_000,
}

VIEWS = (
    "#node=actor/norland",
    "#edge=actor/norland+supports+issue/harbour-treaty&statement=document/d1%23position-1&marks",
    "#view=timeline",
    "#view=table&rows=statements",
    "#view=compare&a=actor/norland&b=actor/southland",
)


@pytest.mark.parametrize("name", HOSTILE)
def test_shown_as_text(page: Page, tmp_path: Path, name: str) -> None:
    """As a name, other name, title, definition, source, quote and text, in each view and each file that is saved."""
    text = HOSTILE[name]
    network = debate()
    network.nodes[NORLAND].update(label=text, aliases=[f"also {text}"])
    network.nodes[TREATY].update(label=f"Issue {text}", definition=text)
    network.nodes[HARBOUR].update(label=f"Title {text}", source=text)
    for _, _, edge in network.edges(data=True):
        for item in edge["evidence"]:
            item.update(quote=text, prefix=text[:32], suffix=text[-32:], voice=text[:40])
    address = written(tmp_path, network, title=text, details={text: text}, texts={HARBOUR: text + TEXT})
    for view in VIEWS:
        page.goto("about:blank")
        visit(page, address + view)
        assert page.locator("img, iframe, object, [onerror], [onclick], b:not(.figures b)").count() == 0
        assert page.locator("script").count() == 6
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280
        assert page.text_content("h1") == text
        assert page.title() == re.sub(r"[ \t\n\f\r]+", " ", text).strip()
    graph = rdflib.Graph().parse(data=page.evaluate("asTurtle()"), format="turtle")
    assert (rdflib.URIRef(NORLAND), rdflib.SKOS.prefLabel, rdflib.Literal(text, lang="en")) in graph
    svg = page.evaluate("new DOMParser().parseFromString(asSvg(), 'image/svg+xml').documentElement.tagName")
    assert svg == "svg"
    page.fill("#search", text[:40])
    assert page.locator("#matches li").first.locator("bdi").first.text_content() == text


def test_right_to_left(page: Page, tmp_path: Path) -> None:
    """Names and articles in a script that runs from right to left do so, among others that do not."""
    text = f"اجتمع الوزراء في الميناء.\n{SUPPORT}.\nودعا الوزير إلى الاتفاق.\n"
    network = debate()
    network.nodes[NORLAND]["label"] = HOSTILE["arabic"]
    item = network.edges[NORLAND, TREATY, 0]["evidence"][0]
    item.update(quote="ودعا الوزير", start=text.index("ودعا"), end=text.index("ودعا") + len("ودعا الوزير"))
    visit(
        page,
        written(tmp_path, network, texts={HARBOUR: text})
        + "#edge=actor/norland+supports+issue/harbour-treaty",
    )
    assert page.locator("#panel h2 bdi").first.evaluate("(name) => getComputedStyle(name).direction") == "rtl"
    assert page.locator("h1").evaluate("(title) => getComputedStyle(title).direction") == "ltr"
    page.get_by_role("link", name="Read in the text: Talks").click()
    page.wait_for_selector("mark.own")
    assert texts(page.locator("mark.own")) == ["ودعا الوزير"]
    left = page.locator("mark.own").evaluate(
        "(mark) => mark.getBoundingClientRect().right / reader.getBoundingClientRect().right"
    )
    assert left > 0.9
    assert serious(page) == []
