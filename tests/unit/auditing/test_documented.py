from pathlib import Path

from streams.auditing.findings import INVARIANTS
from streams.commands.audit import Verdict


def test_every_invariant_and_exit_code_is_documented() -> None:
    text = Path("docs/audit.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert [one.name for one in INVARIANTS if not any(row.startswith(f"| `{one.name}` |") for row in rows)] == []
    assert [one.name for one in INVARIANTS if text.count(f"`{one.name}`") < 2] == []
    assert [code for code in Verdict if not any(row.startswith(f"| {code.value} |") for row in rows)] == []
