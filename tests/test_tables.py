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

READ = [
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
