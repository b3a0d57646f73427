from pathlib import Path

import pytest
from pydantic import ValidationError

from streams.settings import Settings, load


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "daybook.toml").write_text('partitions = 4\nweb_port = 1\nbroker = "kafka:9092"\n', encoding="utf-8")
    monkeypatch.setenv("DAYBOOK_CONFIG", str(tmp_path / "daybook.toml"))
    monkeypatch.setenv("DAYBOOK_WEB_PORT", "2")
    settings = load(partitions=3, broker=None)
    assert (settings.partitions, settings.web_port, settings.broker) == (3, 2, "kafka:9092")


@pytest.mark.parametrize(
    "line", ["partitions = 0", "colour = 1", 'security_protocol = "FTP"', 'application_id = "Day Book"']
)
def test_a_wrong_setting_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    (tmp_path / "daybook.toml").write_text(line, encoding="utf-8")
    monkeypatch.setenv("DAYBOOK_CONFIG", str(tmp_path / "daybook.toml"))
    with pytest.raises(ValidationError):
        load()


def test_the_shipped_file_names_every_setting_with_its_default() -> None:
    lines = Path("config/daybook.toml").read_text(encoding="utf-8").splitlines()
    named = {line.removeprefix("# ").split(" = ")[0] for line in lines if line.startswith("# ") and " = " in line}
    assert named == set(Settings.model_fields)
