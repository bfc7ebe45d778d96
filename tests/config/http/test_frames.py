"""A request has room for its frames in one piece of memory."""

import sys

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.test import Client, RequestFactory

from config.http.frames import WORDS, room_for_frames
from tests.factories import make_event


def test_a_request_is_answered_from_within_a_frame_larger_than_a_chunk() -> None:
    def answer(request: HttpRequest) -> HttpResponseBase:
        caller = sys._getframe(1)
        return HttpResponse(f"{request.path} {caller.f_code.co_stacksize}")

    response = room_for_frames(answer)(RequestFactory().get("/x/"))
    assert response.getvalue().decode() == f"/x/ {WORDS}"
    assert WORDS * 8 > 16 * 1024


@pytest.mark.django_db
def test_it_stands_around_all_that_answers_a_page(client: Client) -> None:
    make_event(title="Strike")
    assert settings.MIDDLEWARE[0] == "config.http.frames.room_for_frames"
    assert "Strike" in client.get("/events/").content.decode()
