"""Days that are closed, and what came for them afterwards."""

from __future__ import annotations

from streams import topics
from streams.auditing.findings import LATE, Findings
from streams.auditing.log import Layout, Log, last_values, own_entries, stream
from streams.counting.closing import is_undated
from streams.counting.entry import decode_base
from streams.records import Contributions, InvalidRecordError

ANY = Layout(version=(), is_table=True, has_parts=True)
LAYOUT = Layout(version=())


def closed_days(log: Log) -> dict[str, bool]:
    """The `day|country` that have an entry of their own, and whether they are closed.

    The others have no day: there some events are in the entry. What cannot be read here is found by the check of the
    table.
    """
    unseen = Findings(0)
    closed = {}
    for part in log.parts(log.changelogs["contributions"]):
        for place, own in own_entries(last_values(log, part, ANY, unseen)).items():
            try:
                closed[place] = decode_base(own).closed
            except InvalidRecordError:
                continue
    return closed


def check_late(log: Log, closed: dict[str, bool], findings: Findings) -> None:
    """Check that every late record of this generation had to be late."""
    for part in log.parts(topics.LATE.name):
        for _, told in stream(log, part, LAYOUT, Contributions, findings):
            if told.version < log.first_revision:
                continue
            place = f"{told.day}|{told.country}"
            findings.checked(LATE)
            if not (closed.get(place) or (is_undated(place) and place in closed)):
                findings.violated(LATE, f"event {told.event_id} on {place}", "a closed day", "an open one")
