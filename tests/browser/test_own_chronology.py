"""A chronology of one's own, entered as a group of curators would: from nothing to public pages.

The test counts what it takes. A click is a click of the mouse; Tab leads from a field to the next
of its row, and typing chooses records. A document is a page that the browser loads.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PASSWORD

pytestmark = pytest.mark.browser

NAME = "Burkina Faso, January 2022"
NEWS, COMMUNIQUE = "Burkina Faso: the coup explained", "Communiqué on Burkina Faso"
MOST_DOCUMENTS, MOST_CLICKS = 25, 160


@dataclass
class Part:
    """Who takes part, as what; with a kind, a draft is made."""

    who: str
    role: str
    where: str
    kind: str = ""


@dataclass
class Said:
    who: str
    words: str
    stance: str
    on: str
    where: str
    when: str = ""
    kind: str = ""


@dataclass
class Happening:
    title: str
    date: str
    kind: str
    standing: str
    where: str
    parts: list[Part]
    place: str = ""
    # Of a place that is typed as a path: the kinds of its new names, the largest place first.
    place_kinds: list[str] = field(default_factory=list)
    # What is claimed, the number and of what, and where that is written.
    claims: list[tuple[str, str, str, str]] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)


class Curator:
    """Clicks and loads pages, and counts both."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks, self.documents = page, 0, 0
        page.on("request", self._count)

    def _count(self, request: Any) -> None:
        is_page = request.is_navigation_request() and request.frame == self.page.main_frame
        self.documents += is_page and request.redirected_from is None

    def click(self, target: Locator) -> None:
        target.click()
        self.clicks += 1

    def go_to(self, target: Locator) -> None:
        """By Tab where that leads there at once, else by a click."""
        for _ in range(4):
            if target.evaluate("(field) => field === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        if not target.evaluate("(field) => field === document.activeElement"):
            self.click(target)

    def type(self, selector: str, text: str) -> None:
        target = self.page.locator(selector)
        self.go_to(target)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)

    def choose(self, selector: str, words: str, *, kind: str = "", where: str = "") -> None:
        """By typing; with a kind, a draft of the words that cites the source at that place."""
        box = self.page.locator(selector)
        self.type(selector, words)
        panel = box.locator("xpath=ancestor::*[@data-picker]").locator("[data-picker-panel]")
        expect(panel).to_be_visible()
        if not kind:
            chosen = re.compile(re.escape(words), re.IGNORECASE)
            expect(panel.locator("[aria-selected=true]")).to_contain_text(chosen)
            self.page.keyboard.press("Enter")
            return
        expect(panel).to_contain_text(f"Make a draft of “{words}”")
        if where:
            self.type_into(panel.locator("[data-picker-locator]"), where)
        self.click(panel.get_by_role("button", name=kind, exact=True))
        expect(panel).to_be_hidden()

    def type_into(self, target: Locator, text: str) -> None:
        self.go_to(target)
        self.page.keyboard.type(text)

    def path(self, selector: str, words: str, kinds: list[str], where: str) -> None:
        """Places inside each other, of which some are new."""
        box = self.page.locator(selector)
        self.type(selector, words)
        panel = box.locator("xpath=ancestor::*[@data-picker]").locator("[data-picker-panel]")
        news = panel.locator("fieldset.picker-part")
        expect(news).to_have_count(len(kinds))
        self.type_into(panel.locator("[data-picker-locator]"), where)
        for row, kind in zip(news.all(), kinds, strict=True):
            self.click(row.get_by_text(kind, exact=True))
        self.click(panel.get_by_role("button", name=re.compile("Make .* draft place")))
        expect(panel).to_be_hidden()

    def cite(self, row: str, where: str) -> None:
        """At the first blank place of the row."""
        places = self.page.locator(f"{row} input.place").filter(visible=True)
        self.type_into(places.first, where)

    def enter(self, event: Happening) -> None:
        """The form of an event, from its title to its publication."""
        page = self.page
        expect(page.locator("#id_title")).to_be_focused()
        page.keyboard.type(event.title)
        self.type("#id_date", event.date)
        if event.place_kinds:
            self.path("#id_location", event.place, event.place_kinds, event.where)
        elif event.place:
            self.choose("#id_location", event.place)
        self.choose("#id_kind", event.kind)
        self.click(page.get_by_text(event.standing, exact=True).first)
        self.cite("#event", event.where)
        for number, part in enumerate(event.parts):
            row = f"#participations-{number}"
            box = f"#id_participations-{number}-actor"
            self.choose(box, part.who, kind=part.kind, where=part.where)
            self.type_into(page.locator(f"#id_participations-{number}-role"), part.role)
            self.cite(row, part.where)
        for number, (text, count, unit, where) in enumerate(event.claims):
            self.type(f"#id_claims-{number}-text", text)
            if count:
                self.type_into(page.locator(f"#id_claims-{number}-number"), count)
                self.type_into(page.locator(f"#id_claims-{number}-unit"), unit)
            self.cite(f"#claims-{number}", where)
        for number, said in enumerate(event.said):
            row = f"#statements-{number}"
            box = f"#id_statements-{number}-speaker"
            self.choose(box, said.who, kind=said.kind, where=said.where)
            if said.when:
                self.type_into(page.locator(f"#id_statements-{number}-date"), said.when)
            self.type(f"#id_statements-{number}-paraphrase", said.words)
            stance = page.locator(f"{row} select[name$=-stance]").first
            self.type_into(stance, said.stance)
            self.type_into(page.locator(f"{row} select[name$=-on]").first, said.on)
            self.cite(row, said.where)
        self.click(page.get_by_text("Published", exact=True))
        self.save("Save and add another")

    def save(self, button: str) -> None:
        """Once more where the form asks whether drafts are published with the event."""
        problems = self.page.locator(".problems")
        self._send(button)
        if problems.is_visible():
            expect(problems.locator("li")).to_have_count(1)
            expect(problems).to_contain_text("which readers would not see")
            self._send(button)
        assert not problems.is_visible(), problems.inner_text()

    def _send(self, button: str) -> None:
        with self.page.expect_navigation():
            self.click(self.page.get_by_role("button", name=button, exact=True).last)


