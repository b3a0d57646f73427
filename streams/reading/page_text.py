"""The text of an article from its page: one extractor's answer, checked against what else the page tells."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence

from streams.reading.page_blocks import Block, densest, told, within, words
from streams.reading.page_tree import Element, parts

_LEAST_WITNESS = 300
"""Characters of an article's body that a page must mark or repeat for it to count."""
_RUN = 3
_LEAST_PROSE = 500
"""Characters of prose in the densest part of a page that an answer may not pass over."""
_STANDFIRST = 600
_MOST_BODIES = 20
_MOST_MISSING = 300
"""So many blocks are looked at that an answer may lack."""
_MOSTLY = 0.8
_DOUBT = 0.5
"""A witness that agrees with less than this of an answer speaks against it."""

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
    return "\n".join(line for line in _completed(text, every, description).splitlines() if words(line) not in promos)


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
    bodies = {element for element in root.iter() if "articlebody" in (element.get("itemprop") or "").lower()}
    outer = [body for body in bodies if bodies.isdisjoint(body.iterancestors())][:_MOST_BODIES]
    inside = {id(block) for body in outer for block in within(every, body)}
    blocks = list(told(block for block in every if id(block) in inside))
    return blocks if sum(len(block.text) for block in blocks) >= _LEAST_WITNESS else None


def _lineage(element: Element) -> list[Element]:
    return [element, *element.iterancestors()]


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
        if len(text) >= max(_LEAST_PROSE, len(answer)) and (shared < 0.2 or len(answer) < 0.4 * len(text)):
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


def _completed(text: str, every: Sequence[Block], description: str | None) -> str:
    """With the blocks that the answer left out between others of the same container, and the standfirst above it."""
    lines = [line for line in text.splitlines() if line.strip()]
    places = _places(lines, every)
    if not places:
        return text
    taken = {at for at in places if at is not None}
    joined = " ".join(("", *words(text), ""))
    first = next((at for at in sorted(taken) if every[at].prose), min(taken))
    missing = _between(every, taken, joined) + _above(every, taken, first, joined, description)
    return "\n".join(_merged(lines, places, missing, every)) if missing else text


def _between(every: Sequence[Block], taken: set[int], joined: str) -> list[int]:
    first, last = min(taken), max(taken)
    inside = _spine(every, sorted(taken))
    beside = Counter(every[at].holder.getparent() for at in taken if every[at].holder.tag == "p")
    wanted = []
    for at in range(first, len(every)):
        block = every[at]
        if at in taken:
            continue
        if at > last:
            if block.prose and block.linked == 0 and block.holder.tag == "p" and beside[block.holder.getparent()] >= 3:
                wanted.append(at)
        elif (block.holder in inside and block.linked <= 0.5 and _is_text(block)) or _is_clock(every, at, taken):
            wanted.append(at)
    return [at for at in wanted[:_MOST_MISSING] if f" {' '.join(every[at].words)} " not in joined]


def _is_clock(every: Sequence[Block], at: int, taken: set[int]) -> bool:
    """The time of an entry of a live blog, right above what the entry says."""
    text = every[at].text
    clock = len(text) <= 12 and text[0].isdigit() and any(mark in text for mark in ":.") and "time" in _tags(every[at])
    return clock and not taken.isdisjoint((at + 1, at + 2))


def _tags(block: Block) -> set[str]:
    return {str(block.holder.tag), *(str(element.tag) for element in block.holder.iterdescendants())}


def _places(lines: Sequence[str], every: Sequence[Block]) -> list[int | None]:
    """The block that each line is, in order; None for a line that is none."""
    index: dict[tuple[str, ...], list[int]] = {}
    for at, block in enumerate(every):
        index.setdefault(block.words, []).append(at)
    places: list[int | None] = []
    last = -1
    for line in lines:
        here = index.get(words(line), ())
        next_one = bisect_right(here, last)
        place = here[next_one] if next_one < len(here) else None
        places.append(place)
        last = place if place is not None else last
    return places if any(place is not None for place in places) else []


def _spine(every: Sequence[Block], taken: Sequence[int]) -> set[Element]:
    """The block elements that stand beside one of the answer's; those of prose also inside one that does."""
    parents = {every[at].holder.getparent() for at in taken if len(every[at].text) >= 40 or every[at].heading}
    parents.discard(None)
    beside: set[Element] = set()
    for block in every:
        reach = 3 if block.prose or block.holder.tag in {"li", "dd"} else 1
        above = _lineage(block.holder)[:reach]
        if block.holder in parents or any(element.getparent() in parents for element in above):
            beside.add(block.holder)
    return beside


def _is_text(block: Block) -> bool:
    if block.holder.tag == "h1" or _is_caption(block) or (block.text[0] in "—–-" and "@" in block.text):
        return False
    if block.holder.tag in {"p", "li", "blockquote", "h2", "h3", "h4", "dd", "pre"} or block.prose:
        return True
    # text beside paragraphs that no element of its own holds
    return block.linked == 0 and len(block.words) >= 4 and len(block.holder) >= 3


def _is_caption(block: Block) -> bool:
    lineage = _lineage(block.holder)[:3]
    return any(element.tag in {"figcaption", "figure"} or "caption" in parts(element) for element in lineage)


def _above(every: Sequence[Block], taken: set[int], first: int, joined: str, description: str | None) -> list[int]:
    """The standfirst: between headline and text, by its name or because the page's description says the same."""
    summary = words(description or "")[:12]
    for at in range(first - 1, max(-1, first - 40), -1):
        block = every[at]
        if block.holder.tag == "h1":
            break
        unfit = len(block.words) < 5 or len(block.text) > _STANDFIRST or block.linked >= 0.3 or _is_caption(block)
        if unfit or f" {' '.join(block.words)} " in joined:
            continue
        named = any("standfirst" in parts(element) for element in _lineage(block.holder)[:3]) or any(
            element.get("itemprop") in {"description", "alternativeHeadline"} for element in _lineage(block.holder)[:2]
        )
        if named or (len(summary) >= 8 and block.words[: len(summary)] == summary):
            return [] if at in taken else [at]
    return []


def _merged(
    lines: Sequence[str], places: Sequence[int | None], missing: Iterable[int], every: Sequence[Block]
) -> list[str]:
    waiting = sorted(missing)
    merged: list[str] = []
    for line, place in zip(lines, places, strict=True):
        while place is not None and waiting and waiting[0] < place:
            merged.append(every[waiting.pop(0)].text)
        merged.append(line)
    return merged + [every[at].text for at in waiting]
