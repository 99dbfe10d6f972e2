"""Dates and periods in the four styles of press release, and in talk."""

from __future__ import annotations

import datetime as dt
import importlib.util
import json
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from extractor.errors import RuleError
from extractor.matchers.neutral import prediction
from extractor.matchers.periods import Period, PeriodMatcher, Style
from extractor.ruleset import load_rules
from extractor.text import SourceText

PEERS = Path(__file__).parents[2] / "shared" / "peers"


@cache
def matcher() -> PeriodMatcher:
    return PeriodMatcher(load_rules())


def find(
    text: str, published: str | None = None, region: str | None = None, style: Style = "press"
) -> dict[str, Period]:
    """The periods of ``text`` by their words as written."""
    source = SourceText(text)
    reference = dt.datetime.fromisoformat(published) if published else None
    found = matcher().find(source.text, reference=reference, region=region, style=style)
    assert all(a.end <= b.start for a, b in pairwise(found))
    return {source.quote(one.start, one.end): one for one in found}


def codes(
    text: str, published: str | None = None, region: str | None = None, style: Style = "press"
) -> dict[str, str | None]:
    return {quote: one.code for quote, one in find(text, published, region, style).items()}


ABSOLUTE = {
    "甘肅省2022年全年發電": {"2022年全年": "2022"},
    "二〇二二年十二月三十一日零時": {"二〇二二年十二月三十一日零時": "2022-12-31T00:00"},
    "福建省２０２４年９月３０日公布": {"２０２４年９月３０日": "2024-09-30"},
    "2024年第三季出口": {"2024年第三季": "2024-Q3"},
    "2024年三季度末餘額": {"2024年三季度末": "2024-09-30"},
    "2023年上半年和2024年下半年": {"2023年上半年": "2023-S1", "2024年下半年": "2024-S2"},
    "2024年1至8月，吉林": {"2024年1至8月": "2024-01/2024-08"},
    "2024年一季度至三季度": {"2024年一季度至三季度": "2024-01/2024-09"},
    "2023年前三季度": {"2023年前三季度": "2023-01/2023-09"},
    "2024年首七個月": {"2024年首七個月": "2024-01/2024-07"},
    "2022/23學年及2023-24財政年度": {
        "2022/23學年": "2022-09/2023-08",
        "2023-24財政年度": "2023-04/2024-03",
    },
    "2021/22至2025/26年度": {"2021/22至2025/26年度": "2021-04/2026-03"},
    "規劃期為2023—2027年": {"2023—2027年": "2023/2027"},
    "2019年至2023年平均": {"2019年至2023年": "2019/2023"},
    "2020、2021和2022年": {"2020": "2020", "2021": "2021", "2022年": "2022"},
    "較「十二五」末增加": {"「十二五」末": "2015-12-31"},
    "“十四五”前三年累計": {"“十四五”前三年": "2021/2023"},
    "20世紀70年代建成": {"20世紀70年代": "1970/1979"},
    "民國一百一十三年十月": {"民國一百一十三年十月": "2024-10"},
    "113學年度招生": {"113學年度": "2024-08/2025-07"},
    "2024年3月上旬": {"2024年3月上旬": "2024-03-01/2024-03-10"},
    "2024年6月15日至7月2日": {"2024年6月15日至7月2日": "2024-06-15/2024-07-02"},
    "2024年12月30日至1月3日": {"2024年12月30日至1月3日": "2024-12-30/2025-01-03"},
    "截至2025年6月底的三個月": {"截至2025年6月底的三個月": "2025-04/2025-06"},
    "自2025年7月1日起施行": {"自2025年7月1日起": "2025-07-01/.."},
    "2035年前建成": {"2035年前": "../2035"},
    "2030年底前完成": {"2030年底前": "2030-12-31"},
}


@pytest.mark.parametrize(("text", "expected"), ABSOLUTE.items())
def test_what_the_text_settles_alone(text: str, expected: dict[str, str]) -> None:
    assert codes(text) == expected


