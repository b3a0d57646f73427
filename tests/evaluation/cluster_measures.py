"""How well clusters agree with those of the gold: by pairs, and by what each item shares its cluster with (B-cubed)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from tests.evaluation.reading_measures import ratio

Item = tuple[Hashable, Hashable]
"""Of one telling the gold cluster and the cluster found."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Precision and recall, and over how many they were taken: pairs, or items."""

    precision: float
    recall: float
    found: int
    gold: int


def by_pairs(items: Sequence[Item]) -> Agreement:
    """Of the pairs that stand in one cluster found, how many do in gold, and the other way round."""
    right = _pairs(Counter(items))
    found = _pairs(Counter(found for _, found in items))
    gold = _pairs(Counter(gold for gold, _ in items))
    return Agreement(ratio(right, found), ratio(right, gold), found, gold)


def b_cubed(items: Sequence[Item]) -> Agreement:
    """For each item the share of its cluster that is of its gold cluster, and the other way round, on average."""
    both = Counter(items)
    found = Counter(found for _, found in items)
    gold = Counter(gold for gold, _ in items)
    precision = sum(count * count / found[item[1]] for item, count in both.items())
    recall = sum(count * count / gold[item[0]] for item, count in both.items())
    return Agreement(ratio(precision, len(items)), ratio(recall, len(items)), len(items), len(items))


def _pairs(sizes: Counter[Hashable] | Counter[Item]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())
