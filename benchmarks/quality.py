"""Quality on the corpus, group by group, written to ``QUALITY.md`` and, shorter, to the README.

The groups are those of ``corpus/groups.toml``: what the rules were developed on, and what was
written later, with the measures that the file records of the day it was first read.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
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
    *("indicator", "measure", "direction", "basis", "period", "area", "all"),
)
COLUMNS = ("found", *FIELDS, "policies")
SHORT = ("found", "value", "indicator", "measure", "basis", "period", "area", "all")
README = ROOT / "README.md"
START, END = "<!-- quality -->\n", "<!-- /quality -->"
"""Between these the README holds its table."""


def measures(result: Result) -> dict[str, float]:
    """F1 of figures and of policy names, and the share of each field that is right."""
    found = {"found": result.tally("observation").f1, "policies": result.tally("policy").f1}
    return found | {name: result.accuracy("fields", name).share for name in FIELDS}


Row = tuple[str, int, Mapping[str, float]]
"""Name, number of known figures and measures."""


def rows(extractor: Extractor) -> Iterator[Row]:
    """One for each group, as it was first read and as it is."""
    releases = {release.path.stem: release for release in load_known(CORPUS)}
    groups = tomllib.loads((CORPUS / "groups.toml").read_text(encoding="utf-8"))
    for group in groups["group"]:
        own = [releases.pop(name) for name in group["releases"]]
        if "first" in group:
            yield f"{group['name']}, when first read", _figures(own), group["first"]
        yield group["name"], _figures(own), measures(check(own, extractor))
    if releases:
        raise SystemExit(f"groups.toml: in no group: {', '.join(releases)}")
    for texts in groups["outside"]:
        yield f"{texts['name']}, when first read", texts["figures"], texts["first"]
    if PRESS.is_dir():
        real = load_known(PRESS)
        yield "one real article", _figures(real), measures(check(real, extractor))


def _figures(releases: list[KnownRelease]) -> int:
    return sum(len(release.figures) for release in releases)


HEADING = """\
# Quality

`make quality` writes this page. F1 of the figures found and of policy names; for the
figures found, the share of each field that is as a careful reader wrote it.

"""


def table(measured: Sequence[Row], columns: Sequence[str]) -> str:
    """The rows as a table in Markdown."""
    lines = [f"| releases | figures | {' | '.join(columns)} |", f"|---|--:|{'--:|' * len(columns)}"]
    lines += [
        f"| {name} | {number} | {' | '.join(_cell(values, column) for column in columns)} |"
        for name, number, values in measured
    ]
    return "\n".join(lines) + "\n"


def with_table(page: str, short: str) -> str:
    """The README with its table renewed. Raises ``ValueError`` where it has no place for one."""
    before, rest = page.split(START)
    _, after = rest.split(END)
    return before + START + short + END + after


def _cell(values: Mapping[str, Any], column: str) -> str:
    return f"{values[column]:.3f}" if column in values else ""


def main() -> None:
    """Measure, and renew both tables."""
    measured = list(rows(Extractor()))
    TABLE.write_text(HEADING + table(measured, COLUMNS), encoding="utf-8")
    page = README.read_text(encoding="utf-8")
    README.write_text(with_table(page, table(measured, SHORT)), encoding="utf-8")
    print(TABLE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
