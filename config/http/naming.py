"""The name of the site as this process has read it last: for pages made without a database."""

from django.utils.translation import gettext as _

_last = {"name": ""}


def remember(name: str) -> None:
    _last["name"] = name


def last_name() -> str:
    return _last["name"] or _("Chronology")
