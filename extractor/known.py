"""Known figures: what a careful reader finds in a release, written down beside it.

``NAME.known.json`` (or ``NAME.gold.json``) belongs to ``NAME.txt`` and holds ``release``,
``figures``, ``policies``, and the traps ``not_figures``, ``not_policies`` and ``optional``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import msgspec
from msgspec import Struct
from msgspec.structs import fields

from extractor.errors import InputError
from extractor.reading import read
from extractor.records import Figure, Policy, Release

SUFFIXES = (".known.json", ".gold.json")

PLACE = frozenset({"quote", "name", "nth", "start", "end", "type", "note"})
"""Keys that say which words are meant; all others are fields to compare."""

FIGURE_FIELDS = frozenset(Figure.__struct_fields__) | {"policies"}
POLICY_FIELDS = frozenset(Policy.__struct_fields__) | {"figures"}
RELEASE_FIELDS = frozenset(Release.__struct_fields__) | {"file"}

MOST_DIGITS = 60
"""No release writes a number with more digits, before the point or behind it."""

_TYPES: dict[type[Struct], dict[str, Any]] = {
    kind: {field.name: field.type for field in fields(kind)} for kind in (Figure, Policy, Release)
}
_LISTED = ("policies", "figures")
"""Fields that hold the quotes and names of other records."""


Kind = Literal["figure", "percentage", "policy"]


class Known(Struct, frozen=True, kw_only=True):
    """One thing that is known of a text; offsets in the original text."""

    type: Kind
    quote: str
    start: int
    end: int
    fields: dict[str, Any]
    """What each given field must be; a field left out is not checked."""


class Mark(Struct, frozen=True, kw_only=True):
    """Words that are a trap, or neither right nor wrong, wherever they stand."""

    quote: str
    spans: tuple[tuple[int, int], ...]


class KnownRelease(Struct, frozen=True, kw_only=True):
    """A text and all that is known of it."""

    path: Path
    text: str
    release: dict[str, Any]
    figures: tuple[Known, ...]
    policies: tuple[Known, ...]
    not_figures: tuple[Mark, ...]
    not_policies: tuple[Mark, ...]
    optional: tuple[Mark, ...]


class _File(Struct, kw_only=True, forbid_unknown_fields=True):
    release: dict[str, Any] = {}
    document: dict[str, Any] = {}
    figures: list[dict[str, Any]] = []
    policies: list[dict[str, Any]] = []
    not_figures: list[str | dict[str, Any]] = []
    not_policies: list[str | dict[str, Any]] = []
    optional: list[str | dict[str, Any]] = []


_DECODER = msgspec.json.Decoder(_File, float_hook=Decimal)


def load_known(path: Path) -> list[KnownRelease]:
    """The known releases in a folder, or the one of a ``.txt`` or known file.

    Raises ``InputError`` with a line for every mistake in any of the files.
    """
    if path.is_dir():
        files = sorted(one for suffix in SUFFIXES for one in path.rglob(f"*{suffix}"))
    elif path.name.endswith(SUFFIXES):
        files = [path]
    else:
        files = [one for suffix in SUFFIXES if (one := path.with_suffix(suffix)).exists()]
    if not files:
        raise InputError(f"{path}: no known figures here (NAME.txt beside NAME.known.json)")
    mistakes: list[str] = []
    loaded = [_load(file, mistakes) for file in files]
    if mistakes:
        raise InputError("\n".join(mistakes))
    return [release for release in loaded if release is not None]


def _load(file: Path, mistakes: list[str]) -> KnownRelease | None:
    stem = next(file.name.removesuffix(one) for one in SUFFIXES if file.name.endswith(one))
    path = file.with_name(f"{stem}.txt")
    release = next(iter(read(path)))
    if isinstance(release, InputError):
        mistakes.append(str(release))
        return None
    try:
        content = _DECODER.decode(file.read_bytes())
    except (OSError, msgspec.DecodeError) as error:
        mistakes.append(f"{file}: {error}")
        return None
    text = release.text
    wrong: list[str] = []
    about = content.release or content.document
    wrong += [f"release: unknown field {key!r}" for key in sorted(about.keys() - RELEASE_FIELDS)]
    about.pop("file", None)
    wrong += [f"release: {mistake}" for mistake in _mistyped(about, Release)]
    known = KnownRelease(
        path=path,
        text=text,
        release=about,
        figures=tuple(_known(text, content.figures, Figure, wrong)),
        policies=tuple(_known(text, content.policies, Policy, wrong)),
        not_figures=tuple(_marks(text, content.not_figures, wrong)),
        not_policies=tuple(_marks(text, content.not_policies, wrong)),
        optional=tuple(_marks(text, content.optional, wrong)),
    )
    mistakes.extend(f"{file}: {one}" for one in wrong)
    return known


def _known(
    text: str,
    entries: list[dict[str, Any]],
    record: type[Figure] | type[Policy],
    wrong: list[str],
) -> Iterator[Known]:
    of_policies = record is Policy
    allowed = POLICY_FIELDS if of_policies else FIGURE_FIELDS
    kinds: tuple[Kind, ...] = ("policy",) if of_policies else ("figure", "percentage")
    taken: set[tuple[int, int]] = set()
    for entry in entries:
        quote = str(entry.get("quote", entry.get("name", "")))
        kind: Any = entry.get("type", "policy" if "name" in entry else None)
        if kind not in kinds:
            wrong.append(f"{quote}: type must be {' or '.join(kinds)}, not {kind!r}")
            continue
        if unknown := sorted(entry.keys() - allowed - PLACE):
            wrong.append(f"{quote}: unknown field {', '.join(unknown)}")
        if mistyped := [f"{quote}: {mistake}" for mistake in _mistyped(entry, record)]:
            wrong += mistyped
            continue
        spans = _places(text, quote, entry, wrong, first=kind == "policy")
        for start, end in spans[:1]:
            if (start, end) in taken:
                wrong.append(f"{quote}: known twice at {start}")
            taken.add((start, end))
            rest = {key: value for key, value in entry.items() if key not in PLACE}
            yield Known(type=kind, quote=quote, start=start, end=end, fields=rest)


def _mistyped(entry: Mapping[str, Any], record: type[Struct]) -> Iterator[str]:
    """What the fields of a record cannot hold: a day that there is not, a number for words."""
    types = _TYPES[record]
    for key, value in entry.items():
        if value is None or (key in PLACE and key not in ("start", "end", "nth")):
            continue
        if isinstance(value, Decimal) and abs(value.adjusted()) > MOST_DIGITS:
            yield f"{key}: more than {MOST_DIGITS} digits"
        elif isinstance(value, list) or key in _LISTED:
            if not isinstance(value, list) or not all(isinstance(one, str | dict) for one in value):
                yield f"{key}: a list of words is wanted, not {value!r}"
        elif key == "nth" or key in types:
            try:
                msgspec.convert(value, int if key == "nth" else types[key], strict=False)
            except msgspec.ValidationError as error:
                yield f"{key}: {error}"


def _marks(text: str, entries: list[str | dict[str, Any]], wrong: list[str]) -> Iterator[Mark]:
    for given in entries:
        entry = {"quote": given} if isinstance(given, str) else given
        quote = str(entry.get("quote", entry.get("name", "")))
        if mistyped := [f"{quote}: {mistake}" for mistake in _mistyped(entry, Figure)]:
            wrong += mistyped
            continue
        if "nth" in entry or "start" in entry:
            spans = _places(text, quote, entry, wrong, first=False)
        elif not (spans := _occurrences(text, quote)):
            wrong.append(f"{quote!r}: not in the text")
        yield Mark(quote=quote, spans=tuple(spans))


def _places(
    text: str, quote: str, entry: Mapping[str, Any], wrong: list[str], *, first: bool
) -> list[tuple[int, int]]:
    """Where the quoted words stand: exactly one place, or none and a mistake noted.

    ``start`` settles it, else ``nth`` (1 is the first). With neither, the quote has to be
    unique, apart from numbers that only end like it (5% in 15%), unless ``first`` will do.
    """
    every = _occurrences(text, quote)
    whole = [span for span in every if not _inside_number(text, span[0])]
    if not every:
        wrong.append(f"{quote!r}: not in the text")
        return []
    if "start" in entry:
        at = [span for span in every if span[0] == entry["start"]]
        if not at:
            wrong.append(f"{quote}: not at {entry['start']}")
        return at
    if "nth" in entry:
        index = int(entry["nth"]) - 1
        if not 0 <= index < len(every):
            wrong.append(f"{quote}: nth is {entry['nth']} of {len(every)} (1 is the first)")
            return []
        if every[index] not in whole:
            wrong.append(f"{quote}: there it is the end of a longer number; look at nth again")
            return []
        return [every[index]]
    if len(whole) == 1 or (first and whole):
        return whole[:1]
    if len(every) > 1:
        wrong.append(f"{quote}: stands {len(every)} times in the text; give nth or start")
        return []
    return every


def _occurrences(text: str, quote: str) -> list[tuple[int, int]]:
    spans = []
    start = text.find(quote) if quote else -1
    while start >= 0:
        spans.append((start, start + len(quote)))
        start = text.find(quote, start + 1)
    return spans


def _inside_number(text: str, start: int) -> bool:
    before = text[start - 1 : start]
    return text[start].isnumeric() and (
        before.isnumeric() or (before in (".", ",") and text[start - 2 : start - 1].isnumeric())
    )
