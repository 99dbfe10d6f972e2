"""Runs of months, quarters or years that figures are handed out to: 1至3月用電量分別為a、b和c."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extractor.marks import AREA, PERIOD, TEXT, Mark
from extractor.matchers.periods import Period, parts
from extractor.relate.draft import Draft

_BETWEEN = frozenset((TEXT, AREA, "of", "rate", "each", "new", "basis"))
"""Marks that may stand between the run and 分別: what is measured, once."""


def hand_out_run(
    row: Sequence[Mark], place: int, figures: Sequence[int], by_position: Mapping[int, Draft]
) -> bool:
    """Give each figure its unit of the run that the clause opens with, if there are as many."""
    run = _run_before(row, place)
    units = parts(run, len(figures)) if run is not None else None
    if units is None:
        return False
    for unit, position in zip(units, figures, strict=True):
        by_position[position].period = unit
        by_position[position].note("period", "list")
    return True


def _run_before(row: Sequence[Mark], place: int) -> Period | None:
    at = place - 1
    while at >= 0 and row[at].kind in _BETWEEN:
        at -= 1
    if at >= 0 and row[at].kind == "comma":
        at -= 1
    return row[at].value if at >= 0 and row[at].kind == PERIOD else None
