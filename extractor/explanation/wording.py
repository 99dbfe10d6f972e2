"""How a derivation is put in words: sources of fields, reasons of rejections, ways of naming."""

from __future__ import annotations

from collections.abc import Mapping

_SHARED: Mapping[str, str] = {
    "rule": "the rule says so",
    "figure": "taken over from another figure",
    "list": "its own member of the list",
    "aside": "stands in brackets behind a member of a list: as of that member's figure",
    "first": "as of the first figure of its list",
    "nothing": "the text gives none",
    "input": "as of one of the numbers that it follows from",
    "equation": "settled by what is compared in the equation",
}

_SOURCES: Mapping[tuple[str, str], str] = {
    ("value", "number"): "the number as written, with its multiplier",
    ("unit", "number"): "the words beside the number",
    ("unit", "inside"): "said by the number itself",
    ("unit", "shared"): "written once for the numbers of a list or a table",
    ("unit", "nothing"): "no unit is written",
    ("measure", "cue"): "lent by a cue to its left",
    ("measure", "future"): "its period lies after the day of the release",
    ("measure", "nothing"): "nothing says more than how much there is",
    ("direction", "rule"): "the rule's cue says so",
    ("direction", "sign"): "the number is negative: a rise by it is a fall",
    ("direction", "nothing"): "nothing rises or falls",
    ("basis", "cue"): "a cue to its left says so",
    ("basis", "words"): "settled by the words it is compared with",
    ("basis", "periods"): "settled by its own period and the one it is compared with",
    ("basis", "figure"): "goes on from the figure of the same measure before it",
    ("basis", "paragraph"): "growth is counted like this before in the paragraph",
    ("basis", "nothing"): "no comparison is stated",
    ("reference", "rule"): "the rule names it as what is compared with",
    ("reference", "sentence"): "stated before it in the sentence",
    ("reference", "paragraph"): "stated once, ahead of what the paragraph lists",
    ("reference", "figure"): "goes on from the figure of the same measure before it",
    ("reference", "list"): "its own member of the list of what is compared with",
    ("reference", "nothing"): "nothing is named that it is compared with",
    ("indicator", "rule"): "the rule names it",
    ("indicator", "before"): "the words right before it",
    ("indicator", "after"): "the words right after it",
    ("indicator", "clause"): "the nearest noun phrase before it in the clause",
    ("indicator", "subject"): "the subject of a clause before it in the sentence",
    ("indicator", "figure"): "what the figure before it measures",
    ("indicator", "list"): "its own member of the list",
    ("indicator", "policy"): "the policy that the money is for",
    ("indicator", "verb"): "only a verb stands beside it, and nothing could be inherited",
    ("indicator", "unequal"): "the list has more or fewer members than figures",
    ("indicator", "nothing"): "no words name what is measured",
    ("holder", "rule"): "the rule names it",
    ("holder", "clause"): "an organisation that is the subject of its clause",
    ("holder", "figure"): "as of the figure it is joined to",
    ("holder", "nothing"): "no organisation is its subject",
    ("event", "rule"): "what the rule finds the counted things to have done",
    ("event", "nothing"): "no rule finds one",
    ("period", "rule"): "the rule takes it for the time of this figure",
    ("period", "sentence"): "stated in its sentence",
    ("period", "paragraph"): "stated before in its paragraph",
    ("period", "title"): "what the release reports on, by its title",
    ("period", "lead"): "what the release reports on, by its lead",
    ("period", "figure"): "as of the figure before it",
    ("period", "list"): "its own member of the list",
    ("period", "property"): "a property of a thing holds at all times",
    ("period", "untimed"): "the rule tells of a time that is not given",
    ("period", "ceiling"): "a ceiling has a time only where its own clause says so",
    ("period", "definition"): "part of a definition, which has no time",
    ("period", "nothing"): "neither its paragraph nor the release states one",
    ("area", "sentence"): "stated in its sentence",
    ("area", "bracket"): "stands before its brackets",
    ("area", "list"): "its own member of the list",
    ("area", "figure"): "as of the figure before it",
    ("area", "relative"): "a word in its sentence for what the release speaks of",
    ("area", "release"): "what the release speaks of, by its title, dateline and wording",
    ("area", "property"): "a property of a thing holds everywhere",
    ("area", "nothing"): "nothing tells what the release speaks of",
    ("policy_ids", "inside"): "stands in the policy's name or definition",
    ("policy_ids", "named"): "named, or gone back to, last before it in its clause",
    ("policy_ids", "behind"): "named right after it",
    ("policy_ids", "purpose"): "the money is for it: the next clause brings it in",
    ("policy_ids", "earlier"): "still spoken of, from a clause or a sentence before",
    ("policy_ids", "ground"): "the ground that the sentence gives, and nothing nearer is named",
    ("policy_ids", "passing"): "named in passing only",
    ("policy_ids", "nothing"): "no policy named before it holds for it",
    ("value", "written"): "added and subtracted as they are written",
    ("value", "rounded"): "all that the rounding of the numbers leaves open, rounded outward",
    ("value", "single"): "the one whole number that the rounding of the numbers leaves open",
    ("confidence", "less"): "less than that of the least sure of its numbers",
    ("confidence", "inherited"): "nothing beside it names it; looked for in its sentence",
    ("confidence", "unnamed"): "no words are found that name it",
    ("confidence", "unequal"): "its list has more or fewer members than figures",
    ("confidence", "again"): "takes up the figures before it in their order",
    ("confidence", "nothing"): "nothing speaks against it",
    ("confidence", "rule"): "what names found in this way are worth",
    ("confidence", "disagrees"): "a definition lists more or fewer than its term says",
    ("name", "text"): "the first full name",
    ("category", "noun"): "what the head noun stands for",
    ("category", "use"): "told by the words around it",
    ("category", "known"): "given with the name, or by the noun it ends with",
    ("category", "shape"): "what such a shape stands for",
    ("head", "noun"): "a head noun shared with the names beside it",
    ("head", "nothing"): "the name shares no head noun",
    ("issuer", "text"): "its sentence says so",
    ("issuer", "nothing"): "no sentence that names it tells its maker",
    ("issuer_area", "issuer"): "whose body the issuer is",
    ("issuer_area", "nothing"): "no area is known for its maker",
    ("runs", "words"): "the words that say when it runs",
    ("runs", "known"): "given with the name itself",
    ("runs", "nothing"): "nothing says when it runs",
    ("aliases", "text"): "shorter names of it elsewhere in the text",
    ("aliases", "nothing"): "it has one name only",
    ("mentions", "text"): "where it is named",
    ("definitions", "text"): "the text says what it stands for",
    ("definitions", "nothing"): "the text does not define it",
    ("figure_ids", "figures"): "the figures that hang on it; their explanations say why",
    ("figure_ids", "nothing"): "no figure hangs on it",
}

