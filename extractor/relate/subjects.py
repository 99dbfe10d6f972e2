"""Which words of a sentence are the subject that its later figures inherit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from extractor.marks import AREA, PERIOD, STOP, TEXT, Mark
from extractor.relate.clauses import PREDICATE
from extractor.relate.context import AMONG
from extractor.relate.draft import BETWEEN_TWO, Draft
from extractor.relate.neighbours import OF, leftwards, limiting_clause
from extractor.tables.relations import Cue
from extractor.text import Span

_LEVELS_BEFORE = frozenset(("level it had", "level it had, compared with ahead"))
"""Relations of what the same thing was at the time that a clause compares with."""
_SAYING = frozenset(("of", "rate", "comma", "reach", "adverb"))
"""Marks between a growth and the level that it led to."""

_RELATIVE = frozenset(("percent", "points"))
_LEADING = frozenset(("reach", "adverb"))
_CLASS = ["percent", OF]
_LIST_OF = frozenset((STOP, "semicolon"))
_CLAUSE_STARTS = frozenset((STOP, "comma", "semicolon", AMONG))


def only_speaks(row: Sequence[Mark], place: int) -> Mark | None:
    """The verb that is all that is said of the text at ``place``: 衛生局今日〔表示〕，…."""
    verb = place + 2 if row[place + 1].kind == PERIOD else place + 1
    alone = [mark.kind for mark in row[verb : verb + 2]] == [PREDICATE, "comma"]
    return row[verb] if alone else None


def ends_subject(row: Sequence[Mark], place: int) -> bool:
    """Whether the subject behind ``place`` begins there, whatever stands ahead.

    A time parts two nouns (統計處公布〔1月〕成交宗數, 甲公司〔上半年〕營業額), or a word leads the
    second one (死因〔以〕癌症最多).
    """
    if row[place].kind == PERIOD:
        return row[place - 1].kind in (TEXT, PREDICATE)
    return [mark.kind for mark in row[place : place + 2]] in (["object", TEXT], ["reach", "age"])


def is_part(row: Sequence[Mark], place: int, subject: Span) -> bool:
    """Whether the text at ``place`` belongs to the ``subject`` behind it, or only opens it
    ahead of its time: 各縣市〔9月〕新車掛牌數."""
    if row[place].end > subject.start:
        return True
    period, head = row[place + 1 : place + 3]
    return period.kind == PERIOD and head.start <= subject.start < head.end


def counts_on(row: Sequence[Mark], places: Iterable[int], draft: Draft, before: Draft) -> bool:
    """Whether a sentence about parts counts what the one before did, or said how that moved:
    當中甲區有12個.

    ``places``: those of the marks that the sentence has ahead.
    """
    compares = before.quantity.kind in _RELATIVE
    alike = compares or draft.quantity.unit_code == before.quantity.unit_code
    counted = alike and draft.quantity.kind == "count"
    return counted and any(row[place].kind == AMONG for place in places)


def share_before(row: Sequence[Mark], places: Iterable[int], draft: Draft) -> int:
    """Where the percentage stands that the sentence has before a change in points; -1 if none."""
    if draft.quantity.kind != "points" or draft.measure != "change":
        return -1
    return next((place for place in places if row[place].kind == "percent"), -1)


def is_spent_on(row: Sequence[Mark], place: int) -> bool:
    """Whether the figure at ``place`` stands between two verbs: 編列3億元興建校舍."""
    around = [mark.kind for mark in row[place - 1 : place + 2]]
    return around[::2] == [PREDICATE, PREDICATE] and row[place].end == row[place + 1].start


def is_behind_growth(row: Sequence[Mark], before: Draft, draft: Draft) -> bool:
    """Whether only a comma and 為 stand between a level and its growth: 跌7.5%，為4萬元."""
    between = [mark.kind for mark in row[before.position + 1 : draft.position]]
    return before.measure == "growth" and "comma" in between and _SAYING.issuperset(between)


def speaks_on(row: Sequence[Mark], draft: Draft) -> bool:
    """Whether a figure of no subject speaks of what the one before measured: a comparison
    or a share does, and the figure of an area or an office: 按地區分析，甲區（500元）."""
    place = draft.position - 1
    if row[place].kind == "lparen":
        place -= 1
    compares = draft.measure in BETWEEN_TWO or draft.measure == "share"
    moved = draft.direction is not None or draft.rule in _LEVELS_BEFORE  # 5月份回落至5.9%
    owned = draft.holder is not None and draft.quantity.kind == "currency"
    owned = owned and row[draft.position - 1].kind != PREDICATE
    return compares or moved or owned or row[place].kind == AREA


def verbs_before(row: Sequence[Mark], start: int) -> Span | None:
    """The verbs right before a figure that have no other name in the sentence: 造林6萬畝."""
    first = start
    while first and row[first - 1].kind == PREDICATE:
        first -= 1
    return Span(row[first].start, row[start - 1].end) if first < start else None


def criterion(row: Sequence[Mark], draft: Draft) -> int | None:
    """Where the bound stands that things were counted by, for what is told of each in brackets:
    產值〔超10億元〕的縣有2個，依次為甲縣（20億元）、…."""
    if row[draft.position - 1].kind != "lparen":
        return None
    for place in leftwards(row, draft.position - 2, _LIST_OF):
        alike = row[place].kind == draft.quantity.kind
        if alike and row[place + 1].kind == OF and limiting_clause(row, place + 2) is not None:
            return place
    return None


def before_class(row: Sequence[Mark], start: int, draft: Draft) -> int:
    """Where the clause begins that only tells by a percentage which of the things are counted:
    其中〔增幅在5%以上的有〕3個; ``start`` where none does."""
    at = start - 1
    while at > 0 and row[at].kind in _LEADING:
        at -= 1
    if draft.quantity.kind != "count" or [one.kind for one in row[at - 1 : at + 1]] != _CLASS:
        return start
    while at > 0 and row[at - 1].kind not in _CLAUSE_STARTS:
        at -= 1
    return at


def class_before(
    row: Sequence[Mark], start: int, draft: Draft, named: Mapping[int, Draft]
) -> int | None:
    """Where the figure stands that goes on in the next class: 增幅超5%的有3個，超3%的有〔6個〕."""
    bound = [mark.kind for mark in row[draft.position : draft.position + 2]] == _CLASS
    if not bound and before_class(row, start, draft) == start:
        return None
    for place in leftwards(row, start, frozenset((STOP,))):
        other = named.get(place)
        alike = other is not None and other.quantity.unit_code == draft.quantity.unit_code
        if alike and named[place].measure == draft.measure:
            return place if not bound or row[place + 1].kind == OF else None
    return None


def told_before(
    row: Sequence[Mark], start: int, draft: Draft, named: Mapping[int, Draft]
) -> int | None:
    """Where the figure stands that a share's change is of, or that the next class goes on with."""
    share = share_before(row, leftwards(row, start, _LIST_OF), draft)
    if share in named and named[share].measure == "share":
        return share
    return class_before(row, start, draft, named)


def summed_up(row: Sequence[Mark], draft: Draft, named: Mapping[int, Draft]) -> list[int]:
    """Positions of the figures that this one sums up, in the sentence, of several names."""
    cue = row[draft.position - 1].value
    if not (isinstance(cue, Cue) and cue.whole):
        return []
    alike = (draft.quantity.kind, "number")
    places = [
        at
        for at in leftwards(row, draft.position, frozenset((STOP,)))
        if at in named and named[at].quantity.kind in alike
    ]
    names = {named[at].indicator for at in places}
    return sorted(places) if len(names) == len(places) else []
