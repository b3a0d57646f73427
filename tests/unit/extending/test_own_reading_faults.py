"""Wrong rows in a user's files for what articles are read by: each is told with its file and line, all at once."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from streams.coding.lexicon_check import check_folder

WRONG = (
    ("boilerplate/promo.txt", "related stories", "expected a mode, a colon and a phrase"),
    ("boilerplate/promo.txt", "contains: related", "'contains' is no mode"),
    ("boilerplate/promo.txt", "has: ***", "the phrase has no letter"),
    ("boilerplate/promo.txt", "!is: qarnax", "it removes nothing"),
    ("boilerplate/words/channels.txt", "Threadster", "the words of this list are in small letters"),
    ("boilerplate/words/channels.txt", "thread ster", "the entries of this list are single words"),
    ("boilerplate/words/channels.txt", "!qarnax", "it removes nothing"),
    ("pages/containers.tsv", "sidebar  box", "no 'sidebar'; there are advertisement, author"),
    ("pages/containers.tsv", "related", "1 columns, expected 2"),
    ("pages/containers.tsv", "related  a b c d e", "'a b c d e' is not one to 4 words"),
    ("pages/dates.tsv", "published  2024", "'2024' is not one to 4 words"),
    ("dates/words.tsv", "month  Germinal  13", "'13' is not the number of a month, 1 to 12"),
    ("dates/words.tsv", "feast  Germinal  13", "no 'feast'; there are counted"),
    ("dates/words.tsv", "holiday  Heroes' Day  02-30", "'02-30' is not a month and day"),
    ("dates/words.tsv", "moving  Heroes' Day  easter", "'easter' is not a rule"),
    ("dates/words.tsv", "unit  jiffy  TJ", "'TJ' is not one of"),
    ("dates/words.tsv", "set  nightly  often", "'often' is not a TIMEX3 period"),
    ("dates/words.tsv", "!unit  week", "expressions name words of the kind 'unit'"),
    ("dates/anchors.tsv", "flood  2023-09-05  -  Qarnaxis", "no 'flood'; there are attack"),
    ("dates/anchors.tsv", "disaster  2023-09-31  -  Qarnaxis", "'2023-09-31' is no date"),
    ("dates/anchors.tsv", "disaster  2023-09-05  2022-09-05  Qarnaxis", "it ends (2022-09-05) before"),
    ("dates/anchors.tsv", "disaster  2023-09-05  -  Qarnaxis (flood", "the pattern is wrong: missing )"),
    ("dates/anchors.tsv", "disaster  2023-09-05  -  (flood|rain)", "the wording '(flood|rain)' has"),
    ("dates/expressions.tsv", "tomorrow  x", "no reader 'tomorrow'; there are after"),
    ("dates/expressions.tsv", "weekday  on (?P<weekday><WEKDAY>)", "no part is called <WEKDAY>"),
    ("dates/expressions.tsv", "weekday  on (<WEEKDAY>)", "its pattern lacks the group"),
    ("dates/expressions.tsv", "overnight  by (?P<night>night)", "'overnight' reads no group night"),
    ("dates/expressions.tsv", "part:IN  (on", "the pattern is wrong"),
    ("dates/expressions.tsv", "part:YEAR  (?P<year>\\d)", "'part:YEAR' reads no group year"),
    ("dates/expressions.tsv", "part:COMMAYEAR  <YEAR>", "its pattern lacks the group year"),
    ("dates/expressions.tsv", "part:IN  (?:on|<IN>)", "the pattern holds itself"),
    ("dates/expressions.tsv", "!part:IN", "'part:IN' can be replaced, not removed"),
    ("dates/event_nouns.tsv", "flood  mud", "no 'flood'; there are -, attack"),
    ("dates/chrome.tsv", "top  built by", "no 'top'; there are line, rest"),
    ("grammar/words.tsv", "status.tries  endeavour", "no 'status.tries'; there are agent.channels"),
    ("grammar/words.tsv", "status.attempts  !endeavour", "it removes endeavour, which status.attempts does not have"),
    ("names/words.tsv", "titles  mwalimu", "no 'titles'; there are "),
    ("names/words.tsv", "title  !mwalimu", "it removes mwalimu, which title does not have"),
    ("names/given.txt", "oluwaseun !qarnax", "it removes nothing"),
    ("parsing/abbreviations.txt", "!qarnax", "it removes nothing"),
    ("actors/words.tsv", "tell  nudge", "no 'tell'; there are airborne"),
)


def test_each_wrong_row_is_told_with_file_and_line(tmp_path: Path) -> None:
    lines: dict[str, list[str]] = defaultdict(lambda: ["# mine"])
    expected: set[str] = set()
    for name, row, told in WRONG:
        lines[name].append(row.replace("  ", "\t"))
        expected.add(f"{tmp_path / name} line {len(lines[name])}: {told}")
    for name, text in lines.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("\n".join(text), encoding="utf-8")
    faults = check_folder(tmp_path).faults
    assert {one for one in expected if not any(fault.startswith(one) for fault in faults)} == set()
    assert len(faults) == len(WRONG)
