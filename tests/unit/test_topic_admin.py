import pytest

from streams.settings import Settings
from streams.topic_admin import _options, least_in_sync
from streams.topics import DOCUMENTS


@pytest.mark.parametrize(("replicas", "needed"), [(1, 1), (2, 1), (3, 2), (4, 2), (5, 3)])
def test_writes_go_on_while_half_of_the_replicas_are_away_and_no_more(replicas: int, needed: int) -> None:
    assert least_in_sync(replicas) == needed


def test_a_topic_with_three_replicas_acknowledges_what_two_of_them_have() -> None:
    options = _options(DOCUMENTS, Settings(replication=3))
    assert options["replication_factor"] == 3
    assert options["configs"]["min.insync.replicas"] == "2"
