"""`daybook replay` beside a running service: it is compared, breaks off, takes over, and goes on with new articles."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from streams import codec, topics
from streams.generations import REVISIONS, Generation, ReplayError
from streams.records import DayCount, Generations
from streams.replaying.publishing import replay_writer
from streams.reporting.generations import generations
from streams.reporting.progress import stages
from streams.supervisor import environment_of
from tests.broker.bench import Bench, wait_for
from tests.broker.worlds import COUNT_TOPICS, TEXTS, article, counts_of, counts_without_broker, documents_of

pytestmark = [pytest.mark.broker, pytest.mark.timeout(420)]
CORRECTION = article(
    "visit", text="France's president met Italy's prime minister in Rome on Wednesday.", fetched="2026-03-06T11:00:00Z"
)
LEFT = [CORRECTION, article("shelling")]
"""What counts after the correction, the retractions and the editor's decision."""
MORE = article("protest", text="Thousands of people protested in Lima on Thursday against Peru's government.")
STRANGER = b"1999-01-01|UKR"
"""A count that follows from no article."""


def public(bench: Bench) -> dict[str, DayCount]:
    """The published counts by topic and key, as records."""
    return {
        f"{topic} {(key or b'').decode()}": codec.decode(DayCount, value)
        for topic in COUNT_TOPICS
        for key, value in bench.latest(topic).items()
    }


def suppression(bench: Bench, name: str) -> tuple[bytes, bytes]:
    """An editor's decision that what an article tells is no event."""
    (told,) = documents_of(bench.settings, [article(name)])
    (merge_key,) = {mention.merge_key for mention in told.mentions}
    decision = {"id": "d1", "made": "2026-03-07T00:00:00Z", "merge_key": merge_key, "action": "suppress"}
    mentions = [{"article_id": name, "mention_id": mention.id} for mention in told.mentions]
    return b"d1", json.dumps({**decision, "mentions": mentions}).encode()


def counts(bench: Bench) -> dict[tuple[str, str, str], DayCount]:
    return counts_of([value for topic in COUNT_TOPICS for value in bench.latest(topic).values()])


def serves(bench: Bench) -> int:
    return generations(bench.settings).serving


@pytest.fixture(scope="module")
def served(bench: Bench) -> Iterator[Bench]:
    """A service after a correction, two retractions, a decision and poison, with a count that nobody can explain."""
    bench.start()
    bench.wait_ready()
    bench.send(topics.ARTICLES.name, [*(article(name) for name in TEXTS), (b"torn", b"{torn")])
    bench.wait_idle()
    bench.send(topics.ARTICLES.name, [(b"aid", None), CORRECTION, (b"reprint", None)])
    bench.send(topics.OVERRIDES.name, [suppression(bench, "accusation")])
    bench.wait_idle()
    stranger = next(iter(public(bench).values()))
    bench.send(topics.ACTOR_COUNTS.name, [(STRANGER, codec.encode(stranger))])
    yield bench
    bench.stop()


def test_a_replay_gives_the_same_counts_without_touching_the_public_ones(served: Bench) -> None:
    before = {topic: served.read(topic) for topic in (*COUNT_TOPICS, topics.EVENTS.name)}
    done = served.daybook("replay", "--compare")
    assert done.returncode == 0, done.stderr
    rows = {line.split()[1]: line.split()[3::2] for line in done.stdout.splitlines() if "news." in line}
    assert {topic: [int(one) for one in row[1:]] for topic, row in rows.items()} == {
        topics.EVENTS.name: [0, 0, 0],
        topics.ACTOR_COUNTS.name: [0, 0, 1],
        topics.LOCATION_COUNTS.name: [0, 0, 0],
        topics.ARTICLE_COUNTS.name: [0, 0, 0],
    }, done.stdout
    assert all(int(row[0]) > 0 for row in rows.values())
    built = [served.latest(f"{topic}.g2").values() for topic in COUNT_TOPICS]
    assert counts_of([value for values in built for value in values]) == expected(served, LEFT)
    assert {topic: served.read(topic) for topic in before} == before
    assert serves(served) == 1
    assert len(served.worker_pids()) == 1, "the live worker went on"


