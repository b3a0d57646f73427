"""What mentions carry to be told again by other articles: things, and numbers."""

from __future__ import annotations

from collections.abc import Callable

from streams.coding.details import MOST_WORDS
from streams.records import Count, Mention

Told = Callable[..., tuple[Mention, ...]]


def test_things_of_the_sentence_come_before_those_of_its_paragraph(told: Told) -> None:
    (mention,) = told("The day was calm. Rebels attacked a bus station in Kutum on Monday. The market nearby was shut.")
    assert mention.words[:2] == ("bus", "market")


def test_parties_places_days_and_common_words_are_no_things(told: Told) -> None:
    (mention,) = told("Sudanese government soldiers attacked a village near Kutum on Monday morning.")
    assert mention.words == ()


def test_a_reprint_has_the_same_words_wherever_it_stands(told: Told) -> None:
    text = "Rebels attacked a bus station in Kutum on Monday. The market nearby was shut."
    (alone,), (below,) = told(text), told("Farmers waited for the rain.", text)
    assert alone.words == below.words


def test_numbers_of_things_and_people(told: Told) -> None:
    (mention,) = told("Russian forces fired eight missiles at a school in Kharkiv on Monday, killing 12 people.")
    assert Count(8, "missile", fixed=True) in mention.counts
    assert Count(12, "people") in mention.counts


def test_ages_are_counted_in_years(told: Told) -> None:
    (mention,) = told("Police arrested a 19-year-old student in Minsk on Monday.")
    assert Count(19, "year-old", fixed=True) in mention.counts
    assert not any(count.of == "year" for count in mention.counts)


def test_days_and_vague_numbers_are_no_counts(told: Told) -> None:
    (mention,) = told("Rebels attacked dozens of lorries near Kutum three days ago.")
    assert mention.counts == ()


def test_words_are_few(told: Told) -> None:
    things = ", ".join(
        f"a {one}"
        for one in [
            "barn",
            "oven",
            "shed",
            "mill",
            "tower",
            "pump",
            "silo",
            "stove",
            "fence",
            "ladder",
            "kiln",
            "cart",
            "well",
        ]
    )
    (mention,) = told(f"Rebels attacked a convoy near Kutum on Monday. They burned {things}.")
    assert len(mention.words) == MOST_WORDS
