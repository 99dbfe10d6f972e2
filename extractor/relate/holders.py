"""Whose a figure is: the organisation that owns, spends or makes what is counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extractor.marks import PERIOD, STOP, TEXT, Mark
from extractor.relate.clauses import PREDICATE
from extractor.relate.draft import BETWEEN_TWO, Draft
from extractor.relate.neighbours import is_object, leftwards
from extractor.relate.phrases import NounPhrases
from extractor.text import Span

_SENTENCE = frozenset((STOP,))
_CLAUSE = _SENTENCE | frozenset(("comma", "semicolon", "colon", "rparen"))
_CLOSING = frozenset("」”’』》")
_VERBAL = frozenset((PREDICATE, "target", "adverb", "new", "cumulative"))
_JOINTS = frozenset(("and", "enum"))
_JOINED = _JOINTS | {TEXT, "of"}


class Organisations(NamedTuple):
    """How names end: of public bodies and firms, and of whatever stands before a verb."""

    offices: tuple[str, ...]
    subjects: tuple[str, ...]
    fields: tuple[str, ...]
    """How lines of business end, which are no firms."""
    goods: frozenset[str]
    """Endings that are no firm's name by themselves: 汽車."""
    any_subject: re.Pattern[str]
    """Any of the endings of bodies and firms, wherever it stands."""


class Holders:
    """Tells whose the figures of one release are."""

    def __init__(
        self,
        row: Sequence[Mark],
        phrases: NounPhrases,
        text: str,
        organisations: Organisations,
    ) -> None:
        self._row = row
        self._phrases = phrases
        self._text = text
        self._organisations = organisations

    def take_owner(self, draft: Draft) -> None:
        """Tell whose a measure of firms is from its name: 〔甲銀行〕貸款利率."""
        if draft.indicator is None or not self._may_hold(*draft.indicator):
            return
        offices = self._organisations.offices
        owned = self._phrases.owned(draft.indicator, offices) or self._phrases.acted(
            draft.indicator, offices
        )
        if not owned or self._text.endswith(self._organisations.fields, *owned[0]):
            return
        if draft.holder not in (None, owned[0]):
            return
        draft.holder, draft.indicator = owned
        draft.note("holder", "clause")
        draft.note("indicator", "clause")

    def tell(self, draft: Draft, group: tuple[int, int] | None, before: Draft | None) -> None:
        """Whose figure it is: as the relation says, else by its clause, else as one beside it."""
        if group is not None:
            draft.holder = self._phrases.inside(self._row, group)
            draft.note("holder", "rule")
        elif draft.measure not in BETWEEN_TWO:
            draft.holder = self._holder(draft.position)
            if draft.holder is not None:
                draft.note("holder", "clause")
        coordinate = self._row[draft.position - 1].kind == "and"
        if coordinate and draft.timeless and draft.holder is None and before and before.timeless:
            draft.holder = before.holder
            draft.note("holder", "figure", of=before)

    def _holder(self, position: int) -> Span | None:
        """The organisation that is the subject of the figure's own clause."""
        spent = self._row[position].kind == "currency" and self._row[position - 1].kind == PREDICATE
        clause = [*leftwards(self._row, position, _CLAUSE)]
        for place in leftwards(self._row, position, _SENTENCE) if spent else clause:
            mark = self._row[place]
            if mark.kind != TEXT or not self._may_hold(mark.start, mark.end):
                continue
            if not (is_object(self._row, place, position) or self._is_listed(place, position)):
                verb = self._row[place + 1].kind in _VERBAL
                endings = self._organisations.subjects if verb else self._organisations.offices
                # 本集團 is no part of the name of a measure, but it is whose the measure is.
                named = self._phrases.trimmed(mark.start, mark.end) or Span(mark.start, mark.end)
                field = not verb and self._text.endswith(self._organisations.fields, *named)
                field = field or self._text[named.start : named.end] in self._organisations.goods
                last = named.end - (self._text[named.end - 1] in _CLOSING)  # 「外商銀行」
                if self._text.endswith(endings, named.start, last) and not field:
                    found = self._phrases.before(self._row, place + 1) or named
                    # 連日在國際機場截獲3人: where it was is no holder.
                    return found if self._phrases.part(found) == found else None
        return self._firm(clause)

    def _may_hold(self, start: int, end: int) -> bool:
        """Whether anything in ``text[start:end]`` could be the end of a body's or a firm's name."""
        return self._organisations.any_subject.search(self._text, start, end) is not None

    def _is_listed(self, place: int, position: int) -> bool:
        """Whether a name is one of those listed that the figure counts: 醫院和診所320家."""
        listed = self._row[place + 1].kind in _JOINTS
        return listed and all(one.kind in _JOINED for one in self._row[place + 1 : position])

    def _firm(self, clause: Sequence[int]) -> Span | None:
        """Who stands ahead of the time of a measure that firms report: 海灣電〔第2季〕營收."""
        for place in clause:
            if self._row[place + 1].kind != PERIOD or self._row[place].kind != TEXT:
                continue
            name, period, measure = self._row[place : place + 3]
            if name.end == period.start and period.end == measure.start:
                field = self._text.endswith(self._organisations.fields, name.start, name.end)
                field = field or self._phrases.opens_with_verb(name)
                if self._phrases.is_of_firm(measure) and not field:
                    return self._phrases.before(self._row, place + 1)
        return None


def tell_part(draft: Draft) -> None:
    """Tell 經濟部194億元, whose money it is, from 醫療機構6812個, which are counted."""
    if draft.quantity.kind == "currency":
        draft.indicator = None
    else:
        draft.holder = None
        draft.note("holder", "nothing")
