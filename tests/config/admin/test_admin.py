"""What the admin of every model does alike."""

from html.parser import HTMLParser

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User
from django.db import IntegrityError, connection, transaction
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actors.models import Actor, ActorName, Country, Tenure
from config.db.versions import data_version
from events.models import (
    Chronology,
    Citation,
    Claim,
    Event,
    EventLink,
    EventType,
    Location,
    LocationName,
    Participation,
    Position,
    Scale,
    Source,
    Statement,
)
from tests.curating import address, opened
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
CURATED = [
    *(Actor, Country, Tenure, Citation, Claim, Event, EventLink, EventType, Location),
    *(ActorName, LocationName, Participation, Position, Scale, Source, Statement),
]


def make_chronology(times: int = 1) -> None:
    """As many rows of every curated model, at least, each with all that its name is made of."""
    for number in range(times):
        number += EventType.objects.count()
        code = f"{chr(65 + number // 26)}{chr(65 + number % 26)}A"
        country = make_country(code, f"Country {code}")
        state = make_actor(country=country)
        state.names.create(language="ru", name="Россия")
        actor = make_actor(part_of=state, country=country)
        town = make_location(parent=make_location(country=country), country=country)
        town.names.create(language="ru", name="Город")
        kind = EventType.objects.create(slug=f"k{number}", name=f"K{number}", quad="neutral")
        event = make_event(actor, location=town, kind=kind)
        claim = make_claim(event, kind="number", low=70, high=80, unit="people")
        statement = make_statement(actor, location=town, occasion=event)
        statement.audience.add(state)
        answer = make_statement(state)
        scale = Scale.objects.create(
            name=f"Scale {number}", version="1", low=-10, high=10, reference="A paper"
        )
        scale.scores.create(kind=kind, score=1)
        cite(EventLink.objects.create(from_event=make_event(), to_claim=claim, relation="about"))
        cite(Tenure.objects.create(person=actor, office="Mayor", body=state, began="2016"))
        cite(Participation.objects.get(event=event))
        cite(take_position(statement, "denies", claim=claim), make_source())
        take_position(answer, "rejects", answered=statement)
        cite(actor)
        cite(town)


class Page(HTMLParser):
    """Counts first headings, and all that the Content-Security-Policy would stop."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.headings = 0
        self.forbidden: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        self.headings += tag == "h1"
        inline_script = tag == "script" and "src" not in names
        if inline_script or tag == "style" or "style" in names:
            self.forbidden.append(self.get_starttag_text() or tag)
        self.forbidden += [name for name in names if name.startswith("on")]


def assert_is_a_page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    policy = {part.strip() for part in response["Content-Security-Policy"].split(";")}
    assert {"default-src 'none'", "script-src 'self'", "style-src 'self'"} <= policy
    page = Page(response.content.decode())
    assert (page.headings, page.forbidden) == (1, []), path
    return response.content.decode()


def test_every_curated_model_is_registered() -> None:
    registered = set(admin.site._registry)
    assert set(CURATED) <= registered
    assert registered - set(CURATED) == {User, Group, Chronology}


def test_every_page_answers_under_the_security_policy(admin_client: Client) -> None:
    make_chronology()
    Group.objects.create(name="Readers")
    assert_is_a_page(admin_client, "/admin/")
    for model in admin.site._registry:
        record = model._default_manager.first()
        assert record is not None, model
        assert_is_a_page(admin_client, address(model, "changelist"))
        assert_is_a_page(admin_client, address(record, "change"))
        if model is not Chronology:
            assert_is_a_page(admin_client, address(model, "add"))
            assert_is_a_page(admin_client, address(record, "delete"))
        assert_is_a_page(admin_client, address(record, "history"))


def test_there_is_one_chronology_and_its_title_stands_above_the_timeline(
    admin_client: Client, client: Client
) -> None:
    chronology = Chronology.objects.get()
    assert admin_client.get("/admin/events/chronology/add/").status_code == 403
    assert admin_client.get(address(chronology, "delete")).status_code == 403
    assert '<h1 dir="auto">Timeline</h1>' in client.get("/").content.decode()
    version = data_version()
    path = address(chronology, "change")
    words = {"title": "The harvest", "description": "From one diary."}
    assert admin_client.post(path, opened(admin_client, path) | words).status_code == 302
    text = client.get("/").content.decode()
    assert "<title>The harvest · Chancery</title>" in text
    assert '<h1 dir="auto">The harvest</h1>' in text
    assert "<bdi>From one diary.</bdi>" in text
    assert data_version() != version
    with pytest.raises(IntegrityError, match="control_free"), transaction.atomic():
        Chronology.objects.update(title="a\x01b")


def test_pages_are_named_and_lead_to_the_site(admin_client: Client) -> None:
    page = assert_is_a_page(admin_client, "/admin/")
    assert "· Chancery</title>" in page
    assert 'href="/"' in page
    assert "Django" not in page


def queries(client: Client) -> dict[str, int]:
    """How many each model's list asks."""
    counts = {}
    for model in CURATED:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address(model, "changelist")).status_code == 200
        counts[model.__name__] = len(captured)
    return counts


