"""The mode of an event whose frame leaves it to the words nearby."""

from __future__ import annotations

from collections.abc import Iterable

from streams.coding.frames import Lexicon
from streams.coding.match import Match
from streams.extending.grammar import grammar
from streams.parsing.tokens import Token

MEANS = "ASSAULT"
CONDITIONS = grammar("modes.conditions")
"""Words before what only says when it would come to that: "threatened to strike unless they left"."""
NAMES = grammar("modes.names")
"""Words that tell a mode, but not in a name: "the African National Congress"."""
SHOWN = frozenset({"MOBILIZE", "PROTEST"})
"""Types whose mode their actor tells, too: warships, police, strikers."""


def mode_of(match: Match, lexicon: Lexicon) -> str:
    """The mode: the frame's own, else the first of its type that a word near the trigger tells, else the fallback."""
    if match.outcome.mode != "*":
        return match.outcome.fallback
    lemmas = nearby(match)
    for mode, words in lexicon.modes.get(match.outcome.type, ()):
        if "*" in words:
            return match.outcome.fallback or mode
        if lemmas & words:
            return mode
    return match.outcome.fallback


def nearby(match: Match) -> frozenset[str]:
    """The lemmas that tell the mode: the content of a speech act, the whole clause of a deed."""
    if match.outcome.type == MEANS:
        destroyed = {token for head in match.objects for token in subtree(head)} if is_hit(match) else set()
        destroyed.update(token for head in match.recipients for token in (head, *head.lefts))
        tokens = [*subtree(match.verb), *subtree(match.trigger), *(t for head in match.actors for t in subtree(head))]
        return lemmas_of(token for token in tokens if token not in destroyed)
    if match.outcome.type in SHOWN:
        return lemmas_of([*subtree(match.verb), *subtree(match.trigger)])
    return lemmas_of(token for token in subtree(match.verb) if token not in match.actors)


def is_hit(match: Match) -> bool:
    """Whether the object is what was hit, and not what it was hit with."""
    return match.outcome.fallback == "destroy" or match.objects == match.recipients


def subtree(token: Token) -> list[Token]:
    """The token and all that it governs, without what only reports or joins beside it."""
    kept: list[Token] = []
    pending = [token]
    while pending:
        current = pending.pop()
        kept.append(current)
        pending.extend(
            child
            for child in current.children
            if child.dep_ not in {"parataxis", "relcl"}
            and not (child.dep_ == "advcl" and any(word.lower_ in CONDITIONS for word in child.children))
            and not (
                current == token and child.dep_ in {"conj", "advcl"} and child.pos_ == "VERB" and not purpose(child)
            )
        )
    return kept


def purpose(token: Token) -> bool:
    """Whether the verb is an infinitive with `to`."""
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in token.children)


def lemmas_of(tokens: Iterable[Token]) -> frozenset[str]:
    """Their lemmas in lower case."""
    return frozenset(token.lemma_.lower() for token in tokens if token.pos_ != "PROPN" or token.lower_ not in NAMES)
