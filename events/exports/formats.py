"""The registry of outputs: addresses, views, links and tests all go by it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.exports import (
    atom,
    calendar_file,
    csv_table,
    flat_json,
    followthemoney,
    geojson,
    json_feed,
    jsonld,
    timelinejs,
)


@dataclass(frozen=True, slots=True)
class Format:
    """One output: `/events.<extension>`. Its `parts`, joined, are the document.

    They are made from a `FeedPage` where the output is a feed, else from a `Selection`.
    """

    extension: str
    media_type: str
    name: str | Promise
    use: str | Promise
    parts: Callable[[Any], Iterator[str]]
    # A feed is asked for again and again, and told of in the head of the page.
    is_feed: bool = False
    # A file is kept by the reader; what is read by programs is shown.
    is_file: bool = False

    @property
    def plain_type(self) -> str:
        """The media type without its parameters, as links name it."""
        return self.media_type.partition(";")[0]


FORMATS = {
    form.extension: form
    for form in (
        Format(
            "atom",
            "application/atom+xml; charset=utf-8",
            _("Atom feed"),
            _("to follow in a feed reader"),
            atom.parts,
            is_feed=True,
        ),
        Format(
            "feed.json",
            "application/feed+json",
            _("JSON Feed"),
            _("to follow in a feed reader"),
            json_feed.parts,
            is_feed=True,
        ),
        Format(
            "ics",
            "text/calendar; charset=utf-8",
            _("iCalendar"),
            _("for calendars"),
            calendar_file.parts,
            is_file=True,
        ),
        Format(
            "csv",
            "text/csv; charset=utf-8; header=present",
            _("CSV"),
            _("for spreadsheets and statistics"),
            csv_table.parts,
            is_file=True,
        ),
        Format("json", "application/json", _("JSON"), _("for programs"), flat_json.parts),
        Format(
            "geojson",
            "application/geo+json",
            _("GeoJSON"),
            _("for maps"),
            geojson.parts,
            is_file=True,
        ),
        Format(
            "jsonld",
            "application/ld+json",
            _("JSON-LD"),
            _("schema.org, for the web of data"),
            jsonld.parts,
        ),
        Format(
            "timelinejs.json",
            "application/json",
            _("TimelineJS"),
            _("for a timeline with slides"),
            timelinejs.parts,
        ),
        Format(
            "ftm.json",
            "application/x-ndjson",
            _("FollowTheMoney"),
            _("entities for investigations, one a line"),
            followthemoney.parts,
            is_file=True,
        ),
    )
}
