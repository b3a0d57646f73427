"""Page matter told by where it stands: above the headline, beside other page matter on top, between paragraphs.

What these rules take has no phrase or form of its own. They work on the reasons that other rules found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from streams.reading import address, crediting, forms
from streams.reading.folding import fold, words_only
from streams.reading.forms import CLOCK
from streams.reading.lines import Line
from streams.reading.phrases import words
from streams.remembering import ByLine

_MOST_TOP = 40
"""So many lines can stand above the first paragraph; more of them are a list, or a text without paragraphs."""

_SHORT = 60
_ENDED = re.compile(r"[.!?…][\"”’')\]»]*$")
_OPEN = re.compile(r"[,:;–—-]$")
_TITLE_WORDS = 5
_FEW_WORDS = 3
_PARTS = 3
_LITTLE = 3
_SENTENCE = re.compile(r"[.:!…][\"”’')\]»]*$")
_NICKNAME = re.compile(r"(?:by|By|BY) [\w.-]{2,30}")
_FULL_NAME = re.compile(
    r"(?:(?:Dr|Prof|Professor|Sir|Rev|Fr)\.? )?[A-ZÀ-Þ][\w’'-]{1,20}(?: [A-ZÀ-Þ]\.?)?(?: [A-ZÀ-Þ][\w’'-]{1,20}){1,2}"
)
_FUNCTION = re.compile(r"(?:our|staff|special|senior|chief|web|news|digital) ", re.IGNORECASE)
_CAPITALS = re.compile(r"[A-Z]{2,5}")
_FOREIGN_LABEL = re.compile(r"[^\W\d_]{2,20}(?=:)")
_MENU = re.compile(r"\s[-–—|/~]\s")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_ENTRY = re.compile(r"\d{1,2}[.:h]\d{2}\b")
_SPEECH = ("“", '"', "‘", "«")


def chronology(lines: Sequence[Line], reasons: list[str | None]) -> None:
    """Years, months and days that stand alone above sentences head the parts of a chronology if there are several.

    Times of the page, such as `Published: ...`, were told before by their form.
    """
    found = [
        i
        for i, line in enumerate(lines[:-1])
        if (reasons[i] is None and forms.is_timestamp(line.text.text)) or _YEAR.fullmatch(line.text.text)
    ]
    heads = [i for i in found if _ENDED.search(lines[i + 1].text.text)]
    if len({lines[i].text.text for i in found if _YEAR.fullmatch(lines[i].text.text)}) < 2 and len(heads) < _PARTS:
        return
    for i in found:
        if _YEAR.fullmatch(lines[i].text.text):
            reasons[i] = None


def other_script(lines: Sequence[Line], reasons: list[str | None]) -> None:
    """A short line in another script than the article's is a leftover of the page that was translated."""
    latin = [_latin_letters(line.text.text) for line in lines]
    total, of = sum(part for part, _ in latin), sum(whole for _, whole in latin)
    if 2 * total < of:
        return
    for i, (part, whole) in enumerate(latin):
        text = lines[i].text.text
        label = _FOREIGN_LABEL.match(text) if len(text) <= _SHORT else None
        labelled = label is not None and _latin(label[0])[0] == 0
        if reasons[i] is None and (labelled or (len(text) <= 2 * _SHORT and 10 * part < 4 * whole)):
            reasons[i] = "foreign"


@ByLine
def _latin_letters(text: str) -> tuple[int, int]:
    return _latin(text[:400])


def _latin(text: str) -> tuple[int, int]:
    if text.isascii():
        count = sum(map(str.isalpha, text))
        return count, count
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
        # A full name under the headline wrote it; below a colon, names are a list.
        named = _FULL_NAME.fullmatch(text) is not None and lines[i - 1].text.text[-1] != ":"
        alone = named and not any(_FULL_NAME.fullmatch(lines[j].text.text) for j in (i - 1, i + 1))
        if alone or _NICKNAME.fullmatch(text) or (crediting.is_function(text) and (around or _FUNCTION.match(text))):
            reasons[i] = "byline"
        elif around and CLOCK.fullmatch(text) and _lone_clock(lines, reasons, i):
            reasons[i] = "timestamp"
        elif len(text) <= 2 * _SHORT and address.asks(text) and address.speaks(text):
            reasons[i] = "share"
        elif around == 2 and _is_scrap(text):
            reasons[i] = "navigation"


def _lone_clock(lines: Sequence[Line], reasons: Sequence[str | None], at: int) -> bool:
    """True for a time beside the date of the page; where several stand alone, they head entries."""
    clocks = sum(bool(CLOCK.fullmatch(line.text.text)) for line in lines)
    return clocks == 1 and not {"timestamp", "number"}.isdisjoint(
        {reasons[at - 1], reasons[min(at + 1, len(lines) - 1)]}
    )


def _is_scrap(text: str) -> bool:
    found = text.split()
    return (
        len(found) <= 3
        and words("notes").isdisjoint(fold(text).split())
        and not _ENDED.search(text)
        and not _OPEN.search(text)
        and not text.startswith(_SPEECH)
        and not any(character.isdigit() for character in text)
        and not (text[0].isupper() and len(found) > 1 and all(word[:1].isupper() for word in found))
    )


def headline(lines: Sequence[Line], reasons: Sequence[str | None], first: int) -> int:
    """Index of the headline: the first line on top that has words of the text below it; 0 if none is sure.

    It stands above the first line that ends like a sentence. Of a short line most words have to come again.
    """
    told = (i for i in range(first) if reasons[i] is None and _SENTENCE.search(lines[i].text.text))
    top = range(next(told, first))
    own = [i for i in top if reasons[i] is None and len(lines[i].text.text.split()) >= _FEW_WORDS]
    if not own:
        return 0
    # The last line in which each word stands.
    last = {s: i for i, line in enumerate(lines) if reasons[i] is None for s in stems(line.text.text)}
    for i in own:
        found = stems(lines[i].text.text)
        shared = sum(last[stem] > i for stem in found)
        shown = lines[i].text.text.split()
        # Menus and names of outlets have capitals throughout; a headline in running text has not.
        running = any(word.islower() and fold(word) not in words("common") and len(word) > _LITTLE for word in shown)
        few = len(shown) < _TITLE_WORDS
        if shared >= 3 or (shared and (3 * shared >= (2 * len(found) if few else len(found)) or (running and not few))):
            return i
    long = (i for i in own if len(lines[i].text.text.split()) >= _TITLE_WORDS)
    return next((i for i in long if not _ENDED.search(lines[i].text.text)), 0)


@ByLine
def stems(text: str) -> frozenset[str]:
    """The starts of the words in the first part of `text` that say what it is about."""
    return frozenset(
        word[:5] for word in words_only(text[:1000]).split() if len(word) > 2 and word not in words("common")
    )


def menus(lines: Sequence[Line], reasons: list[str | None], first: int, last: int) -> None:
    """Bars of links above the paragraph at `first` and below the one at `last`."""
    for i in (*range(min(first, _MOST_TOP)), *range(last + 1, len(lines))):
        text = lines[i].text.text
        parts = _MENU.split(text) if len(text) <= 2 * _SHORT else []
        if reasons[i] is None and len(parts) >= 3 and all(len(part.split()) <= 3 for part in parts):
            reasons[i] = "navigation"


def owners(lines: Sequence[Line], reasons: list[str | None]) -> None:
    """A lone abbreviation is the agency of a photo where other photos have their crediting."""
    if reasons.count("credit") < 2:
        return
    for i in range(1, len(lines)):
        if reasons[i] is None and _CAPITALS.fullmatch(lines[i].text.text):
            reasons[i] = "credit"
