"""The page of the timeline, of one of its facets, or of its frame, as its reader sees it."""

import re

from django.test import Client

from tests.facts import Element, Page


def shown(address: str) -> "TimelinePage":
    response = Client().get(address)
    assert response.status_code == 200
    return TimelinePage(response.content.decode())


class TimelinePage(Page):
    @property
    def problems(self) -> str:
        """Why the query is refused; nothing where it is answered."""
        return " ".join(element.words for element in self._of_class("problems"))

    @property
    def slugs(self) -> list[str]:
        entries = [e for e in self.main.walk() if e.tag == "article"]
        return [entry.attributes["id"].removeprefix("event-") for entry in entries]

    @property
    def count(self) -> int:
        """How many events there are on all pages."""
        found = re.search(r"(\d+|No) events?\b", self.by_id["count"].words)
        assert found
        return 0 if found[1] == "No" else int(found[1])

    @property
    def next(self) -> str:
        """The address of the next page."""
        links = [e.attributes for e in self.main.walk() if e.tag == "a"]
        return next((a["href"] for a in links if "next" in a.get("rel", "").split()), "")

    def facet(self, name: str) -> dict[str, int]:
        """The number beside each value, in the order of the page."""
        return {value: number for value, number, _is_chosen in self._choices(name)}

    def chosen(self, name: str) -> set[str]:
        return {value for value, _number, is_chosen in self._choices(name) if is_chosen}

    def _choices(self, name: str) -> list[tuple[str, int, bool]]:
        found = []
        for label in self._of_class("choice"):
            box, number = label.children[0], label.children[-1]
            if box.attributes["name"] == name:
                is_chosen = "checked" in box.attributes
                found.append((box.attributes["value"], int("".join(number.texts)), is_chosen))
        return found

    @property
    def periods(self) -> list[tuple[str, int, int]]:
        """The rows of the histogram's table: the period, events that surely and perhaps lie in it,
        whose sum is the last number of the row."""
        found = []
        for body in (e for e in self.main.walk() if e.tag == "tbody"):
            for row in body.children:
                words, *numbers = [cell.words.rstrip("*") for cell in row.children]
                surely, perhaps, number = map(int, numbers)
                assert surely + perhaps == number
                found.append((words, surely, perhaps))
        return found

    @property
    def undated(self) -> int:
        """How many events the histogram says it does not draw."""
        hints = " ".join(hint.words for hint in self._of_class("hint"))
        found = re.search(r"(\d+) events? without any date", hints)
        return int(found[1]) if found else 0

    def _of_class(self, name: str) -> list[Element]:
        return [e for e in self.main.walk() if name in e.attributes.get("class", "").split()]
