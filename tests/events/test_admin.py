"""Curating events, claims, statements, places and sources."""

from typing import Any

import pytest
from django.contrib.admin.models import ADDITION, LogEntry
from django.db import connection
from django.test import Client

from actors.models import Country
from events.models import Citation, Claim, Event, Location, Source
from tests.curating import address, choose, confirm, inline_row, opened, problems
from tests.factories import (
    cite,
    make_actor,
    make_claim,
    make_country,
    make_event,
    make_kind,
    make_location,
    make_source,
    make_statement,
    take_position,
)

pytestmark = pytest.mark.django_db
UNCITED = "A published %s needs at least one citation"


def save(client: Client, record: Any, **changes: Any) -> Any:
    page = address(record, "change")
    return client.post(page, opened(client, page) | changes)


def act(client: Client, action: str, *records: Any) -> list[str]:
    """The messages after an action on rows of a list, which was confirmed."""
    model = type(records[0])
    confirm(client, choose(client, action, *records), model, change_reason="Told twice")
    response = client.get(address(model, "changelist"))
    return [str(message) for message in response.context["messages"]]


def test_event_is_added_with_all_that_belongs_to_it(admin_client: Client) -> None:
    page = address(Event, "add")
    data = opened(admin_client, page) | {
        "title": "Chemical attack",
        "slug": "chemical-attack",
        "date": "[2017-04-03..2017-04-04]",
        "kind": make_kind().pk,
        "standing": "reported",
        "state": "published",
    }
    data = inline_row(data, "citations", source=make_source().pk, locator="¶1", access="direct")
    rows = {
        "participations": {"actor": make_actor().pk, "role": "victim"},
        "claims": {"text": "About 70 died", "number": "~70", "unit": "people", "keep": "on"},
        "links": {"relation": "follows", "to_event": make_event().pk, "basis": "inferred"},
    }
    for prefix, values in rows.items():
        on = f"{prefix}-{data[f'{prefix}-TOTAL_FORMS']}"
        data = inline_row(data, prefix, **values)
        data = inline_row(data, "citations", source=make_source().pk, locator="¶2", on=on)
    assert admin_client.post(page, data).status_code == 302
    event = Event.objects.get(slug="chemical-attack")
    assert event.is_published
    assert event.latest_on.isoformat() == "2017-04-04"
    claim = event.claims.get()
    assert (claim.state, claim.slug, claim.low, claim.is_approximate) == (
        *("draft", "about-70-died", 70, True),
    )
    assert (event.participations.count(), event.links.count(), event.citations.count()) == (1, 1, 1)
    assert Citation.objects.filter(participation__event=event, locator="¶2").exists()
    added = LogEntry.objects.filter(action_flag=ADDITION).values_list("content_type__model")
    assert sorted(added) == [("claim",), ("event",)]
    assert LogEntry.objects.count() == 2


def test_published_event_needs_a_citation(admin_client: Client) -> None:
    page = address(Event, "add")
    data = opened(admin_client, page) | {
        "title": "Attack",
        "slug": "attack",
        "kind": make_kind().pk,
        "standing": "reported",
        "state": "published",
    }
    (problem,) = problems(admin_client.post(page, data))
    assert problem.startswith(UNCITED % "event")
    assert "say where in which source it is written" in problem
    assert not Event.objects.exists()
    assert admin_client.post(page, data | {"state": "draft"}).status_code == 302


@pytest.mark.parametrize("make", [make_event, make_claim, make_statement])
def test_last_citation_of_a_published_record_stays(admin_client: Client, make: Any) -> None:
    record = make()
    (problem,) = problems(save(admin_client, record, **{"citations-0-DELETE": "on"}))
    assert problem.startswith(UNCITED % record._meta.verbose_name)
    assert record.citations.count() == 1
    done = save(admin_client, record, **{"citations-0-DELETE": "on", "state": "withdrawn"})
    assert done.status_code == 302
    assert record.citations.count() == 0
    (problem,) = problems(save(admin_client, record, state="published"))
    assert problem.startswith(UNCITED % record._meta.verbose_name)


def test_citation_may_be_replaced_by_another(admin_client: Client) -> None:
    event = make_event()
    page = address(event, "change")
    data = opened(admin_client, page) | {"citations-0-DELETE": "on"}
    data = inline_row(data, "citations", source=make_source().pk, locator="2", access="direct")
    assert admin_client.post(page, data).status_code == 302
    assert event.citations.get().locator == "2"


