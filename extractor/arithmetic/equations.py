"""The equations that tie stated numbers together, and what each says of its third number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Literal, NamedTuple

from extractor.arithmetic.intervals import Interval, point
from extractor.arithmetic.statements import Statement
from extractor.matchers.areas import Area
from extractor.text import Span

Kind = Literal["gap", "forecast", "change", "growth", "multiple", "share"]
Role = Literal["result", "base", "step"]
ROLES: tuple[Role, ...] = ("result", "base", "step")

_ONE = point(Decimal(1))
_HUNDRED = point(Decimal(100))


class When(NamedTuple):
    """A period as records have it."""

    code: str
    text: str | None
    start: dt.date | None
    end: dt.date | None


class Binding(NamedTuple):
    """Three numbers of one equation, any of which may be missing.

    ``result`` is ``base`` moved by ``step``: a level an earlier one by its change or growth, an
    area's rate another area's by the gap, a part its whole by the share.
    """

    kind: Kind
    result: Statement | None
    base: Statement | None
    step: Statement | None
    when: When | None = None
    """The period of the base."""
    area: Area | None = None
    """The area of the base."""
    whole: Span | None = None
    """What the base is, where the part has another name."""
    falls: bool = False
    """Both ends are falls, and the step is of how far they fall: 跌幅擴大2.1個百分點."""

    def stated(self) -> dict[Role, Statement]:
        """The numbers that the text states, by their roles."""
        given = zip(ROLES, (self.result, self.base, self.step), strict=True)
        return {role: one for role, one in given if one is not None}


Terms = dict[Role, Interval]


class Equation(NamedTuple):
    """How each of the three follows from the other two."""

    result: Callable[[Terms], Interval | None]
    base: Callable[[Terms], Interval | None]
    step: Callable[[Terms], Interval | None]
    exact: bool
    """Whether written numbers give a written number: sums do, quotients do not."""

    def solve(self, role: Role, terms: Terms) -> Interval | None:
        """What the others of ``terms`` say of one; ``None`` where they say nothing."""
        solver: Callable[[Terms], Interval | None] = getattr(self, role)
        return solver(terms)


def _growth(factor: Interval | None) -> Interval | None:
    return None if factor is None else factor.minus(_ONE).times(_HUNDRED)


def _portion(factor: Interval | None) -> Interval | None:
    return None if factor is None else factor.times(_HUNDRED)


def _grown(step: Interval) -> Interval:
    return _share(step).plus(_ONE)


def _share(step: Interval) -> Interval:
    return Interval(step.low / 100, step.high / 100)


SUM = Equation(
    result=lambda known: known["base"].plus(known["step"]),
    base=lambda known: known["result"].minus(known["step"]),
    step=lambda known: known["result"].minus(known["base"]),
    exact=True,
)

EQUATIONS: dict[Kind, Equation] = {
    "gap": SUM,
    "forecast": SUM,
    "change": SUM,
    "growth": Equation(
        result=lambda known: known["base"].times(_grown(known["step"])),
        base=lambda known: known["result"].over(_grown(known["step"])),
        step=lambda known: _growth(known["result"].over(known["base"])),
        exact=False,
    ),
    "multiple": Equation(
        result=lambda known: known["base"].times(known["step"]),
        base=lambda known: known["result"].over(known["step"]),
        step=lambda known: known["result"].over(known["base"]),
        exact=False,
    ),
    "share": Equation(
        result=lambda known: known["base"].times(_share(known["step"])),
        base=lambda known: known["result"].over(_share(known["step"])),
        step=lambda known: _portion(known["result"].over(known["base"])),
        exact=False,
    ),
}
