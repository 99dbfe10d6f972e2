"""Names without quotes: a head noun, and how far to its left the name reaches."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractor.matchers.policy_candidates import WELL_KNOWN, Candidate, Gathered
from extractor.matchers.policy_scan import Head, Mark, Scan, Scanner, kind_of
from extractor.tables.policies import Issuer, NamedPolicy, PolicyHead
from extractor.text import Span
from extractor.tokens import Tokenizer

_HAN = re.compile(r"[\u4e00-\u9fd5]+")
_CONTEXT = 8
"""Letters before a word that are cut with it."""
_LISTS = "、"
_CLOSING = "」』”》〉"
_LONGEST_NAME = 36
_SHORTEST_OWN_WORDS = 2
_LONGEST_FRONT = 10
_LONGEST_BRACKET = 18


def category_of(rule: PolicyHead | NamedPolicy, region: str | None) -> str:
    """The class a head noun stands for in ``region``'s usage."""
    if isinstance(rule, PolicyHead) and region is not None:
        for place, category in rule.category_in.items():
            if place == region:
                return category
    return rule.category


class Edge(NamedTuple):
    """Where a name begins, and the word before it that says so."""

    start: int
    kind: str
    length: int = 0
    """Of that word."""
    joins: bool = False
    """Whether that word joins names."""


class NameEdges:
    """Finds where a name begins."""

    def __init__(self, scanner: Scanner, tokenizer: Tokenizer) -> None:
        self._scanner = scanner
        self._tokenizer = tokenizer
        self._number_name = scanner.patterns["number_name"]
        self._nameless = scanner.patterns["nameless"]
        self._years = scanner.patterns["years"]
        self._long = scanner.patterns["years_long"]

    def left(self, scan: Scan, head_start: int) -> Edge:
        """The left edge of the name whose head noun begins at ``head_start``."""
        floor = max(0, head_start - _LONGEST_NAME)
        for mark in scan.marks.before(head_start):
            if mark[1] <= floor:
                break
            edge = self._stop(scan, mark, head_start)
            if edge is not None:
                return self._introduced(scan, edge) if edge.kind == "word" else edge
        return Edge(floor, "far" if floor else "break")

    def _stop(self, scan: Scan, mark: Mark, head_start: int) -> Edge | None:
        """The edge that ``mark`` sets, or ``None`` where it stands inside the name."""
        start, end, rule = mark
        kind = kind_of(mark)
        if isinstance(rule, Issuer) or kind == "break":
            return Edge(end, kind, end - start, scan.text[start:end] == _LISTS)
        if kind == "and":
            beside = scan.head_ending(start) or scan.text[start - 1 : start] in _CLOSING
            return Edge(end, kind, end - start, True) if beside or end == head_start else None
        if kind == "word" and end - start == 1 and not self._is_word(scan.text, start, head_start):
            return None
        if not isinstance(rule, Issuer) and rule.inside:
            names_nothing = self.nothing(scan.text[end:head_start])
            names_nothing = names_nothing and not self.is_number(scan.text[end:head_start])
            if names_nothing and self._scanner.without_leading(scan.text, end, head_start) == end:
                return None
        return Edge(end, kind, end - start)

    def _introduced(self, scan: Scan, edge: Edge) -> Edge:
        """``edge`` by what brings the name in where more words stand between: 實施以…為基礎的X."""
        floor = edge.start - _LONGEST_NAME
        for mark in scan.marks.before(edge.start - edge.length):
            kind = kind_of(mark)
            if kind == "break" or mark[1] <= floor:
                break
            if kind in ("issue", "pursue", "designate"):
                return edge._replace(kind=kind)
        return edge

    def _is_word(self, text: str, place: int, head_start: int) -> bool:
        """Whether the one letter at ``place`` is a word, not a part of one: 会 in 省会."""
        begin = place
        while begin > max(0, place - _CONTEXT) and _HAN.match(text, begin - 1):
            begin -= 1
        run = _HAN.match(text, begin, head_start)
        for word in self._tokenizer.cut(run[0]) if run else ():
            if begin == place:
                return len(word) == 1
            begin += len(word)
        return False

    def before_quote(self, scan: Scan, start: int, *, made: bool) -> int:
        """Where a name begins whose quoted part at ``start`` stands after other words of it.

        ``made``: only a verb whose subject makes policies may open it.
        """
        if scan.marks.ending(start) is not None:
            return start
        edge = self.left(scan, start)
        begin = self._scanner.without_leading(scan.text, edge.start, start)
        own = start - begin
        verbs = ("issue",) if made else ("issue", "pursue")
        if edge.kind not in verbs or not _SHORTEST_OWN_WORDS <= own <= _LONGEST_FRONT:
            return start
        return start if self.nothing(scan.text[begin:start]) else begin

    def open_between(self, scan: Scan, begin: int, head_start: int) -> bool:
        """Whether no word ends the name between a closing quote and its head noun."""
        return all(
            kind_of(mark) in ("issue", "pursue") and self.nothing(scan.text[mark[1] : head_start])
            for mark in scan.marks.touching(begin, head_start)
        )

    def nothing(self, words: str) -> bool:
        """Whether ``words`` before a head noun name nothing by themselves."""
        words = self._long.sub("", words)
        return self._scanner.is_generic(words) or self._nameless.search(words) is not None

    def is_number(self, words: str) -> bool:
        """Whether ``words`` only count what the head noun names: 十大."""
        return self._number_name.fullmatch(words) is not None

    def begin(self, scan: Scan, edge: Edge, head: Head) -> int:
        """The edge, past words that belong to no name: this, several, the whole province's."""
        return self._scanner.without_leading(scan.text, edge.start, head.start)

    def period(self, text: str, start: int, end: int) -> str | None:
        """The years that a name gives itself, or brackets right after it, as a code: 2024/2028."""
        after = text.find(")", end, end + _LONGEST_BRACKET) if text.startswith("(", end) else end
        match = self._years.search(text, start, max(after, end))
        return f"{match[1]}/{match[2]}" if match else None


