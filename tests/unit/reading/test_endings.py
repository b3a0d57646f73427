"""Page matter below the last text, comments of readers, and lists, letters and statements that look like these."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

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


def reading(*lines: str, gap: str = "\n") -> Reading:
    text = gap.join(lines)
    return read(Article(fetched=datetime(2024, 6, 1, tzinfo=UTC), text=text), "a", Version("2024", "0"))


def kept(*lines: str) -> list[str]:
    return [paragraph.text for paragraph in reading(*lines).document.paragraphs]


@pytest.mark.parametrize(
    "below",
    [
        ("Press contacts", "Jan de Wit", "Press officer", "jan.dewit@example.org"),
        ("More of the Best", "What the monsoon means", "© The Example Ltd"),
        ("Subscribe to The Letter", "By Ann Writer · Launched 2 years ago", "Notes from the edge", "23 Likes"),
        ("ENDS", "Notes to editors", "Photos can be had on request."),
        ("Related stories", "Gold is dearer than ever", "Investors flee to gold. But who gains from it? (09.08.2019)",
         "The forgotten men of the mines", "Their widows are still waiting for compensation. (02.05.2019)"),
        ("AFP contributed to this report.", "Are you relying on The Example right now?",
         "You find our careful work valuable, in a time when facts are often distorted and news lacks context.",
         "So today, please consider joining our group, The Friends of The Example.", "Thank you,", "Ann Writer"),
    ],
)  # fmt: skip
def test_what_stands_below_goes_to_the_end(below: tuple[str, ...]) -> None:
    assert kept(HEADLINE, LEAD, SECOND, *below) == [HEADLINE, LEAD, SECOND]


@pytest.mark.parametrize(
    "below",
    [
        ("The protests began on May 18.",),
        ("1. The governor resigns", "2. The police leave the campus", "3. Fees are frozen"),
        ("Line A: every 40 minutes", "Line B: closed"),
        ("The curfew is in force in:", "Alwal", "Bansi", "Old Deori"),
        ("They named the dead:", "Ana Ruiz, 4 January", "Luis Ortega, 6 March"),
        ("You cannot shoot your way to clean government.",),
        ("The company declined to comment.",),
    ],
)
def test_what_the_article_ends_with_stays_above_page_matter(below: tuple[str, ...]) -> None:
    page = ("Share this article", "Tags", "Maru")
    assert kept(HEADLINE, LEAD, SECOND, *below, *page) == [HEADLINE, LEAD, SECOND, *below]


def test_letters_and_poems_have_short_lines_to_the_end() -> None:
    letters = [
        "I support the strike. Enough is enough.", "Jane Hollis", "Leeds",
        "The minister should meet the union before schools close for a second week.", "Amal Said", "London",
    ]  # fmt: skip
    assert kept(HEADLINE, LEAD, *letters, "Share this article") == [HEADLINE, LEAD, *letters]


def test_a_sentence_under_links_in_the_middle_stays() -> None:
    page = ("Related articles", "Peso slides again", "Prices rise by 70 percent")
    assert kept(HEADLINE, LEAD, *page, "The dead were from Dalia.", "They had families.", "Share this article") == [
        HEADLINE, LEAD, "The dead were from Dalia.", "They had families.",
    ]  # fmt: skip


def test_what_authors_are_is_no_part_of_the_article_and_what_others_are_is() -> None:
    told = "Tom Reader is the head of the union."
    life = "Ann Writer is The Example's bureau chief in Dalia. Follow her for more."
    assert kept(HEADLINE, "By Ann Writer", LEAD, SECOND, told, life) == [HEADLINE, LEAD, SECOND, told]


def test_whom_the_article_tells_of_keeps_her_life() -> None:
    life = "Ann Writer is a teacher from Dalia who fled in May with her two children and her brother."
    told = "Writer has not gone back since."
    assert kept(HEADLINE, "Ann Writer", LEAD, life, told, SECOND)[-3:] == [life, told, SECOND]


def test_long_paragraphs_in_which_the_page_speaks_of_itself_go() -> None:
    gifts = (
        "The Example is an independent non-profit newsroom. We rely on donations from readers like you to keep our "
        "journalism free. If every reader gave five dollars, our fundraiser would be over in an hour. " * 4
    )
    told = (
        "The company will have to ask for consent before it stores cookies in a browser, the court ruled, and the "
        "personal data of three million subscribers has to be deleted, a decision that both sides may appeal."
    )
    assert kept(HEADLINE, LEAD, told, SECOND, gifts, "About us") == [HEADLINE, LEAD, told, SECOND]


@pytest.mark.parametrize(
    "comments",
    [
        ("COMMENT (2)", "somchai", "28 Mar 2021 11:10", "So sad. When will it stop?", "Reply", "Felix99",
         "28 Mar 2021 12:41", "Sanctions only hurt the people and the generals laugh on the way to the bank."),
        ("Become a member or sign in to leave a comment.", "Nils 12 December 2017 09:01",
         "Why is nobody saying who did it? We all know, and the politicians will say nothing, as usual.", "Report",
         "Kari 12 December 2017 10:15", "Calm down Nils.", "Report"),
        ("Comments", "Bill", "About time. Nobody ever asked those of us who live on the square.", "redfox22",
         "They were peaceful.", "And they fed the homeless. Where are these to go now?", "Bill", "Who knows."),
        ("Readers' comments", "1. Posted by Moses on 3 March 2014", "This is what happens when nobody comes.",
         "2. Posted by Teta on 3 March 2014", "Mob justice is a sin. God will judge."),
        ("Marek K", "May 3, 2012 at 17:11", "I was there and it was worse than this. They beat a girl on the ground.",
         "Then they took her phone.", "Log in to Reply", "oldtimer", "May 3, 2012 at 18:40",
         "In my day we worked, and nobody had the time to stand in the street and to shout.", "Log in to Reply"),
    ],
)  # fmt: skip
def test_comments_go_to_the_end(comments: tuple[str, ...]) -> None:
    article = (HEADLINE, LEAD, "Nobody was hurt.", SECOND)
    assert kept(*article, *comments) == list(article)
    assert kept("\n\n".join((*article, *comments))) == list(article)


def test_a_button_for_comments_takes_no_dates_of_a_chronology_along() -> None:
    parts = ["3 May 2023", "Rebels took Bama.", "6 May 2023", "The army retook Bama.", "8 May 2023", "Bama was calm."]
    assert kept(HEADLINE, LEAD, "3 comments", *parts, SECOND) == [HEADLINE, LEAD, *parts, SECOND]


def test_who_said_something_under_a_button_for_comments_is_no_writer_of_one() -> None:
    told = ["The governor said:", "“We will find them.”", "The mayor said:", "“There is no more water in the town.”"]
    assert kept(HEADLINE, LEAD, "3 comments", *told, SECOND) == [HEADLINE, LEAD, *told, SECOND]


def test_a_transcript_keeps_its_questions() -> None:
    lines = [
        "SPOKESMAN: Good day to all.",
        "REPORTER: Is he going to resign?",
        "SPOKESMAN: No.",
        "REPORTER: On what day?",
    ]
    assert kept(HEADLINE, LEAD, *lines, SECOND) == [HEADLINE, LEAD, *lines, SECOND]


def test_rows_of_a_table_are_no_dates() -> None:
    rows = ["Date\tMaru\tDalia", "Mon 4\t12\t30", "Tue 5\t8\t22"]
    shown = [row.replace("\t", " ") for row in rows]
    assert kept(HEADLINE, LEAD, *rows, SECOND) == [HEADLINE, LEAD, *shown, SECOND]


@pytest.mark.parametrize(
    "line",
    [
        "3 Min Read · Example", "Facebook Count", "Share on WhatsApp", "The Example · 3h", "A+ A-", "– EXAMPLE/AFP",
        "Correspondent Published January 10, 2021", "nm/wd (AP, dpa, AFP)", "Entry: 21.10.2022 - 13:45",
        "— Ann Writer (@annwriter) November 10, 2022", "List of 4 items", "News/ Asia/ Gunmen kill officers in Maru",
    ],
)  # fmt: skip
def test_forms_of_page_matter_on_top(line: str) -> None:
    assert kept(HEADLINE, line, LEAD, SECOND) == [HEADLINE, LEAD, SECOND]


def test_the_text_of_a_photo_behind_its_label_stays() -> None:
    line = "File photo: The high court in the old part of Maru (Photo: Ann Writer)"
    assert kept(HEADLINE, LEAD, line, SECOND)[2] == "File photo: The high court in the old part of Maru"


def test_an_article_of_short_paragraphs_keeps_them_and_its_headline() -> None:
    told = ["The army has seized power in Tombaland.", "Soldiers are in the streets.", "The president is missing."]
    title = "Army seizes power in Tombaland"
    assert kept("Latest", title, "Wednesday, 17 October 2012", *told, "Bookmark with:", "Digg", "What are these?") == [
        title, *told,
    ]  # fmt: skip


def test_a_quotation_without_marks_is_a_quotation() -> None:
    found = reading(HEADLINE, LEAD, "We will not leave.", "he told reporters.", SECOND).document.paragraphs
    assert [part.kind for part in found] == ["title", "body", "quote", "body", "body"]


@pytest.mark.parametrize("order", ["SS", "SSS", "GSS", "GGGS"])
def test_a_sentence_said_again_and_again_in_a_line_is_said_once(order: str) -> None:
    told = {"G": "Families wait at a well near the town.", "S": "A soldier stands at the old bridge."}
    found = reading(HEADLINE, LEAD, " ".join(told[letter] for letter in order), SECOND)
    assert found.document.paragraphs[2].text == " ".join(told[letter] for letter in dict.fromkeys(order))


def test_a_line_removed_as_a_whole_has_no_cuts_inside() -> None:
    one, two = "Families wait at a well near the town.", "A soldier stands at the old bridge."
    cuts = reading(f"{one}\n{one} {two}\n{one} {one} {one} {two}").document.removed
    assert all(before.end <= after.start for before, after in pairwise(cuts))
