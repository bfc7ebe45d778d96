"""Second factors of accounts: who must have one, whether a code is right, taking one away.

A factor is the secret of an authenticator app, which makes a code of six digits every half minute,
with ten recovery codes beside it, each of which is good once.
"""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction
from django.utils.crypto import constant_time_compare

GROUPS_OF_EDITORS = ("editor", "administrator")
_APP = Authenticator.Type.TOTP
_RECOVERY = Authenticator.Type.RECOVERY_CODES


def has_second_factor(user: User) -> bool:
    return bool(Authenticator.objects.filter(user=user, type=_APP).exists())


def must_have_second_factor(user: User) -> bool:
    if settings.SECOND_FACTOR == "none":
        return False
    if settings.SECOND_FACTOR == "everyone" or user.is_superuser:
        return True
    return user.groups.filter(name__in=GROUPS_OF_EDITORS).exists()


def lacks_second_factor(user: User | AnonymousUser) -> bool:
    """Whether an account may do nothing until it has a second factor."""
    if not isinstance(user, User):
        return False
    return must_have_second_factor(user) and not has_second_factor(user)


@transaction.atomic
def find_factor(user: User, code: str) -> Authenticator | None:
    """The factor for which the code is right just now. It is not right a second time.

    The rows are locked, so that two requests cannot use one code.
    """
    code = "".join(code.split()).replace("-", "")
    if not code:
        return None
    factors = Authenticator.objects.select_for_update().filter(user=user).order_by("pk")
    for factor in factors.filter(type__in=[_APP, _RECOVERY]):
        if factor.type == _APP:
            is_right = _use_code_of_app(factor, code)
        else:
            is_right = RecoveryCodes(factor).validate_code(code)
        if is_right:
            return factor
    return None


def _use_code_of_app(factor: Authenticator, code: str) -> bool:
    """Codes are numbered by their half minute; those up to the last one that was used are used."""
    secret = get_adapter().decrypt(factor.data["secret"])
    for number in yield_hotp_counters_from_time():
        expected = format_hotp_value(hotp_value(secret, number))
        if constant_time_compare(code, expected) and number > factor.data.get("last_used", 0):
            factor.data["last_used"] = number
            factor.save(update_fields=["data"])
            return True
    return False


@transaction.atomic
def remove_second_factor(user: User, *, by: User, how: str) -> bool:
    """Whether there was one. It is written into the account's history."""
    removed, _kinds = Authenticator.objects.filter(user=user).delete()
    if removed:
        rows: Any = User.objects.filter(pk=user.pk)
        LogEntry.objects.log_actions(
            user_id=by.pk, queryset=rows, action_flag=CHANGE, change_message=how, single_object=True
        )
    return bool(removed)
