"""Boilerplate that is told by its form alone, whatever it says."""

from __future__ import annotations

import re

from streams.reading import crediting
from streams.reading.folding import bare, fold
from streams.reading.phrases import words

CLOCK = re.compile(r"\d{1,2}[.:h]\d{2}(?:\s?(?:[ap]\.?m\.?|[A-Z]{2,4}))?")
"""A line that is only a time of day: the head of a live-blog entry."""

_TAG_AT_END = re.compile(r"\[[A-Z][A-Z /-]{1,40}\]")
_ADDRESS = re.compile(
    r"[^\s@]{1,80}@[^\s@]{1,80}\.[a-z]{2,}|\[email\s?protected\]|\S{1,80} ?\[at\] ?\S{1,80}", re.IGNORECASE
)
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_NEIGHBOUR = re.compile(r"(?:PREV|NEXT|PREVIOUS)\b|[«‹←]\s?(?:Previous|Prev)\b|(?:Next|Previous)(?: [A-Z]\w+)?:")
_TO_PAGE = re.compile(r"[-–—]\s?page \d{1,3}$", re.IGNORECASE)
_CRUMB = re.compile(r"\s*[»›|•→▸▶∙·]\s*|\s+[>/~]\s+")
_TOKEN = re.compile(r"[^\W_]+")
_BY = re.compile(r"[-–—•*\s]*(?:by|By|BY)[:\s]\s*")
_CLOCKED_TOKEN = re.compile(r"\d{1,4}(?:st|nd|rd|th|am|pm|h\d{2}|h|d|w|m|min)?")
_AGE = re.compile(r"\d{1,3}\s?(?:h|d|w|m|min|mins|hrs?|mo)")
_SAYS_WHEN = re.compile(
    r"\W{0,3}(?:(?:first|last) )?(?:published|updated?|posted|modified|edited|created)\b(?! (?:in|by) \D)"
)
_PUBLISHED_IN = re.compile(r"(?:first |originally )?published (?:in|on|by) (?:the )?\w.{0,80}\d{4}")
_ASIDE = re.compile(r"\s?\([^()]{0,60}\)")
_FULL_NAME = re.compile(r"[A-ZÀ-Þ][\w'’-]{1,30}(?: [A-ZÀ-Þ][\w'’-]{1,30}){1,3}")
_HANDLE = re.compile(r"@\w{2,30}")
_END_MARK = re.compile(r"-\s?(?:0|30)\s?-")
_NAME_LINKS = frozenset({"and", "in", "of", "de", "van", "von", "al", "el", "bin", "for", "the", "staff", "agencies"})
_LONGEST = 160


def reason(line: str) -> str | None:
    """Why `line` is no part of the article by its form, or None. A line with only a time of day is left."""
    if line.startswith("©") and len(line) <= 3 * _LONGEST:
        return "legal"
    if len(line) > _LONGEST:
        return None
    if not any(character.isalnum() for character in line):
        return "separator"
    if CLOCK.fullmatch(line):
        return None
    return crediting.player(line) or next((name for name, fits in _RULES if fits(line)), None)


def is_timestamp(line: str) -> bool:
    """True when `line` only says when something was written or changed."""
    if len(line) > _LONGEST or CLOCK.fullmatch(line) or not any(character.isdigit() for character in line):
        return False
    tokens = _TOKEN.findall(fold(line))
    time_words = words("time")
    return (
        1 < len(tokens) <= 24
        and any(token in time_words for token in tokens)
        and all(token in time_words or _CLOCKED_TOKEN.fullmatch(token) for token in tokens)
    ) or bool(re.fullmatch(r"\d{1,4}([./-])\d{1,2}\1\d{2,4}(?:,?\s+\d{1,2}[:.h]\d{2})?(?:\s?[-–—|])?", line))


