"""Named policies: found, named whole, put into classes, defined and credited to their makers.

The stages: one scan of the text; names in quotes and without; definitions; names of one policy
put together; makers. Every stage looks things up in the scan and none walks the text again.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from extractor.matchers.areas import Area
from extractor.matchers.exact_names import ExactNames
from extractor.matchers.periods import Period
from extractor.matchers.policy_candidates import WELL_KNOWN, Gathered
from extractor.matchers.policy_definitions import Defined, Definitions
from extractor.matchers.policy_heads import BareNames, NameEdges
from extractor.matchers.policy_issuers import Body, Issuers, Maker
from extractor.matchers.policy_marks import DefinitionMark, PolicyFindings, PolicyMark
from extractor.matchers.policy_periods import PolicyPeriods, Times
from extractor.matchers.policy_quoted import QuotedNames
from extractor.matchers.policy_register import Entry, Register
from extractor.matchers.policy_scan import Scan, Scanner
from extractor.ruleset import Ruleset
from extractor.text import SourceText, Span
from extractor.tokens import Tokenizer

_LONGEST_SEALED = 40
_FARTHEST = 160
"""Letters between a full name and the shorter one that is introduced for it."""
_NEAREST = 60
"""Policies on either side of a definition that it may explain."""


class PolicyMatcher:
    """Reads the policies of one release; reusable and without state between calls."""

    def __init__(self, ruleset: Ruleset, *, tokenizer: Tokenizer | None = None) -> None:
        """``tokenizer`` is asked only where one letter decides how far a name reaches."""
        self._scanner = Scanner(ruleset)
        tokenizer = tokenizer or Tokenizer()
        edges = NameEdges(self._scanner, tokenizer)
        self._quoted = QuotedNames(ruleset, self._scanner, edges)
        self._bare = BareNames(self._scanner, edges)
        self._exact = ExactNames(ruleset, tokenizer)
        self._definitions = Definitions(ruleset, self._scanner)
        self._issuers = Issuers(ruleset, self._scanner)
        self._periods = PolicyPeriods(self._scanner)
        self._introduces = self._scanner.patterns["introduces"]
        self._joint = self._scanner.patterns["joint"]
        self._alias = self._scanner.patterns["alias"]

    def find(
        self,
        source: SourceText,
        *,
        region: str | None = None,
        periods: Sequence[Period] = (),
        areas: Sequence[Area] = (),
    ) -> PolicyFindings:
        """All named policies of ``source`` in text order, in matching offsets.

        ``region`` (CN, HK, TW, MO) settles what class a head noun stands for where usage
        differs. ``periods`` are those of the text in order; a policy's time is read from them
        where its name does not give it. ``areas``, likewise, may be makers. An empty result is
        an answer, never an error.
        """
        scan = self._scanner.scan(source.text)
        if not (scan.heads or scan.quotes or self._exact):
            return PolicyFindings()
        gathered = Gathered([], [])
        covered = self._quoted.read(scan, region, gathered)
        self._bare.read(scan, covered, region, gathered)
        self._exact.read(source, scan, region, gathered)
        defined = self._definitions.read(scan, {span.start: span.end for span in covered})
        entries = Register(scan, gathered, defined, self._introduces).build(
            list(self._introduced(scan, source))
        )
        policies = tuple(self._marks(scan, source, entries, defined, periods, areas))
        # A shorter name, taken because it was introduced, may have looked like none by itself.
        named = {place for policy in policies for place in policy.mentions}
        rejected = sorted(
            (one for one in gathered.rejected if (one.start, one.end) not in named),
            key=lambda one: (one.start, one.end),
        )
        return PolicyFindings(policies, tuple(rejected), _sealed(scan, policies))

    def _introduced(self, scan: Scan, source: SourceText) -> Iterator[tuple[Span, Span]]:
        """Each shorter name that the text introduces, and the stretch before it."""
        for match in self._alias.finditer(scan.text):
            group = "name" if match["name"] else "plain"
            sentence = _around(source.sentences, match.start())
            begin = max(sentence.start, match.start() - _FARTHEST)
            yield Span(begin, match.start()), Span(*match.span(group))

    def _marks(
        self,
        scan: Scan,
        source: SourceText,
        entries: list[Entry],
        defined: list[Defined],
        periods: Sequence[Period],
        areas: Sequence[Area],
    ) -> Iterator[PolicyMark]:
        names = [place for entry in entries for place in entry.mentions]
        bodies = self._issuers.bodies(scan, names, areas)
        meant = _assign(entries, defined)
        stops = sorted([place.start for place in names])
        times = Times(periods, source.sentences)
        firsts = self._firsts(scan, names)
        for number, entry in enumerate(entries):
            first = entry.first
            definitions = tuple(meant.get(number, ()))
            maker = self._issuer(scan, source, bodies, entry, firsts)
            time = self._periods.of(scan, entry, times, stops)
            yield PolicyMark(
                start=first.start,
                end=first.end,
                category=first.category,
                rule=first.rule,
                head=first.head,
                issuer=maker.name if maker else None,
                aliases=tuple(entry.aliases),
                mentions=tuple(entry.mentions),
                definitions=definitions,
                period=time.code if time else None,
                noun=first.noun,
                cue=first.cue,
                made=maker.by if maker else None,
                time=time.words if time else None,
                confidence=first.confidence if all(d.agrees for d in definitions) else 0.5,
            )

    def _issuer(
        self,
        scan: Scan,
        source: SourceText,
        bodies: list[Body],
        entry: Entry,
        firsts: dict[Span, Span],
    ) -> Maker | None:
        """The maker, as the full name's sentence says, or the first other mention that does.

        ``firsts``: what each name stands in a row with; a name beside another shares its maker.
        """
        known = entry.first.rule == WELL_KNOWN
        full = Span(entry.first.start, entry.first.end)
        for named in (full, *(other for other in entry.mentions if other != full)):
            place = firsts[named]
            sentence = _around(source.sentences, place.start)
            maker = self._issuers.of(scan, bodies, place, sentence, at_once=known)
            if maker is not None:
                return maker
        return None

    def _firsts(self, scan: Scan, names: list[Span]) -> dict[Span, Span]:
        """For each name the first of those that stand in a row up to it, joined by 「and」."""
        ending = {place.end: place for place in names}
        firsts: dict[Span, Span] = {}
        for place in sorted(names):
            joint = self._joint.search(scan.text, max(0, place.start - 2), place.start)
            before = ending.get(joint.start()) if joint else None
            firsts[place] = place if before is None else firsts[before]
        return firsts


def _around(spans: Sequence[Span], place: int) -> Span:
    return spans[max(bisect_left(spans, (place + 1,)) - 1, 0)]


def _assign(entries: list[Entry], defined: list[Defined]) -> dict[int, list[DefinitionMark]]:
    """Each definition to the policy it explains: the one named last before it whose name holds
    the term, else the first such one."""
    meant: dict[int, list[DefinitionMark]] = {}
    for one in defined:
        term = one.mark.term.start
        near = bisect_right(entries, term, key=lambda entry: entry.first.start)
        best: tuple[bool, int] | None = None
        for number in range(max(0, near - _NEAREST), min(len(entries), near + _NEAREST)):
            entry = entries[number]
            if one.words not in entry.name:
                continue
            before = [place.start for place in entry.mentions if place.start <= term]
            rank = (True, max(before)) if before else (False, -entry.first.start)
            if best is None or rank > best:
                best, owner = rank, number
        if best is not None:
            meant.setdefault(owner, []).append(one.mark)
    return meant


def _sealed(scan: Scan, policies: Iterable[PolicyMark]) -> tuple[Span, ...]:
    """Names and short quotations, joined where they touch."""
    spans = [quote[:2] for quote in scan.quotes if quote.end - quote.start <= _LONGEST_SEALED]
    for policy in policies:
        for start, end in policy.mentions:
            digits = len(scan.text[start:end].lstrip("0123456789"))
            spans.append((end - digits, end))
    spans.sort()
    sealed: list[Span] = []
    for start, end in spans:
        if sealed and start < sealed[-1].end:
            sealed[-1] = Span(sealed[-1].start, max(end, sealed[-1].end))
        else:
            sealed.append(Span(start, end))
    return tuple(sealed)
