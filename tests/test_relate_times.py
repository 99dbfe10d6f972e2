"""Periods and comparisons: what a figure says itself, and what it inherits."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractor import Extractor
from tests.observed import observations


@pytest.mark.parametrize(
    "text",
    [
        "2024年上半年出口350億元，較去年同期300億元增長16.7%，進口200億元。",
        "2024年上半年出口由去年同期下降2.1%轉為增長3.4%，進口增長5%。",
        "2024年上半年招生1200人，比去年擴招200人，錄取率為85%。",
    ],
)
def test_what_is_compared_with_is_no_period_of_the_neighbours(
    extractor: Extractor, text: str
) -> None:
    assert observations(extractor, text)[-1].period == "2024-S1"


def test_a_semicolon_may_change_what_is_compared_with(extractor: Extractor) -> None:
    text = "2024年6月，與上年同期相比，出口下降3.5%；與上月相比，增長1.2%。"
    assert [one.basis for one in observations(extractor, text)] == ["yoy", "mom"]


def test_growth_below_zero_goes_down(extractor: Extractor) -> None:
    [found] = observations(extractor, "出口增長-3.1%。")
    assert (found.value, found.direction) == (Decimal("-3.1"), "down")


def test_a_period_named_for_comparison_is_not_the_figures_own(extractor: Extractor) -> None:
    text = "2025年6月，港口吞吐量3.1億噸，比2020年增長22%。"
    level, growth = observations(extractor, text, published="2025-07-10")
    assert (level.period, growth.period) == ("2025-06", "2025-06")
    assert (growth.basis, growth.reference) == ("vs_period", "2020年")


@pytest.mark.parametrize(
    ("text", "published", "basis"),
    [
        ("2025年6月銷量較2024年6月上升4%。", "2025-07-01", "yoy"),
        ("2025年6月銷量較5月上升4%。", "2025-07-01", "mom"),
        ("2025年第二季銷量較第一季上升4%。", "2025-07-01", "qoq"),
        ("2025年第二季銷量較2019年上升4%。", "2025-07-01", "vs_period"),
    ],
)
def test_the_basis_follows_from_the_two_periods(
    extractor: Extractor, text: str, published: str, basis: str
) -> None:
    assert observations(extractor, text, published=published)[0].basis == basis


def test_a_level_and_where_it_came_from(extractor: Extractor) -> None:
    text = "城鎮化率由2020年的58.1%提高到62.4%。"
    before, after = observations(extractor, text, published="2025-02-01")
    assert (before.value, before.direction, before.period) == (before.value, None, "2020")
    assert (after.measure, after.direction, after.indicator) == ("level", "up", "城鎮化率")


def test_plans_are_targets(extractor: Extractor) -> None:
    text = "力爭到2027年全市新能源汽車產量達到60萬輛，充電樁保有量達到9萬個。"
    found = observations(extractor, text, published="2025-02-01")
    assert [one.measure for one in found] == ["target", "target"]
    assert [one.period for one in found] == ["2027", "2027"]


@pytest.mark.parametrize(
    ("lead", "period"),
    [
        ("警方公布，2023年上半年錄得求助812宗。", "2023-S1"),
        ("環保署公布統計。棄置量連續三年下跌，2023年為36萬噸。", "2023"),
        ("集團公布截至2024年9月底止六個月業績，收入為86億元。", "2024-04/2024-09"),
        ("當局指，2024-25年度的開支為86億元。", None),
        ("該會在「2023年報告」中指有會員812人。", None),
        ("該會透露，去年首九個月會員有812人。", "2024-01/2024-09"),
        ("上月1日至20日共有812人入會。", "2025-02-01/2025-02-20"),
        ("截至2024年9月底，會員有812人。", "2024-09-30"),
        ("2024年9月末，會員有812人。", "2024-09-30"),
        ("該會透露，截至2024年9月30日，會員有812人。", "2024-09-30"),
        ("當局9月30日指，會員有812人。", None),
        ("與2020年相比，會員增加812人。", None),
    ],
)
def test_the_lead_may_tell_the_period_of_what_follows(
    extractor: Extractor, lead: str, period: str | None
) -> None:
    text = f"最新數字出爐\n\n{lead}\n\n新增個案有36宗，平均輪候時間為4個月。"
    found = observations(extractor, text, published="2025-03-01")
    assert {one.period for one in found if one.unit == "宗" and one.value == 36} == {period}


def test_a_level_of_a_day_is_compared_with_the_month_before(extractor: Extractor) -> None:
    text = "截至9月底，電動車有8萬輛，按月增加1%。"
    found = observations(extractor, text, published="2025-10-28")
    assert [(one.basis, one.period) for one in found][1:] == [("mom", "2025-09-30")]


def test_growth_behind_a_level_of_an_earlier_time(extractor: Extractor) -> None:
    text = "2024年，竊案從2019年的284件，攀升至337件，增加53件、增幅18.7%。"
    *_, change, growth = observations(extractor, text)
    assert [(one.basis, one.reference) for one in (change, growth)] == [("vs_period", "2019年")] * 2


def test_a_forecast_ends_where_the_past_begins(extractor: Extractor) -> None:
    text = "預測報告指出，2024年學生12萬名，預計2027年降至9萬名。"
    found = observations(extractor, text, published="2025-08-17")
    assert [one.measure for one in found] == ["level", "target"]


def test_a_forecast_that_something_is_held_against(extractor: Extractor) -> None:
    text = "營收優於市場預期，毛利率為59.5%，預期下季營收為320億元。"
    assert [one.measure for one in observations(extractor, text)] == ["level", "target"]


@pytest.mark.parametrize(
    "text",
    [
        "2025年10月，全市零售額同比增長2.9%，比上月回落0.1個百分點，餐飲收入增長3.8%。",
        "2025年6月外銷較上年同月增長7.2%，增幅比上月擴大1.5個百分點；內銷增長3.1%。",
        "2025年8月，用電量同比增長4%，增速較上月加快0.6個百分點，其中工業用電增長5.5%。",
    ],
)
def test_how_a_rate_moved_compares_no_other_growth(extractor: Extractor, text: str) -> None:
    assert [one.basis for one in observations(extractor, text)][-3:] == ["yoy", "mom", "yoy"]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("統計局資料顯示，2025年第三季飲食業營業額升2%。\n9月營業額按月跌9%。", "2025-09"),
        ("2025年6月新批貸款減少21%。\n今年第二季新批貸款升5%。", "2025-Q2"),
        ("2024年上半年本公司收入增長8%。\n6月底員工為1,830人。", "2024-06-30"),
        ("截至2025年9月底，申請有1,300宗。\n9月底空置率為2%。", "2025-09-30"),
        ("截至2022年1月底，裝置容量為11GW。\n今年1月底風力占9%。", "2022-01-31"),
        ("2025年9月底輪候3.2年，較上季的3.3年為短。", "2025-Q2"),
    ],
)
def test_the_period_told_first_gives_the_year(extractor: Extractor, text: str, period: str) -> None:
    assert observations(extractor, text)[-1].period == period


def test_a_year_is_told_when_it_is_over(extractor: Extractor) -> None:
    text = "消防局公佈2024年工作數據\n全年處理個案5,300宗。截至去年底有人員1,500名。"
    assert [one.period for one in observations(extractor, text)] == ["2024", "2024-12-31"]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("旅客達全年目標3,900萬人次的76%。平均逗留1.1日。", ["2026", "2026", None]),
        ("力爭到2027年企業達1,200家。全市已建成車庫180座。", ["2027", None]),
        ("自1995年以來未有調整。署方資助1,500戶。", [None]),
    ],
)
def test_a_time_that_is_not_that_of_what_follows(
    extractor: Extractor, text: str, periods: list[str | None]
) -> None:
    found = observations(extractor, text, published="2026-01-14")
    assert [one.period for one in found] == periods


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("8月出口29億元，同比增長9.3%，環比下降1.2%。民企出口17億元，增長10.1%。", "yoy"),
        ("指數按月上升0.7%。其中，煙酒的指數上升10.5%。", "mom"),
    ],
)
def test_of_two_comparisons_of_a_thing_the_next_has_that_with_the_year_before(
    extractor: Extractor, text: str, basis: str
) -> None:
    assert observations(extractor, text)[-1].basis == basis


def test_a_plan_gives_no_year(extractor: Extractor) -> None:
    text = "前10個月吞吐量468萬箱。碼頭計劃2027年上半年建成，投資32億元。"
    assert observations(extractor, text)[0].period is None


def test_the_years_to_come_hold_for_what_is_planned(extractor: Extractor) -> None:
    text = "2025年9月使用情況\n\n使用率為85%。未來三年，該署於各區設置閘機40部。罰款為1.5元。"
    rate, gates, fine = observations(extractor, text, published="2025-11-06")
    assert (gates.measure, gates.period) == ("target", "2025-11-06/2028-11-05")
    assert (fine.measure, fine.period) == ("level", "2025-09")
    assert rate.measure == "level"


def test_what_those_asked_expect_something_for_holds_for_their_answer(
    extractor: Extractor,
) -> None:
    text = "2025年11月，六成受訪商戶預期明年生意持平，較去年調查高出6.2個百分點。"
    change = observations(extractor, text, published="2025-12-08")[-1]
    assert (change.measure, change.period, change.basis) == ("change", "2025-11", "yoy")


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("自2008年以來共錄得33宗個案。", "2008/.."),
        ("2008年以來共錄得33宗個案，去年有5宗。", None),
        ("今日（三月五日）宣布推行計劃。\n水費自1995年以來未曾調整。去年收到33宗個案。", None),
    ],
)
def test_a_text_without_a_date_gives_no_year(
    extractor: Extractor, text: str, period: str | None
) -> None:
    extraction = extractor.extract(text)
    assert extraction.release.published is None
    assert extraction.figures[-1].period == period
