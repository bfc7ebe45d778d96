"""What a process does before the first reader comes, who would wait for it otherwise."""

import gc
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.template import TemplateSyntaxError, engines
from django.template.loader import get_template
from django.urls import get_resolver, reverse

Application = Callable[[dict[str, Any], Any], Any]


def warm_up() -> None:
    """Load all views, and compile the site's own templates; both are kept as long as the process
    lives."""
    _ = get_resolver().url_patterns
    for folder in map(Path, engines["django"].dirs):
        for file in sorted(folder.rglob("*.html")):
            # A page that cannot be written says so when it is asked for, and no other does.
            with suppress(TemplateSyntaxError):
                get_template(file.relative_to(folder).as_posix())


def set_aside() -> None:
    """Let no collection of garbage look at what is loaded by now, as it stays anyway: to go through
    all of it kept one request in thirty waiting for a tenth of a second."""
    gc.collect()
    gc.freeze()


def ask_first_pages(application: Application) -> None:
    """Ask for some pages, the newest event's among them, as a reader would: the first ones connect,
    and have all prepared that Python and PostgreSQL make at the first use. Nothing fails here: a
    page that does not answer says so to its readers."""
    newest = _ask(application, reverse("api:events_list") + "?limit=1&fields=slug")
    for item in json.loads(newest)["items"] if newest else []:
        home = reverse("home")
        pages = [
            home,
            f"{home}?q={item['slug']}",
            reverse("events:event_detail", args=[item["slug"]]),
        ]
        lists = ("actors:actor_list", "statements:statement_list", "relations:relation_list")
        for address in (*pages, *map(reverse, lists)):
            _ask(application, address, HTTP_ACCEPT_ENCODING="gzip")


def _ask(application: Application, address: str, **more: str) -> bytes:
    """What is answered; nothing for anything but success."""
    path, query = urlsplit(address)[2:4]
    # Of a whole domain its own name, of any host one that means nothing.
    host = next(iter(settings.ALLOWED_HOSTS), "").lstrip(".*") or "localhost"
    environ = {
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "HTTP_HOST": host,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "https",
        **more,
    }
    setup_testing_defaults(environ)
    statuses: list[str] = []
    answer = application(environ, lambda status, *_headers: statuses.append(status))
    body = b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    return body if statuses == ["200 OK"] else b""