def is_byline(line: str) -> bool:
    """True for `By STEPHEN WHITE` and `by A. Writer | 6 October`: an author, and nothing else that tells anything."""
    if len(line) > 120:
        return False
    rest = authors(line)
    if rest is None:
        return False
    rest = _ADDRESS.sub(" ", _ASIDE.sub("", rest))
    parts = [part.strip() for part in re.split(r"[|,•·&]|\s[-–—]\s", rest) if part.strip(" ()")]
    return bool(parts) and only_names(parts[0]) and all(map(_is_author_or_time, parts[1:]))


def authors(line: str) -> str | None:
    """What stands after the `by` of a line of authors, or None for another line."""
    started = _BY.match(line)
    return line[started.end() :] if started is not None else crediting.after_label(line)


def names_in(line: str) -> list[str]:
    """Full names that a line of authors or of a live blog gives, as they are written."""
    return _FULL_NAME.findall(line[:200])


def _is_author_or_time(part: str) -> bool:
    return (
        only_names(part)
        or is_timestamp(part)
        or bool(CLOCK.fullmatch(part) or _AGE.fullmatch(part) or re.fullmatch(r"\d{4}", part))
        or crediting.is_function(part)
        or only_names(crediting.after_label(part) or ".")
    )


def only_names(line: str) -> bool:
    """True for two to eight words that all look like parts of names, as `Aurelia Finch and Nino Maisuradze`."""
    found = line.split()
    capitals = [word for word in found if word[:1].isupper()]
    return (
        1 <= len(found) <= 8
        and bool(capitals)
        and not any(character.isdigit() for character in line)
        and all(word[:1].isupper() or bare(word.casefold()) in _NAME_LINKS for word in found)
        and line.rstrip()[-1:] not in '.!?:;"”’'
    )


def _is_number(line: str) -> bool:
    return bool(re.fullmatch(r"[\d\s.,+#KkM]+", line))


def _is_address(line: str) -> bool:
    rest = _LINK.sub(" ", _ADDRESS.sub(" ", line))
    return rest != line and len(rest.split()) <= 4


def _is_trail(line: str) -> bool:
    parts = _CRUMB.split(line)
    return len(parts) >= 3 and all(len(part.split()) <= 8 for part in parts)


def _is_tags(line: str) -> bool:
    return all(word.startswith("#") for word in line.split())


def _is_counter(line: str) -> bool:
    parts = _CRUMB.split(fold(line))
    return all(
        re.fullmatch(r"(?:bookmark|share|save|print|\d+ (?:comments?|shares?|views|likes))", part) for part in parts
    )


def _dates_the_page(line: str) -> bool:
    folded = fold(line)
    # A bare time may head an entry of a live blog; one that says it was published or changed heads nothing.
    return bool(_PUBLISHED_IN.fullmatch(folded)) or (bool(_SAYS_WHEN.match(folded)) and is_timestamp(line))


def _is_place_in_site(line: str) -> bool:
    """`ARGENTINA | Today 09:14`: a section of the site beside a time."""
    parts = [part.strip() for part in line.split("|")]
    timed = [bool(CLOCK.fullmatch(part)) or is_timestamp(part) for part in parts]
    return (
        any(timed)
        and not all(timed)
        and all(len(part.split()) <= 3 or when for part, when in zip(parts, timed, strict=True))
    )


_RULES = (
    ("number", _is_number),
    ("separator", lambda line: bool(_END_MARK.fullmatch(line))),
    ("promo", lambda line: bool(_TAG_AT_END.search(line[-44:]) and line.endswith("]"))),
    ("navigation", lambda line: bool(_NEIGHBOUR.match(line))),
    ("promo", lambda line: bool(_TO_PAGE.search(line))),
    ("navigation", _is_address),
    ("navigation", _is_trail),
    ("navigation", _is_tags),
    ("share", _is_counter),
    ("byline", lambda line: bool(_HANDLE.fullmatch(line))),
    ("byline", is_byline),
    ("credit", crediting.is_credit),
    ("legal", crediting.is_source),
    ("timestamp", _dates_the_page),
    ("navigation", _is_place_in_site),
)
