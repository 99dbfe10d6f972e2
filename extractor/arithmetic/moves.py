"""Moves over time: 由2.1%升至2.4%, 佔比24%、較上半年提高1.6個百分點, 出口300億元、同比增長8%."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from extractor import calendar
from extractor.arithmetic.equations import Binding, Kind, When
from extractor.arithmetic.statements import (
    PERCENT,
    POINTS,
    Statement,
    Statements,
    only,
    same_thing,
)
from extractor.arithmetic.words import LinkingWords
from extractor.calendar import Stretch
from extractor.matchers.periods import Period
from extractor.records import Measure

_KINDS: dict[Measure, Kind] = {"growth": "growth", "change": "change", "multiple": "multiple"}
_MONTHS_BACK = {"yoy": 12, "qoq": 3, "mom": 1}
_BESIDE = frozenset(("comma", "text", "rise", "fall", "revise", "reset", "rate", "reach", "lparen"))
"""Marks between the end of a move and the number that tells the move itself."""
_DAY = dt.timedelta(days=1)
_FARTHEST_BASE = 24
"""Letters before an index in which its base stands."""
_AHEAD = 12
"""Letters before a move in which the words stand that name what moves."""


def moves(statements: Statements, words: LinkingWords) -> Iterator[Binding]:
    """Moves whose start is stated, with what they moved by if that is."""
    for start, one in starts(statements, words):
        for binding in _from_to(statements, one, start, _KINDS.get(one.draft.measure)):
            end, step = binding.result, binding.step
            if not (end and step and _is_of_other(statements, end, step, words)):
                yield binding


def starts(statements: Statements, words: LinkingWords) -> Iterator[tuple[Statement, Statement]]:
    """Where moves start, each with its end or with what it moved by.

    Without places in a ranking and rates of exchange, whose numbers fall when the thing rises.
    """
    text = statements.source.text
    for one in statements.all:
        start = None if one.draft.start is None else statements.at(one.draft.start)
        if start is not None:
            first = start.draft.quantity.start
            said = text[max(first - _AHEAD, 0) : first]
            if not words.is_unordered(said, start.draft.quantity.unit or ""):
                yield start, one


def told_moves(
    statements: Statements, words: LinkingWords, *, complete: bool = False
) -> Iterator[Binding]:
    """Levels and rates told with their change or growth; what they moved from is not stated.

    ``complete``: only those before which the earlier amount is stated after all.
    """
    for result, step in _told(statements):
        later = None if result.draft.step is not None else _later(statements, result, step)
        if later is not None:
            yield from _moved(statements, later, step, words, result)
        elif not complete:
            yield from _moved(statements, result, step, words)


def _told(statements: Statements) -> Iterator[tuple[Statement, Statement]]:
    """Levels and rates, each with its change or growth."""
    for one in statements.all:
        draft = one.draft
        if draft.step is not None:
            step = statements.at(draft.step)
            if step is not None:
                yield one, step
        elif draft.start is None and draft.measure in _KINDS:
            result = rate_of(statements, one) if one.kind == POINTS else level_of(statements, one)
            if result is not None:
                yield result, one


def _from_to(
    statements: Statements, one: Statement, start: Statement, kind: Kind | None
) -> Iterator[Binding]:
    """A move whose start the text gives; ``one`` is its end, or what it moved by."""
    if kind is not None:
        end = only([end for end in statements.before(start) if _is_alike(end, start)])
        if end is not None and _fits(end, one):
            yield Binding(kind, end, start, one, falls=_fall(end) and _fall(start))
        return
    if one.kind != start.kind or one.record.unit_code != start.record.unit_code:
        return
    falls = _fall(one) and _fall(start)
    step = statements.next(one)
    told = None if step is None else _KINDS.get(step.draft.measure)
    if step is not None and told and _fits(one, step) and _is_beside(statements, one, step):
        yield Binding(told, one, start, step, falls=falls)
        return
    if falls:
        # A smaller fall is less of a fall and more of the thing: which is meant, nobody says.
        return
    yield Binding("change", one, start, None)
    if one.is_level and one.record.unit_code is not None:
        yield Binding("growth", one, start, None)


def _fall(rate: Statement) -> bool:
    """Whether a rate is told as a fall."""
    return rate.record.measure == "growth" and rate.record.direction == "down"


def _moved(
    statements: Statements,
    result: Statement,
    step: Statement,
    words: LinkingWords,
    base: Statement | None = None,
) -> Iterator[Binding]:
    """A level or a rate told with its change or growth: the earlier one follows."""
    kind = _KINDS.get(step.draft.measure)
    if kind is None or not _fits(result, step):
        return
    when = earlier(statements, result, step)
    if when is None or (kind == "growth" and _is_incomparable(statements, result, step, words)):
        return
    if not _is_rebased(statements, result, words):
        yield Binding(kind, result, base, step, when=when)


def _later(statements: Statements, result: Statement, step: Statement) -> Statement | None:
    """The amount right before ``result`` that it is the earlier one of; the step is told of that.

    2024年為120億元，2023年為100億元，同比增長20%.
    """
    months = _MONTHS_BACK.get(step.record.basis or "")
    later = next(statements.before(result), None)
    if months is None or later is None or later.draft.period is None:
        return None
    if _named(later) != _named(result):
        return None
    before = months_back(later.draft.period, months)
    return later if before is not None and before.code == result.record.period else None


def _named(one: Statement) -> tuple[str | None, ...]:
    """What a number measures by its name, wherever that stands."""
    record = one.record
    return record.indicator, record.area, record.unit_code, record.measure, record.holder


def _is_rebased(statements: Statements, result: Statement, words: LinkingWords) -> bool:
    """Whether a number without unit is an index whose base is told right before or behind it."""
    quantity = result.draft.quantity
    if quantity.kind != "number":
        return False
    first = max(quantity.start - _FARTHEST_BASE, 0)
    return words.is_rebased(statements.source.text[first : quantity.end + _FARTHEST_BASE])


def _is_of_other(
    statements: Statements, result: Statement, step: Statement, words: LinkingWords
) -> bool:
    """Whether words between them tell a growth of other prices or units than the amount's."""
    if step.draft.measure != "growth":
        return False
    ends = sorted((result.draft.quantity.start, step.draft.quantity.start))
    return words.is_incomparable(statements.source.text[ends[0] : ends[1]])


