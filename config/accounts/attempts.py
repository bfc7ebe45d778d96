"""How often a password or a code may be wrong. Counted in the database, for all processes at once.

An attempt is written before the password is looked at, and taken back where it was right. So many
requests at the same moment cannot pass a limit together. What is refused is not looked at, and is
not counted: whoever waits may enter again.

Ten wrong attempts close an account for one address, and for no other. An attacker with many
addresses is stopped by the limit of the account. It does not hold for addresses from which
somebody has signed in to the account before, so nobody is shut out of their own.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import ngettext

from config.accounts.models import Attempt, KnownAddress, digest
from config.http.rates import reader_of

_log = logging.getLogger(__name__)
_LOCK = 5140423


@dataclass(frozen=True, slots=True)
class Limit:
    """So many wrong attempts in so long a time."""

    most: int
    within: timedelta

    def until(self, attempts: "QuerySet[Attempt]", now: datetime) -> datetime:
        """When another one is let through; a time that is past: now."""
        since = now - self.within
        times = attempts.filter(made_at__gt=since).order_by("-made_at")
        nth = times.values_list("made_at", flat=True)[self.most - 1 : self.most].first()
        return now if nth is None else nth + self.within


AT_ONE_ADDRESS = Limit(10, timedelta(minutes=15))  # of one account
OF_ADDRESS = Limit(20, timedelta(minutes=15))  # of all accounts
# Of one account, from wherever. A code is six digits, a password twelve letters or more.
OF_ACCOUNT = {
    Attempt.Step.PASSWORD: Limit(50, timedelta(hours=1)),
    Attempt.Step.CODE: Limit(20, timedelta(hours=1)),
}
_KEPT = timedelta(hours=1)


class TooManyAttemptsError(ValidationError):
    def __init__(self, until: datetime, now: datetime) -> None:
        self.seconds = max(1, ceil((until - now).total_seconds()))
        minutes = ceil(self.seconds / 60)
        words = ngettext(
            "There were too many wrong attempts, so nothing is tried for a while, even if it is "
            "right. Try again in %(minutes)d minute, or from another network.",
            "There were too many wrong attempts, so nothing is tried for a while, even if it is "
            "right. Try again in %(minutes)d minutes, or from another network.",
            minutes,
        )
        super().__init__(words % {"minutes": minutes}, code="too_many_attempts")


def refuse_in_status(response: HttpResponse, form: BaseForm) -> HttpResponse:
    """With status 429, and when to try again, where the form says that too much was wrong."""
    for errors in form.errors.as_data().values():
        for error in errors:
            if isinstance(error, TooManyAttemptsError):
                response.status_code = 429
                response["Retry-After"] = str(error.seconds)
    return response


@contextmanager
def counted(request: HttpRequest, step: Attempt.Step, name: str) -> Iterator[None]:
    """Counts what happens within as wrong, unless it ends without an error.

    Raises `TooManyAttemptsError` before anything is looked at, where too many were wrong.
    """
    reader = reader_of(request)
    try:
        attempt = _begin(step, name, digest(reader))
    except TooManyAttemptsError:
        _log.warning("Nothing was tried after too many wrong attempts, from %s", reader)
        raise
    yield
    attempt.delete()


@transaction.atomic
def _begin(step: Attempt.Step, name: str, address: str) -> Attempt:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    now = timezone.now()
    Attempt.objects.filter(made_at__lte=now - _KEPT).delete()
    account = digest(name.casefold())
    until = _closed_until(step, name, account, address, now)
    if until > now:
        raise TooManyAttemptsError(until, now)
    return Attempt.objects.create(step=step, account=account, address=address, made_at=now)


def _closed_until(
    step: Attempt.Step, name: str, account: str, address: str, now: datetime
) -> datetime:
    of_account = Attempt.objects.filter(account=account)
    from_address = Attempt.objects.filter(address=address)
    known = KnownAddress.objects.filter(user__username__iexact=name, address=address)
    return max(
        AT_ONE_ADDRESS.until(of_account & from_address, now),
        OF_ADDRESS.until(from_address, now),
        now if known.exists() else OF_ACCOUNT[step].until(of_account.filter(step=step), now),
    )
