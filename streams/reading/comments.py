"""The comments of readers under an article, from the line that counts them to the end or until the article goes on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from streams.reading.folding import fold
from streams.reading.forms import is_timestamp
from streams.reading.lines import Line

_OPENS = re.compile(
    r"(?:\d{1,5}|no|all|view all|show all) (?:comments?|thoughts?|replies|responses|reader comments)"
    r"(?: (?:on|to)\b.{0,200})?"
    r"|(?:discussion|comments?|conversation|responses)(?: about this \w{1,10})?(?:\s?[:(]?\s?\d{1,5}\)?)?"
    r"|(?:\d{1,5} )?votes?|(?:readers'? )comments?"
)
_NAMED = re.compile(r"\W{0,3}\w[^:.!?]{0,40} (?:says|said|wrote|writes|replied|commented)\s?:?$", re.IGNORECASE)
_AGED = re.compile(
    r"\W{0,3}\w[^:!?]{0,40}(?: [-|·•])? \d{1,3} ?(?:s|m|h|d|w|mo|y|mins?|hours?|days?|weeks?|months?|years?)(?: ago)?"
)
_BUTTON = re.compile(
    r"(?:reply|report|like|likes|share|flag|edit|delete|permalink|upvote|downvote"
    r"|\d{1,5} (?:likes?|votes?|replies|upvotes?)"
    r"|liked by .{1,60}|restacks?|expand full comment|show replies|view replies|article rating|sort by.{0,30})"
)
_MOST_PARAGRAPHS = 4
"""So many paragraphs a comment can have."""


def mark(lines: Sequence[Line], reasons: list[str | None], first: int) -> None:
    """Mark comments below the paragraph at `first` with their reason."""
    opened = False
    at = first + 1
    while at < len(lines):
        text = lines[at].text.text
        folded = fold(text) if len(text) <= 200 else ""
        if _OPENS.fullmatch(folded) or (reasons[at] == "comments" and not opened):
            opened = True
            reasons[at] = reasons[at] or "comments"
        elif opened and folded and _names_writer(text, folded):
            at = _one(lines, reasons, at)
            continue
        elif opened and folded and reasons[at] is None and _BUTTON.fullmatch(folded):
            reasons[at] = "comments"
        at += 1


def _names_writer(text: str, folded: str) -> bool:
    return bool(_NAMED.fullmatch(text) or _AGED.fullmatch(folded))


def _one(lines: Sequence[Line], reasons: list[str | None], at: int) -> int:
    """Mark the comment whose writer stands at `at`; the index behind it.

    Its text runs to its buttons or to the next writer; where neither follows soon, it is one paragraph.
    """
    start = at + 1
    while start < len(lines) and _is_furniture(lines[start].text.text, reasons[start]):
        start += 1
    near = range(start, min(start + _MOST_PARAGRAPHS + 1, len(lines)))
    end = next((i for i in near if _stops(lines[i].text.text, reasons[i])), min(start + 1, len(lines)))
    for i in range(at, end):
        reasons[i] = reasons[i] or "comments"
    return end


def _is_furniture(text: str, reason: str | None) -> bool:
    return reason is not None or (len(text) <= 100 and (is_timestamp(text) or bool(_BUTTON.fullmatch(fold(text)))))


def _stops(text: str, reason: str | None) -> bool:
    return _is_furniture(text, reason) or (len(text) <= 100 and _names_writer(text, fold(text)))
