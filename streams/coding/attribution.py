"""Whom the text names as the source of an event."""

from __future__ import annotations

from collections.abc import Mapping

from streams.coding.clause import surface_subject
from streams.coding.said import aside_of
from streams.coding.scene import Scene
from streams.coding.tree import is_verb
from streams.parsing.tokens import Token
from streams.records import EventType
from streams.resolving.discourse import Resolved

SPOKEN: frozenset[EventType] = frozenset(
    {"REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT", "AGREE", "CONCEDE"}
)  # fmt: skip


def attribution(scene: Scene, verb: Token, governors: Mapping[str, frozenset[str]]) -> Resolved | None:
    """The party that is said to have told it: "X said that ...", "according to X"."""
    current = verb
    for _ in range(8):
        source = according(scene, current) or beside(scene, current, governors)
        if source is not None:
            return source
        head = current.head
        if head == current:
            return None
        below = current.dep_ in {"ccomp", "xcomp", "advcl", "parataxis", "acl"}
        if below and is_verb(head) and head.lemma_.lower() in governors["reporting"]:
            return speaker(scene, head)
        current = head
    return None


def according(scene: Scene, verb: Token) -> Resolved | None:
    """The party of an "according to" at this verb, or of an "X said" beside it."""
    for child in verb.children:
        if child.lower_ == "according":
            for preposition in child.children:
                for filler in preposition.children:
                    if filler.dep_ == "pobj":
                        return scene.party(filler)
    return None


def beside(scene: Scene, verb: Token, governors: Mapping[str, frozenset[str]]) -> Resolved | None:
    """The party of a verb of reporting that the parser hung on what it tells: "troops left, officials said"."""
    aside = aside_of(verb, governors)
    return speaker(scene, aside) if aside is not None and aside.lemma_.lower() in governors["reporting"] else None


def speaker(scene: Scene, verb: Token) -> Resolved | None:
    """The party that is the subject of a verb of reporting."""
    for subject in surface_subject(verb):
        for core in scene.cores(subject):
            resolved = scene.party(core)
            if resolved is not None and resolved.sector != "JRN":
                return resolved
    return None
