"""World events with known dates, and where a text names them: `streams/lexicon/dates/anchors.tsv`.

By name ("the fall of Kabul"), or by a word of their kind beside a word of time ("last month's coup") where the text
names elsewhere what the event's names hold ("Myanmar").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from itertools import chain

from streams.extending.files import gathered, lines_of
from streams.extending.in_force import forgotten_with_lexicon
from streams.extending.rows import Line
from streams.reading.dating_page import passages
from streams.reading.searching import Able
from streams.reading.times_checks import compiled, day_of, wrong
from streams.reading.times_words import alternation, compile_pattern
from streams.remembering import ByLine

_NEAR = 90
"""How far from the name words that relate the article to the event are looked for; characters, within the sentence."""
_MOST_NOUNS = 40
_NAME = r"\b[^\W\d_a-z][^\W\d_]{2,}"
_OWNER = re.compile(
    r"\b(?!(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)"
    r"([A-Z]\w{2,30})['’]s?\s$"
)
"""Whose visit or war it is, right before the noun; a month is nobody."""
_TOP = 300
"""What a text is about is named in so many characters, or twice."""


@dataclass(frozen=True)
class Wording:
    """One way in which text names an event."""

    told: str

    @cached_property
    def words(self) -> frozenset[str]:
        """The words, in lower case, that every text with the wording has."""
        fixed, optional = self.told.lower(), 1
        while optional:
            fixed, optional = re.subn(r"\w{0,30}\([^()]*\)\w{0,30}", " ", fixed)
        return frozenset(re.findall(r"[^\W_]+", re.sub(r"\b\w{1,30}\?", " ", fixed)))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """`..` is up to 40 characters of one sentence, a space any white space."""
        text = self.told.replace(".", "\\.").replace(" \\.\\. ", "<GAP>").replace("'", "['’]").replace(" ", r"\s")
        return re.compile(r"\b" + text.replace("<GAP>", r"\b[^.!?\n]{0,40}\b") + r"(?!\w)", re.IGNORECASE)


@dataclass(frozen=True)
class Anchor:
    """A dated event with the ways in which text names it; of kind `era` where only its beginning says something."""

    kind: str
    first: date
    last: date | None
    told: tuple[str, ...]
    """The wordings as the table has them."""

    @cached_property
    def wordings(self) -> tuple[Wording, ...]:
        """The wordings, ready to be looked for."""
        return tuple(Wording(item) for item in self.told)

    @cached_property
    def names(self) -> frozenset[str]:
        """The proper names in its wordings, in lower case."""
        return _names(" ".join(self.told).replace("'s", "")) - _event_nouns()["-"]


@dataclass(frozen=True, slots=True)
class Naming:
    """One place where a text names an event: the one meant, or those of which it may be one."""

    anchors: tuple[Anchor, ...]
    before: str
    name: str
    after: str
    explicit: bool


@forgotten_with_lexicon
@cache
def anchors() -> tuple[Anchor, ...]:
    """The table, read once. Raises `LexiconError` for a row that is wrong."""
    lines = list(lines_of("dates/anchors"))
    kinds = {line.cells[0] for line in lines if not line.own}
    return tuple(_anchor(line, kinds) for line in lines)


def _anchor(line: Line, kinds: set[str]) -> Anchor:
    kind, _, _, told = line.cells
    first, last = day_of(line, 1), day_of(line, 2)
    if first is None:
        raise wrong(line, "an anchor needs its first day")
    found = Anchor(kind, first, last, tuple(told.split(" ; ")))
    if line.own:
        if kind not in kinds:
            raise wrong(line, f"no {kind!r}; there are {', '.join(sorted(kinds))}")
        if last is not None and last < first:
            raise wrong(line, f"it ends ({last}) before it begins ({first})")
        for wording in found.wordings:
            compiled(line, lambda wording=wording: wording.pattern)  # type: ignore[misc]
            if not wording.words:
                raise wrong(line, f"the wording {wording.told!r} has no word that is always there")
    return found


def _names(text: str) -> frozenset[str]:
    """The words with a capital, in lower case."""
    return frozenset(word.lower() for word in re.findall(_NAME, text))


@forgotten_with_lexicon
@cache
def _event_nouns() -> dict[str, frozenset[str]]:
    """The words for events by kind; under `-`, words with a capital that tell no event from another."""
    return gathered("dates/event_nouns", lambda cell: map(str.strip, cell.split(" ; ")))


@forgotten_with_lexicon
@cache
def _by_key() -> dict[str, tuple[tuple[Wording, Anchor], ...]]:
    """The wordings by the one of their words that the fewest others have."""
    told = [(wording, anchor) for anchor in anchors() for wording in anchor.wordings]
    uses = Counter(word for wording, _ in told for word in wording.words)
    found: dict[str, list[tuple[Wording, Anchor]]] = {}
    for wording, anchor in told:
        if wording.words:
            key = min(wording.words, key=lambda word: (uses[word], word))
            found.setdefault(key, []).append((wording, anchor))
    return {key: tuple(listed) for key, listed in found.items()}


def named(text: str, latest: date, reach: int = _NEAR) -> Iterator[Naming]:
    """The events up to `latest` that a line of the text names by a wording of theirs."""
    known = _namings(reach)
    for line in passages(text):
        yield from (naming for naming in known(line) if naming.anchors[0].first <= latest)


@cache
def _namings(reach: int) -> ByLine[tuple[Naming, ...]]:
    return ByLine(lambda line: tuple(_named_in(line, reach)))


def _named_in(line: str, reach: int) -> Iterator[Naming]:
    present = frozenset(re.findall(r"[^\W_]+", line.lower()))
    text = f"{line}\n\n"  # so that no line ends the text, which some wordings ask for
    for key in sorted(_by_key().keys() & present):
        for wording, anchor in _by_key()[key]:
            if wording.words <= present:
                for match in wording.pattern.finditer(text):
                    yield Naming((anchor,), *_around(text, match, reach), explicit=True)


@forgotten_with_lexicon
@cache
def nouns() -> dict[str, re.Pattern[str]]:
    """The words that mean some event of a kind, by kind."""
    return {
        kind: compile_pattern(rf"\b(?i:{alternation(nouns)})(?!\w)")
        for kind, nouns in _event_nouns().items()
        if kind != "-"
    }


@forgotten_with_lexicon
@cache
def _nouns_able() -> Able:
    return Able(list(nouns().values()))


@forgotten_with_lexicon
@cache
def _by_name() -> dict[str, tuple[int, ...]]:
    """The numbers of the events in whose wordings a name stands."""
    found: dict[str, list[int]] = {}
    for number, anchor in enumerate(anchors()):
        for name in anchor.names:
            found.setdefault(name, []).append(number)
    return {name: tuple(numbers) for name, numbers in found.items()}


@ByLine
def _shown(line: str) -> tuple[str, ...]:
    """The words with a capital that stand in the names of events, each as often as it comes."""
    return tuple(word for word in map(str.lower, re.findall(_NAME, line)) if word in _by_name())


@ByLine
def _spoken_in(line: str) -> tuple[tuple[str, str, str, str, str | None], ...]:
    """Each word for a kind of events: the kind, what stands before it, the word, what follows, and whose it is."""
    found = []
    kinds = list(nouns())
    for number, match in _nouns_able().find(line):
        before, noun, after = _around(line, match, _NEAR)
        owner = _OWNER.search(before)
        found.append((kinds[number], before, noun, after, owner[1].lower() if owner else None))
    return tuple(found)


def spoken_of(text: str, latest: date) -> Iterator[Naming]:
    """The words that mean some event of a kind, with the events up to `latest` that fit the names of the text best."""
    lines = passages(text)
    shown = Counter(chain.from_iterable(map(_shown, lines)))
    top = frozenset(chain.from_iterable(map(_shown, text[:_TOP].split("\n"))))
    topics = (name for name, count in shown.items() if count >= 2 or name in top)
    best = _best({number for name in topics for number in _by_name()[name]}, shown, latest)
    if not best:
        return
    told: Counter[str] = Counter()
    for kind, before, noun, after, owner in chain.from_iterable(map(_spoken_in, lines)):
        told[kind] += 1
        if told[kind] > _MOST_NOUNS:
            continue
        meant_by = tuple(one for one in best.get(kind, ()) if owner is None or owner in one.names)
        if meant_by:
            yield Naming(meant_by, before, noun, after, explicit=False)


def _best(numbers: Iterable[int], shown: Mapping[str, int], latest: date) -> dict[str, list[Anchor]]:
    """Of these events up to `latest`, for each kind those with most names of the text, or one less."""
    able: dict[str, list[tuple[int, Anchor]]] = {}
    for number in sorted(numbers):
        anchor = anchors()[number]
        if anchor.first <= latest:
            able.setdefault(anchor.kind, []).append((len(anchor.names.intersection(shown)), anchor))
    return {
        kind: [anchor for count, anchor in meant if count >= max(most for most, _ in meant) - 1]
        for kind, meant in able.items()
    }


def _around(text: str, match: re.Match[str], reach: int) -> tuple[str, str, str]:
    before = re.split(r"[.!?]\s|\n", text[max(0, match.start() - reach) : match.start()])[-1]
    after = re.split(r"[.!?](?:\s|$)|\n", text[match.end() : match.end() + reach])[0]
    return before, match[0], after
