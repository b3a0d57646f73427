"""Articles that are edited, grow, change their date, come late or are taken back, fed by hand to a running service."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from streams import codec, topics
from streams.articles import ArticleProcessor
from streams.identity import article_id, digest
from streams.records import Article, Document, Event, Mentions
from tests.broker.bench import Bench
from tests.broker.shell import Shell
from tests.broker.worlds import COUNT_TOPICS, NOW_MS, article, counts_of, counts_without_broker

pytestmark = [pytest.mark.broker, pytest.mark.timeout(300)]
WIRE = ("KHARKIV, March {day}, 2020 - Russian forces shelled the city of Kharkiv on Thursday, killing {killed} people, "
        "Ukraine's defence ministry said. The shells hit a market in the north of the city.")  # fmt: skip
PAPER = ("KYIV, March 6, 2020 - Russian troops shelled Kharkiv on Thursday. Three people were killed, officials said. "
         "{more}")  # fmt: skip
BLOG = ("Published: March 5, 2020\n\nLive: the day in Europe\n\n{newest}"
        "10:00 Moldova accused Serbia on Wednesday of sending soldiers to the border.\n")  # fmt: skip
NEWEST = "11:30 France's president met Germany's chancellor in Berlin on Wednesday.\n\n"
VISIT = "MADRID, March 5, 2020 - Spain's king met Portugal's president in Lisbon on Wednesday."
ROW = "OSLO, March 5, 2020 - Norway accused Iceland on Wednesday of overfishing."


class Desk:
    """A folder of articles, and what is to stand of them on the counts."""

    def __init__(self, shell: Shell, folder: Path) -> None:
        self.shell, self.bench, self.folder = shell, shell.bench, folder
        self._processor = ArticleProcessor(shell.bench.settings)
        self.standing: dict[str, tuple[bytes, bytes]] = {}

    def write(self, name: str, text: str) -> str:
        """Write the file; the id of the article that it has told since it was first written."""
        (self.folder / name).write_text(text, encoding="utf-8")
        first = self.standing.get(name, (article_id(Article(fetched=datetime.now(UTC), text=text)).encode(), b""))[0]
        self.standing[name] = article(first.decode(), text=text, published=None, source=None)
        return first.decode()

    def feed(self, *options: str, says: str) -> None:
        """Feed the folder, and wait until all of it has gone all the way."""
        self.run("feed", *options, str(self.folder), says=says)

    def run(self, *arguments: str, says: str, code: int = 0) -> None:
        done = self.shell.run(*arguments)
        assert says in done.stderr.decode()
        assert done.returncode == code
        self.bench.wait_idle()

    def check_counts(self) -> None:
        """The published counts are those of what stands, as the filters count it."""
        coded = [self._processor.process(key, value, NOW_MS).document for key, value in self.standing.values()]
        expected = counts_without_broker([codec.decode(Document, document) for document in coded])
        assert expected
        assert counts_of([value for topic in COUNT_TOPICS for value in self.bench.latest(topic).values()]) == expected

    def events(self, article: str) -> dict[str, Event]:
        """The events that the article tells, by id."""
        events = self.bench.events()
        return {id_: one for id_, one in events.items() if article in {report.article_id for report in one.reports}}

    def tombstones(self) -> set[str]:
        """The ids of all events that were taken back."""
        last = {(key or b"").decode(): value for key, value, _ in self.bench.read(topics.EVENTS.name)}
        return {key for key, value in last.items() if value is None}

    def mentions(self, article: str) -> set[str]:
        """What is left of the article's mentions: of the last record under each merge key."""
        told = [codec.decode(Mentions, value or b"") for _, value, _ in self.bench.read(topics.MENTIONS.name)]
        last = {record.merge_key: record for record in told if record.article_id == article}
        return {mention.id for record in last.values() for mention in record.mentions}

    def count(self, day: str, subject: str) -> dict[str, int] | None:
        """What is published of the subject on that day."""
        found = self.bench.latest(topics.ACTOR_COUNTS.name).get(f"{day}|{subject}".encode())
        return None if found is None else dict(json.loads(found))


@pytest.fixture(scope="module")
def shell(bench: Bench) -> Iterator[Shell]:
    bench.start()
    bench.wait_ready()
    yield Shell(bench)
    bench.stop()


