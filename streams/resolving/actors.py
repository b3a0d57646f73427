"""Who can act: countries, organisations, persons and roles, read from the tables, found by their names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from streams.records import DateWindow
from streams.resolving.actor_tables import listed, read_table
from streams.resolving.names import deletions, slug, words
from streams.resolving.offices import Office, Person
from streams.resolving.phrases import PhraseIndex

NameKind = Literal["country", "nationality", "seat", "city", "organisation", "person", "surname"]

WITHOUT_COUNTRY = frozenset({"IGO", "NGO", "MNC", "INT"})


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor by its path. `roles` are those that it is called by (`president`); `gender` is m, f or empty."""

    id: str
    name: str
    person: bool = False
    plural: bool = False
    gender: str = ""
    roles: frozenset[str] = frozenset()

    @property
    def country(self) -> str | None:
        """ISO alpha-3 code; None for international and unknown ones."""
        first = self.id.split(".", 1)[0]
        return None if first in WITHOUT_COUNTRY or first == "UNK" else first

    @property
    def sector(self) -> str | None:
        """Its sector; IGO, NGO, MNC or INT for those; None for a bare country."""
        parts = self.id.split(".")
        if parts[0] in WITHOUT_COUNTRY:
            return parts[0]
        return parts[1] if len(parts) > 1 else None


@dataclass(frozen=True, slots=True)
class Entry:
    """What a name can stand for: `key` is a country code, an organisation's id or a person's slug."""

    kind: NameKind
    key: str


@dataclass(frozen=True, slots=True)
class Role:
    """A role noun. `sector` may be a path (`NGO.aid-workers`).

    `office` is the key of a dated office (`foreign minister`). A `generic` role takes the sector of what it belongs
    to (an army spokesman is MIL), a `local` one is of the place that its sentence names, a `foreign` one (an invader)
    is never of the country that the text is about. `refers` are the sectors
    that `the group`, `the rebels` point back to.
    """

    phrase: str
    sector: str
    person: bool
    group: bool
    generic: bool
    local: bool
    foreign: bool
    office: str
    refers: frozenset[str]


@dataclass(slots=True)
class ActorLexicon:
    """All tables, indexed. Read-only after `load_actors`."""

    countries: dict[str, str] = field(default_factory=dict)
    """English short names by code."""
    organisations: dict[str, Actor] = field(default_factory=dict)
    persons: dict[str, Person] = field(default_factory=dict)
    names: PhraseIndex[Entry] = field(default_factory=PhraseIndex)
    roles: PhraseIndex[Role] = field(default_factory=PhraseIndex)
    shy: frozenset[str] = frozenset()
    """Surnames that are common, or common words: alone, and not introduced, they are nobody's."""
    months: frozenset[str] = frozenset()
    near: dict[str, set[str]] = field(default_factory=dict)
    """Spellings of long surnames with one letter left out, to the slugs."""

    def country(self, code: str) -> Actor:
        """The bare country."""
        return Actor(code, self.countries.get(code, code))

    def misspelt(self, word: str) -> set[str]:
        """Slugs of the persons whose long surname may be meant by `word`; within one edit is left to check."""
        found: set[str] = set()
        for spelling in deletions(word):
            found |= self.near.get(spelling, set())
        return found

    def surnames(self, person: Person) -> Iterator[str]:
        """All spellings of a person's surname, folded, as words joined by a space."""
        yield " ".join(words(person.surname))
        for spelling in person.spellings:
            parts = words(spelling)
            if parts:
                yield parts[0] if person.name.startswith(person.surname + " ") else parts[-1]


def office_actor(person: Person, window: DateWindow) -> Actor:
    """A person's actor by the office held within the window."""
    held = person.in_office(window)
    roles = frozenset(office.role for office in held if office.role)
    return Actor(f"{person.path_at(window)}.{person.slug}", person.name, person=True, gender=person.gender, roles=roles)


def load_actors() -> ActorLexicon:
    """Reads the committed tables; takes a fraction of a second, so keep the result. Raises ValueError on a bad row."""
    actors = ActorLexicon()
    _load_countries(actors)
    _load_organisations(actors)
    _load_persons(actors)
    for row in read_table("roles.tsv"):
        flags = row["flags"].split()
        role = Role(
            row["phrase"],
            row["sector"],
            person="person" in flags,
            group="group" in flags,
            generic="generic" in flags,
            local="local" in flags,
            foreign="foreign" in flags,
            office=row["office"],
            refers=frozenset(row["refers"].split()),
        )
        actors.roles.add(role.phrase, role)
        for other in listed(row["also"]):
            actors.roles.add(other, role)
    return actors


def _load_countries(actors: ActorLexicon) -> None:
    columns: dict[str, NameKind] = {"names": "country", "demonyms": "nationality", "seats": "seat", "cities": "city"}
    for row in read_table("countries.tsv"):
        code = row["code"]
        actors.countries[code] = row["name"]
        actors.names.add(row["name"], Entry("country", code))
        for column, kind in columns.items():
            for name in listed(row[column]):
                actors.names.add(name, Entry(kind, code))


def _load_organisations(actors: ActorLexicon) -> None:
    for row in read_table("organisations.tsv"):
        actor = Actor(row["id"], row["name"])
        actors.organisations[actor.id] = actor
        for name in (row["name"], *listed(row["aliases"])):
            actors.names.add(name, Entry("organisation", actor.id))


def _load_persons(actors: ActorLexicon) -> None:
    offices: dict[str, list[Office]] = {}
    first: dict[str, dict[str, str]] = {}
    for row in read_table("persons.tsv"):
        key = slug(row["name"])
        first.setdefault(key, row)
        to = _day(row["to"], end=True) if row["to"] else None
        offices.setdefault(key, []).append(Office(row["path"], row["role"], _day(row["from"], end=False), to))
    for key, row in first.items():
        surname = row["surname"] or row["name"].split()[-1]
        person = Person(key, row["name"], surname, row["gender"], listed(row["spellings"]), tuple(offices[key]))
        actors.persons[key] = person
        _index_person(actors, person)
    rows = list(read_table("shy_words.tsv"))
    actors.shy = frozenset(row["word"] for row in rows)
    actors.months = frozenset(row["word"] for row in rows if row["kind"] == "month")


def _index_person(actors: ActorLexicon, person: Person) -> None:
    for name in (person.name, *person.spellings):
        actors.names.add(name, Entry("person" if len(words(name)) > 1 else "surname", person.slug))
    actors.names.add(person.surname, Entry("surname", person.slug))
    for surname in actors.surnames(person):
        if " " in surname:
            continue
        if surname:
            actors.names.add(surname.capitalize(), Entry("surname", person.slug))
        if len(surname) >= 7:
            for spelling in deletions(surname):
                actors.near.setdefault(spelling, set()).add(person.slug)


def _day(cell: str, *, end: bool) -> date:
    """A cell like 2019, 2019-05 or 2019-05-20; what is left out is the first day, or the last with `end`."""
    parts = [int(part) for part in cell.split("-")]
    year = parts[0]
    if len(parts) == 3:
        return date(year, parts[1], parts[2])
    month = parts[1] if len(parts) == 2 else (12 if end else 1)
    return date(year, month, 28 if end else 1)
