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
    if text.endswith(("...", "…")) or len(text) <= 60:
        return True
    ended = text.rstrip("\"”’')]» ")[-1:] in {".", "!", ";", ","}
    return len(text) <= 140 and (not ended or bool(_NUMBERED.match(text)))


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
        return at
    last = min(len(lines), heading + 1 + _MOST)
    while at < last and teaser(lines[at].text.text):
        at += 1
    # So many short lines are a list of the article itself, or entries of a live blog, not teasers.
    return heading + 1 if at == heading + 1 + _MOST else at
