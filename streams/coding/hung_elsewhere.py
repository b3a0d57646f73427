"""Arguments that the parser hung below another word than the verb whose they are."""

from __future__ import annotations

from streams.coding.agent import HYPHENS
from streams.extending.grammar import grammar
from streams.parsing.tokens import Token

THINGS = grammar("hung_elsewhere.things")
"""Verbs that take a thing or somebody, and never a clause."""
TIMES = frozenset({"DATE", "TIME", "CARDINAL", "QUANTITY"})


def listed(subject: Token, verb: Token) -> tuple[Token, ...]:
    """The second of two that a headline joins by a comma alone: "Kenya, Somalia reopen embassies"."""
    if verb.tag_ != "VBP" or subject.tag_ not in {"NNP", "JJ"}:
        return ()
    return tuple(child for child in subject.children if child.dep_ == "appos" and verb.i - child.i == 1)


def who_meet(subject: Token) -> Token:
    """The subject; of "ministers meeting in Minsk agreed", where the participle was taken for it, the ministers."""
    before = subject.doc[subject.i - 1] if subject.i else subject
    several = before.dep_ == "compound" and before.head == subject and before.tag_ in {"NNS", "NNPS"}
    somewhere = any(child.dep_ == "prep" and child.lower_ in {"in", "at", "on"} for child in subject.children)
    return before if subject.lower_ == "meeting" and several and somewhere else subject


def hidden_objects(verb: Token) -> list[Token]:
    """Objects below a noun that the parser took for a verb ("recalls ambassador over remarks"), or beside a taker.

    Such a taker is the envoy of "gave the envoy 48 hours".
    """
    below = [child for child in verb.children if child.dep_ in {"ccomp", "xcomp"} and child.pos_ == "NOUN"]
    found = [grand for child in below for grand in child.children if grand.dep_ == "nsubj"] or before_comma(verb)
    named = (word for child in below for word in child.lefts if word.dep_ == "compound" and word.pos_ == "PROPN")
    found = found or list(named)[-1:]
    found += [subject for child in verb.children if (subject := described(child)) is not None]
    taker = [child for child in verb.children if child.dep_ == "dative" and child.pos_ in {"NOUN", "PROPN"}]
    return found or [grand for child in taker for grand in child.children if grand.dep_ == "appos"] or put_last(verb)


def described(verb: Token) -> Token | None:
    """Whom a participle only describes, of one taken for a clause: "freed four lawmakers held in the jungle"."""
    governor = verb.head
    if verb.dep_ != "ccomp" or verb.tag_ not in {"VBN", "VBD", "VBG"} or governor.lemma_ not in THINGS:
        return None
    own = [child for child in verb.lefts if child.dep_ in {"nsubj", "nsubjpass"}]
    bare = not any(child.dep_ in {"mark", "aux", "auxpass"} for child in verb.children)
    return own[0] if own and bare and governor.i < own[0].i else None


def put_last(verb: Token) -> list[Token]:
    """An object behind the other phrases, taken for an adverb: "handed over to India on Friday a pilot who ..."."""
    return [
        child
        for child in verb.rights
        if child.dep_ == "npadvmod"
        and child.pos_ == "NOUN"
        and child.ent_type_ not in TIMES
        and verb.lemma_ in THINGS
        and any(grand.dep_ in {"det", "nummod", "poss"} for grand in child.children)
    ]


def parted(objects: tuple[Token, ...]) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    """Who gets something and what, of two objects side by side: "promised the president ten million"."""
    if len(objects) != 2:
        return (), objects
    first, second = objects
    beside = first.head == second.head and {first.dep_, second.dep_} == {"dobj"}
    if beside and max(token.i for token in first.subtree) + 1 == second.left_edge.i:
        return (first,), (second,)
    return (), objects


def before_comma(verb: Token) -> list[Token]:
    """What stands next to a reported verb, taken for the subject above it: "has not joined Iran, its envoy said"."""
    if verb.dep_ != "ccomp" or verb.i > verb.head.i:
        return []
    own = [child for child in verb.head.children if child.dep_ == "nsubj"]
    return [
        child for child in own if child.left_edge.i == verb.i + 1 and any(c.dep_ == "appos" for c in child.children)
    ]


def made_so(child: Token) -> Token | None:
    """Who is made what an adjective says, hung below the adjective: "found the minister guilty"."""
    if child.dep_ != "ccomp" or child.pos_ != "ADJ":
        return None
    own = [grand for grand in child.children if grand.dep_ in {"nsubj", "nsubjpass"}]
    bare = not any(grand.dep_ in {"mark", "aux", "cop"} for grand in child.children)
    return own[0] if own and bare and own[0].i < child.i else None


def is_finite_modifier(verb: Token) -> bool:
    """Whether the verb of the sentence was taken for a modifier of its object: "a jet fired two rockets".

    What counts or determines the noun stands behind no modifier, and "a" before no plural.
    """
    noun = verb.head
    if verb.dep_ != "amod" or verb.i > noun.i or verb.tag_ not in {"VBD", "VBN"}:
        return False
    if left_alone(verb):
        return True
    counted = any(child.dep_ in {"det", "nummod", "poss"} and child.i > verb.i for child in noun.children)
    many = noun.tag_ in {"NNS", "NNPS"}
    return counted or (many and any(child.lower_ in {"a", "an"} and child.i < verb.i for child in noun.children))


def left_alone(verb: Token) -> bool:
    """Whether the sentence has no verb but this one, behind a noun: "Miners downed tools on Friday."."""
    sentence = verb.sent
    top = sentence.root
    nouns = {"NOUN", "PROPN", "NUM"}
    if top.pos_ not in nouns or top.i > verb.i or sentence[-1].text != "." or verb.doc[verb.i - 1].pos_ not in nouns:
        return False
    return all(
        token.tag_ not in {"VBD", "VBZ", "VBP", "MD"} and (token.tag_ != "VBN" or token.i > verb.i)
        for token in sentence
        if token != verb
    )


def before_participle(verb: Token) -> tuple[Token, ...]:
    """Who does it, of a verb that was taken for a modifier: the noun next before it."""
    if not is_finite_modifier(verb):
        return ()
    beside = (*verb.children, *verb.head.children)
    found = [
        one
        for one in beside
        if one.i < verb.i
        and one.pos_ in {"NOUN", "PROPN"}
        and one.dep_ in {"npadvmod", "compound", "nmod"}
        and one.doc[one.i + 1].text not in HYPHENS
    ]
    if left_alone(verb):
        return (verb.sent.root,)
    return (max(found, key=lambda one: one.i),) if found else ()


def beside_participle(verb: Token) -> tuple[Token, ...]:
    """What it is done to, of a verb that was taken for a modifier: the noun that it seems to modify."""
    return (verb.head,) if is_finite_modifier(verb) else ()


def hidden_takers(verb: Token) -> tuple[Token, ...]:
    """Who gets it, taken for a modifier of it: "forgive Peru ten million dollars"."""
    objects = [child for child in verb.rights if child.dep_ == "dobj"]
    first = [child for child in objects[0].lefts if child.dep_ in {"nmod", "compound"}] if objects else []
    counted = first and first[0].pos_ == "PROPN" and first[0].left_edge.i == verb.i + 1
    after = objects[0].doc[first[0].i + 1] if first else None
    return (first[0],) if counted and after is not None and (after.like_num or after.tag_ == "$") else ()
