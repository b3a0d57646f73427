"""Who can act: countries, organisations, persons and roles, read from the tables, found by their names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from streams.extending.additions import NOTHING, Additions
from streams.records import DateWindow
from streams.resolving.actor_tables import Row, check_path, check_words, listed, loses_office, read_table, sectors
from streams.resolving.names import deletions, slug, words
from streams.resolving.offices import Office, Person, bounds, known
from streams.resolving.phrases import PhraseIndex

NameKind = Literal["country", "nationality", "seat", "city", "organisation", "person", "surname"]

WITHOUT_COUNTRY = frozenset({"IGO", "NGO", "MNC", "INT"})
_FLAGS = frozenset({"person", "group", "local", "foreign", "generic", "noun"})


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
    """What a name can stand for: `key` is a country code, an organisation's id or a person's slug.

    A state, and an organisation in one role, has its time: both days are included, None is open.
    """

    kind: NameKind
    key: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """A role noun. `sector` may be a path (`NGO.aid-workers`).

    `office` is the key of a dated office (`foreign minister`). A `generic` role takes the sector of what it belongs
    to (an army spokesman is MIL), a `local` one is of the place that its sentence names, a `foreign` one (an invader)
    is never of the country that the text is about; of a `noun` one the word is no role when it only modifies another
    (`national`, `terrorist bombing`). `refers` are the sectors
    that `the group`, `the rebels` point back to.
    """

    phrase: str
    sector: str
    person: bool
    group: bool
    generic: bool
    local: bool
    foreign: bool
    noun: bool
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
        """The bare country; for an id, the organisation whose seat it is."""
        return self.organisations.get(code) or Actor(code, self.countries.get(code, code))

    def standing(self, entries: tuple[Entry, ...], window: DateWindow) -> tuple[Entry, ...]:
        """What a name could stand for at that time, or now if the time is unknown; everything, if nothing then."""
        if len(entries) == 1:
            return entries
        if known(window):
            first, last = bounds(window)
            found = tuple(e for e in entries if (e.since or first) <= last and first <= (e.until or last))
        else:
            found = tuple(entry for entry in entries if entry.until is None)
        return found or entries

    def usual(self, entries: list[Entry]) -> Entry | None:
        """The one meant when nothing in the text decides: the first country, people or party listed under the name.

        None for organisations that only share an acronym, and for persons.
        """
        if len(entries) <= 1:
            return entries[0] if entries else None
        if all(entry.kind == "seat" for entry in entries):
            return next((entry for entry in entries if "." in entry.key), entries[0])
        if all(entry.kind in {"country", "nationality"} for entry in entries):
            return entries[0]
        return entries[0] if len({entry.key.rpartition(".")[2] for entry in entries}) == 1 else None

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


def load_actors(additions: Additions = NOTHING) -> ActorLexicon:
    """Reads our tables and a user's additions; takes a fraction of a second, so keep the result.

    Raises ValueError on a bad row.
    """
    actors = ActorLexicon()
    allowed = sectors(additions)
    _load_countries(actors, additions)
    _load_organisations(actors, allowed, additions)
    _load_persons(actors, allowed, additions)
    for row in read_table("roles.tsv", additions):
        role = _role(row, allowed)
        actors.roles.add(role.phrase, role)
        for other in listed(row["also"]):
            actors.roles.add(other, role)
    return actors


def _role(row: Row, allowed: frozenset[str]) -> Role:
    flags = check_words(row, "flags", _FLAGS)
    sector = row["sector"]
    if sector and sector not in allowed and sector.split(".")[0] not in WITHOUT_COUNTRY:
        raise row.wrong(f"{sector!r} is no sector")
    return Role(
        row["phrase"],
        sector,
        person="person" in flags,
        group="group" in flags,
        generic="generic" in flags,
        local="local" in flags,
        foreign="foreign" in flags,
        noun="noun" in flags,
        office=row["office"],
        refers=frozenset(check_words(row, "refers", allowed | WITHOUT_COUNTRY | {"COUNTRY"})),
    )


def _load_countries(actors: ActorLexicon, additions: Additions) -> None:
    columns: dict[str, NameKind] = {"names": "country", "demonyms": "nationality", "seats": "seat", "cities": "city"}
    for row in read_table("countries.tsv", additions):
        code = row["code"]
        since, until = row.span()
        actors.countries[code] = row["name"]
        actors.names.add(row["name"], Entry("country", code, since, until))
        for column, kind in columns.items():
            for name in listed(row[column]):
                actors.names.add(name, Entry(kind, code, since, until))


def _load_organisations(actors: ActorLexicon, allowed: frozenset[str], additions: Additions) -> None:
    for row in read_table("organisations.tsv", additions):
        check_path(row, row["id"], actors.countries, allowed, entity=True)
        actor = actors.organisations.setdefault(row["id"], Actor(row["id"], row["name"]))
        since, until = row.span()
        for name in (row["name"], *listed(row["aliases"])):
            actors.names.add(name, Entry("organisation", actor.id, since, until))
        for seat in listed(row["seats"]):
            actors.names.add(seat, Entry("seat", actor.id, since, until))


def _load_persons(actors: ActorLexicon, allowed: frozenset[str], additions: Additions) -> None:
    offices: dict[str, list[Office]] = {}
    first: dict[str, Row] = {}
    for row in read_table("persons.tsv", additions):
        if loses_office(row, additions):
            continue
        key = slug(row["name"])
        first.setdefault(key, row)
        check_path(row, row["path"], actors.countries, allowed, entity=False)
        if row["path"].split(".")[0] in WITHOUT_COUNTRY and row["path"] not in actors.organisations:
            raise row.wrong(f"{row['path']!r} is no organisation")
        check_words(row, "gender", frozenset("mf"))
        since, until = row.span()
        if since is None:
            raise row.wrong("an office needs its first day")
        offices.setdefault(key, []).append(Office(row["path"], row["role"], since, until))
    for key, row in first.items():
        surname = row["surname"] or row["name"].split()[-1]
        person = Person(key, row["name"], surname, row["gender"], listed(row["spellings"]), tuple(offices[key]))
        actors.persons[key] = person
        _index_person(actors, person)
    rows = list(read_table("shy_words.tsv", additions))
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
