"""Who may see what is not published: curators, and only when they ask for it.

Public pages never look at the session, so that they can be cached; `?preview=1` does.
"""

from typing import TypeVar

from django.contrib.auth import get_permission_codename
from django.db.models import Model
from django.http import HttpRequest

from config.accounts.second_factor import lacks_second_factor
from config.db.publication import PublishableQuerySet

Row = TypeVar("Row", bound=Model)
PARAMETER = "preview"


def is_preview(request: HttpRequest, model: type[Model]) -> bool:
    """Whether a curator who may see this model's drafts asks for them."""
    if PARAMETER not in request.GET:
        return False
    codename = get_permission_codename("view", model._meta)
    if not request.user.has_perm(f"{model._meta.app_label}.{codename}"):
        return False
    return not lacks_second_factor(request.user)


def visible(request: HttpRequest, rows: PublishableQuerySet[Row]) -> PublishableQuerySet[Row]:
    """The rows that this request may see: published ones, or all in a curator's preview."""
    return rows if is_preview(request, rows.model) else rows.published()
