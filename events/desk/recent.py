"""What was done last in the admin, by its log."""

from dataclasses import dataclass

from django.contrib.admin.models import LogEntry

_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Change:
    """`address` is that of the record's form, "" where the record is gone."""

    entry: LogEntry
    address: str


def recent_changes() -> list[Change]:
    entries = LogEntry.objects.filter(content_type__isnull=False)
    entries = entries.select_related("user", "content_type").order_by("-action_time", "-pk")
    shown = list(entries[:_SHOWN])
    gone = {_key(entry) for entry in shown if entry.is_deletion()}
    return [
        Change(entry, "" if _key(entry) in gone else entry.get_admin_url() or "") for entry in shown
    ]


def _key(entry: LogEntry) -> tuple[int | None, str | None]:
    return entry.content_type_id, entry.object_id
