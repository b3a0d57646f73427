"""What the words around a name say of whether it is a place: its neighbours, prepositions, lists, and who it may be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import IntEnum

from streams.resolving.gazetteer import Entry, Gazetteer
from streams.resolving.place_words import Words
from streams.resolving.toponyms import fold

_GEOGRAPHIC = frozenset({"GPE", "LOC", "FAC"})
_CONTENT = frozenset({"PROPN", "NOUN", "ADJ", "X", "VERB"})
_WHOLE = frozenset({"PERSON", "WORK_OF_ART", "LAW", "PRODUCT"})
_SPEAKING = frozenset({"said", "says", "told", "tells", "added", "tweeted", "argued", "replied"})
_FAMOUS = 200_000
_LARGE = 20_000
_SHOUTED = 4
"""Letters of the longest acronym."""


class Belief(IntEnum):
    """How sure it is that a name is one of a place."""

    NO = 0
    WEAK = 1
    """Nothing but its letters says so: only a place in a country of the document is believed."""
    FAIR = 2
    SURE = 3
    """A preposition of place or a larger place after it says so."""


class Evidence:
    """Judges candidates of one article. `surnames` are last names of the people of the article, folded."""

    def __init__(self, gazetteer: Gazetteer, surnames: Iterable[str] = ()) -> None:
        self._gazetteer = gazetteer
        self._cues: Mapping[str, frozenset[str]] = gazetteer.lexicon.cues
        self._stoplist = gazetteer.lexicon.stoplist
        self._demonyms = gazetteer.lexicon.demonyms
        self._surnames = frozenset(surnames)
        self.asked: set[str] = set()
        """Words of which it mattered whether they are such a last name."""

    def belief(self, words: Words, start: int, end: int, entries: tuple[Entry, ...], level: str) -> Belief:
        """Whether the name stands for the place, and is no part of a person's or an organisation's."""
        name = fold(words.string(start, end))
        kind = self._stoplist.get(name)
        common = end - start == 1 and name in self._cues["organisation-head"] | self._cues["organisation-tail"]
        if (kind == "word" or common) and not level:
            return Belief.NO
        if self.in_organisation(words, start) or not self._edges_allow(words, start, end, level):
            return Belief.NO
        if level:
            return Belief.FAIR
        located = self.located(words, start, end)
        owner = words.word(end) in {"'s", "’s"}
        if kind == "name" and (owner or not self.located(words, start, end, strictly=True)):
            return Belief.NO
        speaks = words.word(end) in _SPEAKING and not weighty(entries)
        if not located and (speaks or self._shouted(words, start, end, entries)):
            return Belief.NO
        return self._weigh(words, start, end, entries, located=located)

    def _weigh(self, words: Words, start: int, end: int, entries: tuple[Entry, ...], *, located: bool) -> Belief:
        famous = weighty(entries)
        country = any(entry.kind in ("country", "region") and not entry.minor for entry in entries)
        kinds = set(words.entity[start:end])
        strictly = located and self.located(words, start, end, strictly=True)
        last = fold(words.lower[end - 1])
        self.asked.add(last)
        surname = last in self._surnames and not famous
        if surname or ("PERSON" in kinds and not (self._paired(words, start, end) and large(entries))):
            if not (self._whole_entity(words, start, end) or country):
                return Belief.NO
            return Belief.FAIR if strictly and not surname else Belief.WEAK
        if not any(words.pos[at] in _CONTENT for at in range(start, end)):
            return Belief.NO
        if not famous and "PROPN" not in words.pos[start:end]:
            return Belief.WEAK if located else Belief.NO
        if strictly:
            return Belief.SURE
        fair = famous or located or (kinds & _GEOGRAPHIC and not (words.opening[start] and end - start == 1))
        return Belief.FAIR if fair else Belief.WEAK

    def _paired(self, words: Words, start: int, end: int) -> bool:
        """Whether a hyphen joins it with another town: `the road Kenema-Koidu`, but not `Jean-Pierre`."""
        if words.hyphen_after(end):
            return large(self._gazetteer.lookup(words.text[end + 1]))
        return words.hyphen_before(start) and large(self._gazetteer.lookup(words.text[start - 2]))

    def located(self, words: Words, start: int, end: int, *, strictly: bool = False) -> bool:
        """Whether a preposition of place or a larger place after a comma tells it; `strictly`, nothing weaker."""
        before = start - 1
        if words.word(before) == "the":
            before -= 1
        if words.word(before) in self._cues["direction"]:
            before -= 1
        if words.word(before) == "the":
            before -= 1
        preposition = words.word(before)
        if preposition == "of" and words.word(before - 1) in self._cues["direction"]:
            return True
        if preposition in self._cues["locative"]:
            return True
        if not strictly and preposition in self._cues["goal"]:
            return True
        return words.word(end) in {",", "("} and self._larger(words, end + 1)

    def inside(self, words: Words, start: int, end: int) -> bool:
        """Whether a name stands where a place would, with a known place around it: `on Las Ramblas in Barcelona`."""
        before = start - 2 if words.word(start - 1) == "the" else start - 1
        placed = words.word(before) in self._cues["locative"] or words.word(before) in {"on", "to"}
        return placed and words.word(end) in {"in", ",", "near"} and self._larger(words, end + 1, also="city")

    def _larger(self, words: Words, start: int, also: str = "") -> bool:
        """Whether a country or division, or what else is asked for, begins here."""
        if start >= len(words) or not words.capital[start]:
            return False
        end = words.run_end(start)
        while end > start:
            entries = self._gazetteer.lookup(words.string(start, end))
            if entries:
                return any(entry.kind in ("country", "admin1", also) for entry in entries)
            end -= 1
        return False

    def _shouted(self, words: Words, start: int, end: int, entries: tuple[Entry, ...]) -> bool:
        """An acronym is no town: `IRA`, `UNESCO`."""
        text = words.text[start]
        if end - start > 1 or not text.isupper() or len(text) < 2:
            return False
        known = any(entry.kind == "country" for entry in entries)
        if len(text) <= _SHOUTED:
            return not known and not any(entry.capital for entry in entries)
        return not weighty(entries) and words.entity[start] not in _GEOGRAPHIC

    def in_organisation(self, words: Words, start: int) -> bool:
        """`University of Oxford`, `Bank of England`: the head makes the whole an organisation."""
        before = start - 1
        if words.word(before) == "the":
            before -= 1
        if before > 0 and words.lower[before] in {"of", "for"}:
            return words.capital[before - 1] and words.lower[before - 1] in self._cues["organisation-head"]
        return False

    def _edges_allow(self, words: Words, start: int, end: int, level: str) -> bool:
        """What the capitalised neighbours say: `Paris Hilton`, `President Lincoln`, `New York Times` are no places."""
        if words.hyphen_before(start) and words.capital[start - 2]:
            other = self._gazetteer.lookup(words.text[start - 2])
            return large(other) or any(entry.kind != "city" for entry in other)
        if start and not self._before_allows(words, start, end):
            return False
        return end >= len(words) or self._after_allows(words, start, end, level)

    def _before_allows(self, words: Words, start: int, end: int) -> bool:
        at = start - 1
        before = words.lower[at]
        if not words.capital[at]:
            return True
        if before.rstrip(".") in self._cues["person-title"] | self._cues["no-place-after"]:
            return False
        if before in self._cues["direction"] or self._beside(words, at, after=False) or words.headline:
            return not (words.headline and self._one_entity(words, at, start))
        if words.pos[at] not in {"PROPN", "NOUN", "X"} or not before[0].isalpha():
            return True
        if words.opening[at] and words.pos[at] != "PROPN":
            return True
        apart = words.entity[start] in _GEOGRAPHIC and words.iob[start] == "B"
        return apart and weighty(self._gazetteer.lookup(words.string(start, end)))

    def _after_allows(self, words: Words, start: int, end: int, level: str) -> bool:
        after = words.lower[end]
        if words.hyphen_after(end):
            return not words.capital[end + 1] or bool(self._gazetteer.lookup(words.text[end + 1]))
        entries = self._gazetteer.lookup(words.string(start, end))
        if after == "of" and all(entry.kind == "region" for entry in entries):
            return False  # not the Gulf, but the Gulf of something
        if not words.capital[end] or words.opening[end]:
            return True
        if level:  # `the village of Dolna Banitsa` is not Dolna
            return words.pos[end] != "PROPN" or after in self._cues["admin1-tail"] | self._cues["local-tail"]
        return self._capital_allows(words, start, end, entries)

    def _capital_allows(self, words: Words, start: int, end: int, entries: tuple[Entry, ...]) -> bool:
        """What a capitalised word after the name says."""
        if words.lower[end] in self._cues["organisation-tail"] | self._cues["name-tail"]:
            return False
        if self._one_entity(words, start, end) and words.entity[start] in _WHOLE:
            return False
        if words.headline or self._beside(words, end) or words.pos[end] not in {"PROPN", "NOUN", "X"}:
            return True
        person = words.entity[end] == "PERSON" and words.iob[end] == "B"
        return person and any(entry.kind == "country" for entry in entries)

    def _beside(self, words: Words, at: int, *, after: bool = True) -> bool:
        """Whether a capitalised word beside a name of a place goes with it, and makes no other name of it."""
        word = words.lower[at]
        cues = self._cues
        return (
            (after and any(word in cues[kind] for kind in ("facility", "political-noun", "person-title")))
            or any(word in cues[kind] for kind in ("beside", "direction"))
            or any(word in cues[kind] for kind in ("admin1-tail", "local-tail", "settlement-head"))
            or fold(word) in self._demonyms
            or weighty(self._gazetteer.lookup(words.text[at]))
        )

    def _one_entity(self, words: Words, first: int, last: int) -> bool:
        return words.entity[first] == words.entity[last] != "" and words.iob[last] == "I"

    def _whole_entity(self, words: Words, start: int, end: int) -> bool:
        return words.iob[start] != "I" and (end >= len(words) or words.iob[end] != "I")


def large(entries: Iterable[Entry]) -> bool:
    """Whether a town of some size has the name."""
    return any(entry.kind == "city" and entry.exact and entry.population >= _LARGE for entry in entries)


def weighty(entries: Iterable[Entry]) -> bool:
    """Whether the name is so well known as a place that a tagger's doubt weighs less."""
    return any(
        (entry.kind in ("country", "region") and not entry.minor)
        or entry.capital
        or (entry.exact and entry.population >= _FAMOUS)
        for entry in entries
    )