PRESS = [
    # A release looks back: what it leaves out is the last such time.
    ("江西前11個月出口", "2024-12-18", {"前11個月": "2024-01/2024-11"}),
    ("江西前11個月出口", "2025-01-08", {"前11個月": "2024-01/2024-11"}),
    ("1—12月，規上工業", "2025-01-22", {"1—12月": "2024-01/2024-12"}),
    ("12月居民消費價格", "2025-01-09", {"12月": "2024-12"}),
    ("上半年，寧夏", "2025-07-20", {"上半年": "2025-S1"}),
    ("第四季經營收益", "2025-02-20", {"第四季": "2024-Q4"}),
    ("全年接待遊客", "2025-01-22", {"全年": "2024"}),
    ("截至11月末，貸款餘額", "2025-01-05", {"截至11月末": "2024-11-30"}),
    ("記者29日獲悉", "2025-03-02", {"29日": "2025-01-29"}),
    ("將於4月1日起施行", "2025-02-20", {"4月1日起": "2025-04-01/.."}),
    ("預計12月底竣工", "2025-02-20", {"12月底": "2025-12-31"}),
    # Relative words.
    ("去年全年及今年首季", "2025-05-02", {"去年全年": "2024", "今年首季": "2025-Q1"}),
    ("前年同期", "2025-05-02", {"前年同期": None}),
    ("今年以來新增", "2025-05-02", {"今年以來": "2025-01-01/2025-05-02"}),
    ("今（115）年前2月", "2026-03-09", {"今（115）年前2月": "2026-01/2026-02"}),
    ("市政府昨（8）日說明", "2025-05-09", {"昨（8）日": "2025-05-08"}),
    ("目前全縣有", "2025-05-02", {"目前": "2025-05"}),
    ("近三年累計", "2025-05-02", {"近三年": "2022-05-02/2025-05-01"}),
    ("未來五年", "2025-05-02", {"未來五年": "2025-05-02/2030-05-01"}),
    ("今明兩年", "2025-05-02", {"今明兩年": "2025/2026"}),
    ("本季餘額較上季多", "2025-05-02", {"本季": "2025-Q2", "上季": "2025-Q1"}),
]


@pytest.mark.parametrize(("text", "published", "expected"), PRESS)
def test_a_release_looks_back(text: str, published: str, expected: dict[str, str]) -> None:
    assert codes(text, published) == expected


POINTING = [
    (
        "2024年前三季度，黑龍江出口增長5%，增速較上半年加快，比上年同期提高2個百分點",
        {"2024年前三季度": "2024-01/2024-09", "上半年": "2024-S1", "上年同期": "2023-01/2023-09"},
    ),
    (
        "2023年，青海全省投資增長，比上年提高",
        {"2023年": "2023", "上年": "2022"},
    ),
    (
        "10月當月出口較上月增加，較上年同月減少",
        {"10月當月": "2024-10", "上月": "2024-09", "上年同月": "2023-10"},
    ),
    (
        "2024年9月底有300宗，去年同期有280宗",
        {"2024年9月底": "2024-09-30", "去年同期": "2023-09-30"},
    ),
    (
        "2023年完成投資5億元，其中12月完成1億元。5月新開工",
        {"2023年": "2023", "12月": "2023-12", "5月": "2024-05"},
    ),
]


@pytest.mark.parametrize(("text", "expected"), POINTING)
def test_what_points_back(text: str, expected: dict[str, str]) -> None:
    assert codes(text, "2024-11-20") == expected


REGIONAL = [
    ("114年第2季GDP", "TW", {"114年第2季": "2025-Q2"}),
    ("發布日期：114-08-05", "TW", {"114-08-05": "2025-08-05"}),
    ("112年至114年共編列", "TW", {"112年至114年": "2023/2025"}),
    ("112、113及114年度", "TW", {"112": "2023", "113": "2024", "114年度": "2025"}),
    ("本年度撥款較上年度多", "HK", {"本年度": "2025-04/2026-03", "上年度": "2024-04/2025-03"}),
    ("本年度撥款", "CN", {"本年度": "2025"}),
]


@pytest.mark.parametrize(("text", "region", "expected"), REGIONAL)
def test_regional_calendars(text: str, region: str, expected: dict[str, str]) -> None:
    assert codes(text, "2025-10-09", region) == expected


