"""What the server tells static/js/kept.js, which keeps typed text in the browser until it is saved.

Each form that is opened has a number of its own, made by the script and posted with the form. When
the form was saved, the answer names that number in a cookie, and the script forgets the text.
"""

import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import salted_hmac

FIELD = "_kept"
COOKIE = "saved"
_NUMBER = re.compile(r"[0-9a-f]{32}")
_NAMED_AT_MOST = 10
_DAYS = 30


def account_key(user: Any) -> str:
    """By which the browser keeps the texts of accounts apart, those of other databases too."""
    if not user.is_authenticated:
        return ""
    made = f"{user.pk}:{user.date_joined.isoformat()}"
    return salted_hmac("config.http.keeping", made, algorithm="sha256").hexdigest()[:32]


def form_number(request: HttpRequest) -> str:
    """Of the form that was posted; empty where no script made one."""
    number = str(request.POST.get(FIELD, ""))
    return number if _NUMBER.fullmatch(number) else ""


def name_as_saved(request: HttpRequest, response: HttpResponse) -> None:
    number = form_number(request)
    if not number:
        return
    # Those of earlier answers whose pages the script has not seen yet.
    earlier = [one for one in request.COOKIES.get(COOKIE, "").split(".") if _NUMBER.fullmatch(one)]
    response.set_cookie(
        COOKIE,
        ".".join([*earlier[1 - _NAMED_AT_MOST :], number]),
        max_age=_DAYS * 24 * 3600,
        path=reverse("admin:index"),
        secure=bool(settings.SESSION_COOKIE_SECURE),
        samesite="Lax",
    )
