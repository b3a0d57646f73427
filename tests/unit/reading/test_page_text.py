"""What of a page is its article: one tiny page for each rule."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from streams.reading import markup, read
from streams.reading.page_blocks import blocks
from streams.reading.page_size import bounded
from streams.reading.page_words import parts_of
from streams.records import Article, Version

FETCHED = datetime(2024, 6, 1, 12, tzinfo=UTC)
LEAD = (
    "Gunmen attacked a police station in the northern town of Maru on Tuesday, killing three officers, officials said."
)
MORE = [
    "The army said it had sent 200 soldiers to the area and closed the road to the border until further notice.",
    "Nobody has claimed the attack, the third in the region since the start of the year, state police told reporters.",
    "The governor promised help for the families of the dead, and asked the elders of the town to keep the young calm.",
]
BODY = "".join(f"<p>{line}</p>" for line in (LEAD, *MORE))
OTHER = (
    "The fuel levy will be discussed next week, according to officials, after the rail company sent a list of demands."
)


def text_of(body: str, head: str = "") -> list[str]:
    html = f"<html><head><title>Gunmen kill three in Maru</title>{head}</head><body>{body}</body></html>"
    return markup.extract(html, fetched=FETCHED.date(), url=None).text.splitlines()


def article(inside: str, after: str = "") -> list[str]:
    return text_of(f"<article><h1>Gunmen kill three in Maru</h1>{inside}</article>{after}")


@pytest.mark.parametrize(
    "extra",
    [
        f'<div class="td-related-posts"><p>{OTHER}</p></div>',
        f'<div id="respond"><p>{OTHER}</p></div>',
        f'<section aria-label="Newsletter"><p>{OTHER}</p></section>',
        f'<div class="box" itemprop="comment"><p>{OTHER}</p></div>',
        f'<div style="display: none"><p>{OTHER}</p></div>',
        f"<div hidden><p>{OTHER}</p></div>",
        f"<template><p>{OTHER}</p></template>",
        f"<noscript><p>{OTHER}</p></noscript>",
        f'<p>Read also: <a href="/x">{OTHER}</a></p>',
    ],
)
def test_what_stands_around_the_article_is_left_out(extra: str) -> None:
    found = article(f"<p>{LEAD}</p>{extra}" + "".join(f"<p>{line}</p>" for line in MORE))
    assert not any("fuel levy" in line for line in found)
    assert [line for line in found if line in {LEAD, *MORE}] == [LEAD, *MORE]


@pytest.mark.parametrize("name", ["has-sidebar", "no-comments", "content-with-related", "related-wrapper comments"])
def test_names_never_cost_the_article_itself(name: str) -> None:
    assert {LEAD, *MORE} <= set(text_of(f'<div class="{name}"><h1>Gunmen kill three in Maru</h1>{BODY}</div>'))


def test_names_are_read_word_by_word() -> None:
    assert parts_of("MostRead_box") == {"related"}
    assert parts_of("elementor-widget-text-editor") == frozenset()
    assert parts_of("uploads") == frozenset()
    assert parts_of("category-ads") == frozenset()


def test_comments_are_left_out_where_they_are_longer_than_the_article() -> None:
    comments = "".join(f'<div class="comment"><b>Ann {n}</b><p>{OTHER} {n} times.</p></div>' for n in range(40))
    found = article(BODY, f'<div class="comments-area">{comments}</div>')
    assert LEAD in found
    assert not any("fuel levy" in line for line in found)


@pytest.mark.parametrize("wrapped", [True, False])
def test_lists_of_teasers_go_by_their_form(wrapped: bool) -> None:
    teasers = [
        f'<div><a href="/{n}">Council number {n} halts night train</a></div><div>{OTHER}</div>' for n in range(5)
    ]
    cards = "".join(f"<div>{card}</div>" if wrapped else card for card in teasers)
    found = article(BODY, f"<div><div>{cards}</div></div>")
    assert LEAD in found
    assert not any("fuel levy" in line or "night train" in line for line in found)


def test_paragraphs_parted_by_line_breaks() -> None:
    broken = "<br><br>".join((LEAD, *MORE))
    assert [
        line for line in text_of(f"<div><h1>Gunmen kill three in Maru</h1>{broken}</div>") if line in {LEAD, *MORE}
    ] == [
        LEAD,
        *MORE,
    ]


def test_the_marked_body_is_taken_where_the_extractor_goes_elsewhere() -> None:
    talk = "".join(
        f"<p><strong>And why is that, in your own words, number {n}?</strong></p><p>{LEAD}</p>" for n in range(4)
    )
    forum = "".join(f"<div><h4>Ann {n}</h4><p>{OTHER} {OTHER}</p><p>Answer</p></div>" for n in range(30))
    found = text_of(
        f'<div><h1>A talk in Maru</h1><div itemprop="articleBody">{talk}</div></div><div id="x">{forum}</div>'
    )
    assert LEAD in found
    assert not any("fuel levy" in line for line in found)


def test_the_standfirst_is_part_of_the_article() -> None:
    summary = "Third attack since January leaves a town in fear and a governor without an answer"
    head = f'<meta name="description" content="{summary}">'
    page = f"<h1>Gunmen kill three in Maru</h1><div><h2>{summary}</h2></div><article>{BODY}</article>"
    found = text_of(f"<main>{page}</main>", head)
    assert found.index(summary) < found.index(LEAD)


def test_what_the_data_for_machines_repeat_decides_between_two_texts() -> None:
    data = '<script type="application/ld+json">{"@graph": [{"@type": ["NewsArticle"], "name": "Gunmen kill three", '
    data += f'"articleBody": "{" ".join((LEAD, *MORE))}"}}]}}</script>'
    other = "".join(f"<p>{OTHER} It is number {n} of them.</p>" for n in range(12))
    page = f'<div><h1>Gunmen kill three in Maru</h1><div class="q">{BODY}</div></div><div class="text">{other}</div>'
    found = text_of(page, data)
    assert LEAD in found
    assert not any("fuel levy" in line for line in found)


def test_a_caption_is_no_body() -> None:
    caption = "A police post on the road to Maru, where the attack happened. Photo: A. Bala"
    page = f'<p>{LEAD}</p><div class="img"><div class="photo-caption">{caption}</div></div>{BODY[len(LEAD) + 7 :]}'
    html = f"<html><body><article><h1>Gunmen kill three in Maru</h1>{page}</article></body></html>"
    found = read(Article(fetched=FETCHED, html=html), "a", Version("2024", "0")).document
    assert caption in markup.extract(html, fetched=FETCHED.date(), url=None).captions
    assert not any("police post" in part.text for part in found.paragraphs if part.kind != "caption")


def test_the_title_is_the_heading_that_the_head_gives_too() -> None:
    data = '{"@type": "NewsArticle", "headline": "Quite another story of today", "datePublished": "2024-05-31"}'
    head = f'<script type="application/ld+json">[{data}, {data.replace("Quite", "And")}]</script>'
    html = f"<html><head><title>Gunmen kill three in Maru | The Example</title>{head}</head><body><div>"
    page = markup.extract(
        f"{html}<h1>Gunmen kill three in Maru</h1>{BODY}</div></body></html>", fetched=date(2024, 6, 1), url=None
    )
    assert page.title == "Gunmen kill three in Maru"
    assert page.published is None


def test_broken_and_deep_markup_is_read_in_time() -> None:
    deep = "<div class='comments'>" * 3000 + LEAD
    assert markup.extract(f"<html><body>{deep}", fetched=FETCHED.date(), url=None).published is None
    found = text_of("<div><p>" + "</div><b><p>".join((LEAD, *MORE)) + "</table></i>")
    assert {LEAD, *MORE} <= set(found)


def test_too_many_elements_for_the_libraries_still_give_text_title_and_site() -> None:
    many = "".join(f"<p>{LEAD} <b>{n}</b></p>" for n in range(10_500))
    html = f'<html><head><title>Maru</title><meta property="og:site_name" content="The Example"></head><body>{many}'
    page = markup.extract(html, fetched=FETCHED.date(), url=None)
    assert page.text.count(LEAD) > 10_000
    assert (page.title, page.site) == ("Maru", "The Example")


def test_what_is_below_unclosed_tags_keeps_its_paragraphs_and_links() -> None:
    inside = "".join(f"<p>{line}</p>" for line in (LEAD, *MORE)) + f'<p><a href="/x">{OTHER}</a></p>'
    tree = bounded("<html><body>" + "<font>" * 120 + inside)
    assert tree is not None
    assert [(block.text, block.linked > 0.5) for block in blocks(tree)] == [
        *((line, False) for line in (LEAD, *MORE)),
        (OTHER, True),
    ]
    deeper = bounded("<html><body>" + "<div>" * 5000 + f"<p>{LEAD}</p><div>{MORE[0]}<b>!</b></div>")
    assert deeper is not None
    assert [block.text for block in blocks(deeper)] == [LEAD, f"{MORE[0]}!"]


def test_a_tag_with_thousands_of_attributes_keeps_its_text() -> None:
    html = "<html><body><div " + " ".join(f'a{n}="1 2"' for n in range(5000)) + f">{LEAD}</div></body></html>"
    tree = bounded(html)
    assert tree is not None
    assert [(block.text, len(block.holder.attrib)) for block in blocks(tree)] == [(LEAD, 0)]


@pytest.mark.parametrize("marked", ["", 'itemprop="articleBody"'])
def test_of_several_articles_on_a_page_the_first_is_taken(marked: str) -> None:
    others = "".join(
        f"<article><h1>Another story, number {n}</h1><div {marked}>"
        + "".join(f"<p>{OTHER} It is {n} and {m}.</p>" for m in range(4 * n))
        + "</div></article>"
        for n in (2, 3)
    )
    body = "".join(f"<p>{line} {sign}</p>" for sign in ("One.", "Two.") for line in (LEAD, *MORE))
    found = text_of(f"<article><h1>Gunmen kill three in Maru</h1><div {marked}>{body}</div></article>{others}")
    assert f"{LEAD} One." in found
    assert not any("fuel levy" in line for line in found)


@pytest.mark.parametrize("wrapped", [True, False])
def test_a_list_of_titles_with_texts_may_be_the_article(wrapped: bool) -> None:
    items = [f'<h3><a href="/{n}">The case of town number {n}</a></h3><p>{OTHER} Case {n}.</p>' for n in range(7)]
    body = f"<p>{LEAD}</p><p>{MORE[0]}</p>" + "".join(f"<div>{item}</div>" if wrapped else item for item in items)
    found = article(f'<div class="text">{body}</div>')
    assert LEAD in found
    assert all(f"{OTHER} Case {n}." in found for n in range(7))


def test_paragraphs_in_boxes_of_the_same_class_are_put_back() -> None:
    boxes = "".join(f'<div class="wp-a"><p>{line}</p></div>' for line in (*MORE, f"{MORE[0]} Again."))
    found = article(f'<div class="teaser-content"><div class="wp-a"><p>{LEAD}</p></div></div><div>{boxes}</div>')
    assert found.index(LEAD) < found.index(MORE[0])


def test_rows_of_tables_have_no_bars() -> None:
    rows = "<tr><th>Town</th><th>Killed</th></tr><tr><td>Maru</td><td>3 officers</td></tr>"
    found = article(f"{BODY}<table>{rows}</table>")
    assert "Maru 3 officers" in found
    assert not any("|" in line for line in found)
