"""What is told of one event to explain it: plain records, the same for people and programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from streams.merging.explain import Evidence
from streams.records import Event, Override

Joined = Literal["founds", "fits", "decided"]
"""A mention is the first; it fits its cluster; or its cluster was joined with another by an editor."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A telling beside an earlier one that speaks for a cluster."""

    article_id: str
    mention_id: str
    score: float | None
    """Points for one event; None when something contradicts it."""
    evidence: tuple[Evidence, ...]
    """The parts of the score; the points of a contradiction are null in JSON."""


@dataclass(frozen=True, slots=True)
class OneSource:
    """Another report of the event that is no second witness beside this one, and why."""

    article_id: str
    mention_id: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToldBy:
    """One mention of the event, and what joined it."""

    article_id: str
    mention_id: str
    source: str | None
    url: str | None
    published: str | None
    """First possible day of publication."""
    kind: str
    """Type and mode as this mention tells them."""
    trigger: str
    sentences: tuple[str, ...]
    """The sentences that tell it, as far as the article's text is at hand."""
    joined: Joined
    fit: float | None
    """Mean score over the tellings that it was compared with; None for none, and for a contradiction."""
    compared: tuple[Compared, ...]
    """With up to eight tellings that speak for the cluster, the nearest first."""
    one_source: tuple[OneSource, ...]


@dataclass(frozen=True, slots=True)
class KeptApart:
    """Another event under the same merge key, and what spoke against taking the two for one."""

    event: Event
    is_suppressed: bool
    fit: float | None
    """Mean score of the later one's founder with the earlier event; None for a contradiction."""
    compared: tuple[Compared, ...]
    """The later one's founder with what speaks for the earlier event, the nearest first."""
    same_article: bool
    """One article tells both: what is one inside an article was joined when it was coded."""
    decisions: tuple[str, ...]
    """Ids of editors' decisions that hold them apart."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an event is what it is."""

    event: Event
    """With all its reports and revision 0; of a suppressed one, what it would say."""
    is_suppressed: bool
    threshold: float
    """The mean score from which a telling joins."""
    told_by: tuple[ToldBy, ...]
    """In canonical order: by day of publication, then fetch time."""
    decisions: tuple[Override, ...]
    """Editors' decisions in force, in the order in which they were made."""
    kept_apart: tuple[KeptApart, ...]
    """The nearest other events under the merge key, the nearest first."""
