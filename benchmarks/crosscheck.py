"""Numerals that two other tools read too, and every one that they read otherwise.

Run as ``python -m benchmarks.crosscheck`` with the extra ``crosscheck`` installed. It writes
``CROSSCHECK.md`` beside this file and ends with 1 where a disagreement has no explanation.
"""

from __future__ import annotations

import random
import re
import sys
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from extractor import Extractor
from extractor.matchers.numbers import NumberReader
from extractor.matchers.quantities import Quantity
from extractor.ruleset import load_rules
from extractor.text import fold
from tests import numeral_styles as styles

ROOT = Path(__file__).resolve().parent.parent
RESULT = Path(__file__).with_name("CROSSCHECK.md")
SEED = 7
ROUNDING = Decimal("1e-12")

Reader = Callable[[str], Decimal | None]

MADE: dict[str, styles.Style] = {
    "Arabic": lambda value, _: f"{value}",
    "with commas": lambda value, _: f"{value:,}",
    "full-width": lambda value, _: f"{value}".translate(styles.WIDE),
    "Chinese": styles.chinese,
    "with 兩": styles.two,
    "formal": lambda value, script: styles.chinese(
        value, script, styles.FORMAL[script], styles.FORMAL_SMALL
    ),
    "mixed": styles.mixed,
    "with spaces": lambda value, script: styles.spaced(value * 10**4, script),
    "digits in a row": lambda value, _: styles.positional(value),
}
DECIMALS: dict[str, styles.Style] = {
    "decimal": lambda value, _: f"{value}",
    "spoken decimal": styles.spoken,
    "decimal in a row": lambda value, _: styles.positional(value),
    "decimal with 萬": lambda value, script: f"{value}{styles.GROUP[script][1]}",
    "decimal with 億": lambda value, script: f"{value}{styles.GROUP[script][2]}",
    "decimal with 萬億": lambda value, script: f"{value}{''.join(styles.GROUP[script][1:3])}",
    "spoken with 億": lambda value, script: styles.spoken(value, script) + styles.GROUP[script][2],
}
SHORT: dict[str, styles.Style] = {
    "short end": styles.colloquial,
    "within a group": styles.thousands,
}
BY_HAND = (
    "二百五", "三千五", "一万二", "五百零五", "一千零二十", "一百一十", "一百一", "两千零五十",
    "廿三", "卅", "十", "十二", "百万", "一百万", "千万", "三万五千", "一亿零一", "五百亿",
    "3千", "5百万", "2千3百", "1万5千", "5万866", "3億5千萬", "2兆7629億", "零", "〇", "十万八千",
    "負三", "-12.50", "0.05", "零点零五", "一点五", "百分之五", "1e5", "二〇二四", "三十五点六",
)  # fmt: skip

# Which tool reads what otherwise, and why it is read as it is here.
EXPLAINED = (
    (
        "cn2an",
        "[一二三四五六七八九]{2}",
        (
            "two digits in a row are a number of two places; here two that follow each other "
            'are "five or six", a range without one value'
        ),
    ),
)


def tools() -> dict[str, Reader]:
    """The other readers. Raises ``ModuleNotFoundError`` where one is not installed."""
    cn2an = import_module("cn2an")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # patterns written as plain strings
        recognizers = import_module("recognizers_number")
        model = recognizers.NumberRecognizer(recognizers.Culture.Chinese).get_number_model()

    def by_cn2an(numeral: str) -> Decimal | None:
        try:
            return Decimal(str(cn2an.cn2an(numeral, "smart")))
        except (KeyError, ValueError):  # what it does not know ends in either
            return None

    def by_recognizers(numeral: str) -> Decimal | None:
        found = model.parse(numeral)
        if len(found) != 1 or (found[0].start, found[0].end) != (0, len(numeral) - 1):
            return None
        resolution = found[0].resolution
        return None if resolution is None else Decimal(resolution["value"])

    return {"cn2an": by_cn2an, "recognizers-text": by_recognizers}


