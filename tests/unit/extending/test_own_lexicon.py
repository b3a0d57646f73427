"""A folder of a user's: read, checked with errors that name the row, and coded with."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from streams.articles import ArticleProcessor
from streams.cli import daybook
from streams.coding import Coder
from streams.coding.lexicon import load_lexicon
from streams.coding.lexicon_check import check_folder, failed_examples, own_examples
from streams.extending.additions import DEFAULT_FOLDER, NOTHING, read_additions
from streams.extending.rows import LexiconError
from streams.extending.tables import FIELDS, TABLES
from streams.extending.version import lexicon_version
from streams.resolving.actors import load_actors
from streams.resolving.gazetteer import load_gazetteer
from streams.settings import load
from tests.unit.extending.conftest import Write

FRAME = "{}\t-\tparty\tparty\t-\tsubj\tobj\tASSAULT\t-\tMIL"


@pytest.mark.parametrize(
    ("name", "row", "told"),
    [
        ("predicates/verbs.tsv", "zorch", "line 1: 1 columns, expected 10, with a tab between them"),
        ("predicates/verbs.tsv", FRAME.format("a").replace("ASSAULT", "FIGHT"), "line 1: unknown type FIGHT"),
        ("predicates/verbs.tsv", FRAME.format("a").replace("party", "perty"), "line 1: no kind 'perty'"),
        ("predicates/verbs.tsv", FRAME.format("a").replace("party", "@perty"), "line 1: no class @perty"),
        ("predicates/verbs.tsv", FRAME.format("a") + " mutaul", "line 1: no flag mutaul"),
        ("predicates/order/verbs.tsv", "# mine\n\n!zzzq", "line 3: it removes nothing"),
        ("predicates/classes.tsv", "facility  !gazebo", "line 1: it removes gazebo, which facility does not have"),
        ("predicates/harm.tsv", "killed.verbs  unalive", "line 1: unknown 'killed.verbs'"),
        ("predicates/modes.tsv", "ASSAULT  dance  waltz", "line 1: ASSAULT has no mode dance"),
        ("predicates/numbers.tsv", "umpteen  many  20", "line 1: the range of umpteen is not two whole numbers"),
        ("actors/organisations.tsv", "SDX.REB.falcons  Falcons", "line 1: 'SDX' is no country"),
        ("actors/persons.tsv", "Ann Other    f    SDN.GOV  minister", "line 1:"),
        ("actors/roles.tsv", "falconer    REB  persn", "line 1: 'persn' in column 'flags'"),
        ("actors/roles.tsv", "a  b  c  d  e  f  g", "line 1: 7 columns, expected 6"),
        ("places/towns.tsv", "Qarnaxis  SDX  55  1  2  city", "line 1: 'SDX' is no country"),
        ("places/towns.tsv", "Qarnaxis  SDN  55  91  2  city", "line 1: '91' is no number of degrees"),
        ("places/regions.tsv", "Qarnax  SDN  55  1  2  hamlet", "line 1: 'hamlet' is not one of 'point'"),
        ("places/towns.tsv", "!Qarnaxis", "line 1: it removes nothing"),
        ("places/alternates.tsv", "Qarnax  Qarnaxis  SDN", "line 1: SDN has no place 'Qarnaxis'"),
        ("places/stoplist.tsv", "qarnax  never", "line 1: 'never' is not one of"),
        ("places/cues.tsv", "beyond  under", "line 1: no 'beyond'"),
    ],
)
def test_a_wrong_row_is_told_with_file_and_line(write: Write, name: str, row: str, told: str) -> None:
    folder = write(name, row)
    faults = check_folder(folder).faults
    assert len(faults) == 1, faults
    assert faults[0].startswith(f"{folder / name} {told}")


def test_every_wrong_row_is_told_at_once(write: Write) -> None:
    write("predicates/verbs.tsv", "zorch\n!zzzq\n" + FRAME.format("bezap"))
    checked = check_folder(write("places/towns.tsv", "Qarnaxis  SDX  55  1  2  city"))
    assert len(checked.faults) == 3
    assert checked.counts["predicates/verbs"]["add"] == 1


def test_a_file_that_no_lexicon_is_called_like_is_wrong(write: Write) -> None:
    with pytest.raises(LexiconError, match=r"verb\.tsv: no lexicon that you can extend"):
        read_additions(write("predicates/verb.tsv", "zorch"))


def test_only_the_default_folder_may_be_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert read_additions(DEFAULT_FOLDER) == NOTHING
    with pytest.raises(LexiconError, match="is no folder"):
        read_additions(tmp_path / "lexicons")


def test_words_join_ours_and_are_taken_out(write: Write) -> None:
    write("predicates/modes.tsv", "ASSAULT  drone  quadrotor")
    lexicon = load_lexicon(read_additions(write("predicates/classes.tsv", "facility  gazebo !school\nmine  one two")))
    assert {"gazebo", "hospital"} <= lexicon.classes["facility"]
    assert "school" not in lexicon.classes["facility"]
    assert lexicon.classes["mine"] == {"one", "two"}
    ours = load_lexicon().modes["ASSAULT"]
    assert [mode for mode, _ in lexicon.modes["ASSAULT"]] == [mode for mode, _ in ours]
    assert "quadrotor" in next(words for mode, words in lexicon.modes["ASSAULT"] if mode == "drone")


def test_actors_are_added_renamed_and_removed(write: Write) -> None:
    write("actors/organisations.tsv", "SDN.REB.falcons  Blue Falcons  BFB\n+IGO.nato  NATO  the Brussels club\n!IGO.un")
    actors = load_actors(read_additions(write("actors/persons.tsv", "Ann Other    f    SDN.GOV  minister  2020")))
    assert [entry.key for entry in actors.names.get("the Brussels club")] == ["IGO.nato"]
    assert {entry.key for entry in actors.names.get("NATO")} == {"IGO.nato"}
    assert "IGO.un" not in actors.organisations
    assert actors.organisations["SDN.REB.falcons"].name == "Blue Falcons"
    assert "ann-other" in actors.persons


def test_towns_replace_and_remove_what_the_gazetteer_has(write: Write) -> None:
    folder = write("places/towns.tsv", "El Fasher  SDN  55  13.6  25.3  city\n!Kutum  SDN\n!Omdurman")
    places = load_gazetteer(additions=read_additions(folder))
    assert [entry.id for entry in places.lookup("Al-Fashir")] == ["SDN.55.el-fasher"]
    assert not [entry for entry in places.lookup("Kutum") if entry.country == "SDN"]
    assert not [entry for entry in places.lookup("Omdurman") if entry.kind == "city"]


def test_the_version_is_of_what_is_in_all_lexicons(write: Write) -> None:
    version = lexicon_version(read_additions(write("places/stoplist.tsv", "qarnax  word")))
    assert lexicon_version() != version
    write("notes.md", "nothing")
    folder = write("predicates/examples.tsv", "a.v  -  ASSAULT  -  -  b  c")
    assert lexicon_version(read_additions(folder)) == version
    assert lexicon_version(read_additions(write("places/stoplist.tsv", "qarnax  name"))) != version


def test_the_version_is_the_same_in_another_process() -> None:
    program = "from streams.extending.version import lexicon_version; print(lexicon_version())"
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    lexicon_version.cache_clear()
    assert told.strip() == lexicon_version()


def test_an_article_is_coded_with_the_folder_of_the_settings(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write("actors/organisations.tsv", "SDN.REB.falcons  Blue Falcon Brigade")
    monkeypatch.setenv("DAYBOOK_LEXICON_FOLDER", str(folder))
    text = b'{"fetched": "2024-06-12T12:00:00Z", "published": "2024-06-12", "language": "en", "text": "%s"}'
    told = b"The Blue Falcon Brigade attacked Sudanese troops in Khartoum on Monday, the army said in a statement."
    document = ArticleProcessor(load()).process(b"a", text % told, 1_718_193_600_000).document
    assert b"SDN.REB.falcons" in document
    assert f'"coder":"2-{lexicon_version(read_additions(folder))}"'.encode() in document


def test_the_command_names_what_is_wrong_and_ends_with_an_error(write: Write) -> None:
    folder = write("predicates/verbs.tsv", "zorch")
    result = CliRunner().invoke(daybook, ["lexicon", "check", str(folder)])
    assert result.exit_code == 1
    assert f"{folder}/predicates/verbs.tsv line 1: 1 columns" in result.output


def test_every_table_is_documented_and_the_example_is_right(tmp_path: Path) -> None:
    text = Path("docs/lexicons.md").read_text(encoding="utf-8")
    rows = "\n".join(line for line in text.splitlines() if line.startswith("| `"))
    told = set(re.findall(r"`([\w/]+)\.(?:tsv|txt)`", rows))
    assert {name for name in TABLES if not re.fullmatch(r"boilerplate/(words/)?\w+", name)} == told
    assert {"boilerplate/*.txt", "boilerplate/words/*.txt"} <= set(re.findall(r"`([^`]+)`", rows))
    blocks = re.findall(r"^`([^`\n]+)`:[^\n]*\n\n```(?:tsv|text)\n(.*?)```", text, re.MULTILINE | re.DOTALL)
    assert {name.split("/")[0] for name, _ in blocks} == {name.split("/")[0] for name in TABLES}
    for name, content in blocks:
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    checked = check_folder(tmp_path)
    assert checked.faults == ()
    examples = own_examples(checked.additions)
    assert examples
    assert list(failed_examples(Coder(additions=checked.additions), examples)) == []


def test_every_file_of_ours_can_be_extended() -> None:
    folder = Path("streams/lexicon")
    fields = "|".join(FIELDS)
    files = {
        re.sub(rf"/(?:{fields})/", "/", file.relative_to(folder).as_posix()) for file in folder.rglob("*.t[sx][vt]")
    }
    files -= {f"{name}{table.suffix}" for name, table in TABLES.items()}
    assert files == {"predicates/types.tsv", "predicates/examples.tsv"}, "types are of the codebook; examples only try"
