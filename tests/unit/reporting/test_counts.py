from streams.records import DayCount
from streams.reporting.counts import Selection, as_csv, ordered, top, without_echoes


def count(day: str, subject: str, events: int, level: str = "country") -> DayCount:
    return DayCount(day, "actor", subject, level, subject, subject[:3], events, events, 0, events, 0, 0)


COUNTS = ordered([
    count("2024-05-17", "SDN", 3), count("2024-05-17", "SDN.MIL", 1, "sector"), count("2024-05-17", "PER", 4),
    count("2024-05-17", "PER.GOV", 4, "sector"), count("2024-05-18", "SDN", 1), count("undated", "SDN", 9),
])  # fmt: skip


def test_the_most_events_come_first_within_a_day() -> None:
    assert [(c.day, c.subject) for c in top(COUNTS, 1)] == [
        ("2024-05-17", "PER"), ("2024-05-18", "SDN"), ("undated", "SDN"),
    ]  # fmt: skip


def test_a_country_that_is_all_one_actor_is_shown_once() -> None:
    subjects = [c.subject for c in without_echoes(COUNTS) if c.day == "2024-05-17"]
    assert subjects == ["PER.GOV", "SDN", "SDN.MIL"]


def test_a_selection_narrows_by_day_level_and_path() -> None:
    assert [c.subject for c in COUNTS if Selection(day="2024-05", level="sector").wants(c)] == ["PER.GOV", "SDN.MIL"]
    assert {c.day for c in COUNTS if Selection(subject="SDN").wants(c)} == {"2024-05-17", "2024-05-18", "undated"}


def test_csv_has_a_header_and_a_line_for_each_count() -> None:
    lines = as_csv(COUNTS).splitlines()
    assert lines[0].startswith("day,kind,subject,level,name,country,events")
    assert len(lines) == len(COUNTS) + 1
