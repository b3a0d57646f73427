"""What is cut out of a line while the rest of the line stays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from streams.reading.lines import Line
from streams.reading.mapped import Edit, Mapped
from streams.records import Removed

_PLACEHOLDER = re.compile(r"^(?:\?\?\s*)+(?=\s|$|\w)")
_SHORTCODE = re.compile(
    r"\[{1,2}/?(?:[A-Za-z]{1,30}_[A-Za-z0-9_-]{1,30}|ads?-[a-z0-9-]{1,30}|[A-Za-z]{2,30}(?=\s[a-z_]{1,20}=)"
    r"|(?:caption|gallery|embed|video|audio|playlist|ads?|youtube|tweet)(?=[\s\]]))[^\[\]]{0,400}\]{1,2}"
)
_CAPTION_CODE = re.compile(r"\[caption\b")
_CREDIT = re.compile(
    r"\s*[(\[][^()\[\]]{0,80}\b(?i:photos?|images?|pictures?|credit|getty|afp|reuters|epa)\b[^()\[\]]{0,80}[)\]]$"
    r"|\s*(?:Photo|Photos|Picture|Image|Credit|Foto)\s?:\s?[^.:]{1,80}$"
)
_BRACKETS = re.compile(r"\s?\[([^\[\]]{2,120})\]")
_PROMO_START = re.compile(r"(?i:read|see|also|lire|voir|leer|lea|ver|lesen|leggi|leia|watch|click|link)\b")
_ENGLISH = re.compile(r"\b(?:the|of|a|an|in|to|and|is|was|that|his|her|their|for|with|our|we|i)\b", re.IGNORECASE)
_FOREIGN_WORD = re.compile(r"[a-z'’-]*[^\W\d_A-Za-z][^\W\d_]*")
_LONGEST_CAPTION = 600


def strip(line: Line) -> tuple[Line | None, tuple[Removed, ...]]:
    """`line` without shortcodes, placeholders, foreign leftovers in brackets and a credit at its end."""
    text, removed = _without(line.text, sorted(_cuts(line.text.text)))
    # Only in a caption's length: a long paragraph that ends with a source in brackets is a report.
    credit = _CREDIT.search(text.text) if len(text.text) <= _LONGEST_CAPTION else None
    if credit is not None and credit.start() > 0:
        text, cut = _without(text, [(credit.start(), credit.end(), "credit")])
        removed += cut
    if not removed:
        return line, ()
    if not text.text:
        return None, tuple(removed)
    photo = credit is not None or _CAPTION_CODE.search(line.text.text)
    return replace(line, text=text, kind="caption" if photo else line.kind), tuple(removed)


def _without(text: Mapped, cuts: Iterable[tuple[int, int, str]]) -> tuple[Mapped, list[Removed]]:
    edits: list[Edit] = []
    removed: list[Removed] = []
    for start, end, why in cuts:
        if not edits or start >= edits[-1].end:
            edits.append(Edit(start, end, ""))
            removed.append(Removed(text.offsets[start], text.offsets[end - 1] + 1, why))
    return text.edited(edits).stripped(), removed


def _cuts(text: str) -> Iterator[tuple[int, int, str]]:
    if found := _PLACEHOLDER.match(text):
        yield found.start(), found.end(), "placeholder"
    if "[" in text:
        yield from ((code.start(), code.end(), "shortcode") for code in _SHORTCODE.finditer(text))
        for bracket in _BRACKETS.finditer(text):
            if _is_leftover(bracket[1]):
                yield bracket.start(), bracket.end(), "foreign"


def _is_leftover(inside: str) -> bool:
    if _ENGLISH.search(inside):
        return False
    return bool(_FOREIGN_WORD.match(inside) or _PROMO_START.match(inside))
