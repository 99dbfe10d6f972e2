"""A value written in any style is read back exactly, in either script."""

from __future__ import annotations

import os
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.matchers.quantities import QuantityMatcher
from extractor.ruleset import load_rules
from extractor.text import SourceText
from tests.numeral_styles import (
    FORMAL,
    FORMAL_SMALL,
    GROUP,
    WIDE,
    Style,
    chinese,
    colloquial,
    mixed,
    positional,
    spaced,
    spoken,
    tens,
    tenths,
    thousands,
    two,
)

SAMPLES = int(os.environ.get("ROUNDTRIP_SAMPLES", "150"))
"""For each style and script; about 13,000 make a million in all."""

MATCHER = QuantityMatcher(load_rules())
NATURAL = st.integers(1, 10**15).map(Decimal) | st.integers(1, 99_999).map(Decimal)
TENTHS = st.decimals(min_value="0.1", max_value="9999.9", places=1)
HUNDREDTHS = st.decimals(min_value="0.01", max_value="9999.99", places=2)
SHARE = st.decimals(min_value="0.01", max_value="999.99", places=2)
TWO_DIGITS = st.integers(11, 99).filter(lambda value: value % 10 != 0).map(Decimal)


WHOLE: dict[str, Style] = {
    "arabic": lambda value, _: f"{value}人",
    "commas": lambda value, _: f"{value:,}人",
    "wide": lambda value, _: f"{value}人".translate(WIDE),
    "wide commas": lambda value, _: f"{value:,}人".translate(WIDE),
    "spaces": lambda value, _: f"{value:,}".replace(",", " ") + "人",
    "chinese": lambda value, script: chinese(value, script) + "人",
    "two": lambda value, script: two(value, script) + "人",
    "formal": lambda value, script: chinese(value, script, FORMAL[script], FORMAL_SMALL) + "元",
    "mixed": lambda value, script: mixed(value, script) + "人",
    "negative": lambda value, script: {"hant": "負", "hans": "负"}[script] + f"{value}元",
    "minus": lambda value, _: f"-{value}元",
    "bound": lambda value, script: {"hant": "超過", "hans": "超过"}[script] + f"{value}人",
    "about": lambda value, script: f"{chinese(value, script)}人左右",
    "money sign": lambda value, _: f"HK${value:,}",
    "named money": lambda value, script: (
        {"hant": "人民幣", "hans": "人民币"}[script] + mixed(value, script) + "元"
    ),
}
DECIMAL: dict[str, Style] = {
    "point": lambda value, _: f"{value}公里",
    "spoken": lambda value, script: spoken(value, script) + "公里",
    "wide point": lambda value, _: f"{value}公里".translate(WIDE),
    "positional": lambda value, _: positional(value) + "公里",
    "positional zero": lambda value, _: positional(value, "零", "點") + "公里",
    "percent": lambda value, _: f"{value}%",
    "wide percent": lambda value, _: f"{value}%".translate(WIDE),
    "parts of a hundred": lambda value, script: "百分之" + spoken(value, script),
    "parts with digits": lambda value, _: f"百分之{value}",
    "parts of a thousand": lambda value, script: "千分之" + spoken(value, script),
    "points": lambda value, script: f"{value}" + {"hant": "個百分點", "hans": "个百分点"}[script],
    "permille": lambda value, _: f"{value}‰",
    "times": lambda value, script: spoken(value, script) + "倍",
}
SCALED: dict[str, tuple[Style, int]] = {
    "myriads": (lambda value, script: f"{value}{GROUP[script][1]}人", 10**4),
    "hundred millions": (lambda value, script: f"{value}{GROUP[script][2]}元", 10**8),
    "billions": (lambda value, script: f"{value}{GROUP[script][1]}{GROUP[script][2]}元", 10**12),
    "spoken scaled": (lambda v, script: spoken(v, script) + GROUP[script][2] + "元", 10**8),
    "positional scaled": (lambda v, script: positional(v) + GROUP[script][2] + "元", 10**8),
    "with a space": (lambda v, script: f"{v} {GROUP[script][2]}元", 10**8),
}


def _read(text: str, value: Decimal) -> None:
    found, _ = MATCHER.find(SourceText(text).text)
    assert [one.value for one in found] == [value], text
    assert (found[0].start, found[0].end) == (0, len(text)), text


both_scripts = pytest.mark.parametrize("script", ["hant", "hans"])


@both_scripts
@pytest.mark.parametrize("style", WHOLE)
def test_whole_numbers(style: str, script: str) -> None:
    @settings(max_examples=SAMPLES, deadline=None)
    @given(value=NATURAL)
    def check(value: Decimal) -> None:
        read = -value if style in ("negative", "minus") else value
        _read(WHOLE[style](value, script), read)

    check()


@both_scripts
@pytest.mark.parametrize("style", DECIMAL)
def test_decimals(style: str, script: str) -> None:
    @settings(max_examples=SAMPLES, deadline=None)
    @given(value=TENTHS | HUNDREDTHS | SHARE)
    def check(value: Decimal) -> None:
        _read(DECIMAL[style](value, script), value)

    check()


@both_scripts
@pytest.mark.parametrize("style", SCALED)
def test_multipliers(style: str, script: str) -> None:
    written, scale = SCALED[style]

    @settings(max_examples=SAMPLES, deadline=None)
    @given(value=TENTHS | HUNDREDTHS)
    def check(value: Decimal) -> None:
        _read(written(value, script), value * scale)

    check()


@both_scripts
@settings(max_examples=SAMPLES, deadline=None)
@given(value=TWO_DIGITS)
def test_tens_and_tenths(script: str, value: Decimal) -> None:
    _read(tens(value, script) + "人", value)
    _read(tenths(value, script), value)


@both_scripts
@settings(max_examples=SAMPLES, deadline=None)
@given(first=st.integers(1, 9), second=st.integers(1, 9))
def test_short_ends(script: str, first: int, second: int) -> None:
    """The last digit stands for the next lower place, and a multiplier within a group."""
    value = Decimal(first * 10_000 + second * 1000)
    _read(colloquial(value, script) + "元", value)
    large = Decimal(first * 10**8 + second * 10**7)
    _read(thousands(large, script) + "元", large)


@both_scripts
@settings(max_examples=SAMPLES, deadline=None)
@given(value=st.integers(10**4, 10**15))
def test_spaced_groups(script: str, value: int) -> None:
    value -= value % 10**4
    _read(spaced(Decimal(value), script) + "元", Decimal(value))


@both_scripts
@settings(max_examples=SAMPLES, deadline=None)
@given(low=st.integers(1, 4999), step=st.integers(1, 5000))
def test_ranges(script: str, low: int, step: int) -> None:
    myriad = GROUP[script][1]
    for text in (
        f"{low}至{low + step}{myriad}元",
        f"{low}{myriad}-{low + step}{myriad}元",
        chinese(Decimal(low), script)
        + f"{myriad}到"
        + chinese(Decimal(low + step), script)
        + f"{myriad}元",
    ):
        found, _ = MATCHER.find(SourceText(text).text)
        ends = [(one.low, one.high) for one in found]
        assert ends == [(Decimal(low * 10**4), Decimal((low + step) * 10**4))], text
