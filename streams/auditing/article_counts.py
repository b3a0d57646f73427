"""Table articles-read against table articles, and the published counts of articles against its sums."""

from __future__ import annotations

from collections import defaultdict

from streams import topics
from streams.auditing.articles import Tells
from streams.auditing.facts import compare, fact_of_read, version_in
from streams.auditing.findings import ARTICLE_COUNTS, DECODES, NOT_NEGATIVE, Findings
from streams.auditing.log import Layout, Log, decoded, last_values, own_entries, text_of
from streams.counting.articles import ReadEntry, decode_base, entry_key
from streams.counting.closing import left_in
from streams.records import ArticleCount, ArticleRead, InvalidRecordError

TABLE_LAYOUT = Layout(
    version=(("told", "version"), ("offset",)),
    placed_by=(("told", "day"), ("told", "source")),
    is_table=True,
    has_parts=True,
)
OUTPUT_LAYOUT = Layout(version=(("revision",),))
NUMBERS = ("read", "coded", "skipped", "with_events", "mentions")
NOTHING = (0, 0, 0, 0, 0)


def check_article_counts(log: Log, tells: Tells, findings: Findings) -> None:
    """Check every entry and every count, and take them off what table articles tells."""
    sums = _check_table(log, tells, findings)
    topic = topics.ARTICLE_COUNTS.name
    for part in log.parts(topic):
        values = last_values(log, part, OUTPUT_LAYOUT, findings)
        for key, count in decoded(values, ArticleCount, lambda count: f"{count.day}|{count.source}", topic, findings):
            told = count.read, count.coded, count.skipped, count.with_events, count.mentions
            _compare(text_of(key), sums.pop(text_of(key), NOTHING), told, findings)
            findings.checked(NOT_NEGATIVE)
            if min(told) < 0:
                findings.violated(NOT_NEGATIVE, f"articles {text_of(key)}", "no number below 0", min(told))
    for subject, total in sums.items():
        _compare(subject, total, NOTHING, findings)


def _check_table(log: Log, tells: Tells, findings: Findings) -> dict[str, tuple[int, ...]]:
    """The sums by `day|source`."""
    sums: defaultdict[str, tuple[int, ...]] = defaultdict(lambda: NOTHING)
    folded: set[str] = set()
    name = log.changelogs["articles-read"]
    for part in log.parts(name):
        values = last_values(log, part, TABLE_LAYOUT, findings)
        folded |= _take_bases(values, sums, findings)
        for key, entry in decoded(values, ReadEntry, lambda entry: entry_key(entry.told), name, findings):
            expected, there = tells.reads.pop(key, None), fact_of_read(entry.told)
            is_newer = expected is None or version_in(expected) < version_in(there)
            if is_newer and tells.may_have_expired(entry.told.version):
                findings.checked(ARTICLE_COUNTS)  # the article was gone
            else:
                compare(findings, ARTICLE_COUNTS, f"entry {text_of(key)}", expected, there)
            _add(sums, f"{entry.told.day}|{entry.told.source}", _adds(entry.told))
    for key, fact in tells.reads.items():
        if text_of(key).rpartition("|")[0] in folded:
            findings.checked(ARTICLE_COUNTS)  # it may be in the base entry
        else:
            compare(findings, ARTICLE_COUNTS, f"entry {text_of(key)}", fact, None)
    tells.reads.clear()
    return dict(sums)


def _take_bases(values: dict[bytes, bytes], sums: defaultdict[str, tuple[int, ...]], findings: Findings) -> set[str]:
    """Take off the entries of days and sources themselves, and those that are in their totals; returns the former."""
    folded = set()
    for place, own in own_entries(values).items():
        try:
            base = decode_base(own)
        except InvalidRecordError as error:
            findings.violated(DECODES, f"entry {place}", "a record that decodes", error)
            continue
        table = {key: values[key.encode()] for key in base.leaving if key.encode() in values}
        for gone in left_in(table, base.leaving, list(table), base.before):
            del values[gone.encode()]
        folded.add(place)
        _add(sums, place, tuple(base.totals.get(name, 0) for name in NUMBERS))
    return folded


def _add(sums: defaultdict[str, tuple[int, ...]], subject: str, more: tuple[int, ...]) -> None:
    sums[subject] = tuple(map(sum, zip(sums[subject], more, strict=True)))


def _adds(told: ArticleRead) -> tuple[int, ...]:
    if told.outcome is None:
        return NOTHING
    return 1, int(told.outcome == "coded"), int(told.outcome == "skipped"), int(told.mentions > 0), told.mentions


def _compare(subject: str, expected: tuple[int, ...], there: tuple[int, ...], findings: Findings) -> None:
    findings.checked(ARTICLE_COUNTS)
    if expected != there:
        findings.violated(
            ARTICLE_COUNTS, f"articles {subject}", " ".join(map(str, expected)), " ".join(map(str, there))
        )
