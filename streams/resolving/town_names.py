"""Whether a name that a town and a listed person share is the town's: by the deed that is told of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_NEAR = 6
"""Words before the verb among which those who strike stand: "fighters in two trucks attacked"."""
_PASSIVE = frozenset({"was", "were", "is", "been", "being"})


def speaks_of_town(
    lower: Sequence[str], lemmas: Sequence[str], at: int, end: int, words: Mapping[str, frozenset[str]]
) -> bool:
    """Whether armed people shell, take or raid what is named from `at` up to `end`, or it was taken."""
    if end + 1 < len(lower) and lower[end] in _PASSIVE and lemmas[end + 1] in words["taken"] - words["struck"]:
        return True
    before = at - 1
    while before > 0 and (lower[before] in {"on", "into", "the"} or lower[before].endswith("ly")):
        before -= 1
    if before < 0:
        return False
    deed = lemmas[before]
    armed = any(lemma in words["armed"] for lemma in lemmas[max(before - _NEAR, 0) : before])
    return deed in words["taken"] or (deed in words["struck"] and armed)
