"""The scoring of reading, on tiny cases that were counted by hand; none is of `seeds/`."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from datetime import date
from math import inf
from pathlib import Path
from typing import Any

import orjson
import pytest

from streams.records import DateWindow
from tests.evaluation import reading_cleaning, reading_dating, reading_pages, reading_run, reading_times
from tests.evaluation.reading_cases import BODY, CLEANING, LINES, PAGE
from tests.evaluation.reading_cleaning import Stretch
from tests.evaluation.reading_dating import Dated
from tests.evaluation.reading_measures import Measure, around, f1, harmonic, ratio
from tests.evaluation.reading_pages import Told
from tests.evaluation.reading_sets import FIELDS, SetError, records
from tests.evaluation.reading_times import Timex

DAY = date(2024, 5, 15)


def written(folder: Path, name: str, *rows: object) -> Path:
    (folder / name).mkdir()
    (folder / name / "dev.jsonl").write_bytes(b"\n".join(map(orjson.dumps, rows)))
    return folder


def test_ratios_of_nothing_are_whole() -> None:
    assert (ratio(0, 0), ratio(1, 4), f1(0, 0, 0), harmonic(0, 0)) == (1.0, 0.25, 1.0, 0.0)
    assert f1(2, 4, 2) == pytest.approx(harmonic(0.5, 1.0))


def test_a_measure_is_shown_with_its_cases_and_unit() -> None:
    assert str(Measure(0.5, 1200)) == "0.500 of 1,200"
    assert str(Measure(7, 3, unit="days")) == "7 days of 3"


def test_the_words_around_a_place_stand_on_one_line() -> None:
    assert around("He left\non Monday night.", 11, 17, width=4) == " on [Monday] nig"


def test_a_set_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(SetError, match=r"times/held_out\.jsonl does not exist"):
        records("times", "held_out", tmp_path)


@pytest.mark.parametrize("name", FIELDS)
def test_a_set_has_its_fields_and_each_id_once(name: str, tmp_path: Path) -> None:
    row = {**dict.fromkeys(FIELDS[name], ""), "id": "a"}
    assert records(name, "dev", written(tmp_path, name, row, {**row, "id": "b"})) == [row, {**row, "id": "b"}]
    (tmp_path / name / "dev.jsonl").write_bytes(orjson.dumps(row) + b"\n" + orjson.dumps(row))
    with pytest.raises(SetError, match="an id twice"):
        records(name, "dev", tmp_path)
    (tmp_path / name / "dev.jsonl").write_bytes(orjson.dumps({"id": "a"}))
    with pytest.raises(SetError, match="line 1 lacks"):
        records(name, "dev", tmp_path)


def test_what_is_wrong_with_a_set_is_told_without_its_words(tmp_path: Path) -> None:
    (tmp_path / "times").mkdir()
    (tmp_path / "times/dev.jsonl").write_text('{"text": secret}')
    with pytest.raises(SetError) as told:
        records("times", "dev", tmp_path)
    assert "secret" not in str(told.value)


def test_errors_are_listed_for_development_only() -> None:
    command = [sys.executable, "-m", "tests.evaluation", "--errors", "times", "held_out"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert set(reading_run.SETS) == set(FIELDS)


def test_marked_text_gives_the_plain_text_and_its_expressions() -> None:
    text = (
        'On <TIMEX3 type="DATE" value="2024-05-13">Monday</TIMEX3>, <TIMEX3 value="P3D" type="DURATION">3 days</TIMEX3>'
    )
    plain, found = reading_times.marked(text, "a")
    assert plain == "On Monday, 3 days"
    assert found == [Timex(3, 9, "DATE", "2024-05-13"), Timex(11, 17, "DURATION", "P3D")]


@pytest.mark.parametrize(
    "text",
    [
        '<TIMEX3 type="DATE" value="2024">one',
        "one</TIMEX3>",
        '<TIMEX3 type="DATE">one</TIMEX3>',
        '<TIMEX3 type="DATE" value="2024"> </TIMEX3>',
        '<TIMEX3 type="DATE" value="1"><TIMEX3 type="DATE" value="2">one</TIMEX3></TIMEX3>',
        '<TIMEX3 type="DATE" value="2024>one',
    ],
)
def test_tags_that_do_not_pair_are_refused(text: str) -> None:
    with pytest.raises(SetError):
        reading_times.marked(text, "a")


def test_expressions_meet_once_and_exactly_where_they_can() -> None:
    whole, night = Timex(0, 12, "TIME", "2024-05-13TNI"), Timex(7, 12, "TIME", "2024-05-15TNI")
    assert reading_times.pairs([whole], [night, whole]) == [(whole, whole)]
    assert reading_times.pairs([whole], [night]) == [(whole, night)]
    assert reading_times.pairs([whole], [Timex(12, 15, "DATE", "2024")]) == []


def test_times_are_counted_by_extent_overlap_value_and_type() -> None:
    gold = [Timex(0, 6, "DATE", "a"), Timex(10, 20, "DATE", "b"), Timex(30, 40, "TIME", "c"), Timex(50, 55, "SET", "d")]
    found = [gold[0], Timex(10, 18, "DATE", "b"), Timex(30, 40, "DATE", "x"), Timex(60, 65, "SET", "d")]
    measures = reading_times.tally([(gold, found), ([], [Timex(0, 1, "DATE", "e")])])
    values = [measure.value for measure in measures.values()]
    assert values == pytest.approx([2 / 5, 2 / 4, 4 / 9, 6 / 9, 4 / 9, 2 / 3])


def test_the_reader_is_compared_on_the_plain_text() -> None:
    text = (
        "The army shelled the harbour of Mirny on <TIMEX3 type='DATE' value='2024-05-13'>Monday</TIMEX3>, and the "
        "governor of the province said that it had done <TIMEX3 type='DATE' value='1999'>nothing else</TIMEX3>."
    )
    record = {"id": "a", "published": "2024-05-15", "title": "Harbour of Mirny shelled", "text": text}
    assert reading_times.score([record])["times: value F1"].value == pytest.approx(2 / 3)
    (missed,) = reading_times.errors([record])
    assert missed.startswith("a  missed    expected DATE 1999, found nothing")
    assert "[nothing else]" in missed


def test_labelled_lines_stand_at_their_places() -> None:
    text = str(CLEANING["text"])
    found = [(part.label, text[part.start : part.end]) for part in reading_cleaning.stretches(CLEANING)]
    assert found[:3] == [("content", LINES[0][1]), ("cut", "[ad_1]"), ("share", "Share this article")]
    assert found[3:] == [("content", "Nobody was hurt."), ("duplicate", "Nobody was hurt")]


@pytest.mark.parametrize(
    "lines",
    [LINES[:-1], LINES[1:], [*LINES, LINES[0]], [["share", LINES[0][1], ["[ad_1]"]], *LINES[1:]]],
)
def test_labels_that_are_not_all_of_the_text_are_refused(lines: list[list[Any]]) -> None:
    with pytest.raises(SetError):
        reading_cleaning.stretches({**CLEANING, "lines": lines})


def test_cleaning_is_counted_in_characters_without_blanks() -> None:
    parts = [Stretch(0, 5, "content"), Stretch(6, 9, "promo"), Stretch(10, 12, "duplicate")]
    counts = reading_cleaning.compare("ab cd xyz vw", parts, bytearray(b"\x01\x01\x01\0\0\0\x01\0\0\0\x01\x01"))
    assert counts == Counter(
        {
            ("content", True): 2,
            ("content", False): 2,
            ("boilerplate", True): 1,
            ("boilerplate", False): 2,
            ("duplicate", True): 2,
        }
    )
    measures = reading_cleaning.tally(counts)
    assert [measure.value for measure in measures.values()] == pytest.approx([2 / 3, 1 / 2, 0, 4 / 9])


def test_which_of_two_equal_lines_goes_does_not_matter() -> None:
    text = '“Nobody” was hurt\n"Nobody" was hurt'
    parts = [Stretch(0, 17, "content"), Stretch(18, 35, "duplicate")]
    second = bytearray(18) + bytearray(b"\x01" * 17)
    assert [part.label for part in reading_cleaning.fair(text, parts, second)] == ["duplicate", "content"]
    first = bytearray(b"\x01" * 17) + bytearray(18)
    both = bytearray(b"\x01" * 35)
    assert reading_cleaning.fair(text, parts, first) == reading_cleaning.fair(text, parts, both) == parts


def test_a_whole_line_must_not_go_for_one_that_was_cut_off() -> None:
    text = "Nobody was hurt in the town of Mirny\nNobody was hurt in the town of"
    parts = [Stretch(0, 36, "content"), Stretch(37, 67, "duplicate")]
    kept = bytearray(37) + bytearray(b"\x01" * 30)
    assert reading_cleaning.fair(text, parts, kept) == parts


def test_the_reader_is_compared_with_labels() -> None:
    measures = reading_cleaning.score([CLEANING])
    assert measures["cleaning: boilerplate removed"] == Measure(1.0, 22)
    assert measures["cleaning: F1 of kept"].value == 1.0
    assert list(reading_cleaning.errors([CLEANING])) == []
    wrong = {**CLEANING, "lines": [LINES[0], ["content", LINES[1][1]], *LINES[2:]]}
    (told,) = reading_cleaning.errors([wrong])
    assert told.startswith("a  expected content, found removed (share), 16 characters")


def test_text_is_compared_by_runs_of_four_words() -> None:
    gold = reading_pages.shingles(["One two three", "four five."])
    assert gold == Counter([("one", "two", "three", "four"), ("two", "three", "four", "five")])
    found = reading_pages.shingles(["one two three four", "and more"])
    assert reading_pages.precision_recall(gold, found) == pytest.approx((1 / 3, 1 / 2))
    assert reading_pages.precision_recall(gold, Counter()) == (0.0, 0.0)
    assert reading_pages.shingles(["Short one"]) == Counter([("short", "one")])
    assert reading_pages.shingles([" "]) == Counter()


def test_pages_are_counted_by_the_means_of_their_text() -> None:
    page: dict[str, Any] = {"title": "T", "captions": ["A boat."], "paragraphs": ["a b c d"], "published": "2024-05-15"}
    cases = [(page, Told(("t", "A boat", "a b c d"), DAY)), ({**page, "published": None}, Told(("a b c d e",), DAY))]
    measures = reading_pages.tally(cases, "", "")
    assert [measure.value for measure in measures.values()] == pytest.approx([3 / 4, 1, 6 / 7, 1, 0])


def test_reader_and_libraries_are_compared_on_pages() -> None:
    measures = reading_pages.score([PAGE])
    for name in ("text F1", "text F1 (trafilatura)", "right day", "right day (htmldate)"):
        assert measures[f"pages: {name}"] == Measure(1.0, 1)
    assert list(reading_pages.errors([PAGE])) == []
    wrong = {**PAGE, "paragraphs": [*BODY[1:], "What no page ever told to anybody."], "published": None}
    told = list(reading_pages.errors([wrong]))
    assert [line.split()[1] for line in told] == ["day", "missed", "extra"]


def test_windows_are_counted_by_the_true_day_and_their_width() -> None:
    gold, unknown = DateWindow(DAY, DAY), DateWindow(None, date(2024, 6, 1))
    week = DateWindow(date(2024, 5, 13), date(2024, 5, 19))
    wrong, month = DateWindow(date(2024, 5, 16), date(2024, 5, 16)), DateWindow(date(2024, 5, 1), date(2024, 5, 31))
    cases = [Dated(DAY, gold, found) for found in (gold, week, month, wrong, unknown)]
    measures = reading_dating.tally([*cases, Dated(None, unknown, unknown), Dated(None, unknown, week)])
    assert [measure.value for measure in measures.values()] == pytest.approx(
        [3 / 5, 1 / 5, 2 / 5, 3 / 5, 1 / 5, 7, 1 / 2]
    )
    assert reading_dating.tally(cases[4:])["dating: median width"].value == inf


def test_a_lower_bound_may_be_told_of_an_undatable_article() -> None:
    gold = DateWindow(date(2011, 7, 9), DAY)
    assert Dated(None, gold, gold).left_open
    assert Dated(None, gold, DateWindow(date(2010, 1, 1), DAY)).left_open
    assert not Dated(None, gold, DateWindow(date(2012, 1, 1), DAY)).left_open


def test_the_reader_is_compared_with_true_days() -> None:
    text = "MIRNY, 15 May 2024 - Rebels took the town on Tuesday after three days of fighting, the army said."
    row = {"id": "a", "fetched": "2024-06-01T00:00:00Z", "text": text, "from": "2024-05-15", "to": "2024-05-15"}
    assert reading_dating.score([{**row, "true": "2024-05-15"}])["dating: right to the day"] == Measure(1.0, 1)
    assert list(reading_dating.errors([{**row, "true": "2024-05-15"}])) == []
    (told,) = reading_dating.errors([{**row, "true": "2024-05-14"}])
    assert told.startswith("a  wrong    expected 2024-05-14 in 2024-05-15 to 2024-05-15, found 2024-05-15")
    (told,) = reading_dating.errors([{**row, "true": None, "from": None}])
    assert told.startswith("a  invented")
