"""The files of a run. Each is written beside its place and moved there when it is complete."""

from __future__ import annotations

import contextlib
import csv
import os
import re
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Literal, Self, get_args

import msgspec

from extractor.errors import OutputError
from extractor.records import Document, Release, to_json
from extractor.register import Registrar
from extractor.report import COLUMNS, cell, csv_row

Format = Literal["json", "jsonl", "csv"]
FORMATS: tuple[Format, ...] = get_args(Format)

RECORDS_JSONL = "records.jsonl"
RECORDS_CSV = "records.csv"
RELEASES_JSONL = "releases.jsonl"
RELEASES_CSV = "releases.csv"
POLICIES = "policies.json"
UNREADABLE = "unreadable.jsonl"
WARNINGS = "warnings.jsonl"
OWN_FILES = (
    *(RECORDS_JSONL, RECORDS_CSV, RELEASES_JSONL, RELEASES_CSV),
    *(POLICIES, UNREADABLE, WARNINGS),
)
"""What belongs to a run as a whole; no release's file may take these stems."""

RELEASE_COLUMNS = ("file", *Release.__struct_fields__)
"""``file`` is the stem of the release's own file; ``id`` is what its records have."""

LONGEST_STEM = 60
"""Characters: with three bytes each, a name that every file system takes."""


class _NoReleaseError(Exception):
    """Ends the files of a run that has nothing to put in them, as what breaks off does."""


class Outputs:
    """The output folder of one run; a context manager.

    A release's own file is there as soon as it is added. The files that span the run take
    their places together at its end; if the run breaks off, or was given no release, those of
    the last run stay.
    """

    def __init__(self, folder: Path, formats: tuple[Format, ...] = FORMATS) -> None:
        self._folder = folder
        self._formats = formats
        self._open = contextlib.ExitStack()
        self._taken = {Path(name).stem for name in OWN_FILES}
        self._registrar = Registrar()
        self._releases = 0
        self._unreadable: list[str] = []
        self._warnings: list[str] = []
        self._lines: IO[str] | None = None
        self._table: IO[str] | None = None
        self._release_lines: IO[str] | None = None
        self._release_table: IO[str] | None = None

    def __enter__(self) -> Self:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._begin()
        except (FileExistsError, NotADirectoryError):
            raise OutputError(f"{self._folder}: a file is in the way; name a folder") from None
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            line = f"{self._folder}: cannot be written to ({why}); name another folder"
            raise OutputError(line) from error
        return self

    def _begin(self) -> None:
        """Open the files that span the run."""
        with contextlib.ExitStack() as files:
            if "jsonl" in self._formats:
                self._lines = files.enter_context(beside(self._folder / RECORDS_JSONL))
                self._release_lines = files.enter_context(beside(self._folder / RELEASES_JSONL))
            if "csv" in self._formats:
                self._table = files.enter_context(_table(self._folder / RECORDS_CSV, COLUMNS))
                self._release_table = files.enter_context(
                    _table(self._folder / RELEASES_CSV, RELEASE_COLUMNS)
                )
            self._open = files.pop_all()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is not None:
            self._open.__exit__(kind, error, trace)
            return
        if self._releases:
            self._open.close()
            if "json" in self._formats:
                with beside(self._folder / POLICIES) as file:
                    file.write(pretty(self._registrar.register()) + "\n")
            self._write_if_any(WARNINGS, self._warnings)
        else:
            self._open.__exit__(_NoReleaseError, _NoReleaseError(), None)
        self._write_if_any(UNREADABLE, self._unreadable)

    def _write_if_any(self, name: str, lines: list[str]) -> None:
        """A file of lines; without any, that of an earlier run goes."""
        if lines:
            with beside(self._folder / name) as file:
                file.writelines(f"{line}\n" for line in lines)
        else:
            (self._folder / name).unlink(missing_ok=True)

    def add(self, name: str, document: Document) -> str:
        """Write one release; returns the stem of its file, ``name`` unless that is taken."""
        self._releases += 1
        stem = self._unique(name)
        if "json" in self._formats:
            with beside(self._folder / f"{stem}.json") as file:
                file.write(pretty(document) + "\n")
            self._registrar.add(document)
        for warning in document.warnings:
            line = {"file": stem, "release_id": document.release.id}
            self._warnings.append(to_json(line | msgspec.structs.asdict(warning)).decode())
        release = {"file": stem, **msgspec.structs.asdict(document.release)}
        if self._release_lines is not None:
            self._release_lines.write(to_json(release).decode() + "\n")
        if self._release_table is not None:
            csv.writer(self._release_table).writerow(map(cell, release.values()))
        for record in document.records:
            if self._lines is not None:
                self._lines.write(to_json(record).decode() + "\n")
            if self._table is not None:
                csv.writer(self._table).writerow(csv_row(record))
        return stem

    def add_unreadable(self, file: str, reason: str) -> None:
        """Note an input that gave no release: the file it is, or lies in, and why."""
        self._unreadable.append(to_json({"file": file, "reason": reason}).decode())

    def _unique(self, name: str) -> str:
        """A stem that no other file of the run has, also where case does not count."""
        stem = re.sub(r"[^\w.\-]+", "-", name).strip(".-")[:LONGEST_STEM] or "release"
        candidate, number = stem, 1
        while candidate.casefold() in self._taken:
            number += 1
            candidate = f"{stem}-{number}"
        self._taken.add(candidate.casefold())
        return candidate


@contextlib.contextmanager
def _table(path: Path, columns: tuple[str, ...]) -> Iterator[IO[str]]:
    """A CSV file with its heading; the byte order mark tells spreadsheets that it is UTF-8."""
    with beside(path) as file:
        file.write("\ufeff")
        csv.writer(file).writerow(columns)
        yield file


def pretty(value: object) -> str:
    """Records as JSON that a person can read, in UTF-8 unescaped."""
    return msgspec.json.format(to_json(value), indent=2).decode()


@contextlib.contextmanager
def beside(path: Path) -> Iterator[IO[str]]:
    """A text file that takes its place at ``path`` only when it is complete."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            yield file
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
