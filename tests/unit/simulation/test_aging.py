"""Time passes, entries expire, days close: what comes late is on its topic or in the counts, and the audit is clean."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from streams import codec, topics
from streams.auditing.log import LogRecord
from streams.counting.days import UNDATED
from streams.records import ArticleCount, Contributions, DayCount, Document, Event, Override
from tests.unit.auditing.simulated_service import Service, violated
from tests.unit.simulation.aging_log import HORIZON_DAYS, AgingTask, Timed
from tests.unit.simulation.outcome import KINDS, expected, plain_articles, plain_count, plain_event
from tests.unit.simulation.test_converges import EXAMPLES
from tests.unit.simulation.workload import decided_runs, runs

aging = settings(max_examples=EXAMPLES // 2, deadline=None, suppress_health_check=[HealthCheck.too_slow])
Days = Sequence[int]
FIRST_DAY = (date(2024, 3, 6) - date(1970, 1, 1)).days
"""After the articles were fetched."""


class AgingService(Service):
    """The agents at work on documents that have days."""

    task = AgingTask
    horizon_days = HORIZON_DAYS

    def feed(self, document: Document, day: int = 0) -> None:
        self.publish(topics.DOCUMENTS, document.article_id, Timed(codec.encode(document), day))

    def told(self, offset: int, key: str, record: Timed) -> LogRecord:
        return LogRecord(offset, key.encode(), record.value, day=record.day)

    def last(self, topic: topics.Topic, record_type: type[Any]) -> dict[str, Any]:
        values = self.broker.last_values(topic.name)
        return {key: codec.decode(record_type, one.value) for key, one in values.items() if one.value is not None}

    def counts(self) -> dict[tuple[str, str], DayCount]:
        found = {}
        for kind, name in KINDS.items():
            topic = next(topic for topic in topics.TOPICS if topic.name == name)
            found.update({(kind, key): count for key, count in self.last(topic, DayCount).items()})
        return found


@st.composite
def histories(draw: st.DrawFn) -> Days:
    """Days that pass between one document and the next; some documents come out of order."""
    return draw(st.lists(st.sampled_from((0, 0, 0, 1, 4, HORIZON_DAYS + 1, 40, -3, -20)), min_size=13, max_size=13))


def lived(
    documents: Sequence[Document], passing: Days, seed: int, partitions: int, overrides: Sequence[Override] = ()
) -> AgingService:
    service = AgingService((), partitions)
    rng = random.Random(seed)
    day = FIRST_DAY
    for document, more in zip(documents, passing, strict=False):
        day = max(FIRST_DAY, day + more)
        service.feed(document, day)
        if rng.random() < 0.5:
            service.live(rng.randrange(2**32))
        if rng.random() < 0.3:
            service.rest()
    for override in overrides:
        service.publish(topics.OVERRIDES, override.id, Timed(codec.encode(override), day))
    service.live(rng.randrange(2**32))
    service.rest()
    return service


@aging
@given(runs(), histories(), st.integers(1, 3))
def test_the_audit_is_clean_whatever_expires(given_run: Any, passing: Days, partitions: int) -> None:
    service = lived(given_run.documents, passing, given_run.seed, partitions)
    assert violated(service.audit()) == {}


@aging
@given(decided_runs(), histories(), st.integers(1, 3))
def test_decisions_expire_with_what_they_are_about(given_run: Any, passing: Days, partitions: int) -> None:
    told, overrides = given_run
    service = lived(told.documents, passing, told.seed, partitions, overrides)
    assert violated(service.audit()) == {}


@aging
@given(runs(), st.integers(1, 3))
def test_within_the_horizon_nothing_changes(given_run: Any, partitions: int) -> None:
    passing = [HORIZON_DAYS // 3 if number in {2, 4} else 0 for number in range(13)]
    service = lived(given_run.documents, passing, given_run.seed, partitions)
    articles = service.last(topics.ARTICLE_COUNTS, ArticleCount)
    events = {key: plain_event(event) for key, event in service.last(topics.EVENTS, Event).items()}
    counts = {key: plain_count(count) for key, count in service.counts().items()}
    read = {key: plain_articles(count) for key, count in articles.items()}
    assert {"events": events, "counts": counts, "articles": read} == expected(given_run.documents)
    assert not service.broker.last_values(topics.LATE.name)


@aging
@given(runs(), histories(), st.integers(1, 3))
def test_every_contribution_is_counted_once_or_late(given_run: Any, passing: Days, partitions: int) -> None:
    service = lived(given_run.documents, passing, given_run.seed, partitions)
    late = {one.follows for log in service.broker.log(topics.LATE.name) for _, one in log}
    counted: dict[tuple[str, str, str], Contributions] = {}
    for number, log in enumerate(service.broker.log(topics.CONTRIBUTIONS.name)):
        for offset, (_, one) in enumerate(log):
            told = codec.decode(Contributions, one.value)
            place = told.day, told.country, told.event_id
            if (number, offset) not in late and (place not in counted or told.version >= counted[place].version):
                counted[place] = told
    sums: defaultdict[tuple[str, str], int] = defaultdict(int)
    for told in counted.values():
        for one in told.contributions:
            sums[one.kind, f"{told.day}|{one.subject}"] += 1
    published = {key: count.events for key, count in service.counts().items()}
    assert {key: number for key, number in published.items() if not _is_undated(key)} == {
        key: number for key, number in sums.items() if not _is_undated(key)
    }
    for key, number in sums.items():  # where an event whose entry is gone is told anew, it counts anew
        assert published.get(key, 0) >= number or not _is_undated(key)


def _is_undated(key: tuple[str, str]) -> bool:
    return key[1].startswith(UNDATED)
