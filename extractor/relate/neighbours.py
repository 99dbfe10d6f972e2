"""What stands beside a noun phrase in the row: clauses, joints and figures that belong to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractor.marks import AREA, TEXT, Mark
from extractor.relate.clauses import PREDICATE

OF = "of"
OBJECT = "object"
AND = "and"
ENUM = "enum"
NEW = "new"
AGED = "aged"
FARTHEST = 200
"""How many marks back a figure looks for what it inherits; no sentence of prose is longer."""

_JOINERS = frozenset((OF, AND, ENUM, "cumulative", NEW))
"""Marks that may stand inside a phrase, with text touching them on the left."""
INSIDE = _JOINERS | {TEXT}
_MOVING = frozenset(("rise", "fall", "rate"))
_MOVED = _MOVING | {"basis", "adverb"}
_BOUNDED = frozenset(("count", "currency", "dimension", "percent", "temperature"))
_BOUNDING = frozenset((TEXT, PREDICATE, "rate", "rise", "fall", "basis", "adverb", "reach"))
_LIMITS = frozenset(("age", "dimension", "duration", "currency", "temperature"))
_BOUNDS = frozenset(("gte", "gt", "lte", "lt"))


def touch(row: Sequence[Mark], place: int) -> bool:
    """Whether nothing stands between the mark at ``place`` and the next."""
    return row[place].end == row[place + 1].start


def leftwards(row: Sequence[Mark], start: int, barriers: frozenset[str]) -> Iterator[int]:
    """The places to the left of ``start``, nearest first, up to a mark of these kinds."""
    for place in range(start - 1, max(start - FARTHEST, 0) - 1, -1):
        if row[place].kind in barriers:
            return
        yield place


def is_object(row: Sequence[Mark], place: int, position: int) -> bool:
    """Whether a verb stands before the words right ahead of a figure: 追繳社保基金66萬元."""
    verb, words = row[place - 1], row[place]
    return place + 1 == position and verb.kind == PREDICATE and verb.end == words.start


def clause_behind(row: Sequence[Mark], first: int) -> int | None:
    """Where a noun ends whose clause begins with a verb: 36宗〔涉及傷亡的意外〕."""
    if first >= len(row) or row[first].kind != PREDICATE or not touch(row, first - 1):
        return None
    last = first
    while last + 1 < len(row) and row[last + 1].kind in (TEXT, OF, AND) and touch(row, last):
        last += 1
    kinds = [mark.kind for mark in row[first : last + 1]]
    return last if kinds[-2:] == [OF, TEXT] else None


def aged_behind(row: Sequence[Mark], first: int) -> int | None:
    """Where those stand whose age is told before 的: 8名〔年齡介乎20至45歲的男子〕."""
    kinds = [mark.kind for mark in row[first : first + 4]]
    return first + 3 if kinds == [AGED, "age", OF, TEXT] else None


def goes_on(row: Sequence[Mark], last: int) -> bool:
    """Whether 的 and text follow the mark at ``last``."""
    return [mark.kind for mark in row[last + 1 : last + 3]] == [OF, TEXT]


def limits_class(row: Sequence[Mark], place: int) -> bool:
    """Whether a figure tells which things are meant, not how many: 65歲以上長者, 60米以下低空."""
    mark = row[place]
    if mark.kind not in _LIMITS or place + 1 == len(row) or not touch(row, place):
        return False
    if row[place + 1].kind == OF:
        # 年滿65歲的長者, 65歲以上的長者, not 65歲的高齡
        bounded = row[place - 1].kind == AGED or mark.value.qualifier in _BOUNDS
        aged = mark.kind == "age" and bounded
        return aged and place + 2 < len(row) and row[place + 2].kind == TEXT
    if row[place + 1].kind != TEXT:
        return False
    return mark.kind == "age" or mark.value.qualifier in _BOUNDS or mark.value.value is None


def clause_before(row: Sequence[Mark], first: int) -> int | None:
    """Where a clause before 的 begins that says how something moved: 〔銷量按年下降的〕車型."""
    place = first - 2
    if place < 1 or row[first - 1].kind != OF or row[place].kind not in _MOVING:
        return None
    while place > 0 and row[place].kind in _MOVED:
        place -= 1
    touching = all(one.end == two.start for one, two in pairwise(row[place:first]))
    return place if row[place].kind in (TEXT, PREDICATE) and touching else None


def limiting_clause(row: Sequence[Mark], first: int) -> int | None:
    """Where a clause before 的 begins that says within what bounds the things lie: 〔年收入超過
    2000萬元的〕企業, 〔增幅在20%至30%之間的〕行業."""
    place = first - 2
    if place < 0 or row[first - 1].kind != OF or row[place].kind not in _BOUNDED:
        return None
    value = row[place].value
    if value.qualifier not in _BOUNDS and value.value is not None:
        return None
    while place > 0 and row[place - 1].kind in _BOUNDING and touch(row, place - 1):
        place -= 1
    return place if all(touch(row, one) for one in range(place, first)) else None


def is_relative_clause(row: Sequence[Mark], first: int) -> bool:
    """Whether a subject, its verb and 的 stand before the phrase: 承建商所完成〔的工程〕."""
    kinds = [mark.kind for mark in row[max(first - 3, 0) : first]]
    if kinds != [TEXT, PREDICATE, OF]:
        return False
    subject, verb, of = row[first - 3 : first]
    return subject.end == verb.start and verb.end == of.start == row[first].start - 1


def is_of_what_is_new(row: Sequence[Mark], first: int) -> bool:
    """Whether words of whom, 的 and 新增 stand before the phrase: 初次求職的新增〔勞動力〕."""
    return [mark.kind for mark in row[max(first - 3, 0) : first]] == [TEXT, OF, "new"]


def is_joined(row: Sequence[Mark], first: int) -> bool:
    """Whether a mark such as 的 ties the text at ``first`` to text on its left."""
    joint, before = row[first - 1], row[first - 2]
    if first < 2 or joint.kind not in _JOINERS:
        return False
    # 設有48處據點、〔面積〕3.9萬公頃: what a number counts is named, and done with.
    counted = first > 2 and joint.kind == ENUM and row[first - 3].kind == "count"
    counted = counted and row[first - 3].end == before.start
    return not counted and before.kind == TEXT and before.end == joint.start


def opens_name(row: Sequence[Mark], place: int) -> bool:
    """Whether text touches the area at ``place`` on its right: 29個〔深圳〕企業."""
    following = row[place + 1 : place + 2]
    return (
        row[place].kind == AREA
        and [mark.kind for mark in following] == [TEXT]
        and touch(row, place)
    )
