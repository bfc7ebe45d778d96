"""Templates of the project raise in the tests where they ask for what is not there."""

from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Permission, User
from django.http import QueryDict
from django.template import Context, Engine, Origin, Template
from django.test import Client, RequestFactory
from django.test.signals import template_rendered

from actors.models import Actor, Country
from config.db.changes import recorded_as
from config.http.faults import server_error
from events.merging.planning import plan_merge
from events.merging.writing import Wishes, lock, write
from events.models import Event, HistoryChange, HistoryEntry, Location, Source, Statement
from tests.config.accounts.signing_in import (
    PASSWORD,
    grow_stale,
    sign_in,
    type_code,
    with_factor,
)
from tests.curating import OF_ALL_RECORDS, ConflictPage, opened
from tests.curating import address as address_of_admin_page
from tests.factories import make_actor, make_claim, make_event
from tests.strict_templates import MissingValueError, own_template

FOLDER = Path(settings.BASE_DIR) / "templates"
MISSING = [
    "{{ event.place }}",
    "{{ event.place|default:'none' }}",
    "{{ event.slug|default:event.place }}",
    "{% if event.place %}yes{% else %}no{% endif %}",
    "{% if not event.place or event.slug %}yes{% endif %}",
    "{% for row in event.places %}{{ row }}{% endfor %}",
    "{% with place=event.place %}{{ place }}{% endwith %}",
    "{% if evnt %}yes{% endif %}",
    "{% firstof event.place event.slug %}",
    "{% include '_date_mark.html' with when=event.when %}",
    "{% if event.slug %}{% for part in event.parts %}{{ part }}{% endfor %}{% endif %}",
    "{% blocktranslate %}In {{ place }}{% endblocktranslate %}",
    "{% blocktranslate with place=event.place %}In {{ place }}{% endblocktranslate %}",
]


def render(text: str, *, file: Path = FOLDER / "events" / "made_up.html") -> str:
    template = Template(text, origin=Origin(str(file)), engine=Engine.get_default())
    return template.render(Context({"event": {"slug": "a"}, "query": QueryDict("q=b")}))


@pytest.mark.parametrize("text", MISSING)
def test_a_missing_value_raises_in_a_template_of_the_project(text: str) -> None:
    with pytest.raises(MissingValueError, match=r"events/made_up\.html"):
        render(text)


def test_what_is_there_and_what_an_address_lacks_is_written() -> None:
    assert render("{% if event.slug %}{{ event.slug }}{% endif %}") == "a"
    assert (
        render("{{ query.q }}{{ query.page|default:'1' }}{% if query.page %}x{% endif %}") == "b1"
    )


def test_words_with_names_in_them_find_what_is_there() -> None:
    words = (
        "{% blocktranslate count n=2 with slug=event.slug %}{{ n }}{% plural %}{{ n }} {{ slug }}"
    )
    assert render(words + "{% endblocktranslate %}") == "2 a"


def test_templates_of_libraries_are_left_as_they_are() -> None:
    assert render("{% if nothing %}a{% else %}b{% endif %}", file=Path("/library/a.html")) == "b"


@pytest.fixture
def rendered() -> Iterator[set[str]]:
    """The project's templates that were rendered since the test began."""
    names: set[str] = set()

    def note(template: Template, **_: object) -> None:
        names.add(own_template(template.origin))

    template_rendered.connect(note)
    yield names
    template_rendered.disconnect(note)


