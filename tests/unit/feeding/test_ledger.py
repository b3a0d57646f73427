from pathlib import Path

from streams.feeding.ledger import Ledger


def test_what_was_acknowledged_is_known_after_a_restart_but_not_on_another_cluster(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "state" / "feeder.sqlite", "one")
    ledger.add(["a", "b", "a"])
    ledger.close()
    assert "a" in Ledger(tmp_path / "state" / "feeder.sqlite", "one")
    assert "c" not in Ledger(tmp_path / "state" / "feeder.sqlite", "one")
    assert "a" not in Ledger(tmp_path / "state" / "feeder.sqlite", "two")
