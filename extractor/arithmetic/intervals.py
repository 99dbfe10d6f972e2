"""What a written number stands for: 5.2% for all that is rounded to it, 5.15 to 5.25."""

from __future__ import annotations

import re
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from typing import NamedTuple

from extractor.matchers.quantities import Quantity

_DIGITS = re.compile(r"-?[\d,]+(?:\.(\d+))?")
_HALF = Decimal("0.5")
_UNIT = Decimal(1)
_COUNT = "count"
_EXACT = Context(prec=60)
"""Far more digits than any release writes: sums and products stay exact."""
_SIGNIFICANT = 2
"""Digits of its width that an interval is written with."""


class Interval(NamedTuple):
    """Both ends belong to it."""

    low: Decimal
    high: Decimal

    def plus(self, other: Interval) -> Interval:
        """All sums of a number of each."""
        return Interval(_EXACT.add(self.low, other.low), _EXACT.add(self.high, other.high))

    def minus(self, other: Interval) -> Interval:
        """All differences of a number of each."""
        return Interval(
            _EXACT.subtract(self.low, other.high), _EXACT.subtract(self.high, other.low)
        )

    def times(self, other: Interval) -> Interval:
        """All products of a number of each."""
        ends = [_EXACT.multiply(one, two) for one in self for two in other]
        return Interval(min(ends), max(ends))

    def over(self, other: Interval) -> Interval | None:
        """All quotients; ``None`` where the divisor may be zero."""
        if other.low <= 0 <= other.high:
            return None
        ends = [_EXACT.divide(one, two) for one in self for two in other]
        return Interval(min(ends), max(ends))

    def meets(self, other: Interval) -> bool:
        """Whether a number lies in both."""
        return self.low <= other.high and other.low <= self.high

    def rounded(self) -> Interval:
        """Ends rounded outward, to two digits of the width; one without width to a hundredth.

        >>> Interval(Decimal("19.60066"), Decimal("20.40066")).rounded()
        Interval(low=Decimal('19.60'), high=Decimal('20.41'))
        """
        width = self.high - self.low
        places = width.adjusted() - _SIGNIFICANT + 1 if width > 0 else -_SIGNIFICANT
        return self._outward(places)

    def counted(self) -> Interval | None:
        """The whole numbers in it, outward to two digits of the width; ``None`` if none is.

        >>> Interval(Decimal("1150.03"), Decimal("1151.07")).counted()
        Interval(low=Decimal('1151'), high=Decimal('1151'))
        """
        low = self.low.quantize(_UNIT, ROUND_CEILING, _EXACT)
        high = self.high.quantize(_UNIT, ROUND_FLOOR, _EXACT)
        if low > high:
            return None
        places = (high - low).adjusted() - _SIGNIFICANT + 1
        return Interval(low, high)._outward(max(places, 0))

    def _outward(self, places: int) -> Interval:
        step = _UNIT.scaleb(places)
        return Interval(
            _whole(self.low.quantize(step, ROUND_FLOOR, _EXACT)),
            _whole(self.high.quantize(step, ROUND_CEILING, _EXACT)),
        )


def point(value: Decimal) -> Interval:
    """The interval of one number."""
    return Interval(value, value)


def stands_for(quantity: Quantity, text: str) -> Interval:
    """All numbers that are rounded to this one; a plain count is only itself.

    ``text`` is the matching text, whose digits tell the last place written. A numeral in
    characters shows no zeros at its end: it is taken as rounded to its last other digit.
    """
    value = quantity.value if quantity.value is not None else Decimal(0)
    half = _EXACT.multiply(_HALF, place(quantity, text))
    whole = value == value.to_integral_value()
    if quantity.kind == _COUNT and quantity.multiplier == 1 and whole:
        return point(value)
    return Interval(value - half, value + half)


def place(quantity: Quantity, text: str) -> Decimal:
    """The worth of one in the last place written: 3.5萬 is written to 1000."""
    written = _DIGITS.match(text, quantity.number_start, quantity.number_end)
    if written is None:
        value = quantity.value or Decimal(0)
        return Decimal(1).scaleb(int(value.normalize().as_tuple().exponent))
    return Decimal(quantity.multiplier).scaleb(-len(written[1] or ""))


def _whole(number: Decimal) -> Decimal:
    """Without an exponent: 2.76E+10 is written as 27600000000."""
    return (
        number.quantize(_UNIT, context=_EXACT) if number == number.to_integral_value() else number
    )
