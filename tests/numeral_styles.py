"""The ways that numerals are written, for tests that read them back."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

PLAIN = "零一二三四五六七八九"
FORMAL = {"hant": "零壹貳叁肆伍陸柒捌玖", "hans": "零壹贰叁肆伍陆柒捌玖"}
SMALL = ("", "十", "百", "千")
FORMAL_SMALL = ("", "拾", "佰", "仟")
GROUP = {"hant": ("", "萬", "億", "兆"), "hans": ("", "万", "亿", "兆")}
WIDE = str.maketrans("0123456789,.%", "０１２３４５６７８９，．％")

Style = Callable[[Decimal, str], str]
"""Writes a value; the script is ``hant`` or ``hans``."""


def section(value: int, digits: str = PLAIN, small: tuple[str, ...] = SMALL) -> str:
    """Below ten thousand, zeros in between written once."""
    written, zero = "", False
    for place in (3, 2, 1, 0):
        digit = value // 10**place % 10
        if digit:
            written += (digits[0] if zero else "") + digits[digit] + small[place]
            zero = False
        elif written:
            zero = True
    return written


def chinese(
    value: Decimal, script: str, digits: str = PLAIN, small: tuple[str, ...] = SMALL
) -> str:
    """一萬二千零三."""
    rest, written, zero = int(value), "", False
    for place in (3, 2, 1, 0):
        unit = 10 ** (4 * place)
        part, rest = divmod(rest, unit)
        if part:
            gap = bool(written) and (zero or part < 1000)
            written += digits[0] * gap + section(part, digits, small) + GROUP[script][place]
            zero = False
        elif written:
            zero = True
    if digits is PLAIN and written.startswith("一十"):
        written = written[1:]
    return written or digits[0]


def fraction(value: Decimal) -> str:
    """The digits behind the point."""
    return "".join(PLAIN[int(digit)] for digit in f"{value:f}".partition(".")[2])


def spoken(value: Decimal, script: str) -> str:
    """Chinese with a point: 十二點五."""
    point = {"hant": "點", "hans": "点"}[script]
    decimals = fraction(value)
    return chinese(value, script) + (point + decimals if decimals else "")


def positional(value: Decimal, zero: str = "〇", point: str = "．") -> str:
    """六四〇．五."""
    digits = zero + PLAIN[1:]
    return "".join(point if sign == "." else digits[int(sign)] for sign in f"{value:f}")


def two(value: Decimal, script: str) -> str:
    """With 兩 before hundreds, thousands and groups."""
    written, sign = chinese(value, script), {"hant": "兩", "hans": "两"}[script]
    for unit in ("百", "千", *GROUP[script][1:]):
        if written.startswith("二" + unit):
            return sign + written[1:]
    return written


def mixed(value: Decimal, script: str) -> str:
    """Arabic groups with Chinese multipliers: 5萬866, and 5萬零6, as 5萬6 is 56000."""
    rest, written = int(value), ""
    for place in (3, 2, 1):
        part, rest = divmod(rest, 10 ** (4 * place))
        written += f"{part}{GROUP[script][place]}" if part else ""
    zero = "零" if written and 0 < rest < 10 else ""
    return written + zero + (str(rest) if rest or not written else "")


def spaced(value: Decimal, script: str) -> str:
    """2 兆 7629 億."""
    return " ".join(
        f"{part} {unit}"
        for part, unit in zip(
            (int(value) // 10**12, int(value) // 10**8 % 10**4, int(value) // 10**4 % 10**4),
            reversed(GROUP[script][1:]),
            strict=True,
        )
        if part
    )


def tens(value: Decimal, _script: str) -> str:
    """廿三, 五十六."""
    first, second = divmod(int(value), 10)
    return {2: "廿", 3: "卅", 4: "卌"}.get(first, PLAIN[first] + "十") + PLAIN[second].strip("零")


def tenths(value: Decimal, _script: str) -> str:
    """三成五."""
    first, second = divmod(int(value), 10)
    return f"{PLAIN[first]}成{PLAIN[second]}"


def thousands(value: Decimal, script: str) -> str:
    """3億5千萬."""
    return f"{int(value) // 10**8}{GROUP[script][2]}{int(value) // 10**7 % 10}千{GROUP[script][1]}"


def colloquial(value: Decimal, script: str) -> str:
    """一萬二, 三千五."""
    first, second = divmod(int(value) // 1000, 10)
    return f"{PLAIN[first]}{GROUP[script][1]}{PLAIN[second]}"
