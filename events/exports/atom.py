"""Atom, RFC 4287: a page of the feed, with links to others (RFC 5005) and the number of all.

The first page says which events went (RFC 6721), by their identity alone. A person who opens the
feed in a browser sees it by a style sheet, with links in XHTML, which feed readers pass over.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.templatetags.static import static
from django.utils import formats
from django.utils.feedgenerator import Atom1Feed, rfc3339_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from events.exports.collection import Entry
from events.exports.selection import FeedPage
from events.models import Chronology

# XML has no way to write these.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
_TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
_XHTML = "http://www.w3.org/1999/xhtml"
_NO_ATTRIBUTES: "AttributesImpl[str]" = AttributesImpl({})
# An empty feed has never changed.
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class _Feed(Atom1Feed):
    def __init__(self, selection: FeedPage[Any]) -> None:
        super().__init__(
            title=xml_text(selection.title_of_site),
            link=selection.page,
            description="",
            subtitle=selection.chronology.description or None,
            language=get_language(),
            author_name=selection.chronology.name,
            feed_copyright=_rights(selection.chronology) or None,
            author_email=_email(selection.chronology),
            author_link=_page(selection.chronology),
            feed_url=selection.itself,
            feed_guid=selection.urn,
        )
        self.selection = selection

    def root_attributes(self) -> dict[str, Any]:
        return super().root_attributes() | {
            "xmlns:opensearch": _OPENSEARCH,
            "xmlns:at": _TOMBSTONES,
            "xmlns:html": _XHTML,
        }

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        for relation, address in self.selection.pages.items():
            handler.addQuickElement("link", "", {"rel": relation, "href": address})
        self._add_note(handler)

    def _add_note(self, handler: SimplerXMLGenerator) -> None:
        """For a person, what this is and where it leads."""
        words = _("This is a feed: its address can be followed in a feed reader.")
        handler.startElement("html:p", _NO_ATTRIBUTES)
        handler.characters(f"{words} ")
        _add_link(handler, _("To the list"), self.selection.page)
        if following := self.selection.next:
            handler.characters(" · ")
            _add_link(handler, _("Next part of the feed"), following)
        handler.endElement("html:p")

    def latest_post_date(self) -> datetime:
        return self.selection.changed_at or _NEVER

    def item_of(self, entry: Entry) -> dict[str, Any]:
        return {
            "title": xml_text(entry.title),
            "link": entry.url,
            "unique_id": entry.uuid.urn,
            "pubdate": entry.published_at,
            "updateddate": entry.updated_at,
            "entry": entry,
            **dict.fromkeys(("author_name", "description", "item_copyright")),
            **dict.fromkeys(("enclosures", "categories"), ()),
        }

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        entry: Entry = item["entry"]
        explanation = self.selection.addresses.explanation
        for field, term, label in entry.categories:
            attributes = {
                "term": term,
                "scheme": f"{explanation}#{field}",
                "label": xml_text(label),
            }
            handler.addQuickElement("category", "", attributes)
        handler.addQuickElement("content", xml_text(entry.text), {"type": "text"})
        day = formats.date_format(entry.updated_at, "j F Y")
        handler.startElement("html:p", _NO_ATTRIBUTES)
        handler.characters(_("Last changed on %(day)s") % {"day": day} + " · ")
        _add_link(handler, _("Open the record"), entry.url)
        handler.endElement("html:p")


def parts(selection: FeedPage[Any]) -> Iterator[str]:
    feed = _Feed(selection)
    written = StringIO()
    handler = SimplerXMLGenerator(written, "utf-8", short_empty_elements=True)
    handler.startDocument()
    handler.processingInstruction("xml-stylesheet", f'href="{static("css/feed.css")}"')
    handler.startElement("feed", AttributesImpl(feed.root_attributes()))
    feed.add_root_elements(handler)
    for record in selection.records():
        handler.startElement("entry", _NO_ATTRIBUTES)
        entry = selection.found.entry(record, selection.addresses)
        feed.add_item_elements(handler, feed.item_of(entry))
        handler.endElement("entry")
        handler.ignorableWhitespace("\n")
    for gone in selection.deleted():
        went = {"ref": gone.uuid.urn, "when": rfc3339_date(gone.deleted_at)}
        handler.addQuickElement("at:deleted-entry", "", went)
    handler.addQuickElement("opensearch:totalResults", str(selection.count))
    handler.endElement("feed")
    yield written.getvalue()


def _rights(chronology: Chronology) -> str:
    parts = [chronology.terms.name_in_short, chronology.terms.url]
    return " ".join(part for part in parts if part)


def _email(chronology: Chronology) -> str | None:
    """Of whoever answers for the chronology; None where a page is given, or nothing."""
    return chronology.contact_address if chronology.contact_url.startswith("mailto:") else None


def _page(chronology: Chronology) -> str | None:
    return None if _email(chronology) else chronology.contact_url or None


def _add_link(handler: SimplerXMLGenerator, words: str, address: str) -> None:
    handler.addQuickElement("html:a", words, {"href": address})


def xml_text(text: str) -> str:
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
