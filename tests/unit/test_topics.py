from streams.topic_admin import internal_topics
from streams.topics import DEAD_LETTERS, INPUTS, TOPICS


def test_inputs_are_not_compacted_so_that_a_gap_can_be_seen() -> None:
    assert all(topic.cleanup == "delete" for topic in INPUTS)


def test_each_input_has_its_dead_letters_for_ever() -> None:
    assert [topic.name for topic in DEAD_LETTERS] == [f"{topic.name}.dlq" for topic in INPUTS]
    assert all(topic.retention_ms == -1 for topic in DEAD_LETTERS)


def test_names_are_unique() -> None:
    names = [topic.name for topic in (*TOPICS, *internal_topics("daybook"))]
    assert len(names) == len(set(names))
