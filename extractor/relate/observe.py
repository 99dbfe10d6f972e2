"""From marks to observations: each figure with what the text says it measures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from extractor.grids import Grid
from extractor.lexicon import Lexicon
from extractor.marks import AREA, ELSEWHERE, FIGURES, START, Mark, Rejected
from extractor.matchers.periods import Period
from extractor.matchers.policy_marks import PolicyMark
from extractor.relate import sequence, settle
from extractor.relate.cascade import Cascade, Found, compared
from extractor.relate.clauses import MeasureNouns
from extractor.relate.comparing import Comparisons
from extractor.relate.context import Context, PassedOver
from extractor.relate.distribution import distribute
from extractor.relate.draft import Draft
from extractor.relate.edges import Edges, any_of
from extractor.relate.foremost import name_foremost
from extractor.relate.groups import tell_groups
from extractor.relate.holders import Organisations
from extractor.relate.naming import Namer
from extractor.relate.phrases import NounPhrases
from extractor.relate.renaming import leave_policies, share_fronts, tell_former
from extractor.relate.tabular import Cell, Tables
from extractor.relate.words import Words
from extractor.ruleset import Ruleset
from extractor.tables.relations import (
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

NAME = "name"
"""A policy's name: no cue is looked for inside it."""

INDEX = "number of an index"
"""The rule of a number without a unit that stands behind the name of an index."""

AMOUNT = "amount without its unit"
"""The rule of a number of millions without a unit behind the name of a measure."""

_FIGURES = frozenset(FIGURES)


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


class _Reading(NamedTuple):
    """One release with its marks, as the figures in it are settled."""

    source: SourceText
    row: Sequence[Mark]
    relations: dict[int, Found]
    """By the positions of their figures."""
    cells: Mapping[int, Cell]
    """What tables say of the figures in their cells, by where those start."""
    defined: Collection[int]
    """Places in the text at which terms are defined."""


class Relater:
    """Finds what every figure of a release measures; compiled once, then reusable."""

    def __init__(self, ruleset: Ruleset) -> None:
        self._lexicon = Lexicon(ruleset)
        self._cascade = Cascade(ruleset, self._lexicon)
        self._edges = Edges(ruleset)
        self._comparisons = Comparisons(ruleset.entries(ReferenceBasis))
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
        reading = _Reading(source, row, relations, tables.cells, defined)
        drafts: list[Draft] = []
        for position in (at for at, mark in enumerate(row) if mark.kind in _FIGURES):
            draft = Draft(row[position].value, position, notes=[] if explain else None)
            self._settle(draft, reading, context, drafts)
            namer.name(draft, relations.get(position))
            settle.share_alike(draft, row, drafts, phrases)
            settle.level_of_rate(draft, phrases)
            drafts.append(draft)
        areas = {mark.start: mark for mark in found if mark.kind in (AREA, ELSEWHERE)}
        refer = partial(self._comparisons.refer, source.text, how="list")
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

    def _settle(
        self, draft: Draft, reading: _Reading, context: Context, drafts: Sequence[Draft]
    ) -> None:
        """What the words around a figure say of it, its name aside; ``drafts``: those before it.

        A relation that does not fit the number holds no longer.
        """
        source, row, relations, cells, defined = reading
        position, start = draft.position, row[draft.position].start
        context.advance(position)
        relation = relations.get(position)
        if relation is not None and not settle.fits(relation, draft, row):
            relation = None
            del relations[position]
        settle.place(draft, row, relation, context)
        if relation is not None:
            settle.start_as_before(draft, row, relation, drafts)
        if start in defined:
            draft.period = None
            draft.note("period", "definition")
        settle.measure(draft, row, relation, context)
        if relation is None and start in cells and cells[start].growth:
            settle.grow(draft, row[position - 1])
        if draft.quantity.kind == "currency":
            context.allotted = draft.measure != "target"
        if draft.measure == "level" and relation is None and context.among is not None:
            settle.measure_as_part(draft, context.among, drafts)
        if relation is not None and relation.rule.same and drafts:
            settle.measure_alike(draft, drafts[-1])
        if relation is not None or draft.measure == "growth":
            self._comparisons.settle(draft, source, row, relations, context, drafts)

    def holding(self, row: Sequence[Mark]) -> dict[int, list[Found]]:
        """Every rule that holds of each figure of a folded row; the first is the one it has."""
        return self._cascade.holding(row)


def _tell_numbers(drafts: Sequence[Draft], row: Sequence[Mark], phrases: NounPhrases) -> None:
    """Give the numbers without a unit that measure something a rule that says so, in place."""
    for draft in drafts:
        if settle.is_index(draft, row, phrases):
            draft.rule = INDEX
        elif (named := settle.amount(draft, row, phrases)) is not None:
            draft.rule, draft.indicator, draft.shared_head = AMOUNT, named, None
            draft.note("indicator", "before")


def _masked(text: str, found: Sequence[Mark]) -> str:
    """The text with what is read already blanked out, so that no cue reaches into it."""
    pieces: list[str] = []
    at = 0
    for mark in sorted(found, key=START):
        if mark.start >= at:
            pieces += (text[at : mark.start], "\0" * (mark.end - mark.start))
            at = mark.end
    return "".join((*pieces, text[at:]))
