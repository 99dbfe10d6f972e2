"""Numbers with their units and bounds, as they stand in sentences."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.matchers.quantities import Quantity, QuantityMatcher
from extractor.ruleset import load_rules
from extractor.tables.quantities import (
    ClassifierRule,
    DigitRule,
    NumeralWordRule,
    QualifierRule,
    UnitRule,
)
from extractor.text import SourceText, fold

MATCHER = QuantityMatcher(load_rules())

Read = tuple[str, str, str | None, str]
"""Quote, value (or ``low..high``), unit code, qualifier."""

BOUNDS: list[tuple[str, Read]] = [
    ("新增網點超3萬個", ("超3萬個", "30000", "count:個", "gt")),
    ("客流逾二百萬人次", ("逾二百萬人次", "2000000", "count:人次", "gt")),
    ("培訓3000多名技工", ("3000多名", "3000", "count:名", "gt")),
    ("萬餘人參加", ("萬餘人", "10000", "count:人", "gt")),
    ("近百家商戶", ("近百家", "100", "count:家", "nearly")),
    ("上千名志願者", ("上千名", "1000", "count:名", "gte")),
    ("百餘場活動", ("百餘場", "100", "count:場", "gt")),
    ("將近五成受訪者", ("將近五成", "50", "%", "nearly")),
    ("約十二億元", ("約十二億元", "1200000000", "CNY", "approx")),
    ("用時三小時左右", ("三小時左右", "3", "h", "approx")),
    ("近9000台左右", ("近9000台左右", "9000", "count:台", "nearly")),
    ("至少五十人以上", ("至少五十人以上", "50", "count:人", "gte")),
    ("不超過20個工作日", ("不超過20個工作日", "20", "{workday}", "lte")),
    ("控制在3%以內", ("3%以內", "3", "%", "lte")),
    ("65歲以上長者", ("65歲以上", "65", "a", "gte")),
    ("庫存不足兩週", ("不足兩週", "2", "wk", "lt")),
    ("產能達8萬噸", ("8萬噸", "80000", "t", "exact")),
    ("僅3%", ("3%", "3", "%", "exact")),
    ("已超過去年全年的5億元", ("5億元", "500000000", "CNY", "exact")),
    ("十幾個項目", ("十幾個", "10", "count:個", "gt")),
    ("17個多月", ("17個多月", "17", "mo", "gt")),
    ("三年多來", ("三年多", "3", "a", "gt")),
    ("過半選民", ("過半", "0.5", None, "gt")),
]

UNITS: list[tuple[str, Read]] = [
    ("裝機容量16兆瓦", ("16兆瓦", "16", "MW", "exact")),
    ("年發電500千瓦時", ("500千瓦時", "500", "kW.h", "exact")),
    ("發電190億度", ("190億度", "19000000000", "kW.h", "exact")),
    ("貨運量3.2億噸公里", ("3.2億噸公里", "320000000", "count:噸公里", "exact")),
    ("均價1.2萬元/平方米", ("1.2萬元/平方米", "12000", "CNY/m2", "exact")),
    ("濃度18.7微克/立方米", ("18.7微克/立方米", "18.7", "ug/m3", "exact")),
    ("設備9000台(套)", ("9000台(套)", "9000", "count:台(套)", "exact")),
    ("下調25個基點", ("25個基點", "25", "bp", "exact")),
    ("提高0.4個百分點", ("0.4個百分點", "0.4", "pp", "exact")),
    ("出生率7.9‰", ("7.9‰", "7.9", "‰", "exact")),
    ("氣溫零下5度", ("零下5度", "-5", "Cel", "exact")),
    ("高溫達攝氏38度", ("38度", "38", "Cel", "exact")),
    ("面積四百平方呎", ("四百平方呎", "400", "[sft_i]", "exact")),
    ("建設用地30畝", ("30畝", "30", "[mu_cn]", "exact")),
    ("節約標煤5萬噸標準煤", ("5萬噸標準煤", "50000", "t{tce}", "exact")),
    ("恒指跌212點", ("212點", "212", "count:點", "exact")),
]

MONEY: list[tuple[str, Read]] = [
    ("HK$5萬", ("HK$5萬", "50000", "HKD", "exact")),
    ("約US$3.5億", ("約US$3.5億", "350000000", "USD", "approx")),
    ("人民幣五十億元", ("人民幣五十億元", "5000000000", "CNY", "exact")),
    ("新臺幣3.2億元", ("新臺幣3.2億元", "320000000", "TWD", "exact")),
    ("6.5億歐元", ("6.5億歐元", "650000000", "EUR", "exact")),
    ("5元3角", ("5元3角", "5.3", "CNY", "exact")),
    ("兩個億盧布", ("兩個億盧布", "200000000", "RUB", "exact")),
]

SHARES: list[tuple[str, Read]] = [
    ("升百分之卅四點一", ("百分之卅四點一", "34.1", "%", "exact")),
    ("佔三成五", ("三成五", "35", "%", "exact")),
    ("打八五折", ("八五折", "85", "%", "exact")),
    ("佔約四分三", ("約四分三", "0.75", None, "approx")),
    ("萬分之三", ("萬分之三", "3", "‱", "exact")),
    ("增長1.7倍", ("1.7倍", "1.7", "{times}", "exact")),
    ("翻了兩番", ("翻了兩番", "4", None, "exact")),
    ("佔一半", ("一半", "0.5", None, "exact")),
    ("1/3的企業", ("1/3", str(Decimal(1) / 3), None, "exact")),
]

RANGES: list[tuple[str, Read]] = [
    ("增長3%至5%", ("3%至5%", "3..5", "%", "exact")),
    ("增長3-5%", ("3-5%", "3..5", "%", "exact")),
    ("預計1.6~3.9米", ("1.6~3.9米", "1.6..3.9", "m", "exact")),
    ("年增四十％至四十五％", ("四十％至四十五％", "40..45", "%", "exact")),
    ("610億至632億美元", ("610億至632億美元", "61000000000..63200000000", "USD", "exact")),
    ("兩到三萬港元", ("兩到三萬港元", "20000..30000", "HKD", "exact")),
    ("9000至1.2萬人", ("9000至1.2萬人", "9000..12000", "count:人", "exact")),
    ("介於20%與30%之間", ("介於20%與30%之間", "20..30", "%", "exact")),
    ("氣溫-5至-3度", ("-5至-3度", "-5..-3", "Cel", "exact")),
    ("約3至5個月", ("約3至5個月", "3..5", "mo", "approx")),
    ("十萬噸以上、三十萬噸以下", ("十萬噸以上、三十萬噸以下", "100000..300000", "t", "exact")),
    ("百分之一至二", ("百分之一至二", "1..2", "%", "exact")),
    ("兩三百人", ("兩三百人", "200..300", "count:人", "exact")),
]

COMPOUNDS: list[tuple[str, Read]] = [
    ("用時8天20小時", ("8天20小時", "212", "h", "exact")),
    ("為期兩年零三個月", ("兩年零三個月", "27", "mo", "exact")),
    ("三年半", ("三年半", "3.5", "a", "exact")),
    ("一個半小時", ("一個半小時", "1.5", "h", "exact")),
    ("一個半月", ("一個半月", "1.5", "mo", "exact")),
    ("重三斤半", ("三斤半", "3.5", "[jin_cn]", "exact")),
]

REFUSED = [
    ("建成5G基站", "5G", "code"),
    ("「7+28+N」產業鏈", "7+28+N", "code"),
    ("國產C919客機", "919", "code"),
    ("PM2.5下降", "2.5", "code"),
    ("神舟十八號發射", "十八號", "name"),
    ("二期工程", "二期", "ordinal"),
    ("省委十一屆五次全會", "五次", "ordinal"),
    ("推行一企一策", "一企一策", "idiom"),
    ("千方百計穩就業", "千方百計", "idiom"),
    ("萬人助萬企", "萬", "multiplier"),
    ("進一步深化", "進一步", "word"),
    ("統一部署", "一", "word"),
    ("主隊3比1勝出", "3比1", "score"),
    ("查詢2345 6789", "2345 6789", "phone"),
    ("(601398.SH)", "601398.SH", "stock_code"),
    ("粵府〔2024〕15號", "2024〕15號", "document_number"),
    ("賬號6222021234567890123", "6222021234567890123", "identifier"),
    ("2奈米製程", "2奈米", "name"),
]


@pytest.fixture(scope="module")
def matcher() -> QuantityMatcher:
    return MATCHER


def _find(matcher: QuantityMatcher, text: str, region: str | None = None) -> list[Quantity]:
    return matcher.find(SourceText(text).text, region=region)[0]


def _value(quantity: Quantity) -> str:
    if quantity.value is not None:
        return str(quantity.value)
    return f"{quantity.low}..{quantity.high}"


@pytest.mark.parametrize(
    ("text", "read"), BOUNDS + UNITS + MONEY + SHARES + RANGES + COMPOUNDS, ids=lambda one: one[0]
)
def test_reads(matcher: QuantityMatcher, text: str, read: Read) -> None:
    quantity = next(one for one in _find(matcher, text) if text[one.start : one.end] == read[0])
    code = None if read[2] is None else fold(read[2])
    assert (_value(quantity), quantity.unit_code, quantity.qualifier) == (read[1], code, read[3])


@pytest.mark.parametrize(("text", "quote", "reason"), REFUSED, ids=str)
def test_refuses(matcher: QuantityMatcher, text: str, quote: str, reason: str) -> None:
    found, rejected = matcher.find(SourceText(text).text)
    start = text.index(quote)
    assert not [one for one in found if one.start < start + len(quote) and one.end > start]
    assert reason in [one.reason for one in rejected if one.start < start + len(quote)]


class TestLists:
    def test_members_share_the_last_unit(self, matcher: QuantityMatcher) -> None:
        text = "分別回落3.1、2.7和6.5個百分點"
        found = _find(matcher, text)
        assert [text[one.start : one.end] for one in found] == ["3.1", "2.7", "6.5個百分點"]
        assert {one.unit_code for one in found} == {"pp"}

    def test_short_units_take_the_long_one(self, matcher: QuantityMatcher) -> None:
        found = _find(matcher, "分別高於全省2.1個、3.4個和0.8個百分點")
        assert [one.unit for one in found] == ["个百分点"] * 3

    def test_members_share_the_multiplier(self, matcher: QuantityMatcher) -> None:
        found = _find(matcher, "分別為1.2、3.4和5.6億元")
        assert [one.value for one in found] == [120000000, 340000000, 560000000]

    def test_commas_within_numbers(self, matcher: QuantityMatcher) -> None:
        found = _find(matcher, "旅客5,098,508及1,379,936人次")
        assert [one.value for one in found] == [5098508, 1379936]
        assert [one.unit for one in found] == ["人次", "人次"]


class TestRegion:
    @pytest.mark.parametrize(
        ("region", "code"), [("CN", "CNY"), ("HK", "HKD"), ("TW", "TWD"), ("MO", "MOP")]
    )
    def test_yuan(self, matcher: QuantityMatcher, region: str, code: str) -> None:
        (quantity,) = _find(matcher, "撥款15億元", region)
        assert (quantity.unit_code, quantity.resolved) == (code, region)

    def test_a_named_currency_needs_no_region(self, matcher: QuantityMatcher) -> None:
        (quantity,) = _find(matcher, "撥款15億美元", "HK")
        assert (quantity.unit_code, quantity.resolved) == ("USD", None)

    @pytest.mark.parametrize(("region", "code"), [("TW", "[jin_tw]"), ("CN", "[jin_cn]")])
    def test_catty(self, matcher: QuantityMatcher, region: str, code: str) -> None:
        (quantity,) = _find(matcher, "產量5萬斤", region)
        assert quantity.unit_code == code


def test_taken_spans_are_left_alone(matcher: QuantityMatcher) -> None:
    found, rejected = matcher.find("3月增长5%", taken=[(0, 2)])
    assert [one.unit for one in found] == ["%"]
    assert [(one.start, one.end, one.reason) for one in rejected] == [(0, 2, "date")]


def test_an_amount_overrules_a_date_it_begins_with(matcher: QuantityMatcher) -> None:
    found, _ = matcher.find("10日元", taken=[(0, 3 - 1)])
    assert [one.unit_code for one in found] == ["JPY"]


@pytest.mark.parametrize(
    "piece",
    [
        "一",
        "1,",
        "百分之",
        "十萬",
        "兩三",
        "三分",
        "3%至",
        "1元/",
        "一又",
        "9",
        "1-",
        "幾十",
        "單位：萬戶\n3\n",
    ],
)
def test_long_rows_are_read_once(matcher: QuantityMatcher, piece: str) -> None:
    text = fold(piece * 20_000)
    found, rejected = matcher.find(text)
    spans = [(one.start, one.end) for one in found]
    spans = sorted(spans + [(one.start, one.end) for one in rejected])
    assert all(left[1] <= right[0] for left, right in pairwise(spans))


@pytest.mark.parametrize(
    "text", ["兆瓦", "千瓦", "3兆", "3兆 ", "第", "半", "百分之", "翻", "分之", "-", "負"]
)
def test_what_only_begins_like_an_amount(matcher: QuantityMatcher, text: str) -> None:
    found, _ = matcher.find(fold(text))
    assert [one.value for one in found] in ([], [Decimal(3 * 10**12)])


RULES = load_rules()
WORDS = sorted(
    set[str]().union(
        *(rule.words for rule in RULES.entries(UnitRule)),
        *(rule.words for rule in RULES.entries(ClassifierRule)),
        *(rule.words for rule in RULES.entries(QualifierRule)),
        *(rule.words for rule in RULES.entries(DigitRule)),
        *(rule.words for rule in RULES.entries(NumeralWordRule)),
    )
)
SIGNS = sorted(set("0123456789.,%-+/^() \n年月日第").union(*WORDS))


@settings(max_examples=500, deadline=None)
@given(pieces=st.lists(st.sampled_from(WORDS) | st.sampled_from(SIGNS), max_size=14))
def test_any_row_of_signs_is_read(pieces: list[str]) -> None:
    """Whatever units, numerals and qualifiers are strung together, each place is read once."""
    text = fold("".join(pieces))
    found, rejected = MATCHER.find(text)
    assert all(left.end <= right.start for left, right in pairwise(found))
    for one in found:
        assert one.start <= one.number_start < one.number_end <= one.end <= len(text)
        assert (one.value is None) == (one.low is not None) == (one.high is not None)
    assert all(0 <= one.start < one.end <= len(text) for one in rejected)
