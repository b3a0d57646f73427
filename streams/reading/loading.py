"""Reading all tables that reading goes by at once, so that a wrong row is told before the first article."""

from __future__ import annotations

from streams.extending.additions import Additions
from streams.extending.in_force import put_in_force
from streams.extending.tables import TABLES
from streams.reading.dating_anchors import anchors, nouns
from streams.reading.dating_page import marks
from streams.reading.page_words import table
from streams.reading.phrases import phrases, words
from streams.reading.times_grammar import rules
from streams.reading.times_words import check_expressions

_LISTS = "boilerplate/words/"


def load_tables(additions: Additions) -> None:
    """Put the additions in force and read every table. Raises `LexiconError` for a row of the user's that is wrong."""
    put_in_force(additions)
    phrases()
    for name in TABLES:
        if name.startswith(_LISTS):
            words(name.removeprefix(_LISTS))
    table("containers")
    table("dates")
    check_expressions()
    rules()
    anchors()
    nouns()
    marks()
