"""Every metric of the worker, declared once with its meaning; served on `/metrics` by `streams/health.py`.

Names follow Prometheus: base units, `_total` for what only grows, and labels with few values.
"""

from __future__ import annotations

from collections.abc import Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

STAGES = ("coding", "revising", "counting-articles", "overriding", "merging", "counting")
"""The worker's stages in the order of the flow; also the names of its agents."""

STAGE_BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
DELAY_BUCKETS = (0.5, 1, 2, 3, 5, 7.5, 10, 15, 30, 60, 120, 300, 900, 3600, 14400, 86400)


class Metrics:
    """The metrics of one worker, in a registry of their own."""

    def __init__(self, restarts: Mapping[str, int] | None = None) -> None:
        """`restarts`: how often the supervisor has started the worker again so far, by cause."""
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self.articles = Counter(
            "daybook_articles", "Articles read, by outcome: coded, skipped (language), retracted or rejected.",
            ["outcome"], registry=registry,
        )  # fmt: skip
        self.mentions = Counter("daybook_mentions", "Mentions of events found in articles.", registry=registry)
        self.events_published = Counter(
            "daybook_events_published", "Event records published: new and changed events.", registry=registry
        )
        self.events_withdrawn = Counter(
            "daybook_events_withdrawn", "Tombstones published for events that no mention founds any more.",
            registry=registry,
        )  # fmt: skip
        self.counts_published = Counter(
            "daybook_counts_published", "Counts published, by kind of subject: actor, place or article.",
            ["kind"], registry=registry,
        )  # fmt: skip
        self.late_contributions = Counter(
            "daybook_late_contributions", "Contributions to days already closed, sent to news.late.v1 and not counted.",
            registry=registry,
        )  # fmt: skip
        self.closed_days = Counter(
            "daybook_closed_days", "Days closed, each for each country: their counts change no more.", registry=registry
        )
        self.expired_entries = Counter(
            "daybook_expired_entries", "Table entries removed because nothing had touched them for horizon_days.",
            ["table"], registry=registry,
        )  # fmt: skip
        self.dead_letters = Counter(
            "daybook_dead_letters", "Records that could not be read, by input topic and reason.",
            ["topic", "reason"], registry=registry,
        )  # fmt: skip
        self.deleted_unread = Gauge(
            "daybook_deleted_unread_records", "Input records that retention deleted before they were read, since the "
            "worker started: they are lost.",
            ["topic"], registry=registry,
        )  # fmt: skip
        self.coding_processes_ended = Counter(
            "daybook_coding_processes_ended", "Coding processes that ended before their time, by cause: crashed, hung "
            "(killed for taking too long) or unprepared (never ready for an article).",
            ["cause"], registry=registry,
        )  # fmt: skip
        self.stage_seconds = Histogram(
            "daybook_stage_duration_seconds", "Time to process one record, by stage, without waiting for the broker.",
            ["stage"], buckets=STAGE_BUCKETS, registry=registry,
        )  # fmt: skip
        self.delay_seconds = Histogram(
            "daybook_end_to_end_delay_seconds",
            "From the publication of an article record to the acknowledgement of a count that it led to.",
            buckets=DELAY_BUCKETS, registry=registry,
        )  # fmt: skip
        self.last_processed = Gauge(
            "daybook_last_processed_timestamp_seconds", "When a stage last finished an input; Unix time.",
            ["stage"], registry=registry,
        )  # fmt: skip
        self.lag = Gauge(
            "daybook_lag_records", "Input records of the assigned partitions that a stage has not finished.",
            ["stage"], registry=registry,
        )  # fmt: skip
        self.assigned_partitions = Gauge(
            "daybook_assigned_partitions", "Input partitions assigned to this worker.", registry=registry
        )
        self.restarts = Counter(
            "daybook_worker_restarts", "How often the supervisor has started the worker again, by cause.",
            ["cause"], registry=registry,
        )  # fmt: skip
        for cause, count in (restarts or {}).items():
            self.restarts.labels(cause).inc(count)

    def exposition(self) -> bytes:
        """All metrics in Prometheus' text format."""
        return generate_latest(self.registry)
