"""What a file holds: one release, or many. A new format is one function and one line here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec
from msgspec import Struct

from extractor.errors import InputError
from extractor.reading.encoding import decode


class RawRelease(Struct, frozen=True, kw_only=True):
    """One release as it came in: nothing is taken out of its text."""

    text: str
    source: str | None
    """The file, or the identifier that a line of JSON gives; ``None`` for a stream."""
    name: str
    """What its output may be called: a file's stem, a line's identifier."""
    published: dt.date | None = None
    """The day of publication, where the container (not the text) gives it."""


Reading = Iterator[RawRelease | InputError]
"""Releases in their order; what cannot be read comes as the error that says why."""

Reader = Callable[[BinaryIO, Path, str | None], Reading]


class _Line(Struct, kw_only=True):
    """One line of JSON; other keys are allowed and ignored."""

    text: str
    id: str | int | None = None
    published: dt.date | None = None


_DATE = "published: not a day of the calendar; write it as YYYY-MM-DD"
_LINE = msgspec.json.Decoder(_Line)


def plain_text(file: BinaryIO, path: Path, encoding: str | None) -> Reading:
    """A file that is one release."""
    text = decode(file.read(), name=str(path), encoding=encoding)
    yield RawRelease(text=text, source=str(path), name=path.stem)


def json_lines(file: BinaryIO, path: Path, _encoding: str | None) -> Reading:
    """A file of lines ``{"text": …, "id": …, "published": "YYYY-MM-DD"}``, one release each.

    JSON is UTF-8. A bad line is reported, and the lines after it are read.
    """
    lines = 0
    for number, data in enumerate(file, start=1):
        if not data.strip():
            continue
        lines += 1
        where = f"{path}, line {number}"
        try:
            line = _LINE.decode(data.removeprefix(b"\xef\xbb\xbf") if number == 1 else data)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            yield InputError(f"{where}: {_DATE if '$.published' in str(error) else error}")
            continue
        if not line.text.strip():
            yield InputError(f"{where}: empty, there is no text in it")
            continue
        label = f"{path.stem}-{number}" if line.id is None else str(line.id)
        source = f"{path}:{number}" if line.id is None else label
        yield RawRelease(text=line.text, source=source, name=label, published=line.published)
    if not lines:
        yield InputError(f"{path}: empty, there is no line in it")


def read_stream(file: BinaryIO, *, encoding: str | None = None) -> Reading:
    """The one release in a stream of bytes, such as standard input."""
    name = "standard input"
    try:
        yield RawRelease(
            text=decode(file.read(), name=name, encoding=encoding), source=None, name=name
        )
    except InputError as error:
        yield error


READERS: dict[str, Reader] = {
    ".txt": plain_text,
    ".text": plain_text,
    ".md": plain_text,
    ".jsonl": json_lines,
    ".ndjson": json_lines,
}
"""The reader for each suffix (in lower case)."""


def read(path: Path, *, encoding: str | None = None) -> Reading:
    """The releases in the file ``path``, lazily, and an error for each that cannot be read.

    ``encoding`` settles what detection would otherwise decide.
    """
    # Without a suffix it may be a pipe (/dev/stdin), and what is no text will say so.
    reader = READERS.get(path.suffix.lower()) if path.suffix else plain_text
    if reader is None:
        yield InputError(f"{path}: cannot read {path.suffix}; readable are {' '.join(READERS)}")
        return
    try:
        with path.open("rb") as file:
            yield from reader(file, path, encoding)
    except InputError as error:
        yield error
    except OSError as error:
        yield InputError(f"{path}: {(error.strerror or str(error)).lower()}")
