"""Boilerplate that is told by its form alone, whatever it says."""

from __future__ import annotations

import re

from streams.reading import crediting
from streams.reading.folding import bare, fold
from streams.reading.phrases import words
from streams.remembering import ByLine

CLOCK = re.compile(r"\d{1,2}[.:h]\d{2}(?:\s?(?:[ap]\.?m\.?|[A-Z]{2,4}))?")
"""A line that is only a time of day: the head of a live-blog entry."""

_TAG_AT_END = re.compile(r"\[[A-Z][A-Z /-]{1,40}\]")
_ADDRESS = re.compile(
    r"[^\s@]{1,80}@[^\s@]{1,80}\.[a-z]{2,}|\[email\s?protected\]|\S{1,80} ?\[at\] ?\S{1,80}", re.IGNORECASE
)
_LINK = re.compile(r"(?:https?://|www\.|pic\.twitter\.com/|t\.co/)\S+", re.IGNORECASE)
_NEIGHBOUR = re.compile(r"(?:PREV|NEXT|PREVIOUS)\b|[«‹←]\s?(?:Previous|Prev)\b|(?:Next|Previous)(?: [A-Z]\w+)?:")
_TO_PAGE = re.compile(r"[-–—]\s?page \d{1,3}$", re.IGNORECASE)
_CRUMB = re.compile(r"\s*[»›|•→▸▶∙·]\s*|\s+[>/~]\s+|/\s+")
_CRUMBS = frozenset("»›|•→▸▶∙·>/~")
"""Of these signs one is in each part that `_CRUMB` matches."""
_COUNT = re.compile(r"bookmark|share|save|print|\d+ (?:comments?|shares?|views|likes)")
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
_PLACES = re.compile(r"\s?[|·•]\s?|\s/\s")
_THEN_PUBLISHED = re.compile(r"(\D{2,60}?)(?=\s(?:[Pp]ublished|[Uu]pdated|[Pp]osted)\b)")
_TIME_LABEL = re.compile(r"[^\W\d_]{3,20}(?: [^\W\d_]{2,20})?\s?[:|-]\s?(?=\d{1,4}[./-]\d{1,2}[./-]\d{2,4})")
_WITH = re.compile(r",? with ([A-Za-z][A-Za-z, /]{1,40})$")
_SHARES = re.compile(r"(?:share|tweet|like|email|print|save)s?[ (]?\d{0,5}\)?", re.IGNORECASE)
_SIZES = re.compile(r"[Aa]{1,3}\s?[-+](?:\s?[Aa]{1,3}\s?[-+]?){0,3}|[Aa]{2,3}|[-+]\s?[-+]")
_INITIALS = re.compile(r"[a-z]{1,4}(?:[/,]\s?[a-z]{1,4}){0,5}\s?\([A-Za-z][A-Za-z, /]{1,40}\)")
_EMBED = re.compile(r"[-–—]{1,2}\s?[^()]{2,60} \(@\w{2,30}\)(?: .{4,24}\d{4})?")
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


@ByLine
def is_timestamp(line: str) -> bool:
    """True when `line` only says when something was written or changed."""
    # Cells parted by tabs are a row of a table.
    if len(line) > _LONGEST or CLOCK.fullmatch(line) or "\t" in line:
        return False
    if not any(map(str.isdigit, line)):
        return False
    tokens = _TOKEN.findall(fold(line))
    time_words = words("time")
    return (
        1 < len(tokens) <= 24
        and any(token in time_words for token in tokens)
        and all(token in time_words or _CLOCKED_TOKEN.fullmatch(token) for token in tokens)
    ) or bool(
        re.fullmatch(r"\d{1,4}([./-])\d{1,2}\1\d{2,4}(?:(?:,|\s?[-–—|])?\s+\d{1,2}[:.h]\d{2})?(?:\s?[-–—|])?", line)
    )


def is_byline(line: str) -> bool:
    """True for `By ANN WRITER` and `by A. Writer | 6 October`: an author, and nothing else that tells anything."""
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
    return _FULL_NAME.findall((authors(line) or line)[:200])


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


