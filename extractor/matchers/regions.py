"""Which press a release belongs to (CN, HK, TW, MO), and which area it speaks of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from extractor.errors import RuleError
from extractor.matchers.areas import Area, AreaMatcher
from extractor.matchers.guarded import GuardedWords, guards
from extractor.ruleset import Ruleset
from extractor.tables.areas import AreaJoint, Place
from extractor.tables.regions import AreaPartner, PublisherCue, RegionCue
from extractor.tables.relations import Cue

REGIONS = ("CN", "HK", "TW", "MO")

# What a mention weighs. A title says what the release is about, a dateline where it was written,
# the first lines who speaks; further down a mention may be of anybody.
_TITLE, _DATELINE, _LEAD, _BODY, _PUBLISHER = 20, 6, 3, 2, 8
_LEAD_LENGTH = 160
_COMPARING = frozenset(("above", "below", "compare", "equal"))
"""Kinds of cues that an area behind them is only compared by."""
_REACH = 8
"""No word of a comparison is longer."""
_OFTEN = 4
"""More mentions of one word than this say no more."""


class _Cue(NamedTuple):
    region: str
    weight: int
    code: str | None = None
    style: bool = False


class _Mention(NamedTuple):
    """An area that is spoken of, the press that is at home there, and what that weighs."""

    place: Place
    press: str | None
    weight: int


class ReleaseArea(NamedTuple):
    """What a release is taken to speak of; ``None`` where nothing tells."""

    region: str | None
    place: Place | None


class RegionMatcher:
    """Weighs the wording, the publisher and the areas of a release; usable from any thread.

    Raises ``RuleError`` where a rule names an unknown code.
    """

    def __init__(self, ruleset: Ruleset, areas: AreaMatcher) -> None:
        cues: dict[str, _Cue] = {
            word: _Cue(rule.region, rule.weight, style=rule.style)
            for rule in ruleset.entries(RegionCue)
            for word in rule.words
        }
        for rule in ruleset.entries(PublisherCue):
            if not areas.knows(rule.code):
                raise RuleError((f"[[publisher]]: code: {rule.code!r} is no area",))
            for word in rule.words:
                weight = cues[word].weight if word in cues else 0
                cues[word] = _Cue(rule.code[:2], weight + _PUBLISHER, rule.code)
        self._cues = GuardedWords(
            cues, guards([*ruleset.entries(RegionCue), *ruleset.entries(PublisherCue)])
        )
        self._areas = areas
        self._joints = {word for one in ruleset.entries(AreaJoint) for word in one.words}
        partners = ruleset.entries(AreaPartner)
        self._partners = tuple(word for one in partners for word in one.words)
        marking = ruleset.entries(Cue)
        self._comparing = tuple(
            word
            for cue in marking
            if cue.kind in _COMPARING and (not cue.followed_by or "area" in cue.followed_by)
            for word in cue.words
        )
        self._bases = tuple(word for cue in marking if cue.basis for word in cue.words)

    def find(
        self,
        text: str,
        found: Sequence[Area],
        *,
        title: tuple[int, int] | None = None,
        dateline: tuple[int, int] | None = None,
        region: str | None = None,
    ) -> ReleaseArea:
        """The region and the area of a release.

        ``found`` is what ``AreaMatcher.find`` gave for ``text``; ``title`` and ``dateline`` are
        spans of ``text``; a given ``region`` is taken as it is.
        """
        cues = Counter([cue for _, _, cue in self._cues.find(text)])
        said = [(cue, cue.weight * min(times, _OFTEN)) for cue, times in cues.items()]

        def weighed(areas: Iterable[Area]) -> list[_Mention]:
            return [
                _Mention(area.place, _press(area.place), _weight(area.start, title, dateline))
                for area in areas
            ]

        spoken_of = list(self._spoken_of(text, found, self._comparing))
        mentions = weighed(self._spoken_of(text, spoken_of, self._partners))
        if region is None and _region(said, mentions) is None:
            mentions = weighed(spoken_of)  # nothing but its partners tells
        if region is None:
            region = _region(said, mentions)
            if region is None or (not mentions and all(cue.style for cue in cues)):
                return ReleaseArea(region, None)
        return ReleaseArea(region, self._main(region, said, mentions))

    def _spoken_of(
        self, text: str, found: Sequence[Area], ahead: tuple[str, ...]
    ) -> Iterator[Area]:
        """The areas without those, or lists of them, that one of the words ``ahead`` leads: what
        something is only compared with (高於全省、全國2.1個百分點) is nobody's home."""
        compared: Area | None = None
        for area in found:
            listed = compared is not None and text[compared.end : area.start] in self._joints
            before = text[max(area.start - _REACH, 0) : area.start]
            if listed or (before.endswith(ahead) and not before.endswith(self._bases)):
                compared = area
            else:
                compared = None
                yield area

    def _main(
        self, region: str, said: Iterable[tuple[_Cue, int]], mentions: Iterable[_Mention]
    ) -> Place | None:
        """The area of ``region`` that most of the release's weight lies on."""
        own: defaultdict[str, int] = defaultdict(int)
        endings: defaultdict[str, int] = defaultdict(int)
        mentions = _spoken_of_too(mentions)
        for cue, weight in said:
            if cue.code and cue.region == region:
                own[cue.code] += weight
        for place, press, weight in mentions:
            if place.kind == "relative":
                endings[place.ending or ""] += _BODY
            elif place.code and press == region:
                own[place.code] += weight
        own[region] += endings.pop("", 0)
        scores = own.copy()
        for code, weight in own.items():
            for wider in self._wider(code):
                scores[wider] += weight // 4
        for ending, weight in endings.items():
            for code in scores:
                if self._named(code, ending):
                    scores[code] += weight
        best = max(scores, key=scores.__getitem__)
        if scores[best] or region != "CN":
            return self._areas.place(best if scores[best] else region)
        return None

    def _wider(self, code: str) -> Iterator[str]:
        around = self._areas.around(self._areas.place(code))
        return (place.code for place in around if place.code and place.code != code)

    def _named(self, code: str, ending: str) -> bool:
        return (self._areas.place(code).name or "").endswith(ending)


