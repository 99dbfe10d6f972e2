"""What each stage made of one release: the material of an explanation."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from extractor.marks import Mark
from extractor.matchers.areas import Area
from extractor.matchers.periods import Period
from extractor.matchers.policy_marks import PolicyFindings
from extractor.matchers.quantities import Quantity
from extractor.reading.header import Header
from extractor.records import Document, Reject
from extractor.relate.draft import Draft
from extractor.relate.observe import Related
from extractor.text import SourceText


class Stages(Struct, frozen=True, kw_only=True):
    """One release on its way through the pipeline; offsets are those of the matching text."""

    source: SourceText
    header: Header
    areas: Sequence[Area]
    periods: Sequence[Period]
    """All that the text names."""
    standing: Sequence[Period]
    """Those that are no part of a longer name."""
    quantities: Sequence[Quantity]
    """All that the text holds, ordinals among them."""
    marks: Sequence[Mark]
    """Numbers, periods and areas as the relation stage is given them."""
    policies: PolicyFindings
    related: Related
    drafts: Sequence[Draft]
    """Those that became records, in text order."""
    document: Document
    rejects: tuple[Reject, ...]