_REASONS: Mapping[str, str] = {
    "address": "a number of an address",
    "boilerplate": "a number of a letterhead or a contact line",
    "bare_number": "it has no unit, and nothing says what it measures",
    "brand": "the name of a brand",
    "clock": "a time of day",
    "code": "part of a code or a model's name",
    "company": "the name of a company",
    "compared": "what a figure is compared with; no figure inherits it",
    "counted": "a count of such things, no name",
    "date": "part of a date or a period",
    "denominator": "what another number is counted by",
    "document_number": "the number of a document",
    "event": "the name of an event",
    "generic": "the words before the noun name nothing",
    "identifier": "a number that names something",
    "idiom": "part of an idiom",
    "in_name": "part of a name",
    "in_phrase": "part of a noun phrase; no figure inherits it",
    "in_quantity": "part of a quantity, or stands across its edge",
    "indefinite": "an article, no count",
    "listed": "one of a list of areas or an end of a route",
    "multiplier": "a multiplier without a number",
    "name": "part of a name",
    "no_head": "no head noun and no shape of a slogan makes it a policy",
    "not_introduced": "nothing brings in a name without quotation marks",
    "ordinal": "an ordinal",
    "phone": "a telephone number",
    "product": "the name of a product",
    "scare_quotes": "words in quotation marks that name nothing",
    "score": "a score",
    "song": "the title of a work",
    "speech": "quoted speech",
    "spoken_of": "spoken of, not the time of the figures behind it",
    "stock_code": "a stock code",
    "taken": "taken by the rule of one figure; no other inherits it",
    "term": "a term that is being defined",
    "title": "the title of a work that is no policy",
    "unequal_distribution": "as many figures as things listed are wanted; handed out to none",
    "version": "a version",
    "word": "part of a word, no number",
}

_NAMINGS: Mapping[str, str] = {
    "exact name": "one of the user's own names or patterns",
    "head after": "words in quotation marks with a head noun after them",
    "head before": "words in quotation marks with a head noun before them",
    "head inside": "words in quotation marks that end with a head noun",
    "head issue": "a head noun without quotation marks, after a verb whose subject makes policies",
    "head pursue": "a head noun without quotation marks, after a verb that brings policies in",
    "head designate": "a head noun without quotation marks, after a verb that confers a title",
    "head issuer": "a head noun without quotation marks, after the name of a body",
    "head word": "a head noun that needs no quotation marks; the name begins after a word",
    "head and": "a head noun without quotation marks, beside another name",
    "head break": "a head noun that needs no quotation marks; the name begins its clause",
    "head far": "a head noun that needs no quotation marks; nothing shows where the name begins",
    "shared head": "one of a row in quotation marks, with one head noun after the last",
    "title": "a title in title marks that ends with a head noun, or one follows at once",
    "told by use": "words in quotation marks that the words around them make a policy",
    "well-known": "a name that the gazetteer knows",
}


def because(field: str, source: str) -> str:
    """Where a field comes from, in a sentence.

    >>> because("period", "sentence")
    'stated in its sentence'
    """
    return _SOURCES.get((field, source)) or _SHARED.get(source) or source


def reason(name: str) -> str:
    """Why a candidate was turned down; rules of one's own may give other reasons.

    >>> reason("phone"), reason("my_reason")
    ('a telephone number', 'my reason')
    """
    return _REASONS.get(name) or name.replace("_", " ")


def naming(rule: str) -> str | None:
    """What it takes for a policy's name to be found by ``rule``; ``None`` for a shape."""
    return _NAMINGS.get(rule)
