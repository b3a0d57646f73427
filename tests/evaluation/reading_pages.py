"""Pages against their annotated main text and date, beside the public libraries alone on the same pages.

Text is compared by runs of four words (4-gram shingles, counted with repetition), as benchmarks of article extraction
do: precision and recall of each page, their means over pages, F1 of the means. The main text is paragraphs, headings
and quotes. Lines that are the page's title or a caption count for nobody.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean

import htmldate
import trafilatura

from streams.reading.result import Reading
from streams.records import Article
from tests.evaluation.reading_measures import Measure, harmonic, ratio
from tests.evaluation.reading_sets import Annotated, moment, reading_of

_WORD = re.compile(r"\w+")
RUN = 4
"""Words in a shingle."""
KINDS = frozenset({"body", "heading", "quote"})
Shingles = Counter[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Told:
    """What one tool makes of a page: the lines of its main text, and its date where it is a single day."""

    lines: tuple[str, ...]
    published: date | None


def words(text: str) -> tuple[str, ...]:
    """The words of a text, for comparison."""
    return tuple(_WORD.findall(text.casefold()))


def shingles(lines: Iterable[str]) -> Shingles:
    """The runs of words of the lines as one text; a shorter text is one run."""
    told = words(" ".join(lines))
    return Counter(told[at : at + RUN] for at in range(max(1, len(told) - RUN + 1))) if told else Counter()


def main_text(lines: Iterable[str], aside: Iterable[str]) -> list[str]:
    """The lines without those that say the same as a line of `aside` (title and captions)."""
    apart = {words(line) for line in aside}
    return [line for line in lines if words(line) not in apart]


def precision_recall(gold: Shingles, found: Shingles) -> tuple[float, float]:
    """Of one page. A tool that finds nothing where there is something gets 0 for both."""
    shared = (gold & found).total()
    if not found and gold:
        return 0.0, 0.0
    return ratio(shared, found.total()), ratio(shared, gold.total())


def ours(record: Annotated) -> tuple[Told, Reading | None]:
    """The main text and the day that reading finds."""
    reading = reading_of(Article(fetched=moment(record["fetched"]), html=record["html"], url=record["url"]))
    if reading is None:
        return Told((), None), None
    window = reading.document.published
    lines = tuple(part.text for part in reading.document.paragraphs if part.kind in KINDS)
    return Told(lines, window.from_ if window.from_ == window.to else None), reading


def theirs(record: Annotated) -> Told:
    """What trafilatura (text) and htmldate (day) find by themselves."""
    text = trafilatura.extract(record["html"], url=record["url"], include_comments=False)
    latest = moment(record["fetched"]).date().isoformat()
    found = htmldate.find_date(record["html"], original_date=True, extensive_search=True, max_date=latest)
    return Told(tuple((text or "").splitlines()), date.fromisoformat(found) if found else None)


def gold_day(record: Annotated) -> date | None:
    """The annotated day of publication."""
    return moment(record["published"]).date() if record["published"] else None


def tally(cases: Sequence[tuple[Annotated, Told]], tool: str, dater: str) -> dict[str, Measure]:
    """The measures of one tool over pages."""
    both = []
    for record, told in cases:
        aside = (record["title"] or "", *record["captions"])
        both.append(precision_recall(shingles(record["paragraphs"]), shingles(main_text(told.lines, aside))))
    precision, recall = fmean(one for one, _ in both), fmean(other for _, other in both)
    dated = [told.published == gold_day(record) for record, told in cases if record["published"]]
    undated = [told.published is None for record, told in cases if not record["published"]]
    found = {
        f"pages: text precision{tool}": Measure(precision, len(cases)),
        f"pages: text recall{tool}": Measure(recall, len(cases)),
        f"pages: text F1{tool}": Measure(harmonic(precision, recall), len(cases)),
        f"pages: right day{dater}": Measure(ratio(sum(dated), len(dated)), len(dated)),
    }
    if undated:
        found[f"pages: undated left so{dater}"] = Measure(fmean(undated), len(undated))
    return found


def score(records: Iterable[Annotated]) -> dict[str, Measure]:
    """The measures over annotated pages: ours, then those of the libraries alone."""
    pages = list(records)
    own = tally([(record, ours(record)[0]) for record in pages], "", "")
    return own | tally([(record, theirs(record)) for record in pages], " (trafilatura)", " (htmldate)")


def errors(records: Iterable[Annotated]) -> Iterator[str]:
    """Each paragraph that was not found, each line found in vain, and each wrong day."""
    for record in records:
        told, reading = ours(record)
        name = record["id"]
        if told.published != gold_day(record):
            window = reading.document.published if reading else None
            shown = f"{window.from_} to {window.to} ({window.evidence})" if window else "nothing"
            yield f"{name}  day       expected {gold_day(record)}, found {shown}; htmldate {theirs(record).published}"
        aside = (record["title"] or "", *record["captions"])
        lines = main_text(told.lines, aside)
        kinds = {words(part.text): part.kind for part in reading.document.paragraphs} if reading else {}
        for line in record["paragraphs"]:
            if part := _lacking(line, shingles(lines)):
                kind = kinds.get(words(line))
                why = f"found as {kind}" if kind else "found nothing" if part > 0.9 else f"{part:.0%} missing"
                yield f"{name}  missed    expected a paragraph, {why}  | [{line[:160]}]"
        for line in lines:
            if part := _lacking(line, shingles(record["paragraphs"])):
                yield f"{name}  extra     expected nothing, {part:.0%} of it too much  | [{line[:160]}]"


def _lacking(line: str, other: Shingles) -> float:
    """The share of the line's own runs of words that the other text lacks, 0 if it is little."""
    own = shingles([line])
    if sum(own.values()) == 1:
        one = next(iter(own))
        known = any(one == run[at : at + len(one)] for run in other for at in range(RUN - len(one) + 1))
        return 0.0 if known else 1.0
    part = (own - other).total() / own.total() if own else 0.0
    return part if part > 0.1 else 0.0
