"""Tables written in lines of text: a heading of columns, then rows of a label and numbers.

Columns are set apart by tabs, bars or white space. Nothing here knows a language; offsets are
those of the text that is searched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractor.text import Span

_BARS = re.compile(r"[^|\n]*")
_TABS = re.compile(r"[^\t\n]*")
_GAPS = re.compile(r"\S+(?: \S+)*")
_WORDS = re.compile(r"\S+")
_SIGN = r"[(+\-−–▲▼△▽]?\s?"
_NOTE = r"(?:\*+|\[\w\]|\s[a-z]|[#†‡])?"
_NUMBER = re.compile(rf"{_SIGN}\d[\d,]*(?:\.\d+)?[%‰]?\)?{_NOTE}")
_AMOUNT = re.compile(rf"{_SIGN}\d[\d,]*(?:\.\d+)?\s?[^\W\d_]{{1,5}}\)?")
_LAST_CELL = re.compile(rf"(?m) (?:{_SIGN}\d[\d,.]*[%‰)]?{_NOTE}|[-–—.…*]+) *$")
_MISSING = re.compile(r"[-–—.…*]+|[Nn]\.?[/.]?[Aa]\.?")
_LINK = re.compile(r"\]\(")
_RULE = re.compile(r"[\s|:+=—–-]+")
_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"[^\W\d_]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_IN_PER_CENT = re.compile(r"(?<=[^\W\d_])[\s±+\-/]*(?=[%‰]$)")
_BOLD = "**"
_FEWEST_ROWS = 2
_FEWEST_COLUMNS = 2
_MOST_ABOVE = 3
_FEWEST_LETTERS = 2


class Grid(NamedTuple):
    """One table. ``rows`` hold a label and as many cells as there are ``columns``.

    ``columns`` are the headings of the number columns, ``groups`` what stands above several of
    them, ``corner`` is the heading of the labels; ``title`` is the line above them, or the
    only heading where a single column has none of its own. ``None`` marks an empty cell. A
    per cent sign that ends a heading is no part of it. Ranks before the labels are left out.
    """

    title: Span | None
    corner: Span | None
    groups: tuple[Span | None, ...]
    columns: tuple[Span, ...]
    rows: tuple[tuple[Span, tuple[Span | None, ...]], ...]
    seconds: tuple[Span | None, ...] = ()
    """What stands in words behind the labels of the rows, such as their units."""
    second: Span | None = None
    """The heading of that column."""
    years: tuple[Span, ...] = ()
    """Labels or headings that are bare numbers of years."""


class _Line(NamedTuple):
    start: int
    end: int
    cells: list[Span]
    """Between bars and tabs the empty ones too."""
    apart: bool
    """Whether a blank line stands before it."""
    drawn: bool
    """Whether bars or tabs part its cells."""
    second: Span | None = None
    """A cell of words between the label and the numbers."""


def find(text: str) -> list[Grid]:
    """The tables of ``text`` in order; a table has two rows of one width, or a row of two numbers
    right below a heading that fits it."""
    if "|" not in text and "\t" not in text and _LAST_CELL.search(text) is None:
        return []
    lines = list(_lines(text))
    _part_ranks(text, lines)
    _part_seconds(text, lines)
    grids = []
    at = 0
    while at < len(lines):
        width = _width(lines, at)
        end = at + _is_dated(text, lines[at : at + 2], width)
        at = end
        while end < len(lines) and _is_row(text, lines[end], width, began=end > at):
            if lines[end].apart and end > at:
                break
            end += 1
        rows = [_padded(line, width) for line in lines[at:end]]
        if rows and (grid := _grid(text, lines[:at], rows)):
            grids.append(grid)
        at = max(end, at + 1)
    return grids


def _width(lines: Sequence[_Line], at: int) -> int:
    """How many cells a row has; those left out at its end are seen by the line above."""
    line, above = lines[at], lines[at - 1] if at else None
    if above and line.drawn and above.drawn:
        return max(len(line.cells), len(above.cells))
    return len(line.cells)


def _padded(line: _Line, width: int) -> _Line:
    blank = Span(line.end, line.end)
    return line._replace(cells=line.cells + [blank] * (width - len(line.cells)))


def _lines(text: str) -> Iterator[_Line]:
    """The lines that are not blank and not drawn, with their cells."""
    start = 0
    apart = False
    for line in text.split("\n"):
        end = start + len(line)
        if not line.strip():
            apart = True
        elif not _RULE.fullmatch(line):
            drawn = "|" in line or "\t" in line.strip()
            yield _Line(start, end, _split(text, line, start), apart, drawn)
            apart = False
        start = end + 1


def _part_ranks(text: str, lines: list[_Line]) -> None:
    """Take the ranks off rows that begin with 1, 2, …, and off what stands with them."""
    at = 0
    while at < len(lines):
        end, rank = at, 0
        width = len(lines[at].cells)
        while end < len(lines) and (next_rank := _rank(text, lines[end], rank, width)):
            end, rank = end + 1, next_rank
        if end - at >= _FEWEST_ROWS:
            first = at
            while at - first < _MOST_ABOVE and _goes_with(text, lines, first, -1, width):
                first -= 1
            last = end + _goes_with(text, lines, end - 1, 1, width)
            for place in range(first, last if first < at else at):
                lines[place] = lines[place]._replace(cells=_without_rank(lines[place].cells))
        at = max(end, at + 1)


def _goes_with(text: str, lines: Sequence[_Line], place: int, step: int, width: int) -> bool:
    """Whether the line beside one of ``width`` cells is of its table, a heading or a sum."""
    if not 0 <= place + step < len(lines) or lines[max(place, place + step)].apart:
        return False
    line = lines[place + step]
    if len(line.cells) != width:
        return False
    partial = not (_filled(line.cells[0]) and _filled(line.cells[1]))
    return partial or (step < 0 and not any(_NUMBER.fullmatch(text, *one) for one in line.cells))


def _rank(text: str, line: _Line, last: int, width: int) -> int:
    """The rank that a row begins with, the ``last`` one or the next; 0 without any."""
    first, *rest = line.cells or [Span(0, 0)]
    written = text[first.start : first.end]
    if not written.isdecimal() or len(line.cells) != (width or len(line.cells)) or len(rest) < 2:
        return 0
    named = _LETTER.search(text, *rest[0]) and not _NUMBER.fullmatch(text, *rest[0])
    rank = int(written)
    return rank if named and rank in (last + 1, last or 1) else 0


def _without_rank(cells: list[Span]) -> list[Span]:
    """In the row of the sum the label may stand in place of the rank."""
    return cells[:1] + cells[2:] if not _filled(cells[1]) else cells[1:]


def _part_seconds(text: str, lines: list[_Line]) -> None:
    """Set apart what stands in words between the labels and the numbers of rows."""
    at = 1
    while at < len(lines):
        end, width = at, len(lines[at].cells)
        while end < len(lines) and _has_second(text, lines[end], width):
            end += 1
        if end - at >= _FEWEST_ROWS and len(lines[at - 1].cells) == width:
            for place in range(at - 1, end):
                label, second, *cells = lines[place].cells
                lines[place] = lines[place]._replace(cells=[label, *cells], second=second)
        at = max(end, at + 1)


def _has_second(text: str, line: _Line, width: int) -> bool:
    if len(line.cells) != width or width <= _FEWEST_COLUMNS:
        return False
    label, second, *cells = line.cells
    worded = _filled(second) and not _DIGIT.search(text, *second)
    return (
        bool(worded)
        and not _MISSING.fullmatch(text, *second)
        and _is_row(text, line._replace(cells=[label, *cells]), width - 1, began=False)
    )


def _split(text: str, line: str, start: int) -> list[Span]:
    """The cells of a line: by its bars or tabs, else by wide gaps, else by every gap."""
    end = start + len(line)
    if "|" in line:
        inner = _trimmed(text, start, end)
        start, end = inner.start + (text[inner.start] == "|"), inner.end
        end -= text[end - 1] == "|"
        return _between(text, _BARS, start, end)
    if "\t" in line.strip():
        cells = _between(text, _TABS, start, end)
        while cells[-1].start == cells[-1].end:
            cells.pop()
        return cells
    if "  " not in line.strip():
        return _cells(text, _WORDS, start, end)
    return _spaced_out(text, _cells(text, _GAPS, start, end))


def _spaced_out(text: str, cells: list[Span]) -> list[Span]:
    """The cells with the letters of a label that is spaced out before numbers put together."""
    together = _letters_together(text, cells)
    numbered = len(together) > 1 and _NUMBER.fullmatch(text, *together[1])
    return together if numbered else cells


def _letters_together(text: str, cells: list[Span]) -> list[Span]:
    """The cells, the first of them that are single letters as one."""
    letters = 0
    while letters < len(cells) and _is_letter(text, cells[letters]):
        letters += 1
    if letters < _FEWEST_LETTERS:
        return cells
    return [Span(cells[0].start, cells[letters - 1].end), *cells[letters:]]


def _is_letter(text: str, cell: Span) -> bool:
    return cell.end - cell.start == 1 and text[cell.start].isalpha() and text[cell.start] > "\x7f"


def _between(text: str, pattern: re.Pattern[str], start: int, end: int) -> list[Span]:
    """The cells between drawn lines, empty ones too."""
    cells = []
    while start <= end:
        stop = found.end() if (found := pattern.match(text, start, end)) else end
        cells.append(_trimmed(text, start, stop))
        start = stop + 1
    return cells


def _cells(text: str, pattern: re.Pattern[str], start: int, end: int) -> list[Span]:
    found = (_trimmed(text, *cell.span()) for cell in pattern.finditer(text, start, end))
    return [cell for cell in found if cell.start < cell.end]


def _trimmed(text: str, start: int, end: int) -> Span:
    """Without the space around it and the stars that set it in bold."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    bold = end - start > 2 * len(_BOLD) and text.startswith(_BOLD, start)
    if bold and text.endswith(_BOLD, start, end):
        return _trimmed(text, start + len(_BOLD), end - len(_BOLD))
    return Span(start, end)


