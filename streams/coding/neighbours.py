"""Whom forces that are moved or shown are turned to: the neighbour at whose border, coast or sky they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from streams.coding.clause import clause_of
from streams.coding.match import Match
from streams.coding.raw import RawText
from streams.coding.scene import Scene, before
from streams.coding.supplied import NOWHERE, of_country, states_of
from streams.extending.grammar import grammar
from streams.parsing.tokens import Token
from streams.records import Party

FACING = ("near", "off", "towards", "toward", "against", "around", "along", "to", "on", "at", "with", "over", "of")
EDGES = grammar("neighbours.edges")
"""Nouns that say on whose limits forces stand; other places after "to", "on" or "at" are only where they are."""
CLOSE = grammar("neighbours.close")


def faced(scene: Scene, match: Match, actors: Sequence[Party], raw: RawText) -> list[Party]:
    """The country that a show of force is turned to, if the text says so and it is another's."""
    if match.outcome.type != "MOBILIZE":
        return []
    own = states_of(actors)
    for head in limits(match):
        found = scene.place(head)
        country = found.place.country if found is not None else owner(scene, head)
        town = found is not None and found.place.precision in {"city", "point"} and head.head.lower_ != "off"
        if country not in NOWHERE | own and not town:
            return [of_country(scene, head, country, "", raw)]
    return []


def limits(match: Match) -> Iterator[Token]:
    """The places that say where forces stand: what is near, off or against them, and whose border it is."""
    clause = clause_of(match.verb)
    phrases = [(word, head) for word in FACING for head in clause.fillers.get(word, ())]
    edges = [head for _, head in phrases if head.lemma_.lower() in EDGES]
    edges += [head for head in clause.objects if head.lemma_.lower() in EDGES]
    yield from edges
    if edges and "off" in clause.particles:
        # "enter waters off Palawan", read as two objects of a verb with a particle
        yield from (head for head in clause.objects if head not in edges)
    for edge in edges:
        yield from (deep for word in edge.children if word.lower_ in {"with", "of", "off"} for deep in word.children)
    if edges:
        yield from (head for word, head in phrases if word == "with")
    yield from (head for word, head in phrases if word in CLOSE)


def owner(scene: Scene, head: Token) -> str:
    """The country whose a border or coast is, by the words before it."""
    for token in before(head):
        party = scene.party(token)
        if party is not None and party.country is not None and "." not in party.id:
            return party.country
    return ""
