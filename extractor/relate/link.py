"""Ties figures to the policies that their sentence names."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from extractor.records import Figure, Percentage, Policy, Record


def link(
    observations: Sequence[Figure | Percentage], policies: Sequence[Policy]
) -> tuple[Record, ...]:
    """All records in text order, with ``policy_ids`` and ``figure_ids`` filled in.

    A figure is tied to the policies mentioned in its sentence before it; where none is, to
    those mentioned after it.
    """
    mentions = sorted(
        (mention.start, policy.id) for policy in policies for mention in policy.mentions
    )
    figure_ids: dict[str, list[str]] = {policy.id: [] for policy in policies}
    records: list[Record] = []
    for one in observations:
        here = [(at, name) for at, name in mentions if one.sentence_start <= at < one.sentence_end]
        before = [name for at, name in here if at <= one.start]
        names = tuple(dict.fromkeys(before or [name for _, name in here]))
        for name in names:
            figure_ids[name].append(one.id)
        records.append(replace(one, policy_ids=names) if names else one)
    records += [
        replace(policy, figure_ids=tuple(figure_ids[policy.id]))
        if figure_ids[policy.id]
        else policy
        for policy in policies
    ]
    return tuple(sorted(records, key=lambda record: (record.start, record.end)))
