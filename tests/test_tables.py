"""Tables in lines of text: every cell is a record with the names of its row and its column."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import Extractor, grids

TABS = """2025年前三季度各市主要指標

地區\t地區生產總值（億元）\t同比增長（%）\t固定資產投資增速（%）
鄭州市\t11,520.3\t5.9\t-2.1
洛陽市\t4,480.6\t5.2\t3.4
"""
BARS = """2025年9月主要貨品出口

| 貨品 | 出口額（億美元） | 年增率（%） |
|---|---:|---:|
| 電子零組件 | 180.2 | 25.1 |
| 基本金屬 | 22.4 | -3.2 |
"""
GAPS = """2025年第三季按行業劃分的就業人數

行業　　　　就業人數（千人）　按年變動（%）
製造業　　　　　　78.2　　　　　(2.3)
建造業　　　　　 330.5　　　　　+1.2
合計　　　　　　 408.7　　　　　　…
"""
YEARS = """臺灣稻米產量

單位：公噸
年別　　產量
112年　　1,302,500
113年　　1,351,800
"""

POINTS = """2025年3月各業景氣

行業\t指數（點）\t比上月增減（個百分點）
紡織業\t48.2\t-1.2
化工業\t51.3\t0.6
"""
QUARTERS = """2025年能源消費

指標\t一季度\t二季度
用電量（億千瓦時）\t120.3\t131.8
原煤消費量（萬噸）\t\t42.5
其他\t—\t3.1
"""
FLOWS = """單位：億元
項目　　2023年　　2024年　　變動率（%）
出口　　130.2　　142.8　　9.7
進口　　101.5　　98.3　　-3.2
"""
GROUPS = """2025年上半年玩具及鞋類貿易

| **行業** | 出口 | | 進口 | |
| | 金額（億元） | 同比（%） | 金額（億元） | 同比（%） |
|---|---|---|---|---|
| **玩具** | 12.5 | 3.1 | 2.2 | **-1.0** |
| 鞋類 | 9.4 | -5.2 | 1.7 | 0.8 |
"""
CITIES = """江苏省统计局：2025年一季度各市消费情况

城市\t社会消费品零售总额（亿元）\t环比（%）
南京市\t2100.5\t1.2
苏州市\t2500.1\t0.8
其他\t900.2\t-0.3
合计\t5500.8\t0.7
"""
FIRMS = """經濟部統計處114年4月食品業營收
單位：新臺幣千元；%

行業　　營收　　年增率
麵粉業　　5,200,300　　3.4
製糖業　　1,800,100　　-2.5
"""
VISITORS = """澳門統計暨普查局資料，2025年4月入境旅客

原居地\t旅客（人次）\t按年（%）
內地\t1,950,000\t10.2
香港[1]\t520,000*\t-3.1
總數\t2,800,000\t7.6
"""
POLL = """圖書館服務調查
滿意　　52%
一般　　30%
不滿意　　18%
"""
ONE_ROW = """2025年上半年全縣工業

