"""Words as parts of names of places: which may open, continue and close one, and what stands beside it."""

from __future__ import annotations

from collections.abc import Iterator

from streams.parsing.tokens import Doc, Span, Token

from streams.resolving.gazetteer import Entry

_INSIDE = frozenset({
    "of", "the", "and", "de", "del", "la", "le", "el", "al", "an", "en", "du", "da", "do", "di", "ez", "es",
    "az", "as", "ash", "ad", "au", "aux", "les", "am", "der", "ar", "at", "i", "o", "ul", "sur", "upon", "e",
    "y", "'s", "’s", "-", "‑", "–", "'", "’",
})  # fmt: skip
_LOWER_HEADS = frozenset({"al", "el", "as", "ar", "ash", "ad"})


def opens(token: Token) -> bool:
    """Whether a name may start here."""
    return is_capitalised(token) or (token.text in _LOWER_HEADS and joined(token))


def joined(token: Token) -> bool:
    """Whether a hyphen follows at once: `al-Fashir`."""
    return not token.whitespace_ and token.i + 2 < len(token.doc) and token.nbor().text in "-‑"


def closes(token: Token) -> bool:
    """Whether a name may end here."""
    return is_capitalised(token) or token.text[0].isdigit()


def continues(token: Token) -> bool:
    """Whether a name may go on over this token."""
    if token.text in "-‑–'’":
        return tight(token)
    return is_capitalised(token) or token.lower_ in _INSIDE or (token.text[0].isdigit() and len(token.text) == 1)


def tight(token: Token) -> bool:
    """Whether a hyphen joins the words beside it."""
    return token.i > 0 and not token.whitespace_ and not token.nbor(-1).whitespace_


def is_capitalised(token: Token) -> bool:
    """Whether it begins with a capital letter."""
    return token.text[0].isupper()


def word(span: Span, offset: int) -> str:
    """The lower-case word so many tokens beside the span: -1 the one before, 0 the one after; empty at the ends."""
    at = span.end + offset if offset >= 0 else span.start + offset
    return str(span.doc[at].lower_) if 0 <= at < len(span.doc) else ""


def could_be(span: Span) -> bool:
    """Whether a name that nothing else tells to be a place could be one: what is done to it, not what it does."""
    if any(token.pos_ != "PROPN" and token.text[0].isupper() for token in span):
        return False
    person = any(token.ent_type_ == "PERSON" for token in span)
    return not person or span.root.dep_ in {"dobj", "pobj", "nsubjpass", "conj", "appos"}


def weighty(entries: tuple[Entry, ...]) -> bool:
    """Whether the name is so well known as a place that a tagger's doubt weighs less."""
    return any(
        entry.kind in ("country", "region") or entry.capital or (entry.exact and entry.population >= 200_000)
        for entry in entries
    )


def whole_entity(span: Span) -> bool:
    """Whether no entity goes on beyond the end of the span."""
    return span.end >= len(span.doc) or span.doc[span.end].ent_iob_ != "I"


def capitalised(doc: Doc) -> Iterator[Token]:
    """The capitalised words of a paragraph."""
    return (token for token in doc if token.text and is_capitalised(token))
