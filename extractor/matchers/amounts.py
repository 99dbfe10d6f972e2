"""One scan over a text for its amounts."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence

from extractor.marks import Rejected
from extractor.matchers.amount import Amount
from extractor.matchers.bounds import Bound, BoundReader
from extractor.matchers.measures import MeasureReader
from extractor.matchers.numbers import Number, NumberReader, signed, words_of
from extractor.matchers.refusals import Refusal, Refusals
from extractor.matchers.units import UnitReader
from extractor.matchers.verdicts import Judge
from extractor.numerals import LONGEST
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
        self.judge = Judge(ruleset, self.numbers, self.units.heads)
        notation = self.numbers.numerals.notation
        self.zeros = frozenset(sign for sign, value in notation.digits.items() if value == 0)
        self.included = words_of(ruleset, "included")
        self.copula_ends = frozenset(word[-1] for word in words_of(ruleset, "copula"))
        self.starts = re.compile("[" + "".join(map(re.escape, self.numbers.starters)) + "]")
        self.run = re.compile("[0-9,.]+|[" + "".join(notation.digits) + "]+")
        self.plain = frozenset(notation.digits) - self.numbers.special

    def read(
        self, text: str, region: str | None, taken: Sequence[tuple[int, int]]
    ) -> tuple[list[Amount], list[Rejected]]:
        """Every amount of ``text`` in order, and every number that is none."""
        scan = _Scan(self, text, region, taken)
        search, step, at = self.starts.search, scan.step, 0
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
        refusal = self._refusal(at)
        overruled = refusal is not None and self._overruled(refusal, at)
        self.overruled = refusal if overruled else None
        if refusal is not None and not overruled:
            return self._reject(refusal.start, refusal.end, refusal.reason)
        if sign in reader.plain and self._wordlike(at):
            return self._reject(at, at + 1, "word")
        number = reader.numbers.read(text, at)
        if number is None:
            run = reader.run.match(text, at)
            if run is not None and len(run[0]) > LONGEST:
                return self._reject(at, run.end(), "identifier")
            return at + 1
        if not overruled and self._meets_date(number):
            return self._reject(at, number.end, "date")
        amount = self._amount(number)
        reason = reader.judge.reason(text, amount, self.floor)
        if reason == "word" and reader.judge.loose(text, amount, self.floor):
            amount.loose, reason = True, None
        if reason is not None:
            end = amount.number_end
            letters = _LETTERS.match(text, at) if reason == "code" else None
            return self._reject(at, max(end, letters.end()) if letters else end, reason)
        self.amounts.append(amount)
        self.floor = amount.end
        return amount.end

    def _wordlike(self, at: int) -> bool:
        """Whether what follows a single Chinese digit shows at once that it is no number."""
        following = self.text[at + 1 : at + 2]
        return bool(following) and following not in self.r.judge.telling

    def _reject(self, start: int, end: int, reason: str) -> int:
        self.rejected.append(Rejected(start, end, "quantity", reason))
        return end

    def _refusal(self, at: int) -> Refusal | None:
        """The fixed word, pattern or date that a number at ``at`` is part of."""
        return (
            (at >= self.words.until and self.words.at(at))
            or self.r.refusals.at(self.text, at)
            or (at >= self.taken.until and self.taken.at(at))
            or None
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
        unit = self._amount(number).unit
        return unit is not None and unit.end > refusal.end

    def _meets_date(self, number: Number) -> bool:
        """Whether a date begins within the number and goes on behind it."""
        taken = self.taken.at(number.end - 1, ahead=True)
        return taken is not None and taken.end > number.end

    def _amount(self, number: Number) -> Amount:
        text, reader = self.text, self.r
        start = reader.numbers.sign(text, number.start, self.floor)
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
        bound = reader.bounds.before(text, start, self.floor)
        prefix = reader.units.before(text, bound.start if bound else start, self.region)
        if prefix is not None and prefix.start >= self.floor:
            outer = reader.bounds.before(text, prefix.start, self.floor)
            bound = outer or bound
            amount.start = outer.start if outer is not None else prefix.start
        else:
            prefix = None
            if bound is not None:
                amount.start = bound.start
        amount.before = bound.code if bound is not None else None
        if number.kind != "multiple":
            reader.measures.read(text, amount, number, prefix, self.region)
        if bound is not None and bound.dimensions:
            self._check(amount, bound)
        self._after(amount)
        return amount

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
