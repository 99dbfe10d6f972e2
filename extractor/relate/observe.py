"""From marks to observations: each figure with what the text says it measures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

from extractor.grids import Grid
from extractor.lexicon import Lexicon
from extractor.marks import AREA, ELSEWHERE, FIGURES, START, STOP, TEXT, Mark, Rejected
from extractor.matchers.periods import Period
from extractor.matchers.policy_marks import PolicyMark
from extractor.relate import bases, sequence, settle
from extractor.relate.cascade import Cascade, Found, compared
from extractor.relate.clauses import MeasureNouns
from extractor.relate.context import REFERENCE, Context, PassedOver
from extractor.relate.distribution import distribute
from extractor.relate.draft import Draft, Source
from extractor.relate.edges import Edges, any_of
from extractor.relate.foremost import name_foremost
from extractor.relate.groups import tell_groups
from extractor.relate.holders import Organisations
from extractor.relate.naming import Namer
from extractor.relate.neighbours import FARTHEST
from extractor.relate.phrases import NounPhrases
from extractor.relate.renaming import leave_policies, share_fronts, tell_former
from extractor.relate.tabular import Tables
from extractor.relate.words import Words
from extractor.ruleset import Ruleset
from extractor.tables.relations import (
    Cue,
    Facility,
    MeasureNoun,
    Organisation,
    Phrase,
    PlainHeading,
    ReferenceBasis,
    Settlement,
    VerbNoun,
)
from extractor.text import SourceText
from extractor.tokens import Tokenizer

_OVER_TIME = frozenset(("growth", "change", "multiple"))
NAME = "name"
"""A policy's name: no cue is looked for inside it."""

INDEX = "number of an index"
"""The rule of a number without a unit that stands behind the name of an index."""

AMOUNT = "amount without its unit"
"""The rule of a number of millions without a unit behind the name of a measure."""

_FIGURES = frozenset(FIGURES)
_SENTENCE = frozenset((STOP,))
_CLAUSE = frozenset((STOP, "comma", "semicolon"))
_LEVEL_ENDS = frozenset((STOP, "semicolon", "rparen"))


class Related(NamedTuple):
    """What came of the marks of a release, and what an explanation is made of."""

    drafts: list[Draft]
    """One per figure in text order."""
    rejected: list[Rejected]
    """The relations that had to be turned down."""
    row: list[Mark]
    """The marks that the relation rules saw, phrases folded."""
    relations: dict[int, Found]
    """The rule that holds of a figure, by its position in the row."""
    folded: list[tuple[Mark, Phrase]]
    """With ``explain``, the phrases put together."""
    passed_over: dict[int, PassedOver]
    """With ``explain``, positions of periods and areas that no figure inherits."""