def addresses() -> list[str]:
    """Pages of every kind, with and without a filter and with one that is not understood."""
    lists = ["/", "/events/", "/actors/", "/locations/", "/statements/", "/sources/", "/relations/"]
    records = [
        *Event.objects.all(),
        *Actor.objects.all(),
        *Location.objects.all(),
        *Statement.objects.all(),
        *Source.objects.all(),
        *Country.objects.filter(iso3__in=["RUS", "SYR", "SUN"]),
    ]
    return [
        *lists,
        "/?view=full",
        "/timeline/",
        "/timeline/?nonsense=1",
        "/timeline/?q=nothing",
        "/timeline/?lanes=country&height=same&span=1950",
        "/timeline/?span=2017-04&event=khan-sheikhoun-chemical-attack",
        "/timeline/?view=table",
        "/embed/timeline/",
        "/embed/timeline/?lanes=nonsense",
        *(f"{address}?q=russia" for address in lists),
        *(f"{address}?nonsense=1" for address in lists),
        *(row.get_absolute_url() for row in records),
        "/events/khan-sheikhoun-chemical-attack/?says=table",
        "/events/khan-sheikhoun-chemical-attack/?says=nonsense",
        "/relations/russia/united-states/",
        "/relations/russia/united-states/?direction=to",
        "/events/facets/actor/",
        "/events/facets/actor/?find=russia",
        "/countries/",
        "/countries/RUS/?on=2017-04-06",
        "/countries/RUS/?on=nonsense",
        "/suggest/?q=til",
        "/embed/events/",
        "/map/",
        "/map/?at=34.84,38.98&wide=900&place=syria",
        "/map/?at=nonsense",
        "/embed/map/",
        "/embed/map/?nonsense=1",
        "/about/",
        "/about/exports/",
        "/api/",
        "/nothing/",
    ]


def ask_for_the_beginning(client: Client) -> None:
    """What a curator of an empty chronology is led through."""
    with patch("events.desk.site.is_new", return_value=True):
        assert client.get("/admin/").status_code == 200
    for step in ("source", "event"):
        assert client.get(f"/admin/events/{step}/add/?begin=1").status_code == 200


def ask_as_one_who_may_only_see_rows(page: str) -> None:
    client, user = Client(), User.objects.create_user("reader", is_staff=True)
    kinds = ["participation", "claim", "statement", "position", "eventlink"]
    names = ["change_event", *(f"view_{kind}" for kind in kinds)]
    codes = [*names, *OF_ALL_RECORDS]
    user.user_permissions.set(Permission.objects.filter(codename__in=codes))
    client.force_login(user)
    assert client.get(page).status_code == 200


def ask_for_history(client: Client, event: Event) -> None:
    """Of a changed event, two versions compared, a deletion, and taking a change back."""
    for title in ("First", "Second"):
        with recorded_as(origin=title):
            Event.objects.filter(pk=event.pk).update(title=title)
    unused = make_actor()
    with recorded_as(origin="deleting"):
        unused.delete()
    pair = "&".join(
        f"{side}={HistoryEntry.objects.get(origin=title).pk}"
        for side, title in (("from", "First"), ("to", "Second"))
    )
    history = address_of_admin_page(event, "history")
    gone = HistoryChange.objects.get(entry__origin="deleting", kind="actor")
    for page in (history, f"{history}?{pair}", "/admin/deleted/?kind=actor"):
        assert client.get(page).status_code == 200
    assert client.get(f"/admin/restore/?change={gone.pk}").status_code == 200


def ask_for_pages_of_curators(client: Client) -> None:
    """First page and forms, and what comes where others changed or deleted the record."""
    ask_for_the_beginning(client)
    for address in ("/admin/", "/admin/find/?q=russia", "/admin/find/?q=none-such"):
        assert client.get(address).status_code == 200
    for query in ("actors/actor/pick/?q=putn", "events/location/pick/?q=Camp X, Town Y, Syria"):
        assert client.get(f"/admin/{query}").status_code == 200
    assert client.get("/admin/events/event/?in=none-such").status_code == 200
    event = Event.objects.first()
    assert event is not None
    assert client.get(address_of_admin_page(event, "delete")).status_code == 200
    page = address_of_admin_page(event, "change")
    form = opened(client, page) | {"title": "Another", "snapshot": ""}
    assert ConflictPage(client.post(page, form)).choices == {"title": ["theirs", "mine"]}
    assert client.post(page, opened(client, page) | {"title": ""}).status_code == 200
    grid = f"/admin/events/event/grid/?ids={event.pk}"
    assert client.get(grid).status_code == 200
    ask_as_one_who_may_only_see_rows(page)
    for title in ("Another", ""):
        assert client.post(grid, {f"row-{event.pk}-title": title}).status_code == 200
    ask_for_history(client, event)
    ask_for_pages_of_merging(client)
    gone = page.replace("/events/event/", "/auth/user/").replace(str(event.pk), "0")
    assert client.post(gone, {"username": "dan"}).status_code == 200


