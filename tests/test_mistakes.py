"""What a user gets wrong: nothing is lost by it, and one clear line says what it was."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any, cast

import pytest

from extractor import Extractor
from extractor.errors import InputError, UsageError
from extractor.examples import Examples
from extractor.ruleset import examples_of, load_rules
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
    ('[[policy]]\nwords = []\ncategory = "law"\n', "words: the list is empty"),
    ('[[unit]]\ncode = "x"\ndimension = "length"\nwords = []\n', "words: the list is empty"),
    (
        '[[policy]]\nwords = ["天頂夢"]\ncategory = "foo"\n',
        (
            "category: 'foo' is none of plan, strategy, campaign, programme, mechanism, law, "
            "scheme, policy, platform, slogan\n"
        ),
    ),
    (
        '[[policy]]\nwords = ["天頂夢"]\ncategory = "shceme"\n',
        "policy, platform, slogan; perhaps 'scheme' is meant\n",
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


KEYS = [
    (
        (
            '[[cue]]\nkind = "rise"\nwords = ["大升"]\nexamples = '
            '[{ text = "售價大升5%。", quote = "5%", indicater = "售價" }]'
        ),
        "unknown key 'indicater'; perhaps 'indicator' is meant",
    ),
    (
        (
            '[[cue]]\nkind = "rise"\nwords = ["大升"]\nexamples = '
            '[{ text = "售價大升5%。", quote = "5%", holdr = "" }]'
        ),
        "unknown key 'holdr'; perhaps 'holder' is meant",
    ),
    (
        (
            '[[cue]]\nkind = "rise"\nwords = ["大升"]\n'
            'examples = [{ text = "售價大升5%。", quote = "5%", measure = "growth" }]\n'
            'counterexamples = [{ text = "售價大升。", qoute = "5%" }]'
        ),
        "unknown key 'qoute'; perhaps 'quote' is meant",
    ),
    (
        UNIT + 'examples = [{ text = "長5竿。", quote = "5竿", unit_cod = "x" }]',
        "unknown key 'unit_cod'; perhaps 'unit_code' is meant",
    ),
]


@pytest.mark.parametrize(("rule", "said"), KEYS)
def test_a_misspelt_key_of_an_example_is_named(tmp_path: Path, rule: str, said: str) -> None:
    (tmp_path / "own.toml").write_text(rule, encoding="utf-8")
    ((_, entry),) = load_rules([tmp_path]).beyond(load_rules())
    extractor = Extractor(rules=[tmp_path])
    examples = Examples(extractor.ruleset, lambda _: extractor)
    failures = [examples.failure(entry, one, holds=holds) for one, holds in examples_of(entry)]
    assert [said in one for one in failures if one] == [True]


@pytest.mark.parametrize(
    ("text", "published", "said"),
    [
        (None, None, "text: a str is wanted, not NoneType"),
        (3, None, "text: a str is wanted, not int"),
        (b"abc", None, "text: a str is wanted, not bytes"),
        ("增長5%", 20240101, "date 20240101: not a day of the calendar; write it as YYYY-MM-DD"),
        ("增長5%", "soon", "date 'soon': not a day of the calendar; write it as YYYY-MM-DD"),
    ],
)
def test_an_argument_of_the_wrong_type_is_a_user_s_mistake(
    extractor: Extractor, text: Any, published: Any, said: str
) -> None:
    for read in (extractor.extract, extractor.explain):
        with pytest.raises(UsageError) as caught:
            read(text, published=published)
        assert str(caught.value) == said


def test_quantities_are_asked_of_a_text(extractor: Extractor) -> None:
    with pytest.raises(UsageError, match="not bytes"):
        extractor.quantities(cast("str", b"5%"))
    with pytest.raises(InputError, match="half of a pair"):
        extractor.quantities("5%\ud800")


def test_a_moment_of_publication_is_that_day(extractor: Extractor) -> None:
    text = "夜市重開\n\n夜市昨晚重開，去年接待遊客2萬人次。\n"
    given = (dt.datetime(2024, 3, 5, 8), dt.date(2024, 3, 5), "2024-03-05")
    one, *others = (extractor.extract(text, published=day).to_json() for day in given)
    assert others == [one, one]


@pytest.mark.parametrize("day", ['"2024-13-05"', '"5.3.2024"', "20240305"])
def test_a_bad_date_in_a_line_is_said_with_how_to_write_it(
    command: Command, tmp_path: Path, day: str
) -> None:
    file = tmp_path / "many.jsonl"
    file.write_text(f'{{"text": "全市新增3家企業。", "published": {day}}}\n', encoding="utf-8")
    done = command("run", file, "--output", tmp_path / "out")
    said = "published: not a day of the calendar; write it as YYYY-MM-DD"
    assert (done.code, done.err) == (3, f"extractor: {file}, line 1: {said}\n")


def test_every_dimension_is_that_of_a_unit() -> None:
    rules = load_rules()
    units = {one.dimension for one in rules.entries(UnitRule)}
    counted = {one.dimension for one in rules.entries(ClassifierRule)}
    assert units | counted == set(DIMENSIONS)
