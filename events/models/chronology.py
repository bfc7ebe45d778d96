from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.db.constraints import check, is_control_free, is_one_of
from config.db.identity import Identified
from config.db.text import LineField, ProseField

_ADDRESS = r"^(https?://[^[:space:][:cntrl:]]+|[^[:space:][:cntrl:]@]+@[^[:space:][:cntrl:]@]+)$"
_validate_email = EmailValidator()
_validate_web_address = RegexValidator(r"(?i)^https?://\S+$")
_ADDRESS_WANTED = gettext_lazy("Give an e-mail address, or one that begins with https://.")


class Licence(models.TextChoices):
    """What others may do with the content, by the identifiers of SPDX."""

    UNSAID = "", gettext_lazy("Not said yet")
    CC0 = "CC0-1.0", gettext_lazy("CC0 1.0: anything")
    CC_BY = "CC-BY-4.0", gettext_lazy("CC BY 4.0: anything, with credit")
    CC_BY_SA = "CC-BY-SA-4.0", gettext_lazy("CC BY-SA 4.0: with credit, and alike")
    CC_BY_NC = "CC-BY-NC-4.0", gettext_lazy("CC BY-NC 4.0: with credit, not for trade")
    CC_BY_NC_SA = "CC-BY-NC-SA-4.0", gettext_lazy("CC BY-NC-SA 4.0: alike, not for trade")
    CC_BY_ND = "CC-BY-ND-4.0", gettext_lazy("CC BY-ND 4.0: with credit, unchanged")
    ODC_BY = "ODC-By-1.0", gettext_lazy("ODC-By 1.0: a database, with credit")
    ODBL = "ODbL-1.0", gettext_lazy("ODbL 1.0: a database, with credit, and alike")
    RESERVED = "LicenseRef-all-rights-reserved", gettext_lazy("All rights are reserved")

    @property
    def url(self) -> str:
        """Its text; "" where it has none."""
        return _TEXTS.get(self, "")

    @property
    def name_in_short(self) -> str:
        return str(self.label).partition(":")[0] if self else ""


_TEXTS = {
    Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
    Licence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/",
    Licence.CC_BY_NC: "https://creativecommons.org/licenses/by-nc/4.0/",
    Licence.CC_BY_NC_SA: "https://creativecommons.org/licenses/by-nc-sa/4.0/",
    Licence.CC_BY_ND: "https://creativecommons.org/licenses/by-nd/4.0/",
    Licence.ODC_BY: "https://opendatacommons.org/licenses/by/1-0/",
    Licence.ODBL: "https://opendatacommons.org/licenses/odbl/1-0/",
}


def validate_address(value: str) -> None:
    """Refuse what is neither an address on the web nor one of e-mail."""
    is_on_web = value.lower().startswith(("http:", "https:"))
    try:
        (_validate_web_address if is_on_web else _validate_email)(value)
    except ValidationError:
        raise ValidationError(_ADDRESS_WANTED) from None


class Chronology(Identified):
    """The chronology as a whole, as its readers know it: one row, which is always there.

    Pages and outputs are headed by its name. The ids of feeds are made from its UUID, which a
    restored or loaded database takes along: it is the same chronology.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    title = LineField(
        gettext_lazy("name"),
        max_length=100,
        blank=True,
        default="",
        help_text=gettext_lazy("Stands above every page, in feeds and in citations."),
    )
    description = LineField(
        gettext_lazy("in one line"),
        max_length=200,
        blank=True,
        default="",
        help_text=gettext_lazy(
            "One sentence above the timeline: what the events are taken from, for example."
        ),
    )
    about = ProseField(
        blank=True,
        default="",
        help_text=gettext_lazy("Paragraphs for the page “About”; an empty line between two."),
    )
    contact_name = LineField(
        gettext_lazy("who answers for it"),
        max_length=200,
        blank=True,
        default="",
        help_text=gettext_lazy("A person, a group or an institution."),
    )
    contact_address = LineField(
        gettext_lazy("address for corrections"),
        max_length=300,
        blank=True,
        default="",
        validators=[validate_address],
        help_text=gettext_lazy("An e-mail address, or the address of a page. Readers see it."),
    )
    licence = models.CharField(
        gettext_lazy("others may reuse it"),
        max_length=30,
        choices=Licence,
        blank=True,
        default="",
        help_text=gettext_lazy("The licence of the content. Said on every page and export."),
    )
    names_editors = models.BooleanField(
        gettext_lazy("editors are named"),
        default=False,
        help_text=gettext_lazy(
            "The page “About” gives the full names of the accounts that have edited records."
        ),
    )

    class Meta:
        verbose_name_plural = gettext_lazy("chronology")
        constraints = [
            check("chronology_is_one", Q(id=1)),
            is_one_of("chronology", "licence", Licence),
            is_control_free(
                "chronology", "title", "description", "about", "contact_name", "contact_address"
            ),
            # Whoever writes the row: no javascript: or data: links.
            check(
                "chronology_contact_is_address",
                Q(contact_address="") | Q(contact_address__iregex=_ADDRESS),
                _ADDRESS_WANTED,
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.uuid)

    @property
    def name(self) -> str:
        """What stands above every page; a word for all chronologies while this one has no name."""
        return self.title or _("Chronology")

    @property
    def terms(self) -> Licence:
        return Licence(self.licence)

    @property
    def contact_url(self) -> str:
        """Where a link to the contact leads; "" where no address is given."""
        is_mail = "@" in self.contact_address and "://" not in self.contact_address
        return f"mailto:{self.contact_address}" if is_mail else self.contact_address
