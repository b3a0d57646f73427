"""What each paragraph is: title, heading, body, caption or quote; and which live-blog entry it stands in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from streams.reading.boilerplate import INNER_END, full_sentence
from streams.reading.folding import words_only
from streams.reading.forms import CLOCK
from streams.reading.lines import Line
from streams.reading.phrases import words
from streams.records import ParagraphKind
from streams.remembering import ByLine

_ITEM = re.compile(r"[-•*–—]\s|\d{1,2}[.)]\s")
_ENDED = re.compile(r"[.!?…;:,。！？؟۔।][\"”’')\]»]*$|[\"”’']{2}$")
_WHOLE_QUOTE = re.compile(r"[“\"][^“”\"]*[”\"]?")
_SPOKEN = re.compile(r",[’'] ")
_FRAMED = re.compile(r"[-–—*]\s[^.!?]{3,100}\s[-–—*]")
QUOTED_FROM = re.compile(r"A quote (?:from|by) ")
"""The line that names the speaker of the paragraph above it."""
_ATTRIBUTED = re.compile(
    r"(?:he|she|they|it|the [\w-]{1,20}(?: [\w-]{1,20})?) (?:has |have |had |also |later )?[a-z]+\b"
    r"|(?:said|says|told|added|adds|wrote|warned|insisted|asked) "
)
"""The start of a line that goes on in lower case under what somebody said, and names the speaker."""
_TIMED = re.compile(r"\d{1,2}[.:]\d{2}\s?[:–—-]\s")
_LIVE = re.compile(r"\bLIVE\b|\b[Ll]ive (?:blog|updates|coverage)\b|\bas it happened\b")
_MOST_WORDS = 20
"""A line without an end mark is a heading up to so many words, and the text of a photo above."""


def assign(lines: Sequence[Line], title: str | None) -> list[Line]:
    """The lines, each with its kind; `title` is the article's own if it came apart from the text."""
    head = next((i for i, line in enumerate(lines) if line.kind is None and full_sentence(line.text.text)), len(lines))
    headline = _headline(lines, head, title)
    kinds: list[ParagraphKind] = [line.kind or _kind(line.text.text) for line in lines]
    for i in range(1, len(lines)):
        # The next photo of a gallery, its credit in brackets.
        if kinds[i] == "heading" and kinds[i - 1] == "caption" and lines[i].text.text.endswith(")"):
            kinds[i] = "caption"
    for i in range(min(head, len(lines))):
        if kinds[i] == "caption" and lines[i].kind is None:
            kinds[i] = "heading" if len(lines[i].text.text.split()) <= 2 * _MOST_WORDS else "body"
    _unlist(lines, kinds, head)
    if lines and kinds[-1] == "heading" and len(lines) > 1 and not CLOCK.fullmatch(lines[-1].text.text):
        kinds[-1] = "body"
    if headline is not None:
        kinds[headline] = "title"
    for i in range(1, len(lines)):
        if QUOTED_FROM.match(lines[i].text.text):
            kinds[i] = "quote"
            kinds[i - 1] = "quote" if kinds[i - 1] == "body" else kinds[i - 1]
    for i in range(1, len(lines)):
        if kinds[i - 1] == "body" and _spoken_above(lines[i - 1].text.text, lines[i].text.text):
            kinds[i - 1] = "quote"
    return [Line(line.text, line.block, kind) for line, kind in zip(lines, kinds, strict=True)]


def _spoken_above(text: str, below: str) -> bool:
    """True for a quotation that lost its marks: `We will not leave.` above `he told reporters.` follows."""
    if not (text[-1] in ".!?" and not any(mark in text for mark in '“”"') and len(below) <= 120):
        return False
    found = _ATTRIBUTED.match(below)
    return found is not None and not words("saying").isdisjoint(found[0].split())


@ByLine
def _kind(text: str) -> ParagraphKind:
    if CLOCK.fullmatch(text) or (_TIMED.match(text) and len(text.split()) <= _MOST_WORDS):
        return "heading"
    framed = _FRAMED.fullmatch(text)
    if framed and len(text.split()) <= _MOST_WORDS:
        return "heading"
    if _WHOLE_QUOTE.fullmatch(text) and len(text.split()) >= 3 and (text[-1] in '”"' or not _SPOKEN.search(text)):
        return "quote"
    question = text.endswith("?") and len(text.split()) <= 10
    if (
        (text[0] == "(" and text[-1] == ")")
        or _ITEM.match(text)
        or INNER_END.search(text[:1000])
        or (_ENDED.search(text[-4:]) and not question)
    ):
        return "body"
    return "heading" if len(text.split()) <= _MOST_WORDS else "caption"


def _headline(lines: Sequence[Line], head: int, title: str | None) -> int | None:
    """Index of the line that is the title: the same as `title`, or else the first line on top that reads like one."""
    top = range(min(head, len(lines) - 1, 8))
    if title is not None:
        key = words_only(title)
        keys = [words_only(line.text.text[:500]) for line in lines[:8]]
        longer = (i for i in top if len(key.split()) >= 4 and keys[i].startswith(key + " "))
        return keys.index(key) if key in keys else next(longer, None)
    own = [i for i in top if lines[i].kind is None and not CLOCK.fullmatch(lines[i].text.text)]
    return next((i for i in own if len(lines[i].text.text.split()) >= 4), own[0] if own else None)


def _unlist(lines: Sequence[Line], kinds: list[ParagraphKind], head: int) -> None:
    """Three or more short lines in a row under the first paragraph are a list, such as one of towns, not headings."""
    start = head
    for i in range(head, len(lines) + 1):
        if i < len(lines) and kinds[i] == "heading" and not CLOCK.fullmatch(lines[i].text.text):
            continue
        if i - start >= 3:
            kinds[start:i] = ["body"] * (i - start)
        start = i + 1


def is_live(lines: Sequence[Line], *, said_so: bool, title: str | None) -> bool:
    """True for a live blog: it calls itself one (`said_so`: in a line that was removed), or has timed lines."""
    named = title or (lines[0].text.text if lines else "")
    return said_so or bool(_LIVE.search(named)) or sum(bool(CLOCK.fullmatch(line.text.text)) for line in lines) >= 3


def entries(lines: Sequence[Line]) -> list[int]:
    """The number of the live-blog entry of each line: a heading or time under the first paragraph starts one."""
    numbers: list[int] = []
    entry = 0
    body_seen = False
    opened = clocked = False
    for line in lines:
        timed = bool(CLOCK.fullmatch(line.text.text))
        starts = timed or (line.kind == "heading" and body_seen)
        if starts and (not opened or (timed and clocked)):
            entry += 1
            clocked = False
        clocked = clocked or timed
        opened = starts or (opened and line.kind == "caption")
        body_seen = body_seen or line.kind in {"body", "quote"}
        numbers.append(entry)
    return numbers
