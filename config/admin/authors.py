"""Who made a change and when, as far as the admin's log knows: it sees its own forms alone."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy

from config.admin.merging import Difference

# A change that was being stored while the form was opened was logged a little earlier.
_SLACK = timedelta(minutes=1)

SOMEBODY = gettext_lazy("somebody")


@dataclass(frozen=True)
class Author:
    name: Any
    at: datetime | None = None


def _of(entry: LogEntry) -> Author:
    return Author(entry.user.get_username(), entry.action_time)


def _entries(record: Model) -> "QuerySet[LogEntry]":
    kind = ContentType.objects.get_for_model(type(record), for_concrete_model=False)
    entries = LogEntry.objects.filter(content_type=kind, object_id=str(record.pk))
    return entries.select_related("user").order_by("-action_time", "-pk")


def deleter(model: type[Model], key: str) -> Author:
    entry = _entries(model(pk=key)).filter(action_flag=DELETION).first()
    return _of(entry) if entry else Author(SOMEBODY)


class Authors:
    """Of the changes to one record since a form of it was opened."""

    def __init__(self, record: Model, since: datetime) -> None:
        self._since = since - _SLACK
        self._of_record = list(_entries(record).filter(action_time__gte=self._since))

    def of(self, difference: Difference) -> Author:
        """The last to have stored this field or row."""
        for entry in self._of_record:
            if any(_names(change, difference) for change in _changes(entry)):
                return _of(entry)
        if difference.inline and difference.form.instance.pk:
            row = difference.form.instance
            for entry in _entries(row).filter(action_time__gte=self._since):
                if not difference.name or any(
                    _names_field(change, difference) for change in _changes(entry)
                ):
                    return _of(entry)
        return Author(SOMEBODY)


def _changes(entry: LogEntry) -> list[dict[str, Any]]:
    """`[{"changed": {"fields": […], "name": …, "object": …}}]`; nothing of an older plain text."""
    try:
        found = json.loads(entry.change_message)
    except ValueError:
        return []
    return found if isinstance(found, list) else []


def _names(change: dict[str, Any], difference: Difference) -> bool:
    if difference.inline is None:
        return "name" not in change.get("changed", {}) and _names_field(change, difference)
    row = difference.form.instance
    called = {"name": str(row._meta.verbose_name), "object": str(row)}
    for done in ("added", "changed", "deleted"):
        details = change.get(done, {})
        if called.items() <= details.items():
            return not difference.name or done == "added" or _names_field(change, difference)
    return False


def _names_field(change: dict[str, Any], difference: Difference) -> bool:
    """Some entries say what a field became: `state: Published`."""
    label = str(difference.form.fields[difference.name].label or difference.name).lower()
    fields = [str(name).lower() for name in change.get("changed", {}).get("fields", [])]
    return any(name == label or name.startswith(f"{label}:") for name in fields)
