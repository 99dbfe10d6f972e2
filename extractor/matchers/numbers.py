"""Numbers as they stand in a text: numerals, signs, fractions, 百分之, halves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Context, Decimal

from extractor.numerals import Numeral, Numerals, Symbols, plus, tidy, times
from extractor.ruleset import Ruleset
from extractor.tables.quantities import (
    DigitRule,
    DoublingRule,
    FixedNumberRule,
    MultiplierRule,
    NumeralWordRule,
    PartUnitRule,
    SuffixRule,
    TensRule,
)

_QUOTIENT = Context(prec=28)
_SLASHED = frozenset("/ ^")
_MIXED = re.compile(r"(?:([0-9]{1,3}) )?([0-9]{1,3})/([0-9]{1,3})(?![0-9/.\-A-Za-z])")
_POWER = re.compile(r"\^([-+]?[0-9]{1,2})(?![0-9])")
_GAP = "[ \\t]{0,3}"
_DOUBLINGS = frozenset(map(Decimal, range(1, 11)))
_LARGEST_SHORT_PART = 10  # 四分三 is a fraction, 二十分三 is not


Attempt = Callable[[str, int], Numeral | None]


def words_of(ruleset: Ruleset, role: str) -> tuple[str, ...]:
    """Every word that ``numeral_word`` entries give a role."""
    return tuple(
        word
        for rule in ruleset.entries(NumeralWordRule)
        if rule.role == role
        for word in rule.words
    )


def any_of(words: Iterable[str], *, gap: str = "") -> str:
    """A regular expression for any of the words, the longest first."""
    longest_first = sorted(set(words), key=len, reverse=True)
    return "(?:" + "|".join(gap.join(map(re.escape, word)) for word in longest_first) + ")"


def _escaped(signs: Iterable[str]) -> str:
    return "".join(map(re.escape, sorted(signs)))


def numerals_of(ruleset: Ruleset) -> Numerals:
    """The numeral reader for the symbols in the rules."""
    digits = ruleset.entries(DigitRule)
    multipliers = ruleset.entries(MultiplierRule)

    def values(rules: Iterable[DigitRule | MultiplierRule]) -> dict[str, int]:
        return {str(word): rule.value for rule in rules for word in (*rule.words, *rule.formal)}

    return Numerals(
        Symbols(
            digits=values(digits)
            | {str(word): rule.value for rule in digits for word in rule.counting},
            tens={word: rule.value for rule in ruleset.entries(TensRule) for word in rule.words},
            small=values(rule for rule in multipliers if not rule.group),
            group=values(rule for rule in multipliers if rule.group),
            formal=frozenset(w for rule in digits for w in rule.formal)
            | {w for rule in multipliers for w in rule.formal},
            counting=frozenset(word for rule in digits for word in rule.counting),
            points=frozenset(words_of(ruleset, "point")),
            some=frozenset(words_of(ruleset, "some")),
            more=frozenset(words_of(ruleset, "more")),
            counted=frozenset(words_of(ruleset, "counted")),
            clock=frozenset(words_of(ruleset, "clock")),
            minus=words_of(ruleset, "minus"),
        )
    )


class NumberReader:
    """Reads the number that begins at a place of a text."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.numerals = numerals_of(ruleset)
        self._part_units: dict[str, str] = {
            word: rule.unit for rule in ruleset.entries(PartUnitRule) for word in rule.words
        }
        self._part_unit = re.compile(any_of(self._part_units, gap=_GAP) + _GAP)
        over, short, also = (words_of(ruleset, role) for role in ("part", "short_part", "and"))
        self._over = re.compile(_GAP + any_of(over, gap=_GAP) + _GAP)
        self._short = re.compile(any_of(short))
        self._also = re.compile(_GAP + any_of(also) + _GAP)
        self.joints = frozenset(word[0] for word in (*over, *short, *also)) | {" "}
        self._suffixes: dict[str, int] = {
            word: rule.value for rule in ruleset.entries(SuffixRule) for word in rule.words
        }
        self._suffix = re.compile(f" ?({any_of(self._suffixes)})(?![A-Za-z0-9])")
        # What can make more of a numeral: the bar of a fraction, a letter that multiplies.
        self._onward = self.joints | _SLASHED | {word[0] for word in self._suffixes}
        self._plain = self.numerals.notation.plain("".join(sorted(self._onward))).match
        self._fixed: dict[str, FixedNumberRule] = {
            word: rule for rule in ruleset.entries(FixedNumberRule) for word in rule.words
        }
        self._fixed_heads = frozenset(word[0] for word in self._fixed)
        self._fixed_words = re.compile(any_of(self._fixed))
        self._ordinals = frozenset(words_of(ruleset, "ordinal"))
        self._minus = tuple(sorted(words_of(ruleset, "minus"), key=len, reverse=True))
        self._no_minus = tuple(
            word for rule in ruleset.entries(NumeralWordRule) for word in rule.not_after
        )
        self.minus_ends = frozenset(word[-1] for word in self._minus) | {"-", "+", " "}
        self._part_heads = frozenset(word[0] for word in self._part_units)
        doublings = ruleset.entries(DoublingRule)
        self._doubled = re.compile(any_of(word for rule in doublings for word in rule.before))
        self._doubled_heads = frozenset(word[0] for rule in doublings for word in rule.before)
        self._times = re.compile(any_of(word for rule in doublings for word in rule.after))
        notation = self.numerals.notation
        heads: list[tuple[frozenset[str], Attempt]] = [
            (self._ordinals, self._ordinal),
            (self._part_heads, self._percent),
            (self._fixed_heads, self._fixed_number),
            (self._doubled_heads, self._doubling),
            (frozenset(words_of(ruleset, "half")), self._half),
        ]
        self._attempts: dict[str, list[Attempt]] = {}
        for signs, attempt in heads:
            for sign in signs:
                self._attempts.setdefault(sign, []).append(attempt)
        self.special = frozenset(self._attempts)
        """Characters that begin a number which is more than a numeral."""
        self.starters = self.special | notation.starters | set("0123456789.")
        # An unknown digit begins a number only in front of a multiplier: 數十, not 數據.
        unknown, sure = notation.some, self.starters - notation.some - {"."}
        self.landing = re.compile(
            f"[{_escaped(sure)}]|\\.(?=[0-9])|"
            f"[{_escaped(unknown)}](?=[{_escaped(notation.multipliers)}])"
        )
        """Where a number can begin."""

    def read(self, text: str, start: int) -> Numeral | None:
        """The number at ``start`` with no sign before it, or ``None``."""
        plain = self._plain(text, start)
        if plain is not None:
            return self.numerals.notation.plainly(plain)
        for attempt in self._attempts.get(text[start], ()):
            number = attempt(text, start)
            if number is not None:
                return number
        numeral = self.numerals.read(text, start)
        if numeral is None:
            return None
        following = text[numeral.end : numeral.end + 1]
        if following not in self._onward:
            return numeral
        if numeral.form == "arabic" and following in _SLASHED:
            number = self._slashed(text, numeral)
            if number is not None:
                return number
        if following in self.joints:
            number = self._fraction(text, numeral)
            if number is not None:
                return number
        return self._suffixed(text, numeral)

    def sign(self, text: str, start: int, floor: int) -> int:
        """Where the minus sign before a number at ``start`` begins; ``start`` without one.

        ``floor`` is where the number before it ended: a dash that adjoins it is no sign.
        """
        at = start
        if at and text[at - 1] == " ":
            at -= 1
        if at <= floor or text[at - 1 : at] not in self.minus_ends:
            return start
        if text[at - 1] == "-" and at - 1 > floor and start - at <= 1:
            if floor >= 0 and not text[floor : at - 1].strip():
                return start
            before = text[at - 2 : at - 1] if at >= 2 else ""
            joined = before and before.isascii() and (before.isalnum() or before in ")]%-/_.")
            return start if joined else at - 1
        for minus in self._minus:
            begin = at - len(minus)
            if text.startswith(minus, begin) and begin >= floor:
                return start if text.endswith(self._no_minus, 0, begin) else begin
        return start

    def _half(self, _text: str, start: int) -> Numeral:
        return Numeral(start, start + 1, Decimal("0.5"), None, None, 1, False, "half")

    def _ordinal(self, text: str, start: int) -> Numeral | None:
        at = start + 1
        if at >= len(text) or text[at] not in self.starters:
            return None
        numeral = self.numerals.read(text, at)
        if numeral is None or numeral.value is None or numeral.vague:
            return None
        return Numeral(start, numeral.end, numeral.value, None, None, 1, False, "ordinal")

    def _percent(self, text: str, start: int) -> Numeral | None:
        match = self._part_unit.match(text, start)
        if match is None:
            return None
        at, sign = match.end(), 1
        for minus in ("-", *self._minus):
            if text.startswith(minus, at):
                at, sign = at + len(minus), -1
                break
        numeral = self.numerals.read(text, at) if at < len(text) else None
        if numeral is None:
            return None
        number = self._suffixed(text, numeral)
        number.start = start
        number.unit = self._part_units["".join(match[0].split())]
        return signed(number, start) if sign < 0 else number

    def _fixed_number(self, text: str, start: int) -> Numeral | None:
        match = self._fixed_words.match(text, start)
        if match is None:
            return None
        rule = self._fixed[match[0]]
        if text.startswith(rule.not_before, match.end()) and rule.not_before:
            return None
        if rule.not_after and text[:start].endswith(rule.not_after):
            return None
        value = Decimal(rule.value)
        form = "fraction" if rule.kind == "fraction" else "fixed"
        return Numeral(start, match.end(), value, None, None, 1, False, form, rule.unit, rule.kind)

    def _doubling(self, text: str, start: int) -> Numeral | None:
        """翻番, 翻兩番: two to the power of the number between the words."""
        match = self._doubled.match(text, start)
        if match is None or match.end() >= len(text):
            return None
        at, count = match.end(), Decimal(1)
        numeral = self.numerals.read(text, at)
        if numeral is not None and numeral.value is not None:
            at, count = numeral.end, numeral.value
        closed = self._times.match(text, at)
        if closed is None or count not in _DOUBLINGS:
            return None
        end, value = closed.end(), Decimal(2 ** int(count))
        return Numeral(start, end, value, None, None, 1, False, "fixed", None, "multiple")

    def _suffixed(self, text: str, numeral: Numeral) -> Numeral:
        if numeral.form == "arabic" and numeral.value is not None:
            match = self._suffix.match(text, numeral.end)
            if match is not None:
                scale = self._suffixes[match[1]]
                numeral.value = times(numeral.value, scale)
                numeral.scale *= scale
                numeral.end = match.end()
        return numeral

    def _fraction(self, text: str, numeral: Numeral) -> Numeral | None:
        if numeral.value is None or numeral.vague:
            return None
        match = self._over.match(text, numeral.end)
        if match is not None:
            return self._ratio(text, numeral.start, numeral.value, match.end())
        match = self._also.match(text, numeral.end)
        if match is not None and match.end() < len(text):
            return self._mixed(text, numeral, match.end())
        return self._short_ratio(text, numeral)

    def _mixed(self, text: str, whole: Numeral, at: int) -> Numeral | None:
        """一又二分之一."""
        below = self.numerals.read(text, at)
        if below is None or below.value is None or whole.value is None:
            return None
        over = self._over.match(text, below.end)
        if over is None:
            number = self._short_ratio(text, below)
        else:
            number = self._ratio(text, at, below.value, over.end())
        if number is None or number.value is None:
            return None
        number.start, number.value = whole.start, plus(whole.value, number.value)
        return number

    def _short_ratio(self, text: str, numeral: Numeral) -> Numeral | None:
        match = self._short.match(text, numeral.end)
        value = numeral.value
        if match is None or value is None or not 2 <= value <= _LARGEST_SHORT_PART:
            return None
        above = text[match.end() : match.end() + 1]
        digits = self.numerals.notation.digits
        if above not in digits or not 0 < digits[above] < value or numeral.form == "arabic":
            return None
        after = match.end() + 1
        if text[after : after + 1] in self.numerals.notation.roles and after < len(text):
            return None
        return self._ratio(text, numeral.start, value, match.end())

    def _slashed(self, text: str, numeral: Numeral) -> Numeral | None:
        """1/3, 1 4/3 and 2^5; a bare 24/7 is none."""
        match = _POWER.match(text, numeral.end)
        if match is not None and numeral.value:
            value = tidy(_QUOTIENT.power(numeral.value, int(match[1])))
            return Numeral(numeral.start, match.end(), value, None, None, 1, False, "fixed")
        match = _MIXED.match(text, numeral.start)
        if match is None or not int(match[3]):
            return None
        if match[1] is None and int(match[2]) >= int(match[3]):
            return None
        value = _QUOTIENT.divide(Decimal(match[2]), Decimal(match[3]))
        value = plus(value, Decimal(match[1] or 0))
        return Numeral(numeral.start, match.end(), value, None, None, 1, False, "fraction")

    def _ratio(self, text: str, start: int, below: Decimal, at: int) -> Numeral | None:
        above = self.numerals.read(text, at) if at < len(text) else None
        if above is None or above.value is None or not below:
            return None
        value = tidy(_QUOTIENT.divide(above.value, below))
        return Numeral(start, above.end, value, None, None, 1, above.vague, "fraction")


def signed(number: Numeral, start: int) -> Numeral:
    """The same number below zero, with its sign at ``start``."""
    number.start = start
    number.value = None if number.value is None else -number.value
    low, high = number.low, number.high
    number.low = None if high is None else -high
    number.high = None if low is None else -low
    return number
