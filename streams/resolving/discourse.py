"""Who is meant: the noun phrases of a document as actors, paragraph after paragraph.

A `Discourse` reads one document. Observe its paragraphs in order, then ask for the party that a head token stands
for. What the text does not tell stays None, or `UNK.<sector>` for a role: nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, islice

from streams.parsing.tokens import Doc, Token
from streams.records import DateWindow, Via
from streams.resolving.actor_words import actor_words
from streams.resolving.actors import Actor, ActorLexicon, Role, office_actor
from streams.resolving.coreference import antecedent, referent
from streams.resolving.forces import are_armed, own_forces
from streams.resolving.memory import Memory
from streams.resolving.offices import holder
from streams.resolving.owners import Owner, extent, modifier_role, named_owner, possessive_pronoun, possessor
from streams.resolving.page import FORMER, Name, Page, locative, role_path, title_before
from streams.resolving.pairs import last_two, names_two, split_country
from streams.resolving.phrases import is_plural
from streams.resolving.scan import Scanner
from streams.resolving.standing import in_standing, named_in_standing
from streams.resolving.strangers import near_country

Answers = tuple[tuple[tuple[int, int], "tuple[Actor, Via] | None"], ...]
"""Whom phrases stand for, by number of paragraph and of head, in the order in which it was asked."""
_VAGUE = frozenset({"UNK", "UAF", "BUS", "GOV", "LEG", "PTY", "SPY"})
_PRONOUNS = frozenset({"PRP", "PRP$", "WP", "WDT", "WP$"})


@dataclass(frozen=True, slots=True)
class Resolved:
    """An actor in the text. `start` and `end` are character offsets in the spaCy Doc, as is `text`.

    `sector` is IGO, NGO, MNC or INT for those; None, as `country`, where it is not told.
    """

    id: str
    name: str
    start: int
    end: int
    text: str
    via: Via
    sector: str | None
    country: str | None
    person: bool
    plural: bool


class Discourse:
    """One document's actors. `published` says which office-holders were in office."""

    def __init__(self, actors: ActorLexicon, published: DateWindow) -> None:
        self._actors = actors
        self._published = published
        self._memory = Memory()
        self._scanner = Scanner(actors, published, self._memory)
        self._pages: list[Page] = []
        self._by_doc: dict[int, Page] = {}
        self._entry = 0
        self._answers: dict[tuple[int, int], tuple[Actor, Via] | None] = {}

    def observe(self, doc: Doc) -> None:
        """Reads the next paragraph; one that was read already is not read again."""
        if id(doc) not in self._by_doc:
            page = self._scanner.scan(doc, len(self._pages), self._entry)
            self._pages.append(page)
            self._by_doc[id(doc)] = page

    def new_entry(self) -> None:
        """The next entry of a live blog begins: pronouns do not reach back over it."""
        self._entry += 1

    def asked(self, before: int = 0) -> Answers:
        """What was asked so far, but for so many first: where two phrases point at each other, the order matters."""
        return tuple(islice(self._answers.items(), before, None))

    def count(self) -> int:
        """How much was asked so far."""
        return len(self._answers)

    def resume(self, answers: Iterable[Answers]) -> None:
        """Go on as if these had been asked of the paragraphs that were observed."""
        self._answers = dict(chain.from_iterable(answers))

    def party(self, head: Token) -> Resolved | None:
        """The actor that the noun phrase of `head` stands for, or None."""
        answer = self._answer(head)
        if answer is None:
            return None
        actor, via = answer
        page = self._page(head.doc)
        start, end = self._extent(page, head)
        span = head.doc[start:end]
        plural = actor.plural or (is_plural(head) and not actor.person)
        person = actor.person and not plural
        return Resolved(
            actor.id, actor.name, span.start_char, span.end_char, span.text, via, actor.sector, actor.country,
            person, plural,
        )  # fmt: skip

    def pair(self, head: Token) -> list[Resolved]:
        """The two that `both sides`, `the two leaders` point back to; empty for any other phrase."""
        page = self._page(head.doc)
        start, end = self._extent(page, head)
        span = head.doc[start:end]
        halves = split_country(page, head, self._actors)
        return [
            Resolved(
                two.id, two.name, span.start_char, span.end_char, span.text, "role", two.sector, two.country,
                two.person, plural=False,
            )
            for two in halves or last_two(page, self._pages[: page.number], head)
        ]  # fmt: skip

    def is_other(self, head: Token) -> bool:
        """Whether a phrase names somebody only as another's ally, opponent, neighbour: nobody that we know."""
        return head.lemma_.lower() in actor_words()["other"]

    def parties(self, doc: Doc) -> list[Resolved]:
        """Every actor named or described in a paragraph, in the order of the text; where things are is left out."""
        self.observe(doc)
        found: list[Resolved] = []
        end = -1
        for token in doc:
            known = token.i in self._page(doc).names
            if (not known and token.pos_ not in {"NOUN", "PROPN", "PRON", "ADJ"}) or self._only_modifies(doc, token):
                continue
            resolved = self.party(token)
            if resolved is not None and (resolved.start >= end or token.dep_ != "amod"):
                found.append(resolved)
                end = resolved.end
        return found

    def _only_modifies(self, doc: Doc, token: Token) -> bool:
        """Whether a token is inside a larger phrase that is asked for by its own head, or is only a place."""
        page = self._page(doc)
        name = page.names.get(token.i)
        if token.pos_ == "ADJ" and (name is None or token.dep_ == "conj"):
            return True
        if name is not None:
            root = page.span(name).root
            if token.i != root.i or (name.kind in {"country", "seat"} and locative(token)):
                return True
        role = page.roles.get(token.i)
        if name is None and role is not None and token.i != doc[role.start : role.end].root.i:
            return True
        if name is not None and name.kind != "person" and self._owns(token):
            return True
        inside = token.dep_ in {"compound", "amod", "nmod", "npadvmod"} and token.head.i > token.i
        return inside and (token.head.i in page.names or token.head.i in page.roles)

    def _owns(self, token: Token) -> bool:
        """Whether a country or organisation only says whose the role is that follows or precedes it."""
        of = token.dep_ == "pobj" and token.head.lower_ == "of"
        role = token.head.head if of else token.head
        page = self._page(token.doc)
        return (
            (of or token.dep_ == "poss") and (role.i in page.roles or role.i in page.names) and bool(self.party(role))
        )

    def _page(self, doc: Doc) -> Page:
        self.observe(doc)
        return self._by_doc[id(doc)]

    def _answer(self, head: Token) -> tuple[Actor, Via] | None:
        page = self._page(head.doc)
        key = (page.number, head.i)
        if key not in self._answers:
            self._answers[key] = None
            self._answers[key] = self._resolve(page, head)
        return self._answers[key]

    def _resolve(self, page: Page, head: Token) -> tuple[Actor, Via] | None:
        if head.tag_ in _PRONOUNS:
            actor = antecedent(self._pages, page, head, self._actor)
            return (actor, "pronoun") if actor is not None else None
        name = page.names.get(head.i)
        if name is not None:
            return self._named(page, name, head)
        found = page.roles.get(head.i)
        if found is not None and not names_two(head):
            return self._in_role(page, head, found.values[0], found.start)
        return None

    def _actor(self, head: Token) -> Actor | None:
        answer = self._answer(head)
        return answer[0] if answer else None

    def _named(self, page: Page, name: Name, head: Token) -> tuple[Actor, Via] | None:
        if name.kind == "city" or (name.kind == "seat" and (locative(page.span(name).root) or _in_nature(page, name))):
            return None
        if name.kind == "nationality":
            if head.pos_ == "ADJ" and head.dep_ == "amod":
                return name.actor, "nationality"
            one = head.tag_ in {"NN", "NNP"} and any(c.lower_ in {"a", "an", "one"} for c in head.children)
            counted = any(child.dep_ == "nummod" for child in head.children)
            actor = name.actor
            if one or counted:
                actor = Actor(f"{actor.id}.CVL", actor.name, person=one, plural=counted)
            return actor, "nationality"
        if name.kind == "country":
            return name.actor, "country"
        if name.kind == "seat":
            return name.actor, "metonym"
        return named_in_standing(page, name), "name"

    def _in_role(self, page: Page, head: Token, role: Role, start: int) -> tuple[Actor, Via] | None:
        named = next((c for c in head.children if c.dep_ == "appos" and c.i in page.names), None)
        party = page.names.get(head.i + 1)
        if role.sector == "OPP" and role.group and party is not None and party.actor.sector == "PTY":
            return named_in_standing(page, party), "name"  # "the opposition Unity Party"
        beside = head.head if head.dep_ == "appos" and head.head.i in page.names else named
        if beside is not None and role.person and page.names[beside.i].actor.person:
            return page.names[beside.i].actor, "name"
        owner = self._owner(page, head, start)
        if owner is None:
            back = own_forces(head, role, self._actor) or referent(self._pages, page, head, role, self._memory)
            if back is not None:
                return back, "role"
            if not role.sector or self.is_other(head) or (role.refers and role.sector in _VAGUE and not is_new(head)):
                return None
        own = modifier_role(page, head, start) if role.generic or role.sector in {"UNK", "UAF"} else None
        return self._composed(page, head, in_standing(page, own or role, extent(page, head)[0], head), owner)

    def _owner(self, page: Page, head: Token, start: int) -> Owner | None:
        """Whom a role belongs to: named in its noun phrase, by a possessive, or by `its` and `his`."""
        named = named_owner(page, head, start)
        if named is not None:
            return named
        if self.is_other(head):
            return None
        pronoun = possessive_pronoun(head)
        other = pronoun if pronoun is not None else possessor(page, head)
        actor = self._actor(other) if other is not None else None
        return Owner(actor, "role") if actor is not None else None

    def _composed(self, page: Page, head: Token, role: Role, owner: Owner | None) -> tuple[Actor, Via] | None:
        plural = is_plural(head)
        words = extent(page, head)
        name = page.doc[words[0] : words[1]].text
        person = role.person and not plural
        if owner is None:
            country = near_country(page, page.doc[words[0] : words[1]], role, self._memory)
            incumbent = self._incumbent(page, head, role, country) if country else None
            if incumbent is not None:
                return incumbent, "role"
            return Actor(role_path(role, country), name, person=person, plural=plural), "role"
        if are_armed(head, owner.actor):
            role = self._actors.roles.get("soldier")[0]
        incumbent = self._incumbent(page, head, role, _whose(owner.actor, role))
        if incumbent is not None:
            return incumbent, owner.via
        return Actor(owner.path(role), name, person=person, plural=plural), owner.via

    def _incumbent(self, page: Page, head: Token, role: Role, country: str) -> Actor | None:
        """The one holder of an office: introduced by the text, else in office at that time. `country` may be an id."""
        left = {child.lower_ for child in head.children} | {page.doc[max(head.i - 3, 0)].lower_}
        national = role.phrase == "leader" and "." not in country
        if not (role.office or national) or is_plural(head) or left & (FORMER | {"a", "an", "new"}):
            return None
        told = [
            a
            for a in self._memory.surnames.values()
            if (role.office in a.roles or (national and a.sector == "GOV"))
            and (a.country or a.id.rpartition(".")[0]) == country
        ]
        if len({actor.id for actor in told}) == 1:
            return told[0]
        if national:
            return None
        person = holder(self._actors.persons.values(), country, role.office, self._published)
        return office_actor(person, self._published) if person is not None else None

    def _extent(self, page: Page, head: Token) -> tuple[int, int]:
        name = page.names.get(head.i)
        if name is None:
            return extent(page, head)
        title = title_before(page, name.start) if name.actor.person else None
        return (title.start if title else name.start), name.end


def is_new(head: Token) -> bool:
    """Whether a group is told of for the first time: "a group calling itself", "a little-known movement"."""
    return any(child.lower_ in {"a", "an", "another"} for child in head.children)


def _whose(owner: Actor, role: Role) -> str:
    """The country whose office a role is; for a leader, and outside of countries, the organisation itself."""
    return owner.id if owner.country is None or not role.office else owner.country


def _in_nature(page: Page, name: Name) -> bool:
    """Whether the name of a capital is only a part of that of a river, a strait or a province."""
    return name.end < len(page.doc) and page.doc[name.end].lower_ in actor_words()["nature"]