def numerals() -> Iterator[tuple[str, str]]:
    """Each numeral with the name of its style: made up, chosen by hand, and of the corpus."""
    chance = random.Random(SEED)
    whole = [Decimal(chance.randint(1, 10 ** chance.randint(1, 15))) for _ in range(400)]
    broken = [Decimal(chance.randint(1, 999_999)) / 100 for _ in range(200)]
    short = [Decimal((10 * a + b) * 1000) for a in range(1, 10) for b in range(1, 10)]
    for script in ("hans", "hant"):
        for made, values in ((MADE, whole), (DECIMALS, broken)):
            for style, write in made.items():
                yield from ((style, write(value, script)) for value in values)
        yield from (("short end", styles.colloquial(value, script)) for value in short)
        yield from (("within a group", styles.thousands(value * 10**4, script)) for value in short)
    yield from (("by hand", numeral) for numeral in BY_HAND)
    extractor = Extractor()
    for path in sorted((ROOT / "corpus").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        for one in extractor.quantities(text):
            if isinstance(one, Quantity):
                yield "corpus", text[one.number_start : one.number_end]


def explanation(tool: str, numeral: str, value: Decimal | None, other: Decimal) -> str | None:
    """Why a tool's reading of a numeral is not the one here; ``None`` if nobody has said."""
    if value is not None and abs(value - other) <= abs(value) * ROUNDING:
        return "rounded: it counts in binary floating point, decimals here are exact"
    for name, pattern, why in EXPLAINED:
        if name == tool and re.fullmatch(pattern, numeral):
            return why
    return None


def own_reader() -> Reader:
    """Reads a numeral that fills the text, a fraction or a half as well."""
    reader = NumberReader(load_rules())

    def read(numeral: str) -> Decimal | None:
        written = fold(numeral)
        number = reader.read(written, 0)
        if number is None or number.end < len(written):
            return reader.numerals.parse(written)  # with its sign
        return number.value

    return read


def main() -> int:
    """Compare, write the result, and say whether every disagreement is explained."""
    try:
        readers = tools()
    except ModuleNotFoundError as missing:
        print(f"{missing.name} is not installed: pip install 'press-figures[crosscheck]'")
        return 2
    ours = own_reader()
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    rows = []
    for style, numeral in dict.fromkeys(numerals()):
        value = ours(numeral)
        seen[style]["numerals"] += 1
        for tool, read in readers.items():
            other = read(numeral)
            seen[style][f"{tool} reads"] += other is not None
            if other is not None and other != value:
                seen[style][f"{tool} differs"] += 1
                why = explanation(tool, numeral, value, other)
                rows.append((tool, numeral, value, other, why))
    RESULT.write_text(_report(readers, seen, rows), encoding="utf-8")
    unexplained = [row for row in rows if row[4] is None]
    for tool, numeral, value, other, _ in unexplained:
        print(f"{numeral}: {value} here, {other} by {tool}, and nobody has said why")
    return 1 if unexplained else 0


Row = tuple[str, str, Decimal | None, Decimal, str | None]


def _report(readers: dict[str, Reader], seen: dict[str, Counter[str]], rows: list[Row]) -> str:
    versions = f"cn2an {version('cn2an')}, recognizers-text-number " + version(
        "recognizers-text-number"
    )
    lines = [
        "# Numerals against two other readers",
        "",
        "Written by `python -m benchmarks.crosscheck` with",
        f"{versions}.",
        "A tool is asked for one numeral at a time; what it does not read as a whole, or not at",
        "all, is no disagreement.",
        "",
        "| style | numerals | " + " | ".join(f"{tool} reads | differs" for tool in readers) + " |",
        "|---|--:|" + "--:|--:|" * len(readers),
    ]
    for style, counts in seen.items():
        cells = (f"{counts[f'{tool} reads']} | {counts[f'{tool} differs']}" for tool in readers)
        lines.append(f"| {style} | {counts['numerals']} | " + " | ".join(cells) + " |")
    lines += [
        "",
        "## Disagreements",
        "",
        "| numeral | here | there | by | why |",
        "|---|--:|--:|---|---|",
    ]
    for tool, numeral, value, other, why in rows:
        lines.append(
            f"| {numeral} | {'—' if value is None else value} | {other} | {tool} | {why} |"
        )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
