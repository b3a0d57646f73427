"""Lost blanks, sentence ends and closing quotes: `forcesMr. Zelensky said`, `positions.Ukraine`, `the armyhe added`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from streams.extending.in_force import forgotten_with_lexicon
from streams.reading.mapped import Edit, Mapped
from streams.reading.phrases import words
from streams.remembering import ByLine

_LOST_BLANK = re.compile(r"(?<=[a-zà-ÿ\d)]{2})[.!?][”\"’']?(?=[“\"‘]?[A-Z][a-zà-ÿ])")
_LOST_END = re.compile(r"(?<![\w@#./-])([a-z]{4,30})(?=[A-ZÀ-Þ][a-zà-ÿ]{2,30}(?![\w@/]))")
_LINK = re.compile(r"[/@]|www\.|\.(?:com|org|net|co)\b")
_MARK = re.compile(r"[“”\"]")


@forgotten_with_lexicon
@cache
def _before_title() -> re.Pattern[str]:
    titles = "|".join(sorted(map(re.escape, words("titles")), key=len, reverse=True)) or "(?!)"
    return re.compile(rf"(?<=[a-zà-ÿ]{{2}})(?=(?:{titles})\b\.? )")


@forgotten_with_lexicon
@cache
def _lost_comma() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What is found in every line that lost one, sooner looked for; and the word that it was lost after."""
    saying = "|".join(sorted(map(re.escape, words("saying")))) or "(?!)"
    return re.compile(rf"(?:he|has) (?:{saying})\b|adding that\b|but [a-z]"), re.compile(
        rf"(?<!\w)[a-z]{{2,30}}[abdefh-oq-suvw-z](?=he (?:{saying})\b)"
        rf"|(?<!\w)[a-z]{{4,30}}(?=has (?:{saying})\b)"
        r"|(?<!\w)[a-z]{4,30}(?=adding that\b)"
        r"|(?<!\w)(?!hali|scuttle|attri)[a-z]{4,30}(?=but [a-z])"
    )


def unglue(text: Mapped) -> Mapped:
    """`text` with a blank, a full stop (and the closing quote) or a comma put where one was lost."""
    return text.edited(_edits(text.text))


@ByLine
def _edits(text: str) -> tuple[Edit, ...]:
    edits = sorted(_ends(text), key=lambda edit: edit.start)
    return tuple(edit for i, edit in enumerate(edits) if i == 0 or edit.start > edits[i - 1].start)


def _ends(text: str) -> Iterator[Edit]:
    for found in _LOST_BLANK.finditer(text):
        if not _in_link(text, found.end()):
            yield Edit(found.end(), found.end(), " ")
    hint, lost_comma = _lost_comma()
    for found in lost_comma.finditer(text) if hint.search(text) else ():
        yield Edit(found.end(), found.end(), ", ")
    places = sorted({found.end() for pattern in (_LOST_END, _before_title()) for found in pattern.finditer(text)})
    marks = _MARK.finditer(text) if places else iter(())
    mark = next(marks, None)
    quote = ""
    for place in places:
        while mark is not None and mark.start() < place:
            quote = _closing(mark[0], quote)
            mark = next(marks, None)
        # The quotation ran into the sentence that names its speaker; its own closing mark is then missing too.
        yield Edit(place, place, f".{quote} ")
        quote = ""


def _closing(mark: str, waiting: str) -> str:
    """The closing mark that is due after `mark`."""
    if mark == "“":
        return "”"
    return "" if mark == "”" or waiting else '"'


def _in_link(text: str, at: int) -> bool:
    start = max(text.rfind(" ", max(0, at - 80), at), at - 80, 0)
    end = text.find(" ", at, at + 80)
    return bool(_LINK.search(text[start : end if end != -1 else at + 80]))
