"""Lists: each figure to its own item, and what holds for all of them."""

from __future__ import annotations

import pytest

from extractor import Extractor
from tests.observed import observations


def test_a_distribution_hands_out_in_order(extractor: Extractor) -> None:
    found = observations(extractor, "住宿業、餐飲業營業額同比分別增長7.2%和9.4%。")
    assert [one.indicator for one in found] == ["住宿業營業額", "餐飲業營業額"]
    assert {(one.measure, one.basis) for one in found} == {("growth", "yoy")}


def test_a_list_that_goes_on_has_one_measure(extractor: Extractor) -> None:
    found = observations(extractor, "9月稻米價格下跌1.6%，相應跌幅則為1.2%、0.9%及0.7%。")
    assert [(one.measure, one.direction) for one in found] == [("growth", "down")] * 4
    found = observations(extractor, "住宅用戶占比分別為14.2%、33.1%和52.7%。")
    assert [one.measure for one in found] == ["share"] * 3


def test_unequal_lists_are_rejected_not_misassigned(extractor: Extractor) -> None:
    result = extractor.extract("糧食、油料、蔬菜產量分別增長1.2%和3.4%。")
    assert [one.indicator for one in result.percentages] == [None, None]
    assert "unequal_distribution" in {one.reason for one in result.rejects}


def test_areas_and_periods_are_handed_out_too(extractor: Extractor) -> None:
    found = observations(
        extractor, "全省地區生產總值2023年、2024年分別增長5.1%和5.6%。", published="2025-02-01"
    )
    assert [one.period for one in found] == ["2023", "2024"]
    assert [one.indicator for one in found] == ["地區生產總值", "地區生產總值"]


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("汽車、船舶和鋰電池出口分別增長3%、10%、5%。", "汽車出口 船舶出口 鋰電池出口"),
        (
            "手機、電腦和太陽能電池出口額分別為3億元、4億元和5億元。",
            "手機出口額 電腦出口額 太陽能電池出口額",
        ),
        (
            "鐵礦砂、煤、原油分別進口9萬噸、5萬噸和2萬噸，分別減少7%、6%和4%。",
            "鐵礦砂進口 煤進口 原油進口 鐵礦砂進口 煤進口 原油進口",
        ),
        ("甲、乙、丙類病例數分別增長1%、2%和3%。", "甲類病例數 乙類病例數 丙類病例數"),
    ],
)
def test_what_a_list_says_once_begins_with_a_word(
    extractor: Extractor, text: str, indicators: str
) -> None:
    found = observations(extractor, text)
    assert " ".join(str(one.indicator) for one in found) == indicators


@pytest.mark.parametrize(
    ("text", "indicator", "areas"),
    [
        (
            "蘇州、無錫、常州GDP分別為2.6萬億元、1.6萬億元和1.1萬億元。",
            "GDP",
            "蘇州市 無錫市 常州市",
        ),
        (
            "臺中市、臺南市與高雄市的失業率分別為3.3%、3.4%及3.5%。",
            "失業率",
            "臺中市 臺南市 高雄市",
        ),
        ("大连、沈阳两市财政收入分别增长5.2%和下降1.3%。", "财政收入", "大连市 沈阳市"),
        ("珠海和中山进出口总额分别为3200亿元和2800亿元。", "进出口总额", "珠海市 中山市"),
    ],
)
def test_each_area_of_a_list_has_its_own_figure(
    extractor: Extractor, text: str, indicator: str, areas: str
) -> None:
    found = observations(extractor, text)
    assert [one.area for one in found] == areas.split()
    assert {one.indicator for one in found} == {indicator}


@pytest.mark.parametrize(
    ("text", "directions"),
    [
        ("出口及進口分別上升3.2%及下跌1.5%。", ["up", "down"]),
        ("出口300億元，進口200億元，分別增長6.5%和下降2.3%。", ["up", "down"]),
        ("毛利、營收與存貨分別增加1億元、減少2億元及增加3億元。", ["up", "down", "up"]),
    ],
)
def test_a_verb_may_turn_inside_a_list(
    extractor: Extractor, text: str, directions: list[str]
) -> None:
    found = [one for one in observations(extractor, text) if one.direction]
    assert [one.direction for one in found] == directions
    assert len({one.indicator for one in found}) == len(directions)


def test_a_comparison_stated_once_holds_for_the_list(extractor: Extractor) -> None:
    text = "與2024年5月比較，成衣的銷貨值上升5.1%。其次為鞋類（下跌2.2%）；玩具（上升0.6%）。"
    found = observations(extractor, text, published="2025-07-02")
    assert {one.reference for one in found} == {"2024年5月"}
    assert [one.direction for one in found] == ["up", "down", "up"]
    assert [one.indicator for one in found][1:] == ["鞋類", "玩具"]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("去年1至3月用電量分別為30、32和35億千瓦時。", ["2024-01", "2024-02", "2024-03"]),
        ("去年4—6月，全市新增貸款分別為5億元、2億元、4億元。", ["2024-04", "2024-05", "2024-06"]),
        ("去年首三季入住率分別為80%、82%及85%。", ["2024-Q1", "2024-Q2", "2024-Q3"]),
        ("2021至2023年罪案分別有30宗、32宗和31宗。", ["2021", "2022", "2023"]),
        ("去年4—6月出口按年分別增長3%、2%和4%。", ["2024-04", "2024-05", "2024-06"]),
        ("去年上半年房價和租金分別上升3%和2%。", ["2024-S1", "2024-S1"]),
        ("去年1至3月，客運量、貨運量和郵件量分別增長3%、2%和1%。", ["2024-01/2024-03"] * 3),
        ("去年前三季度用水量分別為30、32億立方米。", ["2024-01/2024-09"] * 2),
        ("去年1—6月汽車產銷分別完成132萬輛和130萬輛。", ["2024-01/2024-06"] * 2),
    ],
)
def test_a_run_of_months_quarters_or_years_is_handed_out(
    extractor: Extractor, text: str, periods: list[str]
) -> None:
    found = observations(extractor, text, published="2025-03-01")
    assert [one.period for one in found] == periods


