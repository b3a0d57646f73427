"""Identity is content: the ids and versions of what comes in are computed from it, never drawn.

So the same article fed twice, replayed, or sent by two feeders is one article.
"""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from urllib.parse import urlsplit

from streams.records import Article, InvalidRecordError, Version

TRACKING_PARAMETER = re.compile(r"(utm_\w+|fbclid|gclid|msclkid|yclid|mc_[ce]id|cmpid|ocid)=", re.IGNORECASE)
RETRACTED = "retracted"
"""Content of a retraction. It sorts behind every hash: of two tellings of one moment the retraction is the newer."""


def canonical_url(url: str) -> str | None:
    """The URL without what does not change the page: scheme, `www.`, tracking parameters, anchor, final slash.

    None for what names no page on a host.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if not host or (parts.path in ("", "/") and not parts.query and not parts.fragment):
        return None
    host = host.removeprefix("www.").removeprefix("m.").removeprefix("amp.") + (f":{port}" if port else "")
    query = "&".join(sorted(part for part in parts.query.split("&") if part and not TRACKING_PARAMETER.match(part)))
    route = f"#{parts.fragment}" if parts.fragment.startswith(("!", "/")) else ""  # a page of a one-page site
    return f"{host}{parts.path.rstrip('/')}{'?' if query else ''}{query}{route}"


def article_id(article: Article) -> str:
    """The id given, else one from the canonical URL, else from source and text; 20 hex digits when computed."""
    if article.id:
        return article.id
    page = canonical_url(article.url) if article.url else None
    return digest(page or f"{article.source or ''}\n{article.text or article.html or ''}")[:20]


def outlet(source: str | None, url: str | None) -> str:
    """Who published it, in lower case: the source given, else the host of the URL; empty when neither tells."""
    if source and source.strip():
        return " ".join(source.casefold().split())
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:  # an address that is none names no outlet
        return ""


def version_of(article: Article) -> Version:
    """The version that this telling is. Raises `InvalidRecordError` for a time that has no place in UTC."""
    told = "\n".join((article.title or "", article.published or "", article.text or "", article.html or ""))
    return Version(utc_text(article.fetched), RETRACTED if article.retracted else digest(told)[:16])


def digest(text: str) -> str:
    """SHA-256 of the text, in hex digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def utc_text(moment: datetime) -> str:
    """The moment as ISO 8601 in UTC with microseconds and a `Z`, so that text order is time order.

    A time without zone is taken as UTC. Raises `InvalidRecordError` with reason `bad-time` at the ends of the calendar.
    """
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    try:
        return aware.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    except OverflowError as error:
        raise InvalidRecordError("bad-time", f"{moment} has no place in the calendar of UTC") from error


def moment_of(milliseconds: float) -> datetime:
    """The moment of a record's timestamp, milliseconds of Unix time. Raises `InvalidRecordError` with `bad-time`."""
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (OverflowError, ValueError, OSError) as error:
        raise InvalidRecordError("bad-time", f"record timestamp {milliseconds} is no time") from error
