"""Each role at each address: what it may see of records in each state, and what it may change.

Every address of the site and of the admin has a row in `ADDRESSES` or `ENDINGS`; one without fails.
"""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver

from actors.models import Actor, Country
from events.exports.registry import FORMATS_OF
from events.models import (
    Chronology,
    Claim,
    Event,
    HistoryChange,
    Location,
    Source,
    Statement,
)
from tests.curating import address, inline_row, opened, problems
from tests.events.curated import (
    ADMINISTRATOR,
    ANOTHER,
    CONTRIBUTOR,
    EDITOR,
    NOBODY,
    RECORDS,
    ROLES,
    ROWS,
    Curated,
    make_curated,
)
from tests.events.hidden import CANARY

Addresses = Callable[[Curated], Iterator[str]]
WORDS = ("plain", CANARY, "Ownwren")


@pytest.fixture(scope="module", params=["draft", "withdrawn"])
def curated(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any
) -> Iterator[Curated]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_curated(request.param)
        transaction.set_rollback(True)


def routes() -> Iterator[str]:
    def walk(patterns: Any, before: str) -> Iterator[str]:
        for pattern in patterns:
            route = before + str(pattern.pattern)
            if hasattr(pattern, "url_patterns"):
                yield from walk(pattern.url_patterns, route)
            else:
                yield route

    return walk(get_resolver().url_patterns, "")


# What fills the addresses


def as_they_are(*addresses: str) -> Addresses:
    return lambda curated: iter(addresses)


def of_records(model: Any, *forms: str) -> Addresses:
    """`forms` have the slug or the key of each record of the kind, for preview, too."""

    def addresses(curated: Curated) -> Iterator[str]:
        for record in model.objects.order_by("pk"):
            for form in forms:
                made = form.format(getattr(record, "slug", None) or record.pk, key=record.pk)
                yield from (made, f"{made}?preview=1")

    return addresses


def searched(page: str) -> Addresses:
    return as_they_are(page, *(f"{page}?q={word}" for word in WORDS), f"{page}?preview=1")


def relations(curated: Curated) -> Iterator[str]:
    for actor in Actor.objects.exclude(slug="plain-person"):
        yield f"/relations/plain-person/{actor.slug}/?preview=1"


def outputs(name: str) -> Addresses:
    return as_they_are(*(f"/{name}.{extension}?preview=1" for extension in FORMATS_OF[name]))


def view_on_site(curated: Curated) -> Iterator[str]:
    for model in RECORDS:
        kind = ContentType.objects.get_for_model(model).pk
        for record in curated.of(model).values():
            yield f"/admin/r/{kind}/{record.pk}/"


def histories(curated: Curated) -> Iterator[str]:
    """Of records, and of rows that belong to one or to none."""
    for model in (*RECORDS, *ROWS):
        name = f"{model._meta.app_label}/{model._meta.model_name}"
        for key in model._default_manager.order_by("-pk").values_list("pk", flat=True)[:4]:
            yield f"/admin/{name}/{key}/history/"


def taken_back(curated: Curated) -> Iterator[str]:
    changes = HistoryChange.objects.order_by("-pk")[:5]
    yield from (f"/admin/restore/?change={change.pk}" for change in changes)
    yield from (f"/admin/restore/?entry={change.entry_id}" for change in changes)
    for record in curated.of(Event).values():
        yield f"/admin/restore/?record=event:{record.pk}&to={changes[0].pk}"


