"""Gaps to an area or a forecast: 增長17.4%，高於全國12.7個百分點."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.arithmetic.equations import Binding
from extractor.arithmetic.moves import rate_of
from extractor.arithmetic.statements import Statement, Statements, likeness
from extractor.arithmetic.words import LinkingWords
from extractor.matchers.areas import Area


def gaps(statements: Statements, words: LinkingWords) -> Iterator[Binding]:
    """A gap in points, the rate that it is told of, and the other's rate where it is stated."""
    for step in statements.all:
        if step.draft.measure != "difference" or step.kind != "points":
            continue
        own = rate_of(statements, step)
        if own is None or step.draft.reference is None:
            continue
        if step.record.basis == "vs_forecast":
            yield Binding("forecast", own, None, step)
        elif (area := _area(statements, step, words)) and not _is_of(own, area):
            yield Binding("gap", own, _stated(statements, own, area), step, area=area)


def _area(statements: Statements, step: Statement, words: LinkingWords) -> Area | None:
    """The area compared with, if nothing but its average is spoken of."""
    reference = step.draft.reference
    area = statements.area_in(reference) if reference else None
    if area is None or reference is None:
        return None
    text = statements.source.text
    around = text[reference.start : area.start] + text[area.end : reference.end]
    return area if words.is_average(around) else None


def _is_of(own: Statement, area: Area) -> bool:
    """Whether the rate itself was read as that of the area compared with."""
    record = own.record
    return record.area is not None and record.area_code == area.code


def _stated(statements: Statements, own: Statement, area: Area) -> Statement | None:
    """The other area's rate of the same thing and time, if stated once and once only."""
    found = statements.like(likeness(own, area.code))
    return found[0] if len(found) == 1 else None
