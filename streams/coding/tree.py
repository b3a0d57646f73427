"""Small questions about a word in its sentence's tree."""

from __future__ import annotations

from collections.abc import Iterable

from streams.coding.agent import HYPHENS
from streams.parsing.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
RELATIVE = frozenset({"WDT", "WP", "WP$"})
_JOINING = frozenset({"conj", "appos", "nmod"})
_TITLES = frozenset({"compound", "poss", "amod"})


def conjoined(heads: Iterable[Token]) -> tuple[Token, ...]:
    """The heads and what is joined to them by `and` or commas, in the order of the text."""
    found = list(dict.fromkeys(heads))
    for token in found:
        for child in token.children:
            if child.dep_ in _JOINING and is_joined(token, child):
                found += [child] if child not in found else []
            elif child.dep_ == "conj" and child.tag_ == "VBG":
                found += [other for other in modified_by(child) if other not in found]
            elif child.dep_ == "appos" and child.pos_ == "PROPN":
                found += [other for other in beside_name(child) if other not in found]
    return tuple(sorted(found, key=lambda token: token.i)) if len(found) > 1 else tuple(found)


def modified_by(participle: Token) -> list[Token]:
    """The noun that a participle beside a noun only modifies: "the government and striking teachers"."""
    children = list(participle.children)
    bare = not any(child.dep_ in {"aux", "auxpass", *SUBJECTS} for child in children)
    return [child for child in children if bare and child.dep_ == "dobj" and participle.i < child.i]


def beside_name(name: Token) -> list[Token]:
    """Who is named beside somebody's name, and not as another name of his: "the envoy Paz and President Soto"."""
    return [
        child
        for child in name.children
        if child.dep_ == "conj" and child.pos_ == "PROPN" and any(own.dep_ in _TITLES for own in child.children)
    ]


def is_joined(head: Token, token: Token) -> bool:
    """Whether the token is another of the same rank, also where a headline has a comma for "and"."""
    if token.dep_ == "conj":
        return token.pos_ not in {"VERB", "AUX"}
    if token.pos_ != "PROPN" or head.pos_ != "PROPN" or token.dep_ not in {"appos", "nmod"}:
        return False
    first, second = sorted((head, token), key=lambda one: one.i)
    between = [one.text for one in head.doc[first.i + 1 : second.i] if one.dep_ != "compound"]
    after = head.doc[second.i + 1] if second.i + 1 < len(head.doc) else None
    return between == [","] and after is not None and is_verb(after) and after.tag_ != "VBN"


def hyphenated(token: Token) -> str:
    """The lemma with what a hyphen ties to its front ("test-fire"), since tokens end at hyphens; empty without one."""
    at, words = token.i, token.doc.words
    if at < 2 or words[at - 1].text not in HYPHENS or words[at - 1].whitespace_ or words[at - 2].whitespace_:
        return ""
    return f"{words[at - 2].lower_}-{token.lemma_.lower()}"


def is_verb(token: Token) -> bool:
    """Whether the token is a verb that can head a clause."""
    return token.pos_ in {"VERB", "AUX"}
