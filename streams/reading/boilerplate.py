"""Which lines are no part of the article: by phrase, by form, by place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from streams.reading import address, comments, crediting, endings, forms, inline, teasers, zones
from streams.reading.folding import fold
from streams.reading.lines import Line
from streams.reading.phrases import phrases, words
from streams.reading.sections import section_end, teaser
from streams.records import Removed
from streams.remembering import ByLine

_LONGEST = 600
"""Longer lines (characters) are never taken for boilerplate as a whole."""

SENTENCE_ENDS = frozenset(".!?…。！？؟۔।")
"""Signs that end a sentence, in several scripts."""

INNER_END = re.compile(r"[a-z\d)](?:\.[\"”’']?|[!?])\s+[\"“‘']?[A-Z]")
"""The end of a sentence inside a line."""

_NEVER_SENTENCES = frozenset({"navigation", "share", "player", "credit", "advertisement"})
"""Reasons for labels, links and buttons: a line that ends like a sentence is none of these."""

_SENTENCE = 60
"""Characters from which a line that ends like a sentence may be one of the report, whatever words it begins with."""

_DIGITS = re.compile(r"\d{1,4}")
_ENTRIES = 3

_SHORT_SENTENCE = 30
"""Characters of a paragraph in an article that has only short ones."""

_REQUESTS = frozenset({"signup", "promo", "comments", "share", "advertisement"})
"""Reasons for what a page asks of its reader: a long sentence is that only if it speaks to somebody."""

_REPORTED = frozenset({"byline", "legal", "timestamp", "placeholder"})
"""Reasons that a sentence which reports what somebody said never has."""

_TOP = 8
"""So many lines from the start are page matter or headline, even if a full sentence stands among them."""


def clean(lines: Sequence[Line]) -> tuple[list[Line], list[Removed]]:
    """The lines that belong to the article, and everything else with its reason."""
    removed: list[Removed] = []
    stripped: list[Line] = []
    for line in lines:
        rest, cuts = inline.strip(line) if _reason(line) is None else (line, ())
        removed += cuts
        if rest is not None:
            stripped.append(rest)
    reasons = [_reason(line) for line in stripped]
    zones.chronology(stripped, reasons)
    zones.other_script(stripped, reasons)
    _keep_headline(stripped, reasons)
    _by_section(stripped, reasons)
    _by_place(stripped, reasons)
    _by_zone(stripped, reasons)
    kept = _mark_captions(stripped, reasons)
    removed += [
        Removed(line.text.start, line.text.end, reason)
        for line, reason in zip(stripped, reasons, strict=True)
        if reason is not None
    ]
    return kept, removed


def _reason(line: Line) -> str | None:
    text = line.text.text
    return None if len(text) > _LONGEST else _reason_of(text)


@ByLine  # each line is asked for twice, and reprints have it again
def _reason_of(text: str) -> str | None:
    if inline.labels_caption(text):
        return None
    if (by_form := forms.reason(text)) is not None:
        return by_form
    by_phrase = phrases().reason(text)
    if by_phrase is not None:
        # `Newspapers from ...` and `Subscribe to ...` may begin a sentence that tells something.
        label = by_phrase in _NEVER_SENTENCES and len(text) >= 40 and _ends_sentence(text)
        return None if label or _tells(text, by_phrase) else by_phrase
    return teasers.reason(text) or address.reason(text)


def _tells(text: str, why: str) -> bool:
    """True for a sentence of the report that begins like a request of the page, or like a line of authors."""
    if why == "credit" or not _ends_sentence(text):
        return why == "credit" and crediting.describes(text)
    told = address.told(text)
    if len(text) < _SENTENCE:
        return told and len(text) >= _SHORT_SENTENCE and why in _REQUESTS and text[-1] != "?"
    if why == "liveblog":
        return len(text) >= 2 * _SENTENCE and not address.keeps_company(text)
    if why in _REQUESTS:
        return not address.supported(text)
    return (told and why in _REPORTED) or (why == "byline" and not forms.names_in(text))


def _ends_sentence(text: str) -> bool:
    return text.rstrip("\"”’')]» ")[-1:] in SENTENCE_ENDS


def full_sentence(text: str) -> bool:
    """True for a line that reads like the body of a report: long, and ended like a sentence."""
    return len(text) >= 80 and _ends_sentence(text)


def _keep_headline(lines: Sequence[Line], reasons: list[str | None]) -> None:
    # `Explainer: ...` or `In pictures: ...` on top is the article's own headline, not a link to another.
    first = next(
        (i for i, reason in enumerate(reasons) if reason in {None, "promo"} and len(lines[i].text.text.split()) >= 5),
        None,
    )
    if first is not None and reasons[first] == "promo" and not teasers.refers_elsewhere(lines[first].text.text):
        reasons[first] = None


def _by_section(lines: Sequence[Line], reasons: list[str | None]) -> None:
    """A heading such as `Related articles` takes the teasers under it along, to the end if nothing else follows."""
    to_end = len(lines)
    while to_end > 0 and (reasons[to_end - 1] is not None or teaser(lines[to_end - 1].text.text)):
        to_end -= 1
    body_seen = False
    at = 0
    while at < len(lines):
        text = lines[at].text.text
        heading = _heads_section(text)
        if body_seen and heading is None and reasons[at] == "promo" and teasers.leads_links(text):
            at = endings.links_end(lines, reasons, at)
            continue
        if heading is None or not body_seen:
            body_seen = body_seen or (reasons[at] is None and full_sentence(text))
            at += 1
            continue
        if heading == "promo":
            endings.summaries(lines, reasons, at)
        until = len(lines) if at + 1 >= to_end else section_end(lines, at)
        for i in range(at, until):
            reasons[i] = reasons[i] or heading
        at = max(until, at + 1)


def _heads_section(text: str) -> str | None:
    if len(text) > _LONGEST:
        return None
    return phrases().heads_section(text) or ("promo" if teasers.heads_section(text) else None)


def _by_zone(lines: Sequence[Line], reasons: list[str | None]) -> None:
    """What only its place among the other lines gives away, on top and below the last paragraph."""
    body = _paragraphs(lines, reasons)
    if not body:
        return
    first = _first_paragraph(body, reasons)
    _by_author(lines, reasons)
    zones.menus(lines, reasons, first, body[-1])
    comments.mark(lines, reasons, first)
    zones.head(lines, reasons, first)
    endings.tail(lines, reasons, first)
    endings.buttons(lines, reasons)
    zones.owners(lines, reasons)


def _paragraphs(lines: Sequence[Line], reasons: Sequence[str | None]) -> list[int]:
    """Indexes of the lines that read like a paragraph; where all are short, of the longer sentences."""
    own = [i for i, line in enumerate(lines) if reasons[i] is None]
    body = [i for i in own if full_sentence(lines[i].text.text)]
    return body or [i for i in own if len(lines[i].text.text) >= _SHORT_SENTENCE and _ends_sentence(lines[i].text.text)]


def _first_paragraph(body: Sequence[int], reasons: Sequence[str | None]) -> int:
    """Index of the first line that reads like a paragraph; a standfirst above the line of authors is none."""
    standfirst = len(body) > 1 and body[0] < _TOP and body[1] - body[0] <= 2 * _TOP
    page = {reasons[i] for i in range(body[0] + 1, min(body[0] + 3, len(reasons)))}
    return body[1] if standfirst and page & {"byline", "timestamp"} else body[0]


def _by_author(lines: Sequence[Line], reasons: list[str | None]) -> None:
    """The name of an author again, alone on a line: above an entry of a live blog, or below the article."""
    names = {
        name
        for line, reason in zip(lines, reasons, strict=True)
        if reason in {"byline", "liveblog"}
        for name in forms.names_in(line.text.text)
    }
    for i, line in enumerate(lines):
        if reasons[i] is None and line.text.text in names:
            reasons[i] = "byline"


def _by_place(lines: Sequence[Line], reasons: list[str | None]) -> None:
    """Above the first paragraph and below the last also dates, and names beside a date or byline, are page matter."""
    body = _paragraphs(lines, reasons)
    if not body:
        return
    first = _first_paragraph(body, reasons)
    top = max(first, min(_TOP, len(lines)))
    told = max(i for i, line in enumerate(lines) if reasons[i] is None and _ends_sentence(line.text.text))
    edges = [*range(top), *range(max(top, told + 1), len(lines))]
    shapes = Counter(_DIGITS.sub("0", line.text.text) for i, line in enumerate(lines) if reasons[i] is None)
    dated = {i for i, line in enumerate(lines) if reasons[i] is None and _dates(line.text.text)}
    chronology = set() if len(dated) < 2 else {i for i in dated if i > 0 and _heads_sentence(lines, reasons, i)}
    # A single date above the lead is its date; several, each above a sentence, head the parts of a chronology.
    # Times of one form that come again and again under the first paragraph head the entries of a live blog.
    dated = {i for i in dated if not body[0] < i < told or shapes[_DIGITS.sub("0", lines[i].text.text)] < _ENTRIES}
    dated = dated.intersection(edges) - (chronology if len(chronology) >= 2 else set())
    dated |= {i for i in range(first) if reasons[i] is None and forms.signed_date(lines[i].text.text)}
    for i in dated:
        reasons[i] = "timestamp"
    headline = zones.headline(lines, reasons, first)
    beside = dated | {i for i in range(first) if reasons[i] in {"byline", "timestamp"}}
    for i in range(1, first):
        text = lines[i].text.text
        if i != headline and reasons[i] is None and {i - 1, i + 1} & beside and forms.signs(text):
            reasons[i] = None if words("notes").intersection(fold(text).split()) else "byline"


def _dates(text: str) -> bool:
    return forms.is_timestamp(text) or (len(text) <= _SENTENCE and forms.labelled_time(text))


def _heads_sentence(lines: Sequence[Line], reasons: Sequence[str | None], at: int) -> bool:
    return at + 1 < len(lines) and reasons[at + 1] is None and _ends_sentence(lines[at + 1].text.text)


def _mark_captions(lines: Sequence[Line], reasons: Sequence[str | None]) -> list[Line]:
    """The kept lines; what stands beside the button of a picture player or above a credit is a caption."""
    kept: list[Line] = []
    for i, line in enumerate(lines):
        if reasons[i] is not None:
            continue
        before, after = reasons[i - 1] if i else None, reasons[i + 1] if i + 1 < len(lines) else None
        text = line.text.text
        speaks = any(mark in text for mark in '“”"')
        # Above the button stands the picture's description, one sentence; below it, the text of the photo.
        described = after == "player" and len(text) <= 160 and not speaks and not INNER_END.search(text)
        shown = before == "player" and len(text) <= 400 and not speaks
        photo = described or shown or (after == "credit" and len(text) <= 300 and not speaks)
        kept.append(replace(line, kind="caption") if photo and i > 0 else line)
    return kept