def _is_incomparable(
    statements: Statements, result: Statement, step: Statement, words: LinkingWords
) -> bool:
    """Whether a growth is told at other prices or of other units than the amount beside it."""
    named = result.draft.indicator
    return _is_of_other(statements, result, step, words) or (
        named is not None and words.is_incomparable(statements.words(named))
    )


def rate_of(statements: Statements, step: Statement) -> Statement | None:
    """The one rate before it in its sentence that a number of points is told of.

    Falling rates are left alone: whether a fall that is 1 point lower is the greater or the
    smaller one, the words do not settle.
    """
    found = [one for one in statements.before(step) if one.is_rate and _is_same(one, step)]
    rate = only(found)
    if rate is None or _fall(rate):
        return None
    return rate


def level_of(statements: Statements, step: Statement) -> Statement | None:
    """The one amount before it in its sentence that a change or a growth is told of."""
    return only([one for one in statements.before(step) if one.is_level and _is_same(one, step)])


def _is_same(one: Statement, step: Statement) -> bool:
    return same_thing(one, step) and one.record.period == step.record.period


def _is_alike(end: Statement, start: Statement) -> bool:
    return same_thing(end, start) and end.record.unit_code == start.record.unit_code


def _fits(end: Statement, step: Statement) -> bool:
    """Whether a step is told in what its end can move by."""
    if step.draft.measure == "change":
        if step.kind == POINTS:
            return end.kind in (PERCENT, POINTS)
        return end.record.unit_code == step.record.unit_code
    return end.is_level and step.kind in (PERCENT, "multiple")


def _is_beside(statements: Statements, end: Statement, step: Statement) -> bool:
    between = statements.kinds_between(end, step)
    return _BESIDE.issuperset(between) and between.count("comma") <= 1


def earlier(statements: Statements, result: Statement, step: Statement) -> When | None:
    """The period that ``result`` is compared with; ``None`` where the text leaves it open."""
    months = _MONTHS_BACK.get(step.record.basis or "")
    period = result.draft.period
    if months and period is not None:
        return months_back(period, months)
    reference = step.draft.reference
    named = statements.period_in(reference) if reference else None
    if named is None or named.code is None or not _is_before(named, period):
        return None
    text = statements.source.quote(named.start, named.end)
    return When(named.code, text, named.period_start, named.period_end)


def _is_before(named: Period, own: Period | None) -> bool:
    """Whether a period named ends before that of the amount compared with it.

    What is only counted back from the day of publication (上月) is the one before that of an
    amount without a period only by chance.
    """
    if own is None:
        return named.kind == "absolute"
    last, end = named.period_end, own.period_end
    return last is None or end is None or last < end


def months_back(period: Period, months: int) -> When | None:
    """The same period so many months earlier; a last day of a month stays one."""
    first, last = period.period_start, period.period_end
    if first is None or last is None or period.open_start or period.open_end:
        return None
    ends = (last + _DAY).day == 1
    if period.grain == "day" and first == last and (ends or months == _MONTHS_BACK["yoy"]):
        day = _midnight(first)
        moved = calendar.around(calendar.shifted(day, "month", -months), "month" if ends else "day")
        on = moved.last_day
        return When(on.isoformat(), None, on, on)
    stretch = Stretch(_midnight(first), _midnight(last + _DAY), period.grain)
    length = (last.year - first.year) * 12 + last.month - first.month + 1
    if first.day != 1 or not ends or calendar.code(stretch) != period.code:
        return None
    if months < _MONTHS_BACK["yoy"] and months != length:
        return None
    start = calendar.shifted(stretch.start, "month", -months)
    end = calendar.shifted(stretch.end, "month", -months)
    then = Stretch(start, end, period.grain)
    return When(calendar.code(then), None, start.date(), then.last_day)


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.min)
