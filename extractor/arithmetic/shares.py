"""Parts and their wholes: 企業300家，其中民營240家，佔80%; 發電量52億千瓦時，佔全國的12%."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from extractor.arithmetic.equations import Binding
from extractor.arithmetic.statements import Statement, Statements, only, same_thing
from extractor.arithmetic.words import LinkingWords
from extractor.marks import AREA, PERIOD, STOP, TEXT, Mark
from extractor.matchers.areas import Area
from extractor.text import Span

AMONG = "among"
_SHARE = frozenset(("share", "portion"))
_PLAIN = frozenset((TEXT, AREA, PERIOD, "of"))
"""Marks of a whole that is named plainly."""
_SENTENCE = frozenset((STOP, "semicolon"))
_FARTHEST = 200
"""How many marks back one looks."""


class _Whole(NamedTuple):
    """What a share is a share of: a stated number, a name or an area, or several of these."""

    stated: Statement | None = None
    named: Span | None = None
    area: Area | None = None


def shares(statements: Statements, words: LinkingWords) -> Iterator[Binding]:
    """Shares with the part and the whole that they are told of."""
    for step in statements.all:
        if step.draft.measure != "share" or step.record.unit_code != "%":
            continue
        part = only([one for one in statements.before(step) if _is_part(one, step)])
        whole = _whole(statements, step, part, words)
        if whole is None:
            continue
        if part is not None and not _is_of_other_time(statements, step, part, words):
            yield Binding("share", part, whole.stated, step, area=whole.area, whole=whole.named)
        elif (
            part is None
            and whole.stated is not None
            and _is_told_of(statements, whole.stated, step, words)
        ):
            yield Binding("share", None, whole.stated, step)


def _is_of_other_time(
    statements: Statements, step: Statement, part: Statement, words: LinkingWords
) -> bool:
    """Whether the whole is that of another time than the part: a plan for the year, a year."""
    own = part.draft.period
    for mark in step.draft.base:
        named = mark.value.code if mark.kind == PERIOD else None
        if named is not None and (own is None or named != own.code):
            return True
        planned = mark.kind == TEXT and words.is_planned(_written(statements, mark))
        if planned and (own is None or own.grain != "year"):
            return True
    return False


def _is_told_of(
    statements: Statements, whole: Statement, step: Statement, words: LinkingWords
) -> bool:
    """Whether the clause of 其中 itself says whose share it is: 其中民營企業佔80%."""
    at = among_before(statements, step, words)
    if at is None or next(statements.before(step)) is not whole:
        return False
    kinds = [mark.kind for mark in statements.row[at + 1 : step.position]]
    return "comma" not in kinds[1:] and not _SHARE.isdisjoint(kinds)


def _is_part(one: Statement, step: Statement) -> bool:
    return one.is_level and same_thing(one, step) and one.record.period == step.record.period


def _whole(
    statements: Statements, step: Statement, part: Statement | None, words: LinkingWords
) -> _Whole | None:
    base = step.draft.base
    if not _PLAIN.issuperset(mark.kind for mark in base):
        return None
    named = [mark for mark in base if mark.kind == TEXT]
    areas = [mark for mark in base if mark.kind == AREA]
    if len(named) > 1 or len(areas) > 1:
        return None
    area = statements.area_in(Span(areas[0].start, areas[0].end)) if areas else None
    if areas and area is None:
        return None
    if named and not words.is_whole(_written(statements, named[0])):
        return _Whole(named=Span(named[0].start, named[0].end), area=area)
    if area is not None and area.code != step.record.area_code:
        return _Whole(area=area)
    stated = before_among(statements, part or step, words)
    return None if stated is None else _Whole(stated=stated)


def before_among(statements: Statements, part: Statement, words: LinkingWords) -> Statement | None:
    """The one amount that 其中 goes back to from a part in its sentence."""
    at = among_before(statements, part, words)
    if at is None:
        return _parted(statements, part, words)
    return only([one for one in statements.before(part) if one.position < at and one.is_level])


def _parted(statements: Statements, part: Statement, words: LinkingWords) -> Statement | None:
    """The amount right before a part that words behind it make the whole: 1200戶中，1080戶…"""
    whole = next(statements.before(part), None)
    if whole is None or not whole.is_level or whole.record.unit_code != part.record.unit_code:
        return None
    behind = statements.row[whole.position + 1]
    kinds = statements.kinds_between(whole, part)
    inside = behind.kind == TEXT and _written(statements, behind) in words.inside
    return whole if inside and _SENTENCE.isdisjoint(kinds) else None


def among_before(statements: Statements, part: Statement, words: LinkingWords) -> int | None:
    """Where the last 其中 before a part stands, in its own stretch of the sentence."""
    for place in range(part.position - 1, max(part.position - _FARTHEST, 0) - 1, -1):
        mark = statements.row[place]
        if mark.kind in _SENTENCE:
            return None
        if mark.kind == AMONG and _written(statements, mark) in words.part:
            return place
    return None


def _written(statements: Statements, mark: Mark) -> str:
    return statements.words(Span(mark.start, mark.end))