GOVERNMENT, FORCES = "Government of Burkina Faso", "Burkinabè armed forces"
MPSR, PARTY = "Patriotic Movement for Safeguard and Restoration", "People’s Movement for Progress"
PRESIDENT, LEADER = "Roch Marc Christian Kaboré", "Paul-Henri Sandaogo Damiba"
ECOWAS, UNION, SECRETARY = "ECOWAS", "African Union", "António Guterres"
FREELY = "Kaboré resigned of his own accord"
CITY = "Ouagadougou"

EVENTS = [
    Happening(
        "Attack on the gendarmerie post at Inata",
        *("14 Nov 2021", "Attack", "Occurred", "¶9"),
        [
            Part("Unidentified armed men", "perpetrator", "¶9", kind="Armed group"),
            Part(FORCES, "target", "¶9", kind="Armed forces"),
        ],
        place="Inata, Burkina Faso",
        place_kinds=["Country", "Town or village"],
        claims=[
            ("Dead at Inata, by the first full count", "53", "people killed", "¶9"),
            ("Losses at Inata, by a later count", "~57", "people killed", "¶10"),
        ],
        said=[
            Said(
                *(GOVERNMENT, "Fifty-three people died at Inata.", "asserts", "Dead", "¶9"),
                when="Nov 2021",
                kind="Government",
            ),
            Said(FORCES, "Fifty-seven people died at Inata.", "asserts", "Losses", "¶10"),
        ],
    ),
    Happening(
        "Shots at several barracks in Ouagadougou",
        *("23 Jan 2022", "Coup", "Occurred", "¶3"),
        [Part(FORCES, "initiator", "¶3")],
        place="Camp Sangoulé Lamizana, Ouagadougou, Centre, Burkina Faso",
        place_kinds=["Province", "Town or village", "Site"],
    ),
    Happening(
        "Kaboré is held by soldiers",
        *("24 Jan 2022", "Arrest", "Reported", "¶4"),
        [
            Part(PRESIDENT, "target", "¶4", kind="Person"),
            Part(FORCES, "perpetrator", "¶4"),
        ],
        place=CITY,
    ),
    Happening(
        "Soldiers announce that they have taken power",
        *("24 Jan 2022", "Coup", "Occurred", "¶5"),
        [
            Part(MPSR, "initiator", "¶5", kind="Armed group"),
            Part(LEADER, "initiator", "¶5", kind="Person"),
            Part(GOVERNMENT, "target", "¶5"),
        ],
        place=CITY,
    ),
    Happening(
        "Resignation of Kaboré is made known",
        *("24 Jan 2022", "Departure from office", "Disputed", "¶6"),
        [Part(PRESIDENT, "initiator", "¶6")],
        place=CITY,
        claims=[(FREELY, "", "", "¶6")],
        said=[
            Said(MPSR, "The president has resigned.", "asserts", "Kabor", "¶6"),
            Said(
                *(PARTY, "What happened is a coup, not a resignation.", "denies", "Kabor", "¶7"),
                kind="Political party",
            ),
            Said(
                *(ECOWAS, "The resignation was obtained under threat.", "denies", "Kabor", "¶7"),
                when="25 Jan 2022",
                kind="Intergovernmental organisation",
            ),
        ],
    ),
    Happening(
        "Guterres condemns the taking of power",
        *("24 Jan 2022", "Statement", "Reported", "¶8"),
        [Part(SECRETARY, "speaker", "¶8", kind="Person")],
    ),
    Happening(
        "ECOWAS suspends Burkina Faso",
        *("28 Jan 2022", "Sanction", "Occurred", "¶2"),
        [Part(ECOWAS, "decided", "¶2"), Part(GOVERNMENT, "target", "¶2")],
    ),
    Happening(
        "The African Union suspends Burkina Faso",
        *("31 Jan 2022", "Sanction", "Occurred", "¶12"),
        [
            Part(UNION, "decided", "¶12", kind="Intergovernmental organisation"),
            Part(GOVERNMENT, "target", "¶12"),
        ],
    ),
]


