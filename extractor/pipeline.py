"""One release through all stages: text, marks, relations, records."""

from __future__ import annotations

import datetime as dt
import hashlib
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property, partial
from operator import attrgetter
from pathlib import Path
from typing import Literal, TypeVar

from extractor import grids
from extractor.arithmetic.calculator import Calculator
from extractor.errors import InputError, UsageError
from extractor.explanation.build import explain
from extractor.explanation.model import Explanation
from extractor.explanation.places import Place, rule_places
from extractor.explanation.stages import Stages
from extractor.extraction import Extraction
from extractor.marks import AREA, ELSEWHERE, FIGURES, PERIOD, Mark
from extractor.matchers.areas import Area, AreaMatcher, within
from extractor.matchers.claims import claimed, reasoned, standing_alone
from extractor.matchers.periods import Period, PeriodMatcher, Style
from extractor.matchers.policies import PolicyMatcher
from extractor.matchers.policy_marks import PolicyFindings
from extractor.matchers.policy_records import build as write_policies
from extractor.matchers.quantities import Quantity, QuantityMatcher, without_overruled
from extractor.matchers.regions import REGIONS, RegionMatcher, ReleaseArea
from extractor.matchers.table_years import with_bare_years
from extractor.originals import in_original, rejects
from extractor.reading.header import Header, HeaderReader
from extractor.records import (
    Document,
    Release,
)
from extractor.relate.compose import Composer
from extractor.relate.draft import Draft
from extractor.relate.link import Linker, link
from extractor.relate.observe import Relater
from extractor.relate.select import LeadWords, Spells, reporting_period, select, told
from extractor.ruleset import load_rules
from extractor.script import CONFIGS, Config
from extractor.text import SourceText, Span

_Found = TypeVar("_Found", Area, Period)


