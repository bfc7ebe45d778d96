"""What was done last in the admin, by its log."""

from dataclasses import dataclass

from django.contrib.admin import AdminSite
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest

from config import rights
from events.desk.rows import RECORDS, may_see

_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Change:
    """`address` is that of the record's form, "" where the record is gone."""

    entry: LogEntry
    address: str


def recent_changes(site: AdminSite, request: HttpRequest) -> list[Change]:
    """Of the kinds that the account may look at; who does not see all records sees what it has done
    itself."""
    kinds = [model for model in site._registry if may_see(site, model, request)]
    types = ContentType.objects.get_for_models(*kinds).values()
    entries = LogEntry.objects.filter(content_type__in=types)
    if not rights.sees_all(request.user, *RECORDS):
        entries = entries.filter(user=request.user.pk)
    entries = entries.select_related("user", "content_type").order_by("-action_time", "-pk")
    shown = list(entries[:_SHOWN])
    gone = {_key(entry) for entry in shown if entry.is_deletion()}
    return [
        Change(entry, "" if _key(entry) in gone else entry.get_admin_url() or "") for entry in shown
    ]


def _key(entry: LogEntry) -> tuple[int | None, str | None]:
    return entry.content_type_id, entry.object_id
