"""Publication dates, with pages that would be dated wrongly by their clock, footer or captions."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streams.reading.dating import publication_window, told_date
from streams.reading.dating_anchors import anchors
from streams.records import Article, DateWindow

FETCHED = datetime(2026, 2, 20, 12, tzinfo=UTC)


def window(
    text: str = "", *, published: str | None = None, url: str | None = None, html: str | None = None,
    html_date: str | None = None, title: str | None = None, live: bool = False, fetched: datetime = FETCHED,
) -> DateWindow:  # fmt: skip
    article = Article(fetched=fetched, text=text, html=html, url=url, published=published)
    return publication_window(article, text, title, html_date, live=live)


def day(text: str, evidence: str) -> DateWindow:
    found = date.fromisoformat(text)
    return DateWindow(found, found, "day", evidence)


PLAIN = "Farmers blocked the ring road.\n\nThe mayor asked them to leave.\n"
FOOTER = (
    "\n\nMost read\n1. Cup final - 19 Feb 2026\n\n© 2026 Example Media. All rights reserved. Last updated 20.02.2026."
)


def test_given_wins_and_keeps_the_day_as_written() -> None:
    found = window("Published 3 June 2023\n\n" + PLAIN, published="2024-05-17T23:30:00-04:00", html_date="2020-01-01")
    assert found == day("2024-05-17", "given")


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("2024-05-17", "2024-05-17"), ("20240517", "2024-05-17"), ("Fri, 17 May 2024 08:00:00 GMT", "2024-05-17"),
        ("May 17, 2024", "2024-05-17"), ("2024-05-17 08:00", "2024-05-17"),
    ],
)  # fmt: skip
def test_told_date(told: str, expected: str) -> None:
    found = told_date(told)
    assert found is not None
    assert found.first == date.fromisoformat(expected)


@pytest.mark.parametrize("told", [None, "", "soon", "2024-13-40", "0000"])
def test_no_told_date(told: str | None) -> None:
    assert told_date(told) is None


def test_given_month_stays_a_month() -> None:
    assert window(PLAIN, published="2024-05") == DateWindow(date(2024, 5, 1), date(2024, 5, 31), "month", "given")


def test_html_date_before_the_url() -> None:
    found = window(PLAIN, html_date="2024-05-17", url="https://news.example/2024/05/16/roads")
    assert found == day("2024-05-17", "html")


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/2024/05/17/roads", "https://news.example/2024/5/17/roads", "https://news.example/a-2024-05-17.html",
        "https://news.example/roads-20240517", "https://news.example/2024/may/17/roads", "https://news.example/17-05-2024/roads",
    ],
)  # fmt: skip
def test_url(url: str) -> None:
    assert window(PLAIN, url=url) == day("2024-05-17", "url")


def test_numbers_in_urls_that_are_no_dates() -> None:
    for url in (
        "https://news.example/20991231",
        "https://news.example/id-20241399",
        "https://news.example/12024051799",
    ):
        assert window(PLAIN, url=url).evidence == "fetched"


def test_canonical_url() -> None:
    html = '<head><link rel="canonical" href="https://news.example/world/2022/09/06/dyke.html"></head>'
    assert window(PLAIN, html=html) == day("2022-09-06", "url")


def test_month_in_the_url_bounds() -> None:
    found = window(PLAIN, url="https://news.example/2023/11/roads")
    assert (found.from_, found.to) == (date(2023, 11, 1), date(2023, 11, 30))


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Published 3 June 2023", "2023-06-03"),
        ("Posted on June 3, 2023 by admin", "2023-06-03"),
        ("Updated: 4 June 2023 10:15", "2023-06-04"),
        ("June 3, 2023", "2023-06-03"),
        ("Saturday 3 June 2023 | 5:52 pm", "2023-06-03"),
        ("03/06/2023 06h14 - Updated 13/06/2023 09h50", "2023-06-13"),
        ("13/06/2023 06h14 - Updated 14/06/2023 09h50", "2023-06-13"),
        ("EL FASHER, Sudan, 12 May 2024 (Wire) -- Two clinics closed.", "2024-05-12"),
        ("LIMA, Peru, March 3, 2023 (Agency) - Miners marched.", "2023-03-03"),
    ],
)
def test_stated_date(head: str, expected: str) -> None:
    found = window(f"Farmers block road\n\n{head}\n\n{PLAIN}{FOOTER}")
    assert found == day(expected, "dateline")


def test_dateline_without_year_takes_it_from_what_the_text_tells() -> None:
    text = "LIMA, March 3 (Agency) - Miners blocked the bridge on Thursday.\n\nThey had lost a vote in November 2021."
    assert window(text, fetched=datetime(2023, 2, 1, tzinfo=UTC)) == day("2022-03-03", "dateline")


def test_weekday_line_without_year() -> None:
    text = "Friday 15 March\n\nMonks marched. The army has ruled since it seized power in February 2021."
    assert window(text) == day("2024-03-15", "dateline")


def test_first_published_below_the_text() -> None:
    assert window(PLAIN * 10 + "\nFirst published September 10, 2025, 07:32 GMT") == day("2025-09-10", "dateline")


def test_the_clock_of_the_page_does_not_date_an_old_article() -> None:
    text = (
        "The Example\n20 Feb 2026\n\nGotabaya Rajapaksa fled to the Maldives on Wednesday, an airport official said."
        f"\n\nThe crowd cheered.{FOOTER}"
    )
    found = window(text)
    assert found.from_ == date(2022, 7, 13)
    assert found.to is not None
    assert found.to < date(2022, 8, 1)


def test_footer_years_are_no_evidence() -> None:
    assert window(PLAIN + FOOTER) == DateWindow(None, date(2026, 2, 20), "unknown", "fetched")


def test_html_date_of_the_fetch_against_an_old_text() -> None:
    text = "Troops have lost ground since the invasion of Ukraine began in February, a colonel said."
    found = window(text, html_date="2026-02-20")
    assert found.evidence == "text"
    assert found.to is not None
    assert found.to.year < 2024


def test_invasion_month_without_year_bounds_both_ends() -> None:
    found = window("Losses are heavy since Russia's February 24 invasion, officials said.")
    assert found.from_ == date(2022, 2, 24)
    assert found.to is not None
    assert found.to < date(2023, 2, 24)


def test_months_on_from_an_anchor() -> None:
    found = window("Six months on from the Beirut port explosion, families still wait.")
    assert found.from_ is not None
    assert found.to is not None
    assert date(2021, 1, 1) <= found.from_ <= date(2021, 2, 4) <= found.to <= date(2021, 3, 10)


def test_anniversary_of_an_anchor() -> None:
    found = window("Crowds marked the third anniversary of the Beirut port explosion with a march.")
    assert found.from_ is not None
    assert found.to is not None
    assert found.from_ <= date(2023, 8, 4) <= found.to
    assert (found.to - found.from_).days < 31


def test_last_year_beside_an_anchor() -> None:
    found = window("Exiles spoke of the Taliban takeover last year.")
    assert (found.from_, found.to) == (date(2022, 1, 1), date(2022, 12, 31))


def test_anchor_alone_bounds_from_below() -> None:
    found = window("He lost his brother in the Beirut port explosion.")
    assert (found.from_, found.to, found.evidence) == (date(2020, 8, 4), date(2026, 2, 20), "text")


def test_today_with_a_day_takes_the_year_in_which_the_weekday_fits() -> None:
    text = '"Today, the 15th May, we stand at the border," a soldier said on Sunday. Russia\'s invasion has stalled.'
    found = window(text)
    assert (found.from_, found.to) == (date(2022, 5, 15), date(2022, 5, 16))


def test_a_deadline_is_no_lower_bound() -> None:
    assert window("The plant must close by 31 December 2025, the court said.").from_ is None


def test_caption_date_bounds_from_below() -> None:
    found = window(
        "A burned car in Example Town, Monday, Aug. 26, 2024, after the raid there by gunmen. (Photo/A Name)\n\n"
        + PLAIN
    )
    assert (found.from_, found.evidence) == (date(2024, 8, 26), "text")


def test_live_takes_the_day_of_the_fetch_only_when_nothing_else_speaks() -> None:
    assert window(PLAIN, live=True) == day("2026-02-20", "live")
    assert window("Published 3 June 2023\n\n" + PLAIN, live=True) == day("2023-06-03", "dateline")


def test_dates_after_the_fetch_are_not_believed() -> None:
    found = window("Published 3 June 2027\n\n" + PLAIN, html_date="2027-06-03", url="https://news.example/2027/06/03/x")
    assert found == DateWindow(None, date(2026, 2, 20), "unknown", "fetched")


def test_anchor_table_is_sound() -> None:
    table = anchors()
    assert len(table) >= 120
    for anchor in table:
        assert date(2000, 1, 1) <= anchor.first <= (anchor.last or date.max)
        assert not any(wording.pattern.search("") for wording in anchor.wordings)


@given(
    st.text(max_size=400),
    st.text(max_size=60),
    st.datetimes(
        min_value=datetime(2000, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
        timezones=st.just(UTC),
    ),
)
@settings(max_examples=100, deadline=None)
def test_any_text_is_dated(text: str, field: str, fetched: datetime) -> None:
    found = window(text, url=field, html_date=field, title=field, published=field, fetched=fetched)
    assert found.from_ is None or found.to is None or found.from_ <= found.to
