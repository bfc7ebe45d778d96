"""Publishing on published sources, and withdrawing them, in the admin."""

import re
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from events.models import Event, Source
from tests.curating import address, choose, confirm, hidden_inputs, inline_row, opened, problems
from tests.events.test_published_sources import make_bare
from tests.factories import cite, make_claim, make_event, make_source, make_statement

pytestmark = pytest.mark.django_db
UNSOURCED = "needs at least one citation of a published source"


def asked(response: HttpResponse) -> dict[str, list[str]]:
    """What the confirmation page of a form sends when it is confirmed; fails if it is another."""
    assert "Withdraw these records as well" in response.content.decode()
    return hidden_inputs(response)


def confirmed(client: Client, response: HttpResponse) -> int:
    return confirm(client, response, Source, change_reason="A forgery").status_code


def told(client: Client, page: str) -> list[str]:
    return [str(message) for message in client.get(page).context["messages"]]


def states(*records: Any) -> list[str]:
    connection.check_constraints()
    return [type(r).objects.values_list("state", flat=True).get(pk=r.pk) for r in records]


def test_publishing_names_sources_that_are_not_published(admin_client: Client) -> None:
    event = make_event(state="draft", title="A rumour")
    event.citations.update(source=make_source(state="draft", title="A letter"))
    other = make_event(state="draft")
    response = choose(admin_client, "publish", event, other)
    assert "<h1>Publish 1 event?</h1>" in response.content.decode()
    assert "“A rumour” (cites “A letter”)" in response.content.decode()
    assert confirm(admin_client, response, Event).status_code == 302
    assert told(admin_client, address(Event, "changelist")) == ["Published: 1."]
    assert states(event, other) == ["draft", "published"]


@pytest.mark.parametrize("make", [make_event, make_claim, make_statement])
def test_form_asks_for_a_published_source(admin_client: Client, make: Any) -> None:
    record = make(state="draft")
    record.citations.update(source=make_source(state="draft", title="A letter"))
    page = address(record, "change")
    data = opened(admin_client, page) | {"state": "published"}
    if make is make_event:
        # The form of an event offers to publish the source with it.
        [problem] = problems(admin_client.post(page, data))
        assert problem.startswith("This event uses 1 draft, which readers would not see.")
        data["drafts_asked"] = re.findall(
            'name="drafts_asked" value="([^"]+)"', admin_client.post(page, data).content.decode()
        )
    [problem] = problems(admin_client.post(page, data))
    assert UNSOURCED in problem
    assert "Not published: “A letter”." in problem
    row = {"source": make_source().pk, "locator": "2", "access": "direct"}
    assert admin_client.post(page, inline_row(data, "citations", **row)).status_code == 302
    assert states(record) == ["published"]


@pytest.mark.parametrize("make", [make_event, make_claim, make_statement])
def test_next_save_of_a_record_from_before_asks(admin_client: Client, make: Any) -> None:
    record = make_bare(make)
    page = address(record, "change")
    [problem] = problems(admin_client.post(page, opened(admin_client, page)))
    assert UNSOURCED in problem
    assert "“A draft”" in problem
    Source.objects.filter(title="A draft").update(state="published")
    assert admin_client.post(page, opened(admin_client, page)).status_code == 302


def test_source_that_nothing_rests_on_alone_is_withdrawn_alone(
    admin_client: Client,
) -> None:
    source, other = make_source(), make_source()
    cite(make_event(), other, locator="2")
    cite(make_event(state="draft"), source, locator="3")
    response = choose(admin_client, "withdraw", source)
    assert "would lose" not in response.content.decode()
    assert confirmed(admin_client, response) == 302
    assert told(admin_client, address(Source, "changelist")) == ["Withdrawn: 1."]
    assert states(source) == ["withdrawn"]


