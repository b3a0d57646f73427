"""Reading of web pages."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from streams.reading import markup, read
from streams.records import Article, InvalidRecordError, Version

FETCHED = datetime(2024, 6, 1, 12, tzinfo=UTC)
PAGE = """<!DOCTYPE html><html lang="en"><head><title>Gunmen kill three in Maru | The Example</title>
<meta property="og:title" content="Gunmen kill three in Maru"><meta property="og:site_name" content="The Example">
<meta property="article:published_time" content="2024-05-14T10:00:00Z"><script>var killed = 99;</script></head>
<body><nav><ul><li><a href="/">Home</a></li></ul></nav><article><h1>Gunmen kill three in Maru</h1>
<p>Gunmen attacked a police station in the northern town of Maru on Tuesday, killing three officers, officials said.</p>
<div class="ad"><p>One simple trick to save money!</p></div>
<p>The army said it had sent two hundred soldiers to the area and closed the road to the border.</p>
<p>Nobody has claimed the attack, the third in the region since the start of the year, police said.</p></article>
<footer><p>&copy; 2024 The Example</p></footer></body></html>"""


def test_main_text_title_date_and_site() -> None:
    found = read(Article(fetched=FETCHED, html=PAGE), "a", Version("2024", "0"))
    document = found.document
    assert document.title == "Gunmen kill three in Maru"
    assert document.source == "The Example"
    assert document.published.from_ == document.published.to == date(2024, 5, 14)
    assert document.text == found.text
    bodies = [paragraph for paragraph in document.paragraphs if paragraph.kind == "body"]
    assert len(bodies) == 3
    assert all(found.text[p.start : p.end] == p.text for p in bodies)
    assert "trick" not in found.text
    assert "killed = 99" not in found.text


def test_text_that_is_clearly_a_page_is_read_as_one() -> None:
    as_text = read(Article(fetched=FETCHED, text=PAGE), "a", Version("2024", "0"))
    as_page = read(Article(fetched=FETCHED, html=PAGE), "a", Version("2024", "0"))
    assert as_text.document == as_page.document


def test_text_with_a_stray_tag_is_text() -> None:
    text = "The <b>army</b> said 3 < 4 and that it had closed the road to the border until further notice."
    found = read(Article(fetched=FETCHED, text=text), "a", Version("2024", "0"))
    assert (found.text, found.document.text) == (text, None)


@pytest.mark.parametrize(
    "html",
    ["<div><p>Five were killed.<p>Two <b>fled</div></p></table>", "Five were killed.", "<html><body>Five were killed."],
)
def test_malformed_and_tiny_pages_give_their_text(html: str) -> None:
    found = read(Article(fetched=FETCHED, html=html), "a", Version("2024", "0"))
    assert "Five were killed." in found.text


def test_without_main_text_all_visible_text_is_taken() -> None:
    page = markup.extract(
        "<html><head><title>T</title></head><body><script>x</script><div>One<br>Two</div></body></html>",
        fetched=FETCHED.date(),
        url=None,
    )
    assert page.text.split() == ["One", "Two"]


@pytest.mark.parametrize("html", ["<html><body></body></html>", "<script>only()</script>", "<!-- -->"])
def test_a_page_that_shows_nothing_is_refused(html: str) -> None:
    with pytest.raises(InvalidRecordError) as refused:
        read(Article(fetched=FETCHED, html=html), "a", Version("2024", "0"))
    assert refused.value.reason == "empty-text"
