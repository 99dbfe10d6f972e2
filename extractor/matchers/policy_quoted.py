"""Names in quotes: 「…」 with its head noun inside, after or before it, titles, slogans."""

from __future__ import annotations

import re

from extractor.matchers.policy_candidates import WELL_KNOWN, Candidate, Gathered
from extractor.matchers.policy_heads import NameEdges, category_of
from extractor.matchers.policy_scan import Head, Quote, Scan, Scanner, kind_of
from extractor.matchers.policy_traps import Traps
from extractor.ruleset import Ruleset
from extractor.tables.policies import NamedPolicy, PolicyHead, PolicyShape
from extractor.text import Span

_SHORTEST_OWN = 2
_SHORTEST_PRACTICE = 5
_LONGEST_SLOGAN = 14
_LONGEST_NAME = 24
_LONGEST_TITLE = 80


class QuotedNames:
    """Reads every quotation as a policy's name, or says why it is none."""

    def __init__(self, ruleset: Ruleset, scanner: Scanner, edges: NameEdges) -> None:
        self._edges = edges
        self._patterns = scanner.patterns
        self._shapes = ruleset.entries(PolicyShape)
        shapes = "|".join(f"(?P<s{i}>{rule.pattern})" for i, rule in enumerate(self._shapes))
        self._any_shape = re.compile(shapes or "(?!)")
        self._traps = Traps(ruleset)

    def read(self, scan: Scan, region: str | None, into: Gathered) -> list[Span]:
        """Candidates from all quotations; returns the places they cover, in text order.

        What stands inside a name, or a quotation within a quotation that was taken, is not
        looked at again; what stands inside quoted speech is.
        """
        covered: list[Span] = []
        taken: set[int] = set()
        index = 0
        while index < len(scan.quotes):
            group = self._group(scan, index)
            index += len(group)
            if group[0].parent in taken:
                taken.update([quote.start for quote in group])
                continue
            found = self._read_group(scan, group, region, into)
            for quote, one in zip(group, found, strict=True):
                if one is not None:
                    taken.add(quote.start)
                    covered.append(Span(one.start, one.end))
                    into.candidates.append(one)
        return covered

    def _group(self, scan: Scan, index: int) -> list[Quote]:
        """The quotations from ``index`` on that stand in a row, joined by nothing or 「and」."""
        group = [scan.quotes[index]]
        joined = self._patterns["joined_quotes"]
        for place in range(index + 1, len(scan.quotes)):
            quote, last = scan.quotes[place], group[-1]
            if quote.parent != last.parent or quote.title != last.title:
                break
            if not joined.fullmatch(scan.text, last.end, quote.start):
                break
            group.append(quote)
        return group

    def _read_group(
        self, scan: Scan, group: list[Quote], region: str | None, into: Gathered
    ) -> list[Candidate | None]:
        last = group[-1]
        shared = None if last.title or len(group) == 1 else self._head_after(scan, last)
        if shared is None or self._traps.around(scan, last):
            return [self._read_one(scan, quote, region, into) for quote in group]
        found: list[Candidate | None] = []
        for quote in group:
            own_name = self._named(scan, quote) or self._head_inside(scan, quote)
            too_long = quote.end - quote.start > _LONGEST_NAME
            if own_name or too_long or self._traps.around(scan, quote):
                found.append(self._read_one(scan, quote, region, into))
            else:
                found.append(
                    Candidate(
                        start=quote.start,
                        end=quote.end,
                        core=scan.text[quote.start + 1 : quote.end - 1],
                        category=category_of(shared.rule, region),
                        rule="shared head",
                        quoted=True,
                        head=Span(self._head_start(scan, last, shared), shared.end),
                        noun=Span(shared.start, shared.end),
                    )
                )
        return found

    def _read_one(
        self, scan: Scan, quote: Quote, region: str | None, into: Gathered
    ) -> Candidate | None:
        found = None
        trap = self._traps.around(scan, quote)
        if trap is None or quote.title:
            found = (
                self._titled(scan, quote, region)
                if quote.title
                else self._marked(scan, quote, region)
            )
        if found is None:
            into.reject(quote.start, quote.end, trap or ("title" if quote.title else "no_head"))
        return found

    def _titled(self, scan: Scan, quote: Quote, region: str | None) -> Candidate | None:
        """《…》: a document if its last noun is a policy's, or one follows at once."""
        inside = self._head_inside(scan, quote)
        after = self._head_after(scan, quote, gap=0)
        head = after or inside
        if head is None or quote.end - quote.start > _LONGEST_TITLE:
            return None
        if self._traps.within(scan, quote):
            return None
        end = after.end if after else quote.end
        number = self._patterns["document_number"].match(scan.text, end)
        return Candidate(
            start=quote.start,
            end=number.end() if number else end,
            core=scan.text[quote.start + 1 : quote.end - 1],
            category=category_of(head.rule, region),
            rule="title",
            quoted=True,
            headed=True,
            noun=Span(head.start, head.end),
            period=self._edges.period(scan.text, quote.start, end),
        )

    def _marked(self, scan: Scan, quote: Quote, region: str | None) -> Candidate | None:
        """「…」: with a head after it, one inside it, or the shape of a slogan."""
        core = scan.text[quote.start + 1 : quote.end - 1]
        if not core.strip():
            return None
        shape = self._shape(core)
        named = self._named(scan, quote)
        after = None
        if len(core) <= _LONGEST_NAME:
            after = self._head_after(scan, quote, shaped=shape is not None or named is not None)
        if after is not None:
            return self._headed(scan, quote, after, region, shape)
        inside = self._head_inside(scan, quote)
        rule = named or (inside.rule if inside else None)
        if rule is not None:
            return Candidate(
                start=quote.start,
                end=quote.end,
                core=core,
                category=category_of(rule, region),
                rule=WELL_KNOWN if named else "head inside",
                quoted=True,
                headed=True,
                noun=Span(inside.start, inside.end) if inside and not named else None,
                period=named.period
                if named
                else self._edges.period(scan.text, quote.start, quote.end),
            )
        before = self._head_before(scan, quote)
        if before is not None:
            return Candidate(
                start=before.start,
                end=quote.end,
                core=core,
                category=category_of(before.rule, region),
                rule="head before",
                quoted=True,
                headed=True,
                noun=Span(before.start, before.end),
            )
        if shape is not None:
            return Candidate(
                start=quote.start,
                end=quote.end,
                core=core,
                category=shape.category,
                rule=shape.name,
                quoted=True,
                certain=shape.alone or self._brought_in(scan, quote),
                confidence=0.8,
            )
        category = self._told_by_use(scan, quote)
        if category is not None:
            return Candidate(
                start=quote.start,
                end=quote.end,
                core=core,
                category=category,
                rule="told by use",
                quoted=True,
                confidence=0.7,
            )
        return None

    def _headed(
        self, scan: Scan, quote: Quote, head: Head, region: str | None, shape: PolicyShape | None
    ) -> Candidate:
        core = scan.text[quote.start + 1 : quote.end - 1]
        detached = self._head_start(scan, quote, head) > quote.end
        start = quote.start
        category = category_of(head.rule, region)
        if not detached and (shape is not None or category in ("plan", "policy")):
            start = self._edges.before_quote(scan, quote.start, made=shape is None)
        end = quote.end if detached else head.end
        return Candidate(
            start=start,
            end=end,
            core=core if start == quote.start else scan.text[start:end],
            category=category,
            rule="head after",
            quoted=True,
            headed=not detached,
            noun=Span(head.start, head.end),
            period=self._edges.period(scan.text, start, end),
        )

    def _head_after(
        self, scan: Scan, quote: Quote, *, gap: int | None = None, shaped: bool = True
    ) -> Head | None:
        """The head noun that the quotation leans on, if nothing ends the name between them."""
        text = scan.text
        detached = self._patterns["detached_head"].match(text, quote.end)
        begin = detached.end() if detached else quote.end
        for head in scan.heads_after(begin, begin + 14):
            rule = head.rule
            if not isinstance(rule, PolicyHead):
                continue
            if head.start - begin > (rule.gap if gap is None else gap) or (detached and gap == 0):
                return None
            if not self._edges.open_between(scan, begin, head.start):
                return None
            if rule.quoted == "titled" and not quote.title:
                return None
            if rule.quoted == "shaped" and not shaped:
                continue
            return head
        return None

    def _head_start(self, scan: Scan, quote: Quote, head: Head) -> int:
        """Where the words of the head begin: at the closing quote unless something detaches it."""
        detached = self._patterns["detached_head"].match(scan.text, quote.end)
        return detached.end() if detached and detached.end() <= head.start else quote.end

    def _head_inside(self, scan: Scan, quote: Quote) -> Head | None:
        end = quote.end - 1
        bracket = self._patterns["closing_bracket"].search(scan.text, quote.start, end)
        head = scan.head_ending(bracket.start() if bracket else end)
        if head is None or head.start <= quote.start or quote.title:
            return head if head is not None and head.start > quote.start else None
        own = head.start - quote.start - 1
        if isinstance(head.rule, PolicyHead) and (own < _SHORTEST_OWN or head.rule.quoted != "any"):
            return None
        return head

    def _head_before(self, scan: Scan, quote: Quote) -> Head | None:
        naming = self._patterns["naming"].search(scan.text, max(0, quote.start - 6), quote.start)
        head = scan.head_ending(naming.start() if naming else quote.start)
        if head is None or not isinstance(head.rule, PolicyHead) or head.rule.quoted != "any":
            return None
        return head

    def _named(self, scan: Scan, quote: Quote) -> NamedPolicy | None:
        head = scan.head_ending(quote.end - 1)
        if head and head.start == quote.start + 1 and isinstance(head.rule, NamedPolicy):
            return head.rule
        return None

    def _shape(self, core: str) -> PolicyShape | None:
        if len(core) > _LONGEST_SLOGAN:
            return None
        match = self._any_shape.fullmatch(core)
        return self._shapes[int(match.lastgroup[1:])] if match and match.lastgroup else None

    def _told_by_use(self, scan: Scan, quote: Quote) -> str | None:
        """The class of a quotation that only the words around it make a policy."""
        if self._patterns["held_up_firmly"].match(scan.text, quote.end):
            return "strategy"
        if self._patterns["practised"].search(scan.text, max(0, quote.start - 4), quote.start):
            return "mechanism" if quote.end - quote.start > _SHORTEST_PRACTICE else None
        return None

    def _brought_in(self, scan: Scan, quote: Quote) -> bool:
        """Whether a verb that takes policies stands right before, or 「as …」 right after."""
        mark = scan.marks.ending(quote.start)
        if mark is not None and kind_of(mark) in ("issue", "pursue"):
            return True
        return self._patterns["held_up"].match(scan.text, quote.end) is not None
