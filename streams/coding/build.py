"""From a match to a draft: who, where, when, whether, according to whom, with which figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from streams.coding.announcing import announced
from streams.coding.attribution import SPOKEN, attribution
from streams.coding.casualties import Harm, gather
from streams.coding.content import content_parties
from streams.coding.details import counts_of, words_of
from streams.coding.draft import Draft
from streams.coding.frames import Outcome
from streams.coding.judging import SPEAKING, Sides, enough, pointless
from streams.coding.match import Match
from streams.coding.modes import mode_of
from streams.coding.neighbours import faced
from streams.coding.quantities import amounts, weapons
from streams.coding.raw import RawText
from streams.coding.roles import ANY, HARMED, OWNED, SPOKESMEN, parties
from streams.coding.scene import Scene
from streams.coding.sentences import sentence_hash
from streams.coding.status import Factuality, factuality
from streams.coding.supplied import (
    UNNAMED,
    acting_crowd,
    affected_country,
    at_home,
    beside,
    demonstrated_against,
    facing,
    harmed_country,
    named,
    of_resolved,
    own_government,
    prosecutors,
    refused,
    settled,
    states_of,
    victims,
)
from streams.coding.where_when import Where, date_of, is_old, place_of
from streams.extending.grammar import grammar
from streams.parsing.tokens import Token
from streams.records import Casualties, DateWindow, Party, Status, Told

WITH_WEAPONS = frozenset({"ASSAULT", "AID", "MOBILIZE", "AGREE", "REQUEST", "COOPERATE"})
WITH_AMOUNTS = frozenset({"AID", "AGREE", "REQUEST", "SANCTION", "COOPERATE", "SUPPORT"})
WITH_HARM = frozenset({"ASSAULT", "PROTEST"})
TRIED = frozenset({"ASSAULT", "COERCE", "PROTEST", "REQUEST"})
"""Types whose attempt is an event of the type."""
AT_BEST = 0.08
"""What a mention with both sides in plain text is surer than its frame says."""
DATED = 0.15
"""How much surer a noun is that has a day of its own: "Tuesday's attack on the post"."""
LESS_SURE_STATUS: dict[str, float] = {"hypothetical": 0.3, "future": 0.15}
LESS_SURE_KIND: dict[str, float] = {"caption": 0.2, "heading": 0.08, "title": 0.08}
KNOWN = grammar("build.known")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What holds for a whole article: its day, and after how many days a past event is background."""

    published: DateWindow
    historical_days: int
    raw: RawText


def draft(
    scene: Scene, match: Match, heading: Scene | None, harmed: Sequence[Harm], around: Surroundings
) -> Draft | None:
    """The event that a match tells, or None if too little is told of it to be one."""
    fact = factuality(match.trigger if match.nominal else match.verb, scene.lexicon.governors)
    if fact.purpose or (fact.attempted and match.outcome.type not in TRIED):
        return None
    source = attribution(scene, match.verb, scene.lexicon.governors)
    match, fact = announced(scene, match, fact, source)
    outcome = match.outcome
    where = place_of(scene, match, heading)
    date, running = date_of(scene, match, around.published)
    sides = sides_of(scene, match, where, harmed, around.raw)
    if not enough(sides, match, where) or pointless(scene, match, sides, fact):
        return None
    status = final_status(fact, match, date, around, running=running)
    mode = "" if fact.attempted and outcome.type == "ASSAULT" else mode_of(match, scene.lexicon)
    told_by = of_resolved(source, around.raw, scene, "GOV") if source is not None else None
    sides = deeds_of_armies(sides, outcome, told_by)
    if told_by is not None and outcome.type in SPOKEN and told_by.id in {side.id for side in sides.actors}:
        told_by = None
    sentence = match.trigger.sent
    start, end = around.raw.span(scene, sentence.start_char, sentence.end_char)
    return Draft(
        type=outcome.type,
        mode=mode,
        actors=sides.actors,
        recipients=sides.recipients,
        mutual="mutual" in outcome.flags,
        date=date,
        place=around.raw.place(where) if where is not None else None,
        nearness=where.nearness if where is not None else 0,
        status=status,
        negated=fact.negated and not (fact.attempted and outcome.type == "ASSAULT"),
        attributed_to=told_by,
        casualties=gather(list(harmed)) if outcome.type in WITH_HARM else captured(harmed, outcome),
        amounts=amounts(sentence) if outcome.type in WITH_AMOUNTS else (),
        weapons=weapons(sentence, scene.lexicon) if outcome.type in WITH_WEAPONS else (),
        told=(Told(start, end, sentence_hash(sentence.text), scene.paragraph.kind),),
        trigger=around.raw.trigger(scene, match.trigger),
        sentence=sentence.text,
        words=frozenset(t.lemma_.lower() for t in sentence if t.pos_ in {"NOUN", "VERB", "PROPN", "NUM", "ADJ"}),
        links=links(scene, match),
        lemma=match.trigger.lemma_.lower(),
        confidence=confidence(match, sides, scene, status),
        entry=scene.paragraph.entry,
        about=about(match),
        things=words_of(sentence),
        counts=counts_of(sentence, scene.lexicon),
        owning="claim" in outcome.flags,
    )


