"""Words by their form: cut from the text by spaCy's tokenizer, and each looked at once.

What a form tells by itself (its letters, whether it is a number, its vector) is kept, so that a word seen before costs
one look-up. The store is emptied when it is full: what it keeps are copies, so that nothing but time depends on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from spacy.attrs import IS_PUNCT, IS_SPACE, LIKE_NUM, LOWER, NORM, PREFIX, SHAPE, SUFFIX  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.strings import get_string_id
from spacy.tokens import Token

_LOOKED_AT = frozenset({IS_PUNCT, IS_SPACE, LIKE_NUM, LOWER, NORM, PREFIX, SHAPE, SUFFIX})
"""What spaCy is to find out of a form; of the rest nobody asks, and it takes longer."""
_VECTORED = (NORM, PREFIX, SUFFIX, SHAPE)
"""What the vectors of a form are looked up by."""
_SIGNS = frozenset(".,;:!?")
"""Signs that spaCy's tokenizer cuts off a word; a full stop only after a small letter."""
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
        self._rules = frozenset(cast("Any", nlp.tokenizer).rules)
        self._chunks: dict[str, tuple[Form, ...]] = {}
        self._forms: dict[tuple[str, int], Form] = {}
        self._plain: dict[str, Form] = {}

    @property
    def full(self) -> bool:
        """Whether it is time to forget."""
        return len(self._chunks) > MOST

    def forget(self) -> None:
        """Empty the store."""
        self._chunks.clear()
        self._forms.clear()
        self._plain.clear()

    def learn(self, texts: Iterable[str]) -> None:
        """Look at all that is new in the texts of an article at once, which `cut` would do bit by bit."""
        unknown = {part: None for text in texts for part in text.split() if part not in self._chunks}
        new = [part for part in unknown if not self._cut_plainly(part)]
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
            if len(forms) > 1:
                found += [(form, False) for form in forms[:-1]]
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

    def _cut_plainly(self, part: str) -> bool:
        """Cut ASCII letters, and one sign after them, as spaCy would; false for what it may cut otherwise.

        It cuts such words only by the rules that name them; to ask it takes three times as long.
        """
        sign = part[-1] if part[-1] in _SIGNS else ""
        word = part[:-1] if sign else part
        if not (word.isascii() and word.isalpha()) or word in self._rules or part in self._rules:
            return False
        if sign == "." and not word[-1].islower():
            return False
        self._chunks[part] = (self._by_itself(word), self._by_itself(sign)) if sign else (self._by_itself(word),)
        return True

    def _by_itself(self, text: str) -> Form:
        """The form of a word for which the tokenizer has no rule."""
        form = self._plain.get(text)
        if form is None:
            ask = self._getters
            features = tuple(get_string_id(ask[attribute](text)) for attribute in _VECTORED)
            key = (text, features[0])
            form = self._forms.get(key)
            if form is None:
                marks = (bool(ask[IS_PUNCT](text)), bool(ask[LIKE_NUM](text)), bool(ask[IS_SPACE](text)))
                form = self._forms[key] = Form(text, ask[LOWER](text), features, marks=marks)
            self._plain[text] = form
        return form

    def _form(self, token: Token, features: tuple[int, ...]) -> Form:
        key = (token.text, features[0])
        form = self._forms.get(key)
        if form is None:
            marks = (token.is_punct, token.like_num, token.is_space)
            form = self._forms[key] = Form(token.text, token.lower_, features, marks=marks)
        return form
