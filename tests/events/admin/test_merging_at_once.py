"""Merging against whoever writes one of the two at the same moment: nothing is lost unsaid."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from actors.models import Actor
from events.models import MergedRecord, Participation
from tests.curating import address, inline_row, opened
from tests.events.admin.test_merging import Page, merge_page
from tests.factories import make_actor, make_event

pytestmark = pytest.mark.django_db(transaction=True)


def signed_in(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser(name))
    return client


def at_once(*requests: Callable[[], HttpResponse]) -> list[HttpResponse]:
    barrier = threading.Barrier(len(requests))
    responses: dict[int, HttpResponse] = {}

    def ask(number: int) -> None:
        try:
            barrier.wait(timeout=20)
            responses[number] = requests[number]()
        finally:
            connection.close()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(len(requests))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return [responses[number] for number in range(len(requests))]


def merging(kept: Actor, gone: Actor) -> Callable[[], HttpResponse]:
    client, page = signed_in("merger"), merge_page(kept, gone)
    data = Page(client.get(page)).data | {"_merge": "1", "language": "en"}
    return lambda: client.post(page, data)


@pytest.mark.parametrize("is_gone", [True, False])
def test_a_form_of_one_of_the_two_is_saved_at_once(is_gone: bool) -> None:
    kept, gone = make_actor(name="Kept"), make_actor(name="Gone")
    client, page = signed_in("dan"), address(gone if is_gone else kept, "change")
    data = opened(client, page) | {"summary": "Typed at the same moment."}
    merged, saved = at_once(merging(kept, gone), lambda: client.post(page, data))
    stored = set(Actor.objects.values_list("summary", flat=True))
    if merged.status_code == 302:
        assert not Actor.objects.filter(pk=gone.pk).exists()
    else:
        assert "Others have changed something" in Page(merged).words
        assert not MergedRecord.objects.exists()
    if "Typed at the same moment." not in stored:
        assert "Typed at the same moment." in saved.content.decode()


def test_a_row_that_leads_to_the_one_that_goes_is_added_at_once() -> None:
    kept, gone = make_actor(name="Kept"), make_actor(name="Gone")
    event = make_event()
    client, page = signed_in("dan"), address(event, "change")
    data = opened(client, page)
    row = {"actor": gone.pk, "role": "participant", "note": "Typed now."}
    data = inline_row(data, "participations", **row)
    merged, saved = at_once(merging(kept, gone), lambda: client.post(page, data))
    rows = list(Participation.objects.values_list("actor", "note"))
    if merged.status_code == 302:
        assert rows in ([], [(kept.pk, "Typed now.")])
    else:
        assert rows == [(gone.pk, "Typed now.")]
    if not rows:
        assert saved.status_code == 200
        assert "Typed now." in saved.content.decode()


@pytest.mark.parametrize("action", ["publish", "delete"])
def test_the_one_that_goes_is_published_or_deleted_at_once(action: str) -> None:
    kept, gone = make_actor(name="Kept"), make_actor(name="Gone", state="draft")
    client, page = signed_in("dan"), address(Actor, "changelist")
    form: dict[str, Any] = {"action": "publish", "_selected_action": [gone.pk]}
    if action == "delete":
        page, form = address(gone, "delete"), {"post": "yes"}
    merged, other = at_once(merging(kept, gone), lambda: client.post(page, form))
    assert other.status_code == 302
    is_merged = MergedRecord.objects.exists()
    assert is_merged == kept.names.exists()
    found = dict(Actor.objects.values_list("pk", "state"))
    if is_merged:
        assert found == {kept.pk: "published"}
    elif action == "publish":
        assert "Others have changed something" in Page(merged).words
        assert found == {kept.pk: "published", gone.pk: "published"}
    else:
        assert found == {kept.pk: "published"}


def test_two_merges_of_the_same_two_at_once_are_one() -> None:
    kept, gone = make_actor(name="Kept"), make_actor(name="Gone")
    client, page = signed_in("dan"), merge_page(gone, kept)
    data = Page(client.get(page)).data | {"_merge": "1", "language": "en"}
    at_once(merging(kept, gone), lambda: client.post(page, data))
    assert Actor.objects.count() == MergedRecord.objects.count() == 1