def _is_dated(text: str, lines: Sequence[_Line], width: int) -> bool:
    """Whether a line of numbers with words behind them heads bare numbers: 2023年, 2024年."""
    if len(lines) == 1 or any(not _is_row(text, line, width, began=False) for line in lines):
        return False
    first, second = (
        any(_NUMBER.fullmatch(text, *cell) for cell in line.cells[1:]) for line in lines
    )
    return second and (not first or _are_years(text, lines[0].cells[1:]))


def _are_years(text: str, cells: Sequence[Span]) -> bool:
    """Whether all cells are years, at least two, that follow each other upwards or downwards."""
    years = [text[cell.start : cell.end] for cell in cells]
    ordered = years in (sorted(set(years)), sorted(set(years), reverse=True))
    return len(years) > 1 and ordered and all(_YEAR.fullmatch(year) for year in years)


def _is_row(text: str, line: _Line, width: int, *, began: bool) -> bool:
    """Whether the line is a label and, in as many cells as its neighbours, numbers; in a table
    that has begun they may all be missing. Drawn cells may hold a unit too."""
    label, *cells = line.cells or [Span(0, 0)]
    missing = [_MISSING.fullmatch(text, *cell) is not None for cell in cells]
    numbers = [
        bool(_NUMBER.fullmatch(text, *cell) or (line.drawn and _AMOUNT.fullmatch(text, *cell)))
        for cell in cells
    ]
    fits = len(line.cells) == width or (line.drawn and len(line.cells) < width)
    return (
        fits
        and any(missing if began and not any(numbers) else numbers)
        and label.start < label.end
        and (not _NUMBER.fullmatch(text, *label) or _YEAR.fullmatch(text, *label) is not None)
        and not _LINK.search(text, *label)
        and all(
            number or gone or cell.start == cell.end
            for number, gone, cell in zip(numbers, missing, cells, strict=True)
        )
    )


