"""Crowds, and people under the law, whose country no phrase tells: that of the place, or of whose law it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from streams.coding.clause import clause_of
from streams.coding.match import Match
from streams.coding.raw import RawText
from streams.coding.scene import Scene, before
from streams.coding.supplied import BODIES, NOWHERE, of_country, sector_of, states_of
from streams.coding.where_when import Where
from streams.extending.grammar import grammar
from streams.parsing.tokens import Token
from streams.records import Party

NEAR = 2
"""Least nearness of a place that tells where a crowd is: of the sentence."""
REASONS = ("for", "over", "of", "on", "with")
PRIVATE = grammar("nationals.private")
"""Crimes that are no politics, whoever commits them."""
KILLING = grammar("nationals.killing")
KIN = grammar("nationals.kin")
RULED = ("@people", "@home", "@detainee", "@opposition2", "@gathering", "@media", "@quantity", "@prisoner")
"""Whom a state arrests, bans or silences at home unless the text says otherwise."""


def marching(scene: Scene, match: Match, actors: Sequence[Party], where: Where | None) -> list[Party]:
    """A crowd that no word gives a country is of the country where it protests, not of the one it protests against."""
    if match.outcome.type != "PROTEST" or where is None or where.nearness < NEAR:
        return list(actors)
    country = where.found.place.country
    if country in NOWHERE or any(is_owned(scene, core) for head in match.actors for core in scene.cores(head)):
        return list(actors)
    return [replace(p, id=".".join([country, *p.id.split(".")[1:]])) if p.via == "role" else p for p in actors]


def is_owned(scene: Scene, head: Token) -> bool:
    """Whether a word before a role or behind it tells whose people they are: "Kenyan", "their", "of Okinawa"."""
    behind = [filler for child in head.rights if child.dep_ == "prep" for filler in child.children]
    told = (*before(head), *behind)
    return any(child.tag_ == "PRP$" for child in head.children) or any(
        scene.is_party(one) or scene.place(one) is not None for one in told
    )


def ruled(scene: Scene, match: Match, actors: Sequence[Party], raw: RawText) -> list[Party]:
    """Whom police, courts and ministries hold or ban, when no phrase tells his country: their own people."""
    countries = states_of(actors)
    if match.outcome.type != "COERCE" or len(countries) != 1 or not {sector_of(p) for p in actors} <= BODIES | {"SPY"}:
        return []
    for head in match.recipients:
        if any(scene.fits(head, kind) for kind in RULED) and not foreign(scene, head):
            return [of_country(scene, head, next(iter(countries)), "", raw)]
    return []


def penalty(match: Match, actors: Sequence[Party], recipients: Sequence[Party]) -> Match:
    """What a state does to the property of people abroad is a sanction; at home it is coercion (flag `penalty`)."""
    theirs = states_of(recipients)
    if "penalty" not in match.outcome.flags or not actors or not theirs or theirs & states_of(actors):
        return match
    return match.made(("SANCTION", "discontinue"), "GOV")


def private_crime(match: Match, actors: Sequence[Party], recipients: Sequence[Party]) -> bool:
    """Whether police or courts only deal with a crime among private people: "arrested a man for robbing a bank"."""
    if match.outcome.fallback not in {"arrest", "convict"} or not states_of(recipients) <= states_of(actors):
        return False
    if not recipients or any(p.via not in {"role", "pronoun"} or sector_of(p) != "CVL" for p in recipients):
        return False
    fillers = clause_of(match.verb).fillers
    reasons = [head for word in REASONS for head in fillers.get(word, ())]
    reasons += [
        filler for head in reasons for child in head.rights if child.lower_ == "of" for filler in child.children
    ]
    return any(
        token.lemma_.lower() in PRIVATE or (token.lemma_.lower() in KILLING and any(map(is_kin, token.subtree)))
        for token in reasons
    )


def is_kin(token: Token) -> bool:
    """Whether it is somebody of one's own house."""
    return token.lemma_.lower() in KIN


def foreign(scene: Scene, head: Token) -> bool:
    """Whether they are said to be of abroad."""
    return any(child.lower_ in {"foreign", "overseas"} for core in scene.cores(head) for child in core.children)
