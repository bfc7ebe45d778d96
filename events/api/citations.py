"""Where in which source the facts of an answer stand: one query for all of its records."""

from collections import defaultdict
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy

from events.api.resources import Field
from events.api.schemas import SLUG_OR_NULL, SLUG_TEXT, TEXT, UUID_TEXT, many, record, word
from events.models import Citation

CITATION = record(
    uuid=UUID_TEXT,
    source=SLUG_TEXT,
    title=TEXT,
    locator=TEXT,
    aspect=word(Citation.Aspect.choices),
    access=word(Citation.Access.choices),
    via=SLUG_OR_NULL,
    note=TEXT,
)
CITATIONS = many(CITATION)
DESCRIPTION = gettext_lazy(
    "Where it stands: the slug and the title of the source, the place in it (¶2.1 is the first "
    "sentence of the second paragraph), which aspect of the record stands there (empty: the record "
    "as a whole), whether the source was read directly, and if not, via which other."
)
Found = dict[tuple[str, int], list[dict[str, Any]]]


def citations_of(**keys: list[int]) -> Found:
    """Citations in published sources of records given by kind and key, under both."""
    wanted = Q()
    for target, some in keys.items():
        if some:
            wanted |= Q(**{f"{target}__in": some})
    found: Found = defaultdict(list)
    if not wanted:
        return found
    for citation in Citation.objects.published().filter(wanted).for_list():
        target = citation.target_field
        found[target, getattr(citation, f"{target}_id")].append(_told(citation))
    return found


def _told(citation: Citation) -> dict[str, Any]:
    via = citation.via
    return {
        "uuid": str(citation.uuid),
        "source": citation.source.slug,
        "title": citation.source.title,
        "locator": citation.locator,
        "aspect": citation.aspect,
        "access": citation.access,
        "via": via.slug if via and via.is_published else None,
        "note": citation.note,
    }


def citations_field(target: str) -> dict[str, Field]:
    """Of a resource whose batch has them as `citations`."""

    def citations(batch: Any, row: Any) -> list[dict[str, Any]]:
        found: Found = batch.citations
        return found.get((target, row.pk), [])

    return {"citations": Field(CITATIONS, DESCRIPTION, citations)}
