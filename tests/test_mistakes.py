"""What a user gets wrong: nothing is lost by it, and one clear line says what it was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractor.ruleset import load_rules
from extractor.tables.quantities import DIMENSIONS, ClassifierRule, UnitRule
from tests.conftest import Command


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("given", [["nosuch.txt"], ["nosuch/*.txt"], ["empty.txt", "picture.png"]])
def test_a_run_that_reads_nothing_leaves_the_last_one_as_it_was(
    command: Command,
    release: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    given: list[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty.txt").write_bytes(b"")
    Path("picture.png").write_bytes(b"\x89PNG")
    assert command("run", release.parent).code == 0
    before = contents(tmp_path / "outputs")
    done = command("run", *given)
    assert (done.code, done.err.count("\n")) == (3, len(given))
    after = contents(tmp_path / "outputs")
    lines = [json.loads(line) for line in after.pop("unreadable.jsonl").splitlines()]
    assert after == before
    assert [line["file"] for line in lines] == given
    assert [f"extractor: {line['reason']}" for line in lines] == done.err.splitlines()


def test_a_run_that_reads_nothing_writes_no_empty_tables(command: Command, tmp_path: Path) -> None:
    assert command("run", tmp_path / "nosuch.txt", "--output", tmp_path / "out").code == 3
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["unreadable.jsonl"]


def test_a_bad_line_is_listed_with_its_file(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "many.jsonl"
    file.write_text('{"text": "全市新增3家企業。"}\nno json\n', encoding="utf-8")
    assert command("run", file, "--output", tmp_path / "out").code == 3
    (line,) = (tmp_path / "out" / "unreadable.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["file"] == str(file)
    assert json.loads(line)["reason"].startswith(f"{file}, line 2: ")


UNIT = '[[unit]]\ncode = "x"\ndimension = "length"\nwords = ["竿"]\n'
CLASSIFIER = '[[classifier]]\nname = "x"\nwords = ["竿"]\n'
RULES = [
    *(
        (table + f'factor = "{factor}"\n', f"factor: '{factor}' is no number above 0")
        for table in (UNIT, CLASSIFIER)
        for factor in ("a", "1/0", "0", "-1", "", "1/", "1/2/3", "nan")
    ),
    (
        UNIT.replace("length", "lenght"),
        "dimension: no unit measures 'lenght'; perhaps 'length' is meant",
    ),
    (UNIT.replace("length", "x"), "dimension: no unit measures 'x'; known: age, angle, area"),
    (
        CLASSIFIER + 'dimension = "counts"\n',
        "dimension: no unit measures 'counts'; perhaps 'count' is meant",
    ),
    (
        '[[qualifier]]\ncode = "gt"\nposition = "before"\nwords = ["逾"]\ndimensions = ["mony"]\n',
        "dimensions: no unit measures 'mony'; perhaps 'money' is meant",
    ),
]


@pytest.mark.parametrize(("rule", "said"), RULES)
def test_a_value_that_no_rule_can_have_is_named(
    command: Command, tmp_path: Path, rule: str, said: str
) -> None:
    (tmp_path / "own.toml").write_text(rule, encoding="utf-8")
    table = rule.partition("\n")[0]
    for arguments in (["rules", "check", tmp_path], ["extract", "-", "--rules", tmp_path]):
        done = command(*arguments, stdin=b"x")
        assert (done.code, done.out, done.err.count("\n")) == (4, "", 1)
        assert done.err.startswith(f"extractor: own.toml: {table} #1")
        assert said in done.err


@pytest.mark.parametrize("factor", ["1", "0.3048", "1e-9", "10000/15", "1E+3"])
def test_a_factor_is_a_decimal_or_a_fraction(tmp_path: Path, factor: str) -> None:
    (tmp_path / "own.toml").write_text(UNIT + f'factor = "{factor}"\n', encoding="utf-8")
    assert load_rules([tmp_path]).entries(UnitRule)[-1].factor == factor


def test_every_dimension_is_that_of_a_unit() -> None:
    rules = load_rules()
    units = {one.dimension for one in rules.entries(UnitRule)}
    counted = {one.dimension for one in rules.entries(ClassifierRule)}
    assert units | counted == set(DIMENSIONS)
