"""What a page refers to: places in sources, with the facts that rest on each."""

from dataclasses import dataclass, field

from django.utils.html import format_html
from django.utils.safestring import SafeString

from events.models import Citation, Source

_MARK = '<a href="#{}" aria-label="{}"><bdi dir="ltr">{}</bdi></a>'


@dataclass(frozen=True, slots=True)
class Use:
    """A fact of the page that rests on a place: what it is called, and the id of its marks."""

    label: str
    anchor: str


@dataclass(eq=False, slots=True)
class Reference:
    """A place in a source, read in one way; facts that rest on the same share it.

    `via` is the title of the source in which a second-hand one was found, where it is known.
    """

    place: "Place"
    access: str
    via: str
    note: str
    uses: list[Use] = field(default_factory=list)

    @property
    def locator(self) -> str:
        return self.place.locator

    @property
    def uses_by_label(self) -> list[tuple[str, list[str]]]:
        """Each name once, with the ids of the marks of all that is called so."""
        by_label: dict[str, list[str]] = {}
        for use in self.uses:
            by_label.setdefault(use.label, []).append(use.anchor)
        return list(by_label.items())

    @property
    def is_second_hand(self) -> bool:
        return self.access == Citation.Access.SECOND_HAND


@dataclass(eq=False, slots=True)
class Place:
    """A place in a source, or the source as a whole. `mark` is what stands beside a fact.

    `url` leads to where the source's page shows what the first of the facts rests on.
    """

    source: Source
    locator: str
    sort_locator: str
    mark: str
    anchor: str
    url: str
    is_numbered: bool
    references: list[Reference] = field(default_factory=list)

    @property
    def link(self) -> SafeString:
        """What leads to it; what it is, for whoever hears the page."""
        place = f"{self.source.title}, {self.locator}" if self.is_numbered else self.source.title
        return format_html(_MARK, self.anchor, f"{self.mark}: {place}", self.mark)


@dataclass(frozen=True, slots=True)
class ReferredSource:
    """A source with the places in it that a page refers to, in the order of the source.

    `letter` stands before its places where the page has several sources.
    """

    source: Source
    letter: str
    places: list[Place]
