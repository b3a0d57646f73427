"""What other sentences of the article tell of an event: who owned up to it, whom a liberated town was taken from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from streams.coding.draft import Draft
from streams.coding.merge_key import country
from streams.coding.supplied import sector_of
from streams.extending.grammar import grammar
from streams.records import Party

ARMED = frozenset({"MIL", "REB", "PRM"})
UNNAMED = frozenset({"UAF", "UNK"})
CALLED = {
    "ASSAULT": grammar("elsewhere.assault"),
    "COERCE": grammar("elsewhere.coerce"),
    "SANCTION": grammar("elsewhere.sanction"),
}
"""What deeds of a type are called by those who speak of them."""


def completed(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts with what others of them tell; those that only own up to a deed are gone."""
    return condemned(opposed(owned_up(drafts)))


def condemned(drafts: Sequence[Draft]) -> list[Draft]:
    """Who is blamed for "the strike": the doer of the last such deed that was told, unless it is the speaker's."""
    told = list(drafts)
    for number, draft in enumerate(told):
        if draft.type != "ACCUSE" or draft.recipients or not draft.about:
            continue
        mine = {country(party) for party in draft.actors}
        deed = next((other for other in reversed(told[:number]) if draft.about in CALLED.get(other.type, ())), None)
        if deed is not None and deed.actors and mine.isdisjoint(country(party) for party in deed.actors):
            told[number] = replace(draft, recipients=deed.actors)
    return told


def owned_up(drafts: Sequence[Draft]) -> list[Draft]:
    """Gives an attack by nobody known the actor who claims responsibility: the last attack told before, else after."""
    told = list(drafts)
    for number, claim in enumerate(told):
        if not claim.owning or claim.negated or claim.status != "happened" or not claim.actors:
            continue
        order = [*range(number - 1, -1, -1), *range(number + 1, len(told))]
        deed = next((other for other in order if unowned(told[other]) and told[other].entry == claim.entry), None)
        if deed is not None:
            told[deed] = replace(told[deed], actors=claim.actors)
    return [draft for draft in told if not draft.owning]


def unowned(draft: Draft) -> bool:
    """Whether an attack's doer is not known, or only as gunmen."""
    known = [party for party in draft.actors if sector_of(party) not in UNNAMED]
    return draft.type == "ASSAULT" and not draft.owning and not known


def opposed(drafts: Sequence[Draft]) -> list[Draft]:
    """Who retakes ground in his own country takes it from the enemy whom the article knows, not from the country."""
    enemies = fought(drafts)
    changed = []
    for draft in drafts:
        mine = {country(party) for party in draft.actors}
        own = draft.type == "ASSAULT" and draft.recipients and {country(party) for party in draft.recipients} == mine
        given = all(party.via == "country" for party in draft.recipients)
        enemy = enemies.get(next(iter(mine), "")) if own and given and len(mine) == 1 else None
        changed.append(replace(draft, recipients=(enemy,)) if enemy is not None else draft)
    return changed


def fought(drafts: Sequence[Draft]) -> dict[str, Party]:
    """For each country the one foreign force that fights it in this article, if there is just one."""
    seen: dict[str, Counter[str]] = {}
    parties: dict[str, Party] = {}
    for draft in drafts:
        if draft.type != "ASSAULT":
            continue
        for one, other in ((draft.actors, draft.recipients), (draft.recipients, draft.actors)):
            for party in other:
                if sector_of(party) in ARMED:
                    for side in one:
                        if country(side) != country(party):
                            seen.setdefault(country(side), Counter())[country(party)] += 1
                            parties.setdefault(country(party), party)
    return {side: parties[next(iter(found))] for side, found in seen.items() if len(found) == 1}
