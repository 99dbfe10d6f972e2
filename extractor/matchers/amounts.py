"""One scan over a text for its amounts."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence

from extractor.marks import Rejected
from extractor.matchers.amount import Amount, of_numeral
from extractor.matchers.bounds import Bound, BoundReader
from extractor.matchers.count_names import CountNames
from extractor.matchers.measures import MeasureReader
from extractor.matchers.numbers import NumberReader, signed, words_of
from extractor.matchers.refusals import Refusal, Refusals
from extractor.matchers.units import Found, UnitReader
from extractor.matchers.verdicts import Judge
from extractor.numerals import LONGEST, Numeral
from extractor.ruleset import Ruleset

_LETTERS = re.compile(r"[A-Za-z0-9][A-Za-z0-9.\-/]*")


class AmountReader:
    """Scans a text once for numbers; build once, use from any thread."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.numbers = NumberReader(ruleset)
        self.units = UnitReader(ruleset)
        self.bounds = BoundReader(ruleset)
        self.refusals = Refusals(ruleset)
        self.measures = MeasureReader(ruleset, self.numbers, self.units, self.bounds)
        self.names = CountNames(ruleset, self.units)
        self.judge = Judge(ruleset, self.numbers, self.units.heads)
        notation = self.numbers.numerals.notation
        self.zeros = frozenset(sign for sign, value in notation.digits.items() if value == 0)
        self.numeric = frozenset(notation.roles) | frozenset("0123456789")
        self.included = words_of(ruleset, "included")
        # What stands before a number that more than the number itself can be read from.
        self.leading = self.numbers.minus_ends | self.bounds.ends | self.units.prefix_ends
        self.trailing = self.bounds.after_heads | {word[0] for word in self.included}
        self.copula_ends = frozenset(word[-1] for word in words_of(ruleset, "copula"))
        self.run = re.compile("[0-9,.]+|[" + "".join(notation.digits) + "]+")
        self.plain = frozenset(notation.digits) - self.numbers.special

    def read(
        self, text: str, region: str | None, taken: Sequence[tuple[int, int]]
    ) -> tuple[list[Amount], list[Rejected]]:
        """Every amount of ``text`` in order, and every number that is none."""
        scan = _Scan(self, text, region, taken)
        search, step, at = self.numbers.landing.search, scan.step, 0
        while (match := search(text, at)) is not None:
            at = step(match.start())
        return scan.amounts, scan.rejected


