"""One paragraph under study: its parse, its parties and its places, and what kind of thing a token stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from streams.coding.clause import hyphenated
from streams.coding.frames import Lexicon
from streams.parsing.tokens import Doc, Token
from streams.reading.times import FoundTime
from streams.records import Paragraph
from streams.resolving.discourse import Discourse, Resolved
from streams.resolving.places import FoundPlace

JOINT = frozenset({"joint", "bilateral", "trilateral", "combined"})


@dataclass(slots=True)
class Scene:
    """One paragraph. `base` is the length of the dateline that was cut off before parsing."""

    doc: Doc
    number: int
    base: int
    paragraph: Paragraph
    places: Sequence[FoundPlace]
    discourse: Discourse
    lexicon: Lexicon
    known: dict[int, Resolved | None] = field(default_factory=dict)
    times: tuple[FoundTime, ...] = ()
    """Offsets are those of `doc`."""
    kernels: dict[int, list[Token]] = field(default_factory=dict)
    called: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """What was asked before, by the number of the word."""

    def party(self, token: Token) -> Resolved | None:
        """The party that the phrase headed by this token stands for."""
        if token.i not in self.known:
            self.known[token.i] = self.discourse.party(token)
        return self.known[token.i]

    def place(self, token: Token) -> FoundPlace | None:
        """The toponym that this token is part of, unless it only modifies a noun."""
        end = token.idx + len(token)
        for found in self.places:
            if found.place.start <= token.idx and end <= found.end:
                return None if found.modifier else found
        return None

    def cores(self, token: Token) -> list[Token]:
        """The token, or what it counts: of "dozens of protesters" the protesters; and what it is apposed to."""
        known = self.kernels.get(token.i)
        if known is None:
            known = self.kernels[token.i] = self._cores(token)
        return known

    def _cores(self, token: Token) -> list[Token]:
        found = [token]
        if token.lower_ in self.lexicon.classes["quantity"] or token.lemma_ in self.lexicon.classes["quantity"]:
            for child in token.children:
                if child.lower_ == "of":
                    found = [*(grand for grand in child.children if grand.dep_ == "pobj"), *found]
        found += [child for child in token.children if child.dep_ == "appos"]
        return found

    def fits(self, token: Token, kind: str) -> bool:
        """Whether the token stands for a thing of this kind: `party`, `place`, `owned` and the like, or an `@class`."""
        if kind == "any":
            return True
        if kind == "joint":
            return any(child.lower_ in JOINT for child in token.children)
        if kind == "@two":
            return token.tag_ in {"NNS", "NNPS"} or any(child.dep_ == "conj" for child in token.children)
        if kind[0] == "@":
            words = self.lexicon.classes[kind[1:]]
            return any(not words.isdisjoint(self.names(core)) for core in self.cores(token))
        tests = {"party": self.is_party, "person": self.is_person, "place": self.is_place, "owned": self.is_owned}
        return any(map(tests[kind], self.cores(token)))

    def names(self, token: Token) -> tuple[str, ...]:
        """The forms by which a token may be in a class."""
        known = self.called.get(token.i)
        if known is None:
            known = self.called[token.i] = (token.lemma_.lower(), token.lower_, hyphenated(token))
        return known

    def is_owned(self, token: Token) -> bool:
        """Whether the phrase names somebody whose it is: "Georgia's bid", "the decision of the court"."""
        owners = [child for child in token.children if child.dep_ in {"poss", "amod", "compound", "nmod"}]
        owners += [grand for child in token.children if child.lower_ in {"of", "by"} for grand in child.children]
        return any(self.is_party(owner) for owner in owners)

    def is_party(self, token: Token) -> bool:
        """Whether a party is known for the phrase."""
        return self.party(token) is not None or bool(self.discourse.pair(token))

    def is_person(self, token: Token) -> bool:
        """Whether the phrase stands for a person."""
        party = self.party(token)
        return (party is not None and party.person) or token.ent_type_ == "PERSON"

    def is_place(self, token: Token) -> bool:
        """Whether the phrase is a toponym."""
        return self.place(token) is not None or (token.ent_type_ in {"GPE", "LOC"} and token.pos_ == "PROPN")
