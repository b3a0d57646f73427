"""Identity is content: the ids and versions of what comes in are computed from it, never drawn.

So the same article fed twice, replayed, or sent by two feeders is one article.
"""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from streams.records import Article, Version

TRACKING_PARAMETER = re.compile(r"^(utm_\w+|fbclid|gclid|mc_[ce]id|cmpid|ocid|ref|source|share)$", re.IGNORECASE)


def canonical_url(url: str) -> str:
    """The URL without what does not change the page: scheme, `www.`, tracking parameters, fragment, final slash."""
    parts = urlsplit(url.strip())
    query = urlencode(sorted(pair for pair in parse_qsl(parts.query) if not TRACKING_PARAMETER.match(pair[0])))
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("amp.")
    return urlunsplit(("", host, parts.path.rstrip("/"), query, ""))


def article_id(article: Article) -> str:
    """The id given, else one from the canonical URL, else from source and text; 20 hex digits when computed."""
    if article.id:
        return article.id
    told = f"{article.source or ''}\n{article.text or article.html or ''}"
    content = canonical_url(article.url) if article.url else told
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def version_of(article: Article) -> Version:
    """The version that this telling is. A retraction has the content hash of nothing."""
    told = (
        ""
        if article.retracted
        else "\n".join((article.title or "", article.published or "", article.text or "", article.html or ""))
    )
    return Version(utc_text(article.fetched), hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16])


def utc_text(moment: datetime) -> str:
    """The moment as ISO 8601 in UTC with microseconds and a `Z`, so that text order is time order.

    A time without zone is taken as UTC.
    """
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
