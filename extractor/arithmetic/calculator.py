"""The arithmetic of a release: what follows from its numbers, and which contradict each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from extractor.arithmetic.contradict import contradictions
from extractor.arithmetic.derive import Shown, derive
from extractor.arithmetic.statements import Statement, Statements
from extractor.arithmetic.words import LinkingWords
from extractor.marks import Mark
from extractor.matchers.areas import Area
from extractor.matchers.periods import Period
from extractor.records import Contradiction, Figure, Percentage
from extractor.relate.draft import Draft
from extractor.ruleset import Ruleset
from extractor.text import SourceText


class Calculator:
    """Compiled once from the rules, then reusable."""

    def __init__(self, ruleset: Ruleset) -> None:
        self._words = LinkingWords(ruleset)

    def statements(
        self,
        source: SourceText,
        row: Sequence[Mark],
        drafts: Sequence[Draft],
        records: Sequence[Figure | Percentage],
        *,
        periods: Sequence[Period],
        areas: Sequence[Area],
        settle: Callable[[Area], Area],
    ) -> Statements:
        """The numbers of a release as the equations look at them; ``records`` are of ``drafts``."""
        stated = list(map(Statement, drafts, records))
        return Statements(source, row, stated, periods, areas, settle)

    def derive(
        self, statements: Statements, shown: Shown, doubted: Sequence[Contradiction]
    ) -> list[Figure | Percentage]:
        """Records of what is implied; ``shown`` names an area as records do.

        From numbers that are ``doubted`` nothing is derived.
        """
        ids = {number for one in doubted for number in one.record_ids}
        found = derive(statements, self._words, shown)
        return [one for one in found if ids.isdisjoint(one.derived_from or ())]

    def contradictions(self, statements: Statements) -> tuple[Contradiction, ...]:
        """Numbers that cannot all be right."""
        return tuple(contradictions(statements, self._words))
