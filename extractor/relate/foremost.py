"""Places named as the foremost of what a sentence measures: 居前的為甲鎮（9.8萬畝）."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extractor.marks import AREA, STOP, TEXT, Mark
from extractor.matchers.areas import Area
from extractor.relate.draft import Draft
from extractor.tables.areas import Place
from extractor.text import SourceText

FOREMOST = "foremost"
AMONG = "among"
_MEASURED = frozenset(("dimension", "currency"))
"""What the parts of a sum that are measured are told of: 其中甲鎮312公頃."""
_BETWEEN = frozenset(("lparen", "reach", "adverb"))
_JOINTS = frozenset(("and", "enum", "comma"))


def name_foremost(
    drafts: Sequence[Draft], row: Sequence[Mark], source: SourceText, settlements: tuple[str, ...]
) -> None:
    """Give each figure of a place among the foremost what the figure before them measures.

    A name that ends like one of ``settlements`` is a place though no table holds it.
    """
    by_position = {draft.position: draft for draft in drafts}
    whole: Draft | None = None
    measured: Draft | None = None
    for place, mark in enumerate(row):
        if mark.kind == STOP:
            whole = measured = None
        elif place in by_position and (whole is None or row[place - 1].kind != "lparen"):
            whole = by_position[place]
            measured = whole if whole.quantity.kind in _MEASURED else measured
        elif mark.kind == FOREMOST and whole is not None:
            _hand_on(place + 1, whole, by_position, row, source, settlements)
        elif mark.kind == AMONG and measured is not None:
            _hand_on(place + 1, measured, by_position, row, source, settlements)


def _hand_on(
    place: int,
    whole: Draft,
    by_position: Mapping[int, Draft],
    row: Sequence[Mark],
    source: SourceText,
    settlements: tuple[str, ...],
) -> None:
    """Go through the places from ``place`` on, each with its figure, a bracket round it or not."""
    while row[place].kind in (TEXT, AREA):
        figure = place + 1
        while row[figure].kind in _BETWEEN:
            figure += 1
        draft = by_position.get(figure)
        if draft is None or draft.quantity.unit_code != whole.quantity.unit_code:
            return
        area = _area(row[place], source, settlements)
        if area is not None:
            draft.indicator, draft.shared_head = whole.indicator, whole.shared_head
            draft.area = area
            draft.note("indicator", "figure", of=whole)
            draft.note("area", "bracket")
        place = figure + 1
        while row[place].kind in ("rparen", *_JOINTS):
            place += 1


def _area(mark: Mark, source: SourceText, settlements: tuple[str, ...]) -> Mark | None:
    """The place that a mark names; ``None`` for a thing."""
    if mark.kind == AREA:
        return mark
    if not source.text.endswith(settlements, mark.start, mark.end):
        return None
    written = source.quote(mark.start, mark.end)
    named = Place(source.text[mark.start : mark.end], written, written)
    return Mark(AREA, mark.start, mark.end, Area(mark.start, mark.end, named))
