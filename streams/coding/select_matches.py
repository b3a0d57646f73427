"""Which of a sentence's matches tell events: no figures of speech, nothing told only as another's content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from streams.coding.commitment import committed
from streams.coding.match import Match
from streams.coding.scene import Scene
from streams.extending.grammar import grammar
from streams.parsing.tokens import Span, Token
from streams.records import EventType

ABSORBING: frozenset[EventType] = frozenset(
    {"REQUEST", "REJECT", "THREATEN", "AGREE", "CONCEDE", "ACCUSE", "CONSULT", "SUPPORT"}
)  # fmt: skip
CONTENT = grammar("select_matches.content")
"""Prepositions that lead to what a speech act is about; `after` or `during` lead to another event."""
CONDITIONS = grammar("select_matches.conditions")
CLAUSES = frozenset({"xcomp", "ccomp", "pcomp", "acl", "advcl"})


def chosen(scene: Scene, sentence: Span, found: Sequence[Match]) -> list[Match]:
    """The matches that stand for events of their own, promises turned into what they are."""
    sport = scene.lexicon.classes["sport"]
    if any(token.lemma_.lower() in sport and scene.party(token) is None for token in sentence):
        return []
    resolved = [None if of_others(scene, match, found) else promise(match, found) for match in found]
    kept = [match for match in resolved if match is not None]
    return [match for match in kept if not absorbed(match, [other for other in kept if other is not match])]


def of_others(scene: Scene, match: Match, found: Sequence[Match]) -> bool:
    """Whether the deed that a warning speaks of is another country's: a forecast, and no threat."""
    inner = promised(match, found) if match.outcome.commit == "THREATEN" else None
    if inner is None:
        return False
    speakers, doers = (
        {party.country for head in heads if (party := scene.party(head)) is not None and party.country}
        for heads in (match.actors, inner.actors)
    )
    return bool(speakers and doers) and not speakers & doers


def promise(match: Match, found: Sequence[Match]) -> Match | None:
    """A match whose type follows from the verb that it governs, with that type; None if that is no deed."""
    commit = match.outcome.commit
    if commit is None:
        return match
    inner = promised(match, found)
    if inner is None:
        return match if commit else None
    if commit == "THREATEN":
        return replace(match, recipients=match.recipients or inner.recipients)
    made = committed(inner.outcome.type, inner.outcome.fallback)
    if made is None:
        return match if commit else None
    outcome = replace(match.outcome, type=made[0], mode=made[1], fallback=made[1])
    return replace(match, outcome=outcome, recipients=match.recipients or inner.recipients)


def promised(match: Match, found: Sequence[Match]) -> Match | None:
    """The match that the promise governs: of its verb, else of what lies deeper in its content."""
    if match.complement is None:
        return None
    below = set(match.complement.subtree)
    inner = [other for other in found if other is not match and other.verb in below]
    return next((other for other in inner if match.complement in {other.verb, other.trigger}), next(iter(inner), None))


def absorbed(match: Match, others: Sequence[Match]) -> bool:
    """Whether the match is only the content of a request, threat, promise, refusal or accusation."""
    token = match.trigger if match.nominal else match.verb
    path: list[Token] = [token]
    if conditional(token) and any(
        other.verb in token.ancestors and other.outcome.type in ABSORBING for other in others
    ):
        return True
    while token.head != token and len(path) < 10:
        if not leads_up(token):
            return False
        token = token.head
        path.append(token)
        for other in others:
            if token in {other.trigger, other.verb} and other.trigger != match.trigger and takes(other, path):
                return True
    return False


def conditional(verb: Token) -> bool:
    """Whether the verb only tells on which condition: "unless his troops left", "until the rebels withdraw"."""
    return verb.dep_ == "advcl" and any(child.lower_ in CONDITIONS for child in verb.children)


def leads_up(token: Token) -> bool:
    """Whether the step from a token to its governor leads from content to what it is content of."""
    if token.dep_ in CLAUSES:
        infinitive = any(child.dep_ == "aux" and child.lower_ == "to" for child in token.children)
        return token.dep_ != "advcl" or infinitive
    if token.dep_ == "prep":
        return token.lower_ in CONTENT
    return token.dep_ in {"pobj", "dobj", "conj", "nsubj", "compound", "attr", "nsubjpass"}


def takes(other: Match, path: Sequence[Token]) -> bool:
    """Whether the other match absorbs what lies at the start of this path."""
    if other.outcome.type not in ABSORBING:
        return False
    last = path[-2]
    if last.dep_ in {"nsubj", "nsubjpass", "conj"}:
        return False
    spared = other.outcome.type == "SUPPORT" or other.outcome.fallback == "disapprove"
    return not (spared and path[0].pos_ in {"NOUN", "PROPN"})
