"""Tables written in lines of text: a heading of columns, then rows of a label and numbers.

Columns are set apart by tabs, bars or white space. Nothing here knows a language; offsets are
those of the text that is searched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractor.text import Span

_BARS = re.compile(r"[^|\n]+")
_TABS = re.compile(r"[^\t\n]+")
_GAPS = re.compile(r"\S+(?: \S+)*")
_WORDS = re.compile(r"\S+")
_NUMBER = re.compile(r"[(+\-−–]?\s?\d[\d,]*(?:\.\d+)?[%‰]?\)?")
_LAST_CELL = re.compile(r"(?m)[ \t|](?:[(+\-−–]?\d[\d,.]*[%‰)]?|[-–—.…*]+)[ \t|]*$")
_MISSING = re.compile(r"[-–—.…*]+|[Nn]\.?[/.]?[Aa]\.?")
_RULE = re.compile(r"[\s|:+=—–-]+")
_DIGIT = re.compile(r"\d")
_FEWEST_ROWS = 2


class Grid(NamedTuple):
    """One table. ``rows`` hold a label and as many cells as there are ``columns``.

    ``columns`` are the headings of the number columns; ``title`` is the line above them, or the
    only heading where a single column has none of its own. ``None`` marks an empty cell.
    """

    title: Span | None
    columns: tuple[Span, ...]
    rows: tuple[tuple[Span, tuple[Span | None, ...]], ...]


class _Line(NamedTuple):
    start: int
    end: int
    cells: list[Span]
    apart: bool
    """Whether a blank line stands before it."""


def find(text: str) -> list[Grid]:
    """The tables of ``text`` in order; a table has at least two rows of one width."""
    if _LAST_CELL.search(text) is None:
        return []
    lines = list(_lines(text))
    grids = []
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and _is_row(text, lines[end], len(lines[at].cells)):
            if lines[end].apart and end > at:
                break
            end += 1
        if end - at >= _FEWEST_ROWS and (grid := _grid(text, lines[:at], lines[at:end])):
            grids.append(grid)
        at = max(end, at + 1)
    return grids


def _lines(text: str) -> Iterator[_Line]:
    """The lines that are not blank and not drawn, with their cells."""
    start = 0
    apart = False
    for line in text.split("\n"):
        end = start + len(line)
        if not line.strip():
            apart = True
        elif not _RULE.fullmatch(line):
            yield _Line(start, end, _split(text, line, start), apart)
            apart = False
        start = end + 1


def _split(text: str, line: str, start: int) -> list[Span]:
    """The cells of a line: by its bars or tabs, else by wide gaps, else by every gap."""
    if "|" in line:
        pattern = _BARS
    elif "\t" in line.strip():
        pattern = _TABS
    else:
        pattern = _GAPS if "  " in line.strip() else _WORDS
    return _cells(text, pattern, start, start + len(line))


def _cells(text: str, pattern: re.Pattern[str], start: int, end: int) -> list[Span]:
    found = (_trimmed(text, *cell.span()) for cell in pattern.finditer(text, start, end))
    return [cell for cell in found if cell.start < cell.end]


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _is_row(text: str, line: _Line, width: int) -> bool:
    """Whether the line is a label and, in as many cells as its neighbours, numbers."""
    label, *cells = line.cells or [Span(0, 0)]
    numbers = [_NUMBER.fullmatch(text, *cell) is not None for cell in cells]
    return (
        len(line.cells) == width
        and any(numbers)
        and not _NUMBER.fullmatch(text, *label)
        and all(
            number or _MISSING.fullmatch(text, *cell)
            for number, cell in zip(numbers, cells, strict=True)
        )
    )


def _grid(text: str, above: Sequence[_Line], rows: Sequence[_Line]) -> Grid | None:
    width = len(rows[0].cells) - 1
    heading = above[-1] if above else None
    if heading is None:
        return None
    columns = _columns(text, heading, width)
    if columns:
        title = above[-2] if len(above) > 1 else None
    elif width == 1:
        columns, title = (_trimmed(text, heading.start, heading.end),), None
    else:
        return None
    return Grid(
        title=Span(title.start, title.end) if title else None,
        columns=columns,
        rows=tuple((line.cells[0], _numbers(text, line.cells[1:])) for line in rows),
    )


def _columns(text: str, heading: _Line, width: int) -> tuple[Span, ...]:
    """The headings of ``width`` columns, one of the labels before them allowed; else none."""
    words = _cells(text, _WORDS, heading.start, heading.end)
    fits = [cells for cells in (heading.cells, words) if len(cells) in (width, width + 1)]
    columns = tuple(max(fits, key=len)[-width:]) if fits else ()
    alone = columns and columns[0].start == heading.cells[0].start and width == 1
    numbered = any(_NUMBER.fullmatch(text, *cell) for cell in columns)
    return () if alone or numbered else columns


def _numbers(text: str, cells: Sequence[Span]) -> tuple[Span | None, ...]:
    return tuple(cell if _DIGIT.search(text, *cell) else None for cell in cells)
