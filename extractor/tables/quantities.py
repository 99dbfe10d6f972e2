"""Shape of `rules/numerals.toml`, `units*.toml`, `qualifiers.toml`, `not_quantities.toml`."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from msgspec import Struct

from extractor.ruleset import Example, Word, compiled, perhaps

Words = tuple[Word, ...]

DIMENSIONS = (
    *("age", "angle", "area", "charge", "computing", "concentration", "count", "current", "data"),
    *("data_rate", "dose", "duration", "energy", "force", "frequency", "length", "level"),
    *("luminous_flux", "mass", "money", "multiple", "power", "pressure", "radioactivity", "rate"),
    *("ratio", "ratio_difference", "speed", "temperature", "voltage", "volume"),
)
"""What a unit can measure."""

_DECIMAL = r"[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"


def fraction(written: str) -> Fraction:
    """A factor as the tables write it: ``0.3048`` or ``10000/15``. Raises ``ValueError``.

    >>> fraction("10000/15")
    Fraction(2000, 3)
    """
    above, _, below = written.partition("/")
    if re.fullmatch(f"{_DECIMAL}(?:/{_DECIMAL})?", written):
        parts = Fraction(Decimal(above)), Fraction(Decimal(below or "1"))
        if all(parts):
            return parts[0] / parts[1]
    raise ValueError(
        f"factor: {written!r} is no number above 0; write it like '1000', '1e-9' or '10000/15'"
    )


def _check_dimension(key: str, given: str) -> None:
    if given not in DIMENSIONS:
        near = perhaps(given, DIMENSIONS) or f"; known: {', '.join(DIMENSIONS)}"
        raise ValueError(f"{key}: no unit measures {given!r}{near}")


class _Rule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()


class DigitRule(_Rule, frozen=True, kw_only=True):
    """Characters for one digit; ``formal`` ones are ordinary words as well, and those in
    ``counting`` stand before what is counted and never in a row of digits."""

    value: int
    words: Words
    formal: Words = ()
    counting: Words = ()


class TensRule(_Rule, frozen=True, kw_only=True):
    """One character for a multiple of ten."""

    value: int
    words: Words


class MultiplierRule(_Rule, frozen=True, kw_only=True):
    """Characters for a power of ten that multiplies what stands before them; ``group`` ones
    may be stacked."""

    value: int
    words: Words
    formal: Words = ()
    group: bool = False

    def __post_init__(self) -> None:
        if not re.fullmatch("10+", str(self.value)):
            raise ValueError("value is a power of ten")


class SuffixRule(_Rule, frozen=True, kw_only=True):
    """Letters behind Arabic digits that multiply them: 40k."""

    value: int
    words: Words


class NumeralWordRule(_Rule, frozen=True, kw_only=True):
    """Other words that a number, a range or a list of numbers is put together with."""

    role: Literal[
        "point", "minus", "half", "some", "more", "counted", "part", "short_part", "and",
        "clock", "ordinal", "included", "to", "with", "between", "among", "list", "plus",
        "both", "copula", "contrast", "per", "behind", "unit_heading", "rate_heading",
        "percent_heading", "moved", "reaching",
    ]  # fmt: skip
    words: Words
    not_before: Words = ()
    not_after: Words = ()
    """Of a minus: right behind one of these it is a part of a word, 減負."""


class PartUnitRule(_Rule, frozen=True, kw_only=True):
    """Words before a number that give it a unit: 百分之五 is 5 %."""

    words: Words
    unit: Word


class FixedNumberRule(_Rule, frozen=True, kw_only=True):
    """Words that are a number of their own: 一半."""

    words: Words
    value: str
    kind: str = "fraction"
    unit: Word | None = None
    not_before: Words = ()
    not_after: Words = ()


class DoublingRule(_Rule, frozen=True, kw_only=True):
    """Words around the number of times that something doubled: 翻兩番 is four times."""

    before: Words
    after: Words


class UnitRule(_Rule, frozen=True, kw_only=True):
    """A unit of measure or money; see the head of `units.toml` for what the keys mean."""

    code: str
    dimension: str
    factor: str | None = None
    words: Words = ()
    symbols: Words = ()
    kind: str | None = None
    by_region: dict[str, str] = {}
    regions: tuple[str, ...] = ()
    near: Words = ()
    not_before: Words = ()
    only_before: Words = ()
    needs_before: Words = ()
    led_by: Words = ()
    not_after: Words = ()
    doubtful_before: Words = ()
    sure_after: Words = ()
    arabic: bool = False
    prefix: bool = False
    part: bool = False
    tenths: bool = False
    positional: bool = False
    months: int = 0
    tail: bool = False

    def __post_init__(self) -> None:
        _check_dimension("dimension", self.dimension)
        if self.factor is not None:
            fraction(self.factor)


class ClassifierRule(_Rule, frozen=True, kw_only=True):
    """Words that things are counted in; each is a unit of its own."""

    name: str
    words: Words
    symbols: Words = ()
    not_before: Words = ()
    not_after: Words = ()
    arabic: bool = False
    noun: bool = False
    dimension: str = "count"
    code: str | None = None
    factor: str | None = None

    def __post_init__(self) -> None:
        _check_dimension("dimension", self.dimension)
        if self.factor is not None:
            fraction(self.factor)


class CountNameRule(_Rule, frozen=True, kw_only=True):
    """Ends of names of counts that hold the unit of the bare number behind them: 人次, 戶數."""

    words: Words
    unit: Word


class QualifierRule(_Rule, frozen=True, kw_only=True):
    """Words that bound or blur a number, by where they stand."""

    code: Literal["approx", "gt", "gte", "lt", "lte", "nearly"]
    position: Literal["before", "inside", "after"]
    words: Words
    not_after: Words = ()
    not_before: Words = ()
    dimensions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for dimension in self.dimensions:
            _check_dimension("dimensions", dimension)


class NotQuantityRule(_Rule, frozen=True, kw_only=True):
    """Digits and numerals that count nothing, by fixed words or by a pattern.

    ``digits`` says what a pattern can begin with, so that others are not tried. One with
    ``hints`` is looked for anywhere in a text that holds one of them.
    """

    name: str
    reason: str
    words: Words = ()
    pattern: str | None = None
    before: Words = ()
    hints: tuple[str, ...] = ()
    digits: Literal["arabic", "chinese", "either"] = "either"

    def __post_init__(self) -> None:
        if bool(self.words) == bool(self.pattern):
            raise ValueError("give either words or a pattern")
        if self.pattern is not None:
            compiled(self.pattern.replace("{n}", ".").replace("{h}", "."))


TABLES: dict[str, type[Struct]] = {
    "digit": DigitRule,
    "tens": TensRule,
    "multiplier": MultiplierRule,
    "suffix": SuffixRule,
    "numeral_word": NumeralWordRule,
    "count_name": CountNameRule,
    "part_unit": PartUnitRule,
    "fixed_number": FixedNumberRule,
    "doubling": DoublingRule,
    "unit": UnitRule,
    "classifier": ClassifierRule,
    "qualifier": QualifierRule,
    "not_quantity": NotQuantityRule,
}
