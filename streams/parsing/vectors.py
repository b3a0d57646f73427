"""The vectors of words in their sentence: spaCy's `tok2vec` layer, computed with less ado.

The first half of the layer looks at one form only, so its result is kept with the form. The second half, four rounds
of looking at the neighbours, is computed here in blocks of one fixed size: then the figures of a sentence are the same
to the last bit whatever stands beside it in the batch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language

from streams.parsing.forms import Form

Floats = NDArray[np.float32]
BLOCK = 64
"""Rows that one matrix product takes."""
_SPACED = 4
"""Which feature tells whether a blank follows."""
PADDING = 4
"""Empty rows between sentences: as many as rounds, so that nothing is felt from one to the next."""


def product(rows: Floats, weights: Floats, block: int = BLOCK, *, out: Floats | None = None) -> Floats:
    """The matrix product, in `out` if given; the number of rows must be a multiple of `block`.

    Always products of one size: their last bits may differ with it.
    """
    done = np.empty((rows.shape[0], weights.shape[1]), dtype=np.float32) if out is None else out
    np.matmul(rows.reshape(-1, block, rows.shape[1]), weights, out=done.reshape(-1, block, weights.shape[1]))
    return done


class Room:
    """Arrays that are used again: to ask the system for new memory takes as long as to fill it with figures."""

    def __init__(self) -> None:
        self._kept: dict[str, Floats] = {}

    def rows(self, name: str, count: int, width: int) -> Floats:
        """So many rows of the array of this name, with whatever was left in them."""
        kept = self._kept.get(name)
        if kept is None or len(kept) < count:
            kept = self._kept[name] = np.empty((count + count // 2, width), dtype=np.float32)
        return kept[:count]


def in_blocks(count: int, block: int = BLOCK) -> int:
    """The least multiple of `block` that is not below `count`."""
    return -(-count // block) * block


@dataclass(frozen=True, slots=True)
class Round:
    """One round over the neighbours: its weights, pieces of the maxout side by side."""

    weights: Floats
    bias: Floats
    gain: Floats
    shift: Floats

    def over(self, rows: Floats, room: Room) -> None:
        """Take the rows through this round."""
        count, width = rows.shape
        seen = room.rows("seen", count, 3 * width)
        seen[0, :width] = 0.0
        seen[1:, :width] = rows[:-1]
        seen[:, width : 2 * width] = rows
        seen[:-1, 2 * width :] = rows[1:]
        seen[-1, 2 * width :] = 0.0
        pieces = product(seen, self.weights, out=room.rows("pieces", count, 3 * width))
        pieces += self.bias
        best = np.maximum(pieces[:, :width], pieces[:, width : 2 * width], out=room.rows("best", count, width))
        np.maximum(best, pieces[:, 2 * width :], out=best)
        best -= np.add.reduce(best, axis=1, keepdims=True) / np.float32(width)
        spread = np.einsum("ij,ij->i", best, best) / np.float32(width) + np.float32(1e-8)
        best *= (1.0 / np.sqrt(spread))[:, None]
        best *= self.gain
        best += self.shift
        rows += best


class Vectors:
    """Vectors of forms, kept, and of sentences."""

    def __init__(self, nlp: Language) -> None:
        layer: Any = nlp.get_pipe("tok2vec")
        embed, encode = layer.model.layers
        self._tables, self._mix = [_Table(part) for part in embed.layers[2].layers[0].layers], embed.layers[3]
        self._rounds = [_round(layer) for layer in encode.layers[0].layers]
        self.width: int = encode.get_dim("nO")
        self._rows: Floats = np.zeros((4096, self.width), dtype=np.float32)
        self._used = 0
        self._room = Room()

    def forget(self) -> None:
        """Drop all vectors; the forms that have rows must be dropped with them."""
        self._used = 0

    def of(self, sentences: Sequence[Sequence[tuple[Form, bool]]]) -> Floats:
        """The vectors of the words of all sentences, one after the other."""
        self._learn({form: None for sentence in sentences for form, _ in sentence if form.row < 0})
        lengths = [len(sentence) for sentence in sentences]
        total = sum(lengths) + PADDING * (len(lengths) + 1)
        rows = self._room.rows("words", in_blocks(total), self.width)
        rows[:] = 0.0
        numbers = [form.row + spaced for sentence in sentences for form, spaced in sentence]
        places = np.arange(len(numbers)) + np.repeat(PADDING * np.arange(1, len(lengths) + 1), lengths)
        rows[places] = self._rows[numbers]
        end = total
        for one in self._rounds:
            one.over(rows, self._room)
            rows[end:] = 0.0
        return rows[places]

    def _learn(self, forms: dict[Form, None]) -> None:
        """Give new forms their rows, one for the form before a blank and one for the form before anything else."""
        new = list(forms)
        half = BLOCK // 2
        for start in range(0, len(new), half):
            part = new[start : start + half]
            mixed = self._mix.predict(self._embedded(part))
            while self._used + BLOCK > len(self._rows):
                self._rows = np.concatenate([self._rows, np.zeros_like(self._rows)])
            self._rows[self._used : self._used + BLOCK] = mixed
            for number, form in enumerate(part):
                form.row = self._used + 2 * number
            self._used += 2 * len(part)

    def _embedded(self, forms: Sequence[Form]) -> Floats:
        """For each form, before anything else and before a blank, what the tables say of its features."""
        features = np.zeros((BLOCK // 2, 6), dtype=np.uint64)
        features[: len(forms), :4] = [form.features for form in forms]
        features[: len(forms), 5] = [form.is_space for form in forms]
        spaced = np.arange(BLOCK, dtype=np.uint64) % np.uint64(2)
        width = self._tables[0].width
        found = self._room.rows("features", BLOCK, len(self._tables) * width)
        for number, table in enumerate(self._tables):
            part = found[:, number * width : (number + 1) * width]
            if number == _SPACED:
                part[:] = table.of(spaced)
            else:
                part[0::2] = part[1::2] = table.of(features[:, number].copy())
        return found


class _Table:
    """A table of vectors that are looked up by a hash: each feature has the sum of four of them."""

    def __init__(self, layer: Any) -> None:
        hashed = layer.layers[-1]
        self._ops, self._seed = hashed.ops, hashed.attrs["seed"]
        self._vectors: Floats = hashed.get_param("E")
        self.width = int(self._vectors.shape[1])

    def of(self, features: NDArray[np.uint64]) -> Floats:
        """The vectors of features."""
        rows = self._vectors[self._ops.hash(features, self._seed) % len(self._vectors)]
        found: Floats = rows[:, 0] + rows[:, 1]
        found += rows[:, 2]
        found += rows[:, 3]
        return found


def _round(layer: Any) -> Round:
    """The weights of one residual layer: a window, a maxout of three pieces, a normalisation."""
    parts = {part.name: part for part in layer.walk()}
    maxout, norm = parts["maxout"], parts["layernorm"]
    weights: Floats = maxout.get_param("W")  # (width, pieces, 3 * width)
    flat = weights.transpose(1, 0, 2).reshape(-1, weights.shape[2])
    bias: Floats = maxout.get_param("b").T.reshape(-1)
    return Round(np.ascontiguousarray(flat.T), bias.copy(), norm.get_param("G").copy(), norm.get_param("b").copy())
