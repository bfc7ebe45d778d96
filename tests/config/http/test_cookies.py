"""No public answer carries a cookie or differs by one, whoever asks."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from events.exports.formats import FORMATS
from tests.factories import make_actor, make_event, make_location, make_source

pytestmark = pytest.mark.django_db


def names(patterns: list, prefix: str = "") -> list[str]:
    """Of every public address that needs no argument."""
    found = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "admin":
                inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
                found += names(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern) and not pattern.pattern.converters and pattern.name:
            found.append(prefix + pattern.name)
    return found


@pytest.fixture
def addresses() -> list[str]:
    actor = make_actor()
    records = [actor, make_event(actor), make_location(), make_source()]
    pages = [reverse(name) for name in names(get_resolver().url_patterns)]
    pages = [page for page in pages if not page.startswith("/admin/")]
    assert {"/", "/events/", "/statements/", "/api/", "/about/", "/healthz"} <= set(pages)
    pages += [record.get_absolute_url() for record in records]
    pages += [f"/events.{extension}" for extension in FORMATS]
    return [*pages, "/static/css/chancery.css", "/none/", "/api/none", "/events/?nonsense=1"]


def assert_without_cookies(client: Client, addresses: list[str]) -> None:
    for address in addresses:
        response = client.get(address)
        # To its end, where its snapshot ends; to close it would close the test's connection.
        response.getvalue()
        assert not response.cookies, address
        assert "Set-Cookie" not in response, address
        if "public" in response.get("Cache-Control", ""):
            assert "cookie" not in response.get("Vary", "").lower(), address


@pytest.mark.parametrize("cookie", ["", "x", "a" * 32])
def test_nobody_is_given_a_cookie(client: Client, addresses: list[str], cookie: str) -> None:
    for name in ("sessionid", "csrftoken", "messages"):
        client.cookies[name] = cookie
    assert_without_cookies(client, addresses)


def test_a_curator_is_given_none_outside_the_admin(
    admin_client: Client, addresses: list[str], settings: object
) -> None:
    settings.SESSION_SAVE_EVERY_REQUEST = True
    assert_without_cookies(admin_client, addresses)
    assert_without_cookies(admin_client, [f"{address}?preview=1" for address in addresses[:20]])


def test_curators_sign_in_and_out_and_change_their_password(client: Client) -> None:
    User.objects.create_superuser("curator", password="a long word of old")
    form = {"username": "curator", "password": "a long word of old"}
    assert "csrftoken" in client.get("/admin/login/").cookies
    assert "sessionid" in client.post("/admin/login/", form).cookies
    new = {"old_password": form["password"]}
    new |= dict.fromkeys(("new_password1", "new_password2"), "another long word")
    assert "sessionid" in client.post("/admin/password_change/", new).cookies
    assert client.get("/admin/").status_code == 200
    assert client.post("/admin/logout/").cookies["sessionid"]["max-age"] == 0
