"""One paragraph as it was scanned: which tokens are names of actors, which are roles."""

from __future__ import annotations

from dataclasses import dataclass, field

from streams.extending.grammar import grammar
from streams.parsing.tokens import Doc, Span, Token
from streams.resolving.actors import Actor, NameKind, Role
from streams.resolving.phrases import Found

BACKING = grammar("page.backing")
"""What after a hyphen says that the country before it is not the actor's own."""

_LOCATIVE = grammar("page.locative")

FORMER = grammar("page.former")


@dataclass(frozen=True, slots=True)
class Name:
    """An actor's name at the tokens `start` up to, not including, `end`."""

    start: int
    end: int
    kind: NameKind
    actor: Actor


@dataclass(slots=True)
class Page:
    """One observed paragraph. `entry` is the live-blog entry that it stands in."""

    doc: Doc
    number: int
    entry: int
    names: dict[int, Name] = field(default_factory=dict)
    roles: dict[int, Found[Role]] = field(default_factory=dict)

    def put(self, name: Name) -> None:
        """Every token of the name stands for it."""
        for token in range(name.start, name.end):
            self.names[token] = name

    def role(self, token: int) -> Role | None:
        """The role whose phrase holds this token."""
        found = self.roles.get(token)
        return found.values[0] if found else None

    def ordered(self) -> list[Name]:
        """The names, in the order of the text."""
        return sorted(set(self.names.values()), key=lambda name: name.start)

    def span(self, name: Name) -> Span:
        """The name's own words."""
        return self.doc[name.start : name.end]


@dataclass(frozen=True, slots=True)
class Title:
    """What stands right before a name: `regional governor`, `Kremlin spokesman`, `former U.S. President`."""

    start: int
    role: Role
    owner: Actor | None
    former: bool


def backing(doc: Doc, end: int) -> bool:
    """Whether the name that ends before `end` is only a backer: `Iran-backed`, `U.S.-led`."""
    last = doc[end - 1].lower_
    if "-" in last and last.rsplit("-", 1)[1] in BACKING:
        return True
    if end + 1 < len(doc) and doc[end].text in {"-", "–"}:
        return doc[end + 1].lower_ in BACKING
    return False


def acronym_after(doc: Doc, end: int) -> str:
    """`OUF` of "Oromo Unity Front (OUF)", whose name ends before `end`; empty without one."""
    if end + 2 < len(doc) and doc[end].text == "(" and doc[end + 2].text == ")" and doc[end + 1].text.isupper():
        return doc[end + 1].text
    return ""


def title_before(page: Page, start: int) -> Title | None:
    """The title right before the token `start`, read leftwards over roles, countries and adjectives."""
    role: Role | None = None
    owner: Actor | None = None
    former, first, at = False, start, start - 1
    while at >= 0:
        token = page.doc[at]
        found, name = page.roles.get(at), page.names.get(at)
        if (
            name is None
            and found is not None
            and (role is None or found.values[0].generic or found.values[0].group or not role.person)
        ):
            if role is None and not found.values[0].person:
                break
            role, first, at = role or found.values[0], found.start, found.start - 1
        elif name is not None and role is not None and name.kind not in {"person", "surname"}:
            owner, first, at = owner or name.actor, name.start, name.start - 1
        elif name is not None and role is not None and page.doc[name.end].tag_ == "POS":
            owner, at = owner or name.actor, -1
        elif token.lower_ in FORMER or (token.text in {"-", "–"} and former):
            former, first, at = True, at, at - 1
        elif (token.pos_ == "ADJ" and start - at <= 4) or (token.tag_ == "POS" and role is not None):
            at -= 1
            first = at + 1 if token.pos_ == "ADJ" else first
        else:
            break
    return Title(first, role, owner, former) if role is not None else None


def role_path(role: Role, country: str | None) -> str:
    """The id of those in a role in a country; of a generic role, which has no sector of its own, the government's."""
    return role.sector if "." in role.sector else f"{country or 'UNK'}.{role.sector or ('GOV' if country else 'UNK')}"


def locative(token: Token) -> bool:
    """Whether a place's name says where something is, instead of who acts."""
    return token.dep_ == "pobj" and token.head.lower_ in _LOCATIVE


def is_proper(token: Token) -> bool:
    """Whether a token looks like a part of a proper name."""
    return token.pos_ == "PROPN" and token.text[:1].isupper()
