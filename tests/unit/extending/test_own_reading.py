"""A user's files for what articles are read by: what they add and remove is read so, wrong rows are told."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from streams.articles import ArticleProcessor
from streams.coding.pipeline import new_parser
from streams.extending.additions import NOTHING, Additions, read_additions
from streams.extending.in_force import put_in_force
from streams.extending.rows import LexiconError
from streams.extending.version import lexicon_version
from streams.parsing.splitting import abbreviations
from streams.reading import Reader, Reading, read
from streams.reading.times import find_times
from streams.records import Article, DateWindow, Version
from streams.resolving.actor_words import actor_words
from streams.resolving.name_words import load_name_words
from streams.settings import load
from tests.unit.extending.conftest import Write

FETCHED = datetime(2024, 6, 12, 12, tzinfo=UTC)
LEAD = (
    "Gunmen attacked a police station in the northern town of Maru on Tuesday, killing three officers, officials said."
)
SECOND = (
    "The army said it had sent two hundred soldiers to the area and closed the road to the border until further notice."
)
DAY = DateWindow(date(2024, 6, 12), date(2024, 6, 12), "day", "field")
PAGE = """<html><head>{}<title>Gunmen kill three officers in Maru</title></head><body><article>
<h1>Gunmen kill three officers in Maru</h1><p>{}</p><p>{}</p><div class="{}"><p>{}</p></div></article></body></html>"""
ASIDE = "Farmers in the valley of Bakori brought in the harvest before the rains, the ministry said on Friday."


def article(*lines: str) -> Article:
    text = "\n\n".join(("Gunmen kill three officers in Maru", LEAD, *lines, SECOND))
    return Article(fetched=FETCHED, text=text)


def page(head: str = "", aside: str = "x") -> Article:
    return Article(fetched=FETCHED, html=PAGE.format(head, LEAD, SECOND, aside, ASIDE))


def reading(given: Article, additions: Additions = NOTHING) -> Reading:
    return read(given, "a", Version("2024", "0"), additions=additions)


def kept(given: Article, additions: Additions = NOTHING) -> str:
    return "\n".join(paragraph.text for paragraph in reading(given, additions).document.paragraphs)


def times(text: str, additions: Additions = NOTHING) -> list[str]:
    put_in_force(additions)
    return [found.value for found in find_times(text, DAY)]


@pytest.mark.parametrize(
    ("name", "row", "line"),
    [
        ("boilerplate/promo.txt", "has: qarnaxis weather desk", "See the Qarnaxis weather desk for more"),
        ("boilerplate/promo.txt", "section: elsewhere in qarnaxis", "Elsewhere in Qarnaxis"),
        ("boilerplate/words/channels.txt", "threadster", "Threadster Count"),
    ],
)
def test_what_is_boilerplate_is_added(write: Write, name: str, row: str, line: str) -> None:
    additions = read_additions(write(name, row))
    assert line in kept(article(line))
    assert line not in kept(article(line), additions)
    assert line in kept(article(line))


@pytest.mark.parametrize(
    ("name", "row", "line"),
    [
        ("boilerplate/promo.txt", "!section: additional reading", "Additional reading"),
        ("boilerplate/words/channels.txt", "!viber", "Viber Count"),
    ],
)
def test_what_is_boilerplate_is_removed(write: Write, name: str, row: str, line: str) -> None:
    assert line not in kept(article(line))
    assert line in kept(article(line), read_additions(write(name, row)))


def test_where_phrases_of_two_files_fit_the_users_reason_is_taken(write: Write) -> None:
    additions = read_additions(write("boilerplate/legal.txt", "is: about our ads"))
    for given, reason in ((NOTHING, "navigation"), (additions, "legal")):
        assert [cut.reason for cut in reading(article("About our ads"), given).document.removed] == [reason]


def test_parts_of_a_page_are_added_and_removed(write: Write) -> None:
    added = read_additions(write("pages/containers.tsv", "related  qarnax rail"))
    assert ASIDE in kept(page(aside="qarnax-rail"))
    assert ASIDE not in kept(page(aside="qarnax-rail"), added)
    assert ASIDE not in kept(page(aside="outbrain"))
    removed = read_additions(write("pages/containers.tsv", "!related  outbrain"))
    assert ASIDE in kept(page(aside="outbrain"), removed)


@pytest.mark.parametrize(("field", "before", "after"), [("x:press-day", 4, 3), ("article:published_time", 3, 4)])
def test_fields_of_dates_are_added_and_removed(write: Write, field: str, before: int, after: int) -> None:
    additions = read_additions(write("pages/dates.tsv", "published  x:Press-Day\n!published  articlepublishedtime"))
    head = f'<meta property="{field}" content="2024-03-03T10:00:00Z"><meta name="pdate" content="2024-04-10T10:00:00Z">'
    for given, month in ((NOTHING, before), (additions, after)):
        found = reading(page(head), given).document.published.from_
        assert found is not None
        assert found.month == month


def test_words_of_the_calendar_are_added_replaced_and_removed(write: Write) -> None:
    rows = "holiday  Heroes' Day  10-20\nmoving  Jamhuri Monday  nth 12 1 2\nholiday  Boxing Day  12-27"
    additions = read_additions(write("dates/words.tsv", f"{rows}\n!holiday  Halloween"))
    text = "They met on Heroes' Day 2023, on Jamhuri Monday 2023, on Boxing Day 2022 and on Halloween."
    assert times(text, additions) == ["2023-10-20", "2023-12-11", "2022-12-27"]
    assert "2023-10-20" not in times(text)
    assert "2022-12-26" in times(text)


def test_expressions_are_added_replaced_and_removed(write: Write) -> None:
    rows = "deictic  \\b(?P<around>)(?P<word>(?i:today))-today\\b\nnoon  \\b(?P<part>highmoon)\\b\n!overnight"
    additions = read_additions(write("dates/expressions.tsv", rows))
    assert times("They left today-today.", additions) == ["2024-06-12"]
    assert times("They left at highmoon.", additions) == [], "no value is known: no expression, and no error"
    assert times("They left overnight.", additions) == []
    assert len(times("They left overnight.")) == 1


def dated(text: str, additions: Additions = NOTHING) -> DateWindow:
    return reading(Article(fetched=FETCHED, text=f"Farmers rebuild\n\n{text} {LEAD}"), additions).document.published


def test_events_with_dates_are_added_and_removed(write: Write) -> None:
    rows = "disaster  2023-09-05  -  Qarnaxis (floods|flood)\n!disaster  2000-07-25"
    additions = read_additions(write("dates/anchors.tsv", rows))
    for event, before, after in (("Qarnaxis floods", None, 2023), ("Concorde crash", 2000, None)):
        text = f"Three weeks after the {event}, farmers were back."
        for given, year in ((NOTHING, before), (additions, after)):
            found = dated(text, given).from_
            assert (None if found is None else found.year) == year, event


def test_words_for_events_are_added_and_removed(write: Write) -> None:
    additions = read_additions(write("dates/event_nouns.tsv", "disaster  mudslide ; !quake"))
    text = "Turkey and Syria: three weeks after the {}, Gaziantep and Aleppo in Turkey and Syria bury their dead."
    for noun, before, after in (("mudslide", False, True), ("quake", True, False)):
        told = [dated(text.format(noun), given).evidence == "text" for given in (NOTHING, additions)]
        assert told == [before, after], noun


def test_lines_that_are_no_news_are_added_and_removed(write: Write) -> None:
    additions = read_additions(write("dates/chrome.tsv", "line  page last built\n!line  powered by"))
    for words, before, after in (("Page last built", True, False), ("Powered by Pressbox", False, True)):
        text = f"{words} on March 3, 2024\n\n"
        seen = [dated(text, given).from_ == date(2024, 3, 3) for given in (NOTHING, additions)]
        assert seen == [before, after], words


def test_verbs_of_the_discourse_are_added_and_removed(write: Write) -> None:
    ours = set(actor_words()["told"])
    put_in_force(read_additions(write("actors/words.tsv", "told  nudge !beg")))
    assert set(actor_words()["told"]) ^ ours == {"nudge", "beg"}


def test_words_of_names_are_added_and_removed(write: Write) -> None:
    write("names/given.txt", "Oluwaseun !Santiago")
    words = load_name_words(read_additions(write("names/words.tsv", "title  Mwalimu !former")))
    ours = load_name_words()
    assert words.of["title"] - ours.of["title"] == {"mwalimu"}
    assert ours.of["title"] - words.of["title"] == {"former"}
    assert words.given ^ ours.given == {"oluwaseun", "santiago"}


def test_an_abbreviation_is_added_and_one_removed(write: Write) -> None:
    additions = read_additions(write("parsing/abbreviations.txt", "Brgy. !reg"))
    text = "Rebels burned houses in Brgy. Nine of the town. Troops in Reg. Four fled."
    assert sentences(text) == ["Rebels burned houses in Brgy.", "Nine of the town.", "Troops in Reg. Four fled."]
    put_in_force(NOTHING)
    found = sentences(text, additions)
    assert found == ["Rebels burned houses in Brgy. Nine of the town.", "Troops in Reg.", "Four fled."]
    assert abbreviations() >= {"brgy"}


def sentences(text: str, additions: Additions = NOTHING) -> list[str]:
    put_in_force(additions)
    return [sentence.text for sentence in new_parser(additions=additions)(text).sents]


def test_a_coding_process_does_not_start_with_a_wrong_row(write: Write) -> None:
    additions = read_additions(write("boilerplate/promo.txt", "contains: related"))
    with pytest.raises(LexiconError, match="'contains' is no mode"):
        Reader(additions=additions)


def test_readers_with_other_files_do_not_mix(write: Write) -> None:
    additions = read_additions(write("boilerplate/promo.txt", "has: qarnaxis weather desk"))
    line = "See the Qarnaxis weather desk for more"
    readers = [Reader(), Reader(additions=additions)]
    for _ in range(2):
        for reader, there in zip(readers, (True, False), strict=True):
            text = reader.read(article(line), "a", Version("2024", "0")).document.paragraphs
            assert any(line in paragraph.text for paragraph in text) == there


@pytest.mark.parametrize("name", ["boilerplate/promo.txt", "boilerplate/words/channels.txt", "names/given.txt"])
def test_every_file_counts_for_the_version(write: Write, name: str) -> None:
    row = "has: qarnax" if name == "boilerplate/promo.txt" else "qarnax"
    version = lexicon_version(read_additions(write(name, row)))
    assert version not in {lexicon_version(), lexicon_version(read_additions(write(name, row + "us")))}


def test_an_article_is_read_with_the_folder_of_the_settings(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write("boilerplate/promo.txt", "has: qarnaxis weather desk")
    monkeypatch.setenv("DAYBOOK_LEXICON_FOLDER", str(folder))
    text = f"{LEAD}\\n\\nSee the Qarnaxis weather desk for more\\n\\n{SECOND}"
    value = f'{{"fetched": "2024-06-12T12:00:00Z", "language": "en", "text": "{text}"}}'.encode()
    document = ArticleProcessor(load()).process(b"a", value, 1_718_193_600_000).document
    assert b'"reason":"promo"' in document
    assert f'"coder":"2-{lexicon_version(read_additions(folder))}"'.encode() in document
