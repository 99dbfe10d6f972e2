"""Exact decimals: no float, no exponent, no zeros behind the point."""

from __future__ import annotations

import re
from decimal import Context, Decimal

LONGEST = 40
"""More digits than this are an identifier, not a number."""

_EXACT = Context(prec=200)
_SEPARATORS = re.compile(r"[,\s]")

ARABIC = re.compile(
    r"(?:[0-9]{1,3}(?:,(?:\n ?)?[0-9]{3})+(?![0-9])"
    # Spaces between groups of three, as in 12 000: only where words follow.
    r"|[0-9]{1,3}(?: [0-9]{3})+(?![0-9\s,.\-A-Za-z])|[0-9]+)(?:\.[0-9]+)?"
    r"(?:[eE][-+]?[0-9]{1,2}(?![A-Za-z0-9]))?|\.[0-9]+"
)
"""A number in Arabic digits, with separators, decimals or an exponent."""


def tidy(value: Decimal) -> Decimal:
    """The same number with no exponent and no zeros behind the point.

    >>> tidy(Decimal("5.0E+5")), tidy(Decimal("1.10"))
    (Decimal('500000'), Decimal('1.1'))
    """
    if value == value.to_integral_value():
        return Decimal(int(value))
    return value.normalize(_EXACT)


def times(left: Decimal, right: Decimal | int) -> Decimal:
    """The exact product of two tidy numbers, tidied."""
    return _shortened(_EXACT.multiply(left, right))


def plus(left: Decimal, right: Decimal) -> Decimal:
    """The exact sum of two tidy numbers, tidied."""
    return _shortened(_EXACT.add(left, right))


def _shortened(value: Decimal) -> Decimal:
    """``tidy`` for a number without an exponent, which is less work."""
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize(_EXACT)


def arabic(written: str) -> Decimal | None:
    """What ``ARABIC`` matched; ``None`` when there are too many digits to be a number."""
    if len(written) > LONGEST:
        return None
    if "," in written or " " in written:
        written = _SEPARATORS.sub("", written)
    if "e" in written or "E" in written:
        return tidy(Decimal(written))
    if "." in written:
        written = written.rstrip("0").rstrip(".") or "0"
    return Decimal(written)


def shifted(whole: str, decimals: str, places: int) -> Decimal:
    """``whole.decimals`` times ten to the ``places``, tidied.

    >>> shifted("57", "8490", 8), shifted("3", "25", 1), shifted("7", "", 0)
    (Decimal('5784900000'), Decimal('32.5'), Decimal('7'))
    """
    decimals = decimals.rstrip("0")
    if len(decimals) <= places:
        return Decimal(whole + decimals.ljust(places, "0"))
    return Decimal(f"{whole}{decimals[:places]}.{decimals[places:]}")
