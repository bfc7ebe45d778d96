"""Accounts, passwords, codes and clocks for the tests of signing in."""

import time
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

PASSWORD = "a long word of old"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
ELSEWHERE = "203.0.113.7"


def account(name: str = "cora", **given: Any) -> User:
    return User.objects.create_superuser(name, password=PASSWORD, **given)


def with_factor(user: User) -> User:
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return user


def recovery_codes(user: User) -> list[str]:
    codes = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES)
    return RecoveryCodes(codes).get_unused_codes()


def code_of_app(later: int = 0, *, secret: str = SECRET) -> str:
    """What the app shows now, or so many half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def sign_in(
    client: Client,
    password: str = PASSWORD,
    *,
    name: str = "cora",
    address: str = "127.0.0.1",
    query: str = "",
) -> Any:
    form = {"username": name, "password": password}
    return client.post(f"/admin/login/{query}", form, REMOTE_ADDR=address)


def type_code(client: Client, code: str, *, address: str = "127.0.0.1") -> Any:
    return client.post("/admin/account/code/", {"code": code}, REMOTE_ADDR=address)


def is_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


def go_on(monkeypatch: pytest.MonkeyPatch, **duration: float) -> None:
    """From here on it is so much later."""
    now = timezone.now() + timedelta(**duration)
    monkeypatch.setattr(timezone, "now", lambda: now)
    monkeypatch.setattr(time, "time", now.timestamp)


def grow_stale(client: Client) -> None:
    """The password was given long ago."""
    session = client.session
    session["fresh_at"] = 0
    session.save()
