"""The spaCy component ``press_figures``: ``nlp.add_pipe("press_figures")``.

The records of a text are in ``doc._.press_figures``, in the order of the text. Each is also a
span in ``doc.spans["press_figures"]``, labelled with its type (``derived`` for what follows from
others), its id being the record's; where a record ends inside a token, its span covers the whole
token (the record keeps its offsets).
"""

from __future__ import annotations

from pathlib import Path

import msgspec
from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from extractor.pipeline import Extractor
from extractor.records import Document, Policy, Record
from extractor.report import record_type

NAME = "press_figures"
DERIVED = "derived"

_DOCUMENT = msgspec.json.Decoder(Document)


class PressFigures:
    """Extracts the text of each ``Doc`` that passes."""

    def __init__(self, extractor: Extractor, *, derive: bool = False) -> None:
        self._extractor = extractor
        self._derive = derive
        if not Doc.has_extension(NAME):
            Doc.set_extension(NAME, getter=records)

    def __call__(self, doc: Doc) -> Doc:
        """Add the records of ``doc``; its day of publication is ``doc.user_data["published"]``."""
        extraction = self._extractor.extract(
            doc.text, published=doc.user_data.get("published"), derive=self._derive
        )
        # As JSON it survives to_bytes, and with it nlp.pipe on several processes.
        doc.user_data[NAME] = extraction.to_json()
        spans = [
            doc.char_span(
                record.start,
                record.end,
                label=_label(record),
                span_id=record.id,
                alignment_mode="expand",
            )
            for record in extraction.records
        ]
        doc.spans[NAME] = SpanGroup(doc, name=NAME, spans=[one for one in spans if one is not None])
        return doc


def records(doc: Doc) -> tuple[Record, ...]:
    """The records of ``doc``; none if the component has not seen it."""
    document = doc.user_data.get(NAME)
    return () if document is None else _DOCUMENT.decode(document).records


def _label(record: Record) -> str:
    derived = not isinstance(record, Policy) and record.derived_from is not None
    return DERIVED if derived else record_type(record)


@Language.factory(
    NAME,
    assigns=[f"doc._.{NAME}", "doc.spans"],
    default_config={"region": None, "rules": [], "derive": False},
)
def create(
    nlp: Language,  # noqa: ARG001
    name: str,  # noqa: ARG001
    region: str | None,
    rules: list[str],
    derive: bool,
) -> PressFigures:
    """Make the component; ``rules`` are folders of further rules, ``region`` CN, HK, TW or MO,
    ``derive`` adds what follows from several numbers."""
    extractor = Extractor(region=region, rules=[Path(one) for one in rules])
    return PressFigures(extractor, derive=derive)
