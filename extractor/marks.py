"""What matchers hand on: typed spans of the matching text, and candidates turned down."""

from __future__ import annotations

from operator import attrgetter
from typing import Any, Literal

from msgspec import Struct


class Rejected(Struct, frozen=True, gc=False):
    """A candidate that a matcher looked at and did not take; offsets in the matching text."""

    start: int
    end: int
    kind: Literal["quantity", "policy", "relation"]
    reason: str


class Mark(Struct, frozen=True, gc=False):
    """A typed stretch of the matching text; ``value`` is what its matcher knows of it."""

    kind: str
    start: int
    end: int
    value: Any = None


KIND, START = attrgetter("kind"), attrgetter("start")
"""Of a mark, to be mapped over rows of them."""

FIGURES = (
    "percent",
    "points",
    "fraction",
    "multiple",
    "currency",
    "count",
    "dimension",
    "temperature",
    "duration",
    "age",
    "number",
)
"""The kinds of quantities that can be a record."""

TEXT = "text"
"""What stands between all other marks."""
STOP = "stop"
"""The end of a sentence."""
PERIOD = "period"
AREA = "area"
ELSEWHERE = "elsewhere"
"""An area outside the one the release speaks of: a market, where visitors come from."""
