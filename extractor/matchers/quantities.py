"""Quantities: a number with its unit and its bounds, at one place of the matching text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from extractor import grids
from extractor.marks import Rejected
from extractor.matchers.amount import Amount
from extractor.matchers.amounts import AmountReader
from extractor.matchers.bounds import joined
from extractor.matchers.headings import UnitHeadings
from extractor.matchers.joins import Joiner
from extractor.matchers.periods import Period
from extractor.records import Qualifier
from extractor.ruleset import Ruleset


class Quantity(Struct, frozen=True, gc=False):
    """A number read from the text, with everything written around it.

    Offsets are half-open code points of the text searched. ``value`` is the magnitude with
    the multiplier applied; a range has ``low`` and ``high`` instead. A vague number (十幾)
    has the part that is known as its value and the qualifier ``gt``.
    """

    start: int
    end: int
    kind: str
    """number, percent, points, fraction, ordinal, currency, dimension, temperature, age,
    duration, multiple or count."""
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str | None
    """In the matching text, without 万, 亿 or 兆; members of a list have that of its end,
    cells of a table that of the heading."""
    unit_start: int
    unit_end: int
    unit_code: str | None
    dimension: str | None
    multiplier: int
    qualifier: Qualifier
    number_start: int
    number_end: int
    weak: bool = False
    """True where the number need not be meant as one: no unit, or an article-like 一個."""
    resolved: str | None = None
    """The region that settled an ambiguous unit (元 in Hong Kong), if one did."""
    vague: bool = False
    """True where the last place of ``value`` is not known: 十幾, 3000多."""
    noun: bool = False
    """True where the unit is the thing itself, without a classifier: 3萬〔旅客〕."""


class QuantityMatcher:
    """Finds quantities; build once, use from any thread."""

    def __init__(self, ruleset: Ruleset) -> None:
        self._reader = AmountReader(ruleset)
        self._joiner = Joiner(ruleset)
        self._headings = UnitHeadings(ruleset, self._reader.numbers, self._reader.units)
        self.names = self._reader.units.names
        """The usual word for each unit code."""
        self.dozens = self._reader.units.dozens
        """How many things there are in each unit that is a number of things."""

    def find(
        self,
        text: str,
        *,
        region: str | None = None,
        taken: Sequence[tuple[int, int]] = (),
        tables: Sequence[grids.Grid] | None = None,
    ) -> tuple[list[Quantity], list[Rejected]]:
        """Quantities in ``text``, sorted, none overlapping another or a ``taken`` span.

        ``region`` (CN, HK, TW, MO) settles 元 and 斤; ``taken`` are the spans of dates; ``tables``,
        whose headings may give units, are looked for where they are not given.
        """
        amounts, rejected = self._reader.read(text, region, taken)
        amounts = self._joiner.join(text, amounts)
        tables = grids.find(text) if tables is None else tables
        self._headings.give(text, tables, amounts, region)
        quantities = []
        for amount in amounts:
            if amount.loose:
                rejected.append(Rejected(amount.start, amount.end, "quantity", "word"))
            else:
                quantities.append(_quantity(amount))
        return quantities, rejected


def _quantity(amount: Amount) -> Quantity:
    found = amount.unit
    unit = None if found is None else found.unit
    kind = amount.kind or ("number" if unit is None else unit.kind)
    if amount.form == "ordinal":
        kind = "ordinal"
    elif unit is None and amount.form == "fraction":
        kind = "fraction"
    if amount.before is None and amount.inside is None and amount.after is None:
        qualifier: Qualifier = "exact"
    else:
        qualifier = joined(amount.before, amount.inside, amount.after)
    return Quantity(  # by position, in the order of the fields: names would take longer
        amount.start,
        amount.end,
        kind,
        amount.value,
        amount.low,
        amount.high,
        None if unit is None else unit.word,
        amount.end if found is None else found.start,
        amount.end if found is None else found.end,
        None if found is None else found.code,
        amount.kind if unit is None else unit.dimension,
        amount.scale,
        qualifier,
        amount.number_start,
        amount.number_end,
        amount.weak,
        None if found is None else found.resolved,
        amount.vague or amount.inside == "gt",
        unit is not None and unit.noun and len(unit.word) > 1,
    )


def without_overruled(periods: Sequence[Period], quantities: Sequence[Quantity]) -> list[Period]:
    """The periods that no quantity holds: in 10日元 and 三點五英里 a date was only begun."""
    starts = [quantity.start for quantity in quantities]

    def held(period: Period) -> bool:
        index = bisect_right(starts, period.start) - 1
        return index >= 0 and quantities[index].end >= period.end

    return [period for period in periods if not held(period)]
