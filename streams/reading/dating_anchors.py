"""World events with known dates: what an article that names one says about its own date.

It was not written before the event. "Six months after", "a third anniversary", "last year's", or the event's month
without a year date it closer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from streams.reading import times_calendar as calendar
from streams.reading.times_words import compile_pattern, number_of, rows, words

_NEAR = 90
"""How far from the name words that relate the article to the event are looked for; characters, within the sentence."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A dated event with the ways in which text names it."""

    kind: str
    first: date
    last: date | None
    wordings: re.Pattern[str]
    keys: frozenset[str]
    """A word of each wording, in lower case: a text that has none of them does not name the event."""


@dataclass(frozen=True, slots=True)
class Bound:
    """Days in which the article was published, as one sentence tells; an open end is None."""

    first: date | None
    last: date | None


@cache
def anchors() -> tuple[Anchor, ...]:
    """The table `anchors.tsv`, read once."""
    return tuple(
        Anchor(
            kind, date.fromisoformat(first), None if last == "-" else date.fromisoformat(last),
            re.compile("|".join(_wording(item) for item in wordings.split(" ; ")), re.IGNORECASE),
            frozenset(_key(item) for item in wordings.split(" ; ")),
        )
        for kind, first, last, wordings in rows("anchors.tsv", 4)
    )  # fmt: skip


def _key(wording: str) -> str:
    """The longest word that every text with the wording has."""
    fixed = re.sub(r"\([^()]*\)|\w+\?", " ", wording.lower())
    found: list[str] = re.findall(r"[^\W_]+", fixed)
    return max(found, key=len)


def _named(text: str, latest: date) -> list[Anchor]:
    """The events up to `latest` of which the text has a key word."""
    present = frozenset(re.findall(r"[^\W_]+", text.lower()))
    return [anchor for anchor in anchors() if anchor.first <= latest and not anchor.keys.isdisjoint(present)]


def _wording(text: str) -> str:
    """A wording as pattern: `..` is up to 40 characters of one sentence, a space any white space."""
    text = text.replace(".", "\\.").replace(" \\.\\. ", "<GAP>").replace("'", "['’]").replace(" ", r"\s")
    return r"\b" + text.replace("<GAP>", r"\b[^.!?\n]{0,40}\b") + r"(?!\w)"


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    unit = "(?P<unit>(?i:days?|weeks?|months?|years?))"
    return {
        "distance": compile_pattern(
            r"\b(?i:(?P<about>nearly|almost|just under|more than|over) )?(?P<number>(?i:<NUMBER>)) " + unit
            + r" (?P<way>(?i:on from|on|after|since|into|following|later))(?!\w)"
        ),
        "anniversary": compile_pattern(r"\b(?P<ordinal>(?i:<ORDINAL>)) (?i:anniversary)\b"),
        "ordinal": compile_pattern(r"\b(?P<ordinal>(?i:<ORDINAL>)) "
            r"(?P<unit>(?i:day|week|month|year))(?! (?i:anniversary))\b"),
    }  # fmt: skip


def anchor_bounds(text: str, latest: date) -> list[Bound]:
    """What the events that the text names say about its date; those after `latest` cannot be meant."""
    flat = text.replace("\n", " \n")
    bounds: list[Bound] = []
    for anchor in _named(flat, latest):
        for match in anchor.wordings.finditer(flat):
            bounds.append(Bound(anchor.first, None))
            before, after = _around(flat, match)
            bounds.extend(_closer(anchor, before, match[0], after))
    return bounds


