"""Elements put together: parts that narrow one another, ranges, and the words around them."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from extractor.calendar import RANKS
from extractor.matchers.dates import Element
from extractor.matchers.fields import FIELD_RANKS, names_units
from extractor.ruleset import Ruleset
from extractor.tables.periods import TimeBound, TimeJoint

_CLOSING = ")"
_NO_PARTS = 99


class Phrase(Struct):
    """Elements that stand together and narrow one another: 2023年 · 9月 · 30日."""

    start: int
    end: int
    elements: list[Element]
    finest: int
    until: Phrase | None = None
    bound: TimeBound | None = None


class PhraseBuilder:
    """Builds phrases out of the elements of a text, in one pass."""

    def __init__(self, ruleset: Ruleset, style: str) -> None:
        joints = [one for one in ruleset.entries(TimeJoint) if one.style in ("any", style)]
        self._joints = {
            means: frozenset(word for one in joints if one.means == means for word in one.words)
            for means in ("to", "of", "beside", "list")
        }
        self._bounds = [one for one in ruleset.entries(TimeBound) if one.style in ("any", style)]
        self._ending = tuple(w for b in self._bounds if b.means == "at_end" for w in b.before)
        self._last = frozenset(word[-1] for one in self._bounds for word in one.before)
        self._first = frozenset(word[0] for one in self._bounds for word in one.after)

    def build(self, elements: Iterable[Element], text: str) -> list[Phrase]:
        """Phrases in order; an element that only narrows, with nothing to narrow, is left out."""
        joined: list[Phrase] = []
        for phrase in self._chained(elements, text):
            last = joined[-1] if joined else None
            if last is not None and self._reaches(last, phrase, text):
                last.until, last.end = phrase, phrase.end
            else:
                joined.append(phrase)
        floor = 0
        for phrase in joined:
            self._bind(phrase, text, floor)
            floor = phrase.end
        return joined

    def _chained(self, elements: Iterable[Element], text: str) -> list[Phrase]:
        chained: list[Phrase] = []
        for element in elements:
            last = chained[-1] if chained else None
            if last is not None and self._continues(last, element, text):
                closes = text[last.end : element.start].strip() == "(" and text.startswith(
                    _CLOSING, element.end
                )
                last.elements.append(element)
                last.end = element.end + closes
                last.finest = max(last.finest, _finest(element))
            elif element.rule.alone:
                chained.append(Phrase(element.start, element.end, [element], _finest(element)))
            elif last is not None and self._side_by_side(last, element, text):
                # The second end of a range says only what differs: 5月1日至5日.
                chained.append(Phrase(element.start, element.end, [element], _finest(element)))
        return chained

    def _side_by_side(self, phrase: Phrase, element: Element, text: str) -> bool:
        gap = text[phrase.end : element.start].replace(" ", "")
        return gap in self._joints["to"] and bool(_names(element))

    def _reaches(self, phrase: Phrase, other: Phrase, text: str) -> bool:
        gap = text[phrase.end : other.start].replace(" ", "")
        if gap in self._joints["list"]:
            return _day(other, alone=True) == (_day(phrase.until or phrase) or -1) + 1
        return phrase.until is None and gap in self._joints["to"]

    def _continues(self, phrase: Phrase, element: Element, text: str) -> bool:
        rule = element.rule
        gap = text[phrase.end : element.start].strip()
        if gap in self._joints["beside"]:
            return _finest(element) == RANKS["weekday"] and phrase.finest == RANKS["day"]
        if gap and gap not in self._joints["of"]:
            return False
        if rule.means == "edge":
            grains = (rule.grain,) if rule.grain else rule.of
            return any(RANKS[grain] == phrase.finest for grain in grains)
        if rule.means == "same":
            if not names_units(phrase.elements[-1].rule):
                return False
            return rule.grain is None or RANKS[rule.grain] >= phrase.finest
        if rule.where == "till":
            opened = text.endswith(self._ending, 0, phrase.start)
            return opened and phrase.finest >= RANKS["month"]
        if rule.means in ("offset", "span", "now") or rule.where in ("past", "next"):
            return False
        return _coarsest(element) > phrase.finest

    def _bind(self, phrase: Phrase, text: str, floor: int) -> None:
        opened = text[max(0, phrase.start - 1) : phrase.start] in self._last
        if not opened and text[phrase.end : phrase.end + 1] not in self._first:
            return
        for bound in self._bounds:
            before = _longest(w for w in bound.before if text.endswith(w, floor, phrase.start))
            after = _longest(w for w in bound.after if text.startswith(w, phrase.end))
            if not (before or bound.needs == "after") or not (after or bound.needs == "before"):
                continue
            rest = phrase.end + len(after)
            if any(text.startswith(word, rest) for word in bound.not_before):
                continue
            phrase.bound = bound
            phrase.start -= len(before)
            phrase.end = rest
            return


def _longest(words: Iterable[str]) -> str:
    return max(words, key=len, default="")


def _day(phrase: Phrase, *, alone: bool = False) -> int | None:
    """The day of the month that a phrase ends with (or wholly is)."""
    if alone and len(phrase.elements) > 1:
        return None
    return dict(phrase.elements[-1].left).get("day")


def _names(element: Element) -> list[str]:
    values = (*element.left, *(element.right or ()), *element.rule.set.items())
    return [name for name, _ in values if name in FIELD_RANKS]


def _ranks(element: Element) -> list[int]:
    ranks = [FIELD_RANKS[name] for name in _names(element)]
    if element.rule.grain:
        ranks.append(RANKS[element.rule.grain])
    return ranks or [0]


def _coarsest(element: Element) -> int:
    return min(_ranks(element))


def _finest(element: Element) -> int:
    rule = element.rule
    # The beginning or end of a unit has no parts of its own.
    return _NO_PARTS if rule.means == "edge" and rule.edge != "whole" else max(_ranks(element))
