"""Paragraphs, stretches and words as coding reads them: plain objects with the names that spaCy gives to the same.

What the tagger tells of a word is there from the start. How words hang together (`dep_`, `head`, `children`) is found
out when it is first asked for, sentence by sentence: a sentence that nobody asks about is never parsed, and whether it
was parsed ahead of time or on demand changes nothing, because its parse depends on its own words alone.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from typing import Any, overload

from streams.parsing.mending import mended
from streams.parsing.token import Token

__all__ = ["Arcs", "Doc", "Hang", "Span", "Token", "is_hung"]

Arcs = tuple[tuple[int, ...], tuple[str, ...]]
"""Of each word of a sentence its governor, by its place in the sentence, and its relation to that."""
Hang = Callable[["Span"], None]
"""Parses one sentence, and fills in what came of it."""


class Span:
    """The words `start` up to, not including, `end` of a paragraph; `label_` says what kind of name they are."""

    __slots__ = ("doc", "end", "label_", "part", "start")

    def __init__(self, doc: Doc, start: int, end: int, label: str = "") -> None:
        self.doc = doc
        self.start = start
        self.end = end
        self.label_ = label
        self.part: Any = None
        """What its parser knows of it, if it is a sentence."""

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc.words[self.start : self.end])

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> Span: ...
    def __getitem__(self, at: int | slice) -> Token | Span:
        if isinstance(at, int):
            return self.doc.words[at + (self.start if at >= 0 else self.end)]
        start, end, _ = at.indices(len(self))
        return Span(self.doc, self.start + start, self.start + max(start, end), self.label_)

    def __repr__(self) -> str:
        return self.text

    @property
    def start_char(self) -> int:
        """Its first character in the paragraph."""
        return self.doc.words[self.start].idx if self.start < len(self.doc.words) else len(self.doc.text)

    @property
    def end_char(self) -> int:
        """The character after it."""
        if self.end <= self.start:
            return self.start_char
        last = self.doc.words[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        """Its own characters."""
        return self.doc.text[self.start_char : self.end_char]

    @property
    def sent(self) -> Span:
        """The sentence that it begins in."""
        return self.doc.words[self.start].sent

    @property
    def root(self) -> Token:
        """The word that the others hang from; of several the one nearest to the top of the sentence."""
        tokens = self.doc.words[self.start : self.end]
        if len(tokens) == 1:
            return tokens[0]
        for token in tokens:
            if token.head is token:
                return token
        outer = [token for token in tokens if not self.start <= token.head.i < self.end]
        return min(outer, key=lambda token: sum(1 for _ in token.ancestors))


class Doc:
    """A paragraph."""

    __slots__ = ("_starts", "ents", "hang", "sents", "text", "words")

    def __init__(self, text: str, words: list[Token], hang: Hang) -> None:
        self.text = text
        self.words = words
        self.sents: list[Span] = []
        self.ents: list[Span] = []
        self.hang = hang
        self._starts: list[int] | None = None

    def __len__(self) -> int:
        return len(self.words)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.words)

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> Span: ...
    def __getitem__(self, at: int | slice) -> Token | Span:
        if isinstance(at, int):
            return self.words[at]
        start, end, _ = at.indices(len(self.words))
        return Span(self, start, max(start, end))

    def char_span(self, start: int, end: int, alignment_mode: str = "expand") -> Span | None:
        """The words that the characters `start` up to `end` touch; None where there are none."""
        if alignment_mode != "expand":
            raise ValueError(alignment_mode)
        if self._starts is None:
            self._starts = [token.idx for token in self.words]
        first = max(0, bisect_right(self._starts, start) - 1)
        if first < len(self.words) and self.words[first].idx + len(self.words[first].text) <= start:
            first += 1
        last = bisect_left(self._starts, end)
        return Span(self, first, last) if first < last else None

    def attach(self, sentence: Span, arcs: Arcs) -> None:
        """Fill in how the words of a sentence hang together."""
        words = self.words[sentence.start : sentence.end]
        below: list[list[Token]] = [[] for _ in words]
        for number, (token, head, relation) in enumerate(zip(words, *mended(words, arcs), strict=True)):
            token.relation = relation
            token.governor = words[head]
            if head != number:
                below[head].append(token)
        for token, children in zip(words, below, strict=True):
            token.below = tuple(children)


def is_hung(sentence: Span) -> bool:
    """Whether a sentence has been parsed."""
    return sentence[0].governor is not None
