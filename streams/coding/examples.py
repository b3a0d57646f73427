"""Examples of frames: for each a sentence that it must code, and a near miss that it must not.

They stand beside the frames in `examples.tsv`, ours in each field of `streams/lexicon/predicates`, a user's with his.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import accumulate, islice, zip_longest

from streams.coding.coder import Coder
from streams.coding.frames import Row
from streams.reading.result import Reading
from streams.records import DateWindow, Document, Mention, Paragraph, ParagraphKind, Version

DAY = date(2024, 6, 12)
"""A Wednesday."""


@dataclass(frozen=True)
class Example:
    """One row. `word` is the lemma with `.v` or `.n`; actor and recipient are paths, `-` for none."""

    where: str
    word: str
    actor: str
    type: str
    mode: str
    recipient: str
    sentence: str
    near_miss: str

    @property
    def lemma(self) -> str:
        """The lemma alone."""
        return self.word[:-2].replace("_", " ")


def examples_of(rows: Iterable[Row]) -> list[Example]:
    """Rows of seven columns as examples."""
    return [Example(row.where, *row.cells) for row in rows]


def reading_of(
    *paragraphs: str,
    kinds: Sequence[ParagraphKind] = (),
    entries: Sequence[int] = (),
    language: str = "en",
    article_id: str = "example",
    day: date = DAY,
) -> Reading:
    """The paragraphs as an article published on that day, their offsets as in the text that newlines join."""
    starts = accumulate((len(text) + 1 for text in paragraphs), initial=0)
    kept = zip_longest(paragraphs, islice(starts, len(paragraphs)), entries, kinds)
    document = Document(
        article_id=article_id,
        version=Version(f"{day}T12:00:00.000000Z", "0"),
        title=None,
        source=None,
        url=None,
        published=DateWindow(day, day, "day", "given"),
        fetched=datetime(day.year, day.month, day.day, 12, tzinfo=UTC),
        language=language,
        paragraphs=tuple(
            Paragraph(text, start, start + len(text), entry or 0, kind or "body") for text, start, entry, kind in kept
        ),
        removed=(),
        signature=(),
        mentions=(),
        coder="",
    )
    return Reading(document, "\n".join(paragraphs), (None,) * len(paragraphs))


def told(coder: Coder, text: str) -> tuple[Mention, ...]:
    """The mentions that the coder finds in the text."""
    return coder.code(reading_of(text)).mentions


def fault(coder: Coder, example: Example) -> str:
    """What is wrong with what the coder makes of the sentence; empty if nothing is."""
    mentions = told(coder, example.sentence)
    mode = "" if example.mode == "-" else example.mode
    for mention in mentions:
        actors = [party.id for party in mention.actors]
        recipients = [party.id for party in mention.recipients]
        sides = under(example.actor, actors) and under(example.recipient, recipients)
        if mention.mutual and not sides:
            both = actors + recipients
            sides = all(under(path, both) for path in (example.actor, example.recipient) if path != "-")
        if (mention.type, mention.mode) == (example.type, mode) and sides:
            return ""
    wanted = f"{example.actor} {example.type}/{example.mode} {example.recipient}"
    return f"wanted {wanted}, found {[brief(mention) for mention in mentions]}"


def misfire(coder: Coder, example: Example) -> str:
    """What the coder wrongly makes of the near miss with this word; empty if nothing."""
    last = example.lemma.split(" ")[-1]
    text = example.near_miss
    lemmas = coder.lemmas(reading_of(text))
    words = {*lemmas.values(), *text.lower().split()}
    if last not in words:
        return f"the near miss lacks the word {last} (lemmas: {sorted(words)})"
    wrong = [
        m
        for m in told(coder, text)
        if m.type == example.type and last in {lemmas.get(m.trigger.start, ""), m.trigger.text.lower()}
    ]
    return f"coded as {wrong[0].type} at {wrong[0].trigger.text}" if wrong else ""


def under(path: str, parties: list[str]) -> bool:
    """Whether one of the ids is the path or lies below it; `-` wants none."""
    return not parties if path == "-" else any(f"{found}.".startswith(f"{path}.") for found in parties)


def brief(mention: Mention) -> str:
    """A mention on one line."""
    sides = ["+".join(party.id for party in side) or "-" for side in (mention.actors, mention.recipients)]
    more = f"{mention.trigger.text}, {mention.status}{', negated' if mention.negated else ''}"
    return f"{sides[0]} {mention.type}/{mention.mode or '-'} {sides[1]} ({more})"
