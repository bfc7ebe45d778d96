"""The page of the drawn timeline, as its reader sees it."""

from urllib.parse import parse_qs, urlsplit

from django.test import Client

from tests.facts import Element, Page


class Drawn(Page):
    """The wide picture, unless the narrow one is asked for."""

    @property
    def lanes(self) -> dict[str, list[str]]:
        """The titles of the marks by the names of lanes."""
        return {
            _name(lane): [t.words for mark in _marks(lane) for t in mark.walk() if t.tag == "title"]
            for lane in self.with_class("lane")
            if "is-overview" not in lane.attributes["class"]
        }

    @property
    def narrow(self) -> dict[str, list[str]]:
        return {
            next(e for e in lane.walk() if e.tag == "h2").words: [
                e.words for e in lane.walk() if "narrow-title" in e.attributes.get("class", "")
            ]
            for lane in self.with_class("narrow-lane")
        }

    def with_class(self, name: str) -> list[Element]:
        return [e for e in self.main.walk() if name in e.attributes.get("class", "").split()]

    def words_of(self, name: str) -> list[str]:
        return [e.words for e in self.with_class(name)]

    @property
    def steps(self) -> dict[str, str]:
        """The spans that the four links lead to; "" where one leads nowhere."""
        [box] = self.with_class("zoom-steps")
        found = {}
        for step in box.walk():
            if label := step.attributes.get("aria-label", ""):
                query = parse_qs(urlsplit(step.attributes.get("href", "")).query)
                found[label.partition(":")[0]] = " ".join(query.get("span", []))
        return found

    def link(self, words: str) -> str:
        links = [e for e in self.main.walk() if e.tag == "a" and e.words == words]
        return links[0].attributes["href"]


def _name(lane: Element) -> str:
    return next(e for e in lane.walk() if e.tag == "h2").words


def _marks(lane: Element) -> list[Element]:
    return [e for e in lane.walk() if "drawn" in e.attributes.get("class", "").split()]


def drawn(query: str = "") -> Drawn:
    response = Client().get(f"/timeline/{query}")
    assert response.status_code == 200
    return Drawn(response.content.decode())
