"""Load the language knowledge: ``rules/*.toml`` into typed, folded, checked entries.

Every file holds arrays of tables (``[[unit]]``). A table's name picks the struct in
``extractor/tables`` that says which keys it may have. A user's rules may also be spaCy's pattern
files (``*.jsonl``). All mistakes of all files are reported together, each with its file, table
and key, or its line.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, TypeVar, cast, get_args, get_origin

import msgspec
from msgspec import Struct
from msgspec.structs import FieldInfo

from extractor import tables
from extractor.errors import RuleError
from extractor.pattern_lines import pattern_rows
from extractor.text import fold

_SUFFIXES = (".toml", ".jsonl")

Entry = TypeVar("Entry", bound=Struct)


class Word(str):
    """A word of a rule, held as it is written in the matching text."""

    __slots__ = ()


class Example:
    """A sentence that shows a rule at work; a test reads every one of them.

    ``text`` is extracted; ``quote`` (or ``name``) picks a result out of it, ``expect`` holds
    the fields that result must have. In a counterexample nothing may cover ``quote``, and
    with ``reason`` a rejected candidate must give that reason. ``style`` is ``chat`` where only
    talk is read so (see ``Extractor.quantities``).
    """

    __slots__ = ("expect", "name", "nth", "published", "quote", "reason", "region", "style", "text")

    def __init__(self, given: Mapping[str, Any]) -> None:
        rest = dict(given)
        self.text = str(rest.pop("text"))
        self.quote: str | None = rest.pop("quote", None)
        self.name: str | None = rest.pop("name", None)
        self.nth: int = rest.pop("nth", 1)
        self.published: str | None = rest.pop("published", None)
        self.region: str | None = rest.pop("region", None)
        self.reason: str | None = rest.pop("reason", None)
        self.style: Literal["press", "chat"] = rest.pop("style", "press")
        self.expect: dict[str, Any] = rest

    def __repr__(self) -> str:
        return f"Example({self.text!r}, {self.quote or self.name!r}, {self.expect!r})"


class Ruleset:
    """All entries of all rule files, by the struct that describes them, in file order."""

    def __init__(
        self,
        entries: Mapping[type[Struct], tuple[Struct, ...]],
        places: Mapping[type[Struct], tuple[str, ...]],
    ) -> None:
        """``places`` says where each entry stands, in the same order."""
        self._entries = dict(entries)
        self._places = dict(places)

    def entries(self, kind: type[Entry]) -> tuple[Entry, ...]:
        return cast("tuple[Entry, ...]", self._entries.get(kind, ()))

    def placed(self) -> Iterator[tuple[str, Struct]]:
        """Every ``(place, entry)``; a place is the file, the table and the number in it."""
        for kind, entries in self._entries.items():
            yield from zip(self._places[kind], entries, strict=True)

    def beyond(self, own: Ruleset) -> Iterator[tuple[str, Struct]]:
        """Every ``(place, entry)`` of further rules, which stand behind the ``own`` ones."""
        for kind, entries in self._entries.items():
            first = len(own.entries(kind))
            yield from zip(self._places[kind][first:], entries[first:], strict=True)

    def examples(self) -> Iterator[tuple[Struct, Example, bool]]:
        """Every ``(entry, example, holds)``; ``holds`` is False for a counterexample."""
        for entries in self._entries.values():
            for entry in entries:
                yield from ((entry, one, holds) for one, holds in examples_of(entry))

    def without(
        self,
        left_out: Iterable[Struct],
        instead: Callable[[Struct], Struct | None] = lambda _: None,
    ) -> Ruleset:
        """The same rules but for these very entries, to see what they are needed for.

        ``instead`` gives what takes the place of an entry, ``None`` for nothing.
        """
        gone = {id(entry) for entry in left_out}
        kept = {
            kind: [
                (place, left)
                for place, entry in zip(self._places[kind], entries, strict=True)
                if (left := instead(entry) if id(entry) in gone else entry) is not None
            ]
            for kind, entries in self._entries.items()
        }
        return Ruleset(
            {kind: tuple(entry for _, entry in rows) for kind, rows in kept.items()},
            {kind: tuple(place for place, _ in rows) for kind, rows in kept.items()},
        )


def examples_of(entry: Struct) -> Iterator[tuple[Example, bool]]:
    """An entry's examples, with True, and its counterexamples, with False."""
    yield from ((one, True) for one in getattr(entry, "examples", ()))
    yield from ((one, False) for one in getattr(entry, "counterexamples", ()))


def perhaps(given: str, known: Iterable[str]) -> str:
    """What to say behind an unknown word: which known one is near, or nothing.

    >>> perhaps("lenght", ["length", "mass"])
    "; perhaps 'length' is meant"
    """
    near = get_close_matches(given, sorted(known), n=1)
    return f"; perhaps {near[0]!r} is meant" if near else ""


def compiled(pattern: str, key: str = "pattern") -> re.Pattern[str]:
    """A regular expression of a rule. Raises ``ValueError``, with the ``key`` that it is of."""
    try:
        return re.compile(pattern)
    except re.error as error:
        raise ValueError(f"{key}: {error}") from error


def rules_folder() -> Path:
    """Where the rules are: beside this module in a wheel, at the top of a source tree."""
    packaged = Path(__file__).parent / "rules"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "rules"


