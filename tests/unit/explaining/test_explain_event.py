"""Why an event is what it is: evidence, sources, decisions and neighbours are those that merging went by."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from streams import codec
from streams.explaining.explain_event import explain_event
from streams.explaining.explanation import Explanation
from streams.explaining.present import present_events
from streams.merging.clustering import Clustering
from streams.merging.entry import MentionsEntry
from streams.merging.evidence import OTHER_MODE_POINTS
from streams.merging.merge import state_of as state_of_documents
from streams.merging.overrides import told_of
from streams.merging.scorer import THRESHOLD
from streams.merging.state import MergeState
from streams.records import Override, Told
from tests.unit.explaining.worlds import NEXT_WEEK, event_of_article, override, ref, state_of
from tests.unit.merging.test_events import telling
from tests.unit.simulation.workload import Run, decided_runs, town

FAR = town(9, 47.0)


def explained(state: MergeState, article: str) -> Explanation:
    return explain_event(state, event_of_article(state, article))


@given(workload=decided_runs())
def test_what_is_told_is_what_merging_went_by(workload: tuple[Run, tuple[Override, ...]]) -> None:
    run, overrides = workload
    state = state_of_documents(run.documents)
    for one in overrides:
        state.put(MentionsEntry(told_of(one)))
    for merge_key in state.merge_keys():
        events = {event.id: event for _, event in state.events(merge_key, max_reports=None) if event is not None}
        clustering = state.clustering(merge_key)
        for present in present_events(state, merge_key):
            explanation = explain_event(state, present, nearest=2)
            assert explanation.is_suppressed == (present.id not in events)
            if not explanation.is_suppressed:
                assert explanation.event == events[present.id]
            adds_up(explanation, clustering)


def adds_up(explanation: Explanation, clustering: Clustering) -> None:
    """Scores are the sums of their parts, fits the means of scores, sources the groups that are left."""
    joined = sum(len(told.one_source) for told in explanation.told_by)
    assert explanation.event.sources == len(explanation.told_by) - joined
    assert [told.joined for told in explanation.told_by].count("founds") == 1
    for told in explanation.told_by:
        scores = [one.score for one in told.compared]
        for one in told.compared:
            assert one.score is None or one.score == sum(part.points for part in one.evidence)
        if told.joined == "fits" and told.compared:
            assert told.fit is not None
            assert told.fit >= THRESHOLD
            assert told.fit == pytest.approx(sum(filter(None, scores)) / len(scores))
        if told.joined == "fits" and not told.compared:
            member = clustering.members[told.article_id, told.mention_id]
            assert member.cluster is not None
            assert member.cluster.founder is member, "who is compared with nobody founds a cluster of its own"
    assert len(explanation.kept_apart) <= 2


def test_the_evidence_that_joined_a_telling_is_told_in_parts() -> None:
    told = explained(state_of(telling("a"), telling("b", mode="")), "b").told_by
    assert [(one.article_id, one.joined) for one in told] == [("a", "founds"), ("b", "fits")]
    (beside,) = told[1].compared
    assert beside.article_id == "a"
    assert {part.part: part.points for part in beside.evidence}["kind"] == OTHER_MODE_POINTS
    assert beside.score == told[1].fit


def test_reports_that_are_one_source_say_why() -> None:
    wire = (Told(0, 9, "wire"),)
    text, other = tuple(range(128)), (*range(120), *([7] * 8))
    told = explained(
        state_of(
            telling("a", text, sentences=wire),
            telling("b", sentences=wire),
            telling("c", other),
            telling("d", source="B"),
            telling("e"),
        ),
        "a",
    )
    why = {one.article_id: [(link.article_id, link.why) for link in one.one_source] for one in told.told_by}
    assert why == {
        "a": [],
        "b": [("a", ("same sentence",))],
        "c": [("a", ("texts alike by 0.94",))],
        "d": [("b", ("same source, b",))],
        "e": [],
    }
    assert told.event.sources == 2


def test_what_an_editor_merged_shows_what_spoke_against_it() -> None:
    state = state_of(
        telling("a"), telling("b", place=FAR), telling("c", place=FAR), overrides=[override("merge", "a", "b")]
    )
    explanation = explained(state, "a")
    assert [(one.article_id, one.joined, one.fit) for one in explanation.told_by[:2]] == [
        ("a", "founds", None),
        ("b", "decided", None),
    ]
    (beside,) = explanation.told_by[1].compared
    assert (beside.article_id, beside.score) == ("a", None)
    assert [part.part for part in beside.evidence if part.points < -100] == ["where"]
    assert (explanation.told_by[2].joined, explanation.told_by[2].compared[0].article_id) == ("fits", "b")
    assert [one.id for one in explanation.decisions] == ["o-merge"]


def test_what_an_editor_split_is_held_apart_by_the_decision() -> None:
    state = state_of(telling("a"), telling("b"), overrides=[override("split", "b", apart=(ref("a"),))])
    (apart,) = explained(state, "a").kept_apart
    assert (apart.event.id, apart.decisions) == (event_of_article(state, "b").id, ("o-split",))
    assert apart.fit is not None
    assert apart.fit >= THRESHOLD


def test_the_nearest_others_are_told_with_what_spoke_against_them() -> None:
    state = state_of(
        telling("a"),
        telling("b", place=FAR),
        telling("c", date=NEXT_WEEK, mode=""),
        telling("d", mode="territory", place=FAR, date=NEXT_WEEK),
    )
    explanation = explained(state, "a")
    against = {
        one.event.reports[0].article_id: [part.part for part in one.compared[0].evidence if part.points < -100]
        for one in explanation.kept_apart
    }
    assert against == {"b": ["where"], "c": ["when"]}, "d has little in common"
    assert [one.fit for one in explanation.kept_apart] == [None, None]
    assert len(explain_event(state, event_of_article(state, "a"), nearest=1).kept_apart) == 1


def test_two_deeds_of_one_article_are_never_one() -> None:
    one = telling("a").told
    both = replace(one, mentions=(*one.mentions, replace(one.mentions[0], id="a-1")))
    state = MergeState([MentionsEntry(both)])
    (apart,) = explained(state, "a").kept_apart
    assert apart.same_article
    assert apart.fit is None
    assert apart.compared[0].score is not None


def test_a_suppressed_event_is_explained_as_what_it_would_be() -> None:
    state = state_of(telling("a"), telling("b"), overrides=[override("suppress", "b")])
    explanation = explained(state, "a")
    assert explanation.is_suppressed
    assert explanation.event.mentions == 2
    assert explanation.event.overrides == ("o-suppress",)


def test_it_goes_to_json_with_contradictions_as_null() -> None:
    explanation = explained(state_of(telling("a"), telling("b", place=FAR)), "a")
    plain = codec.parse(codec.encode(explanation))
    (apart,) = plain["kept_apart"]
    assert apart["fit"] is None
    assert {part["part"]: part["points"] for part in apart["compared"][0]["evidence"]}["where"] is None
