"""Where somebody stands whom the text describes: in opposition, out of office, in a national branch of something."""

from __future__ import annotations

from dataclasses import replace

from streams.parsing.tokens import Token
from streams.resolving.actor_words import actor_words
from streams.resolving.actors import Actor, Role
from streams.resolving.page import Name, Page

_POLITICAL = frozenset({"LEG", "PTY", "UNK", ""})
"""Sectors of politicians, who may be of the opposition."""
_OFFICES = frozenset({"GOV", "LEG"})
_BETWEEN = frozenset({"arab", "'s", "’s"})
"""What may stand between a country and the name of its branch: "the Syrian Arab Red Crescent"."""


def in_standing(page: Page, role: Role, start: int, head: Token) -> Role:
    """The role of a phrase from `start` to its head, changed by the words that say where its people stand."""
    if role.phrase in actor_words()["ranked"] and head.i - start <= 1 and _among_police(page, head):
        return replace(role, sector="COP")
    words = {token.lower_ for token in page.doc[start : head.i]}
    if words & actor_words()["retired"] and role.sector in _OFFICES and role.person:
        return replace(role, sector="ELI", office="")
    partisan = role.sector in _POLITICAL or role.phrase in actor_words()["partisan"]
    if words & actor_words()["opposed"] and partisan:
        return replace(role, sector="OPP")
    return role


def _among_police(page: Page, head: Token) -> bool:
    """Whether the sentence speaks of police and of no soldiers: "a police post ..., killing four officers"."""
    sentence = head.sent
    near = [page.role(at) for at in range(sentence.start, sentence.end) if at in page.roles and at != head.i]
    sectors = {role.sector for role in near if role is not None}
    police = any(token.lower_ == "police" for token in sentence)
    return (police or "COP" in sectors) and "MIL" not in sectors


def is_retired(page: Page, start: int, end: int) -> bool:
    """Whether the words before a name say that an office is no longer held."""
    return any(token.lower_ in actor_words()["retired"] for token in page.doc[start:end])


def named_in_standing(page: Page, name: Name) -> Actor:
    """Who a name stands for: a party called the opposition's, a country's branch of an organisation, else as listed."""
    actor, before = name.actor, name.start - 1
    parts = actor.id.split(".")
    if parts[1:2] == ["PTY"] and before >= 0 and page.doc[before].lower_ in actor_words()["opposed"]:
        return replace(actor, id=".".join([parts[0], "OPP", *parts[2:]]))
    if parts[-1] in actor_words()["branches"] and (country := _branch_of(page, name)):
        return replace(actor, id=f"{country}.SOC.{parts[-1]}")
    return actor


def _branch_of(page: Page, name: Name) -> str | None:
    """The country right before the name of an organisation, or behind its "of"."""
    before, after = name.start - 1, name.end
    while before > 0 and page.doc[before].lower_ in _BETWEEN:
        before -= 1
    if after + 1 < len(page.doc) and page.doc[after].lower_ == "of":
        after += 2 if page.doc[after + 1].lower_ == "the" else 1
        before = after
    owner = page.names.get(before)
    return owner.actor.country if owner is not None and owner.kind in {"country", "nationality"} else None
