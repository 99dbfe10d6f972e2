"""Wholes with all their parts: 甲100家、乙120家，合計220家; 進出口總額, 出口 and 進口."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from extractor.arithmetic.intervals import Interval, point
from extractor.arithmetic.shares import AMONG, among_before
from extractor.arithmetic.statements import PERCENT, Statement, Statements
from extractor.arithmetic.words import LinkingWords, Parts
from extractor.marks import AREA, PERIOD, STOP
from extractor.text import Span

_BREAKS = frozenset(",;:、(")
_LONGEST = 8
"""Letters of the longest words that announce a sum or a rest."""
_NEAR = 16
"""Letters that may stand between the last part and the words that announce the sum."""
_BEFORE_NAMES = frozenset(
    (STOP, PERIOD, AREA, AMONG, "comma", "semicolon", "colon", "enum", "and", "lparen")
)
_HUNDRED = point(Decimal(100))
_MOST = 8
"""Parts; longer lists are left alone, every choice of them is tried."""


class Whole(NamedTuple):
    """A total and the parts that should make it up; without a total, shares of a whole."""

    total: Statement | None
    parts: tuple[Statement, ...]
    loose: tuple[Statement, ...] = ()
    """Further numbers of the sentence: with some of them instead, the sum may come out."""
    closed: bool = False
    """Whether the parts by their names are all there are, none of them inside another."""


def sums(statements: Statements, words: LinkingWords) -> Iterator[Whole]:
    """Every total whose parts are all stated, and shares that should make up one whole."""
    text = statements.source.text
    for one in statements.all:
        start = one.draft.quantity.start
        if start == 0 or text[start - 1] not in words.last_letters:
            continue
        if not text.endswith(words.announcing, max(start - _LONGEST, 0), start):
            continue
        summed = text.endswith(words.sum, 0, start)
        whole = (_summed if summed else _completed)(statements, one, words)
        if whole is not None:
            yield whole
    yield from _partitioned(statements, words)


def _summed(statements: Statements, total: Statement, words: LinkingWords) -> Whole | None:
    """The numbers right before 合計, its own kind only."""
    text, start = statements.source.text, total.draft.quantity.start
    said = next(word for word in words.sum if text.endswith(word, 0, start))
    at = start - len(said)
    parts = [one for one in statements.before(total) if one.record.measure != "growth"]
    if not total.is_level or len(parts) < 2 or text[at - 1] not in _BREAKS:
        return None
    last = parts[0].draft.quantity.end
    if at - 1 - last > _NEAR or not _BREAKS.isdisjoint(text[last : at - 1]):
        return None
    if not all(_is_like(one, total) for one in parts):
        return None
    if among_before(statements, total, words) is not None:
        return None
    return Whole(total, tuple(reversed(parts)))


def _completed(statements: Statements, rest: Statement, words: LinkingWords) -> Whole | None:
    """A total, parts behind 其中, and last of them the rest; or shares and the rest."""
    if rest.record.unit_code == "%":
        shares = [one for one in statements.before(rest) if one.kind == PERCENT]
        told = shares and all(one.record.measure == "share" for one in shares)
        return Whole(None, (*reversed(shares), rest)) if told else None
    like = [one for one in statements.before(rest) if _is_like(one, rest)]
    at = among_before(statements, rest, words)
    if at is None or not rest.is_level:
        return None
    parts = tuple(one for one in reversed(like) if one.position > at)
    totals = [one for one in like if one.position < at]
    if not parts or not totals:
        return None
    return Whole(totals[0], (*parts, rest), loose=tuple(totals[1:]))


def _partitioned(statements: Statements, words: LinkingWords) -> Iterator[Whole]:
    """Wholes and parts by their names, of one sentence, time and area."""
    text = statements.source.text
    named: dict[tuple[object, ...], dict[str, list[Statement]]] = {}
    for one in statements.all:
        span = one.draft.indicator
        if span is None or span.end - span.start > words.longest_member:
            continue
        name = text[span.start : span.end]
        if head := one.draft.shared_head:
            name += text[head.start : head.end]
        if name not in words.members or not _is_whole_name(statements, one, span):
            continue
        if one.is_level or one.record.measure == "share":
            record = one.record
            key = (
                record.sentence_start,
                record.period,
                record.area,
                record.unit_code,
                record.measure,
                one.draft.holder,
            )
            named.setdefault(key, {}).setdefault(name, []).append(one)
    for (*_, measure, _holder), found in named.items():
        for partition in words.partitions:
            yield from _parted(partition, found, shared=measure == "share")


def _is_whole_name(statements: Statements, one: Statement, span: Span) -> bool:
    """Whether no word right before a name makes it that of something else: 服務進口."""
    for place in range(one.position - 1, -1, -1):
        mark = statements.row[place]
        if mark.start < span.start:
            return mark.end < span.start or mark.kind in _BEFORE_NAMES
    return True


def _parted(
    partition: Parts, found: dict[str, list[Statement]], *, shared: bool
) -> Iterator[Whole]:
    chosen = [_one_of(found, names) for names in partition.parts]
    parts = tuple(one for one in chosen if one is not None)
    if len(parts) < len(chosen):
        return
    if shared:
        yield Whole(None, parts, closed=True)
    elif total := _one_of(found, partition.whole):
        yield Whole(total, parts, closed=True)


def _one_of(found: dict[str, list[Statement]], names: frozenset[str]) -> Statement | None:
    """The statement that goes by one of the names, if there is one only."""
    meant = [one for name in names for one in found.get(name, ())]
    return meant[0] if len(meant) == 1 else None


def _is_like(one: Statement, other: Statement) -> bool:
    first, second = one.record, other.record
    return (
        first.unit_code == second.unit_code
        and first.dimension == second.dimension
        and first.measure == second.measure
        and first.period == second.period
        and first.area == second.area
    )


def wanted(whole: Whole, statements: Statements) -> Interval | None:
    """What the total (or the last share) should be; ``None`` where it may be what it is.

    Parts of a list may overlap, and it may hold more than parts: a sum that any choice of at
    least two of the numbers bears out is none to be doubted.
    """
    numbers = [*whole.parts, *whole.loose]
    total = whole.total
    if any(one.is_open for one in numbers) or (total is not None and total.is_open):
        return None
    if len(numbers) > _MOST:
        return None
    intervals = [statements.interval(one) for one in numbers]
    parts = intervals[: len(whole.parts)]
    aim = _HUNDRED if total is None else statements.interval(total)
    borne_out = _sum(parts).meets(aim) if whole.closed else _is_reached(intervals, aim)
    if borne_out:
        return None
    return _HUNDRED.minus(_sum(parts[:-1])) if total is None else _sum(parts)


def _is_reached(intervals: list[Interval], total: Interval) -> bool:
    return any(
        _sum(list(some)).meets(total)
        for size in range(2, len(intervals) + 1)
        for some in combinations(intervals, size)
    )


def _sum(intervals: list[Interval]) -> Interval:
    total = intervals[0]
    for one in intervals[1:]:
        total = total.plus(one)
    return total