def test_a_list_ahead_of_a_shared_figure_is_handed_out_again(extractor: Extractor) -> None:
    found = observations(extractor, "單親個案及失業個案均上升2%，分別有360宗及420宗。")
    assert [one.indicator for one in found[1:]] == ["單親個案", "失業個案"]


def test_areas_listed_with_their_figures_keep_them(extractor: Extractor) -> None:
    text = "養殖面積方面，彰化縣1,230公頃、雲林縣2,410公頃最多、屏東縣960公頃。"
    assert [one.area for one in observations(extractor, text)] == ["彰化縣", "雲林縣", "屏東縣"]


def test_a_bracketed_list_that_etc_closes_has_no_head(extractor: Extractor) -> None:
    found = observations(
        extractor, "案件包括盜竊罪行（145人）、交通罪行（144人）、店舖爆竊（65人）等。"
    )
    assert [one.indicator for one in found] == ["盜竊罪行", "交通罪行", "店舖爆竊"]


def test_partners_with_their_figures_in_brackets_are_no_areas(extractor: Extractor) -> None:
    text = "香港5月出口上升，尤其是輸往泰國（升12%）、越南（升8%）和德國（升3%）。"
    found = observations(extractor, text, published="2025-06-20")
    assert [one.indicator for one in found][1:] == ["越南", "德國"]
    assert {one.area for one in found} == {"香港"}


@pytest.mark.parametrize("text", ["東南亞、香港及台灣旅客", "東南亞旅客、香港旅客及台灣旅客"])
def test_those_who_come_from_places_are_named_after_them(extractor: Extractor, text: str) -> None:
    found = observations(
        extractor, f"澳門統計局公布，{text}的人均消費分別為1,740元、932元及827元。"
    )
    assert [str(one.indicator).removesuffix("的人均消費") for one in found] == [
        "東南亞旅客",
        "香港旅客",
        "台灣旅客",
    ]
    assert {one.area for one in found} == {"澳門"}


def test_a_share_handed_out_to_countries_is_of_what_comes_from_them(extractor: Extractor) -> None:
    text = "台灣進口豬肉6.7萬公噸，主要來自加拿大及荷蘭，占比分別為37%和18%。"
    _, *shares = observations(extractor, text)
    assert [one.indicator for one in shares] == ["加拿大", "荷蘭"]
    assert {one.area for one in shares} == {"台灣"}


def test_what_has_its_number_in_brackets_is_a_name(extractor: Extractor) -> None:
    found = observations(extractor, "個案包括失竊（145人）、襲擊（144人）、縱火（65人）等。")
    assert [one.indicator for one in found] == ["失竊", "襲擊", "縱火"]


@pytest.mark.parametrize(
    ("text", "partners"),
    [
        ("2025年8月澳門的日本旅客1.2萬人次，韓國佔8%，美國則下滑0.8%。", "日本旅客 韓國 美國"),
        ("2025年8月香港對德國出口上升4%，英國及法國分別下跌2%及6%。", "對德國出口 英國 法國"),
        ("114年8月台灣的越南移工26萬人，印尼、泰國依序為24萬及7萬人。", "越南移工 印尼 泰國"),
    ],
)
def test_a_country_with_a_figure_of_its_own_is_a_partner(
    extractor: Extractor, text: str, partners: str
) -> None:
    found = observations(extractor, text)
    assert [one.indicator for one in found] == partners.split()
    assert len({one.area for one in found}) == 1


def test_what_is_listed_holds_nothing(extractor: Extractor) -> None:
    found = observations(extractor, "日韓餐廳及西式餐廳的升幅分別為8.9%及4.3%。")
    assert [(one.indicator, one.holder) for one in found] == [
        ("日韓餐廳", None),
        ("西式餐廳", None),
    ]


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        (
            "小巴及的士分別載客146萬及62萬人次，跌幅為2.4%及6.8%。",
            "小巴載客 的士載客 小巴載客 的士載客",
        ),
        ("銷量及產值分別為3萬輛及12億元，較上月升2%及3%。", "銷量 產值 銷量 產值"),
        ("出口和進口分別上升5%和3%，升幅較上季收窄1個和2個百分點。", "出口 進口 出口 進口"),
    ],
)
def test_a_list_that_names_nothing_is_of_the_list_before_it(
    extractor: Extractor, text: str, indicators: str
) -> None:
    assert [one.indicator for one in observations(extractor, text)] == indicators.split()


def test_a_bracket_that_nothing_opens_is_no_item(extractor: Extractor) -> None:
    found = observations(extractor, "6.1%）和四星級酒店（92.3%）的入住率逾九成。")
    assert [one.quote for one in found] == ["6.1%", "92.3%", "逾九成"]