def _spoken_of_too(mentions: Iterable[_Mention]) -> list[_Mention]:
    """The mentions without a dateline's place, where the story names neither that nor 全市:
    agencies write on the nation from the capital."""
    given = list(mentions)
    told = {one.place.code for one in given if one.weight != _DATELINE}
    relative = any(one.place.ending for one in given)
    return [one for one in given if relative or one.place.code in told or one.weight != _DATELINE]


def _weight(start: int, title: tuple[int, int] | None, dateline: tuple[int, int] | None) -> int:
    if title and title[0] <= start < title[1]:
        return _TITLE
    if dateline and dateline[0] <= start < dateline[1]:
        return _DATELINE
    return _LEAD if start < _LEAD_LENGTH else _BODY


def _region(said: Iterable[tuple[_Cue, int]], mentions: Iterable[_Mention]) -> str | None:
    """The press that the wording and the areas speak for; ``None`` where they are silent."""
    scores: defaultdict[str, int] = defaultdict(int)
    for cue, weight in said:
        scores[cue.region] += weight
    # China as a whole is named in all four presses, as a market or as a neighbour.
    named = Counter(
        [(press, weight) for place, press, weight in mentions if press and place.code != "CN"]
    )
    for (press, weight), times in named.items():
        scores[press] += weight * min(times, _OFTEN)
    best = max(scores, key=scores.__getitem__, default=None)
    return best if best and scores[best] else None


def _press(place: Place) -> str | None:
    root = place.root
    return "CN" if root.isdigit() else root if root in REGIONS else None
