from pathlib import Path

import pytest

from streams import topics
from streams.generations import Generation, Plan, Step, plan
from streams.records import Generations
from streams.topic_admin import topics_of

FIRST = Generation("daybook")
BUILT = Generation("daybook", 2, is_building=True)
SERVING = Generation("daybook", 2)


def test_the_first_generation_has_the_names_of_the_table() -> None:
    assert FIRST.application_id == "daybook"
    assert FIRST.topics == topics.TOPICS
    assert FIRST.state_folder(Path("state")) == Path("state")


def test_a_later_one_has_a_group_state_and_internal_topics_of_its_own() -> None:
    assert SERVING.application_id == "daybook-g2"
    assert [topic.name for topic in SERVING.inputs] == [
        topic.name if topic.scope == "shared" else f"{topic.name}.g2" for topic in topics.INPUTS
    ]
    assert SERVING.state_folder(Path("state")) == Path("state/generation-2")


def test_outputs_are_its_own_while_it_is_built_and_public_when_it_serves() -> None:
    for topic in topics.TOPICS:
        if topic.scope == "output":
            assert BUILT.name_of(topic.name) == f"{topic.name}.g2"
            assert SERVING.name_of(topic.name) == topic.name


def test_one_that_is_built_shares_only_what_all_read() -> None:
    shared = {topic.name for topic in topics_of(BUILT)} & {topic.name for topic in topics_of(FIRST)}
    assert shared == {topic.name for topic in topics.TOPICS if topic.scope == "shared"}
    assert topics.ARTICLES.name in shared


def test_revisions_of_a_generation_are_above_all_before_it() -> None:
    assert FIRST.revision(41) == 41
    assert SERVING.revision(0) > FIRST.revision(10**11)
    assert BUILT.revision(7) == SERVING.revision(7)


@pytest.mark.parametrize(
    ("told", "working"),
    [
        (Generations(), {FIRST}),
        (Generations(building=2), {FIRST, BUILT}),
        (Generations(building=2, switch="stopping"), {BUILT}),
        (Generations(building=2, switch="publishing"), set()),
        (Generations(serving=2), {SERVING}),
    ],
)
def test_only_one_generation_at_a_time_may_publish_to_the_public_topics(
    told: Generations, working: set[Generation]
) -> None:
    assert {one for one in (FIRST, BUILT, SERVING) if one.may_work(told)} == working


@pytest.mark.parametrize(
    ("told", "planned"),
    [
        (Generations(), Plan(Step.BEGIN, 2)),
        (Generations(serving=4), Plan(Step.BEGIN, 5)),
        (Generations(building=2, code="now"), Plan(Step.RESUME, 2)),
        (Generations(building=2, code="now", switch="stopping"), Plan(Step.RESUME, 2)),
        (Generations(building=2, code="old"), Plan(Step.BEGIN, 3)),
        (Generations(building=2, code="old", switch="stopping"), Plan(Step.BEGIN, 3)),
        (Generations(building=2, code="now", switch="publishing"), Plan(Step.PUBLISH, 2)),
        (Generations(building=2, code="old", switch="publishing"), Plan(Step.PUBLISH, 2)),
    ],
)
def test_a_replay_goes_on_from_what_was_told_last(told: Generations, planned: Plan) -> None:
    assert plan(told, "now", anew=False) == planned


def test_what_is_half_built_can_be_given_up_until_its_outputs_are_published() -> None:
    assert plan(Generations(building=2, code="now"), "now", anew=True) == Plan(Step.BEGIN, 3)
    published = Generations(building=2, code="now", switch="publishing")
    assert plan(published, "now", anew=True) == Plan(Step.PUBLISH, 2)
