from django import template
from django.utils.safestring import SafeString

from events.models.statements import Stance
from events.pages.labels import label_of
from events.pages.references import References
from events.pages.said import Row
from events.pages.stances import SIGNS

register = template.Library()


@register.filter
def sign(stance: str) -> str:
    """● for, ⊘ against, ◐ open, → other: beside the word, never alone."""
    return SIGNS[Stance(stance)]


@register.simple_tag
def cite_row(references: References, row: Row) -> SafeString:
    """The marks of a row: where it is written what was said, and that it is this position."""
    records = [*row.positions, *([] if row.is_elsewhere else [row.statement])]
    found = [reference for record in records for reference in references.of(record)]
    return references.marks(list(dict.fromkeys(found)), label_of(records[0]))
