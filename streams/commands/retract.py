"""`daybook retract`: take back everything that articles said."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from streams.commands.common import not_empty, say
from streams.commands.feed import opened_publisher
from streams.feeding.deciding import Told, clock_at
from streams.feeding.feeder import retraction_of
from streams.feeding.ledger import Note
from streams.feeding.memory import Memory
from streams.feeding.publisher import Publisher
from streams.feeding.retracting import article_at_url, articles_in_file, newest_on_topic
from streams.settings import Settings, load
from streams.topic_admin import ensure_topics
from streams.topics import ARTICLES

REASON_CHARACTERS = 2_000


@click.command("retract")
@click.argument("article_ids", nargs=-1, metavar="[ARTICLE_ID...]")
@click.option("--url", "urls", multiple=True, help="The article at this address, if it was fed without an id.")
@click.option("--file", "files", multiple=True, help="The article of a file, or all of a JSON Lines file.")
@click.option("--reason", help="Why, for those who read the articles' topic.")
@click.option("--unseen", is_flag=True, help="Also articles that were never fed, as far as can be told.")
def command(
    article_ids: tuple[str, ...], urls: tuple[str, ...], files: tuple[str, ...], reason: str | None, *, unseen: bool
) -> None:
    """Take back everything that articles said: their mentions, and what events and counts have from them.

    An article that was not fed from here is looked for on the topic, which takes a while on a large one. Only what is
    fetched later brings it back: an edited file, or a record with a later `fetched`.

    \b
    Example:
      daybook retract 5b2c0f3f6f1f4a0c9d1e --reason "the source withdrew it"
      daybook retract --url https://example.org/world/strike
      daybook retract --file articles/strike.txt
    """
    not_empty((*article_ids, *urls, *files))
    if not (article_ids or urls or files):
        raise click.UsageError("name an article by its id, --url or --file")
    if len(reason or "") > REASON_CHARACTERS:
        raise click.BadParameter(f"at most {REASON_CHARACTERS:,} characters", param_hint="--reason")
    pages = [page_of(url) for url in urls]
    settings = load()
    ensure_topics(settings)
    with opened_publisher(settings) as publisher:
        memory = publisher.memory
        in_files = [key for name in files for key in articles_in_file(Path(name), memory)]
        keys = list(dict.fromkeys((*article_ids, *pages, *in_files)))
        told = known_articles(settings, memory, keys, unseen=unseen)
        number = retract(settings, publisher, told, reason)
    say(f"{number} retracted")


def page_of(url: str) -> str:
    """The id of the article at this address. Raises click's `BadParameter` for an address that names no page."""
    key = article_at_url(url)
    if key is None:
        raise click.BadParameter(f"{url} names no page", param_hint="--url")
    return key


def known_articles(settings: Settings, memory: Memory, keys: list[str], *, unseen: bool) -> dict[str, Told | None]:
    """What was told last of each article: by the ledger, else by the topic.

    Raises `ClickException` that names the articles that were never fed, unless `unseen` allows them.
    """
    told = {key: memory.article(key) for key in keys}
    if elsewhere := [key for key in keys if told[key] is None]:
        say(f"not fed from here, looking on {ARTICLES.name}: {', '.join(elsewhere)}")
        told |= newest_on_topic(settings, elsewhere)
    never = ", ".join(key for key in keys if told[key] is None)
    if never and not unseen:
        raise click.ClickException(f"never fed: {never}. Nothing was retracted (--unseen retracts it all the same)")
    if never:
        say(f"never fed: {never}")
    return told


def retract(settings: Settings, publisher: Publisher, told: dict[str, Told | None], reason: str | None) -> int:
    """Publish the retractions, each as a version after all before; the number that were acknowledged."""
    clock = clock_at(datetime.now(UTC), settings.max_future_hours)
    for key, last in told.items():
        item, after = retraction_of(key, last, clock, reason)
        publisher.send(item, Note(key, after))
        say(key)
    publisher.finish()
    return len(told)
