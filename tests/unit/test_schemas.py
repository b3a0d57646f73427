from pathlib import Path

import pytest

from streams.schemas import generated


@pytest.mark.parametrize("name", sorted(generated()))
def test_what_is_committed_is_what_the_code_says(name: str) -> None:
    assert (Path("config") / name).read_bytes() == generated()[name], "run `make schemas`"
