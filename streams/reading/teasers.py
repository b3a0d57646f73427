"""Links to other content by their form: a label before a headline, an arrow, a heading over a list of links."""

from __future__ import annotations

import re

from streams.reading.folding import fold
from streams.reading.phrases import words

_LONGEST = 160
_LABEL = re.compile(r"[^\w\"']{0,8}([a-z][a-z '-]{1,30}?)\s?[:|»>·•]\s?\S")
_ARROW = re.compile(r"(?:>{2,3}|[»►▶▸⏩⏭→➡➤⇒👉🔴📺🎧📷]{1,8}\ufe0f?)\s?\w")
_ARROW_END = re.compile(r"\w\s?(?:>{1,3}|[»►▶▸→➡➤⇒]+)$")
_ENDED = re.compile(r"[.!…;,][\"')\]]*$")
_WORD = re.compile(r"[^\W_]+(?:'s)?")
_YOU = re.compile(r"(?:you (?:may|might|could|will) |we recommend|what to read|what others)")
_MORE_ON = re.compile(r"(?:read )?more (?:on|about|from) [^:|]{3,50}")
_HEADLINE = 6
_COUNTED = re.compile(r"\s?\(\d{1,4}\)$")


def reason(line: str) -> str | None:
    """Why a line is no part of the article that has the form of a link to something else, or None."""
    if len(line) > _LONGEST:
        return None
    folded = fold(line)
    if _ENDED.search(folded):
        return None
    if _ARROW.match(line) or _ARROW_END.search(line):
        return "promo"
    found = _LABEL.match(folded)
    if found is None or len(found[1].split()) > 5:
        return None
    labels = _WORD.findall(found[1])
    if labels and (labels[0] in words("labels") or labels[-1] in words("labels")):
        return "advertisement" if not words("page_advertisement").isdisjoint(labels) else "promo"
    return None


def refers_elsewhere(line: str) -> bool:
    """True for a label that cannot stand before the article's own headline: `See also`, `Read more`, `Related`."""
    found = _WORD.findall(fold(line[:80]))
    return bool(found) and (found[0] in {"also", "read", "see", "related", "recommended", "next", "previous", "must"})


def leads_links(line: str) -> bool:
    """True for `Read more on the attack`, above links to what it names."""
    return len(line) <= 60 and bool(_MORE_ON.fullmatch(fold(line)))


def is_headline(line: str) -> bool:
    """True for a line of the length of a headline that does not end like a sentence."""
    return len(line.split()) >= _HEADLINE and len(line) <= _LONGEST and line.rstrip("\"”’')]")[-1:] not in ".!…;:,"


def heads_section(line: str) -> bool:
    """True for a heading over a list of links: `More galleries`, `Top Picks For You`, `Related topic:`."""
    if len(line) > 60 or line.rstrip()[-1:] in {".", "!", "?"}:
        return False
    found = _WORD.findall(_COUNTED.sub("", fold(line)))
    if _YOU.match(fold(line)):
        return len(found) <= 7
    if len(found) == 2 and found[1] == "recommends":
        return True
    return 2 <= len(found) <= 5 and found[0] in words("section_opens") and found[-1] in words("section_ends")
