"""Documents against table articles, and table articles against table mentions: the two ends of REVISE."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from streams import topics
from streams.auditing.facts import Facts, compare, fact_of_article, fact_of_mentions, fact_of_read, version_in
from streams.auditing.findings import ARTICLES, MENTIONS, Findings
from streams.auditing.log import Layout, Log, Part, decoded, last_values, stream, text_of
from streams.counting.articles import entry_key as read_key
from streams.merging.entry import entry_key
from streams.records import Document, Mentions, Version
from streams.revising.revise import ArticleEntry, reads_of, records_of, revise

DOCUMENTS_LAYOUT = Layout(version=())
"""A document may come late and old, so its versions may go back."""
EPOCH = date(1970, 1, 1)
CLOCK_DAYS = 3
"""An article may say that it was fetched so much later than it came."""
TABLE_LAYOUT = Layout(version=(("version",),), is_table=True)


@dataclass(slots=True)
class Tells:
    """What the articles of table `articles` tell."""

    facts: dict[bytes, tuple[bytes, int]] = field(default_factory=dict)
    """What each tells under each merge key, by the keys of table mentions, with the day on which it was touched."""
    reads: Facts = field(default_factory=dict)
    """What has become of each, by the keys of table articles-read."""
    before: int = 0
    """What was last touched before this day may be gone."""

    def may_have_expired(self, version: Version) -> bool:
        """Whether the article may be gone from its table. None comes before it was fetched, but for wrong clocks."""
        earliest = EPOCH + timedelta(days=max(0, self.before + CLOCK_DAYS))
        return version.fetched < earliest.isoformat()


def check_articles(log: Log, findings: Findings) -> Tells:
    """Check table articles; returns what it tells."""
    tells = Tells()
    last = 0
    name = log.changelogs["articles"]
    for documents, entries in zip(log.parts(topics.DOCUMENTS.name), log.parts(name), strict=True):
        newest, latest = _newest_documents(log, documents, findings)
        values = last_values(log, entries, TABLE_LAYOUT, findings)
        for _, entry in decoded(values, ArticleEntry, lambda entry: entry.article_id, name, findings):
            touched = entry.touched or 0
            last = max(last, touched)
            for record in records_of(entry):
                tells.facts[entry_key(record).encode()] = fact_of_mentions(record), touched
            tells.reads.update((read_key(read).encode(), fact_of_read(read)) for read in reads_of(entry))
            known = newest.pop(entry.article_id, None)
            if known is not None and known.version >= entry.version:  # newer than all: its document is no longer kept
                compare(findings, ARTICLES, f"article {entry.article_id}", known.fact, fact_of_article(entry))
            else:
                findings.checked(ARTICLES)
        for article_id, known in newest.items():
            if known.day < latest - log.horizon_days:
                findings.checked(ARTICLES)  # it has expired
            else:
                compare(findings, ARTICLES, f"article {article_id}", known.fact, None)
        last = max(last, latest)
    tells.before = last - log.horizon_days
    return tells


@dataclass(frozen=True, slots=True)
class _Known:
    version: Version
    fact: bytes
    day: int


def _newest_documents(log: Log, part: Part, findings: Findings) -> tuple[dict[str, _Known], int]:
    """The newest document of each article, of two codings of one version the last delivered; and the latest day.

    The day of an article is the latest of its documents, older versions included: they touch the entry.
    """
    newest: dict[str, _Known] = {}
    latest = 0
    for day, document in stream(log, part, DOCUMENTS_LAYOUT, Document, findings):
        latest = max(latest, day)
        known = newest.get(document.article_id)
        if known is None or known.day < latest - log.horizon_days or document.version >= known.version:
            fact = fact_of_article(revise(None, document)[0])
            known = _Known(document.version, fact, max(day, known.day if known else 0))
        newest[document.article_id] = replace(known, day=max(day, known.day))
    return newest, latest


def check_told(tells: Tells, key: bytes, told: Mentions, findings: Findings) -> None:
    """Check one entry of table mentions against what table articles tells, and take it off."""
    expected, _ = tells.facts.pop(key, (None, 0))
    there = fact_of_mentions(told)
    is_newer = expected is None or version_in(expected) < version_in(there)
    if (expected is None and not told.mentions) or (is_newer and tells.may_have_expired(told.version)):
        findings.checked(MENTIONS)  # nothing lives here; or the article was gone, and others need what it told
        return
    compare(findings, MENTIONS, f"entry {text_of(key)}", expected, there)


def check_untold(tells: Tells, findings: Findings) -> None:
    """What table articles tells and table mentions does not know; what is withdrawn or expired need not be known."""
    for key, (fact, touched) in tells.facts.items():
        if b", 0 mentions, " in fact or touched < tells.before:
            findings.checked(MENTIONS)
        else:
            compare(findings, MENTIONS, f"entry {text_of(key)}", fact, None)
