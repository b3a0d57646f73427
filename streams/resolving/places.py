"""Places of an article: every toponym of its paragraphs, resolved with the whole article as context."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from spacy.tokens import Doc, Span

from streams.records import Place
from streams.resolving.gazetteer import Entry, Gazetteer
from streams.resolving.place_choice import Context, certain, choose
from streams.resolving.place_finding import Finder, Named
from streams.resolving.place_roles import is_metonym, is_modifier
from streams.resolving.place_tokens import capitalised
from streams.resolving.toponyms import fold, slug

_LINKS = frozenset({",", "(", "in", "of", "'s", "’s", "from"})


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
        context = self._context(docs, [name for names in named for name in names])
        return [self._resolve_paragraph(names, context) for names in named]

    def _context(self, docs: list[Doc], names: list[Named]) -> Context:
        """The countries and the undoubted places of the document; then those that follow from them."""
        context = Context(self._lexicon)
        for doc in docs:
            for token in capitalised(doc):
                country = self._lexicon.demonyms.get(fold(token.text))
                if country is not None:
                    context.add_country(country)
        for name in names:
            entry = None if name.weak else certain(name)
            if entry is not None and entry.kind == "country":
                context.add_country(entry.country)
            elif entry is not None:
                context.add_place(entry)
        return context

    def _resolve_paragraph(self, names: list[Named], context: Context) -> list[FoundPlace]:
        outer = self._hierarchy(names)
        chosen = [choose(name, context, links) for name, links in zip(names, outer, strict=True)]
        found = []
        for name, entry, links in zip(names, chosen, outer, strict=True):
            if entry is None and not name.level:
                continue
            place = self._place(name, entry, links, context)
            modifier = is_modifier(name.span, self._lexicon.cues) and not name.tail
            metonym = not name.tail and not modifier and is_metonym(name.span, entry, self._lexicon.cues)
            found.append(FoundPlace(replace(place, metonym=metonym), metonym, modifier))
        return found

    def _hierarchy(self, names: list[Named]) -> list[list[Entry]]:
        """The larger places that the text puts each in: `Izium, Kharkiv region`, `Fresno in California`."""
        outer: list[list[Entry]] = [[] for _ in names]
        for at, (first, second) in enumerate(pairwise(names)):
            between = first.span.doc[first.span.end + first.tail : second.span.start]
            words = [token.lower_ for token in between if token.lower_ not in {"the", "a"}]
            if (
                len(between) > 3
                or not words
                or words[0] not in _LINKS
                or second.span.sent.start != first.span.sent.start
            ):
                continue
            inner, larger = (at + 1, first) if words[0] in {"'s", "’s"} else (at, second)
            outer[inner] = [entry for entry in larger.entries if _may_hold(entry, larger)]
        return outer

    def _place(self, name: Named, entry: Entry | None, within: Iterable[Entry], context: Context) -> Place:
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

    def _unknown(self, span: Span, text: str, within: Iterable[Entry], context: Context) -> Place:
        """A place that the gazetteer lacks: in the division or country that the text says, without coordinates."""
        larger = next(iter(within), None)
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


def _may_hold(entry: Entry, name: Named) -> bool:
    """Whether others may lie in it; where a word calls it a division, only the divisions of that name."""
    return entry.kind in ("admin1", "region") or (entry.kind == "country" and name.level != "admin1")
