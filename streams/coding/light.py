"""Nouns that tell their event with a light verb: "carried out a strike on", "imposed sanctions on"."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from streams.coding.clause import Clause, clause_of, is_passive, surface_subject
from streams.coding.frames import NounFrame
from streams.coding.nominal import noun_fillers, noun_matches
from streams.coding.roles import OWNED, parties
from streams.coding.scene import JOINT, Scene
from streams.coding.slots import BESIDE, alone
from streams.coding.tree import conjoined
from streams.extending.grammar import grammar
from streams.parsing.tokens import Token

CIVIL = frozenset({"LAB", "MED", "EDU", "AGR", "BUS", "JRN", "SOC", "REL"})
"""Sectors whose strike is no attack."""
ACTING = ("party", "asset", "@weapon")
PARTAKING = grammar("light.partaking")
"""Verbs that may say that somebody joins something."""
ENDING = grammar("light.ending")
"""Particles that turn a light verb round: a strike called off is no strike."""


@dataclass(frozen=True, slots=True)
class Light:
    """A noun's frame that a light verb carries, with the heads of its roles."""

    noun: Token
    frame: NounFrame
    actors: tuple[Token, ...]
    recipients: tuple[Token, ...]


def carried(scene: Scene, verb: Token, spent: AbstractSet[int]) -> Light | None:
    """The first noun with a frame that this verb carries.

    A noun that is `spent` has told its event with another verb: "signed an accord brokered by".
    """
    lemma = verb.lemma_.lower()
    lemmas = {lemma, f"{lemma}e"}
    if lemmas.isdisjoint(scene.lexicon.carriers) and verb.lemma_ not in PARTAKING:
        return None
    clause = clause_of(verb)
    if (clause.particles & ENDING).difference(clause.fillers):
        return None
    handed = second_objects(verb)
    joined = shared(verb, clause)
    if joined:
        lemmas = {"join"}
    for head in joined or (*counted(scene, clause.objects), *handed):
        for frame in () if head.i in spent else noun_matches(scene, head):
            fits = frame.light and not lemmas.isdisjoint(scene.lexicon.light[frame.light])
            if fits and allowed(scene, frame, clause, joined or clause.objects):
                return roles(scene, head, frame, clause, taker=surface_subject(verb) if head in handed else ())
    return None


def counted(scene: Scene, heads: Sequence[Token]) -> list[Token]:
    """The objects; of a measure what it measures: "wrapped up two days of talks"."""
    return [core for head in heads for core in scene.cores(head) if core.dep_ != "appos"]


def shared(verb: Token, clause: Clause) -> tuple[Token, ...]:
    """What the subject has a part in, and so joins: "took part in a march", "participated in talks"."""
    part = verb.lemma_ == "take" and any(head.lemma_ == "part" for head in clause.objects)
    return clause.fillers.get("in", ()) if part or verb.lemma_ == "participate" else ()


def second_objects(verb: Token) -> tuple[Token, ...]:
    """What somebody is handed, in the passive: "he was given a sentence of nine years"."""
    return conjoined(child for child in verb.children if child.dep_ == "dobj") if is_passive(verb) else ()


def roles(scene: Scene, head: Token, frame: NounFrame, clause: Clause, taker: tuple[Token, ...]) -> Light:
    """Who plays the roles: the verb's subject acts, unless the verb is one of receiving."""
    own = noun_fillers(head)
    fillers = {name: (*own.get(name, ()), *clause.fillers.get(name, ())) for name in {*own, *clause.fillers}}
    if clause.verb.lemma_.lower() in scene.lexicon.light["taking"]:
        givers = first_of(scene, fillers, ("from", "by", *frame.actor))
        return Light(head, frame, givers, clause.subjects)
    recipients = taker or first_of(scene, fillers, frame.recipient) or clause.indirect
    return Light(head, frame, clause.subjects or first_of(scene, own, frame.actor), recipients)


def allowed(scene: Scene, frame: NounFrame, clause: Clause, heads: Sequence[Token]) -> bool:
    """Whether the subject of the light verb can be the actor; a joint exercise needs a word that says so."""
    head_words = {child.lower_ for head in heads for child in head.children}
    together = bool(head_words & JOINT) or several(scene, clause.subjects)
    together = together or (bool(set(BESIDE) & clause.fillers.keys()) and not alone(scene, clause))
    if {"joint", "soloexercise"} & frame.outcome.flags and together != ("joint" in frame.outcome.flags):
        return False
    if frame.outcome.type == "PROTEST":
        return True
    if frame.outcome.type == "ASSAULT" and clause.subjects and unarmed(scene, clause.subjects[0]):
        return False
    return not clause.subjects or any(scene.fits(s, kind) for s in clause.subjects for kind in ACTING)


def several(scene: Scene, heads: Sequence[Token]) -> bool:
    """Whether the phrases are of several countries: "Indian and Vietnamese ships"."""
    found = parties(scene, heads, OWNED)
    return len({party.country for party in found if party.country is not None}) > 1


def unarmed(scene: Scene, subject: Token) -> bool:
    """Whether those who act have no arms: the strike of doctors is no attack."""
    party = scene.party(subject)
    return party is not None and party.sector in CIVIL


def first_of(scene: Scene, fillers: dict[str, tuple[Token, ...]], sources: Sequence[str]) -> tuple[Token, ...]:
    """The heads of the first source that names a party, else of the first that gives any."""
    given = [fillers[source] for source in sources if fillers.get(source)]
    named = (heads for heads in given if any(scene.is_party(core) for head in heads for core in scene.cores(head)))
    return next(named, given[0] if given else ())
