"""Values in other units, where somebody asks for them; needs the extra ``convert`` (pint).

Units are named by the codes of the records (UCUM, as in ``unit_code``) or by their words in the
rules (公頃). Codes that UCUM does not have, such as ``[mu_cn]``, get their size from the rules.
Money is not converted: that takes the rate of a day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Context, Decimal
from importlib import import_module
from typing import Any, Protocol

from msgspec import Struct

from extractor.errors import UsageError
from extractor.numerals import tidy
from extractor.ruleset import Ruleset, load_rules
from extractor.tables.quantities import UnitRule
from extractor.text import fold

_ROUND = Context(prec=20)
_ATOM = re.compile(r"([^0-9]+)([0-9]?)")
_COUNTED = re.compile(r"([0-9]+)\.(.+)")  # 3.mo, a quarter of a year
_NAMES = {
    "a": "year",
    "mo": "month",
    "wk": "week",
    "d": "day",
    "h": "hour",
    "min": "minute",
    "har": "hectare",
    "t": "metric_ton",
    "r": "turn",
    "deg": "degree",
    "Cel": "degree_Celsius",
    "[degF]": "degree_Fahrenheit",
    "K": "kelvin",
}
"""What pint calls the codes of UCUM that it writes in another way."""
_SHARES = ("ratio", "ratio_difference")
"""Dimensions of their own, so that a percentage point is no per cent."""


class Measured(Protocol):
    """What has a value, or two ends, in a unit: a quantity, a figure, a percentage."""

    @property
    def value(self) -> Decimal | None: ...
    @property
    def low(self) -> Decimal | None: ...
    @property
    def high(self) -> Decimal | None: ...
    @property
    def unit_code(self) -> str | None: ...


class Converted(Struct, frozen=True):
    """A value, or the two ends of a range, in the unit asked for; 20 digits at most."""

    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit_code: str


class Converter:
    """Converts by pint; make one and use it for any number of values.

    Raises ``UsageError`` where pint is not installed.
    """

    def __init__(self, ruleset: Ruleset | None = None) -> None:
        try:
            pint = import_module("pint")
        except ModuleNotFoundError:
            line = "pint is not installed: pip install 'press-figures[convert]' to convert units"
            raise UsageError(line) from None
        rules = (ruleset or load_rules()).entries(UnitRule)
        self._problem: type[Exception] = pint.errors.PintError
        self._registry: Any = pint.UnitRegistry(non_int_type=Decimal)
        self._money = frozenset(rule.code for rule in rules if rule.dimension == "money")
        self._codes = dict(_words(rules))
        self._own: dict[str, str] = {}
        for rule in rules:
            self._define(rule, rules)

    def to(self, one: Measured, unit: str) -> Converted:
        """``one`` in ``unit``. Raises ``UsageError`` where no way leads from one to the other."""
        code = self._codes.get(fold(unit), unit)
        times, source = self._expression(one.unit_code or "")
        parts, target = self._expression(code)

        def convert(value: Decimal | None) -> Decimal | None:
            if value is None:
                return None
            converted = self._registry.Quantity(value * times, source).to(target).magnitude
            return tidy(_ROUND.divide(converted, parts))

        try:
            return Converted(convert(one.value), convert(one.low), convert(one.high), code)
        except self._problem:
            raise UsageError(f"{one.unit_code} cannot be converted to {unit}") from None

    def _define(self, rule: UnitRule, rules: tuple[UnitRule, ...]) -> None:
        """A unit of its own for a code that UCUM does not have."""
        foreign = "[" in rule.code or rule.dimension in _SHARES
        if not foreign or rule.factor is None or rule.code in self._own:
            return
        base = next(
            (one.code for one in rules if one.dimension == rule.dimension and one.factor == "1"),
            None,
        )
        name = f"own_unit_{len(self._own)}"
        if base is None:
            size = f"share_of_{rule.dimension}"
            if size not in self._registry:
                self._registry.define(f"{size} = [{rule.dimension}]")
        else:
            size = self._expression(base)[1]
        self._registry.define(f"{name} = {rule.factor} * {size}")
        self._own[rule.code] = name

    def _expression(self, code: str) -> tuple[Decimal, str]:
        """How many of what pint calls a code. Raises ``UsageError`` for what is no measure."""
        if self._money.intersection(code.split("/")):
            raise UsageError(f"{code}: money is not converted, that takes the rate of a day")
        if not code or code.startswith("count:"):
            raise UsageError(f"{code or 'a bare number'}: only units of measure are converted")
        counted = _COUNTED.fullmatch(code)
        count, measure = counted.groups() if counted else (1, code)
        return Decimal(count), "/".join(
            "(" + "*".join(self._atom(atom, code) for atom in part.split(".")) + ")"
            for part in measure.split("/")
        )

    def _atom(self, atom: str, code: str) -> str:
        atom = re.sub(r"\{.*?\}", "", atom)
        if atom in self._own:
            return self._own[atom]
        if atom in _NAMES:
            return _NAMES[atom]
        match = _ATOM.fullmatch(atom)
        if match is None:
            raise UsageError(f"{code}: only units of measure are converted")
        name, power = match.groups()
        name = _NAMES.get(name, name.removesuffix("y") if name.endswith("By") else name)
        if name not in self._registry:
            raise UsageError(f"{code}: no such unit of measure")
        return f"{name}**{power}" if power else name


def _words(rules: tuple[UnitRule, ...]) -> Iterator[tuple[str, str]]:
    """Each word that means one unit everywhere, with its code."""
    for rule in reversed(rules):  # the first meaning of a word stays
        if rule.dimension != "money" and not (rule.regions or rule.near or rule.part):
            yield from ((word, rule.code) for word in (*rule.words, *rule.symbols))
