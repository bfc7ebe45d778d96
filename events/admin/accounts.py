"""Accounts, without the lookups by which any staff user could run any regular expression.

Nobody gives an account more than he has himself, or changes one that has more: only a superuser
makes another, and an administrator is no superuser.
"""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest
from django.utils.translation import gettext as _

from config.admin.bounds import BoundedRequests
from config.admin.concurrent import ConcurrentAdmin
from config.admin.deleting import NamesWhatGoes
from config.admin.second_factors import RemovesSecondFactors
from events.admin.roles import (
    RolesField,
    groups_within,
    is_within,
    own_permissions,
    permissions_of,
)

if TYPE_CHECKING:
    _UserAdmin = UserAdmin[User]
    _ModelAdmin = admin.ModelAdmin[Any]
else:
    _UserAdmin, _ModelAdmin = UserAdmin, admin.ModelAdmin

admin.site.unregister([User, Group])

# What a superuser alone sets: a role is a group.
_SUPERUSERS_ALONE = ("is_superuser", "user_permissions")


class GivesNoMore(_ModelAdmin):
    """Who changes or deletes a row has all that it gives."""

    def is_within(self, request: HttpRequest, row: Any) -> bool:
        raise NotImplementedError

    def has_change_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        may = super().has_change_permission(request, obj)
        return may and (obj is None or self.is_within(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        may = super().has_delete_permission(request, obj)
        return may and (obj is None or self.is_within(request, obj))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        named, counts, lacking, obstacles = super().get_deleted_objects(objs, request)
        if not all(self.is_within(request, row) for row in objs):
            lacking.add(str(self.opts.verbose_name))
        return named, counts, lacking, obstacles


@admin.register(User)
class PlainUserAdmin(
    GivesNoMore,
    RemovesSecondFactors,
    BoundedRequests,
    NamesWhatGoes,
    ConcurrentAdmin,
    _UserAdmin,
):
    is_added_as_changed = False  # a new account is asked for its name and password alone
    show_facets = admin.ShowFacets.NEVER
    filter_horizontal = ("user_permissions",)

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        return lookup.removesuffix("__exact").removesuffix("__id") in self.list_filter

    def is_within(self, request: HttpRequest, row: User) -> bool:
        giver: Any = request.user
        return giver.is_superuser or (
            not row.is_superuser and is_within(giver, permissions_of(row))
        )

    def get_fieldsets(self, request: HttpRequest, obj: Any | None = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if request.user.is_superuser:
            return fieldsets
        return [
            (name, {**given, "fields": [f for f in given["fields"] if f not in _SUPERUSERS_ALONE]})
            for name, given in fieldsets
        ]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name != "groups":
            return super().formfield_for_manytomany(db_field, request, **kwargs)
        return RolesField(
            groups_within(request.user).order_by("pk"),
            label=_("Role"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Without a role an account may do nothing. It needs staff status, too."),
        )


@admin.register(Group)
class PlainGroupAdmin(GivesNoMore, BoundedRequests, NamesWhatGoes, ConcurrentAdmin, GroupAdmin):
    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        return False

    def is_within(self, request: HttpRequest, row: Group) -> bool:
        return is_within(request.user, row.permissions.all())

    def formfield_for_manytomany(
        self, db_field: Any, request: HttpRequest | None = None, **kwargs: Any
    ) -> Any:
        if db_field.name == "permissions" and request:
            kwargs["queryset"] = own_permissions(request.user)
        return super().formfield_for_manytomany(db_field, request, **kwargs)
