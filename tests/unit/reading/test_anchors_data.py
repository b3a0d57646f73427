"""The table of dated events: its rows are sound, each wording is found in a text that has it, no region is left out."""

from __future__ import annotations

import itertools
import re
from datetime import date

import pytest

from streams.extending.files import lines_of
from streams.reading.dating_anchors import Anchor, anchors, named

LATEST = date(2026, 3, 1)
KINDS = {"war", "offensive", "attack", "coup", "election", "treaty", "summit", "disaster", "transition", "era"}
TABLE = [line.cells for line in lines_of("dates/anchors")]


def said(wording: str) -> list[str]:
    """Texts with the wording, one for each combination of its alternatives; none for a guard such as `October(?=$)`."""
    if wording.endswith("(?=$)"):
        return []
    plain = re.sub(r"\(\?(?:<!|!|=)(?:[^()]|\([^()]*\))*\)", "", wording).replace(" .. ", " that day in ")
    plain = re.sub(r"(\w)\?", r"\1", plain)
    parts = re.split(r"(\((?:[^()]|\([^()]*\))*\))", plain)
    choices = [re.sub(r"[()]", "", part).split("|") if part.startswith("(") else [part] for part in parts]
    return ["".join(choice) for choice in itertools.product(*choices)]


def named_in(text: str) -> list[Anchor]:
    return [naming.anchors[0] for naming in named(text, LATEST)]


def test_rows_are_many_known_and_in_order() -> None:
    assert len(TABLE) >= 450
    assert {kind for kind, *_ in TABLE} <= KINDS
    firsts = [date.fromisoformat(first) for _, first, *_ in TABLE]
    assert firsts == sorted(firsts)
    assert date(2000, 1, 1) <= firsts[0]
    assert firsts[-1] <= LATEST


def test_last_days_follow_first_days() -> None:
    assert all(last == "-" or first <= last for _, first, last, _ in TABLE)


def test_an_era_has_no_last_day() -> None:
    assert all(last == "-" for kind, _, last, _ in TABLE if kind == "era")


def test_no_wording_twice() -> None:
    wordings = [wording.lower() for *_, told in TABLE for wording in told.split(" ; ")]
    assert sorted(wordings) == sorted(set(wordings))


def test_every_wording_is_found_by_its_key() -> None:
    lost = []
    for row, anchor in zip(TABLE, anchors(), strict=True):
        for text in (text for wording in row[3].split(" ; ") for text in said(wording)):
            present = set(re.findall(r"[^\W_]+", text.lower()))
            if not any(wording.words <= present and wording.pattern.search(text) for wording in anchor.wordings):
                lost.append(text)
    assert lost == []


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("He spoke of the coup that toppled Blaise Compaoré.", date(2014, 10, 31)),
        ("Mozambique's disputed October vote still divides the country.", date(2024, 10, 9)),
        ("Trade fell since the fall of Bukavu.", date(2025, 2, 16)),
        (
            "The family of Shireen Abu Akleh wants a trial; the killing of Shireen Abu Akleh was filmed.",
            date(2022, 5, 11),
        ),
        ("Turkey has seen protests since the arrest of Ekrem Imamoglu.", date(2025, 3, 19)),
        ("The party grew after the impeachment of Dilma Rousseff.", date(2016, 8, 31)),
        ("A law came after the assassination of Fernando Villavicencio.", date(2023, 8, 9)),
        ("Prices rose with the Inflation Reduction Act.", date(2022, 8, 16)),
        ("The bridge was named for victims of the Itaewon crush.", date(2022, 10, 29)),
        ("The drills were larger than Strait Thunder.", date(2025, 4, 1)),
        ("The party has split since the ouster of Imran Khan.", date(2022, 4, 10)),
        ("Fiji's 2006 coup is remembered.", date(2006, 12, 5)),
        ("Talks stalled after the Prespa agreement.", date(2018, 6, 17)),
        ("Students marched over the canopy collapse.", date(2024, 11, 1)),
        ("The generals feared another Operation Spiderweb.", date(2025, 6, 1)),
        ("Firms use ChatGPT to write letters.", date(2022, 11, 30)),
    ],
)
def test_a_text_names_an_event_of_each_region(text: str, first: date) -> None:
    assert first in {anchor.first for anchor in named_in(text)}


def test_a_vice_president_does_not_stand_for_the_president() -> None:
    assert [anchor.first for anchor in named_in("President Joe Biden met the envoys.")] == [date(2021, 1, 20)]
    assert named_in("Vice President Joe Biden met the envoys.") == []


@pytest.mark.parametrize("name", ["October 7", "Oct. 7", "September 11", "January 6"])
def test_a_date_that_is_a_name_is_guarded(name: str) -> None:
    """The guard matches the bare date at the end of a string, and no place within a text."""
    assert any(wording.pattern.search(name) for anchor in anchors() for wording in anchor.wordings)
    assert named_in(f"On {name} the shop was shut.") == []
