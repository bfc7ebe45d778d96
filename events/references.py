"""Numbered references of a page: every fact leads to its place in a source."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Model

from events.models import Citation, Source


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in a source, read directly or second-hand; facts with the same place share it."""

    number: int
    source: Source
    locator: str
    access: str
    via: Source | None
    note: str

    @property
    def anchor(self) -> str:
        return f"ref-{self.number}"

    @property
    def is_second_hand(self) -> bool:
        return self.access == Citation.Access.SECOND_HAND


class References:
    """The references of one page, numbered in the order in which the page first asks for them."""

    def __init__(self, citations: Iterable[Citation]) -> None:
        self._citations: dict[tuple[str, int, str], list[Citation]] = {}
        self._numbered: dict[tuple[object, ...], Reference] = {}
        for citation in citations:
            target = citation.target_field
            key = (target, getattr(citation, f"{target}_id"), citation.aspect)
            self._citations.setdefault(key, []).append(citation)

    def of(self, record: Model, aspect: str = "") -> list[Reference]:
        """References of a fact: of this aspect of the record, or else of the record as a whole."""
        name = _TARGETS.get(record._meta.model_name or "", record._meta.model_name or "")
        found = self._citations.get((name, record.pk, aspect), [])
        if not found and aspect:
            found = self._citations.get((name, record.pk, ""), [])
        return list(dict.fromkeys(self._number(citation) for citation in found))

    def _number(self, citation: Citation) -> Reference:
        key = (
            citation.source_id,
            citation.locator,
            citation.access,
            citation.via_id,
            citation.note,
        )
        if key not in self._numbered:
            self._numbered[key] = Reference(
                number=len(self._numbered) + 1,
                source=citation.source,
                locator=citation.locator,
                access=citation.access,
                via=citation.via,
                note=citation.note,
            )
        return self._numbered[key]

    def __iter__(self) -> Iterator[Reference]:
        """Those that the page has asked for so far: to be printed last."""
        return iter(self._numbered.values())

    def __bool__(self) -> bool:
        return bool(self._numbered)


# A link's model is EventLink, for a citation it is a link.
_TARGETS = {"eventlink": "link"}
