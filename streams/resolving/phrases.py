"""Known phrases found in a text by their words: the longest first, whatever hyphens, diacritics and tokens do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Generic, NamedTuple, TypeVar

from streams.parsing.tokens import Doc, Token
from streams.resolving.names import words

Value = TypeVar("Value")

_ACRONYM_LETTERS = 7
_PLURAL_TAGS = frozenset({"NNP", "NNS", "NNPS"})
"""Tags of words that may be shown in the singular."""


class Found(NamedTuple, Generic[Value]):
    """A phrase at the tokens `start` up to, not including, `end`, and all that it can stand for."""

    start: int
    end: int
    values: tuple[Value, ...]


class Piece(NamedTuple):
    """One word of a token, as phrases are compared."""

    word: str
    token: int
    capital: bool
    shouted: bool


class _Known(NamedTuple, Generic[Value]):
    words: tuple[str, ...]
    capitals: tuple[bool, ...]
    shouted: bool
    values: list[Value]


class PhraseIndex(Generic[Value]):
    """Phrases by their first two words. Capitals of a phrase are wanted in the text, an acronym wants only capitals."""

    __slots__ = ("_known",)

    def __init__(self) -> None:
        self._known: dict[str, dict[str, list[_Known[Value]]]] = {}
        """By the first word and the second, which is empty for phrases of one word; the longest first."""

    def add(self, phrase: str, value: Value) -> None:
        """`phrase` can stand for `value`; a phrase without any letter is no phrase."""
        parts = words(phrase)
        if not parts:
            return
        letters = [char for char in phrase if char.isalpha()]
        shouted = 1 < len(letters) <= _ACRONYM_LETTERS and all(char.isupper() for char in letters)
        capitals = _capitals(phrase, parts)
        rows = self._known.setdefault(parts[0], {}).setdefault(_second(parts), [])
        for row in rows:
            if (row.words, row.capitals, row.shouted) == (parts, capitals, shouted):
                if value not in row.values:
                    row.values.append(value)
                return
        rows.append(_Known(parts, capitals, shouted, [value]))
        rows.sort(key=lambda row: -len(row.words))

    def __contains__(self, phrase: str) -> bool:
        parts = words(phrase)
        return any(row.words == parts for row in self._rows(parts))

    def get(self, phrase: str) -> tuple[Value, ...]:
        """All that exactly `phrase` can stand for."""
        parts = words(phrase)
        return tuple(value for row in self._rows(parts) if row.words == parts for value in row.values)

    def _rows(self, parts: tuple[str, ...]) -> Sequence[_Known[Value]]:
        return self._known.get(parts[0], {}).get(_second(parts), ()) if parts else ()

    def find(self, found: list[Piece]) -> Iterator[Found[Value]]:
        """The phrases in the text, left to right, the longest first, none overlapping."""
        known = self._known
        at = 0
        while at < len(found):
            rows = known.get(found[at].word)
            row = _longest(rows, found, at) if rows is not None else None
            if row is None:
                at += 1
                continue
            last = found[at + len(row.words) - 1].token
            yield Found(found[at].token, last + 1, tuple(row.values))
            at += len(row.words)


def _second(parts: tuple[str, ...]) -> str:
    return parts[1] if len(parts) > 1 else ""


def _longest(known: dict[str, list[_Known[Value]]], found: list[Piece], at: int) -> _Known[Value] | None:
    """The longest of the phrases with this first word that stands there."""
    first = found[at]
    second = found[at + 1].word if at + 1 < len(found) else ""
    rows: list[_Known[Value]] = [*known.get(second, ()), *known.get("", ())]
    for row in rows:
        if (row.capitals[0] and not first.capital) or (row.shouted and not first.shouted):
            continue
        size = len(row.words)
        if size == 1:
            return row
        part = found[at : at + size]
        if tuple(piece.word for piece in part) != row.words or not _unbroken(part):
            continue
        if all(piece.capital or not wanted for piece, wanted in zip(part, row.capitals, strict=True)):
            return row
    return None


def pieces(doc: Doc) -> tuple[list[Piece], list[Piece]]:
    """The words of a document, as they are and with nouns in the singular."""
    plain: list[Piece] = []
    singular: list[Piece] = []
    for token in doc.words:
        text, number = token.text, token.i
        first = len(plain)
        for word, capital, loud in _cut(text, text, token.is_punct):
            plain.append(Piece(word, number, capital, loud))
        shown = _singular(token) if token.tag_ in _PLURAL_TAGS else text
        if shown is text:
            singular += plain[first:]
        else:
            own = _cut(text, shown, token.is_punct)
            singular += [Piece(word, number, capital, loud) for word, capital, loud in own]
    return plain, singular


@lru_cache(maxsize=20_000)
def _cut(text: str, shown: str, is_punct: bool) -> tuple[tuple[str, bool, bool], ...]:  # noqa: FBT001  (of a token)
    """The words of a token that is compared as `shown`; of each, whether it has a capital, and only such."""
    letters = [char for char in text if char.isalpha()]
    shouted = len(letters) > 1 and all(char.isupper() for char in letters)
    found = [
        (word, text[0].isupper() or (number > 0 and text != text.lower()), shouted)
        for number, word in enumerate(words(shown))
    ]
    if (not letters and not is_punct and not text.isdigit()) or (is_punct and text not in _JOINERS):
        found.append((text, False, False))
    return tuple(found)


_JOINERS = frozenset("-–'’.")


def _capitals(phrase: str, parts: tuple[str, ...]) -> tuple[bool, ...]:
    """Which words of a phrase are written with a capital; the first alone, where words and parts do not match."""
    shown = [word for word in phrase.replace("-", " ").split() if words(word)]
    if len(shown) != len(parts):
        return (phrase[0].isupper(),) + (False,) * (len(parts) - 1)
    return tuple(word.lstrip("\"'‘“(")[:1].isupper() for word in shown)


def is_plural(token: Token) -> bool:
    """Whether a noun is in the plural."""
    return token.tag_ in {"NNS", "NNPS"} or is_plural_title(token)


def is_plural_title(token: Token) -> bool:
    """Whether a capital hides a plural from the tagger: `Rebels in Sudan`, `Defence Ministers`."""
    text = token.text
    if token.tag_ != "NNP" or len(text) < 6 or not text[0].isupper() or not text[1:].islower():
        return False
    if not text.endswith("s") or text.endswith(("ss", "us", "is")):
        return False
    after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return after is None or after.tag_ not in {"NNP", "NNPS"}


def _singular(token: Token) -> str:
    if is_plural_title(token):
        return token.text[:-1]
    if token.tag_ not in {"NNS", "NNPS"} or not token.lemma_:
        return token.text
    if token.tag_ == "NNPS" and token.lemma_ == token.text and token.text.endswith("s"):
        return token.text[:-3] + "y" if token.text.endswith("ies") else token.text[:-1]
    return token.lemma_


def _unbroken(part: list[Piece]) -> bool:
    return all(after.token - before.token <= 2 for before, after in pairwise(part))
