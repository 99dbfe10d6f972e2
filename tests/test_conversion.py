"""Values in other units, by pint where it is installed."""

from __future__ import annotations

import sys
from decimal import Decimal
from functools import cache

import pytest

from extractor import Extractor
from extractor.conversion import Converted, Converter
from extractor.errors import UsageError
from extractor.matchers.quantities import Quantity
from extractor.ruleset import load_rules
from extractor.tables.quantities import UnitRule

CASES = [
    ("面積1.5萬畝", "har", "1000"),
    ("建築面積500平方呎", "m2", "46.451520"),
    ("佔地三坪", "m2", "9.9173553719008264463"),
    ("發電1.2億千瓦時", "GW.h", "120"),
    ("裝機2吉瓦", "MW", "2000"),
    ("重5斤", "kg", "2.5"),
    ("全長36公里", "m", "36000"),
    ("時速120公里/小時", "m/s", "33.333333333333333333"),
    ("體溫37.5℃", "[degF]", "99.5"),
    ("歷時90分鐘", "h", "1.5"),
    ("流量2000兆字節", "GBy", "2"),
    ("濃度35毫克/升", "ug/m3", "35000000"),
    ("提高25個基點", "pp", "0.25"),
    ("節約標準煤3噸標準煤", "kg", "3000"),
    ("面積2公頃", "平方米", "20000"),
    ("距離三個季度", "mo", "9"),
]


@cache
def converter() -> Converter:
    pytest.importorskip("pint")
    return Converter()


def only(text: str) -> Quantity:
    found = [one for one in Extractor().quantities(text) if isinstance(one, Quantity)]
    assert found, text
    return found[-1]


@pytest.mark.parametrize(("text", "unit", "value"), CASES)
def test_a_value_in_another_unit(text: str, unit: str, value: str) -> None:
    assert converter().to(only(text), unit).value == Decimal(value)


def test_both_ends_of_a_range() -> None:
    expected = Converted(None, Decimal(3000), Decimal(5000), "m")
    assert converter().to(only("全長3至5公里"), "m") == expected


@pytest.mark.parametrize(
    ("text", "unit", "line"),
    [
        ("投資15億元", "USD", "money is not converted"),
        ("均價5200元每噸", "kg", "money is not converted"),
        ("企業300家", "m", "only units of measure"),
        ("面積2公頃", "kg", "cannot be converted to kg"),
        ("增長5%", "pp", "cannot be converted to pp"),
        ("面積2公頃", "zorkmid", "no such unit"),
    ],
)
def test_what_cannot_be_converted_is_said_in_one_line(text: str, unit: str, line: str) -> None:
    with pytest.raises(UsageError, match=line) as caught:
        converter().to(only(text), unit)
    assert "\n" not in str(caught.value)


def test_every_code_of_the_rules_is_known() -> None:
    """A measure of the rules is one that pint knows, or has no size at all."""
    rules = load_rules().entries(UnitRule)
    for rule in rules:
        if rule.factor is None or rule.dimension == "money":
            continue
        one = Converted(Decimal(1), None, None, rule.code)
        assert converter().to(one, rule.code).value == 1, rule.code


def test_without_pint_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pint", None)
    with pytest.raises(UsageError, match=r"press-figures\[convert\]"):
        Converter()
