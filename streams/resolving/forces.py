"""Whose the armed are that no name owns: the troops a president thanks, the men of a capital who attack."""

from __future__ import annotations

from collections.abc import Callable

from streams.parsing.tokens import Token
from streams.resolving.actor_words import actor_words
from streams.resolving.actors import Actor, Role
from streams.resolving.addressed import subject_of

_COMMAND = frozenset({"GOV", "MIL"})
_GROUPS = _COMMAND | {"REB", "PRM", "PRE", "UAF", "CRM", None}


def own_forces(head: Token, role: Role, resolve: Callable[[Token], Actor | None]) -> Actor | None:
    """The forces of the leader who thanks, visits or addresses them; None when nobody does."""
    armed = role.sector in {"MIL", "REB"} and not role.office
    if not armed or head.lemma_.lower() not in actor_words()["ranks"] or head.tag_ not in {"NNS", "NNPS"}:
        return None
    verb = head.head if head.dep_ in {"dobj", "dative"} else None
    if head.dep_ == "pobj" and head.head.lower_ in {"to", "with", "for"}:
        verb = head.head.head
    if verb is None or verb.lemma_.lower() not in actor_words()["honouring"]:
        return None
    subject = subject_of(verb)
    leader = resolve(subject) if subject is not None else None
    if leader is None or not leader.person or leader.sector not in _COMMAND or leader.country is None:
        return None
    return Actor(f"{leader.country}.MIL", head.text, plural=True)


def is_flown(head: Token) -> bool:
    """Whether fighters are planes: what is scrambled, flies, or is named with other planes."""
    if head.lemma_.lower() not in actor_words()["airborne"]:
        return False
    near = [head.head, *head.children, *head.conjuncts]
    return any(token.lemma_.lower() in actor_words()["flying"] for token in near)


def are_armed(head: Token, owner: Actor) -> bool:
    """Whether somebody's men are his fighters: armed groups' always, governments' in a violent act."""
    if head.lemma_.lower() not in actor_words()["men"] or head.tag_ not in {"NNS", "NNPS"}:
        return False
    if owner.sector not in _GROUPS:
        return False
    violent = head.dep_ in {"nsubj", "nsubjpass", "dobj"} and head.head.lemma_.lower() in actor_words()["violent"]
    return violent or (owner.sector in _GROUPS - _COMMAND and owner.sector is not None)
