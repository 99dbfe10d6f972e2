"""Whether a value is what somebody wrote down for it, in JSON or TOML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from extractor.records import Definition


def same(want: object, got: object) -> bool:
    """Compare a value as written by hand with one that was extracted.

    Numbers compare as numbers, dates by their ISO form, lists without regard to order, and
    definitions by the keys that are written. Strings are compared exactly.
    """
    if isinstance(got, Decimal):
        return isinstance(want, int | float | Decimal) and Decimal(str(want)) == got
    if isinstance(got, tuple):
        if not isinstance(want, list):
            return want is None and not got
        if want and isinstance(want[0], Mapping):
            return _same_definitions(want, got)
        return sorted(map(str, want)) == sorted(map(show, got))
    return want == (got if got is None or isinstance(got, int | float) else show(got))


def _same_definitions(want: Sequence[Mapping[str, Any]], got: Sequence[Definition]) -> bool:
    by_term = {one.term: one for one in got}
    if len(want) != len(got) or any(one["term"] not in by_term for one in want):
        return False
    return all(
        tuple(value) == by_term[one["term"]].members
        if key == "members"
        else value == getattr(by_term[one["term"]], key)
        for one in want
        for key, value in one.items()
    )


def show(value: object) -> str:
    """A value as one would write it: dates as ISO, mentions as their words, lists in brackets."""
    if isinstance(value, Definition):
        return f"{value.term} = {value.gloss or ''} {'/'.join(value.members)}".strip()
    if isinstance(value, Mapping):
        return (
            f"{value.get('term')} = {value.get('gloss') or ''} {'/'.join(value.get('members', []))}"
        )
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(show, value))}]"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(getattr(value, "quote", value))
