"""Units written once above the cells of a table: 單位：萬戶."""

from __future__ import annotations

import re
from bisect import bisect_left
from math import prod

from extractor.matchers.amount import Amount
from extractor.matchers.numbers import NumberReader, any_of, words_of
from extractor.matchers.units import Found, UnitReader
from extractor.numerals import times
from extractor.ruleset import Ruleset

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

    def give(self, text: str, amounts: list[Amount], region: str | None) -> None:
        """Set the unit and the multiplier of every bare number at the end of a line below."""
        if not any(word in text for word in self._words):
            return
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
                if _bare(amount) and _CELL_ENDS.match(text, amount.end):
                    _set(amount, found, scale)


def _bare(amount: Amount) -> bool:
    return amount.unit is None and amount.form == "arabic" and amount.scale == 1


def _set(amount: Amount, found: Found, scale: int) -> None:
    amount.unit, amount.weak, amount.loose, amount.scale = found, False, False, scale
    amount.value, amount.low, amount.high = (
        None if part is None else times(part, scale)
        for part in (amount.value, amount.low, amount.high)
    )
