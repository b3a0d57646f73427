"""The tokens of a paragraph, read once into plain lists: which words may open, continue and close a name of a place."""

from __future__ import annotations

from dataclasses import dataclass

from streams.parsing.tokens import Doc

_INSIDE = frozenset({
    "of", "the", "and", "de", "del", "la", "le", "el", "al", "an", "en", "du", "da", "do", "di", "ez", "es",
    "az", "as", "ash", "ad", "au", "aux", "les", "am", "der", "ar", "at", "i", "o", "ul", "sur", "upon", "e",
    "y", "las", "los", "dos", "das", "della", "sous", "bei", "ob", "nad", "pod", "den", "het", "van", "und",
    "on", "'s", "’s", "-", "‑", "–", "'", "’",
})  # fmt: skip
_ARTICLES = frozenset({"al", "el", "as", "ar", "ash", "ad", "an", "at", "az", "ed", "es", "et", "tel", "ul"})
_HYPHENS = frozenset({"-", "‑"})
_JOINING = frozenset({"-", "‑", "–", "'", "’"})
_TITLE_CASE = 0.75
"""Share of capitalised words from which a paragraph is a headline, whose capitals tell nothing."""
_SHORT = 4


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words of a paragraph, apart from it: tokens and characters from start to end, and those of the sentence."""

    start: int
    end: int
    start_char: int
    end_char: int
    text: str
    sentence: tuple[int, int]

    def __len__(self) -> int:
        return self.end - self.start


class Words:
    """One paragraph. Every list has an item for each token."""

    __slots__ = ("capital", "doc", "entity", "headline", "iob", "lower", "opening", "pos", "space", "text")

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.text = [token.text for token in doc.words]
        self.lower = [token.lower_ for token in doc.words]
        self.capital = [text[:1].isupper() for text in self.text]
        self.space = [bool(token.whitespace_) for token in doc.words]
        self.pos = [token.pos_ for token in doc.words]
        self.entity = [token.ent_type_ for token in doc.words]
        self.iob = [token.ent_iob_ for token in doc.words]
        self.opening = [False] * len(self.text)
        for sentence in doc.sents:
            self.opening[sentence.start] = True
        long = [
            capital
            for capital, text, opening in zip(self.capital, self.text, self.opening, strict=True)
            if len(text) >= _SHORT and text.isalpha() and not opening
        ]
        self.headline = len(long) >= _SHORT and sum(long) > _TITLE_CASE * len(long)

    def __len__(self) -> int:
        return len(self.text)

    def word(self, at: int) -> str:
        """The lower-case word there, empty beyond the ends."""
        return self.lower[at] if 0 <= at < len(self.lower) else ""

    def string(self, start: int, end: int) -> str:
        """The text of these tokens."""
        last = end - 1
        words = self.doc.words
        return self.doc.text[words[start].idx : words[last].idx + len(self.text[last])]

    def span(self, start: int, end: int) -> Stretch:
        """The tokens as a stretch of the paragraph."""
        span = self.doc[start:end]
        sentence = span.sent
        return Stretch(start, end, span.start_char, span.end_char, span.text, (sentence.start, sentence.end))

    def tight(self, at: int) -> bool:
        """Whether no space stands around a hyphen or apostrophe."""
        return at > 0 and not self.space[at] and not self.space[at - 1]

    def hyphen_after(self, end: int) -> bool:
        """Whether a hyphen joins what ends here with the next word: `al-Fashir`, `Russia-backed`."""
        return end + 1 < len(self.text) and self.text[end] in _HYPHENS and self.tight(end)

    def hyphen_before(self, start: int) -> bool:
        """Whether a hyphen joins what starts here with the word before."""
        return start > 1 and self.text[start - 1] in _HYPHENS and self.tight(start - 1)

    def opens(self, at: int) -> bool:
        """Whether a name may start here."""
        return self.capital[at] or (self.lower[at] in _ARTICLES and self.hyphen_after(at + 1))

    def closes(self, at: int) -> bool:
        """Whether a name may end here."""
        return self.capital[at] or self.text[at][:1].isdigit()

    def continues(self, at: int) -> bool:
        """Whether a name may go on over this token."""
        text = self.text[at]
        if text in _JOINING:
            return self.tight(at)
        return self.capital[at] or self.lower[at] in _INSIDE or (text.isdigit() and len(text) == 1)

    def run_end(self, start: int) -> int:
        """Where the capitalised words that begin here end; hyphened and Arabic parts go with them."""
        end = start + 1
        while end < len(self.text) and (
            (self.capital[end] and not self.opening[end])
            or (self.text[end] in _HYPHENS and self.tight(end) and self._goes_on(end + 1))
            or (self.hyphen_before(end) and self.lower[end] in _INSIDE and self.hyphen_after(end + 1))
            or (self.lower[end] in _ARTICLES and self.hyphen_after(end + 1))
        ):
            end += 1
        return end

    def _goes_on(self, at: int) -> bool:
        return at < len(self.text) and (self.capital[at] or (self.hyphen_after(at + 1) and len(self.text[at]) < _SHORT))
