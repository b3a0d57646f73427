"""Page matter told by its place below the last text: from its first line on, to the end."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence

from streams.reading import address, colophon, crediting, forms, teasers
from streams.reading.folding import fold, words_only
from streams.reading.forms import CLOCK
from streams.reading.lines import Line
from streams.reading.zones import stems

_BELOW = frozenset(
    {"share", "signup", "promo", "navigation", "comments", "legal", "byline", "advertisement", "separator"}
)
"""Reasons of lines that commonly stand below the last paragraph."""

_WITH_BUTTONS = frozenset({"player", "share", "signup", "comments", "promo", "navigation", "advertisement"})

_PARAGRAPH = 80
"""A line of so many characters that ends like a sentence is a paragraph, wherever it stands."""

_LONG = 240
"""A line of so many characters is a paragraph, however it speaks and ends."""

_SAME = 24
"""Lines whose first so many characters agree are the same line, one of them perhaps cut off."""

_MOST_WORDS = 12
"""A line of more words that does not end is a sentence that was cut off, and no link."""

_FEW_WORDS = 3
_PAIRS = 4
"""A list of links with a paragraph for each has two at least."""

_DATED = re.compile(r"\s\(\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\)$")
_ENDED = re.compile(r"[.!?…][\"”’')\]»]*(?:\s?/[a-zA-Z]{2,4}|\s?[A-Z]{2,4}/[A-Z]{2,4})?$")
_STOPPED = re.compile(r"[.!][\"”’')\]»]*(?:\s?/[a-zA-Z]{2,4}|\s?[A-Z]{2,4}/[A-Z]{2,4})?$")
_LISTED = re.compile(r"[-•*–—(\"“‘«]|\d{1,2}[.)]\s|[^|·•]{0,200}[\t:;,–—-]|[^|·•]{0,200}\d")
"""A line as they stand in lists of the article: an item, a quote, a name with what is said of it, a number."""
_ENTRY = re.compile(r"\d{1,2}[.:h]\d{2}\b")
_SPEECH = ("“", '"', "‘", "«")
_YOU = re.compile(r"\b(?:you|your|you'll|you're|you've|please)\b")
_FORMERLY = re.compile(
    r"(?:Writes|Covers|Reports|Reporting|Formerly|Based|Author|Editor|Founder"
    r"|(?:[A-Z][a-z]{2,12} )?(?:[Rr]eporter|[Cc]orrespondent|[Jj]ournalist|[Ww]riter|[Cc]olumnist)) [a-z]"
)


def tail(lines: Sequence[Line], reasons: list[str | None], first: int) -> None:
    """Below the last paragraph, page matter goes on from its first line to the end."""
    colophon.mark(lines, reasons, first)
    repeated = Counter(_start(line.text.text) for line in lines)
    start = _links_start(lines, reasons, first, _tail_start(lines, reasons, first))
    for i in range(start, len(lines)):
        # What stands twice is the text of a photo, and its doubles go another way.
        if reasons[i] is None and repeated[_start(lines[i].text.text)] == 1:
            reasons[i] = _tail_reason(lines[i].text.text)


def _start(text: str) -> str:
    return words_only(text[:200])[:_SAME]


def links_end(lines: Sequence[Line], reasons: list[str | None], at: int) -> int:
    """Mark the headlines right under `Read more on ...`; the index behind them. A short line is a heading."""
    at += 1
    while at < len(lines) and reasons[at] is None and teasers.is_headline(lines[at].text.text):
        reasons[at] = "promo"
        at += 1
    return at


def summaries(lines: Sequence[Line], reasons: list[str | None], heading: int) -> None:
    """What stands under the heading of a list to the end, if it is headlines, each with one paragraph about it."""
    rest = [i for i in range(heading + 1, len(lines)) if reasons[i] is None]
    texts = [lines[i].text.text for i in rest]
    ended = [_ENDED.search(_DATED.sub("", text)) is not None for text in texts]
    headlines = [text for text, sentence in zip(texts, ended, strict=True) if not sentence]
    paired = all(sentence != after for sentence, after in itertools.pairwise(ended))
    questions = any(text[-1] == "?" for text, sentence in zip(texts, ended, strict=True) if sentence)
    long = all(_FEW_WORDS < len(text.split()) <= 2 * _MOST_WORDS for text in headlines)
    if len(rest) >= _PAIRS and paired and not ended[0] and long and not questions and 2 * heading >= len(lines):
        for i in rest:
            reasons[i] = "promo"


def _links_start(lines: Sequence[Line], reasons: Sequence[str | None], first: int, start: int) -> int:
    """Index behind the last sentence if only short lines that do not end stand between it and the page matter.

    Lists of the article stay: those that a colon opens, those of items, names with numbers, or in short lines as the
    article has them elsewhere between its paragraphs.
    """
    at = start
    while at > first + 1 and (
        reasons[at - 1] is not None
        or _is_link(lines[at - 1])
        or _urges(lines[at - 1])
        or (at < len(lines) and reasons[at] is not None and _is_label(lines[at - 1].text.text))
    ):
        at -= 1
    while at < start and reasons[at] is not None:
        at += 1
    own = [i for i in range(at, start) if reasons[i] is None]
    items = sum(_LISTED.match(text) is not None and not _is_label(text) for text in (lines[i].text.text for i in own))
    listed = lines[at - 1].text.text[-1] in ":;," or 2 * items >= len(own)
    if not own or listed or start == len(lines) or _lists_between(lines, reasons, first, at):
        return start
    return at


def _is_label(text: str) -> bool:
    return text[-1] == ":" and len(text.split()) <= _FEW_WORDS and text[0].isupper()


def _urges(line: Line) -> bool:
    text = line.text.text
    return text[-1] == "!" and len(text) <= _PARAGRAPH and address.asks(text)


def _is_link(line: Line) -> bool:
    text = line.text.text
    return (
        line.kind is None
        and not _ENDED.search(text)
        and text[-1] not in ":;,"
        and len(text.split()) <= _MOST_WORDS
        and not CLOCK.fullmatch(text)
    )


def _lists_between(lines: Sequence[Line], reasons: Sequence[str | None], first: int, end: int) -> bool:
    """True when short lines stand in a row elsewhere under the paragraph at `first`: a list, a poem, names."""
    return any(
        reasons[i - 1] is None and reasons[i] is None and _is_link(lines[i - 1]) and _is_link(lines[i])
        for i in range(first + 2, end)
    )


def _tail_start(lines: Sequence[Line], reasons: Sequence[str | None], first: int) -> int:
    """Index behind the first line of page matter that no paragraph follows."""
    start = len(lines)
    told: set[str] = set()
    for i in range(first + 1):
        told |= stems(lines[i].text.text)
    for i in range(len(lines) - 1, first, -1):
        if reasons[i] in _BELOW:
            start = i
        elif reasons[i] is None and _is_text(lines, reasons, i, told):
            break
    return start


def _is_text(lines: Sequence[Line], reasons: Sequence[str | None], at: int, told: set[str]) -> bool:
    """True for a line that shows that the article still goes on: a paragraph, an entry, a sentence beside another."""
    line = lines[at]
    text = line.text.text
    shown = CLOCK.fullmatch(text) or _ENTRY.match(text) or line.kind == "caption" or text.startswith(_SPEECH)
    if shown or not _STOPPED.search(text):
        return bool(shown) or len(text) >= _LONG
    if colophon.END_MARK.fullmatch(lines[at - 1].text.text) or _asks_reader(text):
        return False
    alone = reasons[at - 1] == "legal" or (reasons[at - 1] is not None and at >= 2 and reasons[at - 2] is not None)
    if alone and (_FORMERLY.match(text) or (len(text) < _LONG and _elsewhere(text, told))):
        return len(text) >= _PARAGRAPH and at + 1 < len(lines) and reasons[at + 1] is None
    if len(text) >= _PARAGRAPH:
        return True
    if reasons[at - 1] == "legal" or (reasons[at - 1] == "byline" and lines[at - 1].text.text[-1] == ")"):
        return False
    headed = reasons[at - 1] is None and teasers.heads_section(lines[at - 1].text.text)
    return not (headed and at >= 2 and reasons[at - 2] is not None)


def _asks_reader(text: str) -> bool:
    if len(text) >= _LONG or address.told(text):
        return False
    return address.speaks_up(text) or address.asks(text) or bool(_YOU.search(fold(text)))


def _elsewhere(text: str, told: set[str]) -> bool:
    """True for a sentence that shares no word with the text above and reports nothing that was said."""
    return stems(text).isdisjoint(told) and not address.told(text)


def _tail_reason(text: str) -> str:
    if crediting.is_function(text) or (forms.only_names(text) and len(text.split()) <= 3):
        return "navigation"
    return address.page_word(fold(text)) or ("legal" if _ENDED.search(text) else "promo")


def buttons(lines: Sequence[Line], reasons: list[str | None]) -> None:
    """Short requests beside page matter, such as `Agree and show` under the text about cookies."""
    for order in (range(1, len(lines)), range(len(lines) - 2, -1, -1)):
        step = order.step
        for i in order:
            beside = reasons[i - step]
            if reasons[i] is None and beside in _WITH_BUTTONS and _is_button(lines[i].text.text):
                reasons[i] = beside


def _is_button(text: str) -> bool:
    found = text.split()
    few = len(found) <= 4 or (len(found) <= 7 and found[-1].casefold() == "more")
    return few and text[-1] not in '.!:;,"”' and address.asks(text)
