from pathlib import Path

from streams.feeding.ledger import Ledger
from streams.feeding.sources import Item


def item(key: str, content: str, fetched: str) -> Item:
    return Item("test", key.encode(), b"", content, fetched)


def test_what_was_acknowledged_is_known_after_a_restart_but_not_on_another_cluster(tmp_path: Path) -> None:
    file = tmp_path / "state" / "feeder.sqlite"
    ledger = Ledger(file, "one")
    ledger.add([item("a", "x", "1"), item("b", "y", "1")])
    ledger.close()
    assert Ledger(file, "one").knows(item("a", "x", "2"))
    assert not Ledger(file, "one").knows(item("c", "x", "2"))
    assert not Ledger(file, "two").knows(item("a", "x", "2"))


def test_an_article_changed_and_changed_back_is_news_each_time(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "feeder.sqlite", "one")
    ledger.add([item("a", "x", "1")])
    assert not ledger.knows(item("a", "y", "2"))
    ledger.add([item("a", "y", "2")])
    assert not ledger.knows(item("a", "x", "3"))
    assert ledger.knows(item("a", "x", "1")), "the old telling that comes again is older than what is known"
