"""spaCy's pattern files: lines of ``{"label": "POLICY", "pattern": …}``, read as rules.

A pattern is a phrase, or a list of tokens as spaCy's Matcher takes them. ``category`` may be
added; ``id`` is spaCy's and changes nothing here. Such files are often shared by many tools, so
other labels are passed over; a file without a single ``POLICY`` is a mistake.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

LABEL = "POLICY"

_BRACKETS = re.compile("[「」『』“”《》〈〉]")
"""A phrase with these is taken as it stands; any other with brackets round it or without."""


class _Line(Struct, forbid_unknown_fields=True):
    label: str
    pattern: str | list[dict[str, Any]]
    id: str | None = None
    category: str | None = None


_DECODER = msgspec.json.Decoder(_Line)


def pattern_rows(
    file: Path, mistakes: list[str], category_of: Callable[[str], str]
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """``(where, table, row)`` for every pattern of ``file``: a row as TOML would give it.

    ``category_of`` gives the category of a phrase that states none. What cannot be read is
    added to ``mistakes``, a line each, with the number of the line in the file.
    """
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        mistakes.append(f"{file.name}: {error}")
        return
    before, ours = len(mistakes), 0
    for number, line in enumerate(lines, start=1):
        where = f"{file.name}: line {number}"
        if not line.strip():
            continue
        try:
            found = _DECODER.decode(line)
        except msgspec.DecodeError as error:
            mistakes.append(f"{where}: {error}")
            continue
        if found.label != LABEL:
            continue
        ours += 1
        yield where, *_row(found, category_of)
    if not ours and len(mistakes) == before:
        mistakes.append(f"{file.name}: no line has the label {LABEL}")


def _row(line: _Line, category_of: Callable[[str], str]) -> tuple[str, dict[str, Any]]:
    """The table that a line belongs to, and the row it is there."""
    row: dict[str, Any] = {} if line.category is None else {"category": line.category}
    if not isinstance(line.pattern, str):
        return "exact_policy", {"tokens": line.pattern, **row}
    phrase = line.pattern.strip()
    if _BRACKETS.search(phrase):
        return "exact_policy", {"phrase": phrase, **row}
    return "policy", {"words": [phrase], "category": category_of(phrase), **row}
