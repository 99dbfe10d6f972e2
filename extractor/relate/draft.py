"""An observation in the making, passed along the steps of the relation stage."""

from __future__ import annotations

from msgspec import Struct

from extractor.marks import Mark
from extractor.matchers.periods import Period
from extractor.matchers.quantities import Quantity
from extractor.records import Basis, Direction, Measure
from extractor.text import Span


class Draft(Struct):
    """One figure and what is known of it so far; spans are matching offsets."""

    quantity: Quantity
    position: int
    """Where its mark stands in the row."""
    rule: str = "quantity"
    measure: Measure = "level"
    direction: Direction | None = None
    basis: Basis | None = None
    reference: Span | None = None
    indicator: Span | None = None
    shared_head: Span | None = None
    """What the list that the indicator stands in says once, at its end: 城鎮、農村〔居民收入〕."""
    holder: Span | None = None
    event: Span | None = None
    period: Period | None = None
    area: Mark | None = None
    timeless: bool = False
    """A property of a thing: neither period nor area is inherited."""
    confidence: float = 0.9
