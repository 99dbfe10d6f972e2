"""The stated numbers of one release, as the equations look at them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from msgspec import Struct

from extractor.arithmetic.intervals import Interval, point, stands_for
from extractor.marks import Mark
from extractor.matchers.areas import Area
from extractor.matchers.periods import Period
from extractor.records import Figure, Percentage
from extractor.relate.draft import Draft
from extractor.text import SourceText, Span

LEVELS = frozenset(("level", "cumulative", "new"))
"""Measures of an amount that there is."""
RATES = frozenset(("level", "growth", "share"))
"""Measures that are told in percent and compared in points."""
_SIGNED = frozenset(("growth", "change", "difference"))
PERCENT = "percent"
POINTS = "points"
_ZERO = point(Decimal(0))
_ONE = Decimal(1)
_HUNDRED = Decimal(100)
_HUNDREDTH = Decimal("0.01")
_POINTS_IN: dict[str | None, Decimal] = {"bp": _HUNDREDTH, "25bp": Decimal("0.25")}


Named = TypeVar("Named", Period, Area)


Likeness = tuple[str | None, str | None, str, str | None, str | None]
FARTHEST = 60
"""How many statements back one looks; no sentence of prose has more."""


class Statement(Struct, frozen=True, gc=False):
    """One stated number: how it was read and what became of it."""

    draft: Draft
    record: Figure | Percentage

    @property
    def position(self) -> int:
        return self.draft.position

    @property
    def kind(self) -> str:
        return self.draft.quantity.kind

    @property
    def is_level(self) -> bool:
        """An amount, not a rate and not a comparison."""
        kind = self.draft.quantity.kind
        return self.draft.measure in LEVELS and kind not in (PERCENT, POINTS, "fraction")

    @property
    def is_rate(self) -> bool:
        return self.draft.measure in RATES and self.draft.quantity.kind == PERCENT

    @property
    def is_spread(self) -> bool:
        """A distance between two rates: 利差為58個基點."""
        return self.draft.measure == "level" and self.draft.quantity.kind == POINTS

    @property
    def is_open(self) -> bool:
        """Whether the text itself leaves open how much: about, over, a range."""
        return self.record.value is None or self.record.qualifier != "exact"


class Statements:
    """All numbers of a release in text order, with the marks that stand between them."""

    def __init__(
        self,
        source: SourceText,
        row: Sequence[Mark],
        stated: Sequence[Statement],
        periods: Sequence[Period],
        areas: Sequence[Area],
        settle: Callable[[Area], Area],
    ) -> None:
        """``settle`` makes a relative area (全省) definite."""
        self.source = source
        self.row = row
        self.all = stated
        self._periods = periods
        self._areas = areas
        self._settle = settle

    @cached_property
    def _index(self) -> dict[int, int]:
        return {one.draft.position: place for place, one in enumerate(self.all)}

    def at(self, position: int | None) -> Statement | None:
        """The statement whose mark stands at ``position``, if that became a record."""
        place = None if position is None else self._index.get(position)
        return None if place is None else self.all[place]

    def before(self, statement: Statement) -> Iterator[Statement]:
        """The statements before it in its sentence, nearest first, as far as one looks back."""
        sentence = statement.record.sentence_start
        last = self._index[statement.draft.position]
        for place in range(last - 1, max(last - FARTHEST, 0) - 1, -1):
            one = self.all[place]
            if one.record.sentence_start != sentence:
                return
            yield one

    def next(self, statement: Statement) -> Statement | None:
        """The statement right behind it in its sentence."""
        place = self._index[statement.draft.position] + 1
        one = self.all[place] if place < len(self.all) else statement
        same = one.record.sentence_start == statement.record.sentence_start
        return one if same and one is not statement else None

    def near(self, statement: Statement) -> Iterator[Statement]:
        """The statements before and behind it in its sentence."""
        yield from self.before(statement)
        behind = self.next(statement)
        for _ in range(FARTHEST):
            if behind is None:
                return
            yield behind
            behind = self.next(behind)

    def like(self, key: Likeness) -> Sequence[Statement]:
        """The rates of the whole release with this area, indicator, measure, basis and period."""
        return self._rates.get(key, ())

    @cached_property
    def _rates(self) -> dict[Likeness, list[Statement]]:
        found: dict[Likeness, list[Statement]] = {}
        for one in self.all:
            if one.is_rate:
                found.setdefault(likeness(one, one.record.area_code), []).append(one)
        return found

    def kinds_between(self, one: Statement, other: Statement) -> list[str]:
        """The kinds of marks between two statements, in their order."""
        return [mark.kind for mark in self.row[one.position + 1 : other.position]]

    def term(self, statement: Statement) -> Interval:
        """The interval as the equations take it: signed, in percent, points or units."""
        interval = self.interval(statement).times(point(scale(statement)))
        down = statement.record.direction == "down" and is_signed(statement)
        return _ZERO.minus(interval) if down else interval

    def interval(self, statement: Statement) -> Interval:
        """All magnitudes that are rounded to what is written."""
        return stands_for(statement.draft.quantity, self.source.text)

    def words(self, span: Span) -> str:
        """A span in the matching text."""
        return self.source.text[span.start : span.end]

    def period_in(self, span: Span) -> Period | None:
        """The one period named in a span; ``None`` where there are none or several."""
        return _only(self._periods, span)

    def area_in(self, span: Span) -> Area | None:
        """The one area named in a span, made definite; ``None`` where none or several are."""
        area = _only(self._areas, span)
        if area is None:
            return None
        settled = self._settle(area)
        return settled if settled.name else None


def likeness(statement: Statement, area: str | None) -> Likeness:
    """What a rate of the same thing and time in the area with this code has in common with it."""
    record = statement.record
    return area, record.indicator, record.measure, record.basis, record.period


def is_signed(statement: Statement) -> bool:
    """Whether its direction is a sign: a fall of 3% is minus 3, a level fallen to 3 is not."""
    return statement.record.measure in _SIGNED


def same_thing(one: Statement, other: Statement) -> bool:
    """Whether the same words of the text name what both numbers measure, and where.

    The other one need not say again whose it is.
    """
    first, second = one.draft, other.draft
    return (
        first.indicator is not None
        and first.indicator == second.indicator
        and first.shared_head == second.shared_head
        and one.record.area == other.record.area
        and second.holder in (first.holder, None)
    )


def value_of(statement: Statement) -> Decimal:
    """The number written, as ``Statements.term`` has it."""
    value = (statement.record.value or Decimal(0)) * scale(statement)
    return -value if statement.record.direction == "down" and is_signed(statement) else value


def scale(statement: Statement) -> Decimal:
    """Basis points as points, growth in times as percent, multiples in percent as times."""
    measure, kind = statement.record.measure, statement.kind
    if kind == POINTS:
        return _POINTS_IN.get(statement.record.unit_code, _ONE)
    if measure == "growth" and kind == "multiple":
        return _HUNDRED
    return _HUNDREDTH if measure == "multiple" and kind == PERCENT else _ONE


def only(found: Collection[Statement]) -> Statement | None:
    """The one statement found; several leave open which is meant."""
    return next(iter(found)) if len(found) == 1 else None


def _only(found: Sequence[Named], span: Span) -> Named | None:
    place = bisect_left(found, span.start, key=lambda one: one.start)
    inner = [one for one in found[place : place + 2] if one.end <= span.end]
    return inner[0] if len(inner) == 1 else None
