"""What was found in one release, as a caller sees it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from extractor import report
from extractor.records import (
    Contradiction,
    Document,
    Figure,
    Percentage,
    Policy,
    Record,
    Reject,
    Release,
    to_json,
)
from extractor.text import SourceText
from extractor.tokens import Token, Tokenizer

if TYPE_CHECKING:
    import pandas as pd


class Extraction:
    """What was found in one release."""

    def __init__(self, source: SourceText, document: Document, rejects: tuple[Reject, ...]) -> None:
        self._source = source
        self.document = document
        self.rejects = rejects

    @property
    def release(self) -> Release:
        return self.document.release

    @property
    def records(self) -> tuple[Record, ...]:
        """Figures, percentages and policies in the order of the text, then what was derived."""
        return self.document.records

    @property
    def warnings(self) -> tuple[Contradiction, ...]:
        """Where stated numbers contradict each other."""
        return self.document.warnings

    @property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(record for record in self.records if isinstance(record, Figure))

    @property
    def percentages(self) -> tuple[Percentage, ...]:
        return tuple(record for record in self.records if isinstance(record, Percentage))

    @property
    def policies(self) -> tuple[Policy, ...]:
        return tuple(record for record in self.records if isinstance(record, Policy))

    @cached_property
    def tokens(self) -> list[Token]:
        """The words of the text with their original offsets; cut when first asked for."""
        return Tokenizer().tokens(self._source)

    def to_json(self) -> str:
        """The whole document as JSON, UTF-8 unescaped, decimals as numbers."""
        return to_json(self.document).decode()

    def to_frame(self) -> pd.DataFrame:
        """Figures and percentages as a pandas frame, one row each, columns as in the schema."""
        return report.to_frame(self.records)
