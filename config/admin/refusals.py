"""What the database refused, in words for the curator who tried it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.db.models import BaseConstraint, Model, UniqueConstraint
from django.utils.text import capfirst
from django.utils.translation import gettext as _


@contextmanager
def all_or_nothing() -> Iterator[None]:
    """A transaction that also meets its deferred constraints here, and not after the answer."""
    with transaction.atomic():
        yield
        connection.check_constraints()


def in_words(error: DatabaseError) -> str:
    """The message of the constraint or trigger that was broken."""
    diagnosis = getattr(error.__cause__, "diag", None)
    if diagnosis is None:
        return str(error.args[0] if error.args else error)
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == diagnosis.constraint_name:
                return f"{capfirst(str(model._meta.verbose_name))}: {_message(model, constraint)}"
    if diagnosis.source_function == "exec_stmt_raise":
        return str(diagnosis.message_primary)  # raised by a trigger of ours
    detail = diagnosis.message_detail or diagnosis.message_primary
    return _("The database refused this: %(detail)s") % {"detail": detail}


def _message(model: type[Model], constraint: BaseConstraint) -> str:
    is_worded = constraint.violation_error_message != constraint.default_violation_error_message
    if isinstance(constraint, UniqueConstraint) and constraint.fields and not is_worded:
        error = model().unique_error_message(model, constraint.fields)
        return " ".join(ValidationError(error).messages)
    return str(constraint.get_violation_error_message())
