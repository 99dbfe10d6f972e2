"""Noun phrases beside a figure: which words name what is measured, and only those."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.marks import AREA, FIGURES, TEXT, Mark
from extractor.relate.clauses import PREDICATE, QUOTES
from extractor.relate.names import Names
from extractor.relate.neighbours import (
    AGED,
    AND,
    ENUM,
    INSIDE,
    NEW,
    OBJECT,
    OF,
    aged_behind,
    clause_before,
    clause_behind,
    goes_on,
    is_joined,
    is_of_what_is_new,
    is_relative_clause,
    limiting_clause,
    limits_class,
    opens_name,
    touch,
)
from extractor.text import Span
from extractor.tokens import verbs

_CLAUSAL = frozenset((TEXT, AREA, AND, ENUM, PREDICATE))
"""Marks that may stand between a verb and the 的 of its clause."""
_VERBS = frozenset((PREDICATE, "deduct"))
_LISTED = frozenset(("lparen", *FIGURES))
_QUOTED = 20
"""How many characters of a quotation may stand before the verb inside it."""


class NounPhrases(Names):
    """Reads noun phrases out of the marks of one release; spans are matching offsets."""

    def before(self, row: Sequence[Mark], position: int) -> Span | None:
        """The phrase that ends right before ``position``, unless it only sets the scene."""
        if position < 1 or row[position - 1].kind != TEXT:
            return None
        if self._sets_the_scene(row[position - 1]):
            return None
        first = position - 1
        while first > 0 and row[first - 1].kind in INSIDE:
            if row[first - 1].kind == TEXT:
                first -= 1
            elif self._is_of_agent(row, first) or self._is_rate_of_clause(row, first, position):
                first -= 4
            elif (clause := clause_before(row, first)) is not None:
                first = clause
            elif (limits := limiting_clause(row, first)) is not None:
                first = limits
            elif is_joined(row, first) and (
                row[first - 1].kind != NEW
                or self.is_measure(Span(row[first].start, row[position - 1].end))
            ):
                # 水電新增裝機 is measured, 醫院新增床位 are beds.
                first -= 2
            elif is_relative_clause(row, first) or is_of_what_is_new(row, first):
                first -= 3
            else:
                break
        return self._with_opening_quote(self._opened(row, first, position))

    def inside(self, row: Sequence[Mark], group: tuple[int, int]) -> Span | None:
        """The phrase that some marks make; ``group``: the first, and one past the last."""
        first, last = group
        return self.trimmed(row[first].start, row[last - 1].end)

    def things(self, row: Sequence[Mark], group: tuple[int, int]) -> Span | None:
        """The same without what is told of them; ``None`` where only that is said: 超過六成
        〔由金錢糾紛引發〕."""
        told = self.opens_verdict(row[group[0]])
        return None if told else self.without_told(self.inside(row, group))

    def _with_opening_quote(self, phrase: Span | None) -> Span | None:
        """The phrase with what its closing quote was opened with: 〔「猜猜我是〕誰」類案件."""
        if phrase is None:
            return None
        words = self._text[phrase.start : phrase.end]
        for opens, closes in QUOTES:
            at = words.find(closes)
            if at >= 0 and opens not in words[:at]:
                begins = self._text.rfind(opens, max(phrase.start - _QUOTED, 0), phrase.start)
                return Span(begins, phrase.end) if begins >= 0 else phrase
        return phrase

    def _opened(self, row: Sequence[Mark], first: int, position: int) -> Span | None:
        """The phrase from ``first`` to ``position`` with what belongs to it on its left."""
        opening = first
        if first < position - 1 and any(mark.kind == OF for mark in row[first:position]):
            opening = self._with_verbs(row, first)
        if opening > 2 and row[opening - 1].kind == OF and limits_class(row, opening - 2):
            opening -= 3 if row[opening - 3].kind == AGED else 2
        elif opening > 0 and limits_class(row, opening - 1):
            opening -= 1
        if self._is_reckoned(row, first):
            rest = self.trimmed(row[first].start, row[position - 1].end)
            return Span(row[first - 1].start, rest.end) if rest else None
        if opening == first or row[opening].kind != PREDICATE:
            phrase = self.trimmed(row[opening].start, row[position - 1].end)
            listed = phrase is not None and position < len(row) and row[position].kind in _LISTED
            return self._first_listed(phrase) if phrase and listed else phrase
        rest = self.trimmed(row[first].start, row[position - 1].end)
        return self._of_clause(row[opening], rest, row[position - 2 : position]) if rest else None

    def _of_clause(self, verb: Mark, rest: Span, last: Sequence[Mark]) -> Span | None:
        """A name that a clause with a verb opens; ``rest``: without the verb; ``last``: its last
        two marks."""
        of, head = last
        if of.kind == OF and self._text.endswith(self._edges.money, *rest):
            # 用於上述措施的〔總開支〕: money has the noun right before it.
            return self.trimmed(head.start, rest.end)
        # 涉及單車的意外: a verb that is part of the name, also one that is none of it elsewhere.
        return Span(verb.start, rest.end)

    def _is_of_agent(self, row: Sequence[Mark], first: int) -> bool:
        """Whether an agent, a verb and its object stand ahead of 的: 經旅行社安排外遊〔的居民〕."""
        kinds = [mark.kind for mark in row[max(first - 4, 0) : first]]
        if kinds != [TEXT, PREDICATE, TEXT, OF]:
            return False
        agent = row[first - 4]
        led = self._words.first(agent.start, agent.end) in self._edges.agents
        return led and all(touch(row, place) for place in range(first - 4, first))

    def _is_rate_of_clause(self, row: Sequence[Mark], first: int, position: int) -> bool:
        """Whether those who do, a verb and its object stand ahead of 的 and a rate:
        學員考獲認可資格〔的比率〕."""
        kinds = [mark.kind for mark in row[max(first - 4, 0) : first]]
        if kinds != [TEXT, PREDICATE, TEXT, OF] or self.is_said(row[first - 3]):
            return False
        if self.trimmed(row[first - 4].start, row[first - 4].end) is None:
            return False
        rate = self._text.endswith(self._edges.rates, row[first].start, row[position - 1].end)
        return rate and all(touch(row, place) for place in range(first - 4, first))

    def _is_reckoned(self, row: Sequence[Mark], first: int) -> bool:
        """Whether the phrase says first how it is reckoned: 〔以〕價格計算的自給率."""
        if first < 1 or row[first - 1].kind != OBJECT or row[first + 1].kind != OF:
            return False
        return self._text.endswith(self._edges.reckoned, row[first].start, row[first].end)

    def _with_verbs(self, row: Sequence[Mark], first: int) -> int:
        """Where a clause before 的 begins whose verbs are left out so far: 獲發准照的單位,
        至於〔來自海外〕的旅客."""
        opening = first
        while opening > 0 and row[opening - 1].kind in _VERBS and touch(row, opening - 1):
            opening -= 1
        before = row[opening - 1] if opening > 0 and touch(row, opening - 1) else None
        if before is None or before.kind != TEXT:
            return opening
        return first if self.trimmed(before.start, before.end) else opening

    def allots(self, row: Sequence[Mark], position: int) -> bool:
        """Whether a verb gives the money at ``position``, for what the next says: 撥款3億元推行."""
        return (
            position > 0
            and [mark.kind for mark in row[position - 1 : position + 2 : 2]] == [TEXT, PREDICATE]
            and self.written(row[position - 1]) in self._edges.allotting
        )

    def ranking(self, row: Sequence[Mark], place: int) -> Span | None:
        """What the things are ranked by that the figure at ``place`` counts: 產量最高的3個縣."""
        if place < 2 or row[place - 1].kind != OF or row[place - 2].kind != TEXT:
            return None
        if not self._text.endswith(self._edges.most, 0, row[place - 2].end):
            return None
        end = row[place - 2].end
        end -= max(len(one) for one in self._edges.most if self._text.endswith(one, 0, end))
        if end > row[place - 2].start:
            return self.trimmed(row[place - 2].start, end)
        return self.before(row, place - 3) if place > 3 else None

    def after(self, row: Sequence[Mark], position: int) -> Span | None:
        """The phrase that begins right after ``position``, a 的 between allowed."""
        first = position + 1
        if first < len(row) and row[first].kind == OF:
            first += 1
        counts = row[position].kind == "count"
        last = clause_behind(row, first) or aged_behind(row, first) if counts else None
        last = self._deed_behind(row, first) if last is None else last
        if last is not None:
            return Span(row[first].start, row[last].end)
        opening = row[first] if first < len(row) else None
        if opening is not None and limits_class(row, first):
            first += 1
        if opening is None or first >= len(row):
            return None
        counted = counts and touch(row, first - 1)
        clause = self._clause_after(row, first) if counted else None
        if clause is not None:
            return self.trimmed(row[first].start, row[clause].end)
        if row[first].kind not in (TEXT, AREA) or self.opens_verdict(row[first]):
            return None
        if (
            row[first].start - row[first - 1].end > 0
            or row[first - 1].start - row[position].end > 0
        ):
            return None
        place = row[first]
        if opens_name(row, first):
            first += 1
            opening = row[first]
        last = first
        while last + 2 < len(row) and row[last + 1].kind == AND and row[last + 2].kind == TEXT:
            last += 2
        while goes_on(row, last) and (
            row[position].kind == "dimension" or self._is_under(row[last])
        ):
            # 約五公斤含大麻成分的產品: what is weighed has no products of its own, unlike 3家企業.
            last += 2
        named = self.without_told(self.trimmed(opening.start, row[last].end))
        if named is None and place.kind == AREA:
            return Span(place.start, place.end)  # 25個〔中西部省份〕均已達標
        return self.without_act(named) if counts and named and self._acts(row[position]) else named

    def _acts(self, mark: Mark) -> bool:
        """Whether the things of a number do something by themselves, as people and firms do."""
        code: str = mark.value.unit_code
        return code.partition(":")[2] in self._edges.acting

    def _deed_behind(self, row: Sequence[Mark], first: int) -> int | None:
        """Where a deed ends that is named after what is done: 進行3次〔聯合搜查行動〕."""
        if first + 1 >= len(row) or row[first].kind != PREDICATE:
            return None
        counted = row[first - 1].kind == "count" and touch(row, first - 1)
        if not counted or row[first + 1].kind != TEXT or not touch(row, first):
            return None
        named = self._text.endswith(self._edges.deeds, row[first].end, row[first + 1].end)
        if not named:
            return None
        return first + 3 if _has_another(row, first + 1) else first + 1

    def _is_under(self, mark: Mark) -> bool:
        """Whether a mark says under what those stand that 的 leads to: 8萬宗〔計分制下〕的申請."""
        return self._text.endswith(self._edges.under, mark.start, mark.end)

    def _clause_after(self, row: Sequence[Mark], first: int) -> int | None:
        """Where the thing stands that a verb at ``first`` and 的 describe: 符合條件的〔企業〕."""
        verb = row[first].kind == PREDICATE or self.opens_with_verb(row[first])
        last = first
        while verb and last + 1 < len(row) and touch(row, last):
            last += 1
            if row[last].kind == OF and self._is_measured(row, first, last):
                return None
            if row[last].kind == OF:
                thing = last + 1 < len(row) and row[last + 1].kind == TEXT and touch(row, last)
                return last + 1 if thing else None
            if row[last].kind not in _CLAUSAL:
                return None
        return None

    def _is_measured(self, row: Sequence[Mark], first: int, of: int) -> bool:
        """Whether a noun that is also a verb has a measure behind 的: 10項展覽的〔收入〕."""
        things = row[of + 1 : of + 2]
        alone = of == first + 1 and row[first].kind == TEXT
        return alone and any(self.is_measure(Span(thing.start, thing.end)) for thing in things)

    def opens_with_verb(self, mark: Mark) -> bool:
        """Whether the first word of a text is a verb, or leads who does something."""
        if mark.kind != TEXT:
            return False
        first = self._words.first(mark.start, mark.end)
        return first in verbs() or first in self._edges.agents


def _has_another(row: Sequence[Mark], last: int) -> bool:
    """Whether a word such as 及 ties text to the text at ``last``."""
    return [mark.kind for mark in row[last + 1 : last + 3]] == [AND, TEXT]
