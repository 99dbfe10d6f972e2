"""Where every field comes from: said by the steps that settle it, never guessed afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import Extractor
from extractor.relate.draft import Draft
from tests.conftest import CORPUS

TEXTS = sorted(CORPUS.glob("*.txt"))
PLAIN = {"rule": "quantity", "measure": "level"}
FIELDS = (
    *("measure", "direction", "basis", "reference", "indicator"),
    *("holder", "event", "period", "area"),
)


def silent_fields(draft: Draft) -> list[str]:
    """The fields whose value no step has accounted for with ``Draft.note``."""
    said = [(note.field, note.value) for note in draft.notes or ()]
    given = {name: getattr(draft, name) for name in FIELDS}
    return [
        name
        for name, value in given.items()
        if value != PLAIN.get(name) and (name, value) not in said
    ]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_step_says_what_it_settles(extractor: Extractor, path: Path) -> None:
    stages = extractor._read(path.read_text(encoding="utf-8"), None, None, explain=True)
    silent = [
        f"{stages.source.quote(draft.quantity.start, draft.quantity.end)}: {name}"
        for draft in stages.drafts
        for name in silent_fields(draft)
    ]
    assert silent == [], "set without draft.note(…) in extractor/relate"


def test_nothing_is_kept_unless_asked_for(extractor: Extractor) -> None:
    stages = extractor._read("全市新增企業300家。", None, None)
    assert [draft.notes for draft in stages.drafts] == [None]
