"""Finds the names of actors in a paragraph, and decides between those that can stand for several."""

from __future__ import annotations

from streams.parsing.tokens import Doc
from streams.records import DateWindow
from streams.resolving.actor_words import actor_words
from streams.resolving.actors import Actor, ActorLexicon, Entry, Role, office_actor
from streams.resolving.forces import is_flown
from streams.resolving.memory import STRANGER, Memory
from streams.resolving.names import words
from streams.resolving.organisations import introduce_organisations
from streams.resolving.page import Name, Page, Title, acronym_after, backing, is_proper, title_before
from streams.resolving.phrases import Found, is_plural_title, pieces
from streams.resolving.strangers import introduce_strangers

_SMALL = frozenset({"IN", "DT", "CC", "PRP", "PRP$", "RB", "TO", "MD", "WRB", "WDT", "WP", "EX", "UH"})
"""Tags of words that are no name, though some are spelt like a surname: "On", "So", "To"."""
_CLUES = frozenset({"country", "nationality", "seat", "city", "organisation", "person"})
_BEFORE_MONTH = frozenset({"in", "since", "until", "till", "last", "next", "this", "early", "late", "mid", "of", "-"})
_LARGER = frozenset({"PERSON", "ORG", "FAC", "WORK_OF_ART", "PRODUCT", "EVENT", "LAW"})
_ORDER = ("person", "organisation", "country", "nationality", "seat", "surname", "city")


class Scanner:
    """Scans paragraphs in order; `memory` is what the document has told so far."""

    def __init__(self, actors: ActorLexicon, published: DateWindow, memory: Memory) -> None:
        self._actors = actors
        self._published = published
        self._memory = memory

    def scan(self, doc: Doc, number: int, entry: int) -> Page:
        """The page of a paragraph; the memory learns from it."""
        page = Page(doc, number, entry)
        plain, singular = pieces(doc)
        for role in self._actors.roles.find(singular):
            if _is_role(doc, role):
                for token in range(role.start, role.end):
                    page.roles[token] = role
        found = [
            match._replace(values=self._actors.standing(match.values, self._published))
            for match in self._actors.names.find(plain)
        ]
        doubtful = [match for match in found if not self._settle(page, match)]
        self._acronyms(page)
        for match in doubtful:
            self._weigh(page, match)
        introduce_organisations(page, self._memory)
        introduce_strangers(page, self._actors, self._published, self._memory)
        return page

    def _settle(self, page: Page, match: Found[Entry]) -> bool:
        """Puts a name that can only be one thing on the page; False when it must be weighed."""
        kinds = {entry.kind for entry in match.values}
        if "surname" in kinds or len(match.values) > 1:
            return False
        self._put(page, match.start, match.end, match.values[0])
        return True

    def _put(self, page: Page, start: int, end: int, entry: Entry) -> None:
        if entry.kind in {"country", "seat", "city"} and _swallowed(page, start, end):
            return
        if entry.key.startswith("INT.") and end < len(page.doc) and page.doc[end].ent_type_ == "NORP":
            return  # "the West African bloc"
        actor = self._actor(entry)
        if entry.kind in {"person", "surname"}:
            actor = as_titled(actor, title_before(page, start))
            person = self._actors.persons[entry.key]
            for surname in self._actors.surnames(person):
                self._memory.surnames[surname] = actor
            self._introduce(page, start, actor)
        elif entry.kind in _CLUES and actor.country and not backing(page.doc, end):
            self._memory.countries[actor.country] += 1
        if entry.kind in {"person", "surname"} and actor.country:
            self._memory.countries[actor.country] += 1
        page.put(Name(start, end, entry.kind, actor))

    def _introduce(self, page: Page, start: int, actor: Actor) -> None:
        title = title_before(page, start)
        for role in {title.role.office or title.role.phrase} if title and not title.former else set(actor.roles):
            self._memory.roles.setdefault(role, set()).add(actor.id)

    def _actor(self, entry: Entry) -> Actor:
        if entry.kind in {"person", "surname"}:
            return office_actor(self._actors.persons[entry.key], self._published)
        if entry.kind == "organisation":
            return self._actors.organisations[entry.key]
        return self._actors.country(entry.key)

    def _acronyms(self, page: Page) -> None:
        """Learns `Name of an Organisation (NOO)` for names that are settled."""
        for name in page.ordered():
            if acronym := acronym_after(page.doc, name.end):
                self._memory.acronyms[acronym] = name.actor

    def _weigh(self, page: Page, match: Found[Entry]) -> None:
        text = page.doc[match.start : match.end].text
        defined = self._memory.acronyms.get(text)
        if defined is not None:
            page.put(Name(match.start, match.end, "organisation", defined))
            return
        entries = self._of_the_time([entry for entry in match.values if entry.kind != "surname"])
        city = page.names.get(match.start - 2) if page.doc[match.start - 1].text == "," else None
        if city is not None and city.kind in {"city", "seat"}:
            entries = [entry for entry in entries if self._actor(entry).country == city.actor.country] or entries
        chosen = self._by_context(entries)
        if chosen is None and not entries:
            self._surname(page, match, " ".join(words(text)))
        elif chosen is not None:
            self._put(page, match.start, match.end, chosen)

    def _of_the_time(self, entries: list[Entry]) -> list[Entry]:
        """Without the persons of that name who held no office then, if another did."""
        held = [e for e in entries if e.kind != "person" or self._in_office(e.key)]
        return held if any(entry.kind == "person" for entry in held) else entries

    def _in_office(self, key: str) -> bool:
        return any(office.overlaps(self._published) for office in self._actors.persons[key].offices)

    def _by_context(self, entries: list[Entry]) -> Entry | None:
        """The entry whose country the text is about; else the one of the strongest kind, if there is just one."""
        if not entries:
            return None
        counts = self._memory.countries
        score = {entry: counts[self._actor(entry).country or ""] for entry in entries}
        best = max(score.values())
        if best > 0:
            entries = [entry for entry in entries if score[entry] == best]
        rank = min(_ORDER.index(entry.kind) for entry in entries)
        entries = [entry for entry in entries if _ORDER.index(entry.kind) == rank]
        return self._actors.usual(entries)

    def _surname(self, page: Page, match: Found[Entry], surname: str) -> None:
        """A surname alone: the one introduced, the one with that title, or the only one in office, unless shy."""
        last = page.doc[match.end - 1]
        shy = last.tag_ in _SMALL or (surname in self._actors.shy and not is_proper(last))
        after = page.doc[match.end] if match.end < len(page.doc) else None
        given_name = after is not None and is_proper(after) and match.end not in page.roles
        if shy or given_name or self._calendar(page, match, surname):
            return
        introduced = self._memory.surnames.get(surname)
        if introduced is None and last.ent_type_ == "GPE" and title_before(page, match.start) is None:
            return  # a town of that name
        start, given = _given_names(page, match.start)
        slugs = [entry.key for entry in match.values]
        if given:
            slugs = [key for key in slugs if words(self._actors.persons[key].name)[0] == words(given[0])[0]]
        elif introduced is not None:
            if introduced is not STRANGER:
                page.put(Name(match.start, match.end, "person", introduced))
            return
        key = self._one_person(page, start, slugs, surname, named=bool(given))
        if key is not None:
            self._put(page, start, match.end, Entry("surname", key))

    def _one_person(self, page: Page, start: int, slugs: list[str], surname: str, *, named: bool) -> str | None:
        title = title_before(page, start)
        persons = [self._actors.persons[key] for key in slugs]
        if title is not None:
            office = title.role.office
            fit = [p for p in persons if any(o.role == office for o in p.offices)]
            if title.owner is not None and title.owner.country:
                fit = [p for p in fit if p.country == title.owner.country]
            persons = fit
        elif surname in self._actors.shy and not named:
            return None
        else:
            persons = [p for p in persons if named or p.of_the_time(self._published)]
        if len(persons) > 1:
            persons = [p for p in persons if any(o.overlaps(self._published) for o in p.offices)]
        return persons[0].slug if len(persons) == 1 else None

    def _calendar(self, page: Page, match: Found[Entry], surname: str) -> bool:
        if surname not in self._actors.months:
            return False
        token = page.doc[match.start]
        dated = token.i > 0 and page.doc[token.i - 1].lower_ in _BEFORE_MONTH
        counted = any(near.like_num for near in page.doc[max(token.i - 1, 0) : match.end + 1])
        return dated or counted or token.ent_type_ in {"DATE", "TIME"} or surname not in self._memory.surnames


