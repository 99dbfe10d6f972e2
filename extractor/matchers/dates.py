"""The elements that times are said with: one scan that finds every `[[time]]` pattern."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import NamedTuple

from msgspec import Struct

from extractor.matchers.elements import Element, Fields
from extractor.matchers.numbers import numerals_of
from extractor.matchers.patterns import ARABIC, Pattern, PatternCompiler
from extractor.ruleset import Ruleset
from extractor.tables.periods import (
    DayPart,
    Holiday,
    Season,
    TimeJoint,
    TimeRule,
    TimeSlot,
)
from extractor.tables.quantities import DigitRule, MultiplierRule, TensRule

# How far after an element one may begin that only narrows it or ends a range: "——".
_GAP = 3
# How many Chinese numerals are remembered; most that dates are written with.
_REMEMBERED = 500
_NOTHING = "(?!)"
# The last three digits of 12,500 begin no date.
_GROUP = "(?<=[0-9],[0-9])[0-9]{2}(?![0-9])"


class DateNumerals:
    """Reads the numbers that stand in dates: 2024, 二〇二四, 二十一, 廿一."""

    def __init__(self, ruleset: Ruleset) -> None:
        self._parse = lru_cache(maxsize=_REMEMBERED)(numerals_of(ruleset).parse)
        # Every character that a number may be written with, and what it is worth.
        self.values: dict[str, int] = {
            word: digit.value
            for digit in ruleset.entries(DigitRule)
            for word in (*digit.words, *digit.counting)
        }
        for tens in ruleset.entries(TensRule):
            self.values |= dict.fromkeys(tens.words, tens.value)
        for multiplier in ruleset.entries(MultiplierRule):
            if not multiplier.group:
                self.values |= dict.fromkeys(multiplier.words, multiplier.value)

    def read(self, surface: str, *, positional: bool) -> int | None:
        """The integer that ``surface`` writes, or None."""
        if surface[0] in ARABIC:
            return int(surface)
        if positional and any(self.values[character] > 9 for character in surface):
            return None
        value = self._parse(surface)
        return None if value is None else int(value)


class Scanner:
    """Finds elements left to right; where several rules fit, the one written first wins."""

    def __init__(self, ruleset: Ruleset, style: str) -> None:
        self._numerals = DateNumerals(ruleset)
        digits = self._numerals.values
        slots = {slot.name: slot for slot in ruleset.entries(TimeSlot)}
        slots |= _slots_of(ruleset)
        self._words = {slot.name: by_word(slot.words) for slot in slots.values()}
        joints = [w for j in ruleset.entries(TimeJoint) if j.means == "to" for w in j.words]
        compiler = PatternCompiler(slots, self._words, digits, joints)
        rules = [rule for rule in ruleset.entries(TimeRule) if rule.style in ("any", style)]
        patterns = [
            compiler.compile(rule, pattern)
            for rule in sorted(rules, key=lambda rule: not rule.early)
            for pattern in rule.patterns
        ]
        self._tables = _tables(patterns, "".join(digits))
        self._starts = _starts(self._tables, "".join(digits))

    def scan(self, text: str, region: str | None) -> list[Element]:
        """Elements in order, none overlapping."""
        tables = self._tables
        elements: list[Element] = []
        position = 0
        for candidate in self._starts.finditer(text):
            start, end = candidate.span()
            if start < position:
                continue
            first = text[start]
            table = tables[end - start if first in ARABIC else first]
            following = text[end : end + 1]
            if following == " ":
                following = text[end + 1 : end + 2]
            choice = table.known.get(following, table.other)
            near = start - position <= _GAP and position > 0
            if choice is None or not (near or choice.alone):
                continue
            found = choice.expression.match(text, start)
            if found is None:
                continue
            for match, group, pattern in choice.fitting(found):
                rule = pattern.rule
                if (rule.region and region not in rule.region) or not (rule.alone or near):
                    continue
                element = self._element(match, group, pattern)
                if element is not None:
                    elements.append(element)
                    position = element.end
                    break
        return elements

    def _element(self, match: re.Match[str], group: int, pattern: Pattern) -> Element | None:
        """The element of a pattern that is a ``group`` of a match, its slots the next ones."""
        left: Fields = {}
        right: Fields | None = None
        values = left
        for number, slot in enumerate(pattern.slots, group + 1):
            if slot is None:
                values = right = {}
                continue
            value = self._value(match[number], slot)
            if value is None:
                return None
            values[slot.field] = value
        start = match.start(group)
        end = start + len(match[group].rstrip())
        return Element(start, end, pattern.sense, left, right)

    def _value(self, surface: str, slot: TimeSlot) -> int | None:
        if (known := self._words[slot.name].get(surface)) is not None:
            return known
        value = self._numerals.read(surface, positional=slot.positional)
        return value if value is not None and slot.low <= value <= slot.high else None


class _Opening(Struct, frozen=True, gc=False):
    """A pattern, and what may come after the word or number that it begins with."""

    expression: re.Pattern[str]
    pattern: Pattern
    after: frozenset[str]
    """Empty where that is not known."""


class _Choice:
    """Patterns as one expression, which is made once it is needed."""

    def __init__(self, openings: Sequence[_Opening]) -> None:
        self.alone = any(one.pattern.rule.alone for one in openings)
        self._each = openings

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """All of them, as far as one fits."""
        return re.compile("|".join(one.pattern.expression for one in self._each))

    @cached_property
    def _groups(self) -> dict[int, int]:
        """Which pattern each group is all of."""
        sizes = [1 + len(one.pattern.slots) for one in self._each]
        return {number: index for index, number in enumerate(accumulate(sizes, initial=1))}

    def fitting(self, found: re.Match[str]) -> Iterator[tuple[re.Match[str], int, Pattern]]:
        """Matches where ``found`` is one of all, each with the group that its pattern is."""
        group = found.lastindex or 0
        index = self._groups[group]
        yield found, group, self._each[index].pattern
        for one in self._each[index + 1 :]:
            if match := one.expression.match(found.string, found.start()):
                yield match, 1, one.pattern


class _Table(NamedTuple):
    """The patterns that may begin with one character or number, told apart by what is next."""

    known: dict[str, _Choice]
    """The patterns that fit before each character."""
    other: _Choice | None
    """The patterns that fit before any."""


def _tables(patterns: Sequence[Pattern], digits: str) -> dict[str | int, _Table]:
    """A table for each character, or number of Arabic digits, that a pattern may begin with."""
    each = [re.compile(pattern.expression) for pattern in patterns]
    after: dict[str | int, dict[int, frozenset[str]]] = {}
    for index, pattern in enumerate(patterns):
        for first, following in pattern.gates(digits):
            known = after.setdefault(first, {}).get(index, following)
            after[first][index] = known | following if known and following else frozenset()
    return {
        first: _table([_Opening(each[n], patterns[n], chars) for n, chars in fitting.items()])
        for first, fitting in after.items()
    }


def _table(openings: Sequence[_Opening]) -> _Table:
    free = [one for one in openings if not one.after]
    known = {
        following: _Choice([one for one in openings if not one.after or following in one.after])
        for following in frozenset[str]().union(*(one.after for one in openings))
    }
    return _Table(known, _Choice(free) if free else None)


def _starts(tables: Mapping[str | int, _Table], digits: str) -> re.Pattern[str]:
    """One expression for every place where a pattern may begin.

    A number is read from its first digit on, never from its middle.
    """
    figures = [
        f"[0-9]{{{length - 1}}}(?![0-9]){_ahead([table])}"
        for length, table in tables.items()
        if isinstance(length, int)
    ]
    firsts = {first: table for first, table in tables.items() if isinstance(first, str)}
    words = {first: table for first, table in firsts.items() if first not in digits}
    free = [first for first, table in words.items() if table.other]
    tied = {first: table for first, table in words.items() if not table.other}
    chinese = _one_of(first for first in firsts if first in digits)
    # One class in front, so that the text is searched for it and not matched all along.
    return re.compile(
        f"{_one_of([*ARABIC, *firsts])}"
        f"(?:(?<=[0-9])(?<![0-9.A-Za-z_][0-9])(?!{_GROUP})(?:{'|'.join(figures) or _NOTHING})"
        f"|(?<={chinese})(?<![{digits}][{digits}])[{digits}]*+"
        f"|(?<={_one_of(free)})|(?<={_one_of(tied)}){_ahead(tied.values())})"
    )


def _ahead(tables: Iterable[_Table]) -> str:
    """An expression for what has to come next, if that is known."""
    if any(table.other for table in tables):
        return ""
    return f"(?= ?{_one_of(sorted(frozenset[str]().union(*(table.known for table in tables))))})"


def _one_of(characters: Iterable[str]) -> str:
    each = "".join(map(re.escape, characters))
    return f"[{each}]" if each else _NOTHING


def by_word(words: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Each word's value, from the words of each value."""
    return {word: int(value) for value, spelled in words.items() for word in spelled}


def _slots_of(ruleset: Ruleset) -> dict[str, TimeSlot]:
    """Slots whose words are the entries of a table; their value is the entry's number."""
    parts, seasons = ruleset.entries(DayPart), ruleset.entries(Season)
    rows = {
        ("part", "part"): [one.words for one in parts],
        ("short_part", "part"): [one.short for one in parts],
        ("season", "season"): [one.words for one in seasons],
        ("short_season", "season"): [one.short for one in seasons],
        ("holiday", "holiday"): [one.words for one in ruleset.entries(Holiday)],
    }
    return {
        name: TimeSlot(
            name=name, field=field, words={str(n): words for n, words in enumerate(each) if words}
        )
        for (name, field), each in rows.items()
    }