class BareNames:
    """Reads head nouns and well-known policies that stand outside quotes."""

    def __init__(self, scanner: Scanner, edges: NameEdges) -> None:
        self._edges = edges
        self._counted = scanner.patterns["counted_front"]
        self._sum_ahead = scanner.patterns["sum_ahead"]

    def read(self, scan: Scan, covered: list[Span], region: str | None, into: Gathered) -> None:
        """Candidates from every head noun that no quoted name covers."""
        inside = sorted([*covered, *[quote[:2] for quote in scan.quotes]])
        ends = {span.end for span in covered}
        place = 0
        reach = 0
        for head in scan.heads:
            while place < len(inside) and inside[place][0] < head.end:
                reach = max(reach, inside[place][1])
                place += 1
            if head.start < reach:
                continue
            if isinstance(head.rule, NamedPolicy):
                found = self._named(scan, head, head.rule, region)
            elif head.unquoted == "never":
                continue
            else:
                found = self._headed(scan, head, head.rule, ends, region, into)
            if found is not None:
                if into.candidates and found.start <= into.candidates[-1].start < found.end:
                    # A well-known name, or a shorter one, inside a longer.
                    into.candidates.pop()
                into.candidates.append(found)
                ends.add(found.end)

    def _named(
        self, scan: Scan, head: Head, rule: NamedPolicy, region: str | None
    ) -> Candidate | None:
        if not rule.bare:
            return None
        return Candidate(
            start=head.start,
            end=head.end,
            core=scan.text[head.start : head.end],
            category=category_of(rule, region),
            rule=WELL_KNOWN,
            headed=True,
            noun=Span(head.start, head.end),
            period=rule.period,
        )

    def _headed(
        self,
        scan: Scan,
        head: Head,
        rule: PolicyHead,
        ends: set[int],
        region: str | None,
        into: Gathered,
    ) -> Candidate | None:
        text = scan.text
        edge = self._edges.left(scan, head.start)
        # Beside another name: A和B, A、B.
        joined = edge.joins and edge.start - edge.length in ends
        start = self._edges.begin(scan, edge, head)
        if sum_ahead := self._sum_ahead.match(text, start, head.start):
            start = sum_ahead.end()
        count = self._counted.match(text, start, head.start)
        if count and not joined:
            into.reject(start, head.end, "counted")
            return None
        own = text[count.end() if count else start : head.start]
        numbered = edge.kind in ("issue", "pursue") and self._edges.is_number(own)
        if len(own) < _SHORTEST_OWN_WORDS or (self._edges.nothing(own) and not numbered):
            into.reject(start, head.end, "generic")
            return None
        brought_in = edge.kind in ("issue", "pursue", "designate")
        if not brought_in and text.startswith(rule.acting, head.end):
            into.reject(start, head.end, "body")
            return None
        if not (joined or self._allowed(edge, head.unquoted)):
            into.reject(start, head.end, "not_introduced")
            return None
        return Candidate(
            start=start,
            end=head.end,
            core=text[start : head.end],
            category=category_of(rule, region),
            rule=f"head {edge.kind}",
            headed=True,
            noun=Span(head.start, head.end),
            cue=Span(edge.start - edge.length, edge.start) if edge.kind != "break" else None,
            period=self._edges.period(text, start, head.end),
            confidence=0.9 if edge.kind in ("issue", "pursue", "designate") else 0.7,
        )

    def _allowed(self, edge: Edge, unquoted: str) -> bool:
        if unquoted == "any":
            return True
        if unquoted == "introduced":
            return edge.kind in ("issue", "pursue", "designate", "issuer")
        return unquoted == "designated" and edge.kind == "designate"
