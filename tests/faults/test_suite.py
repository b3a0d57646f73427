"""The suite's own parts: a workload that is what it says, and a verdict that sees what is wrong."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path

import pytest

from streams import topics
from tests.faults.faulty_worker import FIRST_ARTICLE_MS
from tests.faults.newsroom import MEGABYTE
from tests.faults.results import Result, append, read_results, table_of
from tests.faults.run import UnrestError, check_calm
from tests.faults.truth import documents_of, mentions_records
from tests.faults.verdict import compared_counts, differences
from tests.faults.workload import Size, slices, workload
from tests.unit.simulation.oracle import expected_counts, expected_events
from tests.unit.simulation.outcome import actual
from tests.unit.simulation.simulated_log import run

SIZE = Size(documents=300, articles=60)
RECORDS = workload(7, SIZE)
DOCUMENTS = list(documents_of(record for record in RECORDS if record.topic == topics.DOCUMENTS.name))


def test_a_seed_makes_one_workload() -> None:
    assert workload(7, SIZE) == RECORDS
    assert workload(8, SIZE) != RECORDS
    assert tuple(record for part in slices(RECORDS, 7) for record in part) == RECORDS


def test_the_workload_has_what_the_service_must_bear() -> None:
    documents = defaultdict(list)
    for document in DOCUMENTS:
        documents[document.article_id].append(document)
    told = [versions for versions in documents.values() if len(versions) > 1]
    pairs = [pair for versions in told for pair in itertools.pairwise(versions)]
    assert any(later.version > earlier.version for earlier, later in pairs), "corrections"
    assert any(later.version < earlier.version for earlier, later in pairs), "late old versions"
    assert any(later == earlier for earlier, later in pairs), "records sent twice"
    assert any(document.retracted for document in DOCUMENTS), "retractions"
    keys = [{mention.merge_key for version in versions for mention in version.mentions} for versions in told]
    assert any(len(merge_keys) > 1 for merge_keys in keys), "moved merge keys"
    articles = [record for record in RECORDS if record.topic == topics.ARTICLES.name]
    kinds = Counter((record.is_poison, len(record.value or b"") >= MEGABYTE) for record in articles)
    assert set(kinds) == {(False, False), (False, True), (True, False), (True, True)}
    assert any(record.value is None for record in articles), "tombstones"
    assert not documents.keys() & {(record.key or b"").decode() for record in articles}, "ids do not overlap"


@pytest.mark.parametrize("seed", range(5))
def test_the_slow_article_is_in_every_workload_and_is_no_poison(seed: int) -> None:
    slow = {record for record in workload(seed, SIZE) if record.timestamp_ms == FIRST_ARTICLE_MS}
    assert [(record.key, record.is_poison) for record in slow] == [(b"n0", False)]


def test_the_truth_is_what_the_stages_say_without_faults() -> None:
    told = DOCUMENTS[:60]
    events = expected_events(told)
    broker = run(told, 1, may_crash=False)
    assert {"events": events, "counts": expected_counts(events)} == actual(broker)
    assert mentions_records(told) == sum(len(part) for part in broker.log(topics.MENTIONS.name))


def test_lost_and_doubled_are_told_apart() -> None:
    truth = expected_counts(expected_events(DOCUMENTS))
    assert compared_counts(truth, truth) == (0, 0)
    key, count = next((key, count) for key, count in truth.items() if count["events"] > 1)
    assert compared_counts(truth, {**truth, key: {**count, "events": count["events"] - 1}}) == (1, 0)
    assert compared_counts(truth, {**truth, key: {**count, "events": count["events"] + 2}}) == (0, 2)
    assert compared_counts(truth, {**truth, ("actor", "none"): {"events": 3}}) == (0, 3)
    assert list(differences("count", truth, truth)) == []
    (line,) = differences("count", truth, {**truth, key: {**count, "killed": -1}})
    assert "killed" in line


def test_results_add_up(tmp_path: Path) -> None:
    good = Result("kill", "memory", 1, guard_exits={"lease-lost": 2}, recover_seconds=3.0)
    for one in (good, replace(good, seed=2, lost=1)):
        append(tmp_path / "results.jsonl", one)
    results = read_results([tmp_path / "results.jsonl"])
    assert [one.has_passed for one in results] == [True, False]
    assert table_of(results).row_count == 1


def test_in_a_calm_run_no_worker_may_end() -> None:
    check_calm(Counter())
    with pytest.raises(UnrestError, match="stalled"):
        check_calm(Counter({"stalled": 1}))
    with pytest.raises(UnrestError, match="killed"):
        check_calm(Counter({"killed": 1}))
