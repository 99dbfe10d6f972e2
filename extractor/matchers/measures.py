"""The unit of an amount, and what in the number changes with it: 16兆瓦, 三成五, 個半小時."""

from __future__ import annotations

import re
from decimal import Decimal

from extractor.matchers.amount import Amount, of_numeral
from extractor.matchers.bounds import BoundReader
from extractor.matchers.numbers import NumberReader, any_of, words_of
from extractor.matchers.units import Found, Unit, UnitReader
from extractor.numerals import Numeral, plus, times
from extractor.ruleset import Ruleset

_HALF = Decimal("0.5")
_TENTH = Decimal("0.1")
_ARABIC = frozenset("123456789")
_GOES_ON = frozenset("0123456789.%")
_CENTIMETRES = re.compile(r"[0-9]{2}(?![0-9.%A-Za-z\u4e00-\u9fff])")  # 1米75
_MEGA = 10**12  # the multiplier that, between number and unit, always belongs to the unit
_CLOSERS = frozenset({"", *" ,、。;:!?)」』”》\n-"})


class MeasureReader:
    """Gives an amount its unit; build once, use from any thread."""

    def __init__(
        self, ruleset: Ruleset, numbers: NumberReader, units: UnitReader, bounds: BoundReader
    ) -> None:
        self._numbers, self._units, self._bounds = numbers, units, bounds
        notation = numbers.numerals.notation
        self._digits, self._roles = notation.digits, notation.roles
        self._multipliers, self._some = notation.multipliers, notation.some
        self._halves = frozenset(words_of(ruleset, "half"))
        self._closers = _CLOSERS | {word[0] for word in words_of(ruleset, "behind")}
        counted, more = words_of(ruleset, "counted"), words_of(ruleset, "more")
        self._counted = frozenset(word[0] for word in counted)
        # 個半小時, 個多月: what may stand between a number and a unit of time.
        self._half_counted = re.compile(any_of(counted) + any_of(self._halves))
        self._more_counted = re.compile(any_of(counted) + any_of(more))
        self._after_counted = self._halves | {word[0] for word in more}
        self._appended = self._halves | frozenset(self._digits) | frozenset("0123456789")

    def read(
        self, text: str, amount: Amount, number: Numeral, prefix: Found | None, region: str | None
    ) -> None:
        """Attach the unit behind the number, or the one in front of it."""
        if number.unit is not None:
            unit = self._units.word(number.unit)
            amount.unit = Found(number.start, number.start, unit, (), unit.code)
            amount.prefixed = True
            return
        found = self._behind(text, amount, number, region)
        if found is not None and found.unit.wary and not _sure(text, amount, found):
            found = None
        if found is not None:
            amount.unit = found
            amount.end = max(amount.end, found.end)
            if found.unit.tenths or text[amount.end : amount.end + 1] in self._appended:
                self._tail(text, amount, found, region)
        if prefix is None:
            return
        if found is None:
            amount.unit, amount.prefixed = prefix, True
        elif found.unit.dimension == prefix.unit.dimension:
            found.code, found.resolved = prefix.code, prefix.resolved

    def reach(self, text: str, number: Numeral, region: str | None) -> int:
        """Where the unit behind a number ends; the end of the number where there is none."""
        end = number.end
        following = text[end : end + 1]
        if following in self._counted or following in self._bounds.inside_heads:
            amount = of_numeral(number)
            self.read(text, amount, number, None, region)
            return end if amount.unit is None else amount.unit.end
        found = self._units.at(text, end, region)
        return end if found is None else found.end

    def _behind(
        self, text: str, amount: Amount, number: Numeral, region: str | None
    ) -> Found | None:
        end = number.end
        following = text[end : end + 1]
        if following in self._bounds.inside_heads and _round(number):
            inside = self._bounds.inside(text, end)
            if inside is not None and (named := self._units.at(text, end, region)) is not None:
                return named  # 18億多米尼加比索: the word belongs to the name of the unit
            found = None if inside is None else self._units.at(text, inside.end, region)
            if inside is not None and (found is not None or inside.code == "gt"):
                amount.inside, amount.end = inside.code, inside.end
                return found
        found = None
        if amount.scale > 1 and text[end - 1] in self._units.heads:
            found = self._split(text, amount, region)
        if following in self._counted and text[end + 1 : end + 2] in self._after_counted:
            found = found or self._halved(text, amount, region)
        if found is None:
            found = self._units.at(text, end, region)
        if found is None or number.form == "arabic":
            return found
        if found.unit.arabic and number.form == "digit":
            return None  # 四方 is a word
        if number.form == "fraction" and found.unit.dimension == "count":
            return None  # 三分之一企業 is a share, and 四分一公升 a volume
        return found

    def _split(self, text: str, amount: Amount, region: str | None) -> Found | None:
        """A multiplier, or an unknown digit, that belongs to the unit: 16兆瓦, 2億幾內亞法郎."""
        at = amount.number_end - 1
        if amount.vague and text[at] in self._some:
            named = self._units.at(text, at, region)
            if named is not None:
                amount.vague, amount.inside, amount.number_end = False, None, at
            return named
        scale = self._multipliers.get(text[at], 1)
        bare = at == amount.number_start
        if amount.value is None or (amount.form != "arabic" and scale < _MEGA and not bare):
            return None
        found = self._units.at(text, at, region) if scale > 1 else None
        if found is None or (found.end - at < 2 and not found.unit.bound):
            return None
        if bare:
            if amount.before is None:
                amount.refused = "multiplier"  # 兆瓦 alone is a unit, 近千米 a length
            return None
        amount.value = times(amount.value, 1 / Decimal(scale))
        amount.scale, amount.number_end = amount.scale // scale, at
        return found

    def _halved(self, text: str, amount: Amount, region: str | None) -> Found | None:
        """一個半小時, 17個多月."""
        match = self._half_counted.match(text, amount.number_end)
        if match is not None and amount.value is not None:
            amount.value = plus(amount.value, _HALF)
            found = self._over(text, amount.number_end, match.end(), region)
            if found is None:
                found = self._units.at(text, amount.number_end, region)
                amount.end = match.end()
            return found
        match = self._more_counted.match(text, amount.number_end)
        if match is None:
            return None
        found = self._over(text, amount.number_end, match.end(), region)
        if found is not None:
            amount.inside = "gt"
        return found

    def _over(self, text: str, start: int, end: int, region: str | None) -> Found | None:
        """The unit of time that 半 or 多 stands in: 個多月 has 個月, 個半小時 has 小時."""
        word = text[start : end - 1] + text[end : end + 4]
        found = self._units.at(word, 0, region)
        if found is not None and found.unit.dimension != "count":
            found.start, found.end = start, end + found.end - (end - 1 - start)
            return found
        found = self._units.at(text, end, region)
        return found if found is not None and found.unit.dimension != "count" else None

    def _tail(self, text: str, amount: Amount, found: Found, region: str | None) -> None:
        """What goes on behind the unit: 三成五, 三年半, 三米九."""
        unit, following = found.unit, text[amount.end : amount.end + 1]
        if unit.tenths:
            self._tenths(text, amount, unit, following)
        elif amount.value is None:
            return
        elif following in self._halves and amount.form != "half" and unit.dimension != "count":
            further = self._units.at(text, amount.end + 1, region)
            if further is None or further.unit.noun:
                amount.value, amount.end = plus(amount.value, _HALF), amount.end + 1
        elif unit.tail and following.isascii() and following.isdigit():
            match = _CENTIMETRES.match(text, amount.end)
            if match is not None and amount.value == amount.value.to_integral_value():
                amount.value, amount.end = plus(amount.value, Decimal(f"0.{match[0]}")), match.end()
        elif unit.tail and following in self._digits:
            self._decimals(text, amount, amount.value)

    def _decimals(self, text: str, amount: Amount, whole: Decimal) -> None:
        """三米九, 一米七五: up to two digits that nothing else follows."""
        end = amount.end
        while end < amount.end + 2 and text[end : end + 1] in self._digits:
            end += 1
        if self._ends(text, end):
            written = "".join(str(self._digits[sign]) for sign in text[amount.end : end])
            amount.value, amount.end = plus(whole, Decimal(f"0.{written}")), end

    def _ends(self, text: str, at: int) -> bool:
        return text[at : at + 1] in self._closers

    def _tenths(self, text: str, amount: Amount, unit: Unit, following: str) -> None:
        """三成五 and 八五折 in percent."""
        percent, found = self._units.word(unit.code), amount.unit
        amount.tenths = True
        if found is not None:
            amount.unit = Found(found.start, found.end, percent, (), percent.code)
        if unit.positional and amount.form in ("digits", "pair"):
            written = text[amount.number_start : amount.number_end]
            amount.value = Decimal("".join(str(self._digits[sign]) for sign in written))
            amount.low = amount.high = None
            return
        if unit.positional and amount.value is not None and amount.value >= 10:
            if amount.value == 10:
                amount.refused = "word"  # 十折 takes nothing off
            return
        amount.value, amount.low, amount.high = (
            None if part is None else times(part, 10)
            for part in (amount.value, amount.low, amount.high)
        )
        if amount.value is None or not following:
            return
        if following in self._halves:
            amount.value, amount.end = plus(amount.value, Decimal(5)), amount.end + 1
        elif following in self._digits or following in _ARABIC:
            after = text[amount.end + 1 : amount.end + 2]
            carried = self._roles.get(after) not in (None, "more")  # 九成八來自 goes on no further
            if not after or not (carried or after in _GOES_ON):
                digit = Decimal(self._digits.get(following) or int(following))
                amount.value, amount.end = plus(amount.value, digit), amount.end + 1


def _sure(text: str, amount: Amount, found: Found) -> bool:
    """Whether a unit is one behind this number, and not part of a word: 四成為."""
    unit, number_start = found.unit, amount.number_start
    if unit.not_after and text[number_start : amount.number_end] in unit.not_after:
        return False
    doubtful = unit.doubtful_before and text.startswith(unit.doubtful_before, found.end)
    return not doubtful or text.endswith(unit.sure_after, 0, number_start)


def _round(number: Numeral) -> bool:
    """Only a round number has "and some more" behind it."""
    if number.value is None:
        return True
    return number.value % 10 == 0 or (number.scale > 1 and number.form in ("arabic", "han", "bare"))
