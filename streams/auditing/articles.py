"""Documents against table articles, and table articles against table mentions: the two ends of REVISE."""

from __future__ import annotations

from streams import topics
from streams.auditing.facts import Facts, compare, fact_of_article, fact_of_mentions
from streams.auditing.findings import ARTICLES, MENTIONS, Findings
from streams.auditing.log import Layout, Log, Part, decoded, last_values, stream, text_of
from streams.merging.entry import entry_key
from streams.records import Document, Mentions, Version
from streams.revising.revise import ArticleEntry, records_of, revise

DOCUMENTS_LAYOUT = Layout(version=())
"""A document may come late and old, so its versions may go back."""
TABLE_LAYOUT = Layout(version=(("version",),), is_table=True)


def check_articles(log: Log, findings: Findings) -> Facts:
    """Check table articles; returns what it tells under each merge key, by the keys of table mentions."""
    tells: Facts = {}
    name = log.changelogs["articles"]
    for documents, entries in zip(log.parts(topics.DOCUMENTS.name), log.parts(name), strict=True):
        newest = _newest_documents(log, documents, findings)
        values = last_values(log, entries, TABLE_LAYOUT, findings)
        for _, entry in decoded(values, ArticleEntry, lambda entry: entry.article_id, name, findings):
            for record in records_of(entry):
                tells[entry_key(record).encode()] = fact_of_mentions(record)
            known = newest.pop(entry.article_id, None)
            if known is not None and known[0] >= entry.version:  # newer than all: its document is no longer kept
                compare(findings, ARTICLES, f"article {entry.article_id}", known[1], fact_of_article(entry))
            else:
                findings.checked(ARTICLES)
        for article_id, (_, fact) in newest.items():
            compare(findings, ARTICLES, f"article {article_id}", fact, None)
    return tells


def _newest_documents(log: Log, part: Part, findings: Findings) -> dict[str, tuple[Version, bytes]]:
    """The newest document of each article; of two codings of one version the last delivered."""
    newest: dict[str, tuple[Version, bytes]] = {}
    for document in stream(log, part, DOCUMENTS_LAYOUT, Document, findings):
        known = newest.get(document.article_id)
        if known is None or document.version >= known[0]:
            newest[document.article_id] = document.version, fact_of_article(revise(None, document)[0])
    return newest


def check_told(tells: Facts, key: bytes, told: Mentions, findings: Findings) -> None:
    """Check one entry of table mentions against what table articles tells, and take it off."""
    expected = tells.pop(key, None)
    if expected is None and not told.mentions:
        findings.checked(MENTIONS)  # nothing lives here, and nothing needs to
        return
    compare(findings, MENTIONS, f"entry {text_of(key)}", expected, fact_of_mentions(told))


def check_untold(tells: Facts, findings: Findings) -> None:
    """What table articles tells and table mentions does not know; what is withdrawn need not be known."""
    for key, fact in tells.items():
        if b", 0 mentions, " in fact:
            findings.checked(MENTIONS)
        else:
            compare(findings, MENTIONS, f"entry {text_of(key)}", fact, None)
