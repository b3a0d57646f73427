"""Temporal expressions: each sentence with the expression, its TIMEX3 type and value, and the days it means."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streams.reading.times import FoundTime, find_times
from streams.records import DateWindow

FRIDAY = date(2024, 5, 17)
ANCHOR = DateWindow(FRIDAY, FRIDAY, "day", "given")

# sentence | expression | type | value | first day | last day ("-" for no days)
CASES = """
Shells fell on the port on Tuesday.|Tuesday|DATE|2024-05-14|2024-05-14|2024-05-14
Envoys flew in on Friday, a source said.|Friday|DATE|2024-05-17|2024-05-17|2024-05-17
The mayor resigned last Tuesday.|last Tuesday|DATE|2024-05-14|2024-05-14|2024-05-14
The border reopens next Tuesday.|next Tuesday|DATE|2024-05-21|2024-05-21|2024-05-21
Gunmen struck on Tuesday last week.|Tuesday last week|DATE|2024-05-07|2024-05-07|2024-05-07
A session is set for Monday next week.|Monday next week|DATE|2024-05-20|2024-05-20|2024-05-20
Tuesday's raid left two dead.|Tuesday|DATE|2024-05-14|2024-05-14|2024-05-14
POLICE RAIDED THE CAMP ON THURSDAY.|THURSDAY|DATE|2024-05-16|2024-05-16|2024-05-16
The depot burned late on Wednesday.|late on Wednesday|DATE|2024-05-15|2024-05-15|2024-05-15
They crossed early Monday.|early Monday|DATE|2024-05-13|2024-05-13|2024-05-13
Troops left late last week.|late last week|DATE|2024-W19|2024-05-10|2024-05-12
The strike began last week.|last week|DATE|2024-W19|2024-05-06|2024-05-12
Two bridges fell this week.|this week|DATE|2024-W20|2024-05-13|2024-05-17
Talks resume next week.|next week|DATE|2024-W21|2024-05-20|2024-05-26
Rebels seized the mine earlier this month.|earlier this month|DATE|2024-05|2024-05-01|2024-05-17
The court sits later this month.|later this month|DATE|2024-05|2024-05-17|2024-05-31
Prices doubled last month.|last month|DATE|2024-04|2024-04-01|2024-04-30
A vote is due next month.|next month|DATE|2024-06|2024-06-01|2024-06-30
The pact lapsed last year.|last year|DATE|2023|2023-01-01|2023-12-31
It must be paid by the end of the year.|the end of the year|DATE|2024|2024-08-31|2024-12-31
Clashes flared last weekend.|last weekend|DATE|2024-W19-WE|2024-05-11|2024-05-12
Crowds gathered at the weekend.|the weekend|DATE|2024-W19-WE|2024-05-11|2024-05-12
A march is planned next weekend.|next weekend|DATE|2024-W21-WE|2024-05-25|2024-05-26
The convoy was hit two days ago.|two days ago|DATE|2024-05-15|2024-05-15|2024-05-15
He fled three weeks ago.|three weeks ago|DATE|2024-W17|2024-04-22|2024-04-28
The truce ended two months ago.|two months ago|DATE|2024-03|2024-03-01|2024-03-31
They split more than four years ago.|more than four years ago|DATE|2020|2020-01-01|2020-12-31
The siege began years ago.|years ago|DATE|PAST_REF|-|-
Ministers met yesterday.|yesterday|DATE|2024-05-16|2024-05-16|2024-05-16
The guns fell silent today.|today|DATE|2024-05-17|2024-05-17|2024-05-17
A bus leaves tomorrow.|tomorrow|DATE|2024-05-18|2024-05-18|2024-05-18
He spoke the day before yesterday.|the day before yesterday|DATE|2024-05-15|2024-05-15|2024-05-15
Sirens sounded last night.|last night|TIME|2024-05-16TNI|2024-05-16|2024-05-16
The market was bombed this morning.|this morning|TIME|2024-05-17TMO|2024-05-17|2024-05-17
She arrived yesterday evening.|yesterday evening|TIME|2024-05-16TEV|2024-05-16|2024-05-16
Drones hit the refinery overnight.|overnight|TIME|2024-05-16TNI|2024-05-16|2024-05-17
They walked free in the early hours of Monday.|the early hours of Monday|TIME|2024-05-13TMO|2024-05-13|2024-05-13
Militants came before dawn on Sunday.|dawn on Sunday|TIME|2024-05-12TMO|2024-05-12|2024-05-12
On Sunday morning the town was quiet.|Sunday morning|TIME|2024-05-12TMO|2024-05-12|2024-05-12
Buses burned on the night of Monday.|the night of Monday|TIME|2024-05-13TNI|2024-05-13|2024-05-13
Firing stopped at 5 p.m. on Monday.|5 p.m. on Monday|TIME|2024-05-13T17:00|2024-05-13|2024-05-13
It blew up on Saturday, May 11, at 9 a.m. sharp.|Saturday, May 11, at 9 a.m.|TIME|2024-05-11T09:00|2024-05-11|2024-05-11
The siren went at 06h14.|06h14|TIME|2024-05-17T06:14|2024-05-17|2024-05-17
They marched at noon.|noon|TIME|2024-05-17T12:00|2024-05-17|2024-05-17
On May 3 the army withdrew.|May 3|DATE|2024-05-03|2024-05-03|2024-05-03
On 3 May 2024 it rained.|3 May 2024|DATE|2024-05-03|2024-05-03|2024-05-03
The accord of Feb. 24 is dead.|Feb. 24|DATE|2024-02-24|2024-02-24|2024-02-24
The camp was founded on Sept. 9, 2001, he said.|Sept. 9, 2001|DATE|2001-09-09|2001-09-09|2001-09-09
He has met them this Thursday, May 16.|this Thursday, May 16|DATE|2024-05-16|2024-05-16|2024-05-16
The law of this Thursday, March 3 was annulled.|this Thursday, March 3|DATE|2022-03-03|2022-03-03|2022-03-03
It was signed on the 3rd of May.|the 3rd of May|DATE|2024-05-03|2024-05-03|2024-05-03
Fighters left on the 2nd May.|the 2nd May|DATE|2024-05-02|2024-05-02|2024-05-02
The fair of 3-5 May was called off.|3-5 May|DATE|2024-05-03|2024-05-03|2024-05-05
Mon, 6 May was a holiday.|Mon, 6 May|DATE|2024-05-06|2024-05-06|2024-05-06
A decree of 2024-05-02 bans it.|2024-05-02|DATE|2024-05-02|2024-05-02|2024-05-02
Signed 22/03/2024 by the clerk.|22/03/2024|DATE|2024-03-22|2024-03-22|2024-03-22
Signed 03/22/2024 by the clerk.|03/22/2024|DATE|2024-03-22|2024-03-22|2024-03-22
Signed 04.05.2024 by the clerk.|04.05.2024|DATE|2024-05-04|2024-05-04|2024-05-04
Rains failed in August.|August|DATE|2023-08|2023-08-01|2023-08-31
Call-ups start in June.|June|DATE|2024-06|2024-06-01|2024-06-30
They lost the town in March.|March|DATE|2024-03|2024-03-01|2024-03-31
The king abdicated last May.|last May|DATE|2023-05|2023-05-01|2023-05-31
It opened in March last year.|March last year|DATE|2023-03|2023-03-01|2023-03-31
A new law passed in May 2019.|May 2019|DATE|2019-05|2019-05-01|2019-05-31
February's invasion changed that.|February|DATE|2024-02|2024-02-01|2024-02-29
The war began in 2014.|2014|DATE|2014|2014-01-01|2014-12-31
The 2015 pact is void.|2015|DATE|2015|2015-01-01|2015-12-31
The party ruled in the 1990s.|the 1990s|DATE|199|1990-01-01|1999-12-31
Floods came last summer.|last summer|DATE|2023-SU|2023-06-01|2023-08-31
They froze in the winter of 2022.|the winter of 2022|DATE|2022-WI|2022-12-01|2023-02-28
Output fell in the first quarter of 2024.|the first quarter of 2024|DATE|2024-Q1|2024-01-01|2024-03-31
Bombs fell on Christmas Eve.|Christmas Eve|DATE|2023-12-24|2023-12-24|2023-12-24
Fighting has raged since Monday.|Monday|DATE|2024-05-13|2024-05-13|2024-05-17
The enclave has been cut off since May last year.|May last year|DATE|2023-05|2023-05-01|2024-05-17
Shelling has grown in recent days.|recent days|DATE|PAST_REF|2024-05-11|2024-05-17
Prices rose over the past week.|the past week|DURATION|P1W|2024-05-11|2024-05-17
The militia must disarm by January 1.|January 1|DATE|2025-01-01|2025-01-01|2025-01-01
The army recently rebuilt it.|recently|DATE|PAST_REF|-|-
They walked for three weeks.|three weeks|DURATION|P3W|-|-
A 90-day truce was agreed.|90-day|DURATION|P90D|-|-
The week-long siege is over.|week-long|DURATION|P1W|-|-
It lasted several months.|several months|DURATION|PXM|-|-
Nothing moved in the past 24 hours.|the past 24 hours|DURATION|PT24H|-|-
They waited half an hour.|half an hour|DURATION|PT30M|-|-
Crowds gathered for a third straight night.|a third straight night|DURATION|P3D|2024-05-15|2024-05-17
They pray every Friday.|every Friday|SET|XXXX-WXX-5|-|-
Markets open on Sundays.|Sundays|SET|XXXX-WXX-7|-|-
The committee meets twice a month.|twice a month|SET|P1M|-|-
In his daily address he thanked them.|daily|SET|P1D|-|-
A ship docks every two weeks.|every two weeks|SET|P2W|-|-
""".strip().splitlines()


@pytest.mark.parametrize("case", CASES)
def test_expression(case: str) -> None:
    sentence, text, kind, value, first, last = case.split("|")
    found = next((item for item in find_times(sentence, ANCHOR) if item.text == text), None)
    assert found is not None, find_times(sentence, ANCHOR)
    assert (found.type, found.value) == (kind, value)
    assert sentence[found.start : found.end] == text
    days = (found.window.from_, found.window.to) if found.window else (None, None)
    assert days == (
        None if first == "-" else date.fromisoformat(first),
        None if last == "-" else date.fromisoformat(last),
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "Theresa May said nothing.", "The boy, a 12-year-old, survived.", "Some 2000 soldiers and 1,400 tents.",
        "They may march again.", "A second flight left.", "He scored 3.15 points.", "The sun rose over Marchwood.",
        "Room 2024-B is shut.", "It cost $1990.",
    ],
)  # fmt: skip
def test_no_time_in(sentence: str) -> None:
    assert find_times(sentence, ANCHOR) == ()


def values(sentence: str, **options: bool | DateWindow | None) -> list[tuple[str, DateWindow | None]]:
    return [(item.value, item.window) for item in find_times(sentence, ANCHOR, **options)]  # type: ignore[arg-type]


def test_will_looks_ahead() -> None:
    assert find_times("They will meet on Tuesday", ANCHOR, tense=lambda _: False)[0].value == "2024-05-21"
    assert find_times("They met on Tuesday", ANCHOR, tense=lambda _: True)[0].value == "2024-05-14"
    assert find_times("They will vote on March 3", ANCHOR, tense=lambda _: False)[0].value == "2025-03-03"


def test_will_in_the_clause_tells_a_tense_that_is_not_given() -> None:
    found = find_times("She will visit the camp on Wednesday, he said on Tuesday.", ANCHOR)
    assert [item.value for item in found] == ["2024-05-22", "2024-05-14"]


def test_story_day_of_another_paragraph_does_not_count() -> None:
    found = find_times("The law of August 2020 stands.\n\nThe bridge was mined the day before.", ANCHOR)
    assert found[-1].value == "2024-05-16"


def test_near_future_date_in_the_past_tense() -> None:
    assert find_times("They agreed to vote on May 20.", ANCHOR, tense=lambda _: True)[0].value == "2024-05-20"


def test_story_day_counts_from_the_day_named_before() -> None:
    found = find_times("It fell on Tuesday; the army had left a day earlier and returned two days later.", ANCHOR)
    assert [item.value for item in found] == ["2024-05-14", "2024-05-13", "2024-05-15"]


def test_story_day_is_the_anchor_or_the_day_before_when_none_is_named() -> None:
    (found,) = find_times("The bridge was mined the day before.", ANCHOR)
    assert found.window == DateWindow(date(2024, 5, 15), date(2024, 5, 16), "days", "text")
    assert values("Two days later he died.") == [("XXXX-XX-XX", None)]


def test_story_day_given() -> None:
    story = DateWindow(date(2024, 5, 13), date(2024, 5, 13), "day", "text")
    (found,) = find_times("The bridge was mined the day before.", ANCHOR, story=story)
    assert found.value == "2024-05-12"


def test_between_two_days() -> None:
    found = find_times("Families fled between Friday and Sunday.", ANCHOR)
    assert {(item.window.from_, item.window.to) for item in found if item.window} == {
        (date(2024, 5, 10), date(2024, 5, 12))
    }


def test_wide_anchor_widens() -> None:
    anchor = DateWindow(date(2024, 5, 16), date(2024, 5, 17), "days", "text")
    (yesterday,) = find_times("He left yesterday.", anchor)
    assert yesterday.value == "2024-05-15"
    assert yesterday.window == DateWindow(date(2024, 5, 15), date(2024, 5, 16), "days", "text")
    (tuesday,) = find_times("He left on Tuesday.", anchor)
    assert (tuesday.value, tuesday.window and tuesday.window.precision) == ("2024-05-14", "day")


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("on Tuesday", "XXXX-WXX-2"), ("yesterday", "XXXX-XX-XX"), ("last week", "XXXX-WXX"),
        ("on May 3", "XXXX-05-03"),
        ("in August", "XXXX-08"), ("early on Sunday morning", "XXXX-WXX-7TMO"), ("05/04/2024", "2024-XX-XX"),
    ],
)  # fmt: skip
def test_unknown_anchor_leaves_relative_days_open(sentence: str, value: str) -> None:
    unknown = DateWindow(None, FRIDAY, "unknown", "fetched")
    (found,) = find_times(sentence, unknown)
    assert (found.value, found.window) == (value, None)


def test_unknown_anchor_still_resolves_what_is_absolute() -> None:
    (found,) = find_times("on 3 May 2024", DateWindow())
    assert found.window == DateWindow(date(2024, 5, 3), date(2024, 5, 3), "day", "text")


def test_far_beyond_the_calendar() -> None:
    (found,) = find_times("It was 300 decades ago, they say, or 999 centuries.", ANCHOR)[:1]
    assert found.window is None


FREQUENT = """the last next this early late of on in since for every a two 31 30 29 2024 1999 May March Feb. Tuesday
Sunday day days weeks ago earlier later night morning 5pm - , . : / ' 00 99 0 th 3rd century twenty"""
WORDS = st.sampled_from([*FREQUENT.split(), "\n", ""])


@given(
    st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=40).map(" ".join)),
    st.dates(),
    st.sampled_from([None, True, False]),
)
@settings(max_examples=200, deadline=None)
def test_any_text_is_read(text: str, day: date, past: bool | None) -> None:
    end = 0
    for found in find_times(text, DateWindow(day, day, "day", "given"), tense=lambda _: past):
        assert isinstance(found, FoundTime)
        assert end <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.text
        end = found.end
