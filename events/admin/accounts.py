"""Accounts, without the lookups by which any staff user could run any regular expression."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest

from config.admin.bounds import BoundedRequests
from config.admin.concurrent import ConcurrentAdmin
from config.admin.deleting import NamesWhatGoes
from config.admin.second_factors import RemovesSecondFactors

if TYPE_CHECKING:
    _UserAdmin = UserAdmin[User]
else:
    _UserAdmin = UserAdmin

admin.site.unregister([User, Group])


@admin.register(User)
class PlainUserAdmin(
    RemovesSecondFactors, BoundedRequests, NamesWhatGoes, ConcurrentAdmin, _UserAdmin
):
    is_added_as_changed = False  # a new account is asked for its name and password alone
    show_facets = admin.ShowFacets.NEVER

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        return lookup.removesuffix("__exact").removesuffix("__id") in self.list_filter


@admin.register(Group)
class PlainGroupAdmin(BoundedRequests, NamesWhatGoes, ConcurrentAdmin, GroupAdmin):
    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        return False
