"""The derivation of all records of one release, sentence by sentence."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, cast

from extractor.explanation.derived import derived
from extractor.explanation.figures import FigureReader, words
from extractor.explanation.model import (
    Explanation,
    MarkedWords,
    RecordExplanation,
    SentenceExplanation,
    TurnedDown,
)
from extractor.explanation.places import Place
from extractor.explanation.policies import PolicyReader
from extractor.explanation.stages import Stages
from extractor.explanation.wording import reason
from extractor.marks import AREA, ELSEWHERE, FIGURES, PERIOD, STOP, TEXT, Mark
from extractor.matchers.areas import Area
from extractor.matchers.periods import Period
from extractor.matchers.quantities import Quantity
from extractor.relate.cascade import Found, compared
from extractor.ruleset import Ruleset
from extractor.text import SourceText, Span

_HELD = (PERIOD, AREA)
"""Kinds of marks that figures inherit."""
_COMPARED = ("reference", "benchmark")
"""Kinds of phrases that say what a figure is compared with."""

_Key = tuple[str, int, int]
"""Kind, start and end of a mark."""


def explain(
    stages: Stages,
    ruleset: Ruleset,
    holding: Mapping[int, Sequence[Found]],
    places: Mapping[tuple[str, str], Place],
) -> Explanation:
    """Put what each stage made of a release, and noted, in order.

    ``holding``: every relation that holds of a figure, by its position in the row of marks.
    ``places``: where each rule stands, by its table and name.
    """
    figures = FigureReader(stages, holding, places)
    policies = PolicyReader(stages, ruleset, places)
    records = [figures.read(draft) for draft in stages.drafts]
    records += [policies.read(mark) for mark in stages.policies.policies]
    records += derived(stages.document.records)
    records.sort(key=lambda one: (one.start, one.end))
    turned_down = [*_rejects(stages), *_unmarked(stages), *_passed_over(stages)]
    turned_down.sort(key=lambda one: (one.start, one.end))
    phrases = {_key(mark): phrase.name for mark, phrase in stages.related.folded}
    sentences = [
        _sentence(stages, span, records, turned_down, phrases) for span in stages.source.sentences
    ]
    return Explanation(
        release=stages.document.release,
        sentences=tuple(one for one in sentences if one.records or one.turned_down),
    )


def _sentence(
    stages: Stages,
    span: Span,
    records: Sequence[RecordExplanation],
    turned_down: Sequence[TurnedDown],
    phrases: Mapping[_Key, str],
) -> SentenceExplanation:
    row = stages.related.row
    inside = row[_index(row, span.start) : _index(row, span.end)]
    shown = words(stages.source, *span)
    return SentenceExplanation(
        quote=shown.quote,
        start=shown.start,
        end=shown.end,
        marks=tuple(_marked(stages.source, mark, phrases) for mark in inside if mark.kind != STOP),
        records=tuple(one for one in records if shown.start <= one.start < shown.end),
        turned_down=tuple(one for one in turned_down if shown.start <= one.start < shown.end),
    )


def _index(row: Sequence[Mark], place: int) -> int:
    return bisect_left(row, place, key=lambda mark: mark.start)


def _key(mark: Mark) -> _Key:
    return mark.kind, mark.start, mark.end


def _marked(source: SourceText, mark: Mark, phrases: Mapping[_Key, str]) -> MarkedWords:
    shown = words(source, mark.start, mark.end)
    phrase = phrases.get(_key(mark))
    parts = mark.value if phrase is not None else ()
    return MarkedWords(
        quote=shown.quote,
        start=shown.start,
        end=shown.end,
        kind=mark.kind,
        phrase=phrase,
        parts=tuple(_marked(source, part, phrases) for part in parts),
    )


def _rejects(stages: Stages) -> Iterator[TurnedDown]:
    for one in stages.rejects:
        yield TurnedDown(
            quote=one.quote,
            start=one.start,
            end=one.end,
            kind=one.kind,
            reason=one.reason,
            because=reason(one.reason),
        )


def _unmarked(stages: Stages) -> Iterator[TurnedDown]:
    """What is found but does not reach the relation rules."""
    for quantity in stages.quantities:
        if quantity.kind not in FIGURES:
            yield _turned_down(stages, "quantity", quantity, quantity.kind)
    standing = {one.start for one in stages.standing}
    marks = {(one.kind, one.start) for one in stages.marks}
    for period in stages.periods:
        if period.start not in standing:
            yield _turned_down(stages, PERIOD, period, "in_name")
        elif (PERIOD, period.start) not in marks:
            yield _turned_down(stages, PERIOD, period, "in_quantity")
    for area in stages.areas:
        if not {(AREA, area.start), (ELSEWHERE, area.start)} & marks:
            yield _turned_down(stages, AREA, area, "in_name" if area.in_name else "in_quantity")


def _passed_over(stages: Stages) -> Iterator[TurnedDown]:
    """The periods and areas that the relation rules see and no figure inherits."""
    related = stages.related
    for place, part in sorted(compared(related.relations).items()):
        reason = "compared" if part == "reference" else "taken"
        yield from _held(stages, related.row[place], reason)
    for place, passed_over in related.passed_over.items():
        yield from _held(stages, related.row[place], passed_over)
    for mark, phrase in related.folded:
        for part in mark.value:
            yield from _held(stages, part, "compared" if phrase.kind in _COMPARED else "in_phrase")
    for mark in stages.marks:
        if mark.kind in (AREA, ELSEWHERE) and _is_text(related.row, mark):
            yield _turned_down(stages, AREA, mark, "in_phrase")


def _held(stages: Stages, mark: Mark, name: str) -> Iterator[TurnedDown]:
    if mark.kind in _HELD:
        yield _turned_down(stages, mark.kind, mark, name)


def _is_text(row: Sequence[Mark], mark: Mark) -> bool:
    """Whether an area has become part of the words around it: 香港旅客."""
    around = row[bisect_right(row, mark.start, key=lambda one: one.start) - 1]
    return around.kind == TEXT and mark.end <= around.end


def _turned_down(
    stages: Stages, kind: str, found: Area | Mark | Period | Quantity, name: str
) -> TurnedDown:
    shown = words(stages.source, found.start, found.end)
    return TurnedDown(
        quote=shown.quote,
        start=shown.start,
        end=shown.end,
        kind=cast("Literal['quantity', 'period', 'area']", kind),
        reason=name,
        because=reason(name),
    )
