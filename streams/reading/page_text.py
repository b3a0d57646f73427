"""The text of an article from its page: one extractor's answer, checked against what else the page tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from streams.reading.page_blocks import Block, densest, told, within, words
from streams.reading.page_complete import completed
from streams.reading.page_tree import Element

_LEAST_WITNESS = 300
"""Characters of an article's body that a page must mark or repeat for it to count."""
_RUN = 3
_LEAST_PROSE = 500
"""Characters of prose in the densest part of a page that an answer may not pass over."""
_MOST_BODIES = 20
_MOSTLY = 0.8
_DOUBT = 0.5
"""A witness that agrees with less than this of an answer speaks against it."""

_LITTLE = 0.4
"""An answer of less than this share of the densest part of a page is doubtful."""

Runs = Counter[tuple[str, ...]]


def checked(answer: str | None, every: Sequence[Block], body: str, description: str | None) -> str | None:
    """The extracted text `answer`, completed; or the text of the article's container where it is plainly not it.

    `body` is the article as the page's data for machines repeats it, empty if they do not; `description` is the page's
    summary of itself.
    """
    answer = "\n".join(filter(None, map(_without_bars, (answer or "").splitlines()))) or None
    containers = [part for part in (_marked(every), _dense(every)) if part]
    own = ["\n".join(block.text for block in part) for part in containers]
    text = _witnessed(answer or "", [*own, _repeated(every, body)], body) if len(body) >= _LEAST_WITNESS else None
    if text is None:
        text = _in_container(answer or "", own, marked=_marked(every) is not None)
    if not text.strip():
        return answer
    promos = {block.words for block in every if _is_promo(block)}
    return "\n".join(line for line in completed(text, every, description).splitlines() if words(line) not in promos)


def _without_bars(line: str) -> str:
    """A row of a table without the bars and rules that the extractor writes between its cells."""
    if not (line.startswith("|") and line.rstrip().endswith("|")):
        return line
    cells = (cell.strip() for cell in line.replace("\\|", "\0").strip().strip("|").split("|"))
    return " ".join(cell.replace("\0", "|") for cell in cells if cell.strip("-: "))


def _is_promo(block: Block) -> bool:
    """A label and a link behind it: `Read also: ...`."""
    label = block.text[:40].find(":")
    return (
        block.linked > 0.5 and label > 0 and (1 - block.linked) * len(block.text) <= label + 3 and len(block.words) >= 5
    )


def _marked(every: Sequence[Block]) -> list[Block] | None:
    """The text of the elements that the page marks as its article's body."""
    if not every:
        return None
    root = every[0].holder.getroottree().getroot()
    bodies = [element for element in root.iter() if "articlebody" in (element.get("itemprop") or "").lower()]
    known = set(bodies)
    outer = [body for body in bodies if known.isdisjoint(body.iterancestors())][:_MOST_BODIES]
    outer = [body for body in outer if _scope(body) is _scope(outer[0])]
    inside = {id(block) for body in outer for block in within(every, body)}
    blocks = list(told(block for block in every if id(block) in inside))
    return blocks if sum(len(block.text) for block in blocks) >= _LEAST_WITNESS else None


def _scope(body: Element) -> Element | None:
    """The article that an element stands in; a page may go on with further articles below its own."""
    return next(
        (above for above in body.iterancestors() if above.tag == "article" or "itemscope" in above.attrib), None
    )


def _dense(every: Sequence[Block]) -> list[Block] | None:
    container = densest(every)
    return list(told(within(every, container))) if container is not None else None


def _repeated(every: Sequence[Block], body: str) -> str:
    """The blocks that the page's data repeat."""
    runs = _runs(body)
    found = (block for block in told(every) if _covered(_runs(block.text), runs) > _MOSTLY)
    return "\n".join(block.text for block in found)


def _witnessed(answer: str, own: Sequence[str], body: str) -> str | None:
    """The answer that says most nearly what the page's data repeat as the article; None if none does."""
    runs = _runs(body)
    best, agreement = answer, _agreement(_runs(answer), runs) + 0.1
    for text in own:
        found = _agreement(_runs(text), runs)
        if found > agreement:
            best, agreement = text, found
    if agreement >= 0.6:
        return best
    return body if len(body) > 2 * len(answer) and _covered(_runs(answer), runs) > _DOUBT else None


def _in_container(answer: str, own: Sequence[str], *, marked: bool) -> str:
    found = _runs(answer)
    for index, text in enumerate(own):
        runs = _runs(text)
        shared, lacking = _covered(found, runs), 1 - _covered(runs, found)
        if index == 0 and marked:
            if lacking > _DOUBT or (shared < _DOUBT and len(text) >= _LEAST_PROSE):
                return text
            return answer
        if len(text) < _LEAST_PROSE or len(answer) >= _LITTLE * len(text):
            continue
        # an answer of some length from elsewhere is the first of several articles on the page
        if len(answer) < _LEAST_PROSE or shared > _DOUBT:
            return text
    return answer


def _runs(text: str) -> Runs:
    told_words = words(text)
    return (
        Counter(told_words[at : at + _RUN] for at in range(max(1, len(told_words) - _RUN + 1)))
        if told_words
        else Counter()
    )


def _covered(part: Runs, whole: Runs) -> float:
    """The share of `part` that is in `whole`."""
    shared = sum(min(count, whole[run]) for run, count in part.items() if run in whole)
    return shared / part.total() if part else 0.0


def _agreement(one: Runs, other: Runs) -> float:
    return 2 * (one & other).total() / (one.total() + other.total()) if one and other else 0.0
