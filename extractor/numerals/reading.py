"""One left-to-right reading of a numeral, token by token."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import reduce

from extractor.numerals.decimals import ARABIC, LONGEST, arabic, plus, times
from extractor.numerals.notation import Notation, Numeral

_ZERO, _ONE = Decimal(0), Decimal(1)
_GAP = re.compile(r"[ \t]{1,3}|[ \t]?\r?\n[ \t]?")
_SPACE = " \t\r\n"
_DIGITS = "0123456789"
_LOOSE_PAIR = (3, 5)
_HOURS = 24
_LOOSE = ("point", "more", "some", "counted")  # never after Arabic digits and a space
_COUNTABLE = 1000  # 5百 and 250千 are written, 2023十 is a year before a word
_LAST_YEAR = 2200  # 2478千 is written, 2023千 is not


def read(notation: Notation, text: str, start: int) -> Numeral | None:
    """The longest numeral that begins at ``start``; ``None`` when none does."""
    single = notation.single.get(text[start])
    if single is not None and text[start + 1 : start + 2] not in notation.carriers:
        return Numeral(start, start + 1, single, None, None, 1, False, "digit")
    match = ARABIC.match(text, start)
    if match is None:
        return _Reading(notation, text, start).run(None)
    value = arabic(match[0])
    return None if value is None else _Reading(notation, text, start).run((match.end(), value))


class _Reading:
    """The state of one left-to-right reading; thrown away after it.

    ``end`` is where the numeral ends as far as is known; ``at`` where the next token begins.
    """

    def __init__(self, notation: Notation, text: str, start: int) -> None:
        self.n = notation
        self.text = text
        self.start = self.at = start
        self.groups: list[tuple[Decimal, int]] = []  # closed groups, the largest first
        self.section = _ZERO  # what stands below the last group multiplier
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
        self.spaced = False  # blanks stand between digits and words: 44 萬 1000
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
        if sign in _DIGITS and sign and self.seen:
            role = "arabic"
        elif sign == ".":
            role = "point"
        if role is None or (gap and self.written == "A" and role in _LOOSE):
            return False
        return _TOKENS[role](self, at, gap)

    def _digit(self, at: int, gap: bool) -> bool:
        text, digits = self.text, self.n.digits
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
        if len(run) == 1 and not digits[run] and stop < len(text) and text[stop] in self.n.small:
            return self._zeros(stop)
        if self._neighbours(run) and not self._pointed(stop):
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
        digits = self.n.digits
        if run[0] in self.n.formal and self.text[self.start].isascii():
            return False  # 36萬參觀人次
        bare = run.lstrip("".join(sign for sign, value in digits.items() if value == 0))
        zeros = len(run) - len(bare)
        if zeros and not self.last:
            return False
        if zeros and not bare:
            # A zero needs something behind it: 三千零二十, 1千零20.
            following = self.text[at + zeros : at + zeros + 1]
            carried = self.n.roles.get(following) in ("small", "some", "tens")
            digits_follow = following in _DIGITS and bool(following)
            return (carried or digits_follow) and self._zeros(at + zeros)
        at += zeros
        self.zero = bool(zeros)
        paired = len(bare) == 2 and self.pair < 0 and self._neighbours(bare, near=True)
        self.pending = Decimal(digits[bare[0]])
        self.pair = at if paired else self.pair
        self.written, self.at = "D", at + 1 + paired
        self.seen.append("D")
        self.scale = 1
        return True

    def _pointed(self, at: int) -> bool:
        """Whether decimals follow: 五六．〇 is one number, not five or six."""
        pointed = (
            self.n.roles.get(self.text[at : at + 1]) == "point" or self.text[at : at + 1] == "."
        )
        following = self.text[at + 1 : at + 2]
        return pointed and (following in self.n.digits or following.isdigit())

    def _zeros(self, stop: int) -> bool:
        self.zero, self.at = True, stop
        self.seen.append("Z")
        return True

    def _countable(self, run: str) -> str:
        """The run up to a digit that only counts things (兩): it never stands in a row."""
        if len(run) == 2 and run[0] in self.n.counting and self._neighbours(run):
            return run
        for index, sign in enumerate(run):
            if sign in self.n.counting:
                return run[: index or 1]
        return run

    def _neighbours(self, run: str, *, near: bool = False) -> bool:
        """兩三, 七八 and 三五 say a number between the two; ``near`` leaves out the last."""
        if len(run) != 2:
            return False
        digits, formal = self.n.digits, self.n.formal
        first, second = digits[run[0]], digits[run[1]]
        paired = second == first + 1 or (not near and (first, second) == _LOOSE_PAIR)
        return paired and first > 0 and not (run[0] in formal or run[1] in formal)

    def _multiplied(self, at: int) -> bool:
        space = _GAP.match(self.text, at)
        at = space.end() if space else at
        return self.text[at : at + 1] in self.n.multipliers

    def _small(self, at: int, gap: bool) -> bool:
        value = self.n.small[self.text[at]]
        if self.small and value >= self.small:
            return False
        if self.pending is None:
            implied = not self.seen or self.zero or self.lead or (self.last, value) == (100, 10)
            if gap or not implied:
                return False
            self.pending = _ONE
        elif self.written == "N" or (
            self.written == "A" and (value == 10 or not self._is_countable(self.pending, value))
        ):
            return False
        self.section = plus(self.section, times(self.pending, value))
        self._multiply(value, at)
        self.small = value
        return True

    def _is_countable(self, count: Decimal, value: int) -> bool:
        """Whether Arabic digits stand for so many hundreds or thousands, and for no year."""
        return count < _COUNTABLE or (value == _COUNTABLE and count >= _LAST_YEAR)

    def _group(self, at: int, gap: bool) -> bool:
        value = self.n.group[self.text[at]]
        count = self.section if self.pending is None else plus(self.section, self.pending)
        if gap and not self.seen:
            return False
        below = _ZERO
        while self.groups and self.groups[-1][1] <= value:
            if self.groups[-1][1] == value and count:
                return False
            below = plus(below, self.groups.pop()[0])
        count = plus(count, below)
        if not count:
            if self.seen and not self.lead:
                return False
            count = _ONE
        self.groups.append((times(count, value), value))
        self.section = _ZERO
        self._multiply(value, at)
        self.small = 0
        self.spaced = gap and not count % 1
        return True

    def _multiply(self, value: int, at: int) -> None:
        self.last, self.pending, self.zero = value, None, False
        self.scale *= value
        self.at = at + 1
        self.seen.append("M")

    def _tens(self, at: int, gap: bool) -> bool:
        value = self.n.tens[self.text[at]]
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
        apart = gap and not self.spaced
        if value is None or value >= self.last or not (carried or not (apart or "." in match[0])):
            return False
        self.pending, self.written, self.at = value, "A", match.end()
        self.scale = 1
        self.seen.append("A")
        return True

    def _point(self, at: int, _gap: bool) -> bool:
        """Decimals behind Chinese digits, which may themselves be Arabic (零點77)."""
        text, digits = self.text, self.n.digits
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
            while stop < len(text) and text[stop] in digits and text[stop] not in self.n.counting:
                stop += 1
        decimals = text[begin:stop]
        whole = self._tail()
        hour = not self.groups and whole <= _HOURS
        if not 0 < len(decimals) <= LONGEST or (hour and text[stop : stop + 1] in self.n.timely):
            return False  # 八點五十 is a time of day
        written = "".join(str(digits.get(sign, sign)) for sign in decimals)
        fraction = Decimal(f"0.{written}")
        if self.groups:
            self.section, self.pending, self.closed = plus(whole, fraction), None, True
        else:
            self.section, self.pending = _ZERO, plus(whole, fraction)
        self.written, self.at, self.last, self.small, self.scale = "F", stop, 0, 0, 1
        self.seen.append("F")
        return True

    def _some(self, at: int, _gap: bool) -> bool:
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
        if following in self.n.small and following:
            self.at += 1  # 二百幾十
        self.seen.append("S")
        return True

    def _more(self, at: int, _gap: bool) -> bool:
        """十餘萬; without a multiplier behind it the word belongs to whoever reads units."""
        after = at + 1
        space = _GAP.match(self.text, after)
        after = space.end() if space else after
        if self.text[after : after + 1] not in self.n.group or not self.text[after:]:
            return False
        if not (self.last or self.written == "A"):
            return False
        self.vague, self.at = True, after
        return True

    def _counted(self, at: int, gap: bool) -> bool:
        """兩個億."""
        following = self.text[at + 1 : at + 2]
        if self.n.group.get(following, 0) <= 10_000 or self.pending is None or gap:
            return False
        self.at = at + 1
        return True

    def _tail(self) -> Decimal:
        """The section with its last digit, which may stand for the next lower place.

        二百五 is 250, 4萬5 is 45000.
        """
        if self.pending is None:
            return self.section
        pending = self.pending
        if self.written == "A":
            lower = pending < 10 and self.last in self.n.group.values()
        else:
            lower = self.written == "D" and self.last > 10
        if lower and not self.zero:
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
            high = read(self.n, other, 0)
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


_TOKENS: dict[str, Callable[[_Reading, int, bool], bool]] = {
    "digit": _Reading._digit,
    "arabic": _Reading._arabic,
    "tens": _Reading._tens,
    "small": _Reading._small,
    "group": _Reading._group,
    "point": _Reading._point,
    "some": _Reading._some,
    "more": _Reading._more,
    "counted": _Reading._counted,
}