ADDRESSES: dict[str, Addresses] = {
    "": searched("/"),
    "events/": searched("/events/"),
    "events/facets/<slug:name>/": as_they_are("/events/facets/actor/?find=quill&preview=1"),
    "events/<slug:slug>/": of_records(Event, "/events/{}/"),
    "events/<slug:slug>.ics": of_records(Event, "/events/{}.ics"),
    "events/<slug:slug>.json": of_records(Event, "/events/{}.json"),
    "events/<slug:slug>/citation.<citation_form:form>": of_records(
        Event, "/events/{}/citation.bib"
    ),
    "timeline/": searched("/timeline/"),
    "events.<str:extension>": outputs("events"),
    "statements.<str:extension>": outputs("statements"),
    "timeline.svg": as_they_are("/timeline.svg?preview=1"),
    "embed/events/": as_they_are("/embed/events/?preview=1"),
    "embed/timeline/": as_they_are("/embed/timeline/?preview=1"),
    "map/": searched("/map/"),
    "map.svg": as_they_are("/map.svg?preview=1"),
    "embed/map/": as_they_are("/embed/map/?preview=1"),
    "actors/": searched("/actors/"),
    "actors/<slug:slug>/": of_records(Actor, "/actors/{}/"),
    "actors/<slug:slug>/citation.<citation_form:form>": of_records(
        Actor, "/actors/{}/citation.json"
    ),
    "countries/": as_they_are("/countries/?preview=1"),
    "countries/<str:iso3>/": as_they_are("/countries/SYR/?preview=1"),
    "locations/": searched("/locations/"),
    "locations/<slug:slug>/": of_records(RECORDS[2], "/locations/{}/"),
    "statements/": searched("/statements/"),
    "statements/<int:pk>/": of_records(Statement, "/statements/{key}/"),
    "statements/<int:pk>/citation.<citation_form:form>": of_records(
        Statement, "/statements/{key}/citation.bib"
    ),
    "sources/": searched("/sources/"),
    "sources/<slug:slug>/": of_records(Source, "/sources/{}/"),
    "relations/": searched("/relations/"),
    "relations/<slug:first>/<slug:second>/": relations,
    "suggest/": searched("/suggest/"),
    "api/": as_they_are("/api/"),
    "api/openapi.json": as_they_are("/api/openapi.json"),
    "api/events/deleted": as_they_are("/api/events/deleted"),
    **{
        f"api/{model._meta.model_name}s": as_they_are(f"/api/{model._meta.model_name}s")
        for model in RECORDS
    },
    **{
        f"api/{model._meta.model_name}s/<str:key>": of_records(
            model, f"/api/{model._meta.model_name}s/{{}}"
        )
        for model in RECORDS
    },
    "api/<path:rest>": as_they_are("/api/nothing"),
    "about/": as_they_are("/about/"),
    "about/exports/": as_they_are("/about/exports/"),
    "robots.txt": as_they_are("/robots.txt"),
    "sitemap.xml": as_they_are("/sitemap.xml"),
    "sitemap-<slug:name>.xml": as_they_are("/sitemap-events.xml", "/sitemap-actors.xml"),
    "healthz": as_they_are("/healthz"),
    "readyz": as_they_are("/readyz"),
    "admin/": as_they_are("/admin/"),
    "admin/begin/": as_they_are("/admin/begin/"),
    "admin/begin/example/": as_they_are("/admin/begin/example/"),
    "admin/find/": searched("/admin/find/"),
    "admin/login/": as_they_are("/admin/login/"),
    "admin/logout/": as_they_are("/admin/logout/"),
    "admin/password_change/": as_they_are("/admin/password_change/"),
    "admin/password_change/done/": as_they_are("/admin/password_change/done/"),
    **{
        f"admin/account/{page}": as_they_are(f"/admin/account/{page}")
        for page in (
            "",
            "code/",
            "second-factor/",
            "second-factor/remove/",
            "recovery-codes/",
            "recovery-codes/new/",
        )
    },
    "admin/deleted/": as_they_are("/admin/deleted/", "/admin/deleted/?kind=event&q=plain"),
    "admin/restore/": taken_back,
    "admin/<slug:app>/<slug:model>/<path:object_id>/history/": histories,
    "admin/jsi18n/": as_they_are("/admin/jsi18n/"),
    "admin/auth/user/<id>/password/": lambda curated: (
        f"/admin/auth/user/{user.pk}/password/" for user in User.objects.all()
    ),
    "admin/events/source/<int:key>/cite-from/": of_records(
        Source, "/admin/events/source/{key}/cite-from/"
    ),
    "admin/^(?P<app_label>actors|auth|events)/$": as_they_are("/admin/events/", "/admin/auth/"),
    "admin/r/<path:content_type_id>/<path:object_id>/": view_on_site,
    "admin/(?P<url>.*)$": as_they_are("/admin/nothing/"),
}
CHANGE = "<path:object_id>/change/"
# Of each model in the admin, with its prefix before them.
ENDINGS: dict[str, tuple[str, ...]] = {
    "": ("", f"?q={CANARY}", "?_to_field=id&_popup=1"),
    "add/": ("add/",),
    "edtf/": ("edtf/?text=2017",),
    "number/": ("number/?text=3",),
    "pick/": ("pick/", f"pick/?q={CANARY}", "pick/?q=plain"),
    "pick/make/": ("pick/make/",),
    "pick/take-back/": ("pick/take-back/",),
    "<path:object_id>/history/": ("{}/history/",),
    "<path:object_id>/delete/": ("{}/delete/",),
    CHANGE: ("{}/change/",),
    "<path:object_id>/": ("{}/",),
}
MERGED: tuple[Any, ...] = (Actor, Event, Location, Source)
OF_KINDS: dict[str, tuple[tuple[Any, ...], tuple[str, ...]]] = {
    "grid/": (RECORDS, ("grid/?ids={}",)),
    "<path:object_id>/merge/": (MERGED, ("{}/merge/",)),
    "<path:object_id>/merge/<uuid:gone>/undo/": (
        MERGED,
        ("{}/merge/00000000-0000-0000-0000-000000000000/undo/",),
    ),
    "<path:object_id>/second-factor/": ((User,), ("{}/second-factor/",)),
}


