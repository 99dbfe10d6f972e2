"""Tables as rows of marks: each cell stands behind the heading of its column."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from extractor.grids import Grid
from extractor.marks import AREA, ELSEWHERE, FIGURES, PERIOD, STOP, TEXT, Mark
from extractor.tables.relations import Cue
from extractor.text import Span

_ASIDE = re.compile(r"(?<!/)[(\[]")

_NOTES = "*#†‡ \t"
"""Marks of notes behind a label, and blanks."""
_RATES = frozenset(("percent", "points"))
_COMPARED = frozenset(("compare", "compared", "reference"))

Settle = Callable[[Span], list[Mark]]
"""The marks of a stretch, gaps filled with text."""


class Cell(NamedTuple):
    """What the row and the column of a figure say of it."""

    label: Span | None
    """What the row is about; ``None`` where that is an area or a time."""
    row: int
    """Where the row starts."""
    heading: Span | None
    """The heading of its column where that names more than a time."""
    growth: bool
    """Whether its column tells only what it is compared with: 同比（%）."""


class Tables:
    """The tables of one release; spans are matching offsets."""

    def __init__(
        self,
        text: str,
        tables: Sequence[Grid],
        plain: Collection[str],
        is_sum: Callable[[str], bool],
    ) -> None:
        """``plain``: headings of columns that name nothing; ``is_sum``: whether a label only
        says that its row sums up the others."""
        self._text = text
        self._plain = plain
        self._is_sum = is_sum
        self._tables = tables
        self.cells: dict[int, Cell] = {}
        """By the place where the figure of a cell starts."""
        self._places = [
            (label.start, table, number)
            for table in self._tables
            for number, (label, _) in enumerate(table.rows)
        ]
        self._starts = [start for start, _, _ in self._places]

    @property
    def headings(self) -> Iterator[int]:
        """Where the headings and titles start."""
        for table in self._tables:
            yield from (column.start for column in table.columns)
            yield from (group.start for group in table.groups if group)
            if table.title:
                yield table.title.start

    def marks(self, sentence: Span, inner: Sequence[Mark], settle: Settle) -> list[Mark] | None:
        """The marks of a sentence that is a row of a table; ``None`` for any other.

        ``inner`` are the numbers, periods and areas that stand in it. A cell that nothing names
        is left out.
        """
        place = bisect_left(self._starts, sentence.start)
        if place == len(self._starts) or self._starts[place] >= sentence.end:
            return None
        _, table, number = self._places[place]
        if table.second and self._text[slice(*self._named(table.second))] not in self._plain:
            return None
        label, cells = table.rows[number]
        about = _about(inner, label)
        titles = settle(table.title) if table.title else []
        named = None if about else self._named(label)
        ahead = [mark for mark in titles if mark.kind == PERIOD] + about
        title = [mark for mark in titles if mark.kind == TEXT][-1:]
        alone = len(cells) == 1 and table.title is None and table.corner is None
        latest = _latest(settle(span) for span in (*table.columns, *table.groups) if span)
        own = False
        row: list[Mark] = []
        for column, group, cell in zip(table.columns, table.groups, cells, strict=True):
            figure = next((mark for mark in inner if cell and _is_figure(mark, cell)), None)
            if figure is None:
                continue
            heading, above = self._heading(column, settle), self._heading(group, settle)
            if figure.kind in _RATES and _compares_alone(heading):
                continue
            if alone and named and figure.kind == "percent":
                heading = []
            if any(mark.kind == TEXT for mark in heading):
                above = [mark for mark in above if mark.kind != TEXT]
            heading = [*above, *heading]
            own = own or any(mark.kind == TEXT for mark in heading)
            if not own and (named is None or self._is_sum(self._text[slice(*named)])):
                if not title:
                    continue
                heading = [*title, *heading]
            if not any(mark.kind == PERIOD for mark in heading):
                heading = [*latest, *heading]
            row += [*ahead, *heading, figure, Mark(STOP, figure.end, figure.end)]
            based = heading and isinstance(heading[-1].value, Cue) and heading[-1].value.basis
            timed = all(mark.kind == PERIOD for mark in heading)
            words = None if timed else self._named(column)
            growth = bool(based) and figure.kind == "percent"
            self.cells[figure.start] = Cell(named, label.start, words, growth)
        return row[:-1]

    def _named(self, label: Span) -> Span:
        """A label without what leads to it and the bracket that its unit or a note stands in."""
        start = self._text.rfind(":", label.start, label.end - 1) + 1 or label.start
        bracket = _ASIDE.search(self._text, start + 1, label.end)
        end = bracket.start() if bracket else label.end
        return Span(start, start + len(self._text[start:end].rstrip(_NOTES)))

    def _heading(self, span: Span | None, settle: Settle) -> list[Mark]:
        """The marks of a heading without its bracket, and without words that name nothing."""
        marks = settle(span) if span else []
        inside = takewhile(lambda mark: mark.kind != "lparen", marks)
        return [
            mark
            for mark in inside
            if mark.kind != TEXT or self._text[mark.start : mark.end] not in self._plain
        ]


def _latest(headings: Iterable[Sequence[Mark]]) -> list[Mark]:
    """The time of what stands in a column without one: changes are those up to the latest."""
    times = [
        mark
        for heading in headings
        for mark in heading
        if mark.kind == PERIOD and not _COMPARED & {other.kind for other in heading}
    ]
    ends = [mark for mark in times if mark.value.period_end is not None]
    return [max(ends, key=lambda mark: mark.value.period_end)] if ends else []


def _compares_alone(heading: Sequence[Mark]) -> bool:
    """Whether a heading says only what is compared with: 較上月, not whether it rises or falls."""
    kinds = {mark.kind for mark in heading}
    return bool(kinds & _COMPARED) and kinds <= _COMPARED | {PERIOD}


def _about(inner: Sequence[Mark], label: Span) -> list[Mark]:
    """The times and areas that a row is about; an area that the release does not report on is
    only named: what goes to 美國, who comes from there."""
    about = [
        mark for mark in inner if mark.kind in (AREA, ELSEWHERE, PERIOD) and mark.end <= label.end
    ]
    return [] if any(mark.kind == ELSEWHERE for mark in about) else about


def _is_figure(mark: Mark, cell: Span) -> bool:
    return mark.kind in FIGURES and cell.start <= mark.start and mark.end <= cell.end