指標\t產值（億元）\t同比增長（%）\t用工人數（人）
食品加工業\t12.5\t4.1\t3200
"""
WITH_UNITS = """| 年份 | 學校數 | 在校生數 |
| 2023年 | 52所 | 60.5萬人 |
| 2024年 | 53所 | 62.1萬人 |
"""

READ = [
    (POINTS, "-1.2", {"value": Decimal("-1.2"), "unit_code": "pp", "measure": "change"}),
    (QUARTERS, "120.3", {"indicator": "用電量", "period": "2025-Q1", "unit_code": "kW.h"}),
    (QUARTERS, "42.5", {"indicator": "原煤消費量", "period": "2025-Q2", "unit_code": "t"}),
    (QUARTERS, "3.1", {"indicator": "其他", "period": "2025-Q2", "unit": None}),
    (FLOWS, "130.2", {"indicator": "出口", "period": "2023", "measure": "level"}),
    (FLOWS, "98.3", {"indicator": "進口", "period": "2024", "value": Decimal("9830000000")}),
    (FLOWS, "-3.2", {"indicator": "進口", "period": "2024", "measure": "growth"}),
    (GROUPS, "12.5", {"indicator": "玩具出口", "value": Decimal("1250000000")}),
    (GROUPS, "-1.0", {"indicator": "玩具進口", "measure": "growth", "basis": "yoy"}),
    (GROUPS, "0.8", {"indicator": "鞋類進口", "direction": "up", "period": "2025-S1"}),
    (CITIES, "0.8", {"area": "苏州市", "measure": "growth", "basis": "qoq"}),
    (CITIES, "900.2", {"area": "江苏省", "indicator": "其他社会消费品零售总额"}),
    (CITIES, "5500.8", {"area": "江苏省", "indicator": "社会消费品零售总额"}),
    (FIRMS, "1,800,100", {"indicator": "製糖業營收", "value": Decimal("1800100000")}),
    (FIRMS, "-2.5", {"indicator": "製糖業營收", "unit": "%", "measure": "growth"}),
    (VISITORS, "1,950,000", {"indicator": "內地旅客", "area": "澳門", "unit": "人次"}),
    (VISITORS, "-3.1", {"indicator": "香港旅客", "area": "澳門", "basis": "yoy"}),
    (VISITORS, "2,800,000", {"indicator": "旅客", "area": "澳門"}),
    (POLL, "30%", {"indicator": "一般"}),
    (POLL, "18%", {"indicator": "不滿意"}),
    (ONE_ROW, "4.1", {"indicator": "食品加工業產值", "measure": "growth", "basis": "yoy"}),
    (ONE_ROW, "3200", {"indicator": "食品加工業用工人數", "unit": "人"}),
    (WITH_UNITS, "62.1萬人", {"indicator": "在校生數", "period": "2024"}),
    (TABS, "11,520.3", {"value": Decimal("1152030000000"), "unit_code": "CNY"}),
    (TABS, "11,520.3", {"indicator": "地區生產總值", "area": "鄭州市", "measure": "level"}),
    (TABS, "11,520.3", {"period": "2025-01/2025-09"}),
    (TABS, "5.2", {"indicator": "地區生產總值", "measure": "growth", "basis": "yoy"}),
    (TABS, "5.2", {"area": "洛陽市", "direction": "up", "unit": "%"}),
    (TABS, "-2.1", {"indicator": "固定資產投資", "direction": "down", "value": Decimal("-2.1")}),
    (BARS, "180.2", {"indicator": "電子零組件出口額", "value": Decimal("18020000000")}),
    (BARS, "-3.2", {"indicator": "基本金屬出口額", "measure": "growth", "direction": "down"}),
    (GAPS, "78.2", {"indicator": "製造業就業人數", "value": Decimal("78200"), "unit": "人"}),
    (GAPS, "(2.3)", {"indicator": "製造業就業人數", "value": Decimal("-2.3"), "basis": "yoy"}),
    (GAPS, "+1.2", {"indicator": "建造業就業人數", "direction": "up", "value": Decimal("1.2")}),
    (GAPS, "408.7", {"indicator": "就業人數", "period": "2025-Q3"}),
    (YEARS, "1,351,800", {"indicator": "產量", "period": "2024", "unit": "公噸"}),
]


@pytest.mark.parametrize(("text", "quote", "fields"), READ)
def test_a_cell_is_named_by_its_row_and_column(
    extractor: Extractor, text: str, quote: str, fields: dict[str, object]
) -> None:
    records = [*extractor.extract(text).figures, *extractor.extract(text).percentages]
    record = next(record for record in records if record.quote == quote)
    assert {name: getattr(record, name) for name in fields} == fields
    assert text[record.start : record.end] == quote


@pytest.mark.parametrize(
    "text",
    [
        "電話 2345 6789\n傳真 2345 6780\n",
        "第一場 25 22\n第二場 25 19\n",
        "聯絡人　王小明　內線 301\n電郵　press@example.org\n",
        "| 市 | 遊客（萬人次） |\n| [甲](a) | 12.3 |\n| [乙](b) | 10.1 |\n",
    ],
)
def test_lines_without_a_heading_are_no_table(extractor: Extractor, text: str) -> None:
    assert extractor.extract(text).records == ()


LABEL = st.text("甲乙丙丁戊", min_size=1, max_size=4)
NUMBER = st.integers(0, 10**7).map(str)
GAP = st.sampled_from(["\t", "  ", " | "])


@given(gap=GAP, labels=st.lists(LABEL, min_size=2, max_size=5), data=st.data())
def test_cells_lie_where_they_were_written(
    gap: str, labels: list[str], data: st.DataObject
) -> None:
    width = data.draw(st.integers(1, 4))
    rows = [
        [label, *data.draw(st.lists(NUMBER, min_size=width, max_size=width))] for label in labels
    ]
    heading = ["類別", *("欄" * (number + 1) for number in range(width))]
    text = "\n".join(gap.join(cells) for cells in [heading, *rows])
    (found,) = grids.find(text)
    assert [text[column.start : column.end] for column in found.columns] == heading[1:]
    cut = [
        [text[span.start : span.end] for span in (label, *cells) if span]
        for label, cells in found.rows
    ]
    assert cut == rows
