"""Units: the longest one that is written at a place, and which of its meanings holds there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

import msgspec
from msgspec import Struct

from extractor.matchers.numbers import any_of, numerals_of, words_of
from extractor.ruleset import Ruleset
from extractor.tables.quantities import ClassifierRule, UnitRule, fraction

_WINDOW = 16  # characters before a number in which a word may settle an ambiguous unit
_REACH = 8  # and behind it
_ASIDE = 16  # how much further away a word is that stands before a mark
_MARKS = frozenset(",。;:!?\n")
_ISO_4217 = re.compile("[A-Z]{3}")
_HAN = re.compile("[\u4e00-\u9fff]")
_KINDS = {
    "money": "currency",
    "count": "count",
    "duration": "duration",
    "age": "age",
    "ratio": "percent",
    "ratio_difference": "points",
    "multiple": "multiple",
    "temperature": "temperature",
}


class Unit(Struct, frozen=True, gc=False):
    """One meaning of one word."""

    word: str
    code: str
    dimension: str
    kind: str
    factor: Fraction | None = None
    near: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    only_before: tuple[str, ...] = ()
    needs_before: tuple[str, ...] = ()
    led_by: re.Pattern[str] | None = None
    """What must end where the unit begins: 時速 and the number, 時速由60公里升至80."""
    doubtful_before: tuple[str, ...] = ()
    sure_after: tuple[str, ...] = ()
    arabic: bool = False
    regions: tuple[str, ...] = ()
    by_region: Mapping[str, str] = {}
    bound: bool = False
    """True where the words around it make it one: a multiplier alone can then be a unit."""
    prefix: bool = False
    part: bool = False
    tenths: bool = False
    positional: bool = False
    months: int = 0
    tail: bool = False
    noun: bool = False
    latin: bool = False
    free: bool = True
    """True where it is this unit whatever the region and whatever stands around it."""
    wary: bool = False
    """True where the number in front of it matters: ``not_after``, ``doubtful_before``."""
    stops: frozenset[str] = frozenset()
    """The first characters of ``not_before``."""


class Found(Struct, gc=False):
    """A unit at its place, with the meanings its word can have, the likeliest first."""

    start: int
    end: int
    unit: Unit
    others: tuple[Unit, ...] = ()
    code: str = ""
    resolved: str | None = None


class UnitReader:
    """Looks units up by the longest word; build once, use from any thread."""

    def __init__(self, ruleset: Ruleset) -> None:
        self._units: dict[str, list[Unit]] = {}
        self.names: dict[str, str] = {}
        self.dozens: dict[str, Decimal] = {}
        for unit in _units(ruleset, _Leads(ruleset)):
            meanings = self._units.setdefault(unit.word, [])
            if unit not in meanings:  # two ways to write it may fold into one
                meanings.append(unit)
            if not unit.part:
                self.names.setdefault(unit.code, unit.word)
            if unit.dimension == "count" and unit.factor is not None:
                self.dozens[unit.code] = Decimal(int(unit.factor))
        self._per = frozenset(words_of(ruleset, "per"))
        self._lengths = _lengths(self._units)
        self._prefixes = {
            word: units for word, units in self._units.items() if any(u.prefix for u in units)
        }
        self._prefix_lengths = _lengths(self._prefixes, last=True)
        self.heads = frozenset(self._lengths)
        self.prefix_ends = frozenset(self._prefix_lengths)
        self._named_money = frozenset(
            unit.word[0]
            for units in self._units.values()
            for unit in units
            if unit.dimension == "money" and not unit.by_region
        )
        self._composing = self._per | self._named_money | {"("}
        self._pairs = frozenset(
            word[place : place + 2] for word in self._units for place in range(len(word) - 1)
        )

    def at(self, text: str, at: int, region: str | None) -> Found | None:
        """The unit written at ``at``, one space allowed before it."""
        head = text[at : at + 1]
        if head == " ":
            at += 1
            head = text[at : at + 1]
        for length in self._lengths.get(head, ()):
            units = self._units.get(text[at : at + length])
            if units is None:
                continue
            unit, found = units[0], None
            end = at + len(unit.word)
            if len(units) == 1 and unit.free:
                found = Found(at, end, unit, (), unit.code)
            else:
                fitting = [unit for unit in units if _fits(unit, text, end, region)]
                if not fitting:
                    continue
                found = _choose(fitting, text, at, end, region)
            if found is not None and text[end : end + 1] in self._composing:
                return self._composed(text, found, region)
            return found
        return None

    def may_cross(self, text: str, at: int) -> bool:
        """Whether some unit can be written across ``at``, half before and half behind it."""
        return text[at - 1 : at + 1] in self._pairs or text[at : at + 1] in self._composing

    def before(self, text: str, at: int, region: str | None) -> Found | None:
        """The currency sign or name written in front of a number at ``at``."""
        end = at
        while end and text[end - 1] == " " and at - end < 2:
            end -= 1
        for length in self._prefix_lengths.get(text[end - 1 : end], ()):
            start = end - length
            units = self._prefixes.get(text[start:end]) if start >= 0 else None
            if units is None:
                continue
            if units[0].latin and start and text[start - 1].isascii() and text[start - 1].isalpha():
                continue
            return _choose([unit for unit in units if unit.prefix], text, start, end, region)
        return None

    def word(self, word: str) -> Unit:
        """The first meaning of a word that the tables must hold."""
        return self._units[word][0]

    def _composed(self, text: str, found: Found, region: str | None) -> Found:
        """元/噸, 元每噸, 台(套), 元歐元: two units that make one."""
        following = text[found.end : found.end + 1]
        if found.unit.by_region and following in self._named_money:
            named = self.at(text, found.end, region)
            if named and named.unit.dimension == "money" and not named.unit.by_region:
                named.start = found.start
                named.unit = msgspec.structs.replace(named.unit, word=text[found.start : named.end])
                return named
        if following in self._per and following:
            below = self.at(text, found.end + 1, region)
            if (
                below is not None
                and text[found.end + 1] != " "
                and below.code != found.code
                and not _is_when(found, below, following)
            ):
                code = f"{found.code}/{below.code}"
                unit = Unit(
                    word=text[found.start : below.end],
                    code=code,
                    dimension=f"{found.unit.dimension}/{below.unit.dimension}",
                    kind="currency" if found.unit.kind == "currency" else "dimension",
                )
                return Found(found.start, below.end, unit, (), code, found.resolved)
        if following == "(" and found.unit.dimension == "count":
            inner = self.at(text, found.end + 1, region)
            if inner is not None and text[inner.end : inner.end + 1] == ")":
                end = inner.end + 1
                code = f"count:{text[found.start : end]}"
                unit = Unit(text[found.start : end], code, "count", "count")
                return Found(found.start, end, unit, (), code)
        return found


def _fits(unit: Unit, text: str, end: int, region: str | None) -> bool:
    if unit.regions and region not in unit.regions:
        return False
    if unit.latin:
        following = text[end : end + 1]
        if following.isascii() and following.isalpha():
            return False
    if unit.needs_before and not text.startswith(unit.needs_before, end):
        return False
    if unit.only_before and _HAN.match(text, end):
        return text.startswith(unit.only_before, end)
    return text[end : end + 1] not in unit.stops or not text.startswith(unit.not_before, end)


def _is_when(above: Found, below: Found, sign: str) -> bool:
    """Whether a time says when, ahead of a shorter one (2023年每日) or of a rate in words
    (2023年每人); 8小時/天 is a unit."""
    if above.unit.dimension != "duration":
        return False
    if below.unit.dimension != "duration":
        return bool(above.unit.months) and sign != "/"
    return (above.unit.factor or 1) > (below.unit.factor or 1)


def _choose(
    units: Sequence[Unit], text: str, at: int, end: int, region: str | None
) -> Found | None:
    """The meaning that the region or a word near by asks for, else the first that needs none."""
    unit = units[0]
    others: tuple[Unit, ...] = ()
    if len(units) > 1 or unit.near or unit.led_by:
        away = [(one, _away(one, text, at, end)) for one in units]
        meant = [(one, far) for one, far in away if far is not None]
        if not meant:
            return None
        meant.sort(key=lambda pair: (not pair[0].regions, pair[1], pair[0].part))
        unit, others = meant[0][0], tuple(one for one, _ in meant[1:])
    if not unit.by_region:
        return Found(at, end, unit, others, unit.code, region if unit.regions else None)
    currency, _, part = unit.code.partition("/")
    code = unit.by_region.get(region or "", currency) + ("/" + part if part else "")
    return Found(at, end, unit, others, code, region)


def _away(unit: Unit, text: str, at: int, end: int) -> int | None:
    """How far off stands what makes a word this unit; ``None`` where it is missing.

    A unit that asks for nothing is further off than any that asks.
    """
    if unit.led_by is not None:
        return 0 if unit.led_by.search(text, max(0, at - 2 * _WINDOW), at) else None
    if not unit.near:
        return 4 * _ASIDE
    start, stop = max(0, at - _WINDOW), end + _REACH
    found = []
    for word in unit.near:
        before = text.rfind(word, start, end)
        if before >= 0:
            between = text[before + len(word) : at]
            found.append(len(between) + _ASIDE * (not _MARKS.isdisjoint(between)))
        behind = text.find(word, end, stop)
        if behind >= 0 and _MARKS.isdisjoint(text[end:behind]):
            found.append(behind - end)
    return min(found, default=None)


class _Leads:
    """Makes the patterns of ``led_by``: the words, the number, and little else between."""

    def __init__(self, ruleset: Ruleset) -> None:
        to = any_of(words_of(ruleset, "to"))
        signs = "".join(numerals_of(ruleset).notation.roles)
        number = f"[0-9.,{re.escape(signs)}]+"
        marks = "".join(map(re.escape, sorted(_MARKS)))
        self._behind = (
            f"(?:[^{marks}0-9]{{0,6}}?|[^{marks}]{{0,18}}{to}) ?{number}(?: ?{to} ?{number})? ?$"
        )

    def pattern(self, words: tuple[str, ...]) -> re.Pattern[str] | None:
        return re.compile(any_of(words) + self._behind) if words else None


def _units(ruleset: Ruleset, leads: _Leads) -> Iterable[Unit]:
    for rule in ruleset.entries(UnitRule):
        currencies = [one.lower() for one in rule.symbols if _ISO_4217.fullmatch(one)]
        for word in (*rule.words, *rule.symbols, *currencies):
            yield Unit(
                word=word,
                code=_code(rule),
                dimension=rule.dimension,
                kind=rule.kind or _KINDS.get(rule.dimension, "dimension"),
                factor=None if rule.factor is None else fraction(rule.factor),
                near=rule.near,
                not_before=rule.not_before,
                not_after=rule.not_after,
                only_before=rule.only_before,
                needs_before=rule.needs_before,
                led_by=leads.pattern(rule.led_by),
                doubtful_before=rule.doubtful_before,
                sure_after=rule.sure_after,
                arabic=rule.arabic,
                bound=bool(rule.needs_before or rule.led_by),
                regions=rule.regions,
                by_region=rule.by_region,
                prefix=rule.prefix,
                part=rule.part,
                tenths=rule.tenths,
                positional=rule.positional,
                months=rule.months,
                tail=rule.tail,
                latin=_latin(word),
                free=not (
                    rule.regions
                    or rule.by_region
                    or rule.near
                    or rule.led_by
                    or rule.needs_before
                    or rule.only_before
                    or rule.not_before
                    or _latin(word)
                ),
                wary=bool(rule.not_after or rule.doubtful_before),
                stops=frozenset(one[0] for one in rule.not_before),
            )
    for counted in ruleset.entries(ClassifierRule):
        for word in (*counted.words, *counted.symbols):
            yield Unit(
                word=word,
                code=counted.code or f"count:{word}",
                dimension=counted.dimension,
                kind=_KINDS.get(counted.dimension, "count"),
                factor=None if counted.factor is None else fraction(counted.factor),
                not_before=counted.not_before,
                not_after=counted.not_after,
                arabic=counted.arabic,
                noun=counted.noun,
                latin=word.isascii(),
                free=not (counted.not_before or word.isascii()),
                wary=bool(counted.not_after),
                stops=frozenset(one[0] for one in counted.not_before),
            )


def _latin(word: str) -> bool:
    return word[-1].isascii() and word[-1].isalpha()


def _code(rule: UnitRule) -> str:
    """角 is CNY/10: no currency has a code for its parts."""
    if rule.dimension != "money" or rule.factor is None:
        return rule.code
    return f"{rule.code}/{1 / fraction(rule.factor)}"


def _lengths(words: Iterable[str], *, last: bool = False) -> dict[str, tuple[int, ...]]:
    """First (or last) character to the lengths of the words that have it, longest first."""
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[-1 if last else 0], set()).add(len(word))
    return {sign: tuple(sorted(sizes, reverse=True)) for sign, sizes in found.items()}
