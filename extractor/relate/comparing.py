"""What figures are compared with: their basis, and the words that name the reference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extractor.marks import AREA, STOP, TEXT, Mark
from extractor.relate import bases, sequence
from extractor.relate.cascade import Found
from extractor.relate.context import REFERENCE, Context
from extractor.relate.draft import Draft, Source
from extractor.relate.neighbours import FARTHEST
from extractor.relate.settle import is_move_aimed_at
from extractor.tables.relations import Cue, ReferenceBasis
from extractor.text import SourceText

_OVER_TIME = frozenset(("growth", "change", "multiple"))
_SENTENCE = frozenset((STOP,))
_CLAUSE = frozenset((STOP, "comma", "semicolon"))
_LEVEL_ENDS = frozenset((STOP, "semicolon", "rparen"))


class Comparisons:
    """Tells what the figures of a release are compared with; made once from the rules."""

    def __init__(self, references: Sequence[ReferenceBasis]) -> None:
        """``references``: which words and marks settle the basis, the first first."""
        self._bases = references

    def settle(
        self,
        draft: Draft,
        source: SourceText,
        row: Sequence[Mark],
        relations: Mapping[int, Found],
        context: Context,
        before: Sequence[Draft],
    ) -> None:
        """Basis and reference: of the relation, else of the clause, of the level that the thing
        had, of the growth before in the sentence, of the sentence, of the list."""
        found, figure = relations.get(draft.position), row[draft.position]
        if found is not None and not (found.rule.same and draft.basis):
            draft.basis = found.rule.basis or bases.own_basis(found.marks(row, "cue"), figure)
            draft.note("basis", "rule")
            if inner := found.marks(row, "reference"):
                self.refer(source.text, draft, inner, how="rule")
            aimed_at = is_move_aimed_at(draft, row, found)
            if found.rule.measure not in _OVER_TIME and not aimed_at:
                return
        if draft.basis or draft.reference:
            return
        mark = _nearest_comparison(row, draft.position, _CLAUSE)
        if mark is None and draft.measure in ("target", "multiple"):
            # A forecast or a multiple is compared only where its own clause says so.
            return
        level = _level_it_had(row, draft, relations) if mark is None else None
        if level is not None:
            self.refer(source.text, draft, [level], how="sentence")
            return
        nearest = mark or _nearest_comparison(row, draft.position, _SENTENCE)
        nearest = nearest or _bracketed_comparison(row, draft.position, relations)
        like = _like_before(row, draft, before)
        if like is not None and (nearest is None or _is_older(nearest, draft, like, row, before)):
            draft.basis, draft.reference = like.basis, like.reference
            draft.take_over(("basis", "reference"), "figure", like)
            return
        mark = nearest or context.comparison
        if mark is None:
            relative = draft.measure == "growth" or row[draft.position].kind == "points"
            relative = relative or _follows_its_level(row, draft, before)
            like = _like_in_paragraph(row, draft, before) if relative else None
            if like is not None:
                draft.basis = like.basis
                draft.note("basis", "paragraph", of=like)
            return
        if isinstance(mark.value, Cue):
            draft.basis = bases.in_step(mark.value.basis, draft.period)
            draft.note("basis", "cue", by=mark)
        else:
            self.refer(source.text, draft, mark.value, how="sentence" if nearest else "paragraph")

    def refer(self, text: str, draft: Draft, marks: Sequence[Mark], *, how: Source) -> None:
        """Take ``marks`` for what a figure is compared with, which ``how`` says the place of."""
        inner = [mark for mark in sequence.flat(marks) if mark.kind not in ("compare", "compared")]
        if inner[0].kind == "and":
            inner = inner[1:]
        draft.reference = bases.stated(text, inner)
        draft.note("reference", how)
        other = bases.period_in(inner)
        if other is not None and draft.period is not None:
            draft.basis = bases.basis_between(draft.period, other)
            draft.note("basis", "periods")
        if draft.basis is None:
            draft.basis = bases.basis_of(text[slice(*draft.reference)], inner, self._bases)
            if draft.basis is None and draft.measure in _OVER_TIME:
                draft.basis = bases.basis_of_time(text, inner, self._bases)
            draft.note("basis", "words")


def _nearest_comparison(
    row: Sequence[Mark], position: int, barriers: frozenset[str]
) -> Mark | None:
    """The basis or reference that governs a figure: nearest to its left."""
    for place in range(position - 1, max(position - FARTHEST, 0) - 1, -1):
        mark = row[place]
        if mark.kind in barriers:
            return None
        if mark.kind == REFERENCE or (isinstance(mark.value, Cue) and mark.value.basis):
            return mark
    return None


def _bracketed_comparison(
    row: Sequence[Mark], position: int, relations: Mapping[int, Found]
) -> Mark | None:
    """The time that a comparison ahead names beside its level: 與首季銷售額（5億元）比較，…."""
    for place in range(position - 1, max(position - FARTHEST, 0) - 1, -1):
        if row[place].kind in _SENTENCE:
            return None
        if row[place].kind == "compared" and row[place - 1].kind == "rparen":
            found = relations.get(place - 2)
            then = found.marks(row, "then") if found is not None else ()
            return Mark(REFERENCE, then[0].start, then[0].end, tuple(then)) if then else None
    return None


def _level_it_had(row: Sequence[Mark], draft: Draft, relations: Mapping[int, Found]) -> Mark | None:
    """The time of the level that the clauses before started from, for a growth that names no
    subject of its own: 由去年同期284件，攀升至337件，增幅18.7%; or that they compare with, for any:
    與去年同期的284件相比，宗數增加5%."""
    inside, named = True, False
    for place in range(draft.position - 1, max(draft.position - FARTHEST, 0) - 1, -1):
        kind = row[place].kind
        if kind in _LEVEL_ENDS:
            return None
        named = named or (inside and kind in (TEXT, AREA))
        inside = inside and kind not in ("comma", "enum")
        found = relations.get(place)
        if found is not None and (then := found.marks(row, "then")):
            ahead = row[found.end - 1].kind == "compared"
            return then[0] if found.rule.measure == "level" and (ahead or not named) else None
    return None


def _is_older(
    comparison: Mark, draft: Draft, like: Draft, row: Sequence[Mark], before: Sequence[Draft]
) -> bool:
    """Whether a growth is compared as the one ``like`` it, not by a later comparison: that one
    stands ahead of it, or is of a rate in points: 同比增6%，比上季快2個百分點，利潤增4%."""
    if comparison.start < row[like.position].start:
        return True
    led = next((one for one in before if row[one.position].start > comparison.start), None)
    return led is not None and draft.measure == "growth" and row[led.position].kind == "points"


def _like_before(row: Sequence[Mark], draft: Draft, before: Sequence[Draft]) -> Draft | None:
    """The compared draft of the same measure that the sentence has before this one."""
    return _last_like(row, draft, before, paragraph=False)


def _like_in_paragraph(row: Sequence[Mark], draft: Draft, before: Sequence[Draft]) -> Draft | None:
    """The compared draft of the same measure that the paragraph has before this one; of two of
    the same thing that against the year before: 出口同比增長9%，環比下降1%。民企增長10%."""
    last = _last_like(row, draft, before, paragraph=True)
    if last is None or last.basis == "yoy":
        return last
    twin = next((one for one in reversed(before) if one.position < last.position), last)
    alike = (twin.measure, twin.indicator) == (last.measure, last.indicator)
    return twin if alike and twin.basis == "yoy" else last


def _follows_its_level(row: Sequence[Mark], draft: Draft, before: Sequence[Draft]) -> bool:
    """Whether a bare change stands behind the level it led to: 會議有308項，增加9項."""
    last = before[-1] if before else None
    if last is None or draft.rule != "change" or last.measure != "level":
        return False
    between = [mark.kind for mark in row[last.position + 1 : draft.position]]
    return between[:1] == ["comma"] and last.quantity.unit == draft.quantity.unit


def _last_like(
    row: Sequence[Mark], draft: Draft, before: Sequence[Draft], *, paragraph: bool
) -> Draft | None:
    index = len(before) - 1
    for place in range(draft.position - 1, max(draft.position - FARTHEST, 0) - 1, -1):
        mark = row[place]
        if mark.kind == STOP and (mark.value is True or not paragraph):
            return None
        if index >= 0 and before[index].position == place:
            other = before[index]
            same = other.measure == draft.measure
            points = row[draft.position].kind == "points" and other.measure == "growth"
            if (same or points) and other.basis:
                return other
            index -= 1
    return None
