"""Who has edited the chronology, by the admin's log: where the chronology names its editors."""

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef

# The apps whose records are edited.
_RECORDS = ("actors", "events")


def names_of_editors() -> list[str]:
    """Full names of active accounts; one without a full name is not named."""
    entries = LogEntry.objects.filter(user=OuterRef("pk"), content_type__app_label__in=_RECORDS)
    editors = User.objects.filter(Exists(entries), is_active=True).exclude(last_name="")
    return [user.get_full_name() for user in editors.order_by("last_name", "first_name", "pk")]
