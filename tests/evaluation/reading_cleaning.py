"""Cleaning against line labels, counted in characters other than white space."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from streams.reading.result import Reading
from streams.records import Article
from tests.evaluation.reading_measures import Measure, around, f1, ratio
from tests.evaluation.reading_sets import Annotated, SetError, moment, reading_of

FETCHED = moment("2025-01-01")
"""Cleaning does not ask for the time."""

LEAST = 25
"""Letters and digits from which the start of a line can be the same line cut off."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A labelled stretch of the text: a line, or what is to be cut out of one."""

    start: int
    end: int
    label: str


def stretches(record: Annotated) -> list[Stretch]:
    """The labelled lines at their places. Raises `SetError` when they are not all of the text, in its order."""
    text, found, done = record["text"], [], 0
    for number, (label, line, *cuts) in enumerate(record["lines"], 1):
        shown = line.strip()
        start = text.find(shown, done)
        if start < 0 or not shown or text[done:start].strip():
            raise SetError(f"cleaning {record['id']}: line {number} is not the next one of the text")
        done = start + len(shown)
        found.append(Stretch(start, done, label))
        at = start
        for cut in cuts[0] if cuts else ():
            at = text.find(cut, at, done)
            if at < 0 or label != "content" or not cut:
                raise SetError(f"cleaning {record['id']}: line {number} has a cut that is not in it")
            found.append(Stretch(at, at + len(cut), "cut"))
            at += len(cut)
    if text[done:].strip():
        raise SetError(f"cleaning {record['id']}: text after the last line")
    return found


def kept_places(reading: Reading | None, size: int) -> bytearray:
    """For each character of the raw text 1 when it is kept. Raises `SetError` for a text that was read as a page."""
    kept = bytearray(size)
    if reading is None:
        return kept
    if reading.document.text is not None:
        raise SetError("cleaning: a text is read as HTML, so its offsets point into another text")
    for part in reading.document.paragraphs:
        if part.start is not None and part.end is not None:
            kept[part.start : part.end] = b"\x01" * (part.end - part.start)
    for cut in reading.document.removed:
        kept[cut.start : cut.end] = bytes(cut.end - cut.start)
    return kept


def fair(text: str, parts: Sequence[Stretch], kept: bytearray) -> list[Stretch]:
    """The labels with a content line and its duplicate exchanged where the reader kept the other one of the two.

    Which of two equal lines goes is a matter of taste; a complete one must not go for one that was cut off.
    """
    swapped = list(parts)
    keys = [_key(text[part.start : part.end]) for part in parts]
    for again, part in enumerate(parts):
        if part.label != "duplicate" or not any(kept[part.start : part.end]):
            continue
        for first, other in enumerate(parts):
            same = keys[first] == keys[again] or (len(keys[first]) >= LEAST and keys[again].startswith(keys[first]))
            if same and swapped[first].label == "content" and not any(kept[other.start : other.end]):
                swapped[first] = replace(other, label="duplicate")
                swapped[again] = replace(part, label="content")
                break
    return swapped


def _key(line: str) -> str:
    return "".join(character for character in line.casefold() if character.isalnum())


def compare(text: str, parts: Sequence[Stretch], kept: bytearray) -> Counter[tuple[str, bool]]:
    """How many characters were kept and not kept, by label: `content`, `duplicate`, else `boilerplate`."""
    labels = [""] * len(text)
    for part in fair(text, parts, kept):
        label = part.label if part.label in {"content", "duplicate"} else "boilerplate"
        labels[part.start : part.end] = [label] * (part.end - part.start)
    return Counter(
        (label, bool(stays))
        for label, stays, character in zip(labels, kept, text, strict=True)
        if label and not character.isspace()
    )


def tally(counts: Counter[tuple[str, bool]]) -> dict[str, Measure]:
    """The measures of characters counted by `compare`."""
    of = {label: counts[label, True] + counts[label, False] for label in ("content", "duplicate", "boilerplate")}
    stays = sum(counts[label, True] for label in of)
    return {
        "cleaning: boilerplate removed": Measure(
            ratio(counts["boilerplate", False], of["boilerplate"]), of["boilerplate"]
        ),
        "cleaning: content kept": Measure(ratio(counts["content", True], of["content"]), of["content"]),
        "cleaning: duplicates removed": Measure(ratio(counts["duplicate", False], of["duplicate"]), of["duplicate"]),
        "cleaning: F1 of kept": Measure(f1(counts["content", True], stays, of["content"]), of["content"]),
    }


def _read(record: Annotated) -> tuple[Reading | None, bytearray]:
    reading = reading_of(Article(fetched=FETCHED, text=record["text"]))
    return reading, kept_places(reading, len(record["text"]))


def score(records: Iterable[Annotated]) -> dict[str, Measure]:
    """The measures over labelled articles."""
    counts: Counter[tuple[str, bool]] = Counter()
    for record in records:
        _, kept = _read(record)
        counts += compare(record["text"], stretches(record), kept)
    return tally(counts)


def errors(records: Iterable[Annotated]) -> Iterator[str]:
    """Each stretch of a labelled line that was kept or removed against its label."""
    for record in records:
        text = record["text"]
        reading, kept = _read(record)
        labels: list[str | None] = [None] * len(text)
        for part in fair(text, stretches(record), kept):
            labels[part.start : part.end] = [part.label] * (part.end - part.start)
        for start, end in _wrong(text, labels, kept):
            label = labels[start]
            cuts = reading.document.removed if reading else ()
            why = next((cut.reason for cut in cuts if cut.start <= start < cut.end), "without a reason")
            told = "kept" if kept[start] else f"removed ({why})"
            size = sum(not character.isspace() for character in text[start:end])
            shown = around(text, start, end) if end - start < 30 else f"[{' '.join(text[start:end].split())[:160]}]"
            yield f"{record['id']}  expected {label}, found {told}, {size} characters  | {shown}"


def _wrong(text: str, labels: Sequence[str | None], kept: bytearray) -> Iterator[tuple[int, int]]:
    """Runs of one label on the wrong side, over the blanks inside them."""
    start = last = -1
    for at, character in enumerate(text):
        if character.isspace() and labels[at] is not None:
            continue
        wrong = labels[at] is not None and (labels[at] == "content") != bool(kept[at])
        if start >= 0 and (not wrong or labels[at] != labels[start] or "\n" in text[last:at]):
            yield start, last + 1
            start = -1
        if wrong:
            start, last = (at if start < 0 else start), at
    if start >= 0:
        yield start, last + 1
