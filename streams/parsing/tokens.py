"""Paragraphs, stretches and words as coding reads them: plain objects with the names that spaCy gives to the same.

What the tagger tells of a word is there from the start. How words hang together (`dep_`, `head`, `children`) is found
out when it is first asked for, sentence by sentence: a sentence that nobody asks about is never parsed, and whether it
was parsed ahead of time or on demand changes nothing, because its parse depends on its own words alone.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, overload

from streams.parsing.forms import Form

Arcs = tuple[tuple[int, ...], tuple[str, ...]]
"""Of each word of a sentence its governor, by its place in the sentence, and its relation to that."""
Hang = Callable[["Span"], None]
"""Parses one sentence, and fills in what came of it."""


class Token:
    """One word or mark. `dep_`, `head` and `children` are set when the sentence is parsed."""

    __slots__ = (
        "children",
        "dep_",
        "doc",
        "ent_iob_",
        "ent_type_",
        "head",
        "i",
        "idx",
        "is_punct",
        "lemma_",
        "like_num",
        "lower_",
        "pos_",
        "sent",
        "tag_",
        "text",
        "whitespace_",
    )

    doc: Doc
    i: int
    """Its number in the paragraph."""
    idx: int
    """Its first character in the paragraph."""
    text: str
    lower_: str
    whitespace_: str
    tag_: str
    pos_: str
    lemma_: str
    is_punct: bool
    like_num: bool
    ent_type_: str
    ent_iob_: str
    sent: Span
    dep_: str
    head: Token
    children: tuple[Token, ...]
    """What it governs, in the order of the text."""

    def __init__(self, doc: Doc, sent: Span, form: Form, number: int, at: int, *, spaced: bool) -> None:
        self.doc = doc
        self.sent = sent
        self.i = number
        self.idx = at
        self.text = form.text
        self.lower_ = form.lower
        self.whitespace_ = " " if spaced else ""
        self.is_punct = form.is_punct
        self.like_num = form.like_num

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return True

    def __repr__(self) -> str:
        return self.text

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            """Called for a slot that is not filled yet: the sentence is parsed now."""
            if name not in {"dep_", "head", "children"}:
                raise AttributeError(name)
            self.doc.hang(self.sent)  # fills the slot
            return object.__getattribute__(self, name)

    @property
    def lefts(self) -> list[Token]:
        """What it governs to its left."""
        return [child for child in self.children if child.i < self.i]

    @property
    def rights(self) -> list[Token]:
        """What it governs to its right."""
        return [child for child in self.children if child.i > self.i]

    @property
    def subtree(self) -> list[Token]:
        """It and all that hangs below it, in the order of the text."""
        found = [self]
        for token in found:
            found.extend(token.children)
        return sorted(found, key=_number)

    @property
    def ancestors(self) -> Iterator[Token]:
        """What governs it, from the nearest up."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    @property
    def left_edge(self) -> Token:
        """The first word of its subtree."""
        return min(self.subtree, key=_number)

    @property
    def conjuncts(self) -> tuple[Token, ...]:
        """What is joined with it, in the order of the text."""
        first = self
        while first.dep_ == "conj" and first.head is not first:
            first = first.head
        joined = [first]
        for token in joined:
            joined.extend(child for child in token.children if child.dep_ == "conj")
        return tuple(sorted((token for token in joined if token is not self), key=_number))

    @property
    def is_sent_start(self) -> bool:
        """Whether a sentence begins with it."""
        return self.sent.start == self.i

    def nbor(self, offset: int = 1) -> Token:
        """The word so many further on. Raises `IndexError` beyond the ends of the paragraph."""
        at = self.i + offset
        if at < 0:
            raise IndexError(at)
        return self.doc.words[at]


def _number(token: Token) -> int:
    return token.i


class Span:
    """The words `start` up to, not including, `end` of a paragraph; `label_` says what kind of name they are."""

    __slots__ = ("doc", "end", "label_", "start")

    def __init__(self, doc: Doc, start: int, end: int, label: str = "") -> None:
        self.doc = doc
        self.start = start
        self.end = end
        self.label_ = label

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
        for number, (token, head, relation) in enumerate(zip(words, *arcs, strict=True)):
            token.dep_ = relation
            token.head = words[head]
            if head != number:
                below[head].append(token)
        for token, children in zip(words, below, strict=True):
            token.children = tuple(children)


def is_hung(sentence: Span) -> bool:
    """Whether a sentence has been parsed."""
    try:
        object.__getattribute__(sentence[0], "dep_")
    except AttributeError:
        return False
    return True
