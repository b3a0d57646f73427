"""The `daybook` command. Each subcommand is a module of `streams/commands/`, imported only when it is called."""

from __future__ import annotations

import importlib
import logging
import os
import sys

import click
from kafka.errors import KafkaError
from pydantic import ValidationError

from streams.broker_jars import BrokerError
from streams.extending.rows import LexiconError
from streams.generations import ReplayError
from streams.settings import SettingsError
from streams.topic_admin import TopicsError

COMMANDS = {
    "run": "streams.commands.run",
    "broker": "streams.commands.broker",
    "topics": "streams.commands.topics",
    "feed": "streams.commands.feed",
    "retract": "streams.commands.retract",
    "worker": "streams.commands.worker",
    "counts": "streams.commands.counts",
    "why": "streams.commands.why",
    "override": "streams.commands.override",
    "audit": "streams.commands.audit",
    "replay": "streams.commands.replay",
    "dlq": "streams.commands.dlq",
    "lexicon": "streams.commands.lexicon",
    "code": "streams.commands.code",
    "merge": "streams.commands.merge",
    "count": "streams.commands.count",
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called, so that help and pipes start at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the flow."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        del ctx
        module = COMMANDS.get(cmd_name)
        command = importlib.import_module(module).command if module else None
        return command if isinstance(command, click.Command) else None


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="daybook")
def daybook() -> None:
    """Raw news articles in, exact per-day counts of actors and locations out.

    Settings come from config/daybook.toml (or the file that DAYBOOK_CONFIG names), then from DAYBOOK_* variables.

    \b
    The whole job on this machine:   daybook run
    Without Kafka:                   daybook code seeds/articles/*.txt | daybook merge | daybook count
    """


def main() -> None:
    """Run the command; turn what went wrong into one line that says what to do, and an exit code."""
    logging.getLogger("kafka").setLevel(logging.CRITICAL)  # what it has to say comes to us as an exception
    try:
        daybook(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(
            os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno()
        )  # the reader of our output went away: not a fault
        sys.exit(141)
    except (SettingsError, LexiconError) as error:
        _fail(str(error), 2)
    except ValidationError as error:
        _fail("; ".join(_setting_fault(fault["loc"], fault["msg"]) for fault in error.errors(include_url=False)), 2)
    except KafkaError as error:
        _fail(f"the broker did not do it: {error}. Is it running? (`daybook broker`, setting DAYBOOK_BROKER)", 1)

    except (BrokerError, ReplayError, TopicsError, LookupError, OSError) as error:
        _fail(str(error), 1)


def _setting_fault(place: tuple[int | str, ...], message: str) -> str:
    name = ".".join(map(str, place))
    if message.startswith("Extra inputs"):
        return f"unknown setting {name}; config/daybook.toml lists them all"
    return f"setting {name} (DAYBOOK_{name.upper()}): {message}"


def _fail(message: str, code: int) -> None:
    click.echo(f"daybook: {message}", err=True)
    sys.exit(code)


if __name__ == "__main__":
    main()
