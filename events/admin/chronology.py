from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from config.admin import CuratedAdmin
from events.models import Chronology


@admin.register(Chronology)
class ChronologyAdmin(CuratedAdmin):
    """What the chronology says of itself: one row, which is always there."""

    fields = [
        "title",
        "description",
        "about",
        ("contact_name", "contact_address"),
        "licence",
        "names_editors",
    ]
    list_display = ["__str__", "description"]
    ordering = ["pk"]
    is_added_as_changed = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        return False
