import pytest
from click.testing import CliRunner

from streams.cli import COMMANDS, daybook


@pytest.mark.parametrize("name", [*COMMANDS, "dlq list", "dlq show", "dlq retry"])
def test_each_command_has_help_with_an_example(name: str) -> None:
    result = CliRunner().invoke(daybook, [*name.split(), "--help"])
    assert result.exit_code == 0
    assert "Example:" in result.output


def test_the_list_of_commands_names_all() -> None:
    output = CliRunner().invoke(daybook, ["--help"]).output
    assert all(f"  {name} " in output for name in COMMANDS)
