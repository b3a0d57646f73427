"""`daybook lexicon`: lexicon files of your own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.table import Table

from streams.commands.common import console, say
from streams.settings import Settings, load

if TYPE_CHECKING:
    from streams.coding.lexicon_check import Checked


@click.group("lexicon")
def command() -> None:
    """Try the lexicon files that you wrote, before workers read them.

    \b
    Example:
      daybook lexicon check
      daybook lexicon check my-lexicon
    """


@command.command("check")
@click.argument("folder", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False))
def check(folder: Path | None) -> None:
    """Read the files of FOLDER (else setting lexicon_folder) as a worker does, and try their examples.

    Each wrong row is named with its file and line; then the rows that can be read are counted, and each sentence of
    examples.tsv must be coded as it says, its near miss not. The exit code is 1 if anything is wrong. Workers read the
    files when they start: start them again after a change.

    \b
    Example:
      daybook lexicon check my-lexicon
    """
    from streams.coding.lexicon_check import check_folder  # noqa: PLC0415  (loads spaCy: slow)

    settings = load(lexicon_folder=folder)
    checked = check_folder(settings.lexicon_folder)
    for fault in checked.faults:
        say(fault)
    console().print(counted(checked) if checked.counts else f"{settings.lexicon_folder} has no lexicon files")
    wrong = len(checked.faults) or try_examples(checked, settings)
    if wrong:
        raise click.ClickException(f"{wrong} wrong in {settings.lexicon_folder}")


def counted(checked: Checked) -> Table:
    """How many rows of each table add or replace, stand beside ours, and remove."""
    table = Table(header_style="bold")
    for name in ("lexicon", "add or replace", "beside ours", "remove"):
        table.add_column(name)
    for name, counts in sorted(checked.counts.items()):
        table.add_row(name, *(str(counts[act] or "") for act in ("add", "beside", "remove")))
    return table


def try_examples(checked: Checked, settings: Settings) -> int:
    """Code the user's examples, name the coder that does, and count what is wrong."""
    from streams.coding import Coder  # noqa: PLC0415  (loads spaCy: slow)
    from streams.coding.lexicon_check import failed_examples, own_examples  # noqa: PLC0415

    coder = Coder(pipeline=settings.pipeline, confidence=settings.confidence, additions=checked.additions)
    examples = own_examples(checked.additions)
    failed = 0
    for fault in failed_examples(coder, examples):
        failed += 1
        say(fault)
    say(f"coder {coder.version}; {len(examples)} examples, {failed} wrong")
    return failed
