"""What slogans stand for: 「三化」 is …, 「7」 means seven …, a slogan (its parts in brackets)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from extractor.matchers.policy_marks import DefinitionMark
from extractor.matchers.policy_scan import Quote, Scan, Scanner
from extractor.ruleset import Ruleset
from extractor.tables.policies import PolicyCount
from extractor.text import Span

_STOP = re.compile(r"[。;\n]")
_COMMA = re.compile(r"[,:]")
_LONGEST_TERM = 10
_LONGEST_GLOSS = 240
_LONGEST_MEMBER = 14


class Defined(Struct, frozen=True):
    """A definition and the term's words without their brackets."""

    words: str
    mark: DefinitionMark


class Definitions:
    """Reads the definitions of quoted terms."""

    def __init__(self, ruleset: Ruleset, scanner: Scanner) -> None:
        self._counts: dict[str, int] = {
            w: rule.value for rule in ruleset.entries(PolicyCount) for w in rule.words
        }
        self._defines = scanner.patterns["defines"]
        self._lists = scanner.patterns["lists"]
        self._bracketed = scanner.patterns["bracketed_gloss"]
        ways = (self._defines, self._lists, self._bracketed)
        self._explains = re.compile("|".join(way.pattern for way in ways))
        self._verbs = scanner.patterns["gloss_verb"]
        self._counted = scanner.patterns["counted_things"]
        self._member_verb = scanner.patterns["member_verb"]
        self._among = scanner.patterns["among"]
        self._separator = scanner.patterns["list_separator"]

    def read(self, scan: Scan, ends: dict[int, int]) -> list[Defined]:
        """All definitions in text order; a term is defined once, at its first explanation.

        ``ends``: where the names end that begin with a quotation; the explanation may follow
        there as well.
        """
        found: dict[str, Defined] = {}
        terms = [
            (quote, scan.text[quote.start + 1 : quote.end - 1])
            for quote in scan.quotes
            if not quote.title and quote.end - quote.start <= _LONGEST_TERM + 2
        ]
        for quote, words in terms:
            if words in found:
                continue
            mark = self._explained(scan, quote, words)
            if mark is None and ends.get(quote.start, 0) > quote.end:
                mark = self._after_head(scan.text, quote, words, ends[quote.start])
            if mark is not None:
                found[words] = Defined(words, mark)
        for quote, words in terms:
            if len(words) in (2, 3) and words not in found:
                mark = self._listed_before(scan, quote, words)
                if mark is not None:
                    found[words] = Defined(words, mark)
        return sorted(found.values(), key=lambda one: one.mark.start)

    def _counts_in(self, words: str) -> list[int]:
        """The numbers of members that a term gives: 3 and 2 in 「三減兩增」."""
        if len(words) < 2 or words[0] not in self._counts:
            return []
        return [self._counts[letter] for letter in words if letter in self._counts]

    def _explained(self, scan: Scan, quote: Quote, words: str) -> DefinitionMark | None:
        text = scan.text
        if not self._explains.match(text, quote.end):
            return None
        for pattern, firm in ((self._defines, True), (self._lists, False)):
            cue = pattern.match(text, quote.end)
            if cue is not None and cue.end() > quote.end:
                stop = self._end_of_gloss(text, cue.end(), self._counts_in(words))
                mark = self._read_gloss(text, quote, words, Span(cue.end(), stop))
                return mark if firm or mark.members or words.isascii() else None
        bracket = self._bracketed.match(text, quote.end)
        if bracket is None:
            return None
        mark = self._read_gloss(text, quote, words, Span(*bracket.span("gloss")))
        return mark if mark.members or bracket["cue"] else None

    def _after_head(self, text: str, quote: Quote, words: str, end: int) -> DefinitionMark | None:
        cue = self._defines.match(text, end)
        if cue is None:
            return None
        stop = self._end_of_gloss(text, cue.end(), self._counts_in(words))
        return self._read_gloss(text, quote, words, Span(cue.end(), stop))

    def _end_of_gloss(self, text: str, start: int, counts: list[int]) -> int:
        """Where the explanation ends: at the sentence's end, or sooner at a comma that does not
        separate the members it announces."""
        stop = _STOP.search(text, start, start + _LONGEST_GLOSS)
        end = stop.start() if stop else min(len(text), start + _LONGEST_GLOSS)
        closing = text.find(")", start, end)
        if closing >= 0 and "(" not in text[start:closing]:
            end = closing
        wanted = sum(counts)
        for comma in _COMMA.finditer(text, start, end):
            if not wanted or len(list(self._items(text, Span(start, comma.start())))) >= wanted:
                return comma.start()
            if text[comma.end() : comma.end() + 1] in "「“":
                return comma.start()
        if wanted and len(list(self._items(text, Span(start, end)))) != wanted:
            comma_only = _COMMA.search(text, start, end)
            return comma_only.start() if comma_only else end
        return end

    def _read_gloss(self, text: str, quote: Quote, words: str, gloss: Span) -> DefinitionMark:
        counts = self._counts_in(words)
        members: tuple[Span, ...] = ()
        tail = self._counted.search(text, gloss.start, gloss.end)
        if tail is not None:
            verb = self._verbs.match(text, gloss.start, tail.start())
            begin = verb.end() if verb else gloss.start
            before = list(self._items(text, Span(begin, tail.start())))
            if len(before) > 1 and all(self._counted.search(text, *item) for item in before):
                # Everything listed is counted; the last is no sum of the others.
                parts = tuple(self._items(text, Span(begin, gloss.end)))
                return self._mark(quote, counts, Span(begin, gloss.end), parts)
            among = self._among.search(text, begin, tail.start()) is not None
            if len(before) > 1 and not among:
                members = tuple(before)
            gloss = Span(begin if among else tail.start(), gloss.end)
        else:
            members = self._members(text, words, gloss, counts)
        return self._mark(quote, counts, gloss, members)

    def _mark(
        self, quote: Quote, counts: list[int], gloss: Span, members: tuple[Span, ...]
    ) -> DefinitionMark:
        return DefinitionMark(
            start=quote.start,
            end=gloss.end,
            term=Span(quote.start, quote.end),
            gloss=gloss,
            members=members,
            count=sum(counts) or None,
        )

    def _members(self, text: str, words: str, gloss: Span, counts: list[int]) -> tuple[Span, ...]:
        items = list(self._items(text, gloss))
        if len(counts) == 1 and len(items) == counts[0] > 1:
            narrowed = self._narrowed(text, items, words[1:], listed=True)
            if narrowed:
                return tuple(narrowed)
        if (counts and len(items) == sum(counts)) or (len(items) > 1 and not counts):
            return tuple(items)
        return tuple(items) if len(items) > 2 else ()

    def _narrowed(
        self, text: str, items: list[Span], kind: str, *, listed: bool
    ) -> list[Span] | None:
        """``items`` cut down to what is counted: 高端化 in 推動製造業高端化. A list that is given
        as one keeps its items whole where what is counted opens them."""
        narrowed = _around(text, items, kind)
        if narrowed is None or (listed and not text.startswith(kind, narrowed[1].end - len(kind))):
            return None
        verbs = [self._member_verb.match(text, item.start, item.end) for item in narrowed]
        if all(verbs):
            return [Span(v.end(), item.end) for v, item in zip(verbs, narrowed, strict=True) if v]
        return narrowed

    def _items(self, text: str, span: Span) -> Iterator[Span]:
        """The parts of a list, without the words that join them."""
        place = span.start
        for cut in self._separator.finditer(text, span.start, span.end):
            if cut.start() > place:
                yield Span(place, cut.start())
            place = cut.end()
        if place < span.end:
            yield Span(place, span.end)

    def _listed_before(self, scan: Scan, quote: Quote, words: str) -> DefinitionMark | None:
        """A counted term after as many clauses, each with what is counted: …新A, …新B, 「兩新」."""
        counts = self._counts_in(words)
        if len(counts) != 1 or not 2 <= counts[0] <= 10:
            return None
        text, kind = scan.text, words[1:]
        far = max(0, quote.start - _LONGEST_GLOSS)
        floor = max(text.rfind("。", far, quote.start), text.rfind("\n", far, quote.start), far - 1)
        stop = _STOP.search(text, quote.end, quote.end + _LONGEST_GLOSS)
        end = stop.start() if stop else min(len(text), quote.end + _LONGEST_GLOSS)
        for low, high in ((floor + 1, quote.start), (quote.end, end)):
            parts = list(self._items(text, Span(low, high)))
            for first in range(len(parts) - counts[0] + 1):
                run = parts[first : first + counts[0]]
                narrowed = self._narrowed(text, run, kind, listed=False)
                if narrowed is not None:
                    return DefinitionMark(
                        start=min(quote.start, run[0].start),
                        end=max(quote.end, run[-1].end),
                        term=Span(quote.start, quote.end),
                        members=tuple(narrowed),
                        count=counts[0],
                    )
        return None


def _around(text: str, items: list[Span], kind: str) -> list[Span] | None:
    """``items`` cut down to what is counted, if each of them has ``kind`` in the same role:
    as its last letters, or as the first ones of what it ends in."""
    if not kind:
        return None
    places = [text.rfind(kind, item.start, item.end) for item in items]
    if min(places, default=-1) < 0:
        return None
    closing = [place + len(kind) - item.start for place, item in zip(places, items, strict=True)]
    ends_there = [place + len(kind) == item.end for place, item in zip(places, items, strict=True)]
    if sum(ends_there) >= len(items) - 1:
        width = min(closing)
        return [Span(place + len(kind) - width, place + len(kind)) for place in places]
    if any(ends_there):
        return None
    if max(item.end - place for place, item in zip(places, items, strict=True)) > _LONGEST_MEMBER:
        return None
    return [Span(place, item.end) for place, item in zip(places, items, strict=True)]
