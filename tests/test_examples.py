"""Every example and counterexample that a rule carries, one test each."""

from __future__ import annotations

from functools import cache

import pytest
from msgspec import Struct

from extractor import Extractor
from extractor.examples import Examples
from extractor.ruleset import Example, load_rules

RULESET = load_rules()


@cache
def examples() -> Examples:
    return Examples(RULESET, lambda region: Extractor(region=region))


@pytest.mark.parametrize(
    ("entry", "example", "holds"),
    [
        pytest.param(*one, id=f"{type(one[0]).__name__}-{one[1].text[:24]!r}")
        for one in RULESET.examples()
    ],
)
def test_rule_example(entry: Struct, example: Example, holds: bool) -> None:
    failure = examples().failure(entry, example, holds=holds)
    assert failure is None, failure


def header_entry() -> tuple[Struct, Example]:
    for entry, example, holds in RULESET.examples():
        if type(entry).__name__ == "HeaderLabel" and holds:
            return entry, example
    raise AssertionError("no header example")


def test_an_example_can_fail() -> None:
    entry, example = header_entry()
    wrong = Example({"text": example.text, "quote": "not in it"})
    assert "not found" in (examples().failure(entry, wrong, holds=True) or "")


def test_a_counterexample_can_fail() -> None:
    entry, example = header_entry()
    assert "yet found" in (examples().failure(entry, example, holds=False) or "")
