from streams.generations import Generation
from streams.records import Generations
from streams.replaying.cleaning import former, leftovers
from streams.topic_admin import topics_of
from streams.topics import TOPICS

ALL = {
    topic.name
    for number in (1, 2, 3)
    for building in (False, True)
    for topic in topics_of(Generation("daybook", number, building))
}


def needed(*generations: Generation) -> set[str]:
    return {topic.name for one in generations for topic in topics_of(one)}


def test_a_service_that_was_never_replayed_has_nothing_to_clean() -> None:
    assert leftovers("daybook", Generations()) == set()


def test_all_that_neither_the_serving_nor_the_built_generation_uses_goes() -> None:
    told = Generations(serving=2, building=3)
    assert ALL - leftovers("daybook", told) == needed(Generation("daybook", 2), Generation("daybook", 3, True))
    assert [one.application_id for one in former("daybook", told)] == ["daybook"]


def test_replays_that_were_given_up_leave_nothing() -> None:
    told = Generations(serving=1, building=3)
    assert ALL - leftovers("daybook", told) == needed(Generation("daybook"), Generation("daybook", 3, True))


def test_public_and_shared_topics_are_never_among_them() -> None:
    kept = {topic.name for topic in TOPICS if topic.scope != "internal"}
    assert not kept & leftovers("daybook", Generations(serving=3))