class Extractor:
    """Reads press releases. Make one and use it for any number of texts, from any thread.

    ``rules`` are folders of further rule files, read after the package's own. ``script`` is the
    OpenCC configuration of the texts, or ``auto``. ``region`` (CN, HK, TW, MO) settles 元 and
    the calendar where it is known beforehand; otherwise the text tells.

    Raises ``RuleError`` for rules that do not hold together, ``UsageError`` for a script or a
    region that is none.
    """

    def __init__(
        self,
        *,
        rules: Sequence[str | Path] = (),
        script: Config | Literal["auto"] = "auto",
        region: str | None = None,
    ) -> None:
        _check_known("script", script, ("auto", *CONFIGS))
        _check_known("region", region, (None, *REGIONS))
        self._paths = tuple(Path(folder) for folder in rules)
        ruleset = load_rules(self._paths)
        self.ruleset = ruleset
        self._script: Config | Literal["auto"] = script
        self._region = region
        self._headers = HeaderReader(ruleset)
        self._areas = AreaMatcher(ruleset)
        self._regions = RegionMatcher(ruleset, self._areas)
        self._periods = PeriodMatcher(ruleset)
        self._quantities = QuantityMatcher(ruleset)
        self._policies = PolicyMatcher(ruleset)
        self._relater = Relater(ruleset)
        self._lead_words = LeadWords(ruleset)
        self._spells = Spells(ruleset)
        self._linker = Linker(ruleset)
        self._calculator = Calculator(ruleset)

    def extract(
        self,
        text: str,
        *,
        published: dt.date | str | None = None,
        source: str | None = None,
        derive: bool = False,
    ) -> Extraction:
        """Read one release.

        ``published`` is the day that relative words (去年, 上月) are resolved against where the
        text does not give one. ``source`` names where the text came from. ``derive`` adds, behind
        the stated records, those that follow from several of them. Raises
        ``UsageError`` for an impossible date or a text that is no ``str``, ``InputError`` for a
        text that no file can hold.
        """
        stages = self._read(text, as_date(published), source, derive=derive)
        return Extraction(stages.source, stages.document, stages.rejects)

    def explain(
        self,
        text: str,
        *,
        published: dt.date | str | None = None,
        source: str | None = None,
        derive: bool = False,
    ) -> Explanation:
        """Read one release and say of every record what it was derived from.

        The arguments and errors are those of ``extract``, and so are the records.
        """
        stages = self._read(text, as_date(published), source, explain=True, derive=derive)
        return explain(
            stages, self.ruleset, self._relater.holding(stages.related.row), self._places
        )

    @cached_property
    def _places(self) -> dict[tuple[str, str], Place]:
        """Where each rule stands in its file."""
        return rule_places(self._paths)

    def _read(
        self,
        text: str,
        published: dt.date | None,
        name: str | None,
        *,
        explain: bool = False,
        derive: bool = False,
    ) -> Stages:
        """All stages over one release; with ``explain`` each step says why."""
        written = self._written(text)
        header = self._headers.read(written, published=published)
        tables = grids.find(written.text)
        areas = _outside(self._areas.find(written.text), header.bylines)
        home = self._home(written.text, areas, header, tables)
        areas = self._areas.settled(areas, home.place)
        region = home.region
        header, dates = self._dated(written, header, region)
        dates = with_bare_years(written.text, dates, tables)
        findings = self._policies.find(written, region=region, periods=dates, areas=areas)
        standing = standing_alone(dates, findings.sealed)
        found, rejected = self._quantities.find(
            written.text, region=region, taken=claimed(standing, findings.sealed), tables=tables
        )
        periods = without_overruled(standing, found)
        quantities = [one for one in found if one.kind in FIGURES]
        dateline = [header.dateline_span] if header.dateline_span else []
        marks = _marks(_outside(periods, dateline), quantities)
        marks += self._area_marks(_outside(areas, dateline), quantities, home)
        leading = sorted({*periods, *(one for one in dates if one.titled)}, key=attrgetter("start"))
        related = self._relater.relate(
            written,
            marks,
            tables,
            reporting=reporting_period(written, header, leading, quantities, self._lead_words),
            today=header.published or header.event_date,
            policies=findings.policies,
            explain=explain,
        )
        drafts, dropped = select(related.drafts, header.boilerplate, written.text, self._spells)
        release = _release(written, header, home, name=name, region=region)
        turned_down = [
            *reasoned(rejected, standing, findings.sealed),
            *findings.rejected,
            *related.rejected,
            *dropped,
        ]
        return Stages(
            source=written,
            header=header,
            areas=areas,
            periods=dates,
            standing=standing,
            quantities=found,
            marks=marks,
            policies=findings,
            related=related,
            drafts=drafts,
            document=self._document(
                written,
                release,
                home,
                drafts,
                findings,
                related.row,
                periods=periods,
                areas=areas,
                derive=derive,
            ),
            rejects=rejects(written, turned_down),
        )

    def _home(
        self, text: str, areas: Sequence[Area], header: Header, tables: Sequence[grids.Grid]
    ) -> ReleaseArea:
        """What the release speaks of. Its tables divide that by area: their rows tell at most
        which region's areas they are."""
        find = partial(
            self._regions.find, text, title=header.title_span, dateline=header.dateline_span
        )
        rows = [label for table in tables for label, _ in table.rows]
        home = find(_outside(areas, rows), region=self._region)
        if not rows or home.region is not None:
            return home
        return ReleaseArea(find(areas).region, None)

    def _written(self, text: str) -> SourceText:
        """The text with its form for matching.

        Raises:
            UsageError: it is no ``str``.
            InputError: a character of it is half of a surrogate pair.
        """
        if not isinstance(text, str):
            raise UsageError(f"text: a str is wanted, not {type(text).__name__}")
        try:
            return SourceText(text, script=self._script)
        except UnicodeEncodeError as error:
            raise InputError(
                f"text: character {error.start} is half of a pair; decode the text anew"
            ) from error

    def _document(
        self,
        written: SourceText,
        release: Release,
        home: ReleaseArea,
        drafts: Sequence[Draft],
        findings: PolicyFindings,
        row: Sequence[Mark],
        *,
        periods: Sequence[Period],
        areas: Sequence[Area],
        derive: bool,
    ) -> Document:
        """The records of all drafts and policies, tied to each other, and what follows of them."""
        composer = Composer(
            written, release, settle=lambda area: self._areas.resolve(area, home.place)
        )
        observations = [composer.observation(draft) for draft in drafts]
        policies = write_policies(
            findings, written, release.id, area_of=lambda body: self._seat(body, release, home)
        )
        ties = self._linker.ties(written, drafts, findings.policies)
        records = link(observations, policies, ties)
        statements = self._calculator.statements(
            written,
            row,
            drafts,
            observations,
            periods=periods,
            areas=areas,
            settle=lambda area: self._areas.resolve(area, home.place),
        )
        warnings = self._calculator.contradictions(statements)
        if derive:
            records += tuple(self._calculator.derive(statements, composer.shown, warnings))
        return Document(release=release, records=records, warnings=warnings)

    def _dated(
        self, source: SourceText, header: Header, region: str | None
    ) -> tuple[Header, list[Period]]:
        """The periods, seen from the day of the release, else from the period it states at once,
        which also completes a day without a year."""
        found = self._periods.find(source.text, reference=header.seen_from, region=region)
        if header.seen_from is not None:
            return header, found
        stated = told(source, header, found, self._lead_words)
        if stated is None:
            return header, found
        header = self._headers.read(source, told=stated)
        day = header.seen_from or stated.seen
        return header, self._periods.find(source.text, reference=day, region=region)

    def _seat(self, body: str, release: Release, home: ReleaseArea) -> str | None:
        """The area whose body this is, as a record of ``release`` shows it."""
        place = self._areas.of_body(body, home.place)
        return place.shown(release.script, release.region) if place else None

    def _area_marks(
        self, areas: Sequence[Area], quantities: Sequence[Quantity], home: ReleaseArea
    ) -> list[Mark]:
        """Areas a figure can be about; one outside the release's own is ``elsewhere``."""
        ends = [one.end for one in quantities]
        marks = []
        for area in areas:
            near = bisect_right(ends, area.start)
            if area.in_name or (near < len(ends) and quantities[near].start < area.end):
                continue
            kind = AREA if self._concerns(area, home) else ELSEWHERE
            marks.append(Mark(kind, area.start, area.end, area))
        return marks

    def _concerns(self, area: Area, home: ReleaseArea) -> bool:
        """Whether a release of ``home`` can report on an area: its own, a part of it, or what
        holds it; in Hong Kong, Macau and Taiwan the mainland is a partner, not a whole."""
        if home.place is None or area.kind == "relative" or area.place is home.place:
            return True
        return within(area.place, home.place) or (
            home.region == "CN" and within(home.place, area.place)
        )

    def quantities(
        self,
        text: str,
        *,
        reference: dt.date | None = None,
        region: str | None = None,
        style: Style = "press",
    ) -> list[Quantity | Period]:
        """Every quantity and period of ``text`` in order, with offsets of the original.

        ``reference`` is the day that relative periods are resolved against. In ``chat`` style
        holidays, seasons and bare times are read as well, which a release seldom means as times.
        Raises what ``extract`` raises for a text.
        """
        written = self._written(text)
        periods = self._periods.find(written.text, reference=reference, region=region, style=style)
        found, _ = self._quantities.find(written.text, region=region, taken=claimed(periods, ()))
        kept = without_overruled(periods, found)
        both: list[Quantity | Period] = sorted([*kept, *found], key=lambda one: one.start)
        return [in_original(written, one) for one in both]


