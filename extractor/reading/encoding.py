"""Bytes to text: strict, and honest about what it cannot tell.

UTF-8 is taken when it decodes without a fault. Otherwise the two legacy encodings of Chinese
are weighed by what sets them apart: each of them orders its characters by how common they are,
so a text in the right encoding keeps to the common zone (GB/T 2312 symbols and level 1, Big5
symbols and level 1), and a wrong guess between the two scatters. That the text is Chinese is
taken for granted.
"""

from __future__ import annotations

import codecs
from typing import NamedTuple

from extractor.errors import InputError, UsageError

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

LEAST_COMMON = 0.55
"""The least share of common characters that makes a legacy encoding believable."""

MOSTLY_UTF8 = 0.8
"""From this share of well-formed bytes on, a text is UTF-8 with a fault in it."""


class Zone(NamedTuple):
    """Where an encoding keeps its common characters: lead bytes up to, trail bytes from."""

    last_lead: int
    first_trail: int


LEGACY = {"big5hkscs": Zone(0xC6, 0x40), "gb18030": Zone(0xD7, 0xA1)}


def decode(data: bytes, *, name: str, encoding: str | None = None) -> str:
    """The text in ``data``, without its byte order mark; ``name`` says in errors whose it is.

    ``encoding`` is one that ``check_encoding`` accepts. Raises ``InputError`` if the data are
    empty, binary or undecodable (with the byte's offset).
    """
    text = _decode(data, name, encoding)
    if not text.strip():
        raise InputError(f"{name}: empty, there is no text in it")
    return text


def check_encoding(name: str | None) -> None:
    """Raises ``UsageError`` unless ``name`` is an encoding of text that is known (or none)."""
    try:
        if name is not None:
            "".encode(name)
    except (LookupError, ValueError) as error:
        raise UsageError(f"unknown encoding {name!r}") from error


def _decode(data: bytes, name: str, encoding: str | None) -> str:
    if encoding is not None:
        return _strict(data, name, encoding)
    for mark, codec in BOMS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], name, codec)
    if (nul := data.find(b"\0")) >= 0:
        raise InputError(f"{name}: binary, not text (a zero byte at offset {nul})")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if (guess := _guess(data)) is not None:
            return data.decode(guess)
        raise InputError(
            f"{name}: byte 0x{data[error.start]:02x} at offset {error.start} is not UTF-8, and the"
            " text is not plainly Big5 or GB 18030; name its encoding with --encoding"
        ) from error


def _strict(data: bytes, name: str, encoding: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        at = f"byte 0x{data[error.start]:02x} at offset {error.start}"
        raise InputError(f"{name}: {at} is not {encoding}: {error.reason}") from error


def _guess(data: bytes) -> str | None:
    """The legacy encoding that ``data`` is plainly in, if any."""
    if _well_formed_share(data) >= MOSTLY_UTF8:
        return None
    share, best = max((_common_share(data, encoding), encoding) for encoding in LEGACY)
    return best if share >= LEAST_COMMON else None


def _well_formed_share(data: bytes) -> float:
    """The share of the bytes beyond ASCII that belong to well-formed UTF-8."""
    kept = data.decode("utf-8", errors="ignore").encode()
    return _beyond_ascii(kept) / _beyond_ascii(data)


def _beyond_ascii(data: bytes) -> int:
    return len(data.translate(None, delete=bytes(range(0x80))))


def _common_share(data: bytes, encoding: str) -> float:
    """The share of the characters beyond ASCII that lie in the encoding's common zone."""
    zone = LEGACY[encoding]
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return 0.0
    codes = [character.encode(encoding) for character in text if character > "\x7f"]
    common = sum(
        len(code) == 2 and 0xA1 <= code[0] <= zone.last_lead and code[1] >= zone.first_trail
        for code in codes
    )
    return common / len(codes)
