"""How an article stands to an event that it names: so long after it, before it, in the year that followed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from streams.extending.in_force import forgotten_with_lexicon
from streams.reading import times_calendar as calendar
from streams.reading.dating_anchors import Anchor, Naming
from streams.reading.dating_vote import Span
from streams.reading.times_words import compile_pattern, number_of, words

_AHEAD_OF = re.compile(
    r"\b(?:ahead of|run[- ]up to|countdown to|prepar\w+ for|gear\w* up for|in time for|upcoming|forthcoming"
    r"|will (?:host|hold|stage)|to (?:go )?(?:until|before)|before next|looming|eve of)"
    r"(?:\s(?:the|this|next|a|an|its|year['’]s|month['’]s|week['’]s|\w{3,9}['’]s)){0,3}\s?$",
    re.IGNORECASE,
)
_STILL_TO_COME = re.compile(
    r"^[^,;:]{0,20}?\b(?:will|(?:is|are) (?:due|to)|(?:open|begin)(?:s|ning|ing)? (?:in|on|next)"
    r"|start(?:s|ing)? (?:in|on|next)|(?:is|are) (?:scheduled|set|expected|planned)|to be held"
    r"|just \w+ (?:days|weeks) away)\b",
    re.IGNORECASE,
)
_WAS = re.compile(r"\b(?:was|were|had|came|did)\b")
_TODAY = re.compile(r"\b(?:today|this morning|ago today)\b", re.IGNORECASE)
_FEW_DAYS = 10
_WITHIN = timedelta(days=400)
"""What lies ahead is seldom spoken of as near when it is farther away than this."""


@forgotten_with_lexicon
@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    unit = "(?P<unit>(?i:days?|weeks?|months?|years?))"
    about = r"(?i:(?P<about>nearly|almost|just under|more than|over|just over|a little over|some|about) )?"
    return {
        "distance": compile_pattern(
            rf"\b{about}(?P<number>(?i:<NUMBER>)) {unit} "
            r"(?P<way>(?i:on from|on|after|since|into|following|later))(?!\w)"
        ),
        "ahead": compile_pattern(
            rf"\b{about}(?P<number>(?i:<NUMBER>)) {unit} (?i:to the day )?"
            r"(?i:before|to go (?:until|before|to)|away from|until|ahead of|from)(?!\w)"
        ),
        "in": compile_pattern(rf"\b(?i:in) (?:just )?{about}(?P<number>(?i:<NUMBER>)) {unit}(?!\w)"),
        "old": compile_pattern(
            r"(?P<about>)\b(?P<number>(?i:<NUMBER>))[- ](?P<unit>(?i:days?|weeks?|months?|years?))[- ](?:old|long)\b"
        ),
        "anniversary": compile_pattern(r"\b(?P<ordinal>(?i:<ORDINAL>)) (?i:anniversary)\b"),
        "ordinal": compile_pattern(
            r"\b(?P<ordinal>\d{1,3}(?:st|nd|rd|th)|(?i:<ORDINAL>)) (?P<unit>(?i:day|week|month|year))"
            r"(?! (?i:anniversary))\b"
        ),
        "month": compile_pattern(
            r"\b(?P<last>(?i:last) )?(?P<month><MONTH>)(?:\s\d{1,2}(?!\d))?(?!,?\s(?:of\s)?<YEAR>)(?!\w)"
        ),
    }


def is_ahead(naming: Naming) -> bool:
    """Whether the event is told as one that is still to come."""
    if _AHEAD_OF.search(naming.before):
        return True
    if _patterns()["ahead"].search(naming.before[-45:]):
        return not _WAS.search(naming.before + naming.after)
    return naming.explicit and bool(_STILL_TO_COME.search(naming.after))


def spans_before(anchor: Anchor, naming: Naming) -> list[Span]:
    """Days of an article that speaks of the event as ahead: so long before it, or else the year before."""
    told = _patterns()["ahead"].search(naming.before) or _patterns()["in"].search(naming.after[:60])
    if told is None or (count := number_of(told["number"])) is None:
        near = "next week" in (naming.before + naming.after).lower()
        return [(anchor.first - (timedelta(days=13) if near else _WITHIN), anchor.first)]
    exact = "to the day" in told[0]
    length = timedelta(days=count * {"d": 1, "w": 7, "m": 30.4, "y": 365.2}[told["unit"][0].lower()])
    slack = timedelta(0) if exact else timedelta(days=max(1, round(length.days / 7)))
    more = slack if "over" in (told["about"] or "") or "more" in (told["about"] or "") else timedelta(0)
    return [(anchor.first - length - slack - more, anchor.first - length + slack)]


def spans_after(anchor: Anchor, naming: Naming) -> list[Span]:
    """What the words beside the name say about an article that looks back at the event; empty if nothing."""
    return [(first, last) for first, last in _after(anchor, naming) if first <= last]


def _after(anchor: Anchor, naming: Naming) -> Iterator[Span]:
    patterns, before, after = _patterns(), naming.before, naming.after
    distance = None
    for match in patterns["distance"].finditer(before):
        distance = match if len(before) - match.end() <= 45 else None
    if distance and distance["way"].lower() != "later":
        yield from _counted(anchor.first, number_of(distance["number"]), distance["unit"], distance["about"])
    old = patterns["old"].search(before[-30:])
    if old:
        yield from _counted(anchor.first, number_of(old["number"]), old["unit"], None)
    anniversary = patterns["anniversary"].search(before[-45:]) or patterns["anniversary"].search(after[:30])
    if anniversary:
        day = calendar.months(anchor.first, 12 * ordinal_of(anniversary["ordinal"]))
        slack = timedelta(days=0 if _TODAY.search(before + after) else 14)
        yield day - slack, day + slack
    ordinal = patterns["ordinal"].search(before[-30:])
    if ordinal and anchor.kind in {"war", "offensive"}:
        count, unit = ordinal_of(ordinal["ordinal"]), ordinal["unit"].lower()
        # "It began on the second day of the war" looks back; the hundredth day is told when it has come.
        if count >= (_FEW_DAYS if unit == "day" else 2):
            yield from _counted(anchor.first, count - 1, unit, "more than")
    yield from _by_calendar(anchor, naming)


def ordinal_of(text: str) -> int:
    """The number of `third` or `100th`; 1 where it is none."""
    return words().ordinals.get(text.lower()) or int(re.sub(r"\D", "", text) or 1)


def _counted(first: date, count: float | None, unit: str, about: str | None) -> list[Span]:
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
    if kind == "d" and about == "more than":
        return [(day, day)]
    if about and about.lower() in {"nearly", "almost", "just under"}:
        return [(day - slack, day)]
    if kind == "m" and not about:
        return [(day - slack, day + slack)]
    return [(day if about else day - slack, following)]


def _by_calendar(anchor: Anchor, naming: Naming) -> Iterator[Span]:
    """The event's month told without a year, "last year's", "earlier this month": how far back it is."""
    near = f"{naming.before[-40:]} {naming.name} {naming.after[:50]}"
    low, first = near.lower(), anchor.first
    if "last year" in low:
        yield date(first.year + 1, 1, 1), date(first.year + 1, 12, 31)
    elif "last month" in low:
        stretch = calendar.month(first.year, first.month + 1)
        yield stretch.first, stretch.last
    elif "last week" in low:
        monday = first + timedelta(days=7 - first.weekday())
        yield monday, monday + timedelta(days=6)
    elif re.search(r"\bthis (?:month|week)\b", low):
        length = calendar.month(first.year, first.month).last - first
        yield first, first + (length if "this month" in low else timedelta(days=6 - first.weekday()))
    elif "this year" in low:
        yield first, date(first.year, 12, 31)
    elif not re.search(r"\b(?:19|20)\d\d\b|\d/", near):
        for match in _patterns()["month"].finditer(near):
            name = match["month"].rstrip(".").lower()
            if words().months[name] == first.month and not any(one.pattern.search(match[0]) for one in anchor.wordings):
                yield first, first + timedelta(days=340)


_NEWS = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today|a\sday\searlier|overnight|this\smorning)\b"
)
_OLD = re.compile(
    r"\b(?:years?|months?|weeks?|anniversary|since(?!\s\w{3,6}day)|after|former|late)\b|\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)


def is_fresh(naming: Naming) -> bool:
    """Whether a lead tells the event as news: in a sentence with a weekday and no word of distance."""
    anchor = naming.anchors[0]
    if anchor.kind == "war" or anchor.last is None or is_ahead(naming):
        return False
    return bool(_NEWS.search(naming.before + naming.after) and not _OLD.search(f"{naming.before} {naming.after}"))
