"""Known files are read strictly, and a check counts what it says it counts."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest

from extractor import Extractor
from extractor.check import Result, below_floors, check, line
from extractor.compare import same
from extractor.errors import InputError
from extractor.extraction import Extraction
from extractor.known import load_known
from extractor.records import (
    Definition,
    Document,
    Figure,
    Mention,
    Percentage,
    Policy,
    Record,
    Release,
)
from tests.conftest import Command

TEXT = "全市新增企業300家，增長15%，外資增長5%，另有5%為老店。實施《夜遊計劃》和「安居」計劃。"


def observation(kind: type[Figure | Percentage], quote: str, start: int, **fields: Any) -> Record:
    return kind(
        id=f"r-{start}",
        release_id="r",
        quote=quote,
        start=start,
        end=start + len(quote),
        sentence_start=0,
        sentence_end=len(TEXT),
        rule="test",
        **fields,
    )


def policy(name: str) -> Record:
    start = TEXT.index(name)
    return Policy(
        id=f"p-{start}",
        release_id="r",
        quote=name,
        start=start,
        end=start + len(name),
        name=name,
        canonical=name,
        category="plan",
        mentions=(Mention(quote=name, start=start, end=start + len(name)),),
        sentence_start=0,
        sentence_end=len(TEXT),
        rule="test",
    )


class Fixed:
    """An extractor that finds what it is told to."""

    def __init__(self, *records: Record) -> None:
        self._records = records

    def extract(self, text: str, **_: object) -> Extraction:
        release = Release(id="r", title="題")
        source = cast("Any", text)
        return Extraction(source, Document(release=release, records=self._records), ())


def write(folder: Path, text: str = TEXT, **known: Any) -> Path:
    (folder / "x.txt").write_text(text, encoding="utf-8")
    path = folder / "x.known.json"
    path.write_text(json.dumps(known, ensure_ascii=False), encoding="utf-8")
    return path


def checked(folder: Path, *records: Record, **known: Any) -> Result:
    return check(load_known(write(folder, **known)), cast("Extractor", Fixed(*records)))


FIGURE = {"quote": "300家", "type": "figure", "value": 300, "unit": "家"}
GROWTH = {"quote": "15%", "type": "percentage", "value": 15, "indicator": "企業"}


def numbers(result: Result, name: str) -> tuple[int, int, int]:
    tally = result.tally(name)
    return tally.known, tally.found, tally.extra


def test_what_is_right_counts(tmp_path: Path) -> None:
    right = observation(Figure, "300家", 6, value=Decimal(300), unit="家")
    result = checked(tmp_path, right, figures=[FIGURE])
    assert numbers(result, "figure") == numbers(result, "observation") == (1, 1, 0)
    assert result.tally("figure").f1 == 1
    assert result.failures == []
    assert result.accuracy("fields", "all").share == 1


def test_misses_and_extras_are_named_with_their_words(tmp_path: Path) -> None:
    extra = observation(Percentage, "5%", TEXT.index("5%為") - 5, value=Decimal(5))
    result = checked(tmp_path, extra, figures=[FIGURE])
    assert numbers(result, "figure") == (1, 0, 0)
    assert numbers(result, "percentage") == (0, 0, 1)
    assert numbers(result, "observation") == (1, 0, 1)
    assert [(one.kind, one.quote) for one in result.failures] == [
        ("miss", "300家"),
        ("extra", "5%"),
    ]
    assert "新增企業⟦300家⟧，增長" in line(result.failures[0])
    assert (result.tally("observation").precision, result.tally("observation").recall) == (0, 0)


def test_a_wrong_span_with_the_right_amount_is_found_and_said(tmp_path: Path) -> None:
    wide = observation(Figure, "企業300家", 4, value=Decimal(300), unit="家")
    result = checked(tmp_path, wide, figures=[FIGURE])
    assert numbers(result, "figure") == (1, 1, 0)
    assert result.accuracy("fields", "span").share == 0
    assert "span: 企業300家 for 300家" in result.failures[0].detail


def test_a_wrong_span_with_a_wrong_amount_is_a_miss_and_an_extra(tmp_path: Path) -> None:
    wrong = observation(Figure, "00家", 7, value=Decimal(0), unit="家")
    result = checked(tmp_path, wrong, figures=[FIGURE])
    assert numbers(result, "figure") == (1, 0, 1)
    assert result.failures[0].detail == "instead: 00家"


def test_a_wrong_type_is_found_as_an_observation_only(tmp_path: Path) -> None:
    wrong = observation(Percentage, "300家", 6, value=Decimal(300), unit="家")
    result = checked(tmp_path, wrong, figures=[FIGURE])
    assert numbers(result, "observation") == (1, 1, 0)
    assert numbers(result, "figure") == (1, 0, 0)
    assert numbers(result, "percentage") == (0, 0, 1)


def test_fields_count_one_by_one_and_together(tmp_path: Path) -> None:
    records = (
        observation(Figure, "300家", 6, value=Decimal(300), unit="戶"),
        observation(Percentage, "15%", 13, value=Decimal(15), indicator="企業"),
    )
    result = checked(tmp_path, *records, figures=[FIGURE, GROWTH])
    shares = {name: one.share for name, one in result.groups["fields"].items()}
    assert shares == {
        "value": 1,
        "unit": 0,
        "indicator": 1,
        "span": 1,
        "type": 1,
        "all": 0.5,
    }
    assert result.failures[0].detail == "unit: 戶 for 家"


def test_null_must_be_null_and_what_is_left_out_may_be_anything(tmp_path: Path) -> None:
    record = observation(Figure, "300家", 6, value=Decimal(300), unit="家", indicator="企業")
    result = checked(tmp_path, record, figures=[{**FIGURE, "indicator": None}])
    assert [one.detail for one in result.failures] == ["indicator: 企業 for None"]


def test_traps_and_optional_records(tmp_path: Path) -> None:
    records = (
        observation(Percentage, "5%", TEXT.index("5%為") - 5, value=Decimal(5)),
        observation(Percentage, "5%", TEXT.index("5%為"), value=Decimal(5)),
        policy("《夜遊計劃》"),
        policy("「安居」計劃"),
    )
    result = checked(
        tmp_path,
        *records,
        not_figures=["外資增長5%"],
        optional=[{"quote": "5%", "start": TEXT.index("5%為")}, "「安居」計劃"],
        not_policies=["《夜遊計劃》"],
    )
    assert result.traps == {"figures": 1, "policies": 1}
    assert [(one.kind, one.quote) for one in result.failures] == [
        ("trap", "5%"),
        ("trap", "《夜遊計劃》"),
    ]
    assert numbers(result, "percentage") == (0, 0, 1)
    assert numbers(result, "policy") == (0, 0, 1)


def test_policies_match_by_their_whole_name(tmp_path: Path) -> None:
    known = [{"name": "《夜遊計劃》", "category": "law"}, {"name": "「安居」計劃"}]
    result = checked(tmp_path, policy("《夜遊計劃》"), policy("「安居」"), policies=known)
    assert numbers(result, "policy") == (2, 1, 1)
    assert [(one.kind, one.detail) for one in result.failures] == [
        ("field", "category: plan for law"),
        ("miss", "instead: 「安居」"),
        ("extra", "rule test"),
    ]


def test_the_release_is_compared_as_well(tmp_path: Path) -> None:
    result = checked(tmp_path, release={"title": "題", "editor": "何思源"})
    assert result.accuracy("release_fields", "title").share == 1
    assert result.accuracy("release_fields", "editor").share == 0
    assert result.failures[0].detail == "editor: None for 何思源"


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"figures": [{"quote": "5%", "type": "percentage"}]}, "5%: stands 3 times"),
        ({"figures": [{"quote": "500家", "type": "figure"}]}, "'500家': not in the text"),
        ({"figures": [{"quote": "300家"}]}, "300家: type must be figure or percentage, not None"),
        ({"figures": [FIGURE, FIGURE]}, "300家: known twice"),
        ({"figures": [{**FIGURE, "indikator": "企業"}]}, "300家: unknown field indikator"),
        ({"figures": [{**FIGURE, "start": 3}]}, "300家: not at 3"),
        ({"figures": [{**FIGURE, "nth": 0}]}, "300家: nth is 0 of 1 (1 is the first)"),
        ({"figures": [{**FIGURE, "nth": 2}]}, "300家: nth is 2 of 1"),
        ({"figures": [{"quote": "5%", "type": "percentage", "nth": 1}]}, "end of a longer number"),
        ({"not_figures": ["600家"]}, "'600家': not in the text"),
        ({"policies": [{"name": "《晝遊計劃》"}]}, "'《晝遊計劃》': not in the text"),
        ({"release": {"titel": "題"}}, "release: unknown field 'titel'"),
        ({"figurs": []}, "figurs"),
        ({"release": {"published": "2024-13-45"}}, "release: published: "),
        ({"release": {"title": 5}}, "release: title: "),
        ({"policies": "x"}, "policies"),
        ({"policies": [1]}, "policies[0]"),
        ({"figures": [{"quote": "300家", "type": "policy"}]}, "300家: type must be figure"),
        ({"figures": [{**FIGURE, "nth": "x"}]}, "300家: nth: "),
        ({"figures": [{**FIGURE, "value": "many"}]}, "300家: value: "),
        ({"figures": [{**FIGURE, "policies": [1]}]}, "300家: policies: a list of words is wanted"),
        ({"not_figures": [{"quote": "300家", "nth": "x"}]}, "300家: nth: "),
    ],
)
def test_a_known_file_that_is_wrong_is_refused(
    command: Command, tmp_path: Path, known: dict[str, Any], said: str
) -> None:
    write(tmp_path, **known)
    done = command("check", tmp_path)
    assert done.code == 3
    assert said in done.err
    assert "Traceback" not in done.err


def test_a_number_of_very_many_digits_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, figures=[FIGURE])
    known = path.with_name("x.known.json")
    known.write_text(known.read_text("utf-8").replace("300,", "1e999999999,"), "utf-8")
    with pytest.raises(InputError, match="value: more than 60 digits"):
        load_known(path)


def test_all_mistakes_of_a_known_file_are_named(tmp_path: Path) -> None:
    write(tmp_path, figures=[{"quote": "a", "type": "figure"}, {"quote": "b", "type": "figure"}])
    with pytest.raises(InputError) as caught:
        load_known(tmp_path)
    assert len(str(caught.value).splitlines()) == 2


def test_a_number_that_ends_a_longer_one_is_not_meant(tmp_path: Path) -> None:
    text = "由15%降至5%。"
    path = write(tmp_path, text=text, figures=[{"quote": "5%", "type": "percentage"}])
    (release,) = load_known(path)
    assert release.figures[0].start == text.rindex("5%")


def test_both_names_of_known_files_are_read(tmp_path: Path) -> None:
    write(tmp_path).rename(tmp_path / "x.gold.json")
    gold = {"document": {"file": "x.txt", "title": "題"}, "figures": [FIGURE]}
    (tmp_path / "x.gold.json").write_text(json.dumps(gold), encoding="utf-8")
    for path in (tmp_path, tmp_path / "x.txt", tmp_path / "x.gold.json"):
        (release,) = load_known(path)
        assert release.release == {"title": "題"}
        assert release.figures[0].fields == {"value": 300, "unit": "家"}


DEFINITION = Definition(term="「三化」", members=("綠色化", "智能化"), start=0, end=4)


@pytest.mark.parametrize(
    ("want", "got", "answer"),
    [
        (17.4, Decimal("17.4"), True),
        (Decimal("17.40"), Decimal("17.4"), True),
        (17, Decimal("17.4"), False),
        ("17.4", Decimal("17.4"), False),
        (None, Decimal(0), False),
        (None, (), True),
        ([], (), True),
        (["乙", "甲"], ("甲", "乙"), True),
        (["甲"], ("甲", "乙"), False),
        ([{"term": "「三化」"}], (DEFINITION,), True),
        ([{"term": "「三化」", "members": ["綠色化", "智能化"]}], (DEFINITION,), True),
        ([{"term": "「三化」", "members": ["智能化"]}], (DEFINITION,), False),
        ([{"term": "「三化」", "gloss": "甲"}], (DEFINITION,), False),
        ([{"term": "「兩化」"}], (DEFINITION,), False),
        ([{"term": "「三化」"}], (DEFINITION, DEFINITION), False),
    ],
)
def test_values_compare_by_what_they_mean(want: object, got: object, answer: bool) -> None:
    assert same(want, got) is answer


def test_floors(tmp_path: Path) -> None:
    right = observation(Figure, "300家", 6, value=Decimal(300), unit="戶")
    result = checked(tmp_path, right, figures=[FIGURE])
    floors = tmp_path / "floors.toml"
    floors.write_text("[figure]\nf1 = 1.0\n[fields]\nunit = 0.5\nvalue = 1\n", encoding="utf-8")
    assert list(below_floors(result, floors)) == ["fields unit: 0.0000 is below the floor 0.5"]
    unfit = ('figure = "a"', "[figure]\nf1 = 'a'")
    for bad in ("[fields]\nunity = 1", "[figures]\nf1 = 1", "[figure]\nf2 = 1", "[figure", *unfit):
        floors.write_text(bad, encoding="utf-8")
        with pytest.raises(InputError):
            list(below_floors(result, floors))


def test_the_command_prints_tables_or_json_and_ends_by_the_floors(
    command: Command, tmp_path: Path
) -> None:
    write(tmp_path, figures=[FIGURE, {**GROWTH, "value": 16}])
    done = command("check", tmp_path)
    assert done.code == 0
    assert "value: 15 for 16" in done.out
    assert "precision" in done.out
    assert "value: 15 for 16" not in command("check", tmp_path, "--fails", "0").out
    (tmp_path / "floors.toml").write_text("[fields]\nvalue = 0.9\n", encoding="utf-8")
    done = command("check", tmp_path, "--json")
    assert done.code == 1
    assert done.err == "extractor: fields value: 0.5000 is below the floor 0.9\n"
    assert json.loads(done.out)["fields"]["value"] == {"checked": 2, "right": 1, "share": 0.5}
