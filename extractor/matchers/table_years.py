"""Bare numbers that are years, as the labels and headings of tables have them."""

from __future__ import annotations

from collections.abc import Sequence

from extractor import calendar
from extractor.grids import Grid
from extractor.matchers.periods import Period

RULE = "bare year of a table"


def with_bare_years(text: str, periods: Sequence[Period], tables: Sequence[Grid]) -> list[Period]:
    """``periods`` and the bare years of the ``tables`` of ``text``, in order."""
    taken = {period.start for period in periods}
    years = [year for table in tables for year in table.years if year.start not in taken]
    if not years:
        return list(periods)
    found = []
    for start, end in years:
        year = calendar.years(int(text[start:end]), int(text[start:end]), "year")
        found.append(
            Period(
                start=start,
                end=end,
                code=calendar.code(year),
                period_start=year.start.date(),
                period_end=year.start.date().replace(month=12, day=31),
                begins=year.start,
                ends=year.end,
                grain=year.grain,
                rule=RULE,
            )
        )
    return sorted([*periods, *found], key=lambda period: period.start)
