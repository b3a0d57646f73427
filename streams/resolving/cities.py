"""The populated places of the gazetteer: one Zstandard file, looked up by bisection without decoding the rest."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import zstandard


class Cities(Sequence[bytes]):
    """The names of populated places, sorted; and the places themselves, most populous first."""

    def __init__(self, tables: bytes) -> None:
        split = tables.index(b"\n\n")
        self._tables = tables
        ends = np.flatnonzero(np.frombuffer(tables, np.uint8) == 10)
        self._places = _lines(ends[ends <= split], 0)
        self._names = _lines(ends[ends > split + 1], split + 2)

    def __len__(self) -> int:
        return len(self._names) - 1

    def __getitem__(self, row: int) -> bytes:  # type: ignore[override]
        return self._line(self._names, row).partition(b"\t")[0]

    def find(self, folded: str) -> Iterator[tuple[list[str], bool]]:
        """The places called so, as fields, and whether it is their name and not an alternate one."""
        name = folded.encode()
        row = bisect_left(self, name)
        if row == len(self) or self[row] != name:
            return
        _, own, other = self._line(self._names, row).decode().split("\t")
        for places, exact in ((own, True), (other, False)):
            for place in places.split(",") if places else ():
                yield self._line(self._places, int(place)).decode().split("\t"), exact

    def _line(self, lines: npt.NDArray[np.int32], row: int) -> bytes:
        return self._tables[lines[row] : lines[row + 1] - 1]


def _lines(ends: npt.NDArray[np.int64], first: int) -> npt.NDArray[np.int32]:
    """Where each line starts, and where one after the last would."""
    return np.concatenate(([first], ends + 1)).astype(np.int32)


def read_cities(folder: Path) -> Cities:
    """The populated places. Raises `OSError` when their file is missing."""
    return Cities(zstandard.ZstdDecompressor().decompress((folder / "cities.tsv.zst").read_bytes()))
