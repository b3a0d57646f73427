"""What is cut out of a line while the rest of the line stays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from streams.reading.crediting import owners
from streams.reading.lines import Line
from streams.reading.mapped import Edit, Mapped
from streams.records import Removed
from streams.remembering import ByLine

_PLACEHOLDER = re.compile(r"^(?:\?\?\s*)+(?=\s|$|\w)")
_SHORTCODE = re.compile(
    r"\[{1,2}/?(?:[A-Za-z]{1,30}_[A-Za-z0-9_-]{1,30}|ads?-[a-z0-9-]{1,30}|[A-Za-z]{2,30}(?=\s[a-z_]{1,20}=)"
    r"|(?:caption|gallery|embed|video|audio|playlist|ads?|youtube|tweet)(?=[\s\]]))[^\[\]]{0,400}\]{1,2}"
)
_CAPTION_CODE = re.compile(r"\[caption\b")
_CREDIT = re.compile(
    r"\s*[(\[][^()\[\]]{0,80}\b(?i:photos?|images?|pictures?|credit|getty|afp|reuters|epa)\b[^()\[\]]{0,80}[)\]]$"
    r"|\s*(?:Photo|Photos|Picture|Image|Credit|Foto|PHOTO|PHOTOS|PICTURE|IMAGE|CREDIT|FOTO)\s?:\s?[^.:]{1,80}$"
)
_EMBEDDED = re.compile(r"\[(embed|video|audio|youtube|tweet|iframe)\b[^\[\]]{0,200}\][^\s\[\]]{1,400}\[/\1\]")
_WIRE_CODE = re.compile(r"\s?\[(?:ID:)?(?=[A-Za-z0-9]{0,20}\d)(?=[A-Za-z0-9]{0,20}[A-Za-z])[A-Za-z0-9:]{7,24}\]")
_CAPTION_LABEL = re.compile(r"(?:image|media|photo|video|picture) caption\s?[,:]?\s+(?=\S+\s+\S+\s+\S)", re.IGNORECASE)
_ASIDE = re.compile(
    r"\s?[(\[](?:(?i:read|see|also|watch|listen|video|related|don't miss|must)\b[ A-Za-z]{0,20}[:|]"
    r"|(?:READ|SEE|ALSO|WATCH|LISTEN|CLICK)\b)[^()\[\]]{1,160}[)\]]"
)
_OWNED = re.compile(r"\s{0,3}[(\[]([A-ZÀ-Þ][^()\[\]]{2,60}[/|][^()\[\]]{2,40})[)\]]$")
_BRACKETS = re.compile(r"\s?\[([^\[\]]{2,120})\]")
_PROMO_START = re.compile(r"(?i:read|see|also|lire|voir|leer|lea|ver|lesen|leggi|leia|watch|click|link)\b")
_ENGLISH = re.compile(r"\b(?:the|of|a|an|in|to|and|is|was|that|his|her|their|for|with|our|we|i)\b", re.IGNORECASE)
_FOREIGN_WORD = re.compile(r"[a-z'’-]{0,40}[^\W\d_A-Za-z]")
_LONGEST_CAPTION = 600


def labels_caption(text: str) -> bool:
    """True for a caption behind a label that says that it is one."""
    return bool(_CAPTION_LABEL.match(text))


def strip(line: Line) -> tuple[Line | None, tuple[Removed, ...]]:
    """`line` without shortcodes, placeholders, foreign leftovers in brackets and a credit at its end."""
    if not _has_matter(line.text.text):
        return line, ()
    text, removed = _without(line.text, sorted(_cuts(line.text.text), key=lambda cut: (cut[0], -cut[1])))
    # Only in a caption's length: a long paragraph that ends with a source in brackets is a report.
    credit = _CREDIT.search(text.text) if len(text.text) <= _LONGEST_CAPTION else None
    owned = _OWNED.search(text.text) if credit is None and len(text.text) <= _LONGEST_CAPTION else None
    if owned is not None and owners(owned[1]):
        credit = owned
    if credit is not None and credit.start() > 0:
        text, cut = _without(text, [(credit.start(), credit.end(), "credit")])
        removed += cut
    if not removed:
        return line, ()
    if not text.text:
        return None, tuple(removed)
    photo = credit is not None or _CAPTION_CODE.search(line.text.text) or _CAPTION_LABEL.match(line.text.text)
    return replace(line, text=text, kind="caption" if photo else line.kind), tuple(removed)


@ByLine
def _has_matter(text: str) -> bool:
    """Whether anything of a line may have to go: something is in it, or it ends like a credit."""
    able = len(text) <= _LONGEST_CAPTION and (text.endswith((")", "]")) or ":" in text)  # as both end or have
    ends = (_CREDIT.search(text) or _OWNED.search(text)) if able else None
    return ends is not None or any(True for _ in _cuts(text))


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
    if found := _CAPTION_LABEL.match(text):
        yield found.start(), found.end(), "credit"
    if "[" in text or "(" in text:
        yield from ((aside.start(), aside.end(), "promo") for aside in _ASIDE.finditer(text))
    if "[" in text:
        yield from ((code.start(), code.end(), "shortcode") for code in _EMBEDDED.finditer(text))
        yield from ((code.start(), code.end(), "placeholder") for code in _WIRE_CODE.finditer(text))
        yield from ((code.start(), code.end(), "shortcode") for code in _SHORTCODE.finditer(text))
        for bracket in _BRACKETS.finditer(text):
            if _is_leftover(bracket[1]):
                yield bracket.start(), bracket.end(), "foreign"


def _is_leftover(inside: str) -> bool:
    if _ENGLISH.search(inside):
        return False
    return bool(_FOREIGN_WORD.match(inside) or _PROMO_START.match(inside))
