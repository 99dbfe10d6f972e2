"""What stated numbers imply together, and where they contradict each other."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor import Extractor
from extractor.records import Figure, Percentage
from tests.arithmetic_texts import ERRATA, SOUND
from tests.conftest import CORPUS, RELEASE, Command

Derived = Figure | Percentage


@pytest.fixture(scope="module")
def mainland() -> Extractor:
    return Extractor(region="CN")


def derived(extractor: Extractor, text: str, **options: Any) -> list[Derived]:
    records = extractor.extract(text, derive=True, **options).records
    both = [one for one in records if isinstance(one, Figure | Percentage)]
    return [one for one in both if one.derived_from is not None]


def only(extractor: Extractor, text: str, **options: Any) -> Derived:
    (record,) = derived(extractor, text, **options)
    return record


D = Decimal

IMPLIED = [
    (
        "前三季度，河南省高技術產業投資同比增長17.4%，高於全國12.7個百分點。",
        {
            "value": D("4.7"),
            "unit_code": "%",
            "measure": "growth",
            "direction": "up",
            "basis": "yoy",
            "indicator": "高技術產業投資",
            "area": "中國",
            "area_code": "CN",
            "period": "2024-01/2024-09",
        },
    ),
    (
        "上半年，湖北省出口同比增長0.8%，低於全國2.5個百分點。",
        {"value": D("3.3"), "direction": "up", "area": "中國", "measure": "growth"},
    ),
    (
        "上半年，湖北省出口同比增長0.8%，高於全國2.5個百分點。",
        {"value": D("1.7"), "direction": "down", "area": "中國", "measure": "growth"},
    ),
    (
        "失業率由2.1%升至2.4%。",
        {"value": D("0.3"), "unit_code": "pp", "measure": "change", "direction": "up"},
    ),
    (
        "平台行政費由58點子減至37點子。",
        {"value": D("21"), "unit_code": "bp", "measure": "change", "direction": "down"},
    ),
    (
        "兩地息差由120個基點擴大至150個基點。",
        {"value": D("30"), "unit_code": "bp", "measure": "change", "direction": "up"},
    ),
    (
        "9月末，高技術產業佔比24%，較上半年提高1.6個百分點。",
        {"value": D("22.4"), "measure": "share", "period": "2024-S1", "direction": None},
    ),
    (
        "9月底，住戶存款餘額為300億元，較去年底減少20億元。",
        {"value": D("32000000000"), "unit_code": "CNY", "period": "2023-12-31"},
    ),
    (
        "9月底，住戶存款餘額為300億元，較去年底減少20.5億元。",
        {"value": None, "low": D("31990000000"), "high": D("32110000000")},
    ),
    (
        "9月零售額300億元，按年上升8.5%。",
        {"low": D("27590000000"), "high": D("27710000000"), "period": "2023-09"},
    ),
    (
        "首三季處理個案1,284宗，按年增加11.6%。",
        # 1,284 ÷ 1.1165 = 1150.02 and 1,284 ÷ 1.1155 = 1151.05: one whole number between.
        {"value": D(1151), "low": None, "period": "2023-01/2023-09"},
    ),
    (
        "9月份，加權平均利率4.05%，較年初下降35個基點。",
        {"value": D("4.40"), "unit_code": "%", "period": "2024-01-01"},
    ),
    (
        "2023年，四川省水電發電量350億千瓦時，佔全國的25%。",
        {
            "area": "中國",
            "indicator": "水電發電量",
            # 349.5 ÷ 0.255 and 350.5 ÷ 0.245
            "low": D("137000000000"),
            "high": D("143100000000"),
        },
    ),
    (
        "2023年，企業研發經費300億元，佔營業收入的2.5%。",
        {"indicator": "營業收入", "low": D("1174000000000"), "high": D("1227000000000")},
    ),
    (
        "全區現有企業300家，其中民營企業佔80%。",
        {"indicator": "民營企業", "low": D(239), "high": D(241), "unit": "家"},
    ),
    (
        "2024年，光伏裝機3400萬千瓦，是2020年的3.4倍。",
        {"period": "2020", "low": D("9850000"), "high": D("10160000")},
    ),
    (
        "2024年，東江公司營業收入80億元，同比增長6%。",
        # 79.5 ÷ 1.065 and 80.5 ÷ 1.055
        {"period": "2023", "low": D("7460000000"), "high": D("7640000000")},
    ),
    (
        "湖北省糧食機收率達98.9%，比全國平均水平高24個百分點左右。",
        {"value": D("74.9"), "qualifier": "approx", "area": "中國"},
    ),
    (
        "湖北省糧食機收率達98.9%，比全國平均水平高超過24個百分點。",
        {"value": D("74.9"), "qualifier": "lt", "area": "中國"},
    ),
]
"""Text and what the one derived record says; written by reading."""


@pytest.mark.parametrize(("text", "known"), IMPLIED, ids=[text for text, _ in IMPLIED])
def test_what_two_numbers_imply(mainland: Extractor, text: str, known: dict[str, Any]) -> None:
    record = only(mainland, text, published="2024-10-25")
    assert {name: getattr(record, name) for name in known} == known


def test_what_is_derived_of_points_is_a_percentage(mainland: Extractor) -> None:
    assert isinstance(only(mainland, "兩地息差由120個基點擴大至150個基點。"), Percentage)


SILENT = [
    # Stated already.
    "失業率由2.1%升至2.4%，上升0.3個百分點。",
    "再贷款利率由1.75%下调至1.5%，下调25个基点。",
    "公積金貸款利率由2.85%調低至2.6%，調低0.25個百分點。",
    "湖北省出口增長5.8%，高於全國0.6個百分點；全國出口增長5.2%。",
    # Open how much.
    "9月零售額近300億元，按年上升8.5%。",
    "9月零售額280億至300億元，按年上升8.5%。",
    # Growth at constant prices says nothing of last year's amount.
    "2023年，全省生產總值5.9萬億元，同比增長6.5%。",
    # Whose number the gap is told of, or what of, is left open.
    "工業投資增長12%，民間投資增長5%，技改投資、基建投資增速均高於全國2個百分點。",
    "湖北省進口下降3.2%，高於全國1.1個百分點。",
    "湖北省出口增長8%，高於全國服務業增速2個百分點。",
    # No time is given that the earlier amount could be of.
    "零售額300億元，增長8.5%。",
    # A share of what, the text does not say.
    "民營企業貢獻突出，佔80%。",
    # 上月 is counted back from the day of publication only; a year does not end before its quarter.
    "該廠職工1,200人，較上月減少20人。",
    "上半年，採礦業產值增速為6.4%，比全年提高0.5個百分點。",
    # A plan is for the year, the part of a quarter.
    "一季度，一般公共預算支出120億元，佔年初預算的26%。",
    "上半年，全市完成植樹造林32萬畝，佔年度計劃的64%。",
    # An index whose base moves with it.
    "8月，二手設備價格指數為102.3（上年同月=100），同比上升2.3%。",
    "以2019年為基期，運價指數為118.6，同比上升3.2%。",
    # What is told officially at comparable prices.
    "2023年，全市固定資產投資480億元，同比增長4.1%。",
    "2023年，全市社會消費品零售總額360億元，同比增長7.1%。",
    # The growth is of the later of the two.
    "2024年用水量為115億立方米，2023年為100億立方米，同比增長15%。",
    "2023年末戶籍人口81.2萬人，2022年末戶籍人口82.0萬人，比上年末減少0.8萬人。",
    # Numbers that contradict each other imply nothing.
    "9月底，存款餘額300億元，較去年底增加20億元，較去年底增長30%。",
    "該區空置率由6.8%上升至6.1%。",
]


@pytest.mark.parametrize("text", SILENT)
def test_nothing_is_derived(mainland: Extractor, text: str) -> None:
    assert derived(mainland, text, published="2024-10-25") == []


def test_the_end_of_last_month_is_that_before_the_month_end_told_of(mainland: Extractor) -> None:
    text = "9月末，貸款利率為3.6%，較上月末下降0.05個百分點。"
    [found] = derived(mainland, text, published="2024-10-25")
    assert (found.value, found.period) == (Decimal("3.65"), "2024-08-31")


def test_rounding_leaves_the_direction_that_the_words_say(mainland: Extractor) -> None:
    for text, direction in (
        ("失業人數由11萬人增至12萬人。", "up"),
        ("求職人數由12萬人減至11萬人。", "down"),
    ):
        growth = next(one for one in derived(mainland, text) if one.measure == "growth")
        assert growth.direction == direction


def test_a_derived_record_shows_where_it_is_from(extractor: Extractor) -> None:
    text = "前言。失業率由2.1%升至2.4%。"
    extraction = extractor.extract(text, derive=True)
    *stated, record = extraction.percentages
    assert record.derived_from == tuple(one.id for one in stated)
    assert (record.quote, record.start) == ("2.1%升至2.4%", text.index("2.1"))
    assert text[record.start : record.end] == record.quote
    assert record.rule == "derived: change between two levels"
    assert record.confidence < min(one.confidence for one in stated)
    assert record.unit is None


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.txt")), ids=lambda path: path.stem)
def test_stated_records_are_the_same_with_and_without(extractor: Extractor, path: Path) -> None:
    text = path.read_text("utf-8")
    plain, more = extractor.extract(text), extractor.extract(text, derive=True)
    assert more.records[: len(plain.records)] == plain.records
    assert all(getattr(one, "derived_from", None) is None for one in plain.records)
    added = more.records[len(plain.records) :]
    ids = {one.id for one in plain.records}
    assert len(ids | {one.id for one in added}) == len(more.records)
    for one in added:
        assert isinstance(one, Figure | Percentage)
        assert text[one.start : one.end] == one.quote
        assert set(one.derived_from or ()) <= ids
        assert one.value is None or (one.low is None and one.high is None)
        assert one.value is not None or (one.low is not None and one.high is not None)


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.txt")), ids=lambda path: path.stem)
def test_the_corpus_has_no_contradictions(extractor: Extractor, path: Path) -> None:
    assert extractor.extract(path.read_text("utf-8")).warnings == ()


@pytest.mark.parametrize(("text", "kind", "quote"), ERRATA, ids=[text for text, _, _ in ERRATA])
def test_errata_are_found(extractor: Extractor, text: str, kind: str, quote: str) -> None:
    extraction = extractor.extract(text, published="2024-10-25")
    (warning,) = extraction.warnings
    quotes = {one.id: one.quote for one in extraction.records}
    assert (warning.kind, quotes[warning.record_ids[0]]) == (kind, quote)
    assert len(set(warning.record_ids)) == len(warning.record_ids) > 1
    assert all(quotes[number] in warning.message for number in warning.record_ids)
    assert warning.low is not None or warning.high is not None
    assert "\n" not in warning.message


@pytest.mark.parametrize("text", SOUND)
def test_sound_numbers_raise_no_alarm(extractor: Extractor, text: str) -> None:
    assert extractor.extract(text, published="2024-10-25").warnings == ()


def test_a_rate_is_not_compared_with_itself(mainland: Extractor) -> None:
    text = "中國出口同比增長7.1%，高於全國2.4個百分點。"
    assert not mainland.extract(text, derive=True).document.warnings


def test_the_text_is_never_corrected(extractor: Extractor) -> None:
    for text, _, quote in ERRATA:
        records = extractor.extract(text, published="2024-10-25").records
        assert any(one.quote == quote for one in records)


def test_a_message_names_the_numbers(extractor: Extractor) -> None:
    (warning,) = extractor.extract("企業由100家增至120家，增長25%。").warnings
    assert warning.message == "120家 is 25% above 100家, but 25% should be 20%"
    assert (warning.low, warning.high) == (D(20), D(20))


def test_what_should_be_is_told_in_the_unit_of_the_number(extractor: Extractor) -> None:
    (warning,) = extractor.extract("利率由7.45%下調至7.35%，下調25個基點。").warnings
    assert (warning.low, warning.high) == (D("9"), D("11"))
    (warning,) = extractor.extract("會員由100人增至300人，增長3倍。").warnings
    assert (warning.low, warning.high) == (D("2"), D("2"))


def test_the_command_derives_and_warns(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "notice.txt"
    path.write_text("企業由100家增至120家，增長25%。\n\n失業率由2.1%升至2.4%。\n", "utf-8")
    plain = json.loads(command("extract", path).out)
    more = json.loads(command("extract", path, "--derive").out)
    assert [one["kind"] for one in plain["warnings"]] == ["growth"]
    assert plain["warnings"] == more["warnings"]
    assert [one["derived_from"] is None for one in plain["records"]] == [True] * 5
    assert [one["derived_from"] is None for one in more["records"]] == [True] * 5 + [False]
    done = command("run", path, "--output", tmp_path / "out", "--derive")
    assert done.code == 0
    assert "warnings" in done.out
    (line,) = (tmp_path / "out" / "warnings.jsonl").read_text("utf-8").splitlines()
    own = {"file": "notice", "release_id": plain["release"]["id"]}
    assert json.loads(line) == own | plain["warnings"][0]
    lines = (tmp_path / "out" / "records.jsonl").read_text("utf-8").splitlines()
    assert len(lines) == 6
    assert json.loads(lines[-1])["derived_from"] == more["records"][-1]["derived_from"]


def test_a_run_without_warnings_leaves_no_list(command: Command, tmp_path: Path) -> None:
    path, out = tmp_path / "notice.txt", tmp_path / "out"
    for text, listed in (("企業由100家增至120家，增長25%。", True), ("企業100家。", False)):
        path.write_text(text, "utf-8")
        assert command("run", path, "--output", out).code == 0
        assert (out / "warnings.jsonl").exists() == listed


def test_frames_and_csv_have_the_column(extractor: Extractor) -> None:
    extraction = extractor.extract("失業率由2.1%升至2.4%。", derive=True)
    frame = extraction.to_frame()
    assert frame["derived_from"].iloc[0] is None
    assert frame["derived_from"].iloc[-1] == tuple(one.id for one in extraction.records[:2])


def test_a_document_with_warnings_is_read_back(extractor: Extractor) -> None:
    extraction = extractor.extract("企業由100家增至120家，增長25%。")
    kind = type(extraction.document)
    assert msgspec.json.decode(extraction.to_json(), type=kind) == extraction.document


def test_without_the_option_nothing_is_derived(extractor: Extractor) -> None:
    assert all(
        getattr(one, "derived_from", None) is None for one in extractor.extract(RELEASE).records
    )


tenths = st.integers(min_value=1, max_value=999).map(lambda number: D(number) / 10)


@settings(max_examples=60, deadline=None)
@given(start=tenths, end=tenths)
def test_a_change_is_the_difference_of_its_ends(
    extractor: Extractor, start: Decimal, end: Decimal
) -> None:
    if start == end:
        return
    verb = "上升至" if end > start else "下降至"
    record = only(extractor, f"失業率由{start}%{verb}{end}%。")
    assert record.value == abs(end - start)
    assert record.direction == ("up" if end > start else "down")


@settings(max_examples=60, deadline=None)
@given(own=tenths, gap=tenths, above=st.booleans())
def test_own_rate_and_gap_give_the_other_rate(
    extractor: Extractor, own: Decimal, gap: Decimal, *, above: bool
) -> None:
    word = "高於" if above else "低於"
    record = only(extractor, f"湖北省出口同比增長{own}%，{word}全國{gap}個百分點。")
    other = own - gap if above else own + gap
    assert record.value == abs(other)
    assert record.direction == ("up" if other > 0 else "down" if other < 0 else "flat")


@settings(max_examples=60, deadline=None)
@given(before=st.integers(min_value=2_000, max_value=90_000), growth=tenths)
def test_the_amount_before_a_growth_lies_in_its_interval(
    extractor: Extractor, before: int, growth: Decimal
) -> None:
    after = (before * (1 + growth / 100)).quantize(D(1))
    record = only(extractor, f"2023年，全市有圖書館{after}間，同比增長{growth}%。")
    low = record.low if record.value is None else record.value
    high = record.high if record.value is None else record.value
    assert low is not None
    assert high is not None
    # Written to one place of a percent, the growth may have been any that is rounded to it.
    exact = after / (1 + growth / 100)
    assert low - 1 <= exact <= high + 1


@settings(max_examples=60, deadline=None)
@given(
    start=st.integers(min_value=10, max_value=5_000), end=st.integers(min_value=10, max_value=5_000)
)
def test_rounded_growth_is_never_doubted(extractor: Extractor, start: int, end: int) -> None:
    growth = ((D(end) / D(start) - 1) * 100).quantize(D("0.1"))
    if start == end or growth == 0:
        return
    verb, told = ("增至", "增長") if end > start else ("減至", "減少")
    text = f"企業由{start}家{verb}{end}家，{told}{abs(growth)}%。"
    assert extractor.extract(text).warnings == ()
