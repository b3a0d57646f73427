"""Arguments that the parser hung below another word than the verb whose they are."""

from __future__ import annotations

from streams.parsing.tokens import Token


def listed(subject: Token, verb: Token) -> tuple[Token, ...]:
    """The second of two that a headline joins by a comma alone: "Kenya, Somalia reopen embassies"."""
    if verb.tag_ != "VBP" or subject.tag_ not in {"NNP", "JJ"}:
        return ()
    return tuple(child for child in subject.children if child.dep_ == "appos" and verb.i - child.i == 1)


def hidden_objects(verb: Token) -> list[Token]:
    """Objects below a noun that the parser took for a verb ("recalls ambassador over remarks"), or beside a taker.

    Such a taker is the envoy of "gave the envoy 48 hours".
    """
    below = [child for child in verb.children if child.dep_ in {"ccomp", "xcomp"} and child.pos_ == "NOUN"]
    found = [grand for child in below for grand in child.children if grand.dep_ == "nsubj"]
    taker = [child for child in verb.children if child.dep_ == "dative" and child.pos_ in {"NOUN", "PROPN"}]
    return found or [grand for child in taker for grand in child.children if grand.dep_ == "appos"]
