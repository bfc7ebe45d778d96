"""The lines below the picture that stands alone: its legend, the base map, address and day."""

from dataclasses import dataclass
from datetime import date

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from events.charts.map.drawing import Map
from events.charts.map.labels import SIZE
from events.charts.map.windows import WIDE
from events.charts.widths import cut_or_part, in_pieces

_TITLE = 18  # pixels, of the letters above the picture
_HEAD, _LINE = 36, 20  # pixels: above the picture, and of a line below it


@dataclass(frozen=True, slots=True)
class Line:
    """`form` is the mark that is explained, if any; `y` is where the text stands."""

    text: str
    y: int
    form: str = ""


def lines_of(drawn: Map, site: str, address: str, day: date) -> list[Line]:
    picture = drawn.pictures[0]
    texts = [(key.text, key.form) for key in picture.legend]
    if drawn.unplaced:
        words = _("%(number)s of %(all)s events have no place, and are not drawn.")
        texts.append((words % {"number": f"{drawn.unplaced:,}", "all": f"{drawn.number:,}"}, ""))
    texts.append((_("Coasts and borders: Natural Earth, simplified."), ""))
    texts += [(note, "") for note in drawn.notes]
    read_on = _("%(site)s · %(address)s · read on %(day)s")
    whole = read_on % {"site": site, "address": address, "day": format_date(day, "j F Y")}
    texts += [(part, "") for part in in_pieces(whole, SIZE, WIDE)]
    start = _HEAD + picture.frame.height + _LINE
    return [Line(text, start + _LINE * n, form) for n, (text, form) in enumerate(texts)]


def height_of(lines: list[Line]) -> int:
    return lines[-1].y + _LINE // 2


def short(title: str) -> str:
    """As much of the title as has room above the picture."""
    return cut_or_part(title, _TITLE, WIDE)
