"""What a page says of itself below an article: who the authors are, its rights and cookies, notes for editors."""

from __future__ import annotations

import re
from collections.abc import Sequence

from streams.reading import address, forms
from streams.reading.folding import fold
from streams.reading.lines import Line
from streams.reading.phrases import words
from streams.remembering import ByLine

_LONG = 120
"""A paragraph of fewer characters is told by what it says, not by how many matters it names."""

_LONGEST = 1_500
_MATTERS = 3
"""A paragraph of any length that names so many matters of a page is about the page."""

END_MARK = re.compile(r"#{2,4}|-\s?(?:0|30)\s?-|(?:ENDS?|ends?)\W?")
"""The mark below a text of an agency or office."""

_WORD = re.compile(r"[\w'-]{1,60}")
_OWN = frozenset({"we", "our", "us", "you", "your"})
_REACH = re.compile(r"(?:Reach|Contact|Email|E-mail|Follow|Write to|Call) (?=[A-Z])")
_LIFE = re.compile(
    r" (?:(?:is|was) (?:[Aa]n? |[Tt]he |our |based |author|editor|[A-Z][\w.]* [\w’']+)"
    r"|has (?:been|written|reported|covered)"
    r"|covers |writes |reports |reported from |joined |can be |contributed |lives |teaches |tweets )"
)


def mark(lines: Sequence[Line], reasons: list[str | None], first: int) -> None:
    """Mark such lines below the paragraph at `first`."""
    _lives(lines, reasons, first)
    _below_end(lines, reasons)
    for i in range(first + 1, len(lines)):
        if reasons[i] is None and _is_matter(lines[i].text.text):
            reasons[i] = "legal"


def _lives(lines: Sequence[Line], reasons: list[str | None], first: int) -> None:
    """Below the first paragraph, what its authors are: their names are in the line of authors."""
    names = [
        name
        for line, reason in zip(lines, reasons, strict=True)
        if reason == "byline"
        for name in forms.names_in(line.text.text)
    ]
    names = [name.title() if name.isupper() else name for name in names]
    kept = [line.text.text for line, reason in zip(lines, reasons, strict=True) if reason is None]
    told = [text for text in kept if text.rstrip("\"”’')")[-1:] in ".!?"]
    for name in (own for full in names for own in (full, full.rsplit(" ", 1)[-1])):
        surname = name.rsplit(" ", 1)[-1]
        # Whom the article tells of is not its author.
        if any(surname in text and not any(_tells_life(text, each) for each in (*names, surname)) for text in told):
            continue
        for i in range(first + 1, len(lines)):
            if reasons[i] is None and _tells_life(lines[i].text.text, name):
                reasons[i] = "byline"


def _tells_life(text: str, name: str) -> bool:
    if len(text) > _LONGEST:
        return False
    reached = _REACH.match(text)
    if reached is not None and text.startswith(name, reached.end()):
        return True
    return text.startswith(name) and _LIFE.match(text[len(name) :][:60]) is not None


def _below_end(lines: Sequence[Line], reasons: list[str | None]) -> None:
    """Below the mark that ends a text of an agency or office, in its lower half, stand notes for editors."""
    marks = range(max(1, len(lines) // 2), len(lines))
    end = next((i for i in marks if END_MARK.fullmatch(lines[i].text.text)), len(lines))
    for i in range(end, len(lines)):
        reasons[i] = reasons[i] or "legal"


@ByLine
def _is_matter(text: str) -> bool:
    """True for a long paragraph about cookies, rights or gifts in which the page speaks for itself."""
    if not _LONG <= len(text) <= 2 * _LONGEST or any(mark in text for mark in '“”"'):
        return False
    folded = f" {' '.join(_WORD.findall(fold(text)))} "
    named = sum(f" {matter} " in folded for matter in words("matters"))
    return named >= _MATTERS and not _OWN.isdisjoint(folded.split()) and not address.told(text)