def endings_of(model: Any) -> dict[str, tuple[str, ...]]:
    left_out = ("edtf/", "number/", "pick/") if model in (User, Group) else ()
    shared = {ending: forms for ending, forms in ENDINGS.items() if not ending.startswith(left_out)}
    own = {ending: forms for ending, (models, forms) in OF_KINDS.items() if model in models}
    return shared | own


def models_of_admin() -> dict[str, Any]:
    return {
        f"admin/{model._meta.app_label}/{model._meta.model_name}/": model
        for model in admin.site._registry
    }


def test_every_address_has_a_row() -> None:
    prefixes = models_of_admin()
    expected = set(ADDRESSES)
    for prefix, model in prefixes.items():
        expected |= {prefix + ending for ending in endings_of(model)}
    assert set(routes()) == expected


# Of a record, and asked of records alone: what belongs to one is narrowed in the same way.
OF_RECORDS = {ending for ending in ENDINGS if "object_id" in ending} - {CHANGE}
# The same for every kind: asked of events alone.
OF_ANY = ("edtf/", "number/", "pick/make/", "pick/take-back/")


def keys_of(curated: Curated, model: Any) -> list[int]:
    """Of a record in each state; of the first and the last rows; of one word, one account."""
    if model in RECORDS:
        leading = [curated.public.placeless.pk] if model is Event else []
        return [*(record.pk for record in curated.of(model).values()), *leading]
    keys = list(model._default_manager.order_by("pk").values_list("pk", flat=True))
    return [keys[0], *keys[-4:]] if model in ROWS else keys[:1]


def of_admin(curated: Curated) -> Iterator[str]:
    for prefix, model in models_of_admin().items():
        for ending, forms in endings_of(model).items():
            if (ending in OF_ANY and model is not Event) or (
                ending in OF_RECORDS and model in ROWS
            ):
                continue
            for form in forms if model in (*RECORDS, *ROWS) else forms[:1]:
                keys = keys_of(curated, model) if "{}" in form else [0]
                yield from (f"/{prefix}{form.format(key)}" for key in keys)


def told(response: HttpResponse) -> str:
    body = response.getvalue() if response.streaming else response.content
    return body.decode() + response.get("Location", "")


def leaks(curated: Curated, role: str, addresses: Iterator[str]) -> list[tuple[str, str]]:
    client, words = curated.client(role), curated.forbidden(role)
    found = []
    for asked in dict.fromkeys(addresses):
        response = client.get(asked)
        assert response.status_code < 500, asked
        text = told(response).replace(asked.partition("?q=")[2] or "\0", "")
        found += [(asked, word) for word in words if word.lower() in text.lower()]
        if "hidden-" in response.get("Location", "") and CANARY in words:
            found.append((asked, response["Location"]))
    return found


@pytest.mark.parametrize("role", [NOBODY, CONTRIBUTOR])
def test_the_site_tells_nothing_that_is_hidden_from_the_role(curated: Curated, role: str) -> None:
    site = (one for addresses in ADDRESSES.values() for one in addresses(curated))
    assert leaks(curated, role, site) == []


@pytest.mark.parametrize("role", [NOBODY, CONTRIBUTOR, ANOTHER])
def test_the_admin_tells_nothing_that_is_hidden_from_the_role(curated: Curated, role: str) -> None:
    assert leaks(curated, role, of_admin(curated)) == []


# What each role may do with a record of each lot: the answers to GET of three pages.

SEEN, FORBIDDEN, GONE = 200, 403, 302
PAGES = ("change", "delete", "history")
ANSWERS: dict[str, dict[str, tuple[int, int, int]]] = {
    CONTRIBUTOR: {
        "own": (SEEN, SEEN, FORBIDDEN),
        "theirs": (GONE, GONE, FORBIDDEN),
        "published": (SEEN, FORBIDDEN, FORBIDDEN),
    },
    EDITOR: dict.fromkeys(("own", "theirs", "published"), (SEEN, SEEN, SEEN)),
    ADMINISTRATOR: dict.fromkeys(("own", "theirs", "published"), (SEEN, SEEN, SEEN)),
}