def test_last_citation_cannot_be_deleted_on_its_own_pages(admin_client: Client) -> None:
    citation = make_event().citations.get()
    connection.check_constraints()  # as after the commit that brought them
    response = admin_client.post(address(citation, "delete"), {"post": "yes"}, follow=True)
    (message,) = response.context["messages"]
    assert "The last citation of a published record cannot be taken away" in str(message)
    confirmed = {"action": "delete_selected", "_selected_action": [citation.pk], "post": "yes"}
    response = admin_client.post(address(Citation, "changelist"), confirmed, follow=True)
    (message,) = response.context["messages"]
    assert "The last citation of a published record cannot be taken away" in str(message)
    response = save(admin_client, citation, event="", actor=make_actor().pk)
    (problem,) = problems(response)
    assert "The last citation of a published record cannot be taken away" in problem
    citation.refresh_from_db()
    assert citation.event is not None
    assert not LogEntry.objects.exists()


def test_publishing_names_what_is_not_cited(admin_client: Client) -> None:
    cited = [make_event(state="draft"), make_event(state="withdrawn")]
    uncited = make_event(title="A rumour", state="draft")
    uncited.citations.all().delete()
    public = make_event()
    page = choose(admin_client, "publish", *cited, uncited, public).content.decode()
    assert "<h1>Publish 2 events?</h1>" in page
    assert [str(event) in page for event in (*cited, uncited)] == [True] * 3
    _going, _is_cut, left = page.partition("no published source is cited:")
    assert "“A rumour”" in left
    assert not Event.objects.exclude(pk=public.pk).published().exists()
    assert act(admin_client, "publish", *cited, uncited, public) == ["Published: 2."]
    assert Event.objects.published().count() == 3
    uncited.refresh_from_db()
    assert uncited.state == "draft"
    logged = LogEntry.objects.values_list("object_id", flat=True)
    assert set(logged) == {str(event.pk) for event in cited}
    connection.check_constraints()


def test_withdrawing_needs_no_citation(admin_client: Client) -> None:
    event, other = make_event(), make_event()
    assert act(admin_client, "withdraw", event) == ["Withdrawn: 1."]
    event.refresh_from_db()
    assert event.state == "withdrawn"
    assert list(Event.objects.published()) == [other]
    assert LogEntry.objects.get().get_change_message() == ("Changed state: Withdrawn (Told twice).")


@pytest.mark.parametrize("make", [make_claim, make_statement, make_source, make_location])
def test_other_records_are_published_too(admin_client: Client, make: Any) -> None:
    record = make(state="draft")
    assert act(admin_client, "publish", record) == ["Published: 1."]
    record.refresh_from_db()
    assert record.is_published


def test_a_published_address_is_changed_and_goes_on_leading_there(admin_client: Client) -> None:
    event = make_event(slug="first")
    page = admin_client.get(address(event, "change")).content.decode()
    assert "After a change the former one goes on leading here." in page
    assert str(Event.objects.get().uuid) in page
    assert save(admin_client, event, slug="second").status_code == 302
    assert admin_client.get("/events/first/")["Location"] == "/events/second/"
    # A form that is refused keeps the field in which the address was typed.
    draft = make_event(slug="third", state="draft")
    response = save(admin_client, draft, slug="fourth", title="", state="published")
    assert 'value="fourth"' in response.content.decode()


def test_a_former_slug_is_refused_with_the_name_of_its_record(admin_client: Client) -> None:
    make_event(slug="first", title="The first")
    Event.objects.update(slug="second")
    other = make_event(slug="other")
    text = save(admin_client, other, slug="first").content.decode()
    assert "“first” is a former one of “The first”, and no other record can have it." in text
    # Of a claim, and of a record that is gone.
    claim = make_claim(make_event(), slug="claim")
    Claim.objects.update(slug="claim-now")
    text = save(admin_client, make_claim(), slug="claim").content.decode()
    assert f"“claim” is a former one of “{claim.text}”" in text
    Event.objects.filter(slug="second").delete()
    text = save(admin_client, other, slug="first").content.decode()
    assert "“first” is a former one of a record that is gone, and is not given again." in text


