"""Where a text names a place: the longest stretches of capitalised words that gazetteer and context allow."""

from __future__ import annotations

from dataclasses import dataclass

from streams.parsing.tokens import Doc, Span, Token

from streams.resolving.gazetteer import Entry, Gazetteer
from streams.resolving.place_tokens import (
    closes,
    continues,
    could_be,
    is_capitalised,
    opens,
    tight,
    weighty,
    whole_entity,
    word,
)
from streams.resolving.toponyms import fold

LONGEST = 7
"""Tokens of the longest name tried; hyphens and apostrophes are tokens too."""
_GEOGRAPHIC = frozenset({"GPE", "LOC"})


@dataclass(frozen=True, slots=True)
class Named:
    """A name found in a paragraph, with the places that it may be."""

    paragraph: int
    span: Span
    entries: tuple[Entry, ...]
    level: str = ""
    """What a word beside it says it is: `admin1` (Kharkiv region), `settlement` (the village of X), else empty."""
    tail: int = 0
    """Tokens after the span that belong to the place (`region`)."""
    weak: bool = False
    """Nothing but its letters says that it is a place: only one in a country of the document is believed."""


class Finder:
    """Finds names of places in parsed paragraphs. Holds the gazetteer and nothing that changes."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._cues = gazetteer.lexicon.cues
        self._stoplist = gazetteer.lexicon.stoplist

    def find(self, paragraph: int, doc: Doc) -> list[Named]:
        """The names of places in one paragraph, in the order of the text, none inside another."""
        found = []
        start = 0
        while start < len(doc):
            named = self._at(paragraph, doc, start) if opens(doc[start]) else None
            if named is None:
                start += 1
                continue
            span, start = named.span, named.span.end + named.tail
            if span.text:
                found.append(named)
        return found

    def _at(self, paragraph: int, doc: Doc, start: int) -> Named | None:
        """The longest name that starts here; one without entries is only skipped unless a cue makes it a place."""
        for end in range(min(len(doc), start + LONGEST), start, -1):
            if not closes(doc[end - 1]) or not all(continues(token) for token in doc[start + 1 : end]):
                continue
            span = doc[start:end]
            level, tail = self._level(span)
            # `Niger state` is another place than `Niger`: the name with its word goes first.
            grouped = word(span, 0) in self._cues["group-tail"]
            whole = self._gazetteer.lookup(doc[start : end + 1].text) if tail or grouped else ()
            if whole and grouped:  # `the Baltic states`
                level, tail = "admin1", 1
            entries = whole or self._gazetteer.lookup(span.text)
            if entries and self._allowed(span, level):
                return Named(paragraph, span, entries, level, tail, weak=not level and not self._likely(span))
        return self._unknown(paragraph, doc, start)

    def _unknown(self, paragraph: int, doc: Doc, start: int) -> Named | None:
        """A name that the gazetteer lacks is a place where the text says so: `the village of Ruska Lozova`."""
        if start and is_capitalised(doc[start - 1]) and not doc[start - 1].is_sent_start:
            return None
        end = start + 1
        while end < len(doc) and (
            is_capitalised(doc[end]) or opens(doc[end]) or (doc[end].text in "-‑" and tight(doc[end]))
        ):
            end += 1
        span = doc[start:end]
        level, tail = self._level(span)
        geographic = all(token.ent_type_ in _GEOGRAPHIC for token in span)
        told = level == "settlement" or (level == "admin1" and geographic)
        known = fold(span.text) in self._gazetteer.lexicon.demonyms or fold(span.text) in self._stoplist
        if (
            not told
            or known
            or span[-1].text in "-‑"
            or len(span) > LONGEST
            or span[0].pos_ not in ("PROPN", "NOUN", "ADJ", "X")
        ):
            return None
        return Named(paragraph, span, (), level, tail)

    def _level(self, span: Span) -> tuple[str, int]:
        """What the words beside the name say it is, and how many of those after it belong to it."""
        following = word(span, 0)
        if following in self._cues["admin1-tail"]:
            return "admin1", 1
        if following in self._cues["settlement-head"] | self._cues["local-tail"]:
            return "settlement", 0
        if word(span, -1) == "of":
            head = word(span, -2)
            if head in self._cues["admin1-head"]:
                return "admin1", 0
            if head in self._cues["settlement-head"]:
                return "settlement", 0
        if word(span, -1) in {"village", "town"}:
            return "settlement", 0
        return "", 0

    def _allowed(self, span: Span, level: str) -> bool:
        """Whether the name stands for the place, and is no part of a person's or an organisation's."""
        kind = self._stoplist.get(fold(span.text))
        if kind == "word" and not level:
            return False
        if kind == "name" and not level and not self._located(span, listed=False):
            return False
        entities = {token.ent_type_ for token in span}
        if not level and not self._likely(span) and not could_be(span):
            return False
        if entities == {"PERSON"} and not level and not self._stands_alone(span):
            return False
        if span.text.isupper() and len(span) == 1 and len(span.text) > 4:
            dateline = span.start == 0 and word(span, 0) in {"(", "—", "–", "-", ",", "--"}
            return dateline or entities <= _GEOGRAPHIC or self._located(span)
        return not self._in_organisation(span) and self._edges_allow(span, level)

    def _likely(self, span: Span) -> bool:
        """Whether more than its letters says that it is a place: the tagger, its fame, or where it stands."""
        if any(token.ent_type_ in _GEOGRAPHIC for token in span):
            return True
        entries = self._gazetteer.lookup(span.text)
        named = any(token.pos_ == "PROPN" for token in span)
        if not named and not any(entry.kind in ("country", "region") for entry in entries):
            return False
        return weighty(entries) or self._located(span)

    def _located(self, span: Span, *, listed: bool = True) -> bool:
        """Whether a preposition of place, a place after a comma or, if `listed`, a list of places tells it."""
        before = word(span, -1)
        if (
            listed
            and before in {",", "and", "or"}
            and span.start > 1
            and span.doc[span.start - 2].ent_type_ in _GEOGRAPHIC
        ):
            return True
        if before in self._cues["direction"]:
            before = span.doc[span.start - 2].lower_ if span.start > 1 else ""
        if before in self._cues["locative"]:
            return True
        after = span.end
        return (
            after + 1 < len(span.doc) and span.doc[after].text == "," and span.doc[after + 1].ent_type_ in _GEOGRAPHIC
        )

    def _stands_alone(self, span: Span) -> bool:
        """Whether a name taken for a person's is the whole of it, and stands where a place would."""
        entries = self._gazetteer.lookup(span.text)
        if span[0].ent_iob_ == "B" and whole_entity(span) and could_be(span):
            return True
        if len(span) > 1 and any(entry.exact and entry.population >= 20_000 for entry in entries):
            return span[0].ent_iob_ == "B"
        return whole_entity(span) and span[0].ent_iob_ == "B" and (self._located(span) or weighty(entries))

    def _in_organisation(self, span: Span) -> bool:
        """`University of Oxford`, `Bank of England`: the head makes the whole an organisation."""
        before, doc = span.start - 1, span.doc
        if before > 0 and doc[before].lower_ == "the":
            before -= 1
        if before > 0 and doc[before].lower_ in {"of", "for"}:
            head = doc[before - 1]
            return is_capitalised(head) and head.lower_ in self._cues["organisation-head"]
        return False

    def _edges_allow(self, span: Span, level: str) -> bool:
        """What the capitalised neighbours say: `Paris Hilton`, `President Lincoln`, `New York Times` are no places."""
        doc = span.doc
        before = doc[span.start - 1] if span.start else None
        after = doc[span.end] if span.end < len(doc) else None
        if before is not None and before.text in "-‑" and tight(before) and is_capitalised(doc[span.start - 2]):
            return bool(self._gazetteer.lookup(doc[span.start - 2].text))
        if before is not None and not self._before_allows(before, span):
            return False
        return after is None or self._after_allows(after, span, level)

    def _before_allows(self, before: Token, span: Span) -> bool:
        if before.lower_.rstrip(".") in self._cues["person-title"] and is_capitalised(before):
            return False
        if not is_capitalised(before) or before.is_sent_start or before.lower_ in self._cues["direction"]:
            return True
        joined = before.ent_type_ == span[0].ent_type_ and span[0].ent_iob_ == "I"
        return not (joined and before.ent_type_ in {"PERSON", "ORG", "FAC", "WORK_OF_ART", "LAW", "PRODUCT"})

    def _after_allows(self, after: Token, span: Span, level: str) -> bool:
        if after.text in "-‑" and tight(after) and after.i + 1 < len(after.doc):
            return not is_capitalised(after.nbor()) or bool(self._gazetteer.lookup(after.nbor().text))
        if after.lower_ == "of" and all(entry.kind == "region" for entry in self._gazetteer.lookup(span.text)):
            return False  # not the Gulf, but the Gulf of something
        if not is_capitalised(after):
            return True
        if level:  # `the village of Dolna Banitsa` is not Dolna
            return after.pos_ != "PROPN" or after.lower_ in self._cues["admin1-tail"] | self._cues["local-tail"]
        return after.lower_ not in self._cues["organisation-tail"] | self._cues["name-tail"] and not self._goes_on(
            after, span
        )

    def _goes_on(self, after: Token, span: Span) -> bool:
        """Whether the tagger has the next word in a person's, a work's or an organisation's name with this one."""
        if after.ent_iob_ != "I" or after.ent_type_ in {"PERSON", "WORK_OF_ART", "LAW", "PRODUCT"}:
            return after.ent_iob_ == "I"
        inside = after.ent_type_ == "ORG" and span[0].ent_type_ == "ORG"
        return inside and after.lower_ not in self._cues["facility"] | self._cues["political-noun"]
