"""An explanation in lines for people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from streams.explaining.explanation import Compared, Explanation, KeptApart, ToldBy
from streams.explaining.present import FormerEvent, FrozenEvent
from streams.identity import utc_text
from streams.merging.compatible import CONTRADICTION
from streams.naming import known_name
from streams.records import DateWindow, Event, Figure, Override, Party

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
WIDEST = 300
"""Characters of a sentence that are shown."""


def lines_of(explanation: Explanation, most: int | None = None) -> Iterator[str]:
    """The explanation, with `most` of the mentions at most; None for all.

    Ids, sources and text come from outside: a line break or a terminal's command in them is shown as a space.
    """
    return (CONTROL.sub(" ", line) for line in _lines(explanation, most))


def _lines(explanation: Explanation, most: int | None) -> Iterator[str]:
    event = explanation.event
    yield f"event {event.id}{' (suppressed by an editor)' if explanation.is_suppressed else ''}"
    yield f"  {event_line(event)}"
    yield f"  {_numbers(event)}"
    yield f"  merge key {event.merge_key}; a telling joins from {explanation.threshold:g} points on"
    yield ""
    yield "told by"
    for number, told in enumerate(explanation.told_by[:most], 1):
        yield from _telling_lines(number, told, explanation)
    yield from _rest_lines(explanation.told_by[len(explanation.told_by) if most is None else most :])
    if explanation.decisions:
        yield ""
        yield "editors' decisions in force"
        yield from (f"  {decision_line(one)}" for one in explanation.decisions)
    yield ""
    yield "the nearest other events" if explanation.kept_apart else "no other event is told of"
    for other in explanation.kept_apart:
        yield from _apart_lines(other, explanation)


def event_line(event: Event) -> str:
    """Who did what to whom, when, where, and whether it happened."""
    joiner = " + " if event.mutual else " to "
    who = joiner.join(filter(None, (_parties(event.actors), _parties(event.recipients)))) or "nobody named"
    where = "" if event.place is None else f", {event.place.name} ({event.place.id})"
    kind = f"{event.type} {event.mode}".rstrip()
    status = f"not {event.status}" if event.negated else event.status
    claimed = ", known from a party to it only" if event.claimed_only else ""
    return f"{kind}: {who}, {days(event.date)}{where}; {status}{claimed}"


def days(window: DateWindow) -> str:
    """The days of a window."""
    if window.from_ is None and window.to is None:
        return "undated"
    return str(window.from_) if window.from_ == window.to else f"{window.from_ or 'open'} to {window.to or 'open'}"


def decision_line(decision: Override) -> str:
    """Who decided what, when and why."""
    what: str = decision.action
    if decision.action == "change":
        what = f"change {decision.field} to {decision.value}"
    by = f" by {decision.editor}" if decision.editor else ""
    why = f": {decision.reason}" if decision.reason else ""
    return f"{decision.id}  {what}{by}, {utc_text(decision.made)[:16].replace('T', ' ')}{why}"


def absent_line(found: FormerEvent | FrozenEvent | None, event_id: str) -> str:
    """Why there is no event to explain or to decide about under this id."""
    if isinstance(found, FormerEvent):
        return _former_line(found)
    if found is None:
        return f"no event {event_id}: the ids are on news.events.v1, and in the lines of `daybook merge`"
    return (
        f"event {event_id} stays as it was published: what told it has expired (setting horizon_days). "
        f"{event_line(found.event)}"
    )


def _former_line(former: FormerEvent) -> str:
    telling = f"what article {former.article_id} told"
    if former.now_in is None:
        return (
            f"event {former.id} is withdrawn: {telling} is not in its present version any more, "
            f"fetched {former.fetched[:16].replace('T', ' ')}"
        )
    suppressed = ", which an editor has suppressed" if former.now_in.is_suppressed else ""
    return f"event {former.id} is none now: {telling} is in event {former.now_in.id}{suppressed}"


def _telling_lines(number: int, told: ToldBy, explanation: Explanation) -> Iterator[str]:
    source = told.source or told.url or "source not given"
    yield f"{number:3}  {told.article_id}, {source}, {told.published or 'undated'}"
    for sentence in told.sentences:
        yield f"     “{_cut(sentence)}”"
    yield f"     {told.kind}, “{told.trigger}”"
    if told.joined == "founds":
        yield "     founds the event: the first in canonical order, by day of publication and then fetch time"
    elif told.joined == "decided":
        merges = [one.id for one in explanation.decisions if one.action == "merge"]
        yield f"     brought in by an editor's decision ({', '.join(merges)}); by itself it fits {_fit(told.fit)}"
    elif told.compared:
        yield f"     joined by {_fit(told.fit)} points; it takes {explanation.threshold:g}"
    yield from _compared_lines(told.compared)
    for one in told.one_source:
        yield f"     one source with {one.article_id}: {', '.join(one.why)}"


def _rest_lines(rest: Sequence[ToldBy]) -> Iterator[str]:
    """How many more there are, and which of them was joined most weakly."""
    if not rest:
        return
    yield f"     {len(rest):,} more mentions"
    fits = [(told.fit, told.article_id) for told in rest if told.joined == "fits" and told.fit is not None]
    if fits:
        fit, article = min(fits)
        yield f"     the weakest of them joined by {_fit(fit)} points: {article}"


def _apart_lines(other: KeptApart, explanation: Explanation) -> Iterator[str]:
    suppressed = " (suppressed by an editor)" if other.is_suppressed else ""
    yield f"  {other.event.id}  {event_line(other.event)}{suppressed}"
    if other.decisions:
        yield f"     held apart by an editor's decision ({', '.join(other.decisions)})"
    if other.same_article:
        yield "     one article tells both: what is one inside an article was joined when it was coded"
    yield f"     fits {_fit(other.fit)}; it takes {explanation.threshold:g}"
    yield from _compared_lines(other.compared)


def _compared_lines(compared: Sequence[Compared]) -> Iterator[str]:
    """The nearest with all parts, the others in a line each."""
    for one in compared[:1]:
        yield f"       beside {one.article_id}: {_score(one.score)}"
        for part in one.evidence:
            points = "against" if part.points == CONTRADICTION else f"{part.points:+g}"
            what = "one with the same words in both" if part.part == "sentence" else part.what
            yield f"         {part.part:<9} {points:>7}  {what}"
    for one in compared[1:]:
        against = [part.part for part in one.evidence if part.points == CONTRADICTION]
        told = f", against it {', '.join(against)}" if against else ""
        yield f"       beside {one.article_id}: {_score(one.score)}{told}"


def _fit(fit: float | None) -> str:
    return "not at all: a contradiction" if fit is None else f"{fit:.4g}"


def _score(score: float | None) -> str:
    return "contradiction" if score is None else f"{score:g}"


def _parties(parties: Iterable[Party]) -> str:
    return " and ".join(f"{known_name(party.id) or party.name} ({party.id})" for party in parties)


def _numbers(event: Event) -> str:
    harmed = [
        f"{name} {_range(figure)}"
        for name, figure in (("killed", event.casualties.killed), ("wounded", event.casualties.wounded))
        if figure is not None
    ]
    counted = (_many(event.mentions, "mention"), _many(event.articles, "article"), _many(event.sources, "source"))
    return ", ".join((*counted, *harmed))


def _many(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _range(figure: Figure) -> str:
    return str(figure.min) if figure.min == figure.max else f"{figure.min} to {figure.max}"


def _cut(text: str) -> str:
    return text if len(text) <= WIDEST else f"{text[:WIDEST]} ..."
