"""Read one numeral, in Arabic or Chinese notation or both mixed, as an exact ``Decimal``.

The characters come from the rule tables; this package knows only how numerals are built:
digits multiplied by ten, a hundred or a thousand inside groups of four digits, groups that
stack, positional digits, decimals, and the vague places (some tens; two or three hundred).
"""

from __future__ import annotations

from decimal import Decimal

from extractor.numerals.decimals import LONGEST, plus, tidy, times
from extractor.numerals.notation import Notation, Numeral, Symbols
from extractor.numerals.reading import read

__all__ = ["LONGEST", "Numeral", "Numerals", "Symbols", "plus", "tidy", "times"]


class Numerals:
    """A reader for one set of symbols; stateless, so threads may share it."""

    def __init__(self, symbols: Symbols) -> None:
        self.notation = Notation(symbols)

    def parse(self, text: str) -> Decimal | None:
        """The value of ``text`` when all of it is one exact numeral, else ``None``."""
        text = text.strip()
        sign = 1
        for minus in ("-", "+", *self.notation.minus):
            if text.startswith(minus):
                sign, text = (1 if minus == "+" else -1), text.removeprefix(minus).lstrip()
                break
        numeral = self.read(text, 0) if text else None
        if numeral is None or numeral.end != len(text) or numeral.value is None or numeral.vague:
            return None
        return sign * numeral.value

    def read(self, text: str, start: int) -> Numeral | None:
        """The longest numeral that begins at ``start``; ``None`` when none does."""
        return read(self.notation, text, start)
