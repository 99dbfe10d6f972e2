"""The register of a run: every policy once, with all the releases that name it.

Names are one policy where they are written alike, apart from script, brackets and a document
number. A release's other names for a policy (「X」群鏈 beside 「X」產業群鏈) join it to the policy
that another release calls by one of them, if they repeat its quoted words, mean no other policy,
and no release keeps the two apart. A short form that a release brings in for itself (下稱
「先導計劃」) repeats none and joins nothing. Whatever the order of the releases, the register is
the same: first is what was published first, and of one day the lowest id.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Hashable, Iterable, Iterator
from typing import TypeVar

from msgspec import Struct, field

from extractor.records import Category, Document, Policy, Release
from extractor.text import fold

SCHEMA = "press-figures-register/1"

_ID_DIGITS = 8
_DOCUMENT_NUMBER = re.compile(r"\([^()]*[〔\[][0-9]{4}[〕\]][^()]*\)$")
_BRACKETS = re.compile(r"[「」『』“”《》〈〉\"\s]")
_QUOTED = re.compile(r"[「“『]([^「」“”『』]+)[」”』]")

_FACTS = ("names", "aliases", "categories", "issuers", "periods", "glosses", "figures")

Fact = TypeVar("Fact", bound=Hashable)

Order = tuple[dt.date, str, int, int]
"""When a release came out, its id, the place in it and a number for what stands at one place:
what sorts facts into one order, however they came in."""


class Appearance(Struct, frozen=True, kw_only=True):
    """One release that names a policy."""

    id: str
    source: str | None = None
    published: dt.date | None = None
    """The day of publication, else the day that the release reports on."""
    policy_id: str
    """The id of the policy's record in that release."""


class Gloss(Struct, frozen=True, kw_only=True):
    """What a release says a term stands for."""

    term: str
    gloss: str | None = None
    members: tuple[str, ...] = ()
    release_id: str


class RegisteredPolicy(Struct, frozen=True, kw_only=True):
    """One policy of a run."""

    id: str
    """Eight hexadecimal digits of the SHA-256 of ``canonical``: the same name, the same id."""
    name: str
    """As written where it first appeared."""
    canonical: str
    """The name in Simplified script, without brackets and document number."""
    category: Category
    names: tuple[str, ...]
    """Every name as written, ``name`` first, short forms too."""
    issuers: tuple[str, ...] = ()
    period: str | None = None
    definitions: tuple[Gloss, ...] = ()
    releases: tuple[Appearance, ...]
    first_date: dt.date | None = None
    last_date: dt.date | None = None
    mentions: int
    """How often all releases together name it."""
    figure_ids: tuple[str, ...] = ()


class Register(Struct, frozen=True, kw_only=True):
    """What ``policies.json`` holds."""

    schema: str = SCHEMA
    policies: tuple[RegisteredPolicy, ...]


class _Gathered(Struct):
    """What is known so far of one canonical name; each fact with where it was said first."""

    canonical: str
    first: Order
    releases: dict[str, tuple[Order, Appearance]] = field(default_factory=dict)
    """By the id of the policy's record."""
    names: dict[str, Order] = field(default_factory=dict)
    aliases: dict[str, Order] = field(default_factory=dict)
    categories: dict[Category, Order] = field(default_factory=dict)
    issuers: dict[str, Order] = field(default_factory=dict)
    periods: dict[str, Order] = field(default_factory=dict)
    glosses: dict[tuple[str, str | None, tuple[str, ...]], Order] = field(default_factory=dict)
    figures: dict[str, Order] = field(default_factory=dict)
    joining: set[str] = field(default_factory=set)
    """Other canonical names that stand for it beyond their own release."""
    mentions: int = 0


class Registrar:
    """Gathers the policies of a run, release by release; keeps nothing else of them."""

    def __init__(self) -> None:
        self._by_name: dict[str, _Gathered] = {}

    def add(self, document: Document) -> None:
        """Enter the policies of one release; a release that is there already adds nothing."""
        release = document.release
        for record in document.records:
            if isinstance(record, Policy):
                self._enter(record, release)

    def register(self) -> Register:
        """All policies so far, in the order of their first appearance."""
        groups = _join(self._by_name)
        made = sorted(map(_merged, groups), key=lambda one: one.first)
        return Register(policies=tuple(map(_registered, made)))

    def _enter(self, record: Policy, release: Release) -> None:
        day = release.published or release.event_date
        order = (day or dt.date.max, release.id, record.start, 0)
        name = canonical(record.canonical)
        entry = self._by_name.setdefault(name, _Gathered(canonical=name, first=order))
        appearance = Appearance(
            id=release.id, source=release.source, published=day, policy_id=record.id
        )
        known = entry.releases.get(record.id)
        if known is not None:
            # The same text from two places: the name of the first place stays.
            if (appearance.source or "") < (known[1].source or ""):
                entry.releases[record.id] = order, appearance
            return
        entry.releases[record.id] = order, appearance
        entry.first = min(entry.first, order)
        entry.mentions += len(record.mentions)
        _note(entry.names, [record.name], order)
        _note(entry.aliases, record.aliases, order)
        _note(entry.categories, [record.category], order)
        _note(entry.issuers, [record.issuer] if record.issuer else (), order)
        _note(entry.periods, [record.period] if record.period else (), order)
        _note(entry.glosses, [(d.term, d.gloss, d.members) for d in record.definitions], order)
        _note(entry.figures, record.figure_ids, order)
        entry.joining.update(_joining_names(record))


