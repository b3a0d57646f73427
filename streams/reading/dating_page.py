"""Which lines of a text tell the article and which are the page around it, as far as dates go."""

from __future__ import annotations

from functools import cache

from streams.extending.files import known_name, lines_of
from streams.extending.in_force import forgotten_with_lexicon
from streams.remembering import ByLine

_PROSE = 150
"""A line so long is a paragraph of the article; in characters."""
_HEADING = 40
"""The heading of a list of links is no longer; in characters."""
_LONG_LINE = 200
"""A longer line is prose, whatever words it holds; in characters."""

_ENDS = frozenset(".!?…:;")


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
    ahead = marks()[1]
    told: list[str] = []
    lines = text.splitlines()
    prose = max((index for index, line in enumerate(lines) if len(line) >= _PROSE), default=-1)
    for index, line in enumerate(lines):
        if index > prose and index > 0:
            low = line.strip().lower()
            if low.startswith(ahead) and len(low) <= _HEADING:
                break
        if shown := _telling(line):
            told.append(shown)
    return told


def passages(text: str) -> list[str]:
    """The lines of a text, those that end inside a sentence together with the next, as wrapped text has them.

    What tells a date stands inside one of them, so that each can be remembered by itself.
    """
    found: list[str] = []
    begun: list[str] = []
    for line in text.split("\n"):
        begun.append(line)
        if line.rstrip("\"”’')]")[-1:] in _ENDS:
            found.append("\n".join(begun))
            begun = []
    return [*found, "\n".join(begun)] if begun else found


@ByLine
def _telling(line: str) -> str:
    """The line without blanks at its ends; empty if it has words of the page."""
    low = line.strip().lower()
    return "" if len(low) < _LONG_LINE and any(words in low for words in marks()[0]) else line.strip()
