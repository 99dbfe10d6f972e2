"""Figures, percentages and named policies out of Chinese press releases."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractor.extraction import Extraction
    from extractor.pipeline import Extractor

__all__ = ["Extraction", "Extractor"]


def __getattr__(name: str) -> object:
    """Load the engine when it is first asked for, so that importing the package costs nothing."""
    if name in __all__:
        from extractor import pipeline  # noqa: PLC0415

        return getattr(pipeline, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
