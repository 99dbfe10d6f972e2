"""Read one numeral, in Arabic or Chinese notation or both mixed, as an exact ``Decimal``.

The characters come from the rule tables; this module knows only how numerals are built:
digits multiplied by ten, a hundred or a thousand inside groups of four digits, groups that
stack, positional digits, decimals, and the vague places (some tens; two or three hundred).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Context, Decimal
from functools import reduce

from msgspec import Struct

ZERO = Decimal(0)
ONE = Decimal(1)
TEN = Decimal(10)
LONGEST = 40
"""More digits than this are an identifier, not a number."""

_EXACT = Context(prec=120)
_GAP = re.compile(r"[ \t]{1,3}|[ \t]?\r?\n[ \t]?")
_SPACE = " \t\r\n"
_LOOSE_PAIR = (3, 5)
_COUNTABLE = 1000  # 5百 and 250千 are written, 2023十 is a year before a word

ARABIC = re.compile(
    r"(?:[0-9]{1,3}(?:,(?:\n ?)?[0-9]{3})+(?![0-9])"
    r"|[0-9]{1,3}(?: [0-9]{3})+(?![0-9\s,.\-A-Za-z])|[0-9]+)(?:\.[0-9]+)?"
    r"(?:[eE][-+]?[0-9]{1,2}(?![A-Za-z0-9]))?|\.[0-9]+"
)


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
    """``arabic``; ``han`` (with multipliers), ``decimal`` (with a Chinese point), ``digit`` (one), ``digits`` (positional),
    ``pair`` (two neighbouring digits), ``bare`` (multipliers and no digit)."""


def tidy(value: Decimal) -> Decimal:
    """The same number with no exponent and no zeros behind the point.

    >>> tidy(Decimal("5.0E+5")), tidy(Decimal("1.10"))
    (Decimal('500000'), Decimal('1.1'))
    """
    if value == value.to_integral_value():
        return Decimal(int(value))
    return value.normalize(_EXACT)


def times(left: Decimal, right: Decimal | int) -> Decimal:
    """The exact product, tidied."""
    return tidy(_EXACT.multiply(left, right))


def plus(left: Decimal, right: Decimal) -> Decimal:
    """The exact sum, tidied."""
    return tidy(_EXACT.add(left, right))


def arabic(written: str) -> Decimal | None:
    """Arabic digits with or without commas; ``None`` when there are too many to be a number."""
    if len(written) > LONGEST:
        return None
    if "," in written or " " in written:
        written = re.sub(r"[,\s]", "", written)
    if "e" in written or "E" in written:
        return tidy(Decimal(written))
    if "." in written:
        written = written.rstrip("0").rstrip(".") or "0"
    return Decimal(written)


class Symbols(Struct, frozen=True):
    """The characters numerals are written with, gathered from the rules."""

    digits: Mapping[str, int]
    tens: Mapping[str, int]
    small: Mapping[str, int]
    group: Mapping[str, int]
    formal: frozenset[str]
    counting: frozenset[str]
    points: frozenset[str]
    some: frozenset[str]
    more: frozenset[str]
    counted: frozenset[str]
    clock: frozenset[str]
    minus: tuple[str, ...]


class Numerals:
    """A reader for one set of symbols; stateless, so threads may share it."""

    def __init__(self, symbols: Symbols) -> None:
        self.symbols = symbols
        self.timely = frozenset(symbols.small) | symbols.clock
        self.multipliers: dict[str, int] = {**symbols.small, **symbols.group}
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
        # What can carry on a number that began with Arabic digits.
        self._joint = (
            frozenset(self.multipliers) | symbols.more | symbols.some | symbols.counted
        ) | frozenset(_SPACE)

    def parse(self, text: str) -> Decimal | None:
        """The value of ``text`` when all of it is one exact numeral, else ``None``."""
        text = text.strip()
        sign = 1
        for minus in ("-", "+", *self.symbols.minus):
            if text.startswith(minus):
                sign, text = (1 if minus == "+" else -1), text.removeprefix(minus).lstrip()
                break
        numeral = self.read(text, 0) if text else None
        if numeral is None or numeral.end != len(text) or numeral.value is None or numeral.vague:
            return None
        return sign * numeral.value

    def read(self, text: str, start: int) -> Numeral | None:
        """The longest numeral that begins at ``start``; ``None`` when none does."""
        match = ARABIC.match(text, start)
        if match is None:
            return _Reading(self, text, start).run(None)
        end = match.end()
        value = arabic(match[0])
        if value is None:
            return None
        # The common case: digits with nothing behind them that could carry on the number.
        if text[end : end + 1] not in self._joint:
            return Numeral(start, end, value)
        return _Reading(self, text, start).run((end, value))


class _Reading:
    """The state of one left-to-right reading; thrown away after it.

    ``end`` is where the numeral ends as far as is known; ``at`` where the next token begins.
    """

    def __init__(self, numerals: Numerals, text: str, start: int) -> None:
        self.n = numerals
        self.text = text
        self.start = self.at = start
        self.groups: list[tuple[Decimal, int]] = []  # closed groups, the largest first
        self.section = ZERO  # what stands below the last group multiplier
        self.pending: Decimal | None = None  # a digit, or digits, not yet multiplied
        self.written = ""  # how the pending was written: A(rabic), D(igit), P(ositional)
        self.last = 0  # the multiplier just read; 0 after a digit
        self.small = 0  # the last multiplier within this section
        self.zero = False
        self.scale = 1
        self.seen: list[str] = []
        self.pair = -1  # where the first of two neighbouring digits stands
        self.lead = False  # begins with an unknown digit
        self.vague = False
        self.closed = False  # nothing may follow

    def run(self, begun: tuple[int, Decimal] | None) -> Numeral | None:
        if begun is not None:
            self.at, self.pending = begun
            self.written = "A"
            self.seen.append("A")
        size = len(self.text)
        while self.at < size and len(self.seen) < LONGEST and not self.closed and self._token():
            pass
        return self._finish() if self.seen else None

    def _token(self) -> bool:
        sign, at, gap = self.text[self.at], self.at, False
        role = self.n.roles.get(sign)
        if role is None and sign in _SPACE and self.seen:
            space = _GAP.match(self.text, at)
            at = space.end() if space else at
            sign, gap = self.text[at : at + 1], True
            role = self.n.roles.get(sign)
            if space and "\n" in space[0] and role != "group":
                return False
        if role == "digit":
            return self._digit(at, gap)
        if role == "small":
            return self._small(self.n.multipliers[sign], at, gap)
        if role == "group":
            return self._group(self.n.multipliers[sign], at, gap)
        if role == "tens":
            return self._tens(self.n.symbols.tens[sign], at, gap)
        if sign in "0123456789" and sign and self.seen:
            return self._arabic(at, gap)
        if gap and (role not in ("point", "more", "some") or self.written == "A"):
            return False
        if role == "point" or sign == ".":
            return self._point(at)
        if role == "some":
            return self._some(at)
        if role == "more":
            return self._more(at)
        return role == "counted" and self._counted(at)

    def _digit(self, at: int, gap: bool) -> bool:
        text, digits = self.text, self.n.symbols.digits
        if self.pending is not None or (gap and not (self.last and self._multiplied(at + 1))):
            return False
        stop = at + 1
        while stop < len(text) and text[stop] in digits:
            stop += 1
        run = text[at:stop]
        if self.seen:
            return self._digits_inside(run, at)
        if len(run) > LONGEST:
            return False
        run = self._countable(run)
        stop = at + len(run)
        if not digits[run[0]] and text[stop : stop + 1] in self.n.symbols.small and len(run) == 1:
            if text[stop:]:
                self.zero, self.at = True, stop
                self.seen.append("Z")
                return True
        if self._neighbours(run):
            self.pair = at
            self.seen.append("P")
        else:
            self.seen.append("D" if len(run) == 1 else "N")
        first = run[0] if self.pair >= 0 else run
        self.pending = Decimal("".join(str(digits[sign]) for sign in first))
        self.written, self.at, self.last = self.seen[-1], stop, 0
        self.scale = 1
        return True

    def _digits_inside(self, run: str, at: int) -> bool:
        """Digits behind a multiplier: one of them, or two neighbours, after any zeros."""
        digits = self.n.symbols.digits
        bare = run.lstrip("".join(sign for sign, value in digits.items() if value == 0))
        zeros = len(run) - len(bare)
        if zeros and not self.last:
            return False
        if zeros and not bare:
            # A zero needs something behind it: 三千零二十, 1千零20.
            following = self.text[at + zeros : at + zeros + 1]
            if not following or self.n.roles.get(following) not in ("small", "some", "tens"):
                if following not in "0123456789" or not following:
                    return False
            self.zero, self.at = True, at + zeros
            self.seen.append("Z")
            return True
        at += zeros
        self.zero = bool(zeros)
        paired = len(bare) == 2 and self.pair < 0 and self._neighbours(bare, near=True)
        self.pending = Decimal(digits[bare[0]])
        self.pair = at if paired else self.pair
        self.written, self.at = "D", at + 1 + paired
        self.seen.append("D")
        self.scale = 1
        return True

    def _countable(self, run: str) -> str:
        """The run up to a digit that only counts things (兩): it never stands in a row."""
        if len(run) == 2 and run[0] in self.n.symbols.counting and self._neighbours(run):
            return run
        for index, sign in enumerate(run):
            if sign in self.n.symbols.counting:
                return run[: index or 1]
        return run

    def _neighbours(self, run: str, *, near: bool = False) -> bool:
        """兩三, 七八 and 三五 say a number between the two; ``near`` leaves out the last."""
        if len(run) != 2:
            return False
        digits, formal = self.n.symbols.digits, self.n.symbols.formal
        first, second = digits[run[0]], digits[run[1]]
        paired = second == first + 1 or (not near and (first, second) == _LOOSE_PAIR)
        return paired and first > 0 and not (run[0] in formal or run[1] in formal)

    def _multiplied(self, at: int) -> bool:
        space = _GAP.match(self.text, at)
        at = space.end() if space else at
        return self.text[at : at + 1] in self.n.multipliers

    def _small(self, value: int, at: int, gap: bool) -> bool:
        if self.small and value >= self.small:
            return False
        if self.pending is None:
            implied = not self.seen or self.zero or self.lead or (self.last, value) == (100, 10)
            if gap or not implied:
                return False
            self.pending = ONE
        elif self.written == "N" or (
            self.written == "A" and (value == 10 or self.pending >= _COUNTABLE)
        ):
            return False
        self.section = plus(self.section, times(self.pending, value))
        self._multiply(value, at)
        self.small = value
        return True

    def _group(self, value: int, at: int, gap: bool) -> bool:
        count = self.section if self.pending is None else plus(self.section, self.pending)
        if gap and not self.seen:
            return False
        below = ZERO
        while self.groups and self.groups[-1][1] <= value:
            if self.groups[-1][1] == value and count:
                return False
            below = plus(below, self.groups.pop()[0])
        count = plus(count, below)
        if not count:
            if self.seen and not self.lead:
                return False
            count = ONE
        self.groups.append((times(count, value), value))
        self.section = ZERO
        self._multiply(value, at)
        self.small = 0
        return True

    def _multiply(self, value: int, at: int) -> None:
        self.last, self.pending, self.zero = value, None, False
        self.scale *= value
        self.at = at + 1
        self.seen.append("M")

    def _tens(self, value: int, at: int, gap: bool) -> bool:
        if self.pending is not None or gap or (self.small and self.small <= 10):
            return False
        self.section = plus(self.section, Decimal(value))
        self.last, self.small, self.scale, self.at = 10, 10, 1, at + 1
        self.seen.append("T")
        return True

    def _arabic(self, at: int, gap: bool) -> bool:
        match = ARABIC.match(self.text, at)
        if match is None or self.pending is not None or not self.last:
            return False
        value = arabic(match[0])
        carried = self._multiplied(match.end())
        if value is None or value >= self.last or not (carried or not (gap or "." in match[0])):
            return False
        self.pending, self.written, self.at = value, "A", match.end()
        self.scale = 1
        self.seen.append("A")
        return True

    def _point(self, at: int) -> bool:
        """Decimals behind Chinese digits, which may themselves be Arabic (零點77)."""
        text, digits = self.text, self.n.symbols.digits
        if self.written == "A" or self.vague or self.lead or self.pair >= 0 or not self.seen:
            return False
        stop = at + 1
        space = _GAP.match(text, stop) if text[at] != "." else None
        begin = stop = space.end() if space else stop
        if text[stop : stop + 1].isascii() and text[stop : stop + 1].isdigit():
            while text[stop : stop + 1].isascii() and text[stop : stop + 1].isdigit():
                stop += 1
        elif text[at] == "." and self.seen[-1] not in ("D", "N"):
            return False
        else:
            while (
                stop < len(text)
                and text[stop] in digits
                and text[stop] not in self.n.symbols.counting
            ):
                stop += 1
        decimals = text[begin:stop]
        if not 0 < len(decimals) <= LONGEST or text[stop : stop + 1] in self.n.timely:
            return False  # 八點五十 is a time of day
        written = "".join(str(digits.get(sign, sign)) for sign in decimals)
        whole = self._tail()
        fraction = Decimal(f"0.{written}")
        if self.groups:
            self.section, self.pending, self.closed = plus(whole, fraction), None, True
        else:
            self.section, self.pending = ZERO, plus(whole, fraction)
        self.written, self.at, self.last, self.small, self.scale = "F", stop, 0, 0, 1
        self.seen.append("F")
        return True

    def _some(self, at: int) -> bool:
        following = self.text[at + 1 : at + 2]
        if not self.seen:
            if following not in self.n.multipliers or not following:
                return False
            self.lead = True
            self.at = at + 1
            self.seen.append("S")
            return True
        if self.pending is not None and self.written != "A":
            return False
        if self.pending is not None and (self.pending % 10 or self.pending == 0):
            return False
        self.vague, self.at = True, at + 1
        if following in self.n.symbols.small and following:
            self.at += 1  # 二百幾十
        self.seen.append("S")
        return True

    def _more(self, at: int) -> bool:
        """十餘萬; without a multiplier behind it the word belongs to whoever reads units."""
        after = at + 1
        space = _GAP.match(self.text, after)
        after = space.end() if space else after
        if self.text[after : after + 1] not in self.n.symbols.group or not self.text[after:]:
            return False
        if not (self.last or self.written == "A"):
            return False
        self.vague, self.at = True, after
        return True

    def _counted(self, at: int) -> bool:
        """兩個億."""
        following = self.text[at + 1 : at + 2]
        if self.n.symbols.group.get(following, 0) <= 10_000 or self.pending is None:
            return False
        self.at = at + 1
        return True

    def _tail(self) -> Decimal:
        """The section with its last digit, which may stand for the next lower place (二百五)."""
        if self.pending is None:
            return self.section
        pending = self.pending
        if self.written == "D" and self.last > 10 and not self.zero:
            pending = times(pending, Decimal(self.last) / 10)
        return plus(self.section, pending)

    def _finish(self) -> Numeral | None:
        text, start, end = self.text, self.start, self.at
        if self.seen == ["S"]:
            return None
        value = reduce(plus, (group for group, _ in self.groups), self._tail())
        form = self._form()
        if self.lead:
            return Numeral(start, end, None, value, times(value, 10), self.scale, True, "han")
        if self.pair >= 0:
            other = text[start : self.pair] + text[self.pair + 1 : end]
            high = self.n.read(other, 0)
            if high is None or high.value is None:
                return None
            return Numeral(start, end, None, value, high.value, self.scale, self.vague, form)
        return Numeral(start, end, value, None, None, self.scale, self.vague, form)

    def _form(self) -> str:
        seen = self.seen
        if seen[0] == "A":
            return "arabic"
        if "F" in seen:
            return "decimal"
        if set(seen) == {"M"}:
            ten = self.n.multipliers[self.text[self.start]] == 10
            return "bare" if not ten else "han" if len(seen) > 1 else "digit"
        if len(seen) == 1:
            return {"D": "digit", "N": "digits", "P": "pair"}.get(seen[0], "han")
        return "han"
