"""Units written once above the cells of a table: 單位：萬戶, 出口額（億美元）."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from msgspec.structs import replace

from extractor import grids
from extractor.matchers.amount import Amount
from extractor.matchers.numbers import NumberReader, any_of, words_of
from extractor.matchers.units import Found, UnitReader
from extractor.numerals import times
from extractor.ruleset import Ruleset
from extractor.text import Span

_CELL_ENDS = re.compile(r"[ \t\r]*(?:\n|$)")
_LISTED = re.compile(r"[;,、] ?")
_PER_CENT = re.compile(r"[\s±+\-/]*(?P<sign>[%‰])")
_MINUS = frozenset("(-−–▼▽")
_ABOVE, _BELOW = "△▽"
"""The first is a minus where the second does not stand for one."""
_BLOCK_ENDS = re.compile(r"\n\s*\n")


class _Read(NamedTuple):
    unit: Found | None
    """``None`` where a bracket holds a multiplier alone: 旅客人次（萬）."""
    scale: int
    end: int

    @property
    def is_rate(self) -> bool:
        return self.unit is not None and self.unit.unit.kind in ("percent", "points")


class UnitHeadings:
    """Gives the numbers under a heading its unit; build once, use from any thread."""

    def __init__(self, ruleset: Ruleset, numbers: NumberReader, units: UnitReader) -> None:
        self._units = units
        self._multipliers = numbers.numerals.notation.multipliers
        self._words = words_of(ruleset, "unit_heading")
        self._rates = words_of(ruleset, "rate_heading")
        self._percents = words_of(ruleset, "percent_heading")
        self._heading = re.compile(f"{any_of(self._words)} ?")
        self._wide = re.compile(rf"\(|{any_of(self._words)} ?")
        self._aside = re.compile(rf"\((?:{any_of(self._words)} ?)?")

    def give(
        self, text: str, tables: Sequence[grids.Grid], amounts: list[Amount], region: str | None
    ) -> None:
        """Set the unit, the multiplier and the sign of every bare number that has a heading."""
        by_start = {amount.start: amount for amount in amounts} if tables else {}
        cells: dict[int, bool] = {}
        for table in tables:
            self._give_cells(text, table, by_start, region)
            for place, column in enumerate(table.columns):
                rate = self._is_rate(text, column)
                cells.update((cell.start, rate) for _, row in table.rows if (cell := row[place]))
        if any(word in text for word in self._words):
            self._give_below(text, amounts, cells, region)

    def _give_cells(
        self, text: str, table: grids.Grid, amounts: Mapping[int, Amount], region: str | None
    ) -> None:
        """Read the signs of the cells, and their units in the brackets of the column, of what
        stands above it, of the row, of the corner and of the title, the nearest first."""
        wide = [
            self._in_aside(text, span, amounts, region, wide=True)
            for span in (table.corner, table.title)
        ]
        signs = {text[cell.start] for _, cells in table.rows for cell in cells if cell}
        minus = _MINUS if _BELOW in signs else _MINUS | {_ABOVE}
        for number, (label, cells) in enumerate(table.rows):
            own = self._in_aside(text, label, amounts, region)
            if second := table.seconds[number]:
                own = self._listed(text, second.start, region) or own
            for place, cell in enumerate(cells):
                starts = range(cell.start, min(cell.start + 3, cell.end)) if cell else ()
                amount = next((amounts[start] for start in starts if start in amounts), None)
                if amount is None or cell is None:
                    continue
                if amount.start > cell.start:
                    _sign(text, amount, cell, minus)
                column, group = table.columns[place], table.groups[place]
                near = [self._in_aside(text, span, amounts, region) for span in (column, group)]
                near.insert(0, self._per_cent(text, column, region))
                if not _bare(amount):
                    continue
                if read := next((units for units in near if units), None):
                    _set(amount, read[0])
                elif read := next((units for units in (own, *wide) if units), None):
                    _choose(amount, read, rate=self._is_rate(text, column))

    def _in_aside(
        self,
        text: str,
        span: Span | None,
        amounts: Mapping[int, Amount],
        region: str | None,
        *,
        wide: bool = False,
    ) -> list[_Read]:
        """The units in the first bracket of a heading that holds some; with ``wide`` those behind
        words that lead to a unit too."""
        asides = (self._aside, self._wide) if wide else (self._aside,)
        for aside in (one for kind in asides for one in kind.finditer(text, *(span or (0, 0)))):
            if units := self._listed(text, aside.end(), region):
                if scale := amounts.get(aside.end()):
                    scale.loose = True  # 千 of 千人 counts the cells below
                return units
        return []

    def _per_cent(self, text: str, column: Span, region: str | None) -> list[_Read]:
        """The sign that a heading ends with, without a bracket, or the words for it: 增減%."""
        if sign := _PER_CENT.match(text, column.end):
            return self._listed(text, sign.start("sign"), region)
        if not text.endswith(self._percents, column.start, column.end):
            return []
        found = self._units.at("%", 0, region)
        if found is None:
            return []
        return [_Read(replace(found, start=column.end, end=column.end), 1, column.end)]

    def _is_rate(self, text: str, column: Span) -> bool:
        """Whether the name of a column is that of a rate, which has no unit of money or things."""
        name = text[column.start : column.end].partition("(")[0].rstrip()
        return name.endswith(self._rates)

    def _listed(self, text: str, at: int, region: str | None) -> list[_Read]:
        """The units written from ``at`` on, set apart by marks: 千元；%."""
        units: list[_Read] = []
        while read := self._unit(text, at, region):
            units.append(read)
            mark = _LISTED.match(text, read.end)
            if mark is None:
                break
            at = mark.end()
        return units

    def _unit(self, text: str, at: int, region: str | None) -> _Read | None:
        """The unit at ``at`` and what it is multiplied by; a word that is a unit as it stands
        comes before one behind a multiplier, and none is only the beginning of a word."""
        scale = 1
        while True:
            found = self._units.at(text, at, region)
            if found is not None and not text[found.end : found.end + 1].isalnum():
                return _Read(found, scale, found.end)
            if found is not None and found.unit.kind == "currency" and scale == 1:
                inner = self._unit(text, found.end, region)
                if inner is None or inner.unit is None or inner.unit.unit.kind != "currency":
                    return None
                return inner._replace(unit=replace(inner.unit, unit=found.unit, code=found.code))
            sign = text[at : at + 1]
            if sign not in self._multipliers:
                alone = scale > 1 and sign == ")"
                return _Read(None, scale, at) if alone else None
            scale *= self._multipliers[sign]
            at += 1

    def _give_below(
        self, text: str, amounts: list[Amount], cells: Mapping[int, bool], region: str | None
    ) -> None:
        """Give the bare numbers in cells and at the ends of the lines below a heading its unit.

        ``cells``: by where a cell starts, whether its column is one of rates.
        """
        starts = [amount.start for amount in amounts]
        headings = list(self._heading.finditer(text))
        ends = [heading.start() for heading in headings[1:]] + [len(text)]
        for heading, end in zip(headings, ends, strict=True):
            units = self._listed(text, heading.end(), region)
            if not units:
                continue
            after = units[-1].end
            block = _BLOCK_ENDS.search(text, after, end)
            below = (
                bisect_left(starts, after),
                bisect_left(starts, block.start() if block else end),
            )
            for amount in amounts[slice(*below)]:
                last = amount.start in cells or _CELL_ENDS.match(text, amount.end)
                if last and _bare(amount):
                    _choose(amount, units, rate=cells.get(amount.start, False))


def _choose(amount: Amount, units: Sequence[_Read], *, rate: bool) -> None:
    """Give a cell the unit of its kind; a rate among money and things has none that is known."""
    fitting = next((read for read in units if read.is_rate == rate), None)
    if fitting is None and not rate:
        fitting = units[0]
    if fitting is None:
        amount.loose = True
    else:
        _set(amount, fitting)


def _sign(text: str, amount: Amount, cell: Span, minus: Set[str]) -> None:
    """A minus or an accountant's bracket; a plus only widens the number."""
    amount.start = amount.number_start = cell.start
    if text[cell.start] == "(":
        amount.end = amount.number_end = cell.end
    if text[cell.start] in minus and amount.value is not None:
        amount.value = -amount.value


def _bare(amount: Amount) -> bool:
    return amount.unit is None and amount.form == "arabic" and amount.scale == 1


def _set(amount: Amount, read: _Read) -> None:
    amount.unit, amount.weak, amount.loose, amount.scale = read.unit, False, False, read.scale
    amount.value, amount.low, amount.high = (
        None if part is None else times(part, read.scale)
        for part in (amount.value, amount.low, amount.high)
    )
