"""Forms of too many rows are refused with what was typed; odd requests are answered at once."""

import time
from typing import Any

import pytest
from django.test import Client

from events.models import Event, Participation, Statement
from tests.config.admin.test_admin import CURATED
from tests.curating import address, inline_row, opened, problems
from tests.factories import make_actor, make_event, make_statement

# Seconds are those of this process: how busy the machine is besides is no failure.
pytestmark = pytest.mark.django_db
BIG = "99999999999999999999"


def typed(client: Client, event: Event, **counts: Any) -> dict[str, Any]:
    """A form with text in a field and in a new row, and other counts of rows than it has."""
    data = opened(client, address(event, "change")) | {"title": "Typed in the title"}
    data = inline_row(data, "participations", actor=make_actor().pk, note="Typed in a row")
    return data | {name.replace("__", "-"): value for name, value in counts.items()}


def assert_kept(client: Client, event: Event, data: dict[str, Any], says: str) -> None:
    began = time.process_time()
    response = client.post(address(event, "change"), data)
    assert time.process_time() - began < 10
    assert any(says in problem for problem in problems(response))
    html = response.content.decode()
    assert 'value="Typed in the title"' in html
    assert 'value="Typed in a row"' in html
    event.refresh_from_db()
    assert event.title != "Typed in the title"
    # What came back can be saved.
    formsets = [inline.formset for inline in response.context["inline_admin_formsets"]]
    (rows,) = (formset for formset in formsets if formset.prefix == "participations")
    assert (rows.total_form_count(), rows.initial_form_count()) == (5, 1)
    counts = [count for formset in formsets for count in formset.management_form]
    corrected = data | {count.html_name: count.value() or "" for count in counts}
    corrected["participations-4-role"] = "host"
    assert client.post(address(event, "change"), corrected).status_code == 302
    event.refresh_from_db()
    assert event.title == "Typed in the title"
    assert event.participations.filter(note="Typed in a row").exists()


@pytest.mark.parametrize(
    ("counts", "says"),
    [
        ({"participations__TOTAL_FORMS": "99999"}, "and this form holds 1000"),
        ({"participations__TOTAL_FORMS": "1001"}, "One save takes at most 1000 rows"),
        (
            {"participations__TOTAL_FORMS": "600", "claims__TOTAL_FORMS": "600"},
            "One save takes at most 1000 rows",
        ),
        ({"participations__TOTAL_FORMS": BIG}, "One save takes at most 1000 rows"),
        ({"participations__TOTAL_FORMS": "-1"}, "cannot be read (participations)"),
        ({"participations__TOTAL_FORMS": "x"}, "cannot be read (participations)"),
        ({"participations__TOTAL_FORMS": ""}, "cannot be read (participations)"),
        ({"participations__TOTAL_FORMS": "1"}, "cannot be read (participations)"),
        ({"participations__INITIAL_FORMS": "99999"}, "cannot be read (participations)"),
        ({"participations__INITIAL_FORMS": "-5"}, "cannot be read (participations)"),
        ({"participations__INITIAL_FORMS": "1e9"}, "cannot be read (participations)"),
        ({"participations__MAX_NUM_FORMS": "x"}, "cannot be read (participations)"),
    ],
)
def test_form_of_too_many_rows_is_refused_with_all_that_was_typed(
    admin_client: Client, counts: dict[str, str], says: str
) -> None:
    event = make_event(make_actor())
    assert_kept(admin_client, event, typed(admin_client, event, **counts), says)


def test_rows_over_the_limit_come_back_in_words(admin_client: Client) -> None:
    event = make_event()
    actor = make_actor()
    data = opened(admin_client, address(event, "change"))
    data |= {"participations-TOTAL_FORMS": "1100"}
    for number in range(1100):
        data[f"participations-{number}-actor"] = str(actor.pk)
        data[f"participations-{number}-note"] = f"Note {number}."
    began = time.process_time()
    response = admin_client.post(address(event, "change"), data)
    assert time.process_time() - began < 10
    assert "One save takes at most 1000 rows, and this form holds " in problems(response)[0]
    html = response.content.decode()
    assert all(f"Note {number}." in html for number in range(1100))
    assert not Participation.objects.exists()


def test_five_hundred_rows_are_saved(admin_client: Client) -> None:
    event = make_event()
    actors = [make_actor() for _ in range(499)]
    data = opened(admin_client, address(event, "change"))
    for actor in actors:
        data = inline_row(data, "participations", actor=actor.pk, role="host")
    assert admin_client.post(address(event, "change"), data).status_code == 302
    assert event.participations.count() == 499


