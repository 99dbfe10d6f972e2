"""Lists of what several figures are compared with: 比全國、全省分別高…, 較上月和上年同期分別低…."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from extractor.marks import AREA, PERIOD, TEXT, Mark
from extractor.relate.bases import is_year_before
from extractor.relate.context import REFERENCE
from extractor.relate.draft import Draft
from extractor.text import Span

DISTRIBUTE = "distribute"

_JOINTS = frozenset(("and", "enum"))

Refer = Callable[[Draft, Sequence[Mark]], None]
"""Notes what a draft is compared with."""


def hand_out_compared(
    row: Sequence[Mark],
    place: int,
    figures: Sequence[int],
    by_position: dict[int, Draft],
    refer: Refer,
) -> bool:
    """Hand out what is listed as compared with, if as many things are as there are figures."""
    return _hand_out_areas(row, place, figures, by_position) or _hand_out_comparisons(
        row, place, figures, by_position, refer
    )


def _hand_out_areas(
    row: Sequence[Mark], place: int, figures: Sequence[int], by_position: dict[int, Draft]
) -> bool:
    """Hand out areas listed beside the cue: 分別高於全國、全省2.1個和3.4個, 比兩者分別高…."""
    compared = _compared_with(row, place, figures[0], "benchmark")
    areas = [mark for mark in compared or row[place : figures[0]] if mark.kind == AREA]
    first = by_position[figures[0]]
    if not areas and first.basis == "vs_area":
        # 分別高於國、省0.1和0.3個百分點
        areas = [mark for mark in row[place : figures[0]] if mark.kind == TEXT]
    if len(areas) != len(figures) or first.measure != "difference":
        return False
    for area, position in zip(areas, figures, strict=True):
        draft = by_position[position]
        _continue(draft, first)
        draft.basis = first.basis
        draft.take_over(("basis",), "list", first)
        draft.reference = Span(area.start, area.end)
        draft.note("reference", "list")
    return True


def _hand_out_comparisons(
    row: Sequence[Mark],
    place: int,
    figures: Sequence[int],
    by_position: dict[int, Draft],
    refer: Refer,
) -> bool:
    """Hand out times or ways listed as what is compared with: 比上月和上年同期〔分別〕低0.1個和
    0.5個, 按月及按年〔分別〕上升2.1%及5.3%."""
    if row[place].kind != DISTRIBUTE:
        return False
    compared = _compared_with(row, place, figures[0], REFERENCE)
    times = [mark for mark in compared if mark.kind == PERIOD]
    listed = times if len(times) == len(figures) else _bases_before(row, place)
    if len(listed) != len(figures):
        return False
    first = by_position[figures[0]]
    for mark, position in zip(listed, figures, strict=True):
        draft = by_position[position]
        _continue(draft, first)
        if mark.kind == PERIOD:
            draft.basis = None
            refer(draft, (mark,))
            if draft.period and is_year_before(draft.period, mark.value, listed[-1].value):
                # 比2023年與2019年同期分別增加29宗及152宗
                draft.basis = "yoy"
                draft.note("basis", "periods")
        else:
            draft.basis, draft.reference = mark.value.basis, None
            draft.note("basis", "cue", by=mark)
    return True


def _bases_before(row: Sequence[Mark], place: int) -> list[Mark]:
    """The ways of comparing listed right before ``place``."""
    bases: list[Mark] = []
    end = place - 1
    while end > 0 and row[end].kind == "basis":
        bases.insert(0, row[end])
        end -= 2 if row[end - 1].kind in _JOINTS else 1
    return bases


def _continue(draft: Draft, first: Draft) -> None:
    """What is said of the first figure of a list holds for the rest, but for their direction."""
    draft.rule, draft.measure = first.rule, first.measure
    draft.direction = draft.direction or first.direction
    draft.indicator, draft.shared_head = first.indicator, first.shared_head
    draft.area, draft.period = first.area, first.period
    draft.take_over(("rule", "measure", "direction"), "list", first)
    draft.take_over(("indicator", "area", "period"), "figure", first)


def _compared_with(row: Sequence[Mark], place: int, end: int, kind: str) -> Sequence[Mark]:
    """What the phrase of a comparison holds that stands right before the cue or behind it."""
    before = 2 if place and row[place - 1].kind == "comma" else 1
    around = row[max(place - before, 0) : end]
    return next((mark.value for mark in around if mark.kind == kind), ())
