"""Explanations: from the run that made the records, complete, and in the words of the text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from rich.cells import cell_len

from extractor import Extractor
from extractor.errors import UsageError
from extractor.explanation.figures import FIELDS as EXPLAINED
from extractor.explanation.figures import TOLD_APART
from extractor.explanation.model import Explanation, Origin, RecordExplanation, Words
from extractor.explanation.wording import because
from extractor.records import Figure
from extractor.relate.draft import Draft
from extractor.schema import explanation_schema
from tests.conftest import CORPUS, RELEASE, ROOT, Command

TEXTS = sorted(CORPUS.glob("*.txt"))
PLAIN = {"rule": "quantity", "measure": "level", "confidence": 0.9}
FIELDS = (
    *("measure", "direction", "basis", "reference", "indicator"),
    *("holder", "event", "period", "area", "confidence"),
)

SENTENCES = (
    "2024年上半年，全市接待遊客1,250萬人次，同比增長8.5%，增速較一季度加快0.6個百分點。",
    "住宿業、餐飲業營業額同比分別增長7.2%和9.4%。",
    "糧食、油料、蔬菜產量分別增長1.2%和3.4%。",
    "市府推出「樂活」三年行動計劃，力爭到2027年培育企業300家。",
    "失業率由2.1%升至2.4%。",
    "查詢電話2345 6789，第三批共12人，《2023年統計年鑑》收錄5G基站40個。",
    "社署推出「同行」先導計劃（下稱「先導計劃」），將於2026年推行。每名參加者可獲最多6,200元，佔百分之五。",
    "江岸重工8兆瓦海上風機正式下線，與2022年比較，出口上升3.5%，進口下跌1.2%。",
)


@pytest.mark.parametrize("field", Figure.__struct_fields__)
def test_every_field_of_a_figure_is_explained_in_words_of_its_own(field: str) -> None:
    assert (field in EXPLAINED) != (field in TOLD_APART)
    if field in EXPLAINED:
        assert because(field, "nothing") != because("", "nothing")
        assert hasattr(Draft, field) or field == "policy_ids"


def record(explanation: Explanation, quote: str) -> RecordExplanation:
    return next(one for one in explanation.records if one.quote == quote)


def origin(explanation: Explanation, quote: str, field: str) -> Origin:
    return next(one for one in record(explanation, quote).fields if one.field == field)


def all_words(explanation: Explanation) -> Iterator[Words | RecordExplanation]:
    for sentence in explanation.sentences:
        yield Words(quote=sentence.quote, start=sentence.start, end=sentence.end)
        yield from sentence.turned_down
        for mark in sentence.marks:
            yield mark
            yield from mark.parts
        for one in sentence.records:
            yield one
            yield from one.rule.parts.values()
            yield from filter(None, [one.rule.matched])
            for field in (*one.fields, *one.considered):
                yield from field.words
                yield from filter(None, [field.taken_from])


def check_whole(extractor: Extractor, text: str) -> None:
    """Explaining changes no record, leaves none out, and speaks in the words of the text."""
    explanation = extractor.explain(text)
    extraction = extractor.extract(text)
    assert explanation.release == extraction.release
    assert [(one.id, one.quote) for one in explanation.records] == [
        (one.id, one.quote) for one in extraction.records
    ]
    for one, found in zip(explanation.records, extraction.records, strict=True):
        assert one.rule.name == found.rule
        for field in one.fields:
            if field.field != "value" and field.value is not None:
                assert field.value == getattr(found, field.field), field.field
    for words in all_words(explanation):
        assert text[words.start : words.end] == words.quote
    rejects = {(one.start, one.end, one.reason) for one in extraction.rejects}
    turned_down = [one for part in explanation.sentences for one in part.turned_down]
    assert rejects <= {(one.start, one.end, one.reason) for one in turned_down}


def silent_fields(draft: Draft) -> list[str]:
    """The fields whose value no step has accounted for with ``Draft.note``."""
    said = [(note.field, note.value) for note in draft.notes or ()]
    given = {name: getattr(draft, name) for name in FIELDS}
    return [
        name
        for name, value in given.items()
        if value != PLAIN.get(name) and (name, value) not in said
    ]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_step_says_what_it_settles(extractor: Extractor, path: Path) -> None:
    stages = extractor._read(path.read_text(encoding="utf-8"), None, None, explain=True)
    silent = [
        f"{stages.source.quote(draft.quantity.start, draft.quantity.end)}: {name}"
        for draft in stages.drafts
        for name in silent_fields(draft)
    ]
    assert silent == [], "set without draft.note(…) in extractor/relate"


def test_nothing_is_kept_unless_asked_for(extractor: Extractor) -> None:
    stages = extractor._read("全市新增企業300家。", None, None)
    assert [draft.notes for draft in stages.drafts] == [None]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_explaining_a_release_changes_nothing(extractor: Extractor, path: Path) -> None:
    check_whole(extractor, path.read_text(encoding="utf-8"))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from((*SENTENCES, "\n\n", "Ａ　𠮷")), max_size=8))
def test_explaining_any_text_changes_nothing(parts: list[str]) -> None:
    check_whole(EXTRACTOR, "".join(parts))


EXTRACTOR = Extractor()


@pytest.mark.parametrize("path", TEXTS[:6], ids=lambda path: path.stem)
def test_the_first_rule_that_holds_is_the_one(extractor: Extractor, path: Path) -> None:
    related = extractor._read(path.read_text(encoding="utf-8"), None, None).related
    holding = extractor._relater.holding(related.row)
    first = {place: found[0] for place, found in holding.items()}
    turned_down = [first[place] for place in first.keys() - related.relations.keys()]
    assert all(one.rule.specification or one.rule.measure == "share" for one in turned_down)
    assert {place: first[place] for place in related.relations} == related.relations


@pytest.mark.parametrize(
    ("number", "quote", "field", "source", "words", "taken_from"),
    [
        (0, "1,250萬人次", "indicator", "before", ["遊客"], None),
        (0, "1,250萬人次", "measure", "nothing", [], None),
        (0, "1,250萬人次", "period", "sentence", ["2024年上半年"], None),
        (0, "8.5%", "indicator", "figure", ["遊客"], "1,250萬人次"),
        (0, "8.5%", "measure", "rule", [], None),
        (0, "8.5%", "direction", "rule", ["增長"], None),
        (0, "8.5%", "basis", "cue", ["同比"], None),
        (0, "8.5%", "reference", "nothing", [], None),
        (0, "0.6個百分點", "reference", "rule", ["一季度"], None),
        (0, "0.6個百分點", "basis", "words", ["一季度"], None),
        (0, "8.5%", "confidence", "inherited", [], None),
        (0, "1,250萬人次", "confidence", "nothing", [], None),
        (2, "3.4%", "confidence", "unequal", [], None),
        (1, "7.2%", "indicator", "list", ["住宿業", "營業額"], None),
        (1, "9.4%", "indicator", "list", ["餐飲業營業額"], None),
        (1, "9.4%", "measure", "first", [], "7.2%"),
        (1, "9.4%", "basis", "first", [], "7.2%"),
        (2, "3.4%", "indicator", "unequal", [], None),
        (3, "300家", "measure", "cue", ["力爭"], None),
        (3, "300家", "period", "sentence", ["2027年"], None),
        (3, "300家", "policy_ids", "earlier", ["「樂活」三年行動計劃"], None),
        (4, "2.1%", "period", "untimed", [], None),
        (4, "2.4%", "direction", "rule", ["升至"], None),
        (6, "最多6,200元", "period", "ceiling", [], None),
        (6, "百分之五", "unit", "inside", [], None),
        (7, "8兆瓦", "period", "property", [], None),
        (7, "8兆瓦", "holder", "rule", ["江岸重工"], None),
        (7, "1.2%", "reference", "figure", ["2022年"], "3.5%"),
    ],
)
def test_a_field_says_where_it_is_from(
    extractor: Extractor,
    number: int,
    quote: str,
    field: str,
    source: str,
    words: list[str],
    taken_from: str | None,
) -> None:
    found = origin(extractor.explain(SENTENCES[number]), quote, field)
    assert (found.source, [one.quote for one in found.words]) == (source, words)
    assert (found.taken_from.quote if found.taken_from else None) == taken_from
    assert found.because


def test_a_figure_taken_over_from_is_named_by_its_record(extractor: Extractor) -> None:
    explanation = extractor.explain(SENTENCES[0])
    found = origin(explanation, "8.5%", "indicator")
    assert found.record_id == record(explanation, "1,250萬人次").id


def test_the_rule_is_shown_with_its_place_and_parts(extractor: Extractor) -> None:
    rule = record(extractor.explain(SENTENCES[0]), "8.5%").rule
    assert rule.name == "growth"
    assert rule.file == "rules/relations.toml"
    assert rule.line is not None
    lines = (ROOT / rule.file).read_text(encoding="utf-8").splitlines()
    assert lines[rule.line - 1 : rule.line + 1] == ["[[relation]]", 'name = "growth"']
    assert f'pattern = "{rule.pattern}"' in lines
    assert rule.parts["cue"].quote == "增長"
    assert rule.parts["figure"].quote == "8.5%"
    assert rule.matched is not None
    assert rule.matched.quote == "同比增長8.5%"
    assert "change" in rule.also


def test_a_number_without_a_rule_says_so(extractor: Extractor) -> None:
    rule = record(extractor.explain(SENTENCES[0]), "1,250萬人次").rule
    assert (rule.name, rule.file, rule.matched) == ("quantity", None, None)
    assert "no relation" in rule.about


def test_marks_are_those_that_the_rules_saw(extractor: Extractor) -> None:
    (sentence,) = extractor.explain(SENTENCES[0]).sentences
    kinds = {mark.quote: mark.kind for mark in sentence.marks}
    assert kinds["同比"] == "basis"
    assert kinds["增長"] == "rise"
    assert kinds["8.5%"] == "percent"
    phrase = next(mark for mark in sentence.marks if mark.quote == "較一季度")
    assert phrase.kind == "reference"
    assert [(part.kind, part.quote) for part in phrase.parts] == [
        ("compare", "較"),
        ("period", "一季度"),
    ]


def test_a_figure_in_brackets_goes_with_its_member_of_the_list(extractor: Extractor) -> None:
    text = "住宿業（2.1萬人）及餐飲業（3.4萬人）的就業人數分別上升1.5%和2.6%。"
    found = origin(extractor.explain(text), "2.1萬人", "indicator")
    assert found.source == "aside"
    assert found.taken_from is not None
    assert found.taken_from.quote == "1.5%"


@pytest.mark.parametrize(
    ("number", "quote", "kind", "reason"),
    [
        (0, "一季度", "period", "compared"),
        (2, "1.2%和3.4%", "relation", "unequal_distribution"),
        (5, "2345 6789", "quantity", "phone"),
        (5, "第三", "quantity", "ordinal"),
        (5, "2023年", "period", "in_name"),
        (3, "「樂活」三年行動計劃", "quantity", "name"),
        (7, "2022年", "period", "compared"),
    ],
)
def test_what_is_turned_down_stands_at_its_place(
    extractor: Extractor, number: int, quote: str, kind: str, reason: str
) -> None:
    (sentence,) = extractor.explain(SENTENCES[number]).sentences
    found = {(one.quote, one.kind, one.reason) for one in sentence.turned_down}
    assert (quote, kind, reason) in found


def test_a_policy_named_in_passing_is_told_apart(extractor: Extractor) -> None:
    explanation = extractor.explain(
        "全市落實「雙碳」戰略，新增光伏裝機30萬千瓦。為配合《都市更新條例》新增隊伍36支。"
    )
    one = record(explanation, "36支")
    passing = [field for field in one.considered if field.field == "policy_ids"]
    assert [(field.value, field.source) for field in passing] == [("《都市更新條例》", "passing")]
    assert origin(explanation, "36支", "policy_ids").source == "nothing"


def test_a_shorter_name_that_is_introduced_is_not_turned_down(extractor: Extractor) -> None:
    explanation = extractor.explain(SENTENCES[6])
    mentions = origin(explanation, "「同行」先導計劃", "mentions")
    assert [one.quote for one in mentions.words] == ["「同行」先導計劃", "「先導計劃」"]
    turned_down = [one for part in explanation.sentences for one in part.turned_down]
    assert "「先導計劃」" not in {one.quote for one in turned_down if one.kind == "policy"}


def test_what_a_field_could_have_been_is_told(extractor: Extractor) -> None:
    # Money is named by the word for a sum before it rather than by what stands behind.
    explanation = extractor.explain("全市安排專項資金15億元技改項目。")
    one = record(explanation, "15億元")
    named = next(field for field in one.fields if field.field == "indicator")
    considered = [field.value for field in one.considered if field.field == "indicator"]
    assert named.value == "專項資金"
    assert considered == ["技改項目"]


def test_a_policy_says_how_it_was_found(extractor: Extractor) -> None:
    explanation = extractor.explain(SENTENCES[3])
    found = record(explanation, "「樂活」三年行動計劃")
    assert found.rule.name == "head after"
    assert found.rule.parts["noun"].quote == "行動計劃"
    maker = origin(explanation, found.quote, "issuer")
    assert [one.quote for one in maker.words] == ["市府", "推出"]
    assert origin(explanation, found.quote, "category").words[0].quote == "行動計劃"
    figures = origin(explanation, found.quote, "figure_ids")
    assert [one.quote for one in figures.words] == ["300家"]


def test_a_policy_s_time_is_shown(extractor: Extractor) -> None:
    text = "市人大通過《清水條例》，自2025年3月1日起施行。"
    found = origin(extractor.explain(text), "《清水條例》", "period")
    assert (found.source, found.words[0].quote) == ("words", "自2025年3月1日起")


def test_one_record_alone(extractor: Extractor) -> None:
    explanation = extractor.explain(RELEASE)
    one = record(explanation, "8.5%")
    assert [found.id for found in explanation.only([one.id]).records] == [one.id]
    assert explanation.only([one.id.rpartition("-")[2]]) == explanation.only([one.id])


@pytest.mark.parametrize(
    ("text", "value", "source", "equation"),
    [
        ("失業率由2.1%升至2.4%。", Decimal("0.3"), "written", "the later level less the earlier"),
        (
            "2023年9月零售額300億元，按年上升8.5%。",
            [Decimal("27590000000"), Decimal("27710000000")],
            "rounded",
            "the level divided by 1 plus its growth",
        ),
        (
            "2024年首三季處理個案1,284宗，按年增加11.6%。",
            Decimal(1151),
            "single",
            "the level divided by 1 plus its growth",
        ),
    ],
)
def test_a_derived_record_says_what_it_follows_from(
    extractor: Extractor, text: str, value: Any, source: str, equation: str
) -> None:
    explanation = extractor.explain(text, derive=True)
    *stated, derived = explanation.records
    stated.append(derived)
    (one,) = (found for found in stated if found.rule.name.startswith("derived:"))
    inputs = [(found.quote, found.start) for found in stated if found is not one]
    fields = {field.field: field for field in one.fields}
    assert equation in one.rule.about
    assert (fields["value"].value, fields["value"].source) == (value, source)
    assert [(words.quote, words.start) for words in one.rule.parts.values()] == inputs
    assert fields["indicator"].taken_from is not None
    for words in all_words(explanation):
        assert text[words.start : words.end] == words.quote
    assert [found.id for found in explanation.only([one.id.partition("-")[2]]).records] == [one.id]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_derived_record_is_explained(extractor: Extractor, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    explained = {one.id: one for one in extractor.explain(text, derive=True).records}
    records = extractor.extract(text, derive=True).records
    assert set(explained) == {one.id for one in records}
    for found in records:
        one = explained[found.id]
        assert (one.rule.name, one.quote) == (found.rule, found.quote)
        for field in one.fields:
            if field.field != "value" and field.value is not None:
                assert field.value == getattr(found, field.field), field.field


def test_an_unknown_record_is_one_clear_line(extractor: Extractor) -> None:
    with pytest.raises(UsageError, match=r"record 'f9': none of the 7 of this text, such as"):
        extractor.explain(RELEASE).only(["f9"])
    with pytest.raises(UsageError, match="this text has no records"):
        extractor.explain("沒有數字。").only(["f9"])


def test_a_text_without_figures_has_nothing_to_explain(extractor: Extractor) -> None:
    assert extractor.explain("沒有數字。").sentences == ()


# The command


def test_the_command_says_it_in_words(command: Command, release: Path) -> None:
    done = command("explain", release)
    assert (done.code, done.err) == (0, "")
    lines = [line.strip() for line in done.out.splitlines()]
    for said in (
        r"cue            增長",
        "basis            yoy",
    ):
        assert any(line.startswith(said) for line in lines), said
    assert "rules/relations.toml:" in done.out
    assert "turned down  quantity" in done.out
    assert not any(line != line.rstrip() for line in done.out.splitlines())


def test_words_and_kinds_stand_in_columns(command: Command) -> None:
    lines = command("explain", "-", stdin="住宿業營業額同比增長7.2%。".encode()).out.splitlines()
    above = next(index for index, line in enumerate(lines) if line.startswith("  住宿業"))
    for word, kind in (("同比", "basis"), ("增長", "rise"), ("7.2%", "percent")):
        columns = cell_len(lines[above][: lines[above].index(word)])
        assert columns == lines[above + 1].index(kind)


def test_records_can_be_picked(command: Command, release: Path) -> None:
    document = json.loads(command("extract", release).out)
    first, second, *_ = (one["id"] for one in document["records"])
    out = command("explain", release, "--record", first, "--record", second).out
    assert first in out
    assert second in out
    assert document["records"][-1]["id"] not in out


def test_a_derived_record_can_be_picked(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "notice.txt"
    path.write_text("失業率由2.1%升至2.4%。", "utf-8")
    one = json.loads(command("extract", path, "--derive").out)["records"][-1]
    out = command("explain", path, "--derive", "--record", one["id"]).out
    assert one["rule"] in out
    assert "the later level less the earlier" in out
    assert all(number in out for number in ("2.1%", "2.4%"))
    written = json.loads(command("explain", path, "--derive", "--json").out)
    assert list(Draft202012Validator(explanation_schema()).iter_errors(written)) == []


def test_json_keeps_to_its_schema(command: Command, release: Path) -> None:
    schema = explanation_schema()
    Draft202012Validator.check_schema(schema)
    written = json.loads(command("explain", release, "--json").out)
    assert written["schema"] == "press-figures-explanation/1"
    assert [error.message for error in Draft202012Validator(schema).iter_errors(written)] == []
    assert json.loads(command("schema", "--explanation").out) == schema


def test_a_rule_of_one_s_own_is_shown_where_it_stands(command: Command, tmp_path: Path) -> None:
    rules = tmp_path / "own.toml"
    rules.write_text(
        '[[cue]]\nkind = "soar"\ndirection = "up"\nwords = ["狂飆"]\n\n'
        '[[relation]]\nname = "soaring"\nmeasure = "growth"\n'
        'pattern = "cue=soar figure=percent"\n',
        encoding="utf-8",
    )
    done = command("explain", "-", "--rules", rules, stdin="遊客狂飆30%。".encode())
    assert "soaring" in done.out
    assert "own.toml:6" in done.out.replace("\n", "").replace(" ", "")
