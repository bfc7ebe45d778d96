"""Who may see what is not published: curators, and only when they ask for it.

Public pages never look at the session, so that they can be cached; `?preview=1` does.
"""

from typing import TypeVar

from django.db.models import Model
from django.http import HttpRequest

from config import rights
from config.accounts.second_factor import lacks_second_factor
from config.db.publication import PublishableQuerySet
from config.http.requests import PREVIEW

Row = TypeVar("Row", bound=Model)


def visible(request: HttpRequest, rows: PublishableQuerySet[Row]) -> PublishableQuerySet[Row]:
    """The rows that this request may see: published ones, or in a preview those that the curator
    may see in the admin."""
    if PREVIEW not in request.GET or not rights.may(request.user, rights.VIEW, rows.model):
        return rows.published()
    if lacks_second_factor(request.user):
        return rows.published()
    return rights.seen(rows, request.user)  # type: ignore[return-value]
