"""Each spelling of a name finds the same record, in whatever box it is typed."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from actors.models import Actor
from events.models import Event, Location

# A spelling, and the actor or place that is meant.
ACTORS = {
    # Scripts, forms of letters and vowel signs.
    "ايران": "iran",
    "إيران": "iran",
    "ایران": "iran",
    "اﯾﺮان": "iran",
    "إيــران": "iran",
    "Иран": "iran",
    "بوتين": "vladimir-putin",
    "بُوتِين": "vladimir-putin",
    "فلاديمير بوتين": "vladimir-putin",
    "ﻓﻼﺩﻳﻤﻴﺮ": "vladimir-putin",
    "Путин": "vladimir-putin",
    "ПУТИН Владимир": "vladimir-putin",
    "تركيا": "turkey",
    "ترکیا": "turkey",
    "تركيى": "turkey",
    "Türkiye": "turkey",
    "Turkiye": "turkey",
    "TURKİYE": "turkey",
    "Турция": "turkey",
    "الكرملين": "kremlin",
    "كرملين": "kremlin",
    "ال كرملين": "kremlin",
    "الکرملین": "kremlin",
    "Кремль": "kremlin",
    "أوكرانيا": "ukraine",
    "اوكرانيا": "ukraine",
    "اوکرانیا": "ukraine",
    "Украина": "ukraine",
    "Україна": "ukraine",
    # Points, capitals and what nobody sees.
    "U.S.": "united-states",
    "U.S.A.": "united-states",
    "\uff35\uff33\uff21": "united-states",
    "usa": "united-states",
    "США": "united-states",
    "Соединенные Штаты": "united-states",
    "الولايات المتحدة": "united-states",
    "U.N.": "united-nations",
    "Uni\u00adted Na\u200btions": "united-nations",
    "Vladi\u2066mir": "vladimir-putin",
    # Typos.
    "Poutine": "vladimir-putin",
    "Puttin": "vladimir-putin",
    "Putín": "vladimir-putin",
    "Путен": "vladimir-putin",
    "بوتن": "vladimir-putin",
    "Tilerson": "rex-tillerson",
    "Tillersen": "rex-tillerson",
    "Тилерсон": "rex-tillerson",
    "Trumpp": "donald-trump",
    "Трампп": "donald-trump",
}
LOCATIONS = {
    "Khan-Shaykhun": "khan-sheikhoun",
    "Khān Shaykhūn": "khan-sheikhoun",
    "khan sheikhoun": "khan-sheikhoun",
    "Khan\u2011Sheikhoun": "khan-sheikhoun",
    "Khan'Sheikhoun": "khan-sheikhoun",
    "Khan\u200cSheikhoun": "khan-sheikhoun",
    "Khansheikhoun": "khan-sheikhoun",
    "Khan Sheykhoon": "khan-sheikhoun",
    "Хан-Шейхун": "khan-sheikhoun",
    "Хан Шеихун": "khan-sheikhoun",
    "Ханшейхун": "khan-sheikhoun",
    "خان شيخون": "khan-sheikhoun",
    "خان شیخون": "khan-sheikhoun",
    "إدلب": "idlib",
    "ادلب": "idlib",
    "Idleb": "idlib",
    "al Idlib": "idlib",
    "Идлиб": "idlib",
}
BY_NAME = [
    *(("actor", typed, slug) for typed, slug in ACTORS.items()),
    *(("location", typed, slug) for typed, slug in LOCATIONS.items()),
]

Found = set[str]


def _in_list(client: Client, kind: str, typed: str) -> Found:
    page = client.get(reverse(f"{kind}s:{kind}_list"), {"q": typed})
    return {row.slug for row in page.context["page"].rows}


def _in_api(client: Client, kind: str, typed: str) -> Found:
    answer = client.get(f"/api/{kind}s", {"q": typed}).json()
    return {item["slug"] for item in answer["items"]}


def _in_facet(client: Client, kind: str, typed: str) -> Found:
    """A body that only speaks is no value of the facet of those who take part."""
    facets = ("actor", "speaker") if kind == "actor" else ("location",)
    pages = [client.get(reverse("events:facet", args=[name]), {"find": typed}) for name in facets]
    return {value.value for page in pages for value in page.context["values"]}


def _in_suggestions(client: Client, kind: str, typed: str) -> Found:
    page = client.get(reverse("suggest"), {"q": typed})
    return {one.slug for one in page.context["suggestions"] if one.kind == kind}


def _in_admin(client: Client, kind: str, typed: str) -> Found:
    app = "actors" if kind == "actor" else "events"
    page = client.get(reverse(f"admin:{app}_{kind}_changelist"), {"q": typed})
    return {row.slug for row in page.context["cl"].result_list}


def _in_picker(client: Client, kind: str, typed: str) -> Found:
    app = "actors" if kind == "actor" else "events"
    answer = client.get(reverse(f"admin:{app}_{kind}_pick"), {"q": typed}).json()
    return {option["name"] for option in answer["options"]}


def _in_events(client: Client, kind: str, typed: str) -> Found:
    """The slugs of whoever takes part in or speaks about what is found, and of where it is."""
    answer = client.get("/api/events", {"q": typed, "limit": 200, "fields": "slug"}).json()
    return {item["slug"] for item in answer["items"]}


BOXES: list[Callable[[Client, str, str], Found]] = [
    _in_list,
    _in_api,
    _in_facet,
    _in_suggestions,
    _in_admin,
    _in_picker,
]


def test_there_are_spellings_of_every_kind() -> None:
    assert len(BY_NAME) >= 60


@pytest.mark.parametrize(("kind", "typed", "slug"), BY_NAME)
def test_a_spelling_finds_the_record_in_every_box(
    loaded: None, admin_client: Client, kind: str, typed: str, slug: str
) -> None:
    name = (Actor if kind == "actor" else Location).objects.get(slug=slug).name
    missed = [box.__name__ for box in BOXES if not {slug, name} & box(admin_client, kind, typed)]
    assert missed == []
    assert _events_of(kind, slug) <= _in_events(admin_client, kind, typed)


def _events_of(kind: str, slug: str) -> Found:
    """The events in which the actor itself takes part, or that are in the place or inside it."""
    events = Event.objects.published()
    if kind == "actor":
        events = events.filter(participations__actor__slug=slug)
    else:
        events = events.filter(
            location__in=Location.objects.within([Location.objects.get(slug=slug)])
        )
    return set(events.values_list("slug", flat=True))
