"""Tellings of one event within an article, joined: the lead, the caption and a later paragraph are one mention."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from streams.coding.attribution import SPOKEN
from streams.coding.casualties import together
from streams.coding.details import MOST_COUNTS, MOST_WORDS, first_of
from streams.coding.draft import Draft
from streams.coding.merge_key import country
from streams.records import Party, Place, Told

ENOUGH = 4.0
ENOUGH_ABOVE = 2.0
"""For a heading, a title or a caption, which mostly tell in other words what the body tells."""
MEETINGS = frozenset({"CONSULT", "AGREE", "COOPERATE"})
FINE = frozenset({"point", "city", "named"})


def joined(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts with those that tell one event made one, in the order of the text."""
    kept: list[Draft] = []
    for draft in drafts:
        best = max(range(len(kept)), key=lambda i: likeness(kept[i], draft), default=None)
        above = best is not None and (kept[best].kind == "body") != (draft.kind == "body")
        if best is not None and likeness(kept[best], draft) >= (ENOUGH_ABOVE if above else ENOUGH):
            kept[best] = union(kept[best], draft)
        else:
            kept.append(draft)
    return kept


def likeness(first: Draft, second: Draft) -> float:
    """How much speaks for one event; minus one where something speaks against it."""
    if not compatible(first, second):
        return -1.0
    if first.links & second.links or one_crowd(first, second):
        return ENOUGH + 1.0
    score = 2.0 * shares(first.actors, second.actors) + 2.0 * shares(first.recipients, second.recipients)
    if first.mutual or second.mutual:
        score = 2.0 * min(2, len(common((*first.actors, *first.recipients), (*second.actors, *second.recipients))))
    score += same_place(first.place, second.place)
    score += 0.5 * (first.lemma == second.lemma) + 0.5 * bool(first.mode and first.mode == second.mode)
    killed = first.casualties.killed
    if killed is not None and second.casualties.killed is not None and killed.max > 0:
        score += 2.0 if killed.min == second.casualties.killed.min else 0.0
    return score + 3.0 * overlap(first.words, second.words) - (1.0 if first.type in SPOKEN else 0.0)


def compatible(first: Draft, second: Draft) -> bool:
    """Whether nothing told speaks against one event."""
    real = {"happened", "ongoing"}
    same = first.type == second.type and first.negated == second.negated
    if not same or (first.status != second.status and not {first.status, second.status} <= real):
        return False
    if not modes_agree(first, second) or not dates_agree(first, second):
        return False
    if distinct(first.casualties.killed, second.casualties.killed) or not places_agree(first.place, second.place):
        return False
    return parties_agree(first, second)


def parties_agree(first: Draft, second: Draft) -> bool:
    """Whether both sides can be the same; of mutual events the parties taken together."""
    if first.mutual or second.mutual:
        return bool(common((*first.actors, *first.recipients), (*second.actors, *second.recipients)))
    if not agree(first.actors, second.actors):
        return False
    return agree(first.recipients, second.recipients) or victims_agree(first, second) or one_crowd(first, second)


def victims_agree(first: Draft, second: Draft) -> bool:
    """Whether those hit are told in two ways: a school and its children, in one sentence or one town."""
    if first.type != "ASSAULT" or not {country(p) for p in first.recipients} & {country(p) for p in second.recipients}:
        return False
    near = first.place is not None and second.place is not None and first.place.id == second.place.id
    return bool(first.links & second.links) or (near and first.place is not None and first.place.precision in FINE)


def distinct(first: object, second: object) -> bool:
    """Whether two figures exclude each other widely; a rising toll does not."""
    ours, theirs = getattr(first, "min", None), getattr(second, "min", None)
    return bool(ours and theirs and max(ours, theirs) > 3 * min(ours, theirs))


def modes_agree(first: Draft, second: Draft) -> bool:
    """Whether the modes can be two words for one deed."""
    if first.mode == second.mode or one_crowd(first, second):
        return True
    apart = {"territory", "abduct", "crowd-control", "sexual", "torture", "siege"}
    if not first.mode or not second.mode:
        return not {first.mode, second.mode} & apart
    return first.type == "ASSAULT" and not {first.mode, second.mode} & apart


def one_crowd(first: Draft, second: Draft) -> bool:
    """Whether one crowd does several things in one sentence: "looted a store and overturned police cars"."""
    same = first.type == second.type == "PROTEST" and first.sentence == second.sentence
    return same and bool(shares(first.actors, second.actors))


def dates_agree(first: Draft, second: Draft) -> bool:
    """Whether the windows overlap; a date that is only the publication's gives way."""
    ours, theirs = first.date, second.date
    if ours.evidence != "text" or theirs.evidence != "text":
        return True
    if ours.from_ is None or ours.to is None or theirs.from_ is None or theirs.to is None:
        return True
    return ours.from_ <= theirs.to and theirs.from_ <= ours.to


