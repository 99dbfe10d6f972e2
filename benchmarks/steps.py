"""How many steps an extraction takes, written to ``STEPS.md`` beside this file.

Times differ more from run to run than one rule costs; calls and instructions of Python are the
same on every machine, a busy one too. What happens inside regular expressions and automata they
leave out: about a third of the time.

    python benchmarks/steps.py              count, and write the page
    python benchmarks/steps.py REVISION     compare with a revision of the repository
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from extractor import Extractor

ROOT = Path(__file__).resolve().parent.parent
PAGE = Path(__file__).with_name("STEPS.md")

MOST_SHOWN = 25
"""Functions that a comparison names, those that differ most."""

Steps = dict[str, tuple[float, float]]
"""By function (``file:name``): its calls, and the instructions it runs itself, per text."""


def count(texts: Sequence[str]) -> Steps:
    """The steps of one extraction of each text to JSON, once everything is loaded.

    Words are cut by jieba, as on a machine that has no other engine.
    """
    sys.modules["rjieba"] = None  # type: ignore[assignment]
    extractor = Extractor()
    package = f"{Path(sys.modules['extractor'].__file__ or '').parent}{os.sep}"
    calls: Counter[CodeType] = Counter()
    instructions: Counter[CodeType] = Counter()

    def work() -> None:
        for text in texts:
            extractor.extract(text).to_json()

    def step(frame: FrameType, event: str, _arg: object) -> Any:
        if event == "opcode":
            instructions[frame.f_code] += 1
        return step

    def call(frame: FrameType, _event: str, _arg: object) -> Any:
        if not frame.f_code.co_filename.startswith(package):
            return None
        frame.f_trace_lines, frame.f_trace_opcodes = False, True
        calls[frame.f_code] += 1
        return step

    work()
    sys.settrace(call)
    work()
    sys.settrace(None)
    found: defaultdict[str, tuple[float, float]] = defaultdict(lambda: (0, 0))
    for code, called in calls.items():
        file = Path(code.co_filename.removeprefix(package)).as_posix()
        before, own = found[name := f"{file}:{code.co_qualname}"]
        found[name] = (before + called / len(texts), own + instructions[code] / len(texts))
    return dict(found)


def steps_of(tree: Path) -> Steps:
    """The steps that the package in ``tree`` takes for the corpus of this one."""
    environment = os.environ | {"PYTHONPATH": str(tree), "PYTHONHASHSEED": "0"}
    done = subprocess.run(
        [sys.executable, __file__, "--count"],
        check=True,
        stdout=subprocess.PIPE,
        cwd=tree,
        env=environment,
    )
    return {name: (calls, own) for name, (calls, own) in json.loads(done.stdout).items()}


def steps_at(revision: str) -> Steps:
    """The same of a revision of the repository; exits with git's own words where it is none."""
    with tempfile.TemporaryDirectory() as folder:
        archive = subprocess.run(
            ["git", "archive", revision, "extractor", "rules"],
            check=False,
            stdout=subprocess.PIPE,
            cwd=ROOT,
        )
        if archive.returncode:
            sys.exit(2)
        subprocess.run(["tar", "-x", "-C", folder], check=True, input=archive.stdout)
        return steps_of(Path(folder))


def total(steps: Steps) -> tuple[float, float]:
    """Calls and instructions of all functions."""
    return sum(calls for calls, _ in steps.values()), sum(own for _, own in steps.values())


def page(steps: Steps) -> str:
    """The steps by part of the package, as a page of Markdown."""
    parts: defaultdict[str, Steps] = defaultdict(dict)
    for name, one in steps.items():
        parts[name.partition(":")[0].rpartition("/")[0] or "extractor"][name] = one
    lines = [
        "# Steps",
        "",
        "Written by `make bench`: calls and instructions of Python that `Extractor.extract` to",
        "JSON takes, per text of the corpus. They differ only with the code and the rules, so a",
        "change that makes extraction slower shows here whatever else the machine does;",
        "`python benchmarks/steps.py REVISION` names the functions that it shows in.",
        "",
        f"Python {platform.python_version()}, words by jieba.",
        "",
        "| part | calls | instructions |",
        "|---|--:|--:|",
    ]
    rows = sorted(parts.items(), key=lambda row: -total(row[1])[1])
    for name, part in (*rows, ("**all**", steps)):
        calls, instructions = total(part)
        lines.append(f"| {name} | {calls:.0f} | {instructions:.0f} |")
    return "\n".join(lines) + "\n"


def comparison(old: Steps, new: Steps) -> str:
    """Both totals, and the functions whose instructions differ most."""
    sides = zip(("calls", "instructions"), total(old), total(new), strict=True)
    lines = [
        f"{kind} per text: {before:.0f}, now {after:.0f} ({after / before - 1:+.1%})"
        for kind, before, after in sides
    ]
    none = (0.0, 0.0)
    grown = {
        name: new.get(name, none)[1] - old.get(name, none)[1] for name in old.keys() | new.keys()
    }
    most = sorted(grown, key=lambda name: (-abs(grown[name]), name))[:MOST_SHOWN]
    lines += [f"{grown[name]:+8.0f} instructions  {name}" for name in most if grown[name]]
    return "\n".join(lines)


def main() -> None:
    """Write the page, or compare with the revision given."""
    match sys.argv[1:]:
        case ["--count"]:
            paths = sorted((ROOT / "corpus").glob("*.txt"))
            print(json.dumps(count([path.read_text(encoding="utf-8") for path in paths])))
        case [revision]:
            print(comparison(steps_at(revision), steps_of(ROOT)))
        case _:
            PAGE.write_text(page(steps_of(ROOT)), encoding="utf-8")


if __name__ == "__main__":
    main()
