"""The counts that the oracle's events and documents add up to, as plain values; independent of the handlers too."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from streams.records import DateWindow, Document
from tests.unit.simulation.oracle import newest_of, outlet_of


def expected_counts(events: dict[str, dict[str, Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    """The counts that these events add up to, by (kind, `day|subject`)."""
    counts: dict[tuple[str, str], dict[str, Any]] = {}
    for event in events.values():
        if event["negated"] or event["status"] not in ("happened", "ongoing"):
            continue
        for kind, subject in sorted(_subjects(event)):
            count = counts.setdefault((kind, f"{_day(event)}|{subject}"), {"by_type": {}, "by_quad": {}})
            acts = kind == "actor" and _reaches(event["actors"], subject)
            suffers = kind == "actor" and _reaches(event["recipients"], subject)
            added = {
                "events": 1,
                "as_actor": acts or (event["mutual"] and suffers),
                "as_recipient": suffers and not event["mutual"],
                "mentions": event["mentions"],
                "confirmed": event["sources"] > 1,
                "claimed_only": event["claimed_only"],
                "killed": event["killed"][0] if event["killed"] else 0,
                "wounded": event["wounded"][0] if event["wounded"] else 0,
            }
            for name, number in added.items():
                count[name] = count.get(name, 0) + int(number)
            for name in ("type", "quad"):
                by = count[f"by_{name}"]
                by[event[name]] = by.get(event[name], 0) + 1
    return counts


def expected_article_counts(documents: Iterable[Document]) -> dict[str, tuple[int, ...]]:
    """Articles read, coded, skipped and with events, and mentions, by `day|source`."""
    counts: dict[str, tuple[int, ...]] = {}
    for document in newest_of(documents):
        if document.retracted:
            continue
        coded = document.language == "en"
        key = f"{_last_day(document.published)}|{outlet_of(document) or 'unknown'}"
        told = len(document.mentions)
        more = (1, int(coded), int(not coded), int(coded and told > 0), told if coded else 0)
        counts[key] = tuple(map(sum, zip(counts.get(key, (0,) * 5), more, strict=True)))
    return counts


def _day(event: dict[str, Any]) -> str:
    return _last_day(event["date"])


def _last_day(window: DateWindow) -> str:
    first, last = window.from_, window.to
    return str(last) if first and last and 0 <= (last - first).days <= 6 else "undated"


def _reaches(paths: list[str], subject: str) -> bool:
    return any(f"{path}.".startswith(f"{subject}.") for path in paths)


def _subjects(event: dict[str, Any]) -> set[tuple[str, str]]:
    found = set()
    for kind, path in [("actor", path) for path in event["actors"] + event["recipients"]] + [("place", event["place"])]:
        parts = path.split(".") if path else []
        found |= {(kind, ".".join(parts[: n + 1])) for n in range(len(parts)) if parts[n] != "-"}
    return found
