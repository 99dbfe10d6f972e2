"""What numerals are written with, and what a reading of one gives."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct


class Numeral(Struct, frozen=True, gc=False):
    """One numeral; offsets are those of the text it was read from.

    ``value`` is ``None`` where the number lies between ``low`` and ``high`` (兩三百, 數十).
    ``vague`` says that ``value`` is only the part before an unknown last place (十幾).
    ``scale`` is the product of the multipliers the numeral ends with.
    """

    start: int
    end: int
    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    scale: int = 1
    vague: bool = False
    form: str = "arabic"
    """``arabic``; ``han`` (with multipliers), ``decimal`` (with a Chinese point), ``digit``
    (one), ``digits`` (positional), ``pair`` (two neighbouring digits), ``bare`` (multipliers
    and no digit)."""


class Symbols(Struct, frozen=True, kw_only=True):
    """The characters numerals are written with, gathered from the rules."""

    digits: Mapping[str, int]
    tens: Mapping[str, int]
    small: Mapping[str, int]
    """Multipliers below ten thousand."""
    group: Mapping[str, int]
    """Multipliers that close a group of four digits."""
    formal: frozenset[str]
    """Digits that are ordinary words as well."""
    counting: frozenset[str]
    """Digits that only stand before what they count."""
    points: frozenset[str]
    some: frozenset[str]
    more: frozenset[str]
    counted: frozenset[str]
    clock: frozenset[str]
    """Behind decimals these make a time of day of them."""
    minus: tuple[str, ...]


class Notation:
    """Symbols with what follows from them; built once, shared by all readings."""

    def __init__(self, symbols: Symbols) -> None:
        self.digits, self.tens = symbols.digits, symbols.tens
        self.small, self.group = symbols.small, symbols.group
        self.formal, self.counting = symbols.formal, symbols.counting
        self.minus = symbols.minus
        self.multipliers: dict[str, int] = {**symbols.small, **symbols.group}
        self.timely = frozenset(symbols.small) | symbols.clock
        self.roles: dict[str, str] = {
            **dict.fromkeys(symbols.more, "more"),
            **dict.fromkeys(symbols.counted, "counted"),
            **dict.fromkeys(symbols.some, "some"),
            **dict.fromkeys(symbols.points, "point"),
            **dict.fromkeys(symbols.digits, "digit"),
            **dict.fromkeys(symbols.tens, "tens"),
            **dict.fromkeys(symbols.small, "small"),
            **dict.fromkeys(symbols.group, "group"),
        }
        self.starters = frozenset(
            sign for sign, role in self.roles.items() if role not in ("more", "counted", "point")
        )
        # What can carry on a number that began with Arabic digits, and one with a multiplier.
        self.joints = (
            frozenset(self.multipliers) | symbols.more | symbols.some | symbols.counted | set(" \n")
        )
        self.carriers = frozenset(self.roles) | frozenset("0123456789 \n")
