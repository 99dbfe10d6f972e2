"""Drafts become records: offsets of the original text, names in the text's own script."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable

from extractor.marks import Mark
from extractor.matchers.areas import Area
from extractor.matchers.quantities import Quantity
from extractor.records import Figure, Percentage, Release
from extractor.relate.draft import Draft
from extractor.text import SourceText

_PLUS = "+"
_CLOSING = (")", "]", "%")
_SPACED_OUT = re.compile(r"(?<=[\u3400-\u9fff])[ \t\u3000]+(?=[\u3400-\u9fff])")
"""The blanks inside 總　　計, which only set its letters apart."""
_PERCENTAGES = frozenset(("percent", "points", "fraction"))


class Composer:
    """Writes the records of one release."""

    def __init__(
        self,
        source: SourceText,
        release: Release,
        *,
        settle: Callable[[Area], Area | None],
    ) -> None:
        """``settle`` gives the area that a relative one (全省) stands for."""
        self._source = source
        self._release = release
        self._settle = settle
        self._areas: dict[int, tuple[str | None, str | None]] = {}
        self._starts = [sentence.start for sentence in source.sentences]
        self._sentences = [source.span(*sentence) for sentence in source.sentences]

    def observation(self, draft: Draft) -> Figure | Percentage:
        """The record of one draft; ``text[start:end] == quote`` holds by construction."""
        quantity = draft.quantity
        start, end = self._source.span(self._signed(quantity), quantity.end)
        sentence_start, sentence_end = self._sentence(quantity.start)
        kind = Percentage if quantity.kind in _PERCENTAGES else Figure
        period = draft.period
        shown, code = self._area(draft)
        release, quote = self._release, self._source.quote
        return kind(
            id=f"{release.id}-f{start}",
            release_id=release.id,
            quote=self._source.original[start:end],
            start=start,
            end=end,
            value=quantity.value,
            low=quantity.low,
            high=quantity.high,
            unit=self._unit(draft),
            unit_code=quantity.unit_code,
            dimension=quantity.dimension,
            multiplier=quantity.multiplier,
            qualifier=quantity.qualifier,
            indicator=self._indicator(draft),
            measure=draft.measure,
            direction=draft.direction,
            basis=draft.basis,
            reference=quote(*draft.reference) if draft.reference else None,
            period=period.code if period else None,
            period_text=quote(period.start, period.end) if period else None,
            period_start=period.period_start if period else None,
            period_end=period.period_end if period else None,
            area=shown,
            area_text=self._area_text(draft.area) if draft.area and shown else None,
            area_code=code,
            holder=quote(*draft.holder) if draft.holder else None,
            event=quote(*draft.event) if draft.event else None,
            sentence_start=sentence_start,
            sentence_end=sentence_end,
            rule=draft.rule,
            confidence=draft.confidence,
        )

    def _signed(self, quantity: Quantity) -> int:
        """Where a number begins with its plus sign; a minus sign is part of it anyway."""
        text, at = self._source.text, quantity.start - 1
        if at < 0 or text[at] != _PLUS:
            return quantity.start
        before = text[at - 1 : at]
        # 7+28 and 教育+3家 have no sign, 同比+3% has one.
        joined = before.isalnum() and (before.isascii() or quantity.kind not in _PERCENTAGES)
        return quantity.start if joined or before in _CLOSING else at

    def _indicator(self, draft: Draft) -> str | None:
        if draft.indicator is None:
            return None
        quote = self._source.quote
        words = quote(*draft.indicator)
        if draft.shared_front or draft.shared_head:
            parts = (draft.shared_front, draft.indicator, draft.shared_head)
            words = "".join(quote(*part) for part in parts if part)
        return _SPACED_OUT.sub("", words)

    def _unit(self, draft: Draft) -> str | None:
        quantity = draft.quantity
        if quantity.kind == "percent":
            return quantity.unit_code
        if quantity.unit is None or quantity.unit_start >= quantity.unit_end:
            return quantity.unit
        return self._source.quote(quantity.unit_start, quantity.unit_end)

    def _sentence(self, start: int) -> tuple[int, int]:
        return self._sentences[max(bisect_right(self._starts, start) - 1, 0)]

    def _area(self, draft: Draft) -> tuple[str | None, str | None]:
        """Name and code: of the area stated, else of the release."""
        release = self._release
        if draft.timeless:
            return None, None
        if draft.area is None:
            return release.area, release.area_code
        start = draft.area.start
        if start not in self._areas:
            area = self._settle(draft.area.value)
            self._areas[start] = (
                (self.shown(area), area.code) if area else (release.area, release.area_code)
            )
        return self._areas[start]

    def shown(self, area: Area) -> str | None:
        """The name of an area as a record of this release has it."""
        release = self._release
        return area.shown(release.script, release.region, self._source.original)

    def _area_text(self, mark: Mark | None) -> str | None:
        return self._source.quote(mark.start, mark.end) if mark else None
