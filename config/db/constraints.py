"""Check constraints that several tables share; each is named after its table and what it says."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
# BCP 47: language, script, region and variants, such as ar, ru-Latn or sr-Cyrl-RS.
LANGUAGE = r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-[a-z0-9]{5,8})*$"
# Tab and line feed may stand in prose; C0 and DEL otherwise break JSON, XML and spreadsheets.
CONTROL = r"[\u0001-\u0008\u000b-\u001f\u007f-\u009f]"


def check(name: str, condition: Q, message: "StrOrPromise" = "") -> models.CheckConstraint:
    if message:
        return models.CheckConstraint(
            name=name, condition=condition, violation_error_message=message
        )
    return models.CheckConstraint(name=name, condition=condition)


def is_one_of(table: str, field: str, choices: type[models.TextChoices]) -> models.CheckConstraint:
    return check(f"{table}_{field}_is_known", Q(**{f"{field}__in": choices.values}))


def is_given(table: str, field: str) -> models.CheckConstraint:
    return check(f"{table}_{field}_is_given", ~Q(**{field: ""}), _("This is needed."))


def is_control_free(table: str, *fields: str) -> models.CheckConstraint:
    condition = Q()
    for field in fields:
        condition &= ~Q(**{f"{field}__regex": CONTROL})
    return check(
        f"{table}_text_is_control_free", condition, _("A text holds an invisible character.")
    )


def slug_is_plain(table: str) -> models.CheckConstraint:
    return check(
        f"{table}_slug_is_plain",
        Q(slug__regex=SLUG),
        _("A slug takes lower-case letters, digits and single hyphens."),
    )


def language_is_a_tag(table: str) -> models.CheckConstraint:
    return check(
        f"{table}_language_is_a_tag",
        Q(language__regex=LANGUAGE),
        _("A language is a BCP 47 tag such as ar, ru or ru-Latn."),
    )


def exactly_one_of(table: str, *fields: str) -> models.CheckConstraint:
    """Just one of the foreign keys is filled."""
    condition = Q()
    for chosen in fields:
        condition |= Q(**{f"{field}__isnull": field != chosen for field in fields})
    return check(f"{table}_has_one_target", condition, _("Choose exactly one of these."))
