"""Groups of dependent sources that are kept up as tellings come and go are those found by comparing each with each."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streams.explaining.reprints import one_source, reasons
from streams.merging import sources as sources_module
from streams.merging.sources import Sources
from streams.merging.tellings import Telling
from streams.records import Told
from tests.unit.merging.test_events import telling

TEXT = tuple(range(128))


@st.composite
def witnesses(draw: st.DrawFn) -> Telling:
    """One of a few tellings that have outlet, founding sentence or text in common, or a text that is like another."""
    changed = draw(st.integers(0, 4)) * 12
    start = draw(st.sampled_from((0, 12, 60)))
    text = tuple(9999 if start <= place < start + changed else place for place in TEXT)
    article = f"a{draw(st.integers(0, 30)):02}"
    return telling(
        article,
        draw(st.sampled_from((text, text, ()))),
        source=draw(st.sampled_from((article, article, "One", "Two"))),
        sentences=draw(
            st.sampled_from(
                ((Told(0, 9, article),), (Told(0, 9, "wire"),), (Told(0, 9, article), Told(9, 20, "wire")), ())
            )
        ),
    )


def groups_by_brute_force(tellings: Sequence[Telling]) -> int:
    groups = [{number} for number in range(len(tellings))]
    for one in range(len(tellings)):
        for other in range(one):
            if dependent(tellings[one], tellings[other]):
                joined = next(g for g in groups if one in g) | next(g for g in groups if other in g)
                groups = [g for g in groups if not g & joined] + [joined]
    return len(groups)


def dependent(one: Telling, other: Telling) -> bool:
    first, second = one.told.signature, other.told.signature
    alike = bool(first and second) and sum(a == b for a, b in zip(first, second, strict=True)) >= 0.8 * 128
    wire = any(first.hash == second.hash for first in one.mention.sentences for second in other.mention.sentences)
    return alike or wire or one.told.source == other.told.source


@pytest.mark.parametrize("few", [0, 4, 24])
@settings(max_examples=150, deadline=None)
@given(told=st.lists(witnesses(), max_size=30))
def test_whatever_comes_and_goes(told: list[Telling], few: int) -> None:
    """A telling that is told again is taken out."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sources_module, "FEW_TEXTS", few)
        sources = Sources()
        present: dict[str, Telling] = {}
        for one in told:
            former = present.pop(one.told.article_id, None)
            if former is None:
                present[one.told.article_id] = one
                sources.add(one)
            else:
                sources.remove(former)
            assert sources.count() == groups_by_brute_force(list(present.values()))


@given(tellings=st.lists(witnesses(), max_size=30, unique_by=lambda one: one.id))
def test_the_reasons_that_are_told_join_the_same_groups(tellings: list[Telling]) -> None:
    links = one_source(tellings)
    known = {one.id: one for one in tellings}
    assert len(tellings) - sum(map(len, links.values())) == groups_by_brute_force(tellings)
    for telling_id, joined in links.items():
        for link in joined:
            other = known[link.article_id, link.mention_id]
            assert link.why == reasons(known[telling_id], other) != ()
            assert tellings.index(other) < tellings.index(known[telling_id])
