"""Kinds of event, kinds of actor and roles, as curators name and order them."""

from html.parser import HTMLParser
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actors.models import Actor, ActorKind
from config.admin.refusals import all_or_nothing
from events.models import Event, EventType, Participation, Role
from tests.curating import address, inline_row, opened, problems
from tests.factories import make_actor, make_event, make_kind

pytestmark = pytest.mark.django_db


def offered(client: Client, model: type[Model], field: str, term: str) -> list[str]:
    words: Any = model._meta.get_field(field).related_model
    if words is not EventType:
        # Kinds of actor and roles are few, and chosen from a list; their own list is searched.
        listed = client.get(address(words, "changelist"), {"q": term}).context["cl"]
        return [str(word) for word in listed.result_list]
    found = client.get(f"{address(words, 'changelist')}pick/", {"q": term}).json()
    return [option["name"] for option in found["options"]]


class Headings(HTMLParser):
    """Which models stand under which heading beside a list."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}
        self._is_in = ""
        self._section = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "caption" or (tag == "th" and ("scope", "row") in attrs):
            self._is_in = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._is_in:
            self._is_in = ""

    def handle_data(self, data: str) -> None:
        text = data.strip()
        if text and self._is_in == "caption":
            self._section = text
            self.found[text] = []
        elif text and self._is_in == "th" and self._section:
            self.found[self._section].append(text)


@pytest.mark.parametrize(
    ("model", "field", "term", "first"),
    [
        (Event, "kind", "coup", "Coup"),
        (Event, "kind", "putsch", "Coup"),
        (Event, "kind", "arrest", "Arrest"),
        (Event, "kind", "election", "Election"),
        (Event, "kind", "referendum", "Election"),
        (Event, "kind", "ASSAULT", "Attack"),
        (Event, "kind", "custody", "Arrest"),
        (Actor, "kind", "party", "Political party"),
        (Actor, "kind", "court", "Court"),
        (Actor, "kind", "ministry", "Agency"),
        (Participation, "role", "casualty", "victim"),
        (Participation, "role", "called", "called upon"),
    ],
)
def test_words_are_found_by_names_synonyms_and_descriptions(
    admin_client: Client, model: type[Model], field: str, term: str, first: str
) -> None:
    assert offered(admin_client, model, field, term)[0] == first


def test_words_of_curators_are_found_and_stand_in_their_order(admin_client: Client) -> None:
    ActorKind.objects.create(
        slug="tribe", name="Tribe", nature="group", synonyms="clan\nlineage", order=5
    )
    assert offered(admin_client, Actor, "kind", "clan") == ["Tribe"]
    assert offered(admin_client, Actor, "kind", "")[:2] == ["Tribe", "Person"]
    form = admin_client.get(address(Actor, "add")).context["adminform"].form
    assert [str(label) for _value, label in form.fields["kind"].choices][1:3] == ["Tribe", "Person"]
    page = admin_client.get(address(Actor, "changelist")).content.decode()
    assert page.index(">Tribe</a>") < page.index(">Person</a>")


def test_a_list_of_records_is_filtered_by_the_slug_of_a_word(admin_client: Client) -> None:
    make_actor(name="The court", kind="court")
    make_actor(name="Somebody", kind="person")
    page = admin_client.get(address(Actor, "changelist"), {"kind__slug__exact": "court"})
    assert page.status_code == 200
    assert [row.name for row in page.context["cl"].result_list] == ["The court"]


def test_they_stand_under_a_heading_of_their_own(admin_client: Client) -> None:
    found = Headings(admin_client.get(address(Event, "changelist")).content.decode()).found
    words = ["Kinds of actor", "Kinds of event", "Roles", "Scales"]
    assert found["Words we use"] == words
    assert {"Actors", "Countries", "Offices held"} <= set(found["Actors"])
    assert not set(words) & {*found["Actors"], *found["Events"]}


@pytest.mark.parametrize(
    ("model", "name", "values", "slug"),
    [
        (EventType, "Roadblock or siege", {}, "roadblock-or-siege"),
        (ActorKind, "Youth league", {"nature": "organisation"}, "youth-league"),
        (Role, "Go-between", {"side": "neither"}, "go-between"),
        (Role, "x" * 49 + " y", {"side": "neither"}, "x" * 49),
    ],
)
def test_a_slug_is_made_from_the_name(
    admin_client: Client, model: Any, name: str, values: dict[str, str], slug: str
) -> None:
    data = {"name": name, "slug": "", "order": 5} | values
    assert admin_client.post(address(model, "add"), data).status_code == 302
    word = model.objects.get(name=name)
    assert (word.slug, word.order) == (slug, 5)


def test_a_name_of_other_letters_asks_for_a_slug(admin_client: Client) -> None:
    data = {"name": "Переворот", "slug": "", "order": 5}
    [problem] = problems(admin_client.post(address(EventType, "add"), data))
    assert problem == "Give it a slug: none can be made from this name."
    data["slug"] = "perevorot"
    assert admin_client.post(address(EventType, "add"), data).status_code == 302
    kind = EventType.objects.get(slug="perevorot")
    assert (kind.name, kind.plover, kind.quad) == ("Переворот", "", "")


def words_in_use() -> list[Any]:
    actor = make_actor(kind="court")
    Participation.objects.create(event=make_event(), actor=actor, role_id="mediator")
    return [actor.kind, Role.objects.get(slug="mediator")]


def test_a_slug_in_use_stays_and_a_name_may_change(admin_client: Client) -> None:
    for word in words_in_use():
        page = address(word, "change")
        before = word.slug
        data = opened(admin_client, page)
        [problem] = problems(admin_client.post(page, data | {"slug": "another"}))
        assert problem == f"“{before}” is in use and stays. The name can be changed."
        assert admin_client.post(page, data | {"name": "Another name"}).status_code == 302
        word.refresh_from_db()
        assert (word.slug, word.name) == (before, "Another name")


def test_a_slug_that_nothing_uses_may_change(admin_client: Client) -> None:
    for word in (ActorKind.objects.get(slug="party"), Role.objects.get(slug="witness")):
        page = address(word, "change")
        data = opened(admin_client, page)
        assert admin_client.post(page, data | {"slug": "another"}).status_code == 302
        word.refresh_from_db()
        assert word.slug == "another"


def test_an_emptied_slug_stays_as_it_was(admin_client: Client) -> None:
    kind = EventType.objects.get(slug="coup")
    page = address(kind, "change")
    assert admin_client.post(page, opened(admin_client, page) | {"slug": ""}).status_code == 302
    kind.refresh_from_db()
    assert kind.slug == "coup"


def test_a_word_in_use_is_not_deleted_and_the_page_names_what_uses_it(
    admin_client: Client,
) -> None:
    fields: list[tuple[Any, str]] = [(Actor, "kind"), (Participation, "role")]
    for word, (model, field) in zip(words_in_use(), fields, strict=True):
        response = admin_client.post(address(word, "delete"), {"post": "yes"})
        assert response.status_code == 200
        record = model.objects.get(**{field: word})
        assert address(record, "change") in response.content.decode()
        word.refresh_from_db()
    unused = ActorKind.objects.get(slug="company")
    assert admin_client.post(address(unused, "delete"), {"post": "yes"}).status_code == 302
    assert not ActorKind.objects.filter(slug="company").exists()


def test_the_database_refuses_it_whoever_writes() -> None:
    for word in words_in_use():
        rows = type(word).objects.filter(pk=word.pk)
        with pytest.raises(IntegrityError), all_or_nothing():
            rows.update(slug="another")
        with pytest.raises(IntegrityError), all_or_nothing():
            rows._raw_delete("default")


def test_a_kind_and_a_role_are_saved_by_their_slugs(admin_client: Client) -> None:
    event = make_event(kind=make_kind("coup"))
    page = address(event, "change")
    data = inline_row(
        opened(admin_client, page), "participations", actor=make_actor().pk, role="mediator"
    )
    assert admin_client.post(page, data).status_code == 302
    assert Participation.objects.get(event=event).role_id == "mediator"
    data = inline_row(
        opened(admin_client, page), "participations", actor=make_actor().pk, role="made-up"
    )
    [problem] = problems(admin_client.post(page, data))
    assert problem.startswith("Select a valid choice.")


def test_a_kind_made_on_the_way_is_chosen_by_its_slug(admin_client: Client) -> None:
    data = {"name": "Tribe", "nature": "group", "order": 5, "_popup": "1", "_to_field": "slug"}
    response = admin_client.post(address(ActorKind, "add"), data)
    assert "&quot;value&quot;: &quot;tribe&quot;" in response.content.decode()


def test_a_form_reads_the_words_once_for_all_its_rows(admin_client: Client) -> None:
    def read(number: int) -> int:
        event = make_event(*(make_actor() for _ in range(number)))
        with CaptureQueriesContext(connection) as captured:
            assert admin_client.get(address(event, "change")).status_code == 200
        return sum('FROM "events_role"' in query["sql"] for query in captured)

    assert read(2) == read(12) == 1
