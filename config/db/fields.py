"""Columns that the database derives from others of the same row."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Func

if TYPE_CHECKING:
    AnyField = models.Field[Any, Any]
else:
    from django.db.models import Field as AnyField


def derived(function: str, source: str, output: AnyField) -> models.GeneratedField:
    """A stored column computed by the SQL `function` from the column `source`."""
    return models.GeneratedField(
        expression=Func(F(source), function=function), output_field=output, db_persist=True
    )
