"""Page matter told by where it stands: above the headline, beside other page matter on top, and below the last text.

What these rules take has no phrase or form of its own. They work on the reasons that other rules found.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from streams.reading import address, crediting, forms, teasers
from streams.reading.folding import fold, words_only
from streams.reading.forms import CLOCK
from streams.reading.lines import Line
from streams.reading.phrases import words

_BELOW = frozenset(
    {"share", "signup", "promo", "navigation", "comments", "legal", "byline", "advertisement", "separator"}
)
"""Reasons of lines that commonly stand below the last paragraph."""

_WITH_BUTTONS = frozenset({"player", "share", "signup", "comments", "promo", "navigation", "advertisement"})

_MOST_TOP = 40
"""So many lines can stand above the first paragraph; more of them are a list, or a text without paragraphs."""

_PARAGRAPH = 80
"""A line of so many characters that ends like a sentence is a paragraph, wherever it stands."""

_LONG = 240
"""A line of so many characters is a paragraph, however it speaks and ends."""

_END_MARK = re.compile(r"#{2,4}|-\s?(?:0|30)\s?-|(?:ENDS?|ends?)\W?")

_SHORT = 60
_SAME = 24
"""Lines whose first so many characters agree are the same line, one of them perhaps cut off."""

_ENDED = re.compile(r"[.!?…][\"”’')\]»]*$")
_STOPPED = re.compile(r"[.!][\"”’')\]»]*$")
_OPEN = re.compile(r"[,:;–—-]$")
_TITLE_WORDS = 5
_NICKNAME = re.compile(r"(?:by|By|BY) [\w.-]{2,30}")
_FUNCTION = re.compile(r"(?:our|staff|special|senior|chief|web|news|digital) ", re.IGNORECASE)
_CAPITALS = re.compile(r"[A-Z]{2,5}")
_FOREIGN_LABEL = re.compile(r"[^\W\d_]{2,20}(?=:)")
_MENU = re.compile(r"\s[-–—|/~]\s")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_ENTRY = re.compile(r"\d{1,2}[.:h]\d{2}\b")
_SPEECH = ("“", '"', "‘", "«")


def years(lines: Sequence[Line], reasons: list[str | None]) -> None:
    """Lines that are only a year head the parts of a chronology if there are several."""
    found = [i for i, line in enumerate(lines) if _YEAR.fullmatch(line.text.text)]
    if len({lines[i].text.text for i in found}) >= 2:
        for i in found:
            reasons[i] = None


def other_script(lines: Sequence[Line], reasons: list[str | None]) -> None:
    """A short line in another script than the article's is a leftover of the page that was translated."""
    latin = [_latin(line.text.text[:400]) for line in lines]
    total, of = sum(part for part, _ in latin), sum(whole for _, whole in latin)
    if 2 * total < of:
        return
    for i, (part, whole) in enumerate(latin):
        text = lines[i].text.text
        label = _FOREIGN_LABEL.match(text) if len(text) <= _SHORT else None
        labelled = label is not None and _latin(label[0])[0] == 0
        if reasons[i] is None and (labelled or (len(text) <= 2 * _SHORT and 10 * part < 4 * whole)):
            reasons[i] = "foreign"


def _latin(text: str) -> tuple[int, int]:
    letters = [character for character in text if character.isalpha()]
    return sum(character < "\u0250" for character in letters), len(letters)


def head(lines: Sequence[Line], reasons: list[str | None], first: int) -> None:
    """What stands above the headline, and scraps between page matter below it, up to the paragraph at `first`."""
    if first > _MOST_TOP:
        return
    title = headline(lines, reasons, first)
    for i in range(title):
        text = lines[i].text.text
        if reasons[i] is None and not _ENTRY.match(text) and (len(text) <= _SHORT and not _ENDED.search(text)):
            reasons[i] = "masthead"
    for i in range(title + 1, first):
        text = lines[i].text.text
        if reasons[i] is not None:
            continue
        around = (reasons[i - 1] is not None) + (reasons[i + 1] is not None or i + 1 == first)
        if _NICKNAME.fullmatch(text) or (crediting.is_function(text) and (around or _FUNCTION.match(text))):
            reasons[i] = "byline"
        elif len(text) <= 2 * _SHORT and address.asks(text) and address.speaks(text):
            reasons[i] = "share"
        elif around == 2 and _is_scrap(text):
            reasons[i] = "navigation"


