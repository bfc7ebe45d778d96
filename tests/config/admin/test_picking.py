"""Choosing records by typing, with a script and without, and drafts of what is missing."""

import re
from typing import Any

import pytest
from django.contrib.admin.models import ADDITION, DELETION, LogEntry
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actors.models import Actor, ActorKind
from events.models import Citation, Event, Location, Participation, Source, Statement
from tests.curating import address, opened, problems
from tests.factories import (
    cite,
    make_actor,
    make_country,
    make_event,
    make_kind,
    make_location,
    make_source,
    make_statement,
)

pytestmark = pytest.mark.django_db
ACTORS = "/admin/actors/actor/pick/"
PLACES = "/admin/events/location/pick/"


def offered(client: Client, page: str, words: str) -> Any:
    response = client.get(page, {"q": words})
    assert response.status_code == 200
    return response.json()


def names(answer: Any) -> list[str]:
    return [option["name"] for option in answer["options"]]


def facts(answer: Any) -> list[str]:
    return [option["facts"] for option in answer["options"]]


def cite_from(client: Client, source: Source) -> None:
    """Chooses the source of the session."""
    session = client.session
    session["cited_from"] = [source.pk]
    session.save()


def make(client: Client, page: str, text: str, *kinds: str, **more: str) -> HttpResponse:
    return client.post(f"{page}make/", {"text": text, "kind": kinds} | more)


def take_back(client: Client, page: str, *keys: int) -> HttpResponse:
    return client.post(f"{page}take-back/", {"key": keys})


def problem_of(response: HttpResponse, status: int = 400) -> str:
    assert response.status_code == status
    return str(response.json()["problem"])  # type: ignore[attr-defined]


@pytest.fixture
def curator(client: Client) -> User:
    """One who may add and change actors, and see no more; signed in."""
    user = User.objects.create_user("curator", is_staff=True)
    allow(user, "view_actor", "add_actor", "change_actor")
    client.force_login(user)
    return user


def allow(user: User, *codenames: str) -> None:
    user.user_permissions.add(*Permission.objects.filter(codename__in=codenames))


# What is offered


def test_an_option_says_kind_country_other_names_and_use(admin_client: Client) -> None:
    country = make_country("BFA", "Burkina Faso")
    movement = make_actor(name="Patriotic Movement", kind="armed-group", country=country)
    movement.names.create(language="fr", name="MPSR")
    make_event(movement, date="2022-01-24")
    make_event(movement, date="2022-02")
    make_statement(movement)
    make_actor(name="Patriotic Union", kind="other", state="draft", part_of=movement)
    answer = offered(admin_client, ACTORS, "patriotic")
    assert names(answer) == ["Patriotic Movement", "Patriotic Union"]
    assert facts(answer) == [
        "Armed group · Burkina Faso · also “\u2068MPSR\u2069” · in 2 events, from Jan 2022 · "
        "1 statement",
        "Draft · Other · part of \u2068Patriotic Movement\u2069",
    ]
    assert [option["is_draft"] for option in answer["options"]] == [False, True]
    assert answer["options"][0]["address"] == address(movement, "change")


def test_what_is_not_known_is_not_guessed(admin_client: Client) -> None:
    make_event(make_actor(name="Gendarmes", kind="agency"), date="2011~")
    make_location(name="Inata")
    make_location(name="Burkina Faso", kind="country")
    assert facts(offered(admin_client, ACTORS, "gend")) == [
        "Agency · country not given · in 1 event, 2011"
    ]
    assert facts(offered(admin_client, PLACES, "inata")) == ["Town or village · country not given"]
    assert facts(offered(admin_client, PLACES, "burk")) == ["Country"]


