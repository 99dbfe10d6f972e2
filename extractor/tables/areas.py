"""What is known of areas: the generated tables, and the shape of what is written by hand."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from msgspec import Struct

from extractor.errors import RuleError
from extractor.ruleset import Example, Word
from extractor.text import fold

When = Literal["", "near", "next"]
"""When a name may be read as the area: always; where its province or a neighbour is named in the
same text; only right after an area that holds it, or in a list with a neighbour."""

Kind = Literal["country", "province", "city", "county", "region", "group", "relative"]


_STEM = 2
"""Letters that the short and the full form of a name with a variant share: 臺東, 臺東縣."""


class Place(Struct, frozen=True, gc=False):
    """One area; all mentions of it share this."""

    name: str | None
    """Canonical, in Simplified script; ``None`` where only the release can tell (全省)."""
    hk: str | None = None
    """In Traditional script, as Hong Kong and Macau write it; ``tw`` as Taiwan does."""
    tw: str | None = None
    code: str | None = None
    """GB/T 2260 (six digits) on the mainland, else ISO 3166; ``None`` where neither has one."""
    kind: Kind = "county"
    parent: str | None = None
    """The code of the area around it, where its own code does not tell."""
    variant: str | None = None
    """Another spelling in Traditional script (臺灣), shown where the release writes it."""
    ending: str | None = None
    """Of a relative word: how the area it means ends (全省 → 省); ``None``: the country."""

    def shown(self, script: str, region: str | None = None, release: str = "") -> str | None:
        """The name as a text in ``script`` (hans, hant, mixed) of ``region`` would write it.

        With the ``release``'s own text, a variant spelling is shown if the release uses it.
        """
        if script == "hans":
            return self.name
        if self.variant and self.variant[:_STEM] in release:
            return self.variant
        return self.tw if region == "TW" else self.hk

    @property
    def root(self) -> str:
        """The two digits of its province, or the ISO code of its country; empty for a group."""
        return (self.code or self.parent or "")[:2]


class Entry(NamedTuple):
    """One reading of a name."""

    place: Place
    when: When = ""


class AreaRule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[[area]]``: an area that the generated tables do not hold, or a named group of areas."""

    name: str
    tw: str | None = None
    code: str | None = None
    kind: Kind = "group"
    parent: str | None = None
    words: tuple[Word, ...]
    listed: tuple[Word, ...] = ()
    """More words for it that are read so only as ``next`` (see ``When``)."""
    variant: str | None = None
    when: When = ""
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()

    def place(self) -> Place:
        """The area, with its name in all three spellings."""
        return Place(
            fold(self.name),
            self.name,
            self.tw or self.name,
            self.code,
            self.kind,
            self.parent,
            self.variant,
        )


class AreaAlias(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[[area_alias]]``: more names for the area that has ``code``."""

    code: str
    words: tuple[Word, ...]
    when: When = ""
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()


class RelativeArea(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[[relative_area]]``: words that mean the release's own area, or one around it.

    That is the one with ``code``, the smallest whose name has this ``ending``, or the country.
    """

    words: tuple[Word, ...]
    ending: Word | None = None
    code: str | None = None
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()


class AreaJoint(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[[area_joint]]``: what stands between the members of a list of areas."""

    words: tuple[Word, ...]
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()


class NotArea(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[[not_area]]``: words that hold the letters of an area's name and no area."""

    words: tuple[Word, ...]
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()


class AreaGuard(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[[area_guard]]``: next to what ``words`` (or all names that end so) are no area.

    With ``ends`` the name loses that letter before one of ``not_before``: 吉林市 in 吉林市场.
    """

    words: tuple[Word, ...] = ()
    ends: Word | None = None
    not_after: tuple[Word, ...] = ()
    not_before: tuple[Word, ...] = ()
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()


class NameTail(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[[name_tail]]``: what ends an organisation's or a thing's name that opens with an area.

    ``gap`` is how many characters at most stand between the area and the tail.
    """

    words: tuple[Word, ...]
    gap: int = 0
    not_after: tuple[Word, ...] = ()
    not_before: tuple[Word, ...] = ()
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()


class NameStop(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[[name_stop]]``: words that do not stand inside a name, between the area and its tail."""

    words: tuple[Word, ...]
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()


TABLES: dict[str, type[Struct]] = {
    "area": AreaRule,
    "area_alias": AreaAlias,
    "relative_area": RelativeArea,
    "area_joint": AreaJoint,
    "not_area": NotArea,
    "area_guard": AreaGuard,
    "name_tail": NameTail,
    "name_stop": NameStop,
}


def read_places(folder: Path) -> Iterator[tuple[str, Entry]]:
    """Every name in ``areas.csv`` and ``areas_world.csv`` with what it may mean.

    Raises ``RuleError`` where a table is missing or a row does not fit.
    """
    rows = _rows(folder / "areas.csv", 6)
    for row, (name, hant, shorts) in zip(rows, _folded(rows, 1, 2, 4), strict=True):
        place = Place(row[1], row[2], row[2], row[0], _kind(row[0]))
        for word in {name, hant}:
            yield word, Entry(place, _when(row[3]))
        for short in shorts.split("|") if shorts else ():
            yield short, Entry(place, _when(row[5]))
    rows = _rows(folder / "areas_world.csv", 4)
    for row, words in zip(rows, _folded(rows, 1, 2, 3), strict=True):
        place = Place(row[1], row[2], row[3], row[0], "country")
        for word in set(words):
            yield word, Entry(place)


def _folded(rows: list[list[str]], *columns: int) -> Iterator[list[str]]:
    """These columns of each row as the matching text writes them; folded at once, for speed."""
    cells = "\n".join("\t".join(row[column] for column in columns) for row in rows)
    return (line.split("\t") for line in fold(cells).split("\n"))


_WHEN: dict[str, When] = {"": "", "near": "near", "next": "next"}


def _when(cell: str) -> When:
    if cell in _WHEN:
        return _WHEN[cell]
    raise RuleError((f"areas.csv: when: {cell!r} is none of '', 'near', 'next'",))


def _kind(code: str) -> Kind:
    return "province" if code.endswith("0000") else "city" if code.endswith("00") else "county"


def _rows(file: Path, width: int) -> list[list[str]]:
    try:
        with file.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.reader(line for line in lines if not line.startswith("#")))
    except OSError as error:
        raise RuleError((f"{file.name}: {error}",)) from error
    wrong = [row for row in rows if len(row) != width]
    if wrong:
        what = f"{width} columns are wanted, here are {len(wrong[0])}: {','.join(wrong[0])}"
        raise RuleError((f"{file.name}: {what}",))
    return rows[1:]
