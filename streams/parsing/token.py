"""One word of a paragraph, as a plain object."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from streams.parsing.forms import Form
    from streams.parsing.tokens import Doc, Span


class Token:
    """One word or mark. `dep_`, `head` and `children` are set when the sentence is parsed."""

    __slots__ = (
        "below",
        "doc",
        "ent_iob_",
        "ent_type_",
        "governor",
        "i",
        "idx",
        "is_punct",
        "lemma_",
        "like_num",
        "lower_",
        "pos_",
        "relation",
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
    relation: str
    governor: Token | None
    """None while the sentence is not parsed."""
    below: tuple[Token, ...]

    def __init__(  # noqa: PLR0913  (set once for each word of each text: any wrapping costs)
        self, doc: Doc, sent: Span, form: Form, number: int, at: int, *, spaced: bool
    ) -> None:
        self.doc = doc
        self.sent = sent
        self.i = number
        self.idx = at
        self.text = form.text
        self.lower_ = form.lower
        self.whitespace_ = " " if spaced else ""
        self.is_punct = form.is_punct
        self.like_num = form.like_num
        self.governor = None

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return True

    def __repr__(self) -> str:
        return self.text

    @property
    def dep_(self) -> str:
        """Its relation to its governor."""
        if self.governor is None:
            self.doc.hang(self.sent)
        return self.relation

    @property
    def head(self) -> Token:
        """Its governor; itself, if it has none."""
        if self.governor is None:
            self.doc.hang(self.sent)
        return self.governor or self

    @property
    def children(self) -> tuple[Token, ...]:
        """What it governs, in the order of the text."""
        if self.governor is None:
            self.doc.hang(self.sent)
        return self.below

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