def as_date(given: dt.date | str | None) -> dt.date | None:
    """A day from ``YYYY-MM-DD``. Raises ``UsageError`` where it is none."""
    if given is None or isinstance(given, dt.date):
        return given.date() if isinstance(given, dt.datetime) else given
    try:
        return dt.date.fromisoformat(given)
    except (TypeError, ValueError):
        line = f"date {given!r}: not a day of the calendar; write it as YYYY-MM-DD"
        raise UsageError(line) from None


def _outside(found: Sequence[_Found], spans: Sequence[Span]) -> list[_Found]:
    """The areas, or the times, that do not merely say where a reporter writes from and when."""
    outside = list(found)
    for span in spans:
        outside = [one for one in outside if not span.start <= one.start < span.end]
    return outside


def _release(
    source: SourceText, header: Header, home: ReleaseArea, *, name: str | None, region: str | None
) -> Release:
    digest = hashlib.sha256(source.original.encode("utf-8", "surrogatepass")).hexdigest()
    return Release(
        id=digest[:12],
        source=name,
        title=header.title,
        dateline=header.dateline,
        published=header.published,
        event_date=header.event_date,
        publisher=header.publisher,
        reporter=header.reporter,
        editor=header.editor,
        area=home.place.shown(source.script, region, source.original) if home.place else None,
        area_code=home.place.code if home.place else None,
        region=region,
        script=source.script,
        length=len(source.original),
    )


def _check_known(name: str, given: str | None, known: Sequence[str | None]) -> None:
    if given not in known:
        choices = ", ".join(one for one in known if one)
        raise UsageError(f"{name}: {given!r} is none of {choices}")


def _marks(periods: Sequence[Period], quantities: Sequence[Quantity]) -> list[Mark]:
    marks = [Mark(PERIOD, period.start, period.end, period) for period in periods]
    return marks + [Mark(one.kind, one.start, one.end, one) for one in quantities]
