"""One event explained: a plain function of what is told under its merge key."""

from __future__ import annotations

from collections.abc import Callable

from streams.explaining.apart import NEAREST, kept_apart
from streams.explaining.comparison import compared, told_fit
from streams.explaining.explanation import Explanation, Joined, OneSource, ToldBy
from streams.explaining.present import PresentEvent, present_events
from streams.explaining.reprints import one_source
from streams.merging.clustering import Clustering
from streams.merging.members import Member
from streams.merging.scorer import THRESHOLD
from streams.merging.state import MergeState
from streams.records import Mention

Sentences = Callable[[Mention], tuple[str, ...]]
"""The sentences that tell a mention, as far as its article's text is at hand."""


def no_sentences(mention: Mention) -> tuple[str, ...]:
    """Where no text is at hand."""
    del mention
    return ()


def explain_event(
    state: MergeState, event: PresentEvent, sentences_of: Sentences = no_sentences, nearest: int = NEAREST
) -> Explanation:
    """Why the event is what it is; `state` holds all that is told under its merge key."""
    merge_key = event.founder.telling.told.merge_key
    clustering, members = state.clustering(merge_key), event.members
    links = one_source([member.telling for member in members])
    return Explanation(
        event=event.event(),
        is_suppressed=event.is_suppressed,
        threshold=THRESHOLD,
        told_by=tuple(
            _told_by(member, event, clustering, sentences_of, links.get(member.telling.id, ())) for member in members
        ),
        decisions=event.decisions,
        kept_apart=kept_apart(event, present_events(state, merge_key), clustering, nearest),
    )


def _told_by(
    member: Member,
    event: PresentEvent,
    clustering: Clustering,
    sentences_of: Sentences,
    links: tuple[OneSource, ...],
) -> ToldBy:
    told, mention = member.telling.told, member.telling.mention
    joined = _how(member, event)
    cluster = event.founder.cluster if joined == "decided" else member.cluster
    beside = () if cluster is None else compared(member, cluster)
    published = told.published.from_
    return ToldBy(
        article_id=told.article_id,
        mention_id=mention.id,
        source=told.source,
        url=told.url,
        published=None if published is None else published.isoformat(),
        kind=f"{mention.type} {mention.mode}".rstrip(),
        trigger=mention.trigger.text,
        sentences=sentences_of(mention),
        joined=joined,
        fit=told_fit(clustering.fit(member, cluster)) if beside and cluster is not None else None,
        compared=beside,
        one_source=links,
    )


def _how(member: Member, event: PresentEvent) -> Joined:
    """The first of a cluster that is not the founder's was brought in by an editor; the others follow it there."""
    if member is event.founder:
        return "founds"
    if member.cluster is event.founder.cluster:
        return "fits"
    first = next(one for one in event.members if one.cluster is member.cluster)
    return "decided" if first is member else "fits"