def test_lists_ask_as_often_for_thirty_rows_as_for_three(admin_client: Client) -> None:
    make_chronology(3)
    queries(admin_client)  # fills the cache of content types
    few = queries(admin_client)
    make_chronology(27)
    assert queries(admin_client) == few
    assert max(few.values()) < 20  # that of events counts what is not cited


def suggestions(client: Client, model: type[Model], field: str, term: str) -> list[str]:
    names = {"app_label": model._meta.app_label, "model_name": model._meta.model_name}
    query = names | {"field_name": field, "term": term}
    response = client.get("/admin/autocomplete/", query)
    assert response.status_code == 200
    return [result["text"] for result in response.json()["results"]]


def test_actors_are_suggested_by_any_name_without_accents(admin_client: Client) -> None:
    make_actor(name="Émile Zola", slug="emile-zola")
    putin = make_actor(name="Vladimir Putin", slug="vladimir-putin")
    putin.names.create(language="ru", name="Владимир Путин")
    make_actor(name="Anna", slug="anna")
    for term in ("putin", "путин", "vlad put", "vladimir-p"):
        assert suggestions(admin_client, Participation, "actor", term) == ["Vladimir Putin"]
    assert suggestions(admin_client, Participation, "actor", "emile") == ["Émile Zola"]
    everybody = suggestions(admin_client, Participation, "actor", "")
    assert everybody == ["Anna", "Émile Zola", "Vladimir Putin"]
    assert suggestions(admin_client, Participation, "actor", "100%") == []


def test_every_foreign_key_but_those_of_no_form_is_suggested(admin_client: Client) -> None:
    make_chronology()
    for model_admin in [admin.site._registry[model] for model in CURATED]:
        inlines = [inline(model_admin.model, admin.site) for inline in model_admin.inlines]
        for form in [model_admin, *inlines]:
            for field in form.autocomplete_fields:
                assert suggestions(admin_client, form.model, field, "")
        selects = [
            field.name
            for field in model_admin.model._meta.fields
            if field.is_relation and field.name not in model_admin.autocomplete_fields
        ]
        assert selects == [], model_admin


def test_suggestions_ask_as_often_for_twenty_as_for_three(admin_client: Client) -> None:
    def count(model: type[Model], field: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            suggestions(admin_client, model, field, "")
        return len(captured)

    fields = [(Citation, "statement"), (Citation, "link"), (Citation, "tenure")]
    fields += [(Citation, "participation"), (Position, "answered")]
    make_chronology(3)
    few = [count(*field) for field in fields]
    make_chronology(20)
    assert [count(*field) for field in fields] == few


@pytest.mark.parametrize("query", ["title__regex=(", "title__iregex=(", "title__contains=a"])
def test_undeclared_lookup_is_refused(admin_client: Client, query: str) -> None:
    assert admin_client.get(f"/admin/events/event/?{query}").status_code == 400


@pytest.mark.parametrize("model", CURATED)
def test_no_lookup_reaches_what_is_not_declared(admin_client: Client, model: type[Model]) -> None:
    page = address(model, "changelist")
    for query in ("pk__regex=(", "id__gt=1", "citations__note__regex=(", "state__regex=("):
        assert admin_client.get(f"{page}?{query}").status_code == 400, query


def test_declared_filters_work(admin_client: Client) -> None:
    kind = make_event(slug="draft", state="draft").kind
    make_event(slug="public")
    found = admin_client.get(f"/admin/events/event/?state__exact=draft&kind__id__exact={kind.pk}")
    assert [event.slug for event in found.context["cl"].result_list] == ["draft"]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("_facets=1", 200),
        ("q=(", 200),
        ("q=%25_%5C", 200),
        ("q=" + "x" * 5000, 200),
        ("q=%00", 400),
        ("o=99.-7.x", 200),
        ("p=99999999999999999999", 200),
        ("p=x", 200),
        ("all=", 200),
        ("kind__id__exact=x", 302),
        ("kind__id__exact=99999999999999999999", 200),
        ("state__exact=nonsense", 200),
    ],
)
def test_strange_queries_are_harmless(admin_client: Client, query: str, status: int) -> None:
    make_event()
    make_event(kind=make_kind("consult"))
    assert admin_client.get(f"/admin/events/event/?{query}").status_code == status


