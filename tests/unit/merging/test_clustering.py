"""Clusters that are kept up as tellings come and go are those of clustering all tellings anew."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from streams.merging import clusters, fits
from streams.merging.clustering import Clustering
from streams.merging.clusters import Cluster
from streams.merging.comparing import Sketch, compare
from streams.merging.events import MAX_REPORTS, event_of
from streams.merging.scorer import THRESHOLD, score
from streams.merging.tellings import Telling, tellings_of
from streams.records import DateWindow, Mention, Mentions, Version
from tests.unit.merging.test_events import TOWN, telling
from tests.unit.simulation.workload import CHANGES, POOLS, SIGNATURES, day_window, mention_of, usual_deed

PUBLISHED = (day_window(0), day_window(1), day_window(2), DateWindow())
LINKING = [name for name in CHANGES if name != "merge_key"]
hard = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def told_records(draw: st.DrawFn, articles: int, differences: int) -> Mentions:
    """What one of a few articles tells: some deeds that are alike, now and then none."""
    article = f"a{draw(st.integers(1, articles)):02}"
    numbers = draw(st.sampled_from(((0,), (0,), (1,), (0, 1), (2, 0, 1), ())))
    mentions = tuple([draw(deeds(article, number, differences)) for number in numbers])
    version = Version(f"2024-03-0{draw(st.integers(1, 9))}", "c")
    source = draw(st.sampled_from((article, "One Times", None)))
    signature = draw(st.sampled_from(SIGNATURES))
    published = draw(st.sampled_from(PUBLISHED))
    return Mentions(article, version, "material|UKR", source, None, published, signature, mentions)


@st.composite
def deeds(draw: st.DrawFn, article: str, number: int, differences: int) -> Mention:
    told: dict[str, Any] = usual_deed()
    for name in draw(st.lists(st.sampled_from(LINKING), max_size=differences)):
        told[name] = draw(st.sampled_from(POOLS[name]))
    return mention_of(article, number, told)


@st.composite
def histories(draw: st.DrawFn) -> list[Mentions]:
    """Records as they come: what an article told before is replaced."""
    one = told_records(draw(st.sampled_from((4, 12, 30))), draw(st.integers(0, 3)))
    return draw(st.lists(one, min_size=1, max_size=40))


def clustered_anew(tellings: Sequence[Telling], profile: int) -> list[list[Telling]]:
    """Every telling in canonical order compared with every cluster before it."""
    found: list[list[Telling]] = []
    for one in sorted(tellings, key=lambda one: one.rank):
        fits = [(fit_anew(one, members, profile), -number) for number, members in enumerate(found)]
        fit, number = max(fits, default=(0.0, 0))
        if fit >= THRESHOLD:
            found[-number].append(one)
        else:
            found.append([one])
    return found


def fit_anew(one: Telling, members: Sequence[Telling], profile: int) -> float:
    if any(member.told.article_id == one.told.article_id for member in members):
        return float("-inf")
    distinct = list(dict.fromkeys(member.traits for member in members))[:profile]
    return sum(score(one.traits, traits) for traits in distinct) / len(distinct)


def settled(clustering: Clustering) -> list[Cluster]:
    """The clusters by the rank of their founders."""
    for _ in clustering.settle():
        pass
    found = dict.fromkeys(member.cluster for member in clustering.members.values())
    return sorted((one for one in found if one is not None), key=lambda cluster: cluster.founder.rank)


def take(clustering: Clustering, former: Sequence[Telling], record: Mentions) -> list[Telling]:
    """The record replaces what its article told before."""
    present = tellings_of(record)
    known = {one.id for one in former}
    kept = {one.id for one in present if one.id in known and clustering.replace(one)}
    for gone in known - kept:
        clustering.remove(gone)
    for one in present:
        if one.id not in kept:
            clustering.add(one)
    return present


@pytest.mark.parametrize("profile", [2, 8])
@hard
@given(history=histories())
def test_whatever_comes_and_goes(history: list[Mentions], profile: int) -> None:
    with pytest.MonkeyPatch.context() as small:
        small.setattr(clusters, "PROFILE", profile)
        small.setattr(clusters, "SUMMED_FROM", 3)
        clustering = Clustering()
        present: dict[str, list[Telling]] = {}
        for record in history:
            present[record.article_id] = take(clustering, present.get(record.article_id, ()), record)
            found = settled(clustering)
            told = [[member.telling for member in cluster.members] for cluster in found]
            assert told == clustered_anew([one for told in present.values() for one in told], profile)
            for cluster, tellings in zip(found, told, strict=True):
                assert cluster.event(max_reports=MAX_REPORTS) == event_of(tellings, max_reports=MAX_REPORTS)


def test_a_tie_follows_who_was_told_of_first() -> None:
    """A village between two towns that exclude each other goes to the town that is told of first."""
    north, south = replace(TOWN, id="UKR.07.3", lat=50.4), replace(TOWN, id="UKR.07.2", lat=50.2)
    told = [
        replace(telling(article, place=place, sentences=()).told, published=day_window(day))
        for article, place, day in (("a", north, 1), ("b", TOWN, 2), ("c", south, 3), ("d", TOWN, 0))
    ]
    clustering = Clustering()
    for record in told[:3]:
        take(clustering, (), record)
    assert articles_of(settled(clustering)) == ["ac", "b"]
    first = take(clustering, (), told[3])
    assert articles_of(settled(clustering)) == ["dbc", "a"]
    take(clustering, first, replace(told[3], mentions=()))
    assert articles_of(settled(clustering)) == ["ac", "b"]


def articles_of(found: Sequence[Cluster]) -> list[str]:
    return ["".join(member.telling.told.article_id for member in cluster.members) for cluster in found]


class Work:
    """Counts how often tellings are compared."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.scores = 0
        monkeypatch.setattr(fits, "compare", self.compare)

    def compare(self, one: Sketch, other: Sketch) -> float:
        self.scores += 1
        return compare(one, other)

    def of(self, tellings: Sequence[Telling]) -> list[float]:
        """Comparisons per telling in each tenth of the tellings, added one after the other."""
        clustering, part, tenths = Clustering(), len(tellings) // 10, []
        for number, one in enumerate(tellings, 1):
            clustering.add(one)
            for _ in clustering.settle():
                pass
            if not number % part:
                tenths.append(self.scores / part)
                self.scores = 0
        return tenths


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Work:
    return Work(monkeypatch)


def articles(number: int) -> list[str]:
    """Ids in an order that has nothing to do with that in which they come."""
    return [hashlib.sha256(str(one).encode()).hexdigest()[:9] for one in range(number)]


def test_a_reprint_is_compared_with_one(work: Work) -> None:
    tenths = work.of([telling(article, sentences=()) for article in articles(1000)])
    assert max(tenths) <= 2


def test_a_much_told_event_costs_no_more_in_the_end(work: Work) -> None:
    tenths = work.of([telling(article) for article in articles(1000)])
    assert sum(tenths[5:]) <= sum(tenths[:5])


def test_events_elsewhere_cost_nothing(work: Work) -> None:
    """Three articles tell of each town, of which there are ever more."""
    tellings = []
    for number, article in enumerate(articles(1200)):
        town = number // 3
        at = replace(TOWN, id=f"UKR.07.{town}", lat=45.0 + town // 20, lon=3.0 * (town % 20))
        tellings.append(telling(article, place=at))
    tenths = work.of(tellings)
    assert max(tenths) <= 1.5 * min(tenths)