def one(first: Party, second: Party) -> bool:
    """Whether two ids are one party, the one told finer than the other; an unknown country or sector says nothing."""
    ours, theirs = first.id.removesuffix(".UNK"), second.id.removesuffix(".UNK")
    if "UNK" in {ours[:3], theirs[:3]} and ours[3:] and theirs[3:]:
        return ours[3:] == theirs[3:]
    return ours == theirs or ours.startswith(theirs + ".") or theirs.startswith(ours + ".")


def common(first: Iterable[Party], second: Sequence[Party]) -> list[Party]:
    """The parties of the first list that the second has too."""
    return [party for party in first if any(one(party, other) for other in second)]


def agree(first: Sequence[Party], second: Sequence[Party]) -> bool:
    """Whether two sides can be the same: one is not told, or they share a party."""
    return not first or not second or bool(common(first, second))


def shares(first: Sequence[Party], second: Sequence[Party]) -> int:
    """1 if both sides are told and share a party."""
    return int(bool(first and second and common(first, second)))


def places_agree(first: Place | None, second: Place | None) -> bool:
    """Whether one place lies in the other, or one is not told."""
    if first is None or second is None or first.id == second.id or first.name == second.name:
        return True
    return second.id.startswith(first.id + ".") or first.id.startswith(second.id + ".")


def same_place(first: Place | None, second: Place | None) -> float:
    """2 for one town, 1 for a place within another, 0 where one is not told."""
    if first is None or second is None:
        return 0.0
    if first.id == second.id:
        return 2.0 if first.precision in FINE else 1.0
    return 0.5


def overlap(first: frozenset[str], second: frozenset[str]) -> float:
    """Share of the content words of the shorter sentence that the other has."""
    smaller = min(len(first), len(second))
    return len(first & second) / smaller if smaller else 0.0


def union(first: Draft, second: Draft) -> Draft:
    """One draft that knows what both tell. The founder is the first told in the body."""
    founder, other = (second, first) if first.kind != "body" and second.kind == "body" else (first, second)
    sides = united_sides(founder, other)
    place = finer(founder, other)
    return replace(
        founder,
        mode=founder.mode or other.mode,
        actors=sides[0],
        recipients=sides[1],
        date=founder.date if founder.date.evidence == "text" else other.date,
        place=place.place,
        nearness=place.nearness,
        attributed_to=source(first, second),
        casualties=together(founder.casualties, other.casualties),
        amounts=founder.amounts or other.amounts,
        weapons=tuple(dict.fromkeys((*founder.weapons, *other.weapons))),
        told=tuple(sorted({*first.told, *second.told}, key=lambda told: (told.start, told.end))),
        words=first.words | second.words if first.sentence == second.sentence else founder.words,
        links=first.links | second.links,
        things=first_of((*founder.things, *other.things), MOST_WORDS),
        counts=tuple(dict.fromkeys((*founder.counts, *other.counts)))[:MOST_COUNTS],
        confidence=round(min(0.98, max(first.confidence, second.confidence) + 0.05), 3),
    )


def united_sides(founder: Draft, other: Draft) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Both sides with every party told, each as finely as it is told anywhere."""
    actors = united(founder.actors, other.actors)
    if founder.mutual and other.mutual:
        taken = united(founder.recipients, tuple(p for p in (*other.actors, *other.recipients)))
        return united(founder.actors, other.actors if not founder.actors else ()), tuple(
            party for party in taken if not common([party], founder.actors)
        )
    if not agree(founder.recipients, other.recipients):
        return actors, founder.recipients
    return actors, united(founder.recipients, other.recipients)


def united(first: Sequence[Party], second: Sequence[Party]) -> tuple[Party, ...]:
    """The parties of both lists, the finer of two that are one."""
    result = list(first)
    for party in second:
        same = next((number for number, known in enumerate(result) if one(known, party)), None)
        if same is None:
            result.append(party)
        elif len(party.id) > len(result[same].id):
            result[same] = party
    return tuple({party.id: party for party in result}.values())


def finer(first: Draft, second: Draft) -> Draft:
    """The draft with the better place: told at all, finer, nearer."""
    if first.place is None or second.place is None:
        return first if second.place is None else second
    depth = first.place.id.count("."), second.place.id.count(".")
    if depth[0] != depth[1]:
        return first if depth[0] > depth[1] else second
    return first if first.nearness >= second.nearness else second


def source(first: Draft, second: Draft) -> Party | None:
    """The source named; none where the body tells the event in the article's own voice."""
    told = [draft for draft in (first, second) if draft.kind == "body"] or [first, second]
    if any(draft.attributed_to is None for draft in told):
        return None
    return told[0].attributed_to


def founding(told: Sequence[Told]) -> Told:
    """The telling that founds the mention: the first in the body, else the first."""
    return next((one_told for one_told in told if one_told.kind == "body"), told[0])