def canonical(name: str) -> str:
    """A name in Simplified script, without brackets, blanks and document number.

    >>> canonical("《冰雪經濟辦法》（吉政〔2024〕7號）"), canonical("“冰雪经济”办法")
    ('冰雪经济办法', '冰雪经济办法')
    """
    folded = _BRACKETS.sub("", fold(name))
    return _DOCUMENT_NUMBER.sub("", folded) or folded


def policy_id(name: str) -> str:
    """The id of the policy with this canonical name.

    >>> policy_id(canonical("數碼化轉型戰略")) == policy_id(canonical("数码化转型战略"))
    True
    """
    return hashlib.sha256(name.encode()).hexdigest()[:_ID_DIGITS]


def _note(known: dict[Fact, Order], facts: Iterable[Fact], order: Order) -> None:
    """Remember where each of the facts that one place gives was said first."""
    for number, fact in enumerate(facts):
        _keep(known, fact, (*order[:3], number))


def _keep(known: dict[Fact, Order], fact: Fact, order: Order) -> None:
    known[fact] = min(known.get(fact, order), order)


def _joining_names(record: Policy) -> Iterator[str]:
    """The canonical forms of those other names that stand for a policy in any release: they
    repeat the words that its name has in quotes."""
    quoted = set(_QUOTED.findall(record.name))
    own = canonical(record.canonical)
    for alias in record.aliases:
        name = canonical(alias)
        if name != own and quoted & set(_QUOTED.findall(alias)):
            yield name


def _join(by_name: dict[str, _Gathered]) -> list[list[_Gathered]]:
    """The entries by policy: those joined by another name that means one policy only."""
    meant: dict[str, set[str]] = {}
    for entry in by_name.values():
        for name in entry.joining:
            meant.setdefault(name, set()).add(entry.canonical)
    group = {name: [entry] for name, entry in by_name.items()}
    for name in sorted(meant.keys() & by_name.keys()):
        owner = min(meant[name])
        one, other = group[name], group[owner]
        if len(meant[name]) > 1 or one is other or _apart(one, other):
            continue
        other += one
        group.update((entry.canonical, other) for entry in one)
    return list({id(entries): entries for entries in group.values()}.values())


def _apart(one: list[_Gathered], other: list[_Gathered]) -> bool:
    """Whether a release names both as two policies."""
    return not _release_ids(one).isdisjoint(_release_ids(other))


def _release_ids(entries: list[_Gathered]) -> set[str]:
    return {place.id for entry in entries for _, place in entry.releases.values()}


def _merged(entries: list[_Gathered]) -> _Gathered:
    """One entry of several; its canonical name is that of the first."""
    first = min(entries, key=lambda entry: entry.first)
    whole = _Gathered(canonical=first.canonical, first=first.first)
    for entry in entries:
        whole.mentions += entry.mentions
        whole.releases |= entry.releases
        for name in _FACTS:
            known = getattr(whole, name)
            for fact, order in getattr(entry, name).items():
                _keep(known, fact, order)
    return whole


def _registered(entry: _Gathered) -> RegisteredPolicy:
    releases = tuple(place for _, place in sorted(entry.releases.values(), key=lambda one: one[0]))
    days = [place.published for place in releases if place.published]
    names = _sorted(entry.names)
    return RegisteredPolicy(
        id=policy_id(entry.canonical),
        name=names[0],
        canonical=entry.canonical,
        category=_sorted(entry.categories)[0],
        names=tuple(dict.fromkeys((*names, *_sorted(entry.aliases)))),
        issuers=_sorted(entry.issuers),
        period=next(iter(_sorted(entry.periods)), None),
        definitions=tuple(
            Gloss(term=term, gloss=gloss, members=members, release_id=order[1])
            for (term, gloss, members), order in _in_order(entry.glosses)
        ),
        releases=releases,
        first_date=min(days, default=None),
        last_date=max(days, default=None),
        mentions=entry.mentions,
        figure_ids=_sorted(entry.figures),
    )


def _in_order(known: dict[Fact, Order]) -> list[tuple[Fact, Order]]:
    """Facts by where they were said first; of one place in the order they were given."""
    return sorted(known.items(), key=lambda item: item[1])


def _sorted(known: dict[Fact, Order]) -> tuple[Fact, ...]:
    return tuple(fact for fact, _ in _in_order(known))
