"""What to do with a file or a line, given what was published before."""

import pytest

from streams.feeding.deciding import (
    Clock,
    FileNow,
    Place,
    Telling,
    Told,
    articles_gone,
    is_news,
    telling_at_once,
    telling_of_changed,
    version_to_publish,
)

NINE, TEN, ELEVEN = (f"2026-03-06T{hour:02d}:00:00.000000Z" for hour in (9, 10, 11))
NOON, LIMIT = "2026-03-06T12:00:00.000000Z", "2026-03-08T12:00:00.000000Z"
CLOCK = Clock(NOON, LIMIT)


class Before:
    """What was published before: the article `A`, first with text `A`, then with text `second`."""

    def article(self, key: str) -> Told | None:
        return Told("A:second", TEN) if key == "A" else None

    def owner(self, text: str) -> str | None:
        return "A" if text in {"A", "second"} else None


def file(text: str, place: Place | None = None) -> FileNow:
    return FileNow(place, text, NINE, lambda key: f"{key}:{text}")


@pytest.mark.parametrize(
    ("now", "telling"),
    [
        (file("unseen"), Telling("unseen", "new")),
        (file("second"), Telling("A", "same")),
        (file("A"), Telling("A", "old")),
        (file("second", Place("A", "second")), Telling("A", "same")),
        (file("second", Place("B", "unseen")), Telling("A", "same")),
        (file("third", Place("A", "second")), None),
        (file("A", Place("A", "second")), None),
        (file("A", Place("A", "")), None),
    ],
    ids=["new", "copied or moved", "old copy", "unchanged", "another's text", "edited", "reverted", "crashed between"],
)
def test_which_article_a_file_tells(now: FileNow, telling: Telling | None) -> None:
    assert telling_at_once(now, Before()) == telling


def test_a_changed_file_is_an_edit_unless_its_article_lives_elsewhere() -> None:
    place = Place("A", "second")
    assert telling_of_changed(file("third", place), place, Before(), is_another=False) == Telling("A", "edit")
    assert telling_of_changed(file("A", place), place, Before(), is_another=False) == Telling("A", "edit")
    assert telling_of_changed(file("third", place), place, Before(), is_another=True) == Telling("third", "new")
    assert telling_of_changed(file("A", place), place, Before(), is_another=True) == Telling("A", "old")


def test_an_edit_is_published_after_the_former_version_though_its_time_goes_back() -> None:
    assert version_to_publish("edit", "y", ELEVEN, Told("x", TEN), CLOCK) == ELEVEN
    assert version_to_publish("edit", "y", NINE, Told("x", TEN), CLOCK) == NOON
    assert version_to_publish("new", "y", NINE, None, CLOCK) == NINE


def test_what_is_unchanged_or_an_old_copy_is_not_published_however_late_its_file() -> None:
    assert version_to_publish("same", "x", ELEVEN, Told("x", TEN), CLOCK) is None
    assert version_to_publish("old", "y", ELEVEN, Told("x", TEN), CLOCK) is None


def test_what_was_sent_and_never_acknowledged_is_sent_again() -> None:
    assert version_to_publish("same", "x", TEN, None, CLOCK) == TEN
    assert version_to_publish("edit", "x", TEN, None, CLOCK) == TEN


def test_a_retraction_stands_until_an_edit_that_was_made_after_it() -> None:
    retracted = Told("x", TEN, "retracted")
    assert version_to_publish("same", "x", ELEVEN, retracted, CLOCK) is None
    assert version_to_publish("old", "y", ELEVEN, retracted, CLOCK) is None
    assert version_to_publish("edit", "y", NINE, retracted, CLOCK) is None
    assert version_to_publish("edit", "y", ELEVEN, retracted, CLOCK) == ELEVEN


def test_an_article_that_was_missing_is_back_with_its_file() -> None:
    missing = Told("x", TEN, "missing")
    assert version_to_publish("same", "x", NINE, missing, CLOCK) == NOON
    assert version_to_publish("old", "y", ELEVEN, missing, CLOCK) == ELEVEN


def test_a_version_is_after_the_last_one_even_when_the_clock_is_behind() -> None:
    assert CLOCK.later(ELEVEN, TEN) == ELEVEN
    assert CLOCK.later(TEN, TEN) == NOON
    assert CLOCK.later(TEN, LIMIT) > LIMIT
    assert CLOCK.later(TEN, "") == TEN


def test_a_version_that_the_service_refused_need_not_be_passed() -> None:
    assert CLOCK.later(TEN, "2027-01-01T00:00:00.000000Z") == TEN


def test_an_article_that_names_itself_is_news_when_it_is_changed_and_not_older() -> None:
    told = Told("x", TEN)
    assert is_news("x", TEN, None, retracts=False, own_time=False)
    assert not is_news("x", ELEVEN, told, retracts=False, own_time=True)
    assert is_news("y", TEN, told, retracts=False, own_time=True)
    assert not is_news("y", NINE, told, retracts=False, own_time=True)
    assert is_news("", TEN, told, retracts=True, own_time=True)


def test_only_its_own_later_fetch_time_brings_a_line_back_after_a_retraction() -> None:
    retracted = Told("x", TEN, "retracted")
    assert is_news("x", ELEVEN, retracted, retracts=False, own_time=True)
    assert not is_news("x", ELEVEN, retracted, retracts=False, own_time=False)
    assert not is_news("y", NINE, retracted, retracts=False, own_time=True)
    assert not is_news("", TEN, retracted, retracts=True, own_time=True)


def test_an_article_is_gone_with_its_last_file() -> None:
    remembered = {b"/a": "A", b"/copy-of-a": "A", b"/b": "B", b"/moved-b": "B"}
    assert articles_gone({"A", "B", "C"}, remembered, {b"/moved-b"}) == {"A": (b"/a", b"/copy-of-a"), "C": ()}
