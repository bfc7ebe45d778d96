"""Model fields for dates with doubt, and the columns that the database derives from them."""

from typing import TYPE_CHECKING, Any

from django.db import models

from config.db.fields import derived
from config.edtf.dates import validate_edtf

if TYPE_CHECKING:
    CharField = models.CharField[str, str]
else:
    from django.db.models import CharField


class EdtfField(CharField):
    """A date as EDTF text (Library of Congress, 2019); empty where nothing is known."""

    default_validators = [validate_edtf]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        values: dict[str, Any] = {"max_length": 100, "blank": True, "default": ""}
        super().__init__(*args, **values | kwargs)


def first_day_of(source: str) -> models.GeneratedField:
    """Day number (0001-01-01 is 1) of the first day the date can mean; the least bigint if open."""
    return derived("edtf_first_day", source, models.BigIntegerField())


def last_day_of(source: str) -> models.GeneratedField:
    """Day number of the last day the date can mean; the greatest bigint if open."""
    return derived("edtf_last_day", source, models.BigIntegerField())
