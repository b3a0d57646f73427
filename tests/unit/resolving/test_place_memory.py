"""What is remembered of paragraphs changes nothing that the places of an article depend on."""

from __future__ import annotations

from itertools import permutations

import pytest

from streams.coding.pipeline import load_pipeline
from streams.parsing.tokens import Doc
from streams.resolving.gazetteer import Gazetteer, load_gazetteer
from streams.resolving.places import PlaceResolver

PARAGRAPHS = (
    "Shots were heard near Lincoln and in Georgia, Austin said on Monday.",
    "Defense Secretary Lloyd Austin and the historian Maria Lincoln flew to Tbilisi.",
    "Police in Atlanta, Georgia, closed the road to the village of Dolna Banitsa.",
    "The rebels hold Dolna Banitsa, 12 km west of Izium in the Kharkiv region, Ukrainian officials said.",
)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def test_places_do_not_depend_on_what_came_before(gazetteer: Gazetteer) -> None:
    pipeline = load_pipeline("auto")
    remembering = PlaceResolver(gazetteer)
    texts = [order for count in range(1, 5) for order in permutations(PARAGRAPHS, count)]
    for paragraphs in (*texts, *reversed(texts)):
        docs = pipeline.pipe(paragraphs)
        assert remembering.resolve(docs) == PlaceResolver(gazetteer, room=0).resolve(docs)


def test_known_paragraphs_need_no_parse(gazetteer: Gazetteer) -> None:
    docs = load_pipeline("auto").pipe(PARAGRAPHS[2:])
    resolver = PlaceResolver(gazetteer)
    found = resolver.resolve(docs)

    def no_doc(number: int) -> Doc:
        raise AssertionError(number)

    assert resolver.resolve_texts(PARAGRAPHS[2:], no_doc, ()) == found


def test_the_least_lately_used_paragraphs_are_forgotten(gazetteer: Gazetteer) -> None:
    pipeline = load_pipeline("auto")
    resolver = PlaceResolver(gazetteer, room=30_000)
    for number in range(40):
        resolver.resolve(pipeline.pipe([f"Shells fell on Izium and on Kharkiv on day {number} of the war."]))
    known = resolver._memory._known
    kept = {**known._newer, **known._older}
    assert 0 < len(kept) < 40
    assert sum(size for _, size in kept.values()) <= 30_000
