"""Words that say how parties stand to each other: `streams/lexicon/actors/words.tsv`."""

from __future__ import annotations

from functools import cache

from streams.resolving.actor_tables import read_table

KINDS = frozenset(
    {"other", "told", "judged", "honouring", "ranks", "men", "violent", "yielding", "pair", "leaders", "honorific"}
)


@cache
def actor_words() -> dict[str, frozenset[str]]:
    """The words of each kind. Raises ValueError when a kind is unknown, or one is missing."""
    found: dict[str, frozenset[str]] = {}
    for row in read_table("words.tsv"):
        if row["kind"] not in KINDS:
            raise row.wrong(f"{row['kind']!r} is no kind of word")
        found[row["kind"]] = found.get(row["kind"], frozenset()) | frozenset(row["words"].split())
    if missing := KINDS - set(found):
        raise ValueError(f"words.tsv: no words of the kind {', '.join(sorted(missing))}")
    return found