class Relater:
    """Finds what every figure of a release measures; compiled once, then reusable."""

    def __init__(self, ruleset: Ruleset) -> None:
        self._lexicon = Lexicon(ruleset)
        self._cascade = Cascade(ruleset, self._lexicon)
        self._edges = Edges(ruleset)
        self._bases = ruleset.entries(ReferenceBasis)
        nouns = ruleset.entries(MeasureNoun)
        names = tuple(str(word) for entry in nouns if entry.names for word in entry.words)
        given = ruleset.entries(Organisation)
        forming = ruleset.entries(VerbNoun)
        self._nouns = MeasureNouns(
            names=frozenset(names),
            endings=names,
            openings=tuple(name for name in names if len(name) > 1),
            money=tuple(str(word) for entry in nouns if entry.money for word in entry.words),
            deeds=tuple(str(word) for entry in nouns if entry.deed for word in entry.words),
            totals=tuple(str(word) for entry in nouns if entry.total for word in entry.words),
            trades=tuple(str(word) for one in given if one.trade for word in one.endings),
            behind=tuple(word for one in forming for word in one.behind),
            before=tuple(word for one in forming for word in one.before),
            treasuries=tuple(str(word) for one in given if one.treasury for word in one.endings),
            facilities=tuple(str(word) for one in ruleset.entries(Facility) for word in one.words),
        )
        self._organisations = Organisations(
            offices=tuple(
                word for one in given if not (one.subject or one.field) for word in one.endings
            ),
            subjects=tuple(word for one in given if not one.field for word in one.endings),
            fields=tuple(word for one in given if one.field for word in one.endings),
            goods=frozenset(word for one in given if one.subject for word in one.endings),
            any_subject=any_of(word for one in given if not one.field for word in one.endings),
        )
        self._settlements = tuple(
            word for one in ruleset.entries(Settlement) for word in one.endings
        )
        self._plain_headings = frozenset(
            word for entry in ruleset.entries(PlainHeading) for word in entry.words
        )
        self._tokenizer = Tokenizer(guess=False)

    def relate(
        self,
        source: SourceText,
        found: Sequence[Mark],
        grids: Sequence[Grid],
        *,
        reporting: Period | None = None,
        today: dt.date | None = None,
        policies: Sequence[PolicyMark] = (),
        explain: bool = False,
    ) -> Related:
        """What every figure measures.

        ``found`` are the numbers, periods and areas of the release, as marks; ``grids`` its tables,
        as lines and cells; ``reporting`` is
        the period of figures that state none; what lies after ``today`` is a target;
        ``policies`` may be what money is for, and define terms in sentences without a time.
        With ``explain`` each step says where what it settles comes from.
        """
        names = [Mark(NAME, *span) for policy in policies for span in policy.mentions]
        masked = _masked(source.text, [*found, *names])
        tables = Tables(source.text, grids, self._plain_headings, self._edges.is_sum)
        stating = sequence.sentences_with_figures(source, found, tables)
        cues = self._lexicon.scan(masked, stating)
        words = Words(masked, stating, self._tokenizer, [*found, *names])
        row = sequence.build(source, stating, found, cues, words, self._nouns, tables)
        folded: list[tuple[Mark, Phrase]] | None = [] if explain else None
        row = self._cascade.fold(row, folded)
        relations = self._cascade.relations(row)
        phrases = NounPhrases(source, words, self._edges)
        namer = Namer(row, phrases, source.text, self._organisations, policies)
        namer.cells = tables.cells
        defined = {
            place
            for policy in policies
            for one in policy.definitions
            for place in range(one.start, one.end)
        }
        context = Context(row, compared(relations), reporting, today, phrases.opens_with_verb)
        context.passed_over = {} if explain else None
        drafts: list[Draft] = []
        for position, mark in enumerate(row):
            if mark.kind in _FIGURES:
                context.advance(position)
                draft = Draft(mark.value, position, notes=[] if explain else None)
                relation = relations.get(position)
                if relation is not None and not settle.fits(relation, draft, row):
                    relation = None
                    del relations[position]
                settle.place(draft, row, relation, context)
                if relation is not None:
                    settle.start_as_before(draft, row, relation, drafts)
                if mark.start in defined:
                    draft.period = None
                    draft.note("period", "definition")
                cell = tables.cells.get(mark.start)
                settle.measure(draft, row, relation, context)
                if relation is None and cell is not None and cell.growth:
                    settle.grow(draft, row[position - 1])
                if draft.quantity.kind == "currency":
                    context.allotted = draft.measure != "target"
                if draft.measure == "level" and relation is None and context.among is not None:
                    settle.measure_as_part(draft, context.among, drafts)
                if relation is not None and relation.rule.same and drafts:
                    settle.measure_alike(draft, drafts[-1])
                if position in relations or draft.measure == "growth":
                    self._compare(draft, source, row, relations, context, drafts)
                namer.name(draft, relation)
                settle.share_alike(draft, row, drafts, phrases)
                settle.level_of_rate(draft, phrases)
                drafts.append(draft)
        areas = {mark.start: mark for mark in found if mark.kind in (AREA, ELSEWHERE)}
        refer = partial(self._refer, source.text, how="list")
        rejected = distribute(drafts, row, phrases, areas, refer)
        name_foremost(drafts, row, source, self._settlements)
        tell_former(drafts, row)
        share_fronts(drafts, row, phrases)
        leave_policies(
            drafts, row, (one for policy in policies for one in policy.mentions), phrases
        )
        tell_groups(drafts, row, phrases)
        _tell_numbers(drafts, row, phrases)
        return Related(drafts, rejected, row, relations, folded or [], context.passed_over or {})

    def holding(self, row: Sequence[Mark]) -> dict[int, list[Found]]:
        """Every rule that holds of each figure of a folded row; the first is the one it has."""
        return self._cascade.holding(row)

    def _compare(
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
                self._refer(source.text, draft, inner, how="rule")
            aimed_at = settle.is_move_aimed_at(draft, row, found)
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
            self._refer(source.text, draft, [level], how="sentence")
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
            self._refer(source.text, draft, mark.value, how="sentence" if nearest else "paragraph")

    def _refer(self, text: str, draft: Draft, marks: Sequence[Mark], *, how: Source) -> None:
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


def _tell_numbers(drafts: Sequence[Draft], row: Sequence[Mark], phrases: NounPhrases) -> None:
    """Give the numbers without a unit that measure something a rule that says so, in place."""
    for draft in drafts:
        if settle.is_index(draft, row, phrases):
            draft.rule = INDEX
        elif (named := settle.amount(draft, row, phrases)) is not None:
            draft.rule, draft.indicator, draft.shared_head = AMOUNT, named, None
            draft.note("indicator", "before")


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
    """The compared draft of the same measure that the paragraph has before this one."""
    return _last_like(row, draft, before, paragraph=True)


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


def _masked(text: str, found: Sequence[Mark]) -> str:
    """The text with what is read already blanked out, so that no cue reaches into it."""
    pieces: list[str] = []
    at = 0
    for mark in sorted(found, key=START):
        if mark.start >= at:
            pieces += (text[at : mark.start], "\0" * (mark.end - mark.start))
            at = mark.end
    return "".join((*pieces, text[at:]))
