"""Asking for what changed: when each record did, and the lists of those that did since a time."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from config.db.versions import data_version, time_of
from config.lists.filtering import StrictFilterSet
from config.lists.times import TimeFilter
from events.models import LastChange


class FollowedFilterSet(StrictFilterSet):
    """The filters of a list of the API, of whose records those that changed can be asked for."""

    updated_since = TimeFilter(label=gettext_lazy("Changed since"), method="changed_since")

    def changed_since(self, rows: QuerySet[Any], name: str, value: datetime) -> QuerySet[Any]:
        changes = LastChange.objects.filter(changed_at__gte=value)
        return rows.filter(uuid__in=changes.values("record"))


def as_of(request: HttpRequest) -> str:
    """The time to ask for the next time: whatever changes later has this time or a later one.

    It is right behind the last public change, because times of change rise in the order of
    commits. So it is the same whatever drafts are written.
    """
    version = getattr(request, "data_version", None) or data_version()
    return precise(time_of(version) + timedelta(microseconds=1))


def precise(moment: datetime) -> str:
    """As RFC 3339 has it, in UTC, to the microsecond."""
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"
