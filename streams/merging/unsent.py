"""What may never have been sent, when a state has been rebuilt from its table.

A decision writes the entry of its article and, for every event that it changes, the memory in the entry of the
event's founder; it sends only when all of that is acknowledged. So a crash may leave behind any part of the writes of
the decisions that were under way. Each of these is made anew, since its input is delivered again, but it may find
the change done and nothing left to change: it cannot know what it had changed, in events of other articles too. Seen
from the table, an event may be unsent only

- when its memory is not of the event as it follows from the entries, for some writes were lost and others not; or
- when its version, the offset of the input that last changed it, is not below that of the first input that comes
  after the rebuilding: all inputs before that one were finished, with all that they sent.

These events are sent with the first input under their merge key.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from streams import codec
from streams.merging.entry import WITHDRAWN, key_under
from streams.merging.events import MAX_REPORTS
from streams.merging.state import MergeState
from streams.records import Event


def digest_of(event: Event | None) -> str:
    """What is remembered of an event's content: 16 hex digits; of one that is no more, nothing."""
    return WITHDRAWN if event is None else hashlib.sha256(codec.encode(event)).hexdigest()[:16]


def check(state: MergeState, merge_key: str) -> Iterator[None]:
    """Finds the events under a merge key that are remembered otherwise than they are, some work at each step."""
    clustering = state.clustering(merge_key)
    for _ in clustering.settle():
        yield
    clustering.touched.clear()
    remembered = {
        event_id: (memory.digest, key)
        for key, entry in state.under(merge_key)
        for event_id, memory in entry.founded.items()
    }
    unsent: dict[str, str] = {}
    for members, event in state.events(merge_key, max_reports=MAX_REPORTS):
        digest, _ = remembered.pop(event.id, (None, "")) if event is not None else (WITHDRAWN, "")
        if event is not None and digest != digest_of(event):
            unsent[event.id] = key_under(merge_key, members[0].telling.told.article_id)
        yield
    unsent |= {event_id: key for event_id, (digest, key) in remembered.items() if digest != WITHDRAWN}
    state.unsent[merge_key] = unsent
    state.decided_before[merge_key] = state.decided(merge_key)


def take_unsent(state: MergeState, merge_key: str, offset: int) -> dict[str, str]:
    """The events under a merge key to send besides what an input touches, each with the key of its memory's entry.

    There are some only with the first input after the state was rebuilt; `offset` is of that input.
    """
    if merge_key not in state.unsent:
        for _ in check(state, merge_key):
            pass
    elif state.unsent[merge_key] is DONE:
        return {}
    unsent = dict(state.unsent[merge_key])
    state.unsent[merge_key] = DONE
    return unsent | changed_since(state, merge_key, offset)


def changed_since(state: MergeState, merge_key: str, offset: int) -> dict[str, str]:
    """The events under a merge key that this or a later input last changed, with the keys of their memory's entries."""
    return {
        event_id: key
        for key, entry in state.under(merge_key)
        for event_id, memory in entry.founded.items()
        if memory.version >= offset
    }


DONE: dict[str, str] = {}
"""Stands for a merge key whose unsent events were taken."""
