"""A site of its own with the article loaded, under its production server, and a real Chromium."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from playwright.sync_api import BrowserContext, Page

from tests.browser.chromium import launch_args
from tests.browser.readers import FINGER, KEYBOARD, READERS, Reader
from tests.databases import copy_database, create_database, using
from tests.factories import make_actor, make_event, make_location, make_source, make_statement

# As long as a word gets: a name without a blank.
LONG_WORD = "Rinderkennzeichnungsfleischetikettierungs" * 2


def _environment(database: str) -> dict[str, str]:
    """The environment of the site: the test cluster, in a database beside the tests' own."""
    parameters = connection.get_connection_params()
    port = parameters.get("port") or 5432
    host, user = quote(str(parameters["host"]), safe=""), quote(str(parameters["user"]))
    password = quote(str(parameters.get("password") or ""), safe="")
    login = f"{user}:{password}" if password else user
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": f"postgresql://{login}@/{database}?host={host}&port={port}",
        "LOCAL_HTTP": "1",
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        try:
            with urlopen(url, timeout=5):  # noqa: S310 - a loopback address of ours
                return
        except (URLError, ConnectionError, TimeoutError):
            if process.poll() is not None:
                break
            time.sleep(0.1)
    pytest.fail("the site did not start")


@pytest.fixture(scope="session")
def site_database(article_database: str, django_db_blocker: Any) -> str:
    """The article, and changes to it that curators make in the browser."""
    with django_db_blocker.unblock():
        return create_database("site", copy_of=article_database)


@pytest.fixture(scope="session")
def base_url(site_database: str, django_db_blocker: Any) -> Iterator[str]:
    """The address of the site; pytest-playwright prefixes it to every path."""
    with django_db_blocker.unblock():
        environment = _environment(site_database)
    with _served(environment) as address:
        yield address


@pytest.fixture(scope="session")
def busy_site(article_database: str, django_db_blocker: Any) -> Iterator[str]:
    """The address of a site with enough events for a histogram and for headings, and with names
    of one long word."""
    with django_db_blocker.unblock():
        database = create_database("busy", copy_of=article_database)
        with using(database):
            actors = [make_actor(name=f"{LONG_WORD}{number}") for number in (1, 2)]
            place = make_location(name=LONG_WORD)
            make_source(title=LONG_WORD)
            make_statement(actors[0], paraphrase=LONG_WORD)
            make_event(*actors, title=LONG_WORD, date="2017-04-04", location=place)
            for number in range(59):
                date = f"2017-{number % 12 + 1:02}" + (
                    "" if number % 7 else f"-{number % 27 + 1:02}"
                )
                make_event(title=f"A fair in the market square, number {number}", date=date)
        environment = _environment(database)
    with _served(environment) as address:
        yield address


@pytest.fixture(scope="session")
def empty_site(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The address of a site without a chronology, and with an account, cora."""
    with django_db_blocker.unblock():
        database = copy_database("empty")
        with using(database):
            User.objects.create_superuser("cora", password=PASSWORD)
        environment = _environment(database)
    with _served(environment) as address:
        yield address


@contextmanager
def _served(environment: dict[str, str]) -> Iterator[str]:
    port = _free_port()
    address = f"127.0.0.1:{port}"
    command = [sys.executable, "-m", "config.serving", "--workers=1", f"--port={port}"]
    with subprocess.Popen(command, env=environment, cwd=settings.BASE_DIR) as server:
        try:
            _wait_for(f"http://{address}/healthz", server)
            yield f"http://{address}"
        finally:
            server.terminate()
            server.wait(timeout=20)


PASSWORD = "a password of the tests"


@pytest.fixture(scope="session")
def curators(site_database: str, django_db_blocker: Any) -> list[str]:
    """Names of accounts that may curate the site."""
    names = ["cora", "dan"]
    with django_db_blocker.unblock(), using(site_database):
        for name in names:
            User.objects.create_superuser(name, password=PASSWORD)
    return names


@pytest.fixture
def sign_in(curators: list[str]) -> Callable[[Page, str], None]:
    """Fills in the sign-in page that is shown, or opens it."""

    def fill_in(page: Page, name: str = "cora") -> None:
        if "/admin/login/" not in page.url:
            page.goto("/admin/login/?next=/admin/")
        page.get_by_label("Username").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        page.wait_for_url(lambda url: "/admin/login/" not in url)

    return fill_in


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return launch_args()


@pytest.fixture
def page_without_javascript(new_context: Any, base_url: str) -> Page:
    context: BrowserContext = new_context(java_script_enabled=False)
    return context.new_page()


@pytest.fixture(params=READERS)
def reader(request: pytest.FixtureRequest, new_context: Any) -> Reader:
    name = request.param
    device = KEYBOARD if name.startswith("keyboard") else FINGER
    context = new_context(**device, java_script_enabled=not name.endswith("no script"))
    return Reader(name, context.new_page())
