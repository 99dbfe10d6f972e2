"""How time grows with the length of a text, written to ``SCALING.md`` beside this file.

Each shape is a unit that tempts some rule to look again and again; it is repeated, and the
text that is four times as long is compared with the other in the same run.
"""

from __future__ import annotations

import time
from pathlib import Path

from extractor import Extractor

RESULTS = Path(__file__).with_name("SCALING.md")

LONGER = 4
REPEATS = 1000
TRIES = 3

UNITS = (
    *("2024年", "1-", "二〇", "至2023年9月", "近1", "2021、", "去年", "比去年"),
    *("甲5個、", "甲增長5%、", "分別5個和6個", "（5個）", "的5個", "甲，", "「", "「丙」好5個"),
    *("一", "發展", "河南省", "甲 5\n", "|5", "《甲》", "5,"),
    *("3、", "同比", "的"),
)


def seconds(extractor: Extractor, text: str) -> float:
    """The least processor time of a few tries."""
    tries = []
    for _ in range(TRIES):
        start = time.process_time()
        extractor.extract(text, published="2025-01-01")
        tries.append(time.process_time() - start)
    return min(tries)


def main() -> None:
    """Measure every shape and write the table."""
    extractor = Extractor()
    extractor.extract("全市新增企業300家。")
    lines = [
        "# How time grows",
        "",
        f"Written by `make bench`: `Extractor.extract` on a unit repeated {REPEATS} times, and on",
        f"{LONGER} times as many. Linear time is a ratio of {LONGER}, a square {LONGER**2}.",
        "",
        "| unit | short | long | ratio |",
        "|---|--:|--:|--:|",
    ]
    for unit in UNITS:
        short = seconds(extractor, unit * REPEATS)
        long = seconds(extractor, unit * REPEATS * LONGER)
        shown = repr(unit)[1:-1].replace("|", "\\|")
        lines.append(
            f"| {shown} | {short * 1000:.1f} ms | {long * 1000:.1f} ms | {long / short:.1f} |"
        )
    text = "\n".join(lines) + "\n"
    RESULTS.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
