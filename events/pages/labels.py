"""What rests on a place in a source, by name: the words of the links that lead back to it."""

import textwrap

from django.db.models import Model
from django.utils.translation import gettext as _

from actors.models import Country
from events.models import Citation, Claim, Event, EventLink, Participation, Position, Statement

# A title or a claim is cut at a word after so many letters.
LETTERS = 36


def label_of(record: Model, aspect: str = "") -> str:
    """The fact on the page of the event or country that it is about, or the record with its name.

    Everything that is named is loaded with the records of a page.
    """
    match record:
        case Event() | Country():
            return _aspect(aspect) if aspect else _("summary")
        case Participation():
            name = record.actor.name
        case Claim():
            name = _("claim “%(text)s”") % {"text": shorten(record.text)}
        case EventLink():
            name = shorten(record.from_event.title)
        case Statement():
            name = _("%(speaker)s’s words") % {"speaker": record.speaker.name}
        case Position():
            name = f"{record.statement.speaker.name} {record.get_stance_display()}"
        case _:
            name = str(record)
    return _("%(name)s, %(aspect)s") % {"name": name, "aspect": _aspect(aspect)} if aspect else name


def shorten(text: str) -> str:
    """Cut at a word, or within one that is longer by itself."""
    cut = textwrap.shorten(text, LETTERS, placeholder="…")
    return f"{text[: LETTERS - 1]}…" if cut == "…" else cut


def _aspect(aspect: str) -> str:
    is_standing = aspect == Citation.Aspect.STANDING
    return _("status") if is_standing else str(Citation.Aspect(aspect).label)
