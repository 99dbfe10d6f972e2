"""Second thoughts on the names of figures, once each of them has one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extractor.marks import AREA, KIND, STOP, TEXT, Mark
from extractor.relate.compared import DISTRIBUTE
from extractor.relate.draft import Draft
from extractor.relate.neighbours import AND, ENUM, OF
from extractor.relate.phrases import NounPhrases
from extractor.text import Span

FORMER = "former"
LATTER = "latter"
_JOINTS = frozenset((AND, ENUM))
_ITEMS = frozenset((TEXT, AREA))
_ENDS = frozenset((STOP, "semicolon", TEXT, FORMER, LATTER))


def tell_former(drafts: Sequence[Draft], row: Sequence[Mark]) -> None:
    """Name what 前者 and 後者 go back to, in place: the last two things named in the sentence."""
    if not {FORMER, LATTER}.intersection(map(KIND, row)):
        return
    by_position = {draft.position: draft for draft in drafts}
    named: list[Draft] = []
    pair: list[Draft] = []
    for place, mark in enumerate(row):
        if mark.kind == STOP:
            named, pair = [], []
        elif place in by_position:
            named.append(by_position[place])
        elif mark.kind in (FORMER, LATTER):
            pair = pair or _last_two(named)
            if pair:
                _go_back(place + 1, pair[mark.kind == LATTER], row, by_position)


def _last_two(named: Sequence[Draft]) -> list[Draft]:
    """The last two figures of different names, in the order of the text; empty if none are."""
    for first, second in zip(reversed(named[:-1]), reversed(named), strict=False):
        if (first.indicator, first.shared_head) != (second.indicator, second.shared_head):
            return [first, second]
    return []


def _go_back(place: int, meant: Draft, row: Sequence[Mark], by_position: dict[int, Draft]) -> None:
    while row[place].kind not in _ENDS:
        draft = by_position.get(place)
        if draft is not None:
            draft.indicator, draft.shared_head = meant.indicator, meant.shared_head
            draft.note("indicator", "figure", of=meant)
        place += 1


def leave_policies(
    drafts: Sequence[Draft], row: Sequence[Mark], mentions: Iterable[Span], phrases: NounPhrases
) -> None:
    """Take the policy off the name of what it has, in place: 「X計劃」的〔參加者〕."""
    ends = dict(mentions)
    for draft in drafts:
        named = draft.indicator
        if named is None or named.start not in ends:
            continue
        of = next((one for one in row if one.kind == OF and one.start == ends[named.start]), None)
        if of is not None and of.end < named.end:
            draft.indicator = phrases.trimmed(of.end, named.end)
            draft.note("indicator", "clause")


def share_fronts(drafts: Sequence[Draft], row: Sequence[Mark], phrases: NounPhrases) -> None:
    """Put what a list says once ahead of its first thing before the others, in place:
    對東盟、〔對〕非洲出口."""
    if DISTRIBUTE not in map(KIND, row):
        return
    fronts: dict[int, Span] = {}
    for place, mark in enumerate(row):
        if mark.kind != DISTRIBUTE:
            continue
        end = place - 1 if row[place - 1].kind == "adverb" else place
        if end > 2 and row[end - 2].kind == OF:
            end -= 2  # 對東盟及非洲〔的出口〕分別…
        first = end - 1
        while first > 1 and row[first - 1].kind in _JOINTS and row[first - 2].kind in _ITEMS:
            first -= 2
        front = phrases.front(row[first]) if first < end - 1 else None
        if front is not None:
            others = row[first + 2 : end : 2]
            fronts |= {one.start: front for one in others if not phrases.front(one)}
    for draft in drafts:
        if draft.indicator is not None and draft.indicator.start in fronts:
            draft.shared_front = fronts[draft.indicator.start]
