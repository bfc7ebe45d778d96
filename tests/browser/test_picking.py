"""Records are chosen by typing, by keyboard alone, with a script and without."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Locator, Page, expect

from actors.models import Actor
from events.models import Citation, Event, Location, Source
from tests.databases import using

pytestmark = pytest.mark.browser
SignIn = Callable[..., None]
ADD = "/admin/events/event/add/"
ACTOR = "#id_participations-0-actor"


@pytest.fixture
def signed_in(page: Page, sign_in: SignIn) -> Iterator[Page]:
    page.on("dialog", lambda dialog: dialog.accept())
    page.set_default_timeout(20_000)
    sign_in(page, "cora")
    yield page
    page.evaluate("localStorage.clear()")
    page.goto("about:blank")


@pytest.fixture
def curating(signed_in: Page) -> Iterator[Page]:
    """Signed in; fails where a script did, or where the security policy stopped anything."""
    found: list[str] = []
    signed_in.on("console", lambda said: found.append(said.text))
    signed_in.on("pageerror", lambda error: found.append(str(error)))
    yield signed_in
    assert [text for text in found if "Failed to load resource" not in text] == []


@pytest.fixture
def records(site_database: str, django_db_blocker: Any) -> Iterator[Any]:
    """Looks into the database of the site."""
    with django_db_blocker.unblock(), using(site_database):
        yield


def cite_from(page: Page, title: str) -> None:
    """Chooses a source of the site for the session of the page."""
    [key] = [c["value"] for c in page.context.cookies() if c["name"] == "sessionid"]  # type: ignore[typeddict-item]
    session = SessionStore(key)
    session["cited_from"] = [Source.objects.get(title=title).pk]
    session.save()


def make_source(page: Page, title: str) -> None:
    page.goto("/admin/events/source/add/")
    page.get_by_label("Title:").fill(title)
    page.get_by_label("Kind:").select_option("article")
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def add_participation(page: Page) -> Locator:
    """The blank row that waits."""
    return page.locator(ACTOR)


def marked(page: Page) -> Locator:
    return page.locator("[role=option][aria-selected=true]")


def test_records_are_chosen_by_keyboard(curating: Page, records: None) -> None:
    page = curating
    page.goto(ADD)
    page.get_by_label("What happened").fill("Talks in Moscow")
    page.get_by_label("Reported", exact=True).check()
    place = page.get_by_label("Where", exact=True)
    place.press_sequentially("mosc")
    expect(place).to_have_attribute("aria-expanded", "true")
    expect(marked(page)).to_contain_text("Moscow")
    assert place.get_attribute("aria-activedescendant") == marked(page).get_attribute("id")
    page.keyboard.press("Tab")
    expect(place).to_have_value("Moscow")
    expect(place).to_have_attribute("aria-expanded", "false")
    expect(page.get_by_role("listbox")).to_have_count(0)
    # The focus went on to the next field, and what is chosen is said beneath the box.
    kind = page.get_by_label("What kind")
    expect(kind).to_be_focused()
    expect(page.locator("#field-location .picker-facts")).to_contain_text("in \u2068Russia\u2069")
    kind.press_sequentially("a")
    expect(marked(page)).to_have_count(1)
    first = marked(page).text_content()
    page.keyboard.press("ArrowDown")
    expect(marked(page)).not_to_have_text(first or "")
    page.keyboard.press("ArrowUp")
    expect(marked(page)).to_have_text(first or "")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(kind).to_have_value("a")
    kind.fill("consult")
    page.keyboard.press("Enter")  # before the answer came
    expect(page.locator("[name=kind]")).not_to_have_value("")
    assert page.url.endswith(ADD)
    actor = add_participation(page)
    actor.press_sequentially("путин")
    page.keyboard.press("Tab")  # before the answer came
    expect(actor).to_have_value("Vladimir Putin")
    page.locator("[name=participations-0-role]").select_option("host")
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    event = Event.objects.get(slug="talks-in-moscow")
    assert (str(event.location), event.kind.slug) == ("Moscow", "consult")
    assert [str(actor) for actor in Actor.objects.filter(participations__event=event)] == [
        "Vladimir Putin"
    ]


def test_a_draft_is_made_by_keyboard_and_taken_back(curating: Page, records: None) -> None:
    page = curating
    make_source(page, "Radio of the tests")
    cite_from(page, "Radio of the tests")
    page.goto(ADD)
    actor = add_participation(page)
    actor.press_sequentially("Putin regime")
    doubles = page.get_by_role("group", name="Perhaps already here, under another name")
    expect(doubles.get_by_role("option")).to_contain_text("Vladimir Putin")
    expect(marked(page)).to_have_count(0)
    page.keyboard.press("ArrowDown")
    expect(marked(page)).to_contain_text("Vladimir Putin")
    page.keyboard.press("ArrowDown")  # on to the place in the source
    locator = page.get_by_label("In Radio of the tests at")
    expect(locator).to_be_focused()
    page.keyboard.type("¶9")
    page.keyboard.press("Enter")  # saves nothing
    page.keyboard.press("Tab")
    expect(page.locator("#participations-0 [data-picker-whole]")).to_be_focused()
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="State", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    facts = page.locator("#participations-0 .picker-facts")
    expect(facts).to_contain_text("Draft · State · country not given")
    expect(facts).to_contain_text("It cites Radio of the tests, ¶9.")
    expect(actor).to_be_focused()
    expect(actor).to_have_value("Putin regime")
    made = Actor.objects.get(name="Putin regime")
    assert (made.kind_id, made.state) == ("state", "draft")
    assert Citation.objects.get(actor=made).locator == "¶9"
    expect(page.locator("[name=participations-0-actor]")).to_have_value(str(made.pk))
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Take it back")).to_be_focused()
    page.keyboard.press("Enter")
    expect(facts).to_contain_text("The draft is taken back.")
    expect(actor).to_have_value("")
    expect(page.locator("[name=participations-0-actor]")).to_have_value("")
    assert not Actor.objects.filter(name="Putin regime").exists()


def test_places_are_made_of_a_path(curating: Page, records: None) -> None:
    page = curating
    page.goto(ADD)
    place = page.get_by_label("Where", exact=True)
    place.fill("Old Mill, Millfield, Syria")
    panel = page.locator("#field-location .picker-panel")
    expect(panel).to_contain_text("2 of these names are new.")
    panel.get_by_role("button", name="Make 2 draft places").click()
    expect(page.locator("#field-location .picker-facts")).to_contain_text("Say of each new name")
    panel.get_by_role("group", name="Millfield").get_by_label("Town or village").check()
    panel.get_by_role("group", name="Old Mill").get_by_label("Site").check()
    panel.get_by_role("button", name="Make 2 draft places").click()
    expect(place).to_have_value("Old Mill")
    mill = Location.objects.get(name="Old Mill")
    assert (mill.kind, str(mill.parent), str(mill.country)) == ("site", "Millfield", "Syria")
    page.get_by_role("button", name="Take it back").click()
    expect(place).to_have_value("")
    assert not Location.objects.filter(name__in=["Old Mill", "Millfield"]).exists()


def test_several_are_chosen_in_one_box(curating: Page) -> None:
    page = curating
    page.goto("/admin/events/statement/add/")
    box = page.get_by_label("Audience:")
    for words in ("putin", "tillerson", "putin"):
        box.fill(words)
        page.keyboard.press("Enter")
        expect(box).to_have_value("")
    chosen = page.locator(".field-audience .picker-chosen input")
    expect(chosen).to_have_count(2)
    labels = page.locator(".field-audience .picker-chosen label")
    expect(labels).to_have_text(["Vladimir Putin", "Rex Tillerson"])
    # What was chosen and what was only typed is kept by the browser.
    page.get_by_label("Speaker:").fill("Somebody")
    page.wait_for_function("() => JSON.stringify(localStorage).includes('Somebody')")
    page.reload()
    expect(chosen).to_have_count(0)
    page.locator(".kept-offer").get_by_role("button", name="Put it back").click()
    expect(labels).to_have_text(["Vladimir Putin", "Rex Tillerson"])
    expect(page.get_by_label("Speaker:")).to_have_value("Somebody")
    expect(page.locator("[name=speaker]")).to_have_value("")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_pickers_fit_and_can_be_read(signed_in: Page, scheme: str, width: int) -> None:
    page = signed_in
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/admin/events/statement/add/")
    for name, words, inside in (
        ("speaker", "Putin regime", "Perhaps already here"),
        ("speaker", "put", "Make a draft of “put”"),
        ("location", "Old Mill, Millfield, Syria", "Say what each one is:"),
    ):
        page.locator(f"#id_{name}").fill(words)
        frame = page.locator(f".field-{name} .picker")
        expect(frame.locator(".picker-panel")).to_contain_text(inside)
        for part in frame.locator(".picker-option, .picker-kind").all():
            box = part.bounding_box()
            assert box is not None
            assert box["x"] + box["width"] <= width
            assert width > 390 or box["height"] >= 44
        violations = Axe().run(page, context=f".field-{name}").response["violations"]
        assert [(v["id"], [n["html"] for n in v["nodes"]][:3]) for v in violations] == []
    page.locator("#id_speaker").fill("")


def test_without_script_words_come_back_with_suggestions(
    page_without_javascript: Page, sign_in: SignIn, records: None
) -> None:
    page = page_without_javascript
    sign_in(page, "cora")
    page.goto("/admin/events/statement/add/")
    page.get_by_label("Speaker:").fill("Putin regime")
    page.get_by_label("Location:").fill("moscow")
    page.get_by_label("Paraphrase:").fill("Said without script")
    page.get_by_role("button", name="Save and continue editing").first.click()
    expect(page.locator(".errorlist").first).to_contain_text("No actor here has the name")
    suggested = page.locator(".field-speaker .picker-panel")
    expect(suggested.get_by_label("Vladimir Putin")).to_be_visible()
    suggested.get_by_label("Population", exact=True).check()
    page.get_by_role("button", name="Save and continue editing").first.click()
    expect(page.locator(".messagelist")).to_contain_text("Putin regime: Draft made")
    expect(page.get_by_label("Speaker:")).to_have_value("Putin regime")
    expect(page.get_by_label("Location:")).to_have_value("Moscow")
    made = Actor.objects.get(name="Putin regime")
    assert made.kind_id == "population"
    assert made.statements.get().paraphrase == "Said without script"
    made.statements.all().delete()
    made.delete()
