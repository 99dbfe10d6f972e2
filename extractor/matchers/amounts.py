"""Amounts: each number of a text with the unit and the qualifiers that adjoin it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from extractor.marks import Rejected
from extractor.matchers.bounds import Bound, BoundReader
from extractor.matchers.numbers import Number, NumberReader, any_of, signed, words_of
from extractor.matchers.refusals import Refusal, Refusals, covering
from extractor.matchers.units import Found, Unit, UnitReader
from extractor.numerals import LONGEST, plus, times
from extractor.ruleset import Ruleset

_IDENTIFIER = 12  # so many bare digits in a row name something
_LETTERS = re.compile(r"[A-Za-z0-9][A-Za-z0-9.\-/]*")
_BARE_GROUP = 10_000
_HALF = Decimal("0.5")
_TAILED = frozenset({"", *" ,、。;:!?)」』”》\n-至到左"})
_OPEN = frozenset(" \n\t“”\"'「」『』‘’《》〈〉()[]【】,、;:。!?·/")


class Amount(Struct, gc=False):
    """A number in the making; joins change it in place."""

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
    unit: Found | None = None
    before: str | None = None
    inside: str | None = None
    after: str | None = None
    kind: str | None = None
    weak: bool = False
    loose: bool = False
    """True where only a range or a list makes a number of it (兩到三升)."""
    parts: tuple[tuple[Decimal, Unit], ...] = ()
    prefixed: bool = False
    """True where the unit stands in front of the number (HK$5, 百分之五)."""


class AmountReader:
    """Scans a text once for numbers; build once, use from any thread."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.numbers = NumberReader(ruleset)
        self.units = UnitReader(ruleset)
        self.bounds = BoundReader(ruleset)
        self.refusals = Refusals(ruleset)
        symbols = self.numbers.numerals.symbols
        self.digits = symbols.digits
        self.formal = symbols.formal
        self.halves = frozenset(words_of(ruleset, "half"))
        self.counted = words_of(ruleset, "counted")
        self.copulas = words_of(ruleset, "copula")
        self.contrasts = words_of(ruleset, "contrast")
        self.more = frozenset(words_of(ruleset, "more"))
        joints = (word for role in ("to", "with", "list") for word in words_of(ruleset, role))
        self.joints = frozenset(word[0] for word in joints) | {" "} | self.units.heads
        self.to = re.compile(any_of(words_of(ruleset, "to")))
        self.included = words_of(ruleset, "included")
        self.starts = re.compile("[" + "".join(map(re.escape, self.numbers.starters)) + "]")
        self.run = re.compile("[0-9,.]+|[" + "".join(self.digits) + "]+")
        # 個半小時, 個多月: what may stand between a number and a unit of time.
        self.half_counted = re.compile(any_of(self.counted) + any_of(self.halves))
        self.more_counted = re.compile(any_of(self.counted) + any_of(self.more))

    def read(
        self, text: str, region: str | None, taken: Sequence[tuple[int, int]]
    ) -> tuple[list[Amount], list[Rejected]]:
        """Every amount of ``text`` in order, and every number that is none."""
        scan = _Scan(self, text, region, self.refusals.fixed(text, taken))
        search, at = self.starts.search, 0
        while (match := search(text, at)) is not None:
            at = scan.step(match.start())
        return scan.amounts, scan.rejected