def test_it_takes_over_and_its_revisions_are_above_all_before(served: Bench) -> None:
    before = public(served)
    done = served.daybook("replay")
    assert done.returncode == 0, done.stderr
    assert "go on building" in done.stderr, "what was built to compare is not built again"
    assert serves(served) == 2
    wait_for(lambda: len(served.worker_pids()) == 2 and served.is_ready(), "the worker is back in the new generation")
    assert "generation-changed" in {line.get("cause") for line in served.told()}
    after = public(served)
    assert f"{topics.ACTOR_COUNTS.name} {STRANGER.decode()}" in before.keys() - after.keys()
    assert counts(served) == expected(served, LEFT)
    assert all(count.revision >= REVISIONS > before[key].revision for key, count in after.items())
    letters = served.read(topics.dead_letters_of(topics.ARTICLES).name)
    assert [value for _, value, _ in letters] == [b"{torn"], "it was not dead-lettered twice"


def test_new_articles_are_counted_by_the_new_generation(served: Bench) -> None:
    before = public(served)
    served.send(topics.ARTICLES.name, [MORE, (b"shelling", None), (b"accusation", None)])
    wait_for(lambda: lag(served) == 0, "they went all the way")
    assert counts(served) == expected(served, [MORE, CORRECTION]) != {}
    after = public(served)
    assert all(count.revision >= before[key].revision for key, count in after.items() if key in before)
    changed = [key for key, count in after.items() if count != before.get(key)]
    assert changed
    assert all(after[key].revision > REVISIONS for key in changed)


def test_audit_and_topics_know_the_new_generation(served: Bench) -> None:
    done = served.daybook("audit", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    unchecked = {one["name"] for one in json.loads(done.stdout)["invariants"] if not one["checked"]}
    assert unchecked <= {"late", "overrides"}  # there may be none here
    assert "news.documents.v1.g2" in served.daybook("topics").stdout


def test_a_replay_that_was_killed_goes_on_where_it_was(served: Bench) -> None:
    killed = subprocess.Popen(
        [sys.executable, "-m", "streams.cli", "replay"], env={**os.environ, **environment_of(served.settings)}
    )
    wait_for(lambda: generations(served.settings).building == 3, "it has begun")
    killed.kill()
    killed.wait()
    done = served.daybook("replay", "--compare")
    assert done.returncode == 0, done.stderr
    assert "go on building the generation that an earlier replay left: 3" in done.stderr
    assert serves(served) == 2


def test_only_the_last_replay_can_write(served: Bench) -> None:
    told = generations(served.settings)
    with replay_writer(served.settings) as first, replay_writer(served.settings) as second:
        second.tell(told)
        with pytest.raises(ReplayError, match="another replay has taken over"):
            first.tell(Generations(serving=9))
    assert generations(served.settings) == told


def test_a_switch_that_was_broken_off_is_finished(served: Bench) -> None:
    """As after a kill while it published: workers wait, and the next call publishes what is left."""
    with replay_writer(served.settings) as writer:
        told = generations(served.settings)
        writer.tell(Generations(told.serving, told.building, told.code, "publishing"))
    before = public(served)
    served.send(topics.ACTOR_COUNTS.name, [(STRANGER, codec.encode(next(iter(before.values()))))])
    assert served.daybook("audit").returncode == 2, "between two generations there is nothing to judge"
    done = served.daybook("replay")
    assert done.returncode == 0, done.stderr
    assert serves(served) == 3
    wait_for(served.is_ready, "the worker is back in the new generation")
    assert {key: count.events for key, count in public(served).items()} == {
        key: count.events for key, count in before.items()
    }
    assert served.daybook("audit").returncode == 0


def test_what_former_generations_left_is_deleted(served: Bench) -> None:
    done = served.daybook("replay", "--clean")
    assert done.returncode == 0, done.stderr
    assert "deleted news.documents.v1\n" in done.stderr
    assert "deleted news.events.v1.g2\n" in done.stderr
    assert "deleted news.events.v1.g3\n" in done.stderr
    assert "0 topics deleted" in served.daybook("replay", "--clean").stderr
    assert served.daybook("audit").returncode == 0
    assert counts(served) == expected(served, [MORE, CORRECTION])


def expected(bench: Bench, left: list[tuple[bytes, bytes]]) -> dict[tuple[str, str, str], DayCount]:
    return counts_without_broker(documents_of(bench.settings, left))


def lag(bench: Bench) -> int:
    generation = Generation(bench.settings.application_id, serves(bench))
    return sum(stage.lag for stage in stages(bench.settings, generation))
