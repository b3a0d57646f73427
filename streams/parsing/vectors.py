"""The vectors of words in their sentence: spaCy's `tok2vec` layer, computed with less ado.

The first half of the layer looks at one form only, so its result is kept with the form. The second half, four rounds
of looking at the neighbours, is computed here in blocks of one fixed size: then the figures of a sentence are the same
to the last bit whatever stands beside it in the batch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language

from streams.parsing.forms import Form

Floats: TypeAlias = NDArray[np.float32]
Places: TypeAlias = NDArray[np.int64]
BLOCK = 64
"""Rows that one matrix product takes."""
PADDING = 4
"""Empty rows between sentences: as many as rounds, so that nothing is felt from one to the next."""


def product(rows: Floats, weights: Floats, block: int = BLOCK, *, out: Floats | None = None) -> Floats:
    """The matrix product, in `out` if given; the number of rows must be a multiple of `block`.

    Always products of one size: their last bits may differ with it.
    """
    if rows.shape[0] == block:
        return np.dot(rows, weights, out)
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
            kept = self._kept[name] = np.zeros((count + count // 2, width), dtype=np.float32)
        return kept[:count]


def in_blocks(count: int, block: int = BLOCK) -> int:
    """The least multiple of `block` that is not below `count`."""
    return -(-count // block) * block


@dataclass(frozen=True, slots=True)
class Maxout:
    """A layer that takes the largest of three sums for each figure and then normalises: pieces are side by side."""

    weights: Floats
    bias: Floats
    gain: Floats
    shift: Floats
    share: Floats
    """What each of its figures counts for in their mean."""

    def of(self, rows: Floats, room: Room) -> Floats:
        """What the layer makes of the rows, in a room that is used again."""
        pieces = product(rows, self.weights, out=room.rows("pieces", len(rows), len(self.bias)))
        pieces += self.bias
        return self.best(pieces, room)

    def best(self, pieces: Floats, room: Room) -> Floats:
        """The largest of three sums for each figure, normalised."""
        count, width = len(pieces), len(self.gain)
        best = np.maximum(pieces[:, :width], pieces[:, width : 2 * width], out=room.rows("best", count, width))
        np.maximum(best, pieces[:, 2 * width :], out=best)
        best -= np.vecdot(best, self.share)[:, None]
        spread = np.vecdot(best, best) / np.float32(width) + np.float32(1e-8)
        best *= (1.0 / np.sqrt(spread))[:, None]
        best *= self.gain
        best += self.shift
        return best

    def over(self, rows: Floats, at: Places | slice, room: Room) -> None:
        """Take these of the rows, counted from the second, through this layer as a round over the neighbours."""
        count, width = len(rows) - 2, rows.shape[1]
        beside = np.ndarray((count, 3 * width), np.float32, rows, strides=rows.strides)[at]  # each row and the next two
        seen = room.rows("seen", in_blocks(len(beside)), 3 * width)
        seen[: len(beside)] = beside
        rows[1:-1][at] += self.of(seen, room)[: len(beside)]


class Vectors:
    """Vectors of forms, kept, and of sentences."""

    def __init__(self, nlp: Language) -> None:
        layer: Any = nlp.get_pipe("tok2vec")
        embed, encode = layer.model.layers
        *self._tables, spaced, space = [_Table(part) for part in embed.layers[2].layers[0].layers]
        self._mix = _maxout(embed.layers[3])
        self._weights, *rest = np.split(self._mix.weights, [-spaced.width - space.width, -space.width])
        either = np.arange(2, dtype=np.uint64)
        self._around = (spaced.of(either) @ rest[0])[:, None] + space.of(either) @ rest[1] + self._mix.bias
        """What it adds to the sums of a form whether a blank follows, and whether it is one itself."""
        self._rounds = [_maxout(layer) for layer in encode.layers[0].layers]
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
        lengths = np.array([len(sentence) for sentence in sentences])
        ends = np.cumsum(lengths + PADDING)
        places = np.arange(lengths.sum()) + np.repeat(PADDING * np.arange(1, len(lengths) + 1), lengths)
        rows = self._room.rows("words", int(ends[-1]) + PADDING, self.width)
        rows[:] = 0.0
        rows[places] = self._rows[[form.row + spaced for sentence in sentences for form, spaced in sentence]]
        near = np.concatenate([places, ends, ends - lengths - 1]) - 1
        asked: list[Places | slice] = [*[slice(None)] * (PADDING - 2), near, places - 1]
        for one, at in zip(self._rounds, asked, strict=True):
            one.over(rows, at, self._room)  # what is farther from a word is felt by none in the rounds that are left
        found: Floats = rows[places]
        return found

    def _learn(self, forms: dict[Form, None]) -> None:
        """Give new forms their rows, one for the form before anything else and one for the form before a blank."""
        new = list(forms)
        for start in range(0, len(new), BLOCK):
            part = new[start : start + BLOCK]
            end = self._used + 2 * len(part)
            sums = product(self._embedded(part), self._weights)[: len(part)]
            space = [int(form.is_space) for form in part]
            while end > len(self._rows):
                self._rows = np.concatenate([self._rows, np.zeros_like(self._rows)])
            for spaced in (0, 1):
                pieces = sums + self._around[spaced][space]
                self._rows[self._used + spaced : end : 2] = self._mix.best(pieces, self._room)
            for number, form in enumerate(part):
                form.row = self._used + 2 * number
            self._used = end

    def _embedded(self, forms: Sequence[Form]) -> Floats:
        """What the tables say of the features that a form has wherever it stands."""
        features = np.array([form.features for form in forms], dtype=np.uint64)
        found = self._room.rows("features", BLOCK, len(self._weights))
        for number, table in enumerate(self._tables):
            part = found[: len(forms), number * table.width : (number + 1) * table.width]
            part[:] = table.of(features[:, number].copy())
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


def _maxout(layer: Any) -> Maxout:
    """The weights of one layer: a maxout of three pieces and a normalisation."""
    parts = {part.name: part for part in layer.walk()}
    maxout, norm = parts["maxout"], parts["layernorm"]
    weights: Floats = maxout.get_param("W")  # (width, pieces, what goes in)
    flat = weights.transpose(1, 0, 2).reshape(-1, weights.shape[2])
    bias: Floats = maxout.get_param("b").T.reshape(-1)
    gain, shift = norm.get_param("G").copy(), norm.get_param("b").copy()
    share = np.full(len(gain), 1 / len(gain), dtype=np.float32)
    return Maxout(np.ascontiguousarray(flat.T), bias.copy(), gain, shift, share)