def _is_scrap(text: str) -> bool:
    found = text.split()
    return (
        len(found) <= 3
        and not _ENDED.search(text)
        and not _OPEN.search(text)
        and not text.startswith(_SPEECH)
        and not any(character.isdigit() for character in text)
        and not (text[0].isupper() and len(found) > 1 and all(word[:1].isupper() for word in found))
    )


def headline(lines: Sequence[Line], reasons: Sequence[str | None], first: int) -> int:
    """Index of the headline: the first line on top that has words of the text below it; 0 if none is sure."""
    own = [i for i in range(first) if reasons[i] is None and len(lines[i].text.text.split()) >= _TITLE_WORDS]
    if not own:
        return 0
    below = Counter(stem for i in range(first, len(lines)) if reasons[i] is None for stem in _stems(lines[i].text.text))
    for i in own:
        stems = _stems(lines[i].text.text)
        if stems and 3 * sum(stem in below for stem in stems) >= len(stems):
            return i
    return own[0]


def _stems(text: str) -> set[str]:
    return {word[:5] for word in words_only(text[:1000]).split() if len(word) > 2 and word not in words("common")}


def menus(lines: Sequence[Line], reasons: list[str | None], first: int, last: int) -> None:
    """Bars of links above the paragraph at `first` and below the one at `last`."""
    for i in (*range(min(first, _MOST_TOP)), *range(last + 1, len(lines))):
        text = lines[i].text.text
        parts = _MENU.split(text) if len(text) <= 2 * _SHORT else []
        if reasons[i] is None and len(parts) >= 3 and all(len(part.split()) <= 3 for part in parts):
            reasons[i] = "navigation"


def tail(lines: Sequence[Line], reasons: list[str | None], first: int) -> None:
    """Below the last paragraph, page matter goes on from its first line to the end."""
    repeated = Counter(_start(line.text.text) for line in lines)
    start = _tail_start(lines, reasons, first)
    for i in range(start, len(lines)):
        # What stands twice is the text of a photo, and its doubles go another way.
        if reasons[i] is None and repeated[_start(lines[i].text.text)] == 1:
            reasons[i] = _tail_reason(lines[i].text.text)


def _start(text: str) -> str:
    return words_only(text[:200])[:_SAME]


def _tail_start(lines: Sequence[Line], reasons: Sequence[str | None], first: int) -> int:
    """Index behind the first line of page matter that no paragraph follows."""
    start = len(lines)
    for i in range(len(lines) - 1, first, -1):
        if reasons[i] in _BELOW:
            start = i
        elif reasons[i] is None and _is_text(lines, reasons, i):
            break
    return start


def _is_text(lines: Sequence[Line], reasons: Sequence[str | None], at: int) -> bool:
    """True for a line that shows that the article still goes on: a paragraph, an entry, a sentence beside another."""
    line = lines[at]
    text = line.text.text
    if CLOCK.fullmatch(text) or _ENTRY.match(text) or line.kind == "caption" or text.startswith(_SPEECH):
        return True
    if not _STOPPED.search(text) or (len(text) < _LONG and address.speaks_up(text)):
        return len(text) >= _LONG
    if _END_MARK.fullmatch(lines[at - 1].text.text):
        return False
    if len(text) >= _PARAGRAPH:
        return True
    if reasons[at - 1] == "legal" or (reasons[at - 1] == "byline" and lines[at - 1].text.text[-1] == ")"):
        return False
    before = at > 0 and reasons[at - 1] is None and not teasers.heads_section(lines[at - 1].text.text)
    # Below two lines of page matter, one sentence alone is of the page as well: a disclaimer, the author's life.
    return before or at < 2 or reasons[at - 2] is None


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


def owners(lines: Sequence[Line], reasons: list[str | None]) -> None:
    """A lone abbreviation is the agency of a photo where other photos have their crediting."""
    if reasons.count("credit") < 2:
        return
    for i in range(1, len(lines)):
        if reasons[i] is None and _CAPITALS.fullmatch(lines[i].text.text):
            reasons[i] = "credit"
