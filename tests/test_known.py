"""Every known figure and policy, one test each; and the floors of the corpus as a whole."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from extractor import Extractor
from extractor.check import FLOORS, below_floors, check
from extractor.extraction import Extraction
from extractor.known import Known, KnownRelease, load_known
from tests.conftest import CORPUS, ROOT

PRESS = ROOT.parent / "shared" / "press"

RELEASES = [*load_known(CORPUS), *(load_known(PRESS) if PRESS.is_dir() else [])]

MISSES: dict[str, str] = {
    "cn-hans-heilongjiang-grain-708-玉米、大豆生产者补贴政策": "a list inside a bare name",
    "cn-hans-transport-ministry-884-新一轮“四好农村路”提质行动": "新一輪 before quotes is no verb",
}
"""What is known to fail, by the test's id, and why; a fix has to take it off the list."""


def cases(kind: str) -> list[ParameterSet]:
    known = [
        (release, one)
        for release in RELEASES
        for one in (release.policies if kind == "policy" else release.figures)
    ]
    params = []
    for release, one in known:
        name = f"{release.path.stem}-{one.start}-{one.quote}"
        marks = [pytest.mark.xfail(reason=MISSES[name])] if name in MISSES else []
        params.append(pytest.param(release, one, id=name, marks=marks))
    return params


@cache
def extraction_of(path: Path, text: str) -> Extraction:
    return shared_extractor().extract(text, source=path.name)


@cache
def shared_extractor() -> Extractor:
    return Extractor()


@pytest.mark.parametrize(("release", "known"), cases("figure"))
def test_a_known_figure_is_read_right(release: KnownRelease, known: Known) -> None:
    """The number itself; what it measures is a matter of the floors."""
    extraction = extraction_of(release.path, release.text)
    records = {(one.start, one.end): one for one in extraction.figures + extraction.percentages}
    assert (known.start, known.end) in records
    record = records[known.start, known.end]
    assert record.quote == known.quote
    assert record.__struct_config__.tag == known.type
    for name in {"value", "low", "high", "unit", "qualifier"} & known.fields.keys():
        assert getattr(record, name) == known.fields[name], name


@pytest.mark.parametrize(("release", "known"), cases("policy"))
def test_a_known_policy_is_found_by_its_whole_name(release: KnownRelease, known: Known) -> None:
    extraction = extraction_of(release.path, release.text)
    assert known.quote in {policy.name for policy in extraction.policies}


@pytest.mark.parametrize("release", RELEASES, ids=lambda release: release.path.stem)
def test_no_trap_is_taken(release: KnownRelease) -> None:
    result = check([release], shared_extractor())
    assert [one.quote for one in result.failures if one.kind == "trap"] == []


@pytest.mark.parametrize("release", RELEASES, ids=lambda release: release.path.stem)
def test_every_quote_is_the_text_at_its_place(release: KnownRelease) -> None:
    extraction = extraction_of(release.path, release.text)
    assert extraction.records
    for record in (*extraction.records, *extraction.rejects):
        assert release.text[record.start : record.end] == record.quote
    for policy in extraction.policies:
        for mention in policy.mentions:
            assert release.text[mention.start : mention.end] == mention.quote
    starts = [record.start for record in extraction.records]
    assert starts == sorted(starts)
    ids = [record.id for record in extraction.records]
    assert len(set(ids)) == len(ids)


def test_the_corpus_is_above_its_floors() -> None:
    result = check(load_known(CORPUS), shared_extractor())
    assert list(below_floors(result, CORPUS / FLOORS)) == []


def test_the_corpus_is_large_enough() -> None:
    own = [release for release in RELEASES if release.path.parent == CORPUS]
    assert len(own) >= 6
    assert all(len(release.figures) >= 15 for release in own)
    assert {release.path for release in own} == set(CORPUS.glob("*.txt"))