def ask_for_pages_of_signing_in(client: Client) -> None:
    """With a second factor and without, when the password was given of late and long ago."""
    user = User.objects.get(username="curator")
    own = "/admin/account/"
    assert client.get(own).status_code == 200
    assert client.get(f"{own}second-factor/").status_code == 200
    with_factor(user)
    pages = ["", "second-factor/remove/", "recovery-codes/", "recovery-codes/new/"]
    for page in (*(own + page for page in pages), f"/admin/auth/user/{user.pk}/second-factor/"):
        assert client.get(page).status_code == 200
    grow_stale(client)
    assert client.get(f"{own}recovery-codes/").status_code == 200
    other = Client()
    User.objects.filter(pk=user.pk).update(password=make_password(PASSWORD))
    sign_in(other, name="curator")
    assert type_code(other, "wrong").status_code == 200


def ask_for_pages_of_merging(client: Client) -> None:
    """Which two, what would change, and taking it back."""
    kept, gone = make_actor(slug="kept"), make_actor(slug="went", note="A note.")
    make_event(kept, gone)
    page = address_of_admin_page(kept, "change").replace("/change/", "/merge/")
    assert client.get(f"{page}?with={gone.pk}").status_code == 200
    assert client.post(f"{page}?with={gone.pk}", {"_two": "1"}).status_code == 302
    assert client.post(f"{page}?with={gone.pk}", {"_merge": "1"}).status_code == 200
    both = lock(Actor, kept.pk, gone.pk)
    assert both is not None
    merged = write(plan_merge(*both), Wishes(language="en"))
    assert client.get(page).status_code == 200
    assert client.get(f"{page}{merged.gone}/undo/").status_code == 200


def test_every_template_is_rendered_with_nothing_missing(
    loaded: None, client: Client, rendered: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("events.charts.histogram.FEWEST", 1)
    monkeypatch.setattr("events.pages.lanes._MOST_OF_ALL", 12)
    attack = Event.objects.get(slug="khan-sheikhoun-chemical-attack")
    make_claim(attack, kind="number", low=80, high=90, unit="people killed")
    for address in addresses():
        assert client.get(address).status_code in (200, 404), address
        client.get(address, headers={"HX-Request": "true"})
    assert client.get("/admin/login/").status_code == 200
    client.force_login(User.objects.create_superuser("curator"))
    for row in (Event, Actor, Location, Statement, Source, Country):
        made = row.objects.first()
        assert made is not None
        assert client.get(address_of_admin_page(made, "change")).status_code == 200
        if row is not Country:
            assert client.get(f"{made.get_absolute_url()}?preview=1").status_code == 200
    article = Source.objects.get(slug="us-russian-relations-deteriorate-over-syria")
    page = client.post(
        address_of_admin_page(Source, "changelist"),
        {"action": "withdraw", "_selected_action": [article.pk]},
    )
    assert page.status_code == 200
    assert client.get("/admin/events/").status_code == 200
    source = address_of_admin_page(article, "change")
    withdrawn = opened(client, source) | {"state": "withdrawn"}
    assert client.post(source, withdrawn).status_code == 200
    ask_for_pages_of_curators(client)
    ask_for_pages_of_signing_in(client)
    server_error(RequestFactory().get("/"))
    files = {file.relative_to(FOLDER).as_posix() for file in FOLDER.rglob("*.html")}
    assert files - rendered == set()
