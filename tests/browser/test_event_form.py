"""The form of an event in a browser: by keyboard alone, with and without a script."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from events.models import Claim, Event, Statement
from tests.databases import using

pytestmark = pytest.mark.browser
ADD = "/admin/events/event/add/"
SOURCE = "US-Russian Diplomatic"


class Keyboard:
    """Goes through the form by Tab, types, and chooses; nothing is clicked."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def go_to(self, selector: str, key: str = "Tab") -> None:
        for _ in range(80):
            is_there = self.page.evaluate("(s) => document.activeElement.matches(s)", selector)
            if is_there:
                return
            self.page.keyboard.press(key)
        pytest.fail(f"no Tab leads to {selector}")

    def type(self, selector: str, text: str) -> None:
        self.go_to(selector)
        self.page.keyboard.type(text)

    def choose(self, field: str, term: str, key: str = "Tab") -> None:
        """In a field that offers records while one types."""
        self.go_to(f"#id_{field}", key)
        self.page.keyboard.type(term)
        option = self.page.locator("[role=option][aria-selected=true]")
        expect(option).to_contain_text(re.compile(term, re.I))
        self.page.keyboard.press("Enter")

    def pick(self, name: str, label: str) -> None:
        """In a list that is short, by the beginning of a word."""
        self.type(f"[name={name}]", label)


@pytest.fixture
def curating(page: Page, sign_in: Callable[..., None]) -> Page:
    page.set_default_timeout(20_000)
    sign_in(page, "cora")
    return page


@pytest.fixture
def leaves_nothing(site_database: str, django_db_blocker: Any) -> Iterator[None]:
    """Other tests count what the site shows: what is published here is a draft afterwards."""
    with django_db_blocker.unblock(), using(site_database):
        last = {model: model.objects.latest("pk").pk for model in (Event, Claim, Statement)}
    yield
    with django_db_blocker.unblock(), using(site_database):
        for model, key in last.items():
            model.objects.filter(pk__gt=key).update(state="draft")


def test_an_event_is_entered_cited_and_published_by_keyboard(
    curating: Page, leaves_nothing: None
) -> None:
    page, keys = curating, Keyboard(curating)
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.goto(ADD)
    expect(page.locator("#id_title")).to_be_focused()
    page.keyboard.type("A meeting by keyboard")
    keys.choose("cited_from_other", SOURCE, "Shift+Tab")
    keys.type("#id_date", "14 Nov 2021")
    expect(page.locator("#field-date .edtf-understood")).to_contain_text("14 November 2021")
    keys.choose("kind", "meeting")
    keys.go_to("[name=standing]")
    page.keyboard.press("Space")
    page.locator("body").press("Home")
    keys.type("#event .place", "¶1")
    for number, term in enumerate(["tillerson", "putin", "donald trump"]):
        keys.choose(f"participations-{number}-actor", term)
        keys.pick(f"participations-{number}-role", "Participant")
        keys.type(f"#participations-{number} .place", f"¶{number + 2}")
    keys.type("#id_claims-0-text", "Five sat at the table")
    keys.type("#id_claims-0-number", "~5")
    expect(page.locator("#claims-0 .edtf-understood")).to_have_text("about 5")
    keys.type("#id_claims-0-unit", "people")
    keys.type("#claims-0 .place", "¶5")
    keys.choose("statements-0-speaker", "tillerson")
    keys.type("#id_statements-0-date", "Nov 2021")
    keys.type("#id_statements-0-paraphrase", "Five people had come.")
    keys.pick("positions-0-stance", "asserts")
    keys.pick("positions-0-on", "Five")
    keys.type("#statements-0 > .fact-citations .place", "¶6")
    keys.go_to("[name=state]")
    page.keyboard.press("ArrowRight")
    keys.go_to("[name=_save]")
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist .success")).to_be_visible()
    page.goto("/events/a-meeting-by-keyboard/")
    expect(page.locator("main")).to_contain_text("Five people had come.")
    expect(page.locator("main")).to_contain_text("Five sat at the table")
    expect(page.locator("main")).not_to_contain_text("no source recorded")
    assert problems == []