def _is_role(doc: Doc, role: Found[Role]) -> bool:
    """Whether a role's words are a role here: no part of a name, and what must be a noun is one."""
    first, last = doc[role.start], doc[role.end - 1]
    opening = first != last and first.i == first.sent.start and last.text.islower()
    if is_proper(first) and first.ent_type_ == "PERSON" and not opening and not is_plural_title(last):
        return False
    if last.lower_ in actor_words()["state"] and last.dep_ == "pobj" and not any(last.children):
        return False
    modifies = last.dep_ in {"amod", "compound", "nmod"} and last.head.i > last.i
    return not (role.values[0].noun and (modifies or last.pos_ == "ADJ")) and not is_flown(last)


def _swallowed(page: Page, start: int, end: int) -> bool:
    """Whether a place's name is only a part of a larger proper name (`Michael Jordan`, `Washington Post`)."""
    doc = page.doc
    after = end
    if "-".join(token.lower_ for token in doc[end : end + 2]) in actor_words()["branches"]:
        return False  # "the Bangladesh Red Crescent"
    while after < len(doc) and is_proper(doc[after]) and after not in page.roles:
        after += 1
    if after > end and (after == len(doc) or after not in page.roles):
        return True
    before = doc[start - 1] if start else None
    if before is not None and is_proper(before) and before.head.i in range(start, end) and before.ent_type_ == "PERSON":
        return True
    return any(
        ent.label_ in _LARGER and ent.start <= start and ent.end >= end and len(ent) > end - start
        and ent.root.i not in range(start, end) and ent.root.i not in page.roles
        for ent in doc.ents
    )  # fmt: skip


def as_titled(actor: Actor, title: Title | None) -> Actor:
    """A known person out of office, whom the text gives an office, is taken at its word."""
    parts = actor.id.split(".")
    if title is None or len(parts) != 3 or parts[1] != "UNK" or title.former:
        return actor
    if title.role.generic or "." in title.role.sector or not title.role.person:
        return actor
    path = f"{parts[0]}.{title.role.sector}.{parts[2]}"
    return Actor(path, actor.name, person=True, gender=actor.gender, roles=frozenset({title.role.office}))


def _given_names(page: Page, start: int) -> tuple[int, list[str]]:
    """Proper names right before a surname that are no title: where they begin, and they."""
    at = start
    given: list[str] = []
    while at > 0 and is_proper(page.doc[at - 1]) and at - 1 not in page.roles and at - 1 not in page.names:
        if words(page.doc[at - 1].text)[:1] and words(page.doc[at - 1].text)[0] in actor_words()["honorific"]:
            break
        at -= 1
        given.insert(0, page.doc[at].text)
    return at, given