@pytest.mark.parametrize("role", list(ANSWERS))
def test_pages_of_records_answer_by_role_and_state(curated: Curated, role: str) -> None:
    client = curated.client(role)
    for model in RECORDS:
        for lot, record in curated.of(model).items():
            answers = tuple(client.get(address(record, page)).status_code for page in PAGES)
            assert answers == ANSWERS[role][lot], (model, lot)


CLOSED: dict[str, tuple[str, ...]] = {
    CONTRIBUTOR: ("chronology/1/change/", "eventtype/add/", "role/add/", "scale/add/"),
    EDITOR: ("chronology/1/change/",),
}


@pytest.mark.parametrize("role", [CONTRIBUTOR, EDITOR])
def test_accounts_and_the_chronology_are_administrators(curated: Curated, role: str) -> None:
    client = curated.client(role)
    for page in CLOSED[role]:
        assert client.get(f"/admin/events/{page}").status_code in (302, 403), page
    for page in ("user/", "user/add/", "group/", f"user/{curated.accounts[EDITOR].pk}/password/"):
        assert client.get(f"/admin/auth/{page}").status_code == 403, page
    for page in ("begin/", "begin/example/"):
        assert client.post(f"/admin/{page}", {"title": "Taken"}).status_code == 403


def test_previews_show_what_the_role_may_see(curated: Curated) -> None:
    for role in ROLES:
        client = curated.client(role)
        for lot, record in curated.of(Event).items():
            sees = {
                "published": True,
                "own": role in (CONTRIBUTOR, EDITOR, ADMINISTRATOR),
                "theirs": role in (EDITOR, ADMINISTRATOR)
                or (role == ANOTHER and curated.state == "draft"),
            }[lot]
            response = client.get(f"{record.get_absolute_url()}?preview=1")
            assert (response.status_code == 200) == sees, (role, lot)


# Forged requests


def stored() -> dict[str, str]:
    """A digest of each table of records and of roles, and what accounts are."""
    found = {}
    models: tuple[Any, ...] = (*RECORDS, *ROWS, Chronology, Country, Group, User.groups.through)
    with connection.cursor() as cursor:
        for table in (model._meta.db_table for model in models):
            digest = "SELECT md5(string_agg(t::text, '|' ORDER BY id))"
            cursor.execute(f"{digest} FROM {table} AS t")
            [found[table]] = cursor.fetchone()
    accounts = User.objects.order_by("pk").values_list("username", "is_superuser", "password")
    return found | {"accounts": str(list(accounts))}


def forged(curated: Curated) -> Iterator[tuple[str, dict[str, Any]]]:
    """What a contributor must not get done; as an editor's forms would send it."""
    editor = curated.client(EDITOR)
    for model in RECORDS:
        lots = curated.of(model)
        plural = address(model, "changelist")
        for lot in ("theirs", "published"):
            page = address(lots[lot], "change")
            yield page, opened(editor, page) | {"internal_note": "forged", "state": "draft"}
            yield address(lots[lot], "delete"), {"post": "yes"}
            chosen = {"_selected_action": [lots[lot].pk], "post": "yes", "change_reason": "forged"}
            yield plural, chosen | {"action": "delete_selected"}
            yield plural, chosen | {"action": "withdraw"}
        chosen = {"_selected_action": [row.pk for row in lots.values()]}
        yield plural, chosen | {"action": "publish"}
        yield f"{plural}pick/take-back/", {"key": [lots["theirs"].pk]}
    for rows in (curated.public.event.participations, curated.public.event.citations):
        row = rows.first()
        assert row is not None
        yield address(row, "delete"), {"post": "yes"}
        page = address(row, "change")
        yield page, opened(editor, page) | {"note": "forged"}
    public = curated.public.event
    part = {"event": public.pk, "actor": curated.public.whole.pk, "role": "victim"}
    yield "/admin/events/participation/add/", _with_blank_rows(editor, "participation") | part
    syria = {"source": curated.public.source.pk, "locator": "forged", "access": "direct"}
    yield "/admin/events/citation/add/", syria | {"country": Country.objects.get(iso3="SYR").pk}
    yield "/admin/events/citation/add/", syria | {"event": public.pk}
    for account in curated.accounts.values():
        page = f"/admin/auth/user/{account.pk}"
        yield f"{page}/password/", {"password1": "a long forgery", "password2": "a long forgery"}
        yield f"{page}/change/", {"username": account.username, "is_superuser": "on"}
    yield "/admin/events/chronology/1/change/", {"title": "forged"}


