"""Curating events and all that is said about them."""

from events.admin import (
    accounts,
    actors,
    chronology,
    claims,
    events,
    kinds,
    locations,
    sources,
    statements,
)

__all__ = [
    "accounts",
    "actors",
    "chronology",
    "claims",
    "events",
    "kinds",
    "locations",
    "sources",
    "statements",
]
