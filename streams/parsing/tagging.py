"""Tags, parts of speech and lemmas: spaCy's tagger, and of its rules those that need the form and the tag only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language

from streams.parsing.forms import Form
from streams.parsing.lemmas import Lemmas, Reading
from streams.parsing.vectors import Floats, in_blocks, product


class Tagger:
    """Tags words. A form and a tag always give the same part of speech and lemma, which are kept with the form."""

    def __init__(self, nlp: Language) -> None:
        self._lemmas = Lemmas(nlp)
        tagger: Any = nlp.get_pipe("tagger")
        softmax = tagger.model.layers[-1].layers[0]
        self._weights: Floats = np.ascontiguousarray(softmax.get_param("W").T)
        self._bias: Floats = softmax.get_param("b")
        self.labels: tuple[str, ...] = tagger.labels

    def tags(self, vectors: Floats) -> NDArray[np.int64]:
        """The number of the tag of each word."""
        rows = np.zeros((in_blocks(len(vectors)), vectors.shape[1]), dtype=np.float32)
        rows[: len(vectors)] = vectors
        scores = product(rows, self._weights)
        scores += self._bias
        best: NDArray[np.int64] = scores[: len(vectors)].argmax(axis=1)
        return best

    def readings(self, forms: Sequence[Form], tags: Sequence[int]) -> list[Reading]:
        """What each form is under its tag."""
        found: list[Reading] = []
        for form, tag in zip(forms, tags, strict=True):
            reading = form.readings.get(tag)
            if reading is None:
                reading = form.readings[tag] = self._lemmas.reading(form.text, self.labels[tag])
            found.append(reading)
        return found