@pytest.fixture(scope="module")
def desk(shell: Shell, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """All that the tests need at first, fed once."""
    desk = Desk(shell, tmp_path_factory.mktemp("articles"))
    desk.write("wire.txt", WIRE.format(day=5, killed="three"))
    desk.write("paper.txt", PAPER.format(more="Poland accused Belarus on Wednesday of sending soldiers to the border."))
    desk.write("blog.txt", BLOG.format(newest=""))
    desk.write("visit.txt", VISIT)
    desk.feed(says="4 published")
    desk.check_counts()
    return desk


def test_an_edit_withdraws_what_was_said_and_raises_the_revision(desk: Desk) -> None:
    before = desk.count("2020-03-05", "RUS.MIL")
    wire = article_id_of(desk, "wire.txt")
    (event,) = desk.events(wire).values()
    assert event.articles == 2
    assert before is not None
    assert before["killed"] == 3
    mentions = desk.mentions(wire)
    paper = desk.write("paper.txt", PAPER.format(more=""))
    desk.feed(says="1 published, 3 known already")
    desk.check_counts()
    (updated,) = desk.events(wire).values()
    assert (updated.id, updated.articles) == (event.id, 2)
    assert updated.revision > event.revision
    assert desk.write("wire.txt", WIRE.format(day=5, killed="five")) == wire
    desk.feed(says="1 published, 3 known already")
    desk.check_counts()
    assert desk.mentions(wire).isdisjoint(mentions)
    assert all(told.revision > updated.revision for told in desk.events(paper).values())
    after = desk.count("2020-03-05", "RUS.MIL")
    assert after is not None
    assert after["revision"] > before["revision"]


def article_id_of(desk: Desk, name: str) -> str:
    return desk.standing[name][0].decode()


def test_what_did_not_change_is_not_sent_again(desk: Desk) -> None:
    before = len(desk.bench.read(topics.ARTICLES.name))
    desk.feed(says="0 published, 4 known already")
    assert len(desk.bench.read(topics.ARTICLES.name)) == before


def test_a_live_blog_that_grows_counts_nothing_twice(desk: Desk) -> None:
    before = desk.count("2020-03-04", "MDA.GOV")
    blog = desk.write("blog.txt", BLOG.format(newest=NEWEST))
    desk.feed(says="1 published")
    desk.check_counts()
    assert {event.type for event in desk.events(blog).values()} == {"ACCUSE", "CONSULT"}
    after = desk.count("2020-03-04", "MDA.GOV")
    assert before is not None
    assert after is not None
    assert (after["events"], after["mentions"]) == (before["events"], before["mentions"]) == (1, 1)


def test_another_publication_date_moves_the_day(desk: Desk) -> None:
    wire = desk.write("wire.txt", WIRE.format(day=12, killed="five"))
    desk.feed(says="1 published")
    desk.check_counts()
    assert {event.date.from_.isoformat() for event in desk.events(wire).values() if event.date.from_} == {"2020-03-12"}
    moved = desk.count("2020-03-12", "RUS.MIL")
    assert moved is not None
    assert moved["killed"] == 5


def test_an_old_version_that_comes_late_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    wire = article_id_of(desk, "wire.txt")
    standing = desk.events(wire)
    for number, killed in enumerate(("three", "five")):
        (tmp_path / f"{number}.txt").write_text(WIRE.format(day=5, killed=killed), encoding="utf-8")
    desk.run("feed", str(tmp_path), says="0 published, 2 known already")
    late = article(wire, text=WIRE.format(day=5, killed="three"), fetched="2020-03-05T12:00:00Z")
    desk.bench.send(topics.ARTICLES.name, [late])
    desk.bench.wait_idle()
    desk.check_counts()
    assert desk.events(wire).keys() == standing.keys()


def test_a_retraction_takes_everything_back_for_good(desk: Desk) -> None:
    visit = article_id_of(desk, "visit.txt")
    events = desk.events(visit)
    assert events
    desk.run("retract", "--file", str(desk.folder / "visit.txt"), "--reason", "withdrawn", says="1 retracted")
    del desk.standing["visit.txt"]
    desk.check_counts()
    assert events.keys() <= desk.tombstones()
    assert not desk.mentions(visit)
    desk.feed(says="0 published, 4 known already")
    desk.feed("--again", says="3 published, 1 known already")
    desk.check_counts()
    last = [
        json.loads(value or b"") for key, value, _ in desk.bench.read(topics.ARTICLES.name) if key == visit.encode()
    ]
    assert (last[-1]["retracted"], last[-1]["reason"]) == (True, "withdrawn")


def test_an_edit_after_a_retraction_brings_the_article_back(desk: Desk) -> None:
    visit = desk.write("visit.txt", VISIT.replace("Wednesday", "Tuesday"))
    desk.standing["visit.txt"] = (b"", desk.standing["visit.txt"][1])
    desk.feed(says="1 published")
    desk.check_counts()
    assert visit == article_id(Article(fetched=datetime.now(UTC), text=VISIT.replace("Wednesday", "Tuesday")))
    assert desk.events(article_id(Article(fetched=datetime.now(UTC), text=VISIT)))


def test_an_article_is_retracted_by_its_id_or_address_wherever_it_was_fed(desk: Desk) -> None:
    page = digest("example.org/row")[:20]
    sent = [article(key, text=ROW, fetched=datetime.now(UTC).isoformat()) for key in ("row", page)]
    desk.bench.send(topics.ARTICLES.name, sent)
    desk.bench.wait_idle()
    assert desk.events("row")
    desk.run("retract", "row", "--url", "https://www.example.org/row?utm_source=x", says="2 retracted")
    desk.check_counts()
    assert not desk.events("row")
    desk.run("retract", "row", "nowhere", says="never fed: nowhere. Nothing was retracted", code=1)
    desk.run("retract", "--unseen", "nowhere", says="1 retracted")
    desk.run("retract", "--url", "https://example.org/", says="names no page", code=2)
    desk.run("retract", "--file", "no-such-file.txt", says="is not there", code=1)
    desk.run("retract", says="name an article", code=2)


def test_a_missing_file_takes_its_article_along_when_asked(desk: Desk) -> None:
    (desk.folder / "blog.txt").unlink()
    (desk.folder / "paper.txt").rename(desk.folder / "newspaper.txt")
    desk.feed(says="0 published, 3 known already")
    desk.check_counts()
    desk.feed("--retract-missing", says="3 known already, 1 retracted")
    del desk.standing["blog.txt"]
    desk.check_counts()
    for file in desk.folder.iterdir():
        file.unlink()
    desk.run("feed", "--retract-missing", str(desk.folder), says="is it the right folder?", code=1)
    desk.check_counts()
