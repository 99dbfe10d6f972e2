"""Numerals alone: what one string of digits and multipliers is worth."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractor.matchers.numbers import numerals_of
from extractor.numerals import Numerals
from extractor.ruleset import load_rules
from extractor.text import fold

ARABIC = [
    ("0", "0"),
    ("12", "12"),
    ("1,324", "1324"),
    ("1,234,567.80", "1234567.8"),
    ("１２３", "123"),
    ("12 000", "12000"),
    ("0.05", "0.05"),
    (".5", "0.5"),
    ("-3.2", "-3.2"),
    ("2.5e3", "2500"),
    ("1.25E-2", "0.0125"),
    ("5,098,\n508", "5098508"),
]

CHINESE = [
    ("零", "0"),
    ("一", "1"),
    ("十", "10"),
    ("十五", "15"),
    ("二十", "20"),
    ("廿三", "23"),
    ("卅四點一", "34.1"),
    ("卌", "40"),
    ("一百零五", "105"),
    ("兩百零五", "205"),
    ("二百五", "250"),
    ("三百一十五", "315"),
    ("三百十五", "315"),
    ("一千零一", "1001"),
    ("一千零五十", "1050"),
    ("一萬二千", "12000"),
    ("一萬三", "13000"),
    ("七萬五千", "75000"),
    ("三億五千萬", "350000000"),
    ("五億零六", "500000006"),
    ("二十萬億", "20000000000000"),
    ("一萬二千億", "1200000000000"),
    ("四十九兆九千五百億", "49950000000000"),
    ("十點五", "10.5"),
    ("零點零八", "0.08"),
    ("六四〇．五億", "64050000000"),
    ("五七八四．九億", "578490000000"),
    ("二〇二四", "2024"),
    ("二零零五", "2005"),
    ("壹仟玖佰", "1900"),
    ("肆佰叁拾萬", "4300000"),
    ("參萬肆仟伍佰零柒", "34507"),
    ("負三十二", "-32"),
    ("零下五", "-5"),
]

MIXED = [
    ("5萬866", "50866"),
    ("3億5千萬", "350000000"),
    ("3億5,000萬", "350000000"),
    ("2 兆 7629.64 億", "2762964000000"),
    ("1,100萬", "11000000"),
    ("57.849億", "5784900000"),
    ("20萬億", "20000000000000"),
    ("5百萬", "5000000"),
    ("3千", "3000"),
    ("1千零20", "1020"),
    ("5万4千6百", "54600"),
    ("10萬萬", "1000000000"),
    ("1.48万亿", "1480000000000"),
    ("兩個億", "200000000"),
    ("零點77", "0.77"),
]

BETWEEN = [
    ("兩三百", "200", "300"),
    ("三四十", "30", "40"),
    ("三五百", "300", "500"),
    ("十七八", "17", "18"),
    ("四五千萬", "40000000", "50000000"),
    ("數十", "10", "100"),
    ("幾百萬", "1000000", "10000000"),
    ("一千五六百", "1500", "1600"),
]

VAGUE = [
    ("十幾", "10"),
    ("二十幾萬", "200000"),
    ("十餘萬", "100000"),
    ("三百多萬", "3000000"),
    ("三十一萬多億", "31000000000000"),
    ("一百零幾萬", "1000000"),
]

NOTHING = ["", "年", "分之", "一百元", "百分之五", "3%", "一二三四五六七八九" * 20, "1" * 5000]


@pytest.fixture(scope="module")
def numerals() -> Numerals:
    return numerals_of(load_rules())


@pytest.mark.parametrize(("written", "value"), ARABIC + CHINESE + MIXED)
def test_parse(numerals: Numerals, written: str, value: str) -> None:
    parsed = numerals.parse(fold(written))
    assert parsed == Decimal(value)
    assert "E" not in str(parsed)


@pytest.mark.parametrize(("written", "low", "high"), BETWEEN)
def test_between(numerals: Numerals, written: str, low: str, high: str) -> None:
    text = fold(written)
    numeral = numerals.read(text, 0)
    assert numeral is not None
    assert (numeral.value, numeral.low, numeral.high) == (None, Decimal(low), Decimal(high))
    assert numeral.end == len(text)


@pytest.mark.parametrize(("written", "value"), VAGUE)
def test_vague(numerals: Numerals, written: str, value: str) -> None:
    text = fold(written)
    numeral = numerals.read(text, 0)
    assert numeral is not None
    assert numeral.value == Decimal(value)
    assert numeral.vague
    assert numeral.end == len(text)


@pytest.mark.parametrize("written", NOTHING)
def test_no_numeral(numerals: Numerals, written: str) -> None:
    assert numerals.parse(fold(written)) is None


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("七十百分位", "七十"),
        ("2023十大", "2023"),
        ("十五五", "十五"),
        ("三萬五萬", "三萬五"),
        ("八點五十分", "八"),
        ("3萬、5萬", "3萬"),
    ],
)
def test_where_a_numeral_ends(numerals: Numerals, written: str, read: str) -> None:
    numeral = numerals.read(fold(written), 0)
    assert numeral is not None
    assert written[: numeral.end] == read