@pytest.mark.parametrize("model", ["events/event", "actors/actor", "auth/user", "auth/group"])
@pytest.mark.parametrize("action", ["delete_selected", "publish", "withdraw"])
@pytest.mark.parametrize("chosen", [["x"], [""], ["1e5"], ["-1"], [BIG], ["1", "x"], ["\x00"]])
def test_choice_of_rows_that_cannot_be_read_does_nothing(
    admin_client: Client, model: str, action: str, chosen: list[str]
) -> None:
    event = make_event(make_actor())
    data = {"action": action, "_selected_action": chosen, "index": "0", "post": "yes"}
    response = admin_client.post(f"/admin/{model}/", data, follow=True)
    assert response.status_code == 200
    assert [str(message) for message in response.context["messages"]] == [
        "What was chosen cannot be read. Nothing was done: choose the rows again."
    ]
    event.refresh_from_db()
    assert event.is_published


def test_long_search_is_refused(admin_client: Client) -> None:
    make_event(title="word")
    words = "word " * 10_000
    for model in ("events/event", "actors/actor", "auth/user", "auth/group"):
        began = time.process_time()
        response = admin_client.get(f"/admin/{model}/", {"q": words})
        assert time.process_time() - began < 10
        assert list(response.context["cl"].result_list) == []
        (message,) = response.context["messages"]
        assert str(message) == "A search takes at most 200 characters."
    found = admin_client.get("/admin/events/event/pick/", {"q": words}).json()
    assert found["options"] == []


@pytest.mark.parametrize("key", ["x", BIG, "-1", "1e5", "0"])
def test_text_that_is_no_key_is_refused_in_its_field(admin_client: Client, key: str) -> None:
    statement = make_statement()
    data = opened(admin_client, address(statement, "change"))
    for field in ("speaker", "location", "audience"):
        response = admin_client.post(address(statement, "change"), data | {field: key})
        assert len(problems(response)) == 1
        page = f"{address(Statement, 'add')}?{field}={key}"
        assert admin_client.get(page).status_code == 200


@pytest.mark.parametrize("model", CURATED)
@pytest.mark.parametrize("key", ["x", BIG, "-1", "0", "1" * 5000, "%ff", "_5F"])
def test_address_of_no_record_leads_back(admin_client: Client, model: Any, key: str) -> None:
    for page in ("change", "delete", "history"):
        response = admin_client.get(f"{address(model, 'changelist')}{key}/{page}/")
        assert response.status_code in (302, 404)


@pytest.mark.parametrize(
    "query",
    [
        "all=1",
        "p=99999999",
        "p=-1",
        "_facets=1",
        "_popup=1",
        "_to_field=id",
        "o=" + ".".join(["1"] * 3000),
        f"o={BIG}",
        "q=%ED%A0%80",
        "state__in=" + ",".join(["draft"] * 3000),
        "kind__id__in=" + ",".join(map(str, range(3000))),
        f"kind__id__in={BIG}",
    ],
)
def test_odd_list_is_answered_at_once(admin_client: Client, query: str) -> None:
    make_event()
    began = time.process_time()
    assert admin_client.get(f"/admin/events/event/?{query}").status_code in (200, 302)
    assert time.process_time() - began < 10


def test_undeclared_field_is_not_referred_to(admin_client: Client) -> None:
    for page in (address(Event, "changelist"), address(Event, "add")):
        assert admin_client.get(f"{page}?_to_field=title").status_code == 400


def test_choice_of_eighteen_thousand_rows_is_answered_at_once(admin_client: Client) -> None:
    event = make_event()
    keys = [str(key) for key in range(event.pk + 1, event.pk + 18_001)]
    data = {"action": "withdraw", "_selected_action": keys, "index": "0"}
    began = time.process_time()
    response = admin_client.post(address(Event, "changelist"), data, follow=True)
    assert [str(message) for message in response.context["messages"]] == [
        "Nothing to change: all that is chosen is “Withdrawn”."
    ]
    data |= {"action": "delete_selected", "post": "yes"}
    response = admin_client.post(address(Event, "changelist"), data, follow=True)
    (message,) = response.context["messages"]
    assert str(message) == "At most 5000 are deleted at once, and 18000 are chosen."
    assert time.process_time() - began < 20
