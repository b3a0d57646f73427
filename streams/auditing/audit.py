"""The whole audit, in the order of the flow, so that what was compared can be let go."""

from __future__ import annotations

from dataclasses import replace

from streams import topics
from streams.auditing.article_counts import check_article_counts
from streams.auditing.articles import check_articles, check_untold
from streams.auditing.closed import check_late, closed_days
from streams.auditing.contributions import check_contributions
from streams.auditing.counts import check_counts
from streams.auditing.derived import derive
from streams.auditing.events import Gone, check_events
from streams.auditing.findings import Finding, Findings
from streams.auditing.log import Layout, Log, stream
from streams.auditing.overrides import check_undecided, newest_decisions
from streams.merging.overrides import ARTICLE_PREFIX
from streams.records import ArticleRead, Contributions, Mentions

HISTORIES: tuple[tuple[topics.Topic, type, Layout], ...] = (
    (
        topics.MENTIONS,
        Mentions,
        Layout(version=(("version",),), ordered_with=(("article_id",),), may_repeat=ARTICLE_PREFIX),
    ),
    (topics.ARTICLES_READ, ArticleRead, Layout(version=(("version",),), ordered_with=(("article_id",),))),
    (topics.CONTRIBUTIONS, Contributions, Layout(version=(("version",),), ordered_with=(("event_id",),))),
)
"""The topics between the tables: REVISE and MERGE answer whatever comes late with what they know, so nothing on them
goes back but editors' decisions."""


def audit(log: Log, limit: int = 5) -> tuple[Finding, ...]:
    """What is found of each invariant, with its first `limit` violations.

    The log must not change meanwhile and all inputs must be finished: of a service at work some invariants do not
    hold for moments.
    """
    findings = Findings(limit)
    tells = check_articles(log, findings)
    check_article_counts(log, tells, findings)
    decisions = newest_decisions(log)
    derived = derive(log, tells, decisions, findings)
    check_untold(tells, findings)
    check_undecided(decisions, tells.before, findings)
    tells.facts.clear()
    closed = closed_days(log)
    check_events(log, derived, Gone(tells.before, closed), findings)
    sums = check_contributions(log, derived, tells.before, findings)
    check_counts(log, sums, closed, findings)
    check_late(log, closed, findings)
    for topic, record_type, layout in HISTORIES:
        aged = replace(layout, forgets_before=tells.before)
        for part in log.parts(topic.name):
            for _ in stream(log, part, aged, record_type, findings):
                pass
    return findings.result()
