"""Relations: the pattern language, and what figures inherit."""

from __future__ import annotations

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
