"""Tables as the four presses lay them out: ranks, units of the rows, signs, blanks, bare years.

Each with what a reader takes from some of its cells, written before it was read.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from extractor import Extractor

Cells = list[tuple[str, dict[str, Any]]]

TABLES: dict[str, tuple[str, Cells]] = {
    "ranks between tabs": (
        """2025年上半年各市外贸情况

排名\t城市\t进出口总额（亿元）\t同比增长（%）
1\t泉州市\t1,240.5\t6.3
2\t漳州市\t618.2\t-1.7
3\t莆田市\t302.9\t0.4
""",
        [
            (
                "1,240.5",
                {
                    "indicator": "进出口总额",
                    "area": "泉州市",
                    "value": Decimal("124050000000"),
                    "measure": "level",
                    "period": "2025-S1",
                },
            ),
            (
                "-1.7",
                {
                    "area": "漳州市",
                    "indicator": "进出口总额",
                    "measure": "growth",
                    "basis": "yoy",
                    "direction": "down",
                },
            ),
            ("302.9", {"area": "莆田市"}),
        ],
    ),
    "ranks between bars": (
        """114年9月主要出口市場

| 名次 | 國家 | 金額（億美元） | 年增率（%） |
|---|---|---|---|
| 1 | 美國 | 152.3 | 31.2 |
| 2 | 日本 | 25.4 | △3.5 |
| 3 | 越南 | 12.8 | 0.9 |
""",
        [
            ("152.3", {"value": Decimal("15230000000"), "period": "2025-09", "unit": "美元"}),
            ("△3.5", {"value": Decimal("-3.5"), "direction": "down", "measure": "growth"}),
        ],
    ),
    "ranks in gaps, and a multiplier without a unit": (
        """2025年第二季主要客源地訪港旅客

排名　　客源地　　旅客人次（萬）　　按年變動（%）
1　　　　內地　　　　　880.4　　　　　+11.2
2　　　　台灣　　　　　 31.5　　　　　 -4.8
3　　　　菲律賓　　　　 28.7　　　　　+9.1
""",
        [
            (
                "880.4",
                {"indicator": "內地旅客人次", "period": "2025-Q2", "value": Decimal("8804000")},
            ),
            ("-4.8", {"direction": "down", "basis": "yoy", "indicator": "台灣旅客人次"}),
            ("+9.1", {"value": Decimal("9.1")}),
        ],
    ),
    "units in a column": (
        """2025年前三季度主要指标

指标\t单位\t绝对量\t同比增长（%）
粮食产量\t万吨\t640.5\t1.2
社会用电量\t亿千瓦时\t318.6\t5.9
实际使用外资\t万美元\t8,420\t-12.3
""",
        [
            (
                "640.5",
                {
                    "indicator": "粮食产量",
                    "unit": "吨",
                    "value": Decimal("6405000"),
                    "measure": "level",
                },
            ),
            ("318.6", {"unit": "千瓦时", "unit_code": "kW.h", "indicator": "社会用电量"}),
            ("8,420", {"unit": "美元", "value": Decimal("84200000"), "indicator": "实际使用外资"}),
            ("5.9", {"unit": "%", "measure": "growth", "indicator": "社会用电量", "basis": "yoy"}),
        ],
    ),
    "units and times in columns": (
        """臺灣農業統計

| 項目 | 單位 | 112年 | 113年 | 增減％ |
|---|---|---|---|---|
| 稻米產量 | 公噸 | 1,302,500 | 1,351,800 | 3.8 |
| 蔬菜種植面積 | 公頃 | 140,210 | 138,900 | △0.9 |
""",
        [
            ("1,302,500", {"indicator": "稻米產量", "unit": "公噸", "period": "2023"}),
            ("138,900", {"indicator": "蔬菜種植面積", "unit": "公頃", "period": "2024"}),
            ("3.8", {"unit": "%", "measure": "growth", "indicator": "稻米產量", "period": "2024"}),
            ("△0.9", {"value": Decimal("-0.9"), "direction": "down", "indicator": "蔬菜種植面積"}),
        ],
    ),
    "units in a column in gaps": (
        """2025年第三季旅遊統計

項目　　　　單位　　　　數值　　　　按年變動（%）
入境旅客　　萬人次　　　960.5　　　　13.4
酒店入住率　　%　　　　　91.2　　　　…
旅客平均消費　　澳門元　　　2,345　　　　▼2.1
""",
        [
            ("960.5", {"indicator": "入境旅客", "unit": "人次", "value": Decimal("9605000")}),
            ("2,345", {"unit": "澳門元", "indicator": "旅客平均消費"}),
        ],
    ),
    "filled triangles before signs": (
        """香港2025年9月住宅買賣

