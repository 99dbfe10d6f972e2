"""Where rules with a name stand in their files."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from extractor.ruleset import rules_folder

_TABLE = re.compile(r"\[\[(\w+)\]\]\s*(?:#.*)?$")
_NAME = re.compile(r"name\s*=")


class Place(NamedTuple):
    """A file, and the line in it that opens a rule's table, from 1."""

    file: str
    line: int


def rule_places(paths: Sequence[Path] = ()) -> dict[tuple[str, str], Place]:
    """The place of each rule by its table and name, in the package's own files and ``paths``.

    The first of a name counts, as it does for relations.
    """
    places: dict[tuple[str, str], Place] = {}
    for file, shown in _files(paths):
        lines = file.read_text(encoding="utf-8").splitlines()
        for table, name, line in _named(lines):
            places.setdefault((table, name), Place(shown, line))
    return places


def _files(paths: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    own = rules_folder()
    yield from ((file, f"rules/{file.name}") for file in sorted(own.glob("*.toml")))
    for path in paths:
        files = sorted(path.glob("*.toml")) if path.is_dir() else [path]
        yield from ((file, str(file)) for file in files if file.suffix == ".toml")


def _named(lines: Sequence[str]) -> Iterator[tuple[str, str, int]]:
    """Table, name and line of each rule that gives its name on a line of its own."""
    table, opened = "", 0
    for number, line in enumerate(lines, start=1):
        if header := _TABLE.match(line):
            table, opened = header[1], number
        elif table and _NAME.match(line):
            yield table, tomllib.loads(line)["name"], opened
