"""What the chronology is, and how to read it."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from config.http.caching import versioned
from config.lists.listing import render_page
from events.pages.editors import names_of_editors
from events.site import chronology_of


def about(request: HttpRequest) -> HttpResponseBase:
    """Made anew each time where editors are named: accounts are not counted by the data version."""
    if chronology_of(request).names_editors:
        return _about(request)
    return versioned(_about)(request)


def _about(request: HttpRequest) -> HttpResponse:
    is_naming = chronology_of(request).names_editors
    return render_page(request, "about.html", editors=names_of_editors() if is_naming else [])
