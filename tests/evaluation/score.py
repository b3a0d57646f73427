"""Compares what Daybook finds in one article with its gold annotation. Counts only, so that articles can be summed.

A mention *meets* a gold event when one of its sentences overlaps the event's quote and the type is the same. Each side
is used once. A mention that meets none is over-coded, even if the event is there under another type.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from streams.records import Document, Mention, Party
from tests.evaluation.gold import locate


@dataclass
class Score:
    """Counts by name: what was found, of how many."""

    found: Counter[str] = field(default_factory=Counter)
    of: Counter[str] = field(default_factory=Counter)
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(type in gold, type found) of mentions at a gold event's words."""

    def add(self, name: str, *, hit: bool) -> None:
        """One more case of `name`."""
        self.of[name] += 1
        self.found[name] += hit

    def merge(self, other: Score) -> None:
        """Add another article's counts."""
        self.found.update(other.found)
        self.of.update(other.of)
        self.confusion.update(other.confusion)

    def share(self, name: str) -> float:
        """Found of all; 1 where there was none."""
        return self.found[name] / self.of[name] if self.of[name] else 1.0


def score_article(document: Document, text: str, gold: dict[str, Any]) -> Score:
    """All counts of one article. `text` is what the document's offsets point into."""
    score = Score()
    score_reading(score, document, text, gold)
    score_times(score, document, gold)
    if gold["language"] == "en":
        score_events(score, document, text, gold)
    return score


def score_reading(score: Score, document: Document, text: str, gold: dict[str, Any]) -> None:
    """Lines that must go and lines that must stay, language and publication date."""
    score.add("language", hit=document.language == gold["language"])
    score.add(
        "publication date", hit=_windows_agree(gold["published"], document.published.from_, document.published.to)
    )
    spans = [(part.start, part.end) for part in document.paragraphs if part.start is not None and part.end is not None]
    for name, lines in (("boilerplate removed", gold["removed"]), ("content kept", gold["kept"])):
        for line in lines:
            if not isinstance(line, str):
                continue  # the second of two equal lines: which one goes is a matter of taste
            place = locate(line, text)
            kept = place is not None and any(start <= place[0] < end for start, end in spans)
            score.add(name, hit=kept == (name == "content kept"))


def score_times(score: Score, document: Document, gold: dict[str, Any]) -> None:
    """Temporal expressions: found by their text, and with the right value."""
    found = {(time.text.casefold(), time.value) for time in document.times or ()}
    texts = {text for text, _ in found}
    for time in gold.get("times", ()):
        text = time["text"].casefold()
        score.add("time found", hit=any(text in other or other in text for other in texts))
        score.add(
            "time value", hit=any((text in other or other in text) and value == time["value"] for other, value in found)
        )


def score_events(score: Score, document: Document, text: str, gold: dict[str, Any]) -> None:
    """Recall of core events, over-coding, and the fields of the events that were met."""
    places = [(event, locate(event["quote"], text)) for event in gold["events"]]
    free = list(document.mentions)
    met: list[tuple[dict[str, Any], Mention]] = []
    for event, place in places:
        near = [mention for mention in free if place and _overlaps(mention, place)]
        match = max(
            (mention for mention in near if mention.type == event["type"]), key=lambda it: _fit(it, event), default=None
        )
        if match is not None:
            free.remove(match)
            met.append((event, match))
        if near:
            score.confusion[event["type"], (match or near[0]).type] += 1
        if event["core"]:
            score.add("core events", hit=match is not None)
    for mention in document.mentions:
        score.add("over-coded", hit=any(mention is left for left in free))
    for event, mention in met:
        score_fields(score, event, mention)


def score_fields(score: Score, event: dict[str, Any], mention: Mention) -> None:
    """The fields of one met event."""
    both = (*mention.actors, *mention.recipients)
    if event["mutual"]:
        wanted = event["actors"] + event["recipients"]
        score.add("actors", hit=_named(wanted, both))
    else:
        score.add("actors", hit=_named(event["actors"], mention.actors))
        score.add("recipients", hit=_named(event["recipients"], mention.recipients))
        if event["actors"] and event["recipients"]:
            turned = _named(event["actors"], mention.recipients) and _named(event["recipients"], mention.actors)
            score.add("direction reversed", hit=turned and not _named(event["actors"], mention.actors))
    score.add("status", hit=event["status"] == mention.status)
    score.add("polarity", hit=event["negated"] == mention.negated)
    score.add("attribution", hit=bool(event["attributed_to"]) == bool(mention.attributed_to))
    if event["date"]["from"] or event["date"]["to"]:
        score.add("date", hit=_windows_agree(event["date"], mention.date.from_, mention.date.to))
    if event["place"]:
        score.add("place country", hit=mention.place is not None and mention.place.country == event["place"]["country"])


def _overlaps(mention: Mention, place: tuple[int, int]) -> bool:
    return any(told.start < place[1] and place[0] < told.end for told in mention.sentences)


def _fit(mention: Mention, event: dict[str, Any]) -> tuple[bool, bool]:
    return _named(event["actors"], mention.actors), _named(event["recipients"], mention.recipients)


def _named(wanted: list[str], parties: tuple[Party, ...]) -> bool:
    """Whether each wanted country is among the parties, and none is there when none is wanted."""
    countries = {party.id.split(".")[0] for party in parties}
    if not wanted:
        return not countries - {"UNK"}
    return all(prefix.split(".")[0] in countries for prefix in wanted)


def _windows_agree(gold: dict[str, Any], start: date | None, end: date | None) -> bool:
    """Whether two windows overlap; an unknown one agrees with an unknown one only."""
    if gold["from"] is None:
        return start is None
    if start is None or end is None:
        return False
    return start <= date.fromisoformat(gold["to"] or gold["from"]) and date.fromisoformat(gold["from"]) <= end
