"""Crowds, and people under the law, whose country no phrase tells: that of the place, or of whose law it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from streams.coding.match import Match
from streams.coding.raw import RawText
from streams.coding.scene import Scene, before
from streams.coding.supplied import BODIES, NOWHERE, of_country, sector_of, states_of
from streams.coding.where_when import Where
from streams.parsing.tokens import Token
from streams.records import Party

NEAR = 2
"""Least nearness of a place that tells where a crowd is: of the sentence."""
RULED = ("@people", "@detainee", "@opposition2", "@gathering", "@media", "@quantity", "@prisoner")
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


def foreign(scene: Scene, head: Token) -> bool:
    """Whether they are said to be of abroad."""
    return any(child.lower_ in {"foreign", "overseas"} for core in scene.cores(head) for child in core.children)
