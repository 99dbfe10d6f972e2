"""Areas in the matching text: provinces, cities, counties, countries, groups, relative words.

One pass finds every name; a name that is also a word, or that several areas share, is decided by
the areas around it; names that stand one behind the other make one mention of the smallest; and
a mention that opens the name of an organisation or a thing is marked as such.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from extractor.errors import RuleError
from extractor.matchers.guarded import GuardedWords, guards
from extractor.matchers.names import NameTails
from extractor.ruleset import Ruleset, rules_folder
from extractor.tables.areas import (
    AreaAlias,
    AreaGuard,
    AreaJoint,
    AreaRule,
    Entry,
    Kind,
    NotArea,
    Place,
    RelativeArea,
    read_places,
)

_REGIONS = ("HK", "MO")


class Area(Struct, frozen=True, gc=False):
    """One mention of an area; offsets in the matching text, half-open."""

    start: int
    end: int
    place: Place
    name_end: int | None = None
    """Where the longer name ends that the mention opens (河南省统计局); ``None`` in none."""

    @property
    def name(self) -> str | None:
        """The canonical name in Simplified script; ``None`` for an unresolved relative word."""
        return self.place.name

    @property
    def code(self) -> str | None:
        """GB/T 2260 on the mainland, ISO 3166 elsewhere; ``None`` where there is none."""
        return self.place.code

    @property
    def kind(self) -> Kind:
        """country, province, city, county, region, group or relative."""
        return self.place.kind

    @property
    def in_name(self) -> bool:
        """Only part of a name: it tells where an issuer is, not where a number was counted."""
        return self.name_end is not None

    def shown(self, script: str, region: str | None = None, release: str = "") -> str | None:
        """The canonical name as a record shows it; see ``Place.shown``."""
        return self.place.shown(script, region, release)


class _Hit(NamedTuple):
    start: int
    end: int
    readings: tuple[Entry, ...]


class AreaMatcher:
    """Finds areas, and resolves relative ones; made once, then usable from any thread.

    ``tables`` is the folder of ``areas.csv`` and ``areas_world.csv``, by default the package's.
    Raises ``RuleError`` where a table is missing or wrong, or a rule names an unknown code.
    """

    def __init__(self, ruleset: Ruleset, tables: Path | None = None) -> None:
        self._places: dict[str, Place] = {}
        self._readings: dict[str, tuple[Entry, ...]] = {}
        self._read_tables(tables or rules_folder())
        self._read_rules(ruleset)
        given = ruleset.entries(AreaGuard)
        self._endings: dict[str, tuple[str, ...]] = {
            one.ends: one.not_before for one in given if one.ends
        }
        self._words = GuardedWords(self._readings, guards(one for one in given if not one.ends))
        self._joints = {word for one in ruleset.entries(AreaJoint) for word in one.words}
        self._tails = NameTails(ruleset)

    def _read_tables(self, folder: Path) -> None:
        for word, entry in read_places(folder):
            self._add(word, entry)

    def _read_rules(self, ruleset: Ruleset) -> None:
        for rule in ruleset.entries(AreaRule):
            place = rule.place()
            if place.parent:
                self._known(place.parent, "[[area]]", rule.name)
            for word in rule.words:
                self._add(word, Entry(place, rule.when))
            for word in rule.listed:
                self._add(word, Entry(place, "next"))
        for alias in ruleset.entries(AreaAlias):
            for word in alias.words:
                self._add(word, Entry(self._known(alias.code, "[[area_alias]]", word), alias.when))
        self._own_words = {word for one in ruleset.entries(RelativeArea) for word in one.words}
        """How a text calls its own area, which opens no name: 本港學校 are schools of Hong Kong."""
        for relative in ruleset.entries(RelativeArea):
            place = _relative(relative.ending)
            if relative.code:
                place = self._known(relative.code, "[[relative_area]]", relative.words[0])
            for word in relative.words:
                self._readings[word] = (Entry(place),)
        for other in ruleset.entries(NotArea):
            self._readings.update(dict.fromkeys(other.words, ()))

    def _add(self, word: str, entry: Entry) -> None:
        before = self._readings.get(word, ())
        if all(one.place is not entry.place for one in before):
            self._readings[word] = (*before, entry)
        if entry.place.code:
            self._places.setdefault(entry.place.code, entry.place)

    def _known(self, code: str, table: str, word: str) -> Place:
        if code not in self._places:
            raise RuleError((f"{table} {word!r}: code: {code!r} is no area known so far",))
        return self._places[code]

    def place(self, code: str) -> Place:
        """The area with this code. Raises ``KeyError`` where none has it."""
        return self._places[code]

    def knows(self, code: str) -> bool:
        """Whether an area has this code."""
        return code in self._places

    def find(self, text: str, context: str | None = None) -> list[Area]:
        """All areas of ``text`` (matching text) from left to right, without overlap.

        ``context`` is the code of an area that the release is known to speak of; it settles
        names that are read as an area only near others.
        """
        hits = [self._cut(text, *hit) for hit in self._words.find(text) if hit[2]]
        places = _decided(_Row(text, hits, self._joints), context)
        found: list[Area] = []
        for hit, place in zip(hits, places, strict=True):
            if place is None:
                continue
            last = found[-1] if found else None
            if last and last.end == hit.start and within(place, last.place):
                found[-1] = Area(last.start, hit.end, place)
            else:
                found.append(Area(hit.start, hit.end, place))
        return self._in_names(text, found)

    def _cut(self, text: str, start: int, end: int, readings: tuple[Entry, ...]) -> _Hit:
        """Without the last letter where that belongs to the next word: 吉林 in 吉林市场."""
        not_before = self._endings.get(text[end - 1])
        if not_before and text.startswith(not_before, end):
            shorter = self._readings.get(text[start : end - 1])
            if shorter:
                return _Hit(start, end - 1, shorter)
        return _Hit(start, end, readings)

    def _in_names(self, text: str, found: list[Area]) -> list[Area]:
        ends = self._tails.ends(text, [area.end for area in found])
        inside = 0
        for index, (area, own) in enumerate(zip(found, ends, strict=True)):
            end = own or (inside if area.end <= inside else None)
            if end and text[area.start : area.end] not in self._own_words:
                found[index] = Area(area.start, area.end, area.place, end)
                inside = end
        return found

    def resolve(self, area: Area, context: Place | None) -> Area:
        """A relative area (全省) made definite by the area the release speaks of.

        Unchanged where it is definite already, or where ``context`` cannot tell.
        """
        if area.place.kind != "relative" or context is None:
            return area
        ending = area.place.ending
        if ending is None:
            place = self.country(context)
        else:
            around = (one for one in self.around(context) if (one.name or "").endswith(ending))
            place = next(around, None)
        return area if place is None else replace(area, place=place)

    def settled(self, areas: Sequence[Area], context: Place | None) -> list[Area]:
        """``areas`` with every relative one that ``context`` cannot tell made definite by the
        last area named ahead of it, in a name too: 甲市警局 … 全市."""
        named: dict[str, Place] = {}
        known: list[Area] = []
        for area in areas:
            ending = area.place.ending
            if area.place.kind != "relative":
                for place in reversed(list(self.around(area.place))):
                    named[(place.name or "")[-1:]] = place
            last = named.get(ending or "") if area.place.kind == "relative" else None
            settles = last is not None and self.resolve(area, context) is area
            known.append(replace(area, place=last) if last and settles else area)
        return known

    def around(self, place: Place) -> Iterator[Place]:
        """The area itself, then those that hold it, smallest first, without the country."""
        yield place
        code, parent = place.code or "", place.parent
        if code.isdigit():
            for wider in (code[:4] + "00", code[:2] + "0000"):
                if wider != code and wider in self._places:
                    yield self._places[wider]
        elif parent:
            yield from self.around(self._places[parent])
        elif len(code) > len(place.root):
            yield self._places[place.root]

    def of_body(self, words: str, context: Place | None) -> Place | None:
        """The area that a body belongs to: the one its name opens with, else the one of the
        release that its first words end the name of (省委 and 河南省); ``None`` where neither."""
        opening = next((area for area in self.find(words) if area.start == 0), None)
        if opening is not None and opening.place.kind != "relative":
            return opening.place
        for place in self.around(context) if context else ():
            name = place.name or ""
            if any(words.startswith(name[start:]) for start in range(1, len(name))):
                return place
        return None

    def country(self, place: Place) -> Place | None:
        """The whole that a press means by the nation: Taiwan in a Taiwanese release."""
        root = place.root
        return self._places.get("CN" if root.isdigit() or root in _REGIONS else root)


def within(inner: Place, outer: Place) -> bool:
    """Whether one area lies in another, which it is not itself."""
    code, wider = inner.code or inner.parent or "", outer.code or ""
    if not code or not wider or inner is outer:
        return False
    if wider == "CN":
        return code.isdigit() or inner.parent == wider or inner.root in (*_REGIONS, "TW")
    if wider.isdigit():
        kept = 2 if wider.endswith("0000") else 4 if wider.endswith("00") else 6
        return code.startswith(wider[:kept]) and (code != wider or inner.code is None)
    return inner.root == wider and inner.code != wider


def _relative(ending: str | None) -> Place:
    return Place(None, kind="relative", ending=ending)


class _Row(NamedTuple):
    """The hits of a text, and what may join two of them in a list."""

    text: str
    hits: Sequence[_Hit]
    joints: Container[str]


def _decided(row: _Row, context: str | None) -> list[Place | None]:
    """What each hit is read as; ``None`` where it is no area here."""
    hits = row.hits
    places = [hit.readings[0].place if _plain(hit) else None for hit in hits]
    roots = {place.root for place in places if place}
    codes = [place.code for place in places if place and place.code]
    if context:
        roots.add(context[:2])
        codes.append(context)
    for index in range(len(hits)):
        if places[index] is None:
            beside = _next_to(row, places, index, -1)
            places[index] = beside or _near(hits[index], roots, codes)
    for index in reversed(range(len(hits))):
        if places[index] is None:
            places[index] = _next_to(row, places, index, 1)
    return places


def _plain(hit: _Hit) -> bool:
    return len(hit.readings) == 1 and not hit.readings[0].when


def _near(hit: _Hit, roots: Container[str], codes: Sequence[str]) -> Place | None:
    """A name whose province is named in the text; of several, the one whose city is."""
    places = [one.place for one in hit.readings if one.when != "next" and one.place.root in roots]
    if not places:
        places = [one.place for one in hit.readings if not one.when]
    if len(places) > 1:
        cities = {code[:4] for code in codes if not code.endswith("0000")}
        places = [one for one in places if (one.code or "")[:4] in cities]
    return places[0] if len(places) == 1 else None


def _next_to(row: _Row, places: Sequence[Place | None], index: int, step: int) -> Place | None:
    """A name right behind an area that holds it, or in a list with one of the same province."""
    beside = index + step
    other = places[beside] if 0 <= beside < len(places) else None
    if other is None:
        return None
    readings = row.hits[index].readings
    left, right = sorted((row.hits[index], row.hits[beside]))
    between = row.text[left.end : right.start]
    if step < 0 and not between:
        return next((one.place for one in readings if within(one.place, other)), None)
    if between not in row.joints:
        return None
    return next((one.place for one in readings if one.place.root == other.root), None)
