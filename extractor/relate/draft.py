"""An observation in the making, passed along the steps of the relation stage."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from msgspec import Struct

from extractor.marks import Mark
from extractor.matchers.periods import Period
from extractor.matchers.quantities import Quantity
from extractor.records import Basis, Direction, Measure
from extractor.text import Span

Source = Literal[
    "rule",
    "cue",
    "words",
    "periods",
    "before",
    "after",
    "clause",
    "subject",
    "sentence",
    "paragraph",
    "release",
    "bracket",
    "figure",
    "list",
    "aside",
    "policy",
    "inside",
    "named",
    "behind",
    "purpose",
    "earlier",
    "ground",
    "passing",
    "verb",
    "sign",
    "future",
    "property",
    "untimed",
    "ceiling",
    "definition",
    "unequal",
    "inherited",
    "unnamed",
    "again",
    "nothing",
]
"""Where a field of an observation may come from; ``explanation/wording.py`` says each in
a sentence."""


BETWEEN_TWO = frozenset(("growth", "change", "difference"))
"""Measures that compare two levels."""


class Note(NamedTuple):
    """Where one field got the value that it had then."""

    field: str
    source: Source
    value: Any
    by: Mark | None
    """The words that say so, where they are not the value itself."""
    of: Draft | None
    """The figure that the value is taken over from."""


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
    shared_front: Span | None = None
    """What that list says once, ahead of its first thing: 〔對〕東盟、非洲出口."""
    holder: Span | None = None
    event: Span | None = None
    period: Period | None = None
    area: Mark | None = None
    start: int | None = None
    """Where the mark of the figure stands that a move to this one, or by it, starts from."""
    step: int | None = None
    """Where the mark of the figure stands that this level was moved by."""
    base: tuple[Mark, ...] = ()
    """What a share is a share of."""
    timeless: bool = False
    """A property of a thing: neither period nor area is inherited."""
    confidence: float = 0.9
    notes: list[Note] | None = None
    """Where each field comes from, in the order it was settled; kept only to be explained."""

    def note(
        self, field: str, source: Source, *, by: Mark | None = None, of: Draft | None = None
    ) -> None:
        """Keep where the value comes from that ``field`` has just been given."""
        if self.notes is not None:
            self.notes.append(Note(field, source, getattr(self, field), by, of))

    def take_over(self, fields: tuple[str, ...], source: Source, of: Draft) -> None:
        """Keep that ``fields`` have just been given the values of another figure."""
        if self.notes is not None and of is not self:
            for field in fields:
                self.note(field, source, of=of)

    def consider(self, field: str, source: Source, value: Any) -> None:
        """Keep a candidate for ``field`` that need not become its value; ``None`` is none."""
        if self.notes is not None and value is not None:
            self.notes.append(Note(field, source, value, None, None))
