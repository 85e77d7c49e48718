"""Pictures of debates: what is drawn, at three sizes, so that nothing is cut, nothing overlaps, and all says what it leaves out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from debates import TRIANGLES, debate, network
from matplotlib.figure import Figure
from pictures import cut_off, large_debate, overlapping, written

from alliancegraph.networks.communities import communities
from alliancegraph.networks.happenings import Happening
from alliancegraph.networks.matrices import one_mode, two_mode
from alliancegraph.networks.plots.dendrogram import dendrogram
from alliancegraph.networks.plots.drawing import drawing
from alliancegraph.networks.plots.heatmap import heatmap
from alliancegraph.networks.plots.palette import FAINT, GROUPS, INK, MARKS, MIDDLE, PAPER, REST, SOFT
from alliancegraph.networks.plots.series import Point, polarisation_series
from alliancegraph.networks.plots.sheet import rendered
from alliancegraph.networks.plots.size import Size
from alliancegraph.networks.plots.stances import stance_bars
from alliancegraph.networks.plots.timeline import timeline
from alliancegraph.networks.salience import salience
from alliancegraph.networks.statements import Statements
from alliancegraph.ontology.errors import UsageError

SIZES = (None, Size.of("600x450"), Size.of("3300x2340"))
NAMES = "actor", "issue", "stance"
SMALL = debate(
    [
        "2020-01-31 ann +tax",
        "2020-02-02 bob +tax",
        "2020-02-03 cy -tax",
        "2020-05-01 cy +trade",
        "2021-01-01 dan -trade",
        "2021-01-02 ann -trade",
    ]
)
EVENTS = [
    Happening(np.datetime64(day, "s"), name, day)
    for day, name in (
        ("2020-03-01", "a summit"),
        ("2020-03-02", "a strike"),
        ("2020-03-03", "a vote"),
        ("2030-01-01", "too late"),
    )
]


def _heatmap(statements: Statements, size: Size | None) -> Figure:
    net = two_mode(statements, *NAMES, "subtract")
    return heatmap(net, "Positions", said=two_mode(statements, "actor", "issue"), size=size)


def _drawing(kind: str) -> Callable[[Statements, Size | None], Figure]:
    def drawn(statements: Statements, size: Size | None) -> Figure:
        net = one_mode(statements, *NAMES, kind, "average")
        return drawing(net, "Network", partition=communities(net), conflict=kind == "conflict", size=size)

    return drawn


def _twomode(statements: Statements, size: Size | None) -> Figure:
    return drawing(two_mode(statements, *NAMES, "subtract"), "Network", ties="in favour", size=size)


def _dendrogram(statements: Statements, size: Size | None) -> Figure:
    agree, differ = (one_mode(statements, *NAMES, kind) for kind in ("congruence", "conflict"))
    return dendrogram(agree, differ, "Tree", size=size)


def _stances(statements: Statements, size: Size | None) -> Figure:
    return stance_bars(salience(statements, *NAMES), "Sides", size=size)


def _timeline(statements: Statements, size: Size | None) -> Figure:
    events = [
        Happening(np.datetime64(f"2021-0{month}-01", "s"), f"event {month}", f"2021-0{month}")
        for month in range(1, 10)
    ]
    return timeline(statements, "actor", "stance", "Time", events=[*EVENTS, *events], size=size)


def _series(_: Statements, size: Size | None) -> Figure:
    points = [
        Point(
            np.datetime64("2020-01-15", "s") + np.timedelta64(30 * number, "D"),
            {"polarisation": 0.5, "alignment": 0.52, "antagonism": 0.53},
            10 + number,
            (0.4, 0.6),
        )
        for number in range(30)
    ]
    return polarisation_series(points, "Polarisation", shown="windows", size=size)


PICTURES: dict[str, Callable[[Statements, Size | None], Figure]] = {
    "heatmap": _heatmap,
    "congruence": _drawing("congruence"),
    "conflict": _drawing("conflict"),
    "subtract": _drawing("subtract"),
    "twomode": _twomode,
    "dendrogram": _dendrogram,
    "stances": _stances,
    "timeline": _timeline,
    "polarisation": _series,
}


@pytest.fixture(scope="module")
def large() -> Statements:
    """200 actors with long names on 40 issues over five years."""
    return large_debate()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size.width}x{size.height}" if size else "usual")
@pytest.mark.parametrize("kind", PICTURES)
def test_nothing_is_cut_and_nothing_overlaps(kind: str, size: Size | None, large: Statements) -> None:
    """In a debate of four, and in one of 200 with long names, every text is on the sheet and on no other text."""
    for statements in (SMALL, large):
        figure = PICTURES[kind](statements, size)
        assert cut_off(figure) == []
        assert overlapping(figure) == []
        if size is not None:
            assert [int(side) for side in figure.get_size_inches() * figure.dpi + 1e-6] == [
                size.width,
                size.height,
            ]


@pytest.mark.parametrize("kind", PICTURES)
def test_the_same_statements_give_the_same_bytes(kind: str, large: Statements) -> None:
    """As SVG and as PNG."""
    for name in ("a.svg", "a.png"):
        one, other = (
            rendered(PICTURES[kind](large if name == "a.svg" else SMALL, None), Path(name)) for _ in range(2)
        )
        assert one == other


@pytest.mark.parametrize("kind", PICTURES)
def test_colours_are_from_the_safe_set(kind: str) -> None:
    """All colours of a picture are ink, greys, those of the sides or those of groups; only a heatmap mixes them."""
    safe = {colour.lower() for colour in (*GROUPS, INK, SOFT, FAINT, PAPER, MIDDLE, REST)}
    safe |= {mark.colour.lower() for mark in MARKS.values()}
    text = rendered(PICTURES[kind](SMALL, None), Path("a.svg")).decode()
    found = {colour.lower() for colour in re.findall(r"(?:fill|stroke): (#[0-9a-fA-F]{6})", text)}
    if kind != "heatmap":
        assert found - safe == set()
    assert "#00806e" in found or kind in ("conflict", "dendrogram", "polarisation")


def test_sides_have_the_colours_of_the_page() -> None:
    """A reader of both sees favour and opposition alike."""
    page = json.loads(files("alliancegraph.explorer").joinpath("assets/style.json").read_text("utf-8"))
    assert [page["groups"][name]["light"] for name in ("favour", "opposition", "neutral")] == [
        mark.colour for mark in MARKS.values()
    ]


def _texts(figure: Figure) -> list[str]:
    return [item.text for item in written(figure)]


def test_heatmap_has_a_number_for_each_cell_in_which_something_is_said() -> None:
    """Signs tell sides without colour; a cell where both sides are even has a zero, one where nothing is said none."""
    texts = _texts(_heatmap(SMALL, None))
    assert sorted(text for text in texts if re.fullmatch(r"[+−]?\d", text)) == ["+1"] * 3 + ["−1"] * 3
    assert [texts.count(name) for name in ("ann", "bob", "cy", "dan", "tax", "trade")] == [1] * 6
    svg = rendered(_heatmap(SMALL, None), Path("a.svg")).decode()
    assert svg.count(">ann</text>") == 1


def test_drawing_has_a_mark_for_each_node_and_a_line_for_each_tie() -> None:
    """Two triangles and the tie between them: six nodes in two communities, seven ties."""
    net = network("abcdef", TRIANGLES)
    figure = drawing(net, "Two camps", partition=communities(net))
    svg = rendered(figure, Path("a.svg")).decode()
    assert len(re.findall(r'id="node-\d"', svg)) == 6
    (ties,) = re.findall(r'<g id="ties-above">(.*?)</g>', svg, re.DOTALL)
    assert ties.count("<path") == 7
    assert [svg.count(f">{name}</text>") for name in "abcdef"] == [1] * 6
    assert "6 nodes, 7 ties" in svg
    assert "ties-below" not in svg


def test_drawing_of_signs_has_both_kinds_of_lines() -> None:
    """Conflict is dashed and agreement is not; a network of conflict has dashed lines only."""
    net = network("abc", [("ab", 1.0), ("bc", -1.0)])
    svg = rendered(drawing(net, "Signs"), Path("a.svg")).decode()
    assert svg.count('id="ties-above"') == svg.count('id="ties-below"') == 1
    assert "stroke-dasharray" in svg[svg.index("ties-below") : svg.index("ties-above")]
    both = rendered(drawing(abs_network(), "Conflict", conflict=True), Path("a.svg")).decode()
    assert 'id="ties-above"' not in both
    assert ">conflict</text>" in both


def abs_network() -> object:
    """A network of two ties."""
    return network("abc", [("ab", 1.0), ("bc", 2.0)])


def test_what_no_sheet_holds_is_told(large: Statements) -> None:
    """The strongest are drawn, more on a larger sheet, and the picture says how many of how many."""
    found = {}
    for size in (Size.of("600x450"), None, Size.of("3300x2340")):
        text = " ".join(_texts(PICTURES["subtract"](large, size)))
        told = re.search(r"(\d+) of 200 nodes are drawn, those with the largest sums of weights", text)
        found[size] = int(told[1]) if told else 200
    assert list(found.values()) == [25, 64, 144]
    assert "20 of 200 rows are drawn, those with the largest weights." in _texts(
        PICTURES["heatmap"](large, Size.of("600x450"))
    )


def test_isolates_are_told() -> None:
    """Nodes without ties are left out, and counted; a network without any tie says so."""
    assert "1 without ties are left out." in _texts(drawing(network("abc", [("ab", 1.0)]), "Pair"))
    assert "Nothing to draw: there are no ties." in _texts(drawing(network("abc", []), "None"))


def test_communities_after_the_seventh_are_others() -> None:
    """Nine pairs: seven have a colour and a shape of their own."""
    letters = "abcdefghijklmnopqr"
    net = network(letters, [(letters[at : at + 2], 1.0) for at in range(0, 18, 2)])
    texts = _texts(drawing(net, "Pairs", partition=communities(net)))
    assert [text for text in texts if text.startswith("community")] == [f"community {n}" for n in range(1, 8)]
    assert texts.count("other") == 1


def test_many_small_communities_are_no_band() -> None:
    """Twelve triangles, in conflict with each other, fill a sheet that is at most twice as wide as high."""
    letters = [chr(code) for code in range(0x41, 0x41 + 36)]
    ties = [
        (letters[at + one] + letters[at + other], 1.0)
        for at in range(0, 36, 3)
        for one, other in ((0, 1), (0, 2), (1, 2))
    ]
    ties += [(letters[at] + letters[at + 3], -1.0) for at in range(0, 33, 3)]
    net = network("".join(letters), ties)
    wide, high = drawing(net, "Many", partition=communities(net)).get_size_inches()
    assert 0.5 < wide / high < 2


def test_stance_bars_count_both_sides() -> None:
    """Four bars, with their counts beside them; opposition is hatched."""
    svg = rendered(_stances(SMALL, None), Path("a.svg")).decode()
    assert "6 statements on 2 issues" in svg
    texts = _texts(_stances(SMALL, None))
    assert sorted(text for text in texts if text in ("1", "2", "3"))[:2] == ["1", "1"]
    assert "<pattern" in svg


def test_timeline_has_the_events_between_first_and_last() -> None:
    """Three events are numbered and named; the fourth is after the last statement."""
    svg = rendered(timeline(SMALL, "actor", "stance", "Time", events=EVENTS), Path("a.svg")).decode()
    assert re.findall(r'id="(event-\d)"', svg) == ["event-1", "event-2", "event-3"]
    assert "Events: 1 2020-03-01 a summit; 2 2020-03-02 a strike; 3 2020-03-03 a vote." in svg
    assert "too late" not in svg


def test_of_many_events_the_first_are_drawn() -> None:
    """A dozen, or eight in a small picture, in the order of their dates."""
    events = [
        Happening(np.datetime64("2020-12-31", "s") - np.timedelta64(number, "D"), f"e{number}", "2020")
        for number in range(20)
    ]
    for size, count in ((None, 12), (Size.of("600x450"), 8)):
        texts = _texts(timeline(SMALL, "actor", "stance", "Time", events=events, size=size))
        assert f"{count} of 20 events are drawn, those of which most is told." in texts
        assert [text for text in texts if text in map(str, range(1, 21))] == [
            str(number) for number in range(1, count + 1)
        ]


def test_lines_break_where_nothing_is_said() -> None:
    """A slice without statements has a place on the axis, no value, and no bar; a value between two such has a marker."""
    days = [np.datetime64(f"2020-0{month}-01", "s") for month in range(1, 6)]
    values = {"polarisation": 0.5, "alignment": 0.6, "antagonism": 0.7}
    points = [
        Point(day, {} if month in (1, 3) else values, 0 if month in (1, 3) else 4)
        for month, day in enumerate(days)
    ]
    figure = polarisation_series(points, "Gaps")
    (line,) = [line for line in figure.axes[0].lines if line.get_color() == INK]
    assert np.isnan(np.asarray(line.get_ydata(), float)).tolist() == [False, True, False, True, False]
    assert [patch.get_height() for patch in figure.axes[1].patches] == [4, 0, 4, 0, 4]
    assert not any(item.get_gid() == "interval" for item in figure.axes[0].collections)
    assert "Nothing to draw." in _texts(polarisation_series(points[1:2], "None"))


def test_the_interval_is_a_band() -> None:
    """Where samples were drawn."""
    bands = [item for item in _series(SMALL, None).axes[0].collections if item.get_gid() == "interval"]
    assert len(bands) == 1


def test_sizes() -> None:
    """Two hundred pixels are an inch, fewer in small pictures; what needs less room becomes larger."""
    assert Size.of("600x450") == Size(600, 450, 100)
    assert Size.of("1050x700") == Size(1050, 700, 150)
    assert Size.of("3300x2340").inches == (16.5, 11.7)
    assert Size.of("2800×1600").enlarged(7.0, 4.0) == Size(2800, 1600, 400)
    assert Size.of("2800x1600").enlarged(20.0, 4.0) == Size(2800, 1600, 200)
    for text, message in (
        ("wide", "a size is WIDTHxHEIGHT in pixels, such as 1600x1000, not 'wide'"),
        ("100x900", "a picture is 400 to 10000 pixels wide and high, not 100x900"),
    ):
        with pytest.raises(UsageError, match=re.escape(message)):
            Size.of(text)
