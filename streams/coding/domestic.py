"""Whom a deed at home is turned to, or who does it, when the text does not say: the state there, or its people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from streams.coding.clause import clause_of
from streams.coding.match import Match
from streams.coding.scene import Scene
from streams.coding.supplied import CLAUSE, NOWHERE, country_name, sector_of, states_of
from streams.coding.where_when import Where
from streams.extending.grammar import grammar
from streams.records import EventType, Party

RULED = frozenset({"REB", "OPP", "LAB", "EDU", "AGR", "MED"})
"""Sectors that deal with the government of their own country unless the text says otherwise."""
RULERS = frozenset({"GOV", "LEG", "COP"})
ANSWERING: frozenset[EventType] = frozenset({"CONCEDE", "REJECT", "AGREE"})
ABROAD = frozenset(code.upper() for code in grammar("domestic.abroad"))
"""Countries whose armed groups fight another state than their own."""
INWARD = grammar("domestic.inward")
"""What a government lifts from its own people, or gives up before them: a ban, a tax, a bill."""


def other_side(scene: Scene, match: Match, actors: Sequence[Party], where: Where | None) -> list[Party]:
    """The government of those who protest, or hold them, demand or yield; the people of a government that yields."""
    countries = states_of(actors)
    if countries and match.outcome.fallback == "hunger" and where is not None:
        countries = {where.found.place.country} - NOWHERE or countries
    if len(countries) != 1 or (match.outcome.type != "PROTEST" and has_others(scene, match, countries)):
        return []
    type_, sectors = match.outcome.type, {sector_of(p) for p in actors}
    sector = ""
    demanded = type_ == "REQUEST" and not any(scene.fits(head, "@people") for head in match.recipients)
    struck = type_ == "THREATEN" and match.outcome.sector == "LAB"
    asking = type_ in ANSWERING or demanded or struck
    if type_ == "PROTEST" or (not countries & ABROAD and sectors <= RULED and asking):
        sector = "GOV"
    elif type_ == "CONCEDE" and sectors <= RULERS and is_inward(scene, match):
        sector = "CVL"
    return [at_home_with(actors[0], next(iter(countries)), sector)] if sector else []


def has_others(scene: Scene, match: Match, own: set[str]) -> bool:
    """Whether the clauses below the deed name a party of another country, whom it may concern."""
    told = (scene.party(token) for token in match.verb.subtree if token.pos_ in {"PROPN", "ADJ", "NOUN"})
    return any(party is not None and party.id.split(".")[0] not in own | {"UNK", "NGO"} for party in told)


def is_inward(scene: Scene, match: Match) -> bool:
    """Whether what is lifted or given up, or what it yields to, is one's own people's."""
    heads = (*match.objects, *clause_of(match.verb).fillers.get("to", ()))
    return any(core.lemma_.lower() in INWARD for head in heads for core in scene.cores(head))


def prosecutors(match: Match, recipients: Sequence[Party], where: Where | None) -> list[Party]:
    """Who charges or sentences somebody when the text does not say: courts where it happened, else of his country."""
    countries = states_of(recipients)
    if match.outcome.type not in {"ACCUSE", "SANCTION"} or match.outcome.sector != "JUD" or match.actors:
        return []
    if match.outcome.type == "SANCTION" and where is not None and where.nearness == CLAUSE:
        countries = {where.found.place.country} - NOWHERE
    return [at_home_with(recipients[0], next(iter(countries)), "JUD")] if recipients and len(countries) == 1 else []


def at_home_with(party: Party, country: str, sector: str) -> Party:
    """Those of a sector in the country of a party that the text names."""
    return replace(party, id=f"{country}.{sector}", name=country_name(country), via="country")
