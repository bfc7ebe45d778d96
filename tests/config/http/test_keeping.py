"""What the server tells the browser that keeps typed text, and a curator whose session ended."""

import re

import pytest
from django.db import OperationalError
from django.test import Client

from events.models import Event
from tests.curating import ConflictPage, address, inline_row, opened, problems
from tests.factories import make_actor, make_event, make_kind

pytestmark = pytest.mark.django_db
NUMBER = "0123456789abcdef" * 2
OTHER = "fedcba9876543210" * 2


def test_a_saved_form_is_named_to_the_browser(admin_client: Client) -> None:
    event = make_event()
    page = address(event, "change")
    response = admin_client.post(page, opened(admin_client, page) | {"_kept": NUMBER})
    cookie = response.cookies["saved"]
    assert (cookie.value, cookie["path"], cookie["samesite"]) == (NUMBER, "/admin/", "Lax")
    response = admin_client.post(page, opened(admin_client, page) | {"_kept": OTHER})
    assert response.cookies["saved"].value == f"{NUMBER}.{OTHER}"


def test_an_added_record_is_named_in_pop_ups_too(admin_client: Client) -> None:
    page = address(Event, "add")
    data = opened(admin_client, page) | {
        "title": "A visit",
        "slug": "visit",
        "kind": make_kind().pk,
        "standing": "reported",
        "state": "draft",
    }
    response = admin_client.post(page, data | {"_kept": NUMBER, "_popup": "1"})
    assert response.status_code == 200
    assert response.cookies["saved"].value == NUMBER
    assert Event.objects.get().slug == "visit"


@pytest.mark.parametrize("number", ["", "x", f"{NUMBER}\r\nSet-Cookie: a=b", NUMBER.upper()])
def test_no_other_text_gets_into_the_cookie(admin_client: Client, number: str) -> None:
    event = make_event()
    page = address(event, "change")
    response = admin_client.post(page, opened(admin_client, page) | {"_kept": number})
    assert response.status_code == 302
    assert "saved" not in response.cookies


def test_what_is_not_saved_is_not_named_and_keeps_its_number(admin_client: Client) -> None:
    event = make_event(title="As it was")
    page = address(event, "change")
    first = opened(admin_client, page) | {"_kept": NUMBER, "title": "Mine"}
    response = admin_client.post(page, first | {"date": "2017-13"})
    assert problems(response)
    assert "saved" not in response.cookies
    assert f'data-kept-id="{NUMBER}" data-unsaved' in response.content.decode()
    Event.objects.filter(pk=event.pk).update(title="Theirs")
    response = admin_client.post(page, first)
    assert ConflictPage(response).data["_kept"] == NUMBER
    assert "saved" not in response.cookies


def test_each_account_has_a_key_of_its_own(
    admin_client: Client, client: Client, django_user_model: type
) -> None:
    other = django_user_model.objects.create_superuser("dan")
    client.force_login(other)
    keys = set()
    for browser in (admin_client, client):
        for page in ("/admin/", address(Event, "add")):
            html = browser.get(page).content.decode()
            (key,) = re.findall(r'data-kept="([0-9a-f]{32})"', html)
            keys.add((browser, key))
    assert len(keys) == 2
    assert len({key for _browser, key in keys}) == 2


def test_a_form_sent_after_the_session_ended_leads_back_to_itself(
    admin_client: Client, client: Client
) -> None:
    event = make_event(title="As it was")
    page = address(event, "change")
    response = client.post(page, opened(admin_client, page) | {"title": "Mine"}, follow=True)
    html = response.content.decode()
    assert "You were signed out before you saved, so nothing was saved." in html
    assert f'name="next" value="{page}"' in html
    assert Event.objects.get().title == "As it was"
    assert "You were signed out" not in client.get(page, follow=True).content.decode()


def test_a_form_of_before_the_last_sign_in_is_explained(admin_client: Client) -> None:
    event = make_event(title="As it was")
    page = address(event, "change")
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = admin_client.cookies
    response = strict.post(page, opened(admin_client, page) | {"title": "Mine"})
    html = response.content.decode()
    assert response.status_code == 403
    assert "This form is out of date" in html
    assert f'<a href="{page}">Open the form again</a>' in html
    assert response["Cache-Control"] == "no-store"
    signing_in = strict.post("/admin/login/", {"username": "admin"}).content.decode()
    assert "This form is out of date" in signing_in
    assert "Open the form again" not in signing_in


def test_a_failure_leads_back_to_the_form(
    admin_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = make_event(title="As it was")
    page = address(event, "change")
    data = opened(admin_client, page) | {"title": "Mine"}

    def fail(*_: object, **__: object) -> None:
        raise OperationalError

    monkeypatch.setattr(Event, "save", fail)
    response = admin_client.post(page, data)
    assert response.status_code == 503
    assert f'<a href="{page}">Open the form again</a>' in response.content.decode()


def test_new_rows_of_a_form_that_was_refused_are_written_again(admin_client: Client) -> None:
    """So that a browser without scripts loses nothing."""
    event = make_event()
    page = address(event, "change")
    data = opened(admin_client, page) | {"date": "2017-13"}
    data = inline_row(data, "participations", actor=make_actor().pk, role="host", note="Typed")
    response = admin_client.post(page, data)
    assert problems(response)
    assert 'value="Typed"' in response.content.decode()
