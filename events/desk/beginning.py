"""The first page of an empty chronology: its name, then the first source and the first event."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy

from actors.models import Actor
from config.db import fixture_files
from events.models import Chronology, Event, Source

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Chronology]
else:
    _ModelForm = forms.ModelForm

# In the address of the real forms while they are steps of the beginning.
PARAMETER = "begin"


class BeginningForm(_ModelForm):
    """What may stay open elsewhere is wanted here: a name, and one line."""

    error_css_class = "errors"
    required_css_class = "required"

    class Meta:
        model = Chronology
        fields = ("title", "description", "contact_name", "contact_address", "licence")
        help_texts = {
            "description": gettext_lazy("One sentence, which stands above the timeline."),
            "licence": gettext_lazy("For example CC BY 4.0. Said on every page and export."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("title", "description"):
            self.fields[name].required = True
        self.fields["title"].widget.attrs["autofocus"] = True


def is_new() -> bool:
    """There is neither a name nor a record; sources of the codes of countries come with the
    program."""
    if Chronology.objects.exclude(title="").exists():
        return False
    brought = [row["slug"] for row in fixture_files.read_rows("references", Source)]
    return not (
        Event.objects.exists()
        or Actor.objects.exists()
        or Source.objects.exclude(slug__in=brought).exists()
    )


def log_name(user: User, chronology: Chronology) -> None:
    """In the admin's log, as its own form would have it."""
    LogEntry.objects.log_actions(
        user.pk, [chronology], CHANGE, change_message="", single_object=True
    )
