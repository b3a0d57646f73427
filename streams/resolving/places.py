"""Places of an article: every toponym of its paragraphs, resolved with the whole article as context."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from streams.parsing.tokens import Doc
from streams.records import Place
from streams.resolving.gazetteer import Entry, Gazetteer
from streams.resolving.place_choice import Within, certain, choose, denied
from streams.resolving.place_context import Context
from streams.resolving.place_datelines import Dateline, choose_dateline, countries_of, read_dateline
from streams.resolving.place_finding import Named
from streams.resolving.place_hierarchy import told_once
from streams.resolving.place_memory import ROOM, Choice, Docs, FoundPlace, Names, Paragraph, PlaceMemory
from streams.resolving.place_roles import is_metonym, is_modifier
from streams.resolving.place_unknown import Anchor, anchor
from streams.resolving.toponyms import fold, slug

__all__ = ["FoundPlace", "PlaceResolver"]


class PlaceResolver:
    """Finds and resolves the places of articles. What it keeps of paragraphs, up to `room` bytes, changes nothing."""

    def __init__(self, gazetteer: Gazetteer, room: int = ROOM) -> None:
        self._gazetteer = gazetteer
        self._lexicon = gazetteer.lexicon
        self._memory = PlaceMemory(gazetteer, room)

    def resolve(self, docs: Sequence[Doc], datelines: Sequence[str] = ()) -> list[list[FoundPlace]]:
        """The places of each paragraph of one article, in the order of the text.

        `datelines` stood before the paragraphs: a dateline's places have negative offsets, counted from its end.
        """
        return self.resolve_texts([doc.text for doc in docs], docs.__getitem__, datelines)

    def resolve_texts(self, texts: Sequence[str], docs: Docs, datelines: Sequence[str]) -> list[list[FoundPlace]]:
        """The same for paragraphs that need not be parsed where all that they say of places is known."""
        lines = [read_dateline(text, self._gazetteer) if text else [] for text in datelines]
        paragraphs, read = self._memory.names(texts, docs)
        outer = told_once([one.within for one in read], [one.named for one in read])
        context = self._context(paragraphs, read, outer)
        for country in set().union(*map(countries_of, lines)):
            context.add_country(country)
        context.home = next((choose_dateline(line, context) for read in lines for line in read), None)
        found = [
            self._resolve_paragraph(number, names, within, context, docs)
            for number, (names, within) in enumerate(zip(read, outer, strict=True))
        ]
        for number, (text, dateline) in enumerate(zip(datelines, lines, strict=True)):
            found[number][:0] = [self._dateline(line, len(text), context) for line in dateline]
        return found

    def _dateline(self, line: Dateline, length: int, context: Context) -> FoundPlace:
        """Where the reporter is: said of the text, not of what it tells."""
        place = self._placed(choose_dateline(line, context), line.start - length, line.end - length, line.text)
        return FoundPlace(place, metonym=False, modifier=True, end=place.end)

    def _context(self, paragraphs: Sequence[Paragraph], read: Sequence[Names], outer: list[list[Within]]) -> Context:
        """The countries and the undoubted places of the document; then those that follow from them."""
        context = Context(self._lexicon)
        for people in chain.from_iterable(paragraph.demonyms for paragraph in paragraphs):
            context.add_country(people)
        sure: list[tuple[Entry, Within]] = []
        for one, links in zip(read, outer, strict=True):
            for name, within in zip(one.named, links, strict=True):
                entry = None if name.weak else certain(name)
                if not name.weak:
                    context.add_name(fold(name.span.text), name.entries)
                if entry is not None and entry.kind != "country":
                    sure.append((entry, within))
                country = entry.country if entry is not None else _only_country(name)
                if country is not None and (entry is None or entry.kind == "country"):
                    context.add_country(country)
        denials = [denied(entry, context, within) for entry, within in sure]
        for (entry, _), denial in zip(sure, denials, strict=True):
            if not denial:
                context.add_place(entry)
        return context

    def _resolve_paragraph(
        self, number: int, names: Names, outer: Sequence[Within], context: Context, docs: Docs
    ) -> list[FoundPlace]:
        choices = _choices(names.named, outer, context)
        places = names.places(choices)
        if places is None:
            chosen = zip(names.named, choices, strict=True)
            places = tuple(self._found(docs(number), name, choice) for name, choice in chosen if choice is not None)
            names.keep(choices, places)
        return list(places)

    def _found(self, doc: Doc, name: Named, choice: Entry | Anchor) -> FoundPlace:
        span = doc[name.span.start : name.span.end]
        known = choice if isinstance(choice, Entry) else None
        place = (
            self._unknown(doc, name, choice)
            if isinstance(choice, Anchor)
            else self._placed(choice, *_extent(doc, name))
        )
        modifier = is_modifier(span, self._lexicon.cues) and not name.tail
        metonym = not name.tail and not modifier and is_metonym(span, known, self._lexicon.cues)
        last = doc[name.span.end + name.tail - 1]
        return FoundPlace(replace(place, metonym=metonym), metonym, modifier, last.idx + len(last))

    def _placed(self, entry: Entry, start: int, end: int, text: str) -> Place:
        return Place(
            id=entry.id,
            name=entry.name,
            country=entry.country,
            text=text,
            start=start,
            end=end,
            admin1=entry.admin1,
            admin1_name=self._gazetteer.admin1_name(entry.country, entry.admin1),
            lat=entry.lat,
            lon=entry.lon,
            precision=entry.precision,
        )

    def _unknown(self, doc: Doc, name: Named, where: Anchor) -> Place:
        """A place that the gazetteer lacks, with the coordinates of what the text says that it lies in or near."""
        start, end, text = _extent(doc, name)
        return Place(
            id=f"{where.country}.{where.admin1 or '-'}.{slug(name.span.text)}",
            name=name.span.text,
            country=where.country,
            text=text,
            start=start,
            end=end,
            admin1=where.admin1,
            admin1_name=self._gazetteer.admin1_name(where.country, where.admin1),
            lat=where.lat,
            lon=where.lon,
            precision="named",
        )


def _choices(named: Sequence[Named], outer: Sequence[Within], context: Context) -> tuple[Choice, ...]:
    """What each name means, seen from the whole article."""
    chosen = [(name, choose(name, context, within)) for name, within in zip(named, outer, strict=True)]
    choices: list[Choice] = []
    for (name, entry), within in zip(chosen, outer, strict=True):
        told = name.level or (not name.weak and (within.certainly or within.km is not None))
        choices.append(entry or (anchor(name, within, chosen, context) if told else None))
    return tuple(choices)


def _extent(doc: Doc, name: Named) -> tuple[int, int, str]:
    """First and last character and text of the name; a word in lower case that says what it is stays outside."""
    last = doc[name.span.end + name.tail - 1]
    end = last.idx + len(last) if last.text[:1].isupper() else name.span.end_char
    return name.span.start_char, end, doc.text[name.span.start_char : end]


def _only_country(name: Named) -> str | None:
    """The country of a division or region whose name nothing else has: who says Donbas speaks of Ukraine."""
    countries = {entry.country for entry in name.entries}
    areas = any(entry.kind in ("admin1", "region") and not entry.minor for entry in name.entries)
    return countries.pop() if areas and not name.weak and len(countries) == 1 and "INT" not in countries else None
