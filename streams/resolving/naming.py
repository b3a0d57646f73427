"""What the proper names of a sentence are: persons, organisations, places, works; by lists and the words beside them.

The kinds and their names are spaCy's (`PERSON`, `ORG`, `GPE`, `LOC`, `FAC`, `NORP`, `LAW`, `EVENT`). A name is looked
up in the gazetteer and among the actors before anything is concluded from its form, so that names from anywhere in the
world fare alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from streams.parsing.forms import Form
from streams.parsing.lemmas import Reading
from streams.parsing.parser import Name
from streams.resolving.actors import ActorLexicon
from streams.resolving.amounts import amounts
from streams.resolving.gazetteer import Entry, Gazetteer
from streams.resolving.name_words import NameWords
from streams.resolving.town_names import speaks_of_town

KNOWN_CITY = 100_000
"""Inhabitants from which on a name alone is taken for the city, and not for a person."""
_PROPER = frozenset({"NNP", "NNPS"})
_JOINERS = frozenset({"-", "‑", "'", "’"})


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as lists: words, words in lower case, tags, lemmas, and whether a blank follows each."""

    words: list[str]
    lower: list[str]
    tags: list[str]
    lemmas: list[str]
    spaced: list[bool]

    def before(self, at: int) -> str:
        """The word before, in lower case; empty at the start."""
        return self.lower[at - 1] if at > 0 else ""

    def after(self, at: int) -> str:
        """The word at this number, in lower case; empty beyond the end."""
        return self.lower[at] if at < len(self.lower) else ""


