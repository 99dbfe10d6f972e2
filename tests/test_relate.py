"""Relations: the pattern language, and what figures inherit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractor import Extractor
from extractor.records import Figure, Percentage
from extractor.relate.patterns import Alphabet

ALPHABET = Alphabet(
    ["text", "rise", "fall", "adverb", "percent", "points"], {"figure": ("percent", "points")}
)


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def observations(
    extractor: Extractor, text: str, published: str | None = None
) -> list[Figure | Percentage]:
    records = extractor.extract(text, published=published).records
    return [one for one in records if isinstance(one, Figure | Percentage)]


@pytest.mark.parametrize(
    ("pattern", "row", "figure"),
    [
        ("cue=(rise|fall) adverb* figure=percent", "rise percent", 1),
        ("cue=(rise|fall) adverb* figure=percent", "fall adverb adverb percent", 3),
        ("text &(rise) cue=rise figure=figure", "text rise points", 2),
    ],
)
def test_a_pattern_finds_its_figure(pattern: str, row: str, figure: int) -> None:
    letters = "".join(ALPHABET.letters[kind] for kind in row.split())
    match = ALPHABET.compile(pattern).search(letters)
    assert match is not None
    assert match.start("figure") == figure


@pytest.mark.parametrize(
    ("pattern", "complaint"),
    [("figure=tercent", "tercent"), ("(rise figure=percent", "pattern")],
)
def test_a_wrong_pattern_says_what_is_wrong(pattern: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        ALPHABET.compile(pattern)


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


def test_a_comparison_stated_once_holds_for_the_list(extractor: Extractor) -> None:
    text = "與2024年5月比較，成衣的銷貨值上升5.1%。其次為鞋類（下跌2.2%）；玩具（上升0.6%）。"
    found = observations(extractor, text, published="2025-07-02")
    assert {one.reference for one in found} == {"2024年5月"}
    assert [one.direction for one in found] == ["up", "down", "up"]
    assert [one.indicator for one in found][1:] == ["鞋類", "玩具"]


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


def test_a_list_ahead_of_a_shared_figure_is_handed_out_again(extractor: Extractor) -> None:
    found = observations(extractor, "單親個案及失業個案均上升2%，分別有360宗及420宗。")
    assert [one.indicator for one in found[1:]] == ["單親個案", "失業個案"]


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


def test_growth_behind_a_level_of_an_earlier_time(extractor: Extractor) -> None:
    text = "2024年，竊案從2019年的284件，攀升至337件，增加53件、增幅18.7%。"
    *_, change, growth = observations(extractor, text)
    assert [(one.basis, one.reference) for one in (change, growth)] == [("vs_period", "2019年")] * 2


def test_areas_listed_with_their_figures_keep_them(extractor: Extractor) -> None:
    text = "養殖面積方面，彰化縣1,230公頃、雲林縣2,410公頃最多、屏東縣960公頃。"
    assert [one.area for one in observations(extractor, text)] == ["彰化縣", "雲林縣", "屏東縣"]


def test_a_forecast_ends_where_the_past_begins(extractor: Extractor) -> None:
    text = "預測報告指出，2024年學生12萬名，預計2027年降至9萬名。"
    found = observations(extractor, text, published="2025-08-17")
    assert [one.measure for one in found] == ["level", "target"]


def test_a_forecast_that_something_is_held_against(extractor: Extractor) -> None:
    text = "營收優於市場預期，毛利率為59.5%，預期下季營收為320億元。"
    assert [one.measure for one in observations(extractor, text)] == ["level", "target"]


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


def test_what_has_its_number_in_brackets_is_a_name(extractor: Extractor) -> None:
    found = observations(extractor, "個案包括失竊（145人）、襲擊（144人）、縱火（65人）等。")
    assert [one.indicator for one in found] == ["失竊", "襲擊", "縱火"]


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


def test_what_is_listed_holds_nothing(extractor: Extractor) -> None:
    found = observations(extractor, "日韓餐廳及西式餐廳的升幅分別為8.9%及4.3%。")
    assert [(one.indicator, one.holder) for one in found] == [
        ("日韓餐廳", None),
        ("西式餐廳", None),
    ]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("統計局資料顯示，2025年第三季飲食業營業額升2%。\n9月營業額按月跌9%。", "2025-09"),
        ("2025年6月新批貸款減少21%。\n今年第二季新批貸款升5%。", "2025-Q2"),
        ("2024年上半年本公司收入增長8%。\n6月底員工為1,830人。", "2024-06-30"),
    ],
)
def test_the_period_told_first_gives_the_year(extractor: Extractor, text: str, period: str) -> None:
    assert observations(extractor, text)[-1].period == period


def test_a_year_is_told_when_it_is_over(extractor: Extractor) -> None:
    text = "消防局公佈2024年工作數據\n全年處理個案5,300宗。截至去年底有人員1,500名。"
    assert [one.period for one in observations(extractor, text)] == ["2024", "2024-12-31"]


def test_a_plan_gives_no_year(extractor: Extractor) -> None:
    text = "前10個月吞吐量468萬箱。碼頭計劃2027年上半年建成，投資32億元。"
    assert observations(extractor, text)[0].period is None


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
