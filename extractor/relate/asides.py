"""Figures in brackets behind the things of a list: 甲業（5萬人）及乙業（2萬人）的就業人數."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extractor.marks import TEXT, Mark
from extractor.relate.draft import Draft
from extractor.relate.lists import HEAD, LIST_ENDS, Item, bracketed_items, whole
from extractor.relate.neighbours import OF
from extractor.relate.phrases import NounPhrases
from extractor.text import Span

_NEAR = 6
"""How many marks may stand between a name and its figure."""


def name_asides(
    row: Sequence[Mark],
    listed: Sequence[Item],
    drafts: Sequence[Draft],
    by_position: Mapping[int, Draft],
    phrases: NounPhrases,
) -> None:
    """The level in the bracket of an item is of what the list measures, if the head fits it:
    甲業（5萬人）及乙業（2萬人）的就業人數分別上升…."""
    for item, draft in zip(listed, drafts, strict=True):
        aside = _aside_of(row, item, by_position)
        head = draft.shared_head or draft.indicator
        if aside and head and phrases.fits(head, row[aside.position].kind):
            aside.indicator, aside.shared_head = draft.indicator, draft.shared_head
            aside.area = draft.area
            aside.take_over(("indicator", "area"), "aside", draft)


def name_bracketed(
    row: Sequence[Mark], place: int, by_position: Mapping[int, Draft], phrases: NounPhrases
) -> None:
    """The same of a list with nothing to hand out: 甲業（48.6）及乙業（53.9）的指數均高於50."""
    start = place + 1
    while start < len(row) - 2 and row[start + 1].kind in HEAD:
        start += 1
    tied = row[place + 1].kind in (OF, TEXT) and row[start].kind == TEXT
    named = tied and phrases.trimmed(row[start].start, row[start].end)
    items = bracketed_items(row, place) if named else []
    head = Span(row[place + 1].start, row[start].end)
    if len(items) == 1:
        items = items if items[0] and row[place + 1].kind == OF else []
        for item in items:
            _name_behind(row, start, item, head, by_position, phrases)
    for item in items:
        aside = _aside_of(row, item, by_position)
        if aside and phrases.fits(head, row[aside.position].kind):
            span = whole(row, item)
            aside.indicator, aside.shared_head = phrases.trimmed(span.start, span.end), head
            aside.note("indicator", "list")


def _name_behind(
    row: Sequence[Mark],
    last: int,
    item: Item,
    head: Span,
    by_position: Mapping[int, Draft],
    phrases: NounPhrases,
) -> None:
    """A bracket stands inside the name of the figure behind it: 產自歐盟（4億元）〔的貨值〕增2%.

    ``last``: where the head ends in the row.
    """
    for position in range(last + 1, min(last + _NEAR, len(row))):
        if row[position].kind in LIST_ENDS:
            return
        draft = by_position.get(position)
        if draft is not None:
            if draft.indicator == phrases.trimmed(*head) and draft.shared_head is None:
                span = whole(row, item)
                draft.indicator, draft.shared_head = phrases.trimmed(span.start, span.end), head
                draft.note("indicator", "list")
            return


def _aside_of(row: Sequence[Mark], item: Item, by_position: Mapping[int, Draft]) -> Draft | None:
    """The figure that stands in brackets right behind an item."""
    # Behind a bracket that nothing opens stands an item of no words.
    bracketed = item and item[-1] + 1 < len(row) and row[item[-1] + 1].kind == "lparen"
    return by_position.get(item[-1] + 2) if bracketed else None
