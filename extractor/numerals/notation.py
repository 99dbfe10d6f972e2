"""What numerals are written with, and what a reading of one gives."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct

from extractor.numerals.decimals import LONGEST, shifted

_PLAIN = r"((?>[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+))(?:\.([0-9]+))?+"


class Numeral(Struct, gc=False):
    """One numeral, or a number made of several; offsets are those of the text it was read from.

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
    and no digit); around numerals also ``fraction``, ``ordinal``, ``half`` and ``fixed``."""
    unit: str | None = None
    """A unit the number brings with it: 百分之 brings %."""
    kind: str | None = None


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
        self.minus, self.some = symbols.minus, symbols.some
        self.more, self.counted = symbols.more, symbols.counted
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
        # What a single Chinese digit is not alone before.
        self.carriers = frozenset(self.roles) | frozenset("0123456789. \t\r\n")
        self.single = {sign: Decimal(value) for sign, value in symbols.digits.items()}
        self.places = {"": 0} | {sign: len(str(value)) - 1 for sign, value in self.group.items()}

    def plain(self, onward: str = "") -> re.Pattern[str]:
        """Arabic digits and at most one group multiplier, where nothing carries them on.

        ``onward`` are further characters that must not follow. The groups of a match are the
        digits before the point, those behind it, and the multiplier.
        """
        some, group = "".join(self.some), "".join(self.group)
        some_more = f"[{''.join(self.more)}][\\s{group}]"  # 3萬餘億, not 3萬餘家
        counted = f"[{''.join(self.counted)}][{group}]"  # 2個億, not 2個
        onward = "0-9\\s" + re.escape(onward) + some + "".join(self.multipliers)
        scaled = onward + "".join([*self.digits, *self.tens])
        return re.compile(
            f"{_PLAIN}(?:([{group}])(?![{scaled}]|{some_more})"
            f"|(?![eE{onward}]|,\n|{some_more}|{counted}))"
        )

    def plainly(self, match: re.Match[str]) -> Numeral | None:
        """The numeral that ``plain`` matched; ``None`` when it has too many digits."""
        whole, decimals, group = match.groups("")
        start, end = match.span()
        if end - start > LONGEST:
            return None
        if "," in whole:
            whole = whole.replace(",", "")
        value = shifted(whole, decimals, self.places[group])
        return Numeral(start, end, value, None, None, self.group[group] if group else 1)
