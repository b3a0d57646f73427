"""Places of an article: every toponym of its paragraphs, resolved with the whole article as context."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from streams.parsing.tokens import Doc
from streams.records import Place
from streams.resolving.gazetteer import Entry, Gazetteer
from streams.resolving.place_choice import Context, Within, certain, choose, denied
from streams.resolving.place_datelines import Dateline, choose_dateline, countries_of, read_dateline
from streams.resolving.place_finding import Finder, Named
from streams.resolving.place_hierarchy import hierarchy, told_once
from streams.resolving.place_roles import is_metonym, is_modifier
from streams.resolving.place_unknown import Anchor, anchor
from streams.resolving.toponyms import fold, slug


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A toponym in a paragraph. Offsets of `place` are characters of the paragraph's `Doc`."""

    place: Place
    metonym: bool
    """It stands for those who rule there (`Moscow warned`)."""
    modifier: bool
    """It only says which (`Kharkiv governor`, `Moscow court`), and need not be where anything happens."""
    end: int
    """Where the phrase ends, with a word in lower case that belongs to it (`Kharkiv region`)."""


class PlaceResolver:
    """Finds and resolves the places of articles. Holds nothing that changes from one article to the next."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._lexicon = gazetteer.lexicon
        self._finder = Finder(gazetteer)

    def resolve(self, docs: list[Doc], datelines: Sequence[str] = ()) -> list[list[FoundPlace]]:
        """The places of each paragraph of one article, in the order of the text.

        `datelines` stood before the paragraphs: a dateline's places have negative offsets, counted from its end.
        """
        lines = [read_dateline(text, self._gazetteer) if text else [] for text in datelines]
        named = self._finder.find(docs)
        outer = told_once([hierarchy(names, self._lexicon.cues) for names in named], named)
        context = self._context(docs, named, outer)
        for country in set().union(*map(countries_of, lines)):
            context.add_country(country)
        context.home = next((choose_dateline(line, context) for read in lines for line in read), None)
        found = [self._resolve_paragraph(names, links, context) for names, links in zip(named, outer, strict=True)]
        for number, (text, read) in enumerate(zip(datelines, lines, strict=True)):
            found[number][:0] = [self._dateline(line, len(text), context) for line in read]
        return found

    def _dateline(self, line: Dateline, length: int, context: Context) -> FoundPlace:
        """Where the reporter is: said of the text, not of what it tells."""
        place = self._placed(choose_dateline(line, context), line.start - length, line.end - length, line.text)
        return FoundPlace(place, metonym=False, modifier=True, end=place.end)

    def _context(self, docs: list[Doc], named: list[list[Named]], outer: list[list[Within]]) -> Context:
        """The countries and the undoubted places of the document; then those that follow from them."""
        context = Context(self._lexicon)
        for doc in docs:
            for token in doc:
                country = self._lexicon.demonyms.get(fold(token.text)) if token.text[:1].isupper() else None
                if country is not None:
                    context.add_country(country)
        sure: list[tuple[Entry, Within]] = []
        for names, links in zip(named, outer, strict=True):
            for name, within in zip(names, links, strict=True):
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

    def _resolve_paragraph(self, names: list[Named], outer: list[Within], context: Context) -> list[FoundPlace]:
        chosen = [(name, choose(name, context, within)) for name, within in zip(names, outer, strict=True)]
        found = []
        for (name, entry), within in zip(chosen, outer, strict=True):
            told = name.level or (not name.weak and (within.certainly or within.km is not None))
            if entry is None and not told:
                continue
            known = self._placed(entry, *_extent(name)) if entry is not None else None
            place = known or self._unknown(name, anchor(name, within, chosen, context))
            modifier = is_modifier(name.span, self._lexicon.cues) and not name.tail
            metonym = not name.tail and not modifier and is_metonym(name.span, entry, self._lexicon.cues)
            last = name.span.doc[name.span.end + name.tail - 1]
            found.append(FoundPlace(replace(place, metonym=metonym), metonym, modifier, last.idx + len(last)))
        return found

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

    def _unknown(self, name: Named, where: Anchor) -> Place:
        """A place that the gazetteer lacks, with the coordinates of what the text says that it lies in or near."""
        start, end, text = _extent(name)
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


def _extent(name: Named) -> tuple[int, int, str]:
    """First and last character and text of the name; a word in lower case that says what it is stays outside."""
    last = name.span.doc[name.span.end + name.tail - 1]
    end = last.idx + len(last) if last.text[:1].isupper() else name.span.end_char
    return name.span.start_char, end, name.span.doc.text[name.span.start_char : end]


def _only_country(name: Named) -> str | None:
    """The country of a division or region whose name nothing else has: who says Donbas speaks of Ukraine."""
    countries = {entry.country for entry in name.entries}
    areas = any(entry.kind in ("admin1", "region") and not entry.minor for entry in name.entries)
    return countries.pop() if areas and not name.weak and len(countries) == 1 and "INT" not in countries else None
