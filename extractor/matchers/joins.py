"""Amounts that belong together: parts of one amount, ends of a range, members of a list."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from extractor.matchers.amount import Amount
from extractor.matchers.numbers import any_of, words_of
from extractor.matchers.units import Found, Unit
from extractor.numerals import tidy, times
from extractor.ruleset import Ruleset

_PARTED = frozenset({"money", "duration", "length", "mass"})
_LOWER = frozenset({"gt", "gte"})
_UPPER = frozenset({"lt", "lte"})
_NEAR = 5  # characters that may stand between two amounts of one
_FAR = 1000  # members of one list that share a multiplier do not differ by more
_MOVE_PERCENT = 10  # a rate is at least so many times the percentage it moved by
_GROUP = 10_000
_PERCENT = frozenset({"%", "pp"})
_CLOSERS = frozenset({"", *" ,、。;:!?)」』\n"})


class Joiner:
    """Joins neighbouring amounts; build once, use from any thread."""

    def __init__(self, ruleset: Ruleset) -> None:
        words = {
            role: any_of(words_of(ruleset, role))
            for role in ("plus", "to", "with", "among", "list", "both")
        }
        self._plus = re.compile(f" ?{words['plus']}? ?")
        self._to = re.compile(rf"\s?{words['to']}\s?")
        self._plain = frozenset(w for w in words_of(ruleset, "to") if w.isalpha() or w == "~")
        self._with = re.compile(f" ?{words['with']} ?")
        self._among = re.compile(f" ?{words['among']}")
        self._listed = re.compile(rf"\s?{words['list']}\s?")
        self._both = re.compile(f" ?{words['both']}? ?")
        self._closers = _CLOSERS | {word[0] for word in words_of(ruleset, "behind")}
        self._between = tuple(sorted(words_of(ruleset, "between"), key=len, reverse=True))
        self._moved = words_of(ruleset, "moved")
        self._among_words = frozenset(words_of(ruleset, "among"))

    def join(self, text: str, amounts: list[Amount]) -> list[Amount]:
        """The amounts with parts, ranges and lists put together, still in order."""
        done: list[Amount] = []
        run: list[Amount] = []
        for amount in amounts:
            if run and amount.start - run[-1].end > _NEAR:
                done += run if len(run) == 1 else self._joined(text, run)
                run = []
            run.append(amount)
        return done + self._joined(text, run)

    def _joined(self, text: str, run: list[Amount]) -> list[Amount]:
        """A run of amounts that stand near each other, joined."""
        whole = _folded(text, run, self._part)
        done = _folded(text, whole, self._two_ends)
        self._share(text, done)
        return done

    def _two_ends(self, text: str, between: str, left: Amount, right: Amount) -> bool:
        return self._range(text, between, left, right) or self._bounded(between, left, right)

    # One amount in several units: 123元1角, 8天20小時, 兩年零三個月.

    def _part(self, text: str, between: str, left: Amount, right: Amount) -> bool:
        if left.unit is None or right.unit is None or right.before or left.prefixed:
            return False
        if left.value is None or right.value is None or not self._plus.fullmatch(between):
            return False
        if left.after and not (left.after == "gt" and self._plus.fullmatch(text[left.end - 1])):
            return False
        pair = _meanings(left.unit, right.unit, either=bool(between.strip()))
        if pair is None:
            return False
        above, below = pair
        if _whole(right.value, below.unit, (left.parts or ((left.value, above.unit),))[-1][1]):
            return False
        parts = (*(left.parts or ((left.value, above.unit),)), (right.value, below.unit))
        if left.parts and left.parts[-1][1] is not above.unit and above.unit is not left.unit.unit:
            return False
        units = sorted(pair, key=lambda found: found.unit.factor or 1, reverse=True)
        if above.unit.dimension == "duration":
            del units[0]  # a time of several parts is given in its smallest
        for found in units:
            value = _total(parts, found.unit)
            if value is not None:
                left.value, left.unit, left.parts, left.scale = value, found, parts, 1
                left.end, left.number_end, left.after = right.end, right.number_end, right.after
                return True
        return False

    # Two ends: 3%至5%, 介於10與20之間.

    def _range(self, text: str, between: str, left: Amount, right: Amount) -> bool:
        if right.before or left.after or left.inside or left.value is None or right.value is None:
            return False
        unit = right.unit
        if left.unit is None and unit is not None and between.startswith(unit.unit.word):
            between = between.removeprefix(unit.unit.word)  # 兩升到三升, where 升到 is also a verb
        if self._to.fullmatch(between):
            bare = left.unit is None and unit is None
            if bare and between.strip() not in self._plain:
                return False  # 21-15 is a score, a code or a page
            behind = self._among.match(text, right.end)
            among, closed = behind is not None, right.end if behind is None else behind.end()
        elif self._with.fullmatch(between):
            unit, closed = self._among_unit(text, left, right)
            among = closed > right.end or unit is not right.unit
            if not among:
                return False
        else:
            return False
        if not _same_unit(left, unit):
            return False
        low = _low(left, right)
        if low >= right.value:
            return False
        if left.unit and text.endswith(self._moved, 0, left.start):
            percent = right.unit is not None and right.unit.unit.code in _PERCENT
            if between.strip().isalpha() and not (percent and low * _MOVE_PERCENT > right.value):
                return False  # 增加7,400人至3,682,100人, but 增長5%至8%
        self._merge(left, right, low, unit or left.unit)
        left.end = max(left.end, closed)
        if among:
            self._open(text, left)
        return True

    def _among_unit(self, text: str, left: Amount, right: Amount) -> tuple[Found | None, int]:
        """The unit before 之間 and where that ends; 間 behind the number may be read as a unit."""
        unit = right.unit
        among = self._among.match(text, right.end)
        if among is not None:
            return unit, among.end()
        closed = text[right.end : right.end + 1] in self._closers and not right.after
        if unit is not None and unit.unit.word in self._among_words and closed:
            return left.unit, right.end
        return unit, right.end

    def _open(self, text: str, left: Amount) -> None:
        """介於 in front of a range belongs to it."""
        for word in self._between:
            if text.endswith(word, 0, left.start):
                left.start -= len(word)
                return

    def _merge(self, left: Amount, right: Amount, low: Decimal, unit: Found | None) -> None:
        left.value, left.low, left.high, left.unit = None, low, right.value, unit
        left.end, left.number_end, left.after = right.end, right.number_end, right.after
        left.scale, left.inside, left.weak = right.scale, right.inside, right.weak and left.weak
        left.loose = False

    # A lower and an upper bound: 大於0並小於5, 十年以上,三十年以下.

    def _bounded(self, between: str, left: Amount, right: Amount) -> bool:
        lower, upper = left.before or left.after, right.before or right.after
        if lower not in _LOWER or upper not in _UPPER or left.inside or right.inside:
            return False
        if left.value is None or right.value is None or not self._both.fullmatch(between):
            return False
        if bool(left.before) != bool(right.before) or not _same_unit(left, right.unit):
            return False
        low = _low(left, right)
        if low >= right.value:
            return False
        self._merge(left, right, low, right.unit or left.unit)
        left.before = left.after = None
        return True

    # Members of a list: 3.1、2.7和6.5個百分點.

    def _share(self, text: str, amounts: list[Amount]) -> None:
        """Give members of a list the unit and the multiplier of its last member."""
        for index in range(len(amounts) - 2, -1, -1):
            member, last = amounts[index], amounts[index + 1]
            if last.unit is None or last.prefixed or member.form == "ordinal" or last.before:
                continue
            if member.after or member.inside or last.start - member.end > _NEAR:
                continue
            if not self._listed.fullmatch(text, member.end, last.start):
                continue
            if member.unit is None:
                _give(member, last)
                continue
            whole, part = last.unit.unit.word, member.unit.unit.word
            if whole != part and whole.startswith(part):
                member.unit = last.unit


def _folded(
    text: str, amounts: list[Amount], joined: Callable[[str, str, Amount, Amount], bool]
) -> list[Amount]:
    """The amounts without those that ``joined`` has put into the one before them."""
    if not amounts:
        return amounts
    left = amounts[0]
    done = [left]
    for amount in amounts[1:]:
        near = amount.start - left.end <= _NEAR and left.form != "ordinal" != amount.form
        if near and joined(text, text[left.end : amount.start], left, amount):
            continue
        done.append(amount)
        left = amount
    return done


def _give(member: Amount, last: Amount) -> None:
    if member.form not in ("arabic", "han", "digit") or (member.form, last.form) == (
        "digit",
        "arabic",
    ):
        return
    member.unit, member.weak, member.loose = last.unit, last.weak, False
    if last.tenths and member.value is not None and member.value < 10:
        member.value, member.tenths = times(member.value, 10), True
    if not member.scale == 1 < last.scale or member.form != last.form:
        return
    if member.value and last.value and member.value < last.value / last.scale * _FAR:
        member.value, member.scale = times(member.value, last.scale), last.scale


def _same_unit(left: Amount, unit: Found | None) -> bool:
    if left.unit is None:
        return True
    if unit is None:
        return left.prefixed
    return left.unit.code == unit.code


def _low(left: Amount, right: Amount) -> Decimal:
    """The left value with the multiplier that only the right one writes: 兩到三萬."""
    value, high = left.value or Decimal(0), right.value or Decimal(0)
    if left.unit is None and right.tenths and value < 10:
        return times(value, 10)
    if left.unit is None and left.scale < _GROUP and value:
        group = 1
        while right.scale >= group * _GROUP:
            group *= _GROUP
        # 兩到三百萬 shares all of 百萬, 一到一千二百萬 only the 萬.
        whole = left.scale == 1 and (right.form == "arabic" or high < right.scale * 10)
        for scale in (right.scale if whole else 1, group):
            if scale > 1 and times(value, scale) < high:
                return times(value, scale)
    return value


def _meanings(left: Found, right: Found, *, either: bool) -> tuple[Found, Found] | None:
    """The meanings of two units in which the right one is a part of the left one.

    With ``either`` (a word for "and" stands between) the right one may be the larger. A part that
    goes into the whole without a rest is meant rather than another: of 尺 a 寸 is a tenth.
    """
    found = None
    for above in (left.unit, *left.others):
        for below in (right.unit, *right.others):
            if above.dimension != below.dimension or above.dimension not in _PARTED:
                continue
            same = above.code == below.code.partition("/")[0] or bool(below.by_region)
            if above.dimension == "money" and not same:
                continue  # 分 is a part of any money, 美分 only of one
            high = above.factor or (1 if above.dimension == "money" else None)
            low = below.factor or (1 if above.dimension == "money" else None)
            if high is None or low is None or not (high > low or (either and high < low)):
                continue
            if not high % low:
                return _as(left, above), _as(right, below)
            found = found or (_as(left, above), _as(right, below))
    return found


def _whole(value: Decimal, unit: Unit, above: Unit) -> bool:
    """Whether so many of a smaller unit are a whole larger one: 7天24小時 are two amounts."""
    part, whole = unit.factor or 1, above.factor or 1
    return whole > part and Fraction(value) * part >= whole


def _total(parts: tuple[tuple[Decimal, Unit], ...], unit: Unit) -> Decimal | None:
    """The sum of the parts in ``unit``, when that is a short decimal.

    Years, quarters and months add up as months; beside days they count 365 and 30 days.
    """
    months = all(part.months for _, part in parts) and unit.months
    total = sum(
        Fraction(value) * (part.months if months else part.factor or 1) for value, part in parts
    )
    scaled = total / (unit.months if months else unit.factor or 1) * 10**9
    return tidy(Decimal(int(scaled)).scaleb(-9)) if scaled == int(scaled) else None


def _as(found: Found, unit: Unit) -> Found:
    if unit is found.unit:
        return found
    code = unit.by_region.get(found.resolved or "", unit.code)
    return Found(found.start, found.end, unit, (), code, found.resolved)
