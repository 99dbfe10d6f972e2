"""Quality on the corpus, group by group, written to ``QUALITY.md`` beside this file.

The groups are those of ``corpus/groups.toml``: what the rules were developed on, and what was
written later, with the measures that the file records of the day it was first read.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from extractor import Extractor
from extractor.check import Result, check
from extractor.known import KnownRelease, load_known

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"
PRESS = ROOT.parent / "shared" / "press"
TABLE = Path(__file__).with_name("QUALITY.md")

FIELDS = (
    *("value", "unit", "qualifier"),
    *("indicator", "measure", "direction", "basis", "period", "area"),
)
COLUMNS = ("found", *FIELDS, "policies")


def measures(result: Result) -> dict[str, float]:
    """F1 of figures and of policy names, and the share of each field that is right."""
    found = {"found": result.tally("observation").f1, "policies": result.tally("policy").f1}
    return found | {name: result.accuracy("fields", name).share for name in FIELDS}


def rows(extractor: Extractor) -> Iterator[tuple[str, int, Mapping[str, float]]]:
    """Name, number of known figures and measures of each row of the table."""
    releases = {release.path.stem: release for release in load_known(CORPUS)}
    for group in tomllib.loads((CORPUS / "groups.toml").read_text(encoding="utf-8"))["group"]:
        own = [releases.pop(name) for name in group["releases"]]
        if "first" in group:
            yield f"{group['name']}, when first read", _figures(own), group["first"]
        yield group["name"], _figures(own), measures(check(own, extractor))
    if releases:
        raise SystemExit(f"groups.toml: in no group: {', '.join(releases)}")
    if PRESS.is_dir():
        real = load_known(PRESS)
        yield "one real article", _figures(real), measures(check(real, extractor))


def _figures(releases: list[KnownRelease]) -> int:
    return sum(len(release.figures) for release in releases)


def table(extractor: Extractor) -> str:
    """The table in Markdown."""
    lines = [
        "# Quality",
        "",
        "`make quality` writes this page. F1 of the figures found and of policy names; for the",
        "figures found, the share of each field that is as a careful reader wrote it.",
        "",
        f"| releases | figures | {' | '.join(COLUMNS)} |",
        f"|---|--:|{'--:|' * len(COLUMNS)}",
    ]
    lines += [
        f"| {name} | {number} | {' | '.join(_cell(values, column) for column in COLUMNS)} |"
        for name, number, values in rows(extractor)
    ]
    return "\n".join(lines) + "\n"


def _cell(values: Mapping[str, Any], column: str) -> str:
    return f"{values[column]:.3f}" if column in values else ""


if __name__ == "__main__":
    TABLE.write_text(table(Extractor()), encoding="utf-8")
    print(TABLE.read_text(encoding="utf-8"))
