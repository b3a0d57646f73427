"""Reading and coding beside the bare spaCy pipeline, on one core, on text that is fresh and on reprints of it.

Both sides run in a process of their own, in turns of a few articles, so that what else the machine does meets both.
Fresh means that the process never saw the article: it has coded the other half of the texts before and nothing else,
and so has the bare pipeline, which is a quarter slower on the first words that it ever meets. A reprint is an article
of the half just coded, with another id: as it was, or its end cut off and a line of promotion below.
"""

from __future__ import annotations

import gc
import os
import re
import resource
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from multiprocessing import get_context
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from streams.compiled import count_in_use
from streams.records import Article
from tests.evaluation.reading_sets import moment, records

if TYPE_CHECKING:
    from spacy.language import Language

    from streams.articles import ArticleProcessor

ROUNDS = 3
TURN = 20
"""Articles that one side does before the other does the same."""
GOALS = {"fresh": 2.5, "reprints": 20.0, "cut reprints": 20.0}
PROMOTION = "Read more: our newsletter brings you the week's most important stories every Friday morning. Sign up here."
BLAS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "BLIS_NUM_THREADS")
"""One core each, whatever computes the matrix products."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one run took: CPU seconds, articles, words fed, events, and the most memory that the process ever had."""

    seconds: float
    articles: int
    words: int
    events: int
    mebibytes: float


def texts() -> list[Article]:
    """The development texts of all sets of reading, as articles of their own."""
    found = []
    for name in ("times", "cleaning", "dating"):
        for record in records(name, "dev"):
            fetched = record.get("fetched") or f"{record.get('published', '2024-06-01')}T12:00:00Z"
            text = re.sub(r"</?TIMEX3[^>]*>", "", record["text"])
            found.append(Article(fetched=moment(fetched), text=text, url=f"{name}:{record['id']}"))
    return found


def reprint(article: Article, number: int) -> Article:
    """The article as another outlet prints it: with its own id, without its end, with a line to promote itself."""
    text = article.text or ""
    end = text.rstrip().rfind("\n", 0, max(1, int(len(text) * 0.9)))
    return replace(article, url=f"{article.url}#reprint-{number}", text=f"{text[:end].rstrip()}\n\n{PROMOTION}\n")


@cache
def processor_of_ours() -> ArticleProcessor:
    """The processor, which remembers."""
    from streams.articles import ArticleProcessor  # noqa: PLC0415  (not in the process that runs spaCy alone)
    from streams.settings import load  # noqa: PLC0415

    return ArticleProcessor(load())


def spent(code: Sequence[Article], *, again: bool = False) -> Measured:
    """Code the articles in this process; with `again` on what it remembers, else it starts anew."""
    from streams.coding.pipeline import load_pipeline  # noqa: PLC0415

    if not again:
        load_pipeline.cache_clear()
        processor_of_ours.cache_clear()
    processor = processor_of_ours()
    gc.collect()
    gc.freeze()  # as a coding process does
    start = time.process_time()
    documents = [processor.document(article)[0] for article in code]
    seconds = time.process_time() - start
    words = sum(len((article.text or "").split()) for article in code)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Measured(seconds, len(code), words, sum(len(document.mentions) for document in documents), memory)


def english(code: Sequence[Article]) -> list[Article]:
    """The articles in English, which are all that coding codes."""
    from streams.reading.language import detect  # noqa: PLC0415

    return [article for article in code if detect(article.text or "", None) == "en"]


@cache
def bare_pipeline(name: str) -> Language:
    """spaCy's pipeline as it comes."""
    import spacy  # noqa: PLC0415

    return spacy.load(name)


def bare(name: str, articles: Sequence[Article], *, again: bool = False) -> Measured:
    """Run spaCy's pipeline over the articles' texts; with `again` the one that ran before, else a new one."""
    if not again:
        bare_pipeline.cache_clear()
    nlp = bare_pipeline(name)
    texts = [article.text or "" for article in articles]
    start = time.process_time()
    list(nlp.pipe(texts))
    seconds = time.process_time() - start
    words = sum(len(text.split()) for text in texts)
    return Measured(seconds, 0, words, 0, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def total(turns: Sequence[Measured]) -> Measured:
    """All turns of one round together."""
    return Measured(
        sum(turn.seconds for turn in turns),
        sum(turn.articles for turn in turns),
        sum(turn.words for turn in turns),
        sum(turn.events for turn in turns),
        max(turn.mebibytes for turn in turns),
    )


def best(runs: Sequence[Measured]) -> Measured:
    """The run with the most words a second."""
    return max(runs, key=lambda run: run.words / run.seconds)


def main(articles: Sequence[Article], console: Console) -> None:
    """Print the figures."""
    from streams.coding.pipeline import pipeline_name  # noqa: PLC0415
    from streams.settings import load  # noqa: PLC0415

    for variable in BLAS:
        os.environ[variable] = "1"
    plain = english([article for article in (*articles, *texts()) if article.text and not article.retracted])
    halves = [plain[::2], plain[1::2]]
    name = pipeline_name(load().pipeline)
    runs: dict[str, list[Measured]] = {"bare spaCy": [], "fresh": [], "reprints": [], "cut reprints": []}
    spawn = get_context("spawn")
    with (
        ProcessPoolExecutor(1, spawn) as ours,
        ProcessPoolExecutor(1, spawn) as theirs,
    ):
        for number in range(ROUNDS):
            first, second = halves if number % 2 == 0 else halves[::-1]
            ours.submit(spent, first).result()
            theirs.submit(bare, name, first).result()
            plain_turns, fresh_turns = [], []
            for at in range(0, len(second), TURN):
                plain_turns.append(theirs.submit(bare, name, second[at : at + TURN], again=True).result())
                fresh_turns.append(ours.submit(spent, second[at : at + TURN], again=True).result())
            runs["bare spaCy"].append(total(plain_turns))
            runs["fresh"].append(total(fresh_turns))
            copies = [replace(article, url=f"{article.url}#copy-{number}") for article in second]
            runs["reprints"].append(ours.submit(spent, copies, again=True).result())
            copies = [reprint(article, number) for article in second]
            runs["cut reprints"].append(ours.submit(spent, copies, again=True).result())
    show(runs, console)


def show(runs: dict[str, list[Measured]], console: Console) -> None:
    """One row a kind of text, beside the bare pipeline of the same round."""
    table = Table("", "words/s", "beside bare spaCy", "goal", "articles/s", "events", "memory of the process")
    for name, measured in runs.items():
        run = best(measured)
        ratios = sorted(
            (one.words / one.seconds) / (beside.words / beside.seconds)
            for one, beside in zip(measured, runs["bare spaCy"], strict=True)
        )
        table.add_row(
            name,
            f"{run.words / run.seconds:,.0f}",
            f"{ratios[len(ratios) // 2]:.2f}",
            f"{GOALS[name]:g}" if name in GOALS else "",
            f"{run.articles / run.seconds:,.1f}" if run.articles else "",
            str(run.events) if run.articles else "",
            f"{run.mebibytes:,.0f} MiB",
        )
    console.print(table)
    compiled = count_in_use()
    console.print(f"{compiled} modules are compiled" if compiled else "no module is compiled (see make compile)")