class _Spans:
    """Refusals in order, asked about places that only go forward."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        self._refusals = refusals
        self.until = refusals[0].start if refusals else sys.maxsize
        """Nothing is refused before this place."""
        self._next = 0  # the first one that does not end before the place last asked about

    def at(self, at: int, *, ahead: bool = False) -> Refusal | None:
        """The refusal that holds the character at ``at``; ``ahead`` keeps the place."""
        refusals, index = self._refusals, self._next
        while index < len(refusals) and refusals[index].end <= at:
            index += 1
        if not ahead:
            self._next = index
            self.until = refusals[index].start if index < len(refusals) else sys.maxsize
        if index < len(refusals) and refusals[index].start <= at:
            return refusals[index]
        return None


class _Scan:
    """One pass over one text."""

    def __init__(
        self,
        reader: AmountReader,
        text: str,
        region: str | None,
        taken: Sequence[tuple[int, int]],
    ) -> None:
        self.r = reader
        self.text = text
        self.region = region
        self.words = _Spans(reader.refusals.fixed(text))
        self.taken = _Spans([Refusal(start, end, "date") for start, end in sorted(taken)])
        self.overruled: Refusal | None = None
        self.amounts: list[Amount] = []
        self.rejected: list[Rejected] = []
        self.floor = -1  # where the last amount ended

    def step(self, at: int) -> int:
        """Read what begins at ``at``; return where to look on."""
        text, reader = self.text, self.r
        sign = text[at]
        if at == self.floor and sign in reader.zeros and self.amounts[-1].unit is not None:
            return at + 1  # 兩年零三個月
        if at < self.words.until and at < self.taken.until:
            refusal = reader.refusals.at(text, at)
        else:
            refusal = self._refusal(at)
        if refusal is not None and not self._overruled(refusal, at):
            self.overruled = None
            return self._reject(refusal.start, refusal.end, refusal.reason)
        self.overruled = refusal
        if sign in reader.plain and self._wordlike(at):
            return self._reject(at, at + 1, "word")
        number = reader.numbers.read(text, at)
        if number is None:
            return self._unread(at)
        if number.end > self.taken.until and refusal is None and self._meets_date(number):
            return self._reject(at, number.end, "date")
        amount = self._amount(number)
        reason = reader.judge.reason(text, amount, self.floor)
        if reason is not None:
            if reason != "word" or not reader.judge.loose(text, amount, self.floor):
                return self._refuse(amount, at, reason)
            amount.loose = True
        self.amounts.append(amount)
        self.floor = amount.end
        return amount.end

    def _unread(self, at: int) -> int:
        """Pass over what begins like a number and is none, or is too long for one."""
        run = self.r.run.match(self.text, at)
        if run is not None and len(run[0]) > LONGEST:
            return self._reject(at, run.end(), "identifier")
        return at + 1

    def _refuse(self, amount: Amount, at: int, reason: str) -> int:
        """Reject an amount; a code with all its letters."""
        letters = _LETTERS.match(self.text, at) if reason == "code" else None
        end = amount.number_end
        return self._reject(at, max(end, letters.end()) if letters else end, reason)

    def _wordlike(self, at: int) -> bool:
        """Whether what follows a single Chinese digit shows at once that it is no number."""
        following = self.text[at + 1 : at + 2]
        return bool(following) and following not in self.r.judge.telling

    def _reject(self, start: int, end: int, reason: str) -> int:
        self.rejected.append(Rejected(start, end, "quantity", reason))
        return end

    def _refusal(self, at: int) -> Refusal | None:
        """The fixed word, pattern or date that a number at ``at`` is part of.

        A date that begins here is all of what is written, where a pattern may know only a part;
        within a longer name a pattern says more.
        """
        refusal = self.words.at(at) if at >= self.words.until else None
        if refusal is not None:
            return refusal
        date = self.taken.at(at) if at >= self.taken.until else None
        if date is not None and date.start == at:
            return date
        return self.r.refusals.at(self.text, at) or date

    def _overruled(self, refusal: Refusal, at: int) -> bool:
        """Whether a date is only the beginning of an amount: 10日元, 三點五英里."""
        if refusal.reason != "date" or (at != refusal.start and refusal is not self.overruled):
            return False
        text, reader, end = self.text, self.r, refusal.end
        if text[end - 1] not in reader.numeric and not reader.units.may_cross(text, end):
            return False
        number = reader.numbers.read(text, at)
        if number is None or number.form == "ordinal":
            return False
        if number.form == "decimal":
            return True  # 八點五: a time of day would say 八點五分
        return reader.measures.reach(text, number, self.region) > end

    def _meets_date(self, number: Numeral) -> bool:
        """Whether a date begins within the number and goes on behind it."""
        taken = self.taken.at(number.end - 1, ahead=True)
        return taken is not None and taken.end > number.end

    def _amount(self, number: Numeral) -> Amount:
        text, reader, start = self.text, self.r, number.start
        led = start > 0 and text[start - 1] in reader.leading
        if led:
            start = reader.numbers.sign(text, start, self.floor)
            if start < number.start:
                number = signed(number, start)
        amount = of_numeral(number)
        if number.form == "ordinal":
            return amount
        bound, prefix = self._led(amount) if led else (None, None)
        if number.kind != "multiple":
            reader.measures.read(text, amount, number, prefix, self.region)
        if amount.unit is None and text[amount.start - 1 : amount.start] in reader.names.ends:
            reader.names.give(text, amount)
        if bound is not None and bound.dimensions:
            self._check(amount, bound)
        if text[amount.end : amount.end + 1] in reader.trailing:
            self._after(amount)
        return amount

    def _led(self, amount: Amount) -> tuple[Bound | None, Found | None]:
        """The qualifier and the currency sign in front of a number, which become part of it."""
        text, reader, floor, start = self.text, self.r, self.floor, amount.start
        bound = reader.bounds.before(text, start, floor)
        prefix = reader.units.before(text, bound.start if bound else start, self.region)
        if prefix is not None and prefix.start >= floor:
            outer = reader.bounds.before(text, prefix.start, floor)
            bound = outer or bound
            amount.start = outer.start if outer is not None else prefix.start
        else:
            prefix = None
            if bound is not None:
                amount.start = bound.start
        amount.before = bound.code if bound is not None else None
        return bound, prefix

    def _check(self, amount: Amount, bound: Bound) -> None:
        """Drop a qualifier that does not go with the unit: 全球最高10米."""
        if not _concerns(bound, amount):
            amount.before = None
            amount.start = min(bound.end, amount.number_start)

    def _after(self, amount: Amount) -> None:
        text = self.text
        for note in self.r.included:
            if text.startswith(note, amount.end):
                amount.end += len(note)
        after = self.r.bounds.after(text, amount.end)
        if after is None or (after.dimensions and not _concerns(after, amount)):
            return
        if amount.unit is not None or amount.form != "digit":
            amount.after, amount.end = after.code, after.end


def _concerns(bound: Bound, amount: Amount) -> bool:
    return amount.unit is not None and amount.unit.unit.dimension in bound.dimensions
