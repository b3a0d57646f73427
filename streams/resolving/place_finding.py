"""Where a text names a place: the longest stretches of capitalised words that gazetteer and context allow."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from streams.parsing.tokens import Doc
from streams.resolving.gazetteer import Entry, Gazetteer
from streams.resolving.place_evidence import Belief, Evidence
from streams.resolving.place_features import Feature, Features
from streams.resolving.place_words import Stretch, Words
from streams.resolving.toponyms import fold

LONGEST = 8
"""Tokens of the longest name tried; hyphens and apostrophes are tokens too."""
_LISTED = frozenset({",", "and", "or", "&", "to", "from", "-", "the", "in", "near", "over", "via", "by"})
_MOST_BETWEEN = 3
_CALLED = frozenset({"village", "town", "city", "settlement", "hamlet"})
_DIVISIONS = frozenset({"region", "state", "province", "oblast", "governorate"})
_NAMES = frozenset({"PROPN", "NOUN", "ADJ", "X"})


@dataclass(frozen=True, slots=True)
class Named:
    """A name found in a paragraph, with the places that it may be. It holds nothing of the parse."""

    span: Stretch
    entries: tuple[Entry, ...]
    level: str = ""
    """What a word says it is: `admin1` (Kharkiv region), `settlement` (the village of X), `feature`, else empty."""
    tail: int = 0
    """Tokens after the span that belong to the place (`region`)."""
    weak: bool = False
    """Nothing but its letters says that it is a place: only one in a country of the document is believed."""
    sure: bool = False
    """A preposition of place or a larger place after it tells that it is one."""
    doubtful: bool = False
    """An unknown name that is a place only in a list with one."""
    inner: tuple[Entry, ...] = ()
    """The places that a feature may be named after: of `Kharkiv Airport` Kharkiv."""


class Finder:
    """Finds names of places in parsed paragraphs. Holds the gazetteer and nothing that changes."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._cues = gazetteer.lexicon.cues
        self._features = Features(gazetteer)

    def find(self, doc: Doc, evidence: Evidence) -> list[Named]:
        """The names of places in a paragraph, in the order of the text, none inside another."""
        words = Words(doc)
        found = []
        start = 0
        while start < len(words):
            named = self._at(words, start, evidence) if words.opens(start) else None
            if named is None:
                start += 1
                continue
            found.append(named)
            start = named.span.end + named.tail
        return _in_lists(words.doc, found)

    def _at(self, words: Words, start: int, evidence: Evidence) -> Named | None:
        """The longest name that starts here."""
        feature = self._features.at(words, start)
        farthest, most = start + 1, min(len(words), start + LONGEST)
        while farthest < most and words.continues(farthest):
            farthest += 1
        for end in range(farthest, start, -1):
            if feature is not None and end < feature.end:
                break
            if not words.closes(end - 1):
                continue
            named = self._known(words, start, end, evidence)
            if named is not None:
                return named
        if feature is not None:
            return self._feature(words, start, feature)
        return self._unknown(words, start, evidence)

    def _known(self, words: Words, start: int, end: int, evidence: Evidence) -> Named | None:
        level, tail = self._level(words, start, end)
        # `Niger state` is another place than `Niger`: the name with its word goes first.
        grouped = words.word(end) in self._cues["group-tail"]
        whole = self._gazetteer.lookup(words.string(start, end + 1)) if tail or grouped else ()
        if whole and (grouped or all(entry.kind == "region" for entry in whole)):  # `the Baltic states`
            end, level, tail = end + 1, "admin1", 0
        entries = whole or self._gazetteer.lookup(words.string(start, end))
        river = self._river(words, start, end)
        if river:
            entries, level = river, "feature"
        if not entries:
            return None
        belief = evidence.belief(words, start, end, entries, level)
        if belief is Belief.NO:
            return None
        return Named(
            words.span(start, end), entries, level, tail, weak=belief is Belief.WEAK, sure=belief is Belief.SURE
        )

    def _river(self, words: Words, start: int, end: int) -> tuple[Entry, ...]:
        """The river that a name with an article is: `towns on the Niger`, but not `the Niger army`."""
        if (
            words.word(start - 1) != "the"
            or words.word(start - 2) == "in"
            or (end < len(words) and words.pos[end] in _NAMES)
        ):
            return ()
        found = self._gazetteer.lookup(f"{words.string(start, end)} River")
        return tuple(entry for entry in found if entry.kind == "region")

    def _feature(self, words: Words, start: int, feature: Feature) -> Named:
        inner = self._gazetteer.lookup(words.string(*feature.inner)) if feature.inner is not None else ()
        return Named(words.span(start, feature.end), (), "feature", inner=inner)

    def _unknown(self, words: Words, start: int, evidence: Evidence) -> Named | None:
        """A name that the gazetteer lacks is a place where the text says so: `the village of Ruska Lozova`."""
        end = words.run_end(start)
        level, tail = self._level(words, start, end)
        if not self._could_be_unknown(words, start, end, level) or evidence.in_organisation(words, start):
            return None
        named = Named(words.span(start, end), (), level or "feature", tail)
        geographic = self._geographic(words, start, end)
        if (
            level == "settlement"
            or (geographic and (level == "admin1" or self._placed(words, start, end, evidence)))
            or self._features.named_by(words, start, end)
            or evidence.inside(words, start, end)
        ):
            return named
        person = words.entity[start] == "PERSON" and end - start > 1
        titled = words.word(start - 1) in self._cues["person-title"]
        proper = not (words.opening[start] or person or titled) and all(
            words.pos[at] in {"PROPN", "PUNCT", "X"} and words.entity[at] != "ORG" for at in range(start, end)
        )
        return replace(named, doubtful=True) if proper and not words.hyphen_after(end) else None

    def _could_be_unknown(self, words: Words, start: int, end: int, level: str) -> bool:
        """Whether the words could be a name of a place that the gazetteer lacks."""
        if start and words.capital[start - 1] and not words.opening[start - 1]:
            return False
        if end - start > LONGEST or words.headline or words.pos[start] not in _NAMES or words.text[start].isdigit():
            return False
        text = words.string(start, end)
        if fold(text) in self._gazetteer.lexicon.stoplist or (self._gazetteer.lookup(text) and not level):
            return False
        return self._features.could_name(words, start, end)

    @staticmethod
    def _placed(words: Words, start: int, end: int, evidence: Evidence) -> bool:
        """Whether a preposition tells a place: `to` does so only for what is taken for one otherwise."""
        return evidence.located(words, start, end, strictly=words.entity[start] not in {"GPE", "LOC", "FAC"})

    @staticmethod
    def _geographic(words: Words, start: int, end: int) -> bool:
        foreign = not words.string(start, end).replace("’", "'").replace("–", "-").isascii()
        return foreign or all(words.entity[at] in {"GPE", "LOC", "FAC"} for at in range(start, end))

    def _level(self, words: Words, start: int, end: int) -> tuple[str, int]:
        """What the words beside the name say it is, and how many of those after it belong to it."""
        following = words.word(end)
        if end + 1 < len(words) and words.capital[end] and words.capital[end + 1] and not words.opening[end + 1]:
            following = ""  # no state, but a State Department
        if following in self._cues["admin1-tail"]:
            return "admin1", 1
        if following in self._cues["settlement-head"] or following in self._cues["local-tail"]:
            return "settlement", 0
        before = words.word(start - 1)
        if before == "of":
            head = words.word(start - 2)
            if head in self._cues["admin1-head"]:
                return "admin1", 0
            if head in self._cues["settlement-head"]:
                return "settlement", 0
        if before in _CALLED:
            return "settlement", 0
        return ("admin1", 0) if before in _DIVISIONS else ("", 0)


