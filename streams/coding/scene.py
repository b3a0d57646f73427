"""One paragraph under study: its parse, its parties and its places, and what kind of thing a token stands for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import chain

from streams.coding.frames import Lexicon
from streams.coding.tree import hyphenated
from streams.extending.grammar import grammar
from streams.parsing.tokens import Doc, Span, Token
from streams.reading.times import FoundTime
from streams.records import Paragraph
from streams.resolving.discourse import Discourse, Resolved
from streams.resolving.places import FoundPlace

JOINT = grammar("scene.joint")
ANYONE = grammar("scene.anyone")
"""Words for whom a threat is made out to."""
FORCES = frozenset({"GOV", "MIL", "COP", "SPY", "PRM", "REB", "UAF", "PRE", "IGO", "NGO", "INT"})
RULING = frozenset({"GOV", "LEG", "PRE"})
MODIFIERS = frozenset({"amod", "compound", "nmod"})
LOADED = frozenset({"with", "of"})
UNTRUE = grammar("scene.untrue")
"""Words before claims that are lies."""
CONVEYING = grammar("scene.conveying")
"""Words that stand for what reaches one by them: "internet access", "electricity supplies"."""
BELONGING = grammar("scene.belonging")
"""Participles behind a hyphen that say whose a thing is: "a Panama-flagged tanker"."""
CARRYING = grammar("scene.carrying")
"""Words before what a ship, plane or truck has aboard."""


def singular(token: Token) -> str:
    """A plural as its noun where the lemma is not told: "Support Forces", "Militiamen", "bases"; empty for others."""
    if token.pos_ != "PROPN" and token.tag_ != "NNS":
        return ""
    word = token.lower_
    return f"{word[:-3]}man" if word.endswith("men") else word.removesuffix("s")


def before(head: Token) -> list[Token]:
    """The owners and modifiers before a noun, and those of its modifiers that are nouns themselves."""
    found = [antecedent(child) for child in head.children if child.i < head.i and child.dep_ in {"poss", *MODIFIERS}]
    deep = [child for child in found if child.i < head.i and (child.pos_ == "NOUN" or child.lemma_ in BELONGING)]
    return found + [deeper for child in deep for deeper in (before(child) if child.pos_ == "NOUN" else child.lefts)]


def antecedent(token: Token) -> Token:
    """Of "whose" the noun that it points back to: "a pilot whose plane they shot down"."""
    if token.tag_ != "WP$":
        return token
    return next((above.head for above in token.ancestors if above.dep_ == "relcl"), token)


def is_anyone(token: Token) -> bool:
    """Whether it is all who do something: "any ship", "protesters who block roads"."""
    if any(word.lower_ in ANYONE for word in (token, *token.children)):
        return True
    bare = token.tag_ == "NNS" and all(child.dep_ != "det" and not child.like_num for child in token.children)
    return bare and any(child.dep_ == "relcl" and child.tag_ in {"VBP", "VB"} for child in token.children)


def is_undergone(verb: Token) -> bool:
    """Whether what the verb modifies suffers its deed: "kidnapped", "who had been held", but not "who held"."""
    passive = any(child.dep_ == "auxpass" for child in verb.children)
    return verb.tag_ == "VBN" and (passive or verb.dep_ != "relcl")


WHOLE: dict[str, Callable[[Token], bool]] = {
    "any": lambda _: True,
    "joint": lambda token: any(child.lower_ in JOINT for child in token.children),
    "anyone": is_anyone,
    "untrue": lambda token: any(child.lower_ in UNTRUE for child in token.children),
    "@two": lambda token: token.tag_ in {"NNS", "NNPS"} or any(child.dep_ == "conj" for child in token.children),
}
"""Kinds that are told by the phrase itself, whoever is in it."""


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
    kernels: dict[Token, list[Token]] = field(default_factory=dict)
    called: dict[Token, tuple[str, ...]] = field(default_factory=dict)
    """What was asked before of a word."""
    spoken: dict[int, frozenset[str]] = field(default_factory=dict)
    """All forms of the words of a sentence, by its first word."""

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
        """The token, or what it counts: of "dozens of protesters" the protesters; and what it is apposed to, or named.

        Of "the tanker Stena" that is the tanker, too.
        """
        known = self.kernels.get(token)
        if known is None:
            known = self.kernels[token] = self._cores(token)
        return known

    def _cores(self, token: Token) -> list[Token]:
        found = [token]
        counting = self.lexicon.classes["quantity"]
        if token.like_num or token.lower_ in counting or token.lemma_ in counting or singular(token) in counting:
            for child in token.children:
                if child.lower_ == "of":
                    found = [*(grand for grand in child.children if grand.dep_ == "pobj"), *found]
        if token.ent_type_ == "MONEY":  # "$30 million in aid", "in Libyan assets"
            goods = self.lexicon.classes["aid"] | self.lexicon.classes["assets"]
            within = (grand for child in token.children if child.lower_ == "in" for grand in child.children)
            found += [grand for grand in within if grand.lemma_ in goods]
        if token.lemma_ in CONVEYING:
            found += [child for child in token.children if child.dep_ == "compound" and child.tag_ in {"NN", "NNS"}]
        found += [child for child in token.children if child.dep_ == "appos"]
        if token.pos_ == "PROPN":
            found += [child for child in token.children if child.dep_ == "compound" and child.tag_ in {"NN", "NNS"}]
        return found

    def fits(self, token: Token, kind: str) -> bool:
        """Whether the token stands for a thing of this kind: `party`, `place`, `owned` and the like, or an `@class`.

        `!@class` is anything but that, `%LAB` a party of that sector.
        """
        if kind.startswith("!"):
            return not self.fits(token, kind[1:])
        whole = WHOLE.get(kind)
        if whole is not None:
            return whole(token)
        own = OWN.get(kind)
        if own is not None:
            return any(own(self, core) for core in self.cores(token))
        test = (self.in_sector if kind.startswith("%") else self.in_class)(kind[1:])
        return any(map(test, self.cores(token)))

    def in_sector(self, name: str) -> Callable[[Token], bool]:
        """Whether a token stands for a party of a sector."""
        return lambda core: (party := self.party(core)) is not None and party.sector == name

    def in_class(self, name: str) -> Callable[[Token], bool]:
        """Whether a token is one of the words of a class."""
        words = self.lexicon.classes[name]
        return lambda core: not words.isdisjoint(self.names(core))

    def names(self, token: Token) -> tuple[str, ...]:
        """The forms by which a token may be in a class."""
        known = self.called.get(token)
        if known is None:
            lemma = token.lemma_.lower()
            known = self.called[token] = (lemma, token.lower_, hyphenated(token), singular(token))
        return known

    def has(self, sentence: Span, needs: Sequence[frozenset[str]]) -> bool:
        """Whether the sentence has a word of each set."""
        if not needs:
            return True
        forms = self.spoken.get(sentence.start)
        if forms is None:
            forms = frozenset(chain.from_iterable(map(self.names, sentence)))
            self.spoken[sentence.start] = forms
        return not any(map(forms.isdisjoint, needs))

    def is_asset(self, token: Token) -> bool:
        """Whether it is armed force that somebody has: "Greek frigates", "the army's trucks"."""
        return self.in_class("wielded")(token) and any(map(self.is_force, before(token)))

    def is_force(self, token: Token) -> bool:
        """Whether it is somebody who has arms, ships and planes: a state, its organs, an alliance, fighters."""
        party = self.party(token)
        return party is not None and (party.sector is None or party.sector in FORCES)

    def is_equipment(self, token: Token) -> bool:
        """Whether it is force that no other is said to have: an exercise "with two destroyers" is held alone."""
        owners = [word for word in before(token) if word.tag_ != "PRP$"]
        owners += [deep for word in token.children if word.lower_ in {"of", "from"} for deep in word.children]
        force = any(self.in_class(name)(token) for name in ("wielded", "weapon", "troops"))
        return force and not any(map(self.is_party, owners))

    def is_state(self, token: Token) -> bool:
        """Whether it is a state or acts for one: "Australia", "the Trump administration", "President Weah"."""
        party = self.party(token)
        return party is not None and (("." not in party.id and party.country is not None) or party.sector in RULING)

    def is_laden(self, token: Token) -> bool:
        """Whether it brings what helps, or is sent: "trucks with medicine", "food parcels", "Thai rice"."""
        goods = self.in_class("cargo")(token) or self.in_class("armament")(token)
        named = self.in_class("t-bearer")(token) and any(map(self.in_class("cargo"), before(token)))
        return bool(self.cargo(token)) or named or (goods and self.is_owned(token))

    def cargo(self, token: Token) -> list[Token]:
        """The goods that a ship, plane or truck is said to have aboard."""
        loads = [child for child in token.children if child.lower_ in LOADED or child.lemma_ in CARRYING]
        deeper = [grand for load in loads for grand in load.children if grand.lower_ in LOADED]
        goods = [good for load in (*loads, *deeper) for good in load.children if good.dep_ in {"pobj", "dobj"}]
        return [good for good in goods if any(map(self.in_class("cargo"), self.cores(good)))]

    def is_owned(self, token: Token) -> bool:
        """Whether the phrase names somebody whose it is: "Georgia's bid", "the decision of the court"."""
        owners = [child for child in token.children if child.dep_ in {"poss", *MODIFIERS}]
        owners += [grand for child in token.children if child.lower_ in {"of", "by"} for grand in child.children]
        return any(self.is_party(owner) for owner in owners)

    def is_voice(self, token: Token) -> bool:
        """Whether it is a body or words by which somebody speaks: "a U.N. report", "a committee of Congress"."""
        if not self.in_class("mouthpiece")(token):
            return False
        after = (word for word in token.children if word.lower_ in {"of", "by", "from", "for"})
        return any(map(self.is_party, (*before(token), *(owner for word in after for owner in word.children))))

    def is_captive(self, token: Token) -> bool:
        """Whether the phrase says that somebody was taken: "engineers who had been held", "the abducted girls"."""
        telling = (child for child in token.children if child.dep_ in {"acl", "relcl", "amod"})
        return any(self.in_class("t-abducted")(child) and is_undergone(child) for child in telling)

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


OWN: dict[str, Callable[[Scene, Token], bool]] = {
    "party": Scene.is_party,
    "person": Scene.is_person,
    "place": Scene.is_place,
    "owned": Scene.is_owned,
    "asset": Scene.is_asset,
    "laden": Scene.is_laden,
    "captive": Scene.is_captive,
    "state": Scene.is_state,
    "voice": Scene.is_voice,
}
"""Kinds that are told by what is known of the words of the phrase."""