@pytest.mark.parametrize(
    "text",
    [
        "渝府發〔2024〕18號文件",
        "開通5G基站1200個",
        "新增2023個車位",
        "連續18個月增長",
        "三年行動計劃",
        "為期三年，一年一度",
        "以3:2獲勝",
        "第十四屆三次會議",
        "伺服器192.168.10.12",
        "增百分之零點八",
        "市值10日元",
        "文明年度人物",
        "成本月均下降",
        "熱線12345",
        "印發「十四五」規劃",
        "夜間消費達12億元",
        "推動深夜食堂40家",
    ],
)
def test_not_periods(text: str) -> None:
    assert codes(text, "2025-10-09", style="press") == {}


def test_without_a_reference_day_the_words_are_still_claimed() -> None:
    found = find("去年9月及9月底")
    assert {quote: one.code for quote, one in found.items()} == {"去年9月": None, "9月底": None}


def test_a_title_is_marked() -> None:
    found = find("《2025年施政報告》提到2024年", "2025-10-15")
    assert [one.titled for one in found.values()] == [True, False]


def test_days_are_inclusive() -> None:
    (quarter,) = find("2024年第一季").values()
    assert (quarter.period_start, quarter.period_end) == (dt.date(2024, 1, 1), dt.date(2024, 3, 31))
    (since,) = find("2018年起").values()
    assert since.open_end
    assert (since.period_start, since.period_end) == (dt.date(2018, 1, 1), None)


TALK = [
    ("明天下午3點半", {"明天下午3點半": "2025-10-10T15:30"}),
    ("下周三上午", {"下周三上午": "2025-10-15T07:00/2025-10-15T12:00"}),
    ("2024年中秋節", {"2024年中秋節": "2024-09-17"}),
    ("母親節", {"母親節": "2026-05-10"}),
    ("農曆八月十五", {"農曆八月十五": "2025-10-06"}),
    ("復活節", {"復活節": "2026-04-05"}),
    ("兩個半小時後", {"兩個半小時後": "2025-10-09T02:30"}),
    ("三天前", {"三天前": "2025-10-06"}),
    ("2024年前三季度末", {"2024年前三季度末": "2024-09-30"}),
]


@pytest.mark.parametrize(("text", "expected"), TALK)
def test_talk(text: str, expected: dict[str, str]) -> None:
    assert codes(text, "2025-10-09", style="chat") == expected


def test_both_scripts_read_alike() -> None:
    for text, expected in ABSOLUTE.items():
        simplified = SourceText(text).text
        assert list(codes(simplified).values()) == list(expected.values())


def test_unknown_slots_are_rule_mistakes(tmp_path: Path) -> None:
    rules = '[[time]]\nname = "x"\npatterns = ["{fortnight}號"]\n'
    (tmp_path / "mine.toml").write_text(rules, encoding="utf-8")
    with pytest.raises(RuleError, match="unknown slot"):
        PeriodMatcher(load_rules([tmp_path]))


def test_predictions() -> None:
    (day,) = find("2024年1月24日").values()
    assert prediction(day) == {"start": 0, "end": 10, "kind": "date", "value": "2024-01-24"}
    (span,) = find("2024年1至3月").values()
    assert prediction(span)["low"] == "2024-01-01"
    assert prediction(span)["high"] == "2024-03-31"


# Expectations of the suites that are refused, each with its reason.
REFUSED = {
    "reco-date-b671e9fb": "the same text and day are a date in another case of the suite",
    "jion-date-451b0dce": "no word says that the month is one of the Chinese calendar",
    "jion-period-844abfae": "the seventh year of what is not said",
}


@pytest.mark.skipif(not PEERS.is_dir(), reason="the peers' cases are not here")
def test_core_cases_of_the_peers() -> None:
    failed: list[str] = []
    lines = (PEERS / "cases.dev.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    scorer = _scorer()
    for case in cases:
        kinds = {item["kind"] for item in case["expect"]} or {case["kind"]}
        if not case["core"] or not kinds <= {"date", "period"}:
            continue
        found = find(case["text"], case.get("ref"), style="chat").values()
        if not scorer(case, [prediction(one) for one in found]):
            failed.append(case["id"])
    assert set(failed) <= set(REFUSED)


def _scorer() -> Any:
    spec = importlib.util.spec_from_file_location("score_neutral", PEERS / "score_neutral.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return lambda case, found: module.score_case(case, found)["ok"]
