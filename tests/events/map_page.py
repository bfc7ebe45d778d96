"""The page of the map as its reader sees it: marks of both pictures, labels and lists."""

from dataclasses import dataclass

from django.test import Client

from events.charts.widths import text_width
from tests.facts import Element, Page

LINE = 12  # pixels of a text


@dataclass(frozen=True)
class Drawn:
    """A mark: its form, where it is, its number and its title."""

    form: str
    x: float
    y: float
    size: float
    number: int
    title: str
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class Row:
    name: str
    number: int
    is_part: bool


class Picture:
    def __init__(self, view: Element) -> None:
        self.view = view
        self.svg = next(e for e in view.walk() if "map-picture" in e.attributes.get("class", ""))
        self.size = [float(v) for v in self.svg.attributes["viewbox"].split()[2:]]

    @property
    def marks(self) -> list[Drawn]:
        return [_mark(e) for e in self.svg.walk() if "map-mark" in _classes(e)]

    @property
    def rows(self) -> list[Row]:
        table = next(e for e in self.view.walk() if "map-rows" in _classes(e))
        [body] = [e for e in table.children if e.tag == "tbody"]
        return [
            Row(
                tr.children[0].words,
                int(tr.children[1].words.replace(",", "")),
                "map-part" in _classes(tr),
            )
            for tr in body.children
        ]

    @property
    def total(self) -> int:
        return sum(row.number for row in self.rows if not row.is_part)

    def row(self, name: str) -> int:
        return next(row.number for row in self.rows if row.name.startswith(name))

    @property
    def shaded(self) -> set[str]:
        """Codes of the countries that are shaded."""
        uses = [e for e in self.svg.walk() if e.tag == "use" and "is-shaded" in _classes(e)]
        return {e.attributes["href"].partition("#map-")[2] for e in uses}

    @property
    def boxes(self) -> list[tuple[float, float, float, float]]:
        """What labels, names of countries and numbers beside the scale take."""
        texts = [
            e
            for group in self.svg.walk()
            if {"map-names", "map-lands", "map-bar"} & set(_classes(group))
            for e in group.walk()
            if e.tag == "text"
        ]
        return [_box(e) for e in texts if "y" in e.attributes]

    @property
    def labels(self) -> set[str]:
        [group] = [e for e in self.svg.walk() if "map-names" in _classes(e)]
        return {e.words for e in group.walk() if e.tag == "text"}


class MapPage(Page):
    @property
    def wide(self) -> Picture:
        return self._picture("is-wide")

    @property
    def narrow(self) -> Picture:
        return self._picture("is-narrow")

    @property
    def panel(self) -> list[list[str]]:
        """The cells of the events of the chosen place, as a wide screen shows them."""
        table = next(e for e in self.main.walk() if "map-events" in _classes(e))
        [body] = [e for e in table.children if e.tag == "tbody"]
        return [[cell.words for cell in row.children] for row in body.children]

    @property
    def crumbs(self) -> list[str]:
        nav = next(e for e in self.main.walk() if "map-crumbs" in _classes(e))
        return [e.words for e in nav.walk() if e.tag == "li"]

    @property
    def moves(self) -> dict[str, str]:
        """Where the buttons lead, by what they are called."""
        links = [e.attributes for e in self.main.walk() if "map-move" in _classes(e)]
        return {a["aria-label"]: a["href"] for a in links if "href" in a}

    @property
    def problems(self) -> str:
        return " ".join(e.words for e in self.main.walk() if "problems" in _classes(e))

    def _picture(self, name: str) -> Picture:
        view = next(e for e in self.main.walk() if {"map-view", name} <= set(_classes(e)))
        return Picture(view)


def shown(query: str = "") -> MapPage:
    response = Client().get(f"/map/{query}")
    assert response.status_code == 200
    return MapPage(response.content.decode())


def _classes(element: Element) -> list[str]:
    return element.attributes.get("class", "").split()


def _mark(element: Element) -> Drawn:
    classes = _classes(element)
    parts = {e.tag: e for e in element.walk() if "map-hit" not in _classes(e)}
    title = parts["title"].words
    number = int(title.rpartition(": ")[2].split()[0].replace(",", ""))
    if "rect" in parts:
        a = {name: float(v) for name, v in parts["rect"].attributes.items() if name != "class"}
        x, y, size = a["x"] + a["width"] / 2, a["y"] + a["height"] / 2, a["width"] / 2
    else:
        circle = next(e for e in element.walk() if e.tag == "circle" and not _classes(e))
        x, y, size = (float(circle.attributes[name]) for name in ("cx", "cy", "r"))
    if "text" in parts:
        assert parts["text"].words == f"{number:,}"
    form = next(c.removeprefix("is-") for c in classes if c.startswith("is-") and c != "is-chosen")
    url = element.attributes.get("href", "")
    return Drawn(form, x, y, size, number, title, url, "is-chosen" in classes)


def _box(element: Element) -> tuple[float, float, float, float]:
    x, y, wide = (
        float(element.attributes["x"]),
        float(element.attributes["y"]),
        text_width(element.words, 12),
    )
    shift = {"start": 0.0, "middle": 0.5, "end": 1.0}[
        element.attributes.get("text-anchor", "start")
    ]
    left = x - shift * wide
    return left, y - LINE + 2, left + wide, y + 2
