"""The table of mentions as it is read back: last values, without those of former owners and what is on its way out."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from streams.engine.fence import EPOCH_HEADER, MARK_KEY
from streams.merging.entry import MentionsEntry, encode_entry, entry_key
from streams.merging.expiry import LeavingEntry, encode_leaving
from streams.reporting.merge_table import last_values, without_leaving
from tests.unit.merging.test_events import telling


class Written(NamedTuple):
    """What a record of a changelog tells the reader."""

    key: bytes | None
    value: bytes | None
    epoch: int = 1
    partition: int = 0

    @property
    def headers(self) -> list[tuple[str, bytes]]:
        return [(EPOCH_HEADER, str(self.epoch).encode())]


def test_the_last_value_of_the_owner_counts() -> None:
    written = [
        Written(b"k|a", b"1"),
        Written(b"k|b", b"1"),
        Written(b"k|c", b"1"),
        Written(b"j|a", b"1"),
        Written(MARK_KEY, b"2", epoch=2),
        Written(b"k|a", b"2", epoch=2),
        Written(b"k|a", b"stale", epoch=1),
        Written(b"k|b", None, epoch=2),
        Written(b"k|d", b"1", epoch=1, partition=1),
    ]
    found = last_values(written, lambda key, _: key.startswith(b"k|"))
    assert found == {b"k|a": b"2", b"k|c": b"1", b"k|d": b"1"}


def test_what_is_on_its_way_out_is_gone_unless_it_came_again() -> None:
    entries = [MentionsEntry(telling(article).told, touched=10) for article in "abc"]
    entries[1] = replace(entries[1], touched=30)
    table = {entry_key(entry.told).encode(): encode_entry(entry) for entry in entries}
    names = [key.decode() for key in table]
    leaving = LeavingEntry("material|UKR", 20, tuple(names[:2]))
    kept = without_leaving({**table, b"material|UKR": encode_leaving(leaving)})
    assert [key.decode() for key in kept] == names[1:]
