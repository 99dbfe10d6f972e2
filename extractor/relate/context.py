"""What a figure inherits from its sentence and paragraph: period, area, a lent measure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from extractor.marks import Mark
from extractor.matchers.periods import Period
from extractor.records import Measure
from extractor.relate.draft import Draft
from extractor.relate.sequence import AREA, PERIOD, STOP
from extractor.tables.relations import Cue

REFERENCE = "reference"
PRESENT = "now"
"""A period of this kind (目前) holds for its own sentence only."""


class Context:
    """Walks the row of marks once, left to right, and knows what holds at each place."""

    def __init__(
        self,
        row: Sequence[Mark],
        compared: Collection[int],
        reporting: Period | None,
        today: dt.date | None,
    ) -> None:
        """``compared``: positions of marks that only name what a figure is compared with.
        ``reporting``: the period that a paragraph begins with."""
        self._row = row
        self._compared = compared
        self._at = 0
        self._lender: Cue | None = None
        self._reporting = reporting
        self._today = today
        self._paragraph_period = reporting
        self.period = reporting
        self.area: Mark | None = None
        self.comparison: Mark | None = None
        """A comparison stated once, ahead of a list; it holds to the end of the paragraph."""

    @property
    def measure(self) -> Measure | None:
        """The measure that a cue to the left lends: cumulative, new or target."""
        return self._lender.measure if self._lender else None

    def is_future(self, draft: Draft) -> bool:
        """Whether a number can only be planned; money for the future is allotted today."""
        start = draft.period.period_start if draft.period else None
        if self._today is None or start is None or draft.quantity.kind == "currency":
            return False
        return start > self._today

    def advance(self, position: int) -> None:
        """Take in all marks up to ``position``."""
        for place in range(self._at, position):
            if place not in self._compared:
                self._take(self._row[place], self._row[place + 1])
        self._at = position

    def _take(self, mark: Mark, following: Mark) -> None:
        cue = mark.value
        if mark.kind == STOP:
            self._lender = self.area = None
            self.period = self._paragraph_period
            if mark.value is True:
                self.period = self._paragraph_period = self._reporting
                self.comparison = None
        elif mark.kind == PERIOD:
            self.period = mark.value
            if mark.value.kind != PRESENT:
                self._paragraph_period = mark.value
        elif mark.kind == AREA:
            self.area = mark
        elif mark.kind == REFERENCE and following.kind == "comma":
            self.comparison = mark
        elif isinstance(cue, Cue) and cue.measure:
            if self.measure != "target":
                self._lender = cue
        elif mark.kind == "semicolon" or (mark.kind == "comma" and self._lent_to_clause()):
            self._lender = None

    def _lent_to_clause(self) -> bool:
        return self._lender is not None and self._lender.scope == "clause"
