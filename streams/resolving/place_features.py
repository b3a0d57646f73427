"""Names that a word in them tells to be of places: `Charles River`, `Gulf of Aden`, `Lenin Square`, `Kono district`."""

from __future__ import annotations

from dataclasses import dataclass

from streams.resolving.gazetteer import Gazetteer
from streams.resolving.place_words import Words
from streams.resolving.toponyms import fold

_LONGEST = 6
_FUNCTION = frozenset({"DET", "ADP", "PRON", "CCONJ", "SCONJ", "AUX", "ADV", "PART", "INTJ"})


@dataclass(frozen=True, slots=True)
class Feature:
    """A name with a word that says what it is. `inner` is the name without the word, empty where it tells no place."""

    end: int
    inner: tuple[int, int] | None
    natural: bool = False


class Features:
    """Reads features at a token. Holds lists of words only."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._cues = gazetteer.lexicon.cues
        self._spared = frozenset().union(
            *(self._cues[kind] for kind in ("group", "generic", "organisation-head", "organisation-tail"))
        )
        self._demonyms = gazetteer.lexicon.demonyms

    def at(self, words: Words, start: int) -> Feature | None:
        """The feature whose name starts here."""
        if not words.capital[start] or words.pos[start] in _FUNCTION or words.headline:
            return None
        if start and words.capital[start - 1] and not words.opening[start - 1]:
            before = words.lower[start - 1]
            if before not in self._cues["direction"] and not words.opening[start]:
                return None
        return self._of(words, start) or self._headed(words, start) or self._tailed(words, start)

    def _of(self, words: Words, start: int) -> Feature | None:
        """`Bay of Kotor`, `Church of the Nativity`."""
        if words.lower[start] not in self._cues["feature-of"] or words.word(start + 1) != "of":
            return None
        name = start + 3 if words.word(start + 2) == "the" else start + 2
        if name >= len(words) or not words.capital[name]:
            return None
        return Feature(words.run_end(name), None, natural=True)

    def _headed(self, words: Words, start: int) -> Feature | None:
        """`Lake Lanao`, `Fort Hood`, `County Tyrone`."""
        name = start + 1
        if words.lower[start] not in self._cues["feature-head"]:
            return None
        if name < len(words) and words.lower[name] in {"de", "la", "del", "el", "do", "da", "du"}:
            name += 2 if words.word(name + 1) in {"la", "las", "los", "l'"} else 1
        if name >= len(words) or not words.capital[name] or words.opening[name]:
            return None
        end = words.run_end(name)
        if end - start > _LONGEST or words.lower[end - 1] in self._cues["organisation-tail"]:
            return None
        return Feature(end, None, natural=True)

    def _tailed(self, words: Words, start: int) -> Feature | None:
        """`Charles River`, `Belém Palace`: up to the first word that names a feature."""
        end = min(words.run_end(start), start + _LONGEST)
        for at in range(start + 1, end):
            word = words.lower[at]
            natural = word in self._cues["natural-tail"]
            if not natural and word not in self._cues["built-tail"]:
                continue
            after = words.word(at + 1) if at + 1 < end else ""
            if after in self._cues["natural-tail"] | self._cues["built-tail"]:
                continue
            if after or self._says_nothing(words, start, at) or words.pos[at] not in {"PROPN", "NOUN"}:
                return None
            return Feature(at + 1, None if natural else (start, at), natural=natural)
        return None

    def _says_nothing(self, words: Words, start: int, end: int) -> bool:
        """Whether the words before are common ones, peoples or titles: `National Park`, `Israeli Prison`."""
        return words.lower[start] in self._cues["person-title"] or all(
            words.lower[at] in self._cues["generic"] or fold(words.text[at]) in self._demonyms
            for at in range(start, end)
        )

    def named_by(self, words: Words, start: int, end: int) -> bool:
        """Whether a word in lower case after an unknown name says that it is a place: `the Bakara market`."""
        after = words.word(end)
        if words.word(end + 1) in self._cues["lower-feature"] and after in {"refugee", "border", "fuel", "air", "oil"}:
            after = words.lower[end + 1]
        if after not in self._cues["lower-feature"] or words.capital[end]:
            return False
        return self.could_name(words, start, end)

    def could_name(self, words: Words, start: int, end: int) -> bool:
        """Whether an unknown name could be one of a place: no people, group, acronym or common word."""
        return not any(
            words.lower[at] in self._spared
            or words.lower[at].rstrip(".") in self._cues["person-title"]
            or fold(words.text[at]) in self._demonyms
            or (len(words.text[at]) > 1 and words.text[at].isupper())
            or words.entity[at] in {"NORP", "DATE", "LANGUAGE", "EVENT"}
            for at in range(start, end)
        )
