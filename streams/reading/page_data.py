"""What a page says of itself for machines: the articles of its JSON-LD."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from streams.reading.page_blocks import words
from streams.reading.page_tree import Element

_ARTICLES = frozenset(
    {"article", "newsarticle", "blogposting", "liveblogposting", "reportagenewsarticle", "analysisnewsarticle"}
    | {"opinionnewsarticle", "backgroundnewsarticle", "reviewnewsarticle", "scholarlyarticle", "techarticle", "report"}
)
_TAG = re.compile(r"<[^<>]{0,500}>")
_MOST_NODES = 5000
_MOST_DEPTH = 30


@dataclass(frozen=True, slots=True)
class Described:
    """An article, or with `page` the page itself, as its JSON-LD describes it."""

    headline: str
    url: str
    published: str | None
    modified: str | None
    body: str
    page: bool


def described(tree: Element) -> list[Described]:
    """Every article and page that the JSON-LD describes at its top, in its graph or as the main entity."""
    found: list[Described] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            found += [told for node in _nodes(_loaded(script.text)) if (told := _told(node))]
    return found


def own(every: Sequence[Described], titles: Sequence[str], urls: Sequence[str]) -> list[Described]:
    """Those that describe this page's own article: by its headline or address, else the only one there is."""
    keys = {" ".join(words(title)) for title in titles if title}
    paths = {_path(url) for url in urls if url}
    articles = [one for one in every if not one.page]
    matched = [
        one for one in articles
        if (one.headline and _titled(" ".join(words(one.headline)), keys)) or (one.url and _path(one.url) in paths)
    ]  # fmt: skip
    if matched:
        return matched
    return articles if len(articles) == 1 and (not articles[0].headline or not keys) else []


def _titled(headline: str, keys: set[str]) -> bool:
    return any(
        headline == key or (len(headline) > 15 and headline in key) or (len(key) > 15 and key in headline)
        for key in keys
    )


def _path(url: str) -> str:
    return (
        re.sub(r"^[a-z]{1,6}:", "", url.split("#", 1)[0].strip().lower()).lstrip("/").removeprefix("www.").rstrip("/")
    )


def _loaded(text: str) -> Any:
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        pass
    try:
        return json.loads(re.sub(r",(\s{0,20}[}\]])", r"\1", html.unescape(text)), strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    """The objects on top, in lists, graphs and main entities; not those of lists of other articles or comments."""
    waiting: list[tuple[Any, int]] = [(data, 0)]
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        node, depth = waiting.pop()
        if isinstance(node, list) and depth < _MOST_DEPTH:
            waiting += [(item, depth + 1) for item in reversed(node)]
        elif isinstance(node, dict):
            yield node
            waiting += [
                (node[key], depth + 1) for key in ("mainEntity", "@graph") if key in node and depth < _MOST_DEPTH
            ]


def _told(node: dict[str, Any]) -> Described | None:
    kinds = node.get("@type")
    types = {str(kind).rsplit("/", 1)[-1].lower() for kind in (kinds if isinstance(kinds, list) else [kinds])}
    page = not types & _ARTICLES
    if page and not types & {"webpage", "itempage"}:
        return None
    updates = node.get("liveBlogUpdate")
    bodies = [node.get("articleBody")]
    bodies += [
        item.get("articleBody") for item in (updates if isinstance(updates, list) else []) if isinstance(item, dict)
    ]
    return Described(
        headline=_text(node.get("headline")) or _text(node.get("name")),
        url=_address(node.get("url")) or _address(node.get("mainEntityOfPage")) or _address(node.get("@id")),
        published=_text(node.get("datePublished")) or _text(node.get("dateCreated")) or None,
        modified=_text(node.get("dateModified")) or None,
        body="\n".join(filter(None, map(_plain, bodies))),
        page=page,
    )


def _text(value: Any) -> str:
    if isinstance(value, list) and value:
        value = value[0]
    return html.unescape(value).strip() if isinstance(value, str) else ""


def _address(value: Any) -> str:
    return _text(value.get("@id") or value.get("url")) if isinstance(value, dict) else _text(value)


def _plain(body: Any) -> str:
    text = _text(body)
    return _TAG.sub("\n", html.unescape(text)).strip() if text else ""
