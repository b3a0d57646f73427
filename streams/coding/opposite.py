"""Whom a threat, a refusal, a blame or a concession is meant for when only another clause of the sentence names him."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from streams.coding.clause import clause_of
from streams.coding.match import Match
from streams.coding.roles import SPOKESMEN, parties
from streams.coding.said import is_willed, reporting_verb
from streams.coding.scene import Scene
from streams.coding.tree import SUBJECTS, conjoined
from streams.extending.grammar import grammar
from streams.parsing.tokens import Token
from streams.records import EventType

OPPOSED: frozenset[EventType] = frozenset({"THREATEN", "REJECT", "ACCUSE", "CONCEDE"})
SUBJECT_MATTER = frozenset({"of", "about"})
CONDITIONS = grammar("opposite.conditions")


def with_opposites(scene: Scene, found: Sequence[Match]) -> list[Match]:
    """The matches of a sentence, each with the heads of whom it may be meant for."""
    return [
        replace(match, opposites=opposites(scene, match, found))
        if match.outcome.type in OPPOSED or is_willed(match.verb)
        else match
        for match in found
    ]


def opposites(scene: Scene, match: Match, found: Sequence[Match]) -> tuple[Token, ...]:
    """Of whom it is said, else whose deed is its condition, else the one other party that acts in the sentence."""
    own = ids(scene, match.actors)
    if not own:
        return ()
    others = tuple(head for other in found if other is not match for head in other.actors)
    for heads in (spoken_of(scene, match), conditional_subjects(match), others):
        strange = tuple(head for head in heads if opposed(ids(scene, (head,)), own))
        if strange and len({id_ for head in strange for id_ in ids(scene, (head,))}) == 1:
            return strange[:1]
    return ()


def opposed(theirs: set[str], own: set[str]) -> bool:
    """Whether these are parties of another country, or of another sector of the same one."""
    if not theirs or theirs & own:
        return False
    return not {id_.split(".")[0] for id_ in theirs} & {id_.split(".")[0] for id_ in own} or (
        all("." in id_ for id_ in theirs | own) and not {id_.split(".")[1] for id_ in theirs} & sectors(own)
    )


def sectors(own: set[str]) -> set[str]:
    """The sectors of the ids."""
    return {id_.split(".")[1] for id_ in own}


def ids(scene: Scene, heads: Sequence[Token]) -> set[str]:
    """What the phrases stand for, a bare country as its government."""
    found = {resolved.id for resolved in parties(scene, heads, SPOKESMEN)}
    return {id_ if "." in id_ or len(id_) != 3 else f"{id_}.GOV" for id_ in found if not id_.startswith("UNK")}


def spoken_of(scene: Scene, match: Match) -> tuple[Token, ...]:
    """Of whom the words are said: "X said of the new government"."""
    verb = reporting_verb(match.verb, scene.lexicon.governors)
    return conjoined(
        filler
        for child in (verb.children if verb is not None else ())
        if child.dep_ == "prep" and child.lower_ in SUBJECT_MATTER
        for filler in child.children
        if filler.dep_ == "pobj"
    )


def conditional_subjects(match: Match) -> tuple[Token, ...]:
    """Who does what the words make their condition: "would retaliate if Peru moved its troops"."""
    governed = (match.verb, *(() if match.complement is None else (match.complement,)))
    return tuple(
        head
        for verb in governed
        for child in verb.children
        if child.dep_ == "advcl" and any(grand.lower_ in CONDITIONS for grand in child.children)
        if any(grand.dep_ in SUBJECTS for grand in child.children)
        for head in clause_of(child).subjects
    )
