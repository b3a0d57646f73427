"""Tags, parts of speech and lemmas: spaCy's tagger, and of its rules those that need the form and the tag only."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from streams.parsing.forms import Form
from streams.parsing.vectors import Floats, in_blocks, product

Reading = tuple[str, str, str]
"""Tag, part of speech and lemma."""


class Tagger:
    """Tags words. A form and a tag always give the same part of speech and lemma, which are kept with the form."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        tagger = nlp.get_pipe("tagger")
        softmax = tagger.model.layers[-1].layers[0]  # type: ignore[attr-defined]
        self._weights: Floats = np.ascontiguousarray(softmax.get_param("W").T)
        self._bias: Floats = softmax.get_param("b")
        self.labels: tuple[str, ...] = tagger.labels  # type: ignore[attr-defined]

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
        new = {(form, tag): None for form, tag in zip(forms, tags, strict=True) if tag not in form.readings}
        if new:
            self._learn(list(new))
        return [form.readings[tag] for form, tag in zip(forms, tags, strict=True)]

    def _learn(self, new: Sequence[tuple[Form, int]]) -> None:
        """Asks spaCy's rules, for each form as the only word of a text: of all rules only those of a word by itself."""
        ruler, lemmatizer = self._nlp.get_pipe("attribute_ruler"), self._nlp.get_pipe("lemmatizer")
        with self._nlp.memory_zone():
            for form, tag in new:
                doc = Doc(self._nlp.vocab, words=[form.text], tags=[self.labels[tag]])
                token = lemmatizer(ruler(doc))[0]  # type: ignore[operator]
                form.readings[tag] = (token.tag_, token.pos_, token.lemma_)
