import re
from pathlib import Path

from streams.engine.exits import FINAL, ExitCode, cause_of
from streams.metrics import Metrics
from streams.topics import DEAD_LETTERS, TOPICS


def test_every_topic_is_documented() -> None:
    text = Path("docs/topics.md").read_text(encoding="utf-8")
    assert [topic.name for topic in TOPICS if topic not in DEAD_LETTERS and f"`{topic.name}`" not in text] == []


def test_the_documented_metrics_are_the_metrics() -> None:
    text = Path("docs/metrics.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `(daybook_\w+)`", text, re.MULTILINE))
    exposed = {
        line.split()[2] for line in Metrics().exposition().decode().splitlines() if line.startswith("# TYPE daybook_")
    }
    assert documented == {name for name in exposed if not name.endswith("_created")}


def test_every_exit_code_has_a_cause() -> None:
    assert len({cause_of(code) for code in ExitCode}) == len(ExitCode)


def test_the_documented_exits_are_the_exits() -> None:
    text = Path("docs/operating.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \| `([\w-]+)` \|.*\| (.+) \|$", text, re.MULTILINE)
    assert {int(code): cause for code, cause, _ in rows} == {int(code): cause_of(code) for code in ExitCode}
    assert {int(code) for code, _, again in rows if again == "**no**"} == set(FINAL)


def test_alerts_and_dashboard_use_only_metrics_that_exist() -> None:
    exposed = Metrics().exposition().decode()
    names = set(re.findall(r"# TYPE (daybook_\w+)", exposed))
    for file in ("config/prometheus/alerts.yml", "config/grafana/dashboards/daybook.json"):
        used = set(re.findall(r"daybook_\w+", Path(file).read_text(encoding="utf-8")))
        bare = {re.sub(r"_(bucket|count|sum)$", "", name) if name not in names else name for name in used}
        assert bare <= names, file
