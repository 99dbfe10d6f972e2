"""The whole way from a text to records, through the library."""

from __future__ import annotations

import datetime as dt
import gc
import json
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor import Extractor
from extractor.errors import InputError, UsageError
from extractor.records import Figure, Percentage, Policy
from tests.conftest import CORPUS

RELEASE = (
    "江岸省工業經濟運行情況\n2025-01-20\n"
    "1月19日，江岸省政府新聞辦公室舉行發佈會，介紹2024年全省工業經濟運行情況。\n"
    "2024年，全省工業投資同比增長12.4%、高於全國3.1個百分點；新增上市公司26家、累計318家。"
)
WORDS = """
同比 增長 下降 12.5% 3.4個百分點 約 三成五 1,234億元 、 ， 。 和 分別 （ ） 「 」 工業投資 全省
2024年 較上月 由 升至 佔 的比重 其中 累計 新增 28個 重點產業鏈 「三化」 行動計劃
網際網路 伺服器 １２ ％
去年同期 近 以上 至 兆瓦 港元 NT$ 第 5G 𠮷 é
"""
PIECES = st.sampled_from([*WORDS.split(), "\n", "\u200b"])


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def test_figures_percentages_and_policies_are_told_apart(extractor: Extractor) -> None:
    result = extractor.extract(RELEASE)
    assert [one.quote for one in result.percentages] == ["12.4%", "3.1個百分點"]
    assert [one.quote for one in result.figures] == ["26家", "318家"]
    assert all(isinstance(one, Figure | Percentage | Policy) for one in result.records)
    assert [one.start for one in result.records] == sorted(one.start for one in result.records)


def test_a_figure_carries_all_that_its_sentence_says(extractor: Extractor) -> None:
    growth, gap = extractor.extract(RELEASE).percentages
    assert (growth.indicator, growth.measure, growth.direction) == ("工業投資", "growth", "up")
    assert (growth.basis, growth.period, growth.value) == ("yoy", "2024", Decimal("12.4"))
    assert (gap.indicator, gap.measure, gap.reference) == ("工業投資", "difference", "全國")
    assert RELEASE[growth.sentence_start : growth.sentence_end].startswith("2024年，全省")


def test_the_same_text_gives_the_same_ids(extractor: Extractor) -> None:
    first, second = extractor.extract(RELEASE), Extractor().extract(RELEASE)
    assert first.document == second.document
    assert len({one.id for one in first.records}) == len(first.records)
    assert first.release.id != extractor.extract(RELEASE + "。").release.id


def test_one_extractor_serves_many_threads(extractor: Extractor) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("*.txt"))] * 2
    alone = [extractor.extract(text).to_json() for text in texts]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda text: extractor.extract(text).to_json(), texts))
    assert together == alone


def test_a_given_date_settles_relative_words(extractor: Extractor) -> None:
    text = "去年，全市接待遊客1.2億人次。"
    assert extractor.extract(text).figures[0].period is None
    assert extractor.extract(text, published="2025-03-01").figures[0].period == "2024"
    assert extractor.extract(text, published=dt.date(2021, 3, 1)).figures[0].period == "2020"


@pytest.mark.parametrize(
    ("title", "body", "period"),
    [
        ("2023年8月水運統計月報", "8月末，全市登記船舶3200艘。", "2023-08-31"),
        ("2022年前三季度工業運行情況", "1—9月，全省發電量56億千瓦時。", "2022-01/2022-09"),
        ("2021年度水資源公報", "全年供水總量48億立方米。", "2021"),
        ("全市財政運行情況", "8月末，全市登記船舶3200艘。", None),
    ],
)
def test_the_period_that_opens_the_title_dates_a_release_without_a_date(
    extractor: Extractor, title: str, body: str, period: str | None
) -> None:
    result = extractor.extract(f"{title}\n\n{body}")
    assert result.release.published is None
    assert [figure.period for figure in result.figures] == [period]


def test_the_period_of_the_first_sentence_dates_a_release_without_a_date(
    extractor: Extractor,
) -> None:
    text = "2022年一季度，全縣入庫稅款3億元。\n一季度，新辦企業41家。4月底，在冊企業900家。"
    periods = [figure.period for figure in extractor.extract(text).figures]
    assert periods == ["2022-Q1", "2022-Q1", "2022-04-30"]
    text = "園區2009年開園。一季度，新辦企業41家。"
    assert [figure.period for figure in extractor.extract(text).figures] == [None]