def surnames(doc: Doc, titles: frozenset[str]) -> frozenset[str]:
    """The last names of people whom a paragraph names in full, or by a title, folded."""
    return frozenset(
        fold(entity[-1].lower_)
        for entity in doc.ents
        if entity.label_ == "PERSON" and (len(entity) > 1 or doc[entity.start - 1].lower_.rstrip(".") in titles)
    )


def _in_lists(doc: Doc, names: list[Named]) -> list[Named]:
    """Names that stand in a list with a place are places; unknown names elsewhere are none."""
    sure = [not name.weak and not name.doubtful for name in names]
    links = [_listed(doc, first, second) for first, second in pairwise(names)]
    for order in (range(1, len(names)), range(len(names) - 2, -1, -1)):
        step = -1 if order.step > 0 else 1
        for at in order:
            link = links[min(at, at + step)]
            across = links[at - (step + 1) // 2] if 0 <= at - step < len(names) else ""
            # after a comma alone an unknown name may be who spoke: `in Berlin, Zelensky said`
            fits = bool(link) and (not names[at].doubtful or link == "and" or bool(across))
            sure[at] = sure[at] or (sure[at + step] and fits)
    return [
        replace(name, weak=False, doubtful=False) if good else name
        for name, good in zip(names, sure, strict=True)
        if good or not name.doubtful
    ]


def _listed(doc: Doc, first: Named, second: Named) -> str:
    """What joins two names in one list, `and` or `,`; empty if nothing does."""
    between = doc[first.span.end + first.tail : second.span.start]
    words = {token.lower_ for token in between}
    if not 0 < len(between) <= _MOST_BETWEEN or not _LISTED.issuperset(words):
        return ""
    return "and" if words & {"and", "or", "to", "&"} else "," if "," in words else ""
