"""The record of what the chronology says of itself: how it is read, kept and checked."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from config.db.versions import data_version
from config.http.faults import document
from config.http.naming import last_name
from events.models import Chronology, Licence
from events.site import chronology_of
from tests.events.test_site import NAME, OURS, read


def test_the_admin_is_headed_by_the_name(admin_client: Client, client: Client) -> None:
    Chronology.objects.update(**OURS)
    for address in ["/admin/", "/admin/events/event/", "/admin/events/event/add/"]:
        page = read(admin_client, address)
        assert f"· {NAME}</title>" in page, address
        assert f'<div id="site-name"><a href="/admin/"><bdi>{NAME}</bdi></a></div>' in page
        assert "Chancery" not in page, address
    assert f"· {NAME}</title>" in read(client, "/admin/login/")


@pytest.mark.parametrize("field", sorted(OURS))
def test_every_change_of_the_record_makes_pages_anew(db: None, field: str) -> None:
    before = data_version()
    Chronology.objects.update(**{field: OURS[field]})
    after = data_version()
    assert after != before
    Chronology.objects.update(**{field: OURS[field]})
    assert data_version() == after


@pytest.fixture
def kept(settings: Any) -> None:
    """The cache of counts as an installation has it; the tests have none."""
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "test_site"}
    settings.CACHES = settings.CACHES | {"counts": memory}


def test_the_record_is_read_once_while_the_data_are_the_same(
    db: None, kept: None, rf: Any, django_assert_num_queries: Any
) -> None:
    def ask(number: int) -> str:
        request = rf.get("/")
        request.data_version = data_version()
        with django_assert_num_queries(number):
            return chronology_of(request).name

    Chronology.objects.update(title="Before")
    assert ask(1) == "Before"
    assert ask(0) == "Before"
    Chronology.objects.update(title=NAME)
    assert ask(1) == NAME
    assert last_name() == NAME


def test_a_page_that_is_not_kept_reads_the_record_once(
    db: None, rf: Any, django_assert_num_queries: Any
) -> None:
    request = rf.get("/")
    with django_assert_num_queries(1):
        assert chronology_of(request) is chronology_of(request)


def test_a_page_of_errors_is_headed_by_the_name_that_was_read_last(
    db: None, rf: Any, django_assert_num_queries: Any
) -> None:
    Chronology.objects.update(title=NAME)
    chronology_of(rf.get("/"))
    with django_assert_num_queries(0):
        _kind, page = document("/events/", 503, "Away", "Try again.")
    assert f"<title>Away – {NAME}</title>" in page.decode()
    assert "Chancery" not in page.decode()


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "no address", "https://", "https://a b", "@"]
)
def test_a_contact_is_an_address(db: None, address: str) -> None:
    site = Chronology.objects.get()
    site.contact_address = address
    with pytest.raises(ValidationError, match="Give an e-mail address"):
        site.full_clean()


@pytest.mark.parametrize("wrong", [{"contact_address": "javascript:x"}, {"licence": "MIT"}])
def test_the_database_refuses_other_addresses_and_licences(db: None, wrong: Any) -> None:
    with pytest.raises(IntegrityError, match="chronology_"), transaction.atomic():
        Chronology.objects.update(**wrong)


def test_each_licence_has_a_name_and_most_a_text() -> None:
    names = {licence.value: licence.name_in_short for licence in Licence}
    assert names[""] == ""
    assert names["ODbL-1.0"] == "ODbL 1.0"
    assert names["LicenseRef-all-rights-reserved"] == "All rights are reserved"
    without = {licence for licence in Licence if not licence.url}
    assert without == {Licence.UNSAID, Licence.RESERVED}


def test_the_record_is_kept_in_the_admin(admin_client: Client, client: Client) -> None:
    page = read(admin_client, reverse("admin:events_chronology_change", args=[1]))
    names = [*OURS, "names_editors"]
    assert [name for name in names if f'name="{name}"' not in page] == []