def test_a_record_takes_its_own_former_slug_back(admin_client: Client) -> None:
    event = make_event(slug="first")
    Event.objects.update(slug="second")
    event.refresh_from_db()
    assert save(admin_client, event, slug="first").status_code == 302
    event.refresh_from_db()
    assert event.slug == "first"


def test_a_former_code_of_a_country_is_refused(admin_client: Client) -> None:
    make_country("XKX", "Kosovo")
    Country.objects.filter(iso3="XKX").update(iso3="XKS")
    other = make_country("SYR", "Syria")
    text = save(admin_client, other, iso3="XKX").content.decode()
    assert "“XKX” is a former one of “Kosovo”" in text


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"date": "2017-13"}, "“2017-13”"),
        ({"date": "2018/2017"}, "ends before it begins"),
        ({"title": ""}, "required"),
        ({"title": "a\x0bb"}, "invisible control character"),
        ({"title": "a\x00b"}, "Null characters"),
        ({"slug": "Upper Case"}, "valid “slug”"),
        ({"slug": "upper_case"}, "lower-case letters"),
        ({"slug": "taken"}, "already exists"),
        ({"standing": "true"}, "valid choice"),
        ({"kind": "99999999999999999999"}, "valid choice"),
    ],
)
def test_what_an_event_refuses(admin_client: Client, changes: dict[str, str], says: str) -> None:
    make_event(slug="taken")
    event = make_event(state="draft")
    (problem,) = problems(save(admin_client, event, **changes))
    assert says in problem


def test_same_role_twice_comes_back_as_an_error_with_nothing_lost(admin_client: Client) -> None:
    actor = make_actor()
    event = make_event(actor)
    page = address(event, "change")
    data = opened(admin_client, page) | {"title": "Typed at length"}
    data = inline_row(data, "participations", actor=actor.pk, role="participant")
    response = admin_client.post(page, data)
    assert any("duplicate" in problem for problem in problems(response))
    assert "Typed at length" in response.content.decode()


def test_same_citation_twice_comes_back_as_an_error_with_nothing_lost(
    admin_client: Client,
) -> None:
    event = make_event()
    source = event.citations.get().source
    page = address(event, "change")
    data = opened(admin_client, page) | {"title": "Typed at length"}
    data = inline_row(data, "citations", source=source.pk, locator="¶1.1", access="direct")
    response = admin_client.post(page, data)
    (problem,) = problems(response)
    assert problem.startswith("Citation: Citation with this Source, Locator, Which fact")
    assert "Typed at length" in response.content.decode()
    assert event.citations.count() == 1
    assert not list(response.context["messages"])


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"number": "9–1", "unit": "dead"}, "The lower number comes first"),
        ({"number": "1"}, "Of what? Give a unit"),
        ({"unit": "dead"}, "How many? A unit needs a number."),
        ({"number": "NaN", "unit": "dead"}, "“NaN” is no number here"),
        ({"number": "9" * 16, "unit": "dead"}, "at most 15 digits"),
    ],
)
def test_what_a_claim_refuses(admin_client: Client, changes: dict[str, str], says: str) -> None:
    found = problems(save(admin_client, make_claim(), **changes))
    assert any(says in problem for problem in found)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"latitude": "35"}, "Give both"),
        ({"latitude": "95", "longitude": "0", "precision": "exact"}, "from -90 to 90"),
        ({"latitude": "35", "longitude": "36"}, "Coordinates need a precision"),
        ({"latitude": "inf", "longitude": "36", "precision": "exact"}, "Enter a number"),
    ],
)
def test_what_a_location_refuses(admin_client: Client, changes: dict[str, str], says: str) -> None:
    found = problems(save(admin_client, make_location(), **changes))
    assert any(says in problem for problem in found)


def test_place_inside_itself_comes_back_as_an_error(admin_client: Client) -> None:
    outer = make_location(name="Outer")
    middle = make_location(parent=outer)
    inner = make_location(parent=middle)
    response = save(admin_client, outer, parent=inner.pk, note="Typed at length")
    assert problems(response) == ["This would make “Outer” a part of itself."]
    assert "Typed at length" in response.content.decode()
    assert Location.objects.get(pk=outer.pk).parent is None
    assert problems(save(admin_client, outer, parent=outer.pk))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"url": "javascript:alert(1)"}, "valid URL"),
        ({"url": "ftp://example.org/"}, "begins with https"),
    ],
)
def test_what_a_source_refuses(admin_client: Client, changes: dict[str, str], says: str) -> None:
    found = problems(save(admin_client, make_source(), **changes))
    assert any(says in problem for problem in found)


