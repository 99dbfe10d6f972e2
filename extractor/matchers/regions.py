"""Which press a release belongs to (CN, HK, TW, MO), and which area it speaks of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from extractor.errors import RuleError
from extractor.matchers.areas import Area, AreaMatcher
from extractor.matchers.guarded import GuardedWords
from extractor.ruleset import Ruleset
from extractor.tables.areas import Place
from extractor.tables.regions import PublisherCue, RegionCue

REGIONS = ("CN", "HK", "TW", "MO")

# What a mention weighs. A title says what the release is about, a dateline where it was written,
# the first lines who speaks; further down a mention may be of anybody.
_TITLE, _DATELINE, _LEAD, _BODY, _PUBLISHER = 20, 6, 3, 2, 8
_LEAD_LENGTH = 160
_OFTEN = 4
"""More mentions of one word than this say no more."""


class _Cue(NamedTuple):
    region: str
    weight: int
    code: str | None = None


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
            word: _Cue(rule.region, rule.weight)
            for rule in ruleset.entries(RegionCue)
            for word in rule.words
        }
        for rule in ruleset.entries(PublisherCue):
            if not areas.knows(rule.code):
                raise RuleError((f"[[publisher]]: code: {rule.code!r} is no area",))
            for word in rule.words:
                weight = cues[word].weight if word in cues else 0
                cues[word] = _Cue(rule.code[:2], weight + _PUBLISHER, rule.code)
        self._cues = GuardedWords(cues, {})
        self._areas = areas

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
        cues = [cue for _, _, cue in self._cues.find(text)]
        weighed = [(area, _weight(area, title, dateline)) for area in found]
        region = region or _region(cues, weighed)
        if region is None:
            return ReleaseArea(None, None)
        return ReleaseArea(region, self._main(region, cues, weighed))

    def _main(
        self, region: str, cues: Iterable[_Cue], weighed: Iterable[tuple[Area, int]]
    ) -> Place | None:
        """The area of ``region`` that most of the release's weight lies on."""
        own: Counter[str] = Counter()
        endings: Counter[str] = Counter()
        for cue, times in Counter(cues).items():
            if cue.code and cue.region == region:
                own[cue.code] += cue.weight * min(times, _OFTEN)
        for area, weight in weighed:
            place = area.place
            if place.kind == "relative":
                endings[place.ending or ""] += _BODY
            elif place.code and _press(place) == region:
                own[place.code] += weight
        whole = self._areas.place(region)
        own[region] += endings.pop("", 0)
        scores = Counter(own)
        for code, weight in own.items():
            for wider in self._wider(code):
                scores[wider] += weight // 4
        for code in scores:
            scores[code] += sum(endings[end] for end in endings if self._named(code, end))
        best, score = scores.most_common(1)[0]
        if score:
            return self._areas.place(best)
        return whole if region != "CN" else None

    def _wider(self, code: str) -> Iterator[str]:
        around = self._areas.around(self._areas.place(code))
        return (place.code for place in around if place.code and place.code != code)

    def _named(self, code: str, ending: str) -> bool:
        return (self._areas.place(code).name or "").endswith(ending)


def _weight(area: Area, title: tuple[int, int] | None, dateline: tuple[int, int] | None) -> int:
    if title and title[0] <= area.start < title[1]:
        return _TITLE
    if dateline and dateline[0] <= area.start < dateline[1]:
        return _DATELINE
    return _LEAD if area.start < _LEAD_LENGTH else _BODY


def _region(cues: Iterable[_Cue], weighed: Iterable[tuple[Area, int]]) -> str | None:
    """The press that the wording and the areas speak for; ``None`` where they are silent."""
    scores: Counter[str] = Counter()
    for cue, times in Counter(cues).items():
        scores[cue.region] += cue.weight * min(times, _OFTEN)
    mentions: Counter[tuple[str, int]] = Counter()
    for area, weight in weighed:
        press = _press(area.place)
        # China as a whole is named in all four presses, as a market or as a neighbour.
        if press and area.place.code != "CN":
            mentions[press, weight] += 1
    for (press, weight), times in mentions.items():
        scores[press] += weight * min(times, _OFTEN)
    best = scores.most_common(1)
    return best[0][0] if best and best[0][1] else None


def _press(place: Place) -> str | None:
    root = place.root
    return "CN" if root.isdigit() else root if root in REGIONS else None
