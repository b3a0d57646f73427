"""Parties that the deed and its place tell, though no phrase names them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pycountry

from streams.coding.clause import clause_of
from streams.coding.match import Match
from streams.coding.raw import RawText
from streams.coding.roles import HARMED, implied, parties
from streams.coding.scene import Scene
from streams.coding.where_when import Where
from streams.extending.grammar import grammar
from streams.parsing.tokens import Token
from streams.records import Party
from streams.resolving.discourse import Resolved

CROWDS = {"worker": "LAB", "miner": "LAB", "driver": "LAB", "union": "LAB", "trucker": "LAB", "transporter": "LAB",
          "farmer": "AGR", "student": "EDU", "teacher": "EDU",
          "journalist": "JRN", "doctor": "MED", "nurse": "MED"}  # fmt: skip


BOMBERS = grammar("supplied.bombers")
ROLES = frozenset({"role"})
UNNAMED = frozenset({"role", "pronoun"})
"""How a party is spoken of whose country only its surroundings tell."""
NOWHERE = frozenset({"", "UNK", "INT"})
STATELESS = frozenset({"UNK", "INT", "IGO", "NGO", "MNC"})
POLICE = frozenset({"COP", "JUD"})
BODIES = frozenset({"GOV", "LEG", "JUD", "COP"})
DOMESTIC = frozenset({"REB", "OPP", "PRM", "CVL", "LAB", "EDU", "AGR", *BODIES})
"""Sectors that deal with the state of their own country unless the text says otherwise."""
CIVIL = frozenset({"CVL", "OPP", "LAB", "EDU", "AGR", "JRN", "BUS", "MED", "REL", "SOC", "ELI", "PTY"})
"""Sectors of people whom a government orders, frees or taxes at home."""
CUTTING = frozenset({"withhold", "restrict", "censor"})
"""Modes of COERCE that strike those who live in the place."""
IRREGULAR = frozenset({"REB", "CRM", "UAF", "PRM"})
CLAUSE = 3
"""Nearness of a place that the clause of the event itself tells."""
EASED = ("@curfew", "@emergency", "@tie_stateword")
"""What is lifted from all people of a place."""
ORDERED = frozenset({"curfew", "martial-law"})
"""Modes of COERCE that strike all people of a place."""


def country_name(code: str) -> str:
    """The usual English name of an ISO 3166 alpha-3 code; the code where it has none."""
    found = pycountry.countries.get(alpha_3=code)
    return str(getattr(found, "common_name", found.name)) if found is not None else code


def named(found: Sequence[Party]) -> list[Party]:
    """Those who are somebody: a suicide bomber of nobody known is only what it was done with."""
    return [p for p in found if not (p.id.endswith(".UAF") and set(p.text.lower().split()) <= BOMBERS)]


def settled(found: Sequence[Party], where: Where | None, via: frozenset[str] = ROLES) -> list[Party]:
    """Roles of an unknown country ("police") belong to the country where it happened."""
    if where is None or where.found.place.country in NOWHERE:
        return list(found)
    country = where.found.place.country
    return [replace(p, id=country + p.id[3:]) if p.id.startswith("UNK.") and p.via in via else p for p in found]


def at_home(actors: Sequence[Party], recipients: Sequence[Party]) -> list[Party]:
    """State bodies of no told country are those of whoever speaks of them; whom police deal with is at home, too."""
    countries = states_of(actors)
    if len(countries) != 1:
        return list(recipients)
    country = next(iter(countries))
    sectors = {sector_of(p) for p in actors}
    police, state = sectors <= POLICE, sectors <= BODIES
    return [
        of_state(p, country) if police or sector_of(p) in BODIES or (state and sector_of(p) in CIVIL) else p
        for p in recipients
    ]


def beside(found: Sequence[Party]) -> list[Party]:
    """Rebels, opposition or police named beside one country's party are that country's: "the government and rebels"."""
    countries = states_of(found)
    if len(countries) != 1:
        return list(found)
    return [of_state(p, next(iter(countries))) if sector_of(p) in DOMESTIC else p for p in found]


def facing(actors: Sequence[Party], recipients: Sequence[Party]) -> list[Party]:
    """Rebels and crowds of no told country belong to the government or the whole country that they turn against."""
    civil = [p for p in recipients if sector_of(p) in {"", *BODIES}]
    countries = states_of(civil)
    if len(countries) != 1 or len(civil) != len(recipients):
        return list(actors)
    return [of_state(p, next(iter(countries))) if sector_of(p) in DOMESTIC else p for p in actors]


def of_state(party: Party, country: str) -> Party:
    """The party with this country if it has none."""
    if not party.id.startswith("UNK.") or party.via not in UNNAMED:
        return party
    return replace(party, id=country + party.id[3:])


def states_of(sides: Sequence[Party]) -> set[str]:
    """The countries of parties that have one."""
    return {p.id.split(".")[0] for p in sides} - STATELESS


def sector_of(party: Party) -> str:
    """The second part of a party's id, or nothing."""
    return (party.id + ".").split(".")[1]


def victims(actors: Sequence[Party], recipients: Sequence[Party], where: Where | None) -> list[Party]:
    """People hit by another country's forces belong to the country where they were hit, not to the attacker's."""
    if where is None or where.found.place.country in NOWHERE:
        return list(recipients)
    country = where.found.place.country
    attackers = {p.id.split(".")[0] for p in actors} - {country}
    return [
        replace(p, id=country + p.id[3:]) if p.via == "role" and p.id.split(".")[0] in attackers else p
        for p in recipients
    ]


