"""Elements put together: parts that narrow one another, ranges, and the words around them."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from extractor.calendar import RANKS
from extractor.matchers.elements import Element
from extractor.ruleset import Ruleset
from extractor.tables.periods import TimeBound, TimeJoint

_OPENING, _CLOSING = "()"


class Phrase(Struct):
    """Elements that stand together and narrow one another: 2023年 · 9月 · 30日."""

    start: int
    end: int
    elements: list[Element]
    finest: int
    tails: bool
    """Whether an element counts, cuts or repeats what the others name."""
    ranged: bool
    """Whether an element has two ends."""
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
        self._to = tuple(self._joints["to"])
        self._inside = self._joints["of"] | self._joints["beside"] | {""}
        self._between = self._joints["to"] | self._joints["list"]
        self._ending = tuple(w for b in self._bounds if b.means == "at_end" for w in b.before)
        self._last = frozenset(word[-1] for one in self._bounds for word in one.before)
        self._first = frozenset(word[0] for one in self._bounds for word in one.after)

    def build(self, elements: Iterable[Element], text: str) -> list[Phrase]:
        """Phrases in order; an element that only narrows, with nothing to narrow, is left out."""
        joined: list[Phrase] = []
        last: Phrase | None = None
        for phrase in self._chained(elements, text):
            if last is not None and self._reaches(last, phrase, text):
                last.until, last.end = phrase, phrase.end
            else:
                joined.append(phrase)
                last = phrase
        floor = 0
        for phrase in joined:
            self._bind(phrase, text, floor)
            floor = phrase.end
        return joined

    def is_end(self, phrase: Phrase, text: str) -> bool:
        """Whether it is the far end of a range whose near end is no time by itself."""
        return text.endswith(self._to, 0, phrase.start)

    def _chained(self, elements: Iterable[Element], text: str) -> list[Phrase]:
        chained: list[Phrase] = []
        last: Phrase | None = None
        for element in elements:
            sense = element.sense
            if last is not None and self._continues(last, element, text):
                closes = text.startswith(_CLOSING, element.end) and (
                    text[last.end : element.start].strip() == _OPENING
                )
                last.elements.append(element)
                last.end = element.end + closes
                last.finest = max(last.finest, sense.finest)
                last.tails |= sense.tail
                last.ranged |= element.right is not None
            elif sense.rule.alone or (last and self._side_by_side(last, element, text)):
                ranged = element.right is not None
                last = Phrase(
                    element.start, element.end, [element], sense.finest, sense.tail, ranged
                )
                chained.append(last)
        return chained

    def _side_by_side(self, phrase: Phrase, element: Element, text: str) -> bool:
        """Whether it is the second end of a range, which says only what differs: 5月1日至5日."""
        gap = text[phrase.end : element.start].replace(" ", "")
        return gap in self._joints["to"] and element.sense.named

    def _reaches(self, phrase: Phrase, other: Phrase, text: str) -> bool:
        gap = text[phrase.end : other.start].replace(" ", "")
        if gap not in self._between:
            return False
        if gap in self._joints["list"]:
            return _day(other, alone=True) == (_day(phrase.until or phrase) or -1) + 1
        return phrase.until is None

    def _continues(self, phrase: Phrase, element: Element, text: str) -> bool:
        gap = text[phrase.end : element.start].strip()
        if gap not in self._inside:
            return False
        sense = element.sense
        rule = sense.rule
        if gap in self._joints["beside"]:
            return sense.finest == RANKS["weekday"] and phrase.finest == RANKS["day"]
        if rule.means == "edge":
            grains = (rule.grain,) if rule.grain else rule.of
            return any(RANKS[grain] == phrase.finest for grain in grains)
        if rule.means == "same":
            if not phrase.elements[-1].sense.units:
                return False
            return rule.grain is None or RANKS[rule.grain] >= phrase.finest
        if rule.where == "till":
            opened = text.endswith(self._ending, 0, phrase.start)
            return opened and phrase.finest >= RANKS["month"]
        if rule.means in ("offset", "span", "now") or rule.where in ("past", "next"):
            return False
        return sense.coarsest > phrase.finest

    def _bind(self, phrase: Phrase, text: str, floor: int) -> None:
        opened = text[max(0, phrase.start - 1) : phrase.start] in self._last
        if not opened and text[phrase.end : phrase.end + 1] not in self._first:
            return
        for bound in self._bounds:
            before = after = ""
            if text.endswith(bound.before, floor, phrase.start):
                before = _longest(w for w in bound.before if text.endswith(w, floor, phrase.start))
            if text.startswith(bound.after, phrase.end):
                after = _longest(w for w in bound.after if text.startswith(w, phrase.end))
            if not (before or bound.needs == "after") or not (after or bound.needs == "before"):
                continue
            rest = phrase.end + len(after)
            if text.startswith(bound.not_before, rest):
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
    return phrase.elements[-1].left.get("day")
