"""The records that come out: frozen values, one flat schema (``press-figures/1``).

Every ``start``/``end`` is a half-open range of Unicode code points in the original text,
so that ``text[start:end] == quote`` for every record. Numbers are ``Decimal`` and become
JSON numbers only when they are written. Absent is ``None``, never an empty string.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

SCHEMA = "press-figures/1"

Number = Annotated[Decimal, Meta(extra_json_schema={"type": "number", "format": None})]
"""An exact decimal, a number in the JSON (never a string)."""

Qualifier = Literal["exact", "approx", "gt", "gte", "lt", "lte", "nearly"]
Measure = Literal[
    "level",
    "cumulative",
    "new",
    "growth",
    "change",
    "difference",
    "share",
    "multiple",
    "target",
    "rank",
]
Direction = Literal["up", "down", "flat"]
Basis = Literal["yoy", "mom", "qoq", "vs_area", "vs_period", "since", "vs_forecast"]
Category = Literal[
    "plan",
    "strategy",
    "campaign",
    "programme",
    "mechanism",
    "law",
    "scheme",
    "policy",
    "platform",
    "slogan",
]


class Release(Struct, frozen=True, kw_only=True):
    """What is known of the press release itself."""

    id: str
    """Twelve hexadecimal digits of the text's SHA-256: the same text, the same id."""
    source: str | None = None
    """The path, or the identifier in a JSONL line, that the text came from."""
    title: str | None = None
    dateline: str | None = None
    """The words that open the story: place, date, agency, as written."""
    published: dt.date | None = None
    event_date: dt.date | None = None
    """The day the release reports on, where the dateline gives one."""
    publisher: str | None = None
    reporter: str | None = None
    editor: str | None = None
    area: str | None = None
    """The area the release speaks of: what 全省, 本市, 本港 stand for in it."""
    area_code: str | None = None
    region: str | None = None
    """``CN``, ``HK``, ``TW`` or ``MO``: settles 元, 兆 and the calendar."""
    script: Literal["hant", "hans", "mixed"] = "hant"
    length: int = 0
    """Code points in the text."""


class Observation(Struct, frozen=True, kw_only=True, tag_field="type"):
    """One stated number and everything the text says about it."""

    id: str
    release_id: str
    quote: str
    """The surface: qualifier, number and unit, as written."""
    start: int
    end: int
    value: Number | None = None
    """The magnitude with its multiplier applied; ``None`` for a range."""
    low: Number | None = None
    high: Number | None = None
    unit: str | None = None
    """As written, without 萬/億/兆."""
    unit_code: str | None = None
    """ISO 4217 for money, UCUM for physical units, ``%``, ``pp``, ``count:家``."""
    dimension: str | None = None
    multiplier: int = 1
    qualifier: Qualifier = "exact"
    indicator: str | None = None
    measure: Measure = "level"
    direction: Direction | None = None
    basis: Basis | None = None
    reference: str | None = None
    period: str | None = None
    """SDMX/ISO 8601: 2023, 2023-Q3, 2023-09, 2023-01/2023-09, 2024-01-24."""
    period_text: str | None = None
    period_start: dt.date | None = None
    period_end: dt.date | None = None
    area: str | None = None
    area_text: str | None = None
    area_code: str | None = None
    holder: str | None = None
    event: str | None = None
    """What the counted things did or were chosen for, where that names them."""
    policy_ids: tuple[str, ...] = ()
    sentence_start: int
    sentence_end: int
    rule: str
    confidence: float = 1.0
    derived_from: tuple[str, ...] | None = None
    """Of a derived record: the ids of the stated ones that it follows from."""


class Figure(Observation, frozen=True, kw_only=True, tag="figure"):
    """A number that is not a percentage: a count, an amount, a physical quantity."""


class Percentage(Observation, frozen=True, kw_only=True, tag="percentage"):
    """A number in %, ‰, percentage points or basis points, or a fraction of a whole."""


class Mention(Struct, frozen=True, kw_only=True):
    """One place where a policy is named."""

    quote: str
    start: int
    end: int


class Definition(Struct, frozen=True, kw_only=True):
    """What the text says a term stands for."""

    term: str
    gloss: str | None = None
    members: tuple[str, ...] = ()
    agrees: bool = True
    """False where the term gives a number (「三化」) and as many members are not listed."""
    start: int
    end: int


class Policy(Struct, frozen=True, kw_only=True, tag_field="type", tag="policy"):
    """A named plan, campaign, programme, law, slogan …; ``quote`` is its first full name."""

    id: str
    release_id: str
    quote: str
    start: int
    end: int
    name: str
    canonical: str
    category: Category
    head: str | None = None
    """A head noun that the name shares with its neighbours (「A」「B」工作機制)."""
    issuer: str | None = None
    issuer_area: str | None = None
    """The area whose body the issuer is: 省委、省政府 in a release of 河南省."""
    aliases: tuple[str, ...] = ()
    definitions: tuple[Definition, ...] = ()
    mentions: tuple[Mention, ...] = ()
    figure_ids: tuple[str, ...] = ()
    period: str | None = None
    sentence_start: int
    sentence_end: int
    rule: str
    confidence: float = 1.0


Record = Figure | Percentage | Policy


class Reject(Struct, frozen=True, kw_only=True):
    """A candidate that was looked at and not taken, with the named reason."""

    quote: str
    start: int
    end: int
    kind: Literal["quantity", "policy", "relation"]
    reason: str


WarningKind = Literal["change", "direction", "gap", "growth", "multiple", "share", "shares", "sum"]


class Contradiction(Struct, frozen=True, kw_only=True):
    """Stated numbers that cannot all be right, rounding allowed for."""

    kind: WarningKind
    message: str
    """One line in English, with the numbers as written."""
    record_ids: tuple[str, ...]
    """The first is the number that the others speak against."""
    low: Number | None = None
    high: Number | None = None
    """What the others say that it should be."""


class Document(Struct, frozen=True, kw_only=True):
    """One release with its records: what ``extractor extract`` prints."""

    schema: str = SCHEMA
    release: Release
    records: tuple[Record, ...]
    warnings: tuple[Contradiction, ...] = ()


def _plain(value: object) -> str:
    """A word of the rules is text like any other."""
    if isinstance(value, str):
        return str(value)
    raise NotImplementedError(f"{type(value).__name__} has no place in a record")


_ENCODER = msgspec.json.Encoder(decimal_format="number", enc_hook=_plain)


def to_json(value: object) -> bytes:
    """JSON in UTF-8, unescaped, decimals as numbers."""
    return _ENCODER.encode(value)