@pytest.mark.parametrize(
    ("model", "words", "said"),
    [
        ("events/event", "dawn", ["24 January 2022 · Assault · Inata"]),
        ("events/source", "bbc", ["Article · BBC News · cited once"]),
        ("events/eventtype", "assault", ["With force."]),
        ("events/claim", "dead", ["Draft · Proposition · Attack at dawn"]),
        ("events/statement", "sorry", ["no date"]),
        ("actors/country", "bfa", ["BFA"]),
    ],
)
def test_each_kind_of_record_says_what_tells_it_apart(
    admin_client: Client, model: str, words: str, said: list[str]
) -> None:
    make_country("BFA", "Burkina Faso", exists_from="", exists_until="")
    place, kind = make_location(name="Inata"), make_kind("assault", description="With force.")
    kind.name = "Assault"
    kind.save()
    event = make_event(title="Attack at dawn", date="2022-01-24", location=place, kind=kind)
    cite(event, make_source(title="BBC, 24 January", publisher="BBC News"))
    event.claims.create(slug="dead", text="Fifty dead")
    make_statement(paraphrase="Was sorry")
    assert facts(offered(admin_client, f"/admin/{model}/pick/", words)) == said


def test_the_only_one_of_the_name_is_marked_and_first(admin_client: Client) -> None:
    for name in ("Mali, Government of", "Mali", "Mali Lions"):
        make_actor(name=name)
    answer = offered(admin_client, ACTORS, "MALI")
    assert names(answer) == ["Mali", "Mali Lions", "Mali, Government of"]
    assert answer["marked"] == 0
    make_actor(name="Mali")
    assert offered(admin_client, ACTORS, "mali")["marked"] is None


def test_the_first_that_has_the_words_is_marked(admin_client: Client) -> None:
    make_actor(name="Lions of Mali")
    make_actor(name="Friends of Mali")
    answer = offered(admin_client, ACTORS, "mal")
    assert (names(answer)[answer["marked"]], answer["doubles"]) == ("Friends of Mali", 0)


def test_another_name_makes_a_likely_double(admin_client: Client) -> None:
    movement = make_actor(name="Patriotic Movement for Safeguard")
    movement.names.create(language="fr", name="MPSR")
    make_actor(name="MPSR Veterans")
    answer = offered(admin_client, ACTORS, "mpsr")
    assert names(answer) == ["Patriotic Movement for Safeguard", "MPSR Veterans"]
    assert (answer["doubles"], answer["marked"]) == (1, 0)
    assert "Perhaps already here, under another name" in answer["panel"]


@pytest.mark.parametrize("words", ["MPSR junta", "the MPSR junta of 2022", "Patriotik Movment"])
def test_names_that_are_near_are_likely_doubles_and_not_marked(
    admin_client: Client, words: str
) -> None:
    movement = make_actor(name="Patriotic Movement for Safeguard")
    movement.names.create(language="fr", name="MPSR")
    make_actor(name="Gendarmes")
    answer = offered(admin_client, ACTORS, words)
    assert names(answer) == ["Patriotic Movement for Safeguard"]
    assert (answer["doubles"], answer["marked"]) == (1, None)


def test_no_words_offer_the_first_twenty(admin_client: Client) -> None:
    for number in range(25):
        make_actor(name=f"Band {number:02}")
    assert names(offered(admin_client, ACTORS, "")) == [f"Band {n:02}" for n in range(20)]
    assert len(names(offered(admin_client, ACTORS, "band"))) == 20
    assert names(offered(admin_client, ACTORS, "!!!")) == []


