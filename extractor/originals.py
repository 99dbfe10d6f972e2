"""What was found in the matching text, with its places in the original."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from extractor.marks import Rejected
from extractor.matchers.periods import Period
from extractor.matchers.quantities import Quantity
from extractor.records import Reject
from extractor.text import SourceText


def in_original(source: SourceText, one: Quantity | Period) -> Quantity | Period:
    """A quantity or a period of the matching text with its offsets in the original."""
    start, end = source.span(one.start, one.end)
    if isinstance(one, Period):
        return replace(one, start=start, end=end)
    number = source.span(one.number_start, one.number_end)
    unit = source.span(one.unit_start, one.unit_end)
    return replace(
        one,
        start=start,
        end=end,
        number_start=number[0],
        number_end=number[1],
        unit_start=unit[0],
        unit_end=unit[1],
    )


def rejects(source: SourceText, rejected: Sequence[Rejected]) -> tuple[Reject, ...]:
    """Candidates turned down, in text order, with the words of the original."""
    found = []
    for one in sorted(rejected, key=lambda one: one.start):
        start, end = source.span(one.start, one.end)
        quote = source.original[start:end]
        found.append(Reject(quote=quote, start=start, end=end, kind=one.kind, reason=one.reason))
    return tuple(found)
