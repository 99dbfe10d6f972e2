"""Indicators: which words name what a figure measures."""

from __future__ import annotations

import pytest

from extractor import Extractor
from tests.observed import observations


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("全縣公立醫院新增床位500張。", "床位"),
        ("公司新增門店30家。", "門店"),
        ("全省水電新增裝機5萬千瓦。", "水電新增裝機"),
        ("小微企業新增貸款3億元。", "小微企業新增貸款"),
    ],
)
def test_what_is_new_is_named_alone_unless_it_is_measured(
    extractor: Extractor, text: str, indicator: str
) -> None:
    (found,) = observations(extractor, text)
    assert (found.measure, found.indicator) == ("new", indicator)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2023年，全縣建成5萬畝茶園。", "2023"),
        ("2023年，全市新建300公里供水管網。", "2023"),
        ("2023年，華光重工8米機械臂下線。", None),
    ],
)
def test_how_far_something_made_extends_is_no_property_of_it(
    extractor: Extractor, text: str, period: str | None
) -> None:
    (found,) = observations(extractor, text)
    assert found.period == period


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("全縣新增床位900張，其中公立醫院600張、民辦醫院300張。", "new new new"),
        ("全縣新增床位900張，其中公立醫院600張；在用床位1萬張。", "new new level"),
        ("全縣新增床位900張，其中財政投入3億元。", "new level"),
        ("全縣新增床位900張，同時改造床位300張。", "new level"),
        ("全縣床位9000張，其中公立醫院6000張。", "level level"),
    ],
)
def test_what_is_new_of_a_whole_is_new_of_its_parts(
    extractor: Extractor, text: str, measures: str
) -> None:
    assert " ".join(one.measure for one in observations(extractor, text)) == measures


def test_what_is_about_so_heavy_is_no_property(extractor: Extractor) -> None:
    text = "2024年7月查獲禁藥，包括約4公斤含麻黃鹼的藥片和近9公斤粉末。"
    found = observations(extractor, text)
    assert [one.indicator for one in found] == ["含麻黃鹼的藥片", "粉末"]
    assert {one.period for one in found} == {"2024-07"}


def test_a_share_without_a_subject_is_of_what_was_counted(extractor: Extractor) -> None:
    found = observations(extractor, "上半年有求助個案312宗。當中，62%涉及網上購物。")
    assert [(one.indicator, one.measure) for one in found] == [
        ("求助個案", "level"),
        ("求助個案", "share"),
    ]


def test_a_size_before_the_verb_names_what_is_counted(extractor: Extractor) -> None:
    found = observations(extractor, "公屋落成量由2023年的1.2萬個單位增至1.8萬個單位。")
    assert {one.indicator for one in found} == {"公屋落成量"}


def test_a_verb_behind_a_verb_is_what_was_counted(extractor: Extractor) -> None:
    found = observations(extractor, "該會去年接獲投訴36宗，當中調解12宗。")
    assert found[0].indicator == "投訴"


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("海鮮銷售額97億元，優於全體餐飲業（年增3.9%），占比10.5%。", ["海鮮銷售額", "海鮮銷售額"]),
        ("鮮魚產量2.3萬噸，主因水溫回暖，較去年同期增加3.1%。", ["鮮魚產量", "鮮魚產量"]),
        ("觀察各區今年9月新車掛牌數，新北市5,120輛。", ["新車掛牌數"]),
        ("醫院增加約500名護士，藥劑師增加30人。", ["護士", "藥劑師"]),
    ],
)
def test_what_stands_between_names_nothing(
    extractor: Extractor, text: str, indicators: list[str]
) -> None:
    found = observations(extractor, text)
    assert [found[0].indicator, found[-1].indicator][-len(indicators) :] == indicators


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("113年糧食自給率30.7%　米飯熱量占比再降\n農業部公布統計。", "糧食自給率"),
        ("出口創高　順差30億元　年增5%\n財政部公布統計。", "順差"),
        ("旅客減少 入住率62%　平均房價回升\n統計局公佈資料。", "入住率"),
    ],
)
def test_a_wide_space_parts_a_headline(extractor: Extractor, text: str, indicator: str) -> None:
    assert observations(extractor, text)[0].indicator == indicator


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("6月底65歲以上老年人口占19.6%。", "65歲以上老年人口"),
        ("40歲以下教師佔三成。", "40歲以下教師"),
        ("全市納入500萬元以上項目120個。", "500萬元以上項目"),
    ],
)
def test_what_limits_the_things_measured_is_no_figure(
    extractor: Extractor, text: str, indicator: str
) -> None:
    assert [one.indicator for one in observations(extractor, text)] == [indicator]


def test_classes_told_by_a_percentage_count_the_same_things(extractor: Extractor) -> None:
    text = "全省監測市場31個，其中菜價較上年升幅在20%以上的有5個，升幅在10%以上的有12個。"
    found = observations(extractor, text)
    assert [one.indicator for one in found] == ["監測市場", "菜價", "監測市場", "菜價", "監測市場"]


@pytest.mark.parametrize(
    ("text", "holder", "indicator"),
    [
        ("管理局捕捉流浪狗320隻。", "管理局", "流浪狗"),
        ("大學註冊率為82%。", None, "大學註冊率"),
    ],
)
def test_who_acts_is_no_part_of_what_is_counted(
    extractor: Extractor, text: str, holder: str | None, indicator: str
) -> None:
    (one,) = observations(extractor, text)
    assert (one.holder, one.indicator) == (holder, indicator)
