"""What the chronology says of itself, for the head and foot of every page and output.

It is read once in each process for each version of the data.
"""

from contextlib import suppress
from typing import Any, cast

from django.db import Error, connection
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from config.http.caching import cached
from config.http.faults import fault_in
from config.http.naming import last_name, remember
from events.models import Chronology


def chronology_of(request: HttpRequest) -> Chronology:
    """The one row, or an empty one where there is none."""
    if not hasattr(request, "chronology"):
        request.chronology = _asked_by(request)  # type: ignore[attr-defined]
    return cast(Chronology, request.chronology)  # type: ignore[attr-defined]


def _asked_by(request: HttpRequest) -> Chronology:
    try:
        return cached(request, "chronology", _read)
    except Error as error:
        # A page that needs nothing else of the database, such as 404, is answered without it.
        if fault_in(error) is None or hasattr(request, "data_version"):
            raise
        return Chronology(title=last_name())


def _read() -> Chronology:
    found = Chronology.objects.first() or Chronology()
    remember(found.title)
    return found


def load() -> None:
    """Before a worker takes requests. Without a database it starts all the same."""
    with suppress(Error):
        _read()
    connection.close()


def chronology(request: HttpRequest) -> dict[str, Any]:
    """For templates, read where one asks for it."""
    return {"chronology": SimpleLazyObject(lambda: chronology_of(request))}
