"""Dated offices: an article that calls somebody president was written while he was one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from streams.extending.in_force import forgotten_with_lexicon, in_force
from streams.reading.dating_page import passages
from streams.remembering import ByLine
from streams.resolving.actor_tables import listed, read_table

_BEFORE, _AFTER = 60, 50
"""How far from a name its title is looked for; characters."""
_SLACK = timedelta(days=31)
"""Titles are given a little before the oath and after the last day; many days of the table are known by the month."""
_ELECT = timedelta(days=130)
_RISE = timedelta(days=1500)
"""People are in the news for so long before their first office."""
_NO_LONGER = re.compile(
    r"\b(?:former|ex|then|late|future|next|would-be|deputy|vice|assistant|shadow|acting|one-time|onetime|previous|ousted|deposed)\b",
    re.IGNORECASE,
)
_ELECTED = re.compile(r"[- ]elect\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Term:
    """One office of a person; both days included."""

    titles: re.Pattern[str]
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Officeholder:
    """A person with all terms in dated offices."""

    names: re.Pattern[str]
    terms: tuple[Term, ...]


@forgotten_with_lexicon
@cache
def _titles() -> dict[str, re.Pattern[str]]:
    """Office to the phrases that name it."""
    phrases: dict[str, list[str]] = {}
    for row in read_table("roles.tsv", in_force()):
        if row["office"]:
            phrases.setdefault(row["office"], []).extend((row["phrase"], *listed(row["also"])))
    return {
        office: re.compile(
            r"\b(?:" + "|".join(re.escape(one) for one in sorted(found, key=len, reverse=True)) + r")(?!['’]s\b|\w)",
            re.IGNORECASE,
        )
        for office, found in phrases.items()
    }


@forgotten_with_lexicon
@cache
def officeholders() -> dict[str, tuple[Officeholder, ...]]:
    """The persons of `persons.tsv` by the last word of a name, in lower case."""
    titles = _titles()
    names: dict[str, set[str]] = {}
    terms: dict[str, list[Term]] = {}
    for row in read_table("persons.tsv", in_force()):
        names.setdefault(row["name"], {row["name"]}).update(one for one in listed(row["spellings"]) if " " in one)
        if row["role"] in titles and row["from"] and " " in row["name"]:
            last = _day(row["to"], end=True) if row["to"] else date.max
            terms.setdefault(row["name"], []).append(Term(titles[row["role"]], _day(row["from"], end=False), last))
    found: dict[str, list[Officeholder]] = {}
    for name, held in terms.items():
        pattern = re.compile(r"\b(?:" + "|".join(re.escape(one) for one in sorted(names[name])) + r")\b")
        for key in {one.split()[-1].lower() for one in names[name]}:
            found.setdefault(key, []).append(Officeholder(pattern, tuple(held)))
    return {key: tuple(persons) for key, persons in found.items()}


def _day(cell: str, *, end: bool) -> date:
    parts = [int(part) for part in cell.split("-")]
    if len(parts) == 1:
        return date(parts[0], 12, 31) if end else date(parts[0], 1, 1)
    if len(parts) == 2:
        return date(parts[0], parts[1], 28 if end else 1)
    return date(*parts)


def office_terms(text: str, latest: date) -> Iterator[list[tuple[date, date]]]:
    """For each person whom the text names with an office that he holds: the days on which he held it."""
    told: dict[int, set[tuple[date, date]]] = {}
    for line in passages(text):
        for person, held in _persons_in(line):
            told.setdefault(id(person), set()).update(held)
    for days in told.values():
        spans = sorted({(first, min(last, latest)) for first, last in days if first <= latest})
        if spans:
            yield spans


def known_since(text: str, latest: date) -> Iterator[tuple[date, date]]:
    """For each person whom the text names in full: the days from shortly before his first office."""
    for line in passages(text):
        for person, _ in _persons_in(line):
            first = min(term.first for term in person.terms) - _RISE
            if first <= latest:
                yield first, latest


@ByLine
def _persons_in(line: str) -> tuple[tuple[Officeholder, tuple[tuple[date, date], ...]], ...]:
    """Whom the line names in full, and the days on which he held the offices that it names with him."""
    found = []
    known = officeholders()
    for word in known.keys() & frozenset(re.findall(r"[^\W\d_]+", line.lower())):
        for person in known[word]:
            matches = list(person.names.finditer(line))
            if matches:
                found.append((person, tuple(span for match in matches for span in _held(person, line, match))))
    return tuple(found)


def _held(person: Officeholder, text: str, match: re.Match[str]) -> Iterator[tuple[date, date]]:
    before = re.split(r"[.!?]\s|\n", text[max(0, match.start() - _BEFORE) : match.start()])[-1]
    after = re.split(r"[.!?](?:\s|$)|\n", text[match.end() : match.end() + _AFTER])[0]
    for term in person.terms:
        ahead = _last(term.titles, before)
        behind = term.titles.search(after) if after.startswith(",") else None
        title = ahead if ahead and _joined(before[ahead.end() :]) else behind
        if title is None:
            continue
        around = title.string[max(0, title.start() - 20) : title.end() + 8]
        if _NO_LONGER.search(around):
            continue
        if _ELECTED.match(title.string, title.end()):
            yield term.first - _ELECT, term.first
        else:
            yield term.first - _SLACK, term.last + _SLACK if term.last < date.max - _SLACK else term.last


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return max(pattern.finditer(text), key=lambda match: match.start(), default=None)


def _joined(between: str) -> bool:
    """Whether nothing but a blank, a comma or "-elect" stands between a title and its name."""
    return bool(re.fullmatch(r"(?:-elect| designate)?,?\s{1,2}(?:(?:Mr|Mrs|Ms|Dr|Gen|General|Sir)\.?\s)?", between))