@pytest.mark.parametrize("query", ["term=%00", "term=(", "term=" + "x" * 5000])
def test_strange_terms_are_harmless(admin_client: Client, query: str) -> None:
    field = "app_label=events&model_name=participation&field_name=actor"
    status = 400 if "%00" in query else 200
    assert admin_client.get(f"/admin/autocomplete/?{field}&{query}").status_code == status


def test_view_on_site_shows_curators_what_is_not_public(admin_client: Client) -> None:
    public, draft = make_event(slug="public"), make_event(slug="draft", state="draft")
    page = admin_client.get(address(public, "change")).content.decode()
    assert 'href="/events/public/"' in page
    page = admin_client.get(address(draft, "change")).content.decode()
    assert 'href="/events/draft/?preview=1"' in page
    assert admin_client.get("/events/draft/?preview=1").status_code == 200
    participation = Participation.objects.create(event=public, actor=make_actor(), role="host")
    page = admin_client.get(address(participation, "change")).content.decode()
    assert "View on site" not in page


@pytest.fixture
def staff(client: Client) -> User:
    """A curator without any permission, who is signed in."""
    user = User.objects.create_user("staff", is_staff=True)
    client.force_login(user)
    return user


def test_accounts_take_no_lookup_but_their_filters(admin_client: Client) -> None:
    page = reverse("admin:auth_user_changelist")
    assert admin_client.get(page, {"is_staff__exact": "1"}).status_code == 200
    for lookup in ("username__regex", "password__startswith", "email__iregex"):
        assert admin_client.get(page, {lookup: "("}).status_code == 400


def allow(user: User, *codenames: str) -> None:
    user.user_permissions.add(*Permission.objects.filter(codename__in=codenames))


def test_staff_without_permission_see_nothing(client: Client, staff: User) -> None:
    event = make_event()
    assert client.get("/admin/").context["app_list"] == []
    for page in (address(Event, "changelist"), address(Event, "add"), address(event, "change")):
        assert client.get(page).status_code == 403
    field = "app_label=events&model_name=participation&field_name=actor"
    assert client.get(f"/admin/autocomplete/?{field}").status_code == 403


def test_viewers_see_and_change_nothing(client: Client, staff: User) -> None:
    allow(staff, "view_event", "view_citation")
    event = make_event()
    assert_is_a_page(client, address(event, "change"))
    assert client.post(address(event, "change"), {"title": "Mine"}).status_code == 403
    listed = client.get(address(Event, "changelist"))
    assert listed.context["action_form"] is None
    client.post(
        address(Event, "changelist"), {"action": "withdraw", "_selected_action": [event.pk]}
    )
    event.refresh_from_db()
    assert event.is_published


def test_readers_are_sent_to_sign_in(client: Client) -> None:
    for page in ("/admin/", "/admin/events/event/", "/admin/events/event/edtf/?text=2017"):
        assert client.get(page).status_code == 302


def test_date_is_explained_when_asked(client: Client, staff: User) -> None:
    answer = client.get(reverse("admin:edtf"), {"text": "[2017-04-03..2017-04-09]"}).json()
    assert answer == {
        "text": "[2017-04-03..2017-04-09]",
        "understood": "Understood as: one day between 3 and 9 April 2017 "
        "(earliest 2017-04-03, latest 2017-04-09).",
    }
    answer = client.get(reverse("admin:edtf"), {"text": "2017-13"}).json()
    assert answer["understood"].startswith("Not understood: “2017-13”")
    assert client.get(reverse("admin:edtf")).status_code == 200
    assert client.get(reverse("admin:edtf"), {"text": "9" * 5000}).status_code == 200
    assert client.post(reverse("admin:edtf"), {"text": "2017"}).status_code == 405


def test_date_field_shows_what_it_understood(admin_client: Client) -> None:
    event = make_event(date="2017-04")
    page = admin_client.get(address(event, "change")).content.decode()
    assert "Understood as: April 2017 (earliest 2017-04-01, latest 2017-04-30)." in page
    assert 'aria-live="polite"' in page
    assert "between 3 and 9 April 2017" in page
    assert '<script src="/static/js/edtf.js"' in page
