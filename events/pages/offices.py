"""Which office somebody held at the time, as pages write it."""

from django.template.loader import render_to_string

from actors.offices import Offices
from config.edtf.dates import UncertainDate
from events.pages.references import References


def office_then(offices: Offices, person: int, when: UncertainDate, references: References) -> str:
    """ "then US Secretary of State", with its reference; nothing where no office is known."""
    tenures = offices.of_key(person, when)
    if not tenures:
        return ""
    return render_to_string("actors/_office.html", {"tenures": tenures, "references": references})
