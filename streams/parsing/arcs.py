"""How the words of sentences hang together: spaCy's transition parser, many sentences at a time.

The states and what may be done in them are spaCy's. The scores are computed here, for all sentences that are not done
in one go: spaCy's own loop asks for Python's lock in every step, which takes more time than parsing does.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.ml.parser_model import ParserStepModel  # type: ignore[import-not-found]
from spacy.tokens import Doc

from streams.parsing.tokens import Arcs
from streams.parsing.vectors import Floats, Room, in_blocks, product

STATES = 16
"""States whose scores one matrix product gives."""


class ArcFinder:
    """Parses sentences, each by itself, from the vectors of their words."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        parser: Any = nlp.get_pipe("parser")
        self._parser, model = parser, parser.model
        linear = model.get_ref("tok2vec").layers[-1]
        lower, upper = model.get_ref("lower"), model.get_ref("upper")
        weights = lower.get_param("W")  # (features, hidden, pieces, inner)
        self.features, self._hidden = int(weights.shape[0]), int(weights.shape[1])
        by_piece = weights.transpose(0, 2, 1, 3).reshape(-1, weights.shape[3])
        self._inner: Floats = np.ascontiguousarray(linear.get_param("W").T)
        self._inner_bias: Floats = linear.get_param("b")
        self._lower: Floats = np.ascontiguousarray(by_piece.T)
        self._missing: Floats = lower.get_param("pad")[0].transpose(0, 2, 1).reshape(-1)
        self._lower_bias: Floats = lower.get_param("b").T.reshape(-1).copy()
        self._upper: Floats = np.ascontiguousarray(upper.get_param("W").T)
        self._upper_bias: Floats = upper.get_param("b")
        self._ones = np.ones((1, self.features), dtype=np.float32)
        self._slots = np.arange(self.features, dtype=np.int32)
        self._asked = SimpleNamespace(state2vec=SimpleNamespace(nF=self.features))
        self._room = Room()
        self._rows: Floats = np.zeros((STATES, self._hidden), dtype=np.float32)
        self._labels: dict[int, str] = {}
        self._blank: dict[int, Doc] = {}

    def find(self, sentences: Sequence[Floats]) -> list[Arcs]:
        """The arcs of sentences, given the vectors of their words."""
        lengths = [len(vectors) for vectors in sentences]
        parts = self._precomputed(np.concatenate(sentences))
        states = self._parser.moves.init_batch([self._sentence(length) for length in lengths])
        open_states = [state for state in states if not state.is_final()]
        while open_states:
            ids = ParserStepModel.get_token_ids(self._asked, open_states)
            ids *= self.features
            ids += self._slots
            open_states = self._parser.transition_states(open_states, self._scores(parts, ids))
        return [self._arcs(state, length) for state, length in zip(states, lengths, strict=True)]

    def _sentence(self, length: int) -> Doc:
        """A text of so many words, in one sentence. The parser sees nothing of a word but its vector."""
        doc = self._blank.get(length)
        if doc is None:
            starts: list[bool | int | None] = [number == 0 for number in range(length)]
            doc = self._blank[length] = Doc(self._nlp.vocab, words=["x"] * length, sent_starts=starts)
        return doc

    def _precomputed(self, vectors: Floats) -> Floats:
        """For each word, and last for none (-1), what it adds to a state as each of the features."""
        count = in_blocks(len(vectors))
        rows = self._room.rows("words", count, vectors.shape[1])
        rows[: len(vectors)] = vectors
        rows[len(vectors) :] = 0.0
        inner = product(rows, self._inner, out=self._room.rows("inner", count, self._inner.shape[1]))
        inner += self._inner_bias
        parts = self._room.rows("parts", count + 1, self._lower.shape[1])
        product(inner, self._lower, out=parts[:-1])
        parts[-1] = self._missing
        parts[:, : len(self._lower_bias)] += self._lower_bias
        return parts.reshape((count + 1) * self.features, -1)

    def _scores(self, parts: Floats, ids: Any) -> Floats:
        """The scores of what can be done in each state."""
        count, width = len(ids), self._hidden
        summed = np.matmul(self._ones, parts.take(ids, axis=0))[:, 0]
        rows = in_blocks(count, STATES)
        if rows > len(self._rows):
            self._rows = np.zeros((rows, width), dtype=np.float32)
        hidden = self._rows[:rows]
        np.maximum(summed[:, :width], summed[:, width:], out=hidden[:count])
        scores = product(hidden, self._upper, STATES)[:count]
        scores += self._upper_bias
        return scores

    def _arcs(self, state: Any, length: int) -> Arcs:
        heads, labels = list(range(length)), ["ROOT"] * length
        for arc in state.arcs:
            heads[arc["child"]] = arc["head"]
            labels[arc["child"]] = self._labels.get(arc["label"]) or self._label(arc["label"])
        if any("||" in label for label in labels):
            uncross(heads, labels)
        return tuple(heads), tuple(labels)

    def _label(self, number: int) -> str:
        """The name of a relation."""
        label = self._labels[number] = sys.intern(self._nlp.vocab.strings[number])
        return label


def uncross(heads: list[int], labels: list[str]) -> None:
    """Gives words with a lifted relation (`prep||dobj`) to the word that they were lifted from, as spaCy does."""
    for word, label in enumerate(labels):
        if "||" not in label:
            continue
        labels[word], _, relation = label.partition("||")
        pending = [heads[word]]
        for above in pending:
            below = [other for other, head in enumerate(heads) if head == above and other not in (above, word)]
            found = next((other for other in below if labels[other] == relation), None)
            if found is not None:
                heads[word] = found
                break
            pending.extend(below)
