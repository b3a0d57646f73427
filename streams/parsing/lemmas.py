"""Part of speech and lemma of a form under a tag: spaCy's rules and tables, asked without its matcher.

spaCy matches 179 patterns against every word of every text and looks lemmas up in lists of ten thousands. Of the
patterns nearly all ask for a tag alone or for a tag and a word; so what a tag alone gives is found out once, for the
words of the patterns spaCy is asked as before, and the tables are read into sets. The results are the same, but for
patterns that ask for a neighbour or for the parse: a word's part of speech here follows from itself.
"""

from __future__ import annotations

from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

Reading = tuple[str, str, str]
"""Tag, part of speech and lemma."""
_KINDS = ("adj", "adp", "adv", "aux", "cconj", "det", "intj", "noun", "num", "part", "pron", "propn", "punct", "sconj",
          "sym", "verb", "x")  # fmt: skip
"""Parts of speech, as the tables name them."""
_PLAIN = "xqzkw"
"""A word that no pattern and no table has."""


class Lemmas:
    """Reads forms. Holds tables and nothing that changes."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        ruler: Any = nlp.get_pipe("attribute_ruler")
        lemmatizer: Any = nlp.get_pipe("lemmatizer")
        self._ruler, self._lemmatizer = ruler, lemmatizer
        self._special = {word for pattern in ruler.patterns for word in _words_of(pattern)}
        tables = {name: lemmatizer.lookups.get_table(f"lemma_{name}", {}) for name in ("index", "exc", "rules")}
        kinds = [kind for kind in _KINDS if any(table.get(kind) for table in tables.values())]
        self._index = {kind: frozenset(tables["index"].get(kind, ())) for kind in kinds}
        self._exceptions: dict[str, dict[str, list[str]]] = {kind: tables["exc"].get(kind, {}) for kind in kinds}
        self._rules = {kind: [(old, new) for old, new in tables["rules"].get(kind, ())] for kind in kinds}
        self._plain: dict[str, tuple[str, bool]] = {}
        """For each tag, what it gives a word of no pattern: part of speech, and whether the word is its own lemma."""

    def reading(self, form: str, tag: str) -> Reading:
        """Part of speech and lemma of a form under a tag."""
        lower = form.lower()
        if lower in self._special or not form[0].isalnum() or "'" in form or "’" in form:
            return self._asked(form, tag)
        plain = self._plain.get(tag)
        if plain is None:
            plain = self._plain[tag] = self._of_tag(tag)
        part, is_base = plain
        kind = part.lower()
        if kind == "propn" and not is_base and kind not in self._index:
            return tag, part, form
        if is_base or kind not in self._index or kind == "space":
            return tag, part, lower
        return tag, part, self._by_rules(lower, kind) or form

    def _by_rules(self, word: str, kind: str) -> str:
        """The lemma that the tables give: an exception, else by a rule to a known word, else by any; or none."""
        exceptions = self._exceptions[kind].get(word)
        known: list[str] = []
        unknown: list[str] = []
        index = self._index[kind]
        for old, new in self._rules[kind]:
            if not word.endswith(old):
                continue
            form = word[: len(word) - len(old)] + new
            if form in index:
                known.insert(0, form)
            elif form:
                (unknown if form.isalpha() else known).append(form)
        for form in exceptions or ():
            if form not in known:
                known.insert(0, form)
        return next(iter(known or unknown), "")

    def _of_tag(self, tag: str) -> tuple[str, bool]:
        with self._nlp.memory_zone():
            token = self._ruler(Doc(self._nlp.vocab, words=[_PLAIN], tags=[tag]))[0]
            return token.pos_, bool(self._lemmatizer.is_base_form(token))

    def _asked(self, form: str, tag: str) -> Reading:
        """What spaCy says of the form as the only word of a text."""
        with self._nlp.memory_zone():
            token = self._lemmatizer(self._ruler(Doc(self._nlp.vocab, words=[form], tags=[tag])))[0]
            return token.tag_, token.pos_, token.lemma_


def _words_of(pattern: dict[str, Any]) -> list[str]:
    """The words in lower case that a pattern of one word asks for."""
    found: list[str] = []
    for tokens in pattern["patterns"]:
        asked = tokens[0].get("LOWER") if len(tokens) == 1 else None
        if isinstance(asked, str):
            found.append(asked)
        elif isinstance(asked, dict):
            found.extend(asked.get("IN", ()))
    return found
