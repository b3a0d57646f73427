"""Page matter that is told by its form and place, and content that only looks like it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from streams.reading import Reading, read
from streams.records import Article, Version

HEADLINE = "Gunmen kill three officers in Maru"
LEAD = (
    "Gunmen attacked a police station in the northern town of Maru on Tuesday, killing three officers, officials said."
)
SECOND = (
    "The army said it had sent two hundred soldiers to the area and closed the road to the border until further notice."
)
THIRD = "Residents of Maru said that shots were heard until dawn and that dozens of families had fled to the hills."


def reading(*lines: str) -> Reading:
    text = "\n\n".join(lines)
    return read(Article(fetched=datetime(2024, 6, 1, tzinfo=UTC), text=text), "a", Version("2024", "0"))


def kept(*lines: str) -> list[str]:
    return [paragraph.text for paragraph in reading(*lines).document.paragraphs]


@pytest.mark.parametrize(
    "line",
    [
        "3 / 12", "0:07 / 2:41", "Duration 1:12", "Loaded: 43.2%", "1x 1.5x 2x", "Ann Writer / Northwire Images",
        "Handout via the interior ministry", "Updated at 16.21 BST", ">>> Inside the hills of Maru",
        "INTERACTIVE: How the border moved in ten years", "Related video: Troops reach the border",
        "Download our free app for the news on the go", "Turn on JavaScript to see this chart",
        "Found a typo? Tell our editors by marking it", "Why we ask: this page sets cookies until you agree",
        "Hello, this is Ann Writer picking up from Tom. Stay with me through the afternoon.",
        "That is it from us. This page is now closed.", "My feed ▸ Headlines ▸ World", "Читайте нас в Телеграме",
        "Story by Ann Writer • 3h", "Reported By: Ann Writer | Edited By: Tom Reader",
    ],
)  # fmt: skip
def test_page_matter_inside_the_article_goes(line: str) -> None:
    assert kept(HEADLINE, LEAD, line, SECOND, THIRD) == [HEADLINE, LEAD, SECOND, THIRD]


@pytest.mark.parametrize(
    "line",
    [
        "Subscribe to the peace plan or lose your licences, the ministry told the mining firms in a letter.",
        "Follow the white flags: that was the only instruction that the drivers were given.",
        "Share of deposits that can be withdrawn in dollars: zero.",
        "Comment from the governor was limited to a single sentence.",
        "“Download the app, it is free,” the rebels tell their recruits.",
        "Video footage of the raid shows a man in plain clothes who fires from a rooftop.",
        "From our correspondent at the hotel: the two delegations eat in separate rooms.",
        "Nobody was hurt.",
        "More on this was promised for Wednesday, when the council meets.",
        "The page of the ministry that lists the dead was closed on Monday.",
        "Killed: 19",
        "“Thank you for coming, and good night,” the general told reporters.",
    ],
)
def test_content_that_looks_like_page_matter_stays(line: str) -> None:
    assert kept(HEADLINE, LEAD, line, SECOND) == [HEADLINE, LEAD, line, SECOND]
    assert kept(HEADLINE, LEAD, SECOND, line)[-1] == line


def test_what_stands_above_the_headline_goes_and_the_standfirst_stays() -> None:
    standfirst = "Residents flee to the hills as the army closes the road"
    assert kept("The Northern Star", "World", HEADLINE, standfirst, "Staff Correspondent, Dalia", LEAD, SECOND) == [
        HEADLINE, standfirst, LEAD, SECOND,
    ]  # fmt: skip


def test_a_headline_with_the_label_of_a_gallery_is_a_headline() -> None:
    label = "IN PICTURES: Maru buries three officers after attack"
    assert kept("Gallery", label, LEAD, SECOND)[0] == label


def test_below_the_last_paragraph_page_matter_goes_on_to_the_end() -> None:
    links = ["Storm forces thousands from coast", "Rupee recovers in trade", "Nurses: what next?"]
    assert kept(HEADLINE, LEAD, SECOND, "Read Next", *links) == [HEADLINE, LEAD, SECOND]


def test_a_promo_before_the_last_paragraph_is_no_end() -> None:
    assert kept(HEADLINE, LEAD, "Read more: Storm forces thousands from coast", SECOND, "The driver was unhurt.") == [
        HEADLINE, LEAD, SECOND, "The driver was unhurt.",
    ]  # fmt: skip


def test_a_list_under_the_last_paragraph_stays_up_to_the_page_matter() -> None:
    towns = ["Mobile phones were cut off in:", "Maru", "Dalia", "Old Firgou"]
    assert kept(HEADLINE, LEAD, SECOND, *towns, "Share this article") == [HEADLINE, LEAD, SECOND, *towns]


def test_comments_go_with_their_writers_and_the_article_may_go_on() -> None:
    comments = [
        "2 thoughts on “Gunmen kill three officers in Maru”", "lola_b says:", "June 1, 2024 at 9:40 pm",
        "Stay safe. My cousin teaches there and he has heard the shots too.", "Reply", "Pete H. 3d",
        "Appalling. Has anybody written to the bank?",
    ]  # fmt: skip
    assert kept(HEADLINE, LEAD, SECOND, *comments) == [HEADLINE, LEAD, SECOND]
    assert kept(HEADLINE, LEAD, *comments, "Reply", SECOND, THIRD) == [HEADLINE, LEAD, SECOND, THIRD]


def test_years_over_the_parts_of_a_chronology_stay() -> None:
    told = ["2016", "March 3: Some 500 villagers close the road.", "2017", "January 8: A guard is beaten."]
    assert kept(HEADLINE, LEAD, *told) == [HEADLINE, LEAD, *told]


def test_the_inside_of_brackets_that_promotes_is_cut_out() -> None:
    line = "Six men were hurt. (READ: Three places on the border to know) Two of them were flown out. [nL1N35F0QX]"
    assert kept(HEADLINE, LEAD, line)[-1] == "Six men were hurt. Two of them were flown out."


def test_a_caption_loses_its_label_and_its_owner() -> None:
    found = reading(
        HEADLINE, LEAD, "Image caption, Smoke over the town of Maru", "Families wait [Ann Writer/Northwire]"
    )
    assert [(part.kind, part.text) for part in found.document.paragraphs[2:]] == [
        ("caption", "Smoke over the town of Maru"),
        ("caption", "Families wait"),
    ]


def test_a_quotation_set_apart_is_a_duplicate_of_the_paragraph_that_has_it() -> None:
    whole = (
        "“They carry flour. They are part of no war,” said Ann Writer, who heads the mission. “Let them go at once.”"
    )
    found = reading(HEADLINE, LEAD, "“They carry flour. They are part of no war”", whole, SECOND)
    assert whole in [part.text for part in found.document.paragraphs]
    assert [cut.reason for cut in found.document.removed] == ["duplicate"]


def test_a_line_doubled_in_a_broken_encoding_is_one_line() -> None:
    found = kept(
        HEADLINE, LEAD, "â€œWe have had no call for ransom,â€ he said.", '"We have had no call for ransom," he said.'
    )
    assert found[2:] == ["“We have had no call for ransom,” he said."]


def test_cleaning_twice_changes_nothing() -> None:
    page = (
        "The Northern Star", HEADLINE, "By Ann Writer", "4 weeks ago", LEAD, "3 / 12", SECOND, "Killed: 19", THIRD,
        "Tags", "Maru", "More for You", "Storm forces thousands from coast", "2 comments", "Pete H. 3d", "Appalling.",
    )  # fmt: skip
    once = kept(*page)
    assert once == [HEADLINE, LEAD, SECOND, "Killed: 19", THIRD]
    assert kept(*once) == once
