"""Names: what the words of a stretch of text name, without what stands around them."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from itertools import pairwise

from extractor.marks import TEXT, Mark
from extractor.relate.edges import Edges
from extractor.relate.words import Words
from extractor.text import SourceText, Span
from extractor.tokens import verbs

_LETTER = re.compile(r"\w")
_BLANKS = frozenset((*filter(str.isspace, map(chr, range(0x3001))), *"-—·."))
"""Characters that no name begins or ends with."""
_NOT_FIRST = _BLANKS | frozenset("」”』》")
_NOT_LAST = _BLANKS | frozenset("「“『《")
_CLOSING = frozenset("」”’』》")
_LONGEST_MODIFIER = 8
_SHORTEST_HEAD = 2


class Names:
    """Trims and judges names by their words alone; spans are matching offsets."""

    def __init__(self, source: SourceText, words: Words, edges: Edges) -> None:
        self._text = source.text
        self._words = words
        self._edges = edges

    def written(self, mark: Mark) -> str:
        """The words of a mark, in Simplified script."""
        return self._text[mark.start : mark.end]

    def trimmed(self, start: int, end: int) -> Span | None:
        """The stretch without the words at its edges that are no part of a thing's name."""
        text, edges = self._text, self._edges
        while start < end and text[start] in _NOT_FIRST:
            start += 1
        while end > start and text[end - 1] in _NOT_LAST:
            end -= 1
        for word in edges.through if edges.any_through.search(text, start, end) else ():
            at = text.rfind(word, start, end)
            if at >= 0 and self._words.edge(at + len(word)):
                start = at + len(word)
        if text.startswith(edges.heads.get(text[start : start + 1], ()), start, end):
            start = self._trim_left(start, end)
        if text.endswith(edges.ends.get(text[end - 1 : end], ()), start, end):
            end = self._trim_right(start, end)
        if text[start:end] in edges.alone:
            return None
        written = text[start : start + 1].isalnum() or _LETTER.search(text, start, end)
        return Span(start, end) if start < end and written else None

    def _trim_left(self, start: int, end: int) -> int:
        """Where the phrase begins without the words, one or more of the dictionary's, ahead."""
        text, left = self._text, self._edges.left_words
        edges = [last for _, last in self._words.cut(start, end)]
        while start < end:
            fits = [
                last
                for last in edges
                if last > start
                and text[start:last] in left
                and not any(word in text[last:end] for word in left[text[start:last]])
            ]
            if not fits or text.startswith(self._edges.kept, start, end):
                return start
            start = fits[-1]
        return end

    def _trim_right(self, start: int, end: int) -> int:
        """Where the phrase ends without the words, one or more of the dictionary's, behind."""
        text, right = self._text, self._edges.right_words
        edges = [first for first, _ in self._words.cut(start, end)]
        last = end
        while start < last:
            fits = [first for first in edges if first < last and text[first:last] in right]
            if not fits:
                return last
            last = fits[0]
        # 長者受傷 are the elderly, but 受傷23人 has no other name.
        return end if text[start:end] in self._edges.measure_nouns else start

    def _first_listed(self, phrase: Span) -> Span:
        """What a list begins with, without what it is of: 大類有〔煙酒〕（2%）、衣履（3%）."""
        text, edges = self._text, self._edges
        if not edges.any_list.search(text, *phrase):
            return phrase
        for first, last in reversed(self._words.cut(*phrase)):
            opens = text[first:last] in edges.lists and phrase.start < first and last < phrase.end
            if opens and not text.startswith(edges.not_listed, last):
                return self.trimmed(last, phrase.end) or phrase
        return phrase

    def part(self, phrase: Span) -> Span | None:
        """The part that a share is of, without its whole: 女性〔在管理層中〕, 〔經費中〕企業資金;
        ``None`` where the phrase is the whole."""
        start: int | None = phrase.start
        while start is not None:
            if self._word_before(start, self._edges.whole) is not None:
                return None
            start = self._word_before(start, self._edges.left_words)
        cut = self._words.cut(*phrase)
        for first, last in cut[1:-1]:
            if self._text[first:last] in self._edges.among:
                return self.trimmed(last, phrase.end)
        for first, last in cut:
            counted = self._text[last : last + 1].isdigit()  # 年齡在25至34歲的人
            if self._text[first:last] in self._edges.whole and not counted:
                return self.trimmed(phrase.start, first)
        return phrase

    def without_among(self, phrase: Span) -> Span:
        """The whole that a share is of, without the word ahead of it: 在〔受訪者〕當中."""
        text = self._text
        ahead = [len(word) for word in self._edges.whole if text.startswith(word, *phrase)]
        return Span(phrase.start + max(ahead, default=0), phrase.end)

    def _word_before(self, place: int, words: Container[str]) -> int | None:
        """Where the longest of the words begins that ends at ``place``."""
        first = max(place - self._edges.longest, 0)
        starts = (start for start in range(first, place) if self._text[start:place] in words)
        return next((start for start in starts if self._words.edge(start)), None)

    def without_population(self, phrase: Span) -> Span:
        """The name of a measure without whom it is taken of: 企業〔研發投入率〕."""
        text = self._text[phrase.start : phrase.end]
        ahead = [len(word) for word in self._edges.populations if text.startswith(word)]
        rest = Span(phrase.start + max(ahead, default=0), phrase.end)
        return rest if rest.end - rest.start >= _SHORTEST_HEAD and self.is_measure(rest) else phrase

    def without_told(self, phrase: Span | None) -> Span | None:
        """The things, without what is told of them: 受訪市民〔認為價格過高〕; ``None`` where
        nothing but that is said."""
        if phrase is None:
            return None
        (first, last), *words = self._words.cut(*phrase)
        if self._text[first:last] in self._edges.verdicts:
            return None
        told = (start for start, end in words if self._text[start:end] in self._edges.told)
        return self.trimmed(first, next(told, phrase.end))

    def opens_verdict(self, mark: Mark) -> bool:
        """Whether the first word of a mark opens what is told of things not named there."""
        return self._words.first(mark.start, mark.end) in self._edges.verdicts

    def without_act(self, phrase: Span) -> Span:
        """Those who act, without the verb behind them: 15間〔食肆〕結業."""
        *rest, (first, last) = self._words.cut(*phrase)
        return (
            Span(phrase.start, first)
            if rest and self._text[first:last] in self._edges.acts
            else phrase
        )

    def owned(self, phrase: Span, owners: tuple[str, ...]) -> tuple[Span, Span] | None:
        """The owner that opens the name of a measure of firms, and that name without it.

        ``owners``: how the owner ends; the last word that does is its end.
        """
        if not self._text.endswith(self._edges.firm, *phrase):
            return None
        for first, last in reversed(self._words.cut(*phrase)[:-1]):
            if self._text.endswith(owners, phrase.start, last) and first > phrase.start:
                owner = last + (self._text[last] in _CLOSING)  # 「外商銀行」〔盈餘〕
                rest = self.trimmed(owner, phrase.end)
                return (Span(phrase.start, owner), rest) if rest else None
        return None

    def acted(self, phrase: Span, actors: tuple[str, ...]) -> tuple[Span, Span] | None:
        """Who did what a verb inside the phrase tells, and to what: 〔海關〕凍結〔資產〕.

        ``actors``: how the names of those end.
        """
        for (_, first), (_, last) in pairwise(self._words.cut(*phrase)[:-1]):
            if self._text[first:last] in verbs() and last - first > 1:
                thing = self.trimmed(last, phrase.end)
                acts = self._text.endswith(actors, phrase.start, first)
                # 大學註冊〔率〕 is a name.
                done = acts and thing and thing.start == last and thing.end - last > 1
                return (Span(phrase.start, first), thing) if done and thing else None
        return None

    def group(self, phrase: Span) -> tuple[Span, Span] | None:
        """Whom a measure is taken of and its name, where the phrase says both: 醫院〔預約率〕."""
        if not self._text.endswith(self._edges.names, *phrase):
            return None
        for first, last in reversed(self._words.cut(*phrase)[:-1]):
            rest = Span(last, phrase.end)
            if self._text.endswith(self._edges.names, *rest) and self._text.endswith(
                self._edges.groups, first, last
            ):
                return Span(phrase.start, last), rest
        return None

    def front(self, item: Mark) -> Span | None:
        """What the first thing of a list opens with that is said of all of them: 〔對〕東盟."""
        starts = [one for one in self._edges.fronts if self.written(item).startswith(one)]
        end = item.start + max(map(len, starts), default=0)
        return Span(item.start, end) if item.start < end < item.end else None

    def is_verb(self, phrase: Span) -> bool:
        """Whether the phrase is a word that the dictionary has as a verb and nothing else."""
        start, end = phrase
        word = self._text[start:end]
        return word in verbs() and word not in self._edges.measure_nouns

    def is_said(self, verb: Mark) -> bool:
        """Whether somebody says what follows the verb: 發言人〔表示〕，…."""
        return self.written(verb) in self._edges.settings

    def is_doing(self, phrase: Span) -> bool:
        """Whether the phrase is one verb, a measure's name or not: 長者300人〔就業〕."""
        return self._text[phrase.start : phrase.end] in verbs()

    def is_of_origin(self, phrase: Span) -> bool:
        """Whether the phrase opens with those who are named after where they come from."""
        return self._text.startswith(self._edges.origins, *phrase)

    def has_origin(self, mark: Mark) -> bool:
        """Whether the mark says itself who come from there: 香港〔旅客〕."""
        return self._text.endswith(self._edges.origins, mark.start, mark.end)

    def is_measure(self, phrase: Span) -> bool:
        """Whether the phrase ends like the name of a measure or of a sum of money."""
        return self._text.endswith(self._edges.measure_nouns, *phrase)

    def is_of_firm(self, mark: Mark) -> bool:
        """Whether the mark ends like the name of a measure that firms report."""
        return mark.kind == TEXT and self._text.endswith(self._edges.firm, mark.start, mark.end)

    def is_bare(self, mark: Mark) -> bool:
        """Whether the mark ends like the name of a measure whose numbers have no unit."""
        return mark.kind == TEXT and self._text.endswith(self._edges.bare, mark.start, mark.end)

    def is_size(self, phrase: Span) -> bool:
        """Whether the phrase ends like the name of how much or how many there are."""
        return self._text.endswith(self._edges.sizes, *phrase)

    def fits(self, head: Span, kind: str) -> bool:
        """Whether a number of this kind can be of what the head names: 就業人數 are counted."""
        edges = self._edges
        endings = {"count": edges.counts, "percent": edges.rates, "number": edges.bare}
        if kind == "currency":
            others = (*edges.counts, *edges.rates, *edges.bare)
            return self.is_measure(head) and not self._text.endswith(others, *head)
        plain = kind == "count" and not self.is_measure(head)
        return plain or self._text.endswith(endings.get(kind, ()), *head)

    def is_sum(self, label: Span) -> bool:
        """Whether the label of a row names nothing, only that the row sums up the others."""
        return self._edges.is_sum(self._text[label.start : label.end])

    def topic(self, mark: Mark) -> Span | None:
        """What a text such as 外匯存底方面 says that the sentence is about."""
        if not self._text.endswith(self._edges.topics, mark.start, mark.end):
            return None
        ends = (len(one) for one in self._edges.topics if self._text.endswith(one, 0, mark.end))
        return self.trimmed(mark.start, mark.end - max(ends))

    def _sets_the_scene(self, mark: Mark) -> bool:
        """Whether the last word is one such as 計 in 按人數計, and not a part of 外觀設計; a word
        of a topic (人口部分) has one."""
        words = self._edges.setting_ends.get(self._text[mark.end - 1], ())
        if not self._text.endswith(words, 0, mark.end):
            return False
        if self._text[mark.start : mark.end] in self._edges.topics:
            return False
        return any(
            self._text.endswith(word, 0, mark.end) and self._words.edge(mark.end - len(word))
            for word in words
        )

    def shared_head(self, items: Sequence[Mark]) -> Span | None:
        """The words after the last of the listed items that belong to all of them.

        城鎮、農村居民人均可支配收入: the last item opens like the short ones before it, and the
        rest is their head as well.
        """
        *short, last = items
        lengths = {item.end - item.start for item in short}
        if last.kind != TEXT or not lengths:
            return None
        if lengths == {last.end - last.start} and self._ends_in_money(last):
            return None  # 流通貨幣及活期存款 are whole names
        nouns = self._edges.measure_nouns
        if any(self._text.endswith(nouns, item.start, item.end) for item in short):
            return None
        if head := self._behind_class(items) or self._behind_slash(last):
            return head
        if max(lengths) > _LONGEST_MODIFIER:
            return None
        if len(lengths) == 1:
            length = lengths.pop()
            head = Span(last.start + length, last.end)
            measured = self._text.endswith(nouns, *head)
            long_enough = head.end - head.start >= _SHORTEST_HEAD
            if long_enough and measured and (length == 1 or self._is_apart(head)):
                return head
        within = last.start + 1, last.end
        if not self._text.endswith(nouns, *within):
            return None
        longest = max(len(one) for one in nouns if self._text.endswith(one, *within))
        if longest == 1:
            # 出口額: the word that ends with a noun of one letter is the head.
            longest = last.end - self._words.cut(last.start, last.end)[-1][0]
        whole = longest == last.end - last.start
        return None if longest < _SHORTEST_HEAD or whole else Span(last.end - longest, last.end)

    def _ends_in_money(self, mark: Mark) -> bool:
        return self._text.endswith(self._edges.money, mark.start, mark.end)

    def _behind_slash(self, last: Mark) -> Span | None:
        """What is measured of things of two names, the last has both: 國際/海外〔業務量〕."""
        slash = self._text.rfind("/", last.start, last.end)
        if slash < 0:
            return None
        head = Span(self._words.cut(slash + 1, last.end)[0][1], last.end)
        return head if head.start < head.end and self.is_measure(head) else None

    def _behind_class(self, items: Sequence[Mark]) -> Span | None:
        """What is measured of things that all end alike: 製造業、採礦業〔利潤〕."""
        *short, last = items
        endings = {self._text[item.end - 1] for item in short}
        start = self._text.rfind(endings.pop(), last.start + 1, last.end) + 1
        if endings or not start or last.end - start < _SHORTEST_HEAD:
            return None
        head = Span(start, last.end)
        return head if self.is_measure(head) and self._words.edge(start) else None

    def _is_apart(self, head: Span) -> bool:
        """Whether a head can be said by itself: 第三〔產業產值〕, not 鋰電〔池出口〕."""
        return self._words.edge(head.start) or len(self._words.first(*head)) > 1
