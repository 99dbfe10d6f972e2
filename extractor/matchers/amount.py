"""An amount: a number in the making, with the unit and the qualifiers that adjoin it."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from extractor.matchers.units import Found, Unit
from extractor.numerals import Numeral
from extractor.records import Qualifier


class Amount(Struct, gc=False):
    """Offsets are half-open code points of the text searched; joins change it in place."""

    start: int
    end: int
    number_start: int
    number_end: int
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    scale: int
    vague: bool
    form: str
    kind: str | None = None
    """A kind that does not come from the unit: fraction, multiple."""
    unit: Found | None = None
    before: Qualifier | None = None
    inside: Qualifier | None = None
    after: Qualifier | None = None
    weak: bool = False
    loose: bool = False
    """True where only a range or a list makes a number of it (兩到三升)."""
    refused: str | None = None
    """Why it is none, where that shows while its unit is read."""
    prefixed: bool = False
    """True where the unit stands in front of the number (HK$5, 百分之五)."""
    tenths: bool = False
    """True where its value was written in tenths: 三成."""
    parts: tuple[tuple[Decimal, Unit], ...] = ()


def of_numeral(number: Numeral) -> Amount:
    """The amount that a number alone makes."""
    inside: Qualifier | None = "gt" if number.vague and number.value is not None else None
    return Amount(  # by position, in the order of the fields: names would take longer
        number.start,
        number.end,
        number.start,
        number.end,
        number.value,
        number.low,
        number.high,
        number.scale,
        number.vague,
        number.form,
        number.kind,
        None,
        None,
        inside,
    )
