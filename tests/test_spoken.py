"""Titles of speeches name who speaks and when."""

from __future__ import annotations

import pytest

from alliancegraph.extract.reading import document
from alliancegraph.extract.spoken import day_of, speakers

BODY = "I welcome the new treaty with Norway. We will do more for the security of the north, and we shall not wait for others to act."


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Speech by Prime Minister Kaja Lind at the Opening of Parliament, 3 May 2021", ("Kaja Lind",)),
        ("Remarks by President Joseph Okoro on the Defence Pact", ("Joseph Okoro",)),
        ("Opening statement by Ambassador Rosa van der Velden to the Council", ("Rosa van der Velden",)),
        ("Address of Chancellor Willy Brandt to the Bundestag", ("Willy Brandt",)),
        ("Foreign Minister Ana Sousa's speech at the Lisbon Forum", ("Ana Sousa",)),
        ("Keynote speech by Dr Li Wei, Director of the Institute of Oceans", ("Li Wei",)),
        ("Speech by the Prime Minister at the Opening of Parliament", ()),
        ("Statement by NATO on the Arctic", ()),
        ("Why the speech by the president failed", ()),
        ("The cost of alliances", ()),
    ],
)
def test_speakers(title: str, expected: tuple[str, ...]) -> None:
    """The person after "by", "of" or before "'s", without office; institutions and bare offices are none."""
    assert speakers(title) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Speech by Prime Minister Kaja Lind, 3 May 2021", "2021-05-03"),
        ("Address to the Assembly (March 1966)", "1966-03"),
        ("What 9 May 2022 meant for the Baltic states", None),
        ("The cost of alliances", None),
    ],
)
def test_day(title: str, expected: str | None) -> None:
    """The date counts where the title ends with it."""
    assert day_of(title) == expected


def test_a_speech_below_a_menu() -> None:
    """A row of entries is no title, the title gives author and date, and the next line is not joined to it."""
    text = (
        "Home | News | Speeches | Contact\n\n"
        "Speech by Prime Minister Kaja Lind at the Opening of the Northern Parliament, 3 May 2021\n"
        "Check against delivery.\n\n" + f"{BODY} {BODY}\n\n{BODY} {BODY}\n"
    )
    found = document(text, "speech.txt")
    assert (
        found.title
        == "Speech by Prime Minister Kaja Lind at the Opening of the Northern Parliament, 3 May 2021"
    )
    assert found.authors == ("Kaja Lind",)
    assert found.date == "2021-05-03"