def test_withdrawing_a_source_asks_first_and_may_withdraw_what_rests_on_it(
    admin_client: Client,
) -> None:
    source = make_source(title="The only newspaper")
    event = make_event(title="An event")
    claim, said = make_claim(text="A claim"), make_statement(paraphrase="Some words")
    kept = make_event(title="Otherwise known")
    cite(kept, make_source(), locator="2")
    response = choose(admin_client, "withdraw", source)
    text = response.content.decode()
    assert "3 published records would lose their last published source" in text
    for name in ("The only newspaper", "Event: An event", "Claim: A claim", "Some words"):
        assert name in text
    assert "Otherwise known" not in text
    assert states(source, event, claim, said) == ["published"] * 4
    # Without a reason nothing is withdrawn.
    unreasoned = confirm(admin_client, response, Source, change_reason=" ")
    assert "Give a reason. Nothing was changed." in unreasoned.content.decode()
    assert states(source, event, claim, said) == ["published"] * 4
    assert confirmed(admin_client, unreasoned) == 302
    assert states(source, event, claim, said) == ["withdrawn"] * 4
    assert states(kept) == ["published"]
    logged = {(entry.content_type.model, entry.object_id) for entry in LogEntry.objects.all()}
    assert {("event", str(event.pk)), ("source", str(source.pk))} <= logged


def test_twenty_records_are_named_and_the_others_counted(admin_client: Client) -> None:
    source = make_source()
    events = [make_event() for _ in range(15)]
    claims = [make_claim() for _ in range(8)]
    text = choose(admin_client, "withdraw", source).content.decode()
    assert "23 published records would lose" in text
    assert "and 3 more" in text
    named = [record for record in [*events, *claims] if str(record) in text]
    assert named == [*events, *claims[:5]]


def test_records_that_came_to_rest_on_it_meanwhile_are_asked_about(admin_client: Client) -> None:
    source, event = make_source(), make_event()
    first = choose(admin_client, "withdraw", source)
    later = make_event(title="A later event")
    response = confirm(admin_client, first, Source, change_reason="A forgery")
    assert "A later event" in response.content.decode()
    assert "Meanwhile these records were changed" in response.content.decode()
    assert states(source, event, later) == ["published"] * 3
    assert confirmed(admin_client, response) == 302
    assert states(source, event, later) == ["withdrawn"] * 3


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_form_of_a_source_asks_first_too_and_keeps_what_was_typed(
    admin_client: Client, state: str
) -> None:
    source, event = make_source(), make_event(title="An event")
    page = address(source, "change")
    changed = opened(admin_client, page) | {"state": state, "title": "A new title"}
    response = admin_client.post(page, changed)
    again = asked(response)
    assert "Event: An event" in response.content.decode()
    assert states(source, event) == ["published"] * 2
    assert admin_client.post(page, again).status_code == 302
    assert states(source, event) == [state, "withdrawn"]
    source.refresh_from_db()
    assert source.title == "A new title"


def test_other_errors_of_the_form_come_before_the_question(admin_client: Client) -> None:
    source = make_source()
    make_event()
    page = address(source, "change")
    changed = opened(admin_client, page) | {"state": "draft", "title": ""}
    assert any("required" in problem for problem in problems(admin_client.post(page, changed)))
    assert states(source) == ["published"]


def test_curator_who_may_not_withdraw_records_is_told_so(client: Client) -> None:
    user = User.objects.create_user("curator", is_staff=True)
    user.user_permissions.set(
        Permission.objects.filter(
            codename__in=["view_source", "change_source", "review_source", "publish_source"]
        )
    )
    client.force_login(user)
    source, event = make_source(), make_event()
    response = choose(client, "withdraw", source)
    text = response.content.decode()
    assert "You may not withdraw all of these records" in text
    assert 'value="Withdraw"' not in text
    digest = response.context["change"].digest
    data = {"action": "withdraw", "_selected_action": [source.pk], "change_reason": "None"}
    data["confirmed_change"] = digest
    assert client.post(address(Source, "changelist"), data).status_code == 403
    assert states(source, event) == ["published"] * 2