class _Scan:
    """One pass over one text."""

    def __init__(
        self, reader: AmountReader, text: str, region: str | None, refusals: list[Refusal]
    ) -> None:
        self.r = reader
        self.text = text
        self.region = region
        self.refusals = refusals
        self.amounts: list[Amount] = []
        self.rejected: list[Rejected] = []
        self.overruled: Refusal | None = None
        self.floor = -1  # where the last amount ended

    def step(self, at: int) -> int:
        """Read what begins at ``at``; return where to look on."""
        text, reader = self.text, self.r
        if self.amounts and at == self.floor and reader.digits.get(text[at]) == 0:
            if self.amounts[-1].unit is not None:
                return at + 1  # 兩年零三個月
        refusal = covering(self.refusals, at) or reader.refusals.at(text, at)
        overruled = refusal is not None and self._overruled(refusal, at)
        self.overruled = refusal if overruled else None
        if refusal is not None and not overruled:
            return self._reject(refusal.start, refusal.end, refusal.reason)
        number = reader.numbers.read(text, at)
        if number is None:
            run = reader.run.match(text, at)
            if run is not None and len(run[0]) > LONGEST:
                return self._reject(at, run.end(), "identifier")
            return at + 1
        if not overruled and self._meets_date(number):
            return self._reject(at, number.end, "date")
        amount = self._amount(number)
        reason = self._reason(amount, text[at])
        if reason == "word" and self._joint(amount):
            amount.loose, reason = True, None
        if reason is not None:
            end = amount.number_end
            if reason == "code":
                letters = _LETTERS.match(text, at)
                end = max(end, letters.end()) if letters is not None else end
            return self._reject(at, end, reason)
        self.amounts.append(amount)
        self.floor = amount.end
        return amount.end

    def _joint(self, amount: Amount) -> bool:
        """Whether a range or a list may make a number of a single Chinese digit."""
        if self.text[amount.number_end : amount.number_end + 1] in self.r.joints:
            return True
        return (
            0 < amount.start - self.floor <= 2
            and self.r.to.fullmatch(self.text, self.floor, amount.start) is not None
        )

    def _overruled(self, refusal: Refusal, at: int) -> bool:
        """Whether a date is only the beginning of an amount: 10日元, 三點五英里."""
        if refusal.reason != "date" or (at != refusal.start and refusal is not self.overruled):
            return False
        number = self.r.numbers.read(self.text, at)
        if number is None or number.form == "ordinal":
            return False
        if number.form == "decimal":
            return True  # 八點五: a time of day would say 八點五分
        amount = self._amount(number)
        return (
            amount.unit is not None
            and amount.unit.end > refusal.end
            and self.r.refusals.at(self.text, at) is None
        )

    def _meets_date(self, number: Number) -> bool:
        """Whether a date begins within the number and goes on behind it."""
        last = covering(self.refusals, number.end - 1)
        return last is not None and last.reason == "date" and last.end > number.end

    def _reject(self, start: int, end: int, reason: str) -> int:
        self.rejected.append(Rejected(start, end, "quantity", reason))
        return end

    def _amount(self, number: Number) -> Amount:
        text, units, bounds = self.text, self.r.units, self.r.bounds
        start = self.r.numbers.sign(text, number.start, self.floor)
        if start < number.start:
            number = signed(number, start)
        amount = Amount(
            start=start,
            end=number.end,
            number_start=start,
            number_end=number.end,
            value=number.value,
            low=number.low,
            high=number.high,
            scale=number.scale,
            vague=number.vague,
            form=number.form,
            kind=number.kind,
            inside="gt" if number.vague and number.value is not None else None,
        )
        if number.form == "ordinal":
            return amount
        bound = bounds.before(text, start, self.floor)
        prefix = units.before(text, bound.start if bound else start, self.region)
        if prefix is not None and prefix.start >= self.floor:
            amount.start = prefix.start
            outer = bounds.before(text, prefix.start, self.floor)
            bound = outer or bound
            amount.start = outer.start if outer is not None else prefix.start
        elif bound is not None:
            prefix, amount.start = None, bound.start
        else:
            prefix = None
        amount.before = bound.code if bound is not None else None
        if number.kind != "multiple":
            self._unit(amount, number, prefix)
        if bound is not None and bound.dimensions and not self._bounds_it(bound, amount):
            amount.before = None
            amount.start = amount.unit.start if amount.prefixed and amount.unit else start
            amount.start = min(amount.start, start)
        for note in self.r.included:
            if text.startswith(note, amount.end):
                amount.end += len(note)
        after = bounds.after(text, amount.end)
        if after is not None and (amount.unit is not None or amount.form != "digit"):
            amount.after, amount.end = after.code, after.end
        return amount

    def _unit(self, amount: Amount, number: Number, prefix: Found | None) -> None:
        text, units, end = self.text, self.r.units, number.end
        if number.unit is not None:
            unit = units.word(number.unit)
            amount.unit = Found(number.start, number.start, unit, (), unit.code)
            amount.prefixed = True
            return
        inside = self.r.bounds.inside(text, end)
        found: Found | None = None
        if inside is not None and self._round(number):
            found = units.at(text, inside.end, self.region)
            if found is not None or inside.code == "gt":
                amount.inside, amount.end = inside.code, inside.end
        if found is None and amount.end == end:
            found = self._split(amount) or self._halved(amount) or units.at(text, end, self.region)
        if found is not None and self._misread(amount, found.unit):
            found = None
        if found is not None:
            amount.unit = found
            amount.end = max(amount.end, found.end)
            self._behind_unit(amount, found)
        if prefix is not None and (found is None or found.unit.dimension == prefix.unit.dimension):
            self._prefix(amount, prefix)

    def _misread(self, amount: Amount, unit: Unit) -> bool:
        """Whether number and unit are a word instead: 一起, 四方."""
        if unit.arabic and amount.form == "digit":
            return True
        written = self.text[amount.number_start : amount.number_end]
        return written in unit.not_after

    def _bounds_it(self, bound: Bound, amount: Amount) -> bool:
        return amount.unit is not None and amount.unit.unit.dimension in bound.dimensions

    def _prefix(self, amount: Amount, prefix: Found) -> None:
        if amount.unit is None:
            amount.unit, amount.prefixed = prefix, True
        else:
            amount.unit.code, amount.unit.resolved = prefix.code, prefix.resolved

    def _round(self, number: Number) -> bool:
        """Only a round number has "and some more" behind it."""
        if number.form in ("digit", "digits", "pair", "half", "fraction"):
            return number.value is not None and number.value % 10 == 0
        return number.value is None or number.scale > 1 or number.value % 10 == 0

    def _split(self, amount: Amount) -> Found | None:
        """A multiplier that belongs to the unit: 16兆瓦, 500千瓦時."""
        at = amount.number_end - 1
        text = self.text
        if amount.scale == 1 or text[at] not in self.r.units.heads or amount.value is None:
            return None
        scale = self.r.numbers.numerals.multipliers.get(text[at], 1)
        if amount.form != "arabic" and scale < 10**12:
            return None
        found = self.r.units.at(text, at, self.region)
        if found is None or found.end - at < 2 or amount.scale % scale:
            return None
        number = self.r.numbers.read(text[amount.number_start : at].lstrip("-+ "), 0)
        if number is None or number.value is None:
            return None
        amount.value = -number.value if amount.value < 0 else number.value
        amount.scale, amount.number_end = number.scale, at
        return found

    def _halved(self, amount: Amount) -> Found | None:
        """一個半小時, 17個多月."""
        text = self.text
        for pattern, half in ((self.r.half_counted, True), (self.r.more_counted, False)):
            match = pattern.match(text, amount.number_end)
            if match is None or amount.value is None:
                continue
            found = self._over_gap(amount.number_end, match.end())
            if half:
                amount.value = plus(amount.value, _HALF)
                if found is None:
                    found = self.r.units.at(text, amount.number_end, self.region)
                    amount.end = match.end()
            elif found is not None:
                amount.inside = "gt"
            return found
        return None

    def _over_gap(self, start: int, end: int) -> Found | None:
        """The unit of time that 半 or 多 stands in: 個多月 has 個月, 個半小時 has 小時."""
        text = self.text
        word = text[start : end - 1] + text[end : end + 4]
        found = self.r.units.at(word, 0, self.region)
        if found is not None and found.unit.dimension != "count":
            found.start, found.end = start, end + found.end - (end - 1 - start)
            return found
        found = self.r.units.at(text, end, self.region)
        return found if found is not None and found.unit.dimension != "count" else None

    def _behind_unit(self, amount: Amount, found: Found) -> None:
        """三年半; 三成五."""
        text, unit = self.text, found.unit
        following = text[amount.end : amount.end + 1]
        if unit.tenths:
            self._tenths(amount, unit, following)
        elif following in self.r.halves and following and amount.form != "half":
            if amount.value is not None and unit.dimension != "count":
                further = self.r.units.at(text, amount.end + 1, self.region)
                if further is None or further.unit.noun:
                    amount.value, amount.end = plus(amount.value, _HALF), amount.end + 1
        elif unit.tail and following in self.r.digits and amount.value is not None:
            if text[amount.end + 1 : amount.end + 2] in _TAILED:
                tenth = times(Decimal(self.r.digits[following]), Decimal("0.1"))
                amount.value, amount.end = plus(amount.value, tenth), amount.end + 1

    def _tenths(self, amount: Amount, unit: Unit, following: str) -> None:
        percent = self.r.units.word(unit.code)
        found = amount.unit
        if found is not None:
            amount.unit = Found(found.start, found.end, percent, (), percent.code)
        written = self.text[amount.number_start : amount.number_end]
        if unit.positional and amount.form in ("digits", "pair"):
            digits = "".join(str(self.r.digits[sign]) for sign in written)
            amount.value, amount.low, amount.high = Decimal(digits), None, None
            return
        if unit.positional and amount.value is not None and amount.value >= 10:
            amount.kind = "refused" if amount.value == 10 else None
            return
        for name in ("value", "low", "high"):
            part = getattr(amount, name)
            setattr(amount, name, None if part is None else times(part, 10))
        if amount.value is None or not following:
            return
        if following in self.r.halves:
            amount.value, amount.end = plus(amount.value, Decimal(5)), amount.end + 1
        elif following in self.r.digits and self._alone_digit(amount.end):
            digit = Decimal(self.r.digits[following])
            amount.value, amount.end = plus(amount.value, digit), amount.end + 1

    def _alone_digit(self, at: int) -> bool:
        following = self.text[at + 1 : at + 2]
        return following not in self.r.numbers.numerals.roles or not following

    # What is no quantity after all.

    def _reason(self, amount: Amount, head: str) -> str | None:
        text, form = self.text, amount.form
        if form == "ordinal":
            return None
        if head in "0123456789":
            reason = self._arabic_reason(amount)
        elif form in ("fraction", "fixed"):
            reason = None
        else:
            reason = self._chinese_reason(amount)
        if amount.kind == "refused":
            return "word"  # 十折 takes nothing off
        if reason is None and amount.unit is None and amount.kind is None and form != "fraction":
            amount.weak = True
        if amount.prefixed and form == "digit":
            return None
        if reason is None and amount.unit is not None and form in ("digit", "half"):
            one = amount.value == 1 and amount.unit.unit.dimension == "count"
            amount.weak = one or (amount.unit.unit.noun and form == "digit")
            reason = "word" if self._formal(amount) else None
        return reason

    def _formal(self, amount: Amount) -> bool:
        return self.text[amount.number_start] in self.r.formal

    def _arabic_reason(self, amount: Amount) -> str | None:
        text, start, end = self.text, amount.number_start, amount.number_end
        before = text[start - 1 : start] if start else ""
        after = text[end : end + 1]
        strong = amount.unit is not None or amount.scale > 1
        written = text[start:end]
        if written.isdigit() and written[0] == "0" < written[1:]:
            return "identifier"
        if before.isascii() and before.isalpha() and not amount.prefixed:
            return None if strong and "." not in text[start:end] else "code"
        if before == "-" and start >= 2 and text[start - 2].isascii() and text[start - 2].isalnum():
            if not (self.amounts and self.floor == start - 1):
                return "code"
        if strong:
            return None
        if after.isascii() and after.isalpha():
            return "code"
        if written.isdigit() and len(written) >= _IDENTIFIER:
            return "identifier"
        return None

    def _chinese_reason(self, amount: Amount) -> str | None:
        form = amount.form
        bounded = amount.before is not None or amount.inside is not None
        if form == "bare":
            if amount.unit is None and not bounded:
                return "multiplier"
            single = amount.number_end - amount.number_start == 1
            noun = amount.unit is not None and amount.unit.unit.noun
            if not bounded and (noun or (single and amount.scale >= _BARE_GROUP)):
                return "multiplier"
            amount.weak = not bounded
            return None
        if amount.unit is not None or form == "han":
            return None
        if form == "digit":
            return None if self._alone(amount) else "word"
        if form in ("half", "pair"):
            return "word"
        written = self.text[amount.number_start : amount.number_end]
        return None if len(written) > 2 or amount.scale > 1 else "word"

    def _alone(self, amount: Amount) -> bool:
        """A single Chinese digit that stands for a number: quoted, or said to be something."""
        text, start, end = self.text, amount.start, amount.number_end
        before, after = text[start - 1 : start] if start else "", text[end : end + 1]
        closed = not after or after in _OPEN
        if (not before or before in _OPEN) and closed:
            while before == " ":
                start -= 1
                before = text[start - 1 : start] if start else ""
            return not (after and after in "、)." and (not before or before in "\n("))
        copula = text.endswith(self.r.copulas, max(0, start - 3), start)
        return copula and (closed or text.startswith(self.r.contrasts, end))