def load_rules(paths: Sequence[Path] = ()) -> Ruleset:
    """The package's own rules and those of ``paths``, read after them.

    A path is a folder of ``*.toml`` and ``*.jsonl`` (spaCy's patterns) or one such file. Raises
    ``RuleError`` with every mistake found in any file.
    """
    if not paths:
        return _own_rules()
    return _load([rules_folder(), *paths])


@functools.cache
def _own_rules() -> Ruleset:
    return _load([rules_folder()])


@functools.cache
def known_tables() -> dict[str, type[Struct]]:
    """Table name to struct, gathered from the modules in ``extractor/tables``."""
    found: dict[str, type[Struct]] = {}
    for module in pkgutil.iter_modules(tables.__path__):
        found |= importlib.import_module(f"{tables.__name__}.{module.name}").TABLES
    return found


def _load(paths: Iterable[Path]) -> Ruleset:
    entries: dict[type[Struct], list[Struct]] = {}
    places: dict[type[Struct], list[str]] = {}
    mistakes: list[str] = []
    for file in (file for path in paths for file in _files(path, mistakes)):
        for where, kind, row in _rows(file, mistakes, entries):
            wrong = _mistakes_in(kind, row)
            mistakes.extend(f"{where}: {what}" for what in wrong)
            if not wrong:
                entry = msgspec.convert(row, kind, dec_hook=_decode)
                entries.setdefault(kind, []).append(entry)
                places.setdefault(kind, []).append(where)
    if mistakes:
        raise RuleError(tuple(mistakes))
    return Ruleset(
        {kind: tuple(found) for kind, found in entries.items()},
        {kind: tuple(found) for kind, found in places.items()},
    )


def _files(path: Path, mistakes: list[str]) -> list[Path]:
    """The rule files meant by a path, tables before patterns."""
    known = ", ".join(f"*{suffix}" for suffix in _SUFFIXES)
    if not path.exists():
        mistakes.append(f"{path}: no such file or folder")
        return []
    if path.is_file():
        if path.suffix not in _SUFFIXES:
            mistakes.append(f"{path}: no rule file ({known})")
            return []
        return [path]
    files = [file for suffix in _SUFFIXES for file in sorted(path.glob(f"*{suffix}"))]
    if not files:
        mistakes.append(f"{path}: no rule file ({known}) in this folder")
    return files


_Rows = Iterator[tuple[str, type[Struct], Any]]
"""Where each row stands, the struct that it should be, and the row."""


def _rows(
    file: Path, mistakes: list[str], entries: Mapping[type[Struct], Sequence[Struct]]
) -> _Rows:
    if file.suffix == ".toml":
        yield from _table_rows(file, mistakes)
        return
    kinds = known_tables()
    heads = {
        word: head.category
        for head in cast("Sequence[Any]", entries.get(kinds["policy_head"], ()))
        for word in head.words
    }

    def category_of(phrase: str) -> str:
        folded = fold(phrase)
        endings = (folded[start:] for start in range(len(folded)))
        return next((heads[ending] for ending in endings if ending in heads), "policy")

    for where, table, row in pattern_rows(file, mistakes, category_of):
        yield where, kinds[table], row


def _table_rows(file: Path, mistakes: list[str]) -> _Rows:
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        mistakes.append(f"{file.name}: {error}")
        return
    for table, rows in content.items():
        kind = known_tables().get(table)
        if kind is None:
            known = ", ".join(sorted(known_tables()))
            mistakes.append(f"{file.name}: [[{table}]]: unknown table; known: {known}")
        elif not isinstance(rows, list):
            mistakes.append(f"{file.name}: [{table}]: write it as [[{table}]]")
        else:
            for number, row in enumerate(rows, start=1):
                label = f" {row['name']!r}" if isinstance(row, dict) and "name" in row else ""
                yield f"{file.name}: [[{table}]] #{number}{label}", kind, row


def _mistakes_in(kind: type[Struct], row: Any) -> list[str]:
    if not isinstance(row, dict):
        return ["a table of keys is wanted"]
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    wrong = [f"{key}: unknown key; known: {', '.join(fields)}" for key in row if key not in fields]
    wrong += [f"{name}: missing" for name, f in fields.items() if f.required and name not in row]
    for name, field in fields.items():
        if name in row:
            wrong += [f"{name}: {what}" for what in _mistakes_in_value(row[name], field)]
    if not wrong:
        # What only the whole entry can know is wrong, such as a pattern that does not parse.
        try:
            msgspec.convert(row, kind, dec_hook=_decode)
        except msgspec.ValidationError as error:
            wrong.append(str(error))
    return wrong


def _mistakes_in_value(value: Any, field: FieldInfo) -> Iterator[str]:
    if value == [] and (field.required or field.name == "words"):
        yield "the list is empty"
        return
    try:
        msgspec.convert(value, field.type, dec_hook=_decode)
    except msgspec.ValidationError as error:
        known = get_args(field.type)
        if get_origin(field.type) is Literal and isinstance(value, str):
            yield f"{value!r} is none of {', '.join(known)}{perhaps(value, known)}"
        else:
            yield str(error)


def _decode(kind: type, value: Any) -> Any:
    if kind is Word:
        if not isinstance(value, str) or not value:
            raise ValueError("a word is wanted")
        return Word(fold(value))
    if kind is Example:
        if not isinstance(value, dict) or not isinstance(value.get("text"), str):
            raise ValueError("an example is a table with a text")
        if value.get("style", "press") not in ("press", "chat"):
            raise ValueError("style: press or chat is wanted")
        return Example(value)
    raise NotImplementedError(kind)
