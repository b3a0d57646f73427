"""Time expressions against TIMEX3 annotations: extent strictly and relaxed, value, type, as TempEval-3 counts them.

A found expression and an annotated one meet when they share a character; each is used once, exact pairs first, then
those that share most. Value F1 counts the pairs of equal value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from streams.records import Article, Document, InvalidRecordError
from tests.evaluation.reading_measures import Measure, around, f1, ratio
from tests.evaluation.reading_sets import Annotated, SetError, moment
from tests.evaluation.run import processor

_TAG = re.compile(r"<(/?)TIMEX3\b([^<>]{0,300})>")
_ATTRIBUTE = re.compile(r"(\w{1,30})\s{0,3}=\s{0,3}[\"']([^\"']{0,100})[\"']")


@dataclass(frozen=True, slots=True, order=True)
class Timex:
    """A time expression at its place in the plain text."""

    start: int
    end: int
    type: str
    value: str


Pair = tuple[Timex, Timex]


def marked(text: str, identity: str) -> tuple[str, list[Timex]]:
    """The text without its tags, and the expressions that they mark. Raises `SetError` for tags that do not pair."""
    plain, found, done = "", [], 0
    opened: tuple[int, dict[str, str]] | None = None
    for tag in _TAG.finditer(text):
        plain += text[done : tag.start()]
        done = tag.end()
        if bool(tag[1]) != (opened is not None):
            raise SetError(f"times {identity}: tags do not pair before character {tag.start()}")
        if opened is None:
            opened = len(plain), dict(_ATTRIBUTE.findall(tag[2]))
            continue
        start, told = opened
        opened = None
        if not {"type", "value"} <= told.keys() or not plain[start:].strip():
            raise SetError(f"times {identity}: a tag before character {tag.start()} lacks type, value or words")
        start += len(plain[start:]) - len(plain[start:].lstrip())
        found.append(Timex(start, len(plain.rstrip()), told["type"], told["value"]))
    plain += text[done:]
    if opened is not None or "TIMEX3" in plain:
        raise SetError(f"times {identity}: a tag is left open or broken")
    return plain, found


def document_of(record: Annotated, plain: str) -> Document | None:
    """The plain text read and coded as a worker does it; None when nothing is left of it."""
    article = Article(
        fetched=moment(record["published"]), text=plain, title=record["title"], published=record["published"]
    )
    try:
        return processor().document(article, full=True)[0]
    except InvalidRecordError as error:
        if error.reason == "cannot-code":
            raise
        return None


def times_of(document: Document | None) -> list[Timex]:
    """The expressions that a document lists; those in a title that is no part of the text are left out."""
    times = (document.times if document else None) or ()
    return sorted({Timex(time.start, time.end, time.type, time.value) for time in times if time.end > 0})


def pairs(gold: Sequence[Timex], found: Sequence[Timex]) -> list[Pair]:
    """Annotated and found expressions that overlap, one to one."""
    able = sorted(
        (-(one.start == other.start and one.end == other.end), -_shared(one, other), one, other)
        for one in gold
        for other in found
        if _shared(one, other) > 0
    )
    matched: dict[Timex, Timex] = {}
    for *_, one, other in able:
        if one not in matched and other not in matched.values():
            matched[one] = other
    return sorted(matched.items())


def _shared(one: Timex, other: Timex) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


def _compared(record: Annotated) -> tuple[str, Document | None, list[Timex], list[Timex]]:
    plain, gold = marked(record["text"], record["id"])
    document = document_of(record, plain)
    return plain, document, gold, times_of(document)


def tally(cases: Iterable[tuple[Sequence[Timex], Sequence[Timex]]]) -> dict[str, Measure]:
    """The measures over articles, each with its annotated and its found expressions."""
    gold = found = 0
    met: list[Pair] = []
    for wanted, given in cases:
        gold, found = gold + len(wanted), found + len(given)
        met += pairs(wanted, given)
    exact = sum((one.start, one.end) == (other.start, other.end) for one, other in met)
    return {
        "times: extent precision": Measure(ratio(exact, found), found),
        "times: extent recall": Measure(ratio(exact, gold), gold),
        "times: extent F1": Measure(f1(exact, found, gold), gold),
        "times: relaxed F1": Measure(f1(len(met), found, gold), gold),
        "times: value F1": Measure(f1(sum(one.value == other.value for one, other in met), found, gold), gold),
        "times: type": Measure(ratio(sum(one.type == other.type for one, other in met), len(met)), len(met)),
    }


def score(records: Iterable[Annotated]) -> dict[str, Measure]:
    """The measures over annotated articles."""
    return tally((gold, found) for _, _, gold, found in map(_compared, records))


def errors(records: Iterable[Annotated]) -> Iterator[str]:
    """Each expression that was missed, marked in vain, or has another extent, type or value."""
    for record in records:
        plain, document, gold, found = _compared(record)
        met = dict(pairs(gold, found))
        for one in gold:
            if met.get(one) != one:
                words = around(plain, one.start, one.end)
                yield f"{record['id']}  {_difference(one, met.get(one), plain, document)}  | {words}"
        for other in found:
            if other not in met.values():
                words = around(plain, other.start, other.end)
                yield f"{record['id']}  extra     expected nothing, found {other.type} {other.value}  | {words}"


def _difference(one: Timex, other: Timex | None, plain: str, document: Document | None) -> str:
    wanted = f"expected {one.type} {one.value}"
    if other is None:
        cuts = document.removed if document else ()
        why = next((f" (removed as {cut.reason})" for cut in cuts if cut.start <= one.start < cut.end), "")
        return f"missed    {wanted}, found nothing{why}"
    names = [name for name in ("type", "value") if getattr(one, name) != getattr(other, name)]
    extent = (one.start, one.end) != (other.start, other.end)
    shown = f' "{plain[other.start : other.end]}"' if extent else ""
    return f"{'+'.join(['extent'] * extent + names):<9} {wanted}, found {other.type} {other.value}{shown}"
