"""Names that hold the unit of the number behind them: 參觀人次12萬, 登記人數達3,200."""

from __future__ import annotations

import re

from extractor.matchers.amount import Amount
from extractor.matchers.numbers import any_of, words_of
from extractor.matchers.units import Found, UnitReader
from extractor.ruleset import Ruleset
from extractor.tables.quantities import CountNameRule


class CountNames:
    """Gives a number without a unit the one in the name before it; usable from any thread."""

    def __init__(self, ruleset: Ruleset, units: UnitReader) -> None:
        rules = ruleset.entries(CountNameRule)
        self._units = {str(word): units.word(rule.unit) for rule in rules for word in rule.words}
        reaching = words_of(ruleset, "reaching")
        self._lengths = sorted({len(word) for word in self._units}, reverse=True)
        self._reaching = re.compile(f"{any_of(reaching)}$") if reaching else None
        self._longest = max(map(len, reaching), default=0)
        self.ends = frozenset(str(word)[-1] for word in (*self._units, *reaching))
        """The last characters of what can stand right before such a number."""

    def give(self, text: str, amount: Amount) -> None:
        """Set the unit of ``amount`` where the name of a count stands before it in ``text``."""
        end = amount.start
        if self._reaching and (led := self._reaching.search(text, end - self._longest, end)):
            end = led.start()
        for length in self._lengths:
            start = end - length
            unit = self._units.get(text[max(start, 0) : end])
            if unit is not None:
                at = text.index(unit.word, start, end)
                amount.unit = Found(at, at + len(unit.word), unit, (), unit.code)
                amount.prefixed = True
                return
