"""Reads a page as its reader does: which words are facts, and where each leads.

Templates say what their words are. `data-fact` is what a citation supports, and holds the mark
that leads to it. `data-source` describes a source itself. `data-derived` is counted or concluded
from facts that its own link, or the same page, shows with their marks. What is none of these is
furniture: headings, forms, the words around a list.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
FURNITURE_TAGS = {"h2", "dt", "form", "nav", "caption", "summary"}
FURNITURE_CLASSES = {
    *("hint", "count", "more", "chips", "empty", "references", "record-meta"),
    *("problems", "citation-form", "follow", "past-standings", "prose", "is-empty"),
    *("way-back", "results-head", "tools", "printed"),
}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    parent: "Element | None" = None
    texts: list[str] = field(default_factory=list)
    children: list["Element"] = field(default_factory=list)

    def walk(self) -> Iterator["Element"]:
        yield self
        for child in self.children:
            yield from child.walk()

    def ancestors(self) -> Iterator["Element"]:
        element: Element | None = self
        while element:
            yield element
            element = element.parent

    @property
    def words(self) -> str:
        return " ".join(" ".join(element.texts) for element in self.walk()).strip()

    @property
    def name(self) -> str:
        """As a style sheet would call it: p.lede."""
        return ".".join([self.tag, *self.attributes.get("class", "").split()])

    @property
    def fact(self) -> "Element | None":
        """The fact that it is part of."""
        return next((e for e in self.ancestors() if "data-fact" in e.attributes), None)

    @property
    def is_furniture(self) -> bool:
        return (
            self.tag in FURNITURE_TAGS
            or bool(FURNITURE_CLASSES & set(self.attributes.get("class", "").split()))
            or bool({"data-source", "data-derived"} & self.attributes.keys())
            or self.attributes.get("scope") == "col"
            or self.attributes.get("aria-hidden") == "true"
        )


class Page(HTMLParser):
    """The content of a page, below its `main`."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.root = self._open = Element("", {})
        self.feed(text)
        self.main = next(element for element in self.root.walk() if element.tag == "main")
        self.by_id = {e.attributes["id"]: e for e in self.root.walk() if "id" in e.attributes}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        element = Element(tag, attributes, self._open)
        self._open.children.append(element)
        if tag not in VOID:
            self._open = element

    def handle_endtag(self, tag: str) -> None:
        while self._open.parent and self._open.tag != tag:
            self._open = self._open.parent
        self._open = self._open.parent or self._open

    def handle_data(self, data: str) -> None:
        if data.strip():
            self._open.texts.append(data.strip())

    @property
    def facts(self) -> list[Element]:
        return [e for e in self.main.walk() if "data-fact" in e.attributes]

    def citations_of(self, fact: Element) -> list[str]:
        """Addresses of the citations that the fact itself leads to, parts of it aside."""
        links = [e for e in fact.walk() if e.tag == "a" and e.fact is fact]
        hrefs = [link.attributes["href"] for link in links]
        at_foot = [self.by_id[h[1:]] for h in hrefs if h.startswith("#r-")]
        hrefs += [
            e.attributes["href"] for foot in at_foot for e in foot.walk() if "href" in e.attributes
        ]
        return [href for href in hrefs if href.startswith("/sources/") and "#" in href]

    def is_citation(self, fact: Element) -> bool:
        """On the page of a source: the places in it stand beside what they support."""
        return any(e.attributes.get("id", "").startswith("citation-") for e in fact.walk())

    def uncited(self) -> list[str]:
        """Facts that lead to no citation."""
        return [
            fact.words
            for fact in self.facts
            if not self.citations_of(fact) and not self.is_citation(fact)
        ]

    def unexplained(self, described: set[str]) -> list[str]:
        """Words that are neither part of a fact nor furniture, nor in an element of `described`."""
        return [
            text
            for element in self.main.walk()
            for text in element.texts
            if any(letter.isalnum() for letter in text)
            and not element.fact
            and not any(e.is_furniture or e.name in described for e in element.ancestors())
        ]
