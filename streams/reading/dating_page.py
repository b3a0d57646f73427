"""Which lines of a text tell the article and which are the page around it, as far as dates go."""

from __future__ import annotations

from functools import cache

from streams.extending.files import known_name, lines_of
from streams.extending.in_force import forgotten_with_lexicon

_PROSE = 150
"""A line so long is a paragraph of the article; in characters."""
_HEADING = 40
"""The heading of a list of links is no longer; in characters."""
_LONG_LINE = 200
"""A longer line is prose, whatever words it holds; in characters."""


@forgotten_with_lexicon
@cache
def marks() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Words that drop the line that holds them, and words that drop all from a line that begins with them."""
    table = [(known_name(line, ("line", "rest")), line.cells[1].lower()) for line in lines_of("dates/chrome")]
    return (
        tuple(words for where, words in table if where == "line" and words),
        tuple(words for where, words in table if where == "rest" and words),
    )


def told_lines(text: str) -> list[str]:
    """The lines that tell something: no copyright, no teasers, nothing below a "most read" that no prose follows."""
    within, ahead = marks()
    told: list[str] = []
    lines = text.splitlines()
    prose = max((index for index, line in enumerate(lines) if len(line) >= _PROSE), default=-1)
    for index, line in enumerate(lines):
        low = line.strip().lower()
        if index > prose and index > 0 and low.startswith(ahead) and len(low) <= _HEADING:
            break
        if low and not (len(low) < _LONG_LINE and any(words in low for words in within)):
            told.append(line.strip())
    return told