@pytest.fixture
def curator(page: Page, empty_site: str) -> Curator:
    page.set_default_timeout(15_000)
    page.goto(f"{empty_site}/admin/")
    page.get_by_label("Username").fill("cora")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(lambda url: "/admin/login/" not in url)
    return Curator(page)


def begin(curator: Curator) -> None:
    """The name, and the first source, which is cited from next."""
    page = curator.page
    curator.documents += 1  # the page that is open
    curator.type("#id_title", NAME)
    curator.type("#id_description", "The coup of January 2022, and who says what about it.")
    curator.click(page.get_by_role("button", name="Begin"))
    curator.type("#id_title", NEWS)
    curator.type("#id_kind", "Article")
    curator.type("#id_date", "25 Jan 2022")
    curator.type("#id_url", "https://example.org/coup")
    curator.click(page.get_by_role("button", name="Save", exact=True).first)


def cite_from_another(curator: Curator) -> None:
    """A source that is not here yet, made where it is chosen."""
    page = curator.page
    curator.click(page.locator(".source-other summary"))
    curator.choose("#id_cited_from_other", COMMUNIQUE, kind="Document")
    curator.click(page.locator("#id_title"))


def cite_from(curator: Curator, source: str) -> None:
    curator.click(curator.page.locator(".source-choice", has_text=source))
    curator.click(curator.page.locator("#id_title"))


def test_a_chronology_of_eight_events_takes_few_clicks_and_pages(
    curator: Curator, empty_site: str
) -> None:
    page = curator.page
    begin(curator)
    for event in EVENTS:
        if event.title == "ECOWAS suspends Burkina Faso":
            cite_from_another(curator)
        if event.title == "The African Union suspends Burkina Faso":
            cite_from(curator, NEWS)
        curator.enter(event)
    enter_offices(curator)
    assert curator.documents <= MOST_DOCUMENTS
    assert curator.clicks <= MOST_CLICKS
    page.context.clear_cookies()
    addresses = re.findall("<loc>([^<]+)</loc>", sitemap(page, empty_site))
    assert len(addresses) > len(EVENTS) + 10 + 5 + 2 + 5
    for address in addresses:
        text = page.request.get(address).text()
        assert "no source recorded" not in text, address
        assert text.count("Chancery") == text.count("Made with Chancery"), address


def enter_offices(curator: Curator) -> None:
    """The two offices, on pages of their own."""
    page = curator.page
    page.goto(page.url.replace("/events/event/", "/actors/tenure/"))
    for person, office, body, began, ended, where in (
        (PRESIDENT, "President of Burkina Faso", GOVERNMENT, "2015-12-29", "2022-01-24", "¶6"),
        (LEADER, "President of the movement", MPSR, "2022-01-24", "", "¶5"),
    ):
        curator.choose("#id_person", person)
        curator.type("#id_office", office)
        curator.choose("#id_body", body)
        curator.type("#id_began", began)
        if ended:
            curator.type("#id_ended", ended)
        curator.click(page.locator(".add-row a"))
        curator.choose("#id_citations-0-source", NEWS)
        curator.type("#id_citations-0-locator", where)
        curator.save("Save and add another")


def sitemap(page: Page, site: str) -> str:
    index = page.request.get(f"{site}/sitemap.xml").text()
    parts = re.findall("<loc>([^<]+)</loc>", index)
    return "".join(page.request.get(part).text() for part in parts)
