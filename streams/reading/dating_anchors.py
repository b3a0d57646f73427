"""World events with known dates, and where a text names them: `streams/lexicon/dates/anchors.tsv`.

By name ("the fall of Kabul"), or by a word of their kind beside a word of time ("last month's coup") where the text
names elsewhere what the event's names hold ("Myanmar").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property

from streams.reading.times_words import alternation, compile_pattern, rows

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
        return _names(" ".join(self.told).replace("'s", "")) - _common()


@dataclass(frozen=True, slots=True)
class Naming:
    """One place where a text names an event: the one meant, or those of which it may be one."""

    anchors: tuple[Anchor, ...]
    before: str
    name: str
    after: str
    explicit: bool


@cache
def anchors() -> tuple[Anchor, ...]:
    """The table, read once."""
    return tuple(
        Anchor(
            kind, date.fromisoformat(first), None if last == "-" else date.fromisoformat(last), tuple(told.split(" ; "))
        )
        for kind, first, last, told in rows("anchors.tsv", 4)
    )


def _names(text: str) -> frozenset[str]:
    """The words with a capital, in lower case."""
    return frozenset(word.lower() for word in re.findall(_NAME, text))


@cache
def _common() -> frozenset[str]:
    """Words with a capital that tell no event from another."""
    return frozenset(word for kind, words in rows("event_nouns.tsv", 2) if kind == "-" for word in words.split(" ; "))


@cache
def _by_key() -> dict[str, tuple[tuple[frozenset[str], date, Wording, Anchor], ...]]:
    """The wordings by the one of their words that the fewest others have."""
    told = [(wording, anchor) for anchor in anchors() for wording in anchor.wordings]
    uses = Counter(word for wording, _ in told for word in wording.words)
    found: dict[str, list[tuple[frozenset[str], date, Wording, Anchor]]] = {}
    for wording, anchor in told:
        if wording.words:
            key = min(wording.words, key=lambda word: (uses[word], word))
            found.setdefault(key, []).append((wording.words, anchor.first, wording, anchor))
    return {key: tuple(listed) for key, listed in found.items()}


def named(text: str, latest: date, reach: int = _NEAR) -> Iterator[Naming]:
    """The events up to `latest` that the text names by a wording of theirs."""
    present = frozenset(re.findall(r"[^\W_]+", text.lower()))
    for key in sorted(present & _by_key().keys()):
        for words, first, wording, anchor in _by_key()[key]:
            if words <= present and first <= latest:
                for match in wording.pattern.finditer(text):
                    yield Naming((anchor,), *_around(text, match, reach), explicit=True)


@cache
def _by_name() -> dict[str, list[int]]:
    """The numbers of the anchors with a name in their wordings."""
    found: dict[str, list[int]] = {}
    for number, anchor in enumerate(anchors()):
        for name in anchor.names:
            found.setdefault(name, []).append(number)
    return found


@cache
def _nouns() -> dict[str, re.Pattern[str]]:
    return {
        kind: compile_pattern(rf"\b(?i:{alternation(nouns.split(' ; '))})(?!\w)")
        for kind, nouns in rows("event_nouns.tsv", 2)
        if kind != "-"
    }


def spoken_of(text: str, latest: date) -> Iterator[Naming]:
    """The words that mean some event of a kind, with the events up to `latest` that fit the names of the text best."""
    shown = Counter(word.lower() for word in re.findall(_NAME, text))
    top = _names(text[:_TOP])
    topics = frozenset(name for name, count in shown.items() if count >= 2 or name in top)
    names = frozenset(shown)
    able: dict[str, list[tuple[Anchor, int]]] = {}
    for number in sorted({number for topic in topics for number in _by_name().get(topic, ())}):
        anchor = anchors()[number]
        if anchor.first <= latest:
            able.setdefault(anchor.kind, []).append((anchor, len(anchor.names & names)))
    for kind, meant in able.items():
        most = max(common for _, common in meant)
        best = tuple(anchor for anchor, common in meant if common >= most - 1)
        pattern = _nouns().get(kind)
        for _, match in zip(range(_MOST_NOUNS), pattern.finditer(text) if pattern else (), strict=False):
            before, noun, after = _around(text, match, _NEAR)
            owner = _OWNER.search(before)
            meant_by = tuple(one for one in best if owner is None or owner[1].lower() in one.names)
            if meant_by:
                yield Naming(meant_by, before, noun, after, explicit=False)


def _around(text: str, match: re.Match[str], reach: int) -> tuple[str, str, str]:
    before = re.split(r"[.!?]\s|\n", text[max(0, match.start() - reach) : match.start()])[-1]
    after = re.split(r"[.!?](?:\s|$)|\n", text[match.end() : match.end() + reach])[0]
    return before, match[0], after