def _grid(text: str, above: Sequence[_Line], rows: Sequence[_Line]) -> Grid | None:
    width = len(rows[0].cells) - 1
    heading = above[-1] if above else None
    if heading is None:
        return None
    columns = _columns(text, heading, width)
    labels = [line.cells[0] for line in rows]
    dated = any(_YEAR.fullmatch(text, *label) for label in labels)
    if dated and not (columns and _fit(heading, rows[0]) and _are_years(text, labels)):
        return None
    if len(rows) < _FEWEST_ROWS and (len(columns) < _FEWEST_COLUMNS or not _fit(heading, rows[0])):
        return None
    corner, groups, higher = None, None, above[-2] if len(above) > 1 else None
    if columns:
        corner = _corner(heading, columns)
        groups = _groups(text, higher, width) if higher and higher.drawn else None
        if higher and not higher.drawn and corner is None and len(higher.cells) > _FEWEST_COLUMNS:
            return None  # which columns a word above them is of, white space does not tell
        if groups and higher:
            corner = corner or _filled(higher.cells[0])
            higher = above[-3] if len(above) > _FEWEST_COLUMNS else None
    elif width == 1:
        columns, higher = (_trimmed(text, heading.start, heading.end),), None
    else:
        return None
    return Grid(
        title=Span(higher.start, higher.end) if higher else None,
        corner=corner,
        groups=groups or (None,) * width,
        columns=tuple(_without_per_cent(text, column) for column in columns),
        rows=tuple((line.cells[0], _numbers(text, line.cells[1:])) for line in rows),
        seconds=tuple(line.second for line in rows),
        second=heading.second if rows[0].second else None,
        years=tuple(one for one in (*labels, *columns) if _YEAR.fullmatch(text, *one)),
    )


