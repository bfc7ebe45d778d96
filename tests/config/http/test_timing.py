"""Answers say how long they took, refusals too."""

import re
import time

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from config.http.timing import server_timing
from tests.factories import make_event


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/events/", 200),
        ("/events.csv", 200),
        ("/events/none/", 404),
        ("/api/events?nonsense=1", 400),
        ("/events/?q=%00", 400),
        ("/healthz", 200),
    ],
)
def test_answers_say_how_long_they_took(client: Client, path: str, status: int) -> None:
    make_event()
    response = client.get(path)
    # A stream that nobody reads would keep its snapshot, and the next tests' rows.
    response.getvalue()
    assert response.status_code == status
    assert re.fullmatch(r"total;dur=\d+\.\d", response["Server-Timing"])


@pytest.mark.django_db
def test_a_kept_page_and_an_unchanged_one_say_their_own_time(client: Client) -> None:
    made = client.get("/events/")
    unchanged = client.get("/events/", headers={"If-None-Match": made["ETag"]})
    assert unchanged.status_code == 304
    assert unchanged["Server-Timing"] != ""


def test_the_time_is_in_milliseconds() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        time.sleep(0.02)
        return HttpResponse()

    taken = server_timing(view)(RequestFactory().get("/"))["Server-Timing"]
    assert 20 <= float(taken.removeprefix("total;dur=")) < 2000
