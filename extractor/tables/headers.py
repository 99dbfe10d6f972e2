"""The shape of ``rules/headers.toml``: what a release says of itself.

Patterns are regular expressions over the matching text (Simplified script, ASCII punctuation).
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from extractor.ruleset import Example, Word, compiled


class HeaderEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every table here may hold. An example's ``quote`` is the value that is read."""

    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()


class HeaderLabel(HeaderEntry, frozen=True):
    """Words that stand, with a colon, before the value of a field; ``dated`` is a day that counts
    as that of publication only where nothing is labelled so."""

    field: Literal["title", "published", "dated", "publisher", "reporter", "editor"]
    labels: tuple[Word, ...]


class HeaderNumbers(HeaderEntry, frozen=True):
    """The numbers of months and days in words, from one on, in order."""

    words: tuple[Word, ...]


class HeaderDigits(HeaderEntry, frozen=True):
    """The characters that stand for 0, 1, … 9 in a year, all those of one digit in a string."""

    words: tuple[Word, ...]


class HeaderDate(HeaderEntry, frozen=True):
    """How a date is written: groups ``year`` ``month`` ``day``, of which ``day`` is a must.

    ``{number}`` stands for a number in words, ``{digit}`` for a digit in words. ``standalone``
    says that it can be the date of publication by standing in the header.
    """

    name: str
    pattern: Word
    era: Literal["ce", "roc"] = "ce"
    standalone: bool = True

    def __post_init__(self) -> None:
        """A wrong pattern is a mistake in the rules, found when they are loaded."""
        found = compiled(self.pattern.replace("{number}", "").replace("{digit}", "."))
        if "day" not in found.groupindex:
            raise ValueError("pattern: needs a group (?P<day>…)")


class Dateline(HeaderEntry, frozen=True):
    """How a story opens: groups ``publisher`` ``reporter`` ``date``, each as the text has it.

    ``{date}`` and ``{place}`` in the pattern stand for any date and any place of a dateline.
    ``published``: the date is that of publication too. An example's ``quote`` is the dateline.
    """

    name: str
    pattern: Word
    published: bool = False

    def __post_init__(self) -> None:
        """A wrong pattern is a mistake in the rules, found when they are loaded."""
        compiled(self.pattern.replace("{date}", "").replace("{place}", ""))


class EventDay(HeaderEntry, frozen=True):
    """How the first words of a story name the day that it is about: ``{date}`` is any date.

    A pattern without it names the day so many ``days_ago``. ``published``: it is the day of
    publication too; ``seen``: the words are seen from that day. An example's ``quote`` is the day.
    """

    name: str
    pattern: Word
    published: bool = False
    seen: bool = False
    days_ago: int | None = None

    def __post_init__(self) -> None:
        """A wrong pattern is a mistake in the rules, found when they are loaded."""
        compiled(self.pattern.replace("{date}", ""))
        if ("{date}" in self.pattern) == (self.days_ago is not None):
            raise ValueError("pattern: needs either {date} or days_ago")


class DatelinePlace(HeaderEntry, frozen=True):
    """Places that agencies write from, where no space or mark sets them off from a name."""

    names: tuple[Word, ...]


class Byline(HeaderEntry, frozen=True):
    """Where a story names its reporter without a label and a colon: group ``reporter``.

    With ``hints`` the pattern is looked for only in paragraphs that hold one of them.
    """

    name: str
    pattern: Word
    hints: tuple[Word, ...] = ()

    def __post_init__(self) -> None:
        """A wrong pattern is a mistake in the rules, found when they are loaded."""
        if "reporter" not in compiled(self.pattern).groupindex:
            raise ValueError("pattern: needs a group (?P<reporter>…)")


class HeaderLine(HeaderEntry, frozen=True):
    """Lines (or parts of them) around a story that are no part of it.

    ``kind`` is ``publisher`` for a letterhead, which begins its line with the publisher's name;
    ``path`` for what only the trail of a site's pages contains; ``signature`` for a whole line that
    is the publisher's name where the line beside it is a day; ``noise`` for all else. ``{date}``
    stands for any date, and a group ``publisher`` for less than the whole letterhead.
    An example's ``quote`` is a line that is set aside.
    """

    name: str
    kind: Literal["publisher", "path", "signature", "noise"]
    pattern: Word

    def __post_init__(self) -> None:
        """A wrong pattern is a mistake in the rules, found when they are loaded."""
        compiled(self.pattern.replace("{date}", ""))


TABLES: dict[str, type[Struct]] = {
    "header_label": HeaderLabel,
    "header_numbers": HeaderNumbers,
    "header_digits": HeaderDigits,
    "header_date": HeaderDate,
    "dateline": Dateline,
    "event_day": EventDay,
    "dateline_place": DatelinePlace,
    "byline": Byline,
    "header_line": HeaderLine,
}
