"""Which words name what a figure measures: beside it, across its clause, or inherited."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from extractor.marks import FIGURES, PERIOD, STOP, TEXT, Mark
from extractor.matchers.policy_marks import PolicyMark
from extractor.relate.cascade import Found
from extractor.relate.clauses import PREDICATE
from extractor.relate.draft import BETWEEN_TWO, Draft
from extractor.relate.holders import Holders, Organisations, tell_part
from extractor.relate.neighbours import is_object, leftwards, limits_class
from extractor.relate.phrases import NounPhrases
from extractor.relate.subjects import (
    counts_on,
    criterion,
    ends_subject,
    is_behind_growth,
    is_part,
    is_spent_on,
    only_speaks,
    speaks_on,
    summed_up,
    told_before,
    verbs_before,
)
from extractor.relate.tabular import Cell
from extractor.tables.relations import Cue
from extractor.text import Span

_REACH = 8
"""How many characters may stand between an amount and the policy that it is for."""

_SENTENCE = frozenset((STOP,))
_CLAUSE = _SENTENCE | frozenset(
    (*FIGURES, PREDICATE, "comma", "semicolon", "rparen", "enum", "colon", "because")
)
_FIGURES = frozenset(FIGURES)
_CLOSES = _SENTENCE | {"semicolon"}
_CLAUSE_OF_FIGURES = _CLAUSE - _FIGURES
_OWN_CLAUSE = _SENTENCE | frozenset(("comma", "semicolon", "colon"))
_THINGS = frozenset(("count", "currency", "dimension"))
_COUNTED = frozenset(("count", "currency"))
_GROUNDS = frozenset(("because", "copula", "record", "above", "below", "compare"))
"""What stands to the right of one of these is no subject: 因新車遞延, 為歷年同月新高, 優於同業."""
_AGAINST = frozenset(("and", "compare", "comma", "semicolon"))
"""Marks that open what something is compared with, or stand ahead of it."""
_HEADLESS = (["of", "reach"], ["of", "share"], ["of", "distribute"])
"""What stands behind a clause whose noun is left out."""


class Namer:
    """Names the figures of one release, in text order."""

    def __init__(
        self,
        row: Sequence[Mark],
        phrases: NounPhrases,
        text: str,
        organisations: Organisations,
        policies: Sequence[PolicyMark] = (),
    ) -> None:
        """``organisations``: how the names of those end that a number may belong to.
        ``policies``: what money may be for."""
        self._row = row
        self._phrases = phrases
        self._text = text
        self._organisations = organisations
        self._holders = Holders(row, phrases, text, organisations)
        self.cells: Mapping[int, Cell] = {}
        """What tables say of the figures in their cells, by where those start."""
        self._last: Draft | None = None
        self._named: dict[int, Draft] = {}
        """The figures named so far, by their positions."""
        self._mentions = sorted(span for policy in policies for span in policy.mentions)

    def name(self, draft: Draft, found: Found | None) -> None:
        """Fill in indicator, holder and event of the next figure."""
        before = self._last
        if not limits_class(self._row, draft.position):
            self._last = self._named[draft.position] = draft
        groups = found.groups if found else {}
        if "event" in groups:
            first, last = groups["event"]
            draft.event = Span(self._row[first].start, self._row[last - 1].end)
            draft.note("event", "rule")
        start = min(found.start, draft.position) if found else draft.position
        self._holders.tell(draft, groups.get("holder"), before)
        told = groups.get("indicator")
        if told is not None and (phrase := self._grouped(draft, told)):
            draft.indicator = phrase
            draft.note("indicator", "rule")
            return
        draft.indicator = self._sized(draft, start)
        if draft.indicator is not None:
            draft.note("indicator", "clause")
        else:
            draft.indicator = self._beside(draft, start)
        if draft.indicator is None:
            draft.indicator = self._across(start)
            draft.note("indicator", "clause")
        if draft.quantity.start in self.cells:
            self._label(draft, before)
            return
        self._take_part(draft, start)
        self._holders.take_owner(draft)
        if draft.indicator is not None and draft.indicator == draft.holder:
            tell_part(draft)
        named = draft.indicator
        verb = named is not None and self._phrases.is_verb(named)
        ahead = verb and named is not None and named.start < draft.quantity.start
        # 失竊（145宗）: what has its number in brackets is a name, verb or not.
        ahead = ahead and self._row[draft.position - 1].kind != "lparen"
        if ahead and not is_object(self._row, start - 1, start):
            # 受理案件82萬件，審結76萬件: of what, the clause before says.
            draft.indicator = None
        if draft.indicator is None or self._phrases.allots(self._row, draft.position):
            draft.indicator = self._purpose(draft) or draft.indicator
            draft.note("indicator", "policy")
        if draft.indicator is None:
            self._inherit(draft, start, before)
        if draft.indicator is None or (named is not None and self._is_apart(draft, before)):
            draft.indicator, draft.shared_head = named or verbs_before(self._row, start), None
            draft.note("indicator", "verb")

    def _grouped(self, draft: Draft, group: tuple[int, int]) -> Span | None:
        """What the relation has for its name, without what is told of those that a share is of."""
        behind = draft.measure == "share" and group[0] > draft.position
        name = self._phrases.things if behind else self._phrases.inside
        return name(self._row, group)

    def _take_part(self, draft: Draft, start: int) -> None:
        """Leave the whole out of what a share, or a change of one, is of: 女性〔在管理層中〕."""
        portion = draft.measure == "change" and self._row[start - 1].kind == "portion"
        if draft.indicator is None or not (draft.measure == "share" or portion):
            return
        part = self._phrases.part(draft.indicator)
        if part != draft.indicator:
            draft.indicator = part
            draft.note("indicator", "clause")

    def _label(self, draft: Draft, before: Draft | None) -> None:
        """Put the label of the row before the name of the column: 製造業〔就業人數〕; a column of
        growth alone is of the column before it, a column of a time is of the label."""
        if draft.rule == "quantity":
            draft.rule = "cell of a table"
        cell = self.cells[draft.quantity.start]
        beside = self.cells.get(before.quantity.start) if before else None
        label = cell.label if cell.label and not self._phrases.is_sum(cell.label) else None
        compares = draft.measure in BETWEEN_TWO or draft.measure == "share" or cell.heading is None
        if draft.indicator is None and not compares:
            draft.indicator = cell.heading
        if draft.indicator is None and before and beside and beside.row == cell.row:
            draft.indicator, draft.shared_head = before.indicator, before.shared_head
        elif label is not None:
            draft.indicator, draft.shared_head = label, draft.indicator
        draft.note("indicator", "list")

    def _purpose(self, draft: Draft) -> Span | None:
        """The policy named right after an amount of money (預留5億元推行「X」計劃), else what is
        done with the money: 投入3億元興建〔分館〕."""
        end = draft.quantity.end
        place = bisect_left(self._mentions, (end,))
        if draft.quantity.kind != "currency":
            return None
        mention = self._mentions[place] if place < len(self._mentions) else None
        ended = self._row[draft.position + 1].kind in _CLOSES
        if mention is not None and not ended and mention.start - end <= _REACH:
            return mention
        at = draft.position
        return self._phrases.after(self._row, at + 1) if is_spent_on(self._row, at) else None

    def _beside(self, draft: Draft, start: int) -> Span | None:
        left = self._phrases.before(self._row, start)
        draft.consider("indicator", "before", left)
        if draft.measure in BETWEEN_TWO and not self._adds(draft, left):
            return left
        right = self._phrases.after(self._row, draft.position)
        draft.consider("indicator", "after", right)
        if draft.quantity.noun and (left is None or self._phrases.is_verb(left)):
            # 5萬〔民眾〕搭乘
            return Span(draft.quantity.unit_start, draft.quantity.unit_end)
        if draft.measure in BETWEEN_TWO:
            return right or left
        if left is None or right is None:
            return left or right
        if self._phrases.is_doing(right):
            return left  # 吸引觀眾9,206人次〔入場〕
        if draft.quantity.kind == "currency":
            # 專項資金15億元 names the money before it, 省財政切塊15億元專項資金 behind it.
            return left if self._phrases.is_measure(left) else right
        return left if draft.quantity.kind == "percent" else right

    def _sized(self, draft: Draft, start: int) -> Span | None:
        """The size before the verb of counted things: 建屋量將超過19萬個單位."""
        if draft.quantity.kind != "count" or self._phrases.ranking(self._row, draft.position):
            return None
        phrase = None
        for place in leftwards(self._row, start, _CLAUSE_OF_FIGURES):
            if place in self._named:
                other = self._named[place]
                same = other.quantity.unit_code == draft.quantity.unit_code
                phrase = other.indicator if same else None
                break
            if self._row[place].kind == TEXT and self._row[place - 1].kind not in _FIGURES:
                phrase = self._phrases.before(self._row, place + 1)
                break
        return phrase if phrase and self._phrases.is_size(phrase) else None

    def _adds(self, draft: Draft, left: Span | None) -> bool:
        """Whether so many things come or go, named behind their number: 醫院增加500名護士."""
        counted = draft.measure == "change" and draft.quantity.kind in _THINGS
        return counted and (
            left is None or self._text.endswith(self._organisations.subjects, *left)
        )

    def _across(self, start: int) -> Span | None:
        """The nearest noun phrase to the left in the same clause, past cues and periods."""
        for place in leftwards(self._row, start, _CLAUSE):
            if self._row[place].kind == TEXT:
                named = self._phrases.before(self._row, place + 1)
                verb = self._row[place - 1]
                headless = [mark.kind for mark in self._row[place + 1 : place + 3]] in _HEADLESS
                if named and headless and verb.kind == PREDICATE and verb.end == named.start:
                    return Span(verb.start, named.end)  # 〔修讀〕學位課程的有3,420名
                return named
        return None

    def _inherit(self, draft: Draft, start: int, before: Draft | None) -> None:
        """What the sentence spoke of last: the figure before, else the subject of a clause.

        A clause of reasons or of records lends its words only where nothing else is left; a
        bracket that is closed lends none, nor does what is compared with.
        """
        draft.confidence = 0.7
        draft.note("confidence", "inherited")
        parts = summed_up(self._row, draft, self._named)
        if len(parts) > 1:
            draft.indicator = self._ahead(parts[0])
            draft.note("indicator", "subject")
            return
        told = told_before(self._row, start, draft, self._named)
        if told is not None:
            self._follow(draft, start, told)
            return
        subject: Span | None = None
        passed: Span | None = None
        topic: Span | None = None
        whole: Span | None = None
        closed, compared = 0, False
        for place in leftwards(self._row, start, _SENTENCE):
            mark = self._row[place]
            closed = max(closed + (mark.kind == "rparen") - (mark.kind == "lparen"), 0)
            compared = mark.kind == "compared" or (compared and mark.kind not in _AGAINST)
            if closed or compared:
                continue
            if place in self._named:
                self._follow(draft, start, place)
                return
            if mark.kind == TEXT and not self._is_passed(place, subject):
                phrase = self._phrases.before(self._row, place + 1)
                topic = topic or (None if phrase else self._phrases.topic(mark))
                if phrase and draft.measure == "share":
                    among, phrase = phrase, self._phrases.part(phrase)
                    whole = whole or (None if phrase else self._phrases.without_among(among))
                subject = phrase if phrase and phrase != draft.holder else subject
            elif mark.kind in _GROUNDS:
                passed, subject = passed or subject, None
            elif (topic and mark.kind in _CLOSES) or (
                subject and (mark.kind in _OWN_CLAUSE or ends_subject(self._row, place))
            ):
                break  # 大學3所；新生〔部分〕，增加2人
        # 在受訪者當中，七成滿意: of those who are the whole, where nothing else is spoken of.
        subject = self._without_agent(subject, start) or whole
        draft.indicator = subject
        draft.note("indicator", "subject")
        ahead = leftwards(self._row, draft.position, _SENTENCE)
        if (
            (subject or topic) is None
            and before
            and (speaks_on(self._row, draft) or counts_on(self._row, ahead, draft, before))
        ):
            draft.indicator, draft.shared_head = before.indicator, before.shared_head
            draft.note("indicator", "figure", of=before)
        elif subject is None:
            draft.indicator = passed or topic
            draft.confidence = 0.5
            draft.note("confidence", "unnamed")

    def _follow(self, draft: Draft, start: int, place: int) -> None:
        """Measure what the figure at ``place`` does, or what it ranks the things by."""
        limit = criterion(self._row, draft)
        if limit is not None:
            draft.indicator = self._phrases.before(self._row, limit)
            draft.note("indicator", "subject")
            return
        ranking = self._phrases.ranking(self._row, place)
        if ranking and self._named[place].quantity.unit != draft.quantity.unit:
            draft.indicator = ranking
            draft.note("indicator", "subject")
            return
        same = self._of_same_unit(draft, self._named[place])
        if same is None and self._is_done(draft, start):
            return
        other = same or self._named[place]
        draft.indicator, draft.shared_head = other.indicator, other.shared_head
        draft.note("indicator", "figure", of=other)
        if draft.holder is None and draft.measure in BETWEEN_TWO:
            draft.holder = other.holder
            draft.note("holder", "figure", of=other)

    def _is_done(self, draft: Draft, start: int) -> bool:
        """Whether a verb counts others than the sentence did before: 案件5宗，升2%，〔拘捕〕7人."""
        verb = self._row[max(start - 1, 0)]
        if draft.quantity.kind != "count" or verb.kind != PREDICATE:
            return False
        if isinstance(verb.value, Cue) and verb.value.linking:
            return False
        before = (self._named.get(at) for at in leftwards(self._row, start, _SENTENCE))
        last = next((one for one in before if one and one.quantity.kind in _COUNTED), None)
        if last is None:
            return False
        ahead = self._row[last.position - 1]  # 約談36人，〔羈押〕3人: each is named by its verb.
        alike = ahead.kind == PREDICATE and last.indicator == Span(ahead.start, ahead.end)
        return alike or last.quantity.unit_code != draft.quantity.unit_code

    def _is_passed(self, place: int, subject: Span | None) -> bool:
        """Whether the text at ``place`` only belongs to the subject, or only says who speaks."""
        if subject is not None:
            return is_part(self._row, place, subject)
        verb = only_speaks(self._row, place)
        if verb is None:
            return False
        name = self._row[place]
        office = self._text.endswith(self._organisations.offices, name.start, name.end)
        return office or self._phrases.is_said(verb)

    def _of_same_unit(self, draft: Draft, nearest: Draft) -> Draft | None:
        """The figure of the sentence that things of this unit were last counted by, for a level
        that follows one of another: 竊盜30件、財損5萬元，今年〔竊盜〕28件、財損4萬元; for a change
        of them behind another unit: 出生720人，出生率4.1‰，較上月〔出生〕減少15人.

        ``nearest``: the figure before it; one that has a new name right beside it names both:
        去程6列、80箱；回程5列、〔回程〕70箱; 甲款8億元，乙款跌2%，〔乙款〕降至3億元.
        """
        other_unit = nearest.quantity.unit_code != draft.quantity.unit_code
        rated = draft.measure == "change" and other_unit
        idle = draft.quantity.kind not in _THINGS or is_behind_growth(self._row, nearest, draft)
        if idle or (draft.measure in BETWEEN_TWO and not rated):
            return None
        # A verb of its own counts something else, unless another time is told: 核定24件、核撥5萬元.
        dated = rated or self._row[draft.position - 1].kind != PREDICATE
        told = self._is_listed_behind(draft) or (not rated and nearest.measure in BETWEEN_TWO)
        for at in leftwards(self._row, draft.position, _SENTENCE):
            dated = dated or self._row[at].kind == PERIOD
            other = self._named.get(at)
            if other is not None and other.quantity.unit_code == draft.quantity.unit_code:
                named = nearest.indicator if told else None
                anew = named is not None and named.start > other.quantity.start
                return other if dated and not anew else None
        return None

    def _is_listed_behind(self, draft: Draft) -> bool:
        """Whether a figure stands in a list right behind another: 5列、70箱."""
        joint, before = self._row[draft.position - 1], self._row[draft.position - 2]
        return joint.kind == "enum" and before.kind in _FIGURES

    def _without_agent(self, subject: Span | None, start: int) -> Span | None:
        """No office that did what a verb counts: 醫院自去年投用以來，累計〔服務〕13萬人次."""
        verb = start > 0 and self._row[start - 1].kind == PREDICATE
        office = subject and self._text.endswith(self._organisations.offices, *subject)
        return None if verb and office else subject

    def _ahead(self, part: int) -> Span | None:
        """The subject ahead of the first of the parts of a sum, which no part is named by."""
        named = self._named[part].indicator
        for place in leftwards(self._row, part, _SENTENCE):
            mark = self._row[place]
            if mark.kind == TEXT and (named is None or mark.end <= named.start):
                return self._phrases.before(self._row, place + 1)
        return None

    def _is_apart(self, draft: Draft, before: Draft | None) -> bool:
        """Whether a verb names a figure of its own: 接報火災75起，死亡〔受傷〕12人 are no fires."""
        if before is None or draft.quantity.kind != before.quantity.kind:
            return False
        inherited = draft.indicator
        verbs = inherited is not None and self._phrases.is_verb(inherited)
        return verbs or draft.quantity.unit != before.quantity.unit
