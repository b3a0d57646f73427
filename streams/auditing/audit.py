"""The whole audit, in the order of the flow, so that what was compared can be let go."""

from __future__ import annotations

from streams import topics
from streams.auditing.articles import check_articles, check_untold
from streams.auditing.contributions import check_contributions
from streams.auditing.counts import check_counts
from streams.auditing.derived import derive
from streams.auditing.events import check_events
from streams.auditing.findings import Finding, Findings
from streams.auditing.log import Layout, Log, stream
from streams.records import Contributions, Mentions

HISTORIES: tuple[tuple[topics.Topic, type, Layout], ...] = (
    (topics.MENTIONS, Mentions, Layout(version=(("version",),), ordered_with=(("article_id",),))),
    (topics.CONTRIBUTIONS, Contributions, Layout(version=(("version",),), ordered_with=(("event_id",),))),
)
"""The topics between the tables: REVISE and MERGE answer whatever comes late with what they know, so nothing on them
goes back."""


def audit(log: Log, limit: int = 5) -> tuple[Finding, ...]:
    """What is found of each invariant, with its first `limit` violations.

    The log must not change meanwhile and all inputs must be finished: of a service at work some invariants do not
    hold for moments.
    """
    findings = Findings(limit)
    tells = check_articles(log, findings)
    derived = derive(log, tells, findings)
    check_untold(tells, findings)
    tells.clear()
    check_events(log, derived, findings)
    check_counts(log, check_contributions(log, derived, findings), findings)
    for topic, record_type, layout in HISTORIES:
        for part in log.parts(topic.name):
            for _ in stream(log, part, layout, record_type, findings):
                pass
    return findings.result()
