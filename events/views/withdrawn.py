"""What is answered where an event was, that is no longer public."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from config.http import faults
from events.models import Event

View = Callable[..., HttpResponseBase]


def tell_withdrawn(view: View) -> View:
    """410 for an event that was public at this address; of what never was, nothing is told."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Http404:
            if not Event.objects.withdrawn().filter(slug=kwargs["slug"]).exists():
                raise
            return faults.missing(
                request,
                status=410,
                title=_("This event is no longer published"),
                detail=_(
                    "Its editors have withdrawn it, and nothing of it is shown here any more. "
                    "Please search for what else is told of it."
                ),
            )

    return answer