def harmed_country(
    scene: Scene, match: Match, actors: Sequence[Party], where: Where | None, raw: RawText
) -> list[Party]:
    """The country of the place that was hit, visited or supplied; its civilians if the text says so."""
    hit = match.outcome.type in {"ASSAULT", "AID"} or match.outcome.fallback == "visit"
    for head in (*match.recipients, *(match.objects if hit else ())):
        found = scene.place(head)
        if found is not None and found.place.country not in NOWHERE:
            sector = "GOV" if match.outcome.type in {"CONSULT", "SUPPORT"} else ""
            return [of_country(scene, head, found.place.country, sector, raw)]
    if match.outcome.type != "ASSAULT" or where is None or where.found.place.country in NOWHERE:
        return []
    country = where.found.place.country
    # who fights in his own country fights there, though only a sentence before names the place
    if where.nearness < CLAUSE - 1 and states_of(actors) != {country}:
        return []
    civilian = any(scene.fits(head, "@people") for head in match.recipients) and any(
        core.lemma_.lower() in scene.lexicon.harm["civilian.word"]
        for head in match.recipients
        for core in scene.cores(head)
    )
    head = match.recipients[0] if match.recipients else match.trigger
    return [of_country(scene, head, country, "CVL" if civilian else "", raw)]


def affected_country(
    scene: Scene, match: Match, actors: Sequence[Party], where: Where | None, raw: RawText
) -> list[Party]:
    """The country that a deed without a told recipient concerns: under curfew, supplied, or left by the armed."""
    type_, mode = match.outcome.type, match.outcome.fallback
    head = match.recipients[0] if match.recipients else match.trigger
    known = where is not None and where.found.place.country not in NOWHERE
    eased = type_ == "CONCEDE" and any(scene.fits(head, kind) for head in match.objects for kind in EASED)
    if ((type_ == "COERCE" and mode in ORDERED) or eased) and actors:
        countries = {where.found.place.country} if where is not None and known else states_of(actors)
        return [of_country(scene, head, country, "CVL", raw) for country in sorted(countries)[:1]]
    if where is None or not known or not actors:
        return []
    country = where.found.place.country
    if (type_ == "AID" and where.nearness == CLAUSE) or (mode in CUTTING and where.nearness >= CLAUSE - 1):
        return [of_country(scene, head, country, "", raw)]
    if mode == "disarm" and all(sector_of(p) in IRREGULAR for p in actors) and country in states_of(actors):
        return [of_country(scene, head, country, "", raw)]
    foreign = country not in states_of(actors) or all(sector_of(p) in IRREGULAR for p in actors)
    if type_ == "RETREAT" and mode == "withdraw" and foreign and where.nearness >= CLAUSE - 1:
        return [of_country(scene, head, country, "", raw)]
    return []


def refused(scene: Scene, match: Match, raw: RawText) -> list[Party]:
    """Whom one refuses to deal with: "refused to meet the envoy"."""
    if match.outcome.type != "REJECT" or match.complement is None or not scene.fits(match.complement, "@dealing"):
        return []
    clause = clause_of(match.complement)
    heads = (*clause.objects, *clause.fillers.get("with", ()), *clause.fillers.get("to", ()))
    return [of_resolved(resolved, raw, scene) for resolved in parties(scene, heads, HARMED)]


def acting_crowd(scene: Scene, match: Match, where: Where | None, raw: RawText) -> list[Party]:
    """Those who protest, as people of the country where they do."""
    if where is None or where.found.place.country in NOWHERE:
        return []
    for head in match.actors:
        if scene.fits(head, "@unrest"):
            words = [child.lemma_.lower() for child in head.children]
            sector = next((CROWDS[word] for word in words if word in CROWDS), "CVL")
            return [of_country(scene, head, where.found.place.country, sector, raw)]
        for core in scene.cores(head):
            lemma = core.lemma_.lower()
            if lemma in CROWDS or any(scene.fits(core, kind) for kind in ("@people", "@crowdpeople", "@workers")):
                return [of_country(scene, core, where.found.place.country, CROWDS.get(lemma, "CVL"), raw)]
    return []


def demonstrated_against(scene: Scene, match: Match, where: Where | None, raw: RawText) -> list[Party]:
    """A protest against something that is no party is one against the government of the country."""
    if where is None or where.found.place.country in {"", "UNK", "INT"} or not match.recipients:
        return []
    return [of_country(scene, match.recipients[0], where.found.place.country, "GOV", raw)]


def own_government(match: Match, actors: Sequence[Party]) -> list[Party]:
    """Whom a protest is against when the text does not say: the government of those who protest."""
    countries = states_of(actors)
    if match.outcome.type != "PROTEST" or len(countries) != 1:
        return []
    country = next(iter(countries))
    return [replace(actors[0], id=f"{country}.GOV", name=country_name(country), via="country")]


def of_country(scene: Scene, head: Token, country: str, sector: str, raw: RawText) -> Party:
    """A party known only by its country and sector."""
    start, end = raw.span(scene, head.idx, head.idx + len(head))
    id_ = f"{country}.{sector}" if sector else country
    return Party(id_, country_name(country), head.text, start, end, "country")


def of_resolved(resolved: Resolved, raw: RawText, scene: Scene, sector: str = "") -> Party:
    """The record of a resolved party; `sector` is what the act implies for a bare country."""
    start, end = raw.span(scene, resolved.start, resolved.end)
    return Party(implied(resolved, sector), resolved.name, resolved.text, start, end, resolved.via)


def prosecutors(match: Match, recipients: Sequence[Party]) -> list[Party]:
    """Who charges somebody when the text does not say: the courts of his country."""
    countries = states_of(recipients)
    if match.outcome.type != "ACCUSE" or match.outcome.sector != "JUD" or match.actors or len(countries) != 1:
        return []
    country = next(iter(countries))
    return [replace(recipients[0], id=f"{country}.JUD", name=country_name(country), via="country")]