def signs(line: str) -> bool:
    """True for names as they stand beside the date of a page: `Ann Writer (now) and Tom Reader, with AFP, dpa`."""
    rest = _WITH.sub(" ", _ASIDE.sub("", line)).replace(",", " ")
    added = _WITH.search(line)
    return only_names(rest) and (added is None or not words("agencies").isdisjoint(_TOKEN.findall(fold(added[1]))))


def _is_number(line: str) -> bool:
    return bool(re.fullmatch(r"[$€£₹]?[\d\s.,+#KkM]+", line))


def _is_address(line: str) -> bool:
    rest = _LINK.sub(" ", _ADDRESS.sub(" ", line) if "@" in line or "[" in line else line)
    return rest != line and len(rest.split()) <= 4


def _is_trail(line: str) -> bool:
    if _CRUMBS.isdisjoint(line):
        return False
    parts = _CRUMB.split(line)
    return len(parts) >= 3 and line[-1] not in ".!?" and all(len(part.split()) <= 8 for part in parts)


def _is_tags(line: str) -> bool:
    return all(word.startswith("#") for word in line.split())


def _is_counter(line: str) -> bool:
    folded = fold(line)
    return bool(_COUNT.match(folded)) and all(map(_COUNT.fullmatch, _CRUMB.split(folded)))


def _dates_the_page(line: str) -> bool:
    folded = fold(line)
    # A bare time may head an entry of a live blog; one that says it was published or changed heads nothing.
    return bool(_PUBLISHED_IN.fullmatch(folded)) or (bool(_SAYS_WHEN.match(folded)) and is_timestamp(line))


def _is_place_in_site(line: str) -> bool:
    """`ARGENTINA | Today 09:14`, `The Example · 3h`: a section of the site, or an outlet, beside a time."""
    parts = [part.strip() for part in _PLACES.split(line) if part.strip()]
    if len(parts) < 2:
        return False
    timed = [_is_time(part) for part in parts]
    return (
        any(timed)
        and not all(timed)
        and all(
            when or (len(part.split()) <= 3 and part[:1].isupper()) for part, when in zip(parts, timed, strict=True)
        )
    )


def _is_time(part: str) -> bool:
    return bool(CLOCK.fullmatch(part) or _AGE.fullmatch(part)) or is_timestamp(part)


def _names_and_dates(line: str) -> bool:
    """`Correspondent Published January 10, 2021`: who, and behind a word for publishing when."""
    found = _THEN_PUBLISHED.match(line)
    return found is not None and only_names(found[1]) and is_timestamp(line[found.end(1) :])


def labelled_time(line: str) -> bool:
    """True for `Entry: 21.10.2022 - 13:45`: a date behind a label, in whatever words a page labels it."""
    found = _TIME_LABEL.match(line)
    return found is not None and is_timestamp(line[found.end() :])


def signed_date(line: str) -> bool:
    """True for `Example Staff, Monday 3 Jun 2019`: who, and behind a comma when."""
    who, _, when = line.partition(",")
    return only_names(who) and is_timestamp(when.strip())


def _is_share_bar(line: str) -> bool:
    """`Facebook Count`, `Share on WhatsApp`: nothing but places to share on and the words beside them."""
    found = _TOKEN.findall(fold(line).replace("e-mail", "email"))
    channels, beside = words("channels"), words("sharing")
    return (
        bool(_SHARES.fullmatch(line))
        or (
            2 <= len(found) <= 12
            and line[-1] not in ".!?"
            and all(word in channels or word in beside for word in found)
            and not channels.isdisjoint(found)
            and not (beside - {"in", "a", "to", "it", "and", "with", "by", "on"}).isdisjoint(found)
        )
        or (len(found) >= 3 and channels.issuperset(found))
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
    ("navigation", lambda line: bool(_SIZES.fullmatch(line))),
    ("share", _is_counter),
    ("share", _is_share_bar),
    ("byline", lambda line: bool(_INITIALS.fullmatch(line))),
    ("timestamp", _names_and_dates),
    ("byline", lambda line: bool(_HANDLE.fullmatch(line))),
    ("byline", lambda line: bool(_EMBED.fullmatch(line))),
    ("byline", is_byline),
    ("byline", crediting.is_signature),
    ("credit", crediting.is_credit),
    ("legal", crediting.is_source),
    ("timestamp", _dates_the_page),
    ("navigation", _is_place_in_site),
)
