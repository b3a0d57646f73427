"""Lists of teasers under a heading such as `Related articles`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from streams.reading.lines import Line

_MOST = 8
"""Teasers that one heading in the middle of an article may take along."""

_NUMBERED = re.compile(r"(?:[-•*]|\d{1,2}[.)])\s")


def teaser(text: str) -> bool:
    """True for a headline, a broken-off sentence or an item of a list, as they stand under such a heading."""
    if len(text) > 240:
        return False
    if text.endswith(("...", "…")):
        return True
    last = text.rstrip("\"”’')]» ")[-1:]
    if last in {".", "!", ","}:
        return len(text) <= 140 and bool(_NUMBERED.match(text)) and last != ","
    return last not in {":", ";"} and len(text) <= 140


def section_end(lines: Sequence[Line], heading: int) -> int:
    """Index behind the last line that goes with the heading at index `heading`, in the middle of an article.

    Teasers right under it, without an empty line between, are the section; if there are none, the teasers that follow
    up to the next paragraph.
    """
    block = lines[heading].block
    at = heading + 1
    while at < len(lines) and lines[at].block == block and teaser(lines[at].text.text):
        at += 1
    if at > heading + 1:
        return _without_subheading(lines, heading + 1, at)
    last = min(len(lines), heading + 1 + _MOST)
    while at < last and teaser(lines[at].text.text):
        at += 1
    at = _without_subheading(lines, heading + 1, at)
    # So many short lines are a list of the article itself, or entries of a live blog, not teasers.
    return heading + 1 if at == heading + 1 + _MOST else at


def _without_subheading(lines: Sequence[Line], start: int, end: int) -> int:
    """`end`, or one less where the last line, alone in capitals, heads the paragraph that follows."""
    shown = [line.text.text.isupper() for line in lines[start:end]]
    return end - 1 if len(shown) >= 2 and end < len(lines) and shown[-1] and not any(shown[:-1]) else end
