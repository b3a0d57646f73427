"""What the coder makes of more than one sentence: joining, offsets, identity, figures, attribution."""

from __future__ import annotations

from collections.abc import Callable

from streams.coding import Coder
from streams.records import Figure, Mention
from tests.unit.coding.conftest import reading_of

Told = Callable[..., tuple[Mention, ...]]

LEAD = "Russian drones hit a hospital in Odesa on Monday, killing at least nine people."
LATER = "The Russian drone strike on the hospital in Odesa killed nine people, doctors said."


def test_two_tellings_of_one_event_are_one_mention(told: Told) -> None:
    (mention,) = told(LEAD, "Rain is expected in Odesa.", LATER)
    assert len(mention.sentences) == 2
    assert mention.casualties.killed is not None
    assert (mention.casualties.killed.min, mention.casualties.killed.max) == (9, 9)


def test_different_towns_are_different_events(told: Told) -> None:
    found = told(
        "Russian drones hit a hospital in Odesa on Monday.", "Russian drones hit a school in Kharkiv on Monday."
    )
    assert [mention.place.name for mention in found if mention.place] == ["Odesa", "Kharkiv"]


def test_body_founds_and_caption_adds(told: Told) -> None:
    (mention,) = told("Russian drones hit a hospital in Odesa", LEAD, kinds=("caption", "body"))
    assert [sentence.kind for sentence in mention.sentences] == ["caption", "body"]
    (alone,) = told(LEAD)
    assert mention.id == alone.id
    assert mention.trigger.text == "hit"


def test_event_of_a_caption_alone_is_less_sure(coder: Coder) -> None:
    lenient = Coder(confidence=0.1)
    caption = lenient.code(reading_of(LEAD, kinds=("caption",))).mentions[0]
    body = coder.code(reading_of(LEAD)).mentions[0]
    assert caption.confidence < body.confidence


def test_offsets_point_into_the_raw_text(coder: Coder) -> None:
    reading = reading_of(
        "Rain fell.", "GENEVA, June 3 (Wire) - Norway condemned Iran. Chad's army shelled Goma on Monday."
    )
    document = coder.code(reading)
    assert len(document.mentions) == 2
    for mention in document.mentions:
        assert reading.text[mention.trigger.start : mention.trigger.end] == mention.trigger.text
        for party in (*mention.actors, *mention.recipients):
            assert reading.text[party.start : party.end] == party.text
        if mention.place is not None:
            assert reading.text[mention.place.start : mention.place.end] == mention.place.text


def test_ids_follow_the_words_and_not_the_spelling_of_quotes(coder: Coder) -> None:
    first = coder.code(reading_of("Chad's army shelled Goma on Monday.")).mentions[0]
    second = coder.code(reading_of("Rain fell.", "Chad’s army shelled Goma on Monday.")).mentions[0]
    other = coder.code(reading_of("Chad's army shelled Goma on Monday.", article_id="other")).mentions[0]
    assert first.id == second.id != other.id
    assert first.sentences[0].hash == other.sentences[0].hash


def test_coding_twice_gives_the_same(coder: Coder) -> None:
    assert coder.code(reading_of(LEAD, LATER)) == coder.code(reading_of(LEAD, LATER))


def test_other_languages_have_no_mentions(coder: Coder) -> None:
    assert coder.code(reading_of(LEAD, language="es")).mentions == ()


def test_full_lists_everything(coder: Coder) -> None:
    document = coder.code(reading_of("The president of Kenya slept in Nairobi on Monday."), full=True)
    assert document.mentions == ()
    assert document.places is not None
    assert "Nairobi" in [place.name for place in document.places]
    assert document.parties
    assert document.times is not None
    assert [time.value for time in document.times] == ["2024-03-18"]


def test_figures(told: Told) -> None:
    (mention,) = told("Russian drones hit a market in Odesa, killing between 10 and 20 people and wounding dozens.")
    assert mention.casualties.killed is not None
    assert (mention.casualties.killed.min, mention.casualties.killed.max) == (10, 20)
    assert mention.casualties.wounded is not None
    assert (mention.casualties.wounded.min, mention.casualties.wounded.max) == (24, 99)


def test_no_casualties_is_zero(told: Told) -> None:
    (mention,) = told("No casualties were reported after Russian drones hit a depot in Odesa.")
    assert mention.casualties.killed == Figure(0, 0)
    assert mention.casualties.wounded == Figure(0, 0)


def test_amounts_and_weapons(told: Told) -> None:
    (pledge,) = told("Norway pledged 200 million euros for rebuilding the port.")
    assert [(amount.value, amount.unit) for amount in pledge.amounts] == [(200e6, "EUR")]
    (strike,) = told("Russian forces fired two cruise missiles at Odesa.")
    assert strike.weapons == ("cruise missiles",)


def test_attribution_names_the_source(told: Told) -> None:
    (mention,) = told("Ukraine said Russian troops had shelled Nikopol.")
    assert mention.attributed_to is not None
    assert mention.attributed_to.id == "UKR.GOV"
    (own,) = told("Russian troops shelled Nikopol.")
    assert own.attributed_to is None


def test_own_voice_in_the_body_takes_the_attribution_away(told: Told) -> None:
    (mention,) = told(
        "Ukraine said Russian drones hit a hospital in Odesa on Monday.",
        "Russian drones hit the hospital in Odesa on Monday.",
    )
    assert len(mention.sentences) == 2
    assert mention.attributed_to is None


def test_dates_come_from_the_clause_or_the_publication(told: Told) -> None:
    (dated,) = told("Chad's army shelled Goma on Monday.")
    assert (str(dated.date.from_), dated.date.evidence) == ("2024-03-18", "text")
    (undated,) = told("Chad's army shelled Goma.")
    assert (str(undated.date.from_), undated.date.evidence) == ("2024-03-20", "published")


def test_heading_tells_the_place_of_a_live_entry(told: Told) -> None:
    (mention,) = told("News from Odesa", "Russian troops killed two soldiers.", kinds=("heading", "body"))
    assert mention.place is not None
    assert mention.place.name == "Odesa"
