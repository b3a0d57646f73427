"""Whom a role belongs to: `Russian troops`, `Ukraine's foreign minister`, `the president of France`, `its army`."""

from __future__ import annotations

from dataclasses import dataclass

from streams.parsing.tokens import Token
from streams.records import Via
from streams.resolving.actor_words import actor_words
from streams.resolving.actors import WITHOUT_COUNTRY, Actor, Role
from streams.resolving.page import Name, Page, backing, role_path

_MODIFIERS = frozenset({"amod", "compound", "poss", "nmod", "det", "nummod", "npadvmod", "punct", "quantmod", "advmod"})
_ARMED = frozenset({"MIL", "REB", "UAF", "SPY", "COP", "UNK", "CRM"})
POLITICAL = frozenset({"LEG", "PTY", "UNK", ""})
"""Sectors of politicians who may be of the opposition."""
_OF = frozenset({"of"})
_INSIDE = frozenset({"of", "from"})
"""Prepositions whose noun tells by its own modifiers whose it is: "refugees from Sudan's west"."""
_FROM = frozenset({"in", "from", "at", "for", "across"})


@dataclass(frozen=True, slots=True)
class Owner:
    """Whom a role belongs to, and how the text said so."""

    actor: Actor
    via: Via

    def path(self, role: Role) -> str:
        """The id of those in `role` who belong to this owner."""
        parts = self.actor.id.split(".")
        if parts[1:2] == ["OPP"] and (role.sector in POLITICAL or role.phrase in actor_words()["partisan"]):
            return ".".join(parts[:2])
        if parts[0] in WITHOUT_COUNTRY:
            return self.actor.id if not self.actor.person else ".".join(parts[:2])
        if len(parts) == 1:
            charity = role.group and role.sector.startswith("NGO.")
            return f"{parts[0]}.SOC" if charity else role_path(role, parts[0])
        if self.actor.person:
            return f"{parts[0]}.{parts[1]}" if role.generic or parts[1] == "REB" else role_path(role, parts[0])
        if parts[1] == "CVL" and role.sector == "REB":
            return role_path(role, parts[0])
        fits = role.generic or role.sector == parts[1] or {role.sector, parts[1]} <= _ARMED
        return self.actor.id if fits and (len(parts) == 3 or role.generic) else role_path(role, parts[0])


def left_edge(page: Page, head: Token) -> int:
    """First token of the modifiers that stand before `head` without a gap."""
    found = page.roles.get(head.i)
    left = min(head.i, found.start if found else head.i)
    for child in head.lefts:
        if child.dep_ in _MODIFIERS:
            left = min(left, child.left_edge.i)
    return left


def extent(page: Page, head: Token) -> tuple[int, int]:
    """The tokens of a role's noun phrase: its modifiers without a determiner, and the role itself."""
    start = left_edge(page, head)
    found = page.roles.get(head.i)
    end = max(head.i + 1, found.end if found else 0)
    while start < head.i and (page.doc[start].dep_ == "det" or page.doc[start].is_punct):
        start += 1
    return start, end


def named_owner(page: Page, head: Token, start: int) -> Owner | None:
    """A country, organisation or person in the noun phrase itself, before the role or after `of` and `from`."""
    before = _names_between(page, left_edge(page, head), start)
    if before:
        at = len(before) - 1
        while at > 0 and page.doc[before[at].start - 1].lower_ in {"and", ",", "or"}:
            at -= 1
        organisation = next((name for name in before if name.kind == "organisation"), None)
        return _owner(organisation or before[at])
    for preposition in head.rights:
        word = preposition.lower_
        if preposition.dep_ != "prep" or word not in _OF | _FROM:
            continue
        close = word in _OF or speaks_for(page, head, word)
        for child in preposition.children:
            name = page.names.get(child.i)
            if child.dep_ == "pobj" and name is not None and (close or name.kind in {"country", "city", "seat"}):
                return _owner(name)
            if child.dep_ == "pobj" and name is None and word in _INSIDE and child.i not in page.roles:
                inside = _names_between(page, left_edge(page, child), child.i)
                if inside and inside[0].kind in {"country", "nationality", "organisation"}:
                    return _owner(inside[0])
    return None


def possessive_pronoun(head: Token) -> Token | None:
    """`his`, `their`, `its` before `head`."""
    return next((child for child in head.lefts if child.tag_ == "PRP$"), None)


def possessor(page: Page, head: Token) -> Token | None:
    """A role that owns another: `the president's spokesman`, `the spokesman of the ministry`."""
    for child in head.children:
        if child.dep_ == "poss" and child.i in page.roles:
            return child
        if child.dep_ == "prep" and (child.lower_ in _OF or speaks_for(page, head, child.lower_)):
            return next((c for c in child.children if c.dep_ == "pobj" and c.i in page.roles), None)
    return None


def speaks_for(page: Page, head: Token, word: str) -> bool:
    """Whether the preposition behind a role without a sector says whose it is: "a spokesman for the army"."""
    role = page.role(head.i)
    return word == "for" and role is not None and role.generic


def modifier_role(page: Page, head: Token, start: int) -> Role | None:
    """The role right before a generic one: `army` in `army spokesman`."""
    found = page.roles.get(start - 1) if start > left_edge(page, head) else None
    if found is None or found.start in page.names or not found.values[0].sector:
        return None
    return found.values[0]


def _names_between(page: Page, start: int, end: int) -> list[Name]:
    inside = {page.names[at] for at in range(start, end) if at in page.names}
    return sorted((name for name in inside if not backing(page.doc, name.end)), key=lambda name: name.start)


def _owner(name: Name) -> Owner:
    return Owner(name.actor, "nationality" if name.kind == "nationality" else "role")
