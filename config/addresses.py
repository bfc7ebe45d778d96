"""Addresses of records: a list of fifty rows has some three hundred of them."""

from collections.abc import Callable
from functools import lru_cache

from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language


def address_of(view: str, key: str | int | None = None) -> str:
    """`reverse` with one argument or none, remembered."""
    return addresses_of(view)(key)


def addresses_of(view: str) -> Callable[[str | int | None], str]:
    """The same for many rows of one request, which is asked only once where the site stands."""
    prefix, language = get_script_prefix(), get_language()
    return lambda key: _address(view, key, prefix, language)


@lru_cache(maxsize=20_000)
def _address(view: str, key: str | int | None, _prefix: str, _language: str | None) -> str:
    """Where the site stands and the language of the request are part of what it depends on."""
    return reverse(view, args=[] if key is None else [key])