def _without_per_cent(text: str, column: Span) -> Span:
    sign = _IN_PER_CENT.search(text, *column)
    return Span(column.start, sign.start()) if sign else column


def _fit(heading: _Line, row: _Line) -> bool:
    """Whether a heading stands right above a row and is cut like it, a label for each cell."""
    return not row.apart and heading.drawn == row.drawn and len(heading.cells) == len(row.cells)


def _corner(heading: _Line, columns: Sequence[Span]) -> Span | None:
    first = _filled(heading.cells[0])
    return first if first and first.end <= columns[0].start else None


def _groups(text: str, line: _Line, width: int) -> tuple[Span | None, ...] | None:
    """What a line above the headings says of each column; what it says holds up to the next."""
    cells = line.cells[1:]
    named = [_filled(cell) for cell in cells]
    numbered = any(_NUMBER.fullmatch(text, *cell) for cell in line.cells)
    if not cells or len(cells) > width or named[0] is None or numbered:
        return None
    groups: list[Span | None] = []
    for cell in [*named, *[None] * (width - len(named))]:
        groups.append(cell or groups[-1])
    return tuple(groups)


def _columns(text: str, heading: _Line, width: int) -> tuple[Span, ...]:
    """The headings of ``width`` columns, one of the labels before them allowed; else none."""
    words = _cells(text, _WORDS, heading.start, heading.end)
    together = _letters_together(text, heading.cells)
    cuts = (heading.cells,) if heading.drawn else (heading.cells, words, together)
    fits = [cells for cells in cuts if len(cells) in (width, width + 1)]
    columns = tuple(max(fits, key=len)[-width:]) if fits else ()
    alone = columns and columns[0].start == heading.cells[0].start and width == 1
    numbers = [cell for cell in columns if _NUMBER.fullmatch(text, *cell)]
    wrong = not all(map(_filled, columns)) or (numbers and not _are_years(text, numbers))
    return () if alone or wrong else columns


def _filled(cell: Span) -> Span | None:
    return cell if cell.start < cell.end else None


def _numbers(text: str, cells: Sequence[Span]) -> tuple[Span | None, ...]:
    return tuple(cell if _DIGIT.search(text, *cell) else None for cell in cells)
