"""Who made a policy: the body whose sentence brings it in, or the one named after it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractor.matchers.areas import Area
from extractor.matchers.policy_scan import Lexicon, Mark, Scan, Scanner, kind_of
from extractor.ruleset import Ruleset
from extractor.tables.policies import Issuer, PolicyBoundary
from extractor.text import Span

_LONGEST_BODY = 16
_FARTHEST = 400
_CODE = re.compile(r"[0-9A-Za-z]")
_FOREIGN = re.compile(r"[^\u4e00-\u9fff]")
_ACTING = ("province", "city", "county", "region")
_VERBS = ("issue", "pursue", "designate")


class Body(NamedTuple):
    """A body where it is mentioned, and the place of its name, which may be an earlier one."""

    start: int
    end: int
    name: Span


class Maker(NamedTuple):
    """Who made a policy, and the words that say so."""

    name: Span
    by: Span


class Issuers:
    """Finds the bodies that a text names and the policies they made."""

    def __init__(self, ruleset: Ruleset, scanner: Scanner) -> None:
        self._lexicon: Lexicon[str] = Lexicon(_words(ruleset.entries(Issuer)))
        self._joined = scanner.patterns["joined_bodies"]
        self._not_subject = scanner.patterns["not_subject"]
        self._front = scanner.patterns["before_body"]
        self._obeyed = scanner.patterns["obeyed"]
        self._at_once = scanner.patterns["at_once"]
        self._purpose = scanner.patterns["purpose"]
        self._anaphor = scanner.patterns["that_body"]
        self._same = scanner.patterns["same_body"]
        self._other = scanner.patterns["other_subject"]
        self._owner = scanner.patterns["owner"]
        self._made_by = scanner.patterns["made_by"]

    def bodies(self, scan: Scan, names: list[Span], areas: Sequence[Area]) -> list[Body]:
        """Every body named, joint ones (A、B) as one, in text order; none inside ``names``.

        A place is one where the verb follows at once: 成都市出台….
        """
        names = sorted(names)
        places = [area for area in areas if area.place.kind in _ACTING]
        place_ending = {place.end: place.start for place in places}
        found: list[Body] = []
        for start, end, kind in self._lexicon.find(scan.text):
            if _inside(names, start, end):
                continue
            last = found[-1] if found else None
            if last and last.end == start:
                found[-1] = Body(last.start, end, Span(last.name.start, end))
                continue
            floor = last.end if last else 0
            if kind == "word":
                # Its place may stand before it or share a letter: 四川|省委, 沈陽[市]人民政府.
                begin = place_ending.get(start, place_ending.get(start + 1, start))
            else:
                begin = self._left(scan, start, floor)
                if begin == start or _CODE.match(scan.text, max(begin - 1, 0)):
                    continue
            joint = self._joined.match(scan.text, floor, end) if last else None
            begin = max(begin, joint.end()) if joint and joint.end() < start else begin
            if last and self._joined.fullmatch(scan.text, last.end, begin):
                found[-1] = Body(last.start, end, Span(last.name.start, end))
            elif (name := self._meant(scan.text, found, begin, end)) is not None:
                found.append(Body(begin, end, name))
        taken = {body.start for body in found}
        for place in places:
            span = Span(place.start, place.end)
            if (
                place.start not in taken
                and self._acts(scan, place.end)
                and not _inside(names, *span)
            ):
                found.append(Body(*span, span))
        return sorted(found)

    def _acts(self, scan: Scan, end: int) -> bool:
        """Whether a verb that makes policies follows the name of a place at once."""
        adverbs = self._at_once.match(scan.text, end)
        # An adverb may be part of the verb, too: 將|深入實施.
        places = range(end, (adverbs.end() if adverbs else end) + 1)
        verbs = (scan.marks.starting(place) for place in places)
        return any(verb is not None and kind_of(verb) == "issue" for verb in verbs)

    def _meant(self, text: str, earlier: list[Body], start: int, end: int) -> Span | None:
        """The name of the body at ``[start, end)``: its own, or that of the earlier one that it
        points back to; ``None`` where it points to none."""
        same = self._same.fullmatch(text, start, end)
        if same is None:
            return None if self._anaphor.match(text, start, end) else Span(start, end)
        for body in reversed(earlier):
            if text.endswith(same["kind"], *body.name):
                return body.name
        return None

    def _left(self, scan: Scan, start: int, floor: int) -> int:
        """Where the name of a body begins that was known by its last words at ``start``."""
        begin = max(floor, start - _LONGEST_BODY)
        for letter in _FOREIGN.finditer(scan.text, begin, start):
            begin = letter.end()
        for mark in scan.marks.before(start):
            if mark[1] <= begin:
                break
            kind = kind_of(mark)
            if kind == "issuer" or (kind == "and" and mark[0] != floor):
                continue
            begin = mark[1]
            break
        front = self._front.match(scan.text, begin, start)
        return front.end() if front else begin

    def of(
        self, scan: Scan, bodies: list[Body], place: Span, sentence: Span, *, at_once: bool = False
    ) -> Maker | None:
        """The maker of the policy named at ``place``, as the sentence around it tells.

        With ``at_once`` the verb has to stand right before the name, and to mean making, not
        carrying out.
        """
        text = scan.text
        floor = max(sentence.start, place.start - _FARTHEST)
        low = bisect_left(bodies, (floor,))
        high = bisect_left(bodies, (place.start,), low)
        if low < high and not self._obeyed.search(text, max(floor, place.start - 2), place.start):
            issued = self._issued(scan, floor, place.start, at_once=at_once)
            for index in range(high - 1, low - 1, -1):
                start, end, name = bodies[index]
                if end <= place.start and self._owner.fullmatch(text, end, place.start):
                    return Maker(name, Span(end, place.start))
                if self._not_subject.search(text, max(floor, start - 3), start):
                    continue
                if not issued or issued[0] < end:
                    continue
                if not self._other.search(text, end, place.start):
                    return Maker(name, Span(*issued[:2]))
        return self._named_after(text, bodies, place, sentence)

    def _issued(self, scan: Scan, floor: int, place: int, *, at_once: bool) -> Mark | None:
        """The verb that tells of the making of the policy at ``place``."""
        last, issued = self._verbs(scan, floor, place)
        clause = max(scan.text.rfind(",", floor, place), floor - 1) + 1
        clause = max(scan.text.rfind(";", clause, place) + 1, clause)
        return issued if self._governs(scan, last, clause, place, at_once) else None

    def _verbs(self, scan: Scan, floor: int, place: int) -> tuple[Mark | None, Mark | None]:
        """The last verb in ``[floor, place)``, and the last that makes policies."""
        last = None
        for mark in scan.marks.before(place):
            if mark[0] < floor:
                break
            kind = kind_of(mark)
            if kind in _VERBS:
                last = last or mark
                if kind == "issue":
                    return last, mark
        return last, None

    def _governs(
        self, scan: Scan, verb: Mark | None, clause: int, place: int, at_once: bool
    ) -> bool:
        """Whether the policy at ``place`` is brought in by a subject before it, ``verb`` being
        the last one before it and ``clause`` the place where its clause begins."""
        if verb is None or (at_once and (verb[1] != place or _may_be_inside(verb))):
            return False
        if verb[0] >= clause:
            front = self._purpose.search(scan.text, clause, verb[0])
            return kind_of(verb) == "issue" and front is None
        # The verb stands in an earlier clause; in this one there may be no other subject.
        if clause == place:
            return False
        word = scan.marks.ending(place)
        return word is not None and word[0] == clause

    def _named_after(
        self, text: str, bodies: list[Body], place: Span, sentence: Span
    ) -> Maker | None:
        by = self._made_by.match(text, place.end, sentence.end)
        if by is None:
            return None
        index = bisect_left(bodies, (by.end(),))
        if index < len(bodies) and bodies[index].start == by.end():
            return Maker(bodies[index].name, Span(*by.span()))
        return None


def _may_be_inside(verb: Mark) -> bool:
    """Verbs that may stand inside a name, too (推進, 實施), tell of doing more than of making."""
    return isinstance(verb[2], PolicyBoundary) and verb[2].inside


def _inside(names: list[Span], start: int, end: int) -> bool:
    index = bisect_left(names, (start + 1,)) - 1
    return index >= 0 and end <= names[index].end


def _words(rules: tuple[Issuer, ...]) -> Iterator[tuple[str, str | None]]:
    for rule in rules:
        yield from ((word, "suffix") for word in rule.suffixes)
        yield from ((word, None) for word in rule.apart)
    # A whole name that is also the end of others stands for itself.
    for rule in rules:
        yield from ((word, "word") for word in rule.words)
