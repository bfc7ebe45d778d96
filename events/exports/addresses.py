"""Whole addresses of records, as outputs and the API give them."""

from functools import cached_property

from django.http import HttpRequest
from django.urls import reverse

from config.http.addresses import absolute

# Stands for a slug while the address of every slug is worked out once.
_SLUG = "any-slug"
# Stands for a number.
_NUMBER = "1234567890"


class Addresses:
    """Slugs are plain and need no escaping."""

    def __init__(self, request: HttpRequest) -> None:
        self.base = absolute(request, "/").rstrip("/")
        self._patterns: dict[str, tuple[str, str]] = {}

    def __call__(self, name: str, key: str | int) -> str:
        """The page of one record: `name` is that of its URL."""
        pattern = self._patterns.get(name)
        if pattern is None:
            stand_in = _SLUG if isinstance(key, str) else _NUMBER
            before, _key, after = reverse(name, args=[stand_in]).partition(stand_in)
            pattern = self._patterns[name] = (f"{self.base}{before}", after)
        return f"{pattern[0]}{key}{pattern[1]}"

    def event(self, slug: str) -> str:
        return self("events:event_detail", slug)

    def statement(self, number: int) -> str:
        return self("statements:statement_detail", number)

    @cached_property
    def explanation(self) -> str:
        """The page that says what the fields mean; terms of our own hang on it."""
        return f"{self.base}{reverse('exports')}"
