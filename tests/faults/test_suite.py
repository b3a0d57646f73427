"""The suite's own parts: a workload that is what it says, and a verdict that sees what is wrong."""

from __future__ import annotations

import itertools
import json
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path

import pytest

from streams import topics
from tests.faults.editors import WRONG
from tests.faults.faulty_worker import FIRST_ARTICLE_MS, HANDLERS, handler_of
from tests.faults.newsroom import MEGABYTE
from tests.faults.results import Result, append, read_results, table_of
from tests.faults.run import UnrestError, check_calm
from tests.faults.truth import decisions_of, documents_of, mentions_records
from tests.faults.verdict import compared_counts, differences
from tests.faults.workload import Size, coded, slices, workload
from tests.unit.simulation.oracle import expected_events
from tests.unit.simulation.oracle_counts import expected_article_counts, expected_counts
from tests.unit.simulation.outcome import actual
from tests.unit.simulation.simulated_log import run

SIZE = Size(documents=300, articles=60, decisions=100)
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


def test_editors_decide_everything_that_can_be_decided() -> None:
    made = decisions_of(RECORDS)
    assert {one.action for one in made} == {"suppress", "merge", "split", "change"}
    told = {mention.id: mention.merge_key for document in DOCUMENTS for mention in document.mentions}
    assert all(ref.mention_id in told for one in made for ref in (*one.mentions, *one.apart))
    pairs = [(one, other) for one, other in itertools.combinations(made, 2) if one.id == other.id]
    assert any(other.withdrawn and not one.withdrawn for one, other in pairs), "taken back"
    assert any(other.made < one.made for one, other in pairs), "late old ones"
    assert any(other.made > one.made and other.action != one.action for one, other in pairs), "decided anew"
    assert any(one.merge_key != other.merge_key for one, other in pairs), "one id under two merge keys"
    assert any(one == other for one, other in pairs), "records sent twice"
    wrong = [record for record in RECORDS if record.topic == topics.OVERRIDES.name and record.is_poison]
    assert len(wrong) == len(WRONG)
    events = expected_events(DOCUMENTS)
    assert expected_events(DOCUMENTS, made) != events


def test_articles_are_edited_and_live_blogs_grow() -> None:
    articles = [record for record in RECORDS if record.topic == topics.ARTICLES.name and not record.is_poison]
    texts = defaultdict(list)
    for record in articles:
        texts[record.key].append(json.loads(record.value or b"{}").get("text", "").split("\n\n"))
    pairs = [pair for versions in texts.values() for pair in itertools.pairwise(versions)]
    edited = [(one, other) for one, other in pairs if one != other and set(one) & set(other) - {""}]
    assert any("GMT" not in " ".join(one) for one, _ in edited), "edited"
    assert any(len(one) < len(other) and one[2:] == other[4:] for one, other in edited), "live blogs"
    live = [record for record in articles if b"GMT" in (record.value or b"")]
    assert max(paragraph.entry for told in coded(live) for paragraph in told.paragraphs) > 1


def test_without_documents_the_decisions_are_about_articles() -> None:
    size = Size(documents=0, articles=30, decisions=20)
    records = workload(3, size)
    assert {record.topic for record in records} == {topics.ARTICLES.name, topics.OVERRIDES.name}
    told = {mention.id for document in documents_of(records) for mention in document.mentions}
    assert {ref.mention_id for one in decisions_of(records) for ref in one.mentions} <= told


@pytest.mark.parametrize("seed", range(5))
def test_the_slow_article_is_in_every_workload_and_is_no_poison(seed: int) -> None:
    slow = {record for record in workload(seed, SIZE) if record.timestamp_ms == FIRST_ARTICLE_MS}
    assert [(record.key, record.is_poison) for record in slow] == [(b"n0", False)]


def test_the_truth_is_what_the_stages_say_without_faults() -> None:
    told, decided = DOCUMENTS[:60], decisions_of(RECORDS)
    events = expected_events(told, decided)
    broker = run(told, 1, may_crash=False, overrides=decided)
    truth = {"events": events, "counts": expected_counts(events), "articles": expected_article_counts(told)}
    assert truth == actual(broker)
    sent = sum(len(part) for part in broker.log(topics.MENTIONS.name))
    assert mentions_records(told) + len(decided) == sent


def test_the_functions_that_faults_are_put_into_are_there() -> None:
    assert all(callable(handler_of(agent)) for agent in HANDLERS)


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
