"""Places of an article: every toponym of its paragraphs, resolved with the whole article as context."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from streams.parsing.tokens import Doc, Span

from streams.records import Place
from streams.resolving.gazetteer import Entry, Gazetteer
from streams.resolving.place_choice import Context, Within, certain, choose, denied
from streams.resolving.place_finding import Finder, Named
from streams.resolving.place_roles import is_metonym, is_modifier
from streams.resolving.place_tokens import capitalised
from streams.resolving.toponyms import fold, slug

_LINKS = frozenset({",", "(", "in", "of", "'s", "’s", "from"})
_MOST_BETWEEN = 4
_LINKING = frozenset({"ADP", "DET", "ADJ", "NOUN", "PUNCT", "PART", "NUM", "ADV", "SCONJ"})
"""What may stand between a place and the larger one: `, a town in northern`, but not `, Zelensky said`."""
_CERTAIN_LINKS = frozenset({"(", "in"})


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A toponym in a paragraph. Offsets of `place` are characters of the paragraph's `Doc`."""

    place: Place
    metonym: bool
    """It stands for those who rule there (`Moscow warned`)."""
    modifier: bool
    """It only says which (`Kharkiv governor`, `Moscow court`), and need not be where anything happens."""


class PlaceResolver:
    """Finds and resolves the places of articles. Holds nothing that changes from one article to the next."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._lexicon = gazetteer.lexicon
        self._finder = Finder(gazetteer)

    def resolve(self, docs: list[Doc]) -> list[list[FoundPlace]]:
        """The places of each paragraph of one article, in the order of the text."""
        named = [self._finder.find(number, doc) for number, doc in enumerate(docs)]
        outer = self._told_once([self._hierarchy(names) for names in named], named)
        context = self._context(docs, named, outer)
        return [self._resolve_paragraph(names, links, context) for names, links in zip(named, outer, strict=True)]

    @staticmethod
    def _told_once(outer: list[list[Within]], named: list[list[Named]]) -> list[list[Within]]:
        """What one sentence says of where a name lies holds for the name in the whole article."""
        told: dict[str, Within] = {}
        for names, links in zip(named, outer, strict=True):
            for name, within in zip(names, links, strict=True):
                if within.certainly:
                    told.setdefault(fold(name.span.text), within)
        return [
            [
                within if within.entries else told.get(fold(name.span.text), within)
                for name, within in zip(names, links, strict=True)
            ]
            for names, links in zip(named, outer, strict=True)
        ]

    def _context(self, docs: list[Doc], named: list[list[Named]], outer: list[list[Within]]) -> Context:
        """The countries and the undoubted places of the document; then those that follow from them."""
        context = Context(self._lexicon)
        for doc in docs:
            for token in capitalised(doc):
                country = self._lexicon.demonyms.get(fold(token.text))
                if country is not None:
                    context.add_country(country)
        sure: list[tuple[Entry, Within]] = []
        for names, links in zip(named, outer, strict=True):
            for name, within in zip(names, links, strict=True):
                entry = None if name.weak else certain(name)
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
        found = []
        for name, within in zip(names, outer, strict=True):
            entry = choose(name, context, within)
            if entry is None and not name.level and (name.weak or not within.certainly):
                continue
            place = self._place(name, entry, within, context)
            modifier = is_modifier(name.span, self._lexicon.cues) and not name.tail
            metonym = not name.tail and not modifier and is_metonym(name.span, entry, self._lexicon.cues)
            found.append(FoundPlace(replace(place, metonym=metonym), metonym, modifier))
        return found

    def _hierarchy(self, names: list[Named]) -> list[Within]:
        """The larger places that the text puts each in: `Izium, Kharkiv region`, `Fresno in California`."""
        outer = [Within(beside=_divisions_beside(name, names)) for name in names]
        for at, (first, second) in enumerate(pairwise(names)):
            between = first.span.doc[first.span.end + first.tail : second.span.start]
            words = [token.lower_ for token in between if token.lower_ not in {"the", "a", "an"}]
            if words and words[0] in self._lexicon.cues["local-tail"]:
                del words[0]
            if (
                len(between) > _MOST_BETWEEN
                or not words
                or words[0] not in _LINKS
                or not all(token.pos_ in _LINKING for token in between)
                or second.span.sent.start != first.span.sent.start
            ):
                continue
            inner, larger = (at + 1, first) if words[0] in {"'s", "’s"} else (at, second)
            entries = tuple(entry for entry in larger.entries if _may_hold(entry, larger))
            certainly = words[0] in _CERTAIN_LINKS and not outer[at].entries
            outer[inner] = replace(outer[inner], entries=entries, certainly=certainly)
        return outer

    def _place(self, name: Named, entry: Entry | None, within: Within, context: Context) -> Place:
        span = name.span
        end = span.doc[span.end + name.tail - 1]
        start, stop = span.start_char, end.idx + len(end)
        text = span.doc.text[start:stop]
        if entry is None:
            return self._unknown(span, text, within, context)
        return Place(
            id=entry.id,
            name=entry.name,
            country=entry.country,
            text=text,
            start=start,
            end=stop,
            admin1=entry.admin1,
            admin1_name=self._gazetteer.admin1_name(entry.country, entry.admin1),
            lat=entry.lat,
            lon=entry.lon,
            precision=entry.precision,
        )

    def _unknown(self, span: Span, text: str, within: Within, context: Context) -> Place:
        """A place that the gazetteer lacks: in the division or country that the text says, without coordinates."""
        larger = next(iter(within.entries), None)
        if larger is not None:
            country, admin1 = larger.country, larger.admin1
        else:
            best = context.weights.most_common(2)
            clear = best and (len(best) == 1 or best[0][1] >= 2 * best[1][1])
            country, admin1 = (best[0][0] if clear else "UNK"), None
        return Place(
            id=f"{country}.{admin1 or '-'}.{slug(span.text)}",
            name=span.text,
            country=country,
            text=text,
            start=span.start_char,
            end=span.start_char + len(text),
            admin1=admin1,
            admin1_name=self._gazetteer.admin1_name(country, admin1),
            precision="named",
        )


def _divisions_beside(name: Named, names: list[Named]) -> tuple[Entry, ...]:
    """The divisions, of one meaning each, that the sentence of the name also names."""
    sentence = name.span.sent
    return tuple(
        entry
        for other in names
        if other is not name and sentence.start <= other.span.start < sentence.end
        for entry in other.entries
        if entry.kind == "admin1" and len({division.id for division in other.entries}) == 1
    )


def _may_hold(entry: Entry, name: Named) -> bool:
    """Whether others may lie in it; where a word calls it a division, only the divisions of that name."""
    if entry.kind == "country":
        return name.level != "admin1"
    return entry.kind in ("admin1", "region") and entry.precision != "point"


def _only_country(name: Named) -> str | None:
    """The country of a division or region whose name nothing else has: who says Donbas speaks of Ukraine."""
    countries = {entry.country for entry in name.entries}
    areas = any(entry.kind in ("admin1", "region") for entry in name.entries)
    return countries.pop() if areas and not name.weak and len(countries) == 1 and "INT" not in countries else None
