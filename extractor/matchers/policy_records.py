"""Findings into records: names as the original writes them, offsets of the original."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from typing import cast

from extractor.matchers.policy_marks import DefinitionMark, PolicyFindings, PolicyMark
from extractor.matchers.policy_register import bare
from extractor.records import Category, Definition, Mention, Policy
from extractor.text import SourceText, Span


def build(
    findings: PolicyFindings,
    source: SourceText,
    release_id: str,
    *,
    area_of: Callable[[str], str | None] = lambda _: None,
) -> list[Policy]:
    """The policy records of one release in text order, without their figures.

    ``area_of`` gives the area that a body, in the words of the matching text, belongs to.
    Ids are ``{release_id}-p{start}`` with the offset of the first full name in the original.
    """
    return [_policy(mark, source, release_id, area_of) for mark in findings.policies]


def _policy(
    mark: PolicyMark, source: SourceText, release_id: str, area_of: Callable[[str], str | None]
) -> Policy:
    start, end = source.span(mark.start, mark.end)
    name = source.original[start:end]
    index = bisect_right(source.sentences, mark.start, key=lambda span: span.start) - 1
    sentence = source.span(*source.sentences[max(index, 0)])
    return Policy(
        id=f"{release_id}-p{start}",
        release_id=release_id,
        quote=name,
        start=start,
        end=end,
        name=name,
        canonical=bare(source.text[mark.start : mark.end]),
        category=cast("Category", mark.category),
        head=_words(source, mark.head),
        issuer=_words(source, mark.issuer),
        issuer_area=area_of(source.text[slice(*mark.issuer)]) if mark.issuer else None,
        aliases=tuple(source.quote(*alias) for alias in mark.aliases),
        definitions=tuple(_definition(one, source) for one in mark.definitions),
        mentions=tuple(_mention(place, source) for place in mark.mentions),
        period=mark.period,
        sentence_start=sentence[0],
        sentence_end=sentence[1],
        rule=mark.rule,
        confidence=mark.confidence,
    )


def _words(source: SourceText, span: Span | None) -> str | None:
    return None if span is None else source.quote(*span)


def _mention(place: Span, source: SourceText) -> Mention:
    start, end = source.span(*place)
    return Mention(quote=source.original[start:end], start=start, end=end)


def _definition(mark: DefinitionMark, source: SourceText) -> Definition:
    start, end = source.span(mark.start, mark.end)
    return Definition(
        term=source.quote(*mark.term),
        gloss=_words(source, mark.gloss),
        members=tuple(source.quote(*member) for member in mark.members),
        agrees=mark.agrees,
        start=start,
        end=end,
    )
