"""`daybook override`: editors' decisions about events."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

import click
import orjson
from rich.markup import escape
from rich.table import Table

from streams import codec
from streams.commands.common import console, say
from streams.commands.why import there
from streams.editing.decisions import EditedBy, EditError, change, later_than, merge, split, suppress, undo
from streams.editing.standing import Standing, standings
from streams.editing.values import value_from
from streams.explaining.present import PresentEvent, find
from streams.explaining.wording import decision_line, event_line
from streams.merging.overrides import CHANGEABLE
from streams.records import Override
from streams.reporting.merge_table import told_around, told_under
from streams.reporting.overrides import decisions, publish
from streams.settings import Settings, load

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def signed(function: Decorated) -> Decorated:
    """Adds the options that tell who decides and why."""
    why = click.option("--reason", required=True, help="Why, for those who come after you.")
    who = click.option("--editor", required=True, envvar="DAYBOOK_EDITOR", help="Who decides (or DAYBOOK_EDITOR).")
    return who(why(function))


@click.group("override")
def command() -> None:
    """Decide about events in place of the machine: suppress, merge, split, change; list what was decided; undo.

    Decisions are published to news.overrides.v1, survive corrections and replays, and are in force as soon as a worker
    has read them; docs/overrides.md tells what follows.

    \b
    Example:
      daybook override suppress 3fd0c6b2a1e94c7d8f05 --editor anna --reason "a drill"
      daybook override list
      daybook override undo 8c41d09b7a52 --editor anna --reason "it was none"
    """


@command.command("suppress")
@click.argument("event_id")
@signed
def suppress_event(event_id: str, editor: str, reason: str) -> None:
    """The event is neither published nor counted.

    \b
    Example:
      daybook override suppress 3fd0c6b2a1e94c7d8f05 --editor anna --reason "a drill"
    """
    settings = load()
    (event,) = events_of(settings, [event_id])
    decide(settings, lambda: suppress(event, by_hand_of(editor, reason)))


@command.command("merge")
@click.argument("event_ids", nargs=-1, required=True)
@signed
def merge_events(event_ids: tuple[str, ...], editor: str, reason: str) -> None:
    """The events are one. They must be under one merge key: others never meet in one worker.

    \b
    Example:
      daybook override merge 3fd0c6b2a1e94c7d8f05 77ab01c2d3e4f5061728 --editor anna --reason "one strike, two towns"
    """
    settings = load()
    events = events_of(settings, event_ids)
    decide(settings, lambda: merge(events, by_hand_of(editor, reason)))


@command.command("split")
@click.argument("event_id")
@click.option("--apart", "names", multiple=True, required=True, metavar="ARTICLE_OR_MENTION",
              help="An article or mention that tells another event; may be given several times.")  # fmt: skip
@signed
def split_event(event_id: str, names: tuple[str, ...], editor: str, reason: str) -> None:
    """Some of its mentions tell another event: those named make an event of their own, the others stay.

    \b
    Example:
      daybook override split 3fd0c6b2a1e94c7d8f05 --apart article-17 --apart article-30 \\
        --editor anna --reason "the second strike"
    """
    settings = load()
    (event,) = events_of(settings, [event_id])
    decide(settings, lambda: split(event, names, by_hand_of(editor, reason)))


@command.command("change")
@click.argument("event_id")
@click.argument("field", type=click.Choice(CHANGEABLE))
@click.argument("value")
@signed
def change_event(event_id: str, field: str, value: str, editor: str, reason: str) -> None:
    """A field of the event has another value: JSON as on the event, or text.

    For actors and recipients ids parted by commas will do, for the date one day.

    \b
    Example:
      daybook override change 3fd0c6b2a1e94c7d8f05 actors UKR.MIL --editor anna --reason "who fired is told later"
      daybook override change 3fd0c6b2a1e94c7d8f05 date 2026-03-04 --editor anna --reason "the night before"
      daybook override change 3fd0c6b2a1e94c7d8f05 place null --editor anna --reason "the ministry, not the town"
    """
    settings = load()
    (event,) = events_of(settings, [event_id])
    decide(settings, lambda: change(event, field, value_from(field, value), by_hand_of(editor, reason)))


@command.command("undo")
@click.argument("override_id")
@signed
def undo_decision(override_id: str, editor: str, reason: str) -> None:
    """Take a decision back: events are again what the machine, and the other decisions, make of them.

    \b
    Example:
      daybook override undo 8c41d09b7a52 --editor anna --reason "it was none"
    """
    settings = load()
    known = [one for one in decisions(settings) if one.id == override_id]
    if not known:
        raise click.ClickException(f"no decision {override_id}; `daybook override list` shows their ids")
    for decision in known:
        decide(settings, lambda decision=decision: undo(decision, by_hand_of(editor, reason)))  # type: ignore[misc]


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a decision, for programs.")
def list_decisions(*, as_json: bool) -> None:
    """List all decisions, those taken back too, with the events that they are about now.

    \b
    Example:
      daybook override list
      daybook override list --json | grep '"waiting"'
    """
    settings = load()
    made = decisions(settings)
    found = standings(made, told_under(settings, {one.merge_key for one in made}))
    if as_json:
        for one in found:
            events = [event.id for event in one.about]
            about = {"decision": codec.plain(one.decision), "state": one.state, "events": events, "gone": one.gone}
            click.echo(orjson.dumps(about))
        return
    console().print(table(found) if found else "no decisions")


def table(found: Sequence[Standing]) -> Table:
    """A row for each decision."""
    shown = Table(header_style="bold")
    for column in ("state", "decision", "about now"):
        shown.add_column(column, overflow="fold", no_wrap=column == "state")
    for one in found:
        events = [f"{event.id}  {event_line(event.event())}" for event in one.about]
        gone = [f"{one.gone} of its mentions are told no more"] if one.gone else []
        about = "\n".join([*(events or ["nothing"]), *gone])
        shown.add_row(one.state, escape(decision_line(one.decision)), escape(about))
    return shown


def by_hand_of(editor: str, reason: str) -> EditedBy:
    """Who decides now."""
    return EditedBy(editor, reason, datetime.now(UTC))


def events_of(settings: Settings, event_ids: Sequence[str]) -> list[PresentEvent]:
    """The events of these ids; ends the program, saying what has become of one that is none now."""
    found = []
    for event_id in event_ids:
        state, published = told_around(settings, event_id)
        found.append(there(find(state, event_id, published), event_id))
    return found


def decide(settings: Settings, make: Callable[[], Override]) -> None:
    """Make the decision and publish it. Raises click's `ClickException` for one that cannot be made."""
    try:
        decision = make()
    except EditError as error:
        raise click.ClickException(str(error)) from error
    decision = later_than(decision, decisions(settings))
    publish(settings, [decision])
    click.echo(decision.id)
    say(f"{'taken back' if decision.withdrawn else 'decided'}: {decision_line(decision)}; a worker takes it from here")
