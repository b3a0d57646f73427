"""A user's rows laid over ours, table by table."""

from __future__ import annotations

import pytest

from streams.extending.merge import merged
from streams.extending.rows import LexiconError, Line, OwnLine
from streams.extending.tables import TABLES

OURS = [
    Line("ours 1", ("capture|seize|storm", "-", "party", "place", "-", "subj", "obj", "ASSAULT", "territory", "MIL")),
    Line("ours 2", ("seize", "up", "-", "-", "-", "subj", "-", "COERCE", "-", "GOV")),
]
PLACES = [Line("ours 1", ("Springfield", "USA", "IL")), Line("ours 2", ("Springfield", "CAN", ""))]


def laid(table: str, ours: list[Line], *mine: OwnLine) -> list[tuple[str, str]]:
    return [(line.where.split(" ")[0], line.cells[0]) for line in merged(TABLES[table], ours, mine)]


def test_a_new_row_comes_before_ours() -> None:
    mine = OwnLine("mine 1", ("zorch", *OURS[0].cells[1:]), "add")
    assert laid("predicates/verbs", OURS, mine)[0] == ("mine", "zorch")


def test_a_row_of_the_same_key_takes_the_place_of_one_lemma_only() -> None:
    mine = OwnLine("mine 1", ("seize", *OURS[0].cells[1:7], "COERCE", "seize", "GOV"), "add")
    assert laid("predicates/verbs", OURS, mine) == [("mine", "seize"), ("ours", "capture|storm"), ("ours", "seize")]


def test_other_conditions_make_another_frame() -> None:
    mine = OwnLine("mine 1", ("seize", "-", "person", *OURS[0].cells[3:]), "add")
    assert len(laid("predicates/verbs", OURS, mine)) == 3


def test_a_lemma_is_removed_from_all_its_frames_or_from_one() -> None:
    assert laid("predicates/verbs", OURS, OwnLine("mine 1", ("seize",), "remove")) == [("ours", "capture|storm")]
    left = laid("predicates/verbs", OURS, OwnLine("mine 1", ("seize", "up"), "remove"))
    assert left == [("ours", "capture|seize|storm")]


def test_all_of_our_rows_of_an_organisation_are_replaced_unless_one_stands_beside() -> None:
    ours = [
        Line("ours 1", ("IGO.nato", "NATO")),
        Line("ours 2", ("IGO.nato", "Nato")),
        Line("ours 3", ("IGO.eu", "EU")),
    ]
    mine = OwnLine("mine 1", ("IGO.nato", "The Alliance"), "add")
    assert laid("actors/organisations", ours, mine) == [("mine", "IGO.nato"), ("ours", "IGO.eu")]
    beside = OwnLine("mine 1", ("IGO.nato", "The Alliance"), "beside")
    assert len(laid("actors/organisations", ours, beside)) == 4


def test_a_place_is_known_by_name_and_country_in_any_spelling() -> None:
    mine = OwnLine("mine 1", ("springfield", "USA", "MA"), "add")
    assert laid("places/regions", PLACES, mine) == [("mine", "springfield"), ("ours", "Springfield")]
    assert laid("places/regions", PLACES, OwnLine("mine 1", ("SPRINGFIELD",), "remove")) == []


def test_words_gather_after_ours() -> None:
    ours = [Line("ours 1", ("facility", "school"))]
    mine = OwnLine("mine 1", ("facility", "gazebo"), "add")
    assert laid("predicates/classes", ours, mine) == [("ours", "facility"), ("mine", "facility")]


def test_a_row_that_removes_nothing_is_wrong() -> None:
    with pytest.raises(LexiconError, match=r"^verbs.tsv line 3: it removes nothing"):
        laid("predicates/verbs", OURS, OwnLine("verbs.tsv line 3", ("sieze",), "remove"))
