"""The figures of a list, and the things listed before them that they are handed out to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extractor.marks import AREA, FIGURES, PERIOD, STOP, TEXT, Mark
from extractor.relate.compared import DISTRIBUTE
from extractor.relate.draft import Draft
from extractor.relate.neighbours import AND, ENUM, FARTHEST, OF
from extractor.relate.phrases import NounPhrases
from extractor.tables.relations import Cue
from extractor.text import Span

Item = tuple[int, ...]
"""Positions of the marks that one listed thing is written with."""

HEAD = frozenset((TEXT, OF, "predicate"))
"""Marks that what a list says once behind its last bracket is made of: 入境的旅客."""
KINDS = (TEXT, AREA, PERIOD)
COUNTED = frozenset(FIGURES) - {"duration"}
_COMPARED = frozenset(("growth", "change", "difference", "share", "multiple"))
LIST_STARTS = frozenset(("semicolon", "both", STOP))
LIST_ENDS = LIST_STARTS | {"comma"}

_FIGURES = frozenset(FIGURES)
_JOINTS = frozenset((AND, ENUM))


def items_before(
    row: Sequence[Mark], place: int, count: int, phrases: NounPhrases
) -> list[Item] | None:
    """The things listed to the left of the cue at ``place``, if there are ``count`` of them."""
    named = row[place].kind in _FIGURES and row[place - 1].kind == TEXT  # 改造〔小區〕5個、90戶
    starts = LIST_ENDS if named else LIST_STARTS
    for end in range(place - 1, max(place - FARTHEST, 0) - 1, -1):
        if row[end].kind in starts or (row[end].kind in COUNTED and not is_aside(row, end)):
            return None
        if row[end].kind in KINDS:
            items = counted(list_ending(row, end), row, count, phrases)
            if len(items) == count:
                return items
            if len(items) > 1:
                return None
    return None


def counted(items: list[Item], row: Sequence[Mark], count: int, phrases: NounPhrases) -> list[Item]:
    """The items, ``count`` of them where one of the words between them can be read as part of
    some: 醫藥、紙張〔及〕印刷和食品〔及〕飲料 are three."""
    surplus = len(items) - count
    joints = [row[item[0] - 1] for item in items[1:]]
    written = [
        phrases.written(joint) if joint.kind == AND and item[-1] == after[0] - 2 else None
        for item, after, joint in zip(items, items[1:], joints, strict=False)
    ]
    fitting = {
        word: joint.value.outer
        for word, joint in zip(written, joints, strict=True)
        if word and written.count(word) == surplus
    }
    if surplus < 1 or not fitting:
        return items
    inner = min(fitting, key=lambda word: fitting[word])
    joined = items[:1]
    for item, word in zip(items[1:], written, strict=True):
        if word == inner:
            joined[-1] = tuple(range(joined[-1][0], item[-1] + 1))
        else:
            joined.append(item)
    return joined


def list_ending(row: Sequence[Mark], end: int) -> list[Item]:
    """The listed items up to ``end``; what stands in brackets after an item is passed over."""
    items = [_item_ending(row, end)]
    while True:
        joint = items[0][0] - 1
        if joint < 1 or row[joint].kind not in (ENUM, AND):
            return items
        end = joint - 1
        while end > 0 and row[end].kind == "rparen":
            while end > 0 and row[end].kind != "lparen":
                end -= 1
            end -= 1
        if end < 0 or row[end].kind not in KINDS:
            return items
        items.insert(0, _item_ending(row, end))


def bracketed_items(row: Sequence[Mark], end: int) -> list[Item]:
    """The listed items up to ``end`` where each has its bracket: 甲及乙業（5人）與丙業（3人）."""
    items: list[Item] = []
    while end > 0 and row[end].kind == "rparen":
        while end > 0 and row[end].kind != "lparen":
            end -= 1
        first = end
        while first > 0 and row[first - 1].kind in (*KINDS, OF, AND, ENUM):
            first -= 1
        joined = first < end and row[first].kind in (AND, ENUM)
        items.insert(0, tuple(range(first + joined, end)))
        end = first - 1 if joined else 0
    return items


def whole(row: Sequence[Mark], item: Item) -> Mark:
    """One mark over all marks of a listed item."""
    first, last = row[item[0]], row[item[-1]]
    return first if len(item) == 1 else Mark(TEXT, first.start, last.end)


def after_list(row: Sequence[Mark], place: int) -> bool:
    """Whether the sentence lists anything before ``place``: 兩條線路的準點率分別… does not."""
    for earlier in range(place - 1, max(place - FARTHEST, 0) - 1, -1):
        if row[earlier].kind in LIST_STARTS:
            return False
        if row[earlier].kind in (AND, ENUM):
            return True
    return False


def _item_ending(row: Sequence[Mark], end: int) -> Item:
    """The mark at ``end`` with what 的 ties to it on its left."""
    first = end
    while first >= 2 and row[first - 1].kind == OF and row[first - 2].kind in (TEXT, AREA):
        first -= 2
    return tuple(range(first, end + 1))


def is_aside(row: Sequence[Mark], place: int) -> bool:
    """Whether the figure stands in brackets of its own."""
    after = place + 1 < len(row) and row[place + 1].kind == "rparen"
    return after and row[place - 1].kind == "lparen"


def figures_of(row: Sequence[Mark], place: int) -> list[int]:
    """The listed figures that the mark at ``place`` hands out or that begin with it."""
    if row[place].kind in _FIGURES:
        return _silent_list(row, place)
    return _figures_after(row, place) if row[place].kind == DISTRIBUTE else []


def _silent_list(row: Sequence[Mark], place: int) -> list[int]:
    """Positions of figures listed from ``place`` on that no cue hands out: 甲率、乙率達95%和92%."""
    if place and row[place - 1].kind in _JOINTS:
        return []
    last = place
    while (
        last + 2 < len(row)
        and row[last + 1].kind in _JOINTS
        and row[last + 2].kind == row[place].kind
        and row[last + 2].value.unit_code == row[place].value.unit_code
    ):
        last += 2
    if last == place:
        return []
    clause = place
    while clause > max(place - FARTHEST, 0) and row[clause - 1].kind not in LIST_ENDS:
        clause -= 1
        if row[clause].kind == DISTRIBUTE:
            return []
    return [*range(place, last + 1, 2)]


def _figures_after(row: Sequence[Mark], place: int) -> list[int]:
    """Positions of the listed figures that follow, up to the end of their clause."""
    figures: list[int] = []
    for position in range(place + 1, len(row)):
        mark = row[position]
        if mark.kind in _FIGURES and not figures and row[position - 1].kind == "lparen":
            continue  # 分別高於全國（5.4%）、全省（5.2%）0.1和0.3個百分點
        if mark.kind in _FIGURES:
            figures.append(position)
        elif mark.kind in LIST_ENDS or (figures and not _goes_on(mark)):
            break
    return figures


def _goes_on(mark: Mark) -> bool:
    """Whether a list of figures may go on behind the mark: 增長5%和〔下降〕1%."""
    turns = isinstance(mark.value, Cue) and mark.value.direction is not None
    return turns or mark.kind in _JOINTS


def spoken_of(
    row: Sequence[Mark], start: int, place: int, count: int, by_position: Mapping[int, Draft]
) -> list[int]:
    """The last levels of so many names, ahead of a word that goes back to them, at most one
    sentence away: 甲8億元，增長5%；乙6億元，增長2%。〔兩者〕分別佔…; none without such a word."""
    both = next((at for at in range(place - 1, start - 1, -1) if row[at].kind == "both"), None)
    names: dict[tuple[Span | None, Span | None], int] = {}
    stops = 0
    for at in range(both - 1, max(both - FARTHEST, 0) - 1, -1) if both is not None else ():
        stops += row[at].kind == STOP != row[at + 1].kind
        if stops > 1 or (row[at].kind == STOP and row[at].value is True):
            break
        draft = by_position.get(at)
        if draft is not None and draft.indicator and draft.measure not in _COMPARED:
            names.setdefault((draft.indicator, draft.shared_head), at)
        if len(names) == count:
            return sorted(names.values())
    return []
