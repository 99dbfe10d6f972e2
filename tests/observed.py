"""What an extractor observes in a text."""

from __future__ import annotations

from extractor import Extractor
from extractor.records import Figure, Percentage


def observations(
    extractor: Extractor, text: str, published: str | None = None
) -> list[Figure | Percentage]:
    """The figures and percentages of a text, in its order; ``published``: an ISO date."""
    records = extractor.extract(text, published=published).records
    return [one for one in records if isinstance(one, Figure | Percentage)]
