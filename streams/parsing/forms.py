"""Words by their form: cut from the text by spaCy's tokenizer, and each looked at once.

What a form tells by itself (its letters, whether it is a number, its vector) is kept, so that a word seen before costs
one look-up. The store is emptied when it is full: what it keeps are copies, so that nothing but time depends on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from spacy.attrs import IS_PUNCT, IS_SPACE, LIKE_NUM, LOWER, NORM, PREFIX, SHAPE, SUFFIX  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.tokens import Token

_LOOKED_AT = frozenset({IS_PUNCT, IS_SPACE, LIKE_NUM, LOWER, NORM, PREFIX, SHAPE, SUFFIX})
"""What spaCy is to find out of a form; of the rest nobody asks, and it takes longer."""
MOST = 60_000
"""Forms kept, at about one kilobyte each."""


class Form:
    """One spelling. `row` is where its vectors are, -1 before it has any: bare, and one further with a blank after."""

    __slots__ = ("features", "is_punct", "is_space", "like_num", "lower", "readings", "row", "text")

    def __init__(self, text: str, lower: str, features: tuple[int, ...], *, marks: tuple[bool, bool, bool]) -> None:
        self.text = text
        self.lower = lower
        self.features = features
        """Hashes of norm, prefix, suffix and shape, as the vectors are looked up by."""
        self.is_punct, self.like_num, self.is_space = marks
        self.readings: dict[int, tuple[str, str, str]] = {}
        """For each tag it was given, by number: the tag, the part of speech and the lemma."""
        self.row = -1


class Forms:
    """Cuts texts into forms. Words that are forgotten again cost spaCy's memory nothing."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._vocab = cast("Any", nlp.vocab)
        getters = self._vocab.lex_attr_getters
        self._getters = {attribute: getters[attribute] for attribute in getters if attribute in _LOOKED_AT}
        self._chunks: dict[str, tuple[Form, ...]] = {}
        self._forms: dict[tuple[str, int], Form] = {}

    @property
    def full(self) -> bool:
        """Whether it is time to forget."""
        return len(self._chunks) > MOST

    def forget(self) -> None:
        """Empty the store."""
        self._chunks.clear()
        self._forms.clear()

    def learn(self, texts: Iterable[str]) -> None:
        """Look at all that is new in the texts of an article at once, which `cut` would do bit by bit."""
        new = {part: None for text in texts for part in text.split() if part not in self._chunks}
        if not new:
            return
        forms: list[Form] = []
        chunks = iter(new)
        for form, spaced in self._whole(" ".join(new)):
            forms.append(form)
            if spaced:
                self._chunks[next(chunks)] = tuple(forms)
                forms = []
        self._chunks[next(chunks)] = tuple(forms)

    def cut(self, text: str) -> list[tuple[Form, bool]]:
        """The words of a text, and whether a blank follows each."""
        parts = text.split(" ")
        found: list[tuple[Form, bool]] = []
        for part in parts:
            forms = self._chunks.get(part)
            if forms is None:
                if not part or part.split() != [part]:  # other white space becomes words of its own
                    return self._whole(text)
                forms = self._chunks[part] = tuple(form for form, _ in self._whole(part))
            found.extend([(form, False) for form in forms[:-1]])
            found.append((forms[-1], True))
        found[-1] = (found[-1][0], False)
        return found

    def _whole(self, text: str) -> list[tuple[Form, bool]]:
        """The words of a text as spaCy's tokenizer cuts it; it never looks beyond white space."""
        vocab = self._vocab
        getters = vocab.lex_attr_getters
        with self._nlp.memory_zone():
            vocab.lex_attr_getters = self._getters
            try:
                doc = self._nlp.tokenizer(text)
            finally:
                vocab.lex_attr_getters = getters
            rows = doc.to_array(["NORM", "PREFIX", "SUFFIX", "SHAPE"]).tolist()
            return [
                (self._form(token, tuple(row)), token.whitespace_ != "") for token, row in zip(doc, rows, strict=True)
            ]

    def _form(self, token: Token, features: tuple[int, ...]) -> Form:
        key = (token.text, features[0])
        form = self._forms.get(key)
        if form is None:
            marks = (token.is_punct, token.like_num, token.is_space)
            form = self._forms[key] = Form(token.text, token.lower_, features, marks=marks)
        return form
