"""Counts of a group that stand ahead of what is measured of it: 16個城市空氣優良率為98%."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from extractor.marks import STOP, TEXT, Mark
from extractor.relate.clauses import PREDICATE
from extractor.relate.draft import Draft
from extractor.relate.neighbours import OF
from extractor.relate.phrases import NounPhrases
from extractor.text import Span

_COUNT = "count"
_MOVES = frozenset(("basis", "rise", "fall", "flat", "reference", "above", "below"))


def tell_groups(drafts: Sequence[Draft], row: Sequence[Mark], phrases: NounPhrases) -> None:
    """Part the name that a count and the figure behind it share, in place.

    The count is of the group, the other figures are of the measure: 5家〔醫院〕〔預約率〕為80%. A
    count of some of them leaves the measure what it was: 其中2家醫院達到100%. No figure need say
    how the measure moved: 5家〔醫院〕預約率上升.
    """
    for draft in drafts:
        if (moved := _moved_group(draft, row, phrases)) is not None:
            draft.indicator = moved
            draft.note("indicator", "after")
    parted: dict[Span, Span] = {}
    for place, (first, second) in enumerate(pairwise(drafts), start=1):
        named = second.indicator
        if named in parted:
            second.indicator = parted[named]
            second.note("indicator", "list")
            continue
        if (own := _own_name(first, second, row)) is not None:
            if named is not None:
                parted[named] = own
            second.indicator = own
            second.note("indicator", "before")
            continue
        if named is None or named != first.indicator or not _is_group(first, second):
            continue
        group = phrases.group(named)
        if group is not None:
            first.indicator, second.indicator = group
            parted[named] = second.indicator
            first.note("indicator", "after")
            second.note("indicator", "before")
        elif second.quantity.kind == "percent":
            _measure_as_before(drafts[:place], second, row)


def _own_name(first: Draft, second: Draft, row: Sequence[Mark]) -> Span | None:
    """What is measured of things that are counted ahead of it: 5家醫院的〔預約率〕."""
    group, named = first.indicator, second.indicator
    if group is None or named is None or first.quantity.kind != _COUNT:
        return None
    if (group.start, named.start) != (first.quantity.end, first.quantity.end):
        return None
    between = row[first.position : second.position]
    ties = [mark.end for mark in between if mark.kind == OF and mark.start == group.end]
    return Span(ties[0], named.end) if ties and ties[0] < named.end else None


def _moved_group(draft: Draft, row: Sequence[Mark], phrases: NounPhrases) -> Span | None:
    """Whom a count is of where a verb says behind their measure that it moved."""
    named, at = draft.indicator, draft.position
    if named is None or draft.quantity.kind != _COUNT or draft.measure != "level":
        return None
    if named.start != draft.quantity.end or row[at + 1].kind != TEXT:
        return None
    moved = at + 3 if row[at + 2].kind == PREDICATE else at + 2  # 12個行業產值〔實現〕增長
    if row[moved].kind not in _MOVES:
        return None
    group = phrases.group(named)
    return group[0] if group else None


def _is_group(first: Draft, second: Draft) -> bool:
    """Whether the words that name both stand between them, the first being a count."""
    named = second.indicator
    between = named and first.quantity.end <= named.start < second.quantity.start
    alike = second.quantity.unit_code == first.quantity.unit_code
    level = second.measure == "level" and not alike
    return bool(between) and level and first.quantity.kind == _COUNT and first.measure == "level"


def _measure_as_before(before: Sequence[Draft], draft: Draft, row: Sequence[Mark]) -> None:
    """Take over what the last level of the same kind in the sentence measures."""
    ends = [place for place, mark in enumerate(row) if mark.kind == STOP]
    start = bisect_right(ends, draft.position)
    for other in reversed(before):
        if bisect_right(ends, other.position) != start:
            return
        if other.quantity.kind == draft.quantity.kind and other.measure == draft.measure:
            draft.indicator, draft.shared_head = other.indicator, other.shared_head
            draft.note("indicator", "figure", of=other)
            return
