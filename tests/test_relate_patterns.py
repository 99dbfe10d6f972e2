"""The pattern language of relations."""

from __future__ import annotations

import pytest

from extractor.relate.patterns import FARTHEST, Alphabet

ALPHABET = Alphabet(
    ["text", "rise", "fall", "adverb", "percent", "points"], {"figure": ("percent", "points")}
)


@pytest.mark.parametrize(
    ("pattern", "row", "figure"),
    [
        ("cue=(rise|fall) adverb* figure=percent", "rise percent", 1),
        ("cue=(rise|fall) adverb* figure=percent", "fall adverb adverb percent", 3),
        ("text &(rise) cue=rise figure=figure", "text rise points", 2),
    ],
)
def test_a_pattern_finds_its_figure(pattern: str, row: str, figure: int) -> None:
    letters = "".join(ALPHABET.letters[kind] for kind in row.split())
    match = ALPHABET.compile(pattern).search(letters)
    assert match is not None
    assert match.start("figure") == figure


@pytest.mark.parametrize(
    ("pattern", "complaint"),
    [("figure=tercent", "tercent"), ("(rise figure=percent", "pattern")],
)
def test_a_wrong_pattern_says_what_is_wrong(pattern: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        ALPHABET.compile(pattern)


@pytest.mark.parametrize(
    ("pattern", "kinds"),
    [
        ("cue=(rise|fall) adverb* figure=percent", {"percent"}),
        ("(text rise)? fall figure=figure", {"fall"}),
        ("(text adverb?)+ figure=points", {"text", "points"}),
        ("figure=percent &((text|adverb)* rise)", {"percent", "rise"}),
        ("text rise|fall", set()),
    ],
)
def test_a_pattern_needs_what_every_match_has(pattern: str, kinds: set[str]) -> None:
    assert ALPHABET.needs(pattern) == {ALPHABET.letters[kind] for kind in kinds}


def test_a_repeat_takes_in_only_so_many_marks() -> None:
    alphabet = Alphabet(("of", "rank"), {})
    pattern = alphabet.compile("of* rank")
    row = alphabet.letters["of"] * (FARTHEST + 1) + alphabet.letters["rank"]
    found = pattern.search(row)
    assert found is not None
    assert found.start() == 1