def sides_of(scene: Scene, match: Match, where: Where | None, harmed: Sequence[Harm], raw: RawText) -> Sides:
    """The parties on both sides, each once, with what the place and the deed tell of them."""
    outcome = match.outcome
    acting = SPOKESMEN if outcome.type in SPEAKING else OWNED
    actors = [of_resolved(r, raw, scene, outcome.sector) for r in parties(scene, match.actors, acting)]
    if outcome.type == "MOBILIZE" and not match.actors:
        # forces that nobody is said to move are moved by those whose they are
        actors = [of_resolved(r, raw, scene, outcome.sector) for r in parties(scene, match.objects, OWNED)]
    kinds = OWNED if outcome.type == "CONSULT" else HARMED if outcome.type == "ASSAULT" else ANY
    recipients = [
        of_resolved(r, raw, scene, outcome.sector if "mutual" in outcome.flags or outcome.type == "CONSULT" else "")
        for r in parties(scene, match.recipients, kinds)
        if not (outcome.type == "ASSAULT" and r.via == "metonym")
    ]
    if outcome.type == "ASSAULT" and not recipients:
        heads = [head for harm in harmed for head in harm.heads]
        recipients = [of_resolved(r, raw, scene) for r in parties(scene, heads, HARMED)]
    actors = beside(settled(named(actors), where))
    recipients = beside(at_home(actors, settled(recipients, where, UNNAMED)))
    actors = facing(actors, recipients)
    if outcome.type in {"ASSAULT", "AID"}:
        recipients = victims(actors, recipients, where)
    if outcome.type == "PROTEST":
        actors = actors or acting_crowd(scene, match, where, raw)
        recipients = recipients or demonstrated_against(scene, match, where, raw)
    if outcome.type in {"ASSAULT", "AID", "SANCTION", "SUPPORT", "AGREE"} or outcome.fallback == "visit":
        recipients = recipients or harmed_country(scene, match, actors, where, raw)
    recipients = (
        recipients
        or refused(scene, match, raw)
        or content_parties(scene, match, actors, raw)
        or faced(scene, match, actors, raw)
        or affected_country(scene, match, actors, where, raw)
        or own_government(match, actors)
        or [of_resolved(r, raw, scene) for r in parties(scene, match.opposites, SPOKESMEN)]
    )
    actors = actors or prosecutors(match, recipients)
    names = {side.id for side in actors}
    own = states_of(actors) if outcome.type in SPEAKING else set()
    others = tuple(p for p in recipients if p.id not in names and not (p.via == "pronoun" and p.id in own))
    return Sides(tuple(actors), others)


def deeds_of_armies(sides: Sides, outcome: Outcome, source: Party | None) -> Sides:
    """What a ministry says that "it" struck, its army struck: messengers are not actors."""
    if outcome.type != "ASSAULT" or source is None:
        return sides
    country = source.id.split(".")[0]
    actors = tuple(
        replace(p, id=f"{country}.MIL") if p.id in {f"{country}.GOV", country} and source.id.startswith(p.id) else p
        for p in sides.actors
    )
    return replace(sides, actors=actors)


def final_status(fact: Factuality, match: Match, date: DateWindow, around: Surroundings, *, running: bool) -> Status:
    """Status with the date taken into account: old is background, since then is ongoing."""
    if is_old(date, around.published, around.historical_days):
        return "historical"
    if match.outcome.type in SPOKEN and fact.status == "ongoing":
        return "happened"
    if fact.status == "happened" and (running or "ongoing" in match.outcome.flags):
        return "ongoing"
    return fact.status


def about(match: Match) -> str:
    """What is spoken of as known: "condemned the strike", "welcomed their release"; empty for anything else."""
    for head in match.objects if match.outcome.type in SPEAKING else ():
        if any(child.dep_ in {"det", "poss"} and child.lower_ in KNOWN for child in head.children):
            return head.lemma_.lower()
    return ""


def captured(harmed: Sequence[Harm], outcome: Outcome) -> Casualties:
    """Of people harmed only those captured belong to an arrest or a release."""
    if outcome.type not in {"COERCE", "RETREAT", "AID"}:
        return Casualties()
    return gather([harm for harm in harmed if harm.kind == "captured"])


def links(scene: Scene, match: Match) -> frozenset[tuple[int, int]]:
    """The tokens that tie two triggers of one sentence together: the trigger, its verb, and what that governs."""
    tied: set[Token] = {match.trigger, match.verb}
    tied.update(match.actors)
    tied.update(c for c in match.verb.children if c.dep_ in {"advcl", "nsubj", "nsubjpass", "agent", "dobj", "conj"})
    return frozenset((scene.number, token.i) for token in tied)


def confidence(match: Match, sides: Sides, scene: Scene, status: Status) -> float:
    """How sure the coding is, from 0 to 1: the share that was right of such mentions on the development annotations."""
    value = match.confidence + AT_BEST + (DATED if match.nominal and is_dated(match.trigger) else 0.0)
    if not sides.actors:
        value -= 0.2
    elif sides.actors[0].via == "pronoun" or sides.actors[0].id.startswith("UNK"):
        value -= 0.1
    if not sides.recipients and len(sides.actors) < 2:
        value -= 0.28 if match.nominal else 0.08
    value -= LESS_SURE_STATUS.get(status, 0.0) + LESS_SURE_KIND.get(scene.paragraph.kind, 0.0)
    return round(max(0.0, min(1.0, value)), 3)


def is_dated(noun: Token) -> bool:
    """Whether a day or week is said to be the noun's."""
    return any(child.dep_ == "poss" and child.ent_type_ == "DATE" for child in noun.children)
