"""The identity of a sentence: the same in every reprint."""

from __future__ import annotations

import hashlib

from streams.remembering import ByLine


@ByLine
def normalised(sentence: str) -> str:
    """The sentence in lower case, letters and digits only."""
    return "".join(character for character in sentence.lower() if character.isalnum())


def sentence_hash(sentence: str) -> str:
    """First 16 hex digits of the SHA-256 of the normalised sentence."""
    return short_hash(normalised(sentence))


def mention_id(article_id: str, founding_sentence: str, ordinal: int) -> str:
    """Content-based id of the event number `ordinal` that this sentence founds in this article."""
    return founded_id(article_id, normalised(founding_sentence), ordinal)


def founded_id(article_id: str, founder: str, ordinal: int) -> str:
    """The same of a founding sentence that is normalised already."""
    return short_hash(f"{article_id}\n{founder}\n{ordinal}")


def short_hash(text: str) -> str:
    """First 16 hex digits of the SHA-256 of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
