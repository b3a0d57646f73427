"""An event as one sentence tells it, before the tellings of an article are joined."""

from __future__ import annotations

from dataclasses import dataclass

from streams.records import (
    Amount,
    Casualties,
    Count,
    DateWindow,
    EventType,
    Party,
    Place,
    Span,
    Status,
    Told,
)


@dataclass(frozen=True, slots=True)
class Draft:
    """One telling. Offsets of the parties, the place, the trigger and the sentence are those of the raw text."""

    type: EventType
    mode: str
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    mutual: bool
    date: DateWindow
    place: Place | None
    nearness: int
    """How near to the trigger the place was told, see `where_when.Where`."""
    status: Status
    negated: bool
    attributed_to: Party | None
    casualties: Casualties
    amounts: tuple[Amount, ...]
    weapons: tuple[str, ...]
    told: tuple[Told, ...]
    trigger: Span
    sentence: str
    """Text of the founding sentence."""
    words: frozenset[str]
    """Content lemmas of the sentence."""
    links: frozenset[tuple[int, int]]
    """Paragraph and token numbers of trigger and what it directly governs or stands under."""
    lemma: str
    confidence: float
    entry: int
    about: str = ""
    """Lemma of the thing that a speech act is about, where the text takes it as known: "condemned the strike"."""
    things: tuple[str, ...] = ()
    """Lemmas of things that the sentence and its paragraph name."""
    counts: tuple[Count, ...] = ()
    owning: bool = False
    """It only tells who says that he did a deed that another sentence tells."""

    @property
    def kind(self) -> str:
        """Kind of the paragraph of the founding sentence: body if any telling is."""
        return "body" if any(told.kind == "body" for told in self.told) else self.told[0].kind