_NEWS = re.compile(
    r"\b(?:(?:on\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today|a\sday\searlier|overnight|this\smorning)\b"
)
_OLD = re.compile(
    r"\b(?:years?|months?|weeks?|anniversary|since(?!\s\w{3,6}day)|after|former|late)\b|\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)


def fresh_anchors(lead: str, latest: date) -> list[date]:
    """First days of the events that a lead tells as news: in a sentence with a weekday and no word of distance."""
    found: list[date] = []
    for anchor in _named(lead, latest):
        if anchor.kind == "war" or anchor.last is None:
            continue
        for match in anchor.wordings.finditer(lead):
            before, after = _around(lead, match, 200)
            if _NEWS.search(before + after) and not _OLD.search(f"{before} {after}"):
                found.append(anchor.first)
    return found


def _around(text: str, match: re.Match[str], reach: int = _NEAR) -> tuple[str, str]:
    before = re.split(r"[.!?]\s|\n", text[max(0, match.start() - reach) : match.start()])[-1]
    after = re.split(r"[.!?](?:\s|$)|\n", text[match.end() : match.end() + reach])[0]
    return before, after


def _closer(anchor: Anchor, before: str, name: str, after: str) -> list[Bound]:
    """The bounds that the words beside the name add."""
    patterns = _patterns()
    found: list[Bound] = []
    distance = None
    for match in patterns["distance"].finditer(before):
        distance = match if len(before) - match.end() <= 45 else None
    if distance and distance["way"].lower() != "later":
        found += _counted(anchor.first, number_of(distance["number"]), distance["unit"], distance["about"])
    anniversary = patterns["anniversary"].search(before[-45:]) or patterns["anniversary"].search(after[:30])
    if anniversary:
        count = _ordinal(anniversary["ordinal"])
        day = calendar.months(anchor.first, 12 * count)
        found.append(Bound(day - timedelta(days=14), day + timedelta(days=14)))
    ordinal = patterns["ordinal"].search(before[-30:])
    if ordinal and anchor.kind in {"war", "offensive"}:
        count = _ordinal(ordinal["ordinal"])
        found += _counted(anchor.first, count - 1, ordinal["unit"], "more than")
    return found + _calendar_bounds(anchor, f"{before[-40:]} {name} {after[:50]}")


def _ordinal(text: str) -> int:
    return words().ordinals.get(text.lower()) or int(re.sub(r"\D", "", text) or 1)


def _counted(first: date, count: float | None, unit: str, about: str | None) -> list[Bound]:
    """So many units after the event, with the slack that such a count has."""
    if count is None or count > 200:
        return []
    kind = unit.lower()[0]
    if kind in "my":
        step = 12 if kind == "y" else 1
        day, following = calendar.months(first, int(count * step)), calendar.months(first, int((count + 1) * step))
        slack = timedelta(days=120 if kind == "y" else 20)
    else:
        length = timedelta(days=7 if kind == "w" else 1)
        day, following = first + int(count) * length, first + (int(count) + 1) * length
        slack = length
    word = (about or "").lower()
    if word in {"nearly", "almost", "just under"}:
        return [Bound(day - slack, day)]
    return [Bound(day if word else day - slack, following)]


def _calendar_bounds(anchor: Anchor, sentence: str) -> list[Bound]:
    """The event's month told without a year, "last year", "last month": how far back it is."""
    low = sentence.lower()
    year = anchor.first.year
    found: list[Bound] = []
    if "last year" in low:
        return [Bound(date(year + 1, 1, 1), date(year + 1, 12, 31))]
    if "this year" in low or "earlier this month" in low:
        return [Bound(anchor.first, date(year, 12, 31))]
    if "last month" in low:
        stretch = calendar.month(year, anchor.first.month + 1)
        return [Bound(stretch.first, stretch.last)]
    for match in compile_pattern(r"\b(?P<month><MONTH>)(?:\s\d{1,2}(?!\d))?(?!,?\s(?:of\s)?<YEAR>)(?!\w)").finditer(
        sentence
    ):
        name = match["month"].rstrip(".").lower()
        if words().months[name] == anchor.first.month and not re.search(r"\b(?:19|20)\d\d\b|\d/", sentence):
            fixed = anchor.wordings.search(match[0])
            if not fixed:
                found.append(Bound(anchor.first, anchor.first + timedelta(days=340)))
    return found
