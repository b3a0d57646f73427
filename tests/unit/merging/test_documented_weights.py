"""The weights and limits of docs/merging.md are those of the code."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import pytest

from streams.merging import clusters, compatible, events, evidence, scorer, sources, traits

DOCUMENT = Path("docs/merging.md")
ROW = re.compile(r"^\| `([A-Z_]+)` \| ([-\d., ]+) \|", re.MULTILINE)
MODULES: tuple[ModuleType, ...] = (evidence, compatible, scorer, traits, clusters, sources, events)
DOCUMENTED = dict(ROW.findall(DOCUMENT.read_text(encoding="utf-8")))
WEIGHT = re.compile(r"[A-Z_]+_(POINTS|PENALTY)")


def in_code() -> dict[str, object]:
    """Every constant of the modules that merging goes by."""
    return {name: value for module in MODULES for name, value in vars(module).items() if name.isupper()}


def written(value: object) -> str:
    """A number, or several, as the table has them."""
    return ", ".join(f"{one:g}" for one in (value if isinstance(value, tuple) else (value,)))


@pytest.mark.parametrize("name", sorted(DOCUMENTED))
def test_each_row_has_the_number_of_the_code(name: str) -> None:
    known = in_code()
    assert name in known, f"{DOCUMENT} has a row for {name}, which the code has no more: take the row out"
    there, wanted = DOCUMENTED[name].strip(), written(known[name])
    assert there == wanted, f"{DOCUMENT}: the row of {name} says {there}, the code {wanted}: correct the row"


def test_each_weight_of_the_code_has_a_row() -> None:
    missing = {name: written(value) for name, value in in_code().items() if WEIGHT.fullmatch(name)}
    missing = {name: value for name, value in missing.items() if name not in DOCUMENTED}
    assert not missing, f"{DOCUMENT}: the table of weights lacks " + ", ".join(
        f"{it} ({missing[it]})" for it in missing
    )


def test_each_part_of_the_score_has_a_row() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    missing = [part.__name__ for part in scorer.PARTS if f"\n| {part.__name__} | " not in text]
    assert not missing, f"{DOCUMENT}: the table of evidence lacks {', '.join(missing)}"
