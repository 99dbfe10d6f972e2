"""Puts names of one policy together: the first full name, its aliases, all its mentions."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from msgspec import Struct

from extractor.matchers.policy_candidates import WELL_KNOWN, Candidate, Gathered
from extractor.matchers.policy_definitions import Defined
from extractor.matchers.policy_scan import Scan
from extractor.text import Span

_BRACKETS = re.compile(r"[「」『』“”《》〈〉\"\s]")
_ACTS = ("plan", "policy", "law", "scheme")
"""A slogan and an act that carries it out are two policies, even if they share the slogan."""
_SHORTEST_TAIL = 4
_NEAREST = 60
"""Names on either side of a slogan that it may be a part of."""


class Entry(Struct):
    """One policy while its names are being put together."""

    name: str
    """The first full name without quotation marks."""
    first: Candidate
    aliases: list[Span]
    mentions: list[Span]

    @property
    def span(self) -> Span:
        return Span(self.first.start, self.first.end)


def bare(words: str) -> str:
    """``words`` without quotation marks and blanks."""
    return _BRACKETS.sub("", words)


class Register:
    """The policies of one text by their names."""

    def __init__(
        self,
        scan: Scan,
        gathered: Gathered,
        defined: list[Defined],
        introduces: re.Pattern[str],
    ) -> None:
        """``introduces`` matches what may stand between a full name and its shorter one."""
        self._introduces = introduces
        self._text = scan.text
        self._gathered = gathered
        self._candidates = sorted(gathered.candidates, key=lambda one: (one.start, -one.end))
        self._shorter: dict[int, Span] = {}
        self._defined = {one.words for one in defined}
        self.entries: list[Entry] = []
        self._by_name: dict[str, Entry] = {}
        self._by_core: dict[str, list[Entry]] = {}
        self._by_tail: dict[str, list[Entry]] = {}

    def build(self, introduced: list[tuple[Span, Span]]) -> list[Entry]:
        """All policies in text order. ``introduced``: where a shorter name is given, and the
        stretch before it that the full name ends in."""
        hidden = self._introduce(introduced)
        waiting: list[Candidate] = []
        for candidate in self._candidates:
            if candidate.start in hidden:
                continue
            name = self._name(candidate)
            entry = self._same(candidate, name)
            if entry is not None:
                self._mention(entry, candidate)
                self._give_alias(candidate, entry)
            elif candidate.certain or self._explained(candidate):
                self._give_alias(candidate, self._open(candidate, name))
            else:
                waiting.append(candidate)
        for candidate in waiting:
            entry = self._same(candidate, self._name(candidate))
            if entry is not None:
                self._mention(entry, candidate)
            else:
                reason = "term" if self._is_term(candidate) else "no_head"
                self._gathered.reject(candidate.start, candidate.end, reason)
        for entry in self.entries:
            entry.mentions = sorted(set(entry.mentions))
        return sorted(self.entries, key=lambda entry: entry.first.start)

    def _open(self, candidate: Candidate, name: str) -> Entry:
        entry = Entry(name, candidate, [], [Span(candidate.start, candidate.end)])
        self.entries.append(entry)
        self._by_name[name] = entry
        if candidate.quoted:
            self._by_core.setdefault(candidate.core, []).append(entry)
        self._by_tail.setdefault(name[-_SHORTEST_TAIL:], []).append(entry)
        return entry

    def _name(self, candidate: Candidate) -> str:
        return bare(self._text[candidate.start : candidate.end])

    def _same(self, candidate: Candidate, name: str) -> Entry | None:
        """The policy that ``candidate`` names again."""
        known = self._by_name.get(name)
        if known is not None:
            return known
        if candidate.rule == "title" and candidate.core in self._by_name:
            return self._by_name[candidate.core]
        if candidate.quoted:
            for entry in reversed(self._by_core.get(candidate.core, ())):
                if entry.first.quoted and self._agree(entry.first, candidate):
                    return entry
        if len(name) >= _SHORTEST_TAIL and candidate.rule != WELL_KNOWN:
            for entry in reversed(self._by_tail.get(name[-_SHORTEST_TAIL:], ())):
                if self._tail_of(entry, candidate, name):
                    return entry
        return None

    def _tail_of(self, entry: Entry, candidate: Candidate, name: str) -> bool:
        """Whether one of the two names, without quotes, is the end of the other."""
        if candidate.quoted:
            return not entry.first.quoted and name.endswith(entry.name)
        return entry.name.endswith(name)

    def _agree(self, first: Candidate, later: Candidate) -> bool:
        """Whether two names around the same quoted words are one policy."""
        if not later.headed or first.category == later.category:
            return True
        tail = self._tail(later)
        if first.headed and len(tail) > 1 and tail in self._tail(first):
            return True
        return not first.headed and later.category not in _ACTS

    def _tail(self, candidate: Candidate) -> str:
        """What follows the quotes."""
        return self._text[candidate.start : candidate.end].rpartition(candidate.core)[2][1:]

    def _mention(self, entry: Entry, candidate: Candidate) -> None:
        span = Span(candidate.start, candidate.end)
        entry.mentions.append(span)
        if candidate.headed and (not entry.first.headed or self._fuller(entry, candidate)):
            # The first full name is the name; what stood before it is short for it.
            span, entry.first, entry.name = entry.span, candidate, self._name(candidate)
            self._by_name[entry.name] = entry
        self._add_alias(entry, span)

    def _fuller(self, entry: Entry, candidate: Candidate) -> bool:
        """Whether ``candidate`` in quotes gives in full what was first written without them."""
        return candidate.quoted and not entry.first.quoted

    def _add_alias(self, entry: Entry, span: Span) -> None:
        words = self._text[span.start : span.end]
        known = {self._text[one.start : one.end] for one in (*entry.aliases, entry.span)}
        if words not in known:
            entry.aliases.append(span)

    def _explained(self, candidate: Candidate) -> bool:
        """Whether the text defines the slogan, or parts of it, and it is no part of another."""
        core = candidate.core
        if self._is_term(candidate):
            place = bisect_left(self._candidates, candidate.start, key=lambda one: one.start)
            near = self._candidates[max(0, place - _NEAREST) : place + _NEAREST]
            return not any(core != other.core and core in other.core for other in near)
        return any(len(term) > 1 and term in core for term in self._defined)

    def _is_term(self, candidate: Candidate) -> bool:
        return candidate.core in self._defined

    def _introduce(self, introduced: list[tuple[Span, Span]]) -> set[int]:
        """Note which full name each shorter one belongs to; returns the starts of candidates
        that are such shorter names where they are introduced."""
        hidden: set[int] = set()
        for before, alias in introduced:
            last: Candidate | None = None
            low = bisect_left(self._candidates, before.start, key=lambda one: one.start)
            for index in range(low, len(self._candidates)):
                one = self._candidates[index]
                if one.start >= alias.end:
                    break
                if one.start >= alias.start and last is not None:
                    hidden.add(one.start)
                elif one.end <= before.end and (last is None or one.end > last.end):
                    last = one
            if last is not None and self._introduces.fullmatch(self._text, last.end, before.end):
                self._shorter[last.start] = alias
            else:
                hidden.difference_update(range(alias.start, alias.end))
        return hidden

    def _give_alias(self, candidate: Candidate, entry: Entry) -> None:
        """Give ``entry`` the shorter name that is introduced right after ``candidate``."""
        alias = self._shorter.get(candidate.start)
        if alias is None:
            return
        words = self._text[alias.start : alias.end]
        if bare(words) not in self._by_name:
            self._by_name[bare(words)] = entry
            entry.aliases.append(alias)
            entry.mentions.append(alias)
            entry.mentions.extend(self._again(alias, words))

    def _again(self, alias: Span, words: str) -> Iterator[Span]:
        """Further places of a shorter name, after it was introduced."""
        place = self._text.find(words, alias.end)
        while place >= 0:
            yield Span(place, place + len(words))
            place = self._text.find(words, place + len(words))