def _with_blank_rows(editor: Client, name: str) -> dict[str, Any]:
    return opened(editor, f"/admin/events/{name}/add/")


def test_forged_requests_of_a_contributor_change_nothing(curated: Curated) -> None:
    client = curated.client(CONTRIBUTOR)
    requests = list(forged(curated))
    before = stored()
    for page, data in requests:
        response = client.post(page, data)
        assert response.status_code in (200, 302, 400, 403), page
        assert stored() == before, (page, response.status_code)
    assert (
        client.post(f"/admin/events/source/{curated.hidden.source.pk}/cite-from/").status_code
        == 404
    )


def undone(test: Callable[..., None]) -> Callable[..., None]:
    @wraps(test)
    def run(*args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            test(*args, **kwargs)
            transaction.set_rollback(True)

    return run


@undone
def test_a_contributor_changes_and_deletes_drafts_of_its_own(curated: Curated) -> None:
    client = curated.client(CONTRIBUTOR)
    for model in (Event, Claim, Statement, Location, Source):
        record = curated.own[model]
        page = address(record, "change")
        data = opened(client, page) | {"internal_note": "Changed", "state": "published"}
        assert client.post(page, data).status_code == 302, model
        record.refresh_from_db()
        # What leads to a record that the contributor may not see stays, and so does the state.
        assert (record.internal_note, record.state) == ("Changed", "draft")
    event = curated.own[Event]
    assert Event.objects.get(pk=event.pk).location == curated.hidden.place
    assert event.participations.filter(actor=curated.hidden.actor).exists()
    messages = [str(one) for one in client.get("/admin/").context["messages"]]
    told = "Not saved as “Published”: only an editor may do that. It is “Draft”."
    assert told in messages
    said = curated.own[Statement]
    assert client.post(address(said, "delete"), {"post": "yes"}).status_code == 302
    assert not Statement.objects.filter(pk=said.pk).exists()


@undone
def test_a_draft_chooses_nothing_that_is_hidden(curated: Curated) -> None:
    client, hidden = curated.client(CONTRIBUTOR), curated.hidden
    page = address(Event, "add")
    data = opened(client, page) | {
        "title": "Mine",
        "kind": curated.public.event.kind.pk,
        "standing": "reported",
    }
    refused = client.post(page, data | {"location": hidden.place.pk})
    assert "Select a valid choice" in refused.content.decode()
    row = {"actor": hidden.actor.pk, "role": "victim"}
    refused = client.post(page, inline_row(data, "participations", **row))
    assert "Select a valid choice" in refused.content.decode()
    cited = {"on": "event", "source": hidden.source.pk, "locator": "1", "access": "direct"}
    refused = client.post(page, inline_row(data, "citations", **cited))
    assert refused.status_code == 200
    assert not Event.objects.filter(title="Mine").exists()
    claims = inline_row(data, "claims", text="Mine, too")
    answer = client.post(page, claims)
    assert answer.status_code == 302, problems(answer)
    made = Event.objects.get(title="Mine")
    assert (made.state, made.claims.get().state) == ("draft", "draft")
    # Both are records that the contributor has entered.
    for record in (made, made.claims.get()):
        assert client.get(address(record, "change")).status_code == 200
        assert curated.client(ANOTHER).get(address(record, "change")).status_code == 302


@undone
def test_an_administrator_gives_no_more_than_it_has(curated: Curated) -> None:
    client = curated.client(ADMINISTRATOR)
    root = User.objects.create_superuser("root")
    assert client.post(f"/admin/auth/user/{root.pk}/password/", {}).status_code == 403
    assert client.post(address(root, "delete"), {"post": "yes"}).status_code == 403
    greater = Group.objects.create(name="greater")
    greater.permissions.set(Permission.objects.all())
    account = curated.accounts[ANOTHER]
    page = address(account, "change")
    text = client.get(page).content.decode()
    assert "Contributor: enters drafts" in text
    assert "is_superuser" not in text
    data = opened(client, page)
    editors = Group.objects.get(name=EDITOR)
    refused = client.post(page, data | {"groups": [greater.pk]})
    assert refused.status_code == 200
    given = data | {"groups": [editors.pk], "is_superuser": "on"}
    assert client.post(page, given).status_code == 302
    account.refresh_from_db()
    assert list(account.groups.all()) == [editors]
    assert not account.is_superuser