class Namer:
    """Finds the names, dates and amounts of sentences. Holds lists and nothing that changes."""

    def __init__(self, gazetteer: Gazetteer, actors: ActorLexicon, words: NameWords) -> None:
        self._gazetteer = gazetteer
        self._actors = actors
        self._words = words
        self._given = words.given | {person.name.split()[0].lower() for person in actors.persons.values()}

    def __call__(self, words: Sequence[tuple[Form, bool]], readings: Sequence[Reading]) -> list[Name]:
        """The names of one sentence, in the order of the text, none inside another."""
        sentence = Sentence(
            [form.text for form, _ in words],
            [form.lower for form, _ in words],
            [tag for tag, _, _ in readings],
            [lemma for _, _, lemma in readings],
            [spaced for _, spaced in words],
        )
        found = amounts(sentence, self._words)
        taken = {at for start, end, _ in found for at in range(start, end)}
        at = 0
        while at < len(sentence.words):
            end = at if at in taken else self._run(sentence, at, taken)
            if end > at:
                found += self._parts(sentence, at, end)
            elif at not in taken and self._is_people(sentence, at):
                found.append((at, at + 1, "NORP"))
            at = max(end, at + 1)
        return sorted(found)

    def _run(self, sentence: Sentence, start: int, taken: set[int]) -> int:
        """The end of the run of proper nouns that starts here; `start` itself when none does."""
        at = start
        end = start
        while at < len(sentence.words) and at not in taken:
            proper = sentence.tags[at] in _PROPER and (sentence.words[at][0].isupper() or at > start)
            if proper or (at > start and sentence.words[at][0].isupper() and sentence.words[at - 1] in _JOINERS):
                end = at + 1
            elif end == start or not self._joins(sentence, at):
                break
            at += 1
        return end

    def _joins(self, sentence: Sentence, at: int) -> bool:
        """Whether a name may go on over this word: `al`, `bin`, a hyphen without blanks, `of` after a head."""
        if at + 1 >= len(sentence.words):
            return False
        if sentence.words[at] in _JOINERS:
            return not sentence.spaced[at - 1] and not sentence.spaced[at]
        word = sentence.lower[at]
        if word in self._words.of["particle"] or word.startswith(("al-", "el-")):
            return True
        headed = sentence.lower[at - 1] in self._words.heads
        return headed and (word == "of" or (word == "for" and sentence.words[at + 1][0].isupper()))

    def _parts(self, sentence: Sentence, start: int, end: int) -> list[Name]:
        """The names in a run of proper nouns: what is no title before a person's name."""
        titled = False
        while start < end and sentence.lower[start].rstrip(".") in self._words.of["title"]:
            titled = titled or end - start > 1
            start += 1
        while start < end and (
            sentence.words[start] in _JOINERS or sentence.lower[start] in self._words.of["not-name"]
        ):
            start += 1
        if start == end:
            return []
        if end - start > 1 and self._is_people(sentence, start):
            return [(start, start + 1, "NORP"), *self._parts(sentence, start + 1, end)]
        title = self._title_inside(sentence, start, end)
        if title is not None:
            return [*self._parts(sentence, start, title), *self._parts(sentence, title, end)]
        kind = self._kind(sentence, start, end, titled=titled)
        return [(start, end, kind)] if kind else []

    def _title_inside(self, sentence: Sentence, start: int, end: int) -> int | None:
        """Where a title stands between a place and a name: `U.S. Secretary`, `Kremlin Spokesman`."""
        for at in range(start + 1, end):
            if sentence.lower[at] in self._words.of["title"] and sentence.spaced[at - 1]:
                return at if self._gazetteer.lookup(_text(sentence, start, at)) else None
        return None

    def _is_people(self, sentence: Sentence, at: int) -> bool:
        """Whether the word is one of a people, a nation, a faith."""
        text = sentence.words[at]
        return text[0].isupper() and (
            sentence.lower[at] in self._gazetteer.lexicon.demonyms or sentence.lower[at] in self._words.of["people"]
        )

    def _kind(self, sentence: Sentence, start: int, end: int, *, titled: bool) -> str:  # noqa: PLR0911  (one for each kind)
        """The kind of one name."""
        lower, words = sentence.lower, self._words.of
        name = _text(sentence, start, end)
        entries = self._gazetteer.lookup(name)
        if titled and not _great(entries):
            return "ORG" if lower[end - 1] in words["organisation"] else "PERSON"
        kind = self._listed(name, entries, sentence, start, end)
        if kind:
            return kind
        if lower[end - 1] in words["work-head"] | words["event-word"]:
            return "LAW" if lower[end - 1] in words["work-head"] else "EVENT"
        if any(word in words["organisation"] for word in lower[start:end]):
            return "ORG"
        if lower[end - 1] in words["facility"]:
            return "FAC"
        if lower[end - 1] in words["location"] or (lower[start] in words["location-head"] and end - start > 1):
            return "LOC"
        return self._by_form(sentence, start, end, entries)

    def _listed(self, name: str, entries: tuple[Entry, ...], sentence: Sentence, start: int, end: int) -> str:  # noqa: PLR0911  (one for each kind)
        """The kind of a name that gazetteer or actors know well enough."""
        kinds = {entry.kind for entry in self._actors.names.get(name)}
        alone = end - start == 1
        if "person" in kinds:
            return "PERSON"
        if _great(entries):
            region = all(entry.kind == "region" for entry in entries)
            return "LOC" if region else "GPE"
        if "organisation" in kinds:
            return "ORG"
        if kinds & {"country", "seat", "city"}:
            return "GPE"
        town = bool(entries) and speaks_of_town(sentence.lower, sentence.lemmas, start, end, self._words.of)
        if "surname" in kinds and alone and not town and not self._located(sentence, start, end):
            return "PERSON"
        known = any(entry.population >= KNOWN_CITY or entry.kind == "admin1" for entry in entries if entry.exact)
        if not alone and sentence.lower[start] in self._given and not self._located(sentence, start, end):
            return "PERSON"
        return "GPE" if known or (entries and (town or self._located(sentence, start, end))) else ""

    def _by_form(self, sentence: Sentence, start: int, end: int, entries: tuple[Entry, ...]) -> str:
        """The kind of a name that nothing is known of."""
        text = sentence.words[start]
        says = end < len(sentence.words) and sentence.lemmas[end] in self._words.of["saying"]
        if end - start == 1 and text.isupper() and len(text) > 1:
            return "ORG"
        if sentence.lower[start] in self._given:
            return "PERSON"
        if self._located(sentence, start, end):
            return "FAC" if sentence.before(start) == "the" else "GPE"
        if sentence.before(start) == "the" or "NNPS" in sentence.tags[start:end]:
            return "ORG"
        if entries and end - start == 1 and not says:
            return "GPE"
        return "PERSON" if end - start <= 4 else "ORG"

    def _located(self, sentence: Sentence, start: int, end: int) -> bool:
        """Whether a preposition of place before it, or a place after a comma, says that it is a place."""
        before = sentence.before(start)
        if before == "the":
            before = sentence.before(start - 1)
        if before in self._words.of["locative"] or sentence.after(end) in self._words.of["place-word"]:
            return True
        if sentence.after(end) != "," or end + 1 >= len(sentence.words):
            return False
        following = sentence.words[end + 1]
        return following[0].isupper() and any(entry.kind == "country" for entry in self._gazetteer.lookup(following))


def _great(entries: tuple[Entry, ...]) -> bool:
    """Whether the name is that of a country, a region or a capital."""
    return any(entry.kind in {"country", "region"} or (entry.capital and entry.exact) for entry in entries)


def _text(sentence: Sentence, start: int, end: int) -> str:
    """The name's own words."""
    parts = (
        word + " " * blank for word, blank in zip(sentence.words[start:end], sentence.spaced[start:end], strict=True)
    )
    return "".join(parts).rstrip()
