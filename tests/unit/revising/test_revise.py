"""What an article says, and takes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from streams import topics
from streams.records import Casualties, DateWindow, Document, Mention, Span, Version
from streams.revising.revise import decode_entry, encode_entry, handle, reads_of, revise

MENTION = Mention(
    id="m1",
    article_id="a1",
    type="ASSAULT",
    mode="",
    quad="material-conflict",
    actors=(),
    recipients=(),
    mutual=False,
    date=DateWindow(),
    place=None,
    status="happened",
    negated=False,
    attributed_to=None,
    casualties=Casualties(),
    amounts=(),
    weapons=(),
    sentences=(),
    trigger=Span(0, 5, "struck"),
    confidence=0.9,
    merge_key="material|UKR",
)


def document(hour: int, *merge_keys: str, content: str = "c", retracted: bool = False) -> Document:
    mentions = tuple(replace(MENTION, id=f"m{n}", merge_key=key) for n, key in enumerate(merge_keys))
    return Document(
        article_id="a1",
        version=Version(f"2024-03-02T{hour:02}:00:00.000000Z", content),
        title=None,
        source="s",
        url=None,
        published=DateWindow(),
        fetched=datetime(2024, 3, 2, hour, tzinfo=UTC),
        language="en",
        paragraphs=(),
        removed=(),
        signature=(1, 2),
        mentions=mentions,
        coder="coder",
        retracted=retracted,
    )


def test_a_moved_merge_key_is_withdrawn() -> None:
    entry, _ = revise(None, document(1, "material|UKR", "material|UKR", "verbal|RUS"))
    _, told = revise(entry, document(2, "material|MDA"))
    assert [(record.merge_key, len(record.mentions)) for record in told] == [
        ("material|MDA", 1),
        ("material|UKR", 0),
        ("verbal|RUS", 0),
    ]
    assert {record.version.fetched for record in told} == {"2024-03-02T02:00:00.000000Z"}


def test_an_older_version_is_answered_with_the_present_state() -> None:
    entry, told = revise(None, document(2, "material|UKR"))
    assert revise(entry, document(1, "material|MDA")) == (entry, told)


def test_of_two_codings_of_one_version_the_last_wins() -> None:
    entry, _ = revise(None, document(1, "material|UKR"))
    assert [len(record.mentions) for record in revise(entry, document(1, "verbal|RUS"))[1]] == [0, 1]


def test_a_retraction_withdraws_all() -> None:
    entry, _ = revise(None, document(1, "material|UKR"))
    _, told = revise(entry, document(2, "material|UKR", retracted=True))
    assert [record.mentions for record in told] == [()]


def test_a_document_without_mentions_is_remembered() -> None:
    decision = handle({}, document(2))
    assert [send.topic for send in decision.sends] == [topics.ARTICLES_READ.name]
    assert handle(decision.writes, document(1, "material|UKR")).sends == decision.sends


def test_an_article_that_moves_to_another_day_is_taken_off_the_old_one() -> None:
    entry, _ = revise(None, document(1, "material|UKR"))
    day = date(2024, 3, 1)
    moved = replace(document(2, "material|UKR"), published=DateWindow(day, day, "day", "given"))
    told = {f"{one.day}|{one.source}": (one.outcome, one.mentions) for one in reads_of(revise(entry, moved)[0])}
    assert told == {"undated|s": (None, 0), "2024-03-01|s": ("coded", 1)}


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(("material|UKR", "verbal|RUS"))), min_size=1, max_size=6))
def test_again_says_the_same_and_writes_nothing(told: list[tuple[int, str]]) -> None:
    entry = None
    for hour, key in told:
        entry, records = revise(entry, document(hour, key))
        assert entry == decode_entry(encode_entry(entry))
        newest = document(int(entry.version.fetched[11:13]), *(k for k, m in entry.mentions.items() for _ in m))
        assert revise(entry, newest)[1] == records
        assert handle({"a1": replace(entry, touched=3)}, newest, 3).writes == {}
