"""Days as headers write them, and what a day leaves out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import NamedTuple

from extractor.ruleset import Ruleset
from extractor.tables.headers import HeaderDate, HeaderDigits, HeaderNumbers

ROC = 1911
"""Year 1 of the Republic of China calendar is 1912."""

AHEAD = dt.timedelta(days=31)
"""A release may speak of an event this far ahead; what seems later was a year ago."""


class Told(NamedTuple):
    """The last day of the period that a release without a date tells of."""

    day: dt.date
    within: int
    """How many days later it is told at most."""
    monthly: bool
    """Whether it is told so soon that a day alone says which month is meant."""
    seen: dt.date
    """The day that other times are seen from: a year is told when it is over, as 去年."""


class Days:
    """Reads days by the rules given."""

    def __init__(self, ruleset: Ruleset) -> None:
        counted = [enumerate(entry.words, start=1) for entry in ruleset.entries(HeaderNumbers)]
        self._numbers = {str(word): number for words in counted for number, word in words}
        self._digits = {
            ord(character): str(number)
            for entry in ruleset.entries(HeaderDigits)
            for number, characters in enumerate(entry.words)
            for character in characters
        }
        digit = f"[{re.escape(''.join(map(chr, self._digits)))}]" if self._digits else r"(?!)"
        number = any_of(self._numbers)
        dates = [
            (date.pattern.replace("{number}", number).replace("{digit}", digit), date)
            for date in ruleset.entries(HeaderDate)
        ]
        self._dates = [(re.compile(pattern), date) for pattern, date in dates]
        self.any = "|".join(f"(?:{unnamed(pattern)})" for pattern, _ in dates)
        """A pattern, without groups, of every way to write a day."""

    def read(
        self,
        words: str,
        *,
        standalone: bool = False,
        near: dt.date | None = None,
        told: Told | None = None,
    ) -> dt.date | None:
        """The first date in ``words``; what it leaves out (year, month) comes from the day
        ``near`` which it was published, else from what is ``told``."""
        for pattern, rule in self._dates:
            if standalone and not rule.standalone:
                continue
            for match in pattern.finditer(words):
                groups = match.groupdict()
                year, month, day = (
                    self._number(groups.get(key)) for key in ("year", "month", "day")
                )
                year += ROC if rule.era == "roc" and year else 0
                if year or near is not None or told is None:
                    date = _complete(year, month, day, near)
                else:
                    date = _after(told, month, day)
                if date is not None:
                    return date
        return None

    def _number(self, written: str | None) -> int:
        if not written:
            return 0
        return self._numbers.get(written) or int(written.translate(self._digits))


def _complete(year: int, month: int, day: int, near: dt.date | None) -> dt.date | None:
    """The day meant by parts of a date (0: not written); ``None`` if there is no such day."""
    if not year and near is None:
        return None
    try:
        if year or near is None:
            return dt.date(year, month, day)
        if month:
            date = dt.date(near.year, month, day)
            return date if date <= near + AHEAD else date.replace(year=near.year - 1)
        if day <= near.day:
            return near.replace(day=day)
        return (near.replace(day=1) - dt.timedelta(days=1)).replace(day=day)
    except (ValueError, OverflowError):
        return None


def _after(told: Told, month: int, day: int) -> dt.date | None:
    """The first such day from the last one that is told of; ``None`` if it is too far."""
    if not month and not told.monthly:
        return None
    try:
        if month:
            date = dt.date(told.day.year, month, day)
            date = date if date >= told.day else date.replace(year=told.day.year + 1)
        elif day >= told.day.day:
            date = told.day.replace(day=day)
        else:
            date = (told.day.replace(day=28) + dt.timedelta(days=4)).replace(day=day)
    except (ValueError, OverflowError):
        return None
    return date if (date - told.day).days <= told.within else None


def any_of(words: Iterable[str]) -> str:
    """A group that matches any of ``words``, longest first; with no words, nothing at all."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(re.escape, ordered))})" if ordered else r"(?!)"


def unnamed(pattern: str) -> str:
    """``pattern`` with its named groups as plain ones."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)