def test_a_blank_row_always_waits(curating: Page) -> None:
    page = curating
    page.goto(ADD)
    group = page.locator("#claims-group")
    rows = group.locator(".fact-row:visible")
    expect(rows).to_have_count(1)
    for number in range(4):
        page.locator(f"#id_claims-{number}-text").fill(f"Claim {number}")
        expect(rows).to_have_count(number + 2)
        page.locator(f"#claims-{number} .place").fill(f"¶{number}")
    expect(page.locator("[name=claims-TOTAL_FORMS]")).to_have_value("5")
    names = [row.get_attribute("value") for row in page.locator("[name$=-on][value^=claims]").all()]
    assert sorted(str(name) for name in names) == [f"claims-{number}" for number in range(5)]
    place = page.locator("#claims-4 .as-above")
    expect(place).to_contain_text("¶3")
    place.click()
    expect(page.locator("#claims-4 .place")).to_have_value("¶3")
    page.on("dialog", lambda dialog: dialog.accept())


def test_enter_keeps_a_draft_without_a_script(
    page_without_javascript: Page, sign_in: Callable[..., None]
) -> None:
    page = page_without_javascript
    sign_in(page, "cora")
    page.goto(ADD)
    expect(page.locator("#claims-group .fact-row")).to_have_count(3)
    page.locator("#id_title").fill("Typed without a script")
    page.locator("[name=standing][value=reported]").check()
    page.locator("[name=state][value=published]").check()
    page.locator("#id_claims-2-text").fill("In the last of three rows")
    page.locator("#id_title").press("Enter")
    problems = page.locator(".problems li")
    expect(problems).to_have_text(["What kind: This field is required."])
    problems.get_by_role("link").click()
    assert page.url.endswith("#id_kind")
    expect(page.locator("#id_claims-2-text")).to_have_value("In the last of three rows")
    expect(page.locator("[name=state][value=draft]")).to_be_checked()


def test_the_number_of_cited_facts_follows_what_is_typed(curating: Page) -> None:
    page = curating
    page.goto("/admin/events/event/?q=chemical+attack+on+khan")
    page.locator("#result_list tbody th a").first.click()
    line = page.locator(".source-count [data-words]")
    before = re.match(r"\s*(\d+) of (\d+)", line.inner_text())
    assert before is not None
    cited, total = int(before[1]), int(before[2])
    expect(page.locator("#claims-group .fact-row[data-blank]:visible")).to_have_count(1)
    page.locator("#claims-group .fact-row[data-blank]:visible [name$=-text]").fill("A new claim")
    expect(line).to_have_text(f"{cited} of {total + 1} facts cited")
    expect(page.locator("#claims-group [data-uncited]")).to_have_text("1 not cited")
    page.locator("#claims-group .fact-row.is-uncited .place").last.fill("¶9")
    expect(line).to_have_text(f"{cited + 1} of {total + 1} facts cited")
    expect(page.locator("#claims-group [data-uncited]")).to_be_hidden()
    page.on("dialog", lambda dialog: dialog.accept())


def test_complete_rows_fold_to_two_lines_on_the_phone(curating: Page) -> None:
    page = curating
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/admin/events/event/?q=chemical+attack+on+khan")
    page.locator("#result_list tbody th a").first.click()
    row = page.locator("#participations-group .fact-row.is-cited").first
    name = row.locator("[data-picker-box]").input_value()
    expect(row.locator(".fact-fold span")).to_have_count(2)
    expect(row.locator(".fact-fold span").first).to_have_text(name)
    expect(row.locator("select")).to_be_hidden()
    expect(page.locator("#participations-group .fact-row[data-blank] select").first).to_be_visible()
    row.locator(".fact-fold").click()
    expect(row.locator("select")).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 844})
    folded = page.locator("#claims-group .fact-row, #participations-group .fact-row.is-folded")
    expect(folded.first.locator(".fact-cells")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_form_fits_and_can_be_read(curating: Page, scheme: Any, width: int) -> None:
    page = curating
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/admin/events/event/")
    page.locator("#result_list th a").last.click()
    expect(page.locator("#participations-group")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    violations = Axe().run(page, context={"include": ["#event_form"]}).response["violations"]
    assert [(v["id"], [n["html"] for n in v["nodes"]][:3]) for v in violations] == []
