"""Speed and memory, written to ``RESULTS.md`` beside this file.

Speed is a ratio to ``jieba.lcut`` on the same texts in the same run, so that it says the same
on any machine. Each engine is measured in a process of its own, which also gives the peak
memory; rounds of the two sides alternate, and the median round counts.
"""

from __future__ import annotations

import gc
import json
import logging
import platform
import resource
import statistics
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import jieba

from extractor import Extractor

ROOT = Path(__file__).resolve().parent.parent
RESULTS = Path(__file__).with_name("RESULTS.md")
PRESS = ROOT.parent / "shared" / "press"

ROUNDS = 5
SECONDS_PER_ROUND = 1.0
WARM_UP = 5

GOALS = {"jieba": 0.7, "rjieba": 1.5}
"""At least this many times as fast as jieba alone, by the engine that cuts the words."""
MOST_MEMORY = 400
"""Megabytes."""


def texts_in(folder: Path) -> list[str]:
    """The releases in a folder; none if there is no such folder."""
    return [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]


def seconds(work: Callable[[], object], repeats: int) -> float:
    """Processor seconds that one round of ``work`` takes, over ``repeats`` of them."""
    start = time.process_time()
    for _ in range(repeats):
        work()
    return (time.process_time() - start) / repeats


def compare(texts: Sequence[str], sides: Mapping[str, Callable[[str], object]]) -> dict[str, float]:
    """Median seconds that each side takes for all of ``texts``."""
    works = {name: lambda side=side: [side(text) for text in texts] for name, side in sides.items()}
    repeats = {
        name: max(1, round(SECONDS_PER_ROUND / min(seconds(work, 1) for _ in range(2))))
        for name, work in works.items()
    }
    rounds: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, work in works.items():
            rounds[name].append(seconds(work, repeats[name]))
    return {name: statistics.median(times) for name, times in rounds.items()}


def use(engine: str) -> None:
    """Cut words with ``engine``, as on a machine that has no other."""
    if engine == "jieba":
        sys.modules["rjieba"] = None  # type: ignore[assignment]


def measure(engine: str) -> dict[str, Any]:
    """Everything that is measured with one engine for words; runs in its own process."""
    use(engine)
    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    extractor = Extractor()
    found: dict[str, Any] = {"speed": {}}
    for name, folder in (("press article", PRESS), ("corpus", ROOT / "corpus")):
        texts = texts_in(folder)
        if texts:
            times = compare(
                texts,
                {
                    "jieba.lcut": jieba.lcut,
                    "extract": lambda text: extractor.extract(text).to_json(),
                },
            )
            found["speed"][name] = {"characters": sum(map(len, texts)), **times}
    found["kept"] = kept_by_a_second_extraction(extractor, texts_in(ROOT / "corpus"))
    return found


def kept_by_a_second_extraction(extractor: Extractor, texts: Sequence[str]) -> int:
    """Bytes that stay allocated after the same texts are extracted once more."""

    def work() -> None:
        for text in texts:
            extractor.extract(text).to_json()

    tracemalloc.start()
    # The first rounds fill what is kept for good: caches of the standard library, free lists.
    for _ in range(WARM_UP):
        work()
    gc.collect()
    before, _ = tracemalloc.get_traced_memory()
    work()
    gc.collect()
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return after - before


def peak_memory(engine: str) -> int:
    """Megabytes that a process reaches which extracts the corpus once; in its own process."""
    use(engine)
    extractor = Extractor()
    for text in texts_in(ROOT / "corpus"):
        extraction = extractor.extract(text)
        extraction.to_json()
        len(extraction.tokens)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def in_own_process(task: str, engine: str) -> Any:
    """What a task of this file prints when it runs alone."""
    done = subprocess.run(
        [sys.executable, __file__, task, engine], check=True, stdout=subprocess.PIPE, cwd=ROOT
    )
    return json.loads(done.stdout)


def report(measured: Mapping[str, Mapping[str, Any]]) -> str:
    """The results as a page of Markdown."""
    lines = [
        "# Speed and memory",
        "",
        "Written by `make bench`. Times are medians of five rounds, in processor time; `extract`",
        "is `Extractor.extract` to JSON, `jieba.lcut` is jieba alone on the same texts, in the",
        "same run.",
        "",
        f"Python {platform.python_version()}, {platform.machine()}, "
        f"jieba {version('jieba')}"
        + (f", rjieba {version('rjieba')}." if "rjieba" in measured else "."),
        "",
        "| words by | texts | characters | jieba.lcut | extract | times as fast | goal |",
        "|---|---|--:|--:|--:|--:|--:|",
    ]
    for engine, found in measured.items():
        for name, one in found["speed"].items():
            ratio = one["jieba.lcut"] / one["extract"]
            lines.append(
                f"| {engine} | {name} | {one['characters']} | {one['jieba.lcut'] * 1000:.2f} ms"
                f" | {one['extract'] * 1000:.2f} ms | {ratio:.2f} | {GOALS[engine]} |"
            )
    lines += [
        "",
        "| words by | peak memory | goal | kept by a second extraction of the corpus |",
        "|---|--:|--:|--:|",
    ]
    for engine, found in measured.items():
        lines.append(
            f"| {engine} | {found['peak']} MB | {MOST_MEMORY} MB | {found['kept']} bytes |"
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure with every engine that is installed, or run one task of that."""
    if len(sys.argv) == 3:
        task = {"measure": measure, "peak": peak_memory}[sys.argv[1]]
        print(json.dumps(task(sys.argv[2])))
        return
    engines = [engine for engine in GOALS if find_spec(engine)]
    measured = {
        engine: {**in_own_process("measure", engine), "peak": in_own_process("peak", engine)}
        for engine in engines
    }
    text = report(measured)
    RESULTS.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