def test_an_offer_asks_as_often_for_twenty_as_for_three(admin_client: Client) -> None:
    make_country("BFA", "Burkina Faso")
    make_location(name="Burkina Faso", kind="country")

    def count(page: str, words: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            offered(admin_client, page, words)
        return len(captured)

    asked = [(ACTORS, "band"), (ACTORS, "bands of them"), (PLACES, "X, Y, Z, Burkina Faso")]
    asked += [(f"/admin/events/{name}/pick/", "band") for name in ("event", "source", "statement")]
    for times in (3, 20):
        for number in range(times):
            actor = make_actor(name=f"Band {times} {number}", part_of=make_actor())
            actor.names.create(language="fr", name=f"Bande {times} {number}")
            make_event(actor, title=f"Band {times} {number}", location=make_location())
            make_source(title=f"Band {times} {number}")
            make_statement(actor, paraphrase=f"Band {number}")
        counts = [count(*one) for one in asked]
        if times == 3:
            few = counts
    assert counts == few
    assert max(few) <= 25


# Drafts


def test_a_draft_is_made_logged_and_cites_the_source_at_its_place(admin_client: Client) -> None:
    source = make_source(title="BBC News")
    cite_from(admin_client, source)
    made = make(admin_client, ACTORS, "  MPSR   junta ", "armed-group", locator="¶9").json()
    actor = Actor.objects.get(slug="mpsr-junta")
    assert (actor.name, actor.kind_id, actor.state) == ("MPSR junta", "armed-group", "draft")
    assert (actor.country, actor.part_of) == (None, None)
    assert made["keys"] == [actor.pk]
    assert made["option"]["facts"] == "Draft · Armed group · country not given"
    assert made["said"] == "Draft made. It cites BBC News, ¶9."
    citation = Citation.objects.get(actor=actor)
    assert (citation.source, citation.locator) == (source, "¶9")
    [entry] = LogEntry.objects.filter(action_flag=ADDITION)
    assert (entry.object_id, entry.object_repr) == (str(actor.pk), "MPSR junta")


@pytest.mark.parametrize(
    ("given", "said", "number"),
    [
        ({}, "Draft made, without a citation.", 0),
        ({"locator": "  "}, "Draft made, without a citation.", 0),
        ({"whole": "1"}, "Draft made. It cites BBC News as a whole.", 1),
    ],
)
def test_without_a_place_nothing_is_cited_unless_as_a_whole(
    admin_client: Client, given: dict[str, str], said: str, number: int
) -> None:
    cite_from(admin_client, make_source(title="BBC News"))
    assert make(admin_client, ACTORS, "A band", "other", **given).json()["said"] == said
    assert Citation.objects.filter(actor__name="A band").count() == number


def test_the_panel_says_what_a_draft_would_cite(admin_client: Client) -> None:
    assert "No source is chosen to cite from" in offered(admin_client, ACTORS, "band")["panel"]
    cite_from(admin_client, make_source(title="BBC News"))
    panel = offered(admin_client, ACTORS, "band <b>")["panel"]
    assert "In BBC News at" in panel
    assert "Make a draft of “band &lt;b&gt;”, a …" in panel
    assert re.findall('data-picker-kind="([^"]+)"', panel) == list(
        ActorKind.objects.in_order().values_list("slug", flat=True)
    )


def test_a_slug_is_never_one_that_is_or_was_taken(admin_client: Client) -> None:
    former = make_actor(slug="a-band", name="Renamed")
    former.slug = "renamed"
    former.save()
    make_actor(slug="a-band-2")
    make(admin_client, ACTORS, "A band", "other")
    make(admin_client, ACTORS, "جماعة", "other")
    slugs = Actor.objects.filter(name__in=["A band", "جماعة"]).order_by("pk")
    assert [actor.slug for actor in slugs] == ["a-band-3", "actor"]


@pytest.mark.parametrize(
    ("text", "kinds", "problem"),
    [
        ("", ["other"], "A name has 1 to 200 characters."),
        ("x" * 201, ["other"], "A name has 1 to 200 characters."),
        ("A band", [], "Say of each new name what it is."),
        ("A band", ["orchestra"], "Say of each new name what it is."),
        ("A band", ["other", "other"], "Say of each new name what it is."),
        ("A \x7fband", ["other"], "This text holds an invisible control character (U+007F) at"),
    ],
)
def test_what_cannot_be_made_is_said(
    admin_client: Client, text: str, kinds: list[str], problem: str
) -> None:
    assert problem_of(make(admin_client, ACTORS, text, *kinds)).startswith(problem)
    assert Actor.objects.count() == 0


def test_a_citation_that_is_refused_leaves_no_draft(admin_client: Client) -> None:
    cite_from(admin_client, make_source())
    problem = problem_of(make(admin_client, ACTORS, "A band", "other", locator="x" * 500))
    assert "at most" in problem
    assert not Actor.objects.exists()
    assert not LogEntry.objects.exists()


def test_a_source_is_made_by_title_and_kind(admin_client: Client) -> None:
    assert make(admin_client, "/admin/events/source/pick/", "ECOWAS", "document").status_code == 201
    source = Source.objects.get(title="ECOWAS")
    assert (source.slug, source.kind, source.state) == ("ecowas", "document", "draft")


def test_kinds_of_event_are_not_made_here(admin_client: Client) -> None:
    page = "/admin/events/eventtype/pick/"
    assert "Nothing here has these words" in offered(admin_client, page, "xyzzy")["panel"]
    assert "Say of each" in problem_of(make(admin_client, page, "Coup", "neutral"))


def test_permissions_are_those_of_the_admin(client: Client, curator: User) -> None:
    make_actor(name="A band")
    assert names(offered(client, ACTORS, "band")) == ["A band"]
    assert client.get(PLACES).status_code == 403
    assert make(client, PLACES, "Inata", "town").status_code == 403
    # Citing is a permission of its own.
    cite_from(client, make_source())
    assert make(client, ACTORS, "One", "other", locator="¶1").status_code == 403
    assert make(client, ACTORS, "Two", "other").status_code == 201
    allow(curator, "add_citation")
    assert make(client, ACTORS, "Three", "other", locator="¶1").status_code == 201
    curator.user_permissions.remove(Permission.objects.get(codename="add_actor"))
    assert make(client, ACTORS, "Four", "other").status_code == 403
    assert "Make a draft" not in offered(client, ACTORS, "xyzzy")["panel"]
    assert set(Actor.objects.values_list("name", flat=True)) == {"A band", "Two", "Three"}


def test_readers_and_other_methods_are_refused(client: Client, admin_client: Client) -> None:
    reader = Client()
    for ending in ("", "make/", "take-back/"):
        assert reader.get(ACTORS + ending).status_code == 302
    assert problem_of(admin_client.post(ACTORS), 405)
    assert problem_of(admin_client.get(f"{ACTORS}make/"), 405)
    assert problem_of(admin_client.get(f"{ACTORS}take-back/"), 405)


def test_making_needs_the_token_of_the_form(admin_user: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin_user)
    assert make(client, ACTORS, "A band", "other").status_code == 403
    assert not Actor.objects.exists()


# Taking back


def test_a_draft_is_taken_back_with_its_citation(admin_client: Client) -> None:
    cite_from(admin_client, make_source())
    made = make(admin_client, ACTORS, "A band", "other", locator="¶9").json()
    answer = take_back(admin_client, ACTORS, *made["keys"])
    assert answer.json() == {"said": "The draft is taken back."}
    assert not Actor.objects.exists()
    assert not Citation.objects.exists()
    assert LogEntry.objects.filter(action_flag=DELETION, object_repr="A band").count() == 1


def test_what_is_used_or_published_or_of_others_is_not_taken_back(
    admin_client: Client, client: Client, curator: User
) -> None:
    used, tagged, public, own = (
        make(admin_client, ACTORS, name, "person").json()["keys"][0]
        for name in ("Used", "Tagged", "Public", "Own")
    )
    event = make_event()
    Participation.objects.create(event=event, actor_id=used, role_id="host")
    make_statement().audience.add(tagged)
    Actor.objects.filter(pk=public).update(state="published")
    in_use = "Something uses it by now: it was not taken back."
    not_own = "Only a draft that you have made yourself is taken back."
    assert problem_of(take_back(admin_client, ACTORS, used)) == in_use
    assert problem_of(take_back(admin_client, ACTORS, tagged)) == in_use
    assert problem_of(take_back(admin_client, ACTORS, public)) == not_own
    assert problem_of(take_back(admin_client, ACTORS, own, 10**17)) == not_own
    assert Actor.objects.filter(pk__in=[used, tagged, public, own]).count() == 4
    other = Client()
    other.force_login(curator)
    assert problem_of(take_back(other, ACTORS, own)) == not_own
    assert Actor.objects.filter(pk=own).exists()


# Places typed as a path


def test_a_path_finds_what_is_here_and_asks_for_the_rest(admin_client: Client) -> None:
    country = make_country("BFA", "Burkina Faso")
    land = make_location(name="Burkina Faso", kind="country", country=country)
    make_location(name="Centre", kind="province")  # of another country
    source = make_source(title="BBC News")
    cite_from(admin_client, source)
    path = "Camp X, Ouagadougou, Centre, Burkina Faso"
    panel = offered(admin_client, PLACES, path)["panel"]
    assert "3 of these names are new." in panel
    assert "Make 3 draft places" in panel
    assert "Country · already here" in panel
    answer = make(admin_client, PLACES, path, "province", "town", "site", locator="¶3").json()
    camp = Location.objects.get(name="Camp X")
    town = camp.parent
    assert town is not None
    assert town.parent is not None
    assert [(p.name, p.kind, p.state) for p in (camp, town, town.parent)] == [
        ("Camp X", "site", "draft"),
        ("Ouagadougou", "town", "draft"),
        ("Centre", "province", "draft"),
    ]
    assert town.parent.parent == land
    assert camp.country == country
    assert answer["keys"] == [town.parent.pk, town.pk, camp.pk]
    assert answer["option"]["key"] == camp.pk
    assert set(Citation.objects.filter(locator="¶3").values_list("location__name", flat=True)) == {
        "Camp X",
        "Ouagadougou",
        "Centre",
    }
    # Now the path is that of a place, and marked.
    found = offered(admin_client, PLACES, path)
    assert (names(found)[found["marked"]], found["doubles"]) == ("Camp X", 0)
    assert "is here already: choose it" in problem_of(make(admin_client, PLACES, path, "town"))
    assert take_back(admin_client, PLACES, *answer["keys"]).status_code == 200
    assert not Location.objects.filter(state="draft").exists()


def test_one_new_name_of_a_path_is_made_by_one_button(admin_client: Client) -> None:
    make_location(name="Burkina Faso", kind="country")
    panel = offered(admin_client, PLACES, "Inata, Burkina Faso")["panel"]
    assert "Make a draft of “Inata”, a …" in panel
    assert make(admin_client, PLACES, "Inata, Burkina Faso", "town").status_code == 201
    assert str(Location.objects.get(name="Inata").parent) == "Burkina Faso"


def test_a_place_of_that_name_elsewhere_is_a_likely_double(admin_client: Client) -> None:
    mali = make_location(name="Mali", kind="country")
    make_location(name="Burkina Faso", kind="country")
    make_location(name="Inata", parent=mali)
    answer = offered(admin_client, PLACES, "Inata, Burkina Faso")
    assert (names(answer), answer["doubles"], answer["marked"]) == (["Inata"], 1, None)


def test_a_name_of_several_places_is_not_guessed(admin_client: Client) -> None:
    for _ in range(2):
        make_location(name="Centre", kind="province")
    assert "Several places have one" in offered(admin_client, PLACES, "Camp, Centre")["panel"]
    problem = problem_of(make(admin_client, PLACES, "Camp, Centre", "site"))
    assert problem == "Several have the name “Centre”. Add what it lies in."


# Forms, as a browser without script sends them


def form_of(client: Client, page: str, **typed: str) -> dict[str, Any]:
    return opened(client, page) | typed


def ticks(html: str, name: str) -> list[str]:
    return re.findall(rf'<input type="(?:radio|checkbox)" name="{name}" value="([^"]*)"', html)


EVENT = {"title": "An attack", "slug": "an-attack", "standing": "reported"}


def test_a_name_that_one_record_has_chooses_it(admin_client: Client) -> None:
    page, kind = address(Event, "add"), make_kind("assault")
    place = make_location(name="Khān Sheikhoun")
    data = form_of(admin_client, page, **EVENT) | {
        "kind": "",
        "kind_text": str(kind),
        "kind_shown": "",
        "location": "",
        "location_text": "khan sheikhoun",
        "location_shown": "",
    }
    assert admin_client.post(page, data).status_code == 302
    event = Event.objects.get(slug="an-attack")
    assert (event.kind, event.location) == (kind, place)


def test_a_path_of_places_that_are_here_chooses_the_last(admin_client: Client) -> None:
    land = make_location(name="Burkina Faso", kind="country")
    inata = make_location(name="Inata", parent=land)
    make_location(name="Inata", parent=make_location(name="Mali"))
    page = address(Event, "add")
    data = form_of(admin_client, page, **EVENT, kind=str(make_kind().pk))
    data |= {"location_text": "Inata, Burkina Faso", "location_shown": ""}
    assert admin_client.post(page, data).status_code == 302
    assert Event.objects.get(slug="an-attack").location == inata


def test_words_that_were_changed_count_and_not_the_old_key(admin_client: Client) -> None:
    old, new = make_location(name="Idlib"), make_location(name="Homs")
    event = make_event(location=old)
    page = address(event, "change")
    data = form_of(admin_client, page)
    assert data["location"] == old.pk
    shown = {"location_shown": "Idlib", "location_text": "Homs"}
    assert admin_client.post(page, data | shown).status_code == 302
    event.refresh_from_db()
    assert event.location == new
    shown = {"location_shown": "Homs", "location_text": "", "location": str(new.pk)}
    assert admin_client.post(page, form_of(admin_client, page) | shown).status_code == 302
    event.refresh_from_db()
    assert event.location is None


def test_words_come_back_with_suggestions_to_tick(admin_client: Client) -> None:
    one, two = make_location(name="Inata"), make_location(name="Inata")
    page = address(Event, "add")
    data = form_of(admin_client, page, **EVENT, kind=str(make_kind().pk))
    response = admin_client.post(page, data | {"location_text": "inata", "location_shown": ""})
    [problem] = problems(response)
    assert problem == "Several have the name “inata”. Choose one of them below."
    html = response.content.decode()
    assert 'name="location_text" value="inata"' in html
    assert 'name="location_shown" value="inata"' in html
    offered_keys = ticks(html, "location_pick")
    assert set(offered_keys[:2]) == {str(one.pk), str(two.pk)}
    data |= {"location_text": "inata", "location_shown": "inata", "location_pick": str(two.pk)}
    assert admin_client.post(page, data).status_code == 302
    assert Event.objects.get(slug="an-attack").location == two


def test_a_draft_is_made_by_the_form(admin_client: Client) -> None:
    source = make_source(title="BBC News")
    cite_from(admin_client, source)
    event = make_event(state="draft")
    page = address(event, "change")
    row = {"actor": "", "actor_text": "MPSR junta", "actor_shown": "", "role": "host"}
    blank = {f"participations-0-{name}": text for name, text in row.items()}
    data = opened(admin_client, page) | blank
    response = admin_client.post(page, data)
    [problem] = problems(response)
    assert problem == "No actor here has the name “MPSR junta”. Choose below, or change it."
    html = response.content.decode()
    assert "new actors.actor armed-group" in ticks(html, "participations-0-actor_pick")
    assert 'name="participations-0-actor_locator"' in html
    data |= {
        "participations-0-actor_shown": "MPSR junta",
        "participations-0-actor_pick": "new actors.actor armed-group",
        "participations-0-actor_locator": "¶9",
    }
    saved = admin_client.post(page, data, follow=True)
    actor = Actor.objects.get(name="MPSR junta")
    assert (actor.kind_id, actor.state) == ("armed-group", "draft")
    assert Participation.objects.get(event=event).actor == actor
    assert Citation.objects.get(actor=actor).locator == "¶9"
    told = [str(message) for message in saved.context["messages"]]
    assert "MPSR junta: Draft made. It cites BBC News, ¶9." in told


def test_a_draft_stays_chosen_where_the_form_is_refused(admin_client: Client) -> None:
    page = address(Event, "add")
    data = form_of(admin_client, page) | {
        "location_text": "Inata",
        "location_shown": "Inata",
        "location_pick": "new events.location town",
    }
    response = admin_client.post(page, data)
    assert "This field is required." in problems(response)
    place = Location.objects.get(name="Inata")
    html = response.content.decode()
    assert f'name="location" value="{place.pk}"' in html
    assert "Draft · Town or village" in html
    assert ticks(html, "location_pick") == []


def test_drafts_of_a_path_are_made_by_the_form(admin_client: Client) -> None:
    page = address(Event, "add")
    data = form_of(admin_client, page, **EVENT, kind=str(make_kind().pk))
    typed = {"location_text": "Camp X, Inata", "location_shown": "Camp X, Inata"}
    response = admin_client.post(page, data | typed | {"location_shown": ""})
    html = response.content.decode()
    assert "new events.location" in ticks(html, "location_pick")
    assert "site" in ticks(html, "location_kind1")
    chosen = {"location_pick": "new events.location", "location_kind0": "town"}
    refused = problems(admin_client.post(page, data | typed | chosen))
    assert "Say of each new name what it is." in refused
    assert not Location.objects.exists()
    chosen |= {"location_kind1": "site"}
    assert admin_client.post(page, data | typed | chosen).status_code == 302
    place = Event.objects.get(slug="an-attack").location
    assert place is not None
    assert (place.name, place.kind, str(place.parent)) == ("Camp X", "site", "Inata")


@pytest.mark.parametrize(
    ("pick", "status"),
    [("new auth.user x", 403), ("new x x", 403), ("new no.model x", 403), ("new ", 403)],
)
def test_a_form_makes_nothing_else(admin_client: Client, pick: str, status: int) -> None:
    page = address(Event, "add")
    data = form_of(admin_client, page) | {"location_text": "A", "location_shown": "A"}
    assert admin_client.post(page, data | {"location_pick": pick}).status_code == status
    assert User.objects.count() == 1


def test_several_are_chosen_one_after_the_other(admin_client: Client) -> None:
    said, first, second = make_statement(), make_actor(name="Adam"), make_actor(name="Eve")
    twins = [make_actor(name="Twin"), make_actor(name="Twin")]
    said.audience.add(first)
    page = address(said, "change")
    data = form_of(admin_client, page)
    assert data["audience"] == [first.pk]
    typed = {"audience_text": "eve", "audience_shown": ""}
    assert admin_client.post(page, data | typed).status_code == 302
    assert set(said.audience.all()) == {first, second}
    # What was unticked is gone; words that are no name come back, with boxes to tick.
    typed = {"audience": [second.pk], "audience_text": "Twin", "audience_shown": ""}
    data = form_of(admin_client, page)
    response = admin_client.post(page, data | typed)
    assert problems(response) == ["Several have the name “Twin”. Choose one of them below."]
    offered_keys = ticks(response.content.decode(), "audience_pick")
    assert set(offered_keys[:2]) == {str(twin.pk) for twin in twins}
    typed |= {"audience_shown": "Twin", "audience_pick": [twins[1].pk]}
    assert admin_client.post(page, data | typed).status_code == 302
    assert set(said.audience.all()) == {second, twins[1]}
    data = form_of(admin_client, page)
    typed |= {
        "audience": [second.pk],
        "audience_text": "Crowd",
        "audience_shown": "Crowd",
        "audience_pick": ["add actors.actor population", twins[0].pk],
    }
    assert admin_client.post(page, data | typed).status_code == 302
    assert {str(one) for one in said.audience.all()} == {"Eve", "Crowd", "Twin"}


def test_whoever_may_not_see_actors_learns_no_names(client: Client) -> None:
    user = User.objects.create_user("staff", is_staff=True)
    held = ["view_statement", "change_statement", "review_statement", "publish_statement"]
    allow(user, *held, "view_citation")
    client.force_login(user)
    said = make_statement(make_actor(name="Speaker"))
    hidden = make_actor(name="Hidden")
    page = address(said, "change")
    data = form_of(client, page) | {"speaker_text": "Hidden", "speaker_shown": ""}
    response = client.post(page, data)
    [problem] = problems(response)
    assert problem == "No actor here has the name “Hidden”. Choose below, or change it."
    assert ticks(response.content.decode(), "speaker_pick") == []
    assert Statement.objects.get().speaker != hidden


def test_typed_words_stand_on_the_page_of_a_conflict(admin_client: Client) -> None:
    said = make_statement(make_actor(name="Old"))
    page = address(said, "change")
    data = form_of(admin_client, page)
    snapshot = admin_client.get(page).context["adminform"].form.initial["snapshot"]
    Statement.objects.update(speaker=make_actor(name="Theirs"))
    data |= {"snapshot": snapshot, "speaker_text": "2022", "speaker_shown": "Old"}
    response = admin_client.post(page, data)
    html = response.content.decode()
    assert "“2022”" in html
    assert "Theirs" in html
    kept = re.findall(r'name="(speaker[a-z_]*)" value="([^"]*)"', html)
    assert ("speaker_text", "2022") in kept
    answer = dict(kept) | data | {"choice-speaker": "theirs"}
    shown = re.search(r'name="snapshot" value="([^"]+)"', html)
    assert shown is not None
    saved = admin_client.post(page, answer | {"snapshot": shown[1]})
    assert saved.status_code == 302
    said.refresh_from_db()
    assert str(said.speaker) == "Theirs"