| 地區 | 宗數 | 按月變幅 |
|---|---|---|
| 港島 | 812 | ▲3.2% |
| 九龍 | 1,105 | ▼0.7% |
""",
        [
            ("▲3.2%", {"value": Decimal("3.2"), "direction": "up", "basis": "mom"}),
            ("▼0.7%", {"value": Decimal("-0.7"), "direction": "down", "basis": "mom"}),
        ],
    ),
    "labels spaced out": (
        """114年8月外籍旅客人數

地　區　　　　人　數（人）　　年增率（%）
總　　計　　　　612,300　　　　8.4
亞　　洲　　　　480,150　　　　9.9
其　　他　　　　 12,400　　　　△1.2
""",
        [
            ("612,300", {"value": Decimal("612300"), "unit": "人", "period": "2025-08"}),
            ("9.9", {"measure": "growth", "basis": "yoy"}),
            ("12,400", {"value": Decimal("12400")}),
        ],
    ),
    "bare years as labels": (
        """澳門歷年結婚對數

年份\t結婚對數（對）\t離婚對數（對）
2022\t3,120\t1,210
2023\t3,340\t1,180
2024\t3,015\t1,254
""",
        [
            ("3,120", {"period": "2022", "indicator": "結婚對數", "unit": "對"}),
            ("1,254", {"period": "2024", "indicator": "離婚對數"}),
        ],
    ),
    "bare years as headings": (
        """各類學校數目

| 類別 | 2022 | 2023 | 2024 |
|---|---|---|---|
| 小學（所） | 52 | 53 | 51 |
| 中學（所） | 30 | 30 | 31 |
""",
        [
            ("53", {"period": "2023", "indicator": "小學", "unit": "所"}),
            ("31", {"period": "2024", "indicator": "中學", "unit": "所"}),
        ],
    ),
    "bare years in gaps": (
        """主要年份森林资源

年份　　森林面积（万公顷）　　森林覆盖率（%）
2020　　812.4　　43.1
2024　　830.6　　44.0
""",
        [
            ("812.4", {"period": "2020", "indicator": "森林面积", "value": Decimal("8124000")}),
            ("44.0", {"period": "2024", "indicator": "森林覆盖率", "measure": "level"}),
        ],
    ),
    "per cent in the heading": (
        """2025年9月批發業營業額

行業　　　　營業額（億元）　　增減％
農產原料　　　　152.4　　　　　5.6
機械器具　　　　980.7　　　　 -2.3
""",
        [
            ("5.6", {"unit": "%", "measure": "growth", "indicator": "農產原料營業額"}),
            ("-2.3", {"unit": "%", "value": Decimal("-2.3"), "direction": "down"}),
        ],
    ),
    "notes behind numbers": (
        """2025年8月零售業銷貨額

類別\t銷貨額（百萬元）\t按年變動百分率
食品\t3,210 r\t+2.5
珠寶首飾\t4,105*\t-8.3 p
汽車\t1,020[1]\t-
百貨公司\t…\t+0.4
""",
        [
            ("3,210", {"value": Decimal("3210000000"), "indicator": "食品銷貨額"}),
            (
                "-8.3",
                {
                    "value": Decimal("-8.3"),
                    "direction": "down",
                    "basis": "yoy",
                    "measure": "growth",
                },
            ),
        ],
    ),
    "the row of the sum between bars": (
        """澳門2025年10月新登記車輛

| 類別 | 數目（輛） | 按年變動（%） |
|---|---:|---:|
| 輕型汽車 | 412 | -5.1 |
| 重型電單車 | 630 | 12.0 |
| 總數 | 1,042 | 4.6 |
""",
        [
            ("412", {"indicator": "輕型汽車", "unit": "輛", "period": "2025-10"}),
            ("1,042", {"unit": "輛", "value": Decimal("1042")}),
            ("4.6", {"measure": "growth", "basis": "yoy"}),
        ],
    ),
    "ranks below two lines of headings": (
        """臺灣114年第三季各縣市房屋買賣

| 名次 | 縣市 | 買賣移轉 | | 第一次登記 | |
| | | 棟數（棟） | 年增率（%） | 棟數（棟） | 年增率（%） |
|---|---|---|---|---|---|
| 1 | 新北市 | 9,120 | △21.4 | 3,410 | 5.0 |
| 2 | 臺中市 | 7,035 | △9.3 | 2,980 | △1.1 |
| 合計 | | 16,155 | △18.0 | 6,390 | 2.2 |
""",
        [
            (
                "9,120",
                {"value": Decimal(9120), "area": "新北市", "unit": "棟", "period": "2025-Q3"},
            ),
            ("△21.4", {"value": Decimal("-21.4"), "direction": "down", "area": "新北市"}),
            ("16,155", {"value": Decimal(16155), "unit": "棟"}),
        ],
    ),
    "both open triangles": (
        """臺灣2025年9月產品外銷

