"""Check constraints of a row, asked of the database all at once before a form saves it."""

from collections.abc import Collection
from functools import reduce
from operator import and_
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, Q


class CheckedAtOnce(models.Model):
    class Meta:
        abstract = True

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Each by itself, with its own message, only where not all of them hold."""
        together = _together(type(self), set(exclude or ()))
        if together is None:
            return super().validate_constraints(exclude)
        try:
            together.validate(type(self), self, set(exclude or ()))
        except ValidationError:
            super().validate_constraints(exclude)


def _together(model: type[models.Model], excluded: set[str]) -> CheckConstraint | None:
    """Those that say nothing of the excluded fields; None where not all can be asked so."""
    derived = {field.name for field in model._meta.local_fields if field.generated}
    conditions: list[Any] = []
    for constraint in model._meta.constraints:
        condition: Any = getattr(constraint, "condition", None)
        named = condition.referenced_base_fields if condition else set()
        if not isinstance(constraint, CheckConstraint) or named & derived:
            return None
        if not named & excluded:
            conditions.append(condition)
    return CheckConstraint(name="all", condition=reduce(and_, conditions, Q()))
