"""What single paragraphs say of places, remembered by their text: what does not depend on the rest of the article.

The rest has a say in three things: whose last names a paragraph's words may be, which place each name means, and where
a name lies that the gazetteer lacks. All that follows from the paragraph and these is kept together with them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from streams.parsing.tokens import Doc
from streams.records import Place
from streams.remembering import Recent
from streams.resolving.gazetteer import Entry, Gazetteer
from streams.resolving.place_choice import Within
from streams.resolving.place_evidence import Evidence
from streams.resolving.place_finding import Finder, Named, surnames
from streams.resolving.place_hierarchy import hierarchy
from streams.resolving.place_unknown import Anchor
from streams.resolving.toponyms import fold

ROOM = 64 * 1024 * 1024
"""Bytes, roughly, that a coding process keeps of the names of places in paragraphs."""
PER_PARAGRAPH = 2_000
PER_CAPITAL = 1_000
"""Bytes of the names of a paragraph, with the places that they were found to be, for each word with a capital."""
MOST_WAYS = 2
"""So many ways in which the rest of the article decided are kept."""

Choice = Entry | Anchor | None
"""What a name means: a place of the gazetteer, somewhere that it does not know, or no place at all."""
Docs = Callable[[int], Doc]
"""The paragraphs of an article in words, by number; parsed when first asked for."""


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A toponym in a paragraph. Offsets of `place` are characters of the paragraph's `Doc`."""

    place: Place
    metonym: bool
    """It stands for those who rule there (`Moscow warned`)."""
    modifier: bool
    """It only says which (`Kharkiv governor`, `Moscow court`), and need not be where anything happens."""
    end: int
    """Where the phrase ends, with a word in lower case that belongs to it (`Kharkiv region`)."""


@dataclass(slots=True)
class Names:
    """The names of a paragraph, as long as the same of its words are last names of the article's people."""

    asked: frozenset[str]
    """Words of which it mattered."""
    surnames: frozenset[str]
    """Those of them that are."""
    named: tuple[Named, ...]
    within: tuple[Within, ...]
    """What the paragraph itself says of where each lies."""
    found: list[tuple[tuple[Choice, ...], tuple[FoundPlace, ...]]] = field(default_factory=list)
    """The places of the paragraph, by what each name was found to mean."""

    def places(self, choices: tuple[Choice, ...]) -> tuple[FoundPlace, ...] | None:
        """The places that follow when the names mean these, if it came before."""
        return next((places for meant, places in self.found if meant == choices), None)

    def keep(self, choices: tuple[Choice, ...], places: tuple[FoundPlace, ...]) -> None:
        """Remember the places that follow."""
        self.found = [(choices, places), *self.found[: MOST_WAYS - 1]]


@dataclass(slots=True)
class Paragraph:
    """What a paragraph says of places by itself."""

    surnames: frozenset[str]
    """The last names that it tells, folded."""
    demonyms: tuple[str, ...]
    """The countries of the peoples that it names, in their order."""
    ways: list[Names] = field(default_factory=list)


class PlaceMemory:
    """Paragraphs read for places, up to `room` bytes."""

    def __init__(self, gazetteer: Gazetteer, room: int) -> None:
        self._gazetteer = gazetteer
        self._lexicon = gazetteer.lexicon
        self._finder = Finder(gazetteer)
        self._known: Recent[Paragraph] = Recent(room)

    def names(self, texts: Sequence[str], docs: Docs) -> tuple[list[Paragraph], list[Names]]:
        """What each paragraph says by itself, and its names, seen with the people of the whole article."""
        paragraphs = [self._paragraph(text, number, docs) for number, text in enumerate(texts)]
        people = frozenset().union(*(one.surnames for one in paragraphs))
        return paragraphs, [self._names(one, people, number, docs) for number, one in enumerate(paragraphs)]

    def _paragraph(self, text: str, number: int, docs: Docs) -> Paragraph:
        known = self._known.get(text)
        if known is None:
            doc = docs(number)
            told = (self._lexicon.demonyms.get(fold(word.text)) for word in doc if word.text[:1].isupper())
            countries = tuple(country for country in told if country is not None)
            known = Paragraph(surnames(doc, self._lexicon.cues["person-title"]), countries)
            capitals = sum(word.text[:1].isupper() for word in doc)
            self._known.keep(text, known, PER_PARAGRAPH + 4 * len(text) + PER_CAPITAL * capitals)
        return known

    def _names(self, paragraph: Paragraph, people: frozenset[str], number: int, docs: Docs) -> Names:
        for way in paragraph.ways:
            if way.asked & people == way.surnames:
                return way
        evidence = Evidence(self._gazetteer, people)
        named = self._finder.find(docs(number), evidence)
        within = hierarchy(docs(number), named, self._lexicon.cues)
        asked = frozenset(evidence.asked)
        found = Names(asked, asked & people, tuple(named), tuple(within))
        paragraph.ways = [found, *paragraph.ways[: MOST_WAYS - 1]]
        return found
