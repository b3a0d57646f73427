"""How many independent sources tell an event: a reprint is not a second witness."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Hashable, Iterable
from operator import eq

from streams.identity import outlet
from streams.merging.joined import Joined
from streams.merging.tellings import Signature, Telling, TellingId, values_of

SIMILAR = 0.8
"""Share of equal MinHash values from which two documents are taken for one text."""
FEW_TEXTS = 24
"""So many distinct texts are compared each with each; among more, only those that share a band."""


def independent_sources(tellings: Iterable[Telling]) -> int:
    """The number of groups of tellings that no common source, sentence or text joins, over any steps."""
    sources = Sources()
    for telling in tellings:
        sources.add(telling)
    return sources.count()


class Sources:
    """The groups of one event's tellings, kept up as tellings come and go."""

    def __init__(self) -> None:
        self._joined = Joined[TellingId]()
        self._texts: dict[Signature, None] = {}
        """Those that are compared with each other, as there are several groups."""
        self._new: dict[Signature, None] = {}
        """Not compared yet."""
        self._banded: defaultdict[int, list[dict[Signature, None]]] = defaultdict(list)
        """Texts by band, those of one group together; empty while they are few."""

    def add(self, telling: Telling) -> None:
        """The telling is of the event."""
        self._joined.add(telling.id, marks_of(telling))
        if telling.signature and telling.signature not in self._texts:
            self._new[telling.signature] = None

    def remove(self, telling: Telling) -> None:
        """The telling is of the event no more."""
        self._joined.remove(telling.id)
        text = telling.signature
        if text and not self._joined.holds(("text", text)):
            self._new.pop(text, None)
            if text in self._texts:
                del self._texts[text]
                self._unfile(text)

    def count(self) -> int:
        """How many groups there are."""
        if self._joined.is_in_doubt:
            self._joined.join_anew()
            self._new.update(self._texts)
            self._texts.clear()
            self._banded.clear()
        if self._joined.groups > 1:
            for text in self._new:
                self._compare(text)
            self._new.clear()
        return self._joined.groups

    def _compare(self, text: Signature) -> None:
        """Joins the text with those that it is like.

        Signatures that reach `SIMILAR` differ in at most a fifth of their values. Cut into one band more than that,
        at least one band is equal: nothing similar is missed.
        """
        if not self._banded and len(self._texts) < FEW_TEXTS:
            for other in self._texts:
                self._join_if_like(text, other)
        elif not self._banded:
            for known in (*self._texts, text):
                self._file(known)
        else:
            self._file(text)
        self._texts[text] = None

    def _file(self, text: Signature) -> None:
        """Compares the text with those of a common band, once with a group that it turns out to be of."""
        for band in bands_of(text):
            apart = []
            joined: dict[Signature, None] = {text: None}
            for texts in self._banded[band]:
                if any(self._join_if_like(text, other) for other in texts):
                    few, joined = sorted((texts, joined), key=len)
                    joined.update(few)
                else:
                    apart.append(texts)
            self._banded[band] = [joined, *apart]

    def _unfile(self, text: Signature) -> None:
        for band in bands_of(text) if self._banded else ():
            for texts in self._banded[band]:
                texts.pop(text, None)
            self._banded[band] = [texts for texts in self._banded[band] if texts]

    def _join_if_like(self, text: Signature, other: Signature) -> bool:
        """Whether the two are of one group, now that they were compared."""
        one, two = ("text", text), ("text", other)
        if self._joined.are_joined(one, two):
            return True
        if similarity(values_of(text), values_of(other)) < SIMILAR:
            return False
        self._joined.join(one, two)
        return True


def source_of(telling: Telling) -> str:
    """The outlet: the source given, else the host of the URL, else the article for itself."""
    told = telling.told
    return outlet(told.source, told.url) or f"article {told.article_id}"


def marks_of(telling: Telling) -> list[Hashable]:
    """What joins the telling with others that have the same."""
    marks: list[Hashable] = [("source", source_of(telling))]
    marks += [("sentence", told) for told in dict.fromkeys(told.hash for told in telling.mention.sentences)]
    if telling.signature:
        marks.append(("text", telling.signature))
    return marks


def similarity(one: array[int] | tuple[int, ...], other: array[int] | tuple[int, ...]) -> float:
    """Share of equal values of two MinHash signatures, an estimate of the texts' likeness; 0 if one is missing."""
    if not one or len(one) != len(other):
        return 0.0
    equal: int = sum(map(eq, one, other))
    return equal / len(one)


def bands_of(signature: Signature) -> list[int]:
    """The bands of a signature, each as its hash."""
    values = values_of(signature)
    bands = int(len(values) * (1 - SIMILAR)) + 1
    return [hash((len(values), band, tuple(values[band::bands]))) for band in range(bands)]
