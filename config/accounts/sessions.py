"""Sessions in the database that end: four hours after the last page, twelve after signing in.

The row of a session says when it ends. To put that off is an UPDATE of the row's time alone, every
few minutes at most, so that two requests at once do not write over each other's session.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

from config.accounts.fresh import mark_as_fresh
from config.accounts.models import KnownAddress, digest
from config.http.rates import reader_of

SIGNED_IN_AT = "signed_in_at"
IDLE = timedelta(hours=4)
LONGEST = timedelta(seconds=settings.SESSION_COOKIE_AGE)
_PUT_OFF_EVERY = timedelta(minutes=5)
_ADDRESSES_ARE_KNOWN_FOR = timedelta(days=90)


class SessionStore(DatabaseSessionStore):
    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        """Puts off the end of the session that is read."""
        row: Session | None = super()._get_session_from_db()  # type: ignore[misc]
        if row is None:
            return None
        data: dict[str, Any] = self.decode(row.session_data)
        if SESSION_KEY in data and SIGNED_IN_AT not in data:
            return None  # of a version that knew no end
        end = _end(data)
        if end - row.expire_date >= _PUT_OFF_EVERY:
            Session.objects.filter(pk=row.pk).update(expire_date=end)
        return row

    def get_expiry_date(self, **kwargs: Any) -> datetime:
        """Of the row."""
        return _end(dict(self.items()))

    def get_expiry_age(self, **kwargs: Any) -> int:
        """Of the cookie, in seconds: the row may go on for that long."""
        return int((_latest_end(dict(self.items())) - timezone.now()).total_seconds())


def _end(data: dict[str, Any]) -> datetime:
    return min(timezone.now() + IDLE, _latest_end(data))


def _latest_end(data: dict[str, Any]) -> datetime:
    began = data.get(SIGNED_IN_AT)
    if began is None:
        return timezone.now() + LONGEST
    return datetime.fromtimestamp(began, tz=timezone.get_default_timezone()) + LONGEST


def note_sign_in(request: HttpRequest, user: User, **_: Any) -> None:
    """When the session began, and from where. Takes away sessions and addresses of long ago."""
    now = timezone.now()
    request.session[SIGNED_IN_AT] = now.timestamp()
    mark_as_fresh(request)
    Session.objects.filter(expire_date__lt=now).delete()
    known = KnownAddress.objects.filter(user=user)
    known.filter(last_used_at__lt=now - _ADDRESSES_ARE_KNOWN_FOR).delete()
    if address := reader_of(request):
        known.update_or_create(user=user, address=digest(address), defaults={"last_used_at": now})
