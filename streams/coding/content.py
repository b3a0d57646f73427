"""Whom a promise, threat, demand or refusal concerns when only its content names him: "promised to send Kyiv tanks"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from streams.coding.clause import clause_of
from streams.coding.match import Match
from streams.coding.raw import RawText
from streams.coding.roles import ANY, HARMED, parties
from streams.coding.scene import Scene
from streams.coding.supplied import NOWHERE, of_country, of_resolved
from streams.coding.tree import is_verb
from streams.parsing.tokens import Token
from streams.records import EventType, Party

TOWARDS = ("to", "with", "for", "against", "on", "at", "into", "from")
CONTENTS: frozenset[EventType] = frozenset({"AGREE", "THREATEN", "REJECT", "CONCEDE", "REQUEST"})
DEPTH = 3


def content_parties(scene: Scene, match: Match, actors: Sequence[Party], raw: RawText) -> list[Party]:
    """The parties in the clause that the speech governs, nearest role first: those told, helped or hit there."""
    if match.outcome.type not in CONTENTS or match.complement is None:
        return []
    own = {party.id.split(".")[0] for party in actors}
    for heads in layers(match.complement):
        found = [of_resolved(resolved, raw, scene) for resolved in parties(scene, heads, ANY)]
        others = [party for party in found if party.id.split(".")[0] not in own]
        if others:
            return others
    return helped_country(scene, match.complement, own, raw) if match.outcome.type == "AGREE" else []


def helped_country(scene: Scene, verb: Token, own: set[str], raw: RawText) -> list[Party]:
    """The country where something is promised to be done for it: "undertook to build a dam in Cambodia"."""
    if not scene.fits(verb, "@tie_helpful"):
        return []
    found = [(head, place) for head in clause_of(verb).fillers.get("in", ()) if (place := scene.place(head))]
    return [
        of_country(scene, head, place.place.country, "", raw)
        for head, place in found[:1]
        if place.place.country not in {*NOWHERE, *own}
    ]


def convened(scene: Scene, match: Match, raw: RawText) -> list[Party]:
    """The organisation whose meeting is asked for: "called for an emergency meeting of the League"."""
    if match.outcome.type != "REQUEST" or match.outcome.fallback != "meet":
        return []
    clause = clause_of(match.verb)
    heads = (*clause.fillers.get("for", ()), *clause.objects)
    found = parties(scene, heads, ("@parley",))
    return [of_resolved(resolved, raw, scene) for resolved in found if resolved.sector == "IGO"]


def taker(scene: Scene, match: Match, raw: RawText) -> list[Party]:
    """Who is given something, by his place beside the verb alone: "forgive Albania ten million dollars"."""
    if match.outcome.type not in {"AID", "AGREE", "RETREAT"} or match.nominal:
        return []
    return [of_resolved(resolved, raw, scene) for resolved in parties(scene, clause_of(match.verb).indirect, HARMED)]


def offering(scene: Scene, match: Match, actors: Sequence[Party], raw: RawText) -> list[Party]:
    """Whose offer or plan is refused or accepted: "rejected the truce proposed by Chad", "took up Peru's offer"."""
    if match.outcome.type not in {"REJECT", "AGREE"} or match.nominal:
        return []
    heads = [head for head in match.objects if head != match.trigger]
    found = [of_resolved(resolved, raw, scene) for resolved in parties(scene, heads, ANY)]
    own = {party.id for party in actors} | {party.id.split(".")[0] for party in actors}
    return [party for party in found if party.id not in own and not party.id.startswith("UNK")]


def layers(verb: Token, depth: int = DEPTH) -> Iterator[Sequence[Token]]:
    """The phrases of a clause that can be its other party, then those of the clause below it."""
    clause = clause_of(verb)
    yield clause.indirect
    for word in TOWARDS[:4]:
        yield clause.fillers.get(word, ())
    yield clause.objects
    for word in TOWARDS[4:]:
        yield clause.fillers.get(word, ())
    for child in verb.children if depth else ():
        if is_verb(child) and child.dep_ in {"ccomp", "xcomp"}:
            yield tuple(grand for grand in child.children if grand.dep_ == "nsubj")
            yield from layers(child, depth - 1)
