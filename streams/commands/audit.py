"""`daybook audit`: is everything on the topics as it must be."""

from __future__ import annotations

import enum
import sys
import time
from collections.abc import Sequence

import click
import orjson
from kafka.errors import KafkaError
from rich.table import Table

from streams.auditing.audit import audit
from streams.auditing.findings import Finding
from streams.commands.common import console, say
from streams.reporting.audited_log import audited_log, now, wait_at_rest
from streams.settings import Settings, load
from streams.topic_admin import TopicsError


class Verdict(enum.IntEnum):
    """The exit code."""

    GOOD = 0
    VIOLATED = 1
    UNREADABLE = 2
    NOT_AT_REST = 3


@click.command("audit")
@click.option(
    "--limit", type=click.IntRange(0), default=5, show_default=True, help="Violations shown of each invariant."
)
@click.option("--wait", type=click.FloatRange(0), default=60.0, show_default=True, metavar="SECONDS",
              help="How long to wait until everything fed is counted.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output, for programs.")
def command(limit: int, wait: float, *, as_json: bool) -> None:
    """Read the topics and the worker's tables, and check every invariant; docs/audit.md tells what each means.

    Exit code: 0 all hold, 1 some are violated, 2 the topics cannot be read, 3 the service was not at rest.

    \b
    Example:
      daybook audit
      daybook audit --json --wait 600 > audit.json
    """
    settings = load()
    start = time.monotonic()
    try:
        findings = audit_at_rest(settings, limit, start + wait)
    except TopicsError as error:
        say(f"daybook: {error}")
        sys.exit(Verdict.UNREADABLE)
    except (KafkaError, OSError) as error:
        say(f"daybook: the broker did not do it: {error}. Is it running? (`daybook broker`, setting DAYBOOK_BROKER)")
        sys.exit(Verdict.UNREADABLE)
    if findings is None:
        say(f"daybook: not at rest within {wait:g} s: nothing can be said; let the worker catch up, or raise --wait")
        sys.exit(Verdict.NOT_AT_REST)
    verdict = Verdict.VIOLATED if any(finding.violated for finding in findings) else Verdict.GOOD
    if as_json:
        click.echo(orjson.dumps({"good": verdict is Verdict.GOOD, "invariants": [plain(one) for one in findings]}))
    else:
        show(findings)
    say(f"{sum(one.violated for one in findings)} violations, {time.monotonic() - start:.1f} s")
    sys.exit(verdict)


def audit_at_rest(settings: Settings, limit: int, deadline: float) -> tuple[Finding, ...] | None:
    """What is found while the service is at rest; None when it is not before `deadline`, of the monotonic clock.

    A service that went on during the audit shows states that are none, so it is audited again.
    """
    with audited_log(settings):
        pass  # what cannot be read need not be waited for
    while True:
        before = wait_at_rest(settings, deadline, lambda lag: say(f"waiting: {lag:,} records are not finished"))
        if before is None:
            return None
        with audited_log(settings) as log:
            findings = audit(log, limit)
        if now(settings) == before:
            return findings
        if time.monotonic() > deadline:
            return None
        say("the service went on meanwhile: reading again")


def plain(finding: Finding) -> dict[str, object]:
    """The finding as plain JSON values."""
    return {
        "name": finding.invariant.name,
        "about": finding.invariant.about,
        "checked": finding.checked,
        "violated": finding.violated,
        "violations": [{"subject": one.subject, "expected": one.expected, "there": one.there} for one in finding.first],
    }


def show(findings: Sequence[Finding]) -> None:
    """A row for each invariant, and the first violations of each below."""
    out = console()
    table = Table(header_style="bold")
    table.add_column("invariant", no_wrap=True)
    table.add_column("what must be true", overflow="fold")
    for column in ("checked", "violated"):
        table.add_column(column, justify="right", no_wrap=True)
    for finding in findings:
        name, about = finding.invariant.name, finding.invariant.about
        table.add_row(name, about, f"{finding.checked:,}", f"{finding.violated:,}")
    out.print(table)
    for finding in findings:
        for one in finding.first:
            line = f"{one.invariant}: {one.subject}\n  expected  {one.expected}\n  there     {one.there}"
            out.print(line, markup=False, highlight=False, soft_wrap=True)
        if finding.violated > len(finding.first):
            out.print(f"{finding.invariant.name}: {finding.violated - len(finding.first):,} more", highlight=False)
