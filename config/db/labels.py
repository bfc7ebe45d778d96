"""The words for the choices of a row, in the language of the request."""

from functools import cache
from typing import Any

from django.db import models


class Labelled(models.Model):
    """Rows whose `get_…_display` is quick.

    Django's makes a dictionary of all choices each time, and translates every one of them.
    """

    class Meta:
        abstract = True

    def _get_FIELD_display(self, field: Any) -> str:  # noqa: N802  # Django's name
        value = getattr(self, field.attname)
        return str(_labels(field).get(value, value))


@cache
def _labels(field: Any) -> dict[Any, Any]:
    return dict(field.flatchoices)
