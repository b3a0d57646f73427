"""The date that an address tells: /2024/05/17/, /2024/may/17/, 2024-05-17, 20240517, and /2024/05/ for a month."""

from __future__ import annotations

import re
from datetime import date

from streams.reading import times_calendar as calendar
from streams.reading.times_calendar import Stretch
from streams.reading.times_days import valid_day
from streams.reading.times_words import words

_DAY = (
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<separator>[/_.-])(?P<month>[01]?\d)(?P=separator)(?P<day>[0-3]?\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<separator>[/_-])(?P<month>[a-zA-Z]{3,9})(?P=separator)(?P<day>[0-3]?\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<day>[0-3]?\d)(?P<separator>[/_-])(?P<month>[a-zA-Z]{3,9})(?P=separator)(?P<year>(?:19|20)\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<day>[0-3]\d)(?P<separator>[/_-])(?P<month>[01]\d)(?P=separator)(?P<year>(?:19|20)\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<month>[a-zA-Z]{3,9})(?P<separator>[/_-])(?P<day>[0-3]?\d)(?P=separator)(?P<year>(?:19|20)\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>20[0-4]\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d)"),
)  # fmt: skip
_MONTH = re.compile(r"/(?P<year>(?:19|20)\d\d)[/-](?P<month>[01]?\d)(?=/|$)")
_CANONICAL = (
    re.compile(r"<link\b[^<>]{0,300}\brel=[\"']?canonical\b[^<>]{0,300}>", re.IGNORECASE),
    re.compile(r"<meta\b[^<>]{0,300}\bproperty=[\"']?og:url\b[^<>]{0,300}>", re.IGNORECASE),
)
_ADDRESS = re.compile(r"\b(?:href|content)=[\"']?([^\"'<>\s]{1,400})", re.IGNORECASE)
_HEAD = 100_000
"""A page's own address stands in its head; characters of HTML that are searched."""


def url_stretch(url: str | None, latest: date) -> Stretch | None:
    """The day, else the month, that the address tells; none later than `latest` or before 1995."""
    if not url:
        return None
    path = url[:2000].split("?", 1)[0]
    for pattern in _DAY:
        for match in pattern.finditer(path):
            month = _month(match["month"])
            found = valid_day(int(match["year"]), month, int(match["day"])) if month else None
            if found and date(1995, 1, 1) <= found <= latest:
                return calendar.day(found)
    for match in _MONTH.finditer(path):
        number = int(match["month"])
        if 1 <= number <= 12 and date(1995, 1, 1) <= date(int(match["year"]), number, 1) <= latest:
            return calendar.month(int(match["year"]), number)
    return None


def canonical_url(html: str | None) -> str | None:
    """The address that a page gives as its own."""
    if not html:
        return None
    for pattern in _CANONICAL:
        tag = pattern.search(html, 0, _HEAD)
        address = _ADDRESS.search(tag[0]) if tag else None
        if address:
            return address[1]
    return None


def _month(text: str) -> int | None:
    return int(text) if text.isdigit() else words().months.get(text.lower())
