"""Who made the article and its pictures: lines of authors, of owners of photos, and what players show."""

from __future__ import annotations

import re

from streams.reading.folding import bare, fold
from streams.reading.phrases import words

_PARTS = re.compile(r"\s?[/|]\s?")
_OWNER = re.compile(
    r"(?:handout|courtesy|screengrab|screenshot|stock image|file photo|pool photo|photo illustration)\b"
)
_SIGNED = re.compile(r"[-–—]{1,2}\s?([A-Z][A-Za-z/, &]{1,40})")
_DESCRIBED = re.compile(
    r"(?:\w{2,12} )?(?:[Pp]hoto|[Pp]icture|[Ii]mage|PHOTO|[Cc]aption|[Vv]ideo)(?: \w{2,12})?\s?:\s(?=[A-Z])"
)
_BRACKETED = re.compile(r"[(\[][^()\[\]]{0,80}[)\]]")
_SENTENCE = 6
_OWNING = frozenset(
    {"of", "by", "via", "and", "the", "for", "from", "courtesy", "at", "in", "on", "with", "under", "a"}
)
_PARTED = re.compile(r"[/, &]{1,3}")
_CAPITALS = re.compile(r"[A-Z]{2,5}")
_SOURCE = re.compile(r"\W{0,3}(?:SOURCES?|Sources?)\s?[:|]\s")
_LABEL = re.compile(r"[-–—•*(\s]{0,4}((?:[A-Za-z]{2,15} ){1,5}?)[Bb][Yy]\s?:?\s(?=[A-ZÀ-Þ])")
_AUTHOR = re.compile(r"(?:author|reporter|writer|text|correspondent|editor)s?:?\s(?=[A-ZÀ-Þ])", re.IGNORECASE)
_CLOCK = re.compile(
    r"(?:(?:current |remaining |total |elapsed )?(?:time|duration)[\s:-]{1,3}-?\d{1,2}:\d{2}(?::\d{2})?"
    r"|-?\d{1,2}:\d{2}(?::\d{2})?\s?/\s?-?\d{1,2}:\d{2}(?::\d{2})?"
    r"|(?:loaded|progress|volume)\s?:?\s\d{1,3}(?:\.\d{1,2})?\s?%)"
)
_SPEEDS = re.compile(r"(?:[^\W\d_]{1,12} ){0,4}\d(?:\.\d{1,2})?x(?: \d(?:\.\d{1,2})?x){1,9}")
_COUNTER = re.compile(r"(?:list )?\d{1,3} ?(?:/|of|out of) ?\d{1,3}|list of \d{1,3} items?|end of list")
_DEGREES = re.compile(r"[-+]?\d{1,3} ?°(?: ?[cf])?")


def player(line: str) -> str | None:
    """`player` or `navigation` for what a player or gallery counts: `0:00 / 1:37`, `3 of 12`; else None."""
    folded = fold(line)
    if len(folded) > 60:
        return None
    if _CLOCK.fullmatch(folded) or _SPEEDS.fullmatch(folded):
        return "player"
    return "navigation" if _COUNTER.fullmatch(folded) or _DEGREES.fullmatch(folded) else None


def is_credit(line: str) -> bool:
    """True for a line that only says whose a photo is: `A. Name / Agency`, `Handout via the army`."""
    if len(line) > 100 or line.rstrip()[-1:] in {".", "!", "?", ":"}:
        return False
    if _OWNER.match(fold(line)) and len(line.split()) <= 8:
        return not describes(line)
    parts = [part.strip(" ()[]") for part in _PARTS.split(line)]
    return 2 <= len(parts) <= 3 and all(map(_is_name, parts)) and any(map(_is_agency, parts)) and len(line.split()) >= 3


def is_signature(line: str) -> bool:
    """True for `- EXAMPLE/AFP`: the agencies behind a dash below a text."""
    found = _SIGNED.fullmatch(line)
    if found is None:
        return False
    parts = _PARTED.split(found[1])
    return len(parts) <= 5 and all(part.isupper() or fold(part) in words("agencies") for part in parts if part)


def describes(line: str) -> bool:
    """True for the text of a photo behind a label: `File photo: The high court in the old town (Photo: A. Name)`."""
    label = _DESCRIBED.match(line)
    if label is None:
        return False
    found = _BRACKETED.sub("", line[label.end() :]).split()
    return len(found) >= _SENTENCE and sum(word.islower() and word not in _OWNING for word in found) >= 2


def is_source(line: str) -> bool:
    """True for `Source: AGENCY and News Agencies`: where the text was taken from."""
    found = _SOURCE.match(line)
    if found is None or line.rstrip()[-1:] in {".", "!", "?"}:
        return False
    rest = line[found.end() :].split()
    if rest and rest[0].casefold() in words("urging"):
        return False
    return len(rest) <= 8 and all(
        word[:1].isupper() or bare(fold(word)) in {"and", "with", "of", "the"} for word in rest
    )


def owners(inside: str) -> bool:
    """True for the inside of brackets that names a photographer and an agency: `A. Name/Agency`."""
    parts = [part.strip() for part in _PARTS.split(inside)]
    return 2 <= len(parts) <= 3 and all(map(_is_name, parts)) and len(parts[0].split()) >= 2


def _is_name(part: str) -> bool:
    found = part.split()
    return 1 <= len(found) <= 6 and all(
        word[:1].isupper() or word in {"via", "de", "al", "van", "for"} for word in found
    )


def _is_agency(part: str) -> bool:
    return bool(_CAPITALS.fullmatch(part)) or any(bare(word) in words("agencies") for word in fold(part).split())


def after_label(line: str) -> str | None:
    """What follows the label of a line of authors (`Reported by: `, `Story by `, `author `), or None."""
    found = _LABEL.match(line)
    if found is not None and all(bare(word) in words("authoring") for word in fold(found[1]).split()):
        return line[found.end() :]
    author = _AUTHOR.match(line)
    return line[author.end() :] if author is not None and len(line.split()) <= 6 else None


def is_function(line: str) -> bool:
    """True for what an author is, as a page has it on a line of its own: `Staff Correspondent, Dhaka`."""
    found = [bare(word) for word in fold(line).split()]
    shown = line.split()
    return (
        1 <= len(found) <= 6
        and not words("roles").isdisjoint(found)
        and line.rstrip()[-1:] not in set('.!?:;"”’')
        and all(word[:1].isupper() or bare(word) in words("roles") for word in shown)
    )