def test_what_a_citation_refuses(admin_client: Client) -> None:
    citation = cite(make_actor())
    found = problems(save(admin_client, citation, event=make_event().pk))
    assert found == ["Choose exactly one of these."]
    via = make_source().pk
    found = problems(save(admin_client, citation, via=via))
    assert found == ["A citation found through another source is second-hand."]
    assert save(admin_client, citation, via=via, access="second-hand").status_code == 302


def test_what_a_position_refuses(admin_client: Client) -> None:
    statement = make_statement()
    event = make_event()
    position = take_position(statement, "condemns", event=event)
    assert problems(save(admin_client, position, claim=make_claim().pk))
    assert problems(save(admin_client, position, event="", answered=statement.pk))
    page = address(statement, "change")
    data = inline_row(opened(admin_client, page), "positions", stance="denies")
    assert problems(admin_client.post(page, data)) == ["Choose exactly one of these."]
    data = inline_row(
        opened(admin_client, page), "positions", stance="denies", answered=statement.pk
    )
    (problem,) = problems(admin_client.post(page, data))
    assert "No statement answers itself." in problem
    data = inline_row(opened(admin_client, page), "positions", stance="condemns", event=event.pk)
    (problem,) = problems(admin_client.post(page, data))
    assert "already exists" in problem


def test_protected_record_is_not_deleted(admin_client: Client) -> None:
    actor = make_actor()
    make_event(actor)
    page = admin_client.post(address(actor, "delete"), {"post": "yes"})
    assert "protected" in page.content.decode()
    actor.refresh_from_db()
    for model, record in ((Source, make_source()), (Claim, make_claim()), (Event, make_event())):
        assert admin_client.post(address(record, "delete"), {"post": "yes"}).status_code == 302
        assert not model.objects.filter(pk=record.pk).exists()


def test_published_events_are_deleted_together_with_their_citations(admin_client: Client) -> None:
    events = [make_event(), make_event()]
    make_claim(events[0])
    data = {"action": "delete_selected", "_selected_action": [e.pk for e in events], "post": "yes"}
    assert admin_client.post(address(Event, "changelist"), data).status_code == 302
    assert not Event.objects.exists()


def test_event_is_found_by_title_and_slug(admin_client: Client) -> None:
    make_event(title="Chemical attack", slug="khan-sheikhoun")
    make_event(title="A visit", slug="visit")
    for words in ("chemical", "attack chem", "khan-sh"):
        found = admin_client.get(address(Event, "changelist"), {"q": words}).context["cl"]
        assert [event.slug for event in found.result_list] == ["khan-sheikhoun"]


def test_unknown_record_leads_back(admin_client: Client) -> None:
    for key in ("999999", "99999999999999999999", "x"):
        assert admin_client.get(f"/admin/events/event/{key}/change/").status_code == 302


def test_curators_cite_names_and_countries_on_their_pages(admin_client: Client) -> None:
    actor, place, source = make_actor(), make_location(), make_source()
    for record in (
        actor.names.create(language="ru", name="Имя"),
        place.names.create(language="ar", name="اسم"),
        make_country(),
    ):
        page = address(record, "change")
        data = opened(admin_client, page)
        data = inline_row(data, "citations", source=source.pk, locator="p. 3", access="direct")
        assert admin_client.post(page, data).status_code == 302
        assert record.citations.get().locator == "p. 3"
    # From the page of the actor or place, the way to its name's own.
    for record in (actor, place):
        shown = admin_client.get(address(record, "change")).content.decode()
        assert f'href="{address(record.names.get(), "change")}' in shown


def test_codes_of_countries_are_offered_for_countries_alone(admin_client: Client) -> None:
    def offered(record: Any) -> set[str]:
        page = admin_client.get(address(record, "change"))
        (formset,) = (
            inline.formset
            for inline in page.context["inline_admin_formsets"]
            if inline.formset.prefix == "citations"
        )
        return {value for value, _label in formset.empty_form.fields["aspect"].choices}

    codes = {"iso", "gw", "cow", "fips", "existence"}
    assert codes | {"name", ""} <= offered(make_country())
    assert offered(make_actor()) == set(Citation.Aspect.values) - codes
