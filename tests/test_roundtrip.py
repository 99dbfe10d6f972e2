"""A value written in any style is read back exactly, in either script."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.matchers.quantities import QuantityMatcher
from extractor.ruleset import load_rules
from extractor.text import SourceText

SAMPLES = 150
"""For each style; ``--hypothesis-profile`` or a larger number here for a long run."""

PLAIN = "零一二三四五六七八九"
FORMAL = {"hant": "零壹貳叁肆伍陸柒捌玖", "hans": "零壹贰叁肆伍陆柒捌玖"}
SMALL = ("", "十", "百", "千")
FORMAL_SMALL = ("", "拾", "佰", "仟")
GROUP = {"hant": ("", "萬", "億", "兆"), "hans": ("", "万", "亿", "兆")}
WIDE = str.maketrans("0123456789,.%", "０１２３４５６７８９，．％")

Style = Callable[[Decimal, str], str]

MATCHER = QuantityMatcher(load_rules())
NATURAL = st.integers(1, 10**15).map(Decimal) | st.integers(1, 99_999).map(Decimal)
TENTHS = st.decimals(min_value="0.1", max_value="9999.9", places=1)
HUNDREDTHS = st.decimals(min_value="0.01", max_value="9999.99", places=2)
SHARE = st.decimals(min_value="0.01", max_value="999.99", places=2)
TWO_DIGITS = st.integers(11, 99).filter(lambda value: value % 10 != 0).map(Decimal)


def _section(value: int, digits: str = PLAIN, small: tuple[str, ...] = SMALL) -> str:
    """Below ten thousand, zeros in between written once."""
    written, zero = "", False
    for place in (3, 2, 1, 0):
        digit = value // 10**place % 10
        if digit:
            written += (digits[0] if zero else "") + digits[digit] + small[place]
            zero = False
        elif written:
            zero = True
    return written


def _chinese(
    value: Decimal, script: str, digits: str = PLAIN, small: tuple[str, ...] = SMALL
) -> str:
    rest, written, zero = int(value), "", False
    for place in (3, 2, 1, 0):
        unit = 10 ** (4 * place)
        section, rest = divmod(rest, unit)
        if section:
            gap = bool(written) and (zero or section < 1000)
            written += digits[0] * gap + _section(section, digits, small) + GROUP[script][place]
            zero = False
        elif written:
            zero = True
    if digits is PLAIN and written.startswith("一十"):
        written = written[1:]
    return written or digits[0]


def _fraction(value: Decimal) -> str:
    return "".join(PLAIN[int(digit)] for digit in f"{value:f}".partition(".")[2])


def _spoken(value: Decimal, script: str) -> str:
    """Chinese with a point: 十二點五."""
    point = {"hant": "點", "hans": "点"}[script]
    decimals = _fraction(value)
    return _chinese(value, script) + (point + decimals if decimals else "")


def _positional(value: Decimal, zero: str = "〇", point: str = "．") -> str:
    digits = zero + PLAIN[1:]
    return "".join(point if sign == "." else digits[int(sign)] for sign in f"{value:f}")


def _two(value: Decimal, script: str) -> str:
    """With 兩 before hundreds, thousands and groups."""
    written, two = _chinese(value, script), {"hant": "兩", "hans": "两"}[script]
    for unit in ("百", "千", *GROUP[script][1:]):
        if written.startswith("二" + unit):
            return two + written[1:]
    return written


def _mixed(value: Decimal, script: str) -> str:
    """Arabic groups with Chinese multipliers: 5萬866."""
    rest, written = int(value), ""
    for place in (3, 2, 1):
        section, rest = divmod(rest, 10 ** (4 * place))
        written += f"{section}{GROUP[script][place]}" if section else ""
    return written + (str(rest) if rest or not written else "")


def _spaced(value: Decimal, script: str) -> str:
    return " ".join(
        f"{section} {unit}"
        for section, unit in zip(
            (int(value) // 10**12, int(value) // 10**8 % 10**4, int(value) // 10**4 % 10**4),
            reversed(GROUP[script][1:]),
            strict=True,
        )
        if section
    )


def _tens(value: Decimal, _script: str) -> str:
    first, second = divmod(int(value), 10)
    return {2: "廿", 3: "卅", 4: "卌"}.get(first, PLAIN[first] + "十") + PLAIN[second].strip("零")


def _tenths(value: Decimal, _script: str) -> str:
    first, second = divmod(int(value), 10)
    return f"{PLAIN[first]}成{PLAIN[second]}"


def _thousands(value: Decimal, script: str) -> str:
    """3億5千萬."""
    return f"{int(value) // 10**8}{GROUP[script][2]}{int(value) // 10**7 % 10}千{GROUP[script][1]}"


def _colloquial(value: Decimal, script: str) -> str:
    """一萬二, 三千五."""
    first, second = divmod(int(value) // 1000, 10)
    return f"{PLAIN[first]}{GROUP[script][1]}{PLAIN[second]}"


WHOLE: dict[str, Style] = {
    "arabic": lambda value, _: f"{value}人",
    "commas": lambda value, _: f"{value:,}人",
    "wide": lambda value, _: f"{value}人".translate(WIDE),
    "wide commas": lambda value, _: f"{value:,}人".translate(WIDE),
    "spaces": lambda value, _: f"{value:,}".replace(",", " ") + "人",
    "chinese": lambda value, script: _chinese(value, script) + "人",
    "two": lambda value, script: _two(value, script) + "人",
    "formal": lambda value, script: _chinese(value, script, FORMAL[script], FORMAL_SMALL) + "元",
    "mixed": lambda value, script: _mixed(value, script) + "人",
    "negative": lambda value, script: {"hant": "負", "hans": "负"}[script] + f"{value}元",
    "minus": lambda value, _: f"-{value}元",
    "bound": lambda value, script: {"hant": "超過", "hans": "超过"}[script] + f"{value}人",
    "about": lambda value, script: f"{_chinese(value, script)}人左右",
    "money sign": lambda value, _: f"HK${value:,}",
    "named money": lambda value, script: (
        {"hant": "人民幣", "hans": "人民币"}[script] + _mixed(value, script) + "元"
    ),
}
DECIMAL: dict[str, Style] = {
    "point": lambda value, _: f"{value}公里",
    "spoken": lambda value, script: _spoken(value, script) + "公里",
    "wide point": lambda value, _: f"{value}公里".translate(WIDE),
    "positional": lambda value, _: _positional(value) + "公里",
    "positional zero": lambda value, _: _positional(value, "零", "點") + "公里",
    "percent": lambda value, _: f"{value}%",
    "wide percent": lambda value, _: f"{value}%".translate(WIDE),
    "parts of a hundred": lambda value, script: "百分之" + _spoken(value, script),
    "parts with digits": lambda value, _: f"百分之{value}",
    "parts of a thousand": lambda value, script: "千分之" + _spoken(value, script),
    "points": lambda value, script: f"{value}" + {"hant": "個百分點", "hans": "个百分点"}[script],
    "permille": lambda value, _: f"{value}‰",
    "times": lambda value, script: _spoken(value, script) + "倍",
}
SCALED: dict[str, tuple[Style, int]] = {
    "myriads": (lambda value, script: f"{value}{GROUP[script][1]}人", 10**4),
    "hundred millions": (lambda value, script: f"{value}{GROUP[script][2]}元", 10**8),
    "billions": (lambda value, script: f"{value}{GROUP[script][1]}{GROUP[script][2]}元", 10**12),
    "spoken scaled": (lambda v, script: _spoken(v, script) + GROUP[script][2] + "元", 10**8),
    "positional scaled": (lambda v, script: _positional(v) + GROUP[script][2] + "元", 10**8),
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
    _read(_tens(value, script) + "人", value)
    _read(_tenths(value, script), value)


@both_scripts
@settings(max_examples=SAMPLES, deadline=None)
@given(first=st.integers(1, 9), second=st.integers(1, 9))
def test_short_ends(script: str, first: int, second: int) -> None:
    """The last digit stands for the next lower place, and a multiplier within a group."""
    value = Decimal(first * 10_000 + second * 1000)
    _read(_colloquial(value, script) + "元", value)
    large = Decimal(first * 10**8 + second * 10**7)
    _read(_thousands(large, script) + "元", large)


@both_scripts
@settings(max_examples=SAMPLES, deadline=None)
@given(value=st.integers(10**4, 10**15))
def test_spaced_groups(script: str, value: int) -> None:
    value -= value % 10**4
    _read(_spaced(Decimal(value), script) + "元", Decimal(value))


@both_scripts
@settings(max_examples=SAMPLES, deadline=None)
@given(low=st.integers(1, 4999), step=st.integers(1, 5000))
def test_ranges(script: str, low: int, step: int) -> None:
    myriad = GROUP[script][1]
    for text in (
        f"{low}至{low + step}{myriad}元",
        f"{low}{myriad}-{low + step}{myriad}元",
        _chinese(Decimal(low), script)
        + f"{myriad}到"
        + _chinese(Decimal(low + step), script)
        + f"{myriad}元",
    ):
        found, _ = MATCHER.find(SourceText(text).text)
        ends = [(one.low, one.high) for one in found]
        assert ends == [(Decimal(low * 10**4), Decimal((low + step) * 10**4))], text
