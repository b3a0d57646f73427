"""Whatever is delivered twice, out of order or lost in a crash: events and counts are those of the newest versions.

`DAYBOOK_SIMULATION_EXAMPLES` sets the number of examples for a longer run (200 by default).
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from streams import topics
from streams.counting.articles import count_articles
from streams.counting.count import count_events
from streams.merging.merge import merge_documents
from streams.records import Override
from streams.revising.revise import ArticleEntry, reads_of, revise
from tests.unit.simulation.outcome import actual, expected, plain_articles, plain_count, plain_event
from tests.unit.simulation.simulated_log import run
from tests.unit.simulation.workload import Run, decided_runs, runs

EXAMPLES = int(os.environ.get("DAYBOOK_SIMULATION_EXAMPLES", "200"))
simulated = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@simulated
@given(runs())
def test_topics_say_what_the_newest_versions_say(given_run: Run) -> None:
    broker = run(given_run.documents, given_run.seed)
    assert actual(broker) == expected(given_run.documents)


@simulated
@given(runs())
def test_filters_say_the_same_as_the_topics(given_run: Run) -> None:
    events = merge_documents(given_run.documents)
    counts = {(count.kind, f"{count.day}|{count.subject}"): plain_count(count) for count in count_events(events)}
    told = {event.id: plain_event(event) for event in events}
    read: dict[str, ArticleEntry] = {}
    for document in given_run.documents:
        read[document.article_id] = revise(read.get(document.article_id), document)[0]
    articles = count_articles(one for entry in read.values() for one in reads_of(entry))
    by_source = {f"{one.day}|{one.source}": plain_articles(one) for one in articles}
    assert {"events": told, "counts": counts, "articles": by_source} == expected(given_run.documents)
    broker = run(given_run.documents, given_run.seed)
    streamed = [
        *broker.last_values(topics.ACTOR_COUNTS.name).values(),
        *broker.last_values(topics.LOCATION_COUNTS.name).values(),
    ]
    assert {(c.kind, c.subject, c.day): (c.name, c.level, c.country, c.coder) for c in streamed} == {
        (c.kind, c.subject, c.day): (c.name, c.level, c.country, c.coder) for c in count_events(events)
    }


@simulated
@given(runs(), st.integers(0, 2**32))
def test_two_schedules_end_the_same(given_run: Run, other_seed: int) -> None:
    assert actual(run(given_run.documents, given_run.seed)) == actual(run(given_run.documents, other_seed))


@simulated
@given(decided_runs())
def test_editors_win_whatever_the_order(given_run: tuple[Run, tuple[Override, ...]]) -> None:
    given, overrides = given_run
    broker = run(given.documents, given.seed, overrides=overrides)
    assert actual(broker) == expected(given.documents, overrides)
