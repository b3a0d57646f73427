"""Compares what Daybook finds in one article with its gold annotation. Counts only, so that articles can be summed.

A mention *meets* a gold event when one of its sentences overlaps the event's quote and the type is the same. Each side
is used once. A mention that meets none is over-coded, even if the event is there under another type.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from streams.records import Document, Figure, Mention, Party
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


@dataclass(frozen=True)
class Alignment:
    """The events of a text beside the mentions: those that meet, what is missing, what is too much."""

    met: list[tuple[dict[str, Any], Mention]]
    missed: list[tuple[dict[str, Any], list[Mention]]]
    """Gold events without a mention of their type, each with the mentions at its words."""
    extra: list[Mention]


def align(document: Document, text: str, gold: dict[str, Any]) -> Alignment:
    """Pairs each gold event with the mention of its type at its words that fits best."""
    free = list(document.mentions)
    met: list[tuple[dict[str, Any], Mention]] = []
    missed: list[tuple[dict[str, Any], list[Mention]]] = []
    for event in gold["events"]:
        place = locate(event["quote"], text)
        near = [mention for mention in free if place and _overlaps(mention, place)]
        same = (mention for mention in near if mention.type == event["type"])
        match = max(same, key=lambda mention: _fit(mention, event), default=None)
        if match is None:
            missed.append((event, near))
        else:
            free.remove(match)
            met.append((event, match))
    return Alignment(met, missed, free)


def score_events(score: Score, document: Document, text: str, gold: dict[str, Any]) -> None:
    """Recall of core events, over-coding, and the fields of the events that were met."""
    found = align(document, text, gold)
    for event, mention in found.met:
        score.confusion[event["type"], mention.type] += 1
        if event["core"]:
            score.add("core events", hit=True)
            score.add("core events, parties right", hit=_sides(event, mention))
        score_fields(score, event, mention)
    for event, near in found.missed:
        score.confusion[event["type"], near[0].type if near else "-"] += 1
        if event["core"]:
            score.add("core events", hit=False)
            score.add("core events, parties right", hit=False)
    for mention in document.mentions:
        score.add("over-coded", hit=any(mention is left for left in found.extra))
    for mention in found.extra:
        score.confusion["-", mention.type] += 1


def _sides(event: dict[str, Any], mention: Mention) -> bool:
    """Whether actors and recipients name the right countries or organisations."""
    if event["mutual"]:
        return named(event["actors"] + event["recipients"], (*mention.actors, *mention.recipients))
    return named(event["actors"], mention.actors) and named(event["recipients"], mention.recipients)


def score_fields(score: Score, event: dict[str, Any], mention: Mention) -> None:
    """The fields of one met event."""
    if event["mutual"]:
        score.add("actors", hit=_sides(event, mention))
    else:
        score.add("actors", hit=named(event["actors"], mention.actors))
        score.add("recipients", hit=named(event["recipients"], mention.recipients))
        score.add("actor sectors", hit=_under(event["actors"], mention.actors))
        if event["actors"] and event["recipients"]:
            turned = named(event["actors"], mention.recipients) and named(event["recipients"], mention.actors)
            score.add("direction reversed", hit=turned and not named(event["actors"], mention.actors))
    score.add("mode", hit=event["mode"] == mention.mode)
    for name in ("killed", "wounded"):
        if event[name] is not None:
            score.add("casualties", hit=_range(event[name]) == _told(getattr(mention.casualties, name)))
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
    return named(event["actors"], mention.actors), named(event["recipients"], mention.recipients)


def named(wanted: list[str], parties: tuple[Party, ...]) -> bool:
    """Whether each wanted country is among the parties, and none is there when none is wanted."""
    countries = {party.id.split(".")[0] for party in parties}
    if not wanted:
        return not countries - {"UNK"}
    return all(prefix.split(".")[0] in countries for prefix in wanted)


def _under(wanted: list[str], parties: tuple[Party, ...]) -> bool:
    """Whether each wanted path is the start of a party's id."""
    return all(any(f"{party.id}.".startswith(f"{path}.") for party in parties) for path in wanted)


def _range(figure: int | dict[str, int]) -> tuple[int, int]:
    return (figure, figure) if isinstance(figure, int) else (figure["min"], figure["max"])


def _told(figure: Figure | None) -> tuple[int, int] | None:
    return (figure.min, figure.max) if figure is not None else None


def _windows_agree(gold: dict[str, Any], start: date | None, end: date | None) -> bool:
    """Whether two windows overlap; an unknown one agrees with an unknown one only."""
    if gold["from"] is None:
        return start is None
    if start is None or end is None:
        return False
    return start <= date.fromisoformat(gold["to"] or gold["from"]) and date.fromisoformat(gold["from"]) <= end
