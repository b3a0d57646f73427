"""Tiny annotated records, invented for the tests of the scoring; none is of `seeds/`."""

from __future__ import annotations

from typing import Any

LINES: list[list[Any]] = [
    ["content", "Rebels took the town of Mirny on Monday, the army said in a statement. [ad_1]", ["[ad_1]"]]
]
LINES += [["share", "Share this article"], ["content", "Nobody was hurt."], ["duplicate", "Nobody was hurt"]]
CLEANING: dict[str, Any] = {"id": "a", "text": "\n\n".join(str(line) for _, line, *_ in LINES), "lines": LINES}

BODY = [
    "Rebels took the town of Mirny on Monday after three days of fighting, the army said in a statement.",
    "The governor of the province fled across the river with two of his ministers, residents told reporters.",
    "No one was hurt in the harbour, where the ships of the coast guard had left before the attack began.",
]
PAGE: dict[str, Any] = {
    "id": "a", "url": "https://example.org/mirny", "fetched": "2024-06-01T00:00:00Z", "title": "Mirny falls",
    "captions": [], "paragraphs": BODY, "published": "2024-05-15",
    "html": "<html><head><title>Mirny falls</title><meta property='article:published_time' content='2024-05-15'></head>"
    f"<body><article><h1>Mirny falls</h1>{''.join(f'<p>{line}</p>' for line in BODY)}</article></body></html>",
}  # fmt: skip
