"""The day that a page tells: one tiny page for each kind of evidence and each trap."""

from __future__ import annotations

from datetime import date

import pytest

from streams.reading import markup
from streams.reading.page_stamps import Habit, field_stamp, habit, line_stamps

FETCHED = date(2024, 6, 1)
TITLE = "Gunmen kill three in Maru"
LEAD = (
    "Gunmen attacked a police station in the northern town of Maru on Tuesday, killing three officers, officials said."
)
MORE = (
    "The army said it had sent two hundred soldiers to the area and closed the road to the border until further notice."
)


def day_of(below: str = "", *, head: str = "", above: str = "", after: str = "", url: str | None = None) -> str | None:
    html = f"<html><head><title>{TITLE}</title>{head}</head><body>{above}<article><h1>{TITLE}</h1>{below}<p>{LEAD}</p>"
    html += f"<p>{MORE}</p><p>{LEAD} {MORE}</p></article>{after}</body></html>"
    return markup.extract(html, fetched=FETCHED, url=url).published


def json_ld(*articles: str) -> str:
    return "".join(f'<script type="application/ld+json">{article}</script>' for article in articles)


@pytest.mark.parametrize(
    ("head", "below"),
    [
        ('<meta property="article:published_time" content="2024-05-14T23:10:00+02:00">', ""),
        ('<meta name="DC.date.issued" content="2024-05-14">', ""),
        ('<meta name="parsely-pub-date" content="1715700000">', ""),
        ('<meta itemprop="datePublished" content="Tue, 14 May 2024 10:00:00 GMT">', ""),
        (json_ld(f'{{"@type": "NewsArticle", "headline": "{TITLE}", "datePublished": "2024-05-14T10:00:00Z"}}'), ""),
        (json_ld('{"@graph": [{"@type": "WebPage", "datePublished": "2024-05-14"}]}'), ""),
        (f'<script>x={{"title":"{TITLE}","meta":{{"firstPublished":1715700000000}},"other":1}}</script>', ""),
        ("", '<time datetime="2024-05-14T10:00">two weeks ago</time>'),
        ("", '<abbr class="published" title="2024-05-14T10:00">last month</abbr>'),
        ("", '<span class="entry-date">May 14, 2024</span>'),
        ("", "<div>By Ann Bo | Posted on 14 May 2024 at 10:11 | 3 min read</div>"),
        ("", "<p>By Ann Bo, updated 20 May 2024, published 14 May 2024</p>"),
        ("", "<div>Last Updated: Tuesday, 14 May 2024, 14:22 GMT</div>"),
        ("", "<p>Published: 14/05/2024<br>Updated: 25/05/2024</p>"),
        ("", "<div>Submitted by press on Tue, 05/14/2024 - 15:42</div>"),
    ],
)
def test_each_kind_of_evidence(head: str, below: str) -> None:
    assert day_of(below, head=head) == "2024-05-14"


def test_a_labelled_line_below_the_text() -> None:
    assert day_of(after="<div>First published 14 May 2024</div>") == "2024-05-14"


@pytest.mark.parametrize(
    "trap",
    [
        {"above": "<div>Saturday, 1 June 2024 | 31 C</div>"},
        {"after": "<footer>Copyright 2019-2024 The Example</footer>"},
        {"after": '<div class="related"><time datetime="2024-05-20">20 May 2024</time></div>'},
        {"after": '<div class="comments"><div class="comment"><time datetime="2024-05-21">x</time>Well.</div></div>'},
        {"head": '<meta property="article:modified_time" content="2024-05-28">'},
        {"head": '<meta name="date" content="2024-06-01">'},
        {"head": '<meta property="article:published_time" content="2031-01-01">'},
        {"head": json_ld('{"@type": "NewsArticle", "headline": "Quite another story", "datePublished": "2024-05-31"}')},
        {"below": "<div>Published: 14 May 2024</div><div>Printed on 30 May 2024</div>"},
    ],
)
def test_traps_beside_a_date_near_the_headline(trap: dict[str, str]) -> None:
    assert day_of(**({"below": "<div>Published: 14 May 2024</div>"} | trap)) == "2024-05-14"


@pytest.mark.parametrize(
    "only",
    [
        {"after": "<footer>Copyright 2019-2024 The Example</footer>"},
        {
            "head": json_ld(
                *(
                    f'{{"@type": "NewsArticle", "headline": "Quite another story {n}", "datePublished": "2024-05-{n}"}}'
                    for n in (29, 30)
                )
            )
        },
    ],
)
def test_a_page_that_tells_no_day_has_none(only: dict[str, str]) -> None:
    assert day_of(**only) is None


def test_the_address_goes_before_a_field_in_utc() -> None:
    head = '<meta property="article:published_time" content="2024-05-15T01:10:00Z">'
    assert day_of(head=head, url="https://example.org/2024/05/14/maru/") == "2024-05-14"
    assert day_of("<div>Published: 14 May 2024</div>", head=head) == "2024-05-14"


def test_two_kinds_of_evidence_outvote_one_later_field() -> None:
    head = '<meta property="article:published_time" content="2024-05-28"><meta name="dc.date" content="2024-05-14">'
    assert day_of("<div>Published: 14 May 2024</div>", head=head) == "2024-05-14"


def test_day_and_month_in_numbers() -> None:
    assert habit("21/01/2024 and 25/03/2024 and 01/30/2024", "") == Habit(month_first=False)
    assert habit("01/02/2024", "en-US") == Habit(month_first=True)
    unknown = Habit(month_first=None)
    assert [stamp.days for stamp in line_stamps("7/3/2010", unknown)] == [(date(2010, 3, 7), date(2010, 7, 3))]
    assert [stamp.days for stamp in line_stamps("Wed 7/3/2010", unknown)] == [(date(2010, 3, 7), date(2010, 7, 3))]
    assert [stamp.days for stamp in line_stamps("Sat 7/3/2010", unknown)] == [(date(2010, 7, 3),)]
    line = "<div>Published: 07/03/2024</div>"
    assert day_of(line) == "2024-03-07"
    assert day_of(line.replace("07/03", "03/04"), after="<i>03/25/2024</i>") == "2024-03-04"
    assert day_of(line.replace("07/03", "03/04"), after="<i>25/03/2024</i>") == "2024-04-03"


def test_fields_that_tell_nothing() -> None:
    assert field_stamp("2024-13-45", Habit(month_first=None)) is None
    assert field_stamp(" ", Habit(month_first=None)) is None
    assert field_stamp("99999999999999999", Habit(month_first=None)) is None
