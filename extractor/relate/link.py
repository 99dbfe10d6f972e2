"""Ties figures to the policies that they hang on.

A sentence is read clause by clause. The policy named last holds for the figures after it, to the
end of the sentence; names in a row hold together. Which mentions count for nothing, and which
words go back to a policy of an earlier sentence, say the rules.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from extractor.matchers.policy_marks import PolicyMark
from extractor.records import Figure, Percentage, Policy, Record
from extractor.relate.draft import Draft, Source
from extractor.relate.link_words import BASIS, CONFERRED, NAMED, TOPIC, LinkWords
from extractor.ruleset import Ruleset
from extractor.text import SourceText, Span

_BREAK = re.compile(r"[,:](?![0-9])|;")
_OPENING_QUOTE = re.compile(r"[「“『\"]")
_SLOGAN = "slogan"
_PAYING = frozenset(("scheme", "programme", "plan", "policy"))
"""Policies that have applicants and quotas."""
_MONEY = "currency"
_LONGEST_ROW = 12
"""Policies that one figure can hang on: a longer list is no statement about each of them."""
_AHEAD = 3
"""Names behind a figure in its clause that it may belong to."""

Tie = tuple[int, ...]
"""Indices of policies."""


class Named(NamedTuple):
    """A place that names policies: several where names stand in a row."""

    start: int
    end: int
    policies: Tie
    role: str


class Clause(Struct):
    """A stretch between commas, with what stands in it, both in text order."""

    start: int
    end: int
    semicolon: bool
    """Whether a semicolon stands before it."""
    names: list[Named]
    drafts: list[int]


class Thread(Struct):
    """What is spoken of while a release is read."""

    force: Tie = ()
    """The policies that hold for the figures to come."""
    whole: bool = False
    """Whether they hold past semicolons."""
    basis: Tie = ()
    before: Tie = ()
    """What held at the end of the last sentence."""
    named: Tie = ()
    """The policies named last, for words that go back to them."""
    earlier: Tie = ()
    """Those and the ones named before them, the latest last."""
    paragraph: int = -1
    """The number of the paragraph that they were named in."""


class _Around(Struct, frozen=True, gc=False):
    """What a figure of a clause may hang on."""

    holding: Tie
    nearest: bool
    """Whether what holds is named in the clause itself, before the figure."""
    ahead: Sequence[Named]
    ground: Tie


class Linker:
    """Finds the policies that figures hang on; compiled once, then reusable."""

    def __init__(self, ruleset: Ruleset) -> None:
        self._words = LinkWords(ruleset)

    def ties(
        self, source: SourceText, drafts: Sequence[Draft], policies: Sequence[PolicyMark]
    ) -> list[Tie]:
        """For each draft the indices of the policies that it hangs on.

        Drafts and policies are those of ``source``, in text order and in matching offsets.
        """
        if not policies:
            return [()] * len(drafts)
        return _Reading(self._words, source, drafts, policies).ties()


class _Reading:
    """One release being read."""

    def __init__(
        self,
        words: LinkWords,
        source: SourceText,
        drafts: Sequence[Draft],
        policies: Sequence[PolicyMark],
    ) -> None:
        self._words = words
        self._source = source
        self._text = source.text
        self._given = drafts
        self._drafts = [draft.quantity for draft in drafts]
        self._policies = policies
        self._names = _Places(
            (place.start, place.end, number)
            for number, policy in enumerate(policies)
            for place in policy.mentions
        )
        self._defined = _Places(
            (one.start, one.end, number)
            for number, policy in enumerate(policies)
            for one in policy.definitions
        )
        self._ties: list[Tie] = [()] * len(drafts)
        self._thread = Thread()

    def ties(self) -> list[Tie]:
        """The policies of each draft."""
        names: dict[int, list[tuple[int, int, int]]] = {}
        drafts: dict[int, list[int]] = {}
        sentences = [one.start for one in self._source.sentences]
        paragraphs = [one.start for one in self._source.paragraphs]
        for place in self._names.places:
            names.setdefault(_index(sentences, place[0]), []).append(place)
        for index, draft in enumerate(self._drafts):
            drafts.setdefault(_index(sentences, draft.start), []).append(index)
        for number in sorted(names.keys() | drafts.keys()):
            sentence = self._source.sentences[number]
            here, inside = names.get(number, ()), drafts.get(number, ())
            if here or self._goes_back(sentence):
                clauses = self._clauses(sentence, here, inside)
                self._read(clauses, _index(paragraphs, sentence.start))
            else:
                self._thread.before = ()
                for index in inside:
                    if own := self._own(self._drafts[index].start):
                        self._ties[index] = own
                        self._given[index].consider("policy_ids", "inside", own)
        return self._ties

    def _goes_back(self, sentence: Span) -> bool:
        """Whether a sentence that names no policy may speak of one."""
        return bool(self._thread.named) and self._words.go_back(self._text, *sentence)

    def _clauses(
        self, sentence: Span, names: Sequence[tuple[int, int, int]], drafts: Sequence[int]
    ) -> list[Clause]:
        text = self._text
        cuts = [
            match.start()
            for match in _BREAK.finditer(text, *sentence)
            if self._names.at(match.start()) is None
        ]
        starts = [sentence.start, *(cut + 1 for cut in cuts)]
        clauses = [
            Clause(start, end, start > sentence.start and text[start - 1] == ";", [], [])
            for start, end in zip(starts, [*cuts, sentence.end], strict=True)
        ]
        for start, end, number in names:
            self._add(clauses[bisect_right(starts, start) - 1], Span(start, end), number)
        for index in drafts:
            clauses[bisect_right(starts, self._drafts[index].start) - 1].drafts.append(index)
        return clauses

    def _add(self, clause: Clause, place: Span, number: int) -> None:
        last = clause.names[-1] if clause.names else None
        if (
            last is not None
            and len(last.policies) < _LONGEST_ROW
            and self._words.joined(self._text, last.end, place.start)
        ):
            row = tuple(dict.fromkeys((*last.policies, number)))
            clause.names[-1] = Named(last.start, place.end, row, last.role)
        else:
            role = self._words.role(self._text, clause.start, place, self._policies[number])
            clause.names.append(Named(*place, (number,), role))

    def _read(self, clauses: Sequence[Clause], paragraph: int) -> None:
        """Tie the figures of a sentence, and note what it speaks of."""
        thread = self._thread
        same = paragraph == thread.paragraph
        if same and self._words.goes_on(self._text, clauses[0].start):
            thread.force = thread.before
        for number, clause in enumerate(clauses):
            self._enter(clause, opens=number == 0, same=same)
            following = clauses[number + 1] if number + 1 < len(clauses) else None
            self._tie(clause, following)
            if self._leave(clause):
                thread.paragraph, same = paragraph, True
        thread.before, thread.force, thread.basis, thread.whole = thread.force, (), (), False

    def _enter(self, clause: Clause, *, opens: bool, same: bool) -> None:
        """What still holds as a clause begins; words that go back to a policy become names."""
        thread, words, text = self._thread, self._words, self._text
        if (clause.semicolon and not thread.whole) or words.turns(text, clause.start):
            thread.force = thread.basis = ()
        for match in words.references(text, clause.start, clause.end, opens=opens):
            if thread.named and self._names.at(match.end() - 1) is None:
                clause.names.append(Named(*match.span(), self._meant(match["what"]), NAMED))
        clause.names.sort()
        silent = same and not (thread.force or thread.basis or clause.names)
        if silent and words.has_taker(text, clause.start, clause.end):
            paying = (one for one in thread.named if self._policies[one].category in _PAYING)
            thread.force = tuple(paying)

    def _meant(self, noun: str) -> Tie:
        """What a noun goes back to: of the policies named last those that end with it, else the
        last one before that does, else all named last."""
        last = self._thread.named
        ending = tuple(one for one in last if self._name(one).endswith(noun))
        earlier = (one for one in reversed(self._thread.earlier) if self._name(one).endswith(noun))
        return ending or tuple(earlier)[:1] or last

    def _name(self, number: int) -> str:
        policy = self._policies[number]
        return self._text[policy.start : policy.end].rstrip('」』”》〉"')

    def _tie(self, clause: Clause, following: Clause | None) -> None:
        """The policies that each figure of a clause hangs on."""
        thread = self._thread
        holding, passed, seen = thread.force, 0, clause.start
        ground, nearest = thread.basis, False
        for index in clause.drafts:
            draft = self._drafts[index]
            while passed < len(clause.names) and clause.names[passed].end <= draft.start:
                one = clause.names[passed]
                passed += 1
                if one.role in (NAMED, TOPIC, CONFERRED):
                    holding, nearest = self._joining(holding, one.policies), True
                elif one.role == BASIS:
                    ground = one.policies
                else:
                    self._given[index].consider("policy_ids", "passing", one.policies)
            if not nearest and self._other_subject(seen, draft.start):
                holding = thread.force = ()
            seen = draft.end
            around = _Around(holding, nearest, clause.names[passed : passed + _AHEAD], ground)
            tie, how = self._choose(clause, index, following, around)
            if tie:
                self._ties[index] = tie
                self._given[index].consider("policy_ids", how, tie)

    def _choose(
        self, clause: Clause, index: int, following: Clause | None, around: _Around
    ) -> tuple[Tie, Source]:
        """What a figure hangs on, and how that was found."""
        if own := self._own(self._drafts[index].start):
            return own, "inside"
        if around.nearest and around.holding:
            return around.holding, "named"
        if behind := _behind(around.ahead):
            return behind, "behind"
        if bought := self._purpose(clause, index, following):
            return bought, "purpose"
        return (around.holding, "earlier") if around.holding else (around.ground, "ground")

    def _own(self, place: int) -> Tie:
        """The policy whose name or definition a figure stands in."""
        number = self._names.at(place)
        if number is None and self._defined.places:
            number = self._defined.at(place)
        return () if number is None else (number,)

    def _joining(self, holding: Tie, policies: Tie) -> Tie:
        """A maxim joins the policy that is spoken of; any other takes its place."""
        if all(self._policies[one].category == _SLOGAN for one in policies):
            return tuple(dict.fromkeys((*holding, *policies)))[-_LONGEST_ROW:]
        return policies

    def _purpose(self, clause: Clause, index: int, following: Clause | None) -> Tie:
        """What money that closes its clause is for: 預留5億元，推行「X」計劃."""
        closes = self._drafts[index].kind == _MONEY and index == clause.drafts[-1]
        if not closes or following is None or following.semicolon or not following.names:
            return ()
        first = following.names[0]
        brought = self._words.brought_in(self._text, following.start, first.start)
        return first.policies if brought and first.role == NAMED else ()

    def _other_subject(self, start: int, end: int) -> bool:
        """Whether something in quotes that is no policy stands in ``[start, end)``."""
        return any(
            self._names.at(match.start()) is None and self._defined.at(match.start()) is None
            for match in _OPENING_QUOTE.finditer(self._text, start, end)
        )

    def _leave(self, clause: Clause) -> bool:
        """What a clause leaves for those after it; whether it named a policy to go back to."""
        thread, named = self._thread, False
        for one in clause.names:
            if one.role in (NAMED, TOPIC):
                thread.force = self._joining(thread.force, one.policies)
                thread.whole = one.role == TOPIC
                thread.named, named = thread.force, True
                thread.earlier = (*thread.earlier, *one.policies)[-_LONGEST_ROW:]
            elif one.role == BASIS:
                thread.basis = one.policies
        return named


class _Places:
    """Places of policies in text order, to be looked up."""

    def __init__(self, places: Iterator[tuple[int, int, int]]) -> None:
        self.places = sorted(places)
        self._starts = [place[0] for place in self.places]

    def at(self, place: int) -> int | None:
        """The policy of the last place that begins at or before ``place``, if it reaches there."""
        near = bisect_right(self._starts, place) - 1
        return self.places[near][2] if near >= 0 and place < self.places[near][1] else None


def _behind(names: Sequence[Named]) -> Tie:
    """What a figure in front of names hangs on: 9家企業入選X, 撥款5億元推行「X」計劃."""
    for one in names:
        if one.role in (NAMED, CONFERRED):
            return one.policies
    return ()


def _index(starts: Sequence[int], place: int) -> int:
    return max(0, bisect_right(starts, place) - 1)


def link(
    observations: Sequence[Figure | Percentage], policies: Sequence[Policy], ties: Sequence[Tie]
) -> tuple[Record, ...]:
    """All records in text order, with ``policy_ids`` and ``figure_ids`` filled in.

    ``ties`` are for each observation the indices of its policies.
    """
    figure_ids: list[list[str]] = [[] for _ in policies]
    records: list[Record] = []
    for one, numbers in zip(observations, ties, strict=True):
        for number in numbers:
            figure_ids[number].append(one.id)
        if numbers:
            names = tuple(policies[number].id for number in numbers)
            records.append(replace(one, policy_ids=names))
        else:
            records.append(one)
    records += (
        replace(policy, figure_ids=tuple(ids)) if ids else policy
        for policy, ids in zip(policies, figure_ids, strict=True)
    )
    return tuple(sorted(records, key=attrgetter("start", "end")))
