"""Words by their form: cut from the text by spaCy's tokenizer, and each looked at once.

What a form tells by itself (its letters, whether it is a number, its vector) is kept, so that a word seen before costs
one look-up. The store is emptied when it is full: what it keeps are copies, so that nothing but time depends on it.
"""

from __future__ import annotations

from spacy.attrs import NORM, PREFIX, SHAPE, SUFFIX
from spacy.language import Language

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

    def cut(self, text: str) -> list[tuple[Form, bool]]:
        """The words of a text, and whether a blank follows each."""
        if not text.isprintable() or "  " in text or text[:1] == " " or text[-1:] == " " or not text.isascii():
            parts = text.split()
            if " ".join(parts) != text:  # other white space becomes words of its own
                return self._whole(text)
        else:
            parts = text.split(" ")
        found: list[tuple[Form, bool]] = []
        for part in parts:
            forms = self._chunks.get(part)
            if forms is None:
                forms = self._chunk(part)
            found.extend([(form, False) for form in forms[:-1]])
            found.append((forms[-1], True))
        if found:
            found[-1] = (found[-1][0], False)
        return found

    def _chunk(self, text: str) -> tuple[Form, ...]:
        """The words of a stretch without white space: the tokenizer never looks beyond it."""
        forms = tuple(form for form, _ in self._whole(text))
        self._chunks[text] = forms
        return forms

    def _whole(self, text: str) -> list[tuple[Form, bool]]:
        with self._nlp.memory_zone():
            doc = self._nlp.tokenizer(text)
            rows = doc.to_array([NORM, PREFIX, SUFFIX, SHAPE]).tolist()
            return [
                (self._form(token.text, tuple(row), (token.is_punct, token.like_num, token.is_space)), token.whitespace_ != "")
                for token, row in zip(doc, rows, strict=True)
            ]  # fmt: skip

    def _form(self, text: str, features: tuple[int, ...], marks: tuple[bool, bool, bool]) -> Form:
        key = (text, features[0])
        form = self._forms.get(key)
        if form is None:
            form = self._forms[key] = Form(text, text.lower(), features, marks=marks)
        return form
