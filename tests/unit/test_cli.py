import pytest
from click.testing import CliRunner

from streams.cli import COMMANDS, daybook

OF_GROUPS = ("dlq list", "dlq show", "dlq retry", "override suppress", "override merge", "override split",
             "override change", "override undo", "override list")  # fmt: skip


@pytest.mark.parametrize("name", [*COMMANDS, *OF_GROUPS])
def test_each_command_has_help_with_an_example(name: str) -> None:
    result = CliRunner().invoke(daybook, [*name.split(), "--help"])
    assert result.exit_code == 0
    assert "Example:" in result.output


def test_the_list_of_commands_names_all() -> None:
    output = CliRunner().invoke(daybook, ["--help"]).output
    assert all(f"  {name} " in output for name in COMMANDS)
