"""Curating events and all that is said about them."""

from events.admin import actors, claims, events, kinds, locations, sources, statements

__all__ = ["actors", "claims", "events", "kinds", "locations", "sources", "statements"]
