"""Many releases: find the inputs and extract them in their order, on any number of processes."""

from __future__ import annotations

import datetime as dt
import glob
import os
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from pathlib import Path

from msgspec import Struct

from extractor.errors import InputError
from extractor.pipeline import Extractor
from extractor.reading import READERS, RawRelease, read
from extractor.records import Document
from extractor.writing import OWN_FILES

BYTES_PER_PROCESS = 2_000_000
"""Less text than this is extracted sooner than another process has started."""

AHEAD_PER_PROCESS = 8
"""How many releases may wait for each process: enough to keep it busy, few to hold in memory."""


class Settings(Struct, frozen=True, kw_only=True):
    """How a batch is extracted; it travels to every process."""

    rules: tuple[Path, ...] = ()
    region: str | None = None
    published: dt.date | None = None
    derive: bool = False

    def extractor(self) -> Extractor:
        """A new extractor with these settings. Raises ``RuleError``."""
        return Extractor(rules=self.rules, region=self.region)


class Extracted(Struct, frozen=True, kw_only=True):
    """One release of a batch, done."""

    name: str
    document: Document
    rejects: int
    """How many candidates were looked at and not taken."""


class Unreadable(Struct, frozen=True, kw_only=True):
    """One input of a batch that gave no release, and why."""

    file: str
    """The path of the input; of a line of JSON that of its file."""
    reason: str


Outcome = Extracted | Unreadable


def find_inputs(arguments: Sequence[str], *, output: Path | None = None) -> list[Path]:
    """The files meant by ``arguments`` (files, folders, globs), each once, in order.

    A folder stands for every readable file in it and below, in the order of their paths,
    without hidden files, read-me files and what lies in ``output``. Raises ``InputError`` for
    an argument that stands for nothing.
    """
    found: dict[Path, Path] = {}
    aside = output.resolve() if output is not None else None
    for argument in arguments:
        path = Path(argument)
        if path.is_dir():
            files = [one for one in sorted(path.rglob("*")) if _is_release(one, path, aside)]
            if not files:
                raise InputError(f"{path}: no releases in this folder ({' '.join(READERS)})")
        elif path.exists():
            files = [path]
        else:
            # Path.glob takes no absolute pattern.
            matches = map(Path, sorted(glob.glob(argument, recursive=True)))  # noqa: PTH207
            files = [match for match in matches if match.is_file()]
        # What matches nothing stays in the list: reading it says that it is missing.
        for file in files or [path]:
            found.setdefault(file.resolve(), file)
    return list(found.values())


def _is_release(path: Path, top: Path, aside: Path | None) -> bool:
    return (
        path.suffix.lower() in READERS
        and path.is_file()
        and path.name not in OWN_FILES
        and not path.name.lower().startswith("readme")
        and not any(part.startswith(".") for part in path.relative_to(top).parts)
        and (aside is None or aside not in path.resolve().parents)
    )


def processes_for(paths: Iterable[Path]) -> int:
    """How many processes pay for this much text on this machine."""
    size = sum(path.stat().st_size for path in paths if path.is_file())
    return max(1, min(os.cpu_count() or 1, size // BYTES_PER_PROCESS))


def extract_all(
    paths: Iterable[Path], settings: Settings, *, jobs: int = 1, encoding: str | None = None
) -> Iterator[Outcome]:
    """Extract every release in ``paths``, lazily and in their order, with ``jobs`` processes.

    Raises ``RuleError`` at once; what cannot be read comes as ``Unreadable`` in its place.
    """
    extractor = settings.extractor()
    inputs = _inputs(paths, encoding)
    if jobs > 1:
        return _in_processes(inputs, settings, jobs)
    return (_extract(extractor, settings, one) for one in inputs)


def _inputs(paths: Iterable[Path], encoding: str | None) -> Iterator[RawRelease | Unreadable]:
    for path in paths:
        for one in read(path, encoding=encoding):
            if isinstance(one, InputError):
                yield Unreadable(file=str(path), reason=str(one))
            else:
                yield one


def _in_processes(
    inputs: Iterable[RawRelease | Unreadable], settings: Settings, jobs: int
) -> Iterator[Outcome]:
    # Spawned, not forked: a fork copies the progress bar's thread in whatever state it is.
    with ProcessPoolExecutor(
        jobs, mp_context=get_context("spawn"), initializer=_start, initargs=(settings,)
    ) as pool:
        waiting: deque[Future[Outcome]] = deque()
        try:
            for one in inputs:
                waiting.append(pool.submit(_work, one))
                if len(waiting) >= AHEAD_PER_PROCESS * jobs:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


_worker: list[tuple[Extractor, Settings]] = []
"""What a worker process extracts with: made once, when the process starts."""


def _start(settings: Settings) -> None:
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    _worker.append((settings.extractor(), settings))


def _leave_with_parent() -> None:
    """End this process when the one that started it is gone, however that came about."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(one: RawRelease | Unreadable) -> Outcome:
    return _extract(*_worker[0], one)


def _extract(extractor: Extractor, settings: Settings, one: RawRelease | Unreadable) -> Outcome:
    if isinstance(one, Unreadable):
        return one
    published = one.published or settings.published
    extraction = extractor.extract(
        one.text, published=published, source=one.source, derive=settings.derive
    )
    return Extracted(name=one.name, document=extraction.document, rejects=len(extraction.rejects))
