"""Publication windows against the true days, from the text alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import inf
from statistics import median

from streams.records import Article, DateWindow
from tests.evaluation.reading_measures import Measure, ratio
from tests.evaluation.reading_sets import Annotated, moment, reading_of


@dataclass(frozen=True, slots=True)
class Dated:
    """One article: the true day, the window that a careful reader gives, the window found."""

    true: date | None
    gold: DateWindow
    found: DateWindow

    @property
    def days(self) -> int | None:
        """Length of the window found; None for one with an open end."""
        if self.found.from_ is None or self.found.to is None:
            return None
        return (self.found.to - self.found.from_).days + 1

    @property
    def holds(self) -> bool:
        """Whether the window has two ends and the true day between them."""
        if self.true is None or self.found.from_ is None or self.found.to is None:
            return False
        return self.found.from_ <= self.true <= self.found.to

    @property
    def is_wrong(self) -> bool:
        """Whether the window has two ends and the true day is known to lie outside."""
        return self.true is not None and self.days is not None and not self.holds

    @property
    def left_open(self) -> bool:
        """Whether nothing is said that the text does not bear: no start, or gold's window and more."""
        if self.found.from_ is None or self.found.to is None:
            return True
        if self.gold.from_ is None or self.gold.to is None:
            return False
        return self.found.from_ <= self.gold.from_ and self.found.to >= self.gold.to


def compared(record: Annotated) -> Dated:
    """The article read, as text alone."""
    reading = reading_of(Article(fetched=moment(record["fetched"]), text=record["text"]))
    true, first, last = (_day(record[name]) for name in ("true", "from", "to"))
    return Dated(true, DateWindow(first, last), reading.document.published if reading else DateWindow())


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None


def tally(cases: Sequence[Dated]) -> dict[str, Measure]:
    """The measures over articles. In the median width a window with an open end is infinitely wide."""
    datable = [case for case in cases if case.true is not None]
    undatable = [case.left_open for case in cases if case.true is None]
    size = len(datable)
    found = {"dating: window holds the day": Measure(ratio(sum(case.holds for case in datable), size), size)}
    for most, name in ((1, "to the day"), (7, "to 7 days"), (31, "to 31 days")):
        right = sum(case.holds and (case.days or 0) <= most for case in datable)
        found[f"dating: right {name}"] = Measure(ratio(right, size), size)
    widths = [case.days or inf for case in datable]
    wrong = sum(case.is_wrong for case in datable)
    return found | {
        "dating: window without the day": Measure(wrong / size if size else 0, size, is_most=True),
        "dating: median width": Measure(median(widths) if widths else 0, size, is_most=True, unit="days"),
        "dating: undatable left open": Measure(ratio(sum(undatable), len(undatable)), len(undatable)),
    }


def score(records: Iterable[Annotated]) -> dict[str, Measure]:
    """The measures over annotated articles."""
    return tally([compared(record) for record in records])


def errors(records: Iterable[Annotated]) -> Iterator[str]:
    """Each article dated wrongly, too widely or not at all, and each that should not have been dated."""
    for record in records:
        case = compared(record)
        gold_days = (case.gold.to - case.gold.from_).days + 1 if case.gold.from_ and case.gold.to else None
        if case.true is None:
            fault = "" if case.left_open else "invented"
        elif case.days is None:
            fault = "undated"
        else:
            fault = "" if case.holds else "wrong"
            fault = fault or ("wide" if gold_days is not None and case.days > gold_days else "")
        if not fault:
            continue
        found = case.found
        yield (
            f"{record['id']}  {fault:<8} expected {case.true} in {case.gold.from_} to {case.gold.to}, "
            f"found {found.from_} to {found.to} ({found.evidence}), fetched {record['fetched']}"
            f"  | {' '.join(record['text'][:160].split())}"
        )