def test_yesterday_is_the_day_of_the_event_and_before_the_release(extractor: Extractor) -> None:
    text = "夜市重開\n2024-03-05\n\n昨日，全市售出門票300張。上月售出9000張。"
    result = extractor.extract(text)
    assert str(result.release.event_date) == "2024-03-04"
    assert [figure.period for figure in result.figures] == ["2024-03-04", "2024-02"]
    text = "夜市重開\n2024-03-05\n\n市政府昨（4）日表示，本月1日至前日（3日）售出門票300張。"
    (figure,) = extractor.extract(text).figures
    assert figure.period == "2024-03-01/2024-03-03"


def test_an_impossible_date_is_one_clear_line(extractor: Extractor) -> None:
    with pytest.raises(UsageError, match=r"2025-02-30.*YYYY-MM-DD"):
        extractor.extract(RELEASE, published="2025-02-30")


@pytest.mark.parametrize("text", ["", " \n\t", "。", "「」", "5", "百分之", "，，，"])
def test_texts_that_state_nothing_give_nothing(extractor: Extractor, text: str) -> None:
    assert extractor.extract(text).records == ()


def test_numbers_are_exact_in_the_json(extractor: Extractor) -> None:
    result = extractor.extract("出口16.4億美元，人口1412.1萬人。")
    values = [record["value"] for record in json.loads(result.to_json())["records"]]
    assert values == [1640000000, 14121000]
    assert '"value":1640000000,' in result.to_json()


def test_the_frame_has_a_row_per_record(extractor: Extractor) -> None:
    result = extractor.extract(RELEASE)
    frame = result.to_frame()
    assert list(frame["quote"]) == [one.quote for one in result.records]
    assert frame["value"][frame["quote"] == "12.4%"].item() == Decimal("12.4")


def test_tokens_carry_original_offsets(extractor: Extractor) -> None:
    tokens = extractor.extract(RELEASE).tokens
    assert tokens
    assert all(RELEASE[one.start : one.end] == one.text for one in tokens)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from(["auto", "tw2sp", "hk2s"]))
def test_every_record_quotes_the_original(text: str, script: str) -> None:
    result = _extractor(script).extract(text, published="2025-06-30")
    for record in result.records:
        assert text[record.start : record.end] == record.quote
        assert record.sentence_start <= record.start < record.end
        if isinstance(record, Policy):
            for place in (*record.mentions,):
                assert text[place.start : place.end] == place.quote
    for reject in result.rejects:
        assert text[reject.start : reject.end] == reject.quote


_EXTRACTORS: dict[str, Extractor] = {}


def _extractor(script: str) -> Extractor:
    if script not in _EXTRACTORS:
        _EXTRACTORS[script] = Extractor(script=script)  # type: ignore[arg-type]
    return _EXTRACTORS[script]


def test_a_second_extraction_leaves_nothing_behind(extractor: Extractor) -> None:
    text = max((path.read_text(encoding="utf-8") for path in CORPUS.glob("*.txt")), key=len)
    for _ in range(3):
        extractor.extract(text).to_json()
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for _ in range(5):
        extractor.extract(text).to_json()
    gc.collect()
    grown = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    # tracemalloc itself and free lists keep a little; five documents would be far more.
    assert grown < 20_000


def test_half_a_pair_of_code_units_is_said(extractor: Extractor) -> None:
    with pytest.raises(InputError, match="character 4"):
        extractor.extract("全市3億\udfff元。")


@pytest.mark.parametrize("given", [{"region": "XX"}, {"script": "zz"}])
def test_what_is_no_region_or_script_is_said_at_once(given: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="is none of"):
        Extractor(**given)  # type: ignore[arg-type]


def test_a_time_compared_with_is_not_reported_on(extractor: Extractor) -> None:
    text = "較2020年，參保率提高2.2個百分點，由52.1%提高到54.3%。"
    found = extractor.extract(text, published="2025-04-20").percentages
    assert [one.period for one in found] == [None, None, None]
