"""Units written once above the cells of a table: 單位：萬戶, 出口額（億美元）."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Mapping
from math import prod

from extractor import grids
from extractor.matchers.amount import Amount
from extractor.matchers.numbers import NumberReader, any_of, words_of
from extractor.matchers.units import Found, UnitReader
from extractor.numerals import times
from extractor.ruleset import Ruleset
from extractor.text import Span

_CELL_ENDS = re.compile(r"[ \t\r]*(?:\n|$)")
_BLOCK_ENDS = re.compile(r"\n\s*\n")


class UnitHeadings:
    """Gives the numbers under a heading its unit; build once, use from any thread."""

    def __init__(self, ruleset: Ruleset, numbers: NumberReader, units: UnitReader) -> None:
        self._units = units
        self._multipliers = numbers.numerals.notation.multipliers
        self._words = words_of(ruleset, "unit_heading")
        scale = f"[{''.join(self._multipliers)}]*"
        self._heading = re.compile(f"{any_of(self._words)} ?({scale})")
        self._aside = re.compile(rf"\((?:{any_of(self._words)} ?)?({scale})")

    def give(self, text: str, amounts: list[Amount], region: str | None) -> None:
        """Set the unit, the multiplier and the sign of every bare number that has a heading."""
        tables = grids.find(text)
        by_start = {amount.start: amount for amount in amounts} if tables else {}
        cells: set[int] = set()
        for table in tables:
            self._give_columns(text, table, by_start, region)
            cells.update(cell.start for _, row in table.rows for cell in row if cell)
        if any(word in text for word in self._words):
            self._give_below(text, amounts, cells, region)

    def _give_columns(
        self, text: str, table: grids.Grid, amounts: Mapping[int, Amount], region: str | None
    ) -> None:
        """Read the unit in the bracket that ends a column's heading, and the signs of its cells."""
        for place, column in enumerate(table.columns):
            aside = self._aside.search(text, *column)
            unit = self._units.at(text, aside.end(), region) if aside else None
            if aside and (scale := amounts.get(aside.start(1))):
                scale.loose = True  # 千 of 千人 counts the cells below
            for cell in (cells[place] for _, cells in table.rows):
                amount = cell and (amounts.get(cell.start) or amounts.get(cell.start + 1))
                if amount is None or cell is None:
                    continue
                if amount.start > cell.start:
                    _sign(text, amount, cell)
                if aside and unit and _bare(amount):
                    _set(amount, unit, prod(self._multipliers[sign] for sign in aside[1]))

    def _give_below(
        self, text: str, amounts: list[Amount], cells: Container[int], region: str | None
    ) -> None:
        """Give the bare numbers in cells and at the ends of the lines below a heading its unit."""
        starts = [amount.start for amount in amounts]
        headings = list(self._heading.finditer(text))
        ends = [heading.start() for heading in headings[1:]] + [len(text)]
        for heading, end in zip(headings, ends, strict=True):
            found = self._units.at(text, heading.end(), region)
            if found is None:
                continue
            scale = prod(self._multipliers[sign] for sign in heading[1])
            block = _BLOCK_ENDS.search(text, found.end, end)
            below = (
                bisect_left(starts, found.end),
                bisect_left(starts, block.start() if block else end),
            )
            for amount in amounts[slice(*below)]:
                last = amount.start in cells or _CELL_ENDS.match(text, amount.end)
                if last and _bare(amount):
                    _set(amount, found, scale)


def _sign(text: str, amount: Amount, cell: Span) -> None:
    """A minus or an accountant's bracket; a plus only widens the number."""
    amount.start = amount.number_start = cell.start
    if text[cell.start] == "(":
        amount.end = amount.number_end = cell.end
    if text[cell.start] != "+" and amount.value is not None:
        amount.value = -amount.value


def _bare(amount: Amount) -> bool:
    return amount.unit is None and amount.form == "arabic" and amount.scale == 1


def _set(amount: Amount, found: Found, scale: int) -> None:
    amount.unit, amount.weak, amount.loose, amount.scale = found, False, False, scale
    amount.value, amount.low, amount.high = (
        None if part is None else times(part, scale)
        for part in (amount.value, amount.low, amount.high)
    )
