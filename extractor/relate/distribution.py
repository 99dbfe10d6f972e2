"""Lists with 分別: as many figures as things listed before them, handed out in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from extractor.marks import AREA, FIGURES, STOP, TEXT, Mark, Rejected
from extractor.relate.asides import name_asides, name_bracketed
from extractor.relate.clauses import ABROAD, PREDICATE
from extractor.relate.compared import DISTRIBUTE, Refer, hand_out_compared
from extractor.relate.draft import Draft
from extractor.relate.lists import (
    COUNTED,
    HEAD,
    KINDS,
    LIST_ENDS,
    LIST_STARTS,
    Item,
    after_list,
    bracketed_items,
    counted,
    figures_of,
    is_aside,
    items_before,
    list_ending,
    spoken_of,
    whole,
)
from extractor.relate.neighbours import AND, FARTHEST, OF
from extractor.relate.phrases import NounPhrases
from extractor.relate.runs import hand_out_run
from extractor.text import Span


class Places(NamedTuple):
    """Areas listed, and what is said once of all of them."""

    areas: list[Mark]
    head: Span
    measured: bool
    """Whether the head is measured in them; else they are part of its name: 甲地、乙地旅客."""


class Interrupted(NamedTuple):
    """A list and what stands behind the bracket of its last item."""

    items: list[Item]
    head: Span


_UNSAID = "quantity"
"""The rule of a figure of which no relation holds."""
_MOVED = frozenset(("growth", "change"))
_OF_LEVELS = frozenset(("growth", "share"))
_RELATIVE = frozenset(("percent", "fraction", "multiple"))
_HOW = frozenset(("rate", "reach", "adverb", "basis", "rise", "fall", "reference", "to", "place"))
_HEEDED = frozenset((*FIGURES, DISTRIBUTE, "rparen", STOP))
_SENTENCE_ENDS = frozenset((STOP, "semicolon"))
_COMPARING = frozenset(("basis", "reference", "comma", "adverb"))
"""Marks of a clause that says only what is compared with."""
_HEAD_ENDS = LIST_ENDS | {*FIGURES, TEXT}


def distribute(
    drafts: Sequence[Draft],
    row: Sequence[Mark],
    phrases: NounPhrases,
    areas: Mapping[int, Mark],
    refer: Refer,
) -> list[Rejected]:
    """Give each figure of a distributed list its own item, in place.

    ``areas``: those of the text by where they start, also those that open a noun phrase.
    ``refer``: notes what a draft is compared with.
    Where the counts differ nothing is handed out: the figures keep no indicator, and the
    list is reported as rejected with the reason ``unequal_distribution``.
    """
    by_position = {draft.position: draft for draft in drafts}
    rejected: list[Rejected] = []
    items: list[Item] = []
    behind: Span | None = None
    for place, mark in enumerate(row):
        if mark.kind not in _HEEDED:
            continue
        if mark.kind == STOP:
            items, behind = [], None
            continue
        if mark.kind == "rparen":
            name_bracketed(row, place, by_position, phrases)
            continue
        figures = figures_of(row, place)
        if len(figures) < 2 or hand_out_compared(row, place, figures, by_position, refer):
            continue
        again = mark.kind == DISTRIBUTE
        interrupted = _summed_up(row, place, by_position, len(figures), phrases) or _interrupted(
            row, place, len(figures)
        )
        if interrupted:
            listed = interrupted.items
        else:
            listed = items_before(row, place, len(figures), phrases) or []
            if not listed and _as_before(row, place, figures, by_position):
                continue
            repeats = not listed and (again or _names_nothing(row, place))
            behind = behind if repeats and items else None
            if repeats:
                listed = items or _items_beyond(row, place, len(figures), phrases)
        if len(listed) != len(figures):
            _continue_list(figures, by_position)
            handed = again and hand_out_run(row, place, figures, by_position)
            if again and not handed and after_list(row, place):
                rejected.append(_unequal(row, figures, by_position))
            continue
        items = listed
        drafted = [by_position[position] for position in figures]
        behind = _said_after(row, place, figures[0], phrases) or behind
        apart = interrupted.head if interrupted else behind
        places = _places(row, listed, apart, phrases, areas)
        if places:
            _hand_out_places(places, drafted)
        else:
            _hand_out_items(row, listed, drafted, apart, phrases)
        name_asides(row, listed, drafted, by_position, phrases)
    return rejected


def _names_nothing(row: Sequence[Mark], place: int) -> bool:
    """Whether the clause of a list says only how things moved: …分別有3宗及4宗，跌幅為2%及6%."""
    at = place - 1
    while row[at].kind in _HOW:
        at -= 1
    return at < place - 1 and row[at].kind == "comma"


def _items_beyond(row: Sequence[Mark], place: int, count: int, phrases: NounPhrases) -> list[Item]:
    """The things listed ahead of a figure that all of them share: 甲及乙均升2%，分別有3宗及4宗."""
    for at in range(place - 1, max(place - FARTHEST, 0) - 1, -1):
        if row[at].kind in LIST_STARTS:
            return []
        if row[at].kind in COUNTED:
            return items_before(row, at, count, phrases) or []
    return []


def _unequal(
    row: Sequence[Mark], figures: Sequence[int], by_position: Mapping[int, Draft]
) -> Rejected:
    for position in figures:
        by_position[position].indicator = None
        by_position[position].confidence = 0.3
        by_position[position].note("indicator", "unequal")
        by_position[position].note("confidence", "unequal")
    start, end = row[figures[0]].start, row[figures[-1]].end
    return Rejected(start, end, "relation", "unequal_distribution")


def _hand_out_places(places: Places, drafts: Sequence[Draft]) -> None:
    for area, draft in zip(places.areas, drafts, strict=True):
        _continue(draft, drafts[0])
        if places.measured:
            draft.indicator, draft.shared_head, draft.area = places.head, None, area
        else:
            draft.indicator, draft.area = Span(area.start, area.end), None
            draft.shared_head = places.head
        draft.note("indicator", "list")
        draft.note("area", "list" if places.measured else "release")


def _hand_out_items(
    row: Sequence[Mark],
    listed: Sequence[Item],
    drafts: Sequence[Draft],
    apart: Span | None,
    phrases: NounPhrases,
) -> None:
    """``apart``: the shared head where it stands apart from the last item."""
    head = apart or _head_of(row, listed, phrases)
    fronted = phrases.front(row[listed[0][0]]) is not None
    for item, draft in zip(listed, drafts, strict=True):
        _continue(draft, drafts[0])
        draft.shared_head = None if item == listed[-1] and apart is None else head
        _hand_out(whole(row, item), draft, drafts[0], phrases)
        if fronted and row[item[0]].kind == AREA and len(item) == 1:
            # 對東盟、〔韓國〕和歐盟出口: a partner among others is part of the name.
            draft.indicator, draft.area = Span(row[item[0]].start, row[item[0]].end), None
            draft.note("indicator", "list")
            draft.note("area", "release")
        elif head and row[item[0]].kind == AREA and len(item) == 1:
            # 甲市及乙灣的〔指數〕: beside other things too an area is where the head is measured.
            draft.indicator, draft.shared_head = phrases.trimmed(*head) or head, None
            draft.note("indicator", "list")
        if draft.holder and draft.holder.end > row[listed[0][0]].start:
            draft.holder = None
            draft.note("holder", "list")
    if len(listed) > 2 and drafts[0].indicator:
        drafts[0].indicator = phrases.without_population(drafts[0].indicator)
        drafts[0].note("indicator", "list")


def _said_after(row: Sequence[Mark], place: int, figure: int, phrases: NounPhrases) -> Span | None:
    """The noun between 分別 and the first figure, of all items: 甲、乙分別〔用電〕6億度和4億度."""
    between = row[place + 1 : figure]
    kinds = [mark.kind for mark in between]
    if row[place].kind != DISTRIBUTE or kinds not in ([TEXT], [PREDICATE, TEXT]):
        return None
    return phrases.trimmed(between[-1].start, between[-1].end)


def _continue(draft: Draft, first: Draft) -> None:
    """What one verb says of the first figure of a list holds for the rest, but for a direction
    of their own: 分別增長5%和下降1%."""
    moved = draft.measure == first.measure or {draft.measure, first.measure} <= _MOVED
    if moved and draft.direction and draft.direction != first.direction:
        return
    measure = first.measure
    if measure in _MOVED and draft.quantity.kind != first.quantity.kind:
        # 分別增加88場及12.6%
        measure = "growth" if draft.quantity.kind in _RELATIVE else "change"
    draft.rule, draft.measure, draft.basis = first.rule, measure, first.basis
    draft.direction, draft.reference = first.direction, first.reference
    draft.take_over(("rule", "measure", "direction", "basis", "reference"), "list", first)


def _continue_list(figures: Sequence[int], by_position: Mapping[int, Draft]) -> None:
    """Hand on what is said of the first figure of a list to those of which nothing is said,
    whatever they are of: 相應升幅為2%、3%及4%."""
    first = by_position[figures[0]]
    for position in figures[1:]:
        draft = by_position[position]
        if draft.rule == _UNSAID and draft.quantity.kind == first.quantity.kind:
            _continue(draft, first)


def _places(
    row: Sequence[Mark],
    listed: Sequence[Item],
    apart: Span | None,
    phrases: NounPhrases,
    areas: Mapping[int, Mark],
) -> Places | None:
    """Areas with what is said once behind the last of them: 甲市、乙市、丙市〔的常住人口〕.

    ``apart``: the shared head where it stands apart from the last item.
    """
    if apart and all(row[item[-1]].kind == AREA for item in listed):
        measured = phrases.is_measure(apart)
        head = phrases.trimmed(*apart) if measured else apart
        return Places([row[item[-1]] for item in listed], head or apart, measured)
    *short, last = listed
    opening = row[last[0]]
    area = areas.get(opening.start)
    if area is None or any(len(item) > 1 for item in short):
        return None
    tied = len(last) > 1 and opening.kind == AREA
    start = row[last[1]].end if tied else area.end
    head = phrases.trimmed(start, row[last[-1]].end)
    if head is None:
        return None
    # Whom one counts may come from there (香港、澳門旅客); a measure is of the place.
    bare = not any(phrases.has_origin(row[item[0]]) for item in short)
    origin = not tied and bare and phrases.is_of_origin(Span(area.end, row[last[-1]].end))
    if not origin and any(row[item[0]].kind != AREA for item in short):
        return None
    measured = tied or (phrases.is_measure(head) and not origin)
    places = [_place(row[item[0]], phrases) for item in short]
    return Places([*places, area], head, measured)


def _place(mark: Mark, phrases: NounPhrases) -> Mark:
    """An area as it is, and what is none (東南亞) without the words around its name."""
    named = None if mark.kind == AREA else phrases.trimmed(mark.start, mark.end)
    return Mark(TEXT, *named) if named else mark


def _as_before(
    row: Sequence[Mark], place: int, figures: Sequence[int], by_position: dict[int, Draft]
) -> bool:
    """Hand out the subjects of as many figures stated before: 甲20億噸、乙30萬箱，分別增長….

    Where no cue says so the sentence must have stated just as many, and they must have moved.
    """
    start = place
    while start > max(place - FARTHEST, 0) and row[start - 1].kind not in _SENTENCE_ENDS:
        start -= 1
    silent = row[place].kind != DISTRIBUTE
    if not silent and all(mark.kind in _COMPARING for mark in row[start:place]):
        # …84萬人次及航班5千班次；與去年同月比較，分別上升14%及9%
        start = _clause_before(row, start)
    stated = [at for at in range(start, place) if row[at].kind in COUNTED]
    if silent and (len(stated) != len(figures) or by_position[place].measure not in _OF_LEVELS):
        return False
    bracketed = [at for at in stated if is_aside(row, at)]
    # 甲（93%）及乙（92%）的入住率逾九成，分別上升…
    shared = stated[:-1] == bracketed and len(bracketed) == len(figures)
    earlier = bracketed if shared else stated[-len(figures) :]
    earlier = spoken_of(row, start, place, len(figures), by_position) or earlier
    if len(earlier) != len(figures) or not all(by_position[at].indicator for at in earlier):
        return False
    first = by_position[figures[0]]
    for at, position in zip(earlier, figures, strict=True):
        draft, model = by_position[position], by_position[at]
        _continue(draft, first)
        draft.indicator, draft.shared_head = model.indicator, model.shared_head
        draft.area, draft.holder = model.area, model.holder
        if first.reference is None:
            # 與2023年的48宗及60人比較，分別…: those are of the time compared with.
            draft.period = model.period
            draft.take_over(("period",), "figure", model)
        draft.confidence = 0.8
        draft.note("confidence", "again")
        draft.take_over(("indicator", "area", "holder"), "figure", model)
    return True


def _clause_before(row: Sequence[Mark], start: int) -> int:
    """Where the sentence or clause begins that ends right before ``start`` in its paragraph."""
    while start > 0 and row[start - 1].kind in _SENTENCE_ENDS and row[start - 1].value is not True:
        start -= 1
    while start > 0 and row[start - 1].kind not in _SENTENCE_ENDS:
        start -= 1
    return start


def _interrupted(row: Sequence[Mark], place: int, count: int) -> Interrupted | None:
    """A list whose shared head stands behind a bracket: 甲（768個）及乙（74個）成交金額分別…."""
    end = place - 1
    while end > 0 and row[end].kind not in _HEAD_ENDS:
        end -= 1
    start = end
    while start > 0 and row[start - 1].kind in HEAD:
        start -= 1
    if end < 1 or row[end].kind != TEXT or row[start - 1].kind != "rparen":
        return None
    opening = start - 1
    while opening > 0 and row[opening].kind != "lparen":
        opening -= 1
    if opening < 1 or row[opening - 1].kind not in KINDS:
        return None
    items = list_ending(row, opening - 1)
    if len(items) != count:
        items = bracketed_items(row, start - 1)
    if len(items) != count:
        return None
    return Interrupted(items, Span(row[start].start, row[end].end))


def _summed_up(
    row: Sequence[Mark],
    place: int,
    by_position: Mapping[int, Draft],
    count: int,
    phrases: NounPhrases,
) -> Interrupted | None:
    """A list that its own count sums up before the shared head: 甲、乙、丙三市〔總人口〕分別…."""
    end = place - 1
    if end < 2 or row[end].kind != TEXT or row[end - 1].kind not in COUNTED:
        return None
    items = list_ending(row, end - 2) if row[end - 2].kind in KINDS else []
    items = counted(items, row, count, phrases)
    if len(items) != count or by_position[end - 1].quantity.value != count:
        return None
    start = row[end].start
    return Interrupted(items, Span(start, row[end].end))


def _head_of(row: Sequence[Mark], listed: Sequence[Item], phrases: NounPhrases) -> Span | None:
    """What the list says once, at its end: 甲業及乙業〔的就業人數〕, 城鎮、農村〔居民收入〕."""
    *short, last = listed
    if any(row[place].kind == OF for item in short for place in item):
        return phrases.shared_head([whole(row, item) for item in listed])
    tied = next((place for place in last[1:] if row[place].kind == OF), None)
    if tied is not None:
        return Span(row[tied].start, row[last[-1]].end)
    # 運輸、生活用品及服務價格: what the last item has behind its joint is part of no head.
    joint = max((place for place in last if row[place].kind == AND), default=last[0] - 1)
    items = [whole(row, item) for item in (*short, last[joint + 1 - last[0] :])]
    return phrases.shared_head(items)


def _hand_out(item: Mark, draft: Draft, first: Draft, phrases: NounPhrases) -> None:
    if item.kind == TEXT:
        draft.indicator = phrases.trimmed(item.start, item.end)
        if draft.measure == "share" and draft.indicator:
            draft.indicator = phrases.part(draft.indicator) or draft.indicator
        draft.note("indicator", "list")
        return
    if item.kind == AREA and draft.measure == "share" and item.value.kind in ABROAD:
        # 日本、韓國分別佔12%和8%: the part is who comes from there.
        draft.indicator, draft.area = Span(item.start, item.end), None
        draft.note("indicator", "list")
        draft.note("area", "release")
        return
    draft.indicator = first.indicator
    draft.note("indicator", "figure", of=first)
    if item.kind == AREA:
        draft.area = item
        draft.note("area", "list")
    else:
        draft.period = item.value
        draft.note("period", "list")
