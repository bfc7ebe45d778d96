"""Addresses of the map under the filters in force: of a window, and of a place that is chosen."""

from dataclasses import dataclass
from urllib.parse import urlencode

from events.charts.map.windows import Window


@dataclass(frozen=True)
class Links:
    """`path` is the address of the map, `query` what filters its events. Within the page of the map
    addresses are relative, as they are many."""

    path: str
    query: str
    window: Window
    place: str = ""
    is_relative: bool = True

    def to(self, window: Window, place: str = "") -> str:
        parameters = window.parameters | ({"place": place} if place else {})
        parts = [self.query, urlencode(parameters, safe=",")]
        query = "&".join(part for part in parts if part)
        if not query:
            return self.path
        return f"?{query}" if self.is_relative else f"{self.path}?{query}"

    def to_window(self, window: Window) -> str:
        """Another window; the place stays chosen."""
        return self.to(window, self.place)

    def to_place(self, slug: str) -> str:
        return self.to(self.window, slug)

    @property
    def without_place(self) -> str:
        return self.to(self.window)

    @property
    def here(self) -> str:
        """What is shown now."""
        return self.to(self.window, self.place)
