"""Tables as rows of marks: each cell stands behind the heading of its column."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile

from extractor import grids
from extractor.marks import AREA, ELSEWHERE, FIGURES, PERIOD, STOP, Mark
from extractor.text import SourceText, Span

Settle = Callable[[Span], list[Mark]]
"""The marks of a stretch, gaps filled with text."""


class Tables:
    """The tables of one release; spans are matching offsets."""

    def __init__(self, source: SourceText) -> None:
        self._tables = grids.find(source.text)
        self.labels: dict[int, Span | None] = {}
        """What the row of a cell is about, by the place where the cell's figure starts; ``None``
        where that is an area or a time."""
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
            if table.title:
                yield table.title.start

    def marks(self, sentence: Span, inner: Sequence[Mark], settle: Settle) -> list[Mark] | None:
        """The marks of a sentence that is a row of a table; ``None`` for any other.

        ``inner`` are the numbers, periods and areas that stand in it.
        """
        place = bisect_left(self._starts, sentence.start)
        if place == len(self._starts) or self._starts[place] >= sentence.end:
            return None
        _, table, number = self._places[place]
        label, cells = table.rows[number]
        about = [
            Mark(PERIOD if mark.kind == PERIOD else AREA, mark.start, mark.end, mark.value)
            for mark in inner
            if mark.kind in (AREA, ELSEWHERE, PERIOD) and mark.end <= label.end
        ]
        times = settle(table.title) if table.title else []
        ahead = [mark for mark in times if mark.kind == PERIOD] + about
        row: list[Mark] = []
        for column, cell in zip(table.columns, cells, strict=True):
            figure = next((mark for mark in inner if cell and _is_figure(mark, cell)), None)
            if figure is None:
                continue
            row += [*ahead, *_named(settle(column)), figure, Mark(STOP, figure.end, figure.end)]
            self.labels[figure.start] = None if about else label
        return row[:-1]


def _is_figure(mark: Mark, cell: Span) -> bool:
    return mark.kind in FIGURES and cell.start <= mark.start and mark.end <= cell.end


def _named(heading: Sequence[Mark]) -> Iterator[Mark]:
    """The marks of a heading without the bracket that its unit stands in."""
    return takewhile(lambda mark: mark.kind != "lparen", heading)
