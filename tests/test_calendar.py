"""Date arithmetic, SDMX codes, the Chinese calendar and the movable feasts."""

from __future__ import annotations

import datetime as dt

import pytest

from extractor import calendar, lunisolar
from extractor.calendar import Stretch


def day(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "end", "grain", "code"),
    [
        ("2023-01-01", "2024-01-01", "year", "2023"),
        ("2016-01-01", "2021-01-01", "years", "2016/2020"),
        ("2023-01-01", "2023-07-01", "half", "2023-S1"),
        ("2023-07-01", "2024-01-01", "half", "2023-S2"),
        ("2023-07-01", "2023-10-01", "quarter", "2023-Q3"),
        ("2023-01-01", "2023-10-01", "months", "2023-01/2023-09"),
        ("2026-01-01", "2029-01-01", "months", "2026-01/2028-12"),
        ("2023-12-01", "2024-01-01", "month", "2023-12"),
        ("2024-02-29", "2024-03-01", "day", "2024-02-29"),
        ("2024-06-01", "2024-07-01", "days", "2024-06-01/2024-06-30"),
        ("2024-12-30", "2025-01-06", "week", "2025-W01"),
        ("2024-01-24T09:30", "2024-01-24T09:30", "minute", "2024-01-24T09:30"),
        ("0367-01-01", "0367-02-01", "month", "0367-01"),
    ],
)
def test_code(start: str, end: str, grain: str, code: str) -> None:
    assert calendar.code(Stretch(day(start), day(end), grain)) == code


@pytest.mark.parametrize(
    ("grain", "number", "start", "end"),
    [
        ("month", 2, "2024-02-01", "2024-03-01"),
        ("month", -1, "2024-12-01", "2025-01-01"),
        ("quarter", 4, "2024-10-01", "2025-01-01"),
        ("week", 1, "2024-01-01", "2024-01-08"),
        ("day", 366, "2024-12-31", "2025-01-01"),
    ],
)
def test_nth_of_a_year(grain: str, number: int, start: str, end: str) -> None:
    year = calendar.years(2024, 2024, "year")
    assert calendar.nth(year, grain, number) == Stretch(day(start), day(end), grain)


def test_a_part_that_a_unit_lacks() -> None:
    february = calendar.months(day("2023-02-01"), 1, "month")
    assert calendar.nth(february, "day", 29) is None
    assert calendar.nth(february, "third", 3) == Stretch(
        day("2023-02-21"), day("2023-03-01"), "third"
    )


def test_a_day_that_a_month_lacks_becomes_its_last() -> None:
    assert calendar.shifted(day("2024-03-31"), "month", -1) == day("2024-02-29")
    assert calendar.shifted(day("2024-02-29"), "year", 1) == day("2025-02-28")


@pytest.mark.parametrize(
    ("year", "month", "number", "leap", "date"),
    [
        (2024, 1, 1, False, "2024-02-10"),
        (2025, 1, 1, False, "2025-01-29"),
        (2025, 6, 1, True, "2025-07-25"),
        (2023, 2, 1, True, "2023-03-22"),
        (2020, 4, 1, True, "2020-05-23"),
        (2024, 8, 15, False, "2024-09-17"),
        (2023, 12, -1, False, "2024-02-09"),
        # The year of two winter months without a principal term.
        (2033, 11, 1, True, "2033-12-22"),
        (2034, 1, 1, False, "2034-02-19"),
    ],
)
def test_chinese_calendar(year: int, month: int, number: int, leap: bool, date: str) -> None:
    assert lunisolar.lunar_day(year, month, number, leap=leap) == dt.date.fromisoformat(date)


def test_a_month_that_is_not_repeated() -> None:
    assert lunisolar.lunar_month(2024, 4, leap=True) is None
    assert lunisolar.lunar_day(2024, 1, 30) is None


@pytest.mark.parametrize("year", range(1930, 2060))
def test_chinese_years_follow_one_another(year: int) -> None:
    months = [lunisolar.lunar_month(year, number) for number in range(1, 13)]
    starts = [span[0] for span in months if span is not None]
    assert len(starts) == 12
    assert starts == sorted(starts)
    assert lunisolar.lunar_day(year, 12, -1) == _before(lunisolar.lunar_day(year + 1, 1, 1))


def _before(date: dt.date | None) -> dt.date:
    assert date is not None
    return date - dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("year", "western", "orthodox"),
    [
        (2013, "2013-03-31", "2013-05-05"),
        (2024, "2024-03-31", "2024-05-05"),
        (2025, "2025-04-20", "2025-04-20"),
        (2038, "2038-04-25", "2038-04-25"),
    ],
)
def test_easter(year: int, western: str, orthodox: str) -> None:
    assert lunisolar.easter(year).isoformat() == western
    assert lunisolar.easter(year, orthodox=True).isoformat() == orthodox


@pytest.mark.parametrize(
    ("year", "longitude", "date"),
    [(2024, 315, "2024-02-04"), (2025, 15, "2025-04-04"), (2026, 90, "2026-06-21")],
)
def test_solar_terms(year: int, longitude: int, date: str) -> None:
    assert lunisolar.solar_term(year, longitude).isoformat() == date