產品　　金額（億元）　　年增率（%）
車床　　 12.4　　△3.1
銑床　　  8.9　　▽2.2
""",
        [
            ("△3.1", {"value": Decimal("3.1"), "direction": "up"}),
            ("▽2.2", {"value": Decimal("-2.2"), "direction": "down"}),
        ],
    ),
    "bare years and a growth": (
        """浙江省主要作物面积

作物\t2023\t2024\t增长±%
早稻（万亩）\t152.3\t149.8\t-1.6
油菜（万亩）\t210.4\t225.1\t7.0
""",
        [
            (
                "152.3",
                {"period": "2023", "unit": "亩", "indicator": "早稻", "value": Decimal(1523000)},
            ),
            ("225.1", {"period": "2024"}),
            ("7.0", {"unit": "%", "measure": "growth", "indicator": "油菜", "period": "2024"}),
        ],
    ),
    "a sum ahead of the ranks": (
        """澳門2025年9月入境旅客

排名\t客源地\t旅客（人次）\t佔總數比重（%）
\t總數\t2,786,000\t100.0
1\t內地\t1,950,000\t70.0
2\t香港\t520,000\t18.7
""",
        [
            ("2,786,000", {"indicator": "旅客", "area": "澳門"}),
            ("520,000", {"indicator": "香港旅客", "area": "澳門"}),
            ("18.7", {"measure": "share"}),
        ],
    ),
    "a heading spaced out": (
        """江苏省2024年就业人员（单位：万人）

分  组  人数  比重（%）
总  计  4,860.2  100.0
城  镇  3,512.7  72.3
乡  村  1,347.5  27.7
""",
        [
            ("3,512.7", {"value": Decimal(35127000), "unit": "人"}),
            ("72.3", {"measure": "share", "unit": "%"}),
        ],
    ),
    "notes behind labels": (
        """香港2025年7月商品進口

貨品\t進口值（億元）\t按年變動（%）
食品 (1)\t62.3*\t+4.2 p
燃料#\t31.0 r\t(12.5)
其他\t…\t-
""",
        [
            ("62.3", {"value": Decimal(6230000000), "indicator": "食品進口值"}),
            ("(12.5)", {"value": Decimal("-12.5"), "direction": "down"}),
            ("31.0", {"indicator": "燃料進口值"}),
        ],
    ),
    "ranks before years": (
        """澳門各年新註冊企業

序號 年度 企業（間） 資本（百萬澳門元）
1 2022年 4,120 510.2
2 2023年 4,530 498.7
3 2024年 4,298 620.0
""",
        [
            ("4,530", {"period": "2023", "unit": "間"}),
            ("620.0", {"period": "2024", "value": Decimal(620000000)}),
        ],
    ),
    "bare years between bars": (
        """香港海洋垃圾收集量

| 年份 | 重量（公噸） | 按年變動（%） |
|---|---:|---:|
| 2021 | 3,810 | … |
| 2022 | 3,502 | ▼8.1 |
| 2023 | 3,677 | ▲5.0 |
""",
        [
            ("3,810", {"period": "2021", "indicator": "重量", "unit": "公噸"}),
            ("▼8.1", {"value": Decimal("-8.1"), "period": "2022", "basis": "yoy"}),
            ("▲5.0", {"value": Decimal("5"), "direction": "up"}),
        ],
    ),
}


@pytest.mark.parametrize(
    ("text", "quote", "fields"),
    [
        pytest.param(text, *cell, id=f"{name}: {cell[0]}")
        for name, (text, cells) in TABLES.items()
        for cell in cells
    ],
)
def test_a_cell_is_read_as_a_reader_would(
    extractor: Extractor, text: str, quote: str, fields: dict[str, Any]
) -> None:
    extraction = extractor.extract(text)
    records = (*extraction.figures, *extraction.percentages)
    record = next(record for record in records if record.quote == quote)
    assert {name: getattr(record, name) for name in fields} == fields
    assert text[record.start : record.end] == quote


@pytest.mark.parametrize(
    "text",
    [
        "議程\n1 開幕 9\n2 演講 10\n3 茶敘 11\n",
        "查詢電話\n2345 6789\n2345 6780\n",
        "歷任會長\n2001 2004\n2004 2008\n",
    ],
)
def test_numbered_lines_are_no_table(extractor: Extractor, text: str) -> None:
    assert extractor.extract(text).records == ()
