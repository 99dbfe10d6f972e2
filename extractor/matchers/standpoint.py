"""What a time is seen from: the reference day and the times that the text has named before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from extractor import calendar
from extractor.calendar import Stretch
from extractor.matchers.clauses import Clause, Cues
from extractor.matchers.elements import Fields
from extractor.tables.periods import DayPart, Holiday, Season

Shares = Mapping[tuple[str, str], tuple[int, str]]

# Until the end of this month releases sum up the years before: 五年來 is five whole years.
LAST_YEAR_REPORTED = 3


class Tables(NamedTuple):
    """What the rules say of parts of the day, feasts and seasons."""

    shares: Shares
    parts: Sequence[DayPart]
    holidays: Sequence[Holiday]
    seasons: Sequence[Season]


class UnresolvedError(Exception):
    """The words name a time that the calendar does not have, or that nothing here settles."""


class Standpoint:
    """The moment of speaking; remembers the last time read, for what refers to it."""

    def __init__(
        self,
        reference: dt.datetime,
        tables: Tables,
        cues: Cues,
        *,
        chat: bool,
        region: str | None,
    ) -> None:
        self.reference = reference
        self.chat = chat
        self.clause = Clause("", 0, 0, cues)
        """What stands about the time that is being read."""
        self.context: Fields = {}
        """The year and month that the sentence has named."""
        self.topic: Stretch | None = None
        """The last time that was spoken of, and not only compared with."""
        self.named: dict[str, Stretch] = {}
        """The last single unit of each grain that was spoken of."""
        self.tables = tables
        self.region = region

    @property
    def future(self) -> bool:
        """Whether the clause speaks of what is to come."""
        return self.clause.future

    def told_year(self) -> Stretch | None:
        """The year before, where it was spoken of last, or where what is told is set against the
        year before that; none where the clause speaks of what is to come."""
        if self.chat or self.future or self.clause.due:
            return None
        last = self.reference.year - 1
        told = self.topic is not None and self.topic.start.year == last and "year" in self.named
        told = told or self.clause.set_against == last - 1
        return calendar.years(last, last, "year") if told else None
